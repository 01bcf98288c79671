"""Domain values in the clerk's words: what the views are handed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.catalog.guide import Guide, Step
from app.catalog.search import Hit
from app.domain.case import Operation, OutboxState
from app.domain.clock import shanghai
from app.domain.fact import Fact, Verdict
from app.domain.form import FormField
from app.domain.item import Catalog, Option, Question
from app.domain.licence import CodeKind, LicenceReading
from app.domain.material import Material, MaterialStatus
from app.domain.person import CardType, IdCard, mask, mask_name
from app.identity.facts import ZONE
from app.identity.travel import TravelKind
from app.licences.facts import Match
from app.licences.verify import CLOCK_WARNING
from app.services.complete_later import DueKind, Outstanding
from app.services.reuse import Offer
from app.services.visit import ScannedLicence
from devices.outcome import Outcome, Reply
from offline_db.sending import CaseHead
from widgets.i18n import core_words, pick
from widgets.views import (
    DueRow,
    GuideView,
    HitView,
    LicenceView,
    LightView,
    MaterialView,
    OptionView,
    OutboxRow,
    PersonView,
    Tone,
)

translate = QCoreApplication.translate


class VerdictWords(NamedTuple):
    words: str
    tone: Tone


def verdict_words(reading: LicenceReading) -> VerdictWords:
    """A verdict as the clerk reads it; offline ones name the trust list's date, and what speaks against it."""
    doubt = core_words(CLOCK_WARNING) if CLOCK_WARNING in reading.reason else ""
    unproven = core_words(reading.reason) if reading.holder else ""
    day = reading.trust_date.isoformat() if reading.trust_date else translate("Words", "日期不明")
    table = {
        Verdict.VERIFIED_ONLINE: VerdictWords(translate("Words", "已联网核验"), Tone.SUCCESS),
        Verdict.SIGNATURE_VALID: VerdictWords(
            translate("Words", "签名有效（离线，信任名单 {0}）").format(day)
            if not doubt
            else translate("Words", "签名有效（离线，信任名单 {0}；{1}）").format(day, doubt),
            Tone.SUCCESS if not doubt else Tone.WARNING,
        ),
        Verdict.CAPTURED_UNVERIFIED: VerdictWords(
            _with_reason(translate("Words", "已采集，尚未核验"), unproven), Tone.WARNING
        ),
        Verdict.EXPIRED: VerdictWords(_with_reason(translate("Words", "已过期"), doubt), Tone.ERROR),
        Verdict.REVOKED: VerdictWords(translate("Words", "已吊销"), Tone.ERROR),
    }
    if reading.kind is CodeKind.OFD_FILE:
        table |= _file_words(reading, day, doubt)
    if reading.kind is CodeKind.OPAQUE_LICENCE and reading.reason:
        # In brackets: the card shows what stands there below the verdict, where there is room for it.
        why = core_words(reading.reason)
        dynamic = {
            Verdict.VERIFIED_ONLINE: VerdictWords(translate("Words", "已联网核验（{0}）").format(why), Tone.SUCCESS),
            Verdict.CAPTURED_UNVERIFIED: VerdictWords(translate("Words", "尚未核验（{0}）").format(why), Tone.WARNING),
            Verdict.INVALID: VerdictWords(translate("Words", "不能用（{0}）").format(why), Tone.ERROR),
        }
        table |= dynamic
    invalid = translate("Words", "无效：{0}").format(core_words(reading.reason))
    return table.get(reading.verdict, VerdictWords(invalid, Tone.ERROR))


def _file_words(reading: LicenceReading, day: str, doubt: str) -> dict[Verdict, VerdictWords]:
    """A file's seal in the place of a code's signature."""
    why = core_words(reading.reason)
    captured = translate("Words", "尚未核验（{0}）").format(why)
    good = translate("Words", "印章有效（离线，信任名单 {0}）").format(day)
    if doubt:
        good = translate("Words", "印章有效（离线，信任名单 {0}；{1}）").format(day, doubt)
    return {
        Verdict.SIGNATURE_VALID: VerdictWords(good, Tone.WARNING if doubt else Tone.SUCCESS),
        Verdict.CAPTURED_UNVERIFIED: VerdictWords(captured, Tone.WARNING),
        Verdict.REVOKED: VerdictWords(_with_reason(translate("Words", "已吊销"), why), Tone.ERROR),
        Verdict.INVALID: VerdictWords(translate("Words", "不能用（{0}）").format(why), Tone.ERROR),
    }


