"""From what stands on a card to its fields, and what of them holds by itself.

A number proves itself, the birth date and the sex it contains; a nation is one of a list; a period of validity is
whole years. Nothing proves a name or an address: those a person always compares. Nothing is corrected.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.identity.cards.layouts import CardKind, Face, variants
from app.identity.cards.page import Box, CardPage, Part
from app.identity.codes import NATION_CODES, nation_code
from app.identity.mrz.states import states
from app.identity.numbers import NumberCheck, NumberKind, check_number, normalise

SURE_PROVEN = 0.80
"""Confidence from which a value that proves itself is taken; see app/materials/read_page.py."""
SURE_SHAPED = 0.92
"""The same for one that only has the right shape or is in a list."""


class Doubt(StrEnum):
    """Why a person has to look."""

    NONE = ""
    UNPROVEN = "unproven"
    """Nothing on the card proves it: names and addresses, always."""
    UNCLEAR = "unclear"
    """Read, but not clearly."""
    DIGIT = "digit"
    """The number's own rules do not hold: its shape, date or check digit."""
    DIFFERS = "differs"
    """Not what the number says of birth date or sex."""
    UNKNOWN = "unknown"
    """In no list of what may stand there, or of no possible shape."""
    MISSING = "missing"
    """Its place is known, but nothing was read there."""


@dataclass(frozen=True, slots=True)
class Value:
    """A field. value: as IdCard has it (dates ISO, sex 男 or 女, nation's name, alpha-3). box: pixels of the card."""

    name: str
    value: str
    confidence: float
    box: Box
    doubt: Doubt = Doubt.NONE

    @property
    def sure(self) -> bool:
        return self.doubt is Doubt.NONE


def read_values(page: CardPage, today: dt.date) -> tuple[CardKind, tuple[Value, ...]]:
    """The kind of card and its fields in the order of the layout."""
    check = _number(page, today)
    kind = _kind(page, check)
    if kind is not CardKind.RESIDENT and page.face is not Face.HMT_BACK:
        check = check_number(check.number, kind.number_kind, today)
    # A residence permit shows no nation: its place is empty for good.
    names = [name for name in page.labels if name != "nation" or kind is not CardKind.HMT or name in page.values]
    found = [value for name in names for value in _field(name, page, kind, check)]
    by_name = {value.name: value for value in found}
    return kind, tuple(_against_number(value, by_name.get("number"), check) for value in found)


def check_values(kind: CardKind, values: Mapping[str, str], today: dt.date) -> dict[str, Doubt]:
    """What does not hold in values that a person confirmed or typed; {} when all do. Names and addresses always do."""
    wrong: dict[str, Doubt] = {}
    check = check_number(values.get("number", ""), kind.number_kind, today)
    if values.get("number") and (not check.valid or (check.warnings and kind is CardKind.FOREIGNER_2017)):
        wrong["number"] = Doubt.DIGIT
    for name in ("birth", "valid_from", "valid_to"):
        said = values.get(name, "")
        if said and said != "长期" and _iso(said) is None:
            wrong[name] = Doubt.UNKNOWN
    if check.valid and check.birth is not None and values.get("birth", str(check.birth)) != str(check.birth):
        wrong["birth"] = Doubt.DIFFERS
    if check.valid and check.sex is not None and values.get("sex") in _SEX_OF and _SEX_OF[values["sex"]] != check.sex:
        wrong["sex"] = Doubt.DIFFERS
    if values.get("sex", "男") not in ("男", "女", ""):
        wrong["sex"] = Doubt.UNKNOWN
    if values.get("nation") and nation_code(values["nation"]) is None:
        wrong["nation"] = Doubt.UNKNOWN
    if values.get("nationality") and values["nationality"] not in (*states(), "DEU"):
        wrong["nationality"] = Doubt.UNKNOWN
    return wrong


def tidy(name: str, text: str) -> str:
    """A value as typed -> as it is kept."""
    text = text.strip()
    if name in ("number", "pass_number"):
        return normalise(text)
    if name in ("birth", "valid_from", "valid_to"):
        hit = _DAY.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
        day = _day(hit) if hit else None
        return str(day) if day else text
    if name == "name_en":
        return _latin_name(text)
    if name == "nation":
        return text.removesuffix("族")
    return text.upper() if name == "nationality" else text


_SEX_OF = {"男": "1", "女": "2"}
# Not a piece of something longer: a digit too many is as wrong as one too few.
_NUMBER = {
    Face.RESIDENT_FRONT: re.compile(r"(?<!\d)\d{17}[\dX](?![\dX])"),
    Face.FOREIGNER_FRONT: re.compile(r"(?<![A-Z\d])(?:9\d{16}[\dX]|[A-Z]{3}\d{12})(?![\dX])"),
    Face.HOME_RETURN_FRONT: re.compile(r"(?<![A-Z\d])[HM](?:\d{8}(?:\d{2})?|A\d{7})(?!\d)"),
    Face.TAIWAN_FRONT: re.compile(r"(?<![A-Z\d])(?:\d{10}|\d{8})(?!\d)"),
}
_DAY = re.compile(r"(\d{4})[年.\-/]?(\d{1,2})[月.\-/]?(\d{1,2})日?")


