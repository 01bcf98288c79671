"""Similarities between points, against OpenCV's."""

import cv2
import numpy as np

from app.identity.similarity import similarity, similarity_of_most

MOVE = np.array([[0.8, -0.5, 30.0], [0.5, 0.8, -12.0]])


def points(count: int, seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0, 400, (count, 2))


def test_what_was_moved_is_found() -> None:
    seen = points(5)
    found = similarity(seen, seen @ MOVE[:, :2].T + MOVE[:, 2])
    assert found is not None
    assert np.allclose(found, MOVE)


def test_points_that_are_one_give_none() -> None:
    assert similarity([[3, 3], [3, 3]], [[0, 0], [1, 1]]) is None
    assert similarity_of_most([[3, 3], [3, 3]], [[0, 0], [1, 1]], 5) is None


def test_strays_are_outvoted_as_in_opencv() -> None:
    seen = points(9)
    onto = seen @ MOVE[:, :2].T + MOVE[:, 2] + np.random.default_rng(1).normal(0, 0.5, seen.shape)
    onto[[2, 5, 7]] += 90
    found = similarity_of_most(seen, onto, 4)
    theirs, inside = cv2.estimateAffinePartial2D(seen, onto, ransacReprojThreshold=4)
    assert found is not None
    assert found[1] == int(inside.sum()) == 6
    frame = np.array([[0, 0], [400, 0], [400, 400], [0, 400]])
    assert np.abs(frame @ (found[0] - theirs)[:, :2].T + (found[0] - theirs)[:, 2]).max() < 1.5


def test_a_mirrored_picture_is_not_forced() -> None:
    seen = points(8)
    found = similarity_of_most(seen, seen * [-1, 1], 2)
    assert found is not None
    assert found[1] < 5