def _with_reason(words: str, reason: str) -> str:
    return translate("Words", "{0}（{1}）").format(words, reason) if reason else words


def field_title(fields: Mapping[str, FormField], key: str) -> str:
    """A form field's name."""
    field = fields.get(key)
    return pick(field.title, field.title_en) if field else key


def field_value(field: FormField, value: str) -> str:
    """A value as the clerk reads it: codes in words, personal numbers masked."""
    if field.element.codes:
        return core_words(field.element.codes.get(value, value))
    return mask(value) if field.element.personal and value.isascii() else value


def person_view(card: IdCard, read_at: str) -> PersonView:
    """A card, its number masked."""
    names = card.name or card.name_en or ""
    until = core_words(card.valid_to or "")
    validity = translate("Words", "{0} 至 {1}").format(card.valid_from or "", until) if card.valid_to else ""
    return PersonView(
        name=names,
        card_type=core_words(CardType(card.type).label),
        number=mask(card.number or ""),
        sex=core_words(card.sex or ""),
        nation=translate("Words", "{0}族").format(card.nation) if card.nation else card.nationality or "",
        birth=card.birth or "",
        validity=validity,
        source=translate("Words", "读卡器读取 {0}").format(read_at),
    )


def zone_view(facts: Iterable[Fact]) -> PersonView | None:
    """Who the machine-readable zone of a travel document names; None when none was read."""
    said = {fact.element: fact for fact in facts if fact.source.label == ZONE}
    if not said:
        return None
    values = {element: fact.value for element, fact in said.items()}
    at = max(fact.at for fact in said.values())
    until = values.get("valid_to", "")
    number = values.get("travel_document_number") or values.get("id_number", "")
    kind = values.get("travel_document_type") or values.get("id_type", "")
    return PersonView(
        name=values.get("name_en", "") or translate("Words", "姓名待录入"),
        card_type=core_words(TravelKind(kind).label) if kind else translate("Words", "护照、通行证等旅行证件"),
        number=mask(number) if number else "",
        sex={"1": translate("Words", "男"), "2": translate("Words", "女")}.get(values.get("sex", ""), ""),
        nation=values.get("nationality", ""),
        birth=values.get("birth_date", ""),
        validity=translate("Words", "至 {0}").format(until) if until else "",
        source=translate("Words", "机读码读取 {0}").format(f"{shanghai(at):%H:%M}"),
        note=translate("Words", "证件真伪没有核验"),
        note_tone=Tone.WARNING,
    )


def licence_view(entry: ScannedLicence) -> LicenceView:
    """A scanned licence with its verdict and whose it is."""
    reading = entry.reading
    words, tone = verdict_words(reading)
    match = {Match.SAME: True, Match.DIFFERENT: False}.get(entry.match.match)
    day = f"{shanghai(reading.expires):%Y-%m-%d}" if reading.expires else ""
    issuer = core_words(reading.issuer or "")
    return LicenceView(
        title=licence_title(reading) or untitled(reading),
        verdict=str(reading.verdict),
        verdict_words=words,
        tone=tone,
        issuer=translate("Words", "{0} 签发").format(issuer) if issuer else "",
        holder_line=core_words(entry.match.words),
        match=match,
        expires=translate("Words", "有效期至 {0}").format(day) if day else "",
    )


def untitled(reading: LicenceReading) -> str:
    """What to call a licence that says no name."""
    if reading.kind is CodeKind.OPAQUE_LICENCE:
        return translate("Words", "电子证照动态码")
    if reading.kind is CodeKind.OFD_FILE:
        return translate("Words", "电子证照文件")
    return translate("Words", "无法识别的码")


def licence_title(reading: LicenceReading) -> str:
    """The licence's name; "" when it says none."""
    return core_words(reading.licence.get("title", ""))


