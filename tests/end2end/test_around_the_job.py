"""What stands around the job, with a real store, gateway, printers and window: by keys alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from demo_screen import demo_screen, press
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.demo.scenario import load_scenario
from app.gateway.cases import Decision, Stage
from app.presenters.player import Player
from app.presenters.screen import Screen
from widgets.dialogs.cases import CaseModel
from widgets.views_around import CaseRow

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def awake(qtbot: QtBot, screen: Screen) -> None:
    """Back in the window, as a window manager would put us."""
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    screen.window.activateWindow()
    qtbot.waitUntil(screen.window.isActiveWindow)


@pytest.fixture
def screen(qtbot: QtBot, qapp: QApplication, tmp_path: Path, seed: Callable[[Path], Path]) -> Iterator[Screen]:
    with demo_screen(qapp, seed(tmp_path / "profile"), tmp_path / "paper") as made:
        yield made


def test_after_the_job(qtbot: QtBot, screen: Screen, tmp_path: Path) -> None:
    around, store, gateway = screen.around, screen.station.store, screen.station.gateway
    assert gateway is not None
    assert Player(screen, load_scenario("open-a-barber-shop"), tmp_path / "out").play()["ok"]
    first = store.case_lines([1])[0]
    awake(qtbot, screen)

    # A department asks for a correction: the window hears of it, and Enter leads to the case.
    gateway.advance(first.case_id, Stage.CORRECTION, Decision("请补充房屋照片。"))
    screen.sync_thread.kick(urgent=True)
    qtbot.waitUntil(lambda: screen.window.status.messages_words() == "消息 1", timeout=20000)
    press(K.Key_F11)
    messages = around.messages.dialog
    qtbot.waitUntil(lambda: bool(messages.rows), timeout=10000)
    assert messages.rows[0].words == "请补充房屋照片。"
    assert messages.rows[0].number == first.provisional_no
    press(K.Key_Return)
    cases = around.cases.dialog
    qtbot.waitUntil(lambda: cases.isVisible() and cases.detail.paper() is not None, timeout=10000)
    assert cases.search.text() == first.provisional_no
    qtbot.waitUntil(lambda: screen.window.status.messages_words() == "消息")
    row = cases.model.index(0, 0).data(CaseModel.ROW)
    assert isinstance(row, CaseRow)
    assert (row.stage, row.light_words) == ("补齐补正", "时限暂停")

    # Its paper once more: on real (emulated) printers, and in the audit trail.
    printed: list[str] = []
    screen.accept.printed.connect(lambda slot, reply: printed.append(slot) if reply.ok else None)
    press(K.Key_P, CTRL)
    qtbot.waitUntil(lambda: sorted(printed) == ["printer", "receipt_printer"], timeout=20000)
    papers = cases.detail.papers
    qtbot.waitUntil(lambda: papers.item(0, 2) is not None and papers.item(0, 2).text() == "重印过 1 次")
    assert store.audit_entries(0, 500)[-1].action == "paper.reprinted"
    press(K.Key_Escape)
    press(K.Key_Escape)
    awake(qtbot, screen)

    # The board counts it and leads to its cases; the report is printed.
    press(K.Key_F10)
    board = around.board.dialog
    qtbot.waitUntil(lambda: "补齐补正 1" in board.stages.accessibleName(), timeout=10000)
    printed_before = len(list((tmp_path / "paper" / "printed").glob("*.pdf")))
    press(K.Key_P)
    qtbot.waitUntil(
        lambda: len(list((tmp_path / "paper" / "printed").glob("*.pdf"))) == printed_before + 1, timeout=20000
    )
    around.board.save_to(tmp_path / "report.csv")
    around.board.save_to(tmp_path / "no" / "such" / "folder.pdf")
    qtbot.waitUntil((tmp_path / "report.csv").exists, timeout=10000)
    press(K.Key_Escape)
    awake(qtbot, screen)


@pytest.mark.x11
def test_the_palette_by_keys_alone(qtbot: QtBot, screen: Screen) -> None:
    """No mouse: from the palette into the cart, to the board, to a case that is typed by its name."""
    awake(qtbot, screen)
    palette = screen.around.palette.dialog
    press(K.Key_K, CTRL)
    qtbot.waitUntil(lambda: palette.isActiveWindow() and palette.search.hasFocus())
    QTest.keyClicks(palette.search, "lifadian")
    qtbot.waitUntil(lambda: bool(palette.rows()))
    assert palette.rows()[0].title == "我要开理发店"
    press(K.Key_Return)
    qtbot.waitUntil(lambda: screen.desk.visit.codes == ("open-a-barber-shop",))
    awake(qtbot, screen)
    press(K.Key_K, CTRL)
    qtbot.waitUntil(lambda: palette.isActiveWindow() and palette.search.hasFocus())
    QTest.keyClicks(palette.search, "jrkb")
    press(K.Key_Return)
    qtbot.waitUntil(screen.around.board.dialog.isVisible)
    qtbot.waitUntil(screen.around.board.dialog.isActiveWindow)
    press(K.Key_Escape)
    awake(qtbot, screen)
    press(K.Key_K, CTRL)
    qtbot.waitUntil(lambda: palette.isActiveWindow() and palette.search.hasFocus())
    assert [row.title for row in palette.rows()[:2]] == ["今日看板", "我要开理发店"], "recents first"
    QTest.keyClicks(palette.search, "sldy")
    (row,) = [row for row in palette.rows() if row.id == "action:accept"]
    assert row.possible, "something was chosen: it can be checked"
    press(K.Key_Escape)
    press(K.Key_Escape)
    awake(qtbot, screen)
