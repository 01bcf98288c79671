"""A page as it is kept: no finer than 300 dpi on A4, no larger than 500 KB, as a JPEG without metadata."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from app.domain.errors import BadInput
from app.materials import metadata
from app.materials.page import A4, MAX_BYTES, Picture, encode_page, load_picture

MAX_PAGE_BYTES = 500 * 1024
LONG_SIDE = 3508
"""297 mm at 300 dpi; the short side follows (2480)."""

_PLAIN_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""Huffman-coded baseline, extended and progressive pictures: what every reader of a department understands."""
_QUALITIES = (88, 80, 70, 60, 50)
_SHRINK = 0.8
_LEAST_SIDE = 1240
"""Below 150 dpi on A4's short side small print cannot be read: then a page may be larger than it should."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """An encoded page: JPEG without metadata. width, height: pixels."""

    data: bytes
    width: int
    height: int


def page_file(picture: Picture) -> PageFile:
    """Encode a page within the limits: pixels first, then quality, then pixels again down to 150 dpi.

    A page that is still too large (noise from edge to edge) is kept as it then is. BadInput when it cannot be encoded.
    """
    height, width = picture.shape[:2]
    if not height or not width:
        raise BadInput("图片不能保存", "图片是空的", "请重新拍摄，或者换一张图片")
    scale = min(1.0, LONG_SIDE / max(height, width), LONG_SIDE / A4 / min(height, width))
    while True:
        small = _scaled(picture, scale)
        for quality in _QUALITIES:
            data = encode_page(small, quality)
            if len(data) <= MAX_PAGE_BYTES:
                return PageFile(data, small.shape[1], small.shape[0])
        if min(small.shape[:2]) * _SHRINK < _LEAST_SIDE:
            return PageFile(data, small.shape[1], small.shape[0])
        scale *= _SHRINK


def turned(data: bytes, quarters: int) -> PageFile:
    """A kept page turned clockwise by quarters of a full turn. BadInput when it cannot be read."""
    turns = {1: cv2.ROTATE_90_CLOCKWISE, 2: cv2.ROTATE_180, 3: cv2.ROTATE_90_COUNTERCLOCKWISE}
    picture = load_picture(data)
    if quarters % 4:
        picture = np.asarray(cv2.rotate(picture, turns[quarters % 4]), np.uint8)
    return page_file(picture)


def as_it_is(data: bytes) -> PageFile | None:
    """A picture file that may be kept without coding it again, its metadata taken out; None when it must be.

    That is an upright JPEG within the limits of `page_file`. BadInput: a JPEG that is torn.
    """
    if not metadata.is_jpeg(data):
        return None
    clean = metadata.without_metadata(data)
    kind, width, height, channels = metadata.frame(clean)
    long, short = max(width, height), min(width, height)
    fits = short > 0 and long <= LONG_SIDE and short <= round(LONG_SIDE / A4)
    if not fits or kind not in _PLAIN_FRAMES or channels not in (1, 3) or metadata.orientation(data) != 1:
        return None
    return PageFile(clean, width, height) if len(clean) <= MAX_PAGE_BYTES else None


def read_picture_file(path: Path) -> bytes:
    """The bytes of a picture file. BadInput: it cannot be read, or is too large to be one (then it is not read)."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise BadInput(
                "图片太大",
                f"文件有 {size // 2**20} MB，最多 {MAX_BYTES // 2**20} MB",
                "请用 300 dpi 重新扫描，或者用高拍仪（F6）拍摄",
            )
        return path.read_bytes()
    except OSError as error:
        raise BadInput("图片读不出来", "文件打不开", "请检查文件是否还在，或者换一张图片") from error


def _scaled(picture: Picture, scale: float) -> Picture:
    if scale >= 1.0:
        return picture
    size = (max(round(picture.shape[1] * scale), 1), max(round(picture.shape[0] * scale), 1))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
