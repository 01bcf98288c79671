"""A device is chosen: one line of settings.toml changes, all or nothing; emulators stay in demo mode."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from app.domain.case import AuditEvent
from app.domain.clerk import Clerk
from app.domain.clock import SystemClock
from app.domain.errors import BadInput, EnvironmentProblem
from app.presenters.screen_devices import device_at
from app.services.device_settings import DeviceSettings, with_device
from app.services.duty import Duty
from app.settings import DEVICE_SLOTS, EXAMPLE, load
from devices.outcome import Outcome
from devices.registry import open_device
from devices.slots import SLOTS


class Records:
    def __init__(self) -> None:
        self.events: list[AuditEvent] = []

    def append_audit(self, event: AuditEvent) -> None:
        self.events.append(event)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(EXAMPLE, "utf-8")
    return path


def settings(file: Path, *, demo: bool = False) -> tuple[DeviceSettings, Records]:
    records = Records()
    return DeviceSettings(file, records, SystemClock(), Duty(Clerk("0231", "李敏")), demo), records


def test_the_settings_know_every_place() -> None:
    assert set(DEVICE_SLOTS) == set(SLOTS)
    assert len(DEVICE_SLOTS) == 25


def test_one_line_changes_and_the_notes_stay(file: Path) -> None:
    made, records = settings(file)
    before = made.save("id_reader", "sdt:///dev/serial/by-id/㛃?baud=9600")
    assert before == "sdt:///dev/ttyUSB0?baud=115200"
    assert load(file).devices["id_reader"] == "sdt:///dev/serial/by-id/㛃?baud=9600"
    assert file.read_text("utf-8").count("#") == EXAMPLE.count("#")
    assert len(file.read_text("utf-8").splitlines()) == len(EXAMPLE.splitlines())
    assert made.save("id_reader", "") == "sdt:///dev/serial/by-id/㛃?baud=9600"
    assert "id_reader" not in load(file).devices
    assert made.save("printer_2", "socket://printer:secret@192.0.2.9") == ""
    assert load(file).devices["printer_2"] == "socket://printer:secret@192.0.2.9"
    assert [event.action for event in records.events] == ["device.configured"] * 3
    assert "secret" not in str(records.events)
    assert list(file.parent.iterdir()) == [file], "nothing half written is left"


@pytest.mark.parametrize("text", ["", "[devices]\n", '[devices]\nprinter = "a"', '[window]\nid = "x"\n\n[devices]\n\n'])
def test_any_file_takes_a_line(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.device_settings.parse", lambda *_, **__: None)
    made = tomllib.loads(with_device(text, "pin_pad", "x:y", emulated=False))
    assert made["devices"]["pin_pad"] == "x:y"
    assert with_device(text, "pin_pad", "", emulated=False).strip() == text.strip()


@pytest.mark.parametrize("text", ['devices.printer = "a"\n', 'devices = {printer = "a"}\n'])
def test_a_file_written_otherwise_is_left_to_its_author(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        with_device(text, "printer", "socket://192.0.2.1", emulated=False)
    assert "手工" in caught.value.todo


@pytest.mark.parametrize(
    ("slot", "uri"),
    [
        ("id_reader", "sdt:///dev/x?speed=1"),
        ("id_reader", "nix"),
        ("printer", "sdt:///dev/x"),
        ("camera", "socket://h"),
    ],
)
def test_what_the_driver_refuses_or_belongs_elsewhere_is_not_saved(file: Path, slot: str, uri: str) -> None:
    made, records = settings(file)
    with pytest.raises(BadInput):
        made.save(slot, uri)
    assert file.read_text("utf-8") == EXAMPLE
    assert not records.events


def test_an_emulator_is_refused_wherever_people_are_served(file: Path) -> None:
    uri = "emulated://id-reader"
    made, _ = settings(file)
    with pytest.raises(BadInput) as caught:
        made.save("id_reader", uri)
    assert "演示模式" in caught.value.what
    file.write_text(EXAMPLE.replace("sdt:///dev/ttyUSB0?baud=115200", " Emulated://id-reader"), "utf-8")
    with pytest.raises(BadInput) as caught:
        load(file)
    assert "id_reader 是模拟设备" in caught.value.what
    with pytest.raises(BadInput):
        open_device(uri, real=True)
    refused = device_at(uri, "id_reader", real=True)
    assert refused.open().outcome is Outcome.FAULT
    assert "演示模式" in refused.open().detail
    assert load(file, emulated=True).devices["id_reader"] == " Emulated://id-reader"
    demo, _ = settings(file, demo=True)
    demo.save("id_reader", uri)
    assert load(file, emulated=True).devices["id_reader"] == uri


def test_a_disk_that_refuses_leaves_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, records = settings(file)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.config.edit.os.fsync", full)
    with pytest.raises(EnvironmentProblem):
        made.save("printer", "socket://192.0.2.1")
    assert file.read_text("utf-8") == EXAMPLE
    assert not records.events
