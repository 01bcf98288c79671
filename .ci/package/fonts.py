"""The papers' fonts as they lie in the package: compressed, and of HanaMin only what no other font has.

HanaMin draws a hundred thousand characters, two thirds of them in the fonts before it in every chain
(resources/documents/fonts.yaml), which are asked first. Its licence allows every change. LXGW WenKai stays letter by
letter as it was published: a changed one would have to bear another name.
"""

from __future__ import annotations

import hashlib
import inspect
import io
import logging
import lzma
import tempfile
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from opencv import cache

RARE = ("HanaMinA.ttf", "HanaMinB.ttf")
"""Asked last of all."""


def characters(file: Path | str, index: int = 0) -> set[int]:
    """The code points that a face draws."""
    from fontTools.ttLib import TTFont

    with TTFont(str(file), fontNumber=index, lazy=True) as font:
        return set(font.getBestCmap())


def only(file: Path | str, wanted: Iterable[int]) -> bytes:
    """A TrueType font with the wanted characters, without hints, layout tables and names of glyphs."""
    from fontTools import subset

    logging.getLogger("fontTools").setLevel(logging.ERROR)  # it tells every glyph
    options = subset.Options(
        hinting=False,
        layout_features=[],
        name_IDs=[0, 1, 2, 4, 6],
        notdef_outline=True,
        glyph_names=False,
        recalc_timestamp=False,
    )
    options.drop_tables += ["vmtx", "vhea", "VORG", "BASE", "FFTM", "GSUB", "GPOS", "GDEF"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(wanted))
    made = io.BytesIO()
    with subset.load_font(str(file), options) as font:
        subsetter.subset(font)
        subset.save_font(font, made, options)
    return made.getvalue()


def packed(data: bytes) -> bytes:
    """As app.documents.fonts unpacks it."""
    return lzma.compress(data, preset=9)


def write_packed(files: Iterable[tuple[Path, int]], work: Path) -> list[Path]:
    """Each font (file, face of a collection) compressed as NAME.xz under work; of the rare what the others lack."""
    work.mkdir(parents=True, exist_ok=True)
    files = list(dict.fromkeys(files))
    known: set[int] = set()
    for file, index in files:
        if file.name not in RARE:
            known |= characters(file, index)
    made = []
    for file in sorted({file for file, _ in files}):
        data = only(file, characters(file) - known) if file.name in RARE else file.read_bytes()
        if file.name in RARE:
            known |= characters(file)
        made.append(work / f"{file.name}.xz")
        made[-1].write_bytes(packed(data))
    return made


def library(files: Iterable[tuple[Path, int]]) -> list[Path]:
    """The fonts (file, face of a collection) as they go along; kept in the cache, since HanaMin takes a minute."""
    files = list(dict.fromkeys(files))
    how = inspect.getsource(only) + inspect.getsource(packed) + inspect.getsource(write_packed)
    told = hashlib.sha256((how + version("fonttools")).encode())
    for file, index in files:
        told.update(f"{file.name} {index}".encode() + file.read_bytes())
    place = cache() / f"fonts-{told.hexdigest()[:16]}"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent) as part:
            write_packed(files, Path(part, "fonts"))
            Path(part, "fonts").rename(place)
    return sorted(place.iterdir())
