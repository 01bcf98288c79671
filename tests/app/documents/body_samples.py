"""Made-up papers as blocks, to try the setting of type on: every block, lengths that break pages, two languages."""

from __future__ import annotations

from app.documents.blocks import (
    Block,
    Both,
    Column,
    Fields,
    Gap,
    Heading,
    Listing,
    PaperBody,
    Paragraph,
    Points,
    Seal,
    SignaturePlace,
    Signatures,
    Ticks,
)
from app.domain.signature import Point, Signature

SIGNATURE = Signature(
    tuple(tuple(Point(20.0 + 4 * n, 30.0 + 25 * line + (n % 5), 0.5, 10 * n) for n in range(40)) for line in range(3)),
    640,
    200,
)


def words(zh: str, en: str = "") -> Both:
    return Both(zh, en)


def listing(rows: int, prefix: str = "公共场所卫生许可（理发店、美容店）新办") -> Listing:
    return Listing(
        (
            Column(words("序号", "No."), 8, "c", "序号", index=True),
            Column(words("事项名称与受理部门", "Item and department"), 38, "l", "事项名称", lead=True),
            Column(words("受理流水号", "Serial number"), 31, "l", "受理流水号"),
            Column(words("办理期限", "Time limit"), 23, "l", "办理期限"),
        ),
        tuple(
            (
                str(n),
                words(f"{prefix}\n湖州市吴兴区卫生健康局", "Hygiene licence for public places"),
                f"WX0320261121{n:05d}\n办件编码：待平台回执",
                "承诺 5 个工作日\n2026年12月5日前办结",
            )
            for n in range(1, rows + 1)
        ),
    )


POINTS = Points(
    (
        words(
            "办理期限自受理之日起按工作日计算；依法需要听证、检验、检测、检疫、鉴定和专家评审的时间不计入。",
            "Time limits count working days from acceptance; hearings, tests and expert reviews are not counted.",
        ),
        words(
            "可凭受理流水号和有效身份证件向受理窗口查询办理进度；领取办理结果时，请携带本通知书。",
            "You may ask at the window how your application stands; bring this notice when you collect the result.",
        ),
        words(
            "查验真伪：扫描首页防伪码，所示内容应与纸面完全一致；纸面涂改无效。", "To check this paper, scan its code."
        ),
    ),
    "告知事项",
)


def closing(signed: bool = False) -> tuple[Block, Block]:
    return (
        Signatures(
            (
                SignaturePlace(
                    words("申请人（签收）：", "Applicant:"),
                    SIGNATURE if signed else None,
                    "日期：2026年11月21日（电子屏签字）" if signed else "日期：　　　　年　　月　　日",
                ),
            )
        ),
        Seal("（受理专用章）", "湖州市吴兴区政务服务中心", "2026年11月21日"),
    )


def body(
    rows: int = 3,
    name: str = "张伟",
    language: str = "zh",
    demo: bool = False,
    signed: bool = False,
    more: tuple[Block, ...] = (),
) -> PaperBody:
    title = words("受理通知书", "Notice of Acceptance")
    return PaperBody(
        title=title,
        number="WX0320261121N0021",
        head=Fields(
            (
                (words("申请人", "Applicant"), name),
                (words("证件号码", "ID number"), "3305**********1236"),
                (
                    words("办理事由", "Purpose"),
                    words("我要开理发店（共 3 个事项）", "Opening a barber's shop (3 items)"),
                ),
                (words("受理窗口", "Window"), words("湖州市吴兴区政务服务中心3号综合窗口", "Window 3")),
                (words("经办人员", "Clerk"), "李芳"),
                (words("受理时间", "Time"), "2026年11月21日 11:04"),
            )
        ),
        blocks=(
            Paragraph(f"{name}：", "申请人", emphasis=True, indent=False, on="page"),
            Paragraph(
                words(
                    "你（单位）于2026年11月21日 11:04提出的“我要开理发店”申请收悉。经审查，申请事项属于受理范围，"
                    "申请材料齐全、符合法定形式，现予受理，共 3 个事项。",
                    "Your application of 21 November 2026, 11:04, has been received. It is complete and in due form "
                    "and is hereby accepted; it covers 3 items.",
                ),
                "正文",
            ),
            Paragraph(words("本窗口已受理，待平台确认编号。", "Accepted; the platform will confirm."), "状态", True),
            Gap(0.3),
            Heading(words("一、受理事项", "Items")),
            listing(rows),
            *more,
            Heading(words("二、告知事项", "Notes")),
            POINTS,
            *closing(signed),
        ),
        running="受理通知书（续页）",
        language="zh-en" if language == "zh-en" else "zh",
        issuer=words("湖州市吴兴区政务服务中心", "Government Service Centre, Wuxing District, Huzhou"),
        number_line="编号：WX0320261121N0021",
        notices=("演示 仅供培训，不具法律效力",) if demo else (),
        footer="受理通知书　WX0320261121N0021",
        page=words("第 {x} 页 / 共 {y} 页", "Page {x} of {y}"),
        code_caption=words("防伪码　扫码核验", "Scan to verify"),
        watermark="湖州市吴兴区政务服务中心 · 3号综合窗口",
        demo_watermark="演示 仅供培训" if demo else "",
    )


TICKS = Ticks(
    ((True, "本人（单位）承诺所填内容真实"), (False, "同意以电子方式送达"), (None, "委托他人领取，受托人签字：")),
    "承诺",
)
FIELDS = Fields(
    (
        ("受送达人", "张伟"),
        ("联系电话", "138****1234"),
        ("送达地点", "湖州市吴兴区政务服务中心3号综合窗口，或者申请人在申请表中填写的通讯地址"),
        ("送达方式", "直接送达"),
        ("送达人", "李芳"),
    )
)
