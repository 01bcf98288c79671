"""Keys typed one right after the other act in that order, also where the first one changes what the second is for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import widgets
from widgets.bits import KeyedTick, button, column
from widgets.dialogs.payment import PaymentDialog
from widgets.views_talk import FeeView, PaymentView

WAYS = (("card", "刷卡"), ("code", "扫付款码"))
ALT = Qt.KeyboardModifier.AltModifier


def press(where: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(where, key, modifier)


@pytest.fixture
def paying(qtbot: QtBot) -> PaymentDialog:
    view = PaymentView("名称", (FeeView("工本费", 1000),), WAYS, frozenset({"code"}), True)
    dialog = PaymentDialog(view)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=20_000)
    return dialog


def test_the_camera_is_asked_right_after_the_way_was_chosen(paying: PaymentDialog) -> None:
    looked: list[str] = []
    paying.camera_wanted.connect(lambda: looked.append(paying.ways.value()))
    press(paying, Qt.Key.Key_2, ALT)
    press(paying, Qt.Key.Key_C, ALT)
    assert looked == ["code"]


def test_enter_right_after_the_way_takes_the_money_that_way(paying: PaymentDialog) -> None:
    asked: list[tuple[str, int, str]] = []
    paying.asked.connect(lambda *what: asked.append(what))
    press(paying, Qt.Key.Key_2, ALT)
    assert paying.focusWidget() is paying.code
    press(paying.focusWidget() or paying, Qt.Key.Key_Return)
    assert asked == [], "there is no code yet, and the card terminal is not asked in its place"
    press(paying, Qt.Key.Key_1, ALT)
    press(paying.focusWidget() or paying, Qt.Key.Key_Return)
    assert asked == [("card", 1000, "")], "neither the choice nor the button that closes has Enter"


def test_a_sum_that_is_missing_comes_first(qtbot: QtBot) -> None:
    dialog = PaymentDialog(PaymentView("名称", (FeeView("收费", 0),), (("card", "刷卡"),), frozenset(), False))
    qtbot.addWidget(dialog)
    assert dialog.focusWidget() is dialog.findChild(QWidget, "payment_fee_0")


def test_the_same_key_twice_acts_twice(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    following, tick = button("下一个 N"), KeyedTick("同意 Y")
    following.setShortcut("N")
    tick.setShortcut("Y")
    page.setLayout(column(following, tick))
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=20_000)
    did: list[str] = []
    following.clicked.connect(lambda: did.append("N"))
    tick.toggled.connect(lambda on: did.append(f"Y{on}"))
    for key in "NNYNY":
        press(page, Qt.Key(ord(key)))
    assert did == ["N", "N", "YTrue", "N", "YFalse"]
    following.setEnabled(False)
    press(page, Qt.Key.Key_N)
    assert did[-1] == "YFalse"


def test_no_button_with_a_key_is_qts_own() -> None:
    """Qt's own waits a tenth of a second (`widgets.bits.KeyedButton` says what that loses)."""
    found = []
    for file in sorted(Path(widgets.__file__).parent.rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        made = re.findall(r"([\w.]+) = Q(?:Check|Tool|Push|Radio)\w+\(", source)
        found += [f"{file.name}: {name}" for name in made if f"{name}.setShortcut(" in source]
        found += [f"{file.name}: a bare one"] * (" = QPushButton(" in source)
    assert found == []


def test_enter_on_a_choice_that_is_taken_goes_on(paying: PaymentDialog) -> None:
    asked: list[str] = []
    paying.asked.connect(lambda slot, *_: asked.append(slot))
    press(paying, Qt.Key.Key_1, ALT)
    focused = paying.focusWidget()
    assert focused is not None
    assert focused.objectName() == "payment_way_card"
    press(focused, Qt.Key.Key_Return)
    assert asked == ["card"]
