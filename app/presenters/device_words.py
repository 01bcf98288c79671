"""What the device panel says of each place: how it is, since when, and what to do about it, step by step."""

from __future__ import annotations

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.presenters.screen_devices import CAMERAS, GROUP_NAMES, SLOT_NAMES
from app.presenters.words import light_view
from devices.absent import EMPTY
from devices.base import Capability, Device, DeviceKind
from devices.outcome import Outcome, Reply
from devices.slots import SLOTS
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.views_around import DeviceRow

translate = QCoreApplication.translate
K, O = DeviceKind, Outcome  # noqa: E741 - a table of them stands below

_STEPS = {
    O.OUT_OF_PAPER: QT_TRANSLATE_NOOP(
        "DeviceWords", "1. 打开上盖，取出旧纸。\n2. 装上新纸，盖好。\n3. 按 T 试打一张。"
    ),
    O.DISCONNECTED: QT_TRANSLATE_NOOP(
        "DeviceWords", "1. 看电源灯亮不亮。\n2. 把连接线两头拔下再插紧。\n3. 插好后几秒内自动恢复，也可以按 R。"
    ),
    O.FAULT: QT_TRANSLATE_NOOP(
        "DeviceWords",
        "1. 关掉设备电源，等 10 秒再打开。\n2. 按 R 重新连接。\n3. 还不行请找运维人员，把上面这句话告诉他。",
    ),
    O.TIMEOUT: QT_TRANSLATE_NOOP(
        "DeviceWords", "1. 看设备是否开机、有没有在忙。\n2. 等几秒，程序会自己再试。\n3. 还不行就关掉再打开设备，按 R。"
    ),
    O.BUSY: QT_TRANSLATE_NOOP("DeviceWords", "1. 看是不是别的程序正在用它。\n2. 关掉那个程序。\n3. 按 R 重新连接。"),
    O.UNREADABLE: QT_TRANSLATE_NOOP(
        "DeviceWords", "1. 把证件或纸张拿起重新放好。\n2. 擦净玻璃或触点。\n3. 按 T 再试一次。"
    ),
    O.UNKNOWN: QT_TRANSLATE_NOOP("DeviceWords", "1. 到设备处看看刚才做成了没有。\n2. 按 T 试一试。"),
}
_OF_KIND = {
    (O.DISCONNECTED, K.CAMERA): QT_TRANSLATE_NOOP(
        "DeviceWords",
        "1. 把摄像头的 USB 线插紧，最好直接插在主机上。\n2. 关掉其他正在用摄像头的程序。\n3. 插好后自动恢复。",
    ),
    (O.BUSY, K.CAMERA): QT_TRANSLATE_NOOP(
        "DeviceWords", "1. 关掉视频会议、高拍仪自带软件等正在用摄像头的程序。\n2. 按 R 重新连接。"
    ),
    (O.DISCONNECTED, K.PRINTER): QT_TRANSLATE_NOOP(
        "DeviceWords",
        "1. 看打印机开没开、网线插没插。\n2. 急着用：按 Shift+F8，再按 X 换一台打印机。\n3. 打印机恢复后会自动接着打。",
    ),
    (O.DISCONNECTED, K.SMART_CARD): QT_TRANSLATE_NOOP(
        "DeviceWords", "1. 把读卡器的 USB 线拔下再插紧，看它的灯亮不亮。\n2. 几秒内自动恢复，也可以按 R。"
    ),
    (O.OUT_OF_PAPER, K.PRINTER): QT_TRANSLATE_NOOP(
        "DeviceWords", "1. 拉出纸盒，放入 A4 纸，推到底。\n2. 按打印机上的“继续”。\n3. 等着的文书会自动接着打。"
    ),
    (O.OUT_OF_PAPER, K.CARD_PRINTER): QT_TRANSLATE_NOOP(
        "DeviceWords", "1. 看卡槽里还有没有空白卡。\n2. 看色带用完没有，用完就换。\n3. 盖好上盖，按 R。"
    ),
    (O.UNKNOWN, K.PAYMENT_TERMINAL): QT_TRANSLATE_NOOP(
        "DeviceWords",
        "1. 先不要再收一次。\n2. 看终端有没有打出签购单，或在终端上查询这一笔。\n3. 查清楚之前按“未知”处理。",
    ),
    (O.DISCONNECTED, K.PAYMENT_TERMINAL): QT_TRANSLATE_NOOP(
        "DeviceWords", "1. 先不要收款。\n2. 看终端是否开机、连接线是否插紧。\n3. 恢复后按 T 查询一次，确认能用再收款。"
    ),
}
_TWINS = {K.FACE_CAMERA: K.CAMERA, K.PASSPORT_READER: K.ID_READER}
"""Kinds that are mended alike."""

