"""What stands in the combined form, and why: values come from facts, and no fact is ever overwritten silently.

Rules of precedence, for each field:
1. What the clerk typed or chose for this field.
2. The usable fact of the most trusted source (SourceKind's order); of one source its latest word.
Usable facts that say something else stand beside it as rivals until the clerk settles the matter. Proposals of the
catalogue (DEFAULT) never contradict anybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from app.domain.errors import BadInput
from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.form import FieldState, FormDefinition, FormField
from app.forms.facts import fact_document, read_fact

_TRUST = {kind: rank for rank, kind in enumerate(SourceKind)}
_HISTORY = 200
_T = TypeVar("_T")
_CLERK = Source(SourceKind.CLERK, "窗口录入")
_DEFAULT = Source(SourceKind.DEFAULT, "事项目录建议")


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """All facts, what the clerk decided (key -> the fact that shall stand), and which rivals were thereby settled."""

    facts: tuple[Fact, ...] = ()
    chosen: dict[str, Fact] = field(default_factory=dict)
    settled: dict[str, tuple[Fact, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormState:
    """A form being filled. Unchangeable: every step returns the state after it, and `undo` the one before it."""

    definition: FormDefinition
    _now: _Snapshot = field(default_factory=_Snapshot)
    _before: tuple[_Snapshot, ...] = field(default=(), compare=False)
    _proposed: tuple[Fact, ...] = ()
    """What the catalogue proposes. It belongs to the form, not to the clerk's steps: undo leaves it alone."""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact learnt, the unusable ones and those for no field of this form too; then the proposals."""
        return (*self._now.facts, *self._proposed)

    def add(self, facts: Iterable[Fact]) -> FormState:
        """Take in what a device, a licence or a query said. The same source's earlier word on a field is replaced."""
        learnt = list(self._now.facts)
        for fact in facts:
            if any(_repeats(old, fact) for old in learnt):
                continue  # no news, and a decision of the clerk that rests on it stands
            learnt = [old for old in learnt if not _same_voice(old, fact)]
            learnt.append(fact)
        if tuple(learnt) == self._now.facts:
            return self
        return self._step(replace(self._now, facts=tuple(learnt)))

    def type(self, key: str, value: str, at: dt.datetime) -> FormState:
        """The clerk's own entry for a field; "" empties it. It wins over every source until it is typed over.

        Typing what a source says already is agreement with that source, which stays the one named.
        """
        role, _, element = key.partition(".")
        typed = Fact(role, element, value, _CLERK, Verdict.STATED, at)
        others = tuple(f for f in self._now.facts if not _same_voice(f, typed))
        rest = _Snapshot(others, _without(self._now.chosen, key), _without(self._now.settled, key))
        voices = self._voices(rest, key)
        agreeing = next((f for f in voices if _same(f.value, value)), None)
        if (not value and not voices) or (agreeing is not None and agreeing is voices[0]):
            after = rest
        elif agreeing is not None:
            after = replace(rest, chosen={**rest.chosen, key: agreeing})
        else:
            after = replace(rest, facts=(*others, typed), chosen={**rest.chosen, key: typed})
        return self if after == self._now else self._step(after)

    def settle(self, key: str, fact: Fact) -> FormState:
        """The clerk chose one of the facts that disagree. The others are then no longer shown as rivals.

        A source that speaks later, and differently, is a rival again. ValueError when the fact is not of this field,
        was never learnt or may not be used.
        """
        if fact.key != key or fact not in self.facts or not fact.verdict.usable:
            raise ValueError(f"not a usable fact of {key}")
        chosen = {**self._now.chosen, key: fact}
        settled = {**self._now.settled, key: self._voices(self._now, key)}
        return self._step(replace(self._now, chosen=chosen, settled=settled))

    def state(self, key: str) -> FieldState:
        """What stands in a field now, and who says otherwise."""
        voices = self._voices(self._now, key)
        fact = self._now.chosen.get(key) or (voices[0] if voices else None)
        if fact is None:
            return FieldState()
        settled = self._now.settled.get(key, ())
        rivals = tuple(
            other
            for other in voices
            if other != fact
            and other.value
            and other.source.kind is not SourceKind.DEFAULT
            and other not in settled
            and not _same(other.value, fact.value)
        )
        return FieldState(fact, rivals)

    def states(self) -> dict[str, FieldState]:
        """Every field of the form."""
        return {f.key: self.state(f.key) for f in self.definition.fields}

    def values(self) -> dict[str, str]:
        """What would be sent: the form's fields that are not empty."""
        return {key: state.value for key, state in self.states().items() if state.value}

    def in_force(self) -> dict[str, Fact]:
        """The fact behind each of `values()`: what a case and its audit trail repeat."""
        return {key: state.fact for key, state in self.states().items() if state.fact and state.value}

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    def undo(self) -> FormState:
        """The state before the last step, under the present definition; itself when there is none."""
        if not self._before:
            return self
        return replace(self, _now=self._with_live_choices(self._before[-1]), _before=self._before[:-1])

    def with_definition(self, definition: FormDefinition, at: dt.datetime | None = None) -> FormState:
        """The same facts and decisions under another form, after items came or went.

        at: the time now, UTC; with it the catalogue's proposals (`default`) fill what nobody has said.
        """
        proposed = proposals(definition, at) if at else tuple(f for f in self._proposed if f.key in _keys(definition))
        known = {fact.key: fact for fact in self._proposed}
        # A proposal that stands already keeps its time, so that adding an item changes no other field.
        kept = tuple(known[f.key] if f.key in known and known[f.key].value == f.value else f for f in proposed)
        after = replace(self, definition=definition, _proposed=kept)
        return replace(after, _now=after._with_live_choices(after._now))

    def to_json(self) -> dict[str, Any]:
        """A draft as a JSON document: the facts and the clerk's decisions. The history is not kept."""
        facts = list(self.facts)
        return {
            "facts": [fact_document(fact) for fact in facts],
            "chosen": {key: facts.index(fact) for key, fact in self._now.chosen.items() if fact in facts},
            "settled": {k: [facts.index(f) for f in some if f in facts] for k, some in self._now.settled.items()},
        }

    @classmethod
    def from_json(cls, definition: FormDefinition, document: Any) -> FormState:
        """Read a draft. Raises BadInput when it is not one."""
        try:
            facts = tuple(read_fact(d) for d in document["facts"])
            proposed = tuple(f for f in facts if f.source == _DEFAULT and f.key in _keys(definition))
            learnt = tuple(f for f in facts if f.source != _DEFAULT)
            chosen = {str(key): facts[index] for key, index in document["chosen"].items()}
            settled = {str(k): tuple(facts[i] for i in some) for k, some in document["settled"].items()}
            if any(fact.key != key for key, fact in chosen.items()):
                raise ValueError("a decision names another field's fact")
        except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
            raise BadInput("草稿不能恢复", "草稿内容不完整或者已损坏", "请重新读证件、扫证照并填写") from error
        state = cls(definition, _Snapshot(learnt, chosen, settled), _proposed=proposed)
        return replace(state, _now=state._with_live_choices(state._now))

    def _step(self, after: _Snapshot) -> FormState:
        history = (*self._before, self._now)[-_HISTORY:]
        return replace(self, _now=self._with_live_choices(after), _before=history)

    def _with_live_choices(self, after: _Snapshot) -> _Snapshot:
        """A source that was chosen and then said something else: that is a new matter, not the one decided."""
        known = (*after.facts, *self._proposed)
        live = {key: fact for key, fact in after.chosen.items() if fact in known}
        settled = {key: some for key, some in after.settled.items() if key in live}
        return replace(after, chosen=live, settled=settled)

    def _voices(self, snapshot: _Snapshot, key: str) -> tuple[Fact, ...]:
        """The usable facts of a field, most trusted first; of equals the latest first."""
        known = (*snapshot.facts, *self._proposed)
        found = [f for f in known if f.key == key and f.verdict.usable and (f.value or f.source == _CLERK)]
        return tuple(sorted(found, key=lambda f: (_TRUST[f.source.kind], -f.at.timestamp())))


def proposals(definition: FormDefinition, at: dt.datetime) -> tuple[Fact, ...]:
    """What the catalogue proposes for the fields that have a default."""
    return tuple(_proposal(f, at) for f in definition.fields if "default" in f.schema)


def _proposal(form_field: FormField, at: dt.datetime) -> Fact:
    value = str(form_field.schema["default"])
    return Fact(form_field.role, form_field.element.id, value, _DEFAULT, Verdict.STATED, at)


def _keys(definition: FormDefinition) -> frozenset[str]:
    return frozenset(f.key for f in definition.fields)


def _same(one: str, other: str) -> bool:
    return one == other or _canonical(one) == _canonical(other)


def _same_voice(one: Fact, other: Fact) -> bool:
    return one.key == other.key and one.source == other.source


def _repeats(one: Fact, other: Fact) -> bool:
    return _same_voice(one, other) and one.value == other.value and one.verdict == other.verdict


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
