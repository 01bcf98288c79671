"""A material of several pages as one PDF/A-2b (app.archive.picture_book)."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence

from app.archive.pdfa import About
from app.archive.picture_book import PictureBook, Sink
from app.domain.clock import shanghai
from app.domain.errors import BadInput
from app.materials.picture_size import picture_size

_PRODUCER = "Yichuang"
_JPEG = b"\xff\xd8\xff"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def pages_to_pdf(pages: Sequence[bytes], title: str, at: dt.datetime) -> bytes:
    """JPEG pages, each fitted on an A4 page that lies as the picture lies. The same input gives the same bytes.

    at: when the file is made, UTC. BadInput when there is no page, or one is no JPEG in grey or three colours.
    """
    if not pages:
        raise BadInput("不能导出", "这份材料还没有拍。", "按 F6 拍摄后再导出。")
    out = io.BytesIO()
    write_pages(out, pages, title, at)
    return out.getvalue()


def write_pages(sink: Sink, pages: Iterable[bytes], title: str, at: dt.datetime) -> int:
    """The same, page by page into a sink: of however many, one is in memory. How many there were."""
    title = "".join(char for char in title if ord(char) >= 32)
    book = PictureBook(sink, About(title, shanghai(at), producer=_PRODUCER))
    number = 0
    for number, data in enumerate(pages, 1):
        size = picture_size(data) if data.startswith(_JPEG) else None
        channels = _channels(data)
        if size is None or channels not in (1, 3):
            raise BadInput("不能导出", f"第 {number} 页的图片已损坏，或者不是 JPEG。", "请重新拍摄这一页。")
        book.page(data, *size, channels)
    book.finish()
    return number


def fits(data: bytes) -> bool:
    """Can this page stand in such a file as it is?"""
    return data.startswith(_JPEG) and picture_size(data) is not None and _channels(data) in (1, 3)


def _channels(data: bytes) -> int:
    """Colour components of a JPEG by its frame header (ITU-T T.81 B.2.2); 0 when there is none."""
    place = 2
    while place + 10 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker in _FRAMES:
            return data[place + 9]
        place += 1 if marker == 0xFF else 2 + int.from_bytes(data[place + 2 : place + 4])
    return 0
