"""Chips for the gallery and the tests of widgets: genuine, forged, unknown, and one being read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import widget_samples as s

from widgets.views import Tone
from widgets.views_chip import ChipLine, ChipView, Mark
from widgets.window import MainWindow

PERSON = replace(
    s.PERSON,
    name="BROWN MARY ELIZABETH",
    card_type="护照",
    number="E3*****34",
    nation="GBR",
    validity="至 2031-01-01",
    source="证件芯片 10:32",
)
_LIST = "GB Country Signing Authority · ICAO_ml_2026-10.ml"
GENUINE = ChipView(
    "核验通过",
    Tone.SUCCESS,
    (
        ChipLine(Mark.PASSED, "打开芯片"),
        ChipLine(Mark.PASSED, "芯片内容"),
        ChipLine(Mark.PASSED, "签发签名"),
        ChipLine(Mark.PASSED, "签发国证书", _LIST),
        ChipLine(Mark.PASSED, "资料页机读码"),
        ChipLine(Mark.OPEN, "防复制：主动认证", "证件没有此项"),
        ChipLine(Mark.PASSED, "防复制：芯片认证"),
    ),
)
FORGED = ChipView(
    "不通过",
    Tone.ERROR,
    (
        ChipLine(Mark.PASSED, "打开芯片"),
        ChipLine(Mark.FAILED, "芯片内容", "内容与签发时不同，已被改动（DG2）", Tone.ERROR),
        ChipLine(Mark.PASSED, "签发签名"),
        ChipLine(Mark.FAILED, "签发国证书", "签名所用的证书已过期", Tone.WARNING),
        ChipLine(Mark.PASSED, "资料页机读码"),
        ChipLine(Mark.OPEN, "防复制：主动认证", "证件没有此项"),
        ChipLine(Mark.FAILED, "防复制：芯片认证", "芯片不能证明自己，是复制的芯片", Tone.ERROR),
    ),
    "芯片内容没有采用。请按本单位规定上报。",
)
REFUSED = ChipView(
    "未能核验",
    Tone.WARNING,
    (
        ChipLine(Mark.FAILED, "打开芯片", "录入或读到的号码打不开这个芯片，请核对是不是同一本证件", Tone.WARNING),
        *(
            ChipLine(Mark.OPEN, words)
            for words in ("芯片内容", "签发签名", "签发国证书", "资料页机读码", "防复制：主动认证", "防复制：芯片认证")
        ),
    ),
    "芯片内容须对照资料页人工核对。",
)


PERMIT = replace(
    s.PERSON,
    name="CHAN TAI MAN",
    card_type="港澳居民来往内地通行证",
    number="H1*****78",
    nation="CHN",
    validity="至 2033-06-01",
    source="机读码读取 10:32",
    note="证件真伪没有核验",
    note_tone=Tone.WARNING,
)


def _permit(window: MainWindow) -> None:
    window.header.set_serving(True)
    window.who.set_person(PERMIT)
    window.notice.show(Tone.SUCCESS, "机读码已填入：港澳居民来往内地通行证", "证件真伪没有核验，请看实物和本人。", "")


def _contradiction(window: MainWindow) -> None:
    _permit(window)
    window.notice.show(
        Tone.WARNING,
        "机读码的证件号码没有填入",
        "证件号码中的出生日期与机读码不一致。",
        "请看实物和本人，号码照证件录入。",
    )


def _passport(window: MainWindow, view: ChipView) -> None:
    window.header.set_serving(True)
    window.who.set_person(PERSON if view is GENUINE else None)
    window.who.set_chip(view)


STATES: dict[str, Callable[[MainWindow], None]] = {
    "p-chip-genuine": lambda window: _passport(window, GENUINE),
    "p-chip-forged": lambda window: _passport(window, FORGED),
    "p-chip-refused": lambda window: _passport(window, REFUSED),
    "p-zone-permit": _permit,
    "p-zone-contradiction": _contradiction,
    "p-chip-reading": lambda window: window.who.set_waiting("正在读取芯片照片 60%，请不要移动证件…"),
}
