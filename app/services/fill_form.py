"""Fill the combined form: what is typed, settled, taken back; what is known already; what is still wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.case import Case
from app.domain.clock import Clock, shanghai
from app.domain.fact import Fact
from app.domain.form import FormDefinition, Problem
from app.forms.cross import witness_of
from app.forms.entry import normalise
from app.forms.prefill import Freshness, Prefill, QueryAnswer, Stated, from_cases, from_query, from_stated
from app.forms.validate import Validator
from app.identity.numbers import check_number
from app.services.visit import Visit


class FillForm:
    """Keeps the validator of the form in use; a new form, or a new day, gets a new one."""

    def __init__(self, clock: Clock, freshness: Freshness = Freshness()) -> None:
        self._clock = clock
        self._freshness = freshness
        self._validator: Validator | None = None
        self._for_what: tuple[FormDefinition, object] | None = None

    def type(self, visit: Visit, key: str, text: str) -> Visit:
        """Take what the clerk typed; what cannot be read as the field's type is kept as typed and found wrong."""
        field = next(f for f in visit.form.definition.fields if f.key == key)
        at = self._clock.now()
        value = normalise(field.element, text, shanghai(at).date(), field.columns)
        if value == visit.form.state(key).value:
            return visit
        return replace(visit, form=visit.form.type(key, value, at))

    def settle(self, visit: Visit, key: str, fact: Fact) -> Visit:
        """The clerk chose between sources that disagree, or took over what was offered."""
        return replace(visit, form=visit.form.settle(key, fact))

    def undo(self, visit: Visit) -> Visit:
        return replace(visit, form=visit.form.undo())

    def from_earlier(self, visit: Visit, cases: Sequence[Case]) -> Visit:
        """Take in what earlier cases of the person whose card was read knew; other people's cases give nothing."""
        number = visit.card.number if visit.card is not None else None
        return self._with(visit, from_cases(cases, number or "", self._clock.now(), self._freshness))

    def from_query(self, visit: Visit, answer: QueryAnswer) -> Visit:
        """Take in a department's answer to a shared-data query."""
        return self._with(visit, from_query(answer, self._clock.now(), self._freshness))

    def from_stated(self, visit: Visit, stated: Stated) -> Visit:
        """Take in what the person whose card was read wrote when booking, or what a visit pack says; as it would be
        kept if it were typed. Another person's gives nothing."""
        number = visit.card.number if visit.card is not None else None
        now = self._clock.now()
        today = shanghai(now).date()
        fields = {f.key: f for f in visit.form.definition.fields}
        read = dict(stated.values)
        for key, text in stated.values.items():
            if key in fields:
                read[key] = normalise(fields[key].element, text, today, fields[key].columns)
        return self._with(visit, from_stated(replace(stated, values=read), number or "", now, self._freshness))

    def problems(self, visit: Visit) -> tuple[Problem, ...]:
        """What lacks or is wrong in the fields asked now, in form order."""
        form = visit.form
        return self._for(form.definition).problems(form.kept(), witness_of(form.facts))

    def _with(self, visit: Visit, known: Prefill) -> Visit:
        form = visit.form.add(k.fact for k in known.facts).offer(k.fact for k in known.offers)
        return visit if form is visit.form else replace(visit, form=form)

    def _for(self, definition: FormDefinition) -> Validator:
        today = shanghai(self._clock.now()).date()
        known = self._for_what
        if self._validator is None or known is None or known[0] is not definition or known[1] != today:
            self._validator = Validator(definition, today, check_number)
            self._for_what = definition, today
        return self._validator