def hit_view(hit: Hit) -> HitView:
    """A result of the search, with what fitted and why."""
    by_name = hit.matched == hit.name
    name = pick(hit.name, hit.name_en)
    return HitView(
        hit.code,
        hit.kind,
        name,
        core_words(hit.department),
        _situations(len(hit.situations)) if hit.situations else "",
        # What fitted is a part of the Chinese name, whatever name is shown.
        name_spans=hit.spans if by_name and name == hit.name else (),
        matched="" if by_name else hit.matched,
        matched_spans=() if by_name else hit.spans,
        why=core_words(hit.why),
    )


def cart_view(catalog: Catalog, code: str) -> HitView:
    """Something to choose, or chosen, by its code: a bundle, a main item or a situation."""
    if code in catalog.bundles:
        bundle = catalog.bundles[code]
        names = "、".join(dict.fromkeys(catalog.departments[i.department].name for i in catalog.items_of(code)))
        name = pick(bundle.name, bundle.name_en)
        return HitView(code, "bundle", name, core_words(names), _items(len(bundle.items)))
    if code in catalog.mains and code not in catalog.items:
        main = catalog.mains[code]
        name, department = pick(main.name, main.name_en), catalog.departments[main.department]
        note = _situations(len(main.items))
        return HitView(code, "item", name, pick(department.name, department.name_en), note)
    item = catalog.items[code]
    department = catalog.departments[item.department]
    return HitView(code, "item", pick(item.name, item.name_en), pick(department.name, department.name_en))


def guide_view(guide: Guide, answers: Mapping[str, str], at: int) -> GuideView:
    """The guide's question number `at` (from 0) under the answers given so far."""
    steps = guide.steps(answers)
    step = steps[at]
    left = guide.items(answers)
    # What another answer leads to is counted from here; answers to later questions would blur it.
    before = {s.question.id: s.answer for s in steps[:at]}
    options = tuple(
        OptionView(
            o.value, _text(o), _count(guide, guide.items({**before, step.question.id: o.value})), o.value == step.answer
        )
        for o in step.question.options
    )
    to_do = translate("Words", "要办 {0} 个事项") if guide.bundled else translate("Words", "还剩 {0} 种情形")
    return GuideView(
        title=pick(guide.name, guide.name_en),
        question=_text(step.question),
        options=options,
        answered=tuple((_text(s.question), answer_text(s)) for s in steps[:at]),
        left=to_do.format(len(left)),
        items=tuple(core_words(guide.item_name(code)) for code in left),
    )


def answer_text(step: Step) -> str:
    """An answer as it was worded."""
    return next((_text(o) for o in step.question.options if o.value == step.answer), "")


def _count(guide: Guide, items: Sequence[str]) -> str:
    return _items(len(items)) if guide.bundled else _situations(len(items))


def _items(count: int) -> str:
    return translate("Words", "{0} 个事项").format(count)


def _situations(count: int) -> str:
    return translate("Words", "{0} 种情形").format(count)


def _text(asked: Question | Option) -> str:
    return pick(asked.text, asked.text_en)


_STATUS_WORDS = {
    MaterialStatus.MISSING: QT_TRANSLATE_NOOP("Words", "待交"),
    MaterialStatus.WAIVED: QT_TRANSLATE_NOOP("Words", "免交"),
    MaterialStatus.CAPTURED: QT_TRANSLATE_NOOP("Words", "已拍"),
    MaterialStatus.TOLERATED: QT_TRANSLATE_NOOP("Words", "容缺"),
    MaterialStatus.PROMISED: QT_TRANSLATE_NOOP("Words", "承诺"),
    MaterialStatus.OPTIONAL: QT_TRANSLATE_NOOP("Words", "选交"),
}
_REUSED = QT_TRANSLATE_NOOP("Words", "沿用")


def material_view(material: Material, offer: Offer | None = None, hint: str = "") -> MaterialView:
    """A line of the checklist. offer: what an earlier case holds of it. hint: what makes it worth another look."""
    open_now = material.status in (MaterialStatus.MISSING, MaterialStatus.OPTIONAL)
    reason = core_words(material.reason)
    if material.due and not reason:
        reason = translate("Words", "{0} 前补交").format(f"{material.due:%Y-%m-%d}")
    return MaterialView(
        id=material.use.id,
        name=pick(material.use.name, material.use.name_en),
        status=str(material.status),
        status_words=status_words(material),
        reason=reason,
        points=material.use.acceptance_points,
        pages=len(material.pages),
        can_tolerate=open_now and material.use.tolerable,
        can_promise=open_now and material.use.promise,
        ticked=tuple(point in material.ticked for point in material.use.acceptance_points),
        offer=_offer_words(offer) if offer and open_now else "",
        can_reuse=offer is not None and offer.open and open_now,
        reused=material.origin is not None,
        hint=hint,
    )


