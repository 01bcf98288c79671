"""What the README and CONTRIBUTING tell people to type exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from app.cli import build_parser

ROOT = Path(__file__).parents[2]
AWAITED: set[str] = set()
"""Files that the pages name and that are made later; none at present."""
PAGES = ("README.md", "README.zh-CN.md", "CONTRIBUTING.md")


def typed(page: str) -> list[list[str]]:
    """The command lines of a page's shell blocks, split as a shell would."""
    blocks = re.findall(r"^```sh\n(.*?)^```", (ROOT / page).read_text("utf-8"), re.S | re.M)
    return [words for block in blocks for line in block.splitlines() if (words := shlex.split(line, comments=True))]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.M))


@pytest.mark.parametrize(("page", "words"), [(page, words) for page in PAGES for words in typed(page)])
def test_every_command_exists(page: str, words: list[str]) -> None:
    program = words[0].removeprefix(".venv/bin/")
    if program == "make":
        assert set(words[1:]) <= targets()
        return
    assert program == "yichuang"
    assert callable(build_parser().parse_args(words[1:]).function)


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_two_commands_and_the_keys_are_there(page: str) -> None:
    assert typed(page)[:2] == [["make", "demo"], ["make", "test"]]
    text = (ROOT / page).read_text("utf-8")
    for key in ("F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F12"):
        assert f"| {key} |" in text


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_both_pages_name_every_command(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    parser = build_parser()
    # argparse gives its sub-commands only through the choices of the action that picks them.
    choices = next(action.choices for action in parser._actions if action.dest == "command")
    assert choices
    for command in choices:
        assert re.search(rf"(`|yichuang |make ){command}\b", text), command


def test_make_help_lists_every_target_with_its_reason() -> None:
    described = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert targets() - described <= {"system-run", "system-test", "tests"}


@pytest.mark.parametrize("page", [*PAGES, "CHANGELOG.md"])
def test_every_link_leads_to_a_file(page: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", (ROOT / page).read_text("utf-8"))
    for link in links:
        assert (ROOT / link).exists() or link in AWAITED, link
