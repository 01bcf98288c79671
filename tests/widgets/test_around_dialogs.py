"""Lists of cases and messages, the board, bars and choices: what they show and which keys they answer."""

from __future__ import annotations

from dataclasses import replace

import around_samples as a
import pytest
import widget_samples as s
from dialog_hands import press, said, shown
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from widgets.dialogs.board import BoardDialog, FigureCard
from widgets.dialogs.cases import PAGE, CasesDialog
from widgets.dialogs.devices import DevicesDialog
from widgets.dialogs.messages import MessagesDialog
from widgets.dialogs.outbox import OutboxDialog
from widgets.dialogs.packet import PacketDialog
from widgets.views import Tone

K = Qt.Key
M = Qt.KeyboardModifier


def buttons(top: QWidget) -> set[str]:
    return {b.objectName() for b in top.findChildren(QPushButton) if b.isVisible()}


@pytest.fixture
def cases(qtbot: QtBot) -> CasesDialog:
    dialog = CasesDialog()
    shown(qtbot, dialog)
    return dialog


def test_rows_are_asked_for_in_pages_and_only_when_looked_at(cases: CasesDialog, qtbot: QtBot) -> None:
    wanted: list[int] = []
    cases.model.wanted.connect(wanted.append)
    cases.set_count(10_000, "共 10000 件")
    qtbot.waitUntil(lambda: bool(wanted))
    assert wanted == [0]
    cases.table.scrollToBottom()
    qtbot.waitUntil(lambda: len(wanted) > 1)
    assert set(wanted) == {0, 10_000 - PAGE}, "what lies between was never read"
    cases.model.set_page(10_000 - PAGE, [replace(a.CASES[0], id=f"c{n}") for n in range(PAGE)])
    assert cases.model.index(9999, 1).data() == a.CASES[0].item
    assert cases.model.index(5000, 0).data() == "…"


def test_the_first_case_is_selected_when_it_arrives(cases: CasesDialog) -> None:
    selected: list[str] = []
    cases.selected.connect(selected.append)
    cases.set_count(40)
    assert selected == []
    cases.model.set_page(0, a.CASES)
    assert selected == ["case-0"]
    cases.table.setFocus()
    press(K.Key_Down)
    assert selected == ["case-0", "case-1"]
    cases.model.forget()
    assert selected == ["case-0", "case-1"], "reading again selects nothing anew"


def test_filters_by_key(cases: CasesDialog, qtbot: QtBot) -> None:
    told: list[tuple[str, str]] = []
    cases.filtered.connect(lambda: told.append((cases.days.value(), cases.stands.value())))
    cases.search.setFocus()
    press(K.Key_1, M.ControlModifier)
    press(K.Key_4, M.AltModifier)
    # A button's key presses it for a moment, for the eye.
    qtbot.waitUntil(lambda: bool(told) and told[-1] == ("1", "late"))
    assert "没有符合条件的办件" not in said(cases)
    cases.set_count(0)
    assert "没有符合条件的办件" in said(cases)
    press(K.Key_4, M.ControlModifier)
    press(K.Key_1, M.AltModifier)
    qtbot.waitUntil(lambda: told[-1] == ("", ""))
    cases.set_count(0)
    assert "本窗口还没有受理过办件" in said(cases)


def test_a_case_in_full_and_its_paper(cases: CasesDialog, qtbot: QtBot) -> None:
    assert "cases_paper" not in buttons(cases), "no dead button"
    cases.set_count(40)
    cases.model.set_page(0, a.CASES)
    cases.show_case(a.CASE)
    for expected in ("公共场所卫生许可（美容美发场所）", "补齐补正", "平台已收"):
        qtbot.waitUntil(lambda expected=expected: expected in said(cases))
    assert cases.detail.form.item(2, 1).text() == "𠮷祥㛃理发店"  # type: ignore[union-attr]
    told: list[str] = []
    cases.paper_requested.connect(lambda number: told.append(f"see {number}"))
    cases.reprint_requested.connect(lambda number: told.append(f"print {number}"))
    cases.search.setFocus()
    press(K.Key_Down)
    assert cases.table.hasFocus()
    press(K.Key_Return)
    press(K.Key_P, M.ControlModifier)
    qtbot.waitUntil(lambda: told == ["see A03202611210004K", "print A03202611210004K"])
    press(K.Key_4, M.AltModifier | M.ShiftModifier)
    qtbot.waitUntil(cases.detail.trail.isVisible)


def test_a_cleared_case_offers_nothing_dead(cases: CasesDialog, qtbot: QtBot) -> None:
    cases.set_count(40)
    cases.model.set_page(0, a.CASES)
    cases.show_case(a.CLEARED_CASE)
    qtbot.waitUntil(lambda: "已移交平台保存，本机于 2027-05-20 清除" in said(cases))
    assert {"cases_paper", "cases_reprint", "cases_settle"}.isdisjoint(buttons(cases))
    with qtbot.assertNotEmitted(cases.paper_requested), qtbot.assertNotEmitted(cases.reprint_requested):
        cases.table.setFocus()
        press(K.Key_Return)
        press(K.Key_P, M.ControlModifier)
    cases.show_case(a.CASE)
    qtbot.waitUntil(lambda: "材料影像在本机保留到 2027-02-19" in said(cases))
    assert "cases_paper" in buttons(cases)


