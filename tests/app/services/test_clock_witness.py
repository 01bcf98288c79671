"""Can the clock be believed: what speaks against it, for how long, and who says that it is right again."""

from __future__ import annotations

import datetime as dt

import pytest
from made_up_time import MadeUpTicks

from app.domain.clock import FixedClock
from app.domain.ticks import SystemTicks
from app.services.clock_witness import ANCHOR, ClockWitness

START = dt.datetime(2026, 11, 21, 1, 2, 3, 456000, dt.UTC)
OFFSET = "offset"


class World:
    """A machine, its clock and its settings."""

    def __init__(self) -> None:
        self.clock = FixedClock(START)
        self.ticks = MadeUpTicks()
        self.kept: dict[str, str] = {}
        self.witness = ClockWitness(self, self.clock, self.ticks, OFFSET)

    def setting(self, key: str) -> str | None:
        return self.kept.get(key)

    def set_setting(self, key: str, value: str) -> None:
        self.kept[key] = value

    def passes(self, **by: float) -> None:
        self.clock.advance(dt.timedelta(**by))
        self.ticks.advance(dt.timedelta(**by))

    def set_clock(self, **by: float) -> None:
        self.clock.advance(dt.timedelta(**by))

    @property
    def suspect(self) -> bool:
        return self.witness.read(self.clock.now()).suspect


@pytest.fixture
def world() -> World:
    made = World()
    assert not made.suspect
    return made


def test_time_that_passes_is_not_suspect(world: World) -> None:
    for hours in (0.1, 3, 70):
        world.passes(hours=hours)
        assert not world.suspect
    world.ticks.boot()
    world.passes(hours=1)
    assert not world.suspect


@pytest.mark.parametrize(("seconds", "suspect"), [(-4, False), (-6, True), (299, False), (301, True), (-3e8, True)])
def test_a_clock_that_was_set(world: World, seconds: float, suspect: bool) -> None:
    world.set_clock(seconds=seconds)
    assert world.suspect is suspect


def test_it_stays_suspect_until_the_clock_agrees_again(world: World) -> None:
    world.set_clock(days=3650)
    for _ in range(3):
        world.passes(minutes=6)
        assert world.suspect
    world.set_clock(days=-3650)
    assert not world.suspect


def test_after_a_boot_only_a_clock_put_back_is_seen(world: World) -> None:
    world.ticks.boot()
    world.set_clock(days=-1)
    assert world.suspect
    world.set_clock(days=30)
    assert not world.suspect, "a machine may have been off for a month"


def test_the_platform_has_the_last_word(world: World) -> None:
    world.kept[OFFSET] = "400000"
    assert world.suspect
    assert not world.witness.run(), "it does not agree with ours"
    world.set_clock(seconds=400)
    assert world.suspect
    world.kept[OFFSET] = "-120"
    assert world.witness.run()
    assert not world.suspect
    reading = world.witness.read(world.clock.now())
    assert (reading.offset_ms, reading.boot_id, reading.monotonic_ms) == (-120, "boot-1", 60_000)


def test_the_machines_own_ticks_go_on() -> None:
    ticks = SystemTicks()
    first = ticks.elapsed()
    assert dt.timedelta() < first <= ticks.elapsed()
    assert 1 <= len(ticks.boot_id) <= 64
    assert SystemTicks().boot_id == ticks.boot_id


def test_an_anchor_that_the_platform_agrees_with_is_written_anew_every_four_minutes(world: World) -> None:
    world.kept[OFFSET] = "0"
    assert world.witness.run()
    first = world.kept[ANCHOR]
    world.passes(minutes=3)
    assert world.witness.run()
    assert world.kept[ANCHOR] == first
    world.passes(minutes=1)
    assert world.witness.run()
    second = world.kept[ANCHOR]
    assert second != first
    world.set_clock(seconds=2)
    assert world.witness.run()
    third = world.kept[ANCHOR]
    assert third != second, "a clock that was set is right from now on, as the platform says"
    world.ticks.boot()
    assert world.witness.run()
    assert world.kept[ANCHOR] != third
