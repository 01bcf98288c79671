"""A card read from a picture, in the clerk's words."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.clock import shanghai
from app.domain.fact import Fact
from app.domain.person import mask
from app.identity.cards.facts import OF_FORMS, from_picture
from app.identity.cards.read import ReadCard
from app.identity.cards.values import Doubt
from app.identity.codes import NATION_CODES
from app.workers.camera_thread import as_image
from widgets.i18n import core_words
from widgets.views import PersonView, Tone
from widgets.views_card import CardFieldView

translate = QCoreApplication.translate

_TITLES = {
    "name": QT_TRANSLATE_NOOP("Card", "姓名"),
    "name_en": QT_TRANSLATE_NOOP("Card", "外文姓名"),
    "sex": QT_TRANSLATE_NOOP("Card", "性别"),
    "nation": QT_TRANSLATE_NOOP("Card", "民族"),
    "nationality": QT_TRANSLATE_NOOP("Card", "国籍"),
    "birth": QT_TRANSLATE_NOOP("Card", "出生日期"),
    "address": QT_TRANSLATE_NOOP("Card", "住址"),
    "number": QT_TRANSLATE_NOOP("Card", "证件号码"),
    "valid_to": QT_TRANSLATE_NOOP("Card", "有效期至"),
}
_DOUBTS = {
    Doubt.UNPROVEN: QT_TRANSLATE_NOOP("Card", "请逐字核对"),
    Doubt.UNCLEAR: QT_TRANSLATE_NOOP("Card", "没有看清，请核对"),
    Doubt.DIGIT: QT_TRANSLATE_NOOP("Card", "号码不成立，请核对每一位"),
    Doubt.DIFFERS: QT_TRANSLATE_NOOP("Card", "与证件号码不一致"),
    Doubt.UNKNOWN: QT_TRANSLATE_NOOP("Card", "不是可用的内容，请核对"),
    Doubt.MISSING: QT_TRANSLATE_NOOP("Card", "没有读到，请照证件录入"),
}
_HOLDS = {
    "number": QT_TRANSLATE_NOOP("Card", "号码规则相符"),
    "birth": QT_TRANSLATE_NOOP("Card", "与号码相符"),
    "sex": QT_TRANSLATE_NOOP("Card", "与号码相符"),
}


def field_views(card: ReadCard) -> list[CardFieldView]:
    """The fields that a form may ask for, in the order of the card."""
    return [
        CardFieldView(
            value.name,
            title(value.name),
            value.value,
            as_image(np.ascontiguousarray(card.crop(value.name))),
            doubt_words(value.doubt) if not value.sure else _holds(value.name, card),
            value.sure,
        )
        for value in card.values
        if value.name in OF_FORMS
    ]


def _holds(name: str, card: ReadCard) -> str:
    number = card.value("number")
    proven = number is not None and number.sure and not card.kind.travel
    return translate("Card", _HOLDS[name]) if name in _HOLDS and proven else translate("Card", "已读清")


def title(name: str) -> str:
    """A field's name."""
    return translate("Card", _TITLES[name])


def doubt_words(doubt: Doubt) -> str:
    """Why a field has to be looked at."""
    return translate("Card", _DOUBTS[doubt]) if doubt in _DOUBTS else ""


def captured_view(facts: Iterable[Fact]) -> PersonView | None:
    """Whom a picture of a card names; None when none was read."""
    said = {fact.element: fact for fact in facts if from_picture(fact)}
    if not said:
        return None
    latest = max(said.values(), key=lambda fact: fact.at)
    values = {element: fact.value for element, fact in said.items()}
    number = values.get("id_number") or values.get("travel_document_number", "")
    nation = next((name for name, code in NATION_CODES.items() if code == values.get("nation")), "")
    until = core_words(values.get("valid_to", ""))
    return PersonView(
        name=values.get("name") or values.get("name_en") or translate("Card", "姓名待录入"),
        card_type=core_words(latest.source.label),
        number=mask(number) if number else "",
        sex={"1": translate("Words", "男"), "2": translate("Words", "女")}.get(values.get("sex", ""), ""),
        nation=translate("Words", "{0}族").format(nation) if nation else values.get("nationality", ""),
        birth=values.get("birth_date", ""),
        validity=translate("Words", "至 {0}").format(until) if until else "",
        source=translate("Card", "拍照识别 {0}").format(f"{shanghai(latest.at):%H:%M}"),
        note=translate("Card", "证件真伪没有核验"),
        note_tone=Tone.WARNING,
    )
