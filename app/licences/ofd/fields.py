"""A licence's data out of its page: by the words before them, by tags and attachments, and only where these agree."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.licences.kinds import CHECKS
from app.licences.ofd.layout import Line, Piece
from app.licences.ofd.templates import FieldRule, Template

_DATE = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_COLONS = "：:"
_LONGEST = 1000
_COLUMN = 3.0
"""Sizes of a letter."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """template: None when none fits, and then nothing is extracted. claims: as in LicenceReading. expires: the last
    day. conflicts: fields whose page and data say different things; they are left out."""

    template: Template | None
    holder: dict[str, str] = field(default_factory=dict)
    claims: dict[str, str] = field(default_factory=dict)
    identifier: str = ""
    expires: dt.date | None = None
    conflicts: tuple[str, ...] = ()


def pick_template(lines: Sequence[Line], known: Sequence[Template]) -> Template | None:
    """The first whose words are all on the page."""
    text = squeezed("".join(line.text for line in lines))
    return next((one for one in known if all(squeezed(word) in text for word in one.match)), None)


def extract(lines: Sequence[Line], data: Mapping[str, str], known: Sequence[Template]) -> Extracted:
    """lines: of the first page. data: of tags and attachments."""
    template = pick_template(lines, known)
    if template is None:
        return Extracted(None)
    reader = _Reader(lines, data, tuple(squeezed(label) for label in template.labels))
    holder = {key: value for key, rule in template.holder.items() if (value := reader.value(rule, key))}
    claims = {key: value for key, rule in template.fields.items() if (value := reader.value(rule, key))}
    identifier = reader.value(template.identifier, "identifier")
    until = reader.value(template.expires, "expires")
    return Extracted(
        template,
        holder,
        claims,
        identifier,
        dt.date.fromisoformat(until) if until else None,
        tuple(reader.conflicts),
    )


class _Reader:
    def __init__(self, lines: Sequence[Line], data: Mapping[str, str], labels: tuple[str, ...]) -> None:
        self._lines = lines
        self._data = data
        self._labels = labels
        self.conflicts: list[str] = []

    def value(self, rule: FieldRule, about: str) -> str:
        shown = next((v for label in rule.labels if (v := _fitting(self._beside(label, rule.lines), rule))), "")
        stated = next((v for name in rule.data if (v := _fitting(self._data.get(name, ""), rule))), "")
        if shown and stated and squeezed(shown) != squeezed(stated):
            self.conflicts.append(about)
            return ""
        # What a person can see goes before what only a program finds, also in how it is written.
        return shown or stated

    def _beside(self, label: str, most: int) -> str:
        """The words after a label, down to `most` lines."""
        wanted = squeezed(label)
        for number, line in enumerate(self._lines):
            for place in range(len(line.pieces)):
                found = _after_label(line.pieces[place:], wanted)
                if found is None:
                    continue
                rest, following = found
                taken = self._until_label(following)
                words = [rest, *(piece.text for piece in taken)]
                first = taken[0] if taken else None
                if not rest and first is None:  # the value stands under its label
                    words = self._below(number, line.pieces[place].x0, most)
                else:
                    edge = _edge(line.pieces[place], rest) if rest or first is None else first.x0
                    words += self._below(number, edge, most - 1)
                if any(words):
                    return "".join(words)[:_LONGEST]
        return ""

    def _until_label(self, pieces: Sequence[Piece]) -> list[Piece]:
        taken: list[Piece] = []
        for place, piece in enumerate(pieces):
            # A wide gap leads to another column, whose label the template need not know.
            if self._begins_label(pieces[place:]) or (taken and piece.x0 - taken[-1].x1 > _COLUMN * piece.size):
                break
            taken.append(piece)
        return taken

    def _begins_label(self, pieces: Sequence[Piece]) -> bool:
        return any(_after_label(pieces, label) is not None for label in self._labels)

    def _below(self, number: int, edge: float, most: int) -> list[str]:
        """The lines on which a value goes on: right below, from the same edge."""
        words: list[str] = []
        above = self._lines[number]
        for line in self._lines[number + 1 :]:
            if len(words) >= most:
                break
            size = above.pieces[0].size
            if line.y - above.y > 2.3 * size:
                break
            place = next((n for n, p in enumerate(line.pieces) if abs(p.x0 - edge) < 1.2 * p.size), None)
            if place is None or any(self._begins_label(line.pieces[n:]) for n in range(place + 1)):
                break
            words.append("".join(piece.text for piece in self._until_label(line.pieces[place:])))
            above = line
        return words


def _after_label(pieces: Sequence[Piece], wanted: str) -> tuple[str, Sequence[Piece]] | None:
    """What follows a label, which may be spread over several pieces (名    称): the rest of its last piece, and the
    pieces after that. None when it does not stand here."""
    read = ""
    for number, piece in enumerate(pieces):
        read += squeezed(piece.text)
        if read.rstrip(_COLONS) == wanted:
            return "", _without_colon(pieces[number + 1 :])
        if read.startswith(wanted):
            after = _behind(piece.text, len(read) - len(wanted))
            return (after.lstrip(_COLONS).strip(), pieces[number + 1 :]) if after[:1] in _COLONS else None
        if not wanted.startswith(read):
            return None
    return None


def _without_colon(pieces: Sequence[Piece]) -> Sequence[Piece]:
    return pieces[1:] if pieces and pieces[0].text in _COLONS else pieces


def _behind(text: str, count: int) -> str:
    """The end of a text that holds this many visible characters."""
    for place in range(len(text) + 1):
        if len(squeezed(text[place:])) <= count:
            return text[place:].lstrip()
    return ""


def _edge(piece: Piece, rest: str) -> float:
    """Where the rest of a piece begins."""
    part = len(rest) / max(len(piece.text), 1)
    return piece.x1 - (piece.x1 - piece.x0) * part


def _fitting(words: str, rule: FieldRule) -> str:
    """The value in the words; "" when it is not of the rule's kind."""
    words = words.strip()
    if not words:
        return ""
    if rule.pattern is not None:
        match = rule.pattern.search(words[:_LONGEST])
        if match is None:
            return ""
        words = (match.group(1) if match.re.groups else match.group()).strip()
    if rule.date:
        return _day(words)
    if rule.codes is not None:
        return rule.codes.get(words, "")
    if rule.check and not CHECKS[rule.check](words):
        return ""
    return words


def _day(words: str) -> str:
    """The last date in the words: of 自 … 至 … it is the end."""
    found = _DATE.findall(unicodedata.normalize("NFKC", words))
    if not found:
        return ""
    try:
        return dt.date(*map(int, found[-1])).isoformat()
    except ValueError:
        return ""


def squeezed(text: str) -> str:
    """For comparing: one width, no blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace(":", "：")
