"""A card read from a picture: what does not prove itself is confirmed field by field, with Enter."""

from __future__ import annotations

import pytest
from card_samples import card_check
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from widgets.dialogs import card_check as module
from widgets.dialogs.card_check import CardCheckDialog

Given = list[dict[str, str]]


@pytest.fixture
def dialog(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> CardCheckDialog:
    monkeypatch.setattr(module, "TOO_SOON", 0)
    return _shown(qtbot, card_check())


@pytest.fixture
def given(dialog: CardCheckDialog) -> Given:
    said: Given = []
    dialog.confirmed.connect(said.append)
    return said


def _shown(qtbot: QtBot, made: CardCheckDialog) -> CardCheckDialog:
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def _line(dialog: CardCheckDialog, name: str) -> QLineEdit:
    found = dialog.findChild(QLineEdit, f"card_{name}")
    assert found is not None
    return found


def _enter(dialog: CardCheckDialog) -> None:
    QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Return)


def _take(dialog: CardCheckDialog) -> QPushButton:
    found = dialog.findChild(QPushButton, "card_take")
    assert found is not None
    return found


def test_enter_goes_through_what_is_open_and_then_takes_all(dialog: CardCheckDialog, given: Given) -> None:
    assert dialog.left == 2
    assert dialog.focusWidget() is _line(dialog, "name")
    assert not _take(dialog).isEnabled()
    _enter(dialog)
    assert dialog.focusWidget() is _line(dialog, "address")
    assert given == []
    _enter(dialog)
    assert dialog.left == 0
    _enter(dialog)
    assert given[0]["name"] == "王𠮷祥"
    assert set(given[0]) == {"name", "sex", "nation", "birth", "address", "number"}


def test_what_was_changed_is_confirmed_anew(dialog: CardCheckDialog, given: Given) -> None:
    line = _line(dialog, "number")
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert dialog.left == 3, "a sure number that was touched is sure no more"
    for name in ("name", "address", "number"):
        _line(dialog, name).setFocus()
        _enter(dialog)
    _take(dialog).click()
    assert len(given[0]["number"]) == 17, "whether it holds is not the dialog's to say"


def test_a_fault_takes_the_confirmation_back_and_leads_there(dialog: CardCheckDialog) -> None:
    for name in ("name", "address"):
        dialog.confirm(name)
    dialog.set_faults({"birth": "与证件号码不一致"})
    assert dialog.left == 1
    assert dialog.focusWidget() is _line(dialog, "birth")
    assert not _take(dialog).isEnabled()


def test_an_enter_that_comes_too_soon_confirms_nothing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TOO_SOON", 60_000)
    dialog = _shown(qtbot, card_check())
    _enter(dialog)
    assert dialog.left == 2


def test_escape_takes_nothing(dialog: CardCheckDialog, given: Given) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert given == []
