"""The page viewer, the list of what is still to come, and the keys of points and reuse."""

from __future__ import annotations

from dataclasses import replace

import pytest
import widget_samples as s
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from widgets.dialogs.complete_later import CompleteLaterDialog
from widgets.materials import MaterialsPanel
from widgets.page_viewer import PageViewer
from widgets.views import Tone
from widgets.window import MainWindow

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def viewer(qtbot: QtBot) -> PageViewer:
    viewer = PageViewer()
    qtbot.addWidget(viewer)
    viewer.set_pages("平面图", [s.paper_page(), s.paper_page(), s.paper_page()], 1)
    viewer.show()
    QApplication.processEvents()
    return viewer


def test_the_viewer_tells_what_its_keys_ask_for(viewer: PageViewer) -> None:
    told: list[tuple[object, ...]] = []
    viewer.moved.connect(lambda a, b: told.append(("move", a, b)))
    viewer.turned.connect(lambda n: told.append(("turn", n)))
    viewer.dropped.connect(lambda n: told.append(("drop", n)))
    viewer.undone.connect(lambda: told.append(("undo",)))
    viewer.saved.connect(lambda: told.append(("save",)))
    for key, with_ in ((KEY.Key_Up, CTRL), (KEY.Key_Down, CTRL), (KEY.Key_Z, CTRL), (KEY.Key_S, CTRL)):
        QTest.keyClick(viewer.list, key, with_)
    for key in (KEY.Key_R, KEY.Key_Delete):
        QTest.keyClick(viewer.list, key)
    assert told == [("move", 1, 0), ("move", 1, 2), ("undo",), ("save",), ("turn", 1), ("drop", 1)]
    QTest.keyClick(viewer.list, KEY.Key_Down)
    assert viewer.current == 2
    told.clear()
    QTest.keyClick(viewer.list, KEY.Key_Down, CTRL)  # the last page has nowhere to go
    assert told == []


def test_an_earlier_cases_pages_are_only_looked_at(viewer: PageViewer, qtbot: QtBot) -> None:
    viewer.set_pages("平面图", [s.paper_page(), s.paper_page()], 0, editable=False)
    with (
        qtbot.assertNotEmitted(viewer.turned),
        qtbot.assertNotEmitted(viewer.dropped),
        qtbot.assertNotEmitted(viewer.moved),
    ):
        QTest.keyClick(viewer.list, KEY.Key_R)
        QTest.keyClick(viewer.list, KEY.Key_Delete)
        QTest.keyClick(viewer.list, KEY.Key_Down, CTRL)
    with qtbot.waitSignal(viewer.saved):
        QTest.keyClick(viewer.list, KEY.Key_S, CTRL)


def test_a_cleared_page_says_so_and_offers_nothing_dead(viewer: PageViewer, qtbot: QtBot) -> None:
    words = "已移交平台保存，本机于 2027-02-19 清除"
    viewer.set_pages("平面图", [s.paper_page(), QImage()], 1, cleared={1: words})
    assert viewer._picture.text() == words
    assert viewer._picture.accessibleName() == words
    able = {made.objectName() for made in viewer.findChildren(QPushButton) if made.isEnabled()}
    assert able.isdisjoint({"viewer_turn", "viewer_bigger", "viewer_smaller", "viewer_whole", "viewer_save"})
    assert {"viewer_drop", "viewer_close"} <= able
    with qtbot.assertNotEmitted(viewer.turned), qtbot.assertNotEmitted(viewer.saved):
        QTest.keyClick(viewer.list, KEY.Key_R)
        QTest.keyClick(viewer.list, KEY.Key_Plus)
        QTest.keyClick(viewer.list, KEY.Key_S, CTRL)
    QTest.keyClick(viewer.list, KEY.Key_Up)
    assert viewer._picture.text() == ""
    assert viewer._picture.pixmap().width() > 0


