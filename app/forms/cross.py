"""What fields say of each other, as a table of small pure rules.

A rule accuses one field and looks at others of the same role; the same rules hold within a row of a table, whose
columns are elements too. A few look across roles. Each gives half a sentence for the clerk, or "".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from app.domain.fact import Fact, Source, SourceKind
from app.domain.person import LONG_TERM


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


@dataclass(frozen=True, slots=True)
class Witness:
    """What sources say, asked for or not. firms: USCC -> name and who says so."""

    firms: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """What rules may know besides the values."""

    today: dt.date
    check_number: NumberChecker | None = None
    witness: Witness = field(default_factory=Witness)
    roles: tuple[str, ...] = ()
    """The form's roles."""


Values = Mapping[str, str]
Rule = Callable[[str, Values, Context], str]


@dataclass(frozen=True, slots=True)
class RoleRule:
    """accuses: the element whose field gets the message. reads: the others of its role that the rule looks at.

    The rule gets the accused value (never empty) and the values by element. soft: a warning, the value may be kept.
    """

    accuses: str
    reads: tuple[str, ...]
    rule: Rule
    soft: bool = False


@dataclass(frozen=True, slots=True)
class FormRule:
    """As RoleRule, over all roles: the rule gets the accused field's role and the values by key (role.element)."""

    accuses: str
    reads: tuple[str, ...]
    rule: Callable[[str, str, Values, Context], str]
    soft: bool = False


# -- within a role -------------------------------------------------------------------------------------------------

_SEX_CODES = {"男": "1", "女": "2", "M": "1", "F": "2"}

_NUMBER_OF_TYPE = {
    "resident": re.compile(r"(?!8[123])[1-8][0-9]{16}[0-9X]"),
    "hmt": re.compile(r"8[123]0000[0-9]{11}[0-9X]"),
    "foreigner2017": re.compile(r"[A-Z]{3}[0-9]{12}"),
    "foreigner2023": re.compile(r"9[0-9]{16}[0-9X]"),
}
"""Shapes of the numbers by id_type (docs: domain facts §2)."""

_NUMBER_OF_TRAVEL_TYPE = {
    "hm_pass": re.compile(r"[HM](?:[0-9]{8}(?:[0-9]{2})?|A[0-9]{7})"),
    "tw_pass": re.compile(r"[0-9]{8}(?:[0-9]{2})?"),
}
"""Shapes of the permits' numbers by travel_document_type; passports have each state's own."""

_AREAS = {"810000": "香港", "820000": "澳门", "830000": "台湾"}
_AREA_OF_NATIONALITY = {"HKG": "810000", "MAC": "820000", "TWN": "830000"}


def _type_and_number(value: str, others: Values, context: Context) -> str:
    shape = _NUMBER_OF_TYPE.get(others["id_type"])
    return "" if shape is None or shape.fullmatch(value) else "证件号码与证件类型不符，请核对"


def _travel_type_and_number(value: str, others: Values, context: Context) -> str:
    shape = _NUMBER_OF_TRAVEL_TYPE.get(others["travel_document_type"])
    return "" if shape is None or shape.fullmatch(value) else "证件号码与旅行证件类型不符，请核对"


def _sound(number: str, context: Context) -> NumberCheck | None:
    """The number's own word, if it can be trusted. It has a check digit, so it outweighs what stands beside it."""
    if not number or context.check_number is None:
        return None
    check = context.check_number(number)
    return check if check.valid else None


def _birth_and_number(value: str, others: Values, context: Context) -> str:
    check = _sound(others["id_number"], context)
    wrong = check is not None and check.birth is not None and value != check.birth.isoformat()
    return "出生日期与证件号码不一致，请核对" if wrong else ""


def _sex_and_number(value: str, others: Values, context: Context) -> str:
    check = _sound(others["id_number"], context)
    if check is None or not check.sex or value not in ("1", "2"):
        return ""
    return "" if value == _SEX_CODES.get(check.sex, check.sex) else "性别与证件号码不一致，请核对"


def _pass_and_number(value: str, others: Values, context: Context) -> str:
    """A residence permit's number begins with the area that issued the traveller's own pass."""
    area = others["id_number"][:6]
    if area not in _AREAS:
        return ""
    own = {"H": "810000", "M": "820000"}.get(value[:1].upper(), "830000" if value[:1].isdigit() else area)
    return "" if own == area else f"通行证号码与居住证号码不是同一地区（居住证为{_AREAS[area]}），请核对"


def _nationality_and_number(value: str, others: Values, context: Context) -> str:
    area, own = others["id_number"][:6], _AREA_OF_NATIONALITY.get(value.upper())
    if area not in _AREAS or own in (None, area):
        return ""
    return f"地区与居住证号码不一致（号码为{_AREAS[area]}），请核对"


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _not_expired(value: str, others: Values, context: Context) -> str:
    day = _day(value)
    if value == LONG_TERM or day is None or day >= context.today:
        return ""
    return f"已于 {value} 到期，请核对原件，到期的应先换证"


def _after(beginning: str) -> Rule:
    def rule(value: str, others: Values, context: Context) -> str:
        first, last = _day(others[beginning]), _day(value)
        if first is None or last is None or first <= last:
            return ""
        return f"不能早于起始日期 {others[beginning]}，请核对两个日期"

    return rule


