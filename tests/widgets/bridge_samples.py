"""Made-up systems that borrow the window's devices, for the gallery and the tests."""

from __future__ import annotations

from widgets.consent_bar import ConsentBar
from widgets.dialogs.bridge import BridgeDialog
from widgets.views import Tone
from widgets.views_bridge import ConsentView, SystemRow
from widgets.window import MainWindow

CONSENT = ConsentView(
    "q1",
    "“婚姻登记系统”要读身份证：证件号码、住址（完整），姓名、出生日期（遮挡）",
    "用途：结婚登记核对双方身份　https://hunyin.zwfw.huzhou.example",
    27,
)
SYSTEMS = (
    SystemRow("https://hunyin.zwfw.huzhou.example", "婚姻登记系统", "已配对", Tone.SUCCESS, "2026-11-02", "10:21", True),
    SystemRow("https://shebao.huzhou.example:8443", "社会保险经办系统", "准许旧接口", Tone.SUCCESS, "2026-10-15", "", True, True),
    SystemRow("https://qiye.huzhou.example", "企业开办专窗", "已配对，也准许旧接口", Tone.SUCCESS, "2026-09-30", "09:02", True, True),
    SystemRow("http://10.33.5.20", "不动产登记系统", "未配对", Tone.NEUTRAL, "", ""),
)


def asked(window: MainWindow, more: int = 0) -> ConsentBar:
    """A question over the status bar."""
    bar = ConsentBar(arm_ms=0)
    window.add_bar(bar)
    bar.set_question(ConsentView(CONSENT.id, CONSENT.title, CONSENT.detail, CONSENT.seconds, more))
    return bar


def systems(*, code: bool = False, empty: bool = False) -> BridgeDialog:
    dialog = BridgeDialog()
    dialog.set_rows(() if empty else SYSTEMS)
    if code:
        dialog.set_code("406193", "请在“不动产登记系统”的网页里输入这六位数字。两分钟内有效，只能用一次。")
        dialog.table.selectRow(3)
    return dialog
