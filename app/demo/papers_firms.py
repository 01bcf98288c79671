"""Sample data of the papers that a firm takes away, for previews and tests; firm and policies are made up."""

from __future__ import annotations

import datetime as dt

from app.domain.paper_firms import (
    AssessedDimension,
    AssessedPoint,
    AssessmentReport,
    PolicyLine,
    PolicySheet,
    TagLine,
)

_FIRM, _NUMBER = "湖州𠮷祥㛃文化传播有限公司", "91330503MA2B4C5D67"


def sample_assessment() -> AssessmentReport:
    """A lantern fair with one measure to follow."""
    return AssessmentReport(
        title="大型群众性活动安全自评报告",
        number="HDY032026112100013",
        firm=_FIRM,
        firm_number=_NUMBER,
        about=(("活动名称", "南浔古镇䶮湖灯会"), ("规模", "中型（一千人以上不满五千人）"), ("活动地点", "南浔古镇")),
        opening="承办者依照《大型群众性活动安全管理条例》，对照风险点逐项自评，结果如下。自评不代替公安机关的许可。",
        score="96.4",
        grade="低风险",
        passed=True,
        conclusion="各项风险点已自评，没有一票否决项，可以按告知承诺申请。",
        dimensions=(AssessedDimension("承办与组织", 2, "100.0"), AssessedDimension("人员与票证", 2, "91.7")),
        points=(
            AssessedPoint("承办与组织", "承办者没有安全责任人", "已落实", True, kept=True),
            AssessedPoint("承办与组织", "工作人员不知道自己的岗位", "已落实"),
            AssessedPoint("人员与票证", "退场拥挤", "落实 2/3", todo=("广播引导",)),
            AssessedPoint("人员与票证", "退票引发聚集", "不涉及"),
        ),
        measures=12,
        promise="以上自评属实；未落实的措施在活动开始前全部落实。",
        listed="不在失信名单上（查询编号 Q20261121A1B2C3）",
    )


def sample_policies() -> PolicySheet:
    """Three policies: one that fits, one that does not, one that nobody can tell."""
    return PolicySheet(
        firm=_FIRM,
        firm_number=_NUMBER,
        day=dt.date(2026, 11, 21),
        tags=(
            TagLine("创新", "科技型中小企业", "科技型中小企业入库编号 有"),
            TagLine("用工", "稳岗企业", "裁员率 1.2% ≤ 5.5%"),
        ),
        policies=(
            PolicyLine(
                "稳岗返还（演示）", "人力资源和社会保障局", "符合", ("✓ 参保人数 36 ≥ 1",), "14,040.00 元",
                ("上年失业保险费 23,400 × 60% = 14,040",),
            ),
            PolicyLine("首次上规奖励（演示）", "经济和信息化局", "不符合", ("✗ 年营业收入 860 万元 ≥ 2,000 万元",)),
            PolicyLine("绿色工厂奖励（演示）", "经济和信息化局", "待核", ("? 绿色工厂等级：没有数据",)),
        ),
        total="14,040.00 元",
    )  # fmt: skip
