"""What fields say of each other: each rule made to trip, and to keep quiet."""

from __future__ import annotations

import datetime as dt

import pytest

from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.form import FormDefinition, FormField, FormSection
from app.domain.item import Element, ElementType
from app.forms.cross import FORM_RULES, ROLE_RULES, Witness, phone_message, plain_name, witness_of
from app.forms.validate import Validator
from app.identity.numbers import check_number

TODAY = dt.date(2026, 11, 21)
AT = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
NUMBER = "330502199003071232"
WOMAN = "330502198811230022"
HONG_KONG = "81000019900307123" + next(c for c in "0123456789X" if check_number("81000019900307123" + c).valid)
FIRM = "11330500MB1Y023162"


def form_of(*keys: str) -> FormDefinition:
    """A form of plain texts, so that only the rules speak."""
    roles: dict[str, list[FormField]] = {}
    for key in keys:
        role, _, name = key.partition(".")
        kind = {"phone": ElementType.PHONE}.get(name, ElementType.TEXT)
        made = FormField(key, role, Element(name, name, "", kind), name, "", False, {}, ("a",))
        roles.setdefault(role, []).append(made)
    return FormDefinition(("a",), tuple(FormSection(role, role, "", tuple(some)) for role, some in roles.items()))


CASES = [
    ("applicant.id_number", {"applicant.id_type": "hmt", "applicant.id_number": NUMBER}, "证件类型不符"),
    (
        "foreigner.travel_document_number",
        {"foreigner.travel_document_type": "hm_pass", "foreigner.travel_document_number": "12345678"},
        "旅行证件类型不符",
    ),
    (
        "foreigner.travel_document_number",
        {"foreigner.travel_document_type": "tw_pass", "foreigner.travel_document_number": "H12345678"},
        "旅行证件类型不符",
    ),
    ("applicant.birth_date", {"applicant.id_number": NUMBER, "applicant.birth_date": "1990-03-08"}, "出生日期与证件"),
    ("applicant.sex", {"applicant.id_number": NUMBER, "applicant.sex": "2"}, "性别与证件号码不一致"),
    ("applicant.pass_number", {"applicant.id_number": HONG_KONG, "applicant.pass_number": "M12345678"}, "居住证为香港"),
    ("applicant.pass_number", {"applicant.id_number": HONG_KONG, "applicant.pass_number": "12345678"}, "居住证为香港"),
    ("applicant.nationality", {"applicant.id_number": HONG_KONG, "applicant.nationality": "MAC"}, "号码为香港"),
    ("permit.valid_to", {"permit.valid_from": "2027-01-02", "permit.valid_to": "2027-01-01"}, "不能早于起始日期"),
    ("permit.valid_to", {"permit.valid_to": "2026-11-20"}, "已于 2026-11-20 到期"),
    ("event.date_to", {"event.date_from": "2026-12-02", "event.date_to": "2026-12-01"}, "不能早于起始日期"),
    ("event.end_date", {"event.start_date": "2026-12-02", "event.end_date": "2026-12-01"}, "不能早于起始日期"),
    ("premises.lease_end", {"premises.lease_start": "2026-12-02", "premises.lease_end": "2026-12-01"}, "不能早于"),
    ("premises.lease_to", {"premises.lease_from": "2026-12-02", "premises.lease_to": "2026-12-01"}, "不能早于"),
    ("permit.expiry_date", {"permit.issue_date": "2026-12-02", "permit.expiry_date": "2026-12-01"}, "不能早于"),
    ("business.opening_date", {"business.opening_date": "2028-01-01"}, "一年以后"),
    ("business.opening_date", {"business.opening_date": "2026-12-31", "premises.lease_end": "2026-12-30"}, "租期届满"),
    (
        "agent.name",
        {"business.uscc": FIRM, "business.name": "甲店", "agent.uscc": FIRM, "agent.name": "乙店"},
        "名称不同",
    ),
    (
        "father.name",
        {"father.id_number": NUMBER, "father.name": "甲", "mother.id_number": NUMBER, "mother.name": "乙"},
        "姓名不同",
    ),
    ("premises.owner", {"applicant.name": "甲", "premises.owner": "乙", "premises.use_right": "own"}, "使用方式为自有"),
    ("licence.holder", {"applicant.name": "甲", "licence.holder": "乙"}, "持有人与申请人"),
    ("licence.licence_holder", {"applicant.name": "甲", "licence.licence_holder": "乙"}, "持有人与申请人"),
    ("applicant.phone", {"applicant.phone": "12800012345"}, "11 位手机号"),
]  # fmt: skip


