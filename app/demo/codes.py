"""The codes of the demo world that are no signed licences: a dynamic code, a firm's, a booking's, a leaflet's …"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from app.demo.issuers import LICENCES, NATURAL_RESOURCES, licence_identifier
from app.demo.people import Person
from app.demo.phone import Screen
from app.domain.clock import Clock, shanghai
from app.domain.person import mask, mask_name
from app.domain.redemption import IssuedCode, RedeemedLicence

DYNAMIC, DYNAMIC_OTHER, DYNAMIC_OLD = "dynamic", "dynamic-other", "dynamic-old"
FIRM = "92330502MA2B001009"
FIRM_TECH = "91330502MA2B7E8F9T"
FIRM_HOTEL = "91330502MA2B00777B"
LIVES = dt.timedelta(hours=12)
"""The demo's dynamic codes outlive a lesson: the clip is drawn once, so the phone in it cannot show a new one."""


@dataclass(frozen=True, slots=True)
class DemoCode:
    """One code and the phone that shows it. holder: of a dynamic code, a person's id."""

    text: str
    app: str
    title: str
    lines: tuple[tuple[str, str], tuple[str, str]] = (("", ""), ("", ""))
    below: str = ""
    holder: str = ""
    lives: dt.timedelta = LIVES


CODES: Mapping[str, DemoCode] = {
    DYNAMIC: DemoCode("8c41f7d20b9e4a63a1d5c07e92f4b618", "电子证照", "不动产权证书", holder="zhang-wei"),
    DYNAMIC_OTHER: DemoCode("5e02b9a7714d4fc8b3361f8d0ac2e957", "电子证照", "不动产权证书", holder="wang-ji"),
    DYNAMIC_OLD: DemoCode(
        "1b7730c6e95d42f8a2c4d9806fe3157b", "电子证照", "不动产权证书", holder="zhang-wei", lives=-dt.timedelta(hours=1)
    ),
    "dynamic-hmt": DemoCode("2d93e60b8f714c55b0a61e47d9c3f82a", "电子证照卡包", "不动产权证书", holder="chan-ka-man"),
    "firm-code": DemoCode(
        FIRM, "企业码", "湖州吴兴伟记理发店", (("统一代码", FIRM), ("类型", "个体工商户")), "浙江企业码"
    ),
    "booking-code": DemoCode(
        "YCB1:YY-7K2M-0421",
        "我的预约",
        "残疾人两项补贴",
        (("预约", "今天 09:30"), ("取号", "YY-7K2M-0421")),
        "预约服务",
    ),
    "booking-online": DemoCode(
        "YCB1:WB-3N8Q-0043",
        "我的预约",
        "开具无犯罪记录证明",
        (("预约", "今天 10:15"), ("取号", "WB-3N8Q-0043")),
        "公安服务",
    ),
    "leaflet": DemoCode(
        "YCL1:open-a-barber-shop",
        "一件事",
        "我要开理发店",
        (("三个部门", "一次办"), ("凭此码", "到窗口起办")),
        "政务服务",
    ),
    "leaflet-new-residents": DemoCode(
        "YCL1:new-resident-settle",
        "一事双网",
        "新居民·住下来一件事",
        (("三十七个", "高频事项"), ("凭此码", "到窗口起办")),
        "政务服务",
    ),
    "payment": DemoCode("134567890123456789", "收付款", "付款码", (("付款", "向商家付款"), ("方式", "零钱")), "支付"),
    "firm-code-tech": DemoCode(
        FIRM_TECH,
        "企业码",
        "湖州䶮创智能装备有限公司",
        (("统一代码", FIRM_TECH), ("类型", "有限责任公司")),
        "浙江企业码",
    ),
    "firm-code-hotel": DemoCode(
        FIRM_HOTEL,
        "企业码",
        "湖州䶮溪宾馆有限公司",
        (("统一代码", FIRM_HOTEL), ("类型", "有限责任公司")),
        "浙江企业码",
    ),
}


def screen_of(code: DemoCode, people: Mapping[str, Person]) -> Screen:
    """What the phone shows: a holder's name and number masked, as the real apps do."""
    if not code.holder:
        (first, name), (second, number) = code.lines
        return Screen(code.title, name, number, code.below, code.text, code.app, (first, second))
    card = people[code.holder].card
    name, number = mask_name(card.name or ""), mask(card.number or "")
    return Screen(code.title, name, number, NATURAL_RESOURCES.name, code.text, code.app)


def issued_codes(people: Mapping[str, Person], clock: Clock) -> tuple[IssuedCode, ...]:
    """The dynamic codes as the issuing service hands them to the demo's gateway at its start: fresh and unused."""
    now = clock.now()
    plans = {plan.holder: plan for plan in LICENCES if plan.name in ("real-estate", "other-holder", "hmt-holder")}
    found = []
    for code in CODES.values():
        if code.holder:
            card, plan = people[code.holder].card, plans[code.holder]
            licence = RedeemedLicence(
                type="real_estate_certificate",
                title="不动产权证书",
                identifier=licence_identifier(plan),
                issuer=plan.issuer.name,
                holder={"name": card.name or "", "id_number": card.number or ""},
                claims=plan.claims,
                valid_until=shanghai(now).date() + dt.timedelta(days=plan.expires_days),
            )
            found.append(IssuedCode(code.text, licence, now + code.lives))
    return tuple(found)