def test_a_case_that_the_platform_lacks_waits_for_a_person(cases: CasesDialog, qtbot: QtBot) -> None:
    cases.set_count(40)
    cases.model.set_page(0, a.CASES)
    cases.show_case(a.LOST_CASE)
    qtbot.waitUntil(lambda: "请把受理流水号报给平台运维人员" in said(cases))
    with qtbot.waitSignal(cases.settled) as told:
        press(K.Key_K, M.ControlModifier)
    assert told.args == ["c0"] or told.args == [a.CASES[0].id]


def test_escape_empties_the_search_before_it_closes(cases: CasesDialog) -> None:
    cases.search.setText("造火箭")
    cases.search.setFocus()
    press(K.Key_Escape)
    assert cases.search.text() == ""
    press(K.Key_Escape)
    assert cases.isHidden()


def test_messages_open_their_case(qtbot: QtBot) -> None:
    dialog = MessagesDialog()
    shown(qtbot, dialog)
    assert "正在读取消息" in said(dialog)
    dialog.set_rows(())
    assert "平台还没有发来消息" in said(dialog)
    assert buttons(dialog) == {"messages_close"}
    dialog.set_rows(a.MESSAGES)
    assert "3 条，1 条未读" in said(dialog)
    assert dialog.table.item(0, 0).font().bold()  # type: ignore[union-attr]
    assert not dialog.table.item(1, 0).font().bold()  # type: ignore[union-attr]
    assert a.MESSAGES[0].todo in said(dialog)
    told: list[str] = []
    dialog.opened.connect(told.append)
    dialog.all_read.connect(lambda: told.append("all"))
    press(K.Key_Down)
    dialog.set_rows([replace(m, unread=True) for m in a.MESSAGES])
    assert dialog.selected() is not None
    press(K.Key_Return)
    press(K.Key_A)
    qtbot.waitUntil(lambda: told == ["m2", "all"])


def test_the_board_leads_to_cases_by_key(qtbot: QtBot) -> None:
    dialog = BoardDialog()
    shown(qtbot, dialog)
    assert "正在统计" in said(dialog)
    assert buttons(dialog) == {"board_close"}
    dialog.set_view(a.BOARD)
    told: list[str] = []
    dialog.opened.connect(told.append)
    dialog.print_requested.connect(lambda: told.append("print"))
    dialog.export_requested.connect(lambda: told.append("export"))
    press(K.Key_Right)
    press(K.Key_Return)
    press(K.Key_P)
    qtbot.waitUntil(lambda: told == ["late", "print"])
    press(K.Key_E)
    qtbot.waitUntil(lambda: told == ["late", "print", "export"])
    assert "非常满意 40" in dialog.ratings.accessibleName()
    cards = dialog.findChildren(FigureCard)
    changed = (replace(a.BOARD.figures[0], figure="129"), *a.BOARD.figures[1:])
    dialog.set_view(replace(a.BOARD, figures=changed, ratings=()))
    assert dialog.findChildren(FigureCard) == cards, "figures change in place, the focus stays"
    assert "129" in said(dialog)
    assert not dialog.ratings.isVisible(), "nothing is said of ratings while there are none"
    dialog.set_view(replace(a.BOARD, stages=()))
    assert "今天还没有受理办件" in said(dialog)


def test_devices_that_are_not_there_have_no_buttons(qtbot: QtBot) -> None:
    dialog = DevicesDialog()
    shown(qtbot, dialog)
    dialog.set_rows(a.DEVICES, "printer")
    assert buttons(dialog) == {"devices_close", "devices_next"}
    press(K.Key_N)
    qtbot.waitUntil(lambda: (dialog.selected() or a.DEVICES[0]).id == "receipt_printer")
    assert "打开上盖" in said(dialog)
    told: list[str] = []
    dialog.reconnect.connect(lambda name: told.append(f"again {name}"))
    dialog.trial.connect(lambda name: told.append(f"try {name}"))
    dialog.setup.connect(lambda name: told.append(f"choose {name}"))
    press(K.Key_R)
    qtbot.waitUntil(lambda: told == ["again receipt_printer"])
    press(K.Key_T)
    qtbot.waitUntil(lambda: told == ["again receipt_printer", "try receipt_printer"])
    assert "打印机报告没有纸" in said(dialog)
    stopped: list[bool] = []
    dialog.stopped.connect(lambda: stopped.append(True))
    dialog.set_frame(s.camera_frame()[0])
    tall = dialog.height()
    press(K.Key_Escape)
    assert stopped
    assert dialog.isVisible(), "Esc first ends the trial"
    dialog.set_live(False)
    qtbot.waitUntil(lambda: dialog.height() < tall)
    press(K.Key_Escape)
    assert dialog.isHidden()


