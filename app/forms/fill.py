"""What stands in the combined form, and why: values come from facts, and no fact is ever overwritten silently.

Rules of precedence, for each field:
1. What the clerk typed or chose for this field.
2. The usable fact of the most trusted source (SourceKind's order); of one source its latest word.
Usable facts that say something else stand beside it as rivals until the clerk settles the matter. Proposals of the
catalogue (DEFAULT) never contradict anybody. What is too old to be filled in unasked is offered (app.forms.prefill).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from app.domain.errors import BadInput
from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.form import FieldState, FieldTrail, FormDefinition, FormField
from app.forms.conditions import Conditions
from app.forms.facts import fact_document, read_fact

_TRUST = {kind: rank for rank, kind in enumerate(SourceKind)}
_HISTORY = 200
_T = TypeVar("_T")
_CLERK = Source(SourceKind.CLERK, "窗口录入")
_DEFAULT = Source(SourceKind.DEFAULT, "事项目录建议")
_Facts = dict[str, tuple[Fact, ...]]


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """What is known at one step; each by key, so that a step touches one field's entries only.

    facts: all that was learnt. chosen: what the clerk decided (the fact that shall stand). settled: which rivals were
    thereby settled. offered: what may be taken over at the clerk's word.
    """

    facts: _Facts = field(default_factory=dict)
    chosen: dict[str, Fact] = field(default_factory=dict)
    settled: _Facts = field(default_factory=dict)
    offered: _Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormState:
    """A form being filled. Unchangeable: every step returns the state after it, and `undo` the one before it."""

    definition: FormDefinition
    _now: _Snapshot = field(default_factory=_Snapshot)
    _before: tuple[_Snapshot, ...] = field(default=(), compare=False)
    _proposed: dict[str, Fact] = field(default_factory=dict)
    """What the catalogue proposes. It belongs to the form, not to the clerk's steps: undo leaves it alone."""
    _conditions: Conditions | None = field(default=None, compare=False, repr=False)
    _memo: dict[str, FieldState] = field(default_factory=dict, compare=False, repr=False)
    """States worked out already; what a step does not touch is handed on to the next state."""
    _asked: dict[str, FormField] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self._conditions is None:
            object.__setattr__(self, "_conditions", Conditions(self.definition))

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact learnt, the unusable ones and those for no field of this form too; then the proposals."""
        return (*(fact for some in self._now.facts.values() for fact in some), *self._proposed.values())

    def add(self, facts: Iterable[Fact]) -> FormState:
        """Take in what a device, a licence or a query said. The same source's earlier word on a field is replaced."""
        learnt = dict(self._now.facts)
        touched = set()
        for fact in facts:
            known = learnt.get(fact.key, ())
            if any(_repeats(old, fact) for old in known):
                continue  # no news, and a decision of the clerk that rests on it stands
            learnt[fact.key] = (*(old for old in known if not _same_voice(old, fact)), fact)
            touched.add(fact.key)
        return self._step(replace(self._now, facts=learnt), touched) if touched else self

    def offer(self, facts: Iterable[Fact]) -> FormState:
        """Keep what is too old to be filled in unasked. It shows where nothing else stands, and `settle` takes it."""
        offered = dict(self._now.offered)
        touched = set()
        for fact in facts:
            known = offered.get(fact.key, ())
            if fact.value and fact.verdict.usable and not any(_repeats(old, fact) for old in known):
                offered[fact.key] = (*(old for old in known if not _same_voice(old, fact)), fact)
                touched.add(fact.key)
        return self._step(replace(self._now, offered=offered), touched) if touched else self

    def withdraw(self, facts: Iterable[Fact]) -> FormState:
        """Forget what these facts' sources said on their fields; a choice of the clerk that rested on it falls too."""
        learnt = self._now.facts
        touched = set()
        for fact in facts:
            known = learnt.get(fact.key, ())
            kept = tuple(old for old in known if not _same_voice(old, fact))
            if len(kept) != len(known):
                learnt = _with(learnt, fact.key, kept)
                touched.add(fact.key)
        return self._step(replace(self._now, facts=learnt), touched) if touched else self

    def type(self, key: str, value: str, at: dt.datetime) -> FormState:
        """The clerk's own entry for a field; "" empties it. It wins over every source until it is typed over.

        Typing what a source says already is agreement with that source, which stays the one named.
        """
        role, _, element = key.partition(".")
        typed = Fact(role, element, value, _CLERK, Verdict.STATED, at)
        others = tuple(f for f in self._now.facts.get(key, ()) if not _same_voice(f, typed))
        rest = replace(
            self._now,
            facts=_with(self._now.facts, key, others),
            chosen=_without(self._now.chosen, key),
            settled=_without(self._now.settled, key),
        )
        voices = self._voices(rest, key)
        agreeing = next((f for f in voices if same_value(f.value, value)), None)
        if (not value and not voices) or (agreeing is not None and agreeing is voices[0]):
            after = rest
        elif agreeing is not None:
            after = replace(rest, chosen={**rest.chosen, key: agreeing})
        else:
            facts = _with(rest.facts, key, (*others, typed))
            after = replace(rest, facts=facts, chosen={**rest.chosen, key: typed})
        return self if after == self._now else self._step(after, {key})

    def settle(self, key: str, fact: Fact) -> FormState:
        """The clerk chose one of the facts that disagree, or took over an offer. The others are then no longer shown.

        A source that speaks later, and differently, is a rival again. ValueError when the fact is not of this field,
        was never learnt or offered, or may not be used.
        """
        known = (*self._now.facts.get(key, ()), *self._now.offered.get(key, ()), *self._proposal(key))
        if fact.key != key or fact not in known or not fact.verdict.usable:
            raise ValueError(f"not a usable fact of {key}")
        learnt = self._now.facts.get(key, ())
        if fact not in learnt and fact not in self._proposal(key):
            learnt = (*(old for old in learnt if not _same_voice(old, fact)), fact)
        after = replace(self._now, facts=_with(self._now.facts, key, learnt), chosen={**self._now.chosen, key: fact})
        settled = {**self._now.settled, key: self._voices(after, key)}
        return self._step(replace(after, settled=settled), {key})

    def reopen(self, key: str) -> FormState:
        """Take back the clerk's choice between sources: they stand beside each other again. A typed value stays."""
        chosen = self._now.chosen.get(key)
        if key not in self._now.settled or chosen is None:
            return self
        typed = chosen.source == _CLERK
        kept = self._now.chosen if typed else _without(self._now.chosen, key)
        return self._step(replace(self._now, chosen=kept, settled=_without(self._now.settled, key)), {key})

    def derive(self, keys: Collection[str], facts: Iterable[Fact]) -> FormState:
        """What now follows from other values for these fields, in place of what followed before. No step of its own."""
        learnt = self._now.facts
        for key in keys:
            learnt = _with(
                learnt, key, tuple(f for f in learnt.get(key, ()) if f.source.kind is not SourceKind.DERIVED)
            )
        for fact in facts:
            learnt = _with(learnt, fact.key, (*learnt.get(fact.key, ()), fact))
        if learnt == self._now.facts:
            return self
        return replace(self._step(replace(self._now, facts=learnt), set(keys)), _before=self._before)

    def said_by(self, source: Source) -> FormState:
        """The same form, with all that was typed so far told as another's word: what applicants typed by themselves is
        not the clerk's. The history is not kept."""

        def told(facts: Iterable[Fact]) -> tuple[Fact, ...]:
            return tuple(replace(f, source=source) if f.source == _CLERK else f for f in facts)

        now = self._now
        typed = {key for key, facts in now.facts.items() if any(f.source == _CLERK for f in facts)}
        if not typed:
            return self
        learnt = {
            key: told(f for f in facts if key not in typed or f.source != source) for key, facts in now.facts.items()
        }
        chosen = {key: told((fact,))[0] for key, fact in now.chosen.items()}
        settled = {key: told(facts) for key, facts in now.settled.items()}
        return replace(
            self, _now=replace(now, facts=learnt, chosen=chosen, settled=settled), _before=(), _memo={}, _asked={}
        )

    def trail(self, key: str) -> FieldTrail:
        """Everything that was ever said of a field."""
        fact = self.state(key).fact
        known = (*self._now.facts.get(key, ()), *self._proposal(key), *self._now.offered.get(key, ()))
        others = sorted(
            (f for f in known if f != fact and f.value), key=lambda f: (_TRUST[f.source.kind], -f.at.timestamp())
        )
        return FieldTrail(fact, tuple(others), key in self._now.settled)

    def state(self, key: str) -> FieldState:
        """What stands in a field now, and who says otherwise; for a field not asked now, what is kept for it."""
        known = self._memo.get(key)
        if known is None:
            known = self._memo[key] = self._worked_out(key)
        return known

    def states(self) -> dict[str, FieldState]:
        """Every field of the form, those not asked now included."""
        return {f.key: self.state(f.key) for f in self.definition.fields}

    def asked(self) -> dict[str, FormField]:
        """The fields asked now, in form order, each as strict as those who ask it now."""
        if not self._asked and self.definition.sections and self._conditions is not None:
            self._asked.update(self._conditions.fields(self.kept()))
        return self._asked

    def kept(self) -> dict[str, str]:
        """What stands in the fields, those not asked now included: what conditions are judged by."""
        return {f.key: value for f in self.definition.fields if (value := self.state(f.key).value)}

    def values(self) -> dict[str, str]:
        """What would be sent: the fields asked now that are not empty."""
        return {key: value for key in self.asked() if (value := self.state(key).value)}

    def in_force(self) -> dict[str, Fact]:
        """The fact behind each of `values()`: what a case and its audit trail repeat."""
        states = ((key, self.state(key)) for key in self.asked())
        return {key: state.fact for key, state in states if state.fact and state.value}

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    def undo(self) -> FormState:
        """The state before the last step, under the present definition; itself when there is none."""
        if not self._before:
            return self
        before = self._with_live_choices(self._before[-1])
        return replace(self, _now=before, _before=self._before[:-1], _memo={}, _asked={})

    def with_definition(self, definition: FormDefinition, at: dt.datetime | None = None) -> FormState:
        """The same facts and decisions under another form, after items came or went.

        at: the time now, UTC; with it the catalogue's proposals (`default`) fill what nobody has said.
        """
        keys = _keys(definition)
        wanted = proposals(definition, at) if at else tuple(f for f in self._proposed.values() if f.key in keys)
        known = self._proposed
        # A proposal that stands already keeps its time, so that adding an item changes no other field.
        kept = {f.key: known[f.key] if f.key in known and known[f.key].value == f.value else f for f in wanted}
        after = replace(self, definition=definition, _proposed=kept, _conditions=None, _memo={}, _asked={})
        return replace(after, _now=after._with_live_choices(after._now))

    def to_json(self) -> dict[str, Any]:
        """A draft as a JSON document: the facts and the clerk's decisions. The history is not kept."""
        facts = list(self.facts)
        place = {id(fact): index for index, fact in enumerate(facts)}

        def at(fact: Fact) -> int:
            return place[id(fact)] if id(fact) in place else facts.index(fact)

        return {
            "facts": [fact_document(fact) for fact in facts],
            "chosen": {key: at(fact) for key, fact in self._now.chosen.items() if fact in facts},
            "settled": {k: [at(f) for f in some if f in facts] for k, some in self._now.settled.items()},
            "offered": [fact_document(fact) for some in self._now.offered.values() for fact in some],
        }

    @classmethod
    def from_json(cls, definition: FormDefinition, document: Any) -> FormState:
        """Read a draft. Raises BadInput when it is not one."""
        try:
            facts = tuple(read_fact(d) for d in document["facts"])
            proposed = {f.key: f for f in facts if f.source == _DEFAULT and f.key in _keys(definition)}
            chosen = {str(key): facts[index] for key, index in document["chosen"].items()}
            settled = {str(k): tuple(facts[i] for i in some) for k, some in document["settled"].items()}
            offered = _by_key(read_fact(d) for d in document.get("offered", ()))
            if any(fact.key != key for key, fact in chosen.items()):
                raise ValueError("a decision names another field's fact")
        except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
            raise BadInput("草稿不能恢复", "草稿内容不完整或者已损坏", "请重新读证件、扫证照并填写") from error
        learnt = _by_key(f for f in facts if f.source != _DEFAULT)
        state = cls(definition, _Snapshot(learnt, chosen, settled, offered), _proposed=proposed)
        return replace(state, _now=state._with_live_choices(state._now), _memo={}, _asked={})

    def _step(self, after: _Snapshot, touched: set[str]) -> FormState:
        history = (*self._before, self._now)[-_HISTORY:]
        after = self._with_live_choices(after, touched)
        memo = {key: state for key, state in self._memo.items() if key not in touched}
        # Which fields are asked can change only with a field on which a condition depends.
        steers = self._conditions is None or touched & self._conditions.triggers
        asked = {} if steers else dict(self._asked)
        return replace(self, _now=after, _before=history, _memo=memo, _asked=asked)

    def _with_live_choices(self, after: _Snapshot, touched: set[str] | None = None) -> _Snapshot:
        """A source that was chosen and then said something else: that is a new matter, not the one decided."""
        dead = [
            key
            for key in (after.chosen if touched is None else touched & after.chosen.keys())
            if after.chosen[key] not in after.facts.get(key, ()) and after.chosen[key] not in self._proposal(key)
        ]
        if not dead and after.settled.keys() <= after.chosen.keys():
            return after
        live = {key: fact for key, fact in after.chosen.items() if key not in dead}
        return replace(after, chosen=live, settled={k: some for k, some in after.settled.items() if k in live})

    def _worked_out(self, key: str) -> FieldState:
        voices = self._voices(self._now, key)
        fact = self._now.chosen.get(key) or (voices[0] if voices else None)
        offers = self._offers(key, fact)
        if fact is None:
            return FieldState(offers=offers)
        settled = self._now.settled.get(key, ())
        rivals = tuple(
            other
            for other in voices
            if other != fact
            and other.value
            and other.source.kind is not SourceKind.DEFAULT
            and other not in settled
            and not same_value(other.value, fact.value)
        )
        return FieldState(fact, rivals, offers)

    def _offers(self, key: str, fact: Fact | None) -> tuple[Fact, ...]:
        """Old words help where nobody has a newer one; the clerk who emptied the field has had his."""
        if fact is not None and (fact.source.kind is not SourceKind.DEFAULT or key in self._now.chosen):
            return ()
        found = sorted(self._now.offered.get(key, ()), key=lambda f: (_TRUST[f.source.kind], -f.at.timestamp()))
        distinct: list[Fact] = []
        for offered in found:
            if not any(same_value(offered.value, other.value) for other in ([fact] if fact else []) + distinct):
                distinct.append(offered)
        return tuple(distinct)

    def _voices(self, snapshot: _Snapshot, key: str) -> tuple[Fact, ...]:
        """The usable facts of a field, most trusted first; of equals the latest first."""
        known = (*snapshot.facts.get(key, ()), *self._proposal(key))
        found = [f for f in known if f.verdict.usable and (f.value or f.source == _CLERK)]
        return tuple(sorted(found, key=lambda f: (_TRUST[f.source.kind], -f.at.timestamp())))

    def _proposal(self, key: str) -> tuple[Fact, ...]:
        return (self._proposed[key],) if key in self._proposed else ()


