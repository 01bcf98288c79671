"""Papers for the dialog."""

from __future__ import annotations

from widgets.dialogs.papers import PapersDialog
from widgets.views_papers import AskView, PaperChoice

CHOICES = (
    PaperChoice("COMPLETION_NOTICE", "办结通知书", "告知办理结果和领取方式", (), "受理以后才能出具", True),
    PaperChoice(
        "RETURN_NOTICE",
        "退件通知书",
        "退回已收的材料，不作实体决定",
        (
            AskView(
                "reason", "退件原因", "withdrawn", True, "",
                choices=(("withdrawn", "申请人撤回申请"), ("not_corrected", "未按告知补正"), ("other", "其他原因")),
            ),
            AskView("returned", "退回的材料", "平面图，1", True, "每行一种：名称，份数", 4),
        ),
        bilingual=True,
    ),
    PaperChoice(
        "SPECIAL_PROCEDURE",
        "特殊程序告知书",
        "听证、检测、专家评审等时间不计入期限，书面告知",
        (AskView("body", "组织实施机构", "市疾控中心", True), AskView("days", "所需工作日", "", True, "例：10")),
        bilingual=True,
    ),
    PaperChoice("SAFETY_REPORT", "安全自评报告", "本机的数据安全情况逐项自查，待核的现场勾选"),
)  # fmt: skip
PARCEL = PaperChoice(
    "EXPRESS_SLIP",
    "寄递单",
    "结果免费寄给申请人：下单，或者揽收前取消",
    (
        AskView("deed", "办什么", "order", True, "", choices=(("order", "下单寄递"), ("cancel", "取消寄递"))),
        AskView("recipient", "收件人", "张伟", True),
        AskView("phone", "联系电话", "13905720001", True),
        AskView("address", "收件地址", "浙江省湖州市吴兴区衣裳街88号1幢103室", True, "", 2),
        AskView("contents", "内件", "营业执照、卫生许可证", True),
    ),
)


def parcel() -> PapersDialog:
    """A parcel to be sent, its address asked for."""
    dialog = PapersDialog()
    dialog.set_choices((PARCEL,), "我要开理发店　张*")
    dialog.choose(PARCEL.id)
    return dialog
