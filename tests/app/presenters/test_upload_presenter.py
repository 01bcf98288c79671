"""The upload on the screen: how far, how long, held back and called to mind, on a stick and back."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from gateway_kit import DEVICE, NOW, TOKEN, UNKNOWN_ITEM, make_case, page_bytes, workstation
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sync_bench import Bench

from app.domain.clerk import Clerk
from app.domain.clock import FixedClock
from app.domain.errors import YichuangError
from app.domain.sending import Backlog, Drain
from app.presenters.desk import Desk
from app.presenters.outbox import SHOWN
from app.presenters.packets import PacketPresenter
from app.presenters.status import StatusPresenter
from app.services.duty import Duty
from app.sync.engine import SyncReport
from app.sync.packets import Answered, Courier, Exported
from app.sync.switch import UploadSwitch
from app.workers.sync_thread import SyncThread
from app.workers.tasks import TaskRunner
from widgets.window import MainWindow


@dataclass
class Room:
    """The window with what belongs to the upload, and the gateway behind it."""

    bench: Bench
    window: MainWindow
    desk: Desk
    sync: SyncThread
    switch: UploadSwitch
    status: StatusPresenter
    packets: PacketPresenter
    clock: FixedClock

    def said(self) -> str:
        return self.window.status.outbox_words()

    def notice(self) -> str:
        return "\n".join(label.text() for label in self.window.notice.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    clock = FixedClock(NOW)
    with workstation(tmp_path / "profile", clock) as station:
        bench = Bench(tmp_path, station, clock)
        server = bench.start()
        window = MainWindow()
        qtbot.addWidget(window)
        tasks = TaskRunner()
        desk = Desk(clock, tasks, window.notice)
        engine = bench.engine()
        sync = SyncThread(engine)
        duty = Duty(Clerk("0007", "李敏"))
        status = StatusPresenter(window, desk, bench.store, sync, {}, duty, engine.switch, 4)
        courier = Courier(
            bench.store, station.vault, clock, DEVICE, TOKEN, server.gateway.packets.public_key()
        )  # fmt: skip
        packets = PacketPresenter(window, desk, courier, status.outbox, duty, status.refresh)
        window.show()
        yield Room(bench, window, desk, sync, engine.switch, status, packets, clock)
        status.stop()
        tasks.close()
        for client in bench.clients:
            client.close()
        bench.stop()


def accept(room: Room, count: int, item: str | None = None) -> None:
    for n in range(1, count + 1):
        page = page_bytes(n)
        case = make_case(n, (page,), **({"item": item} if item else {}))
        room.bench.station.accept(case, pages=(page,))
    room.status.refresh()


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def press(room: Room, name: str) -> None:
    found = room.status.outbox.dialog.findChild(QPushButton, name)
    assert found is not None
    assert found.isVisible(), name
    found.click()


def test_a_long_upload_tells_how_far_and_how_long(room: Room, qtbot: QtBot) -> None:
    accept(room, 2)
    outbox = room.status.outbox
    outbox.open()
    qtbot.waitUntil(lambda: "待传 4 件" in words(outbox.dialog), timeout=20000)
    began = time.monotonic() - 12.0  # a run that has gone on for a while
    outbox._meter.begin(began)
    for step in range(1, 12):
        outbox._meter.look(Drain(Backlog(300, step, step * 1_000_000), Backlog(0, 900, 120_000_000)), began + step)
    room.sync.progress.emit(Drain(Backlog(300, 12, 12_000_000), Backlog(0, 900, 119_000_000)))
    said = words(outbox.dialog)
    assert "办件 300/300" in said
    assert "材料 12/912" in said
    assert "12.0 MB / 131.0 MB" in said
    assert "每秒" in said
    assert "分钟" in said
    assert room.said().startswith("上传中 约")
    room.sync.report.emit(SyncReport(10, 0, 4, 0, True))
    qtbot.waitUntil(lambda: "上传中" not in room.said(), timeout=20000)
    assert "办件 300/300" not in words(outbox.dialog)


def test_pausing_is_said_remembered_and_called_to_mind(room: Room, qtbot: QtBot) -> None:
    accept(room, 2)
    outbox = room.status.outbox
    outbox.open()
    qtbot.waitUntil(lambda: "待传 4 件" in words(outbox.dialog), timeout=20000)
    QTest.keyClick(outbox.dialog, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: room.said() == "上传已暂停 · 待传 4", timeout=20000)
    qtbot.waitUntil(lambda: "上传已暂停（11-21 09:02 起）" in words(outbox.dialog), timeout=20000)
    assert "继续上传 P" in [b.text() for b in outbox.dialog.findChildren(QPushButton) if b.isVisible()]
    assert "立即上传" not in [b.text() for b in outbox.dialog.findChildren(QPushButton) if b.isVisible()]
    model = outbox.dialog.table.model()
    assert model is not None
    qtbot.waitUntil(lambda: model.index(0, 4).data() == "已暂停", timeout=20000)
    room.window.notice.dismiss()
    room.clock.advance(dt.timedelta(hours=3, minutes=59))
    outbox.tick()
    assert "已暂停" not in room.notice()
    room.clock.advance(dt.timedelta(minutes=2))
    outbox.tick()
    assert "上传已暂停 4 小时" in room.notice()
    room.window.notice.dismiss()
    outbox.tick()
    assert "小时" not in room.notice(), "once, not each second"
    room.clock.advance(dt.timedelta(hours=4))
    outbox.tick()
    assert "上传已暂停 8 小时" in room.notice()
    press(room, "outbox_pause")
    qtbot.waitUntil(lambda: room.said() == "待传 4", timeout=20000)
    assert UploadSwitch(room.bench.store).paused_since is None
    trail = [entry.action for entry in room.bench.store.audit_entries()]
    assert trail[-2:] == ["upload.pause", "upload.resume"]


def test_on_a_phones_line_files_wait_and_that_is_said(room: Room, qtbot: QtBot) -> None:
    accept(room, 2)
    outbox = room.status.outbox
    outbox.open()
    qtbot.waitUntil(lambda: "待传 4 件" in words(outbox.dialog), timeout=20000)
    press(room, "outbox_records_only")
    qtbot.waitUntil(lambda: "材料 2 份（10 KB）等到好网络" in words(outbox.dialog), timeout=20000)
    model = outbox.dialog.table.model()
    assert model is not None
    qtbot.waitUntil(
        lambda: [model.index(row, 4).data() for row in range(4)] == ["待上传", "待上传", "等好网络", "等好网络"],
        timeout=20000,
    )
    assert room.said() == "只传办件 · 待传 4"
    assert room.switch.files_wait
    press(room, "outbox_records_only")
    qtbot.waitUntil(lambda: room.said() == "待传 4", timeout=20000)


def test_a_portal_is_told_apart_from_being_offline(room: Room, qtbot: QtBot) -> None:
    room.sync.report.emit(SyncReport(0, 0, 0, 0, False, "x", portal=True))
    assert room.window.status.connection_words().startswith("网络要先登录")
    qtbot.waitUntil(lambda: "请用浏览器打开任一网页" in room.notice(), timeout=20000)
    room.window.notice.dismiss()
    room.sync.report.emit(SyncReport(0, 0, 0, 0, False, "x", portal=True))
    assert "浏览器" not in room.notice(), "told once"
    room.sync.report.emit(SyncReport(0, 0, 0, 0, False, "x"))
    assert room.window.status.connection_words().startswith("离线")
    room.sync.report.emit(SyncReport(0, 0, 0, 0, True))
    assert room.window.status.connection_words().startswith("在线")


def test_a_long_list_is_shown_in_part_and_counted_whole(room: Room, qtbot: QtBot) -> None:
    cases = [make_case(n) for n in range(1, SHOWN + 41)]
    room.bench.station.accept(*cases)
    outbox = room.status.outbox
    outbox.open()
    qtbot.waitUntil(lambda: f"待传 {SHOWN + 40} 件" in words(outbox.dialog), timeout=20000)
    model = outbox.dialog.table.model()
    assert model is not None
    assert model.rowCount() == SHOWN
    assert "另有 40 条没有列出" in words(outbox.dialog)
    assert model.index(0, 0).data() == cases[0].provisional_no
    assert "王㛃" not in str(model.index(0, 2).data()), "masked as before"


def test_out_on_a_stick_and_back(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    accept(room, 2)
    plan = room.packets._courier.plan()
    with qtbot.waitSignal(room.packets.ended, timeout=30000) as ended:
        room.packets.write(tmp_path / "a", plan)
        dialog = room.packets.dialog
        assert dialog is not None
    made = ended.args[0]
    assert isinstance(made, Exported)
    assert made.path == tmp_path / "a.ycpacket"
    assert "已导出办件等 2 条、材料 2 份" in words(dialog)
    assert "仍留在本机" in words(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert room.bench.server is not None
    room.bench.server.gateway.packets.take(made.path, tmp_path / "b.ycanswer")
    with qtbot.waitSignal(room.packets.ended, timeout=30000) as ended:
        room.packets.read(tmp_path / "b.ycanswer")
        dialog = room.packets.dialog
        assert dialog is not None
    assert ended.args[0] == Answered(4, 0, 0, 0)
    assert "平台已收 4 条" in words(dialog)
    qtbot.waitUntil(lambda: room.said() == "全部已上传", timeout=20000)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_what_goes_wrong_is_said_in_the_dialog_that_is_open(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "photo.ycanswer").write_bytes(b"\xff\xd8\xff")
    with qtbot.waitSignal(room.packets.ended, timeout=30000) as ended:
        room.packets.read(tmp_path / "photo.ycanswer")
        dialog = room.packets.dialog
        assert dialog is not None
    assert isinstance(ended.args[0], YichuangError)
    assert "这不是一窗的数据包" in words(dialog)
    dialog.reject()
    assert not dialog.isVisible()


def test_a_refused_case_on_a_stick_is_told(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    accept(room, 1, UNKNOWN_ITEM)
    room.packets._courier.export(tmp_path / "a.ycpacket", "0007")
    assert room.bench.server is not None
    room.bench.server.gateway.packets.take(tmp_path / "a.ycpacket", tmp_path / "b.ycanswer")
    with qtbot.waitSignal(room.packets.ended, timeout=30000):
        room.packets.read(tmp_path / "b.ycanswer")
        dialog = room.packets.dialog
        assert dialog is not None
    assert "1 条被平台退回，请按 F9" in words(dialog)
    assert "1 条平台暂未接收" in words(dialog)
    dialog.reject()


def test_cancelled_nothing_is_left_and_the_dialog_says_so(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    accept(room, 3)
    plan = room.packets._courier.plan()
    export = room.packets._courier.export
    stick = tmp_path / "stick"
    stick.mkdir()

    def slowly(*arguments: object) -> object:
        assert room.packets._stop.wait(20), "Esc must reach the work"
        return export(*arguments)  # type: ignore[arg-type]

    room.packets._courier.export = slowly  # type: ignore[method-assign, assignment]
    with qtbot.waitSignal(room.packets.ended, timeout=30000):
        room.packets.write(stick / "a", plan)
        dialog = room.packets.dialog
        assert dialog is not None
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible(), "until it has really stopped"
    assert "已取消导出" in words(dialog)
    assert list(stick.iterdir()) == []
    dialog.reject()
