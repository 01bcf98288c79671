"""办结出证: one licence a case, by the authority's own key, in the decision's transaction; taken back, and told."""

from __future__ import annotations

import datetime as dt
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from gateway_kit import ITEM, NOW, Raw, new_key
from issue_kit import NAME, OLD, PLAN, POLICY, USCC, authority, permit_case, prepare, trust_of
from sqlalchemy import select

from app.domain.case import Case
from app.domain.fact import Verdict
from app.domain.numbering import mod_37_36
from app.gateway.authorities import Authority
from app.gateway.cases import Decision, Stage
from app.gateway.issue_tables import issued_licences
from app.gateway.problems import Problem
from app.gateway.server import GatewayServer
from app.gateway.tables import cases, meta
from app.licences.trust import identifier_hash
from app.licences.verify import read_licence
from app.server.checking import check_against
from app.server.issue_client import ENDED, read_ended
from app.server.message_schemas import MESSAGE
from app.server.wire import case_document

GRANT = Decision(result="准予许可")
USED = {"scenario": "permits", "purpose": "hand_over", "clerk": "0007"}


@pytest.fixture
def issuer() -> Authority:
    return authority()


@pytest.fixture
def issuing(server: GatewayServer, issuer: Authority) -> GatewayServer:
    prepare(server, issuer)
    return server


def submit(raw: Raw, case: Case | None = None) -> Case:
    case = case or permit_case()
    assert raw("POST", "/v1/cases", case_document(case), key=new_key()).status_code == 201
    return case


def fetch(raw: Raw, case: Case, **changed: Any) -> Any:
    return raw("POST", "/v1/licences:fetch", {"case_id": case.case_id, **USED} | changed)


def told(raw: Raw) -> list[dict[str, Any]]:
    rows = raw("GET", "/v1/feeds/messages").json()["items"]
    for row in rows:
        check_against(MESSAGE, row)
    return [row["licence"] for row in rows if "licence" in row]


def ended(raw: Raw) -> dict[str, str]:
    return {key: str(state) for key, state in read_ended(raw("GET", "/v1/feeds/policies").json()["items"]).items()}


def test_granting_makes_a_licence_that_any_window_can_check(
    issuing: GatewayServer, raw: Raw, issuer: Authority
) -> None:
    case = submit(raw)
    assert fetch(raw, case).status_code == 404
    issuing.advance(case.case_id, Stage.DECIDED, GRANT)
    assert told(raw) == [{"title": "电子居住证", "state": "issued", "version": 1}]
    made = fetch(raw, case).json()
    reading = read_licence(made["code"], trust_of(issuer), NOW)
    assert (reading.verdict, reading.issuer) == (Verdict.SIGNATURE_VALID, NAME)
    assert reading.holder == {"name": case.applicant_name, "id_number": case.applicant_number}
    number = reading.claims["permit.permit_number"]
    assert number == "330106GA2026000001" + mod_37_36("330106GA2026000001")
    assert f".{USCC}.{number}.001." in reading.licence["identifier"]
    # Least data: what the kind says and no more. The old permit's number, city and the applicant's rest stay outside.
    assert reading.claims == {
        "permit.permit_number": number,
        "permit.permit_city": "湖州市",
        "permit.valid_to": "2027-11-21",
        "premises.address": "𠮷祥路 8 号",
    }
    assert reading.expires == dt.datetime(2027, 11, 21, 15, 59, 59, tzinfo=dt.UTC)
    assert len(made["code"]) < 800


def test_the_platforms_own_key_signs_none(issuing: GatewayServer, raw: Raw, issuer: Authority) -> None:
    case = submit(raw)
    issuing.advance(case.case_id, Stage.DECIDED, GRANT)
    code = fetch(raw, case).json()["code"]
    platform = Authority(USCC, NAME, issuing.gateway.paper_keys.signing_key())
    assert read_licence(code, trust_of(platform), NOW).verdict is Verdict.INVALID


@pytest.mark.parametrize("name", ["王㛃", "李𠮷", "赵䶮", "孙𬭚"], ids=["3743", "20BB7", "4DAE", "2CB5A"])
def test_rare_characters_stay_what_they_are(issuing: GatewayServer, raw: Raw, issuer: Authority, name: str) -> None:
    case = submit(raw, permit_case(name=name))
    issuing.advance(case.case_id, Stage.DECIDED, GRANT)
    assert read_licence(fetch(raw, case).json()["code"], trust_of(issuer), NOW).holder["name"] == name


def test_deciding_again_makes_no_other(issuing: GatewayServer, raw: Raw) -> None:
    case = submit(raw)
    issuing.advance(case.case_id, Stage.DECIDED, GRANT)
    first = fetch(raw, case).json()
    issuing.advance(case.case_id, Stage.DECIDED, GRANT)
    again = fetch(raw, case).json()
    assert (again["code"], again["version"]) == (first["code"], 1)
    assert [entry["deed"] for entry in issuing.gateway.issuing.log()].count("issued") == 1


def test_two_who_decide_at_once_make_one(issuing: GatewayServer, raw: Raw) -> None:
    case = submit(raw)
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(issuing.advance, case.case_id, Stage.DECIDED, GRANT) for _ in range(4)]:
            try:
                done.result(60)
            except Problem as error:
                assert error.status in (409, 503)  # noqa: PT017 - said to be tried again
    with issuing.gateway.database.read() as connection:
        rows = connection.execute(select(issued_licences)).all()
    assert len(rows) == 1
    assert [entry["deed"] for entry in issuing.gateway.issuing.log()].count("issued") == 1
    assert {one["version"] for one in told(raw)} == {1}