def _offer_words(offer: Offer) -> str:
    """Of which earlier case, of when, and why not if so."""
    words = translate("Words", "{0} 交过 {1} 页（办件 {2}）").format(
        offer.origin.day.isoformat(), len(offer.pages), offer.origin.number
    )
    if not offer.why_not:
        return words
    return translate("Words", "{0}：{1}，不能沿用").format(words, core_words(offer.why_not))


def due_row(entry: Outstanding) -> DueRow:
    """Something an accepted case still waits for."""
    first = entry.cases[0]
    items = core_words(first.item_name)
    if len(entry.cases) > 1:
        items = translate("Words", "{0} 等 {1} 项").format(items, len(entry.cases))
    day, _, left = entry.when.partition(" ")
    when = f"{day} {core_words(left)}"
    tone = Tone.ERROR if entry.overdue else Tone.WARNING if entry.days <= 1 else Tone.NEUTRAL
    is_check = entry.kind is DueKind.CHECK
    kind, name = core_words(str(entry.kind)), pick(entry.material.use.name, entry.material.use.name_en)
    who = core_words(entry.who)
    return DueRow(entry.key, when, kind, name, entry.applicant, first.provisional_no, items, who, tone, is_check)


def status_words(material: Material) -> str:
    """How a material stands, in a word."""
    return translate("Words", _REUSED if material.origin else _STATUS_WORDS[material.status])


_LIGHTS = {
    Outcome.OK: ("ok", QT_TRANSLATE_NOOP("Words", "就绪")),
    Outcome.NOT_PRESENT: ("ok", QT_TRANSLATE_NOOP("Words", "就绪")),
    Outcome.CANCELLED: ("ok", QT_TRANSLATE_NOOP("Words", "就绪")),
    Outcome.BUSY: ("busy", QT_TRANSLATE_NOOP("Words", "忙")),
    Outcome.OUT_OF_PAPER: ("warning", QT_TRANSLATE_NOOP("Words", "缺纸")),
    Outcome.DISCONNECTED: ("off", QT_TRANSLATE_NOOP("Words", "未连接")),
    Outcome.FAULT: ("warning", QT_TRANSLATE_NOOP("Words", "故障")),
    Outcome.TIMEOUT: ("warning", QT_TRANSLATE_NOOP("Words", "无应答")),
}


def light_view(slot: str, name: str, reply: Reply[str]) -> LightView:
    """A device's light: unknown is neither good nor bad."""
    state, words = _LIGHTS.get(reply.outcome, ("unknown", QT_TRANSLATE_NOOP("Words", "未知")))
    return LightView(slot, name, state, core_words(reply.detail or str(reply.value or "")), translate("Words", words))


def outbox_row(operation: Operation, case: CaseHead | None) -> OutboxRow:
    """One entry of the outbox with the case it belongs to."""
    words, tone = {
        OutboxState.PENDING: (translate("Words", "待上传"), Tone.NEUTRAL),
        OutboxState.INFLIGHT: (translate("Words", "上传中"), Tone.INFO),
        OutboxState.RETRY: (translate("Words", "稍后重试"), Tone.WARNING),
        OutboxState.PARKED: (translate("Words", "需处理"), Tone.ERROR),
    }.get(operation.state, (translate("Words", "已上传"), Tone.SUCCESS))
    next_try = f"{shanghai(operation.next_at):%H:%M:%S}" if operation.next_at else ""
    return OutboxRow(
        id=operation.op_id,
        number=case.provisional_no if case else "",
        item=core_words(case.item_name) if case else "",
        applicant=mask_name(case.applicant_name) if case else "",
        state_words=words,
        tone=tone,
        reason=core_words(operation.reason),
        next_try=next_try,
        parked=operation.state is OutboxState.PARKED,
    )
