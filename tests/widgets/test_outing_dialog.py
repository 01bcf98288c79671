"""The list of visits: what it shows, which keys it answers, and what it does not let be pressed."""

from __future__ import annotations

import outing_samples as s
import pytest
from dialog_hands import press, said, shown
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from widgets.dialogs.outing import GiveBackDialog, OutingDialog
from widgets.views import Tone
from widgets.wiped import WipedScreen

K = Qt.Key


def part(dialog: QWidget, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, name)
    assert found is not None
    return found


@pytest.fixture
def dialog(qtbot: QtBot) -> OutingDialog:
    made = s.outing()
    shown(qtbot, made)
    return made


def heard(dialog: OutingDialog) -> list[tuple[str, str]]:
    calls: list[tuple[str, str]] = []
    for name in ("check_out", "begin", "extend", "give_back"):
        getattr(dialog, name).connect(lambda visit, name=name: calls.append((name, visit)))
    return calls


def test_keys_lead_on(dialog: OutingDialog, qtbot: QtBot) -> None:
    calls = heard(dialog)
    dialog.table.setFocus()
    press(K.Key_Return)
    press(K.Key_Y)
    qtbot.waitUntil(lambda: calls == [("begin", "WF-1"), ("extend", "WF-1")])
    press(K.Key_R)
    qtbot.waitUntil(lambda: calls[2:] == [("give_back", "WF-1")])
    dialog.table.setFocus()
    press(K.Key_Down)
    press(K.Key_Return)
    assert calls[-1] == ("check_out", "WF-2")
    assert not part(dialog, "outing_back").isVisible(), "what is not here cannot be given back"


def test_what_cannot_be_done_is_not_done(dialog: OutingDialog, qtbot: QtBot) -> None:
    calls = heard(dialog)
    dialog.table.selectRow(4)
    assert not part(dialog, "outing_go").isEnabled()
    dialog.table.setFocus()
    press(K.Key_Return)
    dialog.table.selectRow(0)
    assert not part(dialog, "outing_go").isEnabled(), "expired"
    dialog.set_busy("正在延期…")
    assert not part(dialog, "outing_back").isEnabled()
    press(K.Key_R)
    assert calls == []
    dialog.set_busy("")
    press(K.Key_R)
    qtbot.waitUntil(lambda: calls == [("give_back", "WF-5")])


def test_how_long_it_holds_is_said_in_words(dialog: OutingDialog) -> None:
    dialog.table.selectRow(0)
    assert "不能再用它受理" in said(dialog)
    cell = dialog.table.item(0, 3)
    assert cell is not None
    assert cell.text() == "已到期"


def test_readiness_is_of_the_marked_visit_and_names_what_lacks(dialog: OutingDialog, qtbot: QtBot) -> None:
    words = said(dialog)
    assert "还有 2 项要看" in words
    assert "请清理磁盘，至少留出 1 GB" in words
    spoken = [label.accessibleName() for label in dialog.findChildren(QLabel, "ready_name")]
    assert any("存放材料的空间 缺" in name for name in spoken), "told without colour"
    dialog.set_ready("WF-3", s.READY[:1])
    assert "还有 2 项要看" in said(dialog), "the answer for another visit comes too late"
    dialog.set_ready("WF-1", s.READY[:1])
    qtbot.waitUntil(lambda: "离线所需已齐" in said(dialog))


def test_the_mark_stays_on_its_visit(dialog: OutingDialog) -> None:
    dialog.set_rows(s.ROWS[2:])
    marked = dialog.selected()
    assert marked is not None
    assert marked.id == "WF-1"
    dialog.set_rows(())
    assert dialog.selected() is None
    assert "没有安排外出服务" in said(dialog)


@pytest.mark.parametrize(("cases", "default"), [(3, True), (0, False)])
def test_giving_back_asks_how_it_went(qtbot: QtBot, cases: int, default: bool) -> None:
    dialog = GiveBackDialog("𠮷祥㛃理发店", cases)
    shown(qtbot, dialog)
    answers: list[tuple[bool, str]] = []
    dialog.answered.connect(lambda done, note: answers.append((done, note)))
    dialog.note.setText(" 改约下周 ")
    press(K.Key_Return)
    assert answers == [(default, "改约下周")]


def test_escape_gives_nothing_back(qtbot: QtBot) -> None:
    dialog = GiveBackDialog("𠮷祥㛃理发店", 3)
    shown(qtbot, dialog)
    answers: list[bool] = []
    dialog.answered.connect(lambda done, _: answers.append(done))
    press(K.Key_Escape)
    assert not dialog.isVisible()
    assert answers == []


def test_the_wiped_screen_lets_nobody_out_before_the_end(qtbot: QtBot) -> None:
    screen = WipedScreen()
    shown(qtbot, screen)
    left: list[bool] = []
    screen.left.connect(lambda: left.append(True))
    QTest.keyClick(screen, K.Key_Escape)
    assert left == []
    screen.set_done(True, whole=False, told=False)
    assert "下次启动会继续" in said(screen)
    assert "还没有连上平台" in said(screen)
    QTest.keyClick(screen, K.Key_Escape)
    assert left == [True]
    assert screen.accessibleName() == "本机数据已清除"


def test_a_line_under_the_list_says_how_it_goes(dialog: OutingDialog) -> None:
    dialog.say("任务包已被领取", Tone.ERROR)
    assert "任务包已被领取" in said(dialog)
