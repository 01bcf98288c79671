"""The citizen's screen in each state, for the gallery."""

from __future__ import annotations

import math
from dataclasses import replace

import customer_samples as c
import issued_samples
from PyQt6.QtCore import QPointF
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QPushButton, QWidget

from widgets.customer.pad import SignaturePad
from widgets.customer.screen import CustomerScreen
from widgets.dialogs.sign_here import SignHereDialog, SignWaitDialog
from widgets.dialogs.signing import SigningDialog
from widgets.views import Tone


def citizens() -> dict[str, CustomerScreen]:
    """The citizen's screen, a state each."""
    made = {
        name: CustomerScreen("湖州市政务服务中心", "A03 综合窗口")
        for name in (
            "idle",
            "paused",
            "serving",
            "notice",
            "confirm",
            "sign",
            "written",
            "paper",
            "rate",
            "points",
            "thanks",
            "large_serving",
            "large_answer",
            "large_known",
            "large_sign",
            "large_rate",
            "licence",
        )
    }
    made["idle"].idle.set_hours(c.HOURS)
    made["idle"].show_idle()
    made["paused"].show_idle(False)
    made["serving"].show_serving(c.SERVING)
    made["notice"].show_notice(c.NOTICE)
    for name in ("confirm", "sign", "written"):
        made[name].show_confirm(c.CONFIRM)
    for name in ("sign", "written"):
        for _ in range(made[name].confirm.where[1]):
            made[name].findChild(QPushButton, "citizen_next").click()
    write(made["written"].confirm.pad)
    made["paper"].show_sign("送达回证", "本人已阅“送达回证”的内容（我要开理发店），签字确认。")
    write(made["paper"].sign.panel.pad)
    for name in ("rate", "points"):
        made[name].show_rating(c.RATING)
        made[name].rating.set_left(48)
    made["points"].rating.grades[2].click()
    made["points"].rating.ticks[1][1].click()
    assisted(made)
    made["thanks"].say("谢谢您的评价")
    made["licence"].show_code(issued_samples.ON_SCREEN)
    return made


def assisted(made: dict[str, CustomerScreen]) -> None:
    """An assisted visit: large type, one question at a time."""
    for name in ("serving", "answer", "known", "sign", "rate"):
        made[f"large_{name}"].set_large(True)
    made["large_serving"].show_serving(replace(c.SERVING, known=(), count=6))
    own, read = c.CONFIRM.answers[:3], c.CONFIRM.answers[3:]
    plain = replace(c.CONFIRM, answers=(*own, *(replace(one, read=True) for one in read)), plain=True)
    for name, turns in (("answer", 1), ("known", len(own)), ("sign", 99)):
        screen = made[f"large_{name}"]
        screen.show_confirm(replace(plain, guardian_for="吴䶮") if name == "sign" else plain)
        for _ in range(min(turns, screen.confirm.where[1] - 1)):
            screen.findChild(QPushButton, "citizen_next").click()
    made["large_rate"].show_rating(c.RATING)
    made["large_rate"].rating.set_left(148)


def write(pad: SignaturePad) -> None:
    """Three strokes of nobody's hand, pressed harder in the middle."""
    for stroke in range(3):
        pad._by = ("pen", 1)
        for n in range(24):
            at = QPointF(90 + 150 * stroke + 5 * n, 90 + 45 * math.sin(n / 4 + stroke))
            pad._draw(at, 0.15 + 0.75 * math.sin(n / 23 * math.pi))
        pad._end()


def under_papers() -> dict[str, QWidget]:
    """Waiting for a signature or a finger under a paper; the reader's last word."""
    sheet = QImage(992, 1403, QImage.Format.Format_RGB32)
    sheet.fill(0xFFFFFF)
    pages = [sheet]
    wait = SignWaitDialog("送达回证", "请当事人看过下面的文书，在签字板上签字。", None, pages, finger=True)
    wait.set_finger("没有采到指纹：指纹不清楚，请擦干手指后平放重按。可以再按一次，也可以签字。", Tone.WARNING)
    words = "本人已阅《送达回证》（编号 SDT01202611210001）全文，签字确认。"
    here = SignHereDialog("送达回证", words, None, pages, finger=True)
    here.set_finger("请当事人看清文书，把手指平放在指纹仪上…", Tone.INFO, waiting=True)
    too = SignWaitDialog("告知承诺书", "已经签字。请当事人再按指纹。", None, pages, finger=True, pressing=True)
    too.set_finger("请当事人看清文书，把手指平放在指纹仪上…", Tone.INFO, waiting=True)
    return {"d-sign-wait": wait, "d-sign-here": here, "d-sign-too": too}


def signing() -> SigningDialog:
    """Waiting for a signature that the law wants."""
    reasons = (("已在纸质表单上签字", True), ("申请人不便签字，已当面核对", False), ("代办人办理，已核对授权", False))
    made = SigningDialog(reasons, "有容缺或承诺的材料，必须由申请人签字。")
    made.set_state("申请人正在看第 2 页，共 3 页")
    return made
