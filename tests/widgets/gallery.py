"""Fill the window with made-up data in each state and save pictures of it.

    PYTHONPATH=. python tests/widgets/gallery.py OUT [--size 1366x728] [--language en]

QT_QPA_PLATFORM=offscreen or xvfb-run, QT_SCALE_FACTOR=1.5 and the like choose the rest. Prints
what does not fit its place, and then ends with 1.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import around_samples as a
import form_samples as fs
import widget_samples as s
from customer_gallery import citizens, signing
from PyQt6.QtCore import QSize
from PyQt6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from widgets.bits import ElidedLabel
from widgets.customer.screen import WINDOWED
from widgets.dialogs.board import BoardDialog
from widgets.dialogs.cases import CasesDialog
from widgets.dialogs.check import CheckDialog
from widgets.dialogs.complete_later import CompleteLaterDialog
from widgets.dialogs.confirm import ConfirmDialog
from widgets.dialogs.devices import DevicesDialog
from widgets.dialogs.help import HelpDialog
from widgets.dialogs.messages import MessagesDialog
from widgets.dialogs.outbox import OutboxDialog
from widgets.dialogs.paper import PaperPreviewDialog
from widgets.header import StepButton
from widgets.i18n import install_translator
from widgets.page_viewer import PageViewer
from widgets.palette import Palette
from widgets.theme import apply_theme
from widgets.views import Tone
from widgets.window import MainWindow


def new_window() -> MainWindow:
    """A window with its place, lights and clock."""
    window = MainWindow()
    window.header.set_place("湖州市政务服务中心", "A03 综合窗口", "李敏")
    for light in s.LIGHTS:
        window.status.set_light(light)
    window.status.set_connection("online", "")
    window.status.set_clock("11-21 周六 10:32")
    window.set_demo(True)
    return window


def _enable(window: MainWindow, *actions: str) -> None:
    for name in ("next_field", "capture", "check", "accept", "next_visitor"):
        window.set_action_enabled(name, name in actions)


def empty(window: MainWindow) -> None:
    window.set_step("read_card")
    _enable(window)


def waiting(window: MainWindow) -> None:
    empty(window)
    window.who.set_waiting("请把身份证放到读卡器上")
    for light in s.LIGHTS_MIXED:
        window.status.set_light(light)


def choosing(window: MainWindow) -> None:
    window.set_step("choose_items")
    _enable(window, "next_visitor")
    window.who.set_person(s.PERSON)
    window.show_picker()
    window.picker.search.setText("开理发店")
    window.picker.set_results(s.HITS)
    window.picker.set_cart(s.HITS[:1])


def suggesting(window: MainWindow) -> None:
    """Before anything is typed; something in the cart that was asked about."""
    choosing(window)
    window.picker.search.clear()
    window.picker.set_results(s.SUGGESTIONS)
    window.picker.set_cart(s.CART)


def guiding(window: MainWindow) -> None:
    choosing(window)
    window.show_guide()
    window.guide.set_view(s.GUIDE)


def guiding_long(window: MainWindow) -> None:
    """More answers than number keys, and longer ones than a line."""
    guiding(window)
    window.guide.set_view(s.GUIDE_LONG)


def nothing_found(window: MainWindow) -> None:
    choosing(window)
    window.picker.search.setText("造火箭")
    window.picker.set_results(())
    window.picker.set_cart(())


def searching(window: MainWindow) -> None:
    """Words typed in the first moment after the start, before the search is ready."""
    choosing(window)
    window.picker.search.setText("开理发店")
    window.picker.set_searching()


def scanning(window: MainWindow) -> None:
    window.set_step("scan_licence")
    _enable(window, "next_field", "capture", "check", "next_visitor")
    window.who.set_person(s.PERSON)
    window.show_form()
    window.form.set_title("我要开理发店")
    window.form.set_form(fs.barber_form())
    states = {k: v for k, v in fs.filled_states().items() if k.startswith("applicant")}
    window.form.set_states(states)
    window.form.set_problems(fs.problems(states))
    window.materials.set_materials(s.MATERIALS_START)
    frame, points = s.camera_frame()
    window.preview.set_title("手机二维码")
    window.preview.set_frame(frame)
    window.preview.set_outline(points, Tone.SUCCESS)
    window.preview.set_message("已识别，请收回手机", Tone.SUCCESS)


def filling(window: MainWindow) -> None:
    scanning(window)
    window.preview.clear()
    window.set_step("next_field")
    states = fs.filled_states()
    window.form.set_states(states)
    window.form.set_problems(fs.problems(states))
    window.who.set_licences(s.LICENCES)
    window.form.focus_next_missing()


def wrong(window: MainWindow) -> None:
    filling(window)
    window.set_step("check")
    states = fs.conflict_states()
    window.form.set_states(states)
    window.form.set_problems(fs.problems(states))
    window.form.show_problems(True)
    window.who.set_licences(s.LICENCES_BAD)
    window.form.focus_field("applicant.phone")
    window.notice.show(
        Tone.ERROR, "还不能受理", "有 1 项填错、11 项未填，1 份材料未落实。", "按 F5 逐项补齐；红色提示写明了原因。"
    )


def materials(window: MainWindow) -> None:
    filling(window)
    window.set_step("capture")
    window.materials.set_materials(s.MATERIALS_DONE)
    window.materials.select("plan")
    window.materials.list.setFocus()
    window.preview.set_title("材料 · 公共场所平面布局图")
    page = s.paper_page().scaled(QSize(760, 1075))
    window.preview.set_frame(page)
    window.preview.set_outline([(30, 30), (730, 36), (726, 1040), (36, 1046)], Tone.SUCCESS)
    window.preview.set_message("已找到纸张，按 Enter 拍下", Tone.INFO)


def reusing(window: MainWindow) -> None:
    filling(window)
    window.set_step("capture")
    window.materials.set_due("今天到期 1 项，已逾期 1 项", Tone.ERROR)
    window.materials.set_materials(s.MATERIALS_OFFERED)
    window.materials.select("plan")
    window.materials.list.setFocus()


def checked(window: MainWindow) -> None:
    filling(window)
    _enable(window, "next_field", "capture", "check", "accept", "next_visitor")
    window.set_step("accept")
    states = fs.filled_states(typed=True)
    window.form.set_states(states)
    window.form.set_problems(fs.problems(states))
    window.materials.set_materials(s.MATERIALS_DONE)
    window.notice.show(Tone.SUCCESS, "核对通过", "3 件可以受理。", "按 F8 受理打印。")


def offline(window: MainWindow) -> None:
    checked(window)
    window.set_step("next_visitor")
    window.form.set_locked(True)
    window.status.set_connection("offline", "自 10:05 起")
    window.status.set_outbox(3, 1)
    window.notice.show(
        Tone.WARNING,
        "已离线受理 3 件",
        "临时受理流水号 A03202611210004K 等。",
        "通知书已打印；联网后自动上传，无需重录。",
    )


STATES: dict[str, Callable[[MainWindow], None]] = {
    "1-empty": empty,
    "2-waiting": waiting,
    "3-choosing": choosing,
    "3a-suggesting": suggesting,
    "3b-guiding": guiding,
    "3c-guiding-long": guiding_long,
    "4-nothing-found": nothing_found,
    "4-searching": searching,
    "5-scanning": scanning,
    "6-filling": filling,
    "7-wrong": wrong,
    "8-materials": materials,
    "8b-reusing": reusing,
    "9-checked": checked,
    "a-offline": offline,
}


def around() -> dict[str, QWidget]:
    """Palette, cases, board, messages, devices, filled and empty."""
    palette = Palette()
    palette.search.setText("kb")
    palette.set_rows(a.PALETTE)
    palette.resize(720, 520)
    nothing = Palette()
    nothing.search.setText("造火箭")
    nothing.set_rows(())
    nothing.resize(720, 520)
    cases = CasesDialog()
    cases.set_count(10_000, "共 10000 件")
    cases.model.set_page(0, a.CASES)
    cases.show_case(a.CASE)
    none = CasesDialog()
    none.search.setText("造火箭")
    none.set_count(0)
    board = BoardDialog()
    board.set_view(a.BOARD)
    quiet = BoardDialog()
    quiet.set_view(replace(a.BOARD, stages=(), items=(), clerks=(), ratings=()))
    messages = MessagesDialog()
    messages.set_rows(a.MESSAGES)
    silent = MessagesDialog()
    silent.set_rows(())
    devices = DevicesDialog()
    devices.set_rows(a.DEVICES, "receipt_printer")
    looking = DevicesDialog()
    looking.set_rows(a.DEVICES, "camera")
    looking.set_frame(s.camera_frame()[0])
    looking.set_result("画面正常，每秒约 25 帧。", Tone.SUCCESS)
    sending = OutboxDialog()
    sending.set_rows(s.OUTBOX)
    sending.tick(1000.0)
    sending.table.selectRow(2)
    sending.set_progress(3, 12, "已传 3，还有 9，约还需 40 秒")
    return {
        "e-palette": palette,
        "e-palette-nothing": nothing,
        "e-cases": cases,
        "e-cases-nothing": none,
        "e-board": board,
        "e-board-quiet": quiet,
        "e-messages": messages,
        "e-messages-none": silent,
        "e-devices": devices,
        "e-devices-trial": looking,
        "e-outbox-sending": sending,
    }


def dialogs() -> dict[str, QWidget]:
    """Every dialog, filled."""
    outbox = OutboxDialog()
    outbox.set_rows(s.OUTBOX)
    outbox.table.selectRow(3)
    paper = PaperPreviewDialog()
    paper.set_pages([s.paper_page(), s.paper_page()])
    later = CompleteLaterDialog()
    later.set_rows(s.DUE_ROWS)
    later.set_words("3 项，其中逾期 1 项")
    viewer = PageViewer()
    viewer.set_pages("公共场所平面布局图", [s.paper_page(), s.paper_page(), s.paper_page()], 1)
    viewer.set_message("第 2 页：画面有反光，请移开光源或者调整材料角度", Tone.WARNING)
    return {
        **around(),
        "d-later": later,
        "d-viewer": viewer,
        "d-blocked": CheckDialog(
            replace(s.CHECK, blockers=("材料未交：公共场所平面布局图", "表单还有 2 项未填（F5）"))
        ),
        "d-help": HelpDialog(),
        "d-outbox": outbox,
        "d-paper": paper,
        "d-check": CheckDialog(s.CHECK),
        "d-signing": signing(),
        "d-confirm": ConfirmDialog(
            "结束本次办理？", "已填的内容会存为草稿，可从待传清单旁的草稿里取回。", "结束", danger=True
        ),
    }


def clipped(top: QWidget) -> list[str]:
    """The visible words that do not fit their place, as "name: words"."""
    found = []
    for label in top.findChildren(QLabel):
        if not label.isVisible() or not label.text() or isinstance(label, ElidedLabel):
            continue
        if label.wordWrap():
            cut = label.heightForWidth(label.width()) > label.height()
        else:
            cut = label.sizeHint().width() > label.width() or label.sizeHint().height() > label.height()
        if cut:
            found.append(f"{label.objectName()}: {label.text()}")
    for press in top.findChildren(QPushButton):
        words = press.fontMetrics().horizontalAdvance(press.text())
        if press.isVisible() and press.text() and words + 10 > press.width():
            found.append(f"{press.objectName()}: {press.text()}")
    found += [
        f"{step.objectName()}: {step.accessibleName()}"
        for step in top.findChildren(StepButton)
        if step.isVisible() and step.minimumSizeHint().width() > step.width()
    ]
    return found


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", default="1366x728")
    parser.add_argument("--language", default="zh")
    parser.add_argument("--only", default="")
    parser.add_argument("--check", action="store_true", help="save no pictures, only look for what does not fit")
    given = parser.parse_args()
    app = QApplication(sys.argv[:1])
    apply_theme(app, given.language)
    install_translator(app, given.language)
    given.out.mkdir(parents=True, exist_ok=True)
    width, height = (int(n) for n in given.size.split("x"))
    cut: list[str] = []
    seen = 0
    for name, fill in STATES.items():
        if given.only in name:
            window = new_window()
            window.resize(width, height)
            window.show()
            window.activateWindow()
            app.processEvents()
            fill(window)
            for _ in range(3):
                app.processEvents()
            if not given.check:
                window.grab().save(str(given.out / f"{name}.png"))
            cut += [f"{name} {words}" for words in clipped(window)]
            if window.size() != QSize(width, height):
                cut.append(f"{name} needs {window.width()}x{window.height()}")
            seen += 1
            window.close()
    for name, dialog in dialogs().items():
        if given.only in name:
            dialog.show()
            for _ in range(3):
                app.processEvents()
            if not given.check:
                dialog.grab().save(str(given.out / f"{name}.png"))
            cut += [f"{name} {words}" for words in clipped(dialog)]
            seen += 1
            dialog.close()
    for name, screen in citizens().items():
        if given.only in f"citizen-{name}":
            # As small as it is allowed, or as large as asked for.
            screen.resize(*(WINDOWED if given.size == "1366x728" else (width, height)))
            screen.show()
            for _ in range(3):
                app.processEvents()
            if not given.check:
                screen.grab().save(str(given.out / f"citizen-{name}.png"))
            cut += [f"citizen-{name} {words}" for words in clipped(screen)]
            if (screen.width(), screen.height()) != WINDOWED and given.size == "1366x728":
                cut.append(f"citizen-{name} needs {screen.width()}x{screen.height()}")
            seen += 1
            screen.close()
    for words in cut:
        print("clipped:", words)
    print(f"{seen} states, {len(cut)} clipped")
    return 1 if cut else 0


if __name__ == "__main__":
    raise SystemExit(main())
