"""Pages of a PDF as pictures, for the print preview."""

from __future__ import annotations

import io

from PIL import Image

from app.documents.locks import PDFIUM
from app.domain.errors import BadInput


def pages_as_png(pdf: bytes, dpi: float = 96.0) -> list[bytes]:
    """Each page as PNG bytes. BadInput when it is not a PDF."""
    import pypdfium2 as pdfium  # the window starts without it

    with PDFIUM:
        try:
            document = pdfium.PdfDocument(pdf)
        except pdfium.PdfiumError as error:
            raise BadInput("无法预览", "文件不是可读取的 PDF。", "请重新生成文书。") from error
        with document:
            return [_png(page.render(scale=dpi / 72).to_pil()) for page in document]


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
