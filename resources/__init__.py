"""Data files of the workstation: catalogue, fonts, icons, style sheets, scenarios, translations."""

from __future__ import annotations

import lzma
from collections.abc import Iterable
from pathlib import Path

PACKED = ".xz"
"""A font may lie compressed, as in packaged builds (.ci/package/fonts.py)."""


_HERE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """The place of a data file, e.g. path("catalog/elements.yaml"); from the tree, a wheel or a frozen program."""
    return _HERE / name


def content(file: Path) -> bytes:
    """A file's bytes, unpacked where it lies packed (half a second for a Chinese font). OSError, lzma.LZMAError."""
    data = file.read_bytes()
    return lzma.decompress(data) if file.suffix == PACKED else data


def font_files(folders: Iterable[Path], pattern: str) -> dict[str, Path]:
    """The fonts under the folders, by the names that they have unpacked; of one name the one that need not be unpacked,
    then that of the first folder."""
    places = list(folders)
    found: dict[str, Path] = {}
    for ending in ("", PACKED):
        for folder in places:
            for file in folder.rglob(pattern + ending):
                found.setdefault(file.name.removesuffix(PACKED), file)
    return found
