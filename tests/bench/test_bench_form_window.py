"""The form's widgets against a bare peer in the same run: a QFormLayout of as many plain lines.

Processor time, because others share the machine. The milliseconds are printed for this one.
"""

from __future__ import annotations

import dataclasses
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt6.QtCore import QCoreApplication, QEventLoop
from PyQt6.QtWidgets import QApplication, QFormLayout, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parents[1] / "widgets"))
import form_samples as fs

from app.domain.fact import Verdict
from app.domain.form import FieldState, FormDefinition, FormSection, Problem
from app.domain.table import write_table
from widgets.form_panel import FormPanel
from widgets.table_editor import TableEditor
from widgets.theme import apply_theme

SIZE = (780, 640)
STAFF = "business.employee_list"


def spent(work: Callable[[], object]) -> float:
    """Processor milliseconds."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def long_form(count: int) -> FormDefinition:
    """Fields of every kind, in parts of fifty."""
    known = fs.barber_form().fields
    fields = [
        dataclasses.replace(known[n % len(known)], key=f"r{n // 50}.f{n}", role=f"r{n // 50}") for n in range(count)
    ]
    parts = [tuple(fields[at : at + 50]) for at in range(0, count, 50)]
    return FormDefinition(("i",), tuple(FormSection(f"r{n}", f"第 {n} 部分", "", part) for n, part in enumerate(parts)))


class Bare(QScrollArea):
    """The peer: labels and plain lines, nothing else."""

    def fill(self, count: int) -> None:
        page = QWidget()
        layout = QFormLayout(page)
        self.lines = [QLineEdit() for _ in range(count)]
        for n, line in enumerate(self.lines):
            layout.addRow(f"项目 {n}", line)
        self.setWidget(page)


@pytest.fixture
def panel(qapp: QApplication, qtbot: QtBot) -> FormPanel:
    if not qapp.styleSheet():
        apply_theme(qapp)
    made = FormPanel()
    made.resize(*SIZE)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def bare(qtbot: QtBot, count: int) -> tuple[float, Bare]:
    """Milliseconds until a bare form of as many lines is seen."""
    made = Bare()
    made.setWidgetResizable(True)
    made.resize(*SIZE)
    qtbot.addWidget(made)
    made.show()
    QApplication.processEvents()

    def work() -> None:
        made.fill(count)
        QApplication.processEvents()
        made.grab()

    return spent(work), made


def turns(panel: FormPanel) -> list[float]:
    """Wall milliseconds of each turn of the event loop until the form is whole."""
    found = []
    while not panel.is_built():
        begun = time.process_time()
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)
        found.append((time.process_time() - begun) * 1000)
    return found


def test_a_common_form_opens(panel: FormPanel, qtbot: QtBot, capsys: pytest.CaptureFixture[str]) -> None:
    form = long_form(40)

    def work() -> None:
        panel.set_form(form)
        panel.grab()

    ours = min(spent(work) for _ in range(5))
    peer = min(bare(qtbot, 40)[0] for _ in range(3))
    with capsys.disabled():
        print(f"\n  40 fields built and drawn: {ours:.0f} ms; 40 bare lines {peer:.0f} ms; ratio {ours / peer:.1f}")
    assert ours <= peer * 4


def test_a_thousand_fields_open(panel: FormPanel, qtbot: QtBot, capsys: pytest.CaptureFixture[str]) -> None:
    form = long_form(1000)
    peer, _ = bare(qtbot, 1000)

    def seen() -> None:
        panel.set_form(form)
        panel.grab()

    first = spent(seen)
    rest = turns(panel)
    with capsys.disabled():
        print(
            f"\n  1,000 fields: seen after {first:.0f} ms, whole after {first + sum(rest):.0f} ms, the longest pause "
            f"{max(rest):.0f} ms; 1,000 bare lines {peer:.0f} ms; seen/bare {first / peer:.2f}"
        )
    assert first <= peer / 2
    assert max(rest) <= max(50.0, peer / 3)
    assert first + sum(rest) <= peer * 25


def test_a_keystroke_is_judged_and_drawn(panel: FormPanel, qtbot: QtBot, capsys: pytest.CaptureFixture[str]) -> None:
    """What the panel does for one edit among 1,000 fields: new states, new problems, what is shown of them."""
    form = long_form(1000)
    panel.set_form(form)
    turns(panel)
    states = {f.key: FieldState(fs.fact(f.key, "甲", fs.CLERK, Verdict.STATED)) for f in form.fields}
    panel.set_states(states)
    panel.set_problems([])
    QApplication.processEvents()
    key = next(f.key for f in form.fields if f.element.id == "name")
    asked = {f.key: f for f in form.fields}

    def edit(n: int) -> float:
        changed = {**states, key: FieldState(fs.fact(key, f"乙{n}", fs.CLERK, Verdict.STATED))}
        problems = [Problem(key, f"请核对 {n}")]

        def work() -> None:
            panel.set_states(changed)
            panel.set_asked(asked)
            panel.set_problems(problems)

        told = spent(work)
        QApplication.processEvents()
        return told

    edit(0)
    ours = min(edit(n) for n in range(1, 8))
    _, peer = bare(qtbot, 1000)

    def plain(n: int) -> None:
        for line in peer.lines:  # what a form without memory does: show every value again
            line.setText(f"乙{n}")
        QApplication.processEvents()

    theirs = min(spent(lambda n=n: plain(n)) for n in range(3))
    with capsys.disabled():
        print(
            f"\n  one edit among 1,000: {ours:.1f} ms; all bare lines shown again {theirs:.1f} ms; "
            f"ratio {ours / theirs:.2f}"
        )
    assert ours <= theirs


def test_a_thousand_rows_are_fluent(panel: FormPanel, capsys: pytest.CaptureFixture[str]) -> None:
    """Only what is on show costs: a thousand rows are walked about as fast as fifty."""
    panel.set_form(fs.table_form())
    table = panel.field_editor(STAFF)
    assert isinstance(table, TableEditor)

    def walk(count: int) -> float:
        rows = [{"name": f"名{n}", "sex": "1", "id_number": str(n)} for n in range(count)]
        panel.set_states({STAFF: FieldState(fs.fact(STAFF, write_table(rows), fs.CLERK, Verdict.STATED))})
        table.grid.go(0, 0)
        QApplication.processEvents()

        def steps() -> None:
            for step in range(20):
                table.grid.go((step * 37) % count, step % 3)
                table.grid.grab()

        return min(spent(steps) for _ in range(5))

    few, many = walk(50), walk(1000)
    with capsys.disabled():
        print(f"\n  20 steps through 1,000 rows: {many:.0f} ms; through 50 rows {few:.0f} ms; ratio {many / few:.2f}")
    assert many <= few * 2
