"""Made-up pages and faces for emulators: drawn, so that nobody's picture is needed."""

from __future__ import annotations

import math

import cv2
import numpy as np

from devices.base import Picture

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


def face(moment: float, size: tuple[int, int] = (640, 480), infrared: bool = False) -> Picture:
    """A drawn face that moves a little and blinks. moment: seconds. infrared: as the second eye sees it, lit from the
    camera, so that skin is light and the background is dark."""
    wide, high = size
    made = np.full((high, wide, 3), (24, 24, 24) if infrared else (196, 188, 176), np.uint8)
    skin, hair, dark = ((205,) * 3, (70,) * 3, (20,) * 3) if infrared else ((150, 180, 225), (35, 30, 30), (40, 35, 35))
    x = wide // 2 + round(wide * 0.03 * math.sin(moment))
    y = high // 2
    radius = high // 4
    cv2.ellipse(made, (x, high + radius // 3), (radius * 2, radius), 0, 0, 360, hair if infrared else (120, 80, 40), -1)
    cv2.ellipse(made, (x, y - radius // 4), (round(radius * 1.05), round(radius * 1.3)), 0, 0, 360, hair, -1)
    cv2.ellipse(made, (x, y), (round(radius * 0.85), round(radius * 1.15)), 0, 0, 360, skin, -1, cv2.LINE_AA)
    shut = moment % 4.0 > 3.85
    for side in (-1, 1):
        eye = (x + side * radius // 3, y - radius // 6)
        cv2.ellipse(made, eye, (radius // 7, 1 if shut else radius // 12), 0, 0, 360, dark, -1, cv2.LINE_AA)
        if infrared and not shut:
            cv2.circle(made, eye, max(radius // 30, 1), (255, 255, 255), -1)  # the lamp's reflection
        cv2.line(
            made, (eye[0] - radius // 6, eye[1] - radius // 5), (eye[0] + radius // 6, eye[1] - radius // 5), hair, 3
        )
    cv2.line(made, (x, y - radius // 10), (x, y + radius // 4), dark, 1, cv2.LINE_AA)
    cv2.ellipse(made, (x, y + radius // 2), (radius // 4, radius // 14), 0, 0, 180, dark, 2, cv2.LINE_AA)
    return made
