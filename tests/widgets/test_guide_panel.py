"""The guide's questions, by keys and by mouse."""

from __future__ import annotations

from dataclasses import replace

import pytest
import widget_samples as s
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from widgets.guide_panel import GuidePanel, OptionRow
from widgets.window import MainWindow

KEY = Qt.Key


class Told:
    """What the guide said, in order."""

    def __init__(self, panel: GuidePanel) -> None:
        self.said: list[str] = []
        panel.answered.connect(lambda value: self.said.append(value))
        panel.back.connect(lambda: self.said.append("back"))
        panel.kept.connect(lambda: self.said.append("kept"))
        panel.cancelled.connect(lambda: self.said.append("cancelled"))


@pytest.fixture
def panel(window: MainWindow) -> GuidePanel:
    window.show_guide()
    window.guide.set_view(s.GUIDE)
    QApplication.processEvents()
    return window.guide


def words(panel: QWidget) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def test_a_number_key_answers(panel: GuidePanel) -> None:
    told = Told(panel)
    assert panel.hasFocus()
    QTest.keyClick(panel, KEY.Key_2)
    QTest.keyClick(panel, KEY.Key_1)
    QTest.keyClick(panel, KEY.Key_3)  # there is no third answer
    assert told.said == ["household", "person"]


def test_back_keep_and_leave(panel: GuidePanel) -> None:
    told = Told(panel)
    for key in (KEY.Key_Up, KEY.Key_Backspace, KEY.Key_Down, KEY.Key_Return, KEY.Key_Escape):
        QTest.keyClick(panel, key)
    assert told.said == ["back", "back", "kept", "kept", "cancelled"]


def test_nothing_to_go_back_to_and_nothing_to_keep(panel: GuidePanel) -> None:
    told = Told(panel)
    options = tuple(replace(option, chosen=False) for option in s.GUIDE.options)
    panel.set_view(replace(s.GUIDE, answered=(), options=options))
    for key in (KEY.Key_Up, KEY.Key_Down, KEY.Key_Return):
        QTest.keyClick(panel, key)
    assert told.said == []
    back = panel.findChild(QAbstractButton, "guide_back")
    assert back is not None
    assert not back.isEnabled()


def test_what_was_answered_and_what_is_left_is_shown(panel: GuidePanel) -> None:
    shown = words(panel)
    for wanted in ("办哪种登记？", "新开一家店", "还剩 3 种情形", "个体工商户设立登记（个人经营）", "2 种情形"):
        assert wanted in shown
    panel.set_view(replace(s.GUIDE, answered=(), items=("甲",), left="还剩 1 种情形"))
    QApplication.processEvents()
    shown = words(panel)
    assert "还剩 1 种情形" in shown
    assert "新开一家店" not in shown
    assert "个体工商户设立登记（个人经营）" not in shown


def test_more_answers_than_keys_have_pages(panel: GuidePanel) -> None:
    told = Told(panel)
    panel.set_view(s.GUIDE_LONG)
    QApplication.processEvents()
    more = panel.findChild(QLabel, "guide_more")
    assert more is not None
    assert more.text() == "第 1 页，共 2 页，按 0 翻页"
    while more.text().startswith("第 1 页"):  # what is out of sight on this page comes first
        QTest.keyClick(panel, KEY.Key_0)
    QTest.keyClick(panel, KEY.Key_2)
    assert told.said == ["s10"]
    QTest.keyClick(panel, KEY.Key_PageUp)
    QTest.keyClick(panel, KEY.Key_2)
    assert told.said[-1] == "s1"


def test_an_answer_of_the_second_page_is_in_sight_when_it_was_given(panel: GuidePanel) -> None:
    options = tuple(replace(o, chosen=o.value == "s10") for o in s.GUIDE_LONG.options)
    panel.set_view(replace(s.GUIDE_LONG, options=options))
    QApplication.processEvents()
    chosen = [row for row in panel.findChildren(OptionRow) if row.property("current") and row.isVisible()]
    assert [row.accessibleName()[:1] for row in chosen] == ["2"]


def test_the_mouse_answers(panel: GuidePanel, qtbot: QtBot) -> None:
    told = Told(panel)
    row = panel.findChild(OptionRow, "option_2")
    assert row is not None
    # The presenter asks the next question while the pressed row is still in its own click.
    panel.answered.connect(lambda _: panel.set_view(s.GUIDE_LONG))
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert told.said == ["household"]
    for name in ("guide_back", "guide_cancel"):
        press = panel.findChild(QAbstractButton, name)
        assert press is not None
        panel.set_view(s.GUIDE)
        QTest.mouseClick(press, Qt.MouseButton.LeftButton)
    assert told.said[1:] == ["back", "cancelled"]


def test_other_keys_are_left_to_the_window(panel: GuidePanel, window: MainWindow) -> None:
    heard: list[str] = []
    window.action.connect(heard.append)
    QTest.keyClick(panel, KEY.Key_F9)
    assert heard == ["outbox"]
