"""JPEG files without what they tell besides the picture: place, time, camera, editor, comments, thumbnails.

A JPEG file (ITU-T T.81, annex B) is a row of marker segments and the coded picture between them. Segments that the
picture needs are copied, all others are left out; the picture itself is not decoded, so that nothing of it is lost. Of
the application segments stay JFIF without its thumbnail, the ICC profile (ICC.1 annex B.4; colours would change without
it) and Adobe's twelve bytes, which say how the colours are coded. What follows the picture's end (a second picture, the
film of a "live photo") goes too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.domain.errors import BadInput

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_APP0, _APP1, _APP2, _APP14 = 0xE0, 0xE1, 0xE2, 0xEE
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PLAIN = frozenset({0xC0, 0xC1, 0xC2})
"""Baseline, extended and progressive, Huffman-coded."""
_PORTRAIT = (200, 2400)
"""Least and most pixels along a side of a photograph of a person."""
_TABLES = frozenset({0xC4, 0xCC, 0xDB, 0xDC, 0xDD})
"""Huffman and arithmetic tables, quantisation, number of lines, restart interval."""
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a length: TEM, and restarts."""
_MOST_SEGMENTS = 10_000
_MOST_ICC = 4 << 20
_ICC, _JFIF, _EXIF, _ADOBE = b"ICC_PROFILE\0", b"JFIF\0", b"Exif\0\0", b"Adobe"
# In coded data FF is followed by 00; restarts stand among it; anything else begins the next segment.
_NEXT = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")


def is_jpeg(data: bytes) -> bool:
    """Does the file begin as a JPEG file does?"""
    return data.startswith(b"\xff\xd8\xff")


def without_metadata(data: bytes) -> bytes:
    """The same picture, byte for byte as it is coded, and nothing about it. Doing so twice changes nothing more.

    BadInput: no JPEG, torn (a segment or the picture ends too early), or made to keep a reader busy.
    """
    segments = list(_segments(data))
    keep_profile = _sound_profile([body for marker, body, _ in segments if _is_profile(marker, body)])
    out = [b"\xff\xd8"]
    for marker, body, coded in segments:
        kept = _kept(marker, body, keep_profile)
        if kept is not None:
            out.append(bytes((0xFF, marker)) + (len(kept) + 2).to_bytes(2) + kept)
        out.append(coded)
    return b"".join([*out, b"\xff\xd9"])


def orientation(data: bytes) -> int:
    """How the camera was held, as its Exif data say (tag 0112): 1–8, 1 when they say nothing that can be believed.

    BadInput as for `without_metadata`.
    """
    for marker, body, _ in _segments(data):
        if marker == _APP1 and body.startswith(_EXIF):
            return _orientation_tag(body[len(_EXIF) :])
    return 1


def frame(data: bytes) -> tuple[int, int, int, int]:
    """Kind of coding (the frame's marker), width, height and number of colour components. BadInput as above."""
    for marker, body, _ in _segments(data):
        if marker in _FRAMES and len(body) >= 6:
            return marker, int.from_bytes(body[3:5]), int.from_bytes(body[1:3]), body[5]
    raise _torn()


def portrait_fault(data: bytes) -> str:
    """Why a file is no photograph of a person as our windows make them, in words; "" when it is one: a Huffman-coded
    JPEG of 8 bits, of a size that a decoder can bear, and nothing beside the picture. BadInput: no whole JPEG.

    Looked at from outside; nothing is decoded. Both ends ask it: a platform of what windows send, a window of what
    the platform says another one has sent.
    """
    for marker, body, _ in _segments(data):
        if marker in _FRAMES and (marker not in _PLAIN or body[:1] != b"\x08" or body[5:6] not in (b"\x01", b"\x03")):
            return "照片的编码方式不常用"
    _, width, height, _ = frame(data)
    if not all(_PORTRAIT[0] <= side <= _PORTRAIT[1] for side in (width, height)):
        return "照片的尺寸不合要求"
    return "" if without_metadata(data) == data else "照片文件里有照片以外的内容"


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """(marker, body, coded data behind it) of every segment up to the picture's end."""
    if not is_jpeg(data):
        raise _torn()
    place, count, pictures = 2, 0, 0
    while True:
        count += 1
        if count > _MOST_SEGMENTS:
            raise BadInput("图片读不出来", "图片文件的结构不正常", "请换一张图片，或者用高拍仪（F6）拍摄")
        if data[place : place + 1] != b"\xff":
            raise _torn()
        while data[place + 1 : place + 2] == b"\xff":  # fill bytes
            place += 1
        if place + 1 >= len(data):
            raise _torn()
        marker = data[place + 1]
        place += 2
        if marker == _EOI:
            if not pictures:
                raise _torn()
            return
        if marker in _BARE:
            continue
        length = int.from_bytes(data[place : place + 2])
        end = place + length
        if marker in (0x00, _SOI) or length < 2 or end > len(data):
            raise _torn()
        coded = end
        if marker == _SOS:
            pictures += 1
            after = _NEXT.search(data, end)
            if after is None:
                raise _torn()
            coded = after.start()
        yield marker, data[place + 2 : end], data[end:coded]
        place = coded


def _kept(marker: int, body: bytes, keep_profile: bool) -> bytes | None:
    if marker in _FRAMES or marker in _TABLES or marker == _SOS:
        return body
    if marker == _APP0 and body.startswith(_JFIF) and len(body) >= 14:
        return body[:12] + b"\0\0"
    if _is_profile(marker, body) and keep_profile:
        return body
    if marker == _APP14 and body.startswith(_ADOBE) and len(body) >= 12:
        return body[:12]
    return None


def _is_profile(marker: int, body: bytes) -> bool:
    return marker == _APP2 and body.startswith(_ICC)


def _sound_profile(parts: list[bytes]) -> bool:
    """Is it a colour profile, not something else under its name?"""
    return bool(parts) and parts[0][14 + 36 : 14 + 40] == b"acsp" and sum(map(len, parts)) <= _MOST_ICC


def _orientation_tag(tiff: bytes) -> int:
    order = {b"II*\0": "little", b"MM\0*": "big"}.get(tiff[:4])
    if order is None:
        return 1

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "little" if order == "little" else "big")

    first = number(4, 4)
    for entry in range(first + 2, first + 2 + 12 * number(first, 2), 12):
        if entry + 12 > len(tiff):
            break
        if number(entry, 2) == 0x0112:
            value = number(entry + 8, 2)
            return value if 1 <= value <= 8 else 1
    return 1


def _torn() -> BadInput:
    return BadInput("图片读不出来", "图片文件不完整或者已损坏", "请重新复制或扫描这张图片，或者用高拍仪（F6）拍摄")
