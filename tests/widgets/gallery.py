"""Fill the window with made-up data in each state and save pictures of it.

    PYTHONPATH=. python tests/widgets/gallery.py OUT [--size 1366x728] [--language en] [--theme dark] [--scale 1.5]

QT_QPA_PLATFORM=offscreen or xvfb-run, QT_SCALE_FACTOR=1.5 and the like choose the rest. Prints
what does not fit its place, and then ends with 1.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import bridge_samples
import chip_samples
import form_samples as fs
import gallery_form
import gallery_live
import official_samples
import reading_samples as rs
import training_samples
import upload_gallery
import widget_samples as s
from customer_gallery import citizens
from gallery_checks import clipped, picture
from gallery_dialogs import dialogs
from gallery_live import enable
from PyQt6.QtCore import QSize
from PyQt6.QtWidgets import QApplication
from self_service_gallery import STATES as SELF_SERVICE
from self_service_gallery import kiosk

from app.domain.fact import Source, SourceKind, Verdict
from app.domain.form import FieldState
from widgets.blind import Blind
from widgets.customer.screen import WINDOWED
from widgets.i18n import install_translator
from widgets.look import SCALES, Look
from widgets.theme import apply_theme
from widgets.tokens import PALETTES
from widgets.views import KnownView, Tone
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
    window.set_watermark("李敏  A03  11-21 10:32")
    window.header.set_serving(True)
    return window


def empty(window: MainWindow) -> None:
    window.set_step("read_card")
    enable(window)


def parked(window: MainWindow) -> None:
    """Two visits put aside, the window pausing."""
    empty(window)
    window.header.set_parked(2)
    window.header.set_serving(False)
    window.notice.show(Tone.SUCCESS, "已挂起", "张伟办过的内容都已保存。", "Alt+数字键取回，Ctrl+Shift+P 看挂起清单。")


def locked(window: MainWindow) -> None:
    """Everything covered: nothing of the visit is left to read."""
    filling(window)
    Blind(window)


def waiting(window: MainWindow) -> None:
    empty(window)
    window.who.set_waiting("请把身份证放到读卡器上")
    for light in s.LIGHTS_MIXED:
        window.status.set_light(light)


def choosing(window: MainWindow) -> None:
    window.set_step("choose_items")
    enable(window, "next_visitor")
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


def filling(window: MainWindow) -> None:
    gallery_live.scanning(window)
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


def reading(window: MainWindow) -> None:
    """Read off a page: an address and a name suggested with their crops, a difference told at the material."""
    filling(window)
    states = fs.filled_states()
    crops = {}
    for key, words in (
        ("premises.address", "浙江省湖州市吴兴区衣裳街88号1幢103室"),
        ("business.name", "湖州市吴兴区小满理发店"),
    ):
        source = Source(SourceKind.CAPTURE, "经营场所使用证明·图片识别", "98%")
        read = fs.fact(key, words, source, Verdict.CAPTURED_UNVERIFIED)
        states[key] = FieldState(offers=(read,))
        crops[key] = rs.crop_of(words)
    window.form.set_crops(crops)
    window.form.set_states(states)
    hint = "材料与表上不一致，请核对：使用面积（材料上是 88.6）"
    window.materials.set_materials([replace(m, hint=hint) if n == 1 else m for n, m in enumerate(s.MATERIALS)])
    window.materials.select(s.MATERIALS[1].id)
    window.form.focus_field("premises.address")


def checked(window: MainWindow) -> None:
    filling(window)
    enable(window, "next_field", "capture", "check", "accept", "next_visitor")
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
    window.status.set_conflicts(2)
    window.notice.show(
        Tone.WARNING,
        "已离线受理 3 件",
        "临时受理流水号 A03202611210004K 等。",
        "通知书已打印；联网后自动上传，无需重录。",
    )


def coached(window: MainWindow) -> None:
    filling(window)
    training_samples.coach(window)


def examined(window: MainWindow) -> None:
    filling(window)
    training_samples.coach(window, exam=True)


def askable(window: MainWindow) -> None:
    """A booking and shared data can be had."""
    filling(window)
    window.who.known.set_booking(KnownView("今天 09:30 有预约", "我要开理发店"))
    window.who.known.set_query(KnownView("共享数据 2 种", "户籍、不动产\n可免交 2 份，可填 4 项"))


def askable_later(window: MainWindow) -> None:
    filling(window)
    window.status.set_connection("offline", "自 10:05 起")
    window.who.known.set_query(KnownView("离线，联网后可查", "户籍、不动产\n可免交 2 份，可填 4 项", open=False))


def booked_outside(window: MainWindow) -> None:
    """A booking for a time when the desk is closed."""
    filling(window)
    window.who.known.set_booking(KnownView("今天 12:30 有预约", "不在开放时间：我要开理发店"))


def assisted(window: MainWindow) -> None:
    """An assisted visit: what is known is folded."""
    filling(window)
    window.who.known.set_assist(KnownView("帮办中", "陪同：子女"), on=True)
    window.form.set_known_folded(True)


def listed_lost(window: MainWindow) -> None:
    """The document that was read stands in a list of lost ones."""
    filling(window)
    window.notice.show(
        Tone.ERROR,
        "这本证件已挂失",
        "公安机关 2026-11-20 的名单上有它。",
        "不要凭它办理：请来访人出示现用证件；不是本人的，按本单位规定上报。按 Shift+F7 留下记录。",
    )


def borrowed(window: MainWindow) -> None:
    """Another system asks for a device in the middle of the work."""
    filling(window)
    bridge_samples.asked(window, more=1)


def reader_down(window: MainWindow) -> None:
    """The card reader cannot be used: the picture of a card is offered."""
    empty(window)
    window.who.set_reader_down(True)


STATES: dict[str, Callable[[MainWindow], None]] = {
    "reader-down": reader_down,
    "b-consent": borrowed,
    "1-empty": empty,
    "2-waiting": waiting,
    "3-choosing": choosing,
    "3a-suggesting": suggesting,
    "3b-guiding": guiding,
    "3c-guiding-long": guiding_long,
    "4-nothing-found": nothing_found,
    "4-searching": searching,
    "5-scanning": gallery_live.scanning,
    "5b-looking": gallery_live.looking,
    "5e-comparing": gallery_live.comparing,
    "5e-advised": gallery_live.advised,
    "5f-compared": gallery_live.compared,
    "5c-read": gallery_live.read,
    "5d-broken-off": gallery_live.broken_off,
    "5e-paper-scan": gallery_live.paper_scan,
    "5f-paper-jam": gallery_live.paper_jam,
    "6-filling": filling,
    "7-wrong": wrong,
    "8-materials": materials,
    "8b-reusing": reusing,
    "15-reading": reading,
    "9-checked": checked,
    "a-offline": offline,
    **upload_gallery.states(empty, filling),
    "t-coached": coached,
    "t-examined": examined,
    "b-askable": askable,
    "b-askable-later": askable_later,
    "b-booked-outside": booked_outside,
    "b-assisted": assisted,
    "b-listed-lost": listed_lost,
    "b-parked": parked,
    "c-locked": locked,
    **gallery_form.states(filling, wrong),
    **official_samples.states(filling),
    **chip_samples.STATES,
}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", default="1366x728")
    parser.add_argument("--language", default="zh")
    parser.add_argument("--only", default="")
    parser.add_argument("--theme", default="light", choices=PALETTES)
    parser.add_argument("--scale", type=float, default=1.0, choices=SCALES)
    parser.add_argument("--check", action="store_true", help="save no pictures, only look for what does not fit")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    width, height = (int(n) for n in given.size.split("x"))
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":  # whose own screen is 800 × 800
        screen = {"name": "s", "x": 0, "y": 0, "width": width, "height": height, "dpr": 1}
        screens = given.out / "screens.json"
        screens.write_text(json.dumps({"screens": [screen | {"logicalDpi": 96, "logicalBaseDpi": 96}]}))
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screens.resolve()}"
    app = QApplication(sys.argv[:1])
    apply_theme(app, given.language, Look(given.theme, given.scale))
    install_translator(app, given.language)
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
                picture(window).save(str(given.out / f"{name}.png"))
            cut += [f"{name} {words}" for words in clipped(window)]
            desk = window.centralWidget()
            need = desk.minimumSizeHint() if desk is not None else QSize()
            if need.width() > width or need.height() > height or window.size() != QSize(width, height):
                cut.append(f"{name} needs {need.width()}x{need.height()}")
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
            dialog.hide()  # close() would ask about what was changed
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
    for name in SELF_SERVICE:
        if given.only in f"self-{name}":
            turned = kiosk(name)
            turned.resize(width, height)
            turned.show()
            for _ in range(3):
                app.processEvents()
            if not given.check:
                turned.grab().save(str(given.out / f"self-{name}.png"))
            cut += [f"self-{name} {words}" for words in clipped(turned)]
            need = turned.minimumSizeHint()
            if need.width() > width or need.height() > height or turned.size() != QSize(width, height):
                cut.append(f"self-{name} needs {need.width()}x{need.height()}")
            seen += 1
            turned.shut()
    for words in cut:
        print("clipped:", words)
    print(f"{seen} states, {len(cut)} clipped")
    return 1 if cut else 0


if __name__ == "__main__":
    raise SystemExit(main())
