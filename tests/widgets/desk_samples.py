"""Made-up clerks, parked visits and answers of shared data, as the presenters would hand them in."""

from __future__ import annotations

from widgets.dialogs.sign_in import ClerkView
from widgets.views import ParkedRow, PurposeView, QueryRow, Tone

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
