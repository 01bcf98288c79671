"""Ask other departments' shared data for what a visit still lacks, within the grants, and take the answers over."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from threading import Lock, local
from typing import Protocol

from app.domain.case import AuditEvent
from app.domain.clock import Clock, shanghai
from app.domain.errors import YichuangError
from app.domain.item import Catalog, Item
from app.domain.material import Clearance, MaterialStatus
from app.domain.person import mask
from app.domain.shared_data import (
    CARD,
    FIRM,
    DataSource,
    Grant,
    Purpose,
    QueryPolicy,
    QueryReply,
    QueryRequest,
    Subject,
)
from app.forms.prefill import QueryAnswer
from app.identity.numbers import NumberKind, check_number
from app.materials.checklist import QUERY_PREFIX
from app.server.errors import Rejected
from app.services.clearance import clearance_of
from app.services.duty import Duty
from app.services.fill_form import FillForm
from app.services.grants import FeedReader, policy_in_force
from app.services.query_proof import proves
from app.services.visit import Visit

PASSPORT = ".travel_document_number"
_PASSPORT_NUMBER = re.compile(r"[A-Z0-9]{5,12}")
PURPOSE_SETTING = "shared-data.purpose"
_LACKING = (MaterialStatus.MISSING, MaterialStatus.TOLERATED, MaterialStatus.PROMISED)


class Outcome(StrEnum):
    """How a call ended."""

    FOUND = "found"
    NONE = "none"
    """The department has no record."""
    REFUSED = "refused"
    """No grant, or the gateway turned the call down for good."""
    UNREACHABLE = "unreachable"
    """No answer in time: asking again later makes sense."""


@dataclass(frozen=True, slots=True)
class Question:
    """One source that could answer what lacks. grant: the scenario under which it is asked, for these items (codes).
    fields: keys it would fill; materials: ids it could waive, those in `optional` need not be handed in at all; opens:
    ids whose tolerance it decides. served: all items that some grant lets use the answer."""

    source: DataSource
    department: str
    grant: Grant
    items: tuple[str, ...]
    subject: Subject
    fields: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    served: frozenset[str] = frozenset()
    opens: tuple[str, ...] = ()
    optional: frozenset[str] = frozenset()

    @property
    def required(self) -> tuple[str, ...]:
        """The materials that must be handed in unless this waives them."""
        return tuple(material for material in self.materials if material not in self.optional)

    @property
    def needed(self) -> bool:
        """Does anything lack that it answers? Else it spares only what may be left out as well: for the clerk to say,
        since nobody's data is asked for without need."""
        return bool(self.fields or self.opens or self.required)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a question. why: in words, when there is no reply to use."""

    question: Question
    outcome: Outcome
    reply: QueryReply | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A visit after answers were taken over. filled, waived: form keys and material ids; disputed: form keys on which
    an answer and what stood there disagree, to be settled in the form."""

    visit: Visit
    filled: tuple[str, ...] = ()
    waived: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()


class Keeper(FeedReader, Protocol):
    """The part of the store that is needed."""

    def setting(self, key: str) -> str | None: ...
    def set_setting(self, key: str, value: str) -> None: ...
    def append_audit(self, event: AuditEvent) -> None: ...


class Line(Protocol):
    """The part of SharedDataClient that is needed."""

    def query(self, request: QueryRequest) -> QueryReply: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Open:
    """A source that the cart may ask. Fields as in Question."""

    source: DataSource
    grant: Grant
    items: tuple[str, ...]
    served: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Scope:
    """What the items of one cart may ask: worked out once for a cart."""

    items: tuple[Item, ...]
    open: tuple[_Open, ...] = ()