def _number(page: CardPage, today: dt.date) -> NumberCheck:
    text = normalise(_text(page, "number"))
    pattern = _NUMBER.get(page.face)
    hit = pattern.search(text) if pattern else None
    number = hit[0] if hit else text
    if page.face is Face.RESIDENT_FRONT:
        hmt = check_number(number, NumberKind.HMT, today)
        return hmt if hmt.valid else check_number(number, NumberKind.RESIDENT, today)
    return check_number(number, None, today)


def _kind(page: CardPage, check: NumberCheck) -> CardKind:
    if page.face is Face.RESIDENT_FRONT:
        return CardKind.HMT if check.kind is NumberKind.HMT else CardKind.RESIDENT
    if page.face is Face.FOREIGNER_FRONT:
        return CardKind.FOREIGNER_2017 if check.number[:1].isalpha() else CardKind.FOREIGNER_2023
    return {
        Face.RESIDENT_BACK: CardKind.RESIDENT,
        Face.HMT_BACK: CardKind.HMT,
        Face.HOME_RETURN_FRONT: CardKind.HOME_RETURN,
        Face.TAIWAN_FRONT: CardKind.TAIWAN,
    }[page.face]


def _field(name: str, page: CardPage, kind: CardKind, check: NumberCheck) -> list[Value]:
    """The values of one place; a place may hold two (a name in two scripts, the two ends of a period)."""
    rows = page.values.get(name, ())
    parts = [part for row in rows for part in row]
    confidence = min((part.confidence for part in parts), default=0.0)
    box = _around(parts) if parts else _beside(page.labels[name])
    text = "".join(part.text for part in parts)
    if name == "name":
        return _names(rows, page, box)
    if name == "period":
        return _period(text, confidence, box)
    if not parts:
        return [Value(name, "", 0.0, box, Doubt.MISSING)]
    if name != "number":
        value, doubt = _READERS[name](text)
    else:
        value, doubt = check.number, Doubt.NONE if check.valid and not check.warnings else Doubt.DIGIT
        if check.valid and kind is CardKind.RESIDENT:
            doubt = Doubt.NONE  # a district younger than the table is no fault of the reading
        if kind.travel and doubt is Doubt.NONE and confidence < SURE_SHAPED:
            doubt = Doubt.UNCLEAR  # these have no check digit
    if doubt is Doubt.NONE and confidence < (SURE_PROVEN if name == "number" else SURE_SHAPED):
        doubt = Doubt.UNCLEAR
    return [Value(name, value, confidence, box, doubt)]


def _names(rows: Sequence[Sequence[Part]], page: CardPage, box: Box) -> list[Value]:
    """Chinese and Latin names by their script, whichever row they stand in."""
    found: dict[str, list[Part]] = {"name": [], "name_en": []}
    for part in (part for row in rows for part in row):
        found["name" if any(_han(sign) for sign in part.text) else "name_en"].append(part)
    values = []
    for name, parts in found.items():
        if not parts:
            continue
        text = "".join(part.text for part in parts) if name == "name" else " ".join(part.text for part in parts)
        said = _chinese_name(text) if name == "name" else _latin_name(text)
        if said:
            values.append(Value(name, said, min(p.confidence for p in parts), _around(parts), Doubt.UNPROVEN))
    if not values:
        chinese = page.face is not Face.FOREIGNER_FRONT
        values.append(Value("name" if chinese else "name_en", "", 0.0, box, Doubt.MISSING))
    return values


def _chinese_name(text: str) -> str:
    text = re.sub(r"[•・·‧∙●.]", "·", text)
    return "".join(sign for sign in text if _han(sign) or sign == "·").strip("·")


def _latin_name(text: str) -> str:
    letters = unicodedata.normalize("NFKC", text).upper().replace(",", " ").replace(".", " ")
    return " ".join(re.sub(r"[^A-Z'\- ]", "", letters).split())


def _han(sign: str) -> bool:
    return unicodedata.name(sign, "").startswith("CJK ") or sign == "〇"


def _sex(text: str) -> tuple[str, Doubt]:
    text = text.upper()
    for word, letter in (("男", "M"), ("女", "F")):
        if word in text or re.fullmatch(rf"\W*{letter}\W*", text):
            return word, Doubt.NONE
    return "", Doubt.UNKNOWN


def _nation(text: str) -> tuple[str, Doubt]:
    said = _chinese_name(text).removesuffix("族").translate(variants())
    if said in NATION_CODES:
        return said, Doubt.NONE
    near = [name for name in NATION_CODES if len(name) == len(said) > 1 and _unlike(name, said) == 1]
    return (near[0] if len(near) == 1 else said), Doubt.UNKNOWN


