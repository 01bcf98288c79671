"""Made-up assessments for the gallery: the dialog's pages in every state."""

from __future__ import annotations

from PyQt6.QtWidgets import QWidget

from widgets.dialogs.assessment import POINTS, RESULT, AssessmentDialog
from widgets.views import Tone
from widgets.views_assessment import (
    AnswerWords,
    FormChoice,
    GroupView,
    MeasureView,
    PointView,
    ResultView,
    StartView,
)

FORMS = (
    FormChoice("firm-checkup", "企业安全与合规体检", (("large", "全面体检：105 项"),), "体检事由", ("陪同人员",)),
    FormChoice(
        "mass-event", "大型群众性活动安全自评",
        (("large", "大型：五千人以上，112 项"), ("small", "小型：不满一千人，51 项")), "活动名称",
        ("活动地点", "活动时间", "预计人数"),
    ),
)  # fmt: skip
KNOWN = StartView("mass-event", "large", "湖州𠮷祥㛃文化传播有限公司", "91330503MA2B4C5D67", "南浔古镇䶮湖灯会", "李𬭚")
WORDS = AnswerWords("已落实", "没落实", "不涉及")
_MEASURES = ("书面确定安全责任人", "责任人全程在场", "职责写入安全工作方案")


def point(n: int, state: str = "", tone: Tone = Tone.NEUTRAL, done: int = -1, **more: object) -> PointView:
    measures = tuple(MeasureView(words, None if done < 0 else at < done) for at, words in enumerate(_MEASURES))
    return PointView(f"a{n:02}", f"第 {n} 个风险点：工作人员不知道自己的岗位", state, tone, measures=measures, **more)  # type: ignore[arg-type]


GROUPS = (
    GroupView(
        "承办与组织", 4,
        (
            point(1, "已落实", Tone.SUCCESS, 3, blocking=True, notes=("★ 一票否决", "权重 3", "沿用上次")),
            point(2, "已落实 2/3", Tone.WARNING, 2, notes=("权重 2",)),
            point(3, "没落实", Tone.ERROR, 0),
            point(4, "不涉及", Tone.NEUTRAL, 0),
            *(point(n) for n in range(5, 15)),
        ),
    ),
    GroupView("医疗、天气与舆情", 14, tuple(point(n, "已落实", Tone.SUCCESS, 3) for n in range(20, 34))),
    *(GroupView(name, 0, tuple(point(n) for n in range(40, 54))) for name in ("场地与设施", "人员与票证")),
)  # fmt: skip
BELOW = "湖州𠮷祥㛃文化传播有限公司 · 已答 18/112 · 沿用 12 项 · 目前 88.4 分 · 一票否决 0 项"
_DIMENSIONS = tuple(
    (name, "98.2") for name in ("承办与组织", "场地与设施", "临时搭建与用电", "人员与票证", "安检与秩序")
)
GOOD = ResultView(
    "96.4 分", "低风险", Tone.SUCCESS, "各项风险点已自评，没有一票否决项，可以按告知承诺申请。",
    (("退场拥挤", "广播引导"), ("事后没有报告", "留存记录；事后复盘")), _DIMENSIONS,
    "名单核查：不在失信名单上（查询编号 Q20261123A1B2C3D4E5F6）", Tone.SUCCESS,
    "告知承诺：以上自评属实；未落实的措施在活动开始前全部落实；活动规模、场所、内容有变化的重新自评；接受现场核查，弄虚作假的列入失信名单，一年内不适用告知承诺。",
)  # fmt: skip
BAD = ResultView(
    "71.0 分", "较大风险", Tone.ERROR, "有一票否决项没有落实，落实以前不能举办。",
    (("★ 没有安全工作方案", "方案经负责人签字"),),
    _DIMENSIONS, "名单核查：没有查到：平台没有应答", Tone.WARNING, "", ready=False,
)  # fmt: skip


def start(left: bool = False) -> AssessmentDialog:
    dialog = AssessmentDialog()
    dialog.set_forms(FORMS, KNOWN)
    dialog.start.say_before(
        "上次：南浔古镇灯会，98 分，编号 HDY032026112100013，2027-11-21 前可以沿用：只问变化的。", Tone.SUCCESS
    )
    dialog.offer_again(True)
    dialog.offer_left(left)
    return dialog


def points(marked: str) -> AssessmentDialog:
    dialog = AssessmentDialog()
    dialog.set_points("大型群众性活动安全自评", BELOW, GROUPS, WORDS)
    dialog.show_page(POINTS)
    dialog.points.go(marked)
    return dialog


def result(view: ResultView) -> AssessmentDialog:
    dialog = AssessmentDialog()
    dialog.set_result("大型群众性活动安全自评", BELOW, view)
    dialog.show_page(RESULT)
    dialog.set_result("大型群众性活动安全自评", BELOW, view)
    return dialog


def windows() -> dict[str, QWidget]:
    """Every state."""
    wrong = start(left=True)
    wrong.say("统一社会信用代码不对：校验位不符。对照营业执照或企业码填写。", Tone.ERROR)
    return {
        "d-assessment": start(),
        "d-assessment-wrong": wrong,
        "d-assessment-points": points("a01"),
        "d-assessment-partly": points("a02"),
        "d-assessment-result": result(GOOD),
        "d-assessment-blocked": result(BAD),
    }
