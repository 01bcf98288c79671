"""How texts look in each format: sizes, leadings, measures. One set of proportions; each format scales it.

Sheets: body 11 points on A4 (about 小四), 9.5 on A5, half as large again in large type (16 points, 三号, as GB/T 9704
sets official documents). Strips count in dots of the head, so that every line begins on a whole dot.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from app.documents.format import Format
from app.documents.layout import DOT, MM, Style

MICRO = Style(1.1, 2.2, grey=0.2)
"""Micro-text: 1.1 points are 0.39 mm."""


_TIGHT = 0.9


@dataclass(frozen=True, slots=True)
class Look:
    """Styles by what they are for, and measures in points. pad: above and below a row's text. gap: between a column's
    text and the next. code: the side of the anti-forgery code. label: the width of a label's column. pairs: may two
    fields stand side by side?"""

    title: Style
    issuer: Style
    small: Style
    notice: Style
    fine: Style
    seal: Style
    label: Style
    value: Style
    body: Style
    strong: Style
    heading: Style
    head_cell: Style
    cell: Style
    cell_strong: Style
    cell_fine: Style
    note: Style
    pad: float
    gap: float
    space: float
    code: float
    label_width: float
    radius: float
    thin: float
    """The width of a fine rule."""

    @property
    def tightened(self) -> Look:
        """The same type with less room between the lines: what spills over a sheet by a few of them fits on it."""
        styles: dict[str, Any] = {
            field.name: replace(style, leading=style.leading * _TIGHT)
            for field in fields(self)
            if isinstance(style := getattr(self, field.name), Style) and field.name not in ("title", "issuer")
        }
        return replace(self, **styles, pad=self.pad * 0.6, space=self.space * 0.7)


_SHEET: dict[str, tuple[float, float, bool, float, float]] = {
    # size, leading, bold, grey, spacing
    "title": (25, 33, True, 0, 9),
    "issuer": (12, 17, False, 0, 2),
    "small": (9, 14, False, 0, 0),
    "notice": (9.5, 15, True, 0, 0),
    "fine": (8, 12, False, 0.35, 0),
    "seal": (9.5, 16, False, 0.45, 0),
    "label": (10.5, 17, False, 0.35, 0),
    "value": (10.5, 17, False, 0, 0),
    "body": (11, 18.5, False, 0, 0),
    "strong": (11, 18.5, True, 0, 0),
    "heading": (11.5, 19, True, 0, 0),
    "head_cell": (9.5, 14, True, 0, 0),
    "cell": (10, 15, False, 0, 0),
    "cell_strong": (10.5, 16, True, 0, 0),
    "cell_fine": (9, 14, False, 0.3, 0),
    "note": (9, 14, False, 0, 0),
}
_STRIP: dict[str, tuple[int, int, bool]] = {
    # dots: size, leading; bold
    "title": (38, 52, True),
    "issuer": (22, 30, False),
    "small": (20, 28, False),
    "notice": (22, 30, True),
    "fine": (20, 28, False),
    "seal": (20, 28, False),
    "label": (22, 30, False),
    "value": (22, 30, False),
    "body": (22, 31, False),
    "strong": (22, 31, True),
    "heading": (24, 34, True),
    "head_cell": (22, 30, True),
    "cell": (22, 30, False),
    "cell_strong": (24, 33, True),
    "cell_fine": (20, 28, False),
    "note": (20, 27, False),
}
_LARGE = 1.45
_MOST_TITLE = 32.0
"""A title is large already."""


def look_of(shape: Format) -> Look:
    """The look of a format."""
    return _strip(shape) if shape.strip else _sheet(shape)


def _sheet(shape: Format) -> Look:
    scale = (1.0 if shape.width > 200 else 0.86) * (_LARGE if shape.large else 1.0)
    styles = {}
    for name, (size, leading, bold, grey, spacing) in _SHEET.items():
        most = _MOST_TITLE * (1.0 if shape.width > 200 else 0.72) if name == "title" else size * scale
        factor = min(scale, most / size)
        styles[name] = Style(size * factor, leading * factor, bold, grey, spacing * (0.6 if factor != 1 else 1))
    return Look(
        **styles,
        pad=4 * scale,
        gap=8 * min(scale, 1.2),
        space=8 * min(scale, 1.2),
        code=34 * MM,
        label_width=64 * min(scale, 1.15),
        radius=18 * MM if shape.width > 200 else 15 * MM,
        thin=0.35,
    )


def _strip(shape: Format) -> Look:
    scale = 1.36 if shape.large else 1.0
    styles = {}
    for name, (size, leading, bold) in _STRIP.items():
        factor = 1.1 if name == "title" and shape.large else scale
        if name == "title" and shape.dots < 500:
            factor = min(factor, 0.9)
        thick = 0.28 if bold else 0.0
        styles[name] = Style(round(size * factor) * DOT, round(leading * factor) * DOT, bold, thick=thick)
    # Five dots a module of the largest code on 80 mm, four on 58 mm: what phones read off a curled strip.
    return Look(
        **styles,
        pad=3 * DOT,
        gap=12 * DOT,
        space=8 * DOT,
        code=(480 if shape.dots > 500 else shape.dots) * DOT,
        label_width=0.0,
        radius=0.0,
        thin=DOT,
    )
