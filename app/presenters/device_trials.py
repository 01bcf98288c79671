"""How each kind of device is tried out from the panel: what the person is asked, what is called, what is told.

Nothing of a trial is kept: of a card, a PIN, a finger or a code only so much is shown that one sees it was read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.documents.receipt import trial_strip
from app.documents.trial import trial_page
from app.domain.clock import Clock, isoformat, shanghai
from app.domain.person import mask_name
from devices.base import Device, DeviceKind, Picture
from devices.kinds.imaging import ScanColour, ScannedPage, ScanSettings
from devices.outcome import Outcome, Reply
from widgets.i18n import core_words

translate = QCoreApplication.translate
READ_SECONDS = 8.0
TOUCH_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a trial. picture: what to show, BGR."""

    words: str
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """asks: what the person is to do. prepare: heavy work before the call, for a pool; run: the call, with what was
    prepared; told: words for its OK. nothing: words for NOT_PRESENT, which is no failure of the device; "": it is."""

    asks: str
    run: Callable[[Any, Any], Reply[Any]]
    told: Callable[[Any], Told]
    nothing: str = ""
    prepare: Callable[[Device, Clock], Any] = lambda _device, _clock: None


def trial_of(kind: DeviceKind) -> Trial:
    """How a kind is tried. KeyError for cameras: they are looked through."""
    return _TRIALS[kind]


def trial_words(words: str) -> str:
    """A trial's words in the language in force."""
    return translate("DeviceTrials", words)


def _card(reading: Any) -> Told:
    card = reading.card
    name = mask_name(card.name or card.name_en or "")
    return Told(translate("DeviceTrials", "读卡正常：{0}（{1}）").format(core_words(card.type.label), name))


def _zone(reading: Any) -> Told:
    return Told(
        translate("DeviceTrials", "读到机读区：{0} 行，证件类别 {1}。").format(len(reading.lines), reading.lines[0][:1])
    )


def _chip(device: Any, _: Any) -> Reply[bytes]:
    reply: Reply[bytes] = device.connect_card(READ_SECONDS)
    device.release_card()
    return reply


def _scan(device: Any, _: Any) -> Reply[Any]:
    pages: list[ScannedPage] = []
    wish = ScanSettings(colour=ScanColour.GREY, dpi=100)
    reply: Reply[int] = device.scan(wish, pages.append, 60.0)
    return Reply(Outcome.OK, pages) if reply.ok and pages else Reply(reply.outcome, detail=reply.detail)


def _scanned(pages: Any) -> Told:
    height, width = pages[0].picture.shape[:2]
    return Told(
        translate("DeviceTrials", "扫到 {0} 页，{1} × {2} 点。").format(len(pages), width, height), pages[0].picture
    )


def _signed(signature: Any) -> Told:
    points = sum(len(stroke) for stroke in signature.strokes)
    return Told(
        translate("DeviceTrials", "收到签名：{0} 笔，{1} 个点。").format(len(signature.strokes), points),
        signature.picture,
    )


def _rate(device: Any, _: Any) -> Reply[Any]:
    return _without_value(device.ask_rating("", translate("DeviceTrials", "试评价"), TOUCH_SECONDS))


def _pin(device: Any, _: Any) -> Reply[Any]:
    reply: Reply[str] = device.read_pin(translate("DeviceTrials", "请按六位数字试一试"), 6, 6, TOUCH_SECONDS)
    return Reply(reply.outcome, len(reply.value or "") if reply.ok else None, reply.detail)


def _without_value(reply: Reply[Any]) -> Reply[Any]:
    """No grade is ever on the clerk's side."""
    return Reply(reply.outcome, True if reply.ok else None, reply.detail)


def _strip(device: Device, clock: Clock) -> tuple[Picture, str]:
    width = getattr(device, "width_dots", 576)
    return trial_strip(width, f"{shanghai(clock.now()):%Y-%m-%d %H:%M:%S}"), _job(clock)


def _page(device: Device, clock: Clock) -> tuple[bytes, str]:
    return trial_page(shanghai(clock.now())), _job(clock)


def _plastic(device: Device, clock: Clock) -> tuple[Picture, str]:
    """The strip of a receipt in the middle of a card with a frame: what is cut off is seen at once."""
    width, height = getattr(device, "size_dots", (1013, 638))
    card = np.full((height, width, 3), 255, np.uint8)
    cv2.rectangle(card, (12, 12), (width - 13, height - 13), (0, 0, 0), 3)
    strip = trial_strip(576, f"{shanghai(clock.now()):%Y-%m-%d %H:%M:%S}")[: height - 60, : width - 60]
    left, top = (width - strip.shape[1]) // 2, (height - strip.shape[0]) // 2
    card[top : top + strip.shape[0], left : left + strip.shape[1]] = strip
    return card, _job(clock)


def _job(clock: Clock) -> str:
    return f"trial-{isoformat(clock.now())}"


