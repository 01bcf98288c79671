"""The states of the form in the gallery: what is typed, what disagrees, what folds, tables; its dialogs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

import form_samples as fs
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QWidget

import resources
from app.domain.clock import FixedClock
from app.domain.fact import Verdict
from app.domain.form import CellProblem, FieldState, FieldTrail, Problem
from app.domain.table import write_table
from app.forms.divisions import Divisions, read_divisions
from app.forms.typing_help import FormHelp
from widgets.dialogs.findings import Finding, FindingsDialog
from widgets.dialogs.trail import TrailDialog
from widgets.views import Tone
from widgets.window import MainWindow

State = Callable[[MainWindow], None]


@cache
def _divisions() -> Divisions:
    return read_divisions(resources.path("divisions/divisions.tsv").read_text(encoding="utf-8"), "330500")


def clerks_help(window: MainWindow) -> None:
    """What answers while something is typed: the real one, on a fixed day."""
    clock = FixedClock(fs.AT)
    made = FormHelp(clock)
    made.warm(_divisions())
    window.form.set_help(made)


def _type(window: MainWindow, key: str, words: str) -> None:
    window.form.focus_field(key)
    for _ in range(3):
        QApplication.processEvents()
    line = window.form.field_editor(key)
    QTest.keyClicks(line, words)
    QApplication.processEvents()


def typing_place(window: MainWindow) -> None:
    """Initials narrow an address."""
    _type(window, "premises.address", "wx ")


def typing_nation(window: MainWindow) -> None:
    """Pinyin finds an entry of a code list; a number that is wrong says where."""
    _type(window, "applicant.nation", "m")


def typing_number(window: MainWindow) -> None:
    number = fs.ID_NUMBER
    _type(window, "applicant.id_number", number[:14] + number[15] + number[14] + number[16:])


def disagreeing(window: MainWindow) -> None:
    """Two sources beside each other, the cursor on the second."""
    window.notice.dismiss()
    states = fs.conflict_states()
    other = fs.fact("applicant.nation", "03", fs.CLERK, Verdict.STATED)
    states["applicant.nation"] = FieldState(states["applicant.nation"].fact, (other,))
    window.form.set_states(states)
    window.form.focus_field("applicant.address")
    window.form.field_row("applicant.address").enter_choices()


def folded(window: MainWindow) -> None:
    """What is done has folded away; the heading of the part in hand stays."""
    states = fs.filled_states(typed=True)
    for key in ("signboard.text", "signboard.until", "hygiene.manager"):
        states.pop(key)
    window.form.set_states(states)
    window.form.set_problems(fs.problems(states))
    window.form.focus_field("applicant.name")
    QApplication.processEvents()
    window.form.focus_field("signboard.text")


def table(window: MainWindow) -> None:
    """Rows of employees, two cells wrong."""
    window.form.set_form(fs.table_form())
    window.form.set_title("职工参保登记")
    rows = [
        {"name": "张㛃", "sex": "2", "id_number": fs.ID_NUMBER},
        {"name": "李𠮷", "sex": "1", "id_number": "3305021990030740"},
        {"name": "", "sex": "1", "id_number": fs.ID_NUMBER},
    ]
    key = "business.employee_list"
    window.form.set_states({key: FieldState(fs.fact(key, write_table(rows), fs.CLERK, Verdict.STATED))})
    cells = (CellProblem(1, "id_number", "证件号码应为 18 位"), CellProblem(2, "name", "请填写姓名", missing=True))
    window.form.set_problems([Problem(key, "第 2 行：证件号码应为 18 位；第 3 行：请填写姓名", cells=cells)])
    window.form.show_problems(True)
    window.form.focus_field(key)


def _after(first: State, then: State, window: MainWindow) -> None:
    clerks_help(window)
    first(window)
    then(window)


def states(filling: State, wrong: State) -> dict[str, State]:
    """By name; each begins where a form is being filled, or has been checked."""
    begun = {
        "7a-place": typing_place,
        "7b-nation": typing_nation,
        "7c-number": typing_number,
        "7e-folded": folded,
        "7f-table": table,
    }
    return {
        **{name: partial(_after, filling, then) for name, then in begun.items()},
        "7d-disagreeing": partial(_after, wrong, disagreeing),
    }


def dialogs() -> dict[str, QWidget]:
    """The form's dialogs, filled."""
    state = fs.conflict_states()["applicant.address"]
    return {
        "d-findings": FindingsDialog(
            (
                Finding("a", "申请人（经营者）", "联系电话", "手机号应为 11 位，现为 7 位", Tone.ERROR),
                Finding("b", "拟设主体", "职工名册", "应为 18 位", Tone.ERROR, 1, "id_number"),
                Finding("c", "拟设主体", "字号名称", "请填写字号名称", Tone.NEUTRAL),
                Finding("d", "经营场所", "建筑面积", "来自图像识别，请与原件核对", Tone.WARNING),
            )
        ),
        "d-trail": TrailDialog("住址", FieldTrail(state.fact, (state.rivals[0],), True, "已核对原件"), str),
    }