@pytest.mark.parametrize(
    ("stage", "decision"),
    [(Stage.DECIDED, Decision(result="不予许可")), (Stage.UNDER_REVIEW, Decision())],
    ids=["refused", "reviewed"],
)
def test_taking_the_decision_back_revokes_it(
    issuing: GatewayServer, raw: Raw, stranger: Raw, issuer: Authority, stage: Stage, decision: Decision
) -> None:
    case = submit(raw)
    issuing.advance(case.case_id, Stage.DECIDED, GRANT)
    code = fetch(raw, case).json()["code"]
    identifier = read_licence(code, trust_of(issuer), NOW).licence["identifier"]
    issuing.advance(case.case_id, stage, decision)
    assert told(raw)[-1] == {"title": "电子居住证", "state": "withdrawn", "version": 1}
    assert fetch(raw, case).json()["code"] == ""
    # Every window hears it, and by a hash alone.
    assert ended(stranger) == {identifier_hash(identifier): "withdrawn"}
    assert case.applicant_number not in stranger("GET", "/v1/feeds/policies").text
    # Granted once more it is another licence; the first stays revoked.
    issuing.advance(case.case_id, Stage.DECIDED, GRANT)
    second = fetch(raw, case).json()
    assert second["version"] == 2
    assert read_licence(second["code"], trust_of(issuer), NOW).licence["identifier"] != identifier
    assert ended(stranger)[identifier_hash(identifier)] == "withdrawn"


def test_the_old_permit_counts_as_converted_while_the_new_one_stands(
    issuing: GatewayServer, raw: Raw, stranger: Raw
) -> None:
    case = submit(raw)
    issuing.advance(case.case_id, Stage.DECIDED, GRANT)
    assert ended(stranger) == {identifier_hash(OLD): "converted"}
    issuing.advance(case.case_id, Stage.DECIDED, Decision(result="不予许可"))
    assert identifier_hash(OLD) not in ended(stranger)


def test_refusing_makes_none_and_without_a_key_nothing_is_decided(
    server: GatewayServer, raw: Raw, issuer: Authority
) -> None:
    prepare(server, issuer)
    refused, other = submit(raw), submit(raw, permit_case(2))
    server.advance(refused.case_id, Stage.DECIDED, Decision(result="不予许可"))
    assert told(raw) == []
    with server.gateway.database.write() as connection:
        connection.execute(meta.delete().where(meta.c.key == f"licence.issuer.{USCC}"))
    with pytest.raises(Problem, match="no-issuer-key"):
        server.advance(other.case_id, Stage.DECIDED, GRANT)
    with server.gateway.database.read() as connection:
        assert connection.scalar(select(cases.c.stage).where(cases.c.case_id == other.case_id)) == Stage.ACCEPTED


def test_only_the_cases_own_window_with_a_grant_gets_it(issuing: GatewayServer, raw: Raw, stranger: Raw) -> None:
    case = submit(raw)
    issuing.advance(case.case_id, Stage.DECIDED, GRANT)
    assert fetch(stranger, case).status_code == 404
    assert fetch(raw, case, scenario="hygiene").status_code == 403
    assert fetch(raw, case, purpose="verify").status_code == 403
    assert fetch(raw, case, scenario="none").status_code == 403
    assert "YC1:" not in stranger("GET", "/v1/feeds/messages").text
    kept = issuing.gateway.issuing.log()
    assert sorted(entry["outcome"] for entry in kept) == ["issued", "refused", "refused", "refused", "unknown"]
    assert {entry["clerk"] for entry in kept if entry["deed"] == "fetched"} == {"0007"}


def test_nothing_of_it_lies_open(
    issuing: GatewayServer, raw: Raw, issuer: Authority, caplog: pytest.LogCaptureFixture
) -> None:
    case = submit(raw)
    with caplog.at_level(logging.DEBUG):
        issuing.advance(case.case_id, Stage.DECIDED, GRANT)
        code = fetch(raw, case).json()["code"]
    with issuing.gateway.database.read() as connection:
        (row,) = connection.execute(select(issued_licences)).all()
    text = repr(tuple(row)) + json.dumps(issuing.gateway.issuing.log()) + caplog.text
    number = read_licence(code, trust_of(issuer), NOW).claims["permit.permit_number"]
    for secret in (code, code[10:60], case.applicant_number, case.applicant_name, str(number)):
        assert secret not in text
    assert "YC1:" not in bytes(row.code).decode("latin-1")
    # Who has the database without the files' secret reads nothing.
    secret_file = issuing.gateway.issuing._folder / "secret.key"
    kept = secret_file.read_bytes()
    secret_file.write_bytes(bytes(32))
    assert fetch(raw, case).status_code == 404
    secret_file.write_bytes(kept)
    assert fetch(raw, case).json()["code"] == code


def test_an_item_without_a_plan_is_decided_as_before(server: GatewayServer, raw: Raw, issuer: Authority) -> None:
    prepare(server, issuer)
    server.gateway.issuing.publish({ITEM[:-1] + "9": PLAN})
    case = submit(raw)
    server.advance(case.case_id, Stage.DECIDED, GRANT)
    assert told(raw) == []
    assert fetch(raw, case).status_code == 404


def test_the_shipped_policy_lets_the_permit_be_fetched() -> None:
    from app.server.query_policy import load_policy, shipped_policy_folder

    table = load_policy(shipped_policy_folder())
    item = "11330500002601176Q300070902200004"
    assert table.issued_refusal("police-residence-permit-services", "hand_over", item, "residence_permit") == ""
    assert table.issued_refusal("police-residence-permit-services", "hand_over", ITEM, "residence_permit")
    assert table.issued_refusal("police-residence-permit", "hand_over", item, "residence_permit")
    assert POLICY["grants"][0]["issued"]
    assert ENDED.startswith("licence-")
