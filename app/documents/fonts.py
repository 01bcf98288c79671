"""Chinese fonts of the papers: found, chained, measured, embedded as subsets.

A chain is several TrueType files in order of preference; each character is drawn with the first that has it, or with
a picture that a clerk gave (app.documents.glyphs). A character that none has is an error with its place, never a
missing-glyph box: a name printed wrongly is worse than a paper printed late.
"""

from __future__ import annotations

import functools
import io
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

import resources
from app.documents.format import Format
from app.documents.glyphs import Glyph, GlyphPictures
from app.documents.missing import MissingGlyph, printable
from app.domain.errors import EnvironmentProblem
from resources import PACKED

_BLOCK = 100
"""Most entries that one bfchar block may hold (Adobe Technical Note 5014, ISO 32000-1 §9.10.3)."""


def to_unicode_cmap(name: str, subset: Iterable[int]) -> str:
    """The ToUnicode CMap of a one-byte subset (ISO 32000-1 §9.10.3).

    subset: the code point of each code 0, 1, 2 …. Beyond the BMP a code point is written as its UTF-16BE surrogate
    pair; reportlab writes five plain digits there, so that 𠮷 is copied out of the PDF as another character.
    """
    entries = [f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>" for code, point in enumerate(subset)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(entries) - 1:02X}>",
        "endcodespacerange",
    ]
    for start in range(0, len(entries), _BLOCK):
        block = entries[start : start + _BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


class EmbeddedFont(TTFont):  # type: ignore[misc]
    """A TrueType font whose subsets extract rightly, also beyond the BMP."""

    def addObjects(self, doc: Any) -> None:
        subsets = [list(subset) for subset in self.state[doc].subsets]
        names = [self.getSubsetInternalName(n, doc)[1:] for n in range(len(subsets))]
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for name, subset in zip(names, subsets, strict=True):
            font = fonts[name]
            doc.idToObject[font.ToUnicode.name].content = to_unicode_cmap(font.BaseFont, subset)


@dataclass(frozen=True, slots=True)
class FontFile:
    """One face on disk. index: its place in a collection."""

    path: Path
    index: int = 0


@functools.cache
def _embedded(file: FontFile) -> EmbeddedFont:
    """Load a face once for the process: the PDF library finds fonts by name in a registry of its own."""
    name = f"yichuang:{file.path}:{file.index}"
    try:
        source = io.BytesIO(resources.content(file.path)) if file.path.suffix == PACKED else str(file.path)
        font = EmbeddedFont(name, source, subfontIndex=file.index, asciiReadable=False, shapable=False)
    except Exception as error:  # the parser raises TTFError, struct.error, IndexError, LZMAError … on a damaged file
        raise EnvironmentProblem(
            "字体文件无法使用", f"{file.path.name} 已损坏或不是 TrueType 字体（{error}）。", "请重新安装该字体。"
        ) from error
    pdfmetrics.registerFont(font)
    return font


PICTURED = -1
"""Instead of a file's index: a picture draws the character."""
_NO_PICTURES = GlyphPictures()


class FontChain:
    """Fonts in order of preference, pictures last. Widths are points at the given size.

    The first font is loaded at once, each other when a character first needs it: they hold tens of megabytes.
    """

    def __init__(self, files: Iterable[FontFile], pictures: GlyphPictures = _NO_PICTURES) -> None:
        """EnvironmentProblem when there is no file at all or the first is damaged; for others when they are needed."""
        self.files = tuple(files)
        self.pictures = pictures
        if not self.files:
            raise EnvironmentProblem(
                "缺少中文字体",
                "没有找到可嵌入文书的中文字体。",
                "请安装 fonts-lxgw-wenkai（霞鹜文楷）和 fonts-wqy-microhei（文泉驿微米黑），再重新启动。",
            )
        _embedded(self.files[0])
        self._found: dict[str, int] = {}

    def index_of(self, char: str) -> int | None:
        """Which file of the chain draws this character, PICTURED for a picture; None when nothing does."""
        found = self._found.get(char)
        if found is None and printable(char):
            for index, file in enumerate(self.files):
                if _embedded(file).face.charToGlyph.get(ord(char)):
                    found = self._found[char] = index
                    break
            else:
                if self.pictures.get(char) is not None:
                    return PICTURED  # not remembered: the picture may be taken back
        return found

    def require(self, text: str, about: str) -> str:
        """The same text, when every character of it can be drawn.

        about: what the text is, for the message. MissingGlyph names the character and where it stands.
        """
        for place, char in enumerate(text, 1):
            if self.index_of(char) is None:
                raise MissingGlyph(char, place, about)
        return text

    def width(self, text: str, size: float) -> float:
        """How wide the text is, in points."""
        total = 0.0
        for char in text:
            index = self.index_of(char)
            if index == PICTURED:
                total += self.glyph(char).advance
            else:
                font = _embedded(self.files[index or 0])
                total += font.face.charWidths.get(ord(char), font.face.defaultWidth)
        return total * size / 1000

    def glyph(self, char: str) -> Glyph:
        """The picture of a character of which `index_of` says PICTURED."""
        glyph = self.pictures.get(char)
        if glyph is None:
            raise KeyError(char)
        return glyph

    def runs(self, text: str) -> Iterator[tuple[str, str]]:
        """The text cut into (registered font name, piece), so that each piece is drawn by one font; the name is ""
        for pictures."""
        start = 0
        for end in range(1, len(text) + 1):
            if end == len(text) or self.index_of(text[end]) != self.index_of(text[start]):
                index = self.index_of(text[start])
                name = "" if index == PICTURED else _embedded(self.files[index or 0]).fontName
                yield name, text[start:end]
                start = end


@dataclass(frozen=True, slots=True)
class PaperFonts:
    """The chains that the papers use."""

    regular: FontChain
    bold: FontChain
    receipt: FontChain

    def chain(self, bold: bool) -> FontChain:
        return self.bold if bold else self.regular

    def on(self, shape: Format) -> PaperFonts:
        """Those of a format: strips know one chain only, whose strokes survive the head's dots."""
        return PaperFonts(self.receipt, self.receipt, self.receipt) if shape.strip else self


def font_folders() -> tuple[Path, ...]:
    """Where fonts may lie, best first: our own folder, then the user's and the system's."""
    places = [resources.path("fonts")]
    if sys.platform == "win32":
        places.append(Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts")
    elif sys.platform == "darwin":
        places += [Path("~/Library/Fonts").expanduser(), Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    else:
        data = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
        places += [Path("~/.local/share/fonts").expanduser(), *(Path(part) / "fonts" for part in data.split(":"))]
    return tuple(places)


def find_fonts(wanted: Iterable[dict[str, Any]], folders: Iterable[Path]) -> tuple[FontFile, ...]:
    """Those of the wanted files ({file, index}) that are there, in the order wanted; the first folder wins."""
    present: dict[str, Path] = {}
    for folder in folders:
        for path in sorted([*folder.rglob("*.tt[fc]"), *folder.rglob(f"*.tt[fc]{PACKED}")]):
            present.setdefault(path.name.removesuffix(PACKED).lower(), path)
    return tuple(
        FontFile(present[entry["file"].lower()], int(entry.get("index", 0)))
        for entry in wanted
        if entry["file"].lower() in present
    )


def load_fonts(folders: Iterable[Path] | None = None, pictures: GlyphPictures = _NO_PICTURES) -> PaperFonts:
    """The papers' fonts as resources/documents/fonts.yaml names them. EnvironmentProblem when none is installed."""
    lists = yaml.safe_load(resources.path("documents/fonts.yaml").read_text(encoding="utf-8"))
    places = font_folders() if folders is None else tuple(folders)
    return PaperFonts(
        *(FontChain(find_fonts(lists[name], places), pictures) for name in ("regular", "bold", "receipt"))
    )
