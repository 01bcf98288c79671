"""Made-up visits and packs for the list, and its dialogs filled."""

from __future__ import annotations

import assessment_samples
import booking_samples
import firm_samples
import matter_samples
import places_samples
import roster_samples
from PyQt6.QtWidgets import QWidget

from widgets.dialogs.outing import GiveBackDialog, OutingDialog
from widgets.views import Tone
from widgets.views_outing import OutingRow, ReadyRow
from widgets.wiped import WipedScreen

SHOP = OutingRow(
    id="WF-1",
    when="今天 14:30",
    title="𠮷祥㛃理发店（筹）",
    items="我要开理发店",
    state="还剩 6 天 23 小时",
    tone=Tone.SUCCESS,
    facts=(
        ("时间", "2026-11-22 14:30"),
        ("事项", "我要开理发店"),
        ("地点", "浙江省湖州市南浔区㛃䶮镇𬭚桥街18号"),
        ("联系", "张伟 负责人 13905720001"),
        ("相关人", "张伟 负责人 3305**********0512"),
        ("备注", "店面在镇农贸市场北门，可停车；现场没有网络。"),
        ("任务包", "已受理 0 件；11-29 14:30 到期"),
    ),
    can=frozenset({"begin", "extend", "give_back"}),
    held=True,
)
ENDING = OutingRow(
    id="WF-4",
    when="今天 09:00",
    title="南浔䶮记食品厂",
    items="我要开食品厂、户外招牌设置备案",
    state="还剩 5 小时 10 分",
    tone=Tone.ERROR,
    facts=(("时间", "2026-11-16 09:00"), ("任务包", "已受理 3 件，2 条待传，1 份没办完；11-22 18:30 到期")),
    can=frozenset({"begin", "extend", "give_back"}),
    held=True,
    cases=3,
    warning="快到期了，联网时可以延期。",
)
EXPIRED = OutingRow(
    id="WF-5",
    when="11-15 10:00",
    title="上门服务（行动不便）",
    items="最低生活保障对象认定",
    state="已到期",
    tone=Tone.ERROR,
    facts=(("时间", "2026-11-15 10:00"), ("任务包", "已受理 1 件；11-22 09:00 到期")),
    can=frozenset({"extend", "give_back"}),
    held=True,
    cases=1,
    warning="不能再用它受理；草稿和已受理的办件都在，会照常上报。联网后可以延期或交回。",
)
OPEN = OutingRow(
    id="WF-2",
    when="明天 09:00",
    title="上门服务（行动不便）",
    items="困难残疾人生活补贴、重度残疾人护理补贴",
    state="可领取",
    facts=(
        ("时间", "2026-11-23 09:00"),
        ("事项", "困难残疾人生活补贴、重度残疾人护理补贴"),
        ("地点", "南浔区㛃䶮镇𬭚桥村"),
    ),
    can=frozenset({"check_out"}),
)
TAKEN = OutingRow(
    id="WF-3",
    when="11-24 10:00",
    title="湖州吴兴伟记理发店",
    items="我要开理发店",
    state="李敏（M02）已领取",
    facts=(("时间", "2026-11-24 10:00"), ("地点", "吴兴区月河街道")),
    warning="到 11-28 09:00 为止由李敏（M02）办理。",
)
ROWS = (EXPIRED, ENDING, SHOP, OPEN, TAKEN)
READY = (
    ReadyRow("任务包已加密保存在本机", "", Tone.SUCCESS),
    ReadyRow("事项目录", "2026.11，与平台一致", Tone.SUCCESS),
    ReadyRow("申请表", "4 个事项，31 项", Tone.SUCCESS),
    ReadyRow("材料清单和一次性告知书", "9 种材料", Tone.SUCCESS),
    ReadyRow("文书字体（含生僻字）", "受理通知书可打印", Tone.SUCCESS),
    ReadyRow("证照信任名单", "2026-11-02 的名单，任务期内会过期", Tone.WARNING, "出发前请联网更新"),
    ReadyRow("受理流水号", "每天 40 个，到 11-29 14:30", Tone.SUCCESS),
    ReadyRow("存放材料的空间", "剩余 0.4 GB", Tone.ERROR, "请清理磁盘，至少留出 1 GB"),
    ReadyRow("电脑时间", "2026-11-22 14:31", Tone.SUCCESS),
)


def outing(marked: str = "WF-1", ready: tuple[ReadyRow, ...] = READY) -> OutingDialog:
    """The list with one visit marked."""
    dialog = OutingDialog()
    dialog.set_rows(ROWS, "5 次外出服务，本机已领取 3 个任务包")
    dialog.table.selectRow(next(n for n, row in enumerate(ROWS) if row.id == marked))
    dialog.set_ready(marked, ready)
    return dialog


def windows() -> dict[str, QWidget]:
    """Every state."""
    none, busy, failed = OutingDialog(), outing("WF-2", ()), outing("WF-2", ())
    none.set_rows(())
    busy.set_busy("正在领取任务包…")
    failed.say("任务包已被领取：李敏（M02 窗口，设备 mobile-02）已领取，11-28 09:00 到期", Tone.ERROR)
    wiping, wiped, stolen = WipedScreen(), WipedScreen(), WipedScreen()
    wiped.set_done(False, True, True)
    stolen.set_done(True, False, False)
    for screen in (wiping, wiped, stolen):
        screen.resize(1366, 728)
    return {
        **assessment_samples.windows(),
        **firm_samples.windows(),
        **places_samples.windows(),
        **booking_samples.windows(),
        **matter_samples.windows(),  # firms' matters are opened out there too
        **roster_samples.windows(),
        "d-outing": outing(),
        "d-outing-ready": outing(ready=tuple(row for row in READY if row.tone is Tone.SUCCESS)),
        "d-outing-ending": outing("WF-4", ()),
        "d-outing-expired": outing("WF-5", ()),
        "d-outing-open": outing("WF-2", ()),
        "d-outing-taken": outing("WF-3", ()),
        "d-outing-none": none,
        "d-outing-busy": busy,
        "d-outing-failed": failed,
        "d-give-back": GiveBackDialog("𠮷祥㛃理发店（筹）", 3),
        "d-give-back-none": GiveBackDialog("上门服务（行动不便）", 0),
        "d-wiping": wiping,
        "d-wiped": wiped,
        "d-wiped-stolen": stolen,
    }
