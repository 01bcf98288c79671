"""Made-up pages and faces for emulators: drawn, so that nobody's picture is needed."""

from __future__ import annotations

import math

import cv2
import numpy as np

from devices.base import Picture
from devices.emulators.imaging.head import BUILDS, Build, before_wall

_INK = (60, 50, 45)


def page(number: int, dpi: int = 150, back: bool = False) -> Picture:
    """An A4 page as a scanner sees it: a heading with its number, lines, a red seal. back: its other side."""
    wide, high = round(8.27 * dpi), round(11.69 * dpi)
    made = np.full((high, wide, 3), 250, np.uint8)
    unit = max(dpi // 15, 1)
    chance = np.random.default_rng(number * 2 + back)
    cv2.putText(
        made,
        f"SAMPLE {number}{' / back' if back else ''}",
        (3 * unit, 8 * unit),
        cv2.FONT_HERSHEY_DUPLEX,
        dpi / 75,
        _INK,
        max(dpi // 75, 1),
        cv2.LINE_AA,
    )
    for line in range(14, high // unit - 14, 4):
        at = 3 * unit
        while at < wide - 12 * unit:
            word = int(chance.integers(2, 8)) * unit
            cv2.rectangle(made, (at, line * unit), (at + word, line * unit + unit), _INK, -1)
            at += word + unit
    if not back:
        cv2.circle(made, (wide - 20 * unit, high - 16 * unit), 9 * unit, (40, 40, 200), max(unit // 2, 1), cv2.LINE_AA)
    return made


def face(
    moment: float,
    size: tuple[int, int] = (640, 480),
    infrared: bool = False,
    build: Build = BUILDS[0],
    yaw: int = 0,
    wall: tuple[int, int, int] = (196, 188, 176),
) -> Picture:
    """A made-up face that moves a little and blinks. moment: seconds. infrared: as the second eye sees it, lit from the
    camera, so that skin is light and the background is dark. yaw: degrees, positive to the person's own left. wall:
    what is behind, BGR."""
    wide, high = size
    middle = (wide / 2 + wide * 0.03 * math.sin(moment), high * 0.45)
    made = before_wall(build, size, wall, middle, high * 6 // 11, yaw, shut=moment % 4.0 > 3.85)
    if not infrared:
        return made
    light = cv2.cvtColor(made, cv2.COLOR_BGR2GRAY)
    light[(made == np.array(wall, np.uint8)).all(axis=2)] = 24
    return np.asarray(cv2.cvtColor(light, cv2.COLOR_GRAY2BGR), np.uint8)


def turned(moment: float) -> int:
    """The yaw of somebody who looks ahead and turns the head to the one side, then to the other, again and again."""
    beat = moment % 6.0
    if 2.0 <= beat < 3.0:
        return 28
    return -28 if beat >= 5.0 else 0
