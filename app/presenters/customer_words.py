"""Domain values in the visitor's words: what the citizen's screen is handed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PyQt6.QtCore import QCoreApplication

from app.documents.rating_points import points
from app.domain.document import Paper
from app.domain.fact import SourceKind
from app.domain.form import FieldState, FormField
from app.domain.item import ElementType
from app.domain.material import MaterialStatus
from app.domain.person import mask_name
from app.domain.rating import Grade
from app.domain.table import read_table
from app.services.companion import applicant_named, guardian_of
from app.services.my_cases import masked_value
from app.services.visit import Visit
from widgets.customer.views import AnswerView, ConfirmView, NoticeView, RatingView, ServingView
from widgets.i18n import core_words, pick

translate = QCoreApplication.translate

_READ = (SourceKind.CARD, SourceKind.QUERY, SourceKind.LICENCE)
"""What a machine read and a signature or a department vouches for."""


class Business(NamedTuple):
    """What the visitor came for, by name, and the clerk who serves."""

    titles: Sequence[str]
    clerk: str


def serving_view(visit: Visit, titles: Sequence[str]) -> ServingView:
    """What may be seen from the queue: everything personal is masked, what was typed by hand is left out."""
    known = []
    for section in visit.form.definition.sections:
        for field in section.fields:
            state = visit.form.state(field.key)
            # Sex, nation and birthday say nothing to who stands there, and much to the queue.
            private = field.element.personal and field.element.type in (ElementType.CHOICE, ElementType.DATE)
            if state.fact is not None and state.fact.verdict.usable and _machine(state) and not private:
                known.append((pick(field.title, field.title_en), _masked(field, state)))
    owed = [m.use for m in visit.checklist.unsettled()]
    fees = list(dict.fromkeys(item.fee for item in visit.items))
    plain = visit.assist.on
    return ServingView(
        person=mask_name(visit.card.name or "") if visit.card else "",
        items=tuple(core_words(title) for title in titles),
        known=() if plain else tuple(known),
        count=len(known) if plain else 0,
        owed=tuple(pick(use.name, use.name_en) for use in owed),
        fee="；".join(core_words(fee) for fee in fees),
    )


def confirm_view(visit: Visit, titles: Sequence[str]) -> ConfirmView:
    """The whole form. What a machine read is masked where it is personal; what was typed stands there in full, because
    nobody but the applicant can say whether it is right."""
    asked = visit.form.asked()
    answers = []
    for section in visit.form.definition.sections:
        for field in section.fields:
            state = visit.form.state(field.key)
            if field.key not in asked or not state.value:
                continue
            value = shown_value(field, state)
            title = pick(field.title, field.title_en)
            answers.append(AnswerView(pick(section.title, section.title_en), title, value, _machine(state)))
    words = {
        MaterialStatus.TOLERATED: translate("Citizen", "按期补交“{0}”"),
        MaterialStatus.PROMISED: translate("Citizen", "“{0}”所证明的情况属实"),
    }
    promises = [
        words[m.status].format(pick(m.use.name, m.use.name_en)) for m in visit.checklist.materials if m.status in words
    ]
    child = applicant_named(visit) if guardian_of(visit) else ""
    named = tuple(core_words(title) for title in titles)
    return ConfirmView(named, tuple(answers), tuple(promises), visit.assist.on, child)


def notice_view(paper: Paper) -> NoticeView:
    """A one-time notice."""
    return NoticeView(paper.number, tuple((core_words(lack.name), core_words(lack.what)) for lack in paper.lacks))


def rating_view(business: Business, code: tuple[tuple[bool, ...], ...] = ()) -> RatingView:
    """The question of 好差评. code: the symbol at which it can be rated later."""
    offered = {int(grade): tuple((ident, core_words(words)) for ident, words in points(grade)) for grade in Grade}
    return RatingView(tuple(core_words(title) for title in business.titles), business.clerk, offered, code)


def shown_value(field: FormField, state: FieldState) -> str:
    """A value as the applicant sees it: masked where a machine read it and it is personal."""
    return _masked(field, state) if _machine(state) else _said(field, state.value)


def _machine(state: FieldState) -> bool:
    """Was it read by a machine, so that there is nothing to mistype?"""
    return state.fact is not None and state.fact.source.kind in _READ


def _masked(field: FormField, state: FieldState) -> str:
    if not field.element.personal or field.element.type is ElementType.CHOICE:
        return _said(field, state.value)
    if field.element.type is ElementType.DATE:
        return f"{state.value[:4]}-**-**"
    return masked_value(state.value)


def _said(field: FormField, value: str) -> str:
    if field.element.type is ElementType.TABLE:
        return translate("Citizen", "共 {0} 行").format(len(read_table(value)))
    words = core_words(field.element.codes.get(value, value))
    return f"{words} {core_words(field.element.unit)}" if field.element.unit else words
