"""Made-up people and materials for the widget tests and the gallery. Numbers have valid check characters."""

from __future__ import annotations

from dataclasses import replace

from form_samples import ID_NUMBER
from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFont, QImage, QPainter

from widgets.dialogs.sign_in import ClerkView
from widgets.views import (
    CheckCase,
    CheckMaterial,
    CheckView,
    DueRow,
    GuideView,
    HitView,
    LicenceView,
    LightView,
    MaterialView,
    OptionView,
    OutboxRow,
    ParkedRow,
    PersonView,
    PurposeView,
    QueryRow,
    Tone,
)

PERSON = PersonView(
    name="沈㛃",
    card_type="居民身份证",
    number=f"{ID_NUMBER[:4]}**********{ID_NUMBER[-4:]}",
    sex="女",
    nation="汉族",
    birth="1990-03-07",
    validity="2016-08-12 至 2036-08-12",
    source="读卡器读取 10:32",
)

LICENCES = (
    LicenceView(
        title="不动产权证书",
        verdict="SIGNATURE_VALID",
        verdict_words="签名有效（离线，信任名单 2026-11-20）",
        tone=Tone.SUCCESS,
        issuer="湖州市自然资源和规划局 签发",
        holder_line="持证人沈㛃，与来访人是同一人",
        match=True,
        expires="二维码有效期至 11-21 10:47",
    ),
)
LICENCES_BAD = (
    *LICENCES,
    LicenceView(
        title="从业人员健康合格证明",
        verdict="EXPIRED",
        verdict_words="已过期（2026-10-31 到期）",
        tone=Tone.ERROR,
        issuer="湖州市疾病预防控制中心 签发",
        holder_line="持证人陆*，不是同一人！",
        match=False,
    ),
    LicenceView(
        title="营业执照动态码",
        verdict="CAPTURED_UNVERIFIED",
        verdict_words="未核验（离线，联网后兑换）",
        tone=Tone.WARNING,
        holder_line="持证人待核验",
    ),
)

HITS = (
    HitView(
        "open-a-barber-shop",
        "bundle",
        "我要开理发店",
        "3 个部门",
        "3 个事项 · 一张表 · 少交 4 份材料",
        name_spans=((2, 6),),
    ),
    HitView("i1", "item", "个体工商户设立登记", "市场监督管理局", "即办件", matched="开店", matched_spans=((0, 1),)),
    HitView(
        "i2",
        "item",
        "公共场所卫生许可（美容美发场所）",
        "卫生健康委员会",
        "12 种情形",
        matched="理发店卫生许可",
        matched_spans=((0, 3),),
        why="同音字",
    ),
    HitView("i3", "item", "户外招牌设置备案", "综合行政执法局", "即办件"),
    HitView("i4", "item", "公共场所卫生许可变更（法定代表人）", "卫生健康委员会", "承诺件 · 3 个工作日"),
)

SUGGESTIONS = (
    HitView("i3", "item", "户外招牌设置备案", "综合行政执法局", mark="pinned"),
    HitView("m1", "item", "居住证申领", "公安局", "4 种情形", mark="recent"),
    HITS[0],
)

CART = (
    HitView("open-a-barber-shop", "bundle", "我要开理发店", "3 个部门", "要装门头招牌，租来的店面", asks=True),
    HitView("i1", "item", "个体工商户设立登记（家庭经营）", "市场监督管理局", "新开一家店，家庭经营", asks=True),
)

GUIDE = GuideView(
    "个体工商户登记",
    "一个人经营，还是一家人共同经营？",
    (
        OptionView("person", "个人经营", "1 种情形", chosen=True),
        OptionView("household", "家庭经营，由家庭成员共同出资、共同经营", "2 种情形"),
    ),
    (("办哪种登记？", "新开一家店"), ("经营场所是租的吗？", "租来的，房东的房产证在手里")),
    "还剩 3 种情形",
    (
        "个体工商户设立登记（个人经营）",
        "个体工商户设立登记（家庭经营，城镇）",
        "个体工商户设立登记（家庭经营，农村承包经营户转办）",
    ),
)

