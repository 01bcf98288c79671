"""Shift+F7: the panel asks for what lacks, records a check, prints its slip; real keys on real widgets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pypdfium2 as pdfium
import pytest
from desk_parts import Parts
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.document import PaperKind
from app.domain.person import mask
from app.domain.printing import PrintTarget
from app.identity.lists import ListStanding
from app.presenters.desk import Desk
from app.presenters.identity import IdentityPresenter
from app.presenters.print_desk import PrintDesk, Wish
from app.services.compare_face import COMPARED
from app.services.verify_identity import VERIFIED, VerifyIdentity
from app.settings import PrintRules
from app.workers.tasks import TaskRunner
from devices.base import DeviceKind
from widgets.window import MainWindow

WAIT = 30_000


class Panel:
    def __init__(self, qtbot: QtBot, parts: Parts) -> None:
        self.qtbot, self.parts = qtbot, parts
        self.window, self.tasks = MainWindow(), TaskRunner()
        qtbot.addWidget(self.window)
        self.window.show()
        self.desk = Desk(parts.clock, self.tasks, self.window.notice)
        device = SimpleNamespace(kind=DeviceKind.PRINTER, uri="socket://127.0.0.1:9")
        printers: Any = {"printer": SimpleNamespace(device=device, light=SimpleNamespace(connect=lambda _: None))}
        printing = PrintDesk(self.desk, parts.papers, printers, parts.store, PrintRules())
        self.printed: list[Wish] = []
        printing.queue = self._print  # type: ignore[method-assign]
        self.compared: list[bool] = []
        self.service = VerifyIdentity(parts.store, parts.clock, parts.counter.duty, ListStanding)
        self.identity = IdentityPresenter(
            self.window, self.desk, self.service, parts.issue_paper(), printing, lambda: self.compared.append(True),
            lambda: True,
        )  # fmt: skip
        self.dialog = self.identity.dialog

    def _print(self, wish: Wish, targets: tuple[PrintTarget, ...] | None = None) -> None:
        self.printed.append(wish)

    def open(self) -> None:
        self.identity.open()
        self.qtbot.waitUntil(self.dialog.isVisible, timeout=WAIT)

    def said(self, name: str) -> str:
        label = self.dialog.findChild(QLabel, name)
        assert label is not None
        return label.text()

    def nothing_is_cut(self) -> bool:
        """Has every label the height that its words need?"""
        labels = [label for label in self.dialog.findChildren(QLabel) if label.isVisible() and label.text()]
        return all(label.height() >= label.heightForWidth(label.width()) for label in labels if label.wordWrap())

    def judge(self, same: bool) -> None:
        card = self.desk.visit.card
        assert card is not None
        at, number = self.parts.clock.now(), mask(card.number or "")
        self.desk.change(self.desk.visit.with_event(at, "演示员", COMPARED, number, same=same))


@pytest.fixture
def panel(qtbot: QtBot, parts: Parts) -> Iterator[Panel]:
    made = Panel(qtbot, parts)
    yield made
    made.dialog.reject()
    made.tasks.wait()
    made.tasks.close()


def test_it_says_what_lacks_and_leads_there(panel: Panel) -> None:
    panel.open()
    assert "还没有读证件" in panel.said("identity_ground_0")
    assert not panel.dialog.keep.isEnabled()
    panel.dialog.reject()
    panel.desk.change(panel.parts.identified(panel.desk.visit))
    panel.open()
    assert panel.said("identity_answer_0") == "真实有效"
    assert not panel.dialog.slip.isEnabled()
    QTest.mouseClick(panel.dialog.compare, Qt.MouseButton.LeftButton)
    assert panel.compared == [True]
    assert not panel.dialog.isVisible()


def test_enter_records_also_when_another_button_was_pressed_before(panel: Panel) -> None:
    panel.desk.change(panel.parts.identified(panel.desk.visit))
    panel.open()
    panel.dialog.compare.setFocus()
    QTest.mouseClick(panel.dialog.compare, Qt.MouseButton.LeftButton)
    panel.judge(True)
    panel.open()
    panel.dialog.activateWindow()
    panel.qtbot.waitUntil(panel.dialog.isActiveWindow, timeout=WAIT)
    QTest.keyClick(panel.dialog, Qt.Key.Key_Return)
    panel.qtbot.waitUntil(lambda: "已记录" in panel.said("identity_message"), timeout=WAIT)
    assert panel.compared == [True], "Enter did not lead to the face again"


def test_somebody_known_from_an_earlier_case_is_told_so_down_to_the_slip(panel: Panel) -> None:
    accepted = panel.parts.accept.accept(panel.parts.ready(), ())
    number = accepted.cases[0].applicant_number
    panel.desk.change(panel.parts.identified(panel.desk.visit))
    card = panel.desk.visit.card
    assert card is not None
    assert card.number == number
    panel.judge(True)
    panel.open()
    assert panel.said("identity_answer_2") == "来过"
    assert str(len(accepted.cases)) in panel.said("identity_ground_2")
    QTest.keyClick(panel.dialog, Qt.Key.Key_Return)
    panel.qtbot.waitUntil(lambda: "已记录" in panel.said("identity_message"), timeout=WAIT)
    (entry,) = panel.parts.store.trail_of(panel.desk.visit.visit_id, VERIFIED)
    assert json.loads(entry.details)["conclusion"] == "passed"
    QTest.mouseClick(panel.dialog.slip, Qt.MouseButton.LeftButton)
    panel.qtbot.waitUntil(panel.identity.preview.dialog.isVisible, timeout=WAIT)
    QTest.keyClick(panel.identity.preview.dialog, Qt.Key.Key_Return)
    panel.qtbot.waitUntil(lambda: len(panel.printed) == 1, timeout=WAIT)
    with pdfium.PdfDocument(panel.printed[0].paper.pdf) as document:
        said = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    assert "曾在本窗口办理，号码一致" in said
    assert "首次到本窗口办理" not in said


def test_a_check_is_recorded_and_its_slip_printed_once(panel: Panel) -> None:
    panel.desk.change(panel.parts.identified(panel.desk.visit))
    panel.judge(True)
    panel.open()
    QTest.keyClick(panel.dialog, Qt.Key.Key_Return)
    panel.qtbot.waitUntil(lambda: "已记录" in panel.said("identity_message"), timeout=WAIT)
    panel.qtbot.waitUntil(panel.nothing_is_cut, timeout=WAIT)
    QTest.mouseClick(panel.dialog.slip, Qt.MouseButton.LeftButton)
    panel.qtbot.waitUntil(panel.identity.preview.dialog.isVisible, timeout=WAIT)
    assert len(panel.parts.store.trail_of(panel.desk.visit.visit_id, VERIFIED)) == 1
    QTest.keyClick(panel.identity.preview.dialog, Qt.Key.Key_Return)
    panel.qtbot.waitUntil(lambda: len(panel.printed) == 1, timeout=WAIT)
    paper = panel.printed[0].paper.paper
    assert paper.kind is PaperKind.IDENTITY_FEEDBACK
    assert panel.desk.visit.card is not None
    assert str(panel.desk.visit.card.number) not in str(paper)


def test_the_next_document_ends_the_check(panel: Panel) -> None:
    panel.desk.change(panel.parts.identified(panel.desk.visit))
    panel.judge(True)
    panel.identity.keep()
    panel.qtbot.waitUntil(lambda: panel.service.current is not None, timeout=WAIT)
    panel.desk.change(panel.parts.identified(panel.desk.visit, "wang-ji"))
    assert panel.service.current is None


def test_a_refused_face_can_be_recorded_and_is_said(panel: Panel) -> None:
    panel.desk.change(panel.parts.identified(panel.desk.visit))
    panel.judge(False)
    panel.open()
    assert panel.said("identity_answer_1") == "不是本人"
    assert panel.dialog.keep.isEnabled()
