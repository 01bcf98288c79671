"""Scanned pages as one PDF/A-2b: JPEG pages as they are, nothing decoded or encoded again, one in memory at a time.

What the level asks for and is here: an sRGB output intent with its ICC profile, XMP metadata that says what the Info
dictionary says, a file identifier, a binary mark in the header; no encryption, fonts, scripts or transparency.
"""

from __future__ import annotations

import hashlib
from typing import Protocol

from app.archive.pdfa import CONDITION, About, clean, srgb, stamp, xmp

_A4 = (595.276, 841.89)
_CATALOG, _TREE = 1, 2


class Sink(Protocol):
    """Where the bytes go; it need not be able to go back."""

    def write(self, data: bytes, /) -> object: ...


class PictureBook:
    """Writes one file: `page` as often as there is one, then `finish` once. The same input gives the same bytes."""

    def __init__(self, sink: Sink, about: About) -> None:
        self._sink = sink
        self._hash = hashlib.sha256()
        self._written = 0
        # The catalogue and the page tree stand first by number and are written last, when the pages are known.
        self._places: dict[int, int] = {_CATALOG: 0, _TREE: 0}
        self._pages: list[int] = []
        self._put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        self._info = self._object(_info(about))
        self._metadata = self._object(_stream(b"/Type /Metadata /Subtype /XML", xmp(about)))
        self._profile = self._object(_stream(b"/N 3 /Alternate /DeviceRGB", srgb()))

    def page(self, jpeg: bytes, width: int, height: int, channels: int) -> None:
        """A picture, fitted on an A4 page that lies as the picture lies. channels: 1 or 3."""
        space = b"/DeviceRGB" if channels == 3 else b"/DeviceGray"
        image = self._object(
            _stream(
                b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace %s "
                b"/Filter /DCTDecode" % (width, height, space),
                jpeg,
            )
        )
        paper = _A4 if height >= width else _A4[::-1]
        scale = min(paper[0] / width, paper[1] / height)
        wide, high = width * scale, height * scale
        left, low = (paper[0] - wide) / 2, (paper[1] - high) / 2
        drawing = self._object(_stream(b"", f"q {wide:.3f} 0 0 {high:.3f} {left:.3f} {low:.3f} cm /P Do Q".encode()))
        self._pages.append(
            self._object(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [ 0 0 %.3f %.3f ] /Contents %d 0 R "
                b"/Resources << /XObject << /P %d 0 R >> >> >>" % (_TREE, *paper, drawing, image)
            )
        )

    def finish(self) -> None:
        """The tree, the catalogue and the file's end. The sink is not closed."""
        kids = b" ".join(b"%d 0 R" % page for page in self._pages)
        self._object(b"<< /Type /Pages /Count %d /Kids [ %s ] >>" % (len(self._pages), kids), _TREE)
        name = CONDITION.encode()
        self._object(
            b"<< /Type /Catalog /Pages %d 0 R /Metadata %d 0 R /Lang (zh-CN) "
            b"/ViewerPreferences << /DisplayDocTitle true >> "
            b"/OutputIntents [ << /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (%s) "
            b"/Info (%s) /DestOutputProfile %d 0 R >> ] >>" % (_TREE, self._metadata, name, name, self._profile),
            _CATALOG,
        )
        start = self._written
        rows = b"".join(b"%010d 00000 n \n" % self._places[number] for number in sorted(self._places))
        self._put(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(self._places) + 1, rows))
        name = self._hash.hexdigest()[:32].upper().encode()
        self._put(
            b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [ <%s> <%s> ] >>\nstartxref\n%d\n%%%%EOF\n"
            % (len(self._places) + 1, _CATALOG, self._info, name, name, start)
        )

    def _object(self, body: bytes, number: int = 0) -> int:
        number = number or len(self._places) + 1
        self._places[number] = self._written
        self._put(b"%d 0 obj\n" % number)
        self._put(body)
        self._put(b"\nendobj\n")
        return number

    def _put(self, data: bytes) -> None:
        self._hash.update(data)
        self._written += len(data)
        self._sink.write(data)


def _info(about: About) -> bytes:
    said = {
        b"Title": about.title, b"Author": about.author, b"Subject": about.subject, b"Keywords": about.keywords,
        b"Creator": about.tool, b"Producer": about.producer,
    }  # fmt: skip
    texts = b" ".join(b"/%s %s" % (name, _text(clean(text))) for name, text in said.items() if text)
    at = stamp(about.made).encode()
    return b"<< %s /CreationDate (%s) /ModDate (%s) >>" % (texts, at, at)


def _text(words: str) -> bytes:
    return b"<FEFF%s>" % words.encode("utf-16-be").hex().upper().encode()


def _stream(entries: bytes, data: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)
