"""Fill the combined form: what is typed, settled, taken back; what is still wrong."""

from __future__ import annotations

from dataclasses import replace

from app.domain.clock import Clock, shanghai
from app.domain.fact import Fact
from app.domain.form import FormDefinition, Problem
from app.forms.entry import normalise
from app.forms.validate import Validator
from app.identity.numbers import check_number
from app.services.visit import Visit


class FillForm:
    """Keeps the validator of the form in use; a new form gets a new one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._validator: Validator | None = None
        self._definition: FormDefinition | None = None

    def type(self, visit: Visit, key: str, text: str) -> Visit:
        """Take what the clerk typed; what cannot be read as the field's type is kept as typed and found wrong."""
        element = next(f.element for f in visit.form.definition.fields if f.key == key)
        at = self._clock.now()
        value = normalise(element, text, shanghai(at).date())
        if value == visit.form.state(key).value:
            return visit
        return replace(visit, form=visit.form.type(key, value, at))

    def settle(self, visit: Visit, key: str, fact: Fact) -> Visit:
        """The clerk chose between sources that disagree."""
        return replace(visit, form=visit.form.settle(key, fact))

    def undo(self, visit: Visit) -> Visit:
        return replace(visit, form=visit.form.undo())

    def problems(self, visit: Visit) -> tuple[Problem, ...]:
        """What lacks or is wrong, in form order."""
        return self._for(visit.form.definition).problems(visit.form.values())

    def _for(self, definition: FormDefinition) -> Validator:
        if self._validator is None or self._definition is not definition:
            today = shanghai(self._clock.now()).date()
            self._validator, self._definition = Validator(definition, today, check_number), definition
        return self._validator
