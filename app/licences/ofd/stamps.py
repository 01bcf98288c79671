"""Seals as they are seen: the picture inside the seal, at the places where it was set (GB/T 33190 §18.2.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.licences.ofd.content import Clip, ImageItem, Item, PageContent, page_content, rectangle
from app.licences.ofd.document import Document, open_document
from app.licences.ofd.geometry import Box, Matrix
from app.licences.ofd.package import Limits, Package
from app.licences.ofd.refusal import OfdRefused
from app.licences.ofd.ses import Seal
from app.licences.ofd.signatures import Stamp

_SEAL_LIMITS = Limits(
    archive=4 * 1024 * 1024, total=12 * 1024 * 1024, one=8 * 1024 * 1024, files=100, directory=64 * 1024
)
"""A seal's picture may be an OFD of its own; one inside that one is not looked for."""

Over = tuple[Document, Sequence[Item]]
"""What lies over a page, and whose resources it names."""


def seals_over(
    document: Document, page_id: str, seals: Iterable[tuple[Seal, Sequence[Stamp]]], notes: dict[str, None]
) -> list[Over]:
    """The seals of one page. notes: takes what could not be shown."""
    found: list[Over] = []
    for seal, stamps in seals:
        for stamp in stamps:
            if stamp.page == page_id:
                try:
                    found.append(_drawn(document, seal, stamp))
                except OfdRefused:
                    notes["印章图案不能读取，未显示"] = None
    return found


def _drawn(document: Document, seal: Seal, stamp: Stamp) -> Over:
    box = stamp.box
    shown = stamp.clip or Box(0, 0, box.width, box.height)
    clip = Clip(rectangle(Box(box.x + shown.x, box.y + shown.y, shown.width, shown.height)))
    if seal.picture_type != "ofd":
        place = Matrix(box.width, 0, 0, box.height, box.x, box.y)
        return document, (ImageItem(place=place, clips=(clip,), data=seal.picture, ink=True),)
    inner = open_document(Package(seal.picture, _SEAL_LIMITS))
    content = page_content(inner, inner.pages[0])
    return inner, _fitted(content, box, clip)


def _fitted(content: PageContent, box: Box, clip: Clip) -> tuple[Item, ...]:
    scale = Matrix(box.width / content.box.width, 0, 0, box.height / content.box.height, box.x, box.y)
    return tuple(
        replace(item, place=item.place.then(scale), clips=(clip, *(one.by(scale) for one in item.clips)))
        for item in content.items
    )
