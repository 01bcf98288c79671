from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.text import NO_END, NO_START, wrap


def cells(text: str) -> float:
    """Widths of a terminal: Latin 1, Chinese 2, combining marks 0."""
    return sum(0.0 if char == "\u0301" else 1.0 if ord(char) < 0x2E80 and char not in "“”—…" else 2.0 for char in text)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("办理进度可查询。", 8, ["办理进度", "可查询。"]),
        ("一二三四，五", 8, ["一二三", "四，五"]),
        ("一二三（四五）", 8, ["一二三", "（四五）"]),
        ("编号WX0320261121 完", 12, ["编号", "WX0320261121", "完"]),
        ("WX03202611210021", 8, ["WX032026", "11210021"]),
        ("一二e\u0301三", 5, ["一二e\u0301", "三"]),
        ("一二三四，，，，，五", 8, ["一二三", "四，，，", "，，五"]),
        ("编号（WX2026112100）。", 12, ["编号（WX2026", "112100）。"]),
        ("WX2026-112100）", 13, ["WX2026-11", "2100）"]),
        ("一二三四五，，，，五", 12, ["一二三四", "五，，，，五"]),
        ("甲方/乙方", 4, ["甲", "方/", "乙方"]),
        ("", 8, [""]),
        ("龍", 1, ["龍"]),
    ],
)
def test_breaks(text: str, width: float, lines: list[str]) -> None:
    assert wrap(text, width, cells) == lines


@given(st.text("一二三，。（）“”ab1 *-\u0301", max_size=60), st.integers(6, 20))
def test_nothing_is_lost_and_lines_fit(text: str, width: int) -> None:
    lines = wrap(text, width, cells)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cells(line) <= width for line in lines)


PIECES = [
    "一二",
    "三",
    "四五六，",
    "七。",
    "（八",
    "九十",
    "（WX20261121",
    "0021）。",
    "SQ-2026-112",
    "甲》、",
    "50％",
    "℃",
    "甲/乙",
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=20), st.integers(14, 30))
def test_long_numbers_leave_no_mark_alone(pieces: list[str], width: int) -> None:
    """A query's number fills a line nearly, and a closing mark follows: it does not begin the next."""
    lines = wrap("".join(pieces), width, cells)
    assert "".join(lines) == "".join(pieces)
    assert all(cells(line) <= width for line in lines)
    assert [line for line in lines[1:] if line[0] in NO_START] == []
    assert [line for line in lines[:-1] if line[-1] in NO_END] == []


@pytest.mark.parametrize(
    ("marks", "listed"), [(NO_START, "，。、；：？！）》」』】〕〉〗”’…·％–～／"), (NO_END, "（《「『【〔〈〖“‘／")]
)
def test_the_marks_that_the_standards_name_are_known(marks: frozenset[str], listed: str) -> None:
    assert set(listed) <= marks


@given(st.lists(st.sampled_from(["一二", "三", "四五六，", "七。", "（八", "九十"]), min_size=1, max_size=20))
def test_lone_marks_never_stand_at_the_wrong_end(pieces: list[str]) -> None:
    lines = wrap("".join(pieces), 14, cells)
    assert all(line[0] not in NO_START for line in lines[1:])
    assert all(line[-1] not in NO_END for line in lines[:-1])