GUIDE_LONG = GuideView(
    "公共场所卫生许可",
    "是哪一种情形？",
    tuple(
        OptionView(f"s{n}", f"公共场所卫生许可（{kind}，建筑面积在二百平方米以上且有集中空调通风系统）")
        for n, kind in enumerate(
            [
                "旅馆",
                "饭馆",
                "公共浴室",
                "理发店",
                "美容店",
                "影剧院",
                "录像厅",
                "舞厅",
                "音乐厅",
                "体育馆",
                "游泳馆",
                "商场",
            ]
        )
    ),
    (),
    "还剩 12 种情形",
    tuple(f"公共场所卫生许可（情形 {n}）" for n in range(12)),
)

MATERIALS = (
    MaterialView("id", "身份证明", "waived", "免交", "已读居民身份证，免交复印件", ("身份证明在有效期内",)),
    MaterialView("use", "经营场所使用证明", "waived", "免交", "电子不动产权证书签名有效", ("地址与经营场所一致",)),
    MaterialView(
        "plan",
        "公共场所平面布局图",
        "missing",
        "待交",
        "",
        ("标明比例、朝向和各功能区", "消毒间、洗发区与操作区分开", "经营者签字"),
    ),
    MaterialView(
        "report",
        "公共场所卫生检测报告",
        "tolerated",
        "容缺",
        "2026-12-21 前补交（20 个工作日）",
        ("检测机构有 CMA 标志", "报告一年以内"),
        can_tolerate=True,
    ),
    MaterialView("board", "招牌设置效果图", "promised", "承诺", "告知承诺制", ("标明尺寸和材质",), can_promise=True),
    MaterialView("health", "从业人员健康合格证明", "optional", "选交", "", ("在有效期内",)),
)
MATERIALS_DONE = tuple(
    MaterialView(m.id, m.name, "captured", "已拍", "", m.points, pages=2) if m.id == "plan" else m for m in MATERIALS
)
MATERIALS_START = tuple(
    MaterialView(
        m.id,
        m.name,
        m.status if m.status in ("waived", "optional") else "missing",
        m.status_words if m.status in ("waived", "optional") else "待交",
        m.reason if m.status in ("waived", "optional") else "",
        m.points,
        can_tolerate=m.can_tolerate,
        can_promise=m.can_promise,
    )
    for m in MATERIALS
)

MATERIALS_OFFERED = tuple(
    replace(
        m,
        ticked=tuple(n == 0 for n in range(len(m.points))),
        offer="2026-03-11 交过 2 页（办件 A03202603110007K）" if m.id == "plan" else "",
        can_reuse=m.id == "plan",
    )
    for m in MATERIALS_START
)
DUE_ROWS = (
    DueRow("a", "2026-11-18 已逾期 3 天", "补交材料", "公共场所卫生检测报告", "沈*", "A03202610210004K",
           "公共场所卫生许可 等 2 项", tone=Tone.ERROR),
    DueRow("b", "2026-11-21 今天到期", "承诺核查", "户外招牌设置效果图", "𠮷**", "A03202611010012X",
           "设置大型户外广告审批", "湖州市综合行政执法局", Tone.WARNING, True),
    DueRow("c", "2026-12-18 还有 27 天", "补交材料", "从业人员健康合格证明", "张*", "A032026112000033",
           "公共场所卫生许可"),
)  # fmt: skip

LIGHTS = (
    LightView("id_reader", "读卡器", "ok", "SDT 读卡模块，/dev/ttyUSB0"),
    LightView("camera", "扫码相机", "ok", "正常"),
    LightView("doc_camera", "高拍仪", "ok", "正常"),
    LightView("printer", "打印机", "ok", "正常"),
)
LIGHTS_MIXED = (
    LightView("id_reader", "读卡器", "busy", "正在读取"),
    LightView("camera", "扫码相机", "ok", "正常"),
    LightView("doc_camera", "高拍仪", "off", "未连接"),
    LightView("printer", "打印机", "warning", "缺纸", words="缺纸"),
    LightView("receipt", "小票机", "unknown", "上次打印结果未知"),
)

