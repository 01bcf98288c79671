"""Answers the form's lines while something is typed (app.domain.typing_help): what is understood, what may be meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from app.domain.clock import Clock, shanghai
from app.domain.constraints import NOT_AFTER
from app.domain.item import Element, ElementType
from app.domain.typing_help import PLACE, Reading, Suggestion
from app.forms.divisions import Division, Divisions
from app.forms.entry import half_width, read
from app.forms.matching import matching_codes
from app.forms.spelling import readings
from app.identity.hints import id_number_hint, uscc_hint
from app.identity.numbers import check_number, normalise

RECENT = 6
"""So many divisions used before are offered before anything is typed."""
_LARGE = Decimal(10000)
_WEEK = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


class FormHelp:
    """Until `warm` has run (it reads the pinyin tables: not on the event loop), letters match letters only."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._divisions: Divisions | None = None
        self._pinyin = False
        self._recent: tuple[str, ...] = ()
        self._here: tuple[str, ...] = ()

    def warm(self, divisions: Divisions) -> None:
        """Read the pinyin tables. From now on letters find characters, and addresses divisions."""
        readings(chr(0x4E00))
        self._divisions = divisions
        self._pinyin = True

    @property
    def ready(self) -> bool:
        """Are the divisions known?"""
        return self._divisions is not None

    def set_here(self, addresses: Iterable[str]) -> None:
        """The addresses that stand in the form now: the next one is often the same."""
        self._here = tuple(dict.fromkeys(a for a in addresses if a))

    def used(self, address: str) -> None:
        """An address was typed at this window. Only its division is remembered: the rest is somebody's home."""
        known = self._named(address)
        if known is not None:
            self._recent = (known.path, *(path for path in self._recent if path != known.path))[:RECENT]

    def division(self, address: str) -> str:
        """The code of the smallest division that an address names; "" when it names no district at least."""
        known = self._named(address)
        return known.code if known is not None else ""

    def choices(self, codes: Mapping[str, str], text: str) -> tuple[Suggestion, ...]:
        return matching_codes(codes, text, self._pinyin)

    def places(self, text: str) -> tuple[Suggestion, ...]:
        if self._divisions is None:
            return ()
        plain = text.strip()
        if not plain:
            known = (*self._here, *(path for path in self._recent if path not in self._here))
            offered = [Suggestion(path, path, (), "", more=path in self._recent) for path in known]
            return (*offered, *(s for s in self._divisions.first() if s.value not in known))
        found = self._divisions.begin(plain)
        before = tuple(
            address for address in (*self._here, *self._recent) if address.startswith(plain) and address != plain
        )
        used = tuple(Suggestion(a, a, tuple(range(len(plain))), "", more=a in self._recent) for a in before)
        return (*used, *(s for s in found if s.value not in before))

    def reading(self, element: Element, text: str) -> Reading:
        typed = half_width(text).strip()
        if not typed:
            return Reading()
        match element.type:
            case ElementType.DATE:
                return self._date(element, typed)
            case ElementType.INTEGER | ElementType.DECIMAL:
                return self._number(element, typed)
            case ElementType.PHONE:
                return _phone(element, typed, self._today())
            case ElementType.ID_NUMBER:
                return self._id_number(typed)
            case ElementType.USCC:
                return _uscc(typed)
            case ElementType.TEXT if element.schema.get(PLACE) and (known := self._named(text.strip())):
                return Reading(f"{known.path}（{known.code}）")
        return Reading()

    def _named(self, address: str) -> Division | None:
        if self._divisions is None:
            return None
        known = self._divisions.of(address)
        return known if known is not None and self._divisions.precise(known) else None

    def _today(self) -> dt.date:
        return shanghai(self._clock.now()).date()

    def _date(self, element: Element, typed: str) -> Reading:
        today = self._today()
        entry = read(element, typed, today)
        if entry.message:
            digits = sum(c.isdecimal() for c in typed)
            # 2026 is on its way to 20260115; only what is long enough to be a date is told to be none.
            return Reading(entry.message, True) if digits >= 8 else Reading()
        try:
            day = dt.date.fromisoformat(entry.value)
        except ValueError:
            return Reading()  # 长期
        week, days = _WEEK[day.weekday()], (day - today).days
        if element.id == "birth_date":
            years = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
            return Reading(f"{day.isoformat()}（{years} 周岁）") if years >= 0 else Reading("没有到这一天", True)
        if not days:
            return Reading(f"{day.isoformat()}（{week}，今天）")
        if days < 0 and NOT_AFTER not in element.schema:
            return Reading(f"{day.isoformat()}（{week}，{-days} 天前）")
        return Reading(f"{day.isoformat()}（{week}，{days} 天后）" if days > 0 else f"{day.isoformat()}（{week}）")

    def _number(self, element: Element, typed: str) -> Reading:
        entry = read(element, typed, self._today())
        if entry.message:
            return Reading(entry.message, True) if len(typed) > 1 else Reading()
        number = Decimal(entry.value)
        if abs(number) < _LARGE and entry.value == typed:
            return Reading()  # says itself
        grouped = f"{number:,f}" + (f" {element.unit}" if element.unit else "")
        if abs(number) < _LARGE:
            return Reading(grouped)
        large = (number / _LARGE).normalize()
        return Reading(f"{grouped}（{large:,f} 万）")

    def _id_number(self, typed: str) -> Reading:
        number = normalise(typed)
        if hint := id_number_hint(number):
            return Reading(hint, True)
        area = self._divisions.name(number[:6]) if self._divisions is not None and len(number) >= 6 else ""
        if len(number) < 18:
            count = f"已录 {len(number)} 位"
            return Reading(f"{count}，{area}" if area else count)
        check = check_number(number)
        if not check.valid or check.birth is None:
            return Reading(check.message, not check.valid)
        sex = "男" if check.sex == "1" else "女"
        told = f"{check.birth.isoformat()} 生，{sex}"
        return Reading(f"{told}，{area}" if area else told)


def _uscc(typed: str) -> Reading:
    code = normalise(typed)
    if hint := uscc_hint(code):
        return Reading(hint, True)
    return Reading("校验位相符") if len(code) == 18 else Reading(f"已录 {len(code)} 位")


def _phone(element: Element, typed: str, today: dt.date) -> Reading:
    entry = read(element, typed, today)
    if entry.message:
        return Reading(entry.message, True)
    digits = entry.value
    if not digits.startswith("1") or digits.startswith("12"):
        return Reading()
    if len(digits) > 11:
        return Reading(f"多了 {len(digits) - 11} 位", True)
    if len(digits) < 11:
        return Reading(f"已录 {len(digits)} 位")
    return Reading(f"{digits[:3]} {digits[3:7]} {digits[7:]}")
