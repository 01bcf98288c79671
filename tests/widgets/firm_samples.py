"""Made-up firms for the gallery: the page of a firm with each of its lists."""

from __future__ import annotations

from PyQt6.QtWidgets import QWidget

from widgets.dialogs.firm import POLICIES, SCENES, TAGS, FirmDialog
from widgets.views import Tone
from widgets.views_firm import FirmRow, FirmView

_YES, _NO, _OPEN = Tone.SUCCESS, Tone.NEUTRAL, Tone.WARNING
VIEW = FirmView(
    "湖州䶮创智能装备有限公司",
    "91330502MA2B7E8F9T · 17 个标签 · 7 项政策符合，可测算 333,667 元",
    (
        FirmRow("small", ("基本情况", "小微企业", "有"), _YES, "小微企业", "基本情况",
                (("✓ 规模 小型，要求微型、小型之一", _YES),)),
        FirmRow("green", ("信用安全", "绿色工厂", "待核"), _OPEN, "绿色工厂", "信用安全",
                (("? 绿色工厂：没有数据，要求市级、省级之一", _OPEN),)),
        FirmRow("young", ("基本情况", "初创企业", "没有"), _NO, "初创企业", "基本情况",
                (("✗ 成立年限 7年，要求 ≤ 3年", Tone.ERROR),)),
    ),
    (
        FirmRow(
            "research", ("研发费用补助（演示）", "128,000 元", "符合"), _YES, "研发费用补助（演示）",
            "科学技术局　研发费用占营业收入 3% 以上的科技型中小企业，按研发费用的 8% 补助，最高 80 万元。",
            (
                ("✓ 有标签“科技型中小企业”", _YES), ("✓ 研发费用占比 6.96%，要求 ≥ 3%", _YES),
                ("= 取小(研发费用 160万元 × 10000 × 8%, 800000) = 128,000 元", Tone.NEUTRAL),
            ),
            "去申报",
        ),
        FirmRow("high", ("高新技术企业认定奖励（演示）", "—", "不符合"), _NO, "高新技术企业认定奖励（演示）",
                "科学技术局",
                (("✗ 没有标签“高新技术企业”", Tone.ERROR),)),
    ),
    tuple(
        FirmRow(f"s{n}", (name, "一张表申报，单位信息带入"), title=name, below="一张表申报，单位信息带入", go="起办")
        for n, name in enumerate(("政策计算器", "惠企政策兑现", "提诉求", "找联系民警", "企业体检", "活动安全自评"))
    ),
    "没有数据的维度按“待核”处理：科技创新（没有这家企业的记录）",
)  # fmt: skip


def shown(page: str) -> FirmDialog:
    """One list."""
    dialog = FirmDialog()
    dialog.number.setText("91330502MA2B7E8F9T")
    dialog.set_firm(VIEW)
    dialog.show_page(page)
    return dialog


def windows() -> dict[str, QWidget]:
    """Every state."""
    wrong = FirmDialog()
    wrong.clear_firm("91330502MA2B7E8F90")
    wrong.say("统一社会信用代码不对：校验位不符。扫企业码，或者对照营业执照填写。", Tone.ERROR)
    return {
        "d-firm-tags": shown(TAGS),
        "d-firm-policies": shown(POLICIES),
        "d-firm-scenes": shown(SCENES),
        "d-firm-none": wrong,
    }
