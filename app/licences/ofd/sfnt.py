"""As much of a font file as is needed to trust and use it: its tables, its characters (ISO/IEC 14496-22).

The glyphs themselves are FreeType's business, inside PDFium. This decides whether a file from a stranger is a font at
all: one that FreeType refuses would be replaced silently by another, whose glyph 17 is another character.
"""

from __future__ import annotations

import bisect
import struct
from dataclasses import dataclass, field

MAX_FONT = 40 * 1024 * 1024
_MAGIC = (b"\x00\x01\x00\x00", b"OTTO", b"true")
_MOST_GROUPS = 100_000


class NotAFont(ValueError):
    """It is none, is torn, or is of a kind that is not drawn."""


@dataclass(frozen=True, slots=True)
class Sfnt:
    """glyphs: how many. starts, ends, firsts: runs of characters and the glyph of the first of each. widths: of each
    glyph (the last stands for the rest), in units of the em square."""

    glyphs: int
    em: int
    starts: list[int] = field(repr=False)
    ends: list[int] = field(repr=False)
    firsts: list[int] = field(repr=False)
    widths: tuple[int, ...] = field(repr=False)
    symbolic: bool = False

    def glyph(self, char: str) -> int:
        """Its glyph's number, 0 when the font has none."""
        point = ord(char)
        if self.symbolic and point < 0x100:
            return self._find(0xF000 + point) or self._find(point)
        return self._find(point)

    def width(self, glyph: int) -> float:
        """Advance in parts of the size."""
        if not self.widths:
            return 1.0
        return self.widths[min(glyph, len(self.widths) - 1)] / self.em

    def _find(self, point: int) -> int:
        place = bisect.bisect_right(self.starts, point) - 1
        if place < 0 or point > self.ends[place]:
            return 0
        glyph = self.firsts[place] + point - self.starts[place]
        return glyph if 0 <= glyph < self.glyphs else 0


def read_sfnt(data: bytes, index: int = 0) -> Sfnt:
    """A TrueType or OpenType font; index: its place in a collection. NotAFont says what is wrong."""
    if len(data) > MAX_FONT:
        raise NotAFont("too large")
    try:
        return _read(data, face_offset(data, index))
    except (struct.error, IndexError, ZeroDivisionError) as error:
        raise NotAFont("torn") from error


def face_offset(data: bytes | bytearray, index: int) -> int:
    """Where a face's table directory begins."""
    if data[:4] != b"ttcf":
        return 0
    count = struct.unpack_from(">I", data, 8)[0]
    if not 0 <= index < min(count, 64):
        raise NotAFont("no such face in the collection")
    return int(struct.unpack_from(">I", data, 12 + 4 * index)[0])


def _read(data: bytes, start: int) -> Sfnt:
    if data[start : start + 4] not in _MAGIC:
        raise NotAFont("neither TrueType nor OpenType")
    count = struct.unpack_from(">H", data, start + 4)[0]
    if count > 64:
        raise NotAFont("too many tables")
    tables: dict[bytes, tuple[int, int]] = {}
    for place in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", data, start + 12 + 16 * place)
        if offset + length > len(data):
            raise NotAFont("torn")
        tables[tag] = (offset, length)
    if not ({b"glyf", b"loca"} <= tables.keys() or b"CFF " in tables) or not {b"head", b"maxp"} <= tables.keys():
        raise NotAFont("no glyphs")
    em = struct.unpack_from(">H", data, tables[b"head"][0] + 18)[0]
    glyphs = struct.unpack_from(">H", data, tables[b"maxp"][0] + 4)[0]
    if not 16 <= em <= 16384 or not glyphs:
        raise NotAFont("nonsense in head or maxp")
    widths: tuple[int, ...] = ()
    if b"hhea" in tables and b"hmtx" in tables:
        many = struct.unpack_from(">H", data, tables[b"hhea"][0] + 34)[0]
        offset, length = tables[b"hmtx"]
        many = min(many, length // 4)
        widths = struct.unpack_from(f">{many * 2}H", data, offset)[::2]
    runs: list[tuple[int, int, int]] = []
    symbolic = False
    if b"cmap" in tables:
        runs, symbolic = _characters(data, *tables[b"cmap"])
    runs.sort()
    return Sfnt(glyphs, em, [r[0] for r in runs], [r[1] for r in runs], [r[2] for r in runs], widths, symbolic)


def _characters(data: bytes, offset: int, length: int) -> tuple[list[tuple[int, int, int]], bool]:
    """Of the subtables the one that says most: full Unicode, then its first plane, then symbols."""
    best: tuple[int, int, bool] | None = None
    for place in range(min(struct.unpack_from(">H", data, offset + 2)[0], 32)):
        platform, encoding, away = struct.unpack_from(">HHI", data, offset + 4 + 8 * place)
        if away + 4 > length:
            continue
        layout = struct.unpack_from(">H", data, offset + away)[0]
        rank = {(3, 10, 12): 5, (0, 4, 12): 5, (0, 6, 12): 5, (3, 1, 4): 4, (0, 3, 4): 4, (0, 4, 4): 3, (3, 0, 4): 2}
        score = rank.get((platform, encoding, layout), 1 if layout in (4, 6, 12) else 0)
        if score and (best is None or score > best[0]):
            best = (score, offset + away, (platform, encoding) == (3, 0))
    if best is None:
        return [], False
    layout = struct.unpack_from(">H", data, best[1])[0]
    reader = {4: _segments, 6: _trimmed, 12: _groups}[layout]
    return reader(data, best[1]), best[2]


def _groups(data: bytes, at: int) -> list[tuple[int, int, int]]:
    count = struct.unpack_from(">I", data, at + 12)[0]
    if count > _MOST_GROUPS or at + 16 + 12 * count > len(data):
        raise NotAFont("nonsense in cmap")
    return list(struct.iter_unpack(">III", data[at + 16 : at + 16 + 12 * count]))


def _trimmed(data: bytes, at: int) -> list[tuple[int, int, int]]:
    first, count = struct.unpack_from(">HH", data, at + 6)
    glyphs = struct.unpack_from(f">{count}H", data, at + 10)
    return [(first + place, first + place, glyph) for place, glyph in enumerate(glyphs)]


def _segments(data: bytes, at: int) -> list[tuple[int, int, int]]:
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    table = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + 2 * count)
    steps = struct.unpack_from(f">{count}h", data, at + 16 + 4 * count)
    ranges = struct.unpack_from(f">{count}H", data, at + 16 + 6 * count)
    runs: list[tuple[int, int, int]] = []
    for place, (end, start, step, away) in enumerate(zip(table, starts, steps, ranges, strict=True)):
        if start > end or start == 0xFFFF:
            continue
        if away == 0:
            first = (start + step) & 0xFFFF
            # The sum wraps at 65536, which a run of ours does not.
            runs += [(start, end, first)] if first + end - start <= 0xFFFF else _one_by_one(start, end, step)
            continue
        where = at + 16 + 6 * count + 2 * place + away
        length = min(end - start + 1, (len(data) - where) // 2)
        if length <= 0:
            continue
        glyphs = struct.unpack_from(f">{length}H", data, where)
        runs += [(start + n, start + n, (glyph + step) & 0xFFFF) for n, glyph in enumerate(glyphs) if glyph]
    return runs


def _one_by_one(start: int, end: int, step: int) -> list[tuple[int, int, int]]:
    return [(point, point, (point + step) & 0xFFFF) for point in range(start, end + 1)]
