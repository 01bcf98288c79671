"""Registered foreign residents in the clerk's words."""

from __future__ import annotations

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PyQt6.QtGui import QImage

from app.domain.clock import shanghai
from app.domain.errors import YichuangError
from app.domain.person import mask
from app.domain.resident import ELEMENTS, Registration, ResidentPerson
from app.services.residents import Looked, Offer
from app.services.visit import ShownCode
from widgets.i18n import core_words
from widgets.views import PersonView, Tone
from widgets.views_code import CodeView
from widgets.views_resident import MadeCodeView, ResidentView

_CAPTIONS = {
    "name": QT_TRANSLATE_NOOP("Resident", "中文姓名"),
    "name_en": QT_TRANSLATE_NOOP("Resident", "姓名"),
    "sex": QT_TRANSLATE_NOOP("Resident", "性别"),
    "birth_date": QT_TRANSLATE_NOOP("Resident", "出生日期"),
    "nationality": QT_TRANSLATE_NOOP("Resident", "国籍"),
    "travel_document_type": QT_TRANSLATE_NOOP("Resident", "证件种类"),
    "travel_document_number": QT_TRANSLATE_NOOP("Resident", "证件号码"),
    "valid_to": QT_TRANSLATE_NOOP("Resident", "证件有效期至"),
}
_SEXES = {"1": QT_TRANSLATE_NOOP("Resident", "男"), "2": QT_TRANSLATE_NOOP("Resident", "女")}
_MASKED = ("travel_document_number",)
translate = QCoreApplication.translate


def _say(words: str) -> str:
    return QCoreApplication.translate("Resident", words)


def _value(person: ResidentPerson, element: str) -> str:
    value = person.facts[element]
    if element in _MASKED:
        return mask(value)
    if element == "sex":
        return _say(_SEXES[value]) if value in _SEXES else value
    return core_words(person.document) if element == "travel_document_type" else value


def _rows(person: ResidentPerson) -> tuple[tuple[str, str], ...]:
    return tuple((_say(_CAPTIONS[one]), _value(person, one)) for one in ELEMENTS if one in person.facts)


def offer_view(offer: Offer, portrait: QImage) -> ResidentView:
    """What a person is asked to agree to."""
    person = offer.person
    rows = _rows(person)
    picture = translate("Resident", "有，缩小保存") if person.portrait else translate("Resident", "没有")
    who = "　".join((person.name, core_words(person.document), mask(person.facts["travel_document_number"])))
    return ResidentView(who, (*rows, (translate("Resident", "证件照片"), picture)), portrait, offer.consent)


def made_view(made: Registration, modules: tuple[tuple[bool, ...], ...]) -> MadeCodeView:
    """A code that was made."""
    rows = (
        (translate("Resident", "码号"), made.code_id[:8].upper()),
        (translate("Resident", "有效期至"), f"{shanghai(made.until):%Y-%m-%d}"),
        (translate("Resident", "平台流水号"), made.reference),
    )
    return MadeCodeView(modules, rows)


def looked_view(looked: Looked, *, occupied: bool) -> CodeView:
    """What a scanned code came to. occupied: somebody's document was read at this visit already."""
    kind = translate("Resident", "来访人服务码")
    shown, error = looked.shown, looked.error
    if shown is None:
        words = _why(error) if error is not None else ""
        return CodeView(kind, core_words(error.title) if error else kind, (), words, Tone.ERROR)
    resident = shown.resident
    place = f"{shanghai(resident.registered_at):%Y-%m-%d}　{resident.place}"
    rows = (*_rows(resident.person), (translate("Resident", "登记"), place))
    rows += ((translate("Resident", "服务码有效期至"), f"{shanghai(resident.until):%Y-%m-%d}"),)
    if occupied:
        note = translate("Resident", "本次已读过证件；要凭码办事，请先叫下一位。")
        return CodeView(kind, resident.person.name, rows, note, Tone.WARNING)
    if shown.confirmed:
        note = translate("Resident", "签名属实，平台确认有效。码可以转借，请对着登记时的照片核对本人（Ctrl+F3）。")
        tone, also = Tone.SUCCESS, translate("Resident", "作废此码")
    else:
        note = translate(
            "Resident",
            "签名属实；平台没有应答，用的是本机的登记，是否作废不能确认。请查验证件、核对本人。",
        )
        tone, also = Tone.WARNING, ""
    return CodeView(kind, resident.person.name, rows, note, tone, translate("Resident", "为此人办理"), also)


def _why(error: YichuangError) -> str:
    return f"{core_words(error.what)}{core_words(error.todo)}"


def served_person(shown: ShownCode, at: str) -> PersonView:
    """Whoever is served by a code, as the panel of the person shows them. at: HH:MM."""
    person = shown.resident.person
    facts = person.facts
    name = person.name
    kind = core_words(person.document)
    source = translate("Resident", "来访人服务码 {0}").format(at)
    return PersonView(
        name=name,
        card_type=kind if name == facts.get("name_en", name) else f"{kind} {facts['name_en']}",
        number=mask(facts["travel_document_number"]),
        sex=_value(person, "sex") if "sex" in facts else "",
        nation=facts["nationality"],
        birth=facts.get("birth_date", ""),
        validity=translate("Resident", "至 {0}").format(facts["valid_to"]),
        source=source,
        photo=person.portrait,
        note="" if shown.confirmed else translate("Resident", "平台没有应答，未确认是否作废"),
        note_tone=Tone.WARNING,
    )
