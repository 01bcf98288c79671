"""What a machine-readable zone says (ICAO Doc 9303-3 to -7). Odd things are flagged and given as printed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import BadInput
from app.identity.mrz.check import Check, check_digit
from app.identity.mrz.dates import MrzDate, birth_date, expiry_date
from app.identity.mrz.layout import LAYOUTS, Format, Layout, Place, cut, format_of
from app.identity.mrz.names import read_names
from app.identity.mrz.odd import variant
from app.identity.mrz.states import StateKind, state
from app.identity.mrz.strip import ALPHABET


class Oddity(StrEnum):
    """What a person should know of a zone, though its digits may hold. The values are the command line's interface."""

    UNKNOWN_STATE = "unknown-state"
    PERSON_AS_ISSUER = "person-as-issuer"
    """A code for people without nationality stands where the issuer should."""
    IMPOSSIBLE_DATE = "impossible-date"
    UNKNOWN_DATE = "unknown-date"
    """Day, month or all of the birth date are fillers, as the standard allows."""
    NAME_TRUNCATED = "name-may-be-truncated"
    IRREGULAR_NAME = "irregular-name"
    IRREGULAR_CODE = "irregular-document-code"
    IRREGULAR_SEX = "irregular-sex"
    NATIONAL_VARIANT = "national-variant"
    SPECIMEN = "specimen"


@dataclass(frozen=True, slots=True)
class Mrz:
    """A zone, taken apart. Fields hold what is printed without fillers; nothing is corrected.

    issuer, nationality: the code as printed (D, not DEU). number: whole, also where it goes on in the optional field of
    TD1 and TD2. sex: M, F, X or "" for not stated. optional: the issuer's own data. variant: the name of a national
    variant, "" for none. When its layout is its own, the fields but code and issuer are "".
    """

    lines: tuple[str, ...]
    format: Format
    code: str
    issuer: str
    number: str
    nationality: str
    surname: str
    given_names: str
    birth: MrzDate
    sex: str
    expiry: MrzDate
    optional: tuple[str, ...]
    checks: tuple[Check, ...]
    oddities: tuple[Oddity, ...]
    variant: str = ""

    @property
    def valid(self) -> bool:
        """All its check digits hold, and it has some."""
        return bool(self.checks) and all(check.ok for check in self.checks)

    @property
    def ordinary(self) -> bool:
        """Nothing odd but what happens to honest documents: unknown dates and long names."""
        return not set(self.oddities) - {Oddity.UNKNOWN_DATE, Oddity.NAME_TRUNCATED}

    def check(self, name: str) -> Check | None:
        return next((check for check in self.checks if check.name == name), None)


def clean(text: str) -> tuple[str, ...]:
    """The lines of a zone as a swipe reader or a person gives them: without blanks, in capitals.

    One long run without line ends is cut where its length says. Raises BadInput for characters that no zone has."""
    lines = [re.sub(r"[ \t]", "", line).upper() for line in re.split(r"[\r\n]+", text.strip())]
    whole = "".join(lines)
    if len(lines) == 1 and len(whole) in (72, 88, 90):
        width = {72: 36, 88: 44, 90: 30}[len(whole)]
        lines = [whole[at : at + width] for at in range(0, len(whole), width)]
    if stray := next((char for char in whole if char not in ALPHABET), None):
        raise BadInput("不是机读区", f"机读区里不会有“{stray}”", "只录入 A 至 Z、0 至 9 和 <。")
    return tuple(lines)


def parse(lines: Sequence[str], today: dt.date) -> Mrz:
    """The fields of two or three lines of A to Z, 0 to 9 and <.

    today: decides the century of dates. Raises BadInput when the lines have the shape of no travel document, or hold
    other characters.
    """
    given = tuple(lines)
    kind = format_of(given)
    if kind is None:
        shape = "、".join(str(len(line)) for line in given) or "0"
        raise BadInput("不是机读区", f"各行长度 {shape}", "机读区是两行 44 位、两行 36 位或者三行 30 位。")
    if any(char not in ALPHABET for line in given for char in line):
        raise BadInput("不是机读区", "有机读区之外的字符", "只录入 A 至 Z、0 至 9 和 <。")
    layout = LAYOUTS[kind]
    known = variant(given)
    number, checks = _number(given, layout)
    checks += _checks(given, layout)
    if known is not None and known.foreign_layout:
        if not all(check.ok for check in checks):
            return _unread(given, kind, known.name)
        # It begins as that country's own layout does, but every digit stands where the standard has it.
        known = None
    birth = birth_date(cut(given, layout.birth), today)
    expiry = expiry_date(cut(given, layout.expiry), today)
    names = read_names(cut(given, layout.names))
    oddities = [
        oddity
        for oddity, there in (
            (Oddity.SPECIMEN, "UTO" in (cut(given, layout.issuer), cut(given, layout.nationality))),
            (Oddity.UNKNOWN_STATE, bool(_unlisted(given, layout))),
            (Oddity.PERSON_AS_ISSUER, _is_person(cut(given, layout.issuer))),
            (Oddity.IRREGULAR_CODE, not _regular_code(kind, given[0][:2])),
            (Oddity.IRREGULAR_NAME, not names.regular),
            (Oddity.NAME_TRUNCATED, names.truncated),
            (Oddity.IRREGULAR_SEX, cut(given, layout.sex) not in "MF<"),
            (Oddity.IMPOSSIBLE_DATE, not (birth.possible and expiry.possible)),
            (Oddity.UNKNOWN_DATE, birth.possible and not birth.complete),
            (Oddity.NATIONAL_VARIANT, known is not None),
        )
        if there
    ]
    return Mrz(
        lines=given,
        format=kind,
        code=_bare(given, layout.code),
        issuer=_bare(given, layout.issuer),
        number=number,
        nationality=_bare(given, layout.nationality),
        surname=names.surname,
        given_names=names.given,
        birth=birth,
        sex=cut(given, layout.sex).rstrip("<"),
        expiry=expiry,
        optional=_optional(given, layout),
        checks=tuple(checks),
        oddities=tuple(oddities),
        variant=known.name if known else "",
    )


