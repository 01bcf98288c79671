"""The fonts of a page: those in the file when they are sound, else the machine's own that come nearest."""

from __future__ import annotations

import lzma
import os
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import resources
from app.licences.ofd.document import Document, Font
from app.licences.ofd.refusal import OfdRefused
from app.licences.ofd.sfnt import NotAFont, Sfnt, face_offset, read_sfnt

_SERIF = (("NotoSerifCJK-Regular.ttc", 2), ("simsun.ttc", 0), ("SourceHanSerifCN-Regular.otf", 0))
_SANS = (("NotoSansCJK-Regular.ttc", 2), ("msyh.ttc", 0), ("wqy-microhei.ttc", 0))
_KAI = (("LXGWWenKai-Regular.ttf", 0), ("simkai.ttf", 0))
_RARE = (("LXGWWenKai-Regular.ttf", 0), ("simsunb.ttf", 0))
_LATIN = (("DejaVuSans.ttf", 0),)
_KINDS = (
    (re.compile("楷|kai"), (*_KAI, *_SERIF, *_SANS, *_LATIN)),
    (re.compile("黑|等线|hei|sans|arial|helvetica|gothic"), (*_SANS, *_RARE, *_SERIF, *_LATIN)),
    (re.compile(""), (*_SERIF, *_RARE, *_SANS, *_LATIN)),
)


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A usable face. name: unique in a run. own: its file's bytes when it came with the document."""

    name: str
    table: Sfnt
    own: bytes = b""
    path: Path | None = None
    index: int = 0

    def data(self) -> bytes | bytearray:
        """The whole file, arranged so that the first face in it is this one. The machine's own are read each time:
        kept, they would hold 20 MB each for the sake of ten milliseconds."""
        if self.path is None:
            return self.own
        if self.path.suffix == resources.PACKED:
            return _first_face(bytearray(resources.content(self.path)), self.index)
        data = bytearray(self.path.stat().st_size)
        with self.path.open("rb") as file:
            file.readinto(data)
        return _first_face(data, self.index)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A glyph of a face, and its width in parts of the size."""

    face: Face
    glyph: int
    width: float


class Fonts:
    """The fonts of one document. lacking: characters that no font here draws."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._own: dict[str, Face | None] = {}
        self.lacking: set[str] = set()
        self.broken: set[str] = set()

    def find(self, key: str, text: str, glyph: int | None) -> Drawn | None:
        """What draws this: the stated glyph of the file's own font, else the character wherever it is found."""
        stated = self._document.resources.fonts.get(key, Font(""))
        own = self._embedded(stated.file) if stated.file else None
        if own is not None:
            number = own.table.glyph(text[0]) if glyph is None and text else glyph or 0
            # Glyph 0 is the box for what is missing, unless the file asks for it by its number.
            if number < own.table.glyphs and (number or glyph == 0):
                return Drawn(own, number, own.table.width(number))
        char = text[:1]
        if not char or char.isspace():
            return None
        for face in _chain(stated.name):
            number = face.table.glyph(char)
            if number:
                return Drawn(face, number, face.table.width(number))
        self.lacking.add(char)
        return None

    def _embedded(self, file: str) -> Face | None:
        if file not in self._own:
            self._own[file] = None
            try:
                data = self._document.package.read(file)
                self._own[file] = Face(file, read_sfnt(data), data)
            except (NotAFont, OfdRefused):
                self.broken.add(file)
        return self._own[file]


def _chain(name: str) -> Iterator[Face]:
    """The machine's faces for a font of this name, the nearest first."""
    plain = name.casefold()
    files = next(files for words, files in _KINDS if words.search(plain))
    for file, index in files:
        face = _system_face(file, index)
        if face is not None:
            yield face


@cache
def _system_face(file: str, index: int) -> Face | None:
    """Its characters, read once for the process."""
    path = _font_files().get(file)
    if path is None:
        return None
    try:
        return Face(f"{file}:{index}", read_sfnt(resources.content(path), index), path=path, index=index)
    except (OSError, lzma.LZMAError, NotAFont):
        return None


def _first_face(data: bytearray, index: int) -> bytearray:
    """A collection in which this face is the first: who draws takes no number. In place, for its size."""
    if data[:4] == b"ttcf" and index:
        data[8:16] = struct.pack(">II", 1, face_offset(data, index))
    return data


@cache
def _font_files() -> dict[str, Path]:
    data = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    folders = [resources.path("fonts"), Path.home() / ".local/share/fonts"]
    folders += [Path(part) / "fonts" for part in data.split(":") if part]
    if windows := os.environ.get("WINDIR"):
        folders.append(Path(windows) / "Fonts")
    return resources.font_files(folders, "*.[to]t[cf]")
