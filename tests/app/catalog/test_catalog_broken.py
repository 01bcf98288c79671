"""A catalogue with every kind of mistake: each is told at its file and line, and nothing else is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.catalog.lint import Finding, lint

BROKEN = Path(__file__).with_name("broken")


def expected() -> list[tuple[str, int, bool, str]]:
    """What the comments in the files announce: file, line, soft, a part of the message."""
    announced = []
    for path in sorted(BROKEN.rglob("*.yaml")):
        name = path.relative_to(BROKEN).as_posix()
        for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for mark in ("#!", "#~"):
                if mark in text and '"#' not in text:
                    for part in text.partition(mark)[2].split("&&"):
                        told = part.strip()
                        soft = mark == "#~" or told.startswith("~")
                        announced.append((name, line, soft, told.removeprefix("~")))
    return announced


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    return lint(BROKEN)


@pytest.mark.parametrize("place", expected(), ids=lambda place: f"{place[0]}:{place[1]}")
def test_each_mistake_is_told_where_it_is(findings: list[Finding], place: tuple[str, int, bool, str]) -> None:
    name, line, soft, told = place
    there = [finding for finding in findings if (finding.file, finding.line) == (name, line)]
    assert [f for f in there if told in f.message and f.soft == soft and f.todo], [str(f) for f in there]


def test_nothing_else_is_told(findings: list[Finding]) -> None:
    announced = expected()
    unannounced = [
        str(finding)
        for finding in findings
        if finding.line
        and not any(
            (finding.file, finding.line, finding.soft) == (name, line, soft) and told in finding.message
            for name, line, soft, told in announced
        )
    ]
    assert unannounced == []
    assert [f.file for f in findings if not f.line] == ["locks.yaml"]
