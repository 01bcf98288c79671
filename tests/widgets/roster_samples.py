"""Made-up stations for the panel 我的驻点, filled."""

from __future__ import annotations

from PyQt6.QtWidgets import QWidget

from widgets.dialogs.roster import RosterDialog
from widgets.views import Tone
from widgets.views_roster import StationRow

ALL = frozenset({"new", "firm", "leave"})
TODAY = StationRow(
    id="r1@2026-11-23",
    when="今天 11-23",
    hours="08:30–17:30",
    firm="定海䶮记船舶配件厂",
    state="驻点专员",
    tone=Tone.SUCCESS,
    facts=(
        ("时间", "2026-11-23 08:30–17:30"),
        ("地址", "舟山市定海区港口路 8 号𬭚桥工业园 3 幢"),
        ("联系", "赵𬭚 13905800001"),
        ("信用代码", "91330902MA2DHAA018"),
        ("任务包", "已领取，还剩 6 天 23 小时"),
    ),
    matters=(
        ("办理中 还剩 6 小时", "企业诉求单 员工宿舍流动人口登记、外来人员居住证集中办理和安全检查"),
        ("已答复 已停表", "一企一警联络单 厂区周边停车"),
    ),
    can=ALL,
    today=True,
)
SUBSTITUTE = StationRow(
    "r2@2026-11-24", "明天 11-24", "09:00–12:00", "定海𠮷祥船厂", "替班专员", Tone.INFO,
    facts=(("时间", "2026-11-24 09:00–12:00"), ("原排专员", "李㛃")), can=ALL,
)  # fmt: skip
LEAVE = StationRow(
    "r1@2026-11-25", "周三 11-25", "08:30–17:30", "定海䶮记船舶配件厂", "请假（待传）", Tone.WARNING,
    facts=(("时间", "2026-11-25 08:30–17:30"),), can=frozenset({"new", "firm"}),
    warning="请假已记下，联网后报主管；要派替班，最好先打个电话。",
)  # fmt: skip
ROWS = (TODAY, SUBSTITUTE, LEAVE)
FRESH, OLD = "11-23 08:02 的排班（刚刚）", "11-19 17:40 的排班（3 天前），可能已有变动，请联网核对"


def listed(at: int = 0) -> RosterDialog:
    """The week with one marked."""
    dialog = RosterDialog()
    dialog.set_rows(ROWS, FRESH, "")
    dialog.table.selectRow(at)
    return dialog


def windows() -> dict[str, QWidget]:
    """Every state."""
    none = RosterDialog()
    none.set_rows(
        (), "还没有读到排班，联网后自动下载", "这台电脑还没有读到排班。\n联网后自动下载，以后没有网络也能看。"
    )
    old = RosterDialog()
    old.set_rows(ROWS, OLD, "", Tone.WARNING)
    return {"stations": listed(), "stations_leave": listed(2), "stations_old": old, "stations_none": none}
