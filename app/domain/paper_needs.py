"""What every paper's data have to keep: nothing that is required empty, no list without end, no absurd number.

Each raises BadInput that names what is wrong, in the words of the paper.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.errors import BadInput

MOST_ROWS = 500
"""Lines of one list. A paper of more than that is a mistake, and a page of A4 holds about 30."""


def lacks(about: str) -> BadInput:
    """It was not filled in."""
    return BadInput("文书内容不全", f"“{about}”没有填写。", "补齐后再出具。")


def wrong(about: str, why: str) -> BadInput:
    """It cannot be as it is."""
    return BadInput("文书内容有误", f"“{about}”{why}。", "更正后再出具。")


def said(about: str, text: str) -> None:
    """The text must not be empty."""
    if not text.strip():
        raise lacks(about)


def rows(about: str, rows: Sequence[object]) -> None:
    """There must be lines, and not too many."""
    if not rows:
        raise lacks(about)
    if len(rows) > MOST_ROWS:
        raise wrong(about, f"超过 {MOST_ROWS} 行")


def count(about: str, number: int) -> None:
    """A number of copies or pieces."""
    if not 1 <= number <= 9999:
        raise wrong(about, "应为 1 至 9999")
