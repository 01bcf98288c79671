"""The formats a paper can be had in: sheets, thermal strips, each also in large type."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Format:
    """One format. name: stable, for settings and print jobs. width, height: mm; a strip is as long as its text.

    dots: what a strip's print head holds at 203 dots an inch, else 0. large: the type variant for weak eyes.
    """

    name: str
    width: float
    height: float
    dots: int = 0
    large: bool = False

    A4: ClassVar[Format]
    A5: ClassVar[Format]
    STRIP_80: ClassVar[Format]
    STRIP_58: ClassVar[Format]

    @property
    def strip(self) -> bool:
        return self.dots > 0

    @property
    def enlarged(self) -> Format:
        """The same format in large type."""
        return self if self.large else replace(self, name=f"{self.name}-large", large=True)

    @property
    def page(self) -> tuple[float, float]:
        """Width and height in points; the height of a strip is 0."""
        return self.width * _MM, self.height * _MM

    @classmethod
    def named(cls, name: str) -> Format:
        """The format of a name. KeyError for one that does not exist."""
        return _NAMED[name]


Format.A4 = Format("A4", 210, 297)
Format.A5 = Format("A5", 148, 210)
Format.STRIP_80 = Format("strip-80", 72, 0, dots=576)
Format.STRIP_58 = Format("strip-58", 48, 0, dots=384)

FORMATS = tuple(
    shape for base in (Format.A4, Format.A5, Format.STRIP_80, Format.STRIP_58) for shape in (base, base.enlarged)
)
_NAMED = {shape.name: shape for shape in FORMATS}
