"""What stands in a box, worked out from the combined form: a small closed language, never code.

`{applicant.name}` is a field as people read it (a choice by its title, a date as 2026年1月2日);
`{applicant.birth_date:year}` a part or another spelling of it (FORMATS), `{business.uscc|firm.uscc}` the first of
several that has a value. What stands in [square brackets] is left out when a field inside is empty. A text of whose
fields none has a value is empty. Brackets and braces themselves are written twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from app.documents.official.capitals import in_capitals
from app.domain.item import Element, ElementType

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")
_TOKEN = re.compile(
    r"(?P<twice>\{\{|\}\}|\[\[|\]\])"
    r"|\{(?P<keys>[a-z0-9_.-]+(?:\|[a-z0-9_.-]+)*)(?::(?P<format>[a-z]+))?\}"
    r"|(?P<open>\[)|(?P<close>\])|(?P<stray>[{}])"
)


class BadTemplate(ValueError):
    """What is written cannot be understood; the message says why, in words."""


@dataclass(frozen=True, slots=True)
class Hole:
    """Where a field's value goes: of the first of these keys that has one."""

    keys: tuple[str, ...]
    format: str = ""


Part = str | Hole


@dataclass(frozen=True, slots=True)
class Template:
    """groups: parts that stand or fall together; optional ones are left out when a field in them is empty."""

    groups: tuple[tuple[bool, tuple[Part, ...]], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields in it, each once."""
        return tuple(dict.fromkeys(key for hole in self.holes for key in hole.keys))

    @property
    def holes(self) -> tuple[Hole, ...]:
        return tuple(part for _, parts in self.groups for part in parts if isinstance(part, Hole))

    def text(self, say: Callable[[Hole], str]) -> str:
        """What stands there. say: a field's value in its format."""
        said = {hole: say(hole) for hole in self.holes}
        if said and not any(said.values()):
            return ""
        return "".join(
            "".join(said[part] if isinstance(part, Hole) else part for part in parts)
            for optional, parts in self.groups
            if not (optional and any(isinstance(part, Hole) and not said[part] for part in parts))
        )


def parse(text: str) -> Template:
    """BadTemplate when it is malformed."""
    groups: list[tuple[bool, list[Part]]] = [(False, [])]
    at = 0
    for token in _TOKEN.finditer(text):
        if token.start() > at:
            groups[-1][1].append(text[at : token.start()])
        at = token.end()
        if token["twice"]:
            groups[-1][1].append(token["twice"][0])
        elif token["keys"]:
            if (name := token["format"] or "") and name not in FORMATS:
                raise BadTemplate(f"没有格式“{name}”，可用：{'、'.join(FORMATS)}")
            groups[-1][1].append(Hole(tuple(token["keys"].split("|")), name))
        elif token["open"]:
            if groups[-1][0]:
                raise BadTemplate("方括号里不能再有方括号")
            groups.append((True, []))
        elif token["close"]:
            if not groups[-1][0]:
                raise BadTemplate("方括号没有配对")
            groups.append((False, []))
        else:
            raise BadTemplate(f"第 {token.start() + 1} 个字符的花括号没有配对，或者字段写法不对")
    if groups[-1][0]:
        raise BadTemplate("方括号没有配对")
    groups[-1][1].append(text[at:])
    return Template(tuple((optional, tuple(p for p in parts if p != "")) for optional, parts in groups if any(parts)))


Formatter = Callable[[str, Element], str]


def _part(number: int, width: int = 0) -> Formatter:
    def part(value: str, _: Element) -> str:
        found = _ISO.match(value)
        if not found:
            return ""
        return found[number].zfill(width) if width else str(int(found[number]))

    return part


def _date(value: str, _: Element) -> str:
    found = _ISO.match(value)
    return f"{found[1]}年{int(found[2])}月{int(found[3])}日" if found else value


def _capital(value: str, element: Element) -> str:
    try:
        amount = Decimal(value) * (10_000 if element.unit == "万元" else 1)
        return in_capitals(amount)
    except (InvalidOperation, ValueError):
        return ""


def _unit(value: str, element: Element) -> str:
    return f"{value}{element.unit}"


FORMATS: Mapping[str, Formatter] = {
    "code": lambda value, _: value,
    "date": _date,
    "year": _part(1),
    "month": _part(2),
    "day": _part(3),
    "mm": _part(2, 2),
    "dd": _part(3, 2),
    "capital": _capital,
    "unit": _unit,
}
"""code: as it is stored. date: 2026年1月2日. year, month, day: of a date; mm, dd: in two digits. capital: an amount in
Chinese capitals 大写 (of 万元 the yuan). unit: with its unit."""

DATE_FORMATS = frozenset({"date", "year", "month", "day", "mm", "dd"})
AMOUNT_FORMATS = frozenset({"capital"})


def spoken(value: str, element: Element, name: str = "") -> str:
    """A value as people read it, or in a format. What the format does not fit (长期 has no month) is empty."""
    if not value:
        return ""
    if name:
        return FORMATS[name](value, element)
    if element.type is ElementType.CHOICE:
        return element.codes.get(value, value)
    return _date(value, element) if element.type is ElementType.DATE else value
