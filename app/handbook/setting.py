"""Lines of a printed page: Chinese text with keys, bold and links in it, broken and drawn with the papers' fonts.

reportlab's own paragraphs know one font a run and break Latin words anywhere in Chinese; names such as 㛃 𠮷 䶮 𬭚
need a chain of fonts, and a key must stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from app.documents.fonts import FontChain, PaperFonts
from app.documents.text import NO_END, NO_START
from app.handbook.blocks import Look, Span

INK, SOFT, LINE, ACCENT, KEY_GROUND, CODE_GROUND, NOTE_GROUND = (
    HexColor(colour) for colour in ("#18212C", "#46515E", "#B4BCC7", "#17598F", "#F1F3F6", "#F1F3F6", "#FCF1D9")
)
_WORD = re.compile(r"[A-Za-z0-9À-ɏ*_/.,:=\-–@#%]+|\s+|.", re.DOTALL)
_KEY_ROOM = 3.0
"""Points at each side of a key's words, within its frame; as much again lies outside."""
_CARRIED = 3


@dataclass(frozen=True, slots=True)
class Style:
    """Measures in points. bold: all of it. before, after: gaps."""

    size: float = 10.5
    leading: float = 17
    bold: bool = False
    colour: Any = INK
    before: float = 0
    after: float = 5
    centred: bool = False
    ground: Any = None


@dataclass(frozen=True, slots=True)
class _Atom:
    """What is not parted. text: its words; width: points."""

    text: str
    span: Span
    width: float


class Setter:
    """Measures and draws spans with a chain of fonts."""

    def __init__(self, fonts: PaperFonts) -> None:
        self._fonts = fonts

    def chain(self, span: Span, style: Style) -> FontChain:
        return self._fonts.chain(style.bold or span.look is Look.BOLD)

    def width(self, text: str, span: Span, style: Style) -> float:
        """Points; a key with its frame."""
        if span.look is Look.KEY:
            return self._fonts.regular.width(text, style.size * 0.9) + 4 * _KEY_ROOM
        return self.chain(span, style).width(text, style.size)

    def lines(self, spans: Sequence[Span], width: float, style: Style) -> list[list[_Atom]]:
        """Lines no wider than width; what may not begin or end a line takes its neighbour along (GB/T 15834)."""
        lines: list[list[_Atom]] = []
        line: list[_Atom] = []
        for atom in self._atoms(spans, width, style):
            used = sum(part.width for part in line)
            if line and used + atom.width > width + 0.01 and not atom.text.isspace():
                cut = _cut(line, atom)
                lines.append(line[:cut])
                line = line[cut:]
            if line or not atom.text.isspace():
                line.append(atom)
        return [*lines, line] if line else lines

    def _atoms(self, spans: Sequence[Span], width: float, style: Style) -> list[_Atom]:
        found = []
        for span in spans:
            words = [span.text] if span.look is Look.KEY else _WORD.findall(span.text)
            for word in words:
                wide = self.width(word, span, style)
                parts = list(word) if wide > width and span.look is not Look.KEY else [word]
                found += [_Atom(part, span, self.width(part, span, style)) for part in parts]
        return found

    def draw(self, canvas: Any, x: float, y: float, line: Sequence[_Atom], style: Style) -> None:
        """Draw a line; y: its base line."""
        for atom in line:
            if atom.span.look is Look.KEY:
                self._draw_key(canvas, x, y, atom, style)
            else:
                self._draw_words(canvas, x, y, atom, style)
            x += atom.width

    def _draw_key(self, canvas: Any, x: float, y: float, atom: _Atom, style: Style) -> None:
        size = style.size * 0.9
        canvas.setFillColor(KEY_GROUND)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.6)
        canvas.roundRect(x + _KEY_ROOM, y - size * 0.28, atom.width - 2 * _KEY_ROOM, size * 1.3, 2.2, stroke=1, fill=1)
        self._text(canvas, x + 2 * _KEY_ROOM, y, atom.text, self._fonts.regular, size, INK)

    def _draw_words(self, canvas: Any, x: float, y: float, atom: _Atom, style: Style) -> None:
        look = atom.span.look
        colour = ACCENT if look is Look.LINK else style.colour
        if look is Look.CODE:
            canvas.setFillColor(CODE_GROUND)
            canvas.rect(x, y - style.size * 0.25, atom.width, style.size * 1.2, stroke=0, fill=1)
        self._text(canvas, x, y, atom.text, self.chain(atom.span, style), style.size, colour)
        if look is Look.LINK and atom.span.target:
            area = (x, y - 3, x + atom.width, y + style.size)
            canvas.linkRect("", atom.span.target, area, relative=1, thickness=0)

    @staticmethod
    def _text(canvas: Any, x: float, y: float, words: str, chain: FontChain, size: float, colour: Any) -> None:
        canvas.setFillColor(colour)
        chain.require(words, "使用手册")
        for name, run in chain.runs(words):
            canvas.setFont(name, size)
            canvas.drawString(x, y, run)
            x += chain.width(run, size)


