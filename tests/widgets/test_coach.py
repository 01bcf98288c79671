"""The balloon finds its place and never takes focus, keys or clicks meant for the work."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import QPoint, QRect, QSize, Qt
from PyQt6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from widgets.coach import Balloon, Covered, Ring, place
from widgets.lesson_bar import LessonBar
from widgets.lessons import LessonsWindow
from widgets.views import LessonView, MistakeView, ResultView, Tone

BOUNDS = QRect(0, 0, 1366, 728)
SIZE = QSize(344, 120)


@given(st.integers(0, 1300), st.integers(0, 700), st.integers(10, 600), st.integers(10, 200))
def test_it_stays_inside_and_leaves_small_targets_in_sight(x: int, y: int, wide: int, high: int) -> None:
    target = QRect(x, y, wide, high).intersected(BOUNDS)
    found = place(SIZE, target, BOUNDS)
    assert BOUNDS.contains(found.rect)
    assert not found.rect.intersects(target)
    assert target.adjusted(-4, -4, 4, 4).contains(found.tip)


def test_it_goes_where_nothing_must_be_read() -> None:
    target = QRect(600, 300, 100, 30)
    below = Covered(QRect(300, 330, 800, 300))
    assert place(SIZE, target, BOUNDS, [below]).rect.bottom() < target.top()
    above = Covered(QRect(300, 0, 800, 300))
    assert place(SIZE, target, BOUNDS, [above]).rect.top() > target.bottom()
    both = place(SIZE, target, BOUNDS, [below, above])
    assert both.rect.left() > target.right() or both.rect.right() < target.left()


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(900, 500)
    lines = QVBoxLayout(made)
    for name in ("one", "two"):
        editor = QLineEdit()
        editor.setObjectName(name)
        lines.addWidget(editor)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: made.isActiveWindow())
    return made


def test_typing_goes_on_while_it_speaks(qtbot: QtBot, host: QWidget) -> None:
    one = host.findChild(QLineEdit, "one")
    assert one is not None
    one.setFocus()
    balloon, ring = Balloon(host), Ring(host)
    balloon.say("第 1/2 步　读身份证", "按 F2", "联系电话：13857200011")
    balloon.point_at(one.geometry())
    ring.surround(one.geometry())
    qtbot.keyClicks(one, "ab")
    qtbot.mouseClick(balloon, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(balloon.show_me):
        qtbot.mouseClick(balloon.findChild(QPushButton, "coach_show"), Qt.MouseButton.LeftButton)
    assert one.hasFocus()
    assert one.text() == "ab"
    assert "13857200011" in balloon.words()
    # The ring lies over the field, and a click goes through it.
    assert host.childAt(one.geometry().center()) is one
    ring.surround(None)
    assert ring.isHidden()


def test_without_a_target_it_stands_below(host: QWidget) -> None:
    balloon = Balloon(host)
    balloon.say("第 1/2 步", "看一看屏幕", can_show=False)
    balloon.point_at(None)
    assert host.rect().contains(balloon.geometry())
    assert balloon.geometry().top() > host.height() // 2
    assert balloon.findChild(QPushButton, "coach_show").isHidden()  # type: ignore[union-attr]


def test_the_bars_buttons_keep_their_keys_when_their_words_change(qtbot: QtBot, host: QWidget) -> None:
    bar = LessonBar(host)
    layout = host.layout()
    assert layout is not None
    layout.addWidget(bar)
    bar.show()
    bar.set_lesson("练习", Tone.INFO, "我要开理发店", "结束")
    bar.set_hints(False)
    bar.set_hints(True)
    for key, signal in (
        (Qt.Key.Key_H, bar.hints_wanted),
        (Qt.Key.Key_N, bar.restart_wanted),
        (Qt.Key.Key_E, bar.end_wanted),
    ):
        with qtbot.waitSignal(signal):
            qtbot.keyClick(host, key, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


def test_the_list_by_keys(qtbot: QtBot) -> None:
    window = LessonsWindow()
    qtbot.addWidget(window)
    window.show()
    window.page.set_lessons([LessonView("", "自由练习"), LessonView("a", "甲"), LessonView("b", "乙")], "坏文件")
    window.show_list()
    began: list[tuple[str, bool]] = []
    window.page.begin.connect(lambda name, hints: began.append((name, hints)))
    qtbot.keyClick(window.page.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert began == []  # free practice cannot be examined
    qtbot.keyClick(window.page.list, Qt.Key.Key_Return)
    qtbot.keyClick(window.page.list, Qt.Key.Key_Down)
    qtbot.keyClick(window.page.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    window.page.select("b")
    there = window.page.list.visualRect(window.page.list.currentIndex()).center()
    qtbot.mouseClick(window.page.list.viewport(), Qt.MouseButton.LeftButton, pos=there)
    qtbot.mouseDClick(window.page.list.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert began == [("", True), ("a", False), ("b", True)]
    # The choice stays when the list is read again.
    window.page.set_lessons([LessonView("", "自由练习"), LessonView("b", "乙")])
    assert window.page.selected() == LessonView("b", "乙")


def test_the_result_by_keys(qtbot: QtBot) -> None:
    window = LessonsWindow()
    qtbot.addWidget(window)
    page = window.result
    window.show()
    page.set_result(
        ResultView("甲", 91, 4, "好", Tone.SUCCESS, (("用时", "1 分"),), (MistakeView("一", "二", "三", "−2"),))
    )
    window.show_result()
    again: list[bool] = []
    page.again.connect(again.append)
    with qtbot.waitSignal(page.back):
        qtbot.keyClick(page, Qt.Key.Key_Return)
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert again == [False]
    assert page.table.model().index(0, 2).data() == "三"
    page.set_result(ResultView("甲", 100, 5, "好", Tone.SUCCESS))
    assert page.table.isHidden()


def test_a_target_as_wide_as_the_window(qtbot: QtBot) -> None:
    found = place(SIZE, QRect(0, 40, 1366, 40), BOUNDS)
    assert found.rect.top() >= 80
    assert BOUNDS.contains(found.rect)
    assert QRect(0, 40, 1366, 44).contains(found.tip - QPoint(0, 1))
