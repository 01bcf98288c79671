"""Settings, about, support, a crash report: filled, for the gallery."""

from __future__ import annotations

from PyQt6.QtWidgets import QWidget

from app.support.bundle import README
from widgets.dialogs.settings import SettingsDialog
from widgets.dialogs.texts import Deed, TextsDialog, TextView
from widgets.views import Tone
from widgets.views_settings import SettingRow

_YES_NO = (("true", "是"), ("false", "否"))
_LENT = "https://hunyin.example=婚姻登记系统; https://gongshang.example:8443=市场主体登记平台"
ROWS = (
    SettingRow("preset", "屏幕", "用途", "柜台窗口", "counter", "默认值", choices=(("counter", "柜台窗口"),)),
    SettingRow(
        "watermark",
        "屏幕",
        "屏幕水印",
        "是",
        "true",
        "站点策略（锁定）",
        "屏幕上淡淡显示人员、窗口和时间，拍照可追溯。",
        choices=_YES_NO,
        why="由站点策略锁定，本机不能改。联系：信息中心",
        tone=Tone.WARNING,
    ),
    SettingRow(
        "lock.minutes", "屏幕", "无操作锁屏", "10", "10", "本机设置", "多久没有操作就锁屏；0 为不自动锁。", "分钟",
        pending=True, standard=False,
    ),
    SettingRow(
        "bridge.origins", "浏览器系统", "可借用设备的系统", _LENT, _LENT, "本机设置",
        "写作 网址=系统名称，例如 https://hunyin.example=婚姻登记系统；多个用分号分开，留空为都不借。", standard=False,
    ),
    SettingRow("window.name", "窗口", "窗口名称", "综合窗口 03", "综合窗口 03", "本机设置", standard=False),
)  # fmt: skip


def settings(mark: str = "lock.minutes") -> SettingsDialog:
    dialog = SettingsDialog()
    dialog.set_rows(ROWS, undo=True)
    dialog.select(mark)
    dialog.set_result("1 项待保存，按 Ctrl+S。", Tone.INFO)
    return dialog


def support() -> TextsDialog:
    deeds = (Deed("save", "保存 Ctrl+S", "Ctrl+S", primary=True),)
    dialog = TextsDialog("support", "支持信息", "给技术支持看的，已去掉个人信息", deeds)
    dialog.set_texts([TextView("README.txt　1 KB", README), TextView("logs/yichuang.log　48 KB", "平台连接不上")])
    return dialog


def crash() -> TextsDialog:
    deeds = (Deed("keep", "不发送 Alt+N", "Alt+N"), Deed("send", "发送 Alt+S", "Alt+S", primary=True))
    dialog = TextsDialog("crash", "上次出现了故障，发送报告帮助改进吗？", "不发送的只留在本机", deeds)
    dialog.set_texts([TextView("2026-11-22 09:41", "Traceback\nValueError: 〔2 字〕")], search=False)
    return dialog


def dialogs() -> dict[str, QWidget]:
    """All of them, by the names of the gallery."""
    return {
        "settings": settings(),
        "settings-locked": settings("watermark"),
        "settings-table": settings("bridge.origins"),
        "support": support(),
        "crash": crash(),
    }
