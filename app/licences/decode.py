"""Find and read the codes on a picture.

zxing-cpp first (fast and best on its own), zbar where it finds nothing. `decode` is for live frames, `decode_still` for
a single picture, which no following frame will help: it goes on through preprocessing stages, in the order in which
they gained most on real photos.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import zxingcpp

from app.domain.licence import ScannedCode

Picture = npt.NDArray[np.uint8]

QR = zxingcpp.BarcodeFormat.QRCodeModel2
"""Not QRCode, which admits Micro QR: the cause of every false read on preprocessed frames."""
OTHERS = (
    zxingcpp.BarcodeFormat.PDF417,
    zxingcpp.BarcodeFormat.DataMatrix,
    zxingcpp.BarcodeFormat.Aztec,
    zxingcpp.BarcodeFormat.Code128,
)
_LIVE_ZBAR = 1_500_000
"""Pixels up to which a live frame goes to zbar as it is; larger ones at half size, to keep up with the camera."""
"""What else is met on licences and papers. Each format looked for costs time on every frame without a code."""

_LARGE = 4_000_000
"""Pixels above which doubling a picture costs more than it has ever gained."""

_log = logging.getLogger(__name__)


def decode(picture: Picture) -> list[ScannedCode]:
    """The codes on a live frame (uint8, BGR or gray): one or two quick passes. No code: an empty list."""
    gray = _gray(picture)
    return _plain(gray) or (_zbar(gray) if gray.size <= _LIVE_ZBAR else _zbar_half(gray))


def decode_still(picture: Picture) -> list[ScannedCode]:
    """The codes on a single picture (uint8, BGR or gray), sparing no reasonable effort (up to about half a second)."""
    gray = _gray(picture)
    for stage in (_plain, _global, _smooth, _double, _zbar, _sharp, _zbar_half, _zbar_threshold, _zbar_contrast):
        if codes := stage(gray):
            return codes
    return []


def _gray(picture: Picture) -> Picture:
    if picture.dtype != np.uint8 or picture.ndim not in (2, 3):
        raise ValueError("a picture is a uint8 array, BGR or gray")
    if picture.ndim == 2 or picture.size == 0:
        return np.ascontiguousarray(picture.reshape(picture.shape[:2]) if picture.size else picture[:0, :0])
    conversions = {1: None, 3: cv2.COLOR_BGR2GRAY, 4: cv2.COLOR_BGRA2GRAY}
    if picture.shape[2] not in conversions:
        raise ValueError("a picture has 1, 3 or 4 channels")
    conversion = conversions[picture.shape[2]]
    gray = picture[:, :, 0] if conversion is None else cv2.cvtColor(picture, conversion)
    return np.ascontiguousarray(gray, dtype=np.uint8)


def _plain(gray: Picture) -> list[ScannedCode]:
    return _zxing(gray, (QR, *OTHERS))


def _global(gray: Picture) -> list[ScannedCode]:
    return _zxing(gray, (QR,), binarizer=zxingcpp.Binarizer.GlobalHistogram)


def _smooth(gray: Picture) -> list[ScannedCode]:
    return _zxing(_as_picture(cv2.GaussianBlur(gray, (0, 0), 2)), (QR,)) if gray.size else []


def _double(gray: Picture) -> list[ScannedCode]:
    return _scaled(gray, 2, lambda larger: _zxing(larger, (QR,)))


def _sharp(gray: Picture) -> list[ScannedCode]:
    if not gray.size:
        return []
    blurred = cv2.GaussianBlur(gray, (0, 0), 3)
    sharp = _as_picture(cv2.addWeighted(gray, 2.5, blurred, -1.5, 0))
    return _zxing(sharp, (QR,)) or _scaled(sharp, 2, lambda larger: _zxing(larger, (QR,)))


def _zbar_half(gray: Picture) -> list[ScannedCode]:
    return _scaled(gray, 0.5, _zbar)


def _zbar_threshold(gray: Picture) -> list[ScannedCode]:
    if not gray.size:
        return []
    return _zbar(
        _as_picture(cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, 51, 7))
    )


def _zbar_contrast(gray: Picture) -> list[ScannedCode]:
    return _zbar(_as_picture(cv2.createCLAHE(3.0, (8, 8)).apply(gray))) if gray.size else []


def _scaled(gray: Picture, factor: float, read: Callable[[Picture], list[ScannedCode]]) -> list[ScannedCode]:
    if not gray.size or min(gray.shape) * factor < 16 or (factor > 1 and gray.size > _LARGE):
        return []
    how = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    codes = read(_as_picture(cv2.resize(gray, None, fx=factor, fy=factor, interpolation=how)))
    return [
        ScannedCode(code.format, code.text, tuple((round(x / factor), round(y / factor)) for x, y in code.points))
        for code in codes
    ]


def _as_picture(array: Any) -> Picture:
    return np.ascontiguousarray(array, dtype=np.uint8)


def _zxing(gray: Picture, formats: tuple[Any, ...], **options: Any) -> list[ScannedCode]:
    if not gray.size:
        return []
    # Plain text: the reader's own "human readable" form would put brackets into structured codes.
    found = zxingcpp.read_barcodes(
        gray, formats=zxingcpp.BarcodeFormats(formats), text_mode=zxingcpp.TextMode.Plain, **options
    )
    codes = []
    for result in found:
        corners = result.position
        points = (corners.top_left, corners.top_right, corners.bottom_right, corners.bottom_left)
        codes.append(ScannedCode(result.format.name, result.text, tuple((point.x, point.y) for point in points)))
    return _distinct(codes)


@cache
def _pyzbar() -> Any:
    """pyzbar, or None: the shared library it needs may be missing on a machine, and zxing-cpp reads nearly as well."""
    try:
        from pyzbar import pyzbar
    except ImportError as error:
        _log.warning("libzbar is missing: %s", error)
        return None
    return pyzbar


def _zbar(gray: Picture) -> list[ScannedCode]:
    module = _pyzbar()
    if module is None or not gray.size:
        return []
    codes = []
    for result in module.decode(gray, symbols=[module.ZBarSymbol.QRCODE]):
        points = tuple((int(point.x), int(point.y)) for point in result.polygon)
        if text := _mended(result.data):
            codes.append(ScannedCode("QRCode", text, _clockwise(points)))
    return _distinct(codes)


def _mended(data: bytes) -> str:
    """The text of zbar's bytes. It takes short UTF-8 for Shift-JIS and converts it once too often; undo that."""
    text = data.decode("utf-8", "replace")
    if text.isascii():
        return text
    try:
        return text.encode("cp932").decode("utf-8")
    except UnicodeError:
        return text


def _clockwise(points: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Corners in the order of zxing's. zbar does not say which way up the symbol lies: the picture's top left leads."""
    if len(points) != 4:
        return points
    middle = np.mean(points, axis=0)
    ordered = sorted(points, key=lambda p: float(np.arctan2(p[1] - middle[1], p[0] - middle[0])))
    first = min(range(4), key=lambda at: sum(ordered[at]))
    return (*ordered[first:], *ordered[:first])


def _distinct(codes: list[ScannedCode]) -> list[ScannedCode]:
    return list({(code.format, code.text): code for code in reversed(codes)}.values())[::-1]
