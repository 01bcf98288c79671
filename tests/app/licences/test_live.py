"""The live decoder's hunt: what goes on beside the frames, what it hands on, and what it must never hand on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest
import segno

from app.licences import live as living
from app.licences.live import EXTRA, ROUND, STALE, LiveDecoder
from app.licences.qr_deep import Looks

TEXT = "YC1:" + "6BF+70790T9WJWG.FKY*4GO0.O1CV2" * 3
Picture = npt.NDArray[np.uint8]


class Later(Executor):
    """Work beside the frames that is done when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Callable[[], Any]]] = []
        self.asked = 0

    def submit(self, work: Callable[..., Any], /, *args: Any, **options: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.asked += 1
        self.waiting.append((future, lambda: work(*args, **options)))
        return future

    def work(self) -> None:
        for future, work in self.waiting:
            future.set_result(work())
        self.waiting = []


class Watch:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def shown(text: str, blur: float = 0.0, at: tuple[int, int] = (300, 200)) -> Picture:
    """A gray camera picture with a code, 8 pixels a module."""
    code = segno.make(text, micro=False, error="m")
    modules = np.pad(np.array([list(row) for row in code.matrix], np.uint8), 4)
    picture = np.full((700, 1000), 90, np.uint8)
    crisp = (255 * (1 - np.kron(modules, np.ones((8, 8))))).astype(np.uint8)
    picture[at[1] : at[1] + len(crisp), at[0] : at[0] + len(crisp)] = crisp
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), blur), np.uint8) if blur else picture


BLURRED = shown(TEXT, 6.0)
EMPTY = np.full((700, 1000), 90, np.uint8)


@pytest.fixture
def later() -> Later:
    return Later()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def live(later: Later, watch: Watch) -> LiveDecoder:
    return LiveDecoder(later, watch)


def hunt(live: LiveDecoder, later: Later, watch: Watch, picture: Picture = BLURRED) -> None:
    """Frames until the work beside them has been asked for."""
    for _ in range(40):
        assert live.read(picture) == []
        watch.now += 0.03
        if later.waiting:
            return
    pytest.fail("nothing was hunted")


def test_a_blurred_code_is_hunted_beside_the_frames_and_handed_on_with_the_next(
    live: LiveDecoder, later: Later, watch: Watch
) -> None:
    hunt(live, later, watch)
    assert live.read(BLURRED) == []
    later.work()
    (code,) = live.read(BLURRED)
    assert code.text == TEXT
    # In the whole frame's pixels, though only a part of it was looked at.
    assert np.hypot(code.points[0][0] - 332, code.points[0][1] - 232) < 10


def test_one_piece_of_work_at_a_time(live: LiveDecoder, later: Later, watch: Watch) -> None:
    hunt(live, later, watch)
    for _ in range(12):
        live.read(BLURRED)
    assert later.asked == 1


def test_what_comes_too_late_is_dropped(live: LiveDecoder, later: Later, watch: Watch) -> None:
    hunt(live, later, watch)
    for _ in range(6):
        watch.now += STALE / 4
        live.read(EMPTY)
    later.work()
    assert live.read(EMPTY) == []


def test_after_a_pause_nobody_is_given_the_last_ones_code(live: LiveDecoder, later: Later, watch: Watch) -> None:
    hunt(live, later, watch)
    watch.now += STALE + 0.1
    assert live.read(EMPTY) == []
    later.work()
    assert live.read(EMPTY) == []


def test_a_code_read_meanwhile_ends_the_hunt_for_the_other(live: LiveDecoder, later: Later, watch: Watch) -> None:
    hunt(live, later, watch)
    assert [code.text for code in live.read(shown("ANOTHER"))] == ["ANOTHER"]
    later.work()
    assert live.read(EMPTY) == []


def test_two_frames_of_five_take_a_step_more(live: LiveDecoder, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []

    def find(_: Picture) -> list[Any]:
        looked.append(frame)
        return []

    monkeypatch.setattr(living, "STEPS", (living._Looking(find),))
    for frame in range(1, 2 * ROUND + 1):  # noqa: B007
        live.read(EMPTY)
        watch.now += 0.03
    assert looked == [*EXTRA, *(ROUND + at for at in EXTRA)]


def test_the_sharper_look_is_the_one_that_is_worked_on(live: LiveDecoder, later: Later, watch: Watch) -> None:
    hunt(live, later, watch)
    first = later.waiting
    later.waiting = []
    for picture in (shown(TEXT, 9.0), BLURRED, shown(TEXT, 9.0)):
        live.read(picture)
        watch.now += 0.03
    best = live._hunt.sharpest
    assert best is not None
    assert (best.picture == best.region.cut(BLURRED)).all()
    later.waiting = first
    later.work()
    assert [code.text for code in live.read(EMPTY)] == [TEXT]


def test_the_memory_of_the_camera_may_be_used_again(live: LiveDecoder, later: Later, watch: Watch) -> None:
    lent = BLURRED.copy()
    for _ in range(40):
        lent[:] = BLURRED
        live.read(lent)
        lent[:] = 0
        watch.now += 0.03
        if later.waiting:
            break
    later.work()
    assert [code.text for code in live.read(EMPTY)] == [TEXT]


@pytest.mark.parametrize(("lightest", "tried"), [(255, False), (180, True)])
def test_the_ordinary_readers_are_left_out_only_while_a_reflection_hides_the_code(
    monkeypatch: pytest.MonkeyPatch, lightest: int, tried: bool
) -> None:
    """A camera that has followed the wish for less light shows what none of them could read before."""
    calls: list[int] = []
    monkeypatch.setattr(living, "_HARD", (lambda _: calls.append(1) or [],))
    looks = Looks()
    code = segno.make(TEXT, micro=False, error="m", version=8)
    lit = np.array([list(row) for row in code.matrix], np.float64)
    lit[9:40, 9:40] = 0.5
    looks.together(8, lit)
    assert looks.hurried
    picture = np.minimum(BLURRED, lightest)
    view = living._View(picture, living._Region(0, 0, 1000, 700, 0.0), 1.0, 0.0)
    living._work(view, looks, threading.Event())
    assert bool(calls) is tried


def test_closing_ends_the_hunt(live: LiveDecoder, later: Later, watch: Watch) -> None:
    hunt(live, later, watch)
    live.close()
    later.work()
    assert live.read(BLURRED) == []
