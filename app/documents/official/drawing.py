"""Values drawn with our own embedded fonts: as appearances of a PDF's fields, or all over a page.

One small PDF is drawn that holds each drawing as a form XObject (ISO 32000-1 §8.10); who fills a form takes them over
from there. So every rare character comes with its font and can be copied out of the file as text, whatever fonts the
reader's machine has, and no reader is asked to make appearances of its own (NeedAppearances).
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.generic import IndirectObject
from reportlab.pdfgen.canvas import Canvas

from app.documents.fonts import PaperFonts
from app.documents.locks import PAINTING
from app.documents.official.fitting import LEADING
from app.documents.official.mapping import Align

PAD = 1.5
"""Points left free at both sides of a box."""
_FROM_TOP = 45.0
"""Boxes higher than this (points) are written from the top, lower ones in the middle."""
_DESCENT = 0.14
"""Of the letters' size, below the baseline; Chinese letters fill the square above it."""
TICK = "✓"


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of text. size: points."""

    lines: tuple[str, ...]
    size: float
    align: Align = Align.LEFT
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Comb:
    """One character a cell; count: of cells."""

    cells: tuple[str, ...]
    count: int
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick, as large as the box. frame: with a line around, where the form's own is only in the field."""

    frame: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The outline of a box, for a trial print."""

    label: str


@dataclass(frozen=True, slots=True)
class Cross:
    """A hair cross with its millimetres, to measure from."""

    label: str


Body = Words | Comb | Tick | Frame | Cross | None
"""None: nothing, for the state of a button that is not chosen."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """width, height: points. x, y: of its lower left corner on what it is drawn on."""

    body: Body
    width: float
    height: float
    x: float = 0.0
    y: float = 0.0
    marked: bool = False
    """It is a text field's appearance: marked so that a PDF program finds what to replace when somebody types."""


def draw(groups: Mapping[str, tuple[float, float, Sequence[Drawing]]], fonts: PaperFonts) -> PdfReader:
    """One form XObject a group: its name -> (width, height, what is on it)."""
    out = io.BytesIO()
    with PAINTING:
        canvas = Canvas(out, pagesize=(10, 10), pageCompression=1, invariant=1)
        for name, (width, height, drawings) in groups.items():
            canvas.beginForm(name, 0, 0, width, height)
            for drawing in drawings:
                _draw(canvas, drawing, fonts)
            canvas.endForm()
        for name in groups:
            canvas.doForm(name)
        canvas.showPage()
        canvas.save()
    out.seek(0)
    return PdfReader(out)


def taken(reader: PdfReader, writer: Any) -> dict[str, IndirectObject]:
    """The drawings of `draw` taken over into another file, by name."""
    resources: Any = reader.pages[0]["/Resources"]
    found = resources["/XObject"]
    return {name.removeprefix("/FormXob."): found.raw_get(name).clone(writer) for name in found}


def _draw(canvas: Any, drawing: Drawing, fonts: PaperFonts) -> None:
    canvas.saveState()
    if drawing.x or drawing.y:
        canvas.translate(drawing.x, drawing.y)
    if drawing.marked:
        canvas._code.append("/Tx BMC")  # the library has no public way to mark content
    match drawing.body:
        case Words() as words:
            _words(canvas, words, drawing, fonts)
        case Comb() as comb:
            _comb(canvas, comb, drawing, fonts)
        case Tick() as tick:
            _tick(canvas, tick, drawing)
        case Frame() | Cross() as guide:
            _guide(canvas, guide, drawing, fonts)
    if drawing.marked:
        canvas._code.append("EMC")
    canvas.restoreState()


def _words(canvas: Any, words: Words, room: Drawing, fonts: PaperFonts) -> None:
    leading = words.size * LEADING
    high = words.size + (len(words.lines) - 1) * leading
    top = room.height - PAD if room.height > _FROM_TOP else (room.height + high) / 2
    chain = fonts.chain(words.bold)
    for number, line in enumerate(words.lines):
        spare = room.width - 2 * PAD - chain.width(line, words.size)
        shift = {Align.LEFT: 0.0, Align.CENTER: spare / 2, Align.RIGHT: spare}[words.align]
        baseline = top - words.size * (1 - _DESCENT) - number * leading
        _line(canvas, line, words.size, words.bold, PAD + shift, baseline, fonts)


def _comb(canvas: Any, comb: Comb, room: Drawing, fonts: PaperFonts) -> None:
    chain, step = fonts.chain(comb.bold), room.width / comb.count
    baseline = (room.height - comb.size) / 2 + comb.size * _DESCENT
    for number, cell in enumerate(comb.cells):
        x = number * step + (step - chain.width(cell, comb.size)) / 2
        _line(canvas, cell, comb.size, comb.bold, x, baseline, fonts)


def _line(canvas: Any, line: str, size: float, bold: bool, x: float, y: float, fonts: PaperFonts) -> None:
    text = canvas.beginText(x, y)
    for font, piece in fonts.chain(bold).runs(line):
        text.setFont(font, size)
        text.textOut(piece)
    canvas.drawText(text)


def _tick(canvas: Any, tick: Tick, room: Drawing) -> None:
    side = min(room.width, room.height)
    left, bottom = (room.width - side) / 2, (room.height - side) / 2
    if tick.frame:
        canvas.setLineWidth(0.6)
        canvas.rect(left + 0.3, bottom + 0.3, side - 0.6, side - 0.6)
    path = canvas.beginPath()
    path.moveTo(left + 0.18 * side, bottom + 0.52 * side)
    path.lineTo(left + 0.40 * side, bottom + 0.24 * side)
    path.lineTo(left + 0.84 * side, bottom + 0.80 * side)
    canvas.setLineWidth(max(0.12 * side, 0.8))
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.drawPath(path, stroke=1, fill=0)


def _guide(canvas: Any, guide: Frame | Cross, room: Drawing, fonts: PaperFonts) -> None:
    canvas.setLineWidth(0.3)
    if isinstance(guide, Frame):
        canvas.setDash(2, 2)
        canvas.rect(0, 0, room.width, room.height)
        size = 5.0
        x, y = 1.0, max(room.height - size, 0.0)
    else:
        canvas.line(-room.width, 0, room.width, 0)
        canvas.line(0, -room.height, 0, room.height)
        size = 6.0
        x, y = 2.0, 2.0
    _line(canvas, guide.label, size, False, x, y, fonts)
