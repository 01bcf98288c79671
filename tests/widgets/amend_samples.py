"""Made-up corrections and conflicts, with rare characters and long values."""

from __future__ import annotations

import datetime as dt

from form_samples import ID_NUMBER

from app.domain.amendment import Place
from app.domain.fact import Source, SourceKind, Verdict, fact_of
from app.domain.form import FieldState, FormDefinition, FormField, FormSection
from app.domain.item import Element, ElementType
from widgets.views_amend import ChangeView, ConflictView, ContestedView, Side

_AT = dt.datetime(2026, 11, 21, 2, 32, tzinfo=dt.UTC)
NAME = Element("name", "姓名", "Name", ElementType.TEXT, {"maxLength": 60}, personal=True)
PHONE = Element("phone", "联系电话", "Telephone", ElementType.PHONE, personal=True)
ADDRESS = Element("address", "场所地址", "Address", ElementType.TEXT, {"maxLength": 200})
ID = Element("id_number", "证件号码", "ID number", ElementType.ID_NUMBER, personal=True)


def _field(role: str, element: Element, title: str) -> FormField:
    return FormField(
        f"{role}.{element.id}", role, element, title, element.title_en, True, dict(element.schema), ("one",)
    )


FORM = FormDefinition(
    ("one",),
    (
        FormSection(
            "applicant",
            "申请人（经营者）",
            "Applicant",
            (
                _field("applicant", NAME, "姓名"),
                _field("applicant", ID, "证件号码"),
                _field("applicant", PHONE, "联系电话"),
            ),
        ),
        FormSection("premises", "经营场所", "Premises", (_field("premises", ADDRESS, "场所地址"),)),
    ),
)


def states(**typed: str) -> dict[str, FieldState]:
    """What stands in the form; typed: by key with __ for the dot."""
    card = Source(SourceKind.CARD, "居民身份证")
    clerk = Source(SourceKind.CLERK, "窗口录入")
    values = {
        "applicant.name": ("沈㛃", card),
        "applicant.id_number": (ID_NUMBER, card),
        "applicant.phone": ("13857200011", clerk),
        "premises.address": ("湖州市吴兴区月河街道𠮷祥路 8 号", clerk),
    } | {key.replace("__", "."): (value, clerk) for key, value in typed.items()}
    return {
        key: FieldState(fact_of(key, value, source, Verdict.STATED, _AT)) for key, (value, source) in values.items()
    }


REASONS = tuple((words, words) for words in ("申请人更正", "录入有误", "按补正要求"))
CHANGES = (
    ChangeView("applicant.phone", "联系电话", "13857200011", "13857209988"),
    ChangeView(
        "premises.address",
        "场所地址",
        "湖州市吴兴区月河街道𠮷祥路 8 号",
        "湖州市吴兴区月河街道𠮷祥路 18 号 2 幢 301 室",
    ),
    ChangeView("business.english", "外文名称", "JIXIANG BARBER", ""),
)


def _id(place: Place) -> str:
    return "\t".join((place.key, place.row, place.column))


LONG = "湖州市吴兴区月河街道𠮷祥路 8 号示范区政务服务中心东侧沿街商铺二楼 203–206 室（原月河理发店旧址，{0}）"
CONFLICTS = (
    ConflictView(
        1,
        "A0320261121000126",
        "公共场所卫生许可（美容美发场所）",
        "沈*",
        "11-22 09:41",
        "申请人更正",
        (
            ContestedView(
                _id(Place("applicant.name")),
                "申请人（经营者） · 姓名",
                "沈㛃",
                "沈㛃𠮷",
                "沈洁吉",
                "李敏　11-22 09:12",
                "湖州市卫生健康委员会　11-22 08:55",
                note="这一项关系到是谁，请对照证件逐字核对后再选。",
                element=NAME,
            ),
            ContestedView(
                _id(Place("premises.address")),
                "经营场所 · 场所地址",
                LONG.format("门牌待定"),
                LONG.format("门牌 18 号，𬭚山路口"),
                LONG.format("门牌 16 号，䶮山路口"),
                "李敏　11-22 09:12",
                "湖州市卫生健康委员会　11-22 08:55",
                element=ADDRESS,
            ),
            ContestedView(
                _id(Place("staff.staff_list", "name=赵䶮")),
                "从业人员 · 从业人员健康情况 · 赵䶮 · 整行",
                "姓名 赵䶮，健康证明编号 H2026-0117，有效期至 2027-03-01",
                "（没有这一行）",
                "姓名 赵䶮，健康证明编号 H2026-0117，有效期至 2028-03-01",
                "李敏　11-22 09:12",
                "湖州市卫生健康委员会　11-22 08:55",
                note="一方删去了这一行，另一方改过这一行，请核对后再选。",
            ),
        ),
    ),
    ConflictView(
        2,
        "A0320261121000231",
        "个体工商户设立登记",
        "欧阳**",
        "11-22 09:44",
        "按补正要求",
        (
            ContestedView(
                _id(Place("applicant.phone")),
                "申请人（经营者） · 联系电话",
                "13857200011",
                "13857209988",
                "13857209989",
                "李敏　11-22 09:15",
                "市场监督管理局　11-22 09:02",
                element=PHONE,
            ),
        ),
    ),
    ConflictView(
        3,
        "A0320261121000332",
        "户外招牌设置备案",
        "王*",
        "11-21 16:20",
        "录入有误",
        (
            ContestedView(
                _id(Place("applicant.phone")),
                "申请人（经营者） · 联系电话",
                "13857200000",
                "13857209988",
                "13857209989",
                "李敏　11-21 15:15",
                "城市管理局　11-21 15:02",
                element=PHONE,
                side=Side.PLATFORM,
            ),
        ),
        decided=True,
    ),
)
