"""Pages of a PDF as pictures, for the print preview. A strip is shown as the head burns it, dot by dot."""

from __future__ import annotations

import io

from PIL import Image

from app.documents.locks import PDFIUM
from app.domain.errors import BadInput

_STRIPS = (384, 576)
"""Dots of the heads that we make strips for."""


def pages_as_png(pdf: bytes, dpi: float = 96.0) -> list[bytes]:
    """Each page as PNG bytes; a strip at its head's own dots, whatever dpi is. BadInput when it is not a PDF."""
    import pypdfium2 as pdfium  # the window starts without it

    with PDFIUM:
        try:
            document = pdfium.PdfDocument(pdf)
        except pdfium.PdfiumError as error:
            raise BadInput("无法预览", "文件不是可读取的 PDF。", "请重新生成文书。") from error
        with document:
            dots = round(document[0].get_width() / 72 * 203) if len(document) == 1 else 0
            if dots not in _STRIPS:
                return [_png(page.render(scale=dpi / 72).to_pil()) for page in document]
    from app.documents.receipt import strip_picture

    return [_png(Image.fromarray(strip_picture(pdf, dots)))]


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
