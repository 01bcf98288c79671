"""Characters that no font has, as pictures: drawn in the text like any other, and read as themselves.

The citizen's name is what it is, whether our fonts know it or not. A clerk gives the picture once (a photograph of the
identity card, a drawing, or the shape from another font of this machine); the paper then holds it as the glyph of a
small Type 3 font whose ToUnicode map names the character (ISO 32000-1 §9.6.5), so that it is copied, searched and
verified as text.
"""

from __future__ import annotations

import io
import os
import zlib
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt
from PIL import Image, UnidentifiedImageError

from app.domain.errors import BadInput, EnvironmentProblem

SIDE = 320
"""Pixels of a kept picture: 2,000 dots an inch at the size of body text."""
_MARGIN = 0.04
"""Of the em, blank on each side."""
_DESCENT = 120
"""Thousandths of the em below the baseline, where Chinese fonts have it."""
_MOST_BYTES = 20_000_000
_LEAST_INK = 0.005
_MOST_INK = 0.75

Bits = npt.NDArray[np.bool_]
"""Pixels of a shape, True is ink."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A shape in an em of 1000. procedure: PDF operators that paint it (ISO 32000-1 §9.6.5, after d1)."""

    procedure: bytes
    advance: int = 1000


def _box(ticked: bool) -> Glyph:
    frame = "90 -40 m 910 -40 l 910 780 l 90 780 l h 160 30 m 160 710 l 840 710 l 840 30 l h f"
    tick = " 230 400 m 300 460 l 440 270 l 760 640 l 830 585 l 445 140 l h f" if ticked else ""
    return Glyph((frame + tick).encode())


_OWN = {"☐": _box(False), "☑": _box(True)}
"""Boxes of forms: few Chinese fonts have them."""


class GlyphPictures:
    """The pictures of one profile, one file a character. May be used by several threads.

    folder: None keeps nothing beyond the boxes of forms.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._known: dict[str, Glyph | None] = dict(_OWN)
        self._lock = Lock()

    def get(self, char: str) -> Glyph | None:
        """The character's shape; None when there is no picture of it."""
        with self._lock:
            if char not in self._known:
                self._known[char] = self._load(char)
            return self._known[char]

    def add(self, char: str, picture: bytes) -> None:
        """Keep a picture (PNG, JPEG …; dark on light) as this character's shape.

        BadInput: not one character, or not a picture with a shape on it. EnvironmentProblem: the disk.
        """
        if len(char) != 1 or self._folder is None:
            raise BadInput("未保存字形", "须为一个字符", "请一次只补一个字。")
        path = self._folder / _file_name(char)
        bits = cleaned(read_picture(picture))
        out = io.BytesIO()
        Image.fromarray(np.where(bits, 0, 255).astype(np.uint8)).convert("1").save(out, "PNG", optimize=True)
        unfinished = path.with_suffix(".part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(out.getvalue())
            os.replace(unfinished, path)
        except OSError as error:
            raise EnvironmentProblem(
                "字形没有保存", f"无法写入字形目录（{error.strerror}）", "请检查磁盘空间和目录权限。"
            ) from error
        with self._lock:
            self._known[char] = glyph_of(bits)

    def _load(self, char: str) -> Glyph | None:
        if self._folder is None:
            return None
        try:
            with Image.open(self._folder / _file_name(char)) as picture:
                if picture.size != (SIDE, SIDE):
                    return None
                return glyph_of(np.asarray(picture.convert("L")) < 128)
        except (OSError, UnidentifiedImageError, ValueError):
            return None


def _file_name(char: str) -> str:
    return f"U+{ord(char):04X}.png"


def read_picture(data: bytes) -> npt.NDArray[np.uint8]:
    """Grey values of a picture file. BadInput when it is none, or too large."""
    try:
        if len(data) > _MOST_BYTES:
            raise ValueError("too large")
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > 40_000_000:
                raise ValueError("too large")
            picture.thumbnail((2000, 2000))
            flat = picture.convert("RGBA")
        paper = Image.new("RGBA", flat.size, "white")
        return np.asarray(Image.alpha_composite(paper, flat).convert("L"))
    except (OSError, ValueError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise BadInput("图片无法使用", "文件不是可读取的图片，或者过大。", "请用 PNG 或 JPG 图片。") from error


def cleaned(grey: npt.NDArray[np.uint8]) -> Bits:
    """The shape alone, cut out and set into the em's square of SIDE pixels. BadInput when there is none to be seen."""
    bits = grey < _threshold(grey)
    share = float(bits.mean()) if bits.size else 0.0
    rows, columns = np.flatnonzero(bits.any(axis=1)), np.flatnonzero(bits.any(axis=0))
    if int(np.ptp(grey)) < 40 or not _LEAST_INK / 4 < share < _MOST_INK or not rows.size:
        raise BadInput("图片中看不清字", "没有找到深色笔画和浅色底。", "请对准单个字重新拍摄，光线要均匀。")
    shape = bits[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    if min(shape.shape) < 16 or shape.mean() < _LEAST_INK:
        raise BadInput("图片中的字太小", "字的边长不足 16 个像素。", "请靠近单个字重新拍摄。")
    room = round(SIDE * (1 - 2 * _MARGIN))
    scale = room / max(shape.shape)
    size = (max(1, round(shape.shape[1] * scale)), max(1, round(shape.shape[0] * scale)))
    small = Image.fromarray(np.where(shape, 0, 255).astype(np.uint8)).resize(size, Image.Resampling.LANCZOS)
    square = Image.new("L", (SIDE, SIDE), 255)
    square.paste(small, ((SIDE - size[0]) // 2, (SIDE - size[1]) // 2))
    return np.asarray(square) < 128


def glyph_of(bits: Bits) -> Glyph:
    """A picture as a glyph: one stencil over the whole em."""
    rows = np.packbits(~bits, axis=1)  # a stencil paints where the bit is 0 (ISO 32000-1 §8.9.6.2)
    data = zlib.compress(rows.tobytes(), 9).hex().upper().encode() + b">"
    high, wide = bits.shape
    return Glyph(
        b"q 1000 0 0 1000 0 %d cm BI /IM true /W %d /H %d /BPC 1 /F [/AHx /Fl] ID %s EI Q"
        % (-_DESCENT, wide, high, data)
    )


def _threshold(grey: npt.NDArray[np.uint8]) -> float:
    """Between ink and paper (Otsu)."""
    counts = np.bincount(grey.ravel(), minlength=256).astype(np.float64)
    below = np.cumsum(counts)
    above = below[-1] - below
    sums = np.cumsum(counts * np.arange(256))
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    return float(np.nanargmax(np.nan_to_num(spread, nan=-1.0))) + 1