def _cut(line: list[_Atom], following: _Atom) -> int:
    for cut in range(len(line), max(len(line) - _CARRIED, 1) - 1, -1):
        below = line[cut].text if cut < len(line) else following.text
        if below[0] not in NO_START and line[cut - 1].text[-1] not in NO_END and not below.isspace():
            return cut
    return len(line)


class Lines(Flowable):  # type: ignore[misc]
    """A paragraph. marker: hangs left of it, in the indent. each: every span begins a line."""

    def __init__(
        self,
        setter: Setter,
        spans: Sequence[Span],
        style: Style,
        indent: float = 0,
        marker: str = "",
        *,
        each: bool = False,
    ) -> None:
        super().__init__()
        self._setter = setter
        self._spans = spans
        self._style = style
        self._indent = indent
        self._marker = marker
        self._each = each
        self._set: list[list[_Atom]] | None = None
        """Lines that were broken already: of the rest of a paragraph that a page's end parted."""
        self._width = 0.0
        self._pad = 8.0 if style.ground is not None else 0.0

    def getSpaceBefore(self) -> float:
        return self._style.before

    def getSpaceAfter(self) -> float:
        return self._style.after

    def _broken(self, width: float) -> list[list[_Atom]]:
        if self._set is not None:
            return self._set
        parts = [[span] for span in self._spans] if self._each else [self._spans]
        room = width - self._indent - 2 * self._pad
        return [line for part in parts for line in self._setter.lines(part, room, self._style)]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._width = width
        return width, len(self._broken(width)) * self._style.leading + 2 * self._pad * 0.6

    def split(self, width: float, height: float) -> list[Flowable]:
        lines = self._broken(width)
        fit = int((height - 1.2 * self._pad) // self._style.leading)
        if fit < 2 or len(lines) - fit < 2 or self._pad:
            return []  # no single lines, and a note stays in one piece
        parts = []
        for at, some in enumerate((lines[:fit], lines[fit:])):
            style = replace(self._style, after=0) if at == 0 else replace(self._style, before=0)
            part = Lines(self._setter, self._spans, style, self._indent, "" if at else self._marker)
            part._set = some
            parts.append(part)
        return parts

    def draw(self) -> None:
        style, canvas = self._style, self.canv
        lines = self._broken(self._width)
        top = len(lines) * style.leading + 0.6 * self._pad
        if style.ground is not None:
            canvas.setFillColor(style.ground)
            canvas.roundRect(0, 0, self._width, top + 0.6 * self._pad, 3, stroke=0, fill=1)
        for number, line in enumerate(lines):
            y = top - number * style.leading - style.leading * 0.5 - style.size * 0.33
            x = self._indent + self._pad
            if style.centred:
                x = (self._width - sum(atom.width for atom in line)) / 2
            if number == 0 and self._marker:
                mark = Span(self._marker)
                wide = self._setter.width(self._marker, mark, style)
                self._setter.draw(canvas, x - wide - 5, y, [_Atom(self._marker, mark, wide)], style)
            self._setter.draw(canvas, x, y, line, style)
