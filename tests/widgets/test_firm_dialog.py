"""The page of a firm with real keys: what Enter does where, and that nothing is offered without a firm."""

from __future__ import annotations

import firm_samples as s
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from widgets.dialogs.firm import POLICIES, SCENES, TAGS, FirmDialog

K = Qt.Key


def test_enter_in_the_number_asks_and_without_a_firm_nothing_else_is_possible(qtbot: QtBot) -> None:
    dialog = FirmDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    dialog.number.setText("91330502MA2B7E8F9T")
    dialog.number.setFocus()
    qtbot.waitUntil(dialog.number.hasFocus)
    with qtbot.waitSignal(dialog.asked) as told:
        QTest.keyClick(dialog.number, K.Key_Return)  # type: ignore[call-overload]
    assert told.args == ["91330502MA2B7E8F9T"]
    assert not dialog.lists[TAGS].isEnabled()


def test_enter_starts_what_the_line_offers(qtbot: QtBot) -> None:
    for page, row, go in (
        (SCENES, "s1", True),
        (POLICIES, "research", True),
        (POLICIES, "high", False),
        (TAGS, "small", False),
    ):
        dialog = s.shown(page)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.mark(row)
        told: list[tuple[str, str]] = []
        dialog.started.connect(lambda *args, told=told: told.append(args))
        QTest.keyClick(dialog.lists[page], K.Key_Return)  # type: ignore[call-overload]
        assert told == ([(page, row)] if go else [])
