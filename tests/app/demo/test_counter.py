"""The demo's window has one of every kind, each well."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from app.bootstrap_demo import open_demo
from app.cli import main
from app.commands import reading
from app.demo.counter import booking_hours, every_device, lesson_devices
from app.demo.people import load_people
from app.demo.scenario import load_scenario
from app.demo.shared_data import demo_shared_data
from app.demo.world import DemoWorld
from app.domain.clock import SHANGHAI, FixedClock, SystemClock
from app.domain.errors import EnvironmentProblem
from app.materials.slots import BookingHours
from devices.registry import open_device
from devices.slots import SLOTS
from offline_db.profile import Profile, ProfileKind

KINDS = set(range(1, 21))
"""The device set's nineteen, and the clerk's key."""


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DemoWorld:
    """One picture before every camera: drawing clips takes seconds, and is tried elsewhere."""
    made = DemoWorld(tmp_path / "world", SystemClock())
    for drawn in ("licence_clip", "page_picture"):
        monkeypatch.setattr(made, drawn, lambda name: made.portrait)
    return made


def test_every_kind_has_a_place_and_an_emulator_of_its_kind(world: DemoWorld, tmp_path: Path) -> None:
    scenario = load_scenario("open-a-barber-shop")
    devices = every_device(world, scenario, tmp_path / "paper")
    assert set(devices) == set(SLOTS)
    assert {SLOTS[slot].number for slot in devices} == KINDS
    for slot, uri in devices.items():
        assert open_device(uri).kind is SLOTS[slot].kind, uri
    kept = lesson_devices(world, scenario, tmp_path / "paper")
    assert {slot: devices[slot] for slot in kept} == kept


def test_devices_probe_in_the_demo_s_profile(
    world: DemoWorld, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `yichuang demo` leaves its settings: all are asked, all are well."""
    monkeypatch.setattr(reading, "PROBE_LIMIT", 90.0)  # a busy machine is no device out of order
    from app.bootstrap_demo import _demo_settings
    from app.settings import as_toml

    scenario = load_scenario("open-a-barber-shop")
    devices = every_device(world, scenario, tmp_path / "paper")
    text = as_toml(_demo_settings("http://127.0.0.1:9", world, scenario, devices, "zh"))
    profile = tmp_path / "profile"
    with Profile(profile, ProfileKind.DEMO):
        (profile / "settings.toml").write_text(text, encoding="utf-8")
    code = main(["--profile", str(profile), "devices", "--probe"])
    out, complaints = capsys.readouterr()
    assert code == 0, complaints + out
    said = [json.loads(line) for line in out.splitlines()]
    assert {SLOTS[row["place"]].number for row in said} == KINDS


@pytest.mark.parametrize("day", [dt.date(2026, 11, 24), dt.date(2026, 11, 22), dt.date(2026, 10, 1)], ids=str)
def test_the_demo_can_be_booked_on_any_day_and_its_data_lie_in_the_hours(day: dt.date) -> None:
    """A working day, a Sunday, a holiday: no lesson warns of hours that it does not teach."""
    now = dt.datetime.combine(day, dt.time(3), SHANGHAI)
    calendar = BookingHours(booking_hours(load_scenario("ask-shared-data"), now))
    booked = demo_shared_data(load_people(), FixedClock(now.astimezone(dt.UTC))).bookings
    assert booked
    assert all(calendar.slot_at(one.day, one.time) is not None for one in booked)
    ahead = [calendar.slots(day + dt.timedelta(days=days)) for days in range(1, 14)]
    assert any(ahead)
    assert not all(ahead), "closed days are shown too"


def test_a_lesson_with_hours_of_its_own_is_booked_by_them() -> None:
    now = dt.datetime(2026, 11, 23, 15, tzinfo=SHANGHAI)
    calendar = BookingHours(booking_hours(load_scenario("daqing-extended-hours"), now))
    assert calendar.slots(now.date())[0].extended
    assert not calendar.slots(now.date() + dt.timedelta(days=2))


def test_a_lesson_that_compares_faces_says_at_once_what_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The main package has no net for it: the visitor would be sent to the counter in the middle of the lesson."""
    monkeypatch.setattr("app.identity.face.alike.installed", lambda: False)
    with pytest.raises(EnvironmentProblem) as told:
        open_demo(tmp_path / "profile", load_scenario("qingpu-self-service"))
    assert "yichuang-reading" in told.value.todo
    assert not (tmp_path / "profile").exists()
