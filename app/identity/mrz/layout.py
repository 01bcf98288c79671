"""Where each field stands: TD1 (Doc 9303-5), TD2 (-6), TD3 (-4), MRV-A and MRV-B (-7). Columns count from 0."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """The five layouts; the values are the command line's interface."""

    TD1 = "TD1"
    """Cards of 85.6 × 54 mm: three lines of 30."""
    TD2 = "TD2"
    """105 × 74 mm: two lines of 36."""
    TD3 = "TD3"
    """Passports, 125 × 88 mm: two lines of 44."""
    MRVA = "MRVA"
    """Visas as large as a passport's page: two lines of 44, no composite check digit."""
    MRVB = "MRVB"
    """Small visas: two lines of 36, no composite check digit."""

    @property
    def lines(self) -> int:
        return 3 if self is Format.TD1 else 2

    @property
    def length(self) -> int:
        return {Format.TD1: 30, Format.TD2: 36, Format.MRVB: 36}.get(self, 44)

    @property
    def visa(self) -> bool:
        return self in (Format.MRVA, Format.MRVB)


Place = tuple[int, int, int]
"""Line, first column, column after the last."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of a format's fields. optional: all fields that the issuer may use as it likes."""

    code: Place
    issuer: Place
    names: Place
    number: Place
    nationality: Place
    birth: Place
    sex: Place
    expiry: Place
    optional: tuple[Place, ...]
    optional_check: bool = False
    composite: tuple[Place, ...] = ()
    """What the last character of the second line checks; empty: there is no such digit."""


def _lower(optional_end: int, composite: tuple[Place, ...], *, width: int, optional_check: bool = False) -> Layout:
    """The two-line formats differ only in their length and in what follows the expiry date."""
    return Layout(
        code=(0, 0, 2),
        issuer=(0, 2, 5),
        names=(0, 5, width),
        number=(1, 0, 9),
        nationality=(1, 10, 13),
        birth=(1, 13, 19),
        sex=(1, 20, 21),
        expiry=(1, 21, 27),
        optional=((1, 28, optional_end),),
        optional_check=optional_check,
        composite=composite,
    )


LAYOUTS = {
    Format.TD1: Layout(
        code=(0, 0, 2),
        issuer=(0, 2, 5),
        names=(2, 0, 30),
        number=(0, 5, 14),
        nationality=(1, 15, 18),
        birth=(1, 0, 6),
        sex=(1, 7, 8),
        expiry=(1, 8, 14),
        optional=((0, 15, 30), (1, 18, 29)),
        composite=((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29)),
    ),
    Format.TD2: _lower(35, ((1, 0, 10), (1, 13, 20), (1, 21, 35)), width=36),
    Format.TD3: _lower(42, ((1, 0, 10), (1, 13, 20), (1, 21, 43)), width=44, optional_check=True),
    Format.MRVA: _lower(44, (), width=44),
    Format.MRVB: _lower(36, (), width=36),
}


def format_of(lines: tuple[str, ...]) -> Format | None:
    """The layout that lines of these lengths have; None when no travel document has such lines."""
    shape = (len(lines), *{len(line) for line in lines})
    visa = bool(lines) and lines[0].startswith("V")
    if shape == (3, 30):
        return Format.TD1
    if shape == (2, 44):
        return Format.MRVA if visa else Format.TD3
    if shape == (2, 36):
        return Format.MRVB if visa else Format.TD2
    return None


def cut(lines: tuple[str, ...], place: Place) -> str:
    """The characters at a place."""
    line, first, end = place
    return lines[line][first:end]
