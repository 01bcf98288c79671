"""What the live decoder wishes of the light: for a code's place, for a screen, and when it wishes nothing any more."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest
import segno

from app.domain.light import ExposureHint
from app.licences.exposure import DAZZLED_SECONDS, HINT_SECONDS, LightWatch, place_light, screen_light
from app.licences.live import STALE, LiveDecoder

Picture = npt.NDArray[np.uint8]
TEXT = "YC1:" + "6BF+70790T9WJWG.FKY*4GO0.O1CV2" * 3


def scene(shade: int = 90, inside: int = 255, turn: float = 12.0, size: tuple[int, int] = (260, 460)) -> Picture:
    """A phone whose screen is `inside` all over, on a desk."""
    picture = np.full((1080, 1920), shade, np.uint8)
    corners = cv2.boxPoints(((960, 540), size, turn)).astype(np.int32)
    cv2.fillConvexPoly(picture, corners, (inside,))
    return picture


def code(blur: float, dark: int, light: int) -> Picture:
    modules = np.pad(np.array([list(row) for row in segno.make(TEXT, micro=False).matrix], np.uint8), 4)
    picture = np.full((700, 1000), (dark + light) // 3, np.uint8)
    crisp = (light - (light - dark) * np.kron(modules, np.ones((8, 8)))).astype(np.uint8)
    picture[150 : 150 + len(crisp), 300 : 300 + len(crisp)] = crisp
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), blur), np.uint8)


@pytest.mark.parametrize(
    ("shade", "stops"), [(255, -1.5), (180, 0.0), (75, 0.0), (37, 2.0), (59, np.log2(150 / 59)), (0, 2.0)]
)
def test_a_place_is_burnt_right_or_dark(shade: int, stops: float) -> None:
    assert place_light(np.full((300, 300), shade, np.uint8)) == pytest.approx(stops)


def test_a_reflection_on_a_code_asks_for_less_light() -> None:
    place = np.full((300, 300), 130, np.uint8)
    cv2.circle(place, (150, 150), 15, (255,), -1)
    assert place_light(place) == 0
    cv2.circle(place, (150, 150), 30, (255,), -1)
    assert place_light(place) == -1.5


def test_a_burnt_out_screen_is_known_by_its_shape() -> None:
    assert screen_light(scene()) == -1.5
    assert screen_light(scene(inside=240)) == 0
    assert screen_light(scene(size=(60, 60))) == 0, "a lamp"
    assert screen_light(scene(size=(900, 1600), turn=0)) == 0, "nearly the whole picture"
    window = scene()
    window[:, :300] = 255
    window[400:700, 800:1100] = 90
    assert screen_light(window[:, :900]) == 0, "it goes beyond the picture"
    round_lamp = np.full((1080, 1920), 90, np.uint8)
    cv2.circle(round_lamp, (900, 500), 200, (255,), -1)
    assert screen_light(round_lamp) == 0


def test_night_asks_for_more_light() -> None:
    assert screen_light(np.full((1080, 1920), 20, np.uint8)) == 2
    assert screen_light(np.zeros((0, 0), np.uint8)) == 0


def test_a_wish_holds_while_the_place_is_seen_and_ends_soon_after() -> None:
    watch, desk = LightWatch(), np.full((1080, 1920), 120, np.uint8)
    watch.judge(desk, np.full((300, 300), 255, np.uint8), 1.0)
    assert watch.hint == ExposureHint(-1.5, 1.0)
    watch.judge(desk, np.full((300, 300), 150, np.uint8), 1.2)
    assert watch.hint == ExposureHint(0.0, 1.2)
    watch.judge(desk, None, 1.1 + HINT_SECONDS)
    assert watch.hint == ExposureHint(0.0, 1.2)
    watch.judge(desk, None, 1.3 + HINT_SECONDS)
    assert watch.hint is None


def test_a_sheet_of_paper_does_not_make_the_picture_flicker() -> None:
    """Burnt out, darker, right, forgotten, burnt out again: that goes on for a few seconds only."""
    watch, paper, grey = LightWatch(), scene(), scene(inside=127)
    wishes = []
    darker = False
    for frame in range(600):
        now = frame / 6
        watch.judge(grey if darker else paper, None, now)
        before, darker = darker, watch.hint is not None
        if darker and not before:
            wishes.append(now)
    assert wishes
    assert max(wishes) < DAZZLED_SECONDS
    # Put away and another one held up: that is a new chance.
    for frame in range(600, 660):
        watch.judge(grey, None, frame / 6)
    watch.judge(paper, None, 110)
    assert watch.hint == ExposureHint(-1.5, 110)


class Watch:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def look(live: LiveDecoder, watch: Watch, picture: Picture, frames: int = 20) -> None:
    for _ in range(frames):
        live.read(picture)
        watch.now += 1 / 30


def test_the_decoder_asks_for_the_code_it_cannot_read_and_for_nothing_else() -> None:
    watch = Watch()
    with LiveDecoder(clock=watch) as live:
        look(live, watch, scene(inside=150))
        assert live.exposure is None
        look(live, watch, code(7.5, 0, 50))
        assert live.exposure is not None
        assert 1 < live.exposure.stops <= 2
        look(live, watch, code(7.5, 40, 200))
        assert live.exposure is not None
        assert live.exposure.stops == 0
        watch.now += STALE + 0.1
        live.read(scene(inside=150))
        assert live.exposure is None, "somebody else may stand there"


def test_what_was_read_leaves_the_light_as_it_is() -> None:
    watch = Watch()
    with LiveDecoder(clock=watch) as live:
        look(live, watch, scene())
        assert live.exposure is not None
        assert live.exposure.stops == -1.5
        assert live.read(code(0.5, 40, 200))
        assert live.exposure == ExposureHint(0.0, watch.now)
