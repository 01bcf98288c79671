"""What the form shows: states, problems, progress, places."""

from __future__ import annotations

import form_samples as fs
import pytest
from PyQt6.QtCore import QEvent, QPoint, Qt
from PyQt6.QtGui import QHelpEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from widget_hands import editor

from app.domain.fact import Fact, Verdict
from app.domain.form import FieldState, FormDefinition, FormSection, Problem
from widgets.form_panel import FormPanel
from widgets.views import Tone
from widgets.window import MainWindow

KEY = Qt.Key


def test_a_disagreement_is_settled_in_place(form: FormPanel, qtbot: QtBot) -> None:
    states = fs.conflict_states()
    form.set_states(states)
    row = form.field_row("applicant.address")
    choices = [b for b in row.findChildren(QPushButton) if b.objectName() == "take_applicant.address"]
    assert [("衣裳街" in c.text(), "红旗路" in c.text()) for c in choices] == [(False, True), (True, False)]
    with qtbot.waitSignal(form.settled) as told:
        choices[1].setFocus()
        QTest.keyClick(choices[1], KEY.Key_Space)
    key, fact, reason = told.args
    assert reason == ""
    assert key == "applicant.address"
    assert fact == states["applicant.address"].rivals[0]
    settled = dict(states)
    settled[key] = FieldState(fact)
    form.set_states(settled)
    assert editor(form, key).text() == fact.value
    assert not [b for b in row.findChildren(QPushButton) if b.isVisible()]


