"""An outline that follows: it leads with its speed, does not tremble, does not blink, and lets go."""

import math

from widgets.outline import HOLD_SECONDS, OutlineTrack

SQUARE = ((100.0, 100.0), (300.0, 100.0), (300.0, 300.0), (100.0, 300.0))


def moved(by: float) -> tuple[tuple[float, float], ...]:
    return tuple((x + by, y) for x, y in SQUARE)


def test_it_stands_where_it_was_found() -> None:
    track = OutlineTrack()
    assert track.where(0.0) == ()
    track.found(SQUARE, 1.0)
    assert track.where(1.0) == SQUARE
    assert track.where(1.05) == SQUARE


def test_it_keeps_up_with_a_page_that_moves() -> None:
    """Looked at 10 times a second, shown 30 times, at 300 pixels a second."""
    track = OutlineTrack()
    worst = 0.0
    for frame in range(60):
        at = frame / 30
        if frame % 3 == 0:
            track.found(moved(300 * (at - 0.05)), at - 0.05)  # a look takes 50 ms
        shown = track.where(at)
        if frame > 20:
            worst = max(worst, abs(shown[0][0] - moved(300 * at)[0][0]))
    assert worst < 12  # without leading it would lag up to 45


def test_corners_that_begin_elsewhere_do_not_turn_it() -> None:
    track = OutlineTrack()
    track.found(SQUARE, 1.0)
    track.where(1.0)
    track.found(SQUARE[2:] + SQUARE[:2], 1.1)
    assert all(math.dist(a, b) < 1e-6 for a, b in zip(track.where(1.12), SQUARE, strict=True))


def test_a_tremble_is_damped() -> None:
    track = OutlineTrack()
    shown = []
    for n in range(30):
        track.found(moved(4.0 if n % 2 else -4.0), n * 0.1)
        shown.append(track.where(n * 0.1 + 0.01)[0][0])
    assert max(shown[5:]) - min(shown[5:]) < 8


def test_what_is_put_down_elsewhere_is_shown_there_at_once() -> None:
    track = OutlineTrack()
    track.found(SQUARE, 1.0)
    track.where(1.0)
    track.found(moved(600), 1.1)
    assert track.where(1.1) == moved(600)


def test_it_stays_for_a_missed_look_and_goes_after() -> None:
    track = OutlineTrack()
    track.found(SQUARE, 1.0)
    assert track.where(1.0 + HOLD_SECONDS * 0.9) == SQUARE
    assert track.where(1.0 + HOLD_SECONDS * 1.1) == ()
    track.found(SQUARE, 2.0)
    track.clear()
    assert track.where(2.0) == ()


def test_an_older_frame_and_another_number_of_corners_are_taken_calmly() -> None:
    track = OutlineTrack()
    track.found(SQUARE, 2.0)
    track.found(moved(50), 1.0)
    assert track.where(2.0) == SQUARE
    track.found(SQUARE[:3], 2.05)
    assert track.where(2.05) == SQUARE[:3]
