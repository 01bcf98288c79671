"""Is the form right? Each field against its schema, then what the fields say of each other."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Protocol

from stdnum.cn import uscc

from app.domain.form import FormDefinition, FormField, Problem
from app.domain.item import ElementType
from app.forms.combine import json_value
from app.forms.entry import read
from app.forms.schema_checks import message_for, schema_validator


class NumberCheck(Protocol):
    """What is known of a personal number by itself (app.identity.numbers)."""

    @property
    def valid(self) -> bool: ...
    @property
    def birth(self) -> dt.date | None: ...
    @property
    def sex(self) -> str | None:
        """男 / 女, or its code of GB/T 2261.1."""
        ...

    @property
    def message(self) -> str: ...
    @property
    def warnings(self) -> tuple[str, ...]:
        """What is odd and yet possible, e.g. an area code that no list has."""
        ...


NumberChecker = Callable[[str], NumberCheck]

_SEX_CODES = {"男": "1", "女": "2", "M": "1", "F": "2"}

_NUMBER_OF_TYPE = {
    "resident": re.compile(r"(?!8[123])[1-8][0-9]{16}[0-9X]"),
    "hmt": re.compile(r"8[123]0000[0-9]{11}[0-9X]"),
    "foreigner2017": re.compile(r"[A-Z]{3}[0-9]{12}"),
    "foreigner2023": re.compile(r"9[0-9]{16}[0-9X]"),
}
"""Shapes of the numbers by id_type (docs: domain facts §2)."""


class Validator:
    """Checks the values of one form on one day. Keep it: building prepares every field's schema."""

    def __init__(self, definition: FormDefinition, today: dt.date, check_number: NumberChecker | None = None) -> None:
        self._definition = definition
        self._today = today
        self._check_number = check_number
        self._fields = {f.key: f for f in definition.fields}
        self._validators = {f.key: schema_validator(f.schema, today) for f in definition.fields}

    def problems(self, values: Mapping[str, str]) -> tuple[Problem, ...]:
        """What lacks or is wrong, one problem a field at most, in the form's order."""
        found = (self.problem_of(key, values) for key in self._fields)
        return tuple(problem for problem in found if problem is not None)

    def problem_of(self, key: str, values: Mapping[str, str]) -> Problem | None:
        """One field's check, the other values being what they are. KeyError for a field not in the form."""
        form_field = self._fields[key]
        value = values.get(key, "")
        if not value:
            return Problem(key, f"请填写{form_field.title}", missing=True) if form_field.required else None
        message = self._schema_message(form_field, value) or self._number_message(form_field, value)
        message = message or self._cross_message(form_field, value, values)
        return Problem(key, message) if message else self._soft_problem(form_field, value)

    def _schema_message(self, form_field: FormField, value: str) -> str:
        unread = read(form_field.element, value, self._today)
        if unread.message:
            return f"{form_field.title}：{unread.message}"
        error = next(self._validators[form_field.key].iter_errors(json_value(form_field, value)), None)
        return f"{form_field.title}{message_for(error, form_field.element.unit)}" if error else ""

    def _number_message(self, form_field: FormField, value: str) -> str:
        if form_field.element.type is ElementType.USCC:
            return "" if uscc.is_valid(value) else f"{form_field.title}的校验位不对，请核对"
        if form_field.element.type is ElementType.ID_NUMBER and self._check_number is not None:
            check = self._check_number(value)
            return "" if check.valid else f"{form_field.title}有误：{check.message or '校验位不对，请核对'}"
        return ""

    def _soft_problem(self, form_field: FormField, value: str) -> Problem | None:
        if form_field.element.type is not ElementType.ID_NUMBER or self._check_number is None:
            return None
        odd = self._check_number(value).warnings
        return Problem(form_field.key, "；".join(odd), warning=True) if odd else None

    def _cross_message(self, form_field: FormField, value: str, values: Mapping[str, str]) -> str:
        """Contradictions within one role. The number has a check digit, so birth date and sex are told to be wrong."""
        role, element = form_field.role, form_field.element.id
        number = values.get(f"{role}.id_number", "")
        if element == "id_number":
            shape = _NUMBER_OF_TYPE.get(values.get(f"{role}.id_type", ""))
            return "" if shape is None or shape.fullmatch(value) else "证件号码与证件类型不符，请核对"
        if element not in ("birth_date", "sex") or not number or self._check_number is None:
            return ""
        check = self._check_number(number)
        if not check.valid:
            return ""
        if element == "birth_date" and check.birth is not None and value != check.birth.isoformat():
            return "出生日期与证件号码不一致，请核对"
        if element == "sex" and check.sex and value in ("1", "2") and value != _SEX_CODES.get(check.sex, check.sex):
            return "性别与证件号码不一致，请核对"
        return ""
