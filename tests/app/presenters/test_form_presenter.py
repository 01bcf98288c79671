"""The form with the real window and the real rules: keys as the clerk presses them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.clerk import Clerk
from app.domain.clock import FixedClock
from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.item import Catalog, Element, ElementType, FieldUse, Item, Role
from app.forms.combine import combine
from app.presenters.desk import Desk
from app.presenters.form import FormPresenter
from app.presenters.player_hands import Hands, ScenarioFailed
from app.services.duty import Duty
from app.services.fill_form import FillForm
from app.services.visit import new_visit
from app.workers.tasks import TaskRunner
from widgets.dialogs.trail import TrailDialog
from widgets.table_editor import TableEditor
from widgets.window import MainWindow

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
NOW = dt.datetime(2026, 11, 21, 2, 0, tzinfo=dt.UTC)
NUMBER = "330502199003071232"
T = ElementType
ELEMENTS = {
    e.id: e
    for e in (
        Element("name", "姓名", "", T.TEXT),
        Element("nation", "民族", "", T.CHOICE, codes={"01": "汉族", "03": "回族"}),
        Element("id_number", "证件号码", "", T.ID_NUMBER),
        Element("birth_date", "出生日期", "", T.DATE, {"x-not-after": "today"}),
        Element("sex", "性别", "", T.CHOICE, codes={"1": "男", "2": "女"}),
        Element("address", "住址", "", T.TEXT, {"x-place": True, "maxLength": 120}),
        Element("opening_date", "开业日期", "", T.DATE),
        Element("staff", "职工名册", "", T.TABLE, columns=("name", "sex", "birth_date")),
    )
}


@dataclass
class Bench:
    window: MainWindow
    desk: Desk
    fill: FillForm
    presenter: FormPresenter

    def value(self, key: str) -> str:
        return self.desk.visit.form.state(f"applicant.{key}").value

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, modifiers)  # type: ignore[call-overload]
        QApplication.processEvents()

    def type(self, key: str, words: str) -> None:
        self.window.form.focus_field(f"applicant.{key}")
        QTest.keyClicks(QApplication.focusWidget(), words)  # type: ignore[call-arg,arg-type]
        self.key(K.Key_Return)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    window = MainWindow()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.show_form()
    clock = FixedClock(NOW)
    tasks = TaskRunner()
    desk = Desk(clock, tasks, window.notice)
    fill = FillForm(clock, duty=Duty(Clerk("1001", "李敏")), region="330500")
    presenter = FormPresenter(window.form, desk, fill, lambda _: ["某事项"])
    presenter.warm()
    window.action.connect(lambda action: desk.undo() if action == "undo" else None)
    uses = tuple(FieldUse("applicant", e) for e in ELEMENTS)
    item = Item("i", "i", "", "d", "", "即办件", 1, 1, "", "", uses, ())
    catalog = Catalog("1", {}, {"applicant": Role("applicant", "申请人", "", 1)}, ELEMENTS, {"i": item}, {})
    visit = new_visit(NOW)
    desk.begin(replace(visit, items=(item,), form=visit.form.with_definition(combine(catalog, [item]), NOW)))
    qtbot.waitUntil(lambda: not tasks.busy)
    yield Bench(window, desk, fill, presenter)
    tasks.wait()
    tasks.close()


def test_a_form_is_typed_without_a_mouse(bench: Bench) -> None:
    bench.type("name", "zhang")
    assert bench.window.form.current_field() == "applicant.nation"
    bench.type("nation", "hui")
    bench.type("id_number", NUMBER)
    assert [bench.value(k) for k in ("nation", "birth_date", "sex")] == ["03", "1990-03-07", "1"]
    fact = bench.desk.visit.form.state("applicant.birth_date").fact
    assert fact is not None
    assert fact.source.kind is SourceKind.DERIVED
    assert bench.window.form.current_field() == "applicant.address"  # over what followed from the number
    bench.type("address", "wx yh")  # Enter takes the street and waits for the house
    QTest.keyClicks(QApplication.focusWidget(), "1")  # type: ignore[call-arg,arg-type]
    bench.key(K.Key_Return)
    assert bench.value("address") == "浙江省湖州市吴兴区月河街道1"
    assert [f.value for f in bench.fill.places(bench.desk.visit).values()] == ["330502001"]
    bench.type("opening_date", "+30")
    assert bench.value("opening_date") == "2026-12-21"
    assert bench.window.form.current_field() == "applicant.staff"


def test_undo_takes_back_the_whole_step(bench: Bench) -> None:
    bench.type("id_number", NUMBER)
    bench.window.form.focus_field("applicant.name")
    bench.key(K.Key_Z, CTRL)
    assert (bench.value("id_number"), bench.value("birth_date")) == ("", "")


def test_a_deleted_row_comes_back_by_undo(bench: Bench) -> None:
    form = bench.window.form
    form.focus_field("applicant.staff")
    table = form.field_editor("applicant.staff")
    assert isinstance(table, TableEditor)
    for words in ("li", "2"):
        QTest.keyClicks(QApplication.focusWidget(), words[:1])  # type: ignore[call-arg,arg-type]
        QTest.keyClicks(QApplication.focusWidget(), words[1:])  # type: ignore[call-arg,arg-type]
        bench.key(K.Key_Return)
    assert table.model.count() == 1
    bench.key(K.Key_Delete, CTRL)
    assert bench.value("staff") == ""
    bench.key(K.Key_Z, CTRL)
    assert table.model.count() == 1
    assert '"sex":"2"' in bench.value("staff")


def test_a_disagreement_is_settled_kept_and_reopened(bench: Bench, qtbot: QtBot) -> None:
    licence, case = Source(SourceKind.LICENCE, "营业执照"), Source(SourceKind.CASE, "旧件")
    facts = [
        Fact("applicant", "name", "张㛃", licence, Verdict.SIGNATURE_VALID, NOW),
        Fact("applicant", "name", "章㛃", case, Verdict.STATED, NOW),
    ]
    bench.desk.change(replace(bench.desk.visit, form=bench.desk.visit.form.add(facts)))
    QApplication.processEvents()
    form = bench.window.form
    assert [f.key for f in form.findings() if f.words == "来源不一致，请选定"] == ["applicant.name"]
    form.focus_field("applicant.name")
    bench.key(K.Key_Down)
    bench.key(K.Key_Return)
    assert bench.value("name") == "章㛃"
    event = bench.desk.visit.events[-1]
    assert (event.action, event.clerk, event.details["over"]) == ("form.settled", "李敏", ["营业执照"])
    bench.presenter.show_sources()
    dialog = bench.window.findChild(TrailDialog)
    assert dialog is not None
    again = dialog.findChild(QPushButton, "trail_again")
    assert again is not None
    again.click()
    assert len(bench.desk.visit.form.state("applicant.name").rivals) == 1
    assert bench.desk.visit.events[-1].action == "form.reopened"


def test_a_scenario_types_a_table(bench: Bench) -> None:
    class Station:
        clock = FixedClock(NOW)

    class Screen:
        window, desk, station = bench.window, bench.desk, Station()

    screen = cast("Any", Screen())  # their typing only: the rest of a station is not needed for it
    hands = Hands(screen, cast("Any", None))  # nothing is waited for
    form = bench.window.form
    form.focus_field("applicant.staff")
    rows = [{"name": "沈㛃", "sex": "女", "birth_date": "19900307"}, {"name": "wang", "birth_date": "today+0"}]
    hands._fill_table("applicant.staff", rows)
    assert '"birth_date":"1990-03-07","name":"沈㛃","sex":"2"' in bench.value("staff")
    assert '{"birth_date":"2026-11-21","name":"wang"}' in bench.value("staff")
    form.focus_field("applicant.staff")
    with pytest.raises(ScenarioFailed, match="salary"):
        hands._fill_table("applicant.staff", [{"salary": "1"}])
