"""A case of half a day in the list: its light turns while the clerk looks, without midnight and without a click."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from desk_parts import Parts, counter
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.demo.world import DemoWorld
from app.domain.case import Case
from app.domain.clock import shanghai
from app.domain.numbering import provisional_number, uuid7
from app.presenters.around_words import due_words
from app.presenters.cases import CasesPresenter
from app.presenters.desk import Desk
from app.presenters.print_desk import PrintDesk
from app.services.duty import Duty
from app.settings import PrintRules
from app.workers.tasks import TaskRunner
from widgets.dialogs.cases import CaseModel
from widgets.theme import apply_theme
from widgets.views_around import CaseRow
from widgets.window import MainWindow

HOUR = dt.timedelta(hours=1)
SEAL = "11330500002601176Q300100905000001"


class Bench:
    def __init__(self, parts: Parts, presenter: CasesPresenter, case: Case) -> None:
        self.parts, self.presenter, self.case = parts, presenter, case

    def light(self) -> str:
        row = self.presenter.dialog.model.index(0, 0).data(CaseModel.ROW)
        return row.light_words if isinstance(row, CaseRow) else "not read"

    def pass_time(self, by: dt.timedelta) -> None:
        self.parts.clock.advance(by)
        self.presenter.time_passed()


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication, tmp_path: Path, world: DemoWorld) -> Iterator[Bench]:
    apply_theme(qapp)
    with counter(tmp_path / "p", world) as parts:
        now = parts.clock.now()
        accepted = parts.accept.accept(parts.ready()).cases[0]
        due_at = now + 3 * HOUR
        half = dataclasses.replace(
            accepted, case_id=uuid7(now), visit_id="half", item_code=SEAL, halves=1, due_at=due_at,
            provisional_no=provisional_number("T01", now, 99), due=shanghai(due_at).date(), facts=(), materials=(),
        )  # fmt: skip
        parts.store.accept([half], [], [])
        window, tasks = MainWindow(), TaskRunner()
        qtbot.addWidget(window)
        window.show()
        desk = Desk(parts.clock, tasks, window.notice)
        printing = PrintDesk(desk, parts.papers, {}, parts.store, PrintRules())
        made = CasesPresenter(
            window, desk, parts.my_cases(), parts.store, printing, True, Duty(parts.counter.duty.holder)
        )
        made.time_passed()  # nobody has opened the list: nothing happens
        made.open_number(half.provisional_no)
        qtbot.waitUntil(lambda: made.dialog.detail.case_id() == half.case_id, timeout=20_000)
        bench = Bench(parts, made, half)
        qtbot.waitUntil(lambda: bench.light() == "", timeout=20_000)
        yield bench
        made.dialog.close()
        tasks.close()


def test_the_light_turns_by_the_hour_and_back_with_the_clock(qtbot: QtBot, bench: Bench) -> None:
    bench.pass_time(HOUR)
    qtbot.waitUntil(lambda: bench.light() == "将到期", timeout=20_000)
    bench.pass_time(2 * HOUR)
    qtbot.waitUntil(lambda: bench.light() == "已逾期", timeout=20_000)
    qtbot.waitUntil(lambda: "已逾期" in str(bench.presenter.dialog.detail._view), timeout=20_000)
    # A clock that is put back is believed as it stands: what the screen says must not be older than the clock.
    bench.pass_time(-3 * HOUR)
    qtbot.waitUntil(lambda: bench.light() == "", timeout=20_000)


def test_nothing_is_read_again_while_no_light_turns(bench: Bench) -> None:
    asked = bench.presenter._asked
    if shanghai(bench.parts.clock.now() + HOUR / 2).date() != shanghai(bench.parts.clock.now()).date():
        pytest.skip("midnight is a turn of its own")
    bench.pass_time(HOUR / 2)
    assert bench.presenter._asked == asked


def test_the_list_of_those_that_fall_due_fills_by_itself(qtbot: QtBot, bench: Bench) -> None:
    bench.presenter.open_standing("late")
    qtbot.waitUntil(lambda: bench.presenter.dialog.model.rowCount() == 0, timeout=20_000)
    bench.pass_time(3 * HOUR)
    qtbot.waitUntil(lambda: bench.light() == "已逾期", timeout=20_000)


def test_the_list_and_the_case_say_the_time(bench: Bench) -> None:
    at = shanghai(bench.case.due_at or dt.datetime.min.replace(tzinfo=dt.UTC))
    facts = dict(bench.presenter.dialog.detail._view.facts)  # type: ignore[union-attr]
    assert facts["办结期限"] == f"{at:%Y-%m-%d %H:%M} 前"


def test_words_of_a_list() -> None:
    day, at = dt.date(2026, 11, 23), dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
    assert due_words(None, None, day) == ""
    assert due_words(day, None, day) == "11-23"
    assert due_words(day, at, day) == "今天 17:30 前"
    assert due_words(day, at, day, lit=True) == "今天 17:30"
    assert due_words(day, at, day - dt.timedelta(days=1)) == "11-23 17:30 前"


def test_the_receipt_prints_the_time(bench: Bench) -> None:
    parts = bench.parts
    stored = parts.store.case(bench.case.case_id)
    assert stored is not None
    acceptance = parts.accept.accept(parts.ready())
    paper = dataclasses.replace(acceptance.notice.paper, cases=(stored,), number=stored.provisional_no)
    with pdfium.PdfDocument(parts.counter.renderer.render(paper).pdf) as document:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
    at = shanghai(stored.due_at or dt.datetime.min.replace(tzinfo=dt.UTC))
    tight = "".join(text.split())
    assert "承诺0.5个工作日" in tight
    assert f"{at:%H:%M}前办结" in tight
