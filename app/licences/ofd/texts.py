"""The characters of a text object: where each stands, and which glyph of the font it is (GB/T 33190 §11)."""

from __future__ import annotations

from dataclasses import dataclass

from app.licences.ofd.geometry import number
from app.licences.ofd.markup import Node
from app.licences.ofd.refusal import OfdRefused, Why

MAX_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class Glyph:
    """text: the characters it stands for, "" for the further glyphs of one. glyph: its number in the font, None when
    the font is to say. x, y: of its origin, in the object's millimetres. turned: degrees, clockwise.
    placed: False when no distance was stated, so that x rests on the width of those before it."""

    text: str
    glyph: int | None
    x: float
    y: float
    turned: int = 0
    placed: bool = True


def deltas(text: str, most: int) -> list[float]:
    """Distances; "g 3 5.0" stands for 5.0 three times. most: how many can be of use."""
    words = text.split()
    found: list[float] = []
    at = 0
    while at < len(words) and len(found) < most:
        if words[at] == "g" and at + 2 < len(words):
            times = min(max(int(number(words[at + 1])), 0), most)
            found += [number(words[at + 2])] * times
            at += 3
        else:
            found.append(number(words[at]))
            at += 1
    return found[:most]


def read_glyphs(node: Node, size: float) -> tuple[Glyph, ...]:
    """All glyphs of a text object. OfdRefused when there are more than any page holds."""
    turned = int(number(node.get("CharDirection"))) % 360
    down = int(number(node.get("ReadDirection"))) % 180 == 90
    codes: list[Glyph] = []
    x = y = 0.0
    for code in node.all("TextCode"):
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        # Makers break long lines of XML; a code point is what they count.
        chars = code.text.replace("\r", "").replace("\n", "").replace("\t", "")
        if len(codes) + len(chars) > MAX_CHARS:
            raise OfdRefused(Why.TOO_MUCH, "文字")
        across, along = deltas(code.get("DeltaX"), len(chars)), deltas(code.get("DeltaY"), len(chars))
        at_x, at_y, placed = x, y, True
        for place, char in enumerate(chars):
            codes.append(Glyph(char, None, at_x, at_y, turned, placed))
            stated = place < len(across) or place < len(along)
            guess = size if ord(char) > 0xFF else size / 2
            at_x += across[place] if place < len(across) else 0.0 if stated or down else guess
            at_y += along[place] if place < len(along) else 0.0 if stated or not down else guess
            placed = placed and (stated or down)
    return _with_glyphs(node, codes)


def _with_glyphs(node: Node, codes: list[Glyph]) -> tuple[Glyph, ...]:
    """The stated glyph numbers in place of the characters that they stand for."""
    changed: dict[int, list[Glyph]] = {}
    for transform in node.all("CGTransform"):
        start = int(number(transform.get("CodePosition")))
        count = max(int(number(transform.get("CodeCount", "1"), 1)), 0)
        glyphs = [int(number(word, -1)) for word in transform.word_of("Glyphs").split()[:MAX_CHARS]]
        if not 0 <= start < len(codes) or not count or not glyphs or start + count > len(codes):
            continue
        group = codes[start : start + count]
        made: list[Glyph] = []
        for place, glyph in enumerate(glyphs):
            old = group[min(place, count - 1)]
            last = place == len(glyphs) - 1
            text = "".join(one.text for one in group[place:]) if last else old.text if place < count else ""
            made.append(Glyph(text, glyph if glyph >= 0 else None, old.x, old.y, old.turned, old.placed))
        changed.update({start + index: [] for index in range(count)})
        changed[start] = made
    return tuple(glyph for index, code in enumerate(codes) for glyph in changed.get(index, [code]))
