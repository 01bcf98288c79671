"""Conditions and formulas over a firm's facts: what holds, fails, or cannot be told; and how an amount comes out.

A fact that is not there makes a condition unknown, never false: a firm must not lose a benefit because a register did
not answer. Formulas know numbers, percentages, facts, + - * /, min and max, nothing else.
"""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from app.domain.firm import Fit, Reason

NUMBER, DATE, CHOICE, FLAG = "number", "date", "choice", "flag"
KINDS = (NUMBER, DATE, CHOICE, FLAG)
OPERATORS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
}
_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<"}


@dataclass(frozen=True, slots=True)
class FactKind:
    """A fact that firms have. kind: of KINDS. choices: code -> words, of a choice. formula: of one that follows from
    others; years_since: of one that counts whole years since a date."""

    id: str
    title: str
    kind: str = NUMBER
    unit: str = ""
    choices: Mapping[str, str] | None = None
    formula: str = ""
    years_since: str = ""

    def said(self, value: str) -> str:
        """A value in words."""
        if self.kind == CHOICE:
            return (self.choices or {}).get(value, value)
        if self.kind == FLAG:
            return {"yes": "有", "no": "没有"}.get(value, value)
        if self.kind == NUMBER:
            number = as_number(value)
            return f"{plain(number)}{self.unit}" if number is not None else value
        return value


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on one fact, or on one tag. op: of OPERATORS, "in", "is" or "tag"."""

    subject: str
    op: str
    value: tuple[str, ...]


class Facts:
    """A firm's facts as of a day. values: id -> text, as the registers gave them; reckoned ones follow from them."""

    def __init__(self, kinds: Mapping[str, FactKind], values: Mapping[str, str], today: dt.date) -> None:
        self.kinds = kinds
        self._values = values
        self._today = today

    def value(self, fact: str) -> str | None:
        """None when nobody said it, or it cannot be reckoned. KeyError: there is no such fact."""
        kind = self.kinds[fact]
        if kind.years_since:
            since = self.value(kind.years_since)
            day = _as_day(since) if since else None
            return str(_years(day, self._today)) if day is not None else None
        if kind.formula:
            number = self.reckon(kind.formula)
            return str(number) if number is not None else None
        return self._values.get(fact) or None

    def number(self, fact: str) -> Decimal | None:
        """None when it is not known or no number."""
        value = self.value(fact)
        return as_number(value) if value is not None else None

    def reckon(self, formula: str) -> Decimal | None:
        """What a formula comes to; None when a fact in it is not known, or it divides by nothing."""
        try:
            return _reckon(_parsed(formula), self.number)
        except (_UnknownFact, ZeroDivisionError, InvalidOperation):
            return None

    def judge(self, condition: Condition, tags: Mapping[str, Fit], names: Mapping[str, str]) -> Reason:
        """How a condition stands. tags: those of the firm; names: how they are called."""
        if condition.op == "tag":
            (tag,) = condition.value
            holds = tags[tag]
            said = {Fit.YES: "有标签", Fit.NO: "没有标签", Fit.UNKNOWN: "不知道有没有标签"}[holds]
            return Reason(holds, f"{said}“{names[tag]}”")
        kind = self.kinds[condition.subject]
        value = self.value(condition.subject)
        if value is None:
            return Reason(Fit.UNKNOWN, f"{kind.title}：没有数据，要求{_wanted(kind, condition)}")
        holds = _holds(kind, condition, value, self._today)
        return Reason(holds, f"{kind.title} {kind.said(value)}，要求{_wanted(kind, condition)}")

    def working(self, formula: str) -> str:
        """A formula with its values in the facts' places, in words."""

        def said(found: re.Match[str]) -> str:
            name = found[0]
            if name in ("min", "max"):
                return {"min": "取小", "max": "取大"}[name]
            kind, value = self.kinds[name], self.value(name)
            return f"{kind.title} {kind.said(value) if value is not None else '?'}"

        words = re.sub(r"[a-z][a-z0-9_]*", said, formula)
        return words.replace("*", "×").replace("/", "÷")


def as_number(text: str) -> Decimal | None:
    """A plain decimal; None for anything else."""
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def plain(number: Decimal) -> str:
    """A number for people: thousands apart, at most two decimals, no needless noughts."""
    rounded = number.quantize(Decimal("0.01"))
    text = f"{rounded:,.2f}".rstrip("0").rstrip(".")
    return text or "0"


def formula_problem(formula: str, known: Collection[str]) -> str:
    """What is wrong with a formula; "" when nothing is."""
    try:
        names = {node.id for node in ast.walk(_parsed(formula)) if isinstance(node, ast.Name)} - {"min", "max"}
    except (SyntaxError, ValueError) as error:
        return f"算式“{formula}”读不懂：{error}"
    unknown = sorted(names - set(known))
    return f"算式“{formula}”里没有定义：{'、'.join(unknown)}" if unknown else ""


class _UnknownFact(Exception):
    """A fact is not known."""


_OPERATIONS: Mapping[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_LONGEST = 200


def _parsed(formula: str) -> ast.expr:
    """ValueError for anything but arithmetic."""
    if len(formula) > _LONGEST:
        raise ValueError("太长")
    tree = ast.parse(_PERCENT.sub(r"(\1/100)", formula), mode="eval").body
    _check(tree)
    return tree


def _check(node: ast.expr) -> None:
    match node:
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            return
        case ast.Name():
            return
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATIONS:
            _check(left)
            _check(right)
        case ast.Call(func=ast.Name(id="min" | "max"), args=args, keywords=[]) if args:
            for one in args:
                _check(one)
        case _:
            raise ValueError("只能用数、百分数、+ - * /、min、max")


def _reckon(node: ast.expr, number: Callable[[str], Decimal | None]) -> Decimal:
    match node:
        case ast.Constant():
            return Decimal(str(node.value))
        case ast.Name(id=name):
            found = number(name)
            if found is None:
                raise _UnknownFact(name)
            return found
        case ast.BinOp(left=left, op=op, right=right):
            return _OPERATIONS[type(op)](_reckon(left, number), _reckon(right, number))
        case ast.Call(func=ast.Name(id=name), args=args):
            values = [_reckon(one, number) for one in args]
            return min(values) if name == "min" else max(values)
        case _:
            raise ValueError(ast.dump(node))


def _holds(kind: FactKind, condition: Condition, value: str, today: dt.date) -> Fit:
    if condition.op in ("in", "is"):
        return Fit.YES if value in condition.value else Fit.NO
    if kind.kind == DATE:
        had, wanted = _as_day(value), _as_day(condition.value[0])
        if had is None or wanted is None:
            return Fit.UNKNOWN
        found = OPERATORS[condition.op](Decimal(had.toordinal()), Decimal(wanted.toordinal()))
    else:
        number, least = as_number(value), as_number(condition.value[0])
        if number is None or least is None:
            return Fit.UNKNOWN
        found = OPERATORS[condition.op](number, least)
    return Fit.YES if found else Fit.NO


def _wanted(kind: FactKind, condition: Condition) -> str:
    values = "、".join(kind.said(value) for value in condition.value)
    if condition.op in OPERATORS:
        return f" {_SIGNS[condition.op]} {values}"
    return f"{values}" if len(condition.value) == 1 else f"{values}之一"


def _as_day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _years(since: dt.date, today: dt.date) -> int:
    return today.year - since.year - ((today.month, today.day) < (since.month, since.day))
