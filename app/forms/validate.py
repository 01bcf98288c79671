"""Is the form right? Each field against its schema, then what the fields say of each other."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.form import FormDefinition, FormField, Problem
from app.forms.conditions import Conditions
from app.forms.cross import FORM_RULES, ROLE_RULES, Context, NumberCheck, NumberChecker, Witness
from app.forms.field_check import FieldCheck

__all__ = ["NumberCheck", "NumberChecker", "Validator"]

_NOBODY = Witness()


class Validator:
    """Checks the values of one form on one day.

    Keep it: schemas are compiled once, and what was found for the values of the last call is used again for the fields
    that a change cannot concern. Answers are those of a check from scratch. Safe to call from several threads.
    """

    def __init__(self, definition: FormDefinition, today: dt.date, check_number: NumberChecker | None = None) -> None:
        self._definition = definition
        self._conditions = Conditions(definition)
        roles = tuple(section.role for section in definition.sections)
        self._context = Context(today, check_number, roles=roles)
        self._checks: dict[str, tuple[FormField, FieldCheck]] = {}
        self._concerned = _concerned(definition.fields)
        self._lock = threading.Lock()
        self._values: dict[str, str] | None = None
        self._triggers: dict[str, str] = {}
        self._asked: dict[str, FormField] = {}
        self._seen: dict[str, str] = {}
        self._found: dict[str, Problem] = {}
        self._answer: tuple[Problem, ...] = ()

    def problems(self, values: Mapping[str, str], witness: Witness = _NOBODY) -> tuple[Problem, ...]:
        """What lacks or is wrong in the fields asked now, one problem a field at most, in the form's order.

        values: what stands in the fields; kept values of fields that are not asked do no harm. witness: what sources
        say beyond the form.
        """
        with self._lock:
            before, self._values = self._values, dict(values)
            if before is None:
                changed = None
            else:
                changed = {k for k in values.keys() | before.keys() if values.get(k, "") != before.get(k, "")}
                if not changed and witness == self._context.witness:
                    return self._answer
            self._refresh(self._values, changed, witness)
            return self._answer

    def problem_of(self, key: str, values: Mapping[str, str]) -> Problem | None:
        """One field's check, the other values being what they are. KeyError for a field not in the form."""
        if key not in self._concerned:
            raise KeyError(key)
        with self._lock:
            asked = self._conditions.fields(values)
            visible = {k: values[k] for k in asked if values.get(k)}
            return self._check(asked[key], visible) if key in asked else None

    def asked(self, values: Mapping[str, str]) -> dict[str, FormField]:
        """The fields asked now, each as strict as those who ask it now."""
        return self._conditions.fields(values)

    def _refresh(self, values: dict[str, str], changed: set[str] | None, witness: Witness) -> None:
        affected: set[str] = set()
        if changed is None or changed & self._conditions.triggers:
            asked = self._conditions.fields(values)
            affected |= {k for k in asked.keys() | self._asked.keys() if asked.get(k) is not self._asked.get(k)}
            self._asked = asked
        if changed is None:
            self._seen = {k: values[k] for k in self._asked if values.get(k)}
            affected = set(self._asked)
        for key in (changed or set()) | affected:
            value = values.get(key, "") if key in self._asked else ""
            if value != self._seen.get(key, ""):
                if value:
                    self._seen[key] = value
                else:
                    self._seen.pop(key, None)
                affected |= self._concerned.get(key, frozenset())
        if witness != self._context.witness:
            self._context = replace(self._context, witness=witness)
            affected |= {key for key, f in self._asked.items() if f.element.id == "name"}
        for key in affected:
            found = self._check(self._asked[key], self._seen) if key in self._asked else None
            if found is None:
                self._found.pop(key, None)
            else:
                self._found[key] = found
        self._answer = tuple(self._found[key] for key in self._asked if key in self._found)

    def _check(self, form_field: FormField, values: Mapping[str, str]) -> Problem | None:
        key, value = form_field.key, values.get(form_field.key, "")
        if not value:
            return Problem(key, f"请填写{form_field.title}", missing=True) if form_field.required else None
        check = self._check_of(form_field)
        problem = check.problem(value, self._context)
        if problem is not None and not problem.warning:
            return problem
        for soft in (False, True):
            message = self._crossed(form_field, value, values, soft)
            if message and not soft:
                return Problem(key, message)
            if message and problem is None:
                return Problem(key, message, warning=True)
        return problem

    def _check_of(self, form_field: FormField) -> FieldCheck:
        known = self._checks.get(form_field.key)
        if known is None or known[0] is not form_field:
            known = form_field, FieldCheck(form_field, self._context.today)
            self._checks[form_field.key] = known
        return known[1]

    def _crossed(self, form_field: FormField, value: str, values: Mapping[str, str], soft: bool) -> str:
        role, element = form_field.role, form_field.element.id
        for rule in ROLE_RULES:
            if rule.accuses == element and rule.soft is soft:
                others = {other: values.get(f"{role}.{other}", "") for other in rule.reads}
                if message := rule.rule(value, others, self._context):
                    return message
        for form_rule in FORM_RULES:
            if (
                form_rule.accuses == element
                and form_rule.soft is soft
                and (message := form_rule.rule(role, value, values, self._context))
            ):
                return message
        return ""


def _concerned(fields: Sequence[FormField]) -> dict[str, frozenset[str]]:
    """For each field: whose checks look at it, itself included."""
    by_element: dict[str, list[str]] = {}
    for f in fields:
        by_element.setdefault(f.element.id, []).append(f.key)
    found: dict[str, frozenset[str]] = {}
    for f in fields:
        keys = {f.key}
        for rule in ROLE_RULES:
            if f.element.id in rule.reads:
                keys.update(k for k in by_element.get(rule.accuses, ()) if k == f"{f.role}.{rule.accuses}")
        for form_rule in FORM_RULES:
            # One name of two beside the same number: both are accused, so they look at each other.
            if f.element.id in form_rule.reads or f.element.id == form_rule.accuses:
                keys.update(by_element.get(form_rule.accuses, ()))
            if f.key in ("applicant.name", "business.name"):
                keys.update(by_element.get("owner", ()))
        found[f.key] = frozenset(keys)
    return found