_PUT_CARD = QT_TRANSLATE_NOOP("DeviceTrials", "请把证件放到读卡器上…")
_K = DeviceKind
_TRIALS = {
    _K.ID_READER: Trial(
        _PUT_CARD,
        lambda device, _: device.read_card(READ_SECONDS),
        _card,
        QT_TRANSLATE_NOOP("DeviceTrials", "读卡器正常，只是没有放证件。放上证件再试一次。"),
    ),
    _K.PASSPORT_READER: Trial(
        QT_TRANSLATE_NOOP("DeviceTrials", "请把护照资料页放到阅读机上…"),
        lambda device, _: device.read_zone(READ_SECONDS),
        _zone,
        QT_TRANSLATE_NOOP("DeviceTrials", "阅读机正常，只是没有放证件。放上再试一次。"),
    ),
    _K.SMART_CARD: Trial(
        QT_TRANSLATE_NOOP("DeviceTrials", "请插入或放上卡片…"),
        _chip,
        lambda atr: Told(translate("DeviceTrials", "卡片有应答（{0} 字节）。").format(len(atr))),
        QT_TRANSLATE_NOOP("DeviceTrials", "读卡器正常，只是没有卡片。插入再试一次。"),
    ),
    _K.FINGERPRINT: Trial(
        QT_TRANSLATE_NOOP("DeviceTrials", "请把手指平放在指纹仪上…"),
        lambda device, _: device.capture(READ_SECONDS),
        lambda finger: Told(
            translate("DeviceTrials", "采到指纹，质量 {0} 分；试采的指纹已丢弃。").format(finger.quality)
        ),
        QT_TRANSLATE_NOOP("DeviceTrials", "指纹仪正常，只是没有按手指。再试一次。"),
    ),
    _K.SCANNER: Trial(
        QT_TRANSLATE_NOOP("DeviceTrials", "正在扫描，请在玻璃上放一张纸…"),
        _scan,
        _scanned,
        QT_TRANSLATE_NOOP("DeviceTrials", "扫描仪正常，只是没有纸。放好再试一次。"),
    ),
    _K.SIGNATURE_PAD: Trial(
        QT_TRANSLATE_NOOP("DeviceTrials", "请在签字板上写几笔并确认…"),
        lambda device, _: device.sign(translate("DeviceTrials", "请签名试一试"), 60.0),
        _signed,
        QT_TRANSLATE_NOOP("DeviceTrials", "签字板正常，只是没有人签。再试一次。"),
    ),
    _K.CODE_SCANNER: Trial(
        QT_TRANSLATE_NOOP("DeviceTrials", "请用扫码枪扫任意一个码…"),
        lambda device, _: device.read_code(READ_SECONDS),
        lambda code: Told(
            translate("DeviceTrials", "扫到一个码：{0}…（共 {1} 个字符）").format(code.text[:4], len(code.text))
        ),
        QT_TRANSLATE_NOOP("DeviceTrials", "扫码枪正常，只是没有扫码。再试一次。"),
    ),
    _K.PIN_PAD: Trial(
        QT_TRANSLATE_NOOP("DeviceTrials", "请在密码键盘上按六位数字，再按确认…"),
        _pin,
        lambda digits: Told(translate("DeviceTrials", "收到 {0} 位：{1}").format(digits, "*" * digits)),
        QT_TRANSLATE_NOOP("DeviceTrials", "密码键盘正常，只是没有人按。再试一次。"),
    ),
    _K.RECEIPT_PRINTER: Trial(
        QT_TRANSLATE_NOOP("DeviceTrials", "正在试打…"),
        lambda device, made: device.print_picture(*made),
        lambda _: Told(translate("DeviceTrials", "已送打印机：请看纸上的字是否清楚、左右是否完整。")),
        prepare=_strip,
    ),
    _K.PRINTER: Trial(
        QT_TRANSLATE_NOOP("DeviceTrials", "正在试打…"),
        lambda device, made: device.print_pdf(*made, translate("DeviceTrials", "试打")),
        lambda _: Told(translate("DeviceTrials", "已送打印机：请看纸上的字是否清楚、左右是否完整。")),
        prepare=_page,
    ),
    _K.CARD_PRINTER: Trial(
        QT_TRANSLATE_NOOP("DeviceTrials", "正在试打一张卡…"),
        lambda device, made: device.print_card(made[0], None, made[1]),
        lambda _: Told(translate("DeviceTrials", "已送打印机：请看卡上的边框是否完整。")),
        prepare=_plastic,
    ),
    _K.RATING_DEVICE: Trial(
        QT_TRANSLATE_NOOP("DeviceTrials", "请在评价器上按任意一个键…"),
        _rate,
        lambda _: Told(translate("DeviceTrials", "评价器正常，收到了按键；试按不计入评价。")),
        QT_TRANSLATE_NOOP("DeviceTrials", "评价器正常，只是没有人按。再试一次。"),
    ),
    _K.CUSTOMER_SCREEN: Trial(
        QT_TRANSLATE_NOOP("DeviceTrials", "正在显示问候语…"),
        lambda device, _: device.show_lines((translate("DeviceTrials", "您好"), translate("DeviceTrials", "欢迎光临"))),
        lambda _: Told(translate("DeviceTrials", "已送到客显屏：请看上面是否显示“您好”。")),
    ),
    _K.QUEUE_CALLER: Trial(
        QT_TRANSLATE_NOOP("DeviceTrials", "正在试叫号…"),
        lambda device, _: device.call_number("0000", "00"),
        lambda _: Told(translate("DeviceTrials", "已叫号 0000：请看屏幕、听喇叭。")),
    ),
    _K.CLERK_KEY: Trial(
        QT_TRANSLATE_NOOP("DeviceTrials", "正在读钥匙里的证书…"),
        lambda device, _: device.certificates(),
        lambda found: Told(translate("DeviceTrials", "钥匙有应答，里面有 {0} 张证书。").format(len(found))),
        QT_TRANSLATE_NOOP("DeviceTrials", "接口正常，只是没有插钥匙。插上再试一次。"),
    ),
    _K.PAYMENT_TERMINAL: Trial(
        QT_TRANSLATE_NOOP("DeviceTrials", "正在查询，不会收款…"),
        lambda device, made: device.query(made),
        lambda _: Told(translate("DeviceTrials", "终端有应答。只查询，没有收款。")),
        QT_TRANSLATE_NOOP("DeviceTrials", "终端有应答，查无此单：正常。只查询，没有收款。"),
        prepare=lambda _, clock: _job(clock),
    ),
}
