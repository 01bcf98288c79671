"""Demo mode for people: list, lesson with hints, mistakes, result, export; a fresh window each time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from training_kit import LONG, begin, click, press, training_room

from app.demo.results import ResultBook
from app.demo.scenario import shipped_folder
from app.demo.score import MistakeKind
from app.presenters.screen import Screen
from app.presenters.training import TrainingRoom
from widgets.coach import Balloon, Ring

READER = "reader-unplugged"


@pytest.fixture
def profile(tmp_path: Path, seed: Callable[[Path], Path]) -> Path:
    return seed(tmp_path / "profile")


def balloon(screen: Screen) -> Balloon:
    found = screen.window.findChild(Balloon, "coach")
    assert found is not None
    return found


def at_step(qtbot: QtBot, room: TrainingRoom, number: int) -> None:
    coach = room.coach
    assert coach is not None
    qtbot.waitUntil(lambda: coach.step == number, timeout=LONG)
    coach.look()


def pointed_at(qtbot: QtBot, window: QWidget, widget: QWidget) -> None:
    def around() -> bool:
        ring = window.findChild(Ring)
        return ring is not None and ring.geometry().contains(widget.mapTo(window, widget.rect().center()))

    qtbot.waitUntil(around, timeout=LONG)


@pytest.mark.timeout(300)
def test_a_fault_drill_by_the_learners_own_hands(
    qtbot: QtBot, qapp: QApplication, profile: Path, tmp_path: Path
) -> None:
    saved = [str(tmp_path / "mine.csv"), str(tmp_path / "mine.pdf"), str(tmp_path / "all.csv")]
    with training_room(qtbot, qapp, profile, lambda title, name: saved.pop(0)) as room:
        page = room.window.page
        assert page.list.model().rowCount() >= 6
        page.learner.setText("学员王㛃")
        page.select(READER)
        screen = begin(qtbot, room, lambda: qtbot.keyClick(page.list, Qt.Key.Key_Return))
        window = screen.window
        assert room.window.isHidden()
        at_step(qtbot, room, 1)
        # The balloon and its ring are at the very widget, and the keys stay where they were.
        strip = window.findChild(QWidget, "step_read_card")
        assert strip is not None
        pointed_at(qtbot, window, strip)
        ring = window.findChild(Ring)
        assert ring is not None
        assert "F2" in balloon(screen).words()
        assert not balloon(screen).geometry().contains(strip.mapTo(window, strip.rect().center()))
        assert not balloon(screen).isAncestorOf(QApplication.focusWidget() or window)

        press(qtbot, screen, Qt.Key.Key_F4)  # wrong here
        press(qtbot, screen, Qt.Key.Key_F4)
        press(qtbot, screen, Qt.Key.Key_F8)  # not even possible
        press(qtbot, screen, Qt.Key.Key_F2)  # right: the reader is unplugged, and says so
        at_step(qtbot, room, 2)
        assert "读卡器" in window.notice.words()
        at_step(qtbot, room, 3)  # mended by the lesson; the light came back by itself
        click(qtbot, window.findChild(QWidget, "lesson_hints"))
        assert balloon(screen).isHidden()
        assert ring.isHidden()
        click(qtbot, window.findChild(QWidget, "lesson_hints"))
        assert balloon(screen).isVisible()
        press(qtbot, screen, Qt.Key.Key_F2)
        at_step(qtbot, room, 4)
        press(qtbot, screen, Qt.Key.Key_F3)
        pointed_at(qtbot, window, window.picker.search)
        qtbot.keyClicks(window.picker.search, "klfd")
        qtbot.keyClick(window.picker.search, Qt.Key.Key_Return)
        with qtbot.waitSignal(room.ended, timeout=LONG):
            qtbot.keyClick(window.picker.search, Qt.Key.Key_Return)
        del screen, window, strip, ring

        assert room.screen is None
        result = room.window.result
        assert result.isVisible()
        (kept,) = ResultBook(profile / "training").all()
        assert kept.finished
        assert kept.hints
        assert kept.learner == "学员王㛃"
        # A reader that the lesson itself unplugged is not the learner's mistake.
        assert [mistake.kind for mistake in kept.mistakes] == [MistakeKind.WRONG_KEY] * 3
        assert all("F2" in mistake.right for mistake in kept.mistakes)
        assert result.table.model().rowCount() == 3
        result.export_csv.emit()
        result.export_pdf.emit()
        qtbot.waitUntil(lambda: (tmp_path / "mine.pdf").exists(), timeout=LONG)
        assert (tmp_path / "mine.pdf").read_bytes().startswith(b"%PDF")
        assert "学员王㛃" in (tmp_path / "mine.csv").read_text("utf-8-sig")
        with qtbot.waitSignal(room.ended, timeout=LONG):
            qtbot.keyClick(result, Qt.Key.Key_Return)
        selected = page.selected()
        assert selected is not None
        assert selected.name == READER
        assert str(kept.percent) in selected.last
        page.export.emit()
        qtbot.waitUntil(lambda: (tmp_path / "all.csv").exists(), timeout=LONG)


@pytest.mark.timeout(300)
def test_shown_steps_examination_and_a_fresh_start(qtbot: QtBot, qapp: QApplication, profile: Path) -> None:
    with training_room(qtbot, qapp, profile) as room:
        # Shown: the player does the step in hand, and the result says so.
        screen = begin(qtbot, room, lambda: room.begin("open-a-barber-shop", True))
        at_step(qtbot, room, 1)
        click(qtbot, balloon(screen).findChild(QWidget, "coach_show"))
        at_step(qtbot, room, 2)
        first_visit = screen.desk.visit.visit_id
        assert screen.desk.visit.card is not None

        # From the beginning: another window on an empty store, without restarting the program.
        with qtbot.waitSignal(room.opened, timeout=LONG):
            click(qtbot, screen.window.findChild(QWidget, "lesson_restart"))
        del screen
        fresh = room.screen
        assert fresh is not None
        assert fresh.desk.visit.visit_id != first_visit
        assert fresh.desk.visit.empty
        with qtbot.waitSignal(room.ended, timeout=LONG):
            fresh.window.close()  # ends the lesson where it stands
        del fresh
        (left,) = ResultBook(profile / "training").all()
        assert not left.finished
        assert left.stars == 0

        # An examination points at nothing and shows nothing.
        screen = begin(qtbot, room, lambda: room.begin(READER, False))
        at_step(qtbot, room, 1)
        assert screen.window.findChild(Balloon) is None
        hints = screen.window.findChild(QWidget, "lesson_hints")
        assert hints is not None
        assert hints.isHidden()
        coach = room.coach
        assert coach is not None
        coach.set_hints(True)
        coach.show_step()
        coach.look()
        assert coach.step == 1
        assert screen.window.findChild(Balloon) is None
        with qtbot.waitSignal(room.ended, timeout=LONG):
            click(qtbot, screen.window.findChild(QWidget, "lesson_end"))
        del screen, coach, hints
        exam = ResultBook(profile / "training").all()[-1]
        assert (exam.hints, exam.shown, exam.done) == (False, (), 1)


@pytest.mark.timeout(300)
def test_forgotten_refused_and_left_early(qtbot: QtBot, qapp: QApplication, profile: Path) -> None:
    own = profile / "lessons"
    own.mkdir()
    text = (shipped_folder() / "open-a-barber-shop.yaml").read_text("utf-8")
    text = text.replace("name: open-a-barber-shop", "name: report-brought")
    text = text.replace("hygiene_test_report tolerated", "hygiene_test_report captured")
    (own / "report-brought.yaml").write_text(text, "utf-8")
    with training_room(qtbot, qapp, profile) as room:
        screen = begin(qtbot, room, lambda: room.begin("report-brought", True))
        window = screen.window
        at_step(qtbot, room, 1)
        press(qtbot, screen, Qt.Key.Key_F2)
        at_step(qtbot, room, 2)
        press(qtbot, screen, Qt.Key.Key_F3)
        qtbot.keyClicks(window.picker.search, "klfd")
        qtbot.keyClick(window.picker.search, Qt.Key.Key_Return)
        qtbot.keyClick(window.picker.search, Qt.Key.Key_Return)
        at_step(qtbot, room, 3)
        press(qtbot, screen, Qt.Key.Key_F7)
        window.form.focus_field("applicant.phone")
        editor = window.form.field_editor("applicant.phone")
        for text in ("12", "13857200011", "13857200022"):
            qtbot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            qtbot.keyClicks(editor, text)
            window.form.commit()
        window.materials.select("hygiene_test_report")
        qtbot.keyClick(window.materials.list, Qt.Key.Key_T)  # this visitor has brought it: it is to be captured
        with qtbot.waitSignal(room.ended, timeout=LONG):
            click(qtbot, window.findChild(QWidget, "lesson_end"))
        del screen, window, editor
        (kept,) = ResultBook(profile / "training").all()
        kinds = [mistake.kind for mistake in kept.mistakes]
        assert kinds == [
            MistakeKind.FORGOTTEN,
            MistakeKind.REFUSED_ENTRY,
            MistakeKind.CORRECTED_FIELD,
            MistakeKind.WRONG_SETTLING,
        ]
        assert "13857200011" in kept.mistakes[1].right
        assert kept.done == 3


@pytest.mark.timeout(300)
def test_free_practice_and_a_broken_lesson(qtbot: QtBot, qapp: QApplication, profile: Path) -> None:
    own = profile / "lessons"
    own.mkdir()
    (own / "broken.yaml").write_text("name: broken\nsteps: [", "utf-8")
    with training_room(qtbot, qapp, profile) as room:
        bad = room.window.page.findChild(QWidget, "lessons_bad")
        assert bad is not None
        assert bad.isVisible()
        assert "broken.yaml" in bad.text()  # type: ignore[attr-defined]
        screen = begin(qtbot, room, lambda: room.begin("", True))
        assert room.coach is None
        assert screen.window.findChild(Balloon) is None
        with qtbot.waitSignal(room.ended, timeout=LONG):
            click(qtbot, screen.window.findChild(QWidget, "lesson_end"))
        del screen
        assert room.window.page.isVisible()
        assert ResultBook(profile / "training").all() == ()
