"""From the lines of a page to values of the form: printed words (名称, 坐落 …), and what stands beside or below them.

Only what the element's own checks accept is found: check digits, formats, codes, lengths. Nothing is corrected.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

import yaml

import resources
from app.domain.form import FormField
from app.domain.item import ElementType
from app.forms.cross import Context, NumberChecker
from app.forms.entry import read
from app.forms.field_check import ValueCheck
from app.materials.text_reader import TextLine

SURE_PROVEN = 0.80
"""Confidence from which a value with check digits is suggested: a misread digit is found out eleven times of twelve,
and the figure of the reader does the rest."""
SURE_SHAPED = 0.92
"""The same for a value that must fit a pattern, a date, a number or a code."""
SURE_TEXT = 0.96
"""The same for names and addresses, which nothing checks but the clerk's eye."""

NAME_HEIGHT = 45
"""Pixels of a line's box below which a name is not sure: in small print a rare character is read as its common twin
(䶮 as 美) without any doubt."""

_GAP = 3.0
"""Parts of one value lie no further apart than so many line heights."""
_TABLES = (ElementType.TABLE,)


@dataclass(frozen=True, slots=True)
class Found:
    """A value on a page. key: the field (role.element). box: left, top, right, bottom in pixels of the page.

    sure: may it be suggested? What is not sure serves neither as suggestion nor as contradiction.
    """

    key: str
    value: str
    confidence: float
    box: tuple[int, int, int, int]
    sure: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """How a value is found: see resources/materials/reading.yaml."""

    labels: tuple[str, ...]
    pattern: str = ""
    anywhere: bool = False
    last: bool = False
    lines: int = 1
    twins: str = ""


@functools.lru_cache(maxsize=1)
def rules() -> Mapping[str, Rule]:
    """The rules by data element."""
    written = yaml.safe_load(resources.path("materials/reading.yaml").read_text("utf-8"))
    return {element: Rule(**{**rule, "labels": tuple(rule.get("labels", ()))}) for element, rule in written.items()}


def find_values(
    lines: Sequence[TextLine],
    shows: Mapping[str, Sequence[str]],
    fields: Iterable[FormField],
    today: dt.date,
    check_number: NumberChecker | None,
) -> tuple[Found, ...]:
    """The values that a page shows. shows: field -> the words printed before its value (none: the usual ones).

    fields: as they are asked now; what the page shows besides is left alone.
    """
    wanted = [(f, _rule(f, shows[f.key])) for f in fields if f.key in shows and f.element.type not in _TABLES]
    # The words of all values that the paper may show, of this form or not: a value ends where the next one begins.
    others = {word for key, words in shows.items() for word in (words or rules().get(key.split(".")[1], _NONE).labels)}
    page = _Page(lines, others | {word for _, rule in wanted for word in rule.labels})
    context = Context(today, check_number)
    found = (_find(page, field, rule, context) for field, rule in wanted)
    return tuple(value for value in found if value is not None)


_NONE = Rule(())


def _rule(field: FormField, words: Sequence[str]) -> Rule:
    rule = rules().get(field.element.id, Rule((field.element.title,)))
    return replace(rule, labels=tuple(words)) if words else rule


@dataclass(frozen=True, slots=True)
class _Part:
    """A line, or the piece of one after its printed words. Coordinates are those of the page set level."""

    text: str
    confidence: float
    left: float
    right: float
    top: float
    bottom: float
    box: tuple[int, int, int, int]
    label: str = ""

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class _Page:
    """The parts of a page in rows, from the top, each row from the left."""

    def __init__(self, lines: Sequence[TextLine], labels: Iterable[str]) -> None:
        # Longest first: 主要经营场所 is not 经营场所 with something before it.
        self._labels = sorted((_plain(word) for word in labels), key=len, reverse=True)
        parts = [part for line in _level(lines) for part in self._cut(line)]
        self.rows: list[list[_Part]] = []
        for part in sorted(parts, key=lambda p: p.middle):
            row = self.rows[-1] if self.rows else None
            if row and abs(part.middle - median(p.middle for p in row)) < 0.5 * min(part.height, row[0].height):
                row.append(part)
            else:
                self.rows.append([part])
        for row in self.rows:
            row.sort(key=lambda p: p.left)

    @property
    def parts(self) -> list[_Part]:
        return [part for row in self.rows for part in row]

    def _cut(self, part: _Part) -> list[_Part]:
        """Separate printed words at the beginning from the value that was read in one line with them."""
        for label in self._labels:
            end = _prefix(part.text, label)
            if end is None:
                continue
            rest = part.text[end:].lstrip(" :：　.-—")
            if not rest:
                return [replace(part, label=label)]
            # Han characters are about twice as wide as Latin ones: near enough for a cut.
            at = part.left + (part.right - part.left) * _width(part.text[: len(part.text) - len(rest)]) / _width(
                part.text
            )
            return [replace(part, text=part.text[:end], right=at, label=label), replace(part, text=rest, left=at)]
        return [part]

    def beside(self, at: int, place: int) -> list[_Part]:
        """What stands right of a label, up to the next one."""
        label, found = self.rows[at][place], list[_Part]()
        for part in self.rows[at][place + 1 :]:
            if part.label or (found and part.left - found[-1].right > _GAP * label.height):
                break
            found.append(part)
        return found

    def below(self, at: int, label: _Part, first: _Part, limit: int) -> list[_Part]:
        """The further lines of a value: flush with its first one, close below, and nothing under its label."""
        found: list[_Part] = []
        bottom = first.bottom
        for row in self.rows[at + 1 :]:
            if len(found) >= limit or row[0].top - bottom > 0.9 * first.height:
                break
            if any(abs(p.left - label.left) < 1.5 * label.height for p in row if p.left < first.left - first.height):
                break  # words that no rule knows, in the column of the printed words
            near = [p for p in row if not p.label and abs(p.left - first.left) < 1.2 * first.height]
            if not near or any(p.label and p.left < first.left for p in row):
                break
            found.append(near[0])
            bottom = near[0].bottom
        return found


