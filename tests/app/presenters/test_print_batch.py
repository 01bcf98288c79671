"""Batches on the screen: pause, stop, again from the n-th, over a restart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from made_up_papers import pdf_of, printed_pages, printed_strips
from print_room import Room, many, press, print_room, words
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.demo.world import DemoWorld
from app.domain.printing import BatchState
from widgets.dialogs.paper import PaperPreviewDialog
from widgets.dialogs.print_ask import PrintAskDialog

K = Qt.Key


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, tmp_path: Path, world: DemoWorld) -> Iterator[Room]:
    with print_room(qtbot, qapp, tmp_path, world) as made:
        yield made


def start_batch(room: Room, count: int, leave: int = 1) -> None:
    """Open the choice for today and print all but the `leave` real ones."""
    room.batch.open()
    dialog = room.batch.dialog
    room.until(lambda: len(dialog.model.rows) == count + leave)
    dialog.model.tick(set(range(leave, count + leave)))
    dialog._offer()
    press(dialog, "print_batch_start")
    room.until(room.batch.run.isVisible)


def progress(room: Room) -> tuple[str, int]:
    now = room.batch.progress
    return ("", 0) if now is None else (str(now.state), now.printed)


def test_thirty_papers_in_a_batch_with_a_pause(room: Room) -> None:
    room.begin("printer")
    many(room.parts, 30)
    start_batch(room, 30)
    run = room.batch.run
    room.until(lambda: room.printed("printer") >= 5)
    press(run, "print_run_pause")
    room.until(lambda: progress(room)[0] == "paused")
    room.until(lambda: not room.tasks.busy and not room.printing._sending)
    room.emulators["printer"].settle()
    held = room.printed("printer")
    assert held < 30
    visitor = room.accept()  # somebody at the window does not wait for the batch
    room.until(lambda: room.printed("printer") == held + 1)
    assert visitor.notice.pdf in [path.read_bytes() for path in (room.folder / "printer").glob("*.pdf")]
    assert "已暂停" in words(run)
    press(run, "print_run_pause")
    room.until(lambda: progress(room) == ("done", 30))
    tray = printed_pages(room.folder / "printer")
    assert all(tray[n] == 1 for n in range(1, 31))
    order = [path.read_bytes() for path in sorted((room.folder / "printer").glob("*.pdf"))]
    mine = [pdf for pdf in order if pdf != visitor.notice.pdf]
    assert mine == [pdf_of(n) for n in range(1, 31)], "in the order of the list"
    room.until(lambda: "已打印 30 份" in words(run))
    assert "完成" in words(run)


def test_a_batch_stops_and_prints_again_from_the_nth(room: Room) -> None:
    room.begin("printer")
    many(room.parts, 8)
    start_batch(room, 8)
    run = room.batch.run
    room.until(lambda: room.printed("printer") >= 2)
    press(run, "print_run_stop")
    room.until(lambda: progress(room)[0] in ("stopped", "done"))
    room.until(lambda: len(run.model.rows) == 8)
    run.table.selectRow(6)
    press(run, "print_run_again")
    room.until(lambda: progress(room) == ("done", 2))
    tray = printed_pages(room.folder / "printer")
    assert tray[7] <= 1
    assert tray[8] <= 1
    assert tray[7] + tray[8] + tray[0] >= 2, "what was out already came as a reprint: no numbered page but the real one"


def test_a_batch_goes_on_after_a_restart_and_asks_about_the_open_one(room: Room) -> None:
    room.begin("printer")
    many(room.parts, 6)
    room.emulators["printer"].faults.set("silent", 1)
    start_batch(room, 6)
    press(room.batch.run, "print_run_pause")
    room.until(lambda: room.batch.progress is not None and room.batch.progress.unknown == 1)
    room.until(lambda: progress(room)[0] == "paused")
    asked = [d for d in room.window.findChildren(PrintAskDialog) if d.isVisible()]
    assert asked == [], "a batch is not asked about one by one"
    room.until(lambda: not room.tasks.busy and not room.printing._sending)
    out = room.printed("printer")
    assert out < 6
    room.end()
    room.parts.store.recover_prints()  # as the next opening of the store does
    room.begin("printer")
    room.until(lambda: "上次的批量打印没有打完" in room.notice())
    assert room.printed("printer") == out, "it waits for a word"
    room.batch.open()
    run = room.batch.run
    room.until(lambda: len(run.model.rows) == 6)
    press(run, "print_run_pause")
    room.until(lambda: room.printed("printer") == 6)
    room.until(lambda: progress(room)[0] == "done")
    assert printed_pages(room.folder / "printer") == dict.fromkeys(range(1, 7), 1)
    room.until(lambda: any(one.state == "unknown" for one in run.model.rows))
    run.table.selectRow(next(n for n, one in enumerate(run.model.rows) if one.state == "unknown"))
    press(run, "print_run_there")
    room.until(lambda: progress(room) == ("done", 6))


def test_two_open_fates_in_a_row_pause_the_batch(room: Room) -> None:
    room.begin("printer")
    many(room.parts, 6)
    room.emulators["printer"].faults.set("silent")
    start_batch(room, 6)
    room.until(lambda: progress(room)[0] == "paused")
    found = room.parts.store.batch()
    assert found is not None
    assert found.state is BatchState.PAUSED
    assert 2 <= found.unknown <= 3, "the one that was on its way when it paused may be the third"


def test_strips_of_a_batch_are_made_while_others_print(room: Room) -> None:
    room.begin("receipt_printer")
    room.parts.accept.accept(room.parts.ready())
    many(room.parts, 2)
    start_batch(room, 2, leave=2)
    room.until(lambda: progress(room) == ("done", 2))
    assert sum(printed_strips(room.folder / "receipt_printer").values()) == 2


def test_choosing_by_keys(room: Room) -> None:
    room.begin("printer")
    many(room.parts, 3)
    room.batch.open()
    dialog = room.batch.dialog
    room.until(lambda: len(dialog.model.rows) == 4)
    assert dialog.model.ticked == {0, 1, 2, 3}
    press(dialog, "print_batch_all")
    assert dialog.model.ticked == set()
    room.qtbot.waitUntil(dialog.table.hasFocus)
    QTest.keyClick(dialog.table, K.Key_Space)
    QTest.keyClick(dialog.table, K.Key_Space)
    assert dialog.model.ticked == {0, 1}
    press(dialog, "print_batch_from")
    assert dialog.model.ticked == {2, 3}
    start = dialog.findChild(QPushButton, "print_batch_start")
    assert start is not None
    assert start.text() == "打印 2 份 Enter"
    press(dialog, "print_batch_which_1")
    room.until(lambda: not room.tasks.busy)
    assert "没有受理过" in words(dialog), "yesterday nobody was here"


def test_without_a_printer_nothing_can_be_started(room: Room) -> None:
    room.begin()
    room.batch.open()
    room.until(lambda: not room.tasks.busy)
    assert "没有配备打印机" in words(room.batch.dialog)
    start = room.batch.dialog.findChild(QPushButton, "print_batch_start")
    assert start is not None
    assert not start.isEnabled()
    acceptance = room.parts.accept.accept(room.parts.ready(), room.printing.targets("受理通知书"))
    assert not room.printing.print_paper(acceptance.notice)
    assert isinstance(room.preview.dialog, PaperPreviewDialog)
