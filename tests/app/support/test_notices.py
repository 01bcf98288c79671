"""The notices name what is really in the program, and what may be in it."""

from __future__ import annotations

import importlib.metadata
import json
import re
from pathlib import Path

import resources
from app.support.notices import FILE, collect, needed, normal, notices

ROOT = Path(__file__).parents[3]


def pins() -> dict[str, str]:
    found = {}
    for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines():
        if match := re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", line):
            found[normal(match[1])] = match[2]
    return found


def test_each_pinned_library_is_named_with_its_version_and_licence() -> None:
    named = {normal(one.name): one for one in notices() if one.version}
    expected = {name: version for name, version in pins().items() if name != "setuptools"}  # builds, and is not shipped
    assert {name: one.version for name, one in named.items()} == expected, "run: python -m app.support.notices"
    for one in notices():
        assert one.licence, one.name
        assert "AGPL" not in one.licence.upper(), one.name
        assert "Affero" not in one.licence, one.name


def test_the_file_is_what_the_installed_metadata_say() -> None:
    names = needed()
    here = {name for name in names if importlib.metadata.version(name) == pins().get(name)}
    document = json.loads(resources.path(FILE).read_text("utf-8"))
    assert document == collect(names), f"run: python -m app.support.notices ({len(here)} as pinned)"


def test_most_have_their_whole_text() -> None:
    found = [one for one in notices() if one.version]
    assert sum(bool(one.texts) for one in found) > len(found) * 0.9
    gpl = next(one for one in found if one.name == "PyQt6")
    assert "GENERAL PUBLIC LICENSE" in gpl.texts[0]
