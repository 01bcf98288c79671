"""The language of the first window, before the settings are loaded: held against the settings themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.config.first_language import first_language
from app.config.layers import Sources, layered
from app.settings import EXAMPLE

EN = 'language = "en"\n'


def ask(folder: Path, *words: str, **env: str) -> str:
    return first_language(words, env, lambda: folder / "policy.toml", lambda: folder)


@pytest.mark.parametrize(
    ("user", "policy", "words", "env", "expected"),
    [
        ("", "", (), {}, "zh"),
        (EN, "", (), {}, "en"),
        ("# language\nlanguage='en'  # a note\n[window]\nid = 'W01'\n", "", (), {}, "en"),
        ('[bridge.origins]\nlanguage = "en"\n', "", (), {}, "zh"),
        (EXAMPLE, "", (), {}, "zh"),
        (EN, "", (), {"YICHUANG__LANGUAGE": "zh"}, "zh"),
        ("", "", ("--setting", "language=en"), {"YICHUANG__LANGUAGE": "zh"}, "en"),
        ("", 'language = "zh"\n', ("--setting=language=en",), {"YICHUANG__LANGUAGE": "en"}, "zh"),
        (EN, "contact = 'x'\n", (), {}, "en"),
    ],
    ids=[
        "default",
        "user",
        "note",
        "inside-a-table",
        "example",
        "environment",
        "command-line",
        "policy",
        "policy-silent",
    ],
)
def test_the_layers_are_those_of_the_settings(
    tmp_path: Path, user: str, policy: str, words: tuple[str, ...], env: dict[str, str], expected: str
) -> None:
    import tomllib

    (tmp_path / "settings.toml").write_text(user, "utf-8")
    (tmp_path / "policy.toml").write_text(policy, "utf-8")
    assert ask(tmp_path, "run", *words, **env) == expected
    overrides = [word.removeprefix("--setting=") for word in words if "=" in word]
    sources = Sources(tmp_path / "policy.toml", env, tuple(overrides))
    assert layered(tomllib.loads(user), "settings.toml", sources).values()["language"].value == expected


def test_a_folder_on_the_command_line_counts_and_demo_has_its_own_option(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "settings.toml").write_text(EN, "utf-8")
    assert ask(tmp_path, "--profile", str(other), "run") == "en"
    assert ask(tmp_path, f"--profile={other}", "run") == "en"
    assert ask(other, "demo") == "zh"
    assert ask(tmp_path, "demo", "--language", "en") == "en"
    assert ask(tmp_path, "demo", "--language", "fr") == "zh"


def test_damage_and_absence_give_chinese(tmp_path: Path) -> None:
    assert ask(tmp_path, "run") == "zh"
    (tmp_path / "settings.toml").write_bytes(b"\xff" + EN.encode())
    assert ask(tmp_path, "run") == "zh"
    (tmp_path / "settings.toml").write_text('language = "fr"\n', "utf-8")
    assert ask(tmp_path, "run") == "zh"
