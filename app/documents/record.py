"""The record of a paper: every text that stands on it, page by page, and how many drawings.

It travels inside the PDF, its digest in the signed code. A checker compares what it extracts from the PDF with the
record and can say what was altered, not only that something was.
"""

from __future__ import annotations

import base64
import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from app.documents.layout import Micro, Page, Text

ATTACHMENT = "yichuang-paper.json"
"""Its name in papers made before version 0.2; now it travels in the metadata (app.archive.pdfa)."""
MICRO_ABOUT = "微缩文字"
"""What the record calls the lines of micro-text."""
DIGEST_SIZE = 16
"""Bytes kept of each SHA-256: a forger needs a second preimage (2^128), and the printed code stays small."""
MAX_RECORD = 1_000_000
"""Bytes of a record that is still read."""

# Extraction gives a hyphen at a line's end as one of the first three.
_HYPHENS = dict.fromkeys(map(ord, "\x02\ufffe\u00ad\u2010\u2011"), "-")
# Extraction takes Latin ligatures apart.
_LIGATURES = {ord(char): unicodedata.normalize("NFKC", char) for char in "ﬀﬁﬂﬃﬄﬅﬆ"}
_SAME = {**_HYPHENS, **_LIGATURES}


@dataclass(frozen=True, slots=True)
class PageRecord:
    """texts: (about, text) in drawing order. drawings: lines, rings and the code; all that is drawn and not text."""

    texts: tuple[tuple[str, str], ...]
    drawings: int

    @property
    def plain(self) -> str:
        return normalised("".join(text for _, text in self.texts))

    @property
    def micro(self) -> tuple[str, ...]:
        """Its lines of micro-text, normalised, in drawing order."""
        return tuple(normalised(text) for about, text in self.texts if about == MICRO_ABOUT)

    @property
    def without_micro(self) -> PageRecord:
        """The page as people read it."""
        return PageRecord(tuple(entry for entry in self.texts if entry[0] != MICRO_ABOUT), self.drawings)


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """certificate: of the key that signs the paper, for windows that never heard of it; b"" for none."""

    pages: tuple[PageRecord, ...]
    certificate: bytes = b""
    seals: tuple[str, ...] = ()
    """Electronic receive seals (app.licences.region_seal), which prove themselves."""

    def to_bytes(self) -> bytes:
        """One canonical form, so that its digest is stable."""
        pages = [{"drawings": page.drawings, "texts": page.texts} for page in self.pages]
        more: dict[str, object] = {"cert": base64.b64encode(self.certificate).decode()} if self.certificate else {}
        more |= {"seals": list(self.seals)} if self.seals else {}
        return json.dumps({"v": 1, "pages": pages, **more}, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> PaperRecord:
        """Read `to_bytes`'s output. ValueError on anything else."""
        if len(data) > MAX_RECORD:
            raise ValueError("record too large")
        try:
            document = json.loads(data)
            pages = document["pages"]
            return cls(
                tuple(
                    PageRecord(tuple((str(about), str(text)) for about, text in page["texts"]), int(page["drawings"]))
                    for page in pages
                ),
                base64.b64decode(document.get("cert", "")),
                tuple(str(seal) for seal in document.get("seals", ())),
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError("not a record") from error

    @property
    def digest(self) -> bytes:
        """Of the record with its labels."""
        return digest(self.to_bytes())

    @property
    def text_digest(self) -> bytes:
        """Of what can be seen: texts and number of drawings, page by page."""
        return text_digest((page.plain, page.drawings) for page in self.pages)


def record_of(pages: Iterable[Page], certificate: bytes = b"", seals: tuple[str, ...] = ()) -> PaperRecord:
    """The record of laid-out pages. Lines of one paragraph become one text."""
    records = []
    for page in pages:
        texts = [mark for mark in page.marks if isinstance(mark, Text)]
        merged = tuple(
            (about, "".join(text.text for text in group)) for about, group in groupby(texts, lambda text: text.about)
        )
        # A line that micro-text has yet to fill is going to be text.
        drawings = sum(not isinstance(mark, Text | Micro) for mark in page.marks)
        records.append(PageRecord(merged, drawings))
    return PaperRecord(tuple(records), certificate, seals)


def digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:DIGEST_SIZE]


def text_digest(pages: Iterable[tuple[str, int]]) -> bytes:
    """pages: (normalised text, drawings)."""
    return digest("\f".join(f"{plain}\x1f{drawings}" for plain, drawings in pages).encode())


def normalised(text: str) -> str:
    """Text as it is compared: without white space, which a PDF does not keep, with one kind of hyphen and no
    ligatures."""
    return "".join(text.translate(_SAME).split()).replace("\x00", "")
