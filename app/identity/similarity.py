"""The turn, scale and shift (a similarity, without mirroring) that carries points of a plane onto others.

Written as complex numbers it is w = a·z + b, so that the least squares have a closed form (S. Umeyama, IEEE TPAMI
13(4), 1991, with the reflection left out). Here instead of in OpenCV because the packaged program brings no calib3d.
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import ArrayLike, NDArray

Matrix = NDArray[np.float64]
"""2×3, as cv2.warpAffine takes it."""


def _complex(points: ArrayLike) -> NDArray[np.complex128]:
    pairs = np.asarray(points, np.float64).reshape(-1, 2)
    return np.asarray(pairs[:, 0] + 1j * pairs[:, 1], np.complex128)


def _fit(z: NDArray[np.complex128], w: NDArray[np.complex128]) -> tuple[complex, complex] | None:
    about_z, about_w = z.mean(), w.mean()
    spread = float((abs(z - about_z) ** 2).sum())
    if spread <= 0:
        return None
    a = complex((np.conj(z - about_z) * (w - about_w)).sum() / spread)
    return a, complex(about_w - a * about_z)


def _matrix(a: complex, b: complex) -> Matrix:
    return np.array([[a.real, -a.imag, b.real], [a.imag, a.real, b.imag]])


def similarity(points: ArrayLike, onto: ArrayLike) -> Matrix | None:
    """By least squares over all pairs (both n×2, n at least 2). None when all points are one."""
    found = _fit(_complex(points), _complex(onto))
    return _matrix(*found) if found else None


def similarity_of_most(points: ArrayLike, onto: ArrayLike, within: float) -> tuple[Matrix, int] | None:
    """The similarity on which most pairs agree, and how many do: those it carries to within `within` of their goal.

    Every two pairs are tried, which is meant for some tens of them; of equals the closest wins. None: no two points
    differ.
    """
    z, w = _complex(points), _complex(onto)
    best: tuple[int, float, NDArray[np.bool_]] | None = None
    for i, j in itertools.combinations(range(len(z)), 2):
        if z[i] == z[j] or w[i] == w[j]:
            continue
        a = (w[j] - w[i]) / (z[j] - z[i])
        off = abs(a * (z - z[i]) + w[i] - w)
        held = off <= within
        score = int(held.sum()), -float(off[held].sum())
        if best is None or score > best[:2]:
            best = (*score, held)
    if best is None:
        return None
    found = _fit(z[best[2]], w[best[2]])
    return (_matrix(*found), best[0]) if found else None