def unlisted(mrz: Mrz) -> tuple[Place, ...]:
    """Where a state's code stands that the list does not have."""
    return _unlisted(mrz.lines, LAYOUTS[mrz.format]) if Oddity.UNKNOWN_STATE in mrz.oddities else ()


def _unlisted(lines: tuple[str, ...], layout: Layout) -> tuple[Place, ...]:
    return tuple(place for place in (layout.issuer, layout.nationality) if state(cut(lines, place)) is None)


def _unread(lines: tuple[str, ...], kind: Format, name: str) -> Mrz:
    """A zone whose layout is its country's own: shown as it is."""
    code, issuer = _bare(lines, LAYOUTS[kind].code), _bare(lines, LAYOUTS[kind].issuer)
    none = MrzDate("", "", True)
    return Mrz(lines, kind, code, issuer, "", "", "", "", none, "", none, (), (), (Oddity.NATIONAL_VARIANT,), name)


def long_number(lines: tuple[str, ...], layout: Layout) -> Place | None:
    """Where a document number of more than nine characters goes on, its check digit last; None for an ordinary one.

    Doc 9303-5 note j, 9303-6 note j: a filler in the check digit's place, the rest and its digit in the optional field.
    """
    line, _, end = layout.number
    at, first, last = layout.optional[0]
    if layout.optional_check or lines[line][end] != "<" or lines[at][first] == "<" or not layout.composite:
        return None
    rest = lines[at][first:last].partition("<")[0]
    return (at, first, first + len(rest)) if len(rest) > 1 else None


def _number(lines: tuple[str, ...], layout: Layout) -> tuple[str, list[Check]]:
    line, first, end = layout.number
    principal = lines[line][first:end]
    longer = long_number(lines, layout)
    if longer is None:
        return principal.rstrip("<"), [_check("number", lines, (layout.number,), (line, end, end + 1))]
    at, start, stop = longer
    whole = principal + lines[at][start : stop - 1]
    printed = lines[at][stop - 1]
    expected = check_digit(whole)
    covers = (layout.number, (at, start, stop - 1), (at, stop - 1, stop))
    return whole, [Check("number", printed, expected, printed == expected, covers)]


def _checks(lines: tuple[str, ...], layout: Layout) -> list[Check]:
    found = [
        _check(name, lines, (place,), (place[0], place[2], place[2] + 1))
        for name, place in (("birth", layout.birth), ("expiry", layout.expiry))
    ]
    if layout.optional_check:
        line, first, end = layout.optional[0]
        found.append(_check("optional", lines, ((line, first, end),), (line, end, end + 1), may_be_filler=True))
    if layout.composite:
        width = len(lines[1])
        found.append(_check("composite", lines, layout.composite, (1, width - 1, width)))
    return found


def _check(
    name: str, lines: tuple[str, ...], over: tuple[Place, ...], at: Place, *, may_be_filler: bool = False
) -> Check:
    text = "".join(cut(lines, place) for place in over)
    printed, expected = cut(lines, at), check_digit(text)
    empty = may_be_filler and printed == "<" and not text.strip("<")
    return Check(name, printed, expected, printed == expected or empty, (*over, at))


def _optional(lines: tuple[str, ...], layout: Layout) -> tuple[str, ...]:
    longer = long_number(lines, layout)
    out = []
    for place in layout.optional:
        line, first, end = place
        start = longer[2] if longer is not None and place == layout.optional[0] else first
        out.append(lines[line][start:end].strip("<"))
    return tuple(out)


def _bare(lines: tuple[str, ...], place: Place) -> str:
    return cut(lines, place).rstrip("<")


def _is_person(field: str) -> bool:
    known = state(field)
    return known is not None and known.kind is StateKind.PERSON


def _regular_code(kind: Format, code: str) -> bool:
    """Doc 9303-4 to -7: P for passports, V for visas, A, C or I for cards; a second letter or a filler."""
    if kind.visa:
        return code[0] == "V" and (code[1].isalpha() or code[1] == "<")
    first = {Format.TD1: "ACI", Format.TD2: "ACIP", Format.TD3: "P"}[kind]
    return code[0] in first and code[1] != "V" and not code[1].isdigit()
