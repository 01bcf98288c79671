"""Shapes of a character from fonts of this machine that papers cannot embed (CFF outlines, or not in our chain)."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from app.documents.fonts import font_folders

_NOBODY = "\U0010fffe"
"""A noncharacter: what a font draws for it is its sign for "missing"."""
_PIXELS = 400
_MOST_FACES = 60
_MOST_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """font: its name for people. picture: PNG of the shape."""

    font: str
    picture: bytes


def candidates(char: str, folders: Iterable[Path] | None = None) -> tuple[Candidate, ...]:
    """What this machine's other fonts draw for a character, at most three, no two alike. Takes seconds."""
    found: dict[bytes, Candidate] = {}
    tried = 0
    for path in _files(font_folders() if folders is None else folders):
        if tried == _MOST_FACES or len(found) == _MOST_CANDIDATES:
            break
        tried += 1
        try:
            face = ImageFont.truetype(str(path), _PIXELS)
            shape = _drawn(face, char)
            missing = _drawn(face, _NOBODY)
        except (OSError, ValueError):
            continue
        if (shape < 128).any() and not np.array_equal(shape, missing):
            out = io.BytesIO()
            Image.fromarray(shape).save(out, "PNG")
            found.setdefault(shape.tobytes(), Candidate(" ".join(filter(None, face.getname())), out.getvalue()))
    return tuple(found.values())


def _files(folders: Iterable[Path]) -> list[Path]:
    """Chinese fonts first, as far as the name tells; bold ones last."""
    files = {path.name: path for folder in folders for path in sorted(folder.rglob("*.[ot]t[fc]")) if path.is_file()}

    def rank(path: Path) -> tuple[bool, bool, str]:
        name = path.name.lower()
        chinese = any(part in name for part in ("cjk", "hans", "hana", "sim", "song", "kai", "wqy", "han", "jigmo"))
        return not chinese, "bold" in name, name

    return sorted(files.values(), key=rank)


def _drawn(face: ImageFont.FreeTypeFont, char: str) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    picture = Image.new("L", (_PIXELS * 5 // 4, _PIXELS * 5 // 4), 255)
    ImageDraw.Draw(picture).text((_PIXELS // 8, _PIXELS), char, font=face, fill=0, anchor="ls")
    return np.asarray(picture)
