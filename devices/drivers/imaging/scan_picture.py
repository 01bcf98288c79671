"""Pictures as scanners and document cameras send them: judged by their header, then decoded.

A device can send anything: the size is read before a byte is decoded, and what is torn is refused rather than filled
up with grey. Sources: ITU-T T.81 (JPEG), the PNG specification, ISO 32000 (PDF).
"""

from __future__ import annotations

import io
import zlib

import cv2
import numpy as np

from devices.base import Picture
from devices.failure import Failure
from devices.outcome import Outcome

MAX_PIXELS = 75_000_000
"""A3 at 600 dpi has 70 million; decoded they take 210 MB."""
MAX_PDF_PAGES = 200

_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def pictures_of(data: bytes) -> list[Picture]:
    """The page or pages of a file that a device sent: JPEG, PNG, or a PDF of whole-page pictures.

    Failure: UNREADABLE when it is torn or of another kind, FAULT when it is too large to be decoded.
    """
    return _pdf_pages(data) if data.startswith(b"%PDF-") else [picture_of(data)]


def picture_of(data: bytes) -> Picture:
    """A JPEG or PNG. Failure as for `pictures_of`."""
    size = jpeg_size(data) if data.startswith(b"\xff\xd8") else _png_size(data)
    if size is None:
        raise _torn()
    _small_enough(*size)
    # OpenCV fills what is missing with grey and says nothing.
    if data.startswith(b"\xff\xd8") and data.rfind(b"\xff\xd9", max(len(data) // 2, 2)) < 0:
        raise _torn()
    try:
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise _torn() from error
    if picture is None:
        raise _torn()
    return np.asarray(picture, np.uint8)


def jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height from the frame header (T.81, B.2.2); None when there is none."""
    at = 2
    while at + 9 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF or marker == 0x01 or 0xD0 <= marker <= 0xD8:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in _FRAMES:
            height, width = int.from_bytes(data[at + 5 : at + 7]), int.from_bytes(data[at + 7 : at + 9])
            return (width, height) if width and height else None
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return None


def _png_size(data: bytes) -> tuple[int, int] | None:
    if not data.startswith(b"\x89PNG\r\n\x1a\n") or data[12:16] != b"IHDR" or b"IEND" not in data[-16:]:
        return None
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def _small_enough(width: int, height: int) -> None:
    if width < 1 or height < 1:
        raise _torn()
    if width * height > MAX_PIXELS:
        words = f"扫描幅面太大（{width}×{height} 像素），请降低清晰度（300 dpi 已足够）后重试"
        raise Failure(Outcome.FAULT, words)


def _torn() -> Failure:
    return Failure(Outcome.UNREADABLE, "收到的图像不完整或已损坏，请再扫描一次")


def _pdf_pages(data: bytes) -> list[Picture]:
    """The pictures of a scanner's PDF. Taken out, not drawn: each page of such a file is one picture."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if not 1 <= len(reader.pages) <= MAX_PDF_PAGES:
            raise _torn()
        return [_pdf_picture(page) for page in reader.pages]
    except Failure:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError) as error:
        raise _torn() from error


def _pdf_picture(page: object) -> Picture:
    resources = page["/Resources"].get_object()  # type: ignore[index]
    objects = [item.get_object() for item in resources["/XObject"].get_object().values()]
    images = [item for item in objects if item.get("/Subtype") == "/Image"]
    if len(images) != 1:
        raise Failure(Outcome.UNREADABLE, "扫描仪发来的 PDF 不是逐页图像，请在扫描仪上改为 JPEG")
    image = images[0]
    width, height = int(image["/Width"]), int(image["/Height"])
    _small_enough(width, height)
    kind = image.get("/Filter")
    kind = kind[0] if isinstance(kind, list) and len(kind) == 1 else kind
    packed = bytes(image._data)
    if kind == "/DCTDecode":
        return picture_of(packed)
    bands = {"/DeviceRGB": 3, "/DeviceGray": 1}.get(str(image.get("/ColorSpace")))
    if (
        kind != "/FlateDecode"
        or bands is None
        or int(image.get("/BitsPerComponent", 8)) != 8
        or "/DecodeParms" in image
    ):
        raise Failure(Outcome.UNREADABLE, "扫描仪发来的 PDF 用了不支持的压缩方式，请在扫描仪上改为 JPEG")
    wanted = width * height * bands
    try:
        # No more than the header promised: the rest of a bomb stays packed.
        plain = zlib.decompressobj().decompress(packed, wanted + 1)
    except zlib.error as error:
        raise _torn() from error
    if len(plain) < wanted:
        raise _torn()
    shaped = np.frombuffer(plain[:wanted], np.uint8).reshape(height, width, bands)
    code = cv2.COLOR_RGB2BGR if bands == 3 else cv2.COLOR_GRAY2BGR
    return np.asarray(cv2.cvtColor(shaped, code), np.uint8)
