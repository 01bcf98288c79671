"""The catalogue's files as plain values: reading them all, and writing them so that people can read them again."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from app.catalog.source import FOLDERS, Finding, Source
from app.catalog.yaml_text import RESOLVERS
from app.domain.errors import BadInput

FIRST = ("catalog.yaml", "departments.yaml", "roles.yaml")
OPTIONAL = ("synonyms.yaml", "locks.yaml")
_NAME = re.compile(r"[\w-]+(?:\.[\w-]+)*\.yaml")

_BASE: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_BASE):  # type: ignore[misc]
    """Quotes whatever any reader of YAML, old or new, would take for something else than a text."""


for _tag, _pattern, _first in RESOLVERS:
    _Dumper.add_implicit_resolver(_tag, _pattern, _first)


def read_files(folder: Path) -> tuple[dict[str, Any], list[Finding]]:
    """All files of a catalogue as plain values by their names, and what could not be read."""
    findings: list[Finding] = []
    source = Source(folder, findings.append)
    entries = {name: source.read(name) for name in dict.fromkeys((*FIRST, *file_names(folder)))}
    return {name: entry.value for name, entry in entries.items() if entry}, findings


def file_names(folder: Path) -> list[str]:
    """The catalogue's files that a folder holds, in a stable order."""
    source = Source(folder, lambda _: None)
    singles = [name for name in (*FIRST, *OPTIONAL) if (folder / name).is_file()]
    return singles + [name for part in FOLDERS for name in source.files(part)]


def write_files(folder: Path, files: Mapping[str, Any]) -> None:
    """Make a folder hold exactly these files of a catalogue; what else stands in it stays.

    Raises BadInput for a name that does not belong into a catalogue, and for a folder that holds something else.
    """
    for name in files:
        if not is_file_name(name):
            raise BadInput("不能写入目录文件", f"文件名“{name}”不属于事项目录", "写成 items/名称.yaml 的形式")
    if folder.exists() and any(folder.iterdir()) and not (folder / "catalog.yaml").exists():
        raise BadInput(
            "不能写入目录文件", f"{folder} 里有别的文件，没有 catalog.yaml", "换一个空文件夹，或者一个事项目录的文件夹"
        )
    before = set(file_names(folder))
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(path.name + ".new")
        fresh.write_text(dump(value), encoding="utf-8")
        # A file is there whole or not at all, also when the power goes.
        os.replace(fresh, path)
    for name in before - files.keys():
        (folder / name).unlink()


def is_file_name(name: str, part: str = "") -> bool:
    """Does a file of this name belong into a catalogue (into one of its folders)? Nothing outside it ever does."""
    folder, slash, file = name.rpartition("/")
    if part:
        return folder == part and _NAME.fullmatch(file) is not None
    return name in (*FIRST, *OPTIONAL) or (bool(slash) and folder in FOLDERS and _NAME.fullmatch(file) is not None)


def dump(value: Any) -> str:
    """Plain values as YAML: short groups on one line, the order kept, Chinese as it is."""
    text: str = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=120
    )
    return text
