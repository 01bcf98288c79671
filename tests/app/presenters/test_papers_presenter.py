"""Ctrl+W: the papers of the visitor in hand, of an earlier case and of the window; previewed, printed once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from desk_parts import BUNDLE, Parts, counter
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.demo.world import DemoWorld
from app.domain.document import PaperKind, RenderedPaper
from app.domain.printing import PrintTarget
from app.domain.signature import Point, Signature
from app.presenters.accept import AcceptPresenter
from app.presenters.desk import Desk
from app.presenters.papers import PapersPresenter
from app.presenters.print_desk import PrintDesk, Wish
from app.services.day_board import DayBoard
from app.services.issue_paper import IssuePaper
from app.services.one_time_notice import OneTimeNotice
from app.services.paper_records import PaperRecords
from app.services.paper_subject import ISSUED
from app.services.sign_paper import SIGNED, CheckPaperSignature, PaperSignatureState, SignPaper
from app.settings import Limits, PrintRules
from app.workers.tasks import TaskRunner
from devices.base import DeviceKind
from devices.kinds.biometric import Fingerprint
from widgets.theme import apply_theme
from widgets.window import MainWindow

WAIT = 20_000


class Bench:
    """A window with the papers' presenter; what is sent to the printers is kept."""

    def __init__(self, parts: Parts, window: MainWindow, tasks: TaskRunner, qtbot: QtBot, printer: bool = True) -> None:
        self.parts = parts
        self.qtbot = qtbot
        self.window = window
        self.desk = Desk(parts.clock, tasks, window.notice)
        notice = OneTimeNotice(parts.counter)
        departments = {d.id: d.name for d in parts.catalog.departments.values()}
        device = SimpleNamespace(kind=DeviceKind.PRINTER, uri="socket://127.0.0.1:9")
        light = SimpleNamespace(connect=lambda _: None)
        printers: Any = {"printer": SimpleNamespace(device=device, light=light)} if printer else {}
        self.printing = PrintDesk(self.desk, parts.papers, printers, parts.store, PrintRules())
        self.accept = AcceptPresenter(window, self.desk, parts.accept, self.printing, parts.drafts, departments, notice)
        self.printed: list[RenderedPaper] = []
        self.printing.queue = self._print  # type: ignore[method-assign]
        duty = parts.counter.duty
        board = DayBoard(parts.store, parts.clock, parts.counter.window, duty, Limits())
        records = PaperRecords(parts.store, parts.catalog, parts.clock, duty, board, parts.drafts)
        self.asked: list[tuple[Any, ...]] = []
        signing: Any = SimpleNamespace(ask=lambda *question, too: self.asked.append((*question, too)))
        service = IssuePaper(parts.counter, records, notice)
        self.papers = PapersPresenter(window, self.desk, service, self.accept, self.printing, signing,
                                      SignPaper(parts.counter, service))  # fmt: skip

    def _print(self, wish: Wish, targets: tuple[PrintTarget, ...] | None = None) -> None:
        if targets:
            self.printed.append(wish.paper)

    def open(self, wanted: str = "") -> None:
        self.papers.open(wanted)
        self.qtbot.waitUntil(self.papers.dialog.isVisible, timeout=WAIT)

    def type(self, key: str, words: str) -> None:
        field = self.papers.dialog.findChild(QLineEdit, f"papers_{key}") or self.papers.dialog.findChild(
            QPlainTextEdit, f"papers_{key}"
        )
        assert field is not None
        if isinstance(field, QLineEdit):
            field.setText(words)
        else:
            field.setPlainText(words)

    def issue(self) -> None:
        QTest.keyClick(self.papers.dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def previewed(self) -> None:
        self.qtbot.waitUntil(self.papers.preview.dialog.isVisible, timeout=WAIT)

    def message(self) -> str:
        label = self.papers.dialog.findChild(QLabel, "papers_message")
        assert label is not None
        return label.text() if label.isVisible() else ""

    def issued(self) -> int:
        return sum(entry.action == ISSUED for entry in self.parts.store.audit_entries(limit=5000))


@pytest.fixture(params=[True])
def bench(
    request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication, tmp_path: Path, world: DemoWorld
) -> Iterator[Bench]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    with counter(tmp_path / "profile", world) as parts:
        window = MainWindow()
        window.show()
        tasks = TaskRunner()
        yield Bench(parts, window, tasks, qtbot, request.param)
        tasks.wait()
        tasks.close()
        window.close()


def test_a_refusal_for_the_visitor_in_hand_is_previewed_and_printed_once(bench: Bench) -> None:
    bench.desk.begin(bench.parts.choose.add(bench.parts.identified(bench.parts.begin()), BUNDLE))
    bench.open("REFUSAL_NOTICE")
    bench.issue()
    bench.qtbot.waitUntil(lambda: "事实和理由" in bench.message(), timeout=WAIT)
    bench.type("explanation", "无需许可")
    bench.type("review", "区政府")
    bench.type("court", "区法院")
    bench.issue()
    bench.issue()  # an impatient second press
    bench.previewed()
    assert bench.message() == ""
    assert bench.issued() == 1
    assert bench.printed == []
    bench.papers.preview.dialog.print_requested.emit()
    bench.qtbot.waitUntil(lambda: len(bench.printed) == 1, timeout=WAIT)
    paper = bench.printed[0].paper
    assert (paper.kind, paper.reprint, paper.language) == (PaperKind.REFUSAL_NOTICE, 0, "zh")
    assert not bench.papers.dialog.isVisible()
    assert paper.number in bench.window.notice.words()


def test_another_print_of_it_is_marked(bench: Bench) -> None:
    bench.open("SAFETY_REPORT")
    bench.issue()
    bench.previewed()
    for times in (1, 2, 3):
        bench.papers.preview.dialog.print_requested.emit()
        bench.qtbot.waitUntil(lambda n=times: len(bench.printed) == n, timeout=WAIT)  # type: ignore[misc]
    assert [one.paper.reprint for one in bench.printed] == [0, 1, 2]
    assert len({one.job_id for one in bench.printed}) == 3
    assert bench.issued() == 1


@pytest.mark.parametrize("bench", [False], indirect=True)
def test_without_a_printer_it_is_said(bench: Bench) -> None:
    bench.open("SAFETY_REPORT")
    bench.issue()
    bench.previewed()
    bench.papers.preview.dialog.print_requested.emit()
    bench.qtbot.waitUntil(lambda: "没有打印" in bench.window.notice.title(), timeout=WAIT)


def test_an_accepted_visit_and_an_earlier_case_have_their_own_papers(bench: Bench) -> None:
    acceptance = bench.parts.accept.accept(bench.parts.ready())
    bench.accept.acceptance = acceptance
    bench.open("TOLERANCE_PROMISE")
    bench.issue()
    bench.previewed()
    bench.papers.preview.dialog.reject()
    bench.papers.dialog.reject()
    bench.accept.acceptance = None
    bench.papers.open_case(acceptance.cases[1].case_id)
    bench.qtbot.waitUntil(bench.papers.dialog.isVisible, timeout=WAIT)
    bench.papers.dialog.choose("COMPLETION_NOTICE")
    bench.type("review", "区政府")
    bench.type("court", "区法院")
    bench.issue()
    bench.previewed()
    assert bench.issued() == 2


def test_the_palette_finds_papers_by_name_and_by_sound(bench: Bench) -> None:
    assert bench.papers.palette("") == ()
    for words in ("退件", "tuijian", "tjtz"):
        assert "退件通知书" in [entry.row.title for entry in bench.papers.palette(words)]
    entry = next(e for e in bench.papers.palette("交接班") if e.row.title == "交接班表")
    entry.run()
    bench.qtbot.waitUntil(bench.papers.dialog.isVisible, timeout=WAIT)
    assert bench.papers.dialog.answers()["subject"] == "交班"


def test_a_paper_is_shown_before_it_is_signed_and_the_signature_is_bound_to_that(bench: Bench) -> None:
    bench.desk.begin(bench.parts.choose.add(bench.parts.identified(bench.parts.begin()), BUNDLE))
    bench.open("REFUSAL_NOTICE")
    for key, words in (("explanation", "无需许可"), ("review", "区政府"), ("court", "区法院")):
        bench.type(key, words)
    sign = bench.papers.dialog.findChild(QPushButton, "papers_sign")
    assert sign is not None
    sign.click()
    sign.click()  # an impatient second press
    bench.qtbot.waitUntil(lambda: bool(bench.asked), timeout=WAIT)
    ((title, statement, then, _, pages, _, too),) = bench.asked
    assert title == "不予受理通知书"
    assert not too, "it is no commitment"
    assert all(page.width() > 500 for page in pages)
    assert pages
    assert bench.issued() == 0, "shown is not issued"
    then(Signature((tuple(Point(20.0 * n, 40.0, 0.5, 10 * n) for n in range(20)),), 640, 200, "pen"))
    bench.previewed()
    assert bench.issued() == 1
    bench.papers.preview.dialog.print_requested.emit()
    bench.qtbot.waitUntil(lambda: len(bench.printed) == 1, timeout=WAIT)
    paper = bench.printed[0]
    assert paper.paper.number in statement
    assert paper.paper.signature is not None
    found = CheckPaperSignature(bench.parts.store, bench.parts.vault).check(paper.paper.number, paper.pdf)
    assert found.state is PaperSignatureState.HOLDS


@pytest.mark.parametrize(("kind", "too"), [("PROMISE", True), ("MATERIAL_RECEIPT", False)], ids=["promise", "receipt"])
def test_the_site_s_rule_asks_for_a_finger_under_commitments_alone(bench: Bench, kind: str, too: bool) -> None:
    bench.printing.rules = PrintRules(finger_too=True)
    cases = bench.parts.accept.accept(bench.parts.ready()).cases
    bench.papers.open_case(
        next(case for case in cases if any(m.status.value == "promised" for m in case.materials)).case_id, kind
    )
    bench.qtbot.waitUntil(bench.papers.dialog.isVisible, timeout=WAIT)
    sign = bench.papers.dialog.findChild(QPushButton, "papers_sign")
    assert sign is not None
    sign.click()
    bench.qtbot.waitUntil(lambda: bool(bench.asked), timeout=WAIT)
    (*_, pressed, asked_too) = bench.asked[0]
    assert asked_too is too
    ink = Signature((tuple(Point(20.0 * n, 40.0, 0.5, 10 * n) for n in range(20)),), 640, 200, "pen")
    pressed(ink, Fingerprint(bytes(512), "iso19794-2", 82))
    bench.previewed()
    entry = next(e for e in bench.parts.store.audit_entries(limit=5000) if e.action == SIGNED)
    assert {"sealed", "finger"} <= json.loads(entry.details).keys()
