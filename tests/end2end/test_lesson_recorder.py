"""A trainer's real clicks and keys become a lesson that plays on a fresh demo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt6.QtCore import QCoreApplication, QPoint, Qt
from PyQt6.QtGui import QInputMethodEvent
from PyQt6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from running import play
from training_kit import LONG, begin, click, press, training_room

from app.demo.lesson_lint import lint_lessons
from app.demo.scenario import read_scenario
from app.domain.clock import SystemClock, shanghai
from app.domain.material import MaterialStatus
from app.presenters.screen import Screen
from widgets.dialogs.save_lesson import SaveLessonDialog

OPENING = shanghai(SystemClock().now()).date() + dt.timedelta(days=30)
TYPED = {
    "applicant.phone": "13857200011",
    "business.name": "伟丝理发𠮷祥店",
    "business.capital": "5",
    "business.employees": "3",
    "business.opening_date": f"{OPENING:%Y%m%d}",
    "hygiene.seats": "6",
    "signboard.text": "Demo",
    "signboard.area": "4.5",
}


def find(parent: QWidget, name: str) -> QWidget:
    found = parent.findChild(QWidget, name)
    assert found is not None, name
    return found


def commit(editor: QWidget, text: str) -> None:
    """As an input method commits a word."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(editor, event)


def work(qtbot: QtBot, screen: Screen) -> None:
    """The barber shop, by mouse and keys mixed, a typing mistake included."""
    window, desk = screen.window, screen.desk
    qtbot.waitUntil(lambda: screen.status.online, timeout=LONG)
    click(qtbot, find(window, "step_read_card"))
    qtbot.waitUntil(lambda: desk.visit.card is not None, timeout=LONG)
    press(qtbot, screen, Qt.Key.Key_F3)
    qtbot.keyClicks(window.picker.search, "klfdx")
    qtbot.keyClick(window.picker.search, Qt.Key.Key_Backspace)
    results = window.picker.results
    first = results.visualRect(results.model().index(0, 0)).center()
    click(qtbot, results.viewport(), first)
    qtbot.waitUntil(lambda: bool(desk.visit.codes))
    click(qtbot, find(window, "picker_go"))
    click(qtbot, find(window, "step_scan_licence"))
    qtbot.waitUntil(lambda: bool(desk.visit.licences), timeout=LONG)
    qtbot.waitUntil(lambda: not screen.codes.active, timeout=LONG)
    for key, text in TYPED.items():
        editor = window.form.field_editor(key)
        window.form.focus_field(key)  # scrolls it into view, as the wheel would
        click(qtbot, editor, QPoint(10, 10))
        if text.isascii():
            qtbot.keyClicks(editor, text)
        else:
            commit(editor, text)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not [p for p in screen.accept.quick_check().problems if not p.warning])
    click(qtbot, find(window, "step_capture"))
    qtbot.waitUntil(lambda: screen.materials.page_in_view, timeout=LONG)
    press(qtbot, screen, Qt.Key.Key_F6)
    qtbot.waitUntil(
        lambda: any(m.status is MaterialStatus.CAPTURED for m in desk.visit.checklist.materials), timeout=LONG
    )
    click(qtbot, find(window.materials, "material_tolerate"))
    qtbot.keyClick(window.materials.list, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: not screen.accept.quick_check().unsettled)
    press(qtbot, screen, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    click(qtbot, dialog.findChild(QPushButton, "check_accept"))
    qtbot.waitUntil(lambda: screen.accept.accepted, timeout=LONG)
    last = screen.accept
    qtbot.waitUntil(lambda: last.last is not None and all(c.case_no for c in last.last.cases), timeout=LONG)
    press(qtbot, screen, Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: desk.visit.empty, timeout=LONG)


@pytest.mark.timeout(300)
def test_recorded_by_hand_and_played_on_a_fresh_demo(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, seed: Callable[[Path], Path]
) -> None:
    profile = seed(tmp_path / "profile")
    with training_room(qtbot, qapp, profile) as room:
        screen = begin(qtbot, room, room.record)
        work(qtbot, screen)
        click(qtbot, find(screen.window, "lesson_end"))
        qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), SaveLessonDialog))
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, SaveLessonDialog)
        click(qtbot, find(dialog, "save_lesson_yes"))  # no title yet: stays
        assert dialog.isVisible()
        name = dialog.findChild(QLineEdit, "save_lesson_name")
        assert name is not None
        name.setText("㛃老师的理发店")
        with qtbot.waitSignal(room.ended, timeout=LONG):
            click(qtbot, find(dialog, "save_lesson_yes"))
        selected = room.window.page.selected()
        assert selected is not None
        assert selected.title == "㛃老师的理发店"
        lesson_file = profile / "lessons" / f"{selected.name}.yaml"
        del screen, dialog

    text = lesson_file.read_text("utf-8")
    assert lint_lessons(profile / "lessons") == []
    lesson = read_scenario(lesson_file)
    done = [(action.verb, action.argument) for step in lesson.steps for action in step.actions]
    assert ("click", "step_read_card") in done
    assert ("click", {"widget": "results", "item": "我要开理发店"}) in [
        (verb, {**argument, "item": argument["item"].split()[0]} if isinstance(argument, dict) else argument)
        for verb, argument in done
    ]
    assert ("type", "klfd") in done  # the typing mistake is not taught
    assert ("type", "today+30") in done
    assert ("type", "伟丝理发𠮷祥店") in done
    assert ("key", "P") in done
    assert "page_seen" in [condition for step in lesson.steps for condition in step.until]
    assert "pixel" not in text
    assert not any(name in text for name in ("lesson_end", "save_lesson"))

    out = tmp_path / "out"
    seed(out / "profile")
    (out / "profile" / "lessons").mkdir()
    (out / "profile" / "lessons" / lesson_file.name).write_text(text, "utf-8")
    summary = play(lesson.name, out)
    assert [step["ok"] for step in summary["steps"]] == [True] * len(lesson.steps)
    assert summary["outbox"] == {"waiting": 0, "parked": 0}
    assert summary["fields"]["typed"] == len(TYPED)
    assert len(summary["cases"]) == 3