def proposals(definition: FormDefinition, at: dt.datetime) -> tuple[Fact, ...]:
    """What the catalogue proposes for the fields that have a default."""
    return tuple(_proposal(f, at) for f in definition.fields if "default" in f.schema)


def _proposal(form_field: FormField, at: dt.datetime) -> Fact:
    value = str(form_field.schema["default"])
    return Fact(form_field.role, form_field.element.id, value, _DEFAULT, Verdict.STATED, at)


def _keys(definition: FormDefinition) -> frozenset[str]:
    return frozenset(f.key for f in definition.fields)


def same_value(one: str, other: str) -> bool:
    """Do two sources mean alike, however they write it?"""
    return one == other or _canonical(one) == _canonical(other)


def _same_voice(one: Fact, other: Fact) -> bool:
    return one.key == other.key and one.source == other.source


def _repeats(one: Fact, other: Fact) -> bool:
    return _same_voice(one, other) and one.value == other.value and one.verdict == other.verdict


def _by_key(facts: Iterable[Fact]) -> _Facts:
    found: _Facts = {}
    for fact in facts:
        found[fact.key] = (*found.get(fact.key, ()), fact)
    return found


def _with(some: _Facts, key: str, facts: tuple[Fact, ...]) -> _Facts:
    return {**some, key: facts} if facts else _without(some, key)


def _without(some: Mapping[str, _T], key: str) -> dict[str, _T]:
    return {k: v for k, v in some.items() if k != key}


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: None, 0x20: None}


def _canonical(value: str) -> object:
    """What two sources write differently and mean alike: 88.60 and 88.6, full-width brackets, spaces."""
    folded = value.translate(_HALF_WIDTH).upper()
    if "." in folded:
        try:
            return Decimal(folded)
        except InvalidOperation:
            return folded
    return folded
