"""Facts for the form from what is known already: an earlier case, a shared-data query, a booking, a visit pack.

What is fresh fills the form by the usual precedence; what is older is offered and waits for the clerk's word; what is
past its own validity is kept with the verdict EXPIRED, for the trail, and neither fills nor is offered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.case import Case
from app.domain.clock import parse_iso, shanghai
from app.domain.errors import BadInput
from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.person import LONG_TERM

_ENDS = ("valid_to", "lease_end", "lease_to", "date_to", "end_date", "expiry_date")
"""Elements that say until when the rest of their role holds."""
_OF_THE_MOMENT = frozenset({"opening_date", "move_in_date", "reason", "remark", "visit_date", "visit_time", "text"})
"""Elements that describe one application, not the person or the place: an earlier case says nothing about them."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """For how many days a word is filled in unasked."""

    case_days: int = 180
    query_days: int = 30
    stated_days: int = 90


@dataclass(frozen=True, slots=True)
class Known:
    """A fact and until when it holds. valid_until: None when nothing says so."""

    fact: Fact
    valid_until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Prefill:
    """facts: for FormState.add. offers: for FormState.offer. Both with their validity."""

    facts: tuple[Known, ...] = ()
    offers: tuple[Known, ...] = ()

    def __add__(self, other: Prefill) -> Prefill:
        return Prefill((*self.facts, *other.facts), (*self.offers, *other.offers))


@dataclass(frozen=True, slots=True)
class Stated:
    """What somebody wrote down before coming, or before we came: a booking 预约 or a visit pack 上门服务包.

    kind: BOOKING or PACK. label: for people, e.g. 预约（2026-11-22 09:30）. number: of the person it is about. values:
    form key -> text. at: when it was written, UTC.
    """

    kind: SourceKind
    label: str
    ref: str
    number: str
    values: Mapping[str, str]
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """What a department answered to a shared-data query.

    values: element -> value. kind: the query's name for people. ref: the answer's number. at: when answered, UTC.
    """

    department: str
    kind: str
    role: str
    values: Mapping[str, str]
    at: dt.datetime
    ref: str = ""
    valid_until: dt.date | None = None


def from_case(case: Case, applicant_number: str, now: dt.datetime, freshness: Freshness = Freshness()) -> Prefill:
    """What an earlier case of the same applicant knew. Another person's case gives nothing.

    Values that were only proposed by the catalogue, or stated as of that day, are left behind.
    """
    if not applicant_number or case.applicant_number != applicant_number:
        return Prefill()
    day = shanghai(case.accepted_at).date()
    source = Source(SourceKind.CASE, f"{case.item_name}（{day.isoformat()}）", case.case_no or case.provisional_no)
    proposed = {fact.key for fact in case.facts if fact.source.kind is SourceKind.DEFAULT}
    facts = []
    for key, value in case.form.items():
        role, _, element = key.partition(".")
        if value and element not in _OF_THE_MOMENT and key not in proposed:
            # A chip read then is hearsay now: an earlier case can only state.
            fact = Fact(role, element, value, source, Verdict.STATED, case.accepted_at)
            facts.append(Known(fact, _role_ends(role, case.form)))
    return _sorted(facts, now, freshness.case_days)


def from_cases(
    cases: Iterable[Case], applicant_number: str, now: dt.datetime, freshness: Freshness = Freshness()
) -> Prefill:
    """Several cases: of each field the latest word."""
    latest: dict[str, tuple[Known, bool]] = {}
    for case in sorted(cases, key=lambda case: case.accepted_at):
        known = from_case(case, applicant_number, now, freshness)
        latest.update({k.fact.key: (k, True) for k in known.facts})
        latest.update({k.fact.key: (k, False) for k in known.offers})
    return Prefill(
        tuple(known for known, fresh in latest.values() if fresh),
        tuple(known for known, fresh in latest.values() if not fresh),
    )


def from_query(answer: QueryAnswer, now: dt.datetime, freshness: Freshness = Freshness()) -> Prefill:
    """What a department answered, with its name as the source."""
    source = Source(SourceKind.QUERY, f"{answer.department} · {answer.kind}", answer.ref)
    facts = [
        Known(Fact(answer.role, element, value, source, Verdict.VERIFIED_ONLINE, answer.at), answer.valid_until)
        for element, value in answer.values.items()
        if value
    ]
    return _sorted(facts, now, freshness.query_days)


def from_stated(stated: Stated, applicant_number: str, now: dt.datetime, freshness: Freshness = Freshness()) -> Prefill:
    """What a booking or a pack says of this applicant; another person's gives nothing. Stated, never verified.

    ValueError for a source that is neither.
    """
    if stated.kind not in (SourceKind.BOOKING, SourceKind.PACK):
        raise ValueError(f"not stated before: {stated.kind}")
    if not applicant_number or stated.number != applicant_number:
        return Prefill()
    source = Source(stated.kind, stated.label, stated.ref)
    facts = []
    for key, value in stated.values.items():
        role, _, element = key.partition(".")
        if role and element and value.strip():
            facts.append(Known(Fact(role, element, value.strip(), source, Verdict.STATED, stated.at)))
    return _sorted(facts, now, freshness.stated_days)


def read_pack(document: Any) -> Stated:
    """A visit pack's document: {pack, prepared_at, prepared_by, applicant: {number}, form: {key: text}}.

    BadInput when it is no such document.
    """
    try:
        texts = {
            "pack": document["pack"],
            "by": document["prepared_by"],
            "number": document["applicant"]["number"],
            **{f"form {key}": value for key, value in document["form"].items()},
        }
        if not all(isinstance(text, str) for text in texts.values()) or not texts["pack"]:
            raise TypeError("a pack's texts must be texts")
        at = parse_iso(document["prepared_at"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput("服务包不能使用", "服务包内容不完整或者已损坏", "请重新导出服务包。") from error
    label = f"上门服务包（{shanghai(at):%Y-%m-%d}，{texts['by']}）"
    return Stated(SourceKind.PACK, label, texts["pack"], texts["number"], dict(document["form"]), at)


def _sorted(known: Iterable[Known], now: dt.datetime, days: int) -> Prefill:
    today = shanghai(now).date()
    facts, offers = [], []
    for one in known:
        if one.valid_until is not None and one.valid_until < today:
            expired = Fact(
                one.fact.role, one.fact.element, one.fact.value, one.fact.source, Verdict.EXPIRED, one.fact.at
            )
            facts.append(Known(expired, one.valid_until))
        elif (today - shanghai(one.fact.at).date()).days > days:
            offers.append(one)
        else:
            facts.append(one)
    return Prefill(tuple(facts), tuple(offers))


def _role_ends(role: str, values: Mapping[str, str]) -> dt.date | None:
    """The earliest end that the role's own values name."""
    ends = []
    for element in _ENDS:
        value = values.get(f"{role}.{element}", "")
        if value and value != LONG_TERM:
            try:
                ends.append(dt.date.fromisoformat(value))
            except ValueError:
                continue  # not written as a date: says nothing about the end
    return min(ends) if ends else None
