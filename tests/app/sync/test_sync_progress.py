"""The time that is left: told late rather than wrong, in rough steps, and steady on a line that is not."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.sending import Backlog, Drain
from app.sync.progress import Meter, rough


def drain(sent: float, total: float) -> Drain:
    return Drain(Backlog(0, 0, round(sent)), Backlog(0, 1, round(total - sent)))


@given(seed=st.integers(0, 10_000), noise=st.floats(0.0, 0.6))
@example(seed=1218, noise=0.59375)  # the first five seconds were a quarter too slow
def test_on_a_line_that_jumps_about_the_told_time_runs_down(seed: int, noise: float) -> None:
    """A megabyte a second, each report up to 60 % off: what the clerk reads does not go up and down."""
    rng, meter, sent, total = random.Random(seed), Meter(), 0.0, 300e6
    meter.begin(0.0)
    told: list[tuple[float, float]] = []
    for step in range(1, 590):
        sent += 0.5e6 * (1 + rng.uniform(-noise, noise))
        left = meter.look(drain(min(sent, total), total), step / 2).seconds_left
        if left is not None:
            told.append((step / 2, left))
    assert told[0][0] >= 5.0, "no guess before there is something to guess from"
    words = [rough(left) for _, left in told]
    order = {"hours": 2, "minutes": 1, "": 0}
    heights = [(order[unit], number) for number, unit in words]
    ups = sum(later > earlier for earlier, later in itertools.pairwise(heights))
    assert ups <= 1, "a first guess may be put right once"
    at, left = told[len(told) // 2]
    # What is on show has come to the estimate by then; the smoothed speed of such a line is up to a fifth off.
    assert left == pytest.approx(300 - at, rel=0.3), "and it is about right"


def test_a_first_guess_that_was_too_long_is_put_right_without_a_jump() -> None:
    """Slow for five seconds, then a megabyte a second: within a minute the time on show is the true one."""
    meter, sent, total = Meter(), 0.0, 300e6
    meter.begin(0.0)
    seen: list[float] = []
    for second in range(1, 66):
        sent += 0.78e6 if second <= 5 else 1e6
        left = meter.look(drain(sent, total), float(second)).seconds_left
        if left is not None:
            seen.append(left)
    assert seen[0] > 370
    assert max(earlier - later for earlier, later in itertools.pairwise(seen)) < 6, "it runs, it does not jump"
    assert seen[-1] == pytest.approx((total - sent) / 1e6, rel=0.05)


def test_a_line_that_becomes_fast_is_told_soon() -> None:
    meter, sent, total = Meter(), 0.0, 600e6
    meter.begin(0.0)
    for second in range(1, 76):
        sent += 0.5e6 if second <= 30 else 5e6
        left = meter.look(drain(sent, total), float(second)).seconds_left
    assert left == pytest.approx((total - sent) / 5e6, rel=0.5), "45 s later, on a line ten times as fast"


def test_a_line_that_becomes_slow_is_told_once_it_stays_slow() -> None:
    meter, sent, total = Meter(), 0.0, 600e6
    meter.begin(0.0)
    seen: list[float] = []
    for second in range(1, 120):
        sent += 2e6 if second < 40 else 0.2e6
        left = meter.look(drain(sent, total), float(second)).seconds_left
        seen.append(left if left is not None else -1)
    assert seen[38] == pytest.approx(260, rel=0.2)
    assert seen[45] < seen[38], "a hitch of some seconds is not told"
    assert seen[-1] > 900, "a line that stays slow is"


def test_before_any_file_has_gone_nobody_knows_how_long_they_take() -> None:
    meter = Meter()
    meter.begin(0.0)
    for second in range(1, 30):
        pace = meter.look(Drain(Backlog(10 * second, 0, 0), Backlog(300 - 10 * second, 5, 50_000_000)), float(second))
        assert pace.seconds_left is None
    for second in range(30, 40):
        sent = (second - 29) * 1_000_000
        pace = meter.look(Drain(Backlog(300, 0, sent), Backlog(0, 5, 50_000_000 - sent)), float(second))
    assert pace.seconds_left == pytest.approx(40, rel=0.2)
    assert pace.per_second == pytest.approx(1e6, rel=0.2)
    # The next run knows the line already.
    meter.begin(100.0)
    pace = meter.look(Drain(Backlog(0, 0, 4_000_000), Backlog(0, 5, 46_000_000)), 105.0)
    assert pace.seconds_left == pytest.approx(46, rel=0.2)


def test_records_alone_have_their_own_speed() -> None:
    meter = Meter()
    meter.begin(0.0)
    for second in range(1, 11):
        pace = meter.look(Drain(Backlog(50 * second, 0, 0), Backlog(1500 - 50 * second, 0, 0)), float(second))
    assert pace.seconds_left == pytest.approx(20, rel=0.1)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, (0, "")), (59, (0, "")), (60, (1, "minutes")), (121, (3, "minutes")), (600, (10, "minutes")),
     (601, (15, "minutes")), (6_900, (115, "minutes")), (6_960, (2, "hours")), (10_000, (3, "hours"))],
)  # fmt: skip
def test_times_are_told_in_rough_steps(seconds: float, said: tuple[int, str]) -> None:
    assert rough(seconds) == said
