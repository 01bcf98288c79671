"""Choosing items with the keyboard."""

from __future__ import annotations

import pytest
import widget_samples as s
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from widgets.picker import ItemPicker
from widgets.views import HitView
from widgets.window import MainWindow

KEY = Qt.Key


class Told:
    """What the picker said, in order."""

    def __init__(self, picker: ItemPicker) -> None:
        self.said: list[str] = []
        picker.search_changed.connect(lambda words: self.said.append(f"search {words}"))
        picker.chosen.connect(lambda code: self.said.append(f"chosen {code}"))
        picker.removed.connect(lambda code: self.said.append(f"removed {code}"))
        picker.confirmed.connect(lambda: self.said.append("confirmed"))
        picker.cancelled.connect(lambda: self.said.append("cancelled"))


@pytest.fixture
def picker(window: MainWindow) -> ItemPicker:
    window.show_picker()
    return window.picker


def test_type_walk_take_go_on(picker: ItemPicker) -> None:
    told = Told(picker)
    QTest.keyClicks(picker.search, "klfd")
    assert told.said == ["search k", "search kl", "search klf", "search klfd"]
    picker.set_results(s.HITS)
    assert picker.current() == "open-a-barber-shop"  # the best is marked at once
    told.said.clear()
    for key in (KEY.Key_Down, KEY.Key_Down, KEY.Key_Up):
        QTest.keyClick(picker.search, key)
    assert picker.current() == "i1"
    QTest.keyClick(picker.search, KEY.Key_Return)
    assert told.said == ["chosen i1", "search "]  # emptied, so that the next Enter goes on
    picker.set_cart(s.HITS[1:2])
    QTest.keyClick(picker.search, KEY.Key_Return)
    assert told.said[2:] == ["confirmed"]


def test_the_marking_stays_on_the_list(picker: ItemPicker) -> None:
    picker.set_results(s.HITS)
    QTest.keyClick(picker.search, KEY.Key_Up)
    assert picker.current() == s.HITS[0].code
    for _ in range(9):
        QTest.keyClick(picker.search, KEY.Key_Down)
    assert picker.current() == s.HITS[-1].code


def test_control_enter_goes_on_whatever_is_typed(picker: ItemPicker) -> None:
    told = Told(picker)
    QTest.keyClicks(picker.search, "x")
    QTest.keyClick(picker.search, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "confirmed" not in told.said  # nothing taken yet
    picker.set_cart(s.HITS[:1])
    QTest.keyClick(picker.search, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.said[-1] == "confirmed"


def test_enter_without_results_or_cart_does_nothing(picker: ItemPicker) -> None:
    told = Told(picker)
    picker.set_results(())
    QTest.keyClick(picker.search, KEY.Key_Return)
    assert told.said == []


def test_escape_empties_then_leaves(picker: ItemPicker) -> None:
    told = Told(picker)
    QTest.keyClicks(picker.search, "a")
    QTest.keyClick(picker.search, KEY.Key_Escape)
    assert picker.search.text() == ""
    assert "cancelled" not in told.said
    QTest.keyClick(picker.search, KEY.Key_Escape)
    assert told.said[-1] == "cancelled"


def test_nothing_found_says_so(picker: ItemPicker) -> None:
    picker.search.setText("造火箭")
    picker.set_results(())
    hint = picker.findChild(QLabel, "picker_hint")
    assert hint is not None
    assert "没有找到“造火箭”" in hint.text()
    assert hint.isVisible()
    picker.set_results(s.HITS)
    assert not hint.isVisible()


def test_the_mouse_takes_and_drops(picker: ItemPicker, qtbot: QtBot) -> None:
    told = Told(picker)
    picker.set_results(s.HITS)
    model = picker.results.model()
    viewport = picker.results.viewport()
    assert model is not None
    assert viewport is not None
    where = picker.results.visualRect(model.index(2, 0)).center()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=where)
    assert told.said == ["chosen i2"]
    # The presenter redraws the cart while the pressed button is still in its own click.
    picker.removed.connect(lambda _: picker.set_cart(()))
    picker.set_cart([HitView("i2", "item", "公共场所卫生许可")])
    drop = picker.findChild(QAbstractButton, "cart_drop_i2")
    assert drop is not None
    QTest.mouseClick(drop, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    QApplication.processEvents()
    assert told.said[-1] == "removed i2"
    assert not drop.isVisible()


def test_going_on_needs_something_taken(picker: ItemPicker) -> None:
    go = picker.findChild(QAbstractButton, "picker_go")
    assert go is not None
    assert not go.isEnabled()
    picker.set_cart(s.HITS[:1])
    assert go.isEnabled()