def _unlike(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _birth(text: str) -> tuple[str, Doubt]:
    hit = _DAY.search(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    day = _day(hit) if hit else None
    return (str(day), Doubt.UNCLEAR) if day else ("", Doubt.UNKNOWN)


def _address(text: str) -> tuple[str, Doubt]:
    return re.sub(r"\s", "", text), Doubt.UNPROVEN


def _nationality(text: str) -> tuple[str, Doubt]:
    """A code as it is printed, or the state's Chinese name; cards print `加拿大 / CAN`."""
    plain = unicodedata.normalize("NFKC", text).upper()
    codes = [code for code in re.findall(r"[A-Z]{3}", plain) if code in states() or code == "DEU"]
    named = [one.code for one in states().values() if len(one.code) == 3 and one.name in plain]
    if codes and (not named or codes[-1] in named):
        return codes[-1], Doubt.NONE
    return (named[0] if len(named) == 1 else ""), Doubt.UNKNOWN


def _issuer(text: str) -> tuple[str, Doubt]:
    return re.sub(r"\s", "", text), Doubt.UNPROVEN


def _pass_number(text: str) -> tuple[str, Doubt]:
    number = normalise(text)
    good = check_number(number, None).kind in (NumberKind.HOME_RETURN, NumberKind.TAIWAN)
    return number, Doubt.NONE if good else Doubt.DIGIT


def _count(text: str) -> tuple[str, Doubt]:
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", text))
    return digits, Doubt.NONE if 1 <= len(digits) <= 2 else Doubt.UNKNOWN


_READERS: Mapping[str, Callable[[str], tuple[str, Doubt]]] = {
    "sex": _sex,
    "nation": _nation,
    "birth": _birth,
    "address": _address,
    "nationality": _nationality,
    "issuer": _issuer,
    "pass_number": _pass_number,
    "issue_count": _count,
}


def _period(text: str, confidence: float, box: Box) -> list[Value]:
    """Both ends, or the later one alone. Whole years between them (1, 5, 10 and 20 are given) speak for both."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    days = [_day(hit) for hit in _DAY.finditer(text)]
    ends = [str(day) if day else "" for day in days]
    if "长期" in text:
        ends = [*ends[:1], "长期"]
    names = ("valid_from", "valid_to")[-len(ends) :] if 0 < len(ends) <= 2 else ()
    if not names or not all(ends):
        return [Value("valid_to", "", confidence, box, Doubt.UNKNOWN if text else Doubt.MISSING)]
    doubt = Doubt.NONE if _plausible(days, "长期" in text) else Doubt.UNKNOWN
    if doubt is Doubt.NONE and confidence < SURE_SHAPED:
        doubt = Doubt.UNCLEAR
    return [Value(name, end, confidence, box, doubt) for name, end in zip(names, ends, strict=True)]


def _plausible(days: Sequence[dt.date | None], long_term: bool) -> bool:
    if long_term:
        return len(days) == 1
    if len(days) != 2 or days[0] is None or days[1] is None:
        return False
    start, end = days[0], days[1]
    # The last day is the anniversary, or on permits the day before it; 29 February moves by one.
    return end.year - start.year in (1, 2, 3, 5, 10, 20) and abs((end - start.replace(day=1, month=1)).days
        - (start - start.replace(day=1, month=1)).days - round((end.year - start.year) * 365.25)) <= 2  # fmt: skip


def _against_number(value: Value, number: Value | None, check: NumberCheck) -> Value:
    """A birth date and a sex that the number repeats are proven by it; where they were not read it tells them."""
    if number is None or not number.sure:
        return replace(value, doubt=Doubt.UNCLEAR) if value.name == "sex" and value.sure and number else value
    if value.doubt is Doubt.MISSING and check.birth is not None and check.sex is not None:
        told = {"birth": str(check.birth), "sex": "男" if check.sex == "1" else "女"}.get(value.name)
        return replace(value, value=told, confidence=number.confidence, doubt=Doubt.NONE) if told else value
    if value.name == "birth" and value.value:
        if check.birth is None:
            sure = value.doubt is Doubt.UNCLEAR and value.confidence >= SURE_SHAPED
            return replace(value, doubt=Doubt.NONE if sure else value.doubt)
        return replace(value, doubt=Doubt.NONE if value.value == str(check.birth) else Doubt.DIFFERS)
    if value.name == "sex" and value.value and check.sex is not None:
        return replace(value, doubt=Doubt.NONE if _SEX_OF[value.value] == check.sex else Doubt.DIFFERS)
    return value


def _text(page: CardPage, name: str) -> str:
    return "".join(part.text for row in page.values.get(name, ()) for part in row)


def _day(hit: re.Match[str]) -> dt.date | None:
    return _iso("-".join((hit[1], hit[2].zfill(2), hit[3].zfill(2))))


def _iso(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _around(parts: Sequence[Part]) -> Box:
    boxes = [part.box for part in parts]
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _beside(label: Part) -> Box:
    """Where a value should stand that was not read."""
    _left, top, right, bottom = label.box
    return right, top, right + 8 * (bottom - top), bottom