_TRIALS = {
    K.ID_READER: QT_TRANSLATE_NOOP("DeviceWords", "试读卡 T"),
    K.PASSPORT_READER: QT_TRANSLATE_NOOP("DeviceWords", "试读证件 T"),
    K.SMART_CARD: QT_TRANSLATE_NOOP("DeviceWords", "试读卡 T"),
    K.FINGERPRINT: QT_TRANSLATE_NOOP("DeviceWords", "试按指纹 T"),
    K.CAMERA: QT_TRANSLATE_NOOP("DeviceWords", "看画面 T"),
    K.FACE_CAMERA: QT_TRANSLATE_NOOP("DeviceWords", "看画面 T"),
    K.SCANNER: QT_TRANSLATE_NOOP("DeviceWords", "试扫一页 T"),
    K.SIGNATURE_PAD: QT_TRANSLATE_NOOP("DeviceWords", "试签名 T"),
    K.CODE_SCANNER: QT_TRANSLATE_NOOP("DeviceWords", "试扫码 T"),
    K.PIN_PAD: QT_TRANSLATE_NOOP("DeviceWords", "试按密码 T"),
    K.RECEIPT_PRINTER: QT_TRANSLATE_NOOP("DeviceWords", "试打凭条 T"),
    K.PRINTER: QT_TRANSLATE_NOOP("DeviceWords", "试打一页 T"),
    K.CARD_PRINTER: QT_TRANSLATE_NOOP("DeviceWords", "试打一张卡 T"),
    K.RATING_DEVICE: QT_TRANSLATE_NOOP("DeviceWords", "试评价 T"),
    K.CUSTOMER_SCREEN: QT_TRANSLATE_NOOP("DeviceWords", "试显示 T"),
    K.QUEUE_CALLER: QT_TRANSLATE_NOOP("DeviceWords", "试叫号 T"),
    K.PAYMENT_TERMINAL: QT_TRANSLATE_NOOP("DeviceWords", "试查询 T"),
    K.CLERK_KEY: QT_TRANSLATE_NOOP("DeviceWords", "看证书 T"),
}
_OFFERS = {
    Capability.EXPOSURE: QT_TRANSLATE_NOOP("DeviceWords", "调曝光"),
    Capability.FOCUS: QT_TRANSLATE_NOOP("DeviceWords", "调对焦"),
    Capability.STILL: QT_TRANSLATE_NOOP("DeviceWords", "高清拍照"),
    Capability.MODES: QT_TRANSLATE_NOOP("DeviceWords", "选画面大小"),
    Capability.INFRARED: QT_TRANSLATE_NOOP("DeviceWords", "红外"),
    Capability.FINGERPRINT: QT_TRANSLATE_NOOP("DeviceWords", "读卡内指纹"),
    Capability.ZONE: QT_TRANSLATE_NOOP("DeviceWords", "读机读区"),
    Capability.CHIP: QT_TRANSLATE_NOOP("DeviceWords", "读芯片"),
    Capability.FEEDER: QT_TRANSLATE_NOOP("DeviceWords", "自动送稿"),
    Capability.DUPLEX: QT_TRANSLATE_NOOP("DeviceWords", "双面"),
    Capability.PRESSURE: QT_TRANSLATE_NOOP("DeviceWords", "笔压"),
    Capability.STATUS: QT_TRANSLATE_NOOP("DeviceWords", "报告缺纸"),
    Capability.CUTTER: QT_TRANSLATE_NOOP("DeviceWords", "切纸"),
    Capability.COLOUR: QT_TRANSLATE_NOOP("DeviceWords", "彩色"),
    Capability.PICTURE: QT_TRANSLATE_NOOP("DeviceWords", "显示图片"),
    Capability.SPEECH: QT_TRANSLATE_NOOP("DeviceWords", "语音"),
    Capability.REFUND: QT_TRANSLATE_NOOP("DeviceWords", "退款"),
}


def slot_name(slot: str) -> str:
    """What a place is called."""
    return translate("StatusPresenter", SLOT_NAMES[slot])


def how_to(kind: DeviceKind, outcome: Outcome) -> str:
    """What to do when a device of this kind says this, a step a line; "" when nothing needs doing."""
    if outcome in (O.OK, O.NOT_PRESENT, O.CANCELLED, O.DENIED_BY_USER):
        return ""
    words = _OF_KIND.get((outcome, _TWINS.get(kind, kind))) or _STEPS.get(outcome, _STEPS[O.UNKNOWN])
    return translate("DeviceWords", words)


def device_row(slot: str, device: Device, reply: Reply[str] | None, since: str, seen: str) -> DeviceRow:
    """One place of the counter. since: since when it is as it is; seen: when it last worked, both in words."""
    place = SLOTS[slot]
    name = slot_name(slot)
    group = f"{place.category} {translate('StatusPresenter', GROUP_NAMES[place.category])}"
    camera = place.kind in CAMERAS
    if device.uri == EMPTY:
        words = translate("DeviceWords", "未配备")
        return DeviceRow(slot, name, "", "off", words, present=False, camera=camera, group=group)
    trial = translate("DeviceWords", _TRIALS[place.kind])
    if reply is None:
        words = translate("DeviceWords", "检查中")
        return DeviceRow(slot, name, "", "unknown", words, seen=seen, camera=camera, group=group, trial=trial)
    light = light_view(slot, name, reply)
    well = light.state in ("ok", "busy")
    known = [word for word in Capability if word in device.capabilities]
    return DeviceRow(
        slot,
        name,
        _model(reply),
        light.state,
        light.words,
        "" if reply.ok else core_words(reply.detail),
        seen,
        "" if light.state == "ok" else how_to(place.kind, reply.outcome),
        Tone.SUCCESS if light.state == "ok" else Tone.INFO if well else Tone.WARNING,
        camera,
        group=group,
        since=since,
        trial=trial,
        offers="、".join(translate("DeviceWords", _OFFERS[word]) for word in known),
    )


def _model(reply: Reply[str]) -> str:
    """What the device calls itself; its address in the settings says nothing to a clerk."""
    words = str(reply.value or "") if reply.ok else ""
    return "" if "://" in words else core_words(words)
