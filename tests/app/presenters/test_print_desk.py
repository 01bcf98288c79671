"""The print desk on the screen: printers that refuse, fates that are open, papers looked at first, reprints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from print_room import Room, press, print_room, words
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.demo.world import DemoWorld
from app.domain.printing import PrintState, PrintTarget
from app.services.print_choices import sheet_size
from app.settings import PrintRules
from devices.drivers.output.ipp_state import JobState
from devices.emulators.output.ipp_printer import IppPrinterEmulator
from widgets.dialogs.print_reason import PrintReasonDialog

K = Qt.Key


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, tmp_path: Path, world: DemoWorld) -> Iterator[Room]:
    with print_room(qtbot, qapp, tmp_path, world) as made:
        yield made


def test_one_key_prints_at_once_on_both_printers(room: Room) -> None:
    room.begin("printer", "receipt_printer")
    acceptance = room.accept()
    room.until(lambda: room.states() == dict.fromkeys(("printer", "receipt_printer"), PrintState.PRINTED))
    (pdf,) = (room.folder / "printer").glob("*.pdf")
    assert pdf.read_bytes() == acceptance.notice.pdf
    room.until(lambda: room.window.status.prints_words() == "")


def test_out_of_paper_waits_and_goes_on_by_itself(room: Room) -> None:
    room.begin("printer", "receipt_printer")
    room.emulators["receipt_printer"].faults.set("paper-out")
    room.accept()
    room.until(lambda: "receipt_printer" in room.printing.blocked)
    assert "凭条打印机没有打印" in room.notice()
    assert "缺纸" in room.notice()
    room.until(lambda: room.window.status.prints_words() == "等打印机 1")
    room.until(lambda: room.states()["printer"] is PrintState.PRINTED)  # the other printer does not wait for it
    assert room.printed("receipt_printer") == 0
    room.list.open()
    room.until(lambda: len(room.list.dialog.model.rows) == 1)
    assert room.list.dialog.model.rows[0].state_words == "等打印机"
    assert "缺纸" in words(room.list.dialog)
    room.emulators["receipt_printer"].faults.clear()
    room.until(lambda: room.states()["receipt_printer"] is PrintState.PRINTED)
    assert room.printed("receipt_printer") == 1
    room.until(lambda: room.window.status.prints_words() == "")


def test_a_cover_and_a_jam_are_named(room: Room) -> None:
    room.begin("receipt_printer")
    room.emulators["receipt_printer"].faults.set("cover-open")
    room.accept()
    room.until(lambda: "上盖未合上" in room.notice())
    room.emulators["receipt_printer"].faults.set("error")
    room.emulators["receipt_printer"].faults.set("cover-open", 0)
    room.until(lambda: "卡纸" in room.printing.blocked["receipt_printer"].detail)
    room.emulators["receipt_printer"].faults.clear()
    room.until(lambda: room.states() == {"receipt_printer": PrintState.PRINTED})


def test_paper_that_ends_on_the_way_is_asked_about(room: Room) -> None:
    room.begin("receipt_printer")
    room.emulators["receipt_printer"].faults.set("runs-out", 1)
    acceptance = room.accept()
    dialog = room.asked()
    assert acceptance.notice.paper.number in words(dialog)
    assert "打印过程中" in words(dialog)
    QTest.keyClick(dialog, K.Key_Return)
    assert dialog.isVisible(), "Enter may have been meant for the form"
    press(dialog, "print_ask_not_there")
    room.until(lambda: room.states() == {"receipt_printer": PrintState.PRINTED})
    assert room.printed("receipt_printer") == 1, "what ran out was no strip"


def test_an_open_fate_holds_nothing_up(room: Room) -> None:
    room.begin("printer")
    room.emulators["printer"].faults.set("silent", 1)
    first = room.accept()
    dialog = room.asked()
    second = room.accept()
    room.until(lambda: room.printed("printer") == 2)
    press(dialog, "print_ask_later")
    room.until(lambda: room.window.status.prints_words() == "打印待确认 1")
    assert "待确认" in room.notice()
    room.window.status.prints_clicked.emit()
    rows = room.list.dialog.model.rows
    room.until(lambda: len(room.list.dialog.model.rows) == 1)
    rows = room.list.dialog.model.rows
    assert (rows[0].number, rows[0].state_words) == (first.notice.paper.number, "待确认")
    room.until(lambda: not room.list.dialog.head._page.isNull())
    press(room.list.dialog, "prints_there")
    room.until(lambda: room.window.status.prints_words() == "")
    assert room.printed("printer") == 2
    assert room.parts.store.audit_entries()[-1].action == "print.there"
    assert second.notice.paper.number != first.notice.paper.number


def test_a_dead_printer_s_job_goes_to_another(room: Room) -> None:
    room.begin("printer", "printer_2")
    room.emulators["printer"].stop()
    room.accept()
    room.until(lambda: "printer" in room.printing.blocked)
    room.list.open()
    room.until(lambda: bool(room.list.dialog.model.rows))
    press(room.list.dialog, "prints_elsewhere")
    room.until(lambda: room.states() == {"printer_2": PrintState.PRINTED})
    assert room.printed("printer_2") == 1


def test_a_job_that_waits_can_be_called_off(room: Room) -> None:
    room.begin("receipt_printer")
    room.emulators["receipt_printer"].faults.set("paper-out")
    room.accept()
    room.until(lambda: "receipt_printer" in room.printing.blocked)
    room.list.open()
    room.until(lambda: bool(room.list.dialog.model.rows))
    press(room.list.dialog, "prints_cancel")
    room.until(lambda: room.states() == {"receipt_printer": PrintState.CANCELLED})
    room.emulators["receipt_printer"].faults.clear()
    room.until(lambda: not room.printing.blocked)
    assert room.printed("receipt_printer") == 0


def test_a_reprint_from_the_list_wants_a_reason_and_says_so(room: Room) -> None:
    room.rules = PrintRules(reprint_reason=True)
    room.begin("printer")
    room.accept()
    room.until(lambda: room.states() == {"printer": PrintState.PRINTED})
    room.list.open()
    room.until(lambda: bool(room.list.dialog.model.rows))
    press(room.list.dialog, "prints_again")
    dialog = room.list.dialog.findChild(PrintReasonDialog)
    assert dialog is not None
    dialog.choice.set_value("污损")
    press(dialog, "print_reason_go")
    room.until(lambda: room.printed("printer") == 2)
    entry = next(e for e in room.parts.store.audit_entries() if e.action == "paper.reprinted")
    assert "污损" in entry.details
    room.until(lambda: "补打 1" in room.list.dialog.model.rows[0].paper)


def test_whoever_gives_no_reason_prints_nothing(room: Room) -> None:
    room.rules = PrintRules(reprint_reason=True)
    room.begin("printer")
    room.accept()
    room.until(lambda: room.states() == {"printer": PrintState.PRINTED})
    room.list.open()
    room.until(lambda: bool(room.list.dialog.model.rows))
    press(room.list.dialog, "prints_again")
    dialog = room.list.dialog.findChild(PrintReasonDialog)
    assert dialog is not None
    press(dialog, "print_reason_leave")
    room.until(lambda: not room.tasks.busy)
    assert len(room.parts.store.print_jobs(room.parts.clock.now())) == 1


def test_looked_at_first_then_printed_where_and_how_often_the_clerk_says(room: Room) -> None:
    room.rules = PrintRules(preview=True)
    room.begin("printer", "printer_2", "receipt_printer")
    acceptance = room.accept()
    dialog = room.preview.dialog
    room.until(dialog.isVisible)
    assert set(room.states().values()) == {PrintState.HELD}
    assert acceptance.notice.paper.number in words(dialog)
    assert len(dialog.findChildren(QWidget, "sheet_0")) == 1
    pages = len(dialog._sheets)
    assert dialog._sheets[pages - 1].width() < dialog._sheets[0].width(), "the strip stands beside, as narrow as it is"
    press(dialog, "output_0_printer_2")
    QTest.keyClick(dialog, K.Key_Plus)
    press(dialog, "output_1_none")
    press(dialog, "paper_print")
    room.until(lambda: room.printed("printer_2") == 2)
    room.until(lambda: not room.tasks.busy)
    assert room.printed("printer") == 0
    assert room.states()["receipt_printer"] is PrintState.CANCELLED
    assert room.printing.choices.targets("受理通知书") == (PrintTarget("printer_2", "A4", 2),)


def test_a_preview_that_is_closed_leaves_the_paper_to_be_printed_later(room: Room) -> None:
    room.rules = PrintRules(preview=True)
    room.begin("printer")
    room.accept()
    room.until(room.preview.dialog.isVisible)
    room.preview.dialog.reject()
    room.until(lambda: room.window.status.prints_words() == "打印未放行 1")
    room.list.open()
    room.until(lambda: bool(room.list.dialog.model.rows))
    press(room.list.dialog, "prints_go")
    room.until(lambda: room.states() == {"printer": PrintState.PRINTED})


def test_what_a_power_cut_left_is_printed_at_the_next_start(room: Room) -> None:
    room.begin("printer")
    room.end()
    room.parts.accept.accept(room.parts.ready(), (PrintTarget("printer", "A4"),))
    room.begin("printer")
    room.until(lambda: room.states() == {"printer": PrintState.PRINTED})


def test_another_sheet_is_seen_before_it_is_printed_and_remembered(room: Room) -> None:
    """Ctrl+Shift+3: A5. The preview shows it, the printer gets it, the next paper of this kind goes the same way."""
    room.rules = PrintRules(preview=True)
    room.begin("printer")
    room.accept()
    dialog = room.preview.dialog
    room.until(dialog.isVisible)
    outputs = dialog.outputs.outputs()
    assert [value for value, _ in outputs[0].shapes] == ["A4", "A4-large", "A5", "A5-large"]
    wide = dialog._sheets[0]._share
    QTest.keyClick(dialog, K.Key_3, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    room.until(lambda: dialog._sheets[0]._share < wide)
    assert abs(dialog._sheets[0]._share - 148 / 210) < 0.01
    press(dialog, "paper_print")
    room.until(lambda: room.printed("printer") == 1)
    (pdf,) = (room.folder / "printer").glob("*.pdf")
    assert sheet_size(pdf.read_bytes()) == "A5"
    (target,) = room.printing.targets("受理通知书")
    assert target.size == "A5"
    room.accept()
    room.until(lambda: dialog.isVisible() and abs(dialog._sheets[0]._share - 148 / 210) < 0.01)
    press(dialog, "paper_print")
    room.until(lambda: room.printed("printer") == 2)


def test_an_issued_paper_comes_out_again_on_sheets_only(room: Room) -> None:
    room.begin("printer", "receipt_printer")
    acceptance = room.accept()
    room.until(lambda: set(room.states().values()) == {PrintState.PRINTED})
    pdf = room.parts.counter.renderer.once_more(acceptance.notice.pdf, 1, room.parts.clock.now(), "李敏")
    assert room.printing.write_copy("TJ1", "退件通知书", pdf, 1, "遗失", None)
    room.printing.kick()
    room.until(lambda: room.printed("printer") == 2)
    copies = [job for job in room.parts.store.print_jobs(room.parts.clock.now()) if job.paper_number == "TJ1"]
    assert [(job.slot, job.reprint, job.reason) for job in copies] == [("printer", 1, "遗失")]
    only_strip = (PrintTarget("receipt_printer", "80mm"),)
    assert not room.printing.write_copy("TJ2", "退件通知书", pdf, 1, "", only_strip)
    # In the list of jobs it says where it can be printed once more.
    room.list.open()
    room.until(lambda: any(row.number == "TJ1" for row in room.list.dialog.model.rows))
    room.list._again(copies[0].job_id)
    assert "我的办件" in words(room.list.dialog)


def ipp_room(room: Room) -> IppPrinterEmulator:
    made = IppPrinterEmulator(room.folder / "printer", page_seconds=0.02)
    made.start()
    room.emulators["printer"] = made
    room.begin("printer")
    return made


def test_sheets_that_end_before_a_job_are_waited_for_and_it_comes_out_once(room: Room) -> None:
    """What the raw port cannot know: the printer has the job, and says that it has no paper."""
    printer = ipp_room(room)
    printer.faults.set("media-empty")
    acceptance = room.accept()
    room.until(lambda: "printer" in room.printing.blocked)
    assert "缺纸，请加纸" in room.notice()
    printer.faults.clear()
    room.until(lambda: room.states() == {"printer": PrintState.PRINTED})
    (pdf,) = printer.out.glob("*.pdf")
    assert pdf.read_bytes() == acceptance.notice.pdf


def test_sheets_that_end_in_the_middle_are_asked_about_and_never_come_out_twice(room: Room) -> None:
    printer = ipp_room(room)
    printer.faults.set("runs-out")
    room.accept()
    dialog = room.asked()
    assert "已打出 1 面" in words(dialog)
    printer.refill()  # by itself the printer does not go on: the job was taken back
    assert [job.state for job in printer.jobs] == [JobState.CANCELED]
    QTest.keyClick(dialog, K.Key_N)
    room.until(lambda: room.states() == {"printer": PrintState.PRINTED})
    assert room.printed("printer") == 1
