"""Pages of a PDF as pictures, for the print preview. A strip is shown as the head burns it, dot by dot."""

from __future__ import annotations

import io

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from app.documents.locks import PDFIUM
from app.domain.errors import BadInput

_STRIPS = (384, 576)
"""Dots of the heads that we make strips for."""


def pages_as_pictures(pdf: bytes, dpi: float = 96.0) -> list[npt.NDArray[np.uint8]]:
    """Each page as uint8 BGR of shape (height, width, 3); a strip at its head's own dots, whatever dpi is. BadInput
    when it is not a PDF."""
    import pypdfium2 as pdfium  # the window starts without it

    with PDFIUM:
        try:
            document = pdfium.PdfDocument(pdf)
        except pdfium.PdfiumError as error:
            raise BadInput("无法预览", "文件不是可读取的 PDF。", "请重新生成文书。") from error
        with document:
            dots = round(document[0].get_width() / 72 * 203) if len(document) == 1 else 0
            if dots not in _STRIPS:
                return [_picture(page.render(scale=dpi / 72).to_numpy()) for page in document]
    from app.documents.receipt import strip_picture

    return [strip_picture(pdf, dots)]


def pages_as_png(pdf: bytes, dpi: float = 96.0) -> list[bytes]:
    """The same as PNG bytes."""
    return [_png(picture) for picture in pages_as_pictures(pdf, dpi)]


def _picture(drawn: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """A copy: the library's own memory goes with its page. Grey pages come with one channel."""
    grey = drawn.ndim == 2 or drawn.shape[2] == 1
    return np.repeat(drawn.reshape(*drawn.shape[:2], 1), 3, axis=2) if grey else np.array(drawn[:, :, :3])


def _png(picture: npt.NDArray[np.uint8]) -> bytes:
    out = io.BytesIO()
    Image.fromarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)).save(out, "PNG")
    return out.getvalue()
