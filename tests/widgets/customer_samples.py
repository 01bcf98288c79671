"""Made-up visitors of the citizen's screen."""

from __future__ import annotations

from widgets.customer.views import AnswerView, ConfirmView, NoticeView, RatingView, ServingView

ITEMS = ("我要开理发店",)
SERVING = ServingView(
    person="欧****",
    items=ITEMS,
    known=(
        ("姓名", "欧***"),
        ("公民身份号码", "3305**********1236"),
        ("住址", "浙江省湖****************"),
        ("场所地址", "浙江省湖州市吴兴区𠮷祥街道㛃园路 8 号 1 幢 101 室（底层沿街商铺）"),
        ("使用面积", "56.8 平方米"),
        ("不动产权证号", "浙（20**********************"),
    ),
    owed=("公共场所平面布局图", "公共场所卫生检测或评价报告"),
    fee="不收费",
)
_ANSWERS = (
    ("申请人（经营者）", "姓名", "欧***"),
    ("申请人（经营者）", "公民身份号码", "3305**********1236"),
    ("申请人（经营者）", "联系电话", "13857200011"),
    ("拟设主体", "字号名称", "𠮷祥㛃理发店"),
    ("拟设主体", "资金数额", "5 万元"),
    ("拟设主体", "从业人数", "3 人"),
    ("拟设主体", "开业日期", "2026-12-22"),
    ("经营场所", "场所地址", "浙江省湖州市吴兴区𠮷祥街道㛃园路 8 号 1 幢 101 室（底层沿街商铺）"),
    ("经营场所", "使用面积", "56.8 平方米"),
    ("户外招牌", "招牌文字", "𠮷祥理发"),
    ("户外招牌", "招牌面积", "4.5 平方米"),
)
CONFIRM = ConfirmView(
    ITEMS,
    tuple(AnswerView(*answer) for answer in _ANSWERS),
    ("按期补交“公共场所卫生检测或评价报告”", "“户外招牌设置效果图”所证明的情况属实"),
)
NOTICE = NoticeView(
    "Y03-20261122-0003-K",
    (("公共场所平面布局图", "标明面积和设施，原件 1 份"), ("联系电话", "未填")),
)
_POINTS = ("跑了多次", "等候时间长", "要的材料多", "没有一次说清", "态度不好", "环境和设备不好")
RATING = RatingView(
    ITEMS,
    "李敏",
    {grade: tuple((f"{grade}{n:02d}", words) for n, words in enumerate(_POINTS, 1)) for grade in range(1, 6)},
    # As many modules as a real code has; what it says is nothing.
    tuple(tuple((x * 7 + y * 13 + x * y) % 3 == 0 for x in range(61)) for y in range(61)),
)
HOURS = ("开放时间：周一至周五 9:00–12:00、13:30–17:00", "延时服务：周二 17:00–19:00；周六 9:00–12:00")
