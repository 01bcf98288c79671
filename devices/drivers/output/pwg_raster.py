"""Pages as PWG Raster (PWG 5102.4), what card printers and driverless printers take: written and read. Pure."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from devices.base import Picture

MIME = "image/pwg-raster"
_SYNC = b"RaS2"
_HEADER = 1796
_SRGB_8 = 19
_MOST = 20_000
"""Columns or rows: a head of 600 dots an inch has no more on A3."""


class NotRaster(ValueError):
    """The bytes are no PWG Raster of colour, or are cut off."""


@dataclass(frozen=True, slots=True)
class RasterPage:
    """A page as read. media: its name by PWG 5101.1. duplex: it is one of two sides."""

    picture: Picture
    dpi: int
    media: str
    duplex: bool


def encode_raster(pages: Sequence[Picture], dpi: int, media: str) -> bytes:
    """Pages of BGR pictures as one document. Two or more are sides of the same sheet. ValueError: no picture."""
    made = bytearray(_SYNC)
    for page in pages:
        if page.dtype != np.uint8 or page.ndim != 3 or page.shape[2] != 3 or not page.size:
            raise ValueError("not a BGR picture")
        made += _header(page.shape[1], page.shape[0], dpi, media, len(pages))
        _compress(np.ascontiguousarray(page[:, :, ::-1]), made)
    return bytes(made)


def _header(width: int, height: int, dpi: int, media: str, pages: int) -> bytes:
    header = bytearray(_HEADER)
    header[0:10] = b"PwgRaster\0"

    def put(at: int, *values: int) -> None:
        struct.pack_into(f">{len(values)}I", header, at, *values)

    put(272, int(pages > 1))  # Duplex
    put(276, dpi, dpi)
    put(340, 1)  # NumCopies
    put(352, round(width * 72 / dpi), round(height * 72 / dpi))  # points
    put(372, width, height)
    put(384, 8, 24, width * 3)  # bits a colour, bits a dot, octets a line
    put(400, _SRGB_8)
    put(420, 3)  # NumColors
    put(452, pages)
    put(456, 1, 1)  # cross-feed and feed: as written
    put(480, 0xFFFFFF, 5)  # AlternatePrimary: white; PrintQuality: high
    name = media.encode("ascii")[:63]
    header[1732 : 1732 + len(name)] = name
    return bytes(header)


def _compress(page: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], out: bytearray) -> None:
    """Lines that repeat are counted; in a line runs of one colour, and stretches of different ones."""
    at, rows = 0, [row.tobytes() for row in page]
    while at < len(rows):
        same = 1
        while same < 256 and at + same < len(rows) and rows[at + same] == rows[at]:
            same += 1
        out.append(same - 1)
        _compress_row(page[at], out)
        at += same


def _compress_row(row: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], out: bytearray) -> None:
    differs = np.any(row[1:] != row[:-1], axis=1)
    starts = np.concatenate(([0], np.flatnonzero(differs) + 1, [len(row)]))
    loose: list[int] = []  # starts of runs of one dot that wait to be written as a stretch
    for start, end in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        if end - start == 1:
            loose.append(start)
            continue
        _write_loose(row, loose, out)
        for first in range(start, end, 128):
            out.append(min(end - first, 128) - 1)
            out += row[start].tobytes()
    _write_loose(row, loose, out)


def _write_loose(row: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], loose: list[int], out: bytearray) -> None:
    # They stand side by side: whatever came between them would have been a run and written them first.
    for at in range(0, len(loose), 128):
        part = loose[at : at + 128]
        out.append(0 if len(part) == 1 else 257 - len(part))
        out += row[part[0] : part[0] + len(part)].tobytes()
    loose.clear()


def decode_raster(data: bytes) -> Iterator[RasterPage]:
    """The pages of a document in sRGB of 8 bits. NotRaster."""
    if data[:4] != _SYNC:
        raise NotRaster("no sync word")
    at = 4
    while at < len(data):
        header = data[at : at + _HEADER]
        if len(header) < _HEADER or header[:10] != b"PwgRaster\0":
            raise NotRaster("no page header")
        at += _HEADER
        dpi, width, height, bits, line, space = (
            struct.unpack_from(">I", header, place)[0] for place in (276, 372, 376, 388, 392, 400)
        )
        if bits != 24 or space != _SRGB_8 or line != width * 3 or not (0 < width <= _MOST and 0 < height <= _MOST):
            raise NotRaster("a page of another kind")
        rows, at = _rows(data, at, width, height)
        picture = np.frombuffer(rows, np.uint8).reshape(height, width, 3)[:, :, ::-1].copy()
        media = header[1732:1796].split(b"\0")[0].decode("ascii", "replace")
        yield RasterPage(picture, dpi, media, bool(struct.unpack_from(">I", header, 272)[0]))


def _rows(data: bytes, at: int, width: int, height: int) -> tuple[bytes, int]:
    rows = bytearray()
    try:
        while len(rows) < height * width * 3:
            same, at = data[at] + 1, at + 1
            row = bytearray()
            while len(row) < width * 3:
                count, at = data[at], at + 1
                if count < 128:
                    row += data[at : at + 3] * (count + 1)
                    at += 3
                elif count > 128:
                    row += data[at : at + 3 * (257 - count)]
                    at += 3 * (257 - count)
                else:
                    raise NotRaster("a reserved count")
                if at > len(data):
                    raise NotRaster("cut off")
            if len(row) != width * 3:
                raise NotRaster("a line too long")
            rows += bytes(row) * same
    except IndexError as error:
        raise NotRaster("cut off") from error
    if len(rows) != height * width * 3:
        raise NotRaster("too many lines")
    return bytes(rows), at