@pytest.mark.parametrize(("accused", "values", "says"), CASES, ids=[f"{c[0]}-{n}" for n, c in enumerate(CASES)])
def test_each_rule_trips(accused: str, values: dict[str, str], says: str) -> None:
    found = {p.key: p.message for p in Validator(form_of(*values), TODAY, check_number).problems(values)}
    assert says in found.get(accused, ""), found


def test_every_rule_has_a_case() -> None:
    """A rule that nothing makes trip would be noticed here."""
    elements = {accused.partition(".")[2] for accused, _, _ in CASES}
    assert {rule.accuses for rule in (*ROLE_RULES, *FORM_RULES)} <= elements


@pytest.mark.parametrize(
    "values",
    [
        {"applicant.id_type": "resident", "applicant.id_number": NUMBER, "applicant.birth_date": "1990-03-07"},
        {"applicant.id_number": NUMBER[:-1] + "9", "applicant.birth_date": "1980-01-01"},  # an unsound number is silent
        {"applicant.id_number": HONG_KONG, "applicant.pass_number": "H12345678", "applicant.nationality": "HKG"},
        {"applicant.id_number": NUMBER, "applicant.pass_number": "M12345678"},
        {"permit.valid_from": "2026-01-01", "permit.valid_to": "长期"},
        {"permit.valid_from": "2026-11-21", "permit.valid_to": "2026-11-21"},
        {"business.opening_date": "2026-12-30", "premises.lease_end": "2026-12-30"},
        {"business.uscc": FIRM, "business.name": "甲（湖州）店", "agent.uscc": FIRM, "agent.name": "甲(湖州) 店"},
        {"father.id_number": NUMBER, "father.name": "甲", "mother.id_number": WOMAN, "mother.name": "乙"},
        {"applicant.name": "甲", "premises.owner": "乙", "premises.use_right": "rent"},
        {"applicant.name": "甲", "business.name": "乙店", "premises.owner": "乙店", "premises.use_right": "own"},
        {"applicant.name": "买买提·艾力", "licence.holder": "买买提•艾力"},
    ],
)
def test_rules_keep_quiet(values: dict[str, str]) -> None:
    assert Validator(form_of(*values), TODAY, check_number).problems(values) == ()


@pytest.mark.parametrize("good", ["13800012345", "0572-2398888", "021-61234567", "4008001234", "12345", "95588"])
def test_numbers_that_can_be_called(good: str) -> None:
    assert phone_message(good) == ""
    assert phone_message(good + "-") != ""


def test_a_firm_that_a_licence_names_otherwise_is_a_warning() -> None:
    licence = Source(SourceKind.LICENCE, "营业执照")
    facts = [
        Fact("holder", "uscc", FIRM, licence, Verdict.SIGNATURE_VALID, AT),
        Fact("holder", "name", "湖州甲店", licence, Verdict.SIGNATURE_VALID, AT),
    ]
    values = {"business.uscc": FIRM, "business.name": "湖州乙店"}
    validator = Validator(form_of(*values), TODAY)
    assert validator.problems(values) == ()
    (problem,) = validator.problems(values, witness_of(facts))  # the same values, a new witness
    assert problem.warning
    assert "在《营业执照》上的名称是“湖州甲店”" in problem.message
    assert validator.problems(values) == ()
    stated = [Fact(f.role, f.element, f.value, Source(SourceKind.CLERK, "手"), f.verdict, AT) for f in facts]
    expired = [Fact(f.role, f.element, f.value, licence, Verdict.EXPIRED, AT) for f in facts]
    assert witness_of(stated) == witness_of(expired) == Witness()


def test_names_are_compared_as_people_read_them() -> None:
    assert plain_name("ＡＢ（1） x") == plain_name("ab(1)X")
    assert plain_name("䶮𬭚") != plain_name("䶮")


def test_a_hard_fault_outranks_a_soft_one() -> None:
    values = {"permit.valid_from": "2026-10-02", "permit.valid_to": "2026-10-01"}
    (problem,) = Validator(form_of(*values), TODAY).problems(values)
    assert not problem.warning
    assert "起始日期" in problem.message
