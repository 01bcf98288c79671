"""What each use wants of a photograph: resources/photo/uses.yaml, with its sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

import resources

FILE = "photo/uses.yaml"
_INCH = 25.4
Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PhotoUse:
    """One use. size: width and height in millimetres; pixels likewise. head: from the hair's top to the chin; face: its
    width; top: from the hair to the upper edge; eyes, chin: to the lower edge at least; all in millimetres, None where
    no rule says. kilobytes: of the file. backgrounds: white, light."""

    id: str
    name: str
    name_en: str
    size: Range
    pixels: tuple[int, int]
    dpi: int
    head: Range | None
    face: Range | None
    top: Range
    eyes: float | None
    chin: float | None
    kilobytes: tuple[int, int]
    quality: int
    backgrounds: tuple[str, ...]
    source: str

    def px(self, millimetres: float) -> float:
        """Pixels of the finished photograph."""
        return millimetres * self.dpi / _INCH


@dataclass(frozen=True, slots=True)
class PhotoRules:
    """uses: by id. materials: id of a material that is a photograph -> use. items: beginning of an item's code -> use,
    which goes before the material's. days: how long a photograph serves from the day it was taken."""

    uses: Mapping[str, PhotoUse]
    materials: Mapping[str, str]
    items: Mapping[str, str]
    days: int

    def wanted(self, material: str, items: tuple[str, ...]) -> tuple[PhotoUse, ...]:
        """The uses that a material of these items (codes) wants, each once; () when it is no photograph."""
        usual = self.materials.get(material)
        if usual is None:
            return ()
        names = [
            next((use for start, use in self.items.items() if code.startswith(start)), usual) for code in items
        ] or [usual]
        return tuple(self.uses[name] for name in dict.fromkeys(names))


@cache
def photo_rules() -> PhotoRules:
    """As shipped. KeyError or ValueError naming what is wrong in the file; a test reads it."""
    document = yaml.safe_load(resources.path(FILE).read_text("utf-8"))
    uses = {name: _use(name, entry) for name, entry in document["uses"].items()}
    materials, items = dict(document["materials"]), dict(document["items"])
    for name in (*materials.values(), *items.values()):
        uses[name]
    return PhotoRules(uses, materials, items, int(document["days"]))


def _use(name: str, entry: Mapping[str, Any]) -> PhotoUse:
    size, pixels, dpi = _pair(entry["millimetres"]), entry["pixels"], int(entry["dpi"])
    for length, count in zip(size, pixels, strict=True):
        if abs(length * dpi / _INCH - count) > 2:
            raise ValueError(f"{name}: {length} mm are not {count} pixels at {dpi} dpi")
    return PhotoUse(
        id=name,
        name=entry["name"],
        name_en=entry["name_en"],
        size=size,
        pixels=(int(pixels[0]), int(pixels[1])),
        dpi=dpi,
        head=_pair(entry["head_mm"]) if "head_mm" in entry else None,
        face=_pair(entry["face_mm"]) if "face_mm" in entry else None,
        top=_pair(entry["top_mm"]),
        eyes=entry.get("eyes_mm"),
        chin=entry.get("chin_mm"),
        kilobytes=(int(entry["kilobytes"][0]), int(entry["kilobytes"][1])),
        quality=int(entry["quality"]),
        backgrounds=tuple(entry["backgrounds"]),
        source=entry["source"],
    )


def _pair(values: Any) -> Range:
    least, most = values
    return float(least), float(most)
