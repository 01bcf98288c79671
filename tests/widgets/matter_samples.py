"""Made-up matters of firms for the list, and its dialogs filled."""

from __future__ import annotations

from PyQt6.QtWidgets import QWidget

from widgets.dialogs.matter_new import MatterNewDialog, MatterStepDialog
from widgets.dialogs.matters import MattersDialog
from widgets.views import Tone
from widgets.views_matter import ActView, ExtraView, KindView, MatterRow, NewMatter

ANSWER = ActView("answer", "答复", "告诉企业的答复")
CLOSE = ActView("close", "办结", "企业是否满意、结果怎样")
RETURN = ActView("return", "退回重办", "为什么要重办")
RATE = ActView("rate", "评价", "评价说明（可不填）", graded=True)
DEMAND = MatterRow(
    id="m1",
    number="SQY032026112200013",
    kind="企业诉求单",
    firm="𠮷祥㛃食品厂",
    subject="员工宿舍流动人口登记",
    stage="已核查",
    due="还剩 6 小时",
    tone=Tone.WARNING,
    facts=(
        ("企业", "𠮷祥㛃食品厂 91330503MA2B4C5D6E"),
        ("联系", "李𬭚 13905720001"),
        ("内容", "新来三十名工人，请上门集中登记。"),
        ("类别", "简单诉求"),
        ("登记", "2026-11-22 09:10 王芳"),
        ("时限", "2026-11-23 23:59"),
    ),
    log=(
        ("11-22 09:20", "交办 助企服务专班：治安管理大队"),
        ("11-22 10:05", "办理 治安管理大队：已联系企业并办理完毕。"),
        ("11-22 10:40", "督办核查 督察科：已电话核实，情况属实。"),
    ),
    acts=(ANSWER,),
)
ANSWERED = MatterRow(
    "m2", "QJY032026112100029", "一企一警联络单", "湖州䶮记机械有限公司", "厂区周边停车", "已答复", "已停表",
    facts=(("企业", "湖州䶮记机械有限公司"),), acts=(CLOSE, RETURN),
)  # fmt: skip
LATE = MatterRow(
    "m3", "HCY032026112000018", "核查任务", "南浔平安旅馆", "特种行业许可告知承诺", "待交办", "已超时", Tone.ERROR,
    warning="平台退回：现在不能这样处理：目前是“已办理”，不能办理。。在待传清单（F9）里处理。", acts=(RATE,),
)  # fmt: skip
RATED = MatterRow("m4", "ZJY032026111800017", "中介服务", "𠮷祥㛃食品厂", "环境影响评价", "已办结", "★★★★")
ROWS = (LATE, DEMAND, ANSWERED, RATED)
KINDS = (
    KindView("fault", "我要找茬", "群众觉得哪里不好办：5 个工作日内整改答复；可以不留姓名。", personal=True),
    KindView("demand", "企业诉求单", "企业提出的诉求：简单的 1 个、一个部门 3 个、多个部门 5 个工作日内答复。", True),
    KindView(
        "agency", "中介服务", "选套餐和中介机构；办完后业主 50%、主管部门 30%、中心 20% 评价。",
        extras=(
            ExtraView("服务套餐", (("a", "工业项目开工套餐（节能评估、环境影响评价）"),)),
            ExtraView("中介机构", (("b", "甬诚工程咨询（演练）  4.50 ★（12 件）"),)),
            ExtraView("说明"),
        ),
    ),
)  # fmt: skip
SCOPES = (("simple", "简单诉求（1 个工作日）"), ("several", "涉及多个部门（5 个工作日）"))


def listed(marked: str = "m1") -> MattersDialog:
    """The list with one marked."""
    dialog = MattersDialog()
    dialog.set_rows(ROWS, "在办 2 件，超时 1 件")
    dialog.mark(marked)
    return dialog


def new(kind: str = "demand", complaint: str = "") -> MatterNewDialog:
    """The form to open one."""
    dialog = MatterNewDialog(KINDS, SCOPES, NewMatter(kind, "𠮷祥㛃食品厂", "91330503MA2B4C5D6E"))
    if complaint:
        dialog.complain(complaint)
    return dialog


def windows() -> dict[str, QWidget]:
    """Every state."""
    none = MattersDialog()
    none.set_rows(())
    said = listed("m2")
    said.say("已登记，编号 SQY032026112200013", Tone.SUCCESS)
    return {
        "d-matters": listed(),
        "d-matters-two-ways": said,
        "d-matters-refused": listed("m3"),
        "d-matters-none": none,
        "d-matter-new": new(complaint="还不能登记：“事由”是空的。填好再登记。"),
        "d-matter-new-agency": new("agency"),
        "d-matter-step": MatterStepDialog(ANSWER, "𠮷祥㛃食品厂 · 员工宿舍流动人口登记"),
        "d-matter-rate": MatterStepDialog(RATE, "𠮷祥㛃食品厂 · 环境影响评价"),
    }