class QueryData:
    """`questions`, `purposes` and `take` are quick and touch nothing; `refresh`, `ask` and `remember` block.

    connect: makes a client; each thread that asks has its own.
    """

    def __init__(
        self,
        *,
        store: Keeper,
        catalog: Catalog,
        fill: FillForm,
        clock: Clock,
        duty: Duty,
        connect: Callable[[], Line],
    ) -> None:
        self._store = store
        self._catalog = catalog
        self._fill = fill
        self._clock = clock
        self._duty = duty
        self._connect = connect
        self._lines: list[Line] = []
        self._own = local()
        self._lock = Lock()
        self._policy: QueryPolicy | None = None
        self._preferred = ""
        self._scope = _Scope(())

    def refresh(self) -> None:
        """Read the grant table in force: the platform's, once it was received; until then the one that ships."""
        policy = policy_in_force(self._store)
        if policy != self._policy:
            self._policy, self._scope = policy, _Scope(())
        self._preferred = self._store.setting(PURPOSE_SETTING) or ""

    def close(self) -> None:
        """Give the connections back."""
        with self._lock:
            for line in self._lines:
                line.close()
            self._lines.clear()

    # ---------------------------------------------------------------------------------------- what could be asked

    def questions(self, visit: Visit, without: Collection[str] = ()) -> tuple[Question, ...]:
        """The sources that could fill or waive something that lacks, or an optional paper that was not handed in, in
        the order of the grant table.

        without: ids of sources that need not be asked again.
        """
        found = []
        lacking = [m for m in visit.checklist.materials if m.status in _LACKING]
        optional = [m for m in visit.checklist.materials if m.status is MaterialStatus.OPTIONAL]
        empty = {key: set(f.asked_by) for key, f in visit.form.asked().items() if not visit.form.state(key).value}
        for one in self._in_scope(visit.items):
            source = one.source
            subject = None if source.id in without else _subject(source, visit)
            if subject is None:
                continue
            fields = tuple(key for key in source.fills if key in empty and empty[key] & one.served)
            name = QUERY_PREFIX + source.id
            materials, spare = (
                tuple(m.use.id for m in some if name in m.use.waived_by and one.served & set(m.asked_by))
                for some in (lacking, optional)
            )
            opens = (
                ()
                if not source.clears or visit.checklist.clearance(name)
                else tuple(m.use.id for m in lacking if name in m.use.tolerance_needs and one.served & set(m.asked_by))
            )
            if fields or materials or spare or opens:
                department = self._department(source)
                papers = (*materials, *spare)
                asked = Question(source, department, one.grant, one.items, subject, fields, papers, one.served, opens)
                found.append(replace(asked, optional=frozenset(spare)))
        return tuple(found)

    def purposes(self, questions: Sequence[Question]) -> tuple[Purpose, ...]:
        """For which purposes these may be asked; the one used last comes first, then what serves most of those
        that are needed."""
        policy = self._policy
        if policy is None:
            return ()
        serves = {
            p: (sum(q.needed for q in served), len(served))
            for p in policy.purposes
            if (served := [q for q in questions if p in q.grant.purposes])
        }
        most = sorted(serves, key=lambda p: serves[p], reverse=True)
        order = sorted(most, key=lambda p: p != self._preferred)
        return tuple(policy.purposes[p] for p in order)

    def remember(self, purpose: Purpose) -> None:
        """Offer this purpose first from now on."""
        self._preferred = purpose.id
        self._store.set_setting(PURPOSE_SETTING, purpose.id)

    # ---------------------------------------------------------------------------------------------------- asking

    def ask(self, question: Question, purpose: Purpose) -> Answer:
        """Ask one source; the call stands in the audit trail before its answer is handed back.

        Never raises for what the network or the gateway does. EnvironmentProblem: the trail cannot be written.
        """
        request = QueryRequest(
            question.source.id,
            question.grant.scenario,
            purpose.id,
            question.subject,
            self._duty.clerk,
            question.items,
        )
        refusal = "" if purpose.id in question.grant.purposes else "这项数据不能以这个目的查询"
        if refusal:
            return self._audited(Answer(question, Outcome.REFUSED, why=refusal), request)
        try:
            reply = self._line().query(request)
        except Rejected as error:
            return self._audited(Answer(question, Outcome.REFUSED, why=error.detail or error.title), request)
        except YichuangError as error:
            return self._audited(Answer(question, Outcome.UNREACHABLE, why=error.what or error.title), request)
        answer = Answer(question, Outcome.FOUND if reply.found else Outcome.NONE, reply, reply.note)
        return self._audited(answer, request)

    def values(self, visit: Visit, answer: Answer) -> Mapping[str, str]:
        """The form keys that an answer fills, with its values: none that only items without a grant ask for."""
        facts = answer.reply.facts if answer.reply and answer.reply.found else {}
        asked = {f.key: f for f in visit.form.definition.fields}
        return {
            key: value
            for key in answer.question.source.fills
            if key in asked
            and answer.question.served & set(asked[key].asked_by)
            and (value := facts.get(key.partition(".")[2], ""))
        }

    def take(self, visit: Visit, answers: Sequence[Answer]) -> Taken:
        """Take answers over: facts by the usual precedence, materials waived with the number of the call.

        Nothing is overwritten: where an answer disagrees with what stands there, both are kept for the clerk to settle.
        """
        before = {key: visit.form.state(key) for key in visit.form.asked()}
        had = {m.use.id for m in visit.checklist.materials if m.status is MaterialStatus.WAIVED}
        changed = visit
        for answer in answers:
            subject = _subject(answer.question.source, visit)
            # Another person's card may have been read since.
            if answer.reply is not None and subject and subject.number == answer.question.subject.number:
                changed = self._take_one(changed, answer, answer.reply)
        after = {key: changed.form.state(key) for key in changed.form.asked()}
        waived = [m.use.id for m in changed.checklist.materials if m.status is MaterialStatus.WAIVED]
        return Taken(
            changed,
            tuple(key for key, now in after.items() if now.value and not (key in before and before[key].value)),
            tuple(material for material in waived if material not in had),
            tuple(k for k, now in after.items() if now.rivals and (k not in before or now.rivals != before[k].rivals)),
        )

    def clearance(self, visit: Visit, answer: Answer) -> Clearance | None:
        """How tolerance stands by this answer, once it was taken over; None: it decides nothing about tolerance."""
        return visit.checklist.clearance(QUERY_PREFIX + answer.question.source.id)

    def _take_one(self, visit: Visit, answer: Answer, reply: QueryReply) -> Visit:
        source, about, at = answer.question.source, answer.question.subject, reply.asked_at
        today = shanghai(self._clock.now()).date()
        roles: dict[str, dict[str, str]] = {}
        for key, value in self.values(visit, answer).items():
            role, _, element = key.partition(".")
            roles.setdefault(role, {})[element] = value
        department = answer.question.department
        for role, values in roles.items():
            said = QueryAnswer(department, source.name, role, values, at, reply.reference, reply.valid_until)
            visit = self._fill.from_query(visit, said)
        if source.clears:
            ok, words = clearance_of(source, answer.question.department, reply, today)
            checklist = visit.checklist.cleared(QUERY_PREFIX + source.id, ok, words)
            visit = visit if checklist is visit.checklist else replace(visit, checklist=checklist)
        if reply.valid_until is not None and reply.valid_until < today:
            return visit
        proven = [
            m.use.id
            for m in visit.checklist.materials
            if answer.question.served & set(m.asked_by) and proves(source, about, reply, m, visit)
        ]
        if not proven:
            return visit
        checklist = visit.checklist.waive_by_query(source.id, department, at, reply.reference, proven)
        return visit if checklist is visit.checklist else replace(visit, checklist=checklist)

    # --------------------------------------------------------------------------------------------------- helpers

    def _in_scope(self, items: tuple[Item, ...]) -> tuple[_Open, ...]:
        """For each source the grant that serves most of the items. The items are the same object while the cart is."""
        policy = self._policy
        if policy is None:
            return ()
        if self._scope.items is not items:
            codes = [item.code for item in items]
            best: dict[str, _Open] = {}
            for grant in policy.grants:
                covered = tuple(code for code in codes if grant.covers(code))
                for source in grant.sources if covered else ():
                    known = best.get(source)
                    served = frozenset(covered) | (known.served if known else frozenset())
                    if known is None or len(covered) > len(known.items):
                        best[source] = _Open(policy.sources[source], grant, covered, served)
                    else:
                        best[source] = replace(known, served=served)
            self._scope = _Scope(items, tuple(best[source] for source in policy.sources if source in best))
        return self._scope.open

    def _department(self, source: DataSource) -> str:
        known = self._catalog.departments.get(source.department)
        return known.name if known else source.department

    def _line(self) -> Line:
        line: Line | None = getattr(self._own, "line", None)
        if line is None:
            line = self._own.line = self._connect()
            with self._lock:
                self._lines.append(line)
        return line

    def _audited(self, answer: Answer, request: QueryRequest) -> Answer:
        self._store.append_audit(
            AuditEvent(
                self._clock.now(),
                self._duty.clerk,
                "data.queried",
                request.source,
                {
                    "scenario": request.scenario,
                    "purpose": request.purpose,
                    "items": list(request.items),
                    "about": mask(request.subject.number),
                    "outcome": str(answer.outcome),
                    "reference": answer.reply.reference if answer.reply else "",
                },
            )
        )
        return answer


def _subject(source: DataSource, visit: Visit) -> Subject | None:
    """Who is asked about: a number that the form asks for, once it can be one; else the person whose card was read.

    A seller's flat is looked up by the seller's number: the buyer at the counter is no substitute for it.
    """
    asked = visit.form.asked()
    for where in source.subjects:
        if where == CARD:
            card = visit.card
            return Subject(source.about, card.number, card.name or "") if card is not None and card.number else None
        if where in asked:
            firm = source.about == FIRM
            number = visit.form.state(where).value
            if not number or not _can_be(number, where, NumberKind.USCC if firm else None):
                return None
            role = where.partition(".")[0]
            # A foreigner's form may ask for the Latin name alone.
            named = next((key for key in (f"{role}.name", f"{role}.name_en") if key in asked), "")
            name = visit.form.state(named).value if named else ""
            return Subject(source.about, number, "" if firm else name)
    return None


def _can_be(number: str, where: str, kind: NumberKind | None) -> bool:
    """Can it be anybody's? A passport's number has no check digit of its own; its zone was checked when it was read."""
    if where.endswith(PASSPORT):
        return _PASSPORT_NUMBER.fullmatch(number) is not None
    return check_number(number, kind).valid
