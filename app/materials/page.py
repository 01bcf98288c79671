"""A page under the document camera: found, straightened, judged, encoded. Pictures are uint8 BGR arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from app.domain.errors import BadInput
from app.materials.outline import Outline, page_outline
from app.materials.picture_size import picture_size

Picture = npt.NDArray[np.uint8]

MAX_BYTES = 64 * 1024 * 1024
MAX_SIDE = 16_000
MAX_PIXELS = 60_000_000
"""Pictures beyond these are refused by their header, before they are decoded; 60 million pixels take 180 MB."""

A4 = 297 / 210
_A4_TOLERANCE = 0.14
"""A page seen aslant measures a little off; nearer to A4 than this it is taken for A4."""

_TODO = "请重新拍摄，或者换一张图片"


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page on a picture. corners: (4, 2) pixels, clockwise from the page's top left as it lies. picture: the page
    alone, straightened. confidence: 0–1, how sure its outline is.
    """

    corners: npt.NDArray[np.float64]
    picture: Picture
    confidence: float


def locate_page(picture: Picture) -> Outline | None:
    """Where a page lies, for a live picture: as find_page, without the work of straightening it."""
    return page_outline(_grey(picture))


def find_page(picture: Picture) -> FoundPage | None:
    """The page lying on a desk, its perspective corrected; None when there is no outline to trust.

    A page a little off A4 is made A4 (upright or across, as it lies); any other paper keeps its measured ratio.
    Which way up the writing stands is not judged: the page is turned by less than 45°.
    """
    outline = page_outline(_grey(picture))
    if outline is None:
        return None
    return FoundPage(outline.corners, _straighten(picture, outline), outline.confidence)


def _straighten(picture: Picture, outline: Outline) -> Picture:
    top_left, top_right, bottom_right, bottom_left = outline.corners
    width = max(np.linalg.norm(top_right - top_left), np.linalg.norm(bottom_right - bottom_left))
    height = max(np.linalg.norm(bottom_left - top_left), np.linalg.norm(bottom_right - top_right))
    ratio = max(width, height) / min(width, height)
    if abs(ratio / A4 - 1) <= _A4_TOLERANCE:
        # The longer side keeps its pixels: nothing that was read is thrown away.
        if height >= width:
            width = height / A4
        else:
            height = width / A4
    size = (max(round(float(width)), 1), max(round(float(height)), 1))
    # Pixel centres: the outer edge of the page is the outer edge of the result.
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32) - 0.5
    transform = cv2.getPerspectiveTransform(outline.corners.astype(np.float32), target.astype(np.float32))
    straight = cv2.warpPerspective(picture, transform, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(straight, np.uint8)


def warnings(picture: Picture) -> tuple[str, ...]:
    """What may make the page unreadable, in words for the clerk: dark, blurred, overexposed, glare.

    Simple measures on the whole page. They are a hint to look again, never a reason to refuse.
    """
    grey = _grey(picture)
    scale = 1000 / max(grey.shape)
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.uint8)
    paper = float(np.percentile(grey, 75))
    found = []
    if paper < 90:
        found.append("画面偏暗，请开启补光灯")
    if _is_blurred(grey):
        found.append("画面不清晰，请放平材料，等对焦后再拍")
    if paper >= 253:
        found.append("画面过曝，浅色字迹可能看不清")
    elif _glare_share(grey, paper) > 0.004:
        found.append("画面有反光，请移开光源或者调整材料角度")
    return tuple(found)


def _is_blurred(grey: Picture) -> bool:
    """Is the steepest part of the picture too soft? A blank page has no edges and is not called blurred."""
    light = cv2.GaussianBlur(grey, (0, 0), 0.8)
    contrast = float(np.percentile(light, 99.5)) - float(np.percentile(light, 0.5))
    if contrast < 24:
        return False
    across = cv2.Sobel(light, cv2.CV_32F, 1, 0, ksize=3, scale=0.25)
    down = cv2.Sobel(light, cv2.CV_32F, 0, 1, ksize=3, scale=0.25)
    steepest = float(np.percentile(np.hypot(across, down), 99.7))
    # A sharp stroke climbs most of the picture's contrast within two pixels: 0.6 on drawn pages, 0.4 at a blur of
    # sigma 2 px, where writing begins to run together, 0.3 at sigma 3.
    return steepest < contrast * 0.34


def _glare_share(grey: Picture, paper: float) -> float:
    """The share of the page that is burnt out although the paper around it is not."""
    if paper > 240:
        return 0.0
    burnt = cv2.morphologyEx((grey >= 252).astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    return float(np.count_nonzero(burnt)) / burnt.size


def encode_page(picture: Picture, quality: int = 88) -> bytes:
    """A page as JPEG. Written from pixels alone, so that no metadata of the camera or the place goes along.

    Raises BadInput when the picture cannot be encoded (empty, or larger than JPEG allows).
    """
    try:
        good, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1])
    except cv2.error:
        good = False
    if not good:
        raise BadInput("图片不能保存", "图片是空的，或者尺寸超出 JPEG 的范围", _TODO)
    return bytes(data)


def load_picture(data: bytes) -> Picture:
    """Decode a JPEG, PNG or BMP file as BGR, turned as its camera says. Raises BadInput when it is torn, of another
    kind, or so large that decoding it would harm the workstation; the size is read from the header, before decoding.
    """
    if len(data) > MAX_BYTES:
        raise BadInput("图片太大", f"文件有 {len(data) // 2**20} MB，最多 {MAX_BYTES // 2**20} MB", _TODO)
    size = picture_size(data)
    if size is None:
        raise BadInput("图片读不出来", "不是 JPEG、PNG 或者 BMP 图片，或者文件已损坏", _TODO)
    width, height = size
    if max(size) > MAX_SIDE or width * height > MAX_PIXELS:
        raise BadInput("图片太大", f"图片有 {width}×{height} 像素，最多 {MAX_PIXELS // 10**6} 百万像素", _TODO)
    try:
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        picture = None
    if picture is None:
        raise BadInput("图片读不出来", "文件不完整或者已损坏", _TODO)
    return np.asarray(picture, np.uint8)


def _grey(picture: npt.NDArray[Any]) -> Picture:
    return np.asarray(picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
