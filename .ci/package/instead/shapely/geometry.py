"""The area and the outline of a polygon, which rapidocr (ch_ppocr_det/utils.py) widens a found line of text by."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt


class Polygon:
    """A polygon without holes, by its corners (n×2) in turn; the last one joins the first. Edges do not cross."""

    def __init__(self, corners: npt.ArrayLike) -> None:
        self._here: npt.NDArray[Any] = np.asarray(corners, np.float64)
        self._next = np.roll(self._here, -1, axis=0)

    @property
    def area(self) -> float:
        """In the corners' unit, squared (Gauss's area formula)."""
        (x, y), (u, v) = self._here.T, self._next.T
        return float(abs(x @ v - y @ u) / 2)

    @property
    def length(self) -> float:
        """Of the outline, in the corners' unit."""
        return float(np.linalg.norm(self._next - self._here, axis=1).sum())
