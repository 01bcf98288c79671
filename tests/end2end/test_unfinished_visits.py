"""Keys only, in the real window: lock and unlock, park and resume, hand over, undo and redo; nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QCoreApplication
from PyQt6.QtGui import QInputMethodEvent, QKeySequence
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap_demo import DEMO_PIN, open_demo
from app.demo.scenario import load_scenario
from app.presenters.player import Player
from app.presenters.screen import Screen
from app.presenters.station import Workstation
from widgets.dialogs.parked import LeftDialog, ParkedDialog
from widgets.dialogs.sign_in import SignInDialog, SignInMode
from widgets.theme import apply_theme

pytestmark = pytest.mark.x11

Opened = Callable[..., Screen]
NAME = "business.name"


@pytest.fixture
def opened(qtbot: QtBot, qapp: QApplication, tmp_path: Path, seed: Callable[[Path], Path]) -> Iterator[Opened]:
    """Opens the window on one profile, again and again; `idle`: minutes until it locks by itself."""
    apply_theme(qapp)
    folder = seed(tmp_path / "profile")
    station: list[Workstation] = []
    screens: list[Screen] = []

    def close() -> None:
        for screen in screens:
            screen.close()
        for one in station:
            one.close()
        screens.clear()
        station.clear()

    def open_it(fresh: bool = False) -> Screen:
        close()
        station.append(open_demo(folder, load_scenario("open-a-barber-shop"), fresh=fresh, out=tmp_path))
        made = Screen(station[0])
        screens.append(made)
        made.window.resize(1366, 768)
        made.window.show()
        qtbot.waitExposed(made.window)
        made.window.activateWindow()
        made.start()
        qtbot.waitUntil(lambda: made.tasks.busy is False, timeout=15000)
        return made

    yield open_it
    close()


def target() -> QWidget:
    active = QApplication.activeModalWidget()
    focus = QApplication.focusWidget()
    if active is not None and (focus is None or focus.window() is not active):
        active.activateWindow()
        QApplication.processEvents()
        focus = active.focusWidget()
    found = focus or active or QApplication.activeWindow()
    assert found is not None
    return found


def press(name: str) -> None:
    key = QKeySequence(name)[0]
    QTest.keyClick(target(), key.key(), key.keyboardModifiers())  # type: ignore[call-overload]
    QApplication.processEvents()


def typed(words: str) -> None:
    """As keys, or as an input method hands it over."""
    if words.isascii():
        QTest.keyClicks(target(), words)
        return
    done = QInputMethodEvent("", [])
    done.setCommitString(words)
    QCoreApplication.sendEvent(target(), done)


def begin(qtbot: QtBot, screen: Screen) -> None:
    """Card read, the barber shop chosen, the cursor in the first empty field."""
    press("F2")
    qtbot.waitUntil(lambda: screen.desk.visit.card is not None, timeout=15000)
    press("F3")
    typed("klfd")
    qtbot.waitUntil(lambda: screen.window.picker.current() is not None, timeout=5000)
    press("Return")
    press("Return")
    qtbot.waitUntil(lambda: screen.window.form.isVisible() and bool(screen.desk.visit.items), timeout=5000)
    press("F5")


def words_on(window: QWidget) -> str:
    """All that can be read: labels and lines that nothing lies over."""
    found = []
    for part in (*window.findChildren(QLabel), *window.findChildren(QLineEdit)):
        middle = part.mapTo(window, part.rect().center())
        top = window.childAt(middle)
        if part.isVisible() and top is not None and (top is part or part.isAncestorOf(top)):
            found.append(part.text())
    return "\n".join(found)


def unlock(qtbot: QtBot, screen: Screen) -> None:
    typed(DEMO_PIN)
    press("Return")
    qtbot.waitUntil(lambda: screen.duty.on, timeout=5000)


def test_lock_hides_all_and_the_pin_brings_back_the_very_place(qtbot: QtBot, opened: Opened) -> None:
    screen = opened(fresh=True)
    begin(qtbot, screen)
    person = screen.desk.visit.card
    assert person is not None
    field = screen.window.form.current_field()
    typed("1385720")
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    line.setCursorPosition(3)
    assert str(person.name) in words_on(screen.window)
    press("Ctrl+L")
    dialog = screen.duty.dialog
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.mode is SignInMode.LOCKED
    for window in (w for w in QApplication.topLevelWidgets() if w.isVisible()):
        assert str(person.name) not in words_on(window)
        assert "1385720" not in words_on(window)
        assert window.windowTitle() == "一窗"
    colours = {screen.window.grab().toImage().pixelColor(x, 300).name() for x in range(10, 1300, 90)}
    assert len(colours) <= 2, "the picture shows the cover alone"
    press("Escape")
    press("F12")
    assert dialog.isVisible()
    typed("000000")
    press("Return")
    qtbot.waitUntil(lambda: "口令不对" in dialog.said())
    assert screen.duty.covered
    unlock(qtbot, screen)
    assert screen.window.form.current_field() == field
    qtbot.waitUntil(lambda: QApplication.focusWidget() is line)
    assert (line.text(), line.cursorPosition()) == ("1385720", 3)
    assert str(person.name) in words_on(screen.window)
    trail = [entry.action for entry in screen.station.store.audit_entries()]
    assert trail[-3:] == ["window.locked", "clerk.refused", "window.unlocked"]


def test_a_dialog_that_comes_up_while_locked_is_covered_and_does_not_shut_the_clerk_out(
    qtbot: QtBot, opened: Opened
) -> None:
    screen = opened(fresh=True)
    begin(qtbot, screen)
    press("Ctrl+L")
    qtbot.waitUntil(screen.duty.dialog.isVisible)
    screen.status.outbox.open()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is screen.duty.dialog, timeout=5000)
    unlock(qtbot, screen)
    box = QApplication.activeModalWidget()
    assert box is not None
    assert box.windowTitle() == "待传清单", "and is there, uncovered, afterwards"
    press("Escape")


def test_it_locks_by_itself_when_nobody_touches_anything(qtbot: QtBot, opened: Opened) -> None:
    screen = opened(fresh=True)
    screen.duty._idle.setInterval(400)
    screen.duty._watch()
    for _ in range(5):
        qtbot.wait(150)
        press("Shift")
    assert not screen.duty.covered
    qtbot.waitUntil(lambda: screen.duty.covered, timeout=5000)
    screen.duty._idle.setInterval(60_000)
    unlock(qtbot, screen)


def test_park_two_resume_by_key_and_accept_the_one_keeps_the_other(qtbot: QtBot, opened: Opened) -> None:
    screen = opened(fresh=True)
    begin(qtbot, screen)
    typed("13857200011")
    first = screen.desk.visit.visit_id
    press("Ctrl+P")
    qtbot.waitUntil(lambda: screen.desk.visit.empty and len(screen.drafts.parked) == 1, timeout=5000)
    chip = screen.window.header.findChild(QWidget, "parked_chip")
    assert chip is not None
    assert chip.isVisible()
    begin(qtbot, screen)
    second = screen.desk.visit.visit_id
    press("Alt+1")  # the second one is parked in the place of the first
    qtbot.waitUntil(lambda: screen.desk.visit.visit_id == first, timeout=5000)
    assert screen.desk.visit.form.state("applicant.phone").value == "13857200011"
    qtbot.waitUntil(lambda: [one.draft_id for one in screen.drafts.parked] == [second], timeout=5000)
    press("Ctrl+Shift+P")
    listing = QApplication.activeModalWidget()
    assert isinstance(listing, ParkedDialog)
    press("Return")
    qtbot.waitUntil(lambda: screen.desk.visit.visit_id == second, timeout=5000)
    qtbot.waitUntil(lambda: [one.draft_id for one in screen.drafts.parked] == [first], timeout=5000)
    # The visitor in hand leaves; the parked one stays, through a restart too.
    screen.accept.close_visit()
    screen = opened()
    qtbot.waitUntil(lambda: [one.draft_id for one in screen.drafts.parked] == [first], timeout=5000)
    assert QApplication.activeModalWidget() is None, "what was parked on purpose is not offered as left over"
    press("Alt+1")
    qtbot.waitUntil(lambda: screen.desk.visit.visit_id == first, timeout=5000)


def test_what_was_in_hand_is_offered_at_the_next_start(qtbot: QtBot, opened: Opened) -> None:
    screen = opened(fresh=True)
    begin(qtbot, screen)
    typed("13857")  # and nobody presses Enter
    visit_id = screen.desk.visit.visit_id
    with qtbot.waitSignal(screen.drafts.saved, timeout=5000):
        pass
    screen = opened()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), LeftDialog), timeout=5000)
    press("Return")
    qtbot.waitUntil(lambda: screen.desk.visit.visit_id == visit_id, timeout=5000)
    assert screen.desk.visit.form.state("applicant.phone").value == "13857"
    qtbot.waitUntil(screen.window.form.isVisible, timeout=5000)
    screen = opened()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), LeftDialog), timeout=5000)
    press("Escape")  # no key loses anything
    qtbot.waitUntil(lambda: [one.draft_id for one in screen.drafts.parked] == [visit_id], timeout=5000)


def test_hand_over_parks_what_is_in_hand_for_whoever_comes(qtbot: QtBot, opened: Opened) -> None:
    screen = opened(fresh=True)
    clerks = screen.station.services.clerks
    once = clerks.enrol("0232", "王芳")
    begin(qtbot, screen)
    visit_id = screen.desk.visit.visit_id
    press("Ctrl+Shift+L")
    dialog = screen.duty.dialog
    qtbot.waitUntil(lambda: dialog.isVisible() and dialog.mode is SignInMode.SIGN_IN, timeout=5000)
    assert isinstance(QApplication.activeModalWidget(), SignInDialog)
    press("Down")
    typed(once)
    press("Return")
    qtbot.waitUntil(lambda: dialog.mode is SignInMode.NEW_PIN, timeout=5000)
    for words in (once, "739164", "739164"):
        typed(words)
        press("Return")
    qtbot.waitUntil(lambda: screen.duty.on, timeout=5000)
    assert screen.station.duty.clerk == "王芳"
    assert not screen.window.is_action_enabled("clerks"), "not a manager"
    qtbot.waitUntil(lambda: len(screen.drafts.parked) == 1, timeout=5000)
    press("Alt+1")
    qtbot.waitUntil(lambda: screen.desk.visit.visit_id == visit_id, timeout=5000)
    begin_names = [event.clerk for event in screen.desk.visit.events]
    assert set(begin_names) == {"演示员"}, "what was done keeps its doer"
    press("Ctrl+L")
    qtbot.waitUntil(lambda: dialog.mode is SignInMode.LOCKED and dialog.isVisible(), timeout=5000)
    press("F2")  # somebody else
    qtbot.waitUntil(lambda: dialog.mode is SignInMode.SIGN_IN, timeout=5000)
    press("Up")
    typed(DEMO_PIN)
    press("Return")
    qtbot.waitUntil(lambda: screen.duty.on, timeout=5000)
    assert screen.station.duty.clerk == "演示员"
    qtbot.waitUntil(lambda: [one.draft_id for one in screen.drafts.parked] == [visit_id], timeout=5000)


def test_undo_and_redo_say_what(qtbot: QtBot, opened: Opened) -> None:
    screen = opened(fresh=True)
    begin(qtbot, screen)
    screen.window.form.focus_field(NAME)
    typed("𠮷祥㛃理发店")
    press("Return")
    assert screen.desk.visit.form.state(NAME).value == "𠮷祥㛃理发店"
    title = next(f.title for f in screen.desk.visit.form.definition.fields if f.key == NAME)
    # In a line the line's own undo comes first; from the list of materials it is the desk's.
    screen.window.materials.list.setFocus()
    press("Ctrl+Z")
    assert screen.desk.visit.form.state(NAME).value == ""
    assert screen.window.notice.title() == f"已撤销：{title}"
    press("Ctrl+Y")
    assert screen.desk.visit.form.state(NAME).value == "𠮷祥㛃理发店"
    assert screen.window.notice.title() == f"已恢复：{title}"
    assert not screen.window.is_action_enabled("redo")


def test_pause_and_serve_are_shown_and_in_the_trail(qtbot: QtBot, opened: Opened) -> None:
    screen = opened(fresh=True)
    badge = screen.window.header.findChild(QLabel, "serving")
    assert badge is not None
    assert badge.text() == "服务中"
    press("Ctrl+Shift+S")
    qtbot.waitUntil(lambda: badge.text() == "暂停服务", timeout=5000)
    press("Ctrl+Shift+S")
    qtbot.waitUntil(lambda: badge.text() == "服务中", timeout=5000)
    trail = [entry.action for entry in screen.station.store.audit_entries()]
    assert trail[-2:] == ["window.paused", "window.opened"]


def test_keys_alone_from_sign_in_to_acceptance(qtbot: QtBot, opened: Opened, tmp_path: Path) -> None:
    """Sign in → work → lock → unlock → park → resume → accept, as the shipped lesson plays it."""
    screen = opened(fresh=True)
    press("Ctrl+Shift+L")
    dialog = screen.duty.dialog
    qtbot.waitUntil(lambda: dialog.isVisible() and dialog.mode is SignInMode.SIGN_IN, timeout=5000)
    unlock(qtbot, screen)
    summary = Player(screen, load_scenario("interrupted-visit"), tmp_path / "out").play()
    assert summary["ok"], summary["steps"]
    assert len(summary["cases"]) == 3
    assert screen.drafts.parked == ()
