"""The size of a picture from its header alone, so that a picture bomb is refused before anything is decoded."""

from __future__ import annotations

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
# Start-of-frame markers of ITU-T T.81; C4, C8 and CC in their midst mean something else.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def picture_size(data: bytes) -> tuple[int, int] | None:
    """(width, height) in pixels of a JPEG, PNG or BMP file; None for anything else and for a torn header."""
    if data.startswith(_PNG):
        return _png(data)
    if data.startswith(_JPEG):
        return _jpeg(data)
    if data.startswith(b"BM"):
        return _bmp(data)
    return None


def _png(data: bytes) -> tuple[int, int] | None:
    if len(data) < 33 or data[12:16] != b"IHDR":
        return None
    return _sound(int.from_bytes(data[16:20]), int.from_bytes(data[20:24]))


def _bmp(data: bytes) -> tuple[int, int] | None:
    if len(data) < 54 or int.from_bytes(data[14:18], "little") < 40:
        return None
    width = int.from_bytes(data[18:22], "little", signed=True)
    height = abs(int.from_bytes(data[22:26], "little", signed=True))  # negative: stored from the top
    return _sound(width, height)


def _jpeg(data: bytes) -> tuple[int, int] | None:
    place = 2
    while place + 9 <= len(data):
        if data[place] != 0xFF:
            return None
        marker = data[place + 1]
        if marker == 0xFF:  # a fill byte
            place += 1
            continue
        if marker in _FRAMES:
            height, width = int.from_bytes(data[place + 5 : place + 7]), int.from_bytes(data[place + 7 : place + 9])
            return _sound(width, height)
        length = int.from_bytes(data[place + 2 : place + 4])
        if length < 2:
            return None
        place += 2 + length
    return None


def _sound(width: int, height: int) -> tuple[int, int] | None:
    return (width, height) if width > 0 and height > 0 else None
