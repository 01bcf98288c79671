"""A possible duplicate is seen in the list, looked at side by side, and settled by a person; offline it stays open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from desk_parts import Parts, counter
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.demo.world import DemoWorld
from app.domain.case import Case
from app.domain.clock import isoformat
from app.domain.numbering import uuid7
from app.presenters.cases import CasesPresenter
from app.presenters.desk import Desk
from app.presenters.print_desk import PrintDesk
from app.server.errors import Rejected, Unreachable
from app.services.duty import Duty
from app.settings import PrintRules
from app.workers.tasks import TaskRunner
from widgets.dialogs.cases import CaseModel
from widgets.theme import apply_theme
from widgets.views_around import CaseRow
from widgets.window import MainWindow

K = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
OTHER = "B02202611220001"


@dataclass
class Line:
    """The platform, as far as it is asked."""

    fails: Exception | None = None
    said: list[tuple[str, ...]] = field(default_factory=list)

    def settle_double(self, double_id: str, case_id: str, decision: str, clerk: str) -> None:
        if self.fails is not None:
            raise self.fails
        self.said.append((double_id, case_id, decision, clerk))


def message(case: Case, parts: Parts) -> dict[str, Any]:
    at = isoformat(parts.clock.now())
    double = {
        "double_id": "the-pair",
        "case_no": "GW-2",
        "provisional_no": OTHER,
        "place": "示范区政务服务中心 2 号窗口",
    }
    return {
        "id": f"{case.case_id}.double.{uuid7(parts.clock.now())}", "kind": "notice", "case_id": case.case_id,
        "case_no": "GW-1", "provisional_no": case.provisional_no, "stage": 2, "at": at, "words": "疑似重复",
        "due": None, "result": "", "double": {**double, "accepted_at": at, "decision": "", "clerk": ""},
    }  # fmt: skip


@dataclass
class Bench:
    parts: Parts
    presenter: CasesPresenter
    line: Line
    case: Case

    def words(self) -> str:
        top = self.presenter.doubles.dialog
        return "\n".join(label.text() for label in top.findChildren(QLabel) if label.isVisible())

    def row(self) -> CaseRow:
        row = self.presenter.dialog.model.index(0, 0).data(CaseModel.ROW)
        assert isinstance(row, CaseRow)
        return row


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication, tmp_path: Path, world: DemoWorld) -> Iterator[Bench]:
    apply_theme(qapp)
    with counter(tmp_path / "p", world) as parts:
        case = parts.accept.accept(parts.ready()).cases[0]
        parts.store.apply_feed("messages", [message(case, parts)], [], "c1")
        window, tasks, line = MainWindow(), TaskRunner(), Line()
        qtbot.addWidget(window)
        window.show()
        desk = Desk(parts.clock, tasks, window.notice)
        printing = PrintDesk(desk, parts.papers, {}, parts.store, PrintRules())
        made = CasesPresenter(
            window, desk, parts.my_cases(line), parts.store, printing, True, Duty(parts.counter.duty.holder)
        )
        made.open_number(case.provisional_no)
        qtbot.waitUntil(lambda: made.dialog.detail.case_id() == case.case_id, timeout=20_000)
        yield Bench(parts, made, line, case)
        made.dialog.close()
        tasks.close()


def open_pair(qtbot: QtBot, bench: Bench) -> None:
    QTest.keyClick(bench.presenter.dialog, K.Key_D, CTRL)
    dialog = bench.presenter.doubles.dialog
    qtbot.waitUntil(dialog.isVisible, timeout=20_000)
    # A key of a button is heard only in the window that is in front.
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=20_000)


def test_it_is_seen_and_settled_by_keys(qtbot: QtBot, bench: Bench) -> None:
    assert bench.row().light_words == "疑似重复"
    open_pair(qtbot, bench)
    words = bench.words()
    assert OTHER in words
    assert bench.case.provisional_no in words
    assert bench.case.applicant_name not in words
    QTest.keyClick(bench.presenter.doubles.dialog, K.Key_2, ALT)
    qtbot.waitUntil(lambda: bench.presenter.doubles.dialog.isHidden(), timeout=20_000)
    assert bench.line.said == [("the-pair", bench.case.case_id, "mine", bench.presenter.doubles._duty.clerk)]
    assert bench.parts.store.audit_entries(0, 500)[-1].action == "double.settled"
    qtbot.waitUntil(lambda: bench.row().light_words != "疑似重复", timeout=20_000)
    qtbot.waitUntil(lambda: "只办本件" in str(bench.presenter.dialog.detail._view.facts), timeout=20_000)  # type: ignore[union-attr]
    with qtbot.assertNotEmitted(bench.presenter.dialog.double_asked):
        QTest.keyClick(bench.presenter.dialog, K.Key_D, CTRL)


@pytest.mark.parametrize(
    ("fails", "words"),
    [
        (lambda: Unreachable("连接超时"), "现在连不上平台"),
        (lambda: Rejected(422, "已有人处理过", "两件都要办"), "已有人处理过"),
    ],
)
def test_what_the_platform_does_not_take_stays_open(
    qtbot: QtBot, bench: Bench, fails: Callable[[], Exception], words: str
) -> None:
    bench.line.fails = fails()
    open_pair(qtbot, bench)
    QTest.keyClick(bench.presenter.doubles.dialog, K.Key_1, ALT)
    qtbot.waitUntil(lambda: words in bench.words(), timeout=20_000)
    assert bench.parts.store.open_doubles() == {bench.case.case_id}
    assert bench.presenter.doubles.dialog._choices[0].isEnabled(), "it can be said again"


def test_enter_decides_nothing(qtbot: QtBot, bench: Bench) -> None:
    open_pair(qtbot, bench)
    QTest.keyClick(bench.presenter.doubles.dialog, K.Key_Return)
    qtbot.waitUntil(lambda: bench.presenter.doubles.dialog.isHidden(), timeout=20_000)
    assert bench.line.said == []
    assert bench.parts.store.open_doubles() == {bench.case.case_id}