def test_the_outbox_counts_down_and_says_how_far_it_is(qtbot: QtBot) -> None:
    dialog = OutboxDialog()
    shown(qtbot, dialog)
    dialog.set_rows(s.OUTBOX)
    model = dialog.table.model()
    assert model is not None
    next_try = model.index(2, 7)
    for now, words in ((1000.0, "42 秒后"), (1040.0, "2 秒后"), (1042.5, "马上"), (700.0, "6 分钟后")):
        dialog.tick(now)
        assert next_try.data() == words
    assert model.index(0, 7).data() == "联网后"
    assert [model.index(2, place).data() for place in (3, 5)] == ["材料影像", "3 次"]
    dialog.table.selectRow(3)
    assert s.OUTBOX[3].todo in said(dialog)
    dialog.set_progress(3, 12, "已传 3，还有 9，约还需 40 秒")
    assert "约还需 40 秒" in said(dialog)
    dialog.set_progress(0, 0)
    assert "约还需" not in said(dialog)


def test_the_outbox_holds_back_and_lets_go_by_key(qtbot: QtBot) -> None:
    dialog = OutboxDialog()
    told: list[str] = []
    dialog.pause_toggled.connect(lambda: told.append("pause"))
    dialog.files_wait_toggled.connect(lambda wait: told.append(f"wait {wait}"))
    dialog.export_asked.connect(lambda: told.append("export"))
    dialog.answer_asked.connect(lambda: told.append("answer"))
    dialog.upload_now.connect(lambda: told.append("upload"))
    shown(qtbot, dialog)
    dialog.set_rows(s.OUTBOX, 1204, 1, ("36", "18.2 MB"))
    assert "待传 1,204 件" in said(dialog)
    assert "另有 1,201 条没有列出" in said(dialog)

    def keys(*names: Qt.Key) -> list[str]:
        told.clear()
        for place, name in enumerate(names):
            press(name)
            qtbot.waitUntil(lambda place=place: len(told) == place + 1, timeout=5000)  # a key presses a button slowly
        return list(told)

    every = (K.Key_P, K.Key_M, K.Key_E, K.Key_I, K.Key_Return)
    assert keys(*every) == ["pause", "wait True", "export", "answer", "upload"]
    dialog.set_switch("", files_wait=True)
    assert "材料 36 份（18.2 MB）等到好网络" in said(dialog)
    assert keys(*every) == ["pause", "wait False", "export", "answer", "upload"]
    dialog.set_switch("11-22 09:10", files_wait=False)
    assert "上传已暂停（11-22 09:10 起）" in said(dialog)
    assert keys(K.Key_P, K.Key_Return) == ["pause", "pause"], "Enter does what the clerk most likely wants"
    # Nothing waits: what holds back can still be let go, and nothing else is offered.
    dialog.set_rows(())
    seen = [b.objectName() for b in dialog.findChildren(QPushButton) if b.isVisible()]
    assert sorted(seen) == ["outbox_close", "outbox_pause"]


def test_a_packet_can_be_stopped_while_it_runs_and_only_then(qtbot: QtBot) -> None:
    dialog = PacketDialog("正在导出数据包")
    stopped: list[int] = []
    dialog.cancelled.connect(lambda: stopped.append(1))
    shown(qtbot, dialog)
    dialog.set_progress(50, 100)
    QTest.keyClick(dialog, K.Key_Escape)
    QTest.keyClick(dialog, K.Key_Escape)
    assert (len(stopped), dialog.isVisible()) == (1, True), "it stays until the work has really ended"
    dialog.set_result("已取消导出", "没有留下文件。", Tone.WARNING)
    assert dialog.windowTitle() == "已取消导出"
    QTest.keyClick(dialog, K.Key_Return)
    assert dialog.isHidden()
    reading = PacketDialog("正在导入平台回执", can_stop=False)
    reading.cancelled.connect(lambda: stopped.append(2))
    shown(qtbot, reading)
    QTest.keyClick(reading, K.Key_Escape)
    assert (stopped, reading.isVisible()) == ([1], True)
    reading.set_result("回执已导入", "", Tone.SUCCESS)
    QTest.keyClick(reading, K.Key_Escape)
    assert reading.isHidden()


@pytest.mark.parametrize("tone", list(Tone))
def test_a_figures_tone_is_told_by_a_sign_too(qtbot: QtBot, tone: Tone) -> None:
    dialog = BoardDialog()
    shown(qtbot, dialog)
    dialog.set_view(replace(a.BOARD, figures=(replace(a.BOARD.figures[0], tone=tone),)))
    card = dialog.findChild(FigureCard)
    assert card is not None
    assert card._sign.isHidden() is (tone is Tone.NEUTRAL)