def _opening_far(value: str, others: Values, context: Context) -> str:
    day = _day(value)
    far = day is not None and (day - context.today).days > 366
    return "拟开业日期在一年以后，请核对年份" if far else ""


_PERIODS = (
    ("valid_from", "valid_to"),
    ("date_from", "date_to"),
    ("start_date", "end_date"),
    ("lease_start", "lease_end"),
    ("lease_from", "lease_to"),
    ("issue_date", "expiry_date"),
)

ROLE_RULES: tuple[RoleRule, ...] = (
    RoleRule("id_number", ("id_type",), _type_and_number),
    RoleRule("travel_document_number", ("travel_document_type",), _travel_type_and_number),
    RoleRule("birth_date", ("id_number",), _birth_and_number),
    RoleRule("sex", ("id_number",), _sex_and_number),
    RoleRule("pass_number", ("id_number",), _pass_and_number),
    RoleRule("nationality", ("id_number",), _nationality_and_number),
    *(RoleRule(end, (beginning,), _after(beginning)) for beginning, end in _PERIODS),
    # Hard only where the catalogue says so (x-not-before): whoever renews a permit brings an expired one.
    RoleRule("valid_to", (), _not_expired, soft=True),
    RoleRule("opening_date", (), _opening_far, soft=True),
)

# -- across roles --------------------------------------------------------------------------------------------------


def _same_identity(number: str, words: str) -> Callable[[str, str, Values, Context], str]:
    """Two roles with one number and two names: the name is told to be wrong, at each of them."""

    def rule(role: str, value: str, values: Values, context: Context) -> str:
        own = values.get(f"{role}.{number}", "")
        if not own:
            return ""
        for other in context.roles:
            if other != role and values.get(f"{other}.{number}") == own:
                name = values.get(f"{other}.name", "")
                if name and name != value and plain_name(name) != plain_name(value):
                    return words
        return ""

    return rule


def _firm_known_otherwise(role: str, value: str, values: Values, context: Context) -> str:
    known = context.witness.firms.get(values.get(f"{role}.uscc", ""))
    if known is None or plain_name(known[0]) == plain_name(value):
        return ""
    return f"该统一社会信用代码在{known[1]}上的名称是“{known[0]}”，请核对名称和代码"


def _lease_ends_first(role: str, value: str, values: Values, context: Context) -> str:
    opening = _day(value)
    for element in ("lease_end", "lease_to"):
        end = _day(values.get(f"premises.{element}", ""))
        if opening is not None and end is not None and opening > end:
            return f"拟开业日期晚于场所租期届满日 {end.isoformat()}，请核对"
    return ""


def _owner_is_applicant(role: str, value: str, values: Values, context: Context) -> str:
    applicant = values.get("applicant.name", "")
    firm = values.get("business.name", "")
    if values.get(f"{role}.use_right") != "own" or not applicant:
        return ""
    if plain_name(value) in {plain_name(applicant), plain_name(firm)}:
        return ""
    return "使用方式为自有，而产权人不是申请人，请核对产权证明或者改选租赁、无偿使用"


def _holder_is_applicant(role: str, value: str, values: Values, context: Context) -> str:
    applicant = values.get("applicant.name", "")
    if not applicant or plain_name(value) == plain_name(applicant):
        return ""
    return "证照持有人与申请人不是同一人，请核对证照或者委托手续"


FORM_RULES: tuple[FormRule, ...] = (
    FormRule("name", ("uscc",), _same_identity("uscc", "统一社会信用代码相同而两处名称不同，请核对")),
    FormRule("name", ("id_number",), _same_identity("id_number", "证件号码相同而两处姓名不同，请核对")),
    FormRule("name", ("uscc",), _firm_known_otherwise, soft=True),
    FormRule("opening_date", ("lease_end", "lease_to"), _lease_ends_first, soft=True),
    FormRule("owner", ("name", "use_right"), _owner_is_applicant, soft=True),
    FormRule("holder", ("name",), _holder_is_applicant, soft=True),
    FormRule("licence_holder", ("name",), _holder_is_applicant, soft=True),
)

_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-\d{7,8}|[48]00\d{7}|1\d{4}|9\d{4}|12345", re.ASCII)


def phone_message(value: str) -> str:
    """Can the canonical number be called? Mobile, fixed with area code, 400/800 and five-digit service numbers."""
    return "" if _PHONE.fullmatch(value) else "填 11 位手机号，或者带区号的固定电话"


_WORTH_HEARING = (SourceKind.CARD, SourceKind.QUERY, SourceKind.LICENCE)


def witness_of(facts: Iterable[Fact]) -> Witness:
    """What usable cards, queries and licences say of firms: the code and the name that one of them gives together."""
    codes: dict[tuple[str, Source], str] = {}
    names: dict[tuple[str, Source], str] = {}
    for fact in facts:
        if fact.element in ("uscc", "name") and fact.source.kind in _WORTH_HEARING and fact.verdict.usable:
            (codes if fact.element == "uscc" else names)[fact.role, fact.source] = fact.value
    firms = {code: (names[at], f"《{at[1].label}》") for at, code in codes.items() if at in names}
    return Witness(firms)


def plain_name(text: str) -> str:
    """For comparing names: one kind of brackets and middle dot, no spaces, one case."""
    folded = text.translate(_FOLDED).casefold()
    return re.sub(r"\s", "", re.sub(r"[·•‧・∙⋅.]", "·", folded))


_FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
