"""The question of a system that wants a device, and the list of such systems."""

from __future__ import annotations

import bridge_samples
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from widgets.consent_bar import ConsentBar
from widgets.window import MainWindow


def button(parent: object, name: str) -> QPushButton:
    found = parent.findChild(QPushButton, name)  # type: ignore[attr-defined]
    assert isinstance(found, QPushButton)
    return found


@pytest.mark.parametrize(
    ("name", "key", "answer"),
    [("consent_once", "Alt+Y", "once"), ("consent_visit", "Alt+V", "visit"), ("consent_refuse", "Alt+N", "refused")],
)
def test_each_answer_has_its_key_and_its_name(qtbot: QtBot, name: str, key: str, answer: str) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    bar = bridge_samples.asked(window)
    made = button(bar, name)
    assert made.shortcut().toString() == key
    assert made.accessibleName()
    qtbot.waitUntil(made.isEnabled, timeout=20_000)
    with qtbot.waitSignal(bar.decided) as told:
        made.click()
    assert told.args == ["q1", answer]


def test_a_question_takes_no_focus_and_no_click_that_was_meant_for_something_else(qtbot: QtBot) -> None:
    bar = ConsentBar(arm_ms=60_000)
    qtbot.addWidget(bar)
    said: list[str] = []
    bar.decided.connect(lambda _, answer: said.append(answer))
    bar.set_question(bridge_samples.CONSENT)
    for name in ("consent_once", "consent_visit", "consent_refuse"):
        made = button(bar, name)
        assert made.focusPolicy() is Qt.FocusPolicy.NoFocus
        QTest.mouseClick(made, Qt.MouseButton.LeftButton)
    assert said == []
    assert bar.isVisible()
    bar.set_question(None)
    assert not bar.isVisible()


def test_the_code_is_large_and_the_keys_fit_the_line(qtbot: QtBot) -> None:
    dialog = bridge_samples.systems(code=True)
    qtbot.addWidget(dialog)
    code = dialog.findChild(QLabel, "bridge_code")
    assert code is not None
    assert code.text() == "406 193"
    assert (button(dialog, "bridge_admit").isEnabled(), button(dialog, "bridge_revoke").isEnabled()) == (True, False)
    dialog.table.selectRow(1)
    assert (button(dialog, "bridge_admit").isEnabled(), button(dialog, "bridge_revoke").isEnabled()) == (False, True)
    with qtbot.waitSignal(dialog.revoke) as told:
        button(dialog, "bridge_revoke").click()
    assert told.args == ["https://shebao.huzhou.example:8443"]
    assert [button(dialog, f"bridge_{name}").shortcut().toString() for name in ("pair", "admit", "revoke")] == [
        "P",
        "A",
        "D",
    ]
    with qtbot.waitSignal(dialog.closed):
        dialog.reject()


def test_without_systems_the_list_says_who_can_help(qtbot: QtBot) -> None:
    dialog = bridge_samples.systems(empty=True)
    qtbot.addWidget(dialog)
    assert not button(dialog, "bridge_pair").isEnabled()
    hint = dialog.findChild(QLabel, "bridge_empty")
    assert hint is not None
    assert "管理员" in hint.text()