OUTBOX = (
    OutboxRow(
        "1", "A0320261121000" + "4K", "个体工商户设立登记", "沈*", "等待联网", Tone.NEUTRAL, "", "联网后", kind="办件"
    ),
    OutboxRow(
        *("2", "A03202611210005Q", "公共场所卫生许可（美容美发场所）", "沈*", "等待联网", Tone.NEUTRAL, "", "联网后"),
        kind="材料影像",
    ),
    OutboxRow(
        *("3", "A03202611210006W", "户外招牌设置备案", "沈*", "稍后重试", Tone.WARNING, "连接中断，将续传", "10:42"),
        kind="材料影像",
        tries=3,
        next_at=1042.0,
        todo="不用处理，到时间会自动再传；着急可按“立即上传”。",
    ),
    OutboxRow(
        "4",
        "A03202611200017R",
        "公共场所卫生许可变更（法定代表人）",
        "欧阳**",
        "已退回",
        Tone.ERROR,
        "平台退回：该场所已有一件在办的变更申请，请核对后重新发送或撤回",
        "",
        parked=True,
        kind="办件",
        tries=1,
        todo="核对原因后，平台那边已改好的选“重新发送”；不再办理的选“撤回”。",
    ),
)

CHECK = CheckView(
    title="核对：我要开理发店",
    applicant="沈㛃（3305**********" + ID_NUMBER[-4:] + "）",
    filled="表单 22/22 已填",
    online_words="现在离线：先发临时受理流水号，联网后自动上传并取得办件编码。",
    cases=(
        CheckCase("个体工商户设立登记", "市场监督管理局", "即办"),
        CheckCase("公共场所卫生许可（美容美发场所）", "卫生健康委员会", "承诺 5 个工作日"),
        CheckCase("户外招牌设置备案", "综合行政执法局", "即办"),
    ),
    materials=(
        CheckMaterial("身份证明", "免交", Tone.SUCCESS, "已读居民身份证"),
        CheckMaterial("经营场所使用证明", "免交", Tone.SUCCESS, "电子不动产权证书签名有效"),
        CheckMaterial("公共场所平面布局图", "已拍 2 页", Tone.SUCCESS),
        CheckMaterial("公共场所卫生检测报告", "容缺", Tone.INFO, "2026-12-21 前补交"),
        CheckMaterial("招牌设置效果图", "承诺", Tone.INFO, "告知承诺制"),
    ),
    warnings=("建筑面积来自图像识别，请与原件核对。",),
)


def paper_page() -> QImage:
    """A page that looks like a notice."""
    page = QImage(1240, 1754, QImage.Format.Format_RGB32)
    page.fill(QColor("#ffffff"))
    painter = QPainter(page)
    font = QFont()
    font.setFamilies(["Noto Sans CJK SC"])
    font.setPixelSize(54)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor("#101010"))
    painter.drawText(QRectF(0, 120, 1240, 90), Qt.AlignmentFlag.AlignCenter, "受 理 通 知 书")
    font.setPixelSize(30)
    font.setBold(False)
    painter.setFont(font)
    lines = (
        "编号：A03202611210004K",
        "沈㛃：",
        "　　你提交的“我要开理发店”申请，经审查材料齐全、符合法定形式，",
        "现予受理。共 3 件：",
        "　　1. 个体工商户设立登记　　　　　　市场监督管理局　即办",
        "　　2. 公共场所卫生许可　　　　　　　卫生健康委员会　5 个工作日",
        "　　3. 户外招牌设置备案　　　　　　　综合行政执法局　即办",
        "　　请于 2026-12-21 前补交：公共场所卫生检测报告。",
    )
    for index, line in enumerate(lines):
        painter.drawText(QRectF(130, 300 + index * 64, 1000, 60), int(Qt.AlignmentFlag.AlignVCenter), line)
    painter.end()
    return page


