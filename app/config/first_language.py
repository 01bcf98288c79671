"""In which language the very first window speaks: looked up in a millisecond, before the settings are loaded.

The same layers as app.config.layers, read by their lines only: what is written in another way than the program and its
example write it gives Chinese, and half a second later the settings themselves count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

DEFAULT = "zh"
_LINE = re.compile(r"""^language\s*=\s*["'](zh|en)["']""", re.MULTILINE)
_TABLE = re.compile(r"^\s*\[", re.MULTILINE)


def first_language(
    words: Sequence[str], env: Mapping[str, str], policy: Callable[[], Path], profile: Callable[[], Path]
) -> str:
    """zh or en. words: the command line after the program's name; policy: the site's policy file; profile: the folder
    of the user's working profile, when the command line names none (each asked for only if it counts)."""
    if "demo" in words:
        return _known(_option(words, "--language"))
    said = [text.partition("=")[2].strip() for text in _options(words, "--setting") if text.startswith("language=")]
    folder = _option(words, "--profile")
    return _known(
        _written(policy())
        or (said[-1] if said else "")
        or env.get("YICHUANG__LANGUAGE", "")
        or _written((Path(folder) if folder else profile()) / "settings.toml")
    )


def _known(text: str) -> str:
    return text if text in ("zh", "en") else DEFAULT


def _written(file: Path) -> str:
    try:
        text = file.read_text("utf-8")
    except (OSError, ValueError):
        return ""
    table = _TABLE.search(text)
    found = _LINE.search(text[: table.start()] if table else text)
    return found[1] if found else ""


def _options(words: Sequence[str], name: str) -> list[str]:
    following = [after for word, after in pairwise(words) if word == name]
    return following + [word.partition("=")[2] for word in words if word.startswith(f"{name}=")]


def _option(words: Sequence[str], name: str) -> str:
    found = _options(words, name)
    return found[-1] if found else ""