def _find(page: _Page, field: FormField, rule: Rule, context: Context) -> Found | None:
    """The best value for a field: the first label that has one; else the pattern wherever it stands."""
    labels = {_plain(word): rank for rank, word in enumerate(rule.labels)}
    places = [
        (labels[part.label], at, place)
        for at, row in enumerate(page.rows)
        for place, part in enumerate(row)
        if part.label in labels
    ]
    for _, at, place in sorted(places):
        parts = page.beside(at, place)
        if not parts and field.element.type is not ElementType.TEXT:
            parts = page.below(at, page.rows[at][place], page.rows[at][place], 1)
        elif parts and rule.lines > 1:
            parts = [*parts, *page.below(at, page.rows[at][place], parts[0], rule.lines - 1)]
        if parts and (found := _checked(field, rule, parts, context)):
            return found
    if rule.anywhere:
        for part in page.parts:
            if found := _checked(field, rule, [part], context):
                return found
    return None


def _checked(field: FormField, rule: Rule, parts: Sequence[_Part], context: Context) -> Found | None:
    """The parts as a value of the field, when its own checks take it."""
    text = "".join(part.text.strip() for part in parts)
    if rule.pattern:
        fits = list(re.finditer(rule.pattern, re.sub(r"\s", "", _half(text))))
        if not fits or (
            not rule.last and len({fit[0] for fit in fits}) > 1 and field.element.type is not ElementType.DATE
        ):
            return None  # two numbers of one kind: nobody knows which is meant
        fit = fits[-1 if rule.last else 0]
        text = fit[1] if fit.re.groups else fit[0]
    element = field.element
    entry = read(element, text, context.today)
    if entry.message or not entry.value or len(entry.value) < 2:
        return None
    if element.type is ElementType.CHOICE and text not in (entry.value, element.codes.get(entry.value)):
        return None  # read() is made for typing and completes; a paper says the whole word
    check = ValueCheck(element, field.title, field.schema, context.today)
    if check.message(entry.value, context) or check.oddity(entry.value, context):
        return None
    confidence = min(part.confidence for part in parts)
    doubtful = element.id == "name" and (
        min(part.height for part in parts) < NAME_HEIGHT or any(sign in rule.twins for sign in entry.value)
    )
    sure = confidence >= threshold(field, rule) and not doubtful
    return Found(field.key, entry.value, confidence, _around(parts), sure)


def threshold(field: FormField, rule: Rule) -> float:
    """From which confidence on a value is suggested."""
    if field.element.type in (ElementType.ID_NUMBER, ElementType.USCC):
        return SURE_PROVEN
    shaped = rule.pattern or field.element.type is not ElementType.TEXT
    return SURE_SHAPED if shaped else SURE_TEXT


def _level(lines: Sequence[TextLine]) -> list[_Part]:
    """The lines with the page's tilt taken out, so that what stands side by side has one height."""
    long = [line.box for line in lines if math.dist(line.box[0], line.box[1]) > 3 * math.dist(line.box[0], line.box[3])]
    tilt = median(math.atan2(b[1][1] - b[0][1], b[1][0] - b[0][0]) for b in long) if long else 0.0
    sine, cosine = math.sin(tilt), math.cos(tilt)
    parts = []
    for line in lines:
        xs = [x * cosine + y * sine for x, y in line.box]
        ys = [y * cosine - x * sine for x, y in line.box]
        box = (
            int(min(x for x, _ in line.box)), int(min(y for _, y in line.box)),
            math.ceil(max(x for x, _ in line.box)), math.ceil(max(y for _, y in line.box)),
        )  # fmt: skip
        parts.append(_Part(line.text.strip(), line.confidence, min(xs), max(xs), min(ys), max(ys), box))
    return [part for part in parts if part.text]


def _prefix(text: str, label: str) -> int | None:
    """Where a text goes on after these printed words; None when it does not begin with them. Spaces do not count."""
    at = 0
    for end, sign in enumerate(text, 1):
        if sign.isspace():
            continue
        if at == 0 and sign in "（(【[*·1234567890.、）)】]":
            continue  # numbering before the words
        if unicodedata.normalize("NFKC", sign) != label[at]:
            return None
        at += 1
        if at == len(label):
            return end
    return None


def _plain(words: str) -> str:
    return re.sub(r"[\s:：]", "", unicodedata.normalize("NFKC", words))


def _half(text: str) -> str:
    # Only what is ASCII in full width: NFKC on the whole would also change rare characters of names.
    return "".join(
        unicodedata.normalize("NFKC", c) if ("！" <= c <= "～" and c not in "（）") or c in "㎡²" else c for c in text
    )


def _width(text: str) -> int:
    return max(sum(1 if sign.isascii() else 2 for sign in text), 1)


def _around(parts: Sequence[_Part]) -> tuple[int, int, int, int]:
    boxes = [part.box for part in parts]
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