def camera_frame(outlined: bool = True) -> tuple[QImage, list[tuple[float, float]]]:
    """A frame of a camera seeing a phone with a code, and the code's corners."""
    frame = QImage(960, 720, QImage.Format.Format_RGB32)
    frame.fill(QColor("#5d564c"))
    painter = QPainter(frame)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(480, 370)
    painter.rotate(-7)
    painter.setBrush(QColor("#15181c"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRectF(-190, -330, 380, 660), 40, 40)
    painter.setBrush(QColor("#f4f7fa"))
    painter.drawRoundedRect(QRectF(-172, -300, 344, 600), 16, 16)
    painter.setBrush(QColor("#101418"))
    corners = ((-120, -150), (120, -150), (120, 90), (-120, 90))
    for x in range(24):
        for y in range(24):
            finder = any(abs(x - cx) < 4 and abs(y - cy) < 4 for cx, cy in ((3, 3), (20, 3), (3, 20)))
            on = (
                (max(abs(x - 3), abs(y - 3)) in (3, 1, 0))
                or (max(abs(x - 20), abs(y - 3)) in (3, 1, 0))
                or (max(abs(x - 3), abs(y - 20)) in (3, 1, 0))
                if finder
                else (x * 7 + y * 13 + x * y) % 5 < 2
            )
            if on:
                painter.drawRect(QRectF(-120 + x * 10, -150 + y * 10, 10, 10))
    points = [painter.transform().map(QPointF(x, y)) for x, y in corners]
    painter.end()
    return frame, [(p.x(), p.y()) for p in points]


PURPOSES = (
    PurposeView("verify_material", "核验申请材料（免交证明）"),
    PurposeView("fill_form", "填写申请表"),
    PurposeView("check_eligibility", "审核申请条件"),
)
QUERY_ROWS = (
    QueryRow("low_income", "低保低边", "湖州市民政局", "免交 低保、低边家庭证明", "待查询"),
    QueryRow(
        "social_card", "社会保障卡", "湖州市人力资源和社会保障局", "免交 社会保障卡；填 开户银行、银行账号", "待查询"
    ),
    QueryRow(
        "disability", "残疾人证", "湖州市残疾人联合会", "免交 残疾人证；填 残疾人证号、残疾类别、残疾等级", "待查询"
    ),
    QueryRow("household", "户籍", "湖州市公安局", "免交 户口簿", "待查询"),
    QueryRow("degree", "学历学位", "湖州市教育局", "免交 学历（学位）证书", "待查询"),
)
QUERY_ANSWERS = (
    QueryRow(
        "low_income",
        "低保低边",
        "湖州市民政局",
        "免交 低保、低边家庭证明",
        "已查到",
        Tone.SUCCESS,
        "有效期至 2027-06-10",
    ),
    QueryRow(
        "social_card",
        "社会保障卡",
        "湖州市人力资源和社会保障局",
        "免交 社会保障卡；填 开户银行、银行账号",
        "已查到",
        Tone.SUCCESS,
        "开户银行 浙江农村商业联合银行湖州南浔𬭚桥分理处，银行账号 6230***********0224",
        warning="与表中不一致：银行账号",
    ),
    QueryRow(
        "disability",
        "残疾人证",
        "湖州市残疾人联合会",
        "免交 残疾人证",
        "没有记录",
        can_tick=False,
        detail="请收取纸质材料",
    ),
    QueryRow(
        "household",
        "户籍",
        "湖州市公安局",
        "免交 户口簿",
        "没有应答",
        Tone.WARNING,
        "等待应答超时",
        can_tick=False,
        failed=True,
    ),
    QueryRow(
        "degree",
        "学历学位",
        "湖州市教育局",
        "免交 学历（学位）证书",
        "不予提供",
        Tone.ERROR,
        "场景“残疾人补贴”没有获得查询“学历学位”的授权",
        can_tick=False,
    ),
)
CLERKS = (ClerkView("0231", "李敏"), ClerkView("0232", "王芳"), ClerkView("0240", "欧阳𠮷䶮"))
PARKED = (
    ParkedRow(
        "v1",
        "Alt+1",
        "张*（尾号 1236）",
        "我要开理发店",
        "已填 15/21，材料 4/6",
        "开业日期、公共场所平面布局图 等 4 项",
        "10:32　已等 25 分钟",
        "李敏",
    ),
    ParkedRow("v2", "Alt+2", "未读证件", "未选事项", "", "", "10:51　已等 6 分钟", "李敏"),
    ParkedRow(
        "v3",
        "",
        "欧**（尾号 012X）",
        "我要办不动产登记",
        "内容读不出来",
        "请联系技术支持，或者不要了",
        "11-20 16:40",
        "王芳",
        False,
    ),
)
