"""The panel 我的驻点 by keys: a demand of the marked firm, its page, leave only where one stands."""

from __future__ import annotations

import roster_samples as s
from dialog_hands import press, shown
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from widgets.dialogs.roster import RosterDialog
from widgets.views import Tone

K = Qt.Key


def opened(qtbot: QtBot, dialog: RosterDialog) -> tuple[RosterDialog, list[tuple[str, str]]]:
    told: list[tuple[str, str]] = []
    dialog.new.connect(lambda ident: told.append(("new", ident)))
    dialog.firm.connect(lambda ident: told.append(("firm", ident)))
    dialog.leave.connect(lambda ident: told.append(("leave", ident)))
    shown(qtbot, dialog)
    dialog.table.setFocus()
    return dialog, told


def test_keys_act_on_the_marked_shift(qtbot: QtBot) -> None:
    _, told = opened(qtbot, s.listed())
    for key in (K.Key_Return, K.Key_Down, K.Key_N, K.Key_F, K.Key_A):
        press(key)
    wanted = [("new", s.TODAY.id), *((what, s.SUBSTITUTE.id) for what in ("new", "firm", "leave"))]
    qtbot.waitUntil(lambda: told == wanted, timeout=20_000)


def test_leave_is_not_asked_for_twice(qtbot: QtBot) -> None:
    dialog, told = opened(qtbot, s.listed(2))
    press(K.Key_A)
    press(K.Key_N)
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert told == [("new", s.LEAVE.id)]
    assert s.LEAVE.warning == dialog.findChild(type(dialog._warning), "stations_warning").text()  # type: ignore[union-attr]


def test_the_mark_stays_on_its_shift_when_the_week_is_read_again(qtbot: QtBot) -> None:
    dialog, _ = opened(qtbot, s.listed(1))
    dialog.set_rows((s.SUBSTITUTE, s.TODAY), s.FRESH, "")
    assert dialog.selected() == s.SUBSTITUTE


def test_the_facts_stand_there_after_the_week_is_read_again(qtbot: QtBot) -> None:
    dialog, _ = opened(qtbot, s.listed())
    for _again in range(2):
        dialog.set_rows(s.ROWS, s.FRESH, "")
    wanted = [value for pair in (*s.TODAY.facts, *s.TODAY.matters) for value in pair]

    def visible() -> list[str]:
        return [part.text() for part in dialog.findChildren(QLabel) if part.isVisible()]

    qtbot.waitUntil(lambda: set(wanted) <= set(visible()), timeout=20_000)


def test_an_old_roster_says_so_and_an_empty_one_why(qtbot: QtBot) -> None:
    windows = s.windows()
    old, none = windows["stations_old"], windows["stations_none"]
    assert isinstance(old, RosterDialog)
    assert isinstance(none, RosterDialog)
    qtbot.addWidget(old)
    qtbot.addWidget(none)
    assert s.OLD in [label.text() for label in old.findChildren(type(old._said))]
    assert old._said.property("tone") == Tone.WARNING
    assert "联网后自动下载" in none._empty.text()
    assert not none._new.isEnabled()
