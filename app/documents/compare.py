"""What was altered on a paper, in words for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from app.documents.code import PaperCode
from app.documents.pdf_reading import ReadPage
from app.documents.record import PageRecord, PaperRecord, normalised
from app.documents.wording import load_wording

_SHOWN = 40
"""Characters of a text that are shown before it is cut."""
_MAX_DIFFERENCES = 12
_LEAST_UNIT = 8
"""Characters below which a repeat of micro-text might stand in the paper's own words."""

_Opcode = tuple[str, int, int, int, int]


def differences(record: PaperRecord, pages: Sequence[ReadPage], page_count: int) -> tuple[str, ...]:
    """Everything in which the pages differ from the record; empty when nothing does."""
    words = load_wording("check")
    found = []
    if page_count != len(record.pages):
        found.append(words.text("pages", was=len(record.pages), now=page_count))
    for number, (was, now) in enumerate(zip_longest(record.pages, pages), 1):
        if was is None or now is None or was.plain == now.plain:
            continue
        # Micro-text is compared by itself: a line of many repeats would match anything, and take long to.
        rest, whole = _without(now.plain, was.micro)
        if not whole:
            found.append(words.text("micro_changed", page=number))
        found += _text_differences(was.without_micro, rest) if was.without_micro.plain != rest else ()
    for number, (was, now) in enumerate(zip(record.pages, pages, strict=False), 1):
        if was.drawings != now.drawings:
            found.append(words.text("drawings", page=number))
    return tuple(found[:_MAX_DIFFERENCES])


def missing_facts(code: PaperCode, pages: Sequence[ReadPage]) -> tuple[str, ...]:
    """Without a record: which of the code's own facts are not on the pages."""
    words = load_wording("check")
    text = "".join(page.plain for page in pages)
    facts = [("编号", code.number), ("申请人", code.name), ("证件号码", code.masked_number), ("办理事由", code.title)]
    for index, (number, name) in enumerate(code.cases, 1):
        facts += [(f"第{index}项受理流水号", number), (f"第{index}项事项名称", name)]
    return tuple(
        words.text("removed", about=about, was=was)
        for about, was in facts
        if normalised(was.removesuffix("…")) not in text
    )


def _without(text: str, lines: Sequence[str]) -> tuple[str, bool]:
    """The text without these lines, which stand in it in this order, and whether all of them did. Of a line that was
    altered the pieces that are left of it are taken out too."""
    whole = True
    place = 0
    for line in lines:
        found = text.find(line, place)
        if found >= 0:
            text, place = text[:found] + text[found + len(line) :], found
        else:
            whole = False
            unit = line[: _period(line)]
            text = text.replace(unit, "") if len(unit) > _LEAST_UNIT else text
    return text, whole


def _period(line: str) -> int:
    """After how many characters a line repeats itself."""
    return (line + line).find(line, 1)


def _text_differences(was: PageRecord, now: str) -> list[str]:
    words = load_wording("check")
    expected = was.plain
    if len(now) > 4 * len(expected) + 500 or len(expected) > 20_000:
        return [words.text("much")]
    opcodes = SequenceMatcher(None, expected, now, autojunk=False).get_opcodes()
    found = []
    entries = list(_entries(was))
    for tag, i1, _, j1, j2 in opcodes:
        touches = any(start < i1 < end for _, start, end in entries)
        if tag == "insert" and not touches:
            found.append(words.text("added", now=_cut(now[j1:j2])))
    for about, start, end in entries:
        before = expected[start:end]
        after = now[_position(opcodes, start, first=True) : _position(opcodes, end, first=False)]
        if after == before:
            continue
        key = "changed" if after else "removed"
        found.append(words.text(key, about=about, was=_cut(before), now=_cut(after)))
    return found


def _entries(page: PageRecord) -> Iterator[tuple[str, int, int]]:
    """Each text of the record with its place in the page's plain text."""
    start = 0
    for about, text in page.texts:
        end = start + len(normalised(text))
        if end > start:
            yield about, start, end
        start = end


def _position(opcodes: Sequence[_Opcode], index: int, first: bool) -> int:
    """Where a place of the expected text lies in the present one. first: of a beginning (skip what was put in just
    before it), else of an end (leave out what was put in just behind it).
    """
    position = 0
    for tag, i1, i2, j1, j2 in opcodes:
        if not (i1 <= index <= i2):
            continue
        if tag == "equal":
            position = j1 + index - i1
        elif tag == "insert":
            if first:
                position = j2
                continue
            return j1
        else:
            position = j2 if index == i2 else j1
        if not first:
            return position
    return position


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
