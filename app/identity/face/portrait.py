"""The portrait on a picture of a document."""

from __future__ import annotations

import numpy as np

from app.identity.face.find import Face, FaceFinder, Picture

_ROOM = 0.9
"""Around the face, in its widths and heights together."""


def portrait_on(picture: Picture) -> Picture | None:
    """The largest face on a page (BGR), with room around it; None where there is none. Tenths of a second."""
    finder = FaceFinder()
    faces = finder.find(picture) or _closer(picture, finder)
    if not faces:
        return None
    left, upper, wide, high = faces[0].box
    across, down = wide * _ROOM / 2, high * _ROOM / 2
    rows = slice(max(round(upper - down), 0), max(round(upper + high + down), 0))
    columns = slice(max(round(left - across), 0), max(round(left + wide + across), 0))
    return np.ascontiguousarray(picture[rows, columns])


def _closer(picture: Picture, finder: FaceFinder) -> list[Face]:
    """A face that is small on a large page: looked for in overlapping quarters of it."""
    height, width = picture.shape[:2]
    found = []
    for top in (0, height // 4, height // 2):
        for left in (0, width // 4, width // 2):
            for face in finder.find(picture[top : top + height // 2, left : left + width // 2]):
                box = (face.box[0] + left, face.box[1] + top, face.box[2], face.box[3])
                points = tuple((x + left, y + top) for x, y in face.points)
                found.append(Face(box, points, face.score))
    return sorted(found, key=lambda face: face.box[2] * face.box[3], reverse=True)