def test_zoom_grows_shrinks_and_fits(viewer: PageViewer) -> None:
    picture = viewer.findChild(QLabel, "viewer_picture")
    assert picture is not None
    fitted = picture.width()
    room = viewer.area.viewport()
    assert room is not None
    assert picture.height() <= room.height() + 2
    QTest.keyClick(viewer.list, KEY.Key_Plus)
    QTest.keyClick(viewer.list, KEY.Key_Plus)
    assert picture.width() == pytest.approx(fitted * 1.5625, rel=0.02)
    QTest.keyClick(viewer.list, KEY.Key_Minus)
    assert picture.width() == pytest.approx(fitted * 1.25, rel=0.02)
    QTest.keyClick(viewer.list, KEY.Key_0)
    assert picture.width() == fitted


def test_the_list_of_what_is_to_come_offers_what_fits(qtbot: QtBot) -> None:
    dialog = CompleteLaterDialog()
    qtbot.addWidget(dialog)
    dialog.set_rows(s.DUE_ROWS)
    dialog.show()
    QApplication.processEvents()

    def shown() -> set[str]:
        return {b.objectName() for b in dialog.findChildren(QPushButton) if b.isVisible()}

    assert shown() == {"due_capture", "due_close"}
    with qtbot.waitSignal(dialog.capture_requested) as asked:
        QTest.keyClick(dialog, KEY.Key_F6)
    assert asked.args == ["a"]
    QTest.keyClick(dialog.search, KEY.Key_Down)
    dialog.table.selectRow(1)
    assert shown() == {"due_kept", "due_broken", "due_close"}
    with qtbot.waitSignal(dialog.checked) as answered:
        QTest.keyClick(dialog, KEY.Key_N)
    assert answered.args == ["b", False]
    selected = dialog.selected()
    dialog.set_rows(s.DUE_ROWS[1:])
    assert dialog.selected() == selected  # it stays on the same entry
    dialog.set_live(True)
    with qtbot.waitSignal(dialog.stopped):
        QTest.keyClick(dialog, KEY.Key_Escape)
    assert dialog.isVisible()  # Esc closed the camera, not the dialog
    dialog.set_live(False)
    dialog.set_rows((), searched=True)
    assert dialog.selected() is None


@pytest.fixture
def panel(window: MainWindow) -> MaterialsPanel:
    window.materials.set_materials(s.MATERIALS_OFFERED)
    window.materials.select("plan")
    window.materials.list.setFocus()
    return window.materials


def test_points_are_confirmed_by_number_and_earlier_pages_taken_over(panel: MaterialsPanel) -> None:
    told: list[tuple[object, ...]] = []
    panel.tick_requested.connect(lambda m, n: told.append((m, n)))
    panel.reuse_requested.connect(lambda m: told.append(("reuse", m)))
    panel.file_requested.connect(lambda m: told.append(("file", m)))
    for key in (KEY.Key_1, KEY.Key_3, KEY.Key_9, KEY.Key_A, KEY.Key_U, KEY.Key_O):
        QTest.keyClick(panel.list, key)
    assert told == [("plan", 0), ("plan", 2), ("plan", -1), ("reuse", "plan"), ("file", "plan")]


def test_an_expired_paper_is_shown_with_its_reason_and_no_key(panel: MaterialsPanel, qtbot: QtBot) -> None:
    words = "2025-03-11 交过 2 页（办件 A03202503110007K）：30 天内有效，2025-04-10 已到期，不能沿用"
    panel.set_materials([replace(m, offer=words, can_reuse=False) for m in s.MATERIALS_OFFERED])
    panel.select("plan")
    QApplication.processEvents()
    offer = panel.findChild(QLabel, "material_offer")
    assert offer is not None
    assert (offer.text(), offer.isVisible(), offer.property("tone")) == (words, True, Tone.NEUTRAL.value)
    with qtbot.assertNotEmitted(panel.reuse_requested):
        QTest.keyClick(panel.list, KEY.Key_U)


def test_what_falls_due_is_said_and_listed_by_one_key(panel: MaterialsPanel, qtbot: QtBot) -> None:
    words = panel.findChild(QLabel, "materials_due_words")
    assert words is not None
    assert not words.isVisible()
    panel.set_due("今天到期 1 项", Tone.WARNING)
    assert (words.isVisible(), words.text()) == (True, "今天到期 1 项")
    with qtbot.waitSignal(panel.due_requested):
        QTest.keyClick(panel.list, KEY.Key_B, CTRL)
