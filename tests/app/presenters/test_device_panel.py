"""The panel with a device at each of the 24 places: trials of every kind, leaving, choosing, taking back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

import pytest
import standins
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from test_devices_presenter import Records

from app.domain.clerk import Clerk
from app.domain.clock import SystemClock
from app.presenters.desk import Desk
from app.presenters.device_trials import trial_of
from app.presenters.device_words import how_to
from app.presenters.devices import DevicesPresenter
from app.presenters.screen_devices import CAMERAS, SLOT_NAMES, Owner, owners_of
from app.services.device_settings import DeviceSettings
from app.services.duty import Duty
from app.settings import EXAMPLE, load
from app.workers.device_thread import DeviceThread
from app.workers.tasks import TaskRunner
from devices.base import DeviceKind
from devices.outcome import Outcome
from devices.slots import SLOTS
from widgets.theme import apply_theme
from widgets.window import MainWindow

LONG = 30_000


class Panel:
    """A window with all places filled by stand-ins, and a settings file that names none of them."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.file = folder / "settings.toml"
        self.file.write_text(EXAMPLE.split("[devices]")[0], "utf-8")
        window = MainWindow()
        qtbot.addWidget(window)
        window.show()
        self.tasks = TaskRunner(window)
        clock, duty = SystemClock(), Duty(Clerk("0231", "李敏", manager=True))
        self.records = Records()
        uris = {slot: f"standin://{slot}" for slot in SLOTS if slot != "queue_caller"}
        from dataclasses import replace

        settings = replace(load(self.file), devices=MappingProxyType(uris))
        self.threads: dict[str, Owner] = owners_of(settings, window, real=True)
        desk = Desk(clock, self.tasks, window.notice)
        kept = DeviceSettings(self.file, self.records, clock, duty, demo=False)
        self.presenter = DevicesPresenter(window, desk, self.records, self.threads, duty, kept)
        for thread in self.threads.values():
            thread.start()
        self.dialog = self.presenter.dialog

    def until(self, condition: object) -> None:
        self.qtbot.waitUntil(condition, timeout=LONG)

    def said(self) -> str:
        label = self.dialog.findChild(QLabel, "devices_result")
        assert label is not None
        return label.text()

    def row(self, slot: str) -> object:
        return next(row for row in self.dialog.rows if row.id == slot)

    def close(self) -> None:
        self.tasks.wait()
        for thread in self.threads.values():
            thread.leave()
        for thread in self.threads.values():
            thread.stop()
        self.tasks.close()


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Panel]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    with standins.registered(tmp_path / "registry"):
        made = Panel(qtbot, tmp_path)
        made.presenter.open()
        made.until(lambda: sum(row.state == "ok" for row in made.dialog.rows) == len(SLOTS) - 1)
        yield made
        made.close()


def test_every_place_has_a_name_and_every_kind_a_trial_and_advice() -> None:
    assert set(SLOT_NAMES) == set(SLOTS)
    for kind in DeviceKind:
        if kind not in CAMERAS:
            assert trial_of(kind).asks
        for outcome in Outcome:
            advice = how_to(kind, outcome)
            well = (Outcome.OK, Outcome.NOT_PRESENT, Outcome.CANCELLED, Outcome.DENIED_BY_USER)
            assert advice.startswith("1. ") is (outcome not in well)


def test_all_places_stand_there_and_each_kind_can_be_tried(panel: Panel) -> None:
    assert [row.id for row in panel.dialog.rows] == list(SLOTS)
    assert not panel.row("queue_caller").present  # type: ignore[attr-defined]
    for slot, place in SLOTS.items():
        if place.kind in CAMERAS or slot == "queue_caller":
            continue
        calls = len(panel.records.events)
        panel.presenter.trial(slot)
        panel.until(lambda calls=calls: len(panel.records.events) > calls)
        # A stand-in says that there is nothing to read: of a reader no failure, of a printer one.
        assert panel.said(), slot
        assert panel.records.events[-1].subject == slot


def test_leaving_the_panel_cancels_what_it_asked_for(panel: Panel) -> None:
    thread = panel.threads["id_reader"]
    assert isinstance(thread, DeviceThread)
    cancelled: list[bool] = []
    thread.device.cancel = lambda: (cancelled.append(True), standins.state("id_reader").well())  # type: ignore[method-assign,assignment]
    standins.state("id_reader").hanging = True
    panel.presenter.trial("id_reader")
    panel.until(lambda: thread.busy)
    panel.dialog.reject()
    panel.until(lambda: not thread.busy)
    assert cancelled


def test_another_device_is_tried_kept_and_taken_back(panel: Panel) -> None:
    setup = panel.presenter.setup
    assert setup is not None
    panel.dialog.set_rows(panel.dialog.rows, "queue_caller")
    QTest.keyClick(panel.dialog, Qt.Key.Key_S)
    panel.until(lambda: setup.dialog.isVisible())
    line = setup.dialog.line
    keep = setup.dialog.findChild(QPushButton, "device_setup_keep")
    result = setup.dialog.findChild(QLabel, "device_setup_result")
    assert keep is not None
    assert result is not None
    line.setFocus()
    line.setText("standin://pin_pad")
    QTest.keyClick(line, Qt.Key.Key_Return)
    panel.until(lambda: "不是这个位置用的设备" in result.text())
    line.setText("emulated://id-reader")
    QTest.keyClick(line, Qt.Key.Key_Return)
    panel.until(lambda: "演示模式" in result.text())
    assert not keep.isVisible()
    line.setText("standin://queue_caller")
    QTest.keyClick(line, Qt.Key.Key_Return)
    panel.until(lambda: "连上了" in result.text())
    assert "queue_caller" not in load(panel.file).devices, "tried, not kept"
    QTest.keyClick(line, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    panel.until(lambda: "已保存" in result.text())
    assert load(panel.file).devices["queue_caller"] == "standin://queue_caller"
    assert panel.records.events[-1].action == "device.configured"
    QTest.keyClick(line, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    panel.until(lambda: "已停用" in result.text())
    assert "queue_caller" not in load(panel.file).devices
    assert panel.threads["queue_caller"].absent


def test_leaving_without_keeping_puts_back_what_stood_there(panel: Panel) -> None:
    setup = panel.presenter.setup
    assert setup is not None
    setup.open("psam")
    panel.until(lambda: setup.dialog.isVisible())
    setup.dialog.line.setText("standin://smart_card")
    setup.try_out("standin://smart_card")
    panel.until(lambda: panel.threads["psam"].device.uri == "standin://smart_card")
    setup.dialog.reject()
    assert panel.threads["psam"].device.uri == "standin://psam"
    panel.until(lambda: panel.row("psam").state == "ok")  # type: ignore[attr-defined]


def test_who_may_not_choose_sees_no_button(panel: Panel) -> None:
    panel.dialog.reject()
    panel.presenter._duty = Duty(Clerk("0007", "王芳"))
    panel.presenter.open("queue_caller")
    button = panel.dialog.findChild(QPushButton, "devices_setup")
    assert button is not None
    assert not button.isVisible()


def test_the_threads_of_a_counter_are_its_devices(panel: Panel) -> None:
    owners = [thread for thread in threading.enumerate() if thread.name.startswith("device ")]
    assert len(owners) == 24
