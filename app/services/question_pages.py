"""The combined form for who fills it alone: what is known is shown, the rest is asked a few questions at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.domain.fact import SourceKind
from app.domain.form import FieldState, FormField, Problem
from app.domain.item import ElementType
from app.services.visit import Visit

PER_PAGE = 3
"""What a page holds: one long list, or three lines."""
FEW_CODES, SOME_CODES = 4, 8
"""A choice of so many answers is one row of buttons; of so many, two; of more, a list with a search."""

_FIRM = (SourceKind.CARD, SourceKind.QUERY, SourceKind.LICENCE)


@dataclass(frozen=True, slots=True)
class KnownField:
    """A field that need not be asked. firm: read by a machine from what vouches for it; only the counter changes it."""

    field: FormField
    state: FieldState
    firm: bool


def known_fields(visit: Visit, asked_here: Collection[str]) -> tuple[KnownField, ...]:
    """What is filled already without the applicant's typing, in form order. asked_here: keys that are asked all the
    same, because the applicant said they are wrong or has typed them."""
    found = []
    for key, field in visit.form.asked().items():
        state = visit.form.state(key)
        if state.fact is not None and state.value and key not in asked_here:
            found.append(KnownField(field, state, state.fact.source.kind in _FIRM))
    return tuple(found)


def next_page(
    visit: Visit,
    problems: Sequence[Problem],
    skipped: Collection[str],
    again: Collection[str] = (),
    done: Collection[str] = (),
    most: int = PER_PAGE,
) -> tuple[FormField, ...]:
    """The next questions, all of one section; none when nothing is left to ask.

    skipped: left for the counter. again: known, but to be asked. done: asked already. most: how much a page
    holds; 1 gives one question at a time. Tables and optional questions
    are the counter's; what is wrong with a firm value is too.
    """
    open_ = [f for f in _open(visit, problems, skipped, again) if f.key not in done]
    page: list[FormField] = []
    room = most
    for field in open_:
        if page and (field.role != page[0].role or weight(field) > room):
            break
        page.append(field)
        room -= weight(field)
        if room <= 0:
            break
    return tuple(page)


def how_many(visit: Visit, problems: Sequence[Problem], skipped: Collection[str], again: Collection[str] = ()) -> int:
    """How many questions are still open."""
    return len(_open(visit, problems, skipped, again))


def weight(field: FormField) -> int:
    """How much of a page a question takes."""
    if field.element.type is not ElementType.CHOICE:
        return 1
    codes = len(field.element.codes)
    return 1 if codes <= FEW_CODES else 2 if codes <= SOME_CODES else PER_PAGE


def left_open(visit: Visit, problems: Sequence[Problem]) -> tuple[FormField, ...]:
    """What a clerk still has to ask or set right, in form order."""
    wrong = {problem.key for problem in problems if not problem.warning}
    return tuple(field for key, field in visit.form.asked().items() if key in wrong)


def _open(
    visit: Visit, problems: Sequence[Problem], skipped: Collection[str], again: Collection[str]
) -> list[FormField]:
    wrong = {problem.key for problem in problems if not problem.warning}
    found = []
    for key, field in visit.form.asked().items():
        if key in skipped or field.element.type is ElementType.TABLE or not (key in wrong or key in again):
            continue
        fact = visit.form.state(key).fact
        if fact is not None and fact.value and fact.source.kind in _FIRM:
            continue
        found.append(field)
    return found
