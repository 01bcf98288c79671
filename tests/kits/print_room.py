"""A counter that prints: real drivers on emulated printers, real store, real window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from desk_parts import Parts, counter
from made_up_papers import PagePrinter, StripPrinter, pdf_of
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.demo.world import DemoWorld
from app.domain.case import AuditEvent, Case
from app.domain.numbering import provisional_number, uuid7
from app.domain.printing import PrintState
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
from devices.emulators.links.tcp import TcpEmulator
from devices.emulators.output.ipp_printer import IppPrinterEmulator
from devices.registry import open_device
from widgets.dialogs.print_ask import PrintAskDialog
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
    emulators: dict[str, PagePrinter | StripPrinter | IppPrinterEmulator] = field(default_factory=dict)

    def begin(self, *slots: str) -> None:
        """Switch the printers on and the desk."""
        for slot in slots:
            kind = StripPrinter if slot.startswith("receipt") else PagePrinter
            if slot not in self.emulators:
                self.emulators[slot] = kind(self.folder / slot)
                self.emulators[slot].start()
        self.threads = {
            slot: DeviceThread(open_device(f"{_scheme(emulator)}://{_at(emulator)}"))
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


def _scheme(emulator: TcpEmulator) -> str:
    if isinstance(emulator, IppPrinterEmulator):
        return "ipp"
    return "socket" if isinstance(emulator, PagePrinter) else "escpos+tcp"


def _at(emulator: TcpEmulator) -> str:
    return "{}:{}".format(*emulator.address) + ("?wait=1" if isinstance(emulator, PagePrinter) else "")


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def press(parent: QWidget, name: str) -> None:
    found = parent.findChild(QPushButton, name)
    assert found is not None
    assert found.isVisible(), name
    found.click()


@contextmanager
def print_room(qtbot: QtBot, qapp: QApplication, folder: Path, world: DemoWorld) -> Iterator[Room]:
    """A room whose printers and window are gone afterwards."""
    if not qapp.styleSheet():
        apply_theme(qapp)
    with counter(folder / "profile", world) as parts:
        made = Room(parts, qtbot, folder)
        yield made
        made.end()
        for emulator in made.emulators.values():
            emulator.stop()


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
