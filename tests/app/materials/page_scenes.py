"""Pictures as a document camera sees them: a written page on a desk, with known corners."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]

A4_PAGE = (1000, 1414)
MARK = (40, 40, 200)
"""The colour (BGR) of the square in the page's top left corner."""


@dataclass(frozen=True)
class Scene:
    """What is drawn. angle: degrees. tilt: how much narrower the far side looks, as a share."""

    size: tuple[int, int] = (1600, 1200)
    page: tuple[int, int] = A4_PAGE
    centre: tuple[float, float] = (800, 600)
    height: float = 1000
    angle: float = 4.0
    tilt: float = 0.06
    desk: float = 62
    paper: float = 232
    noise: float = 5.0
    shade: float = 0.25
    seed: int = 1


def written_page(size: tuple[int, int], paper: float = 232) -> Picture:
    """A page with a mark in its top left corner, a title and lines that look like writing."""
    width, height = size
    page = np.full((height, width, 3), paper, np.uint8)
    rng = np.random.default_rng(7)
    unit = width // 50
    cv2.rectangle(page, (unit, unit), (unit * 4, unit * 4), MARK, -1)
    for row in range(unit * 7, height - unit * 4, unit * 2):
        x = unit * 5
        while x < width - unit * 5:
            length = int(rng.integers(unit, unit * 3))
            cv2.line(page, (x, row), (x + length, row), (35, 35, 35), max(unit // 4, 1))
            x += length + unit
    return page


def corners_of(scene: Scene) -> npt.NDArray[np.float64]:
    """The page's corners on the picture, clockwise from its own top left."""
    width = scene.height * scene.page[0] / scene.page[1]
    square = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float64) * [width / 2, scene.height / 2]
    square[:2, 0] *= 1 - scene.tilt  # the far side, seen from the camera's stand
    radians = np.radians(scene.angle)
    turn = np.array([[np.cos(radians), -np.sin(radians)], [np.sin(radians), np.cos(radians)]])
    return square @ turn.T + np.array(scene.centre)


@functools.lru_cache
def draw(scene: Scene) -> Picture:
    """The whole picture: desk with grain, page in perspective, uneven light, a camera's noise."""
    rng = np.random.default_rng(scene.seed)
    width, height = scene.size
    grain = cv2.GaussianBlur(rng.normal(0, 22, (height, width)).astype(np.float32), (0, 0), 9, sigmaY=2)
    canvas = np.repeat((scene.desk + 4 * grain)[:, :, None], 3, axis=2)
    if scene.height:
        page = written_page(scene.page, scene.paper).astype(np.float32)
        edges = np.array([[0, 0], [scene.page[0], 0], scene.page, [0, scene.page[1]]], np.float32) - 0.5
        transform = cv2.getPerspectiveTransform(edges.astype(np.float32), corners_of(scene).astype(np.float32))
        laid = cv2.warpPerspective(page, transform, scene.size, flags=cv2.INTER_AREA)
        mask = cv2.warpPerspective(np.ones(page.shape[:2], np.float32), transform, scene.size)[:, :, None]
        canvas = canvas * (1 - mask) + laid * mask
    light = 1 - scene.shade * np.linspace(0, 1, width)[None, :] * np.linspace(0.4, 1, height)[:, None]
    lit = cv2.GaussianBlur((canvas * light[:, :, None]).astype(np.float32), (0, 0), 0.9)
    noisy = lit + rng.normal(0, scene.noise, lit.shape)
    picture = np.clip(noisy, 0, 255).astype(np.uint8)
    picture.flags.writeable = False  # tests share it
    return picture
