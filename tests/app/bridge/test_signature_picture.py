"""What other systems get of a signature."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from app.bridge.signature_picture import signature_png
from app.domain.signature import Point, Signature


def drawn(signature: Signature) -> np.ndarray:
    return cv2.imdecode(np.frombuffer(signature_png(signature), np.uint8), cv2.IMREAD_COLOR)


def test_strokes_are_drawn_where_they_were_written() -> None:
    line = tuple(Point(20.0 + 2 * n, 30.0, 0.8, n * 10) for n in range(30))
    picture = drawn(Signature((line,), 200, 80))
    assert picture.shape == (160, 400, 3)
    dark = np.argwhere(picture[:, :, 0] < 100)
    assert 55 <= dark[:, 0].min() <= dark[:, 0].max() <= 66
    assert dark[:, 1].min() >= 35 and dark[:, 1].max() <= 165


def test_a_dot_is_a_dot() -> None:
    assert (drawn(Signature(((Point(50.0, 40.0, 1.0, 0),),), 100, 80)) < 100).any()


def test_a_pads_own_picture_is_handed_on_and_rubbish_is_not() -> None:
    _, jpeg = cv2.imencode(".jpg", np.full((10, 20, 3), 255, np.uint8))
    assert drawn(Signature((), 0, 0, picture=jpeg.tobytes())).shape == (10, 20, 3)
    with pytest.raises(ValueError, match="no picture"):
        signature_png(Signature((), 0, 0, picture=b"not a picture"))
