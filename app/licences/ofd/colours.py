"""Colours of OFD (GB/T 33190 §8.3): RGB, grey and CMYK, palettes; what is no single colour is drawn as its first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.licences.ofd.geometry import number
from app.licences.ofd.markup import Node

_SHADES = ("AxialShd", "RadialShd", "GouraudShd", "LaGouraudShd", "Pattern")


@dataclass(frozen=True, slots=True)
class Paint:
    """Parts from 0 to 1."""

    red: float = 0.0
    green: float = 0.0
    blue: float = 0.0
    alpha: float = 1.0

    def faded(self, alpha: float) -> Paint:
        return self if alpha == 1.0 else replace(self, alpha=self.alpha * alpha)


BLACK = Paint()


def read_paint(node: Node, spaces: Mapping[str, Node]) -> tuple[Paint, bool]:
    """A colour, and whether that is all there is to it (no shading, no pattern)."""
    exact = True
    alpha = min(max(number(node.get("Alpha", "255"), 255.0) / 255, 0.0), 1.0)
    value = node.get("Value")
    space = spaces.get(node.get("ColorSpace"))
    if not value and node.get("Index") and space is not None:
        palette = [entry.word for entry in space.walk() if entry.name == "CV"]
        place = int(number(node.get("Index"), -1))
        value = palette[place] if 0 <= place < len(palette) else ""
    if not value:
        shade = next((child for child in node.children if child.name in _SHADES), None)
        if shade is not None:
            exact = False
            inner = next((n for n in shade.walk() if n.name in ("Color", "FillColor") and n.get("Value")), None)
            value = inner.get("Value") if inner is not None else "255 255 255"
    return replace(_mixed(_parts(value, space), space), alpha=alpha), exact


def _parts(value: str, space: Node | None) -> list[float]:
    bits = int(number(space.get("BitsPerComponent", "8"), 8)) if space is not None else 8
    most = float((1 << min(max(bits, 1), 16)) - 1)
    parts = []
    for word in value.replace(",", " ").split()[:4]:
        if word.startswith("#"):
            try:
                parts.append(int(word[1:], 16) / most)
            except ValueError:
                parts.append(0.0)
        else:
            parts.append(number(word) / most)
    return [min(max(part, 0.0), 1.0) for part in parts]


def _mixed(parts: list[float], space: Node | None) -> Paint:
    kind = space.get("Type", "RGB").upper() if space is not None else "RGB"
    if (kind == "CMYK" or len(parts) == 4) and len(parts) == 4:
        cyan, magenta, yellow, black = parts
        return Paint((1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black))
    if len(parts) == 1:
        return Paint(parts[0], parts[0], parts[0])
    return Paint(*parts[:3]) if len(parts) >= 3 else BLACK