def test_settling_may_redraw_the_field_at_once(form: FormPanel) -> None:
    """The presenter sets the states while the pressed button is still in its own click."""
    states = fs.conflict_states()
    form.set_states(states)

    def settle(key: str, fact: Fact, reason: str) -> None:
        form.set_states({**states, key: FieldState(fact)})

    form.settled.connect(settle)
    row = form.field_row("applicant.address")
    choice = [b for b in row.findChildren(QPushButton) if b.objectName() == "take_applicant.address"][1]
    QTest.mouseClick(choice, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert editor(form, "applicant.address").text() == "浙江省湖州市吴兴区衣裳街16号"


def test_missing_is_red_only_after_a_check(form: FormPanel) -> None:
    row = form.field_row("applicant.phone")
    assert row.problem_words() == ""
    assert editor(form, "applicant.phone").property("tone") == ""
    form.show_problems(True)
    assert row.problem_words() == "必填项，尚未填写"
    assert editor(form, "applicant.phone").property("tone") == "missing"
    form.show_problems(False)
    assert row.problem_words() == ""


def test_mistakes_are_told_at_once_and_outrank_warnings(form: FormPanel) -> None:
    form.set_problems(
        [Problem("premises.area", "请与原件核对", warning=True), Problem("premises.area", "面积应大于 0")]
    )
    assert form.field_row("premises.area").problem_words() == "面积应大于 0"
    assert editor(form, "premises.area").property("tone") == "error"
    form.set_problems([Problem("premises.area", "请与原件核对", warning=True)])
    assert editor(form, "premises.area").property("tone") == "warning"
    assert "premises.area" not in form.lacking()  # soft: may be kept


def test_progress_counts_what_is_required(form: FormPanel) -> None:
    assert form.progress_words() == "已填 11/22，还差 11 项"
    states = fs.filled_states(typed=True)
    form.set_states(states)
    form.set_problems(fs.problems(states))
    assert form.progress_words() == "已填 22/22，齐了"
    form.set_problems([Problem("applicant.phone", "号码不对")])
    assert form.progress_words() == "已填 22/22，1 项有误"


def test_the_list_of_lacks_jumps(form: FormPanel) -> None:
    lacks = form.findChildren(QPushButton)
    chip = next(b for b in lacks if b.text() == "从业人数" and b.isVisible())
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert editor(form, "business.employees").hasFocus()


def test_the_source_is_said_for_the_field_in_focus(form: FormPanel) -> None:
    form.focus_field("premises.area")
    foot = form._foot.text()
    assert "不动产权证书" in foot
    assert "签名有效" in foot
    assert "10:32" in foot  # legal time, not UTC
    form.focus_field("applicant.phone")
    assert form._foot.text() == "联系电话：尚未填写"


def test_unusable_or_recognised_values_are_marked_for_a_look(form: FormPanel) -> None:
    def colours(verdict: Verdict) -> set[int]:
        form.set_states({"premises.area": FieldState(fs.fact("premises.area", "1", fs.LICENCE, verdict))})
        mark = form.field_row("premises.area")._mark.grab().toImage()
        return {mark.pixel(x, y) for x in range(mark.width()) for y in range(mark.height())}

    assert colours(Verdict.SIGNATURE_VALID) != colours(Verdict.CAPTURED_UNVERIFIED)


def test_focus_scrolls_into_view(form: FormPanel) -> None:
    line = editor(form, "signboard.until")
    QApplication.processEvents()
    assert line.visibleRegion().isEmpty()
    form.focus_field("signboard.until")
    assert not line.visibleRegion().isEmpty()


def test_one_column_when_narrow(form: FormPanel, window: MainWindow) -> None:
    first, second = form.field_row("applicant.name"), form.field_row("applicant.sex")
    QApplication.processEvents()
    assert first.y() == second.y()
    window.resize(1050, 680)
    QApplication.processEvents()
    assert first.x() == second.x()


def test_a_new_form_forgets_the_old(form: FormPanel) -> None:
    form.show_problems(True)
    small = FormDefinition(("i",), (FormSection("x", "其他", "Other", (fs.field("x", "note", "备注"),)),))
    form.set_form(small)
    assert form.lacking() == ("x.note",)
    assert form.field_row("x.note").problem_words() == ""
    with pytest.raises(KeyError):
        form.field_editor("applicant.name")


def test_a_message_does_not_push_the_focused_field_out_of_sight(form: FormPanel, window: MainWindow) -> None:
    form.focus_field("signboard.until")
    for _ in range(3):
        QApplication.processEvents()
    whole = editor(form, "signboard.until").visibleRegion().boundingRect().height()
    window.notice.show(Tone.ERROR, "打印机缺纸", "请加纸。")
    for _ in range(3):
        QApplication.processEvents()
    assert window.notice.isVisible()
    assert editor(form, "signboard.until").visibleRegion().boundingRect().height() == whole > 20


def test_long_values_can_be_read_whole(form: FormPanel) -> None:
    form.set_states({"hygiene.manager": FieldState(fs.fact("hygiene.manager", "很长的名字" * 12))})
    for key, expected in (("hygiene.manager", "很长的名字" * 12), ("hygiene.seats", "")):
        line = editor(form, key)
        QApplication.sendEvent(line, QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), line.mapToGlobal(QPoint(5, 5))))
        assert line.toolTip() == expected


def test_a_long_text_left_alone_takes_the_line(window: MainWindow) -> None:
    fields = (
        fs.field("x", "a", "编号", longest=60),
        fs.field("x", "b", "地址", longest=120),
        fs.field("x", "c", "名称"),
    )
    window.show_form()
    window.form.set_form(FormDefinition(("i",), (FormSection("x", "其他", "Other", fields),)))
    for _ in range(2):
        QApplication.processEvents()
    widths = [window.form.field_row(f.key).width() for f in fields]
    assert widths[0] == widths[1] > widths[2] + 200


def test_neighbours_stand_level_beside_a_label_of_two_lines(window: MainWindow) -> None:
    fields = (fs.field("x", "a", "公共场所类别"), fs.field("x", "b", "理发（美容）操作间及座位数"))
    window.show_form()
    window.form.set_form(FormDefinition(("i",), (FormSection("x", "其他", "Other", fields),)))
    for _ in range(2):
        QApplication.processEvents()
    one, other = (window.form.field_row(f.key) for f in fields)
    assert other.height() > one.sizeHint().height()
    assert one.editor.mapTo(window, QPoint(0, 0)).y() == other.editor.mapTo(window, QPoint(0, 0)).y()
