"""Which questions of the form are asked now: those whose condition holds.

An item's condition sees the form as that item would see it alone: a field that the item itself asks counts only if
the item asks it now, whoever else does; a field that only others ask counts as it stands in the combined form. So
splitting gives each item exactly what its own form would have held. A field that is not asked counts as empty, its
kept value does not show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.domain.constraints import Contradiction
from app.domain.form import FormDefinition, FormField
from app.domain.item import When, holds
from app.forms.combine import merged_field

_Node = tuple[str, int]
"""A conditional question: field, and its place among the field's questions."""


class Conditions:
    """The conditions of one form, put in order once. Safe to share between threads."""

    def __init__(self, definition: FormDefinition) -> None:
        self._fields = {f.key: f for f in definition.fields}
        self._when: dict[_Node, tuple[str, When]] = {}
        self._open: set[_Node] = set()
        self._conditional: dict[str, int] = {}
        for f in definition.fields:
            conditions = [(ask.item, ask.use.when) for ask in f.asks] or [("", when) for when in f.when]
            if any(when for _, when in conditions):
                self._conditional[f.key] = len(conditions)
                self._when.update({(f.key, at): found for at, found in enumerate(conditions) if found[1]})
                self._open.update((f.key, at) for at, found in enumerate(conditions) if not found[1])
        self.triggers = frozenset(key for _, when in self._when.values() for key in when)
        """The keys on which any condition depends."""
        self._order, self._circle = self._sorted()
        self._made: dict[tuple[str, tuple[int, ...]], FormField] = {}

    def fields(self, values: Mapping[str, str]) -> dict[str, FormField]:
        """The fields asked now, in form order, each as strict as those who ask it now.

        values: what stands in the fields, the kept values of those not asked included, and answers ("answer.kind").
        """
        if not self._when:
            return dict(self._fields)
        live = self.live(values)
        asked = {}
        for key, f in self._fields.items():
            some = live.get(key)
            if some is None:
                asked[key] = f
            elif some:
                asked[key] = self._narrowed(f, some)
        return asked

    def live(self, values: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
        """Of each field that has conditions: which of its questions (places in `asks`) are asked now."""
        on = set(self._open)
        for node in self._order:
            if self._holds(node, on, values):
                on.add(node)
        # Conditions that wait for each other: none of them may begin; what begins without them may follow.
        waiting = list(self._circle)
        while found := [node for node in waiting if self._holds(node, on, values)]:
            on.update(found)
            waiting = [node for node in waiting if node not in on]
        return {key: tuple(at for at in range(count) if (key, at) in on) for key, count in self._conditional.items()}

    def _holds(self, node: _Node, on: set[_Node], values: Mapping[str, str]) -> bool:
        item, when = self._when[node]
        return holds(when, {key: self._seen(item, key, on, values) for key in when})

    def _seen(self, item: str, key: str, on: set[_Node], values: Mapping[str, str]) -> str:
        value = values.get(key, "")
        if not value or key not in self._conditional:
            return value
        return value if any((key, at) in on for at in self._places(item, key)) else ""

    def _places(self, item: str, key: str) -> list[int]:
        """The questions behind a field that a condition of this item looks at."""
        f = self._fields[key]
        own = [at for at, ask in enumerate(f.asks) if ask.item == item]
        return own or list(range(self._conditional[key]))

    def _sorted(self) -> tuple[list[_Node], list[_Node]]:
        """The conditional questions, each after those it depends on; and those that go round in a circle."""
        left = {
            node: {
                (key, at)
                for key in when
                if key in self._conditional
                for at in self._places(item, key)
                if (key, at) in self._when
            }
            for node, (item, when) in self._when.items()
        }
        order: list[_Node] = []
        while free := [node for node, needs in left.items() if not needs & left.keys()]:
            order += free
            for node in free:
                del left[node]
        return order, list(left)

    def _narrowed(self, f: FormField, live: tuple[int, ...]) -> FormField:
        """The field as those ask it who ask it now."""
        if not f.asks:
            return f
        made = self._made.get((f.key, live))
        if made is None:
            whole = f.whole or f.element
            try:
                made = merged_field(f.key, whole, f.columns, [f.asks[at] for at in live])
            except Contradiction as error:
                # Three that exclude each other only together, under conditions: no value is right, and it says why.
                made = replace(f, schema={"not": {}, "x-hint": f"所选事项的要求相互矛盾：{error}"})
            made = replace(made, title=f.title)
            self._made[f.key, live] = made
        return made
