"""Clips whose frames carry their number, so that a test can tell which one it was given."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from devices.base import Picture

_BITS = 8


def numbered(number: int) -> Picture:
    """A frame of 320 × 240 with its number as bars, dark 0 and light 1."""
    picture = np.full((240, 320, 3), 40, np.uint8)
    for bit in range(_BITS):
        if number >> bit & 1:
            picture[:, bit * 40 : (bit + 1) * 40] = 220
    return picture


def number_of(picture: Picture) -> int:
    """The number that a frame carries, through lossy coding."""
    return sum(int(picture[120, bit * 40 + 20].mean() > 128) << bit for bit in range(_BITS))


class ClipMaker:
    """Writes clips into a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, name: str = "剪辑 一%02d𠮷.avi", frames: int = 20, fps: float = 20.0) -> Path:
        path = self._folder / name
        codec = cv2.VideoWriter.fourcc(*("mp4v" if path.suffix == ".mp4" else "MJPG"))
        writer = cv2.VideoWriter(str(path), codec, fps, (320, 240))
        assert writer.isOpened()
        for number in range(frames):
            writer.write(numbered(number))
        writer.release()
        return path
