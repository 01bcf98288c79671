"""The print desk on the screen: real drivers on emulated printers, real store, real window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from desk_parts import Parts, counter
from made_up_papers import PagePrinter, StripPrinter, pdf_of, printed_pages, printed_strips
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.demo.world import DemoWorld
from app.domain.case import AuditEvent, Case
from app.domain.numbering import provisional_number, uuid7
from app.domain.printing import BatchState, PrintState, PrintTarget
from app.presenters.desk import Desk
from app.presenters.paper_preview import PaperPreview
from app.presenters.print_batch import PrintBatchPresenter
from app.presenters.print_desk import PrintDesk
from app.presenters.print_list import PrintListPresenter
from app.services.accept_case import Acceptance
from app.services.print_batch import PrintBatch
from app.settings import PrintRules
from app.workers.device_thread import DeviceThread
from app.workers.tasks import TaskRunner
from devices.emulators.tcp import TcpEmulator
from devices.registry import open_device
from widgets.dialogs.paper import PaperPreviewDialog
from widgets.dialogs.print_ask import PrintAskDialog
from widgets.dialogs.print_reason import PrintReasonDialog
from widgets.theme import apply_theme
from widgets.window import MainWindow

LONG = 30_000
"""Milliseconds: the machine of the CI is slow and loaded."""
K = Qt.Key


@dataclass
class Room:
    """A counter with its printers. Leaving out a slot of `slots` is a counter without that printer."""

    parts: Parts
    qtbot: QtBot
    folder: Path
    rules: PrintRules = field(default_factory=PrintRules)
    emulators: dict[str, PagePrinter | StripPrinter] = field(default_factory=dict)

    def begin(self, *slots: str) -> None:
        """Switch the printers on and the desk."""
        for slot in slots:
            kind = StripPrinter if slot.startswith("receipt") else PagePrinter
            if slot not in self.emulators:
                self.emulators[slot] = kind(self.folder / slot)
                self.emulators[slot].start()
        self.threads = {
            slot: DeviceThread(open_device(f"{'escpos+tcp' if 'receipt' in slot else 'socket'}://{_at(emulator)}"))
            for slot, emulator in self.emulators.items()
        }
        self.window = MainWindow()
        self.tasks = TaskRunner()
        self.desk = Desk(self.parts.clock, self.tasks, self.window.notice)
        store, duty = self.parts.store, self.parts.counter.duty
        self.printing = PrintDesk(self.desk, self.parts.papers, self.threads, store, self.rules, self.window.status)
        self.printing._timer.setInterval(150)
        self.list = PrintListPresenter(self.window, self.printing, store)
        self.batch = PrintBatchPresenter(self.window, self.printing, PrintBatch(store, self.parts.clock, duty), store)
        self.preview = PaperPreview(self.window, self.printing)
        self.printing.preview_wanted.connect(self.preview.look_first)
        self.window.show()
        for thread in self.threads.values():
            thread.start()
        self.printing.start()
        self.batch.start()

    def end(self) -> None:
        """Close the window as the program does."""
        self.printing.stop()
        self.batch.stop()
        for thread in self.threads.values():
            thread.stop()
        self.tasks.close()
        for top in (self.list.dialog, self.batch.dialog, self.batch.run, self.preview.dialog, self.window):
            top.close()
            top.deleteLater()

    def accept(self) -> Acceptance:
        """A case, accepted with its jobs as the accept presenter does it."""
        made = self.parts.accept.accept(self.parts.ready(), self.printing.targets("受理通知书"))
        self.printing.accepted(made.notice)
        return made

    def states(self) -> dict[str, PrintState]:
        return {job.slot: job.state for job in self.parts.store.print_jobs(self.parts.clock.now())}

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=LONG)

    def printed(self, slot: str) -> int:
        emulator = self.emulators[slot]
        return len(list(emulator.out.glob("*.p[dn][fg]")))

    def notice(self) -> str:
        return words(self.window.notice)

    def asked(self) -> PrintAskDialog:
        self.until(lambda: any(d.isVisible() for d in self.window.findChildren(PrintAskDialog)))
        return next(d for d in self.window.findChildren(PrintAskDialog) if d.isVisible())


def _at(emulator: TcpEmulator) -> str:
    return "{}:{}".format(*emulator.address) + ("?wait=1" if isinstance(emulator, PagePrinter) else "")


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def press(parent: QWidget, name: str) -> None:
    found = parent.findChild(QPushButton, name)
    assert found is not None
    assert found.isVisible(), name
    found.click()


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, tmp_path: Path, world: DemoWorld) -> Iterator[Room]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    with counter(tmp_path / "profile", world) as parts:
        made = Room(parts, qtbot, tmp_path)
        yield made
        made.end()
        for emulator in made.emulators.values():
            emulator.stop()


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


@pytest.mark.parametrize(("fault", "said"), [("cover-open", "上盖未合上"), ("error", "卡纸")])
def test_a_cover_or_a_jam_is_named(room: Room, fault: str, said: str) -> None:
    room.begin("receipt_printer")
    room.emulators["receipt_printer"].faults.set(fault)
    room.accept()
    room.until(lambda: said in room.notice())
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
    room.until(lambda: "第 1 次补打" in room.list.dialog.model.rows[0].paper)


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


# ---------------------------------------------------------------------------------------------------- batches


def many(parts: Parts, count: int) -> list[str]:
    """So many accepted cases with papers that bear their numbers, from 1 on."""
    first = parts.accept.accept(parts.ready()).cases[0]
    numbers = []
    for n in range(1, count + 1):
        at = parts.clock.now()
        number = provisional_number("T01", at, 5000 + n)
        case: Case = replace(first, case_id=uuid7(at), visit_id=uuid7(at), provisional_no=number)
        sealed = parts.vault.seal(pdf_of(n), "application/pdf").sha256
        made = AuditEvent(at, "演示员", "paper.made", number, {"sealed": sealed})
        parts.store.accept([case], [], [made])
        numbers.append(number)
    return numbers


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
    dialog.table.setFocus()
    QTest.keyClick(dialog, K.Key_Space)
    QTest.keyClick(dialog, K.Key_Space)
    assert dialog.model.ticked == {0, 1}
    press(dialog, "print_batch_from")
    assert dialog.model.ticked == {2, 3}
    start = dialog.findChild(QPushButton, "print_batch_start")
    assert start is not None
    assert start.text() == "打印 2 份 Enter"
    dialog.filtered.emit("1")
    assert isinstance(dialog, QWidget)


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
