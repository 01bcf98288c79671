"""Find and read the codes on a picture.

zxing-cpp first (fast and best on its own). `decode` is one quick pass; `decode_still` is for a single picture, which no
following frame will help: it goes on through preprocessing stages, in the order of what they won per millisecond on
real photos, and at last through our own reading of a damaged symbol. `live.LiveDecoder` spreads the same over frames.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import zxingcpp

from app.domain.licence import ScannedCode
from app.licences.qr_deep import Looks, clean_symbols

Picture = npt.NDArray[np.uint8]

QR = zxingcpp.BarcodeFormat.QRCodeModel2
"""Not QRCode, which admits Micro QR: the cause of every false read on preprocessed frames."""
OTHERS = (
    zxingcpp.BarcodeFormat.PDF417,
    zxingcpp.BarcodeFormat.DataMatrix,
    zxingcpp.BarcodeFormat.Aztec,
    zxingcpp.BarcodeFormat.Code128,
)
"""What else is met on licences, papers and parcels. Each format looked for costs time on every frame without a code."""

_LARGE = 4_000_000
"""Pixels above which doubling a picture costs more than it has ever gained."""
_TIGHT = 1_000_000
"""Pixels above which a picture was not cut out by anyone, so that a missing margin is not what ails it."""
_DEEP_SECONDS = 0.2
"""CPU time that the last stage may take at least; more on a machine or a picture where everything takes longer."""
_DEEP_RATIO = 75
"""… namely this many times what the first stage took."""

_log = logging.getLogger(__name__)


def decode(picture: Picture) -> list[ScannedCode]:
    """The codes on a picture (uint8; gray, BGR or BGRA) in one quick pass. No code: an empty list."""
    return _plain(as_gray(picture))


def decode_still(picture: Picture) -> list[ScannedCode]:
    """The codes on a single picture (uint8; gray, BGR or BGRA), sparing no reasonable effort.

    A picture without a code costs about a hundred times the first pass.
    """
    gray = as_gray(picture)
    started = time.thread_time()
    if codes := plain_qr(gray):
        return codes
    first = time.thread_time() - started
    for _, stage in STAGES:
        if codes := stage(gray):
            return codes
    return read_deep(gray, max(_DEEP_SECONDS, _DEEP_RATIO * first))


def read_deep(
    gray: Picture, seconds: float, looks: Looks | None = None, cpu: Callable[[], float] = time.thread_time
) -> list[ScannedCode]:
    """The QR code that no stage read, module by module: through blur, bends and glare.

    seconds: of CPU time, as cpu tells it. looks: what earlier frames showed, to be read together.
    """
    if not gray.size:
        return []
    for clean, placed in clean_symbols(gray, seconds, looks, cpu):
        if codes := _zxing(clean, (QR,)):
            return [ScannedCode(codes[0].format, codes[0].text, placed.outline())]
    return []


def as_gray(picture: Picture) -> Picture:
    """The picture's lightness. ValueError for what is no uint8 picture of 1, 3 or 4 channels."""
    if picture.dtype != np.uint8 or picture.ndim not in (2, 3):
        raise ValueError("a picture is a uint8 array, BGR or gray")
    if picture.ndim == 2 or picture.size == 0:
        return np.ascontiguousarray(picture.reshape(picture.shape[:2]) if picture.size else picture[:0, :0])
    match picture.shape[2]:
        case 1:
            return np.ascontiguousarray(picture[:, :, 0])
        case 3:
            return _as_picture(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))
        case 4:
            # What is transparent is seen on paper: white.
            opaque = picture[:, :, 3] / np.float32(255)
            return _as_picture(cv2.cvtColor(picture, cv2.COLOR_BGRA2GRAY) * opaque + 255 * (1 - opaque))
    raise ValueError("a picture has 1, 3 or 4 channels")


def _plain(gray: Picture) -> list[ScannedCode]:
    return _zxing(gray, (QR, *OTHERS))


def plain_qr(gray: Picture) -> list[ScannedCode]:
    """QR codes only, the cheapest pass there is. gray: uint8."""
    return _zxing(gray, (QR,))


def plain_other(gray: Picture, turn: int) -> list[ScannedCode]:
    """One of the other formats, each in its turn. gray: uint8."""
    return _zxing(gray, (OTHERS[turn % len(OTHERS)],))


def _global(gray: Picture) -> list[ScannedCode]:
    return _zxing(gray, (QR,), binarizer=zxingcpp.Binarizer.GlobalHistogram)


def _half(gray: Picture) -> list[ScannedCode]:
    return _scaled(gray, 0.5, plain_qr)


def _smooth(gray: Picture) -> list[ScannedCode]:
    return _global(_as_picture(cv2.GaussianBlur(gray, (0, 0), 2))) if gray.size else []


def _local(gray: Picture) -> list[ScannedCode]:
    """A threshold of its own at each place: shadows, dark surroundings."""
    if not gray.size:
        return []
    calm = cv2.GaussianBlur(gray, (0, 0), 1.5)
    method = cv2.ADAPTIVE_THRESH_MEAN_C
    return plain_qr(_as_picture(cv2.adaptiveThreshold(calm, 255, method, cv2.THRESH_BINARY, 101, 3)))


def _margin(gray: Picture) -> list[ScannedCode]:
    """Cut out too tightly: with a margin. Twice as large, for slim 1-D and stacked codes."""
    if not gray.size or gray.size > _TIGHT:
        return []
    room = 12
    wide = np.pad(gray, room, constant_values=255)
    return [shifted(code, -room, -room) for code in _scaled(wide, 2, _plain)]


def double(gray: Picture) -> list[ScannedCode]:
    """QR codes only, on the picture twice as large: small modules, and light that changes from one to the next."""
    return _scaled(gray, 2, plain_qr)


def _sharp(gray: Picture) -> list[ScannedCode]:
    if not gray.size:
        return []
    blurred = cv2.GaussianBlur(gray, (0, 0), 3)
    sharp = _as_picture(cv2.addWeighted(gray, 2.5, blurred, -1.5, 0))
    return plain_qr(sharp) or double(sharp)


def _zbar_half(gray: Picture) -> list[ScannedCode]:
    return _scaled(gray, 0.5, _zbar)


STAGES: tuple[tuple[str, Callable[[Picture], list[ScannedCode]]], ...] = (
    ("all formats", _plain),
    ("global", _global),
    ("half", _half),
    ("smooth", _smooth),
    ("local", _local),
    ("sharp", _sharp),
    ("margin", _margin),
    ("zbar", _zbar_half),
)
"""What is tried after the first pass, in the order of what it wins per millisecond (tests/bench/codes)."""


def shifted(code: ScannedCode, right: int, down: int) -> ScannedCode:
    """The code found on a part of a picture, in the whole picture's pixels."""
    return ScannedCode(code.format, code.text, tuple((x + right, y + down) for x, y in code.points))


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
        if not result.text:
            continue
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
