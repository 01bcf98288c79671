"""The device panel with devices that do as they are told."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.domain.case import AuditEvent
from app.domain.clerk import Clerk
from app.domain.clock import SystemClock
from app.domain.person import CardType, IdCard
from app.presenters.desk import Desk
from app.presenters.devices import KEY, DevicesPresenter
from app.services.duty import Duty
from app.workers.device_thread import DeviceThread
from app.workers.tasks import TaskRunner
from devices.absent import AbsentDevice
from devices.base import DeviceKind, Picture
from devices.kinds.identity import CardReading, IdReader
from devices.kinds.output import ReceiptPrinter
from devices.outcome import Outcome, Reply
from widgets.theme import apply_theme
from widgets.window import MainWindow


@dataclass
class Records:
    texts: dict[str, str] = field(default_factory=dict)
    events: list[AuditEvent] = field(default_factory=list)
    slow: threading.Event | None = None

    def setting(self, key: str) -> str | None:
        if self.slow is not None:
            assert self.slow.wait(60)
        return self.texts.get(key)

    def set_setting(self, key: str, value: str) -> None:
        self.texts[key] = value

    def append_audit(self, event: AuditEvent) -> None:
        self.events.append(event)


class Reader(IdReader):
    def __init__(self) -> None:
        super().__init__("test:reader")
        self.reply: Reply[CardReading] = Reply(Outcome.NOT_PRESENT, detail="没有卡")

    def open(self) -> Reply[str]:
        return Reply(Outcome.OK, "居民身份证阅读机")

    def close(self) -> None:
        return

    def probe(self) -> Reply[str]:
        return Reply(Outcome.OK, "居民身份证阅读机")

    def read_card(self, timeout: float = 5.0) -> Reply[CardReading]:
        return self.reply


class Strip(ReceiptPrinter):
    """Out of order until it is repaired."""

    def __init__(self) -> None:
        super().__init__("test:strip")
        self.opened = 0
        self.repaired = False
        self.pictures: list[Picture] = []

    def open(self) -> Reply[str]:
        self.opened += 1
        if not self.repaired:
            return Reply(Outcome.DISCONNECTED, detail="凭条打印机连不上")
        return Reply(Outcome.OK, "凭条打印机 1 号")

    def close(self) -> None:
        return

    def probe(self) -> Reply[str]:
        return Reply(Outcome.OK, "凭条打印机 1 号")

    def print_picture(self, picture: Picture, job_id: str) -> Reply[str]:
        self.pictures.append(picture)
        return Reply(Outcome.OK, "")


@dataclass
class Bench:
    panel: DevicesPresenter
    reader: Reader
    strip: Strip
    records: Records
    tasks: TaskRunner

    def line(self, number: int) -> list[str]:
        table = self.panel.dialog.table
        return [table.item(number, place).text() for place in range(table.columnCount())]  # type: ignore[union-attr]

    def label(self, name: str) -> str:
        label = self.panel.dialog.findChild(QLabel, name)
        assert label is not None
        return label.text()

    def detail(self) -> str:
        return self.label("devices_detail")

    def todo(self) -> str:
        return self.label("devices_todo")

    def said(self) -> str:
        label = self.panel.dialog.findChild(QLabel, "devices_result")
        assert label is not None
        return label.text()


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    # On a slow machine an idle device would be opened again by itself before the test has looked.
    monkeypatch.setattr("app.workers.device_thread.PROBE_SECONDS", 600.0)
    if not qapp.styleSheet():
        apply_theme(qapp)
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    tasks = TaskRunner(window)
    records = Records({KEY: json.dumps({"receipt_printer": "2020-01-02T03:04:05.000Z"})})
    reader, strip = Reader(), Strip()
    threads = {
        "id_reader": DeviceThread(reader),
        "receipt_printer": DeviceThread(strip),
        "printer": DeviceThread(AbsentDevice(DeviceKind.PRINTER)),
    }
    desk = Desk(SystemClock(), tasks, window.notice)
    panel = DevicesPresenter(window, desk, records, threads, Duty(Clerk("0231", "李敏")))
    for thread in threads.values():
        thread.start()
    made = Bench(panel, reader, strip, records, tasks)
    panel.open("receipt_printer")
    qtbot.waitUntil(lambda: made.line(1)[2] == "⊘ 未连接")
    qtbot.waitUntil(lambda: made.line(0)[2] == "● 就绪")
    yield made
    for thread in threads.values():
        thread.stop()
    tasks.close()


def test_each_place_says_how_it_is_and_what_to_do(bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bench.line(0)[:3] == ["A 证件识读", "读卡器", "● 就绪"], timeout=20000)
    assert bench.line(0)[4] == "居民身份证阅读机"
    qtbot.waitUntil(lambda: bench.line(1)[:3] == ["E 打印输出", "凭条打印机", "⊘ 未连接"], timeout=20000)
    assert bench.line(1)[3], "since when"
    qtbot.waitUntil(lambda: "最后正常：01-02 11:04" in bench.detail(), timeout=20000)
    assert "凭条打印机连不上" in bench.detail()
    assert bench.todo().startswith("1. 看电源灯")
    assert bench.line(2)[:3] == ["", "打印机", "未配备"]


def test_a_light_before_the_store_answered_takes_nothing_away(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.workers.device_thread.PROBE_SECONDS", 600.0)
    window = MainWindow()
    qtbot.addWidget(window)
    tasks = TaskRunner(window)
    records = Records({KEY: json.dumps({"receipt_printer": "2020-01-02T03:04:05.000Z"})}, slow=threading.Event())
    assert records.slow is not None
    thread = DeviceThread(Reader())
    desk = Desk(SystemClock(), tasks, window.notice)
    panel = DevicesPresenter(window, desk, records, {"id_reader": thread}, Duty(Clerk("0231", "李敏")))
    with qtbot.waitSignal(thread.light, timeout=20000):
        thread.start()
    records.slow.set()
    qtbot.waitUntil(lambda: "id_reader" in json.loads(records.texts[KEY]), timeout=20000)
    assert json.loads(records.texts[KEY])["receipt_printer"] == "2020-01-02T03:04:05.000Z"
    thread.stop()
    tasks.close()
    panel.dialog.deleteLater()


def test_connecting_again_by_key(bench: Bench, qtbot: QtBot) -> None:
    bench.strip.repaired = True
    bench.panel.dialog.activateWindow()
    QTest.keyClick(bench.panel.dialog, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: bench.said() == "已经连上。")
    assert bench.line(1)[2] == "● 就绪"
    qtbot.waitUntil(lambda: not bench.tasks.busy)
    seen = json.loads(bench.records.texts[KEY])
    assert set(seen) == {"id_reader", "receipt_printer"}
    assert not seen["receipt_printer"].startswith("2020")


def test_trying_out_a_printer_prints_a_strip(bench: Bench, qtbot: QtBot) -> None:
    bench.strip.repaired = True
    bench.panel.trial("receipt_printer")
    qtbot.waitUntil(lambda: bench.said().startswith("已送打印机"), timeout=20000)
    (picture,) = bench.strip.pictures
    assert picture.shape[1] == 576
    assert (picture == 0).any()
    qtbot.waitUntil(lambda: len(bench.records.events) == 1)
    event = bench.records.events[0]
    assert (event.action, event.subject, event.clerk) == ("device.tried", "receipt_printer", "李敏")


def test_trying_out_a_reader_names_nobody_in_full(bench: Bench, qtbot: QtBot) -> None:
    bench.panel.trial("id_reader")
    qtbot.waitUntil(lambda: "没有放证件" in bench.said())
    card = IdCard(CardType.RESIDENT, name="沈㛃", number="330502199003150512")
    bench.reader.reply = Reply(Outcome.OK, CardReading(card, b"", "1"))
    bench.panel.trial("id_reader")
    qtbot.waitUntil(lambda: bench.said() == "读卡正常：居民身份证（沈*）")
    qtbot.waitUntil(lambda: len(bench.records.events) == 2)
    assert all("沈" not in str(event.details) for event in bench.records.events)
    bench.reader.reply = Reply(Outcome.FAULT, detail="读卡器报告故障")
    bench.panel.trial("id_reader")
    qtbot.waitUntil(lambda: bench.said() == "读卡器报告故障")
