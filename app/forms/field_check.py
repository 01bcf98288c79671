"""One field by itself: type, schema, numbers; and a table row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from stdnum.cn import uscc

from app.domain.form import CellProblem, FormField, Problem
from app.domain.item import Element, ElementType
from app.domain.table import Row, read_table
from app.forms.cross import ROLE_RULES, Context, phone_message
from app.forms.document import cell_value
from app.forms.entry import read
from app.forms.schema_checks import message_for, schema_validator
from app.identity.hints import uscc_hint

_TOLD = 3
"""How many of a table's problems the summary names."""

_Found = tuple[str, str, bool, bool]
"""Column, message, missing, warning."""


class ValueCheck:
    """One element under one schema."""

    def __init__(self, element: Element, title: str, schema: dict[str, Any], today: dt.date) -> None:
        self._element = element
        self._title = title
        self._schema = schema
        self._today = today
        self._compiled: Any = None

    def message(self, value: str, context: Context) -> str:
        """What is wrong with a value that is not empty; "" when nothing is."""
        unread = read(self._element, value, self._today)
        if unread.message:
            return f"{self._title}：{unread.message}"
        if self._compiled is None:  # many fields of a long form are never filled
            self._compiled = schema_validator(self._schema, self._today)
        error = next(self._compiled.iter_errors(cell_value(self._element, value)), None)
        if error is not None:
            return f"{self._title}{message_for(error, self._element.unit)}"
        match self._element.type:
            case ElementType.USCC:
                if uscc.is_valid(value):
                    return ""
                hint = uscc_hint(value)
                return f"{self._title}有误：{hint}" if hint else f"{self._title}的校验位不对，请核对"
            case ElementType.PHONE:
                told = phone_message(value)
                return f"{self._title}不对：{told}" if told else ""
            case ElementType.ID_NUMBER if context.check_number is not None:
                check = context.check_number(value)
                return "" if check.valid else f"{self._title}有误：{check.message or '校验位不对，请核对'}"
        return ""

    def oddity(self, value: str, context: Context) -> str:
        """What is odd and yet possible."""
        if self._element.type is not ElementType.ID_NUMBER or context.check_number is None:
            return ""
        return "；".join(context.check_number(value).warnings)


class FieldCheck:
    """One field on one day."""

    def __init__(self, form_field: FormField, today: dt.date) -> None:
        self._field = form_field
        if form_field.element.type is ElementType.TABLE:
            self._table = _TableCheck(form_field, today)
        else:
            self._value = ValueCheck(form_field.element, form_field.title, form_field.schema, today)

    def problem(self, value: str, context: Context) -> Problem | None:
        """What is wrong with a value that is not empty, looked at by itself."""
        if self._field.element.type is ElementType.TABLE:
            return self._table.problem(value, context)
        if message := self._value.message(value, context):
            return Problem(self._field.key, message)
        odd = self._value.oddity(value, context)
        return Problem(self._field.key, odd, warning=True) if odd else None


class RowCheck:
    """One row of a table: each cell, and the cells that must fit each other."""

    def __init__(self, form_field: FormField, today: dt.date) -> None:
        rows: Mapping[str, Any] = form_field.schema.get("items", {})
        properties = rows.get("properties", {})
        self._columns = {
            column.id: ValueCheck(column, column.title, properties.get(column.id, {}), today)
            for column in form_field.columns
        }
        self._titles = {column.id: column.title for column in form_field.columns}
        self._required = tuple(rows.get("required", ()))

    def judge(self, row: Row, context: Context) -> list[_Found]:
        """(column, message, missing, warning) for everything wrong in a row of canonical values."""
        found: list[_Found] = []
        for column, check in self._columns.items():
            value = row.get(column, "")
            if not value:
                if column in self._required:
                    found.append((column, f"请填写{self._titles[column]}", True, False))
                continue
            message = check.message(value, context) or self._crossed(column, value, row, context, soft=False)
            if message:
                found.append((column, message, False, False))
            elif odd := check.oddity(value, context) or self._crossed(column, value, row, context, soft=True):
                found.append((column, odd, False, True))
        return found

    def _crossed(self, column: str, value: str, row: Row, context: Context, soft: bool) -> str:
        for rule in ROLE_RULES:
            if rule.accuses == column and rule.soft is soft:
                others = {other: row.get(other, "") for other in rule.reads}
                if message := rule.rule(value, others, context):
                    return message
        return ""


class _TableCheck:
    """Remembers each row's findings, so that a change in one of a thousand rows costs one row."""

    def __init__(self, form_field: FormField, today: dt.date) -> None:
        self._field = form_field
        self._rows = RowCheck(form_field, today)
        self._columns = {column.id for column in form_field.columns}
        self._limits = {k: v for k, v in form_field.schema.items() if k != "items"}
        self._whole = schema_validator(self._limits, today)
        self._known: dict[tuple[tuple[str, str], ...], tuple[_Found, ...]] = {}

    def problem(self, value: str, context: Context) -> Problem | None:
        try:
            rows = [row for row in map(self._asked, read_table(value)) if row]
        except ValueError:
            return Problem(self._field.key, f"{self._field.title}：表格内容读不懂，请重新录入")
        if not rows:
            missing = f"请填写{self._field.title}"
            return Problem(self._field.key, missing, missing=True) if self._field.required else None
        cells = [CellProblem(at, *found) for at, row in enumerate(rows) for found in self._row(row, context)]
        error = next(self._whole.iter_errors(rows), None)
        if error is None and not cells:
            return None
        words = [] if error is None else [f"{self._field.title}{message_for(error)}（现有 {len(rows)} 行）"]
        serious = [cell for cell in cells if not cell.warning]
        shown = serious or cells
        words += [f"第 {cell.row + 1} 行：{cell.message}" for cell in shown[:_TOLD]]
        if len(shown) > _TOLD:
            words.append(f"共 {len(shown)} 处")
        return Problem(self._field.key, "；".join(words), warning=error is None and not serious, cells=tuple(cells))

    def _asked(self, row: Row) -> Row:
        return {column: cell for column, cell in row.items() if column in self._columns}

    def _row(self, row: Row, context: Context) -> tuple[_Found, ...]:
        key = tuple(row.items())
        known = self._known.get(key)
        if known is None:
            if len(self._known) > 20_000:
                self._known.clear()
            known = self._known[key] = tuple(self._rows.judge(row, context))
        return known
