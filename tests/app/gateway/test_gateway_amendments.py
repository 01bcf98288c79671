"""Corrections at the gateway, by contract: on a revision, once, by who brought the case; departments correct too."""

from __future__ import annotations

import functools
from typing import Any

import pytest
from gateway_kit import NOW, Raw, make_case, new_key

from app.domain.amendment import Amendment
from app.domain.case import Case
from app.domain.fact import Source, SourceKind, Verdict, fact_of
from app.gateway.cases import Stage
from app.gateway.departments import Departments
from app.gateway.server import GatewayServer
from app.server.amendment_wire import amended_document, amendment_document
from app.server.wire import case_document


@functools.cache
def the_case(serial: int = 1) -> Case:
    """Each call of the kit's makes another case."""
    return make_case(serial)


def amendment(**changes: str) -> dict[str, Any]:
    values = {key.replace("__", "."): value for key, value in changes.items()}
    clerk = Source(SourceKind.CLERK, "窗口录入")
    facts = tuple(fact_of(key, value, clerk, Verdict.STATED, NOW) for key, value in values.items() if value)
    return amendment_document(Amendment(the_case().case_id, NOW, "0007", "申请人更正", values, facts))


PATH = f"/v1/cases/{the_case().case_id}"


@pytest.fixture
def received(raw: Raw) -> None:
    assert raw("POST", "/v1/cases", case_document(the_case()), key=new_key()).status_code == 201


@pytest.mark.usefixtures("received")
def test_a_correction_changes_what_it_names_and_nothing_else(raw: Raw) -> None:
    wanted = amendment(premises__address="𬭚山路 9 号", applicant__phone="13800000000")
    reply = raw("PATCH", PATH, wanted, key=new_key(), If_Match='"1"')
    assert (reply.status_code, reply.json()["rev"], reply.headers["ETag"]) == (200, 2, '"2"')
    now = raw("GET", PATH)
    assert now.headers["ETag"] == '"2"'
    sent = case_document(the_case())
    expected = amended_document(sent, wanted["changes"], ())
    assert now.json()["document"]["form"] == expected["form"]
    assert now.json()["document"]["form"]["premises.address"] == "𬭚山路 9 号"
    assert now.json()["document"]["materials"] == sent["materials"]
    assert [fact["value"] for fact in now.json()["document"]["facts"]] == [
        *(fact["value"] for fact in sent["facts"][:2]),
        "𬭚山路 9 号",
        "13800000000",
    ]
    (change,) = now.json()["trail"]
    assert (change["who"], change["keys"]) == ("0007", ["applicant.phone", "premises.address"])


@pytest.mark.usefixtures("received")
def test_a_corrected_name_is_the_applicants_name(raw: Raw) -> None:
    raw("PATCH", PATH, amendment(applicant__name="赵䶮"), key=new_key(), If_Match='"1"')
    assert raw("GET", PATH).json()["document"]["applicant"]["name"] == "赵䶮"


@pytest.mark.usefixtures("received")
def test_a_correction_counts_once_and_its_key_stands_for_it_alone(raw: Raw) -> None:
    key = new_key()
    first = raw("PATCH", PATH, amendment(premises__address="一号"), key=key, If_Match='"1"')
    again = raw("PATCH", PATH, amendment(premises__address="一号"), key=key, If_Match='"1"')
    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    other = raw("PATCH", PATH, amendment(premises__address="二号"), key=key, If_Match='"1"')
    later = raw("PATCH", PATH, amendment(premises__address="一号"), key=key, If_Match='"2"')
    assert (other.status_code, later.status_code) == (422, 422)
    assert len(raw("GET", PATH).json()["trail"]) == 1


@pytest.mark.usefixtures("received")
def test_a_correction_of_what_has_changed_meanwhile_gets_the_case_as_it_is_and_takes_no_effect(raw: Raw) -> None:
    assert raw("PATCH", PATH, amendment(premises__address="一号"), key=new_key(), If_Match='"1"').status_code == 200
    key = new_key()
    stale = raw("PATCH", PATH, amendment(premises__address="二号"), key=key, If_Match='"1"')
    assert stale.status_code == 412
    assert stale.headers["ETag"] == '"2"'
    assert stale.json()["current"] == raw("GET", PATH).json()
    assert stale.json()["current"]["document"]["form"]["premises.address"] == "一号"
    # Nothing of it was remembered.
    assert raw("PATCH", PATH, amendment(premises__address="二号"), key=key, If_Match='"2"').json()["rev"] == 3


@pytest.mark.usefixtures("received")
def test_that_a_case_moved_on_is_no_reason_to_merge(server: GatewayServer, raw: Raw) -> None:
    server.gateway.cases.advance(the_case().case_id, Stage.UNDER_REVIEW)
    reply = raw("PATCH", PATH, amendment(premises__address="一号"), key=new_key(), If_Match='"1"')
    assert (reply.status_code, reply.json()["rev"]) == (200, 3)
    # A revision that this gateway never had (it was restored from a backup) is no ground either.
    assert raw("PATCH", PATH, amendment(premises__address="二号"), key=new_key(), If_Match='"9"').status_code == 412


@pytest.mark.usefixtures("received")
def test_a_decided_case_is_not_corrected(server: GatewayServer, raw: Raw) -> None:
    server.gateway.cases.advance(the_case().case_id, Stage.DECIDED)
    reply = raw("PATCH", PATH, amendment(premises__address="一号"), key=new_key(), If_Match='"1"')
    assert (reply.status_code, reply.json()["outcome"]) == (200, "needs_correction")
    assert "办结" in reply.json()["reasons"][0]["message"]
    assert raw("GET", PATH).json()["trail"] == []


@pytest.mark.usefixtures("received")
def test_what_would_be_no_case_is_refused_and_not_remembered(raw: Raw) -> None:
    key = new_key()
    reply = raw("PATCH", PATH, amendment(applicant__name=""), key=key, If_Match='"1"')
    assert (reply.status_code, reply.json()["outcome"]) == (200, "needs_correction")
    assert raw("PATCH", PATH, amendment(applicant__name="赵䶮"), key=key, If_Match='"1"').status_code == 200


@pytest.mark.usefixtures("received")
@pytest.mark.parametrize(("match", "status"), [(None, 428), ("1", 400), ('""', 400), ('"x"', 400), ('"²"', 400)])
def test_without_a_revision_nothing_is_corrected(raw: Raw, match: str | None, status: int) -> None:
    named = {} if match is None else {"If_Match": match.encode().decode("latin-1")}
    assert raw("PATCH", PATH, amendment(premises__address="一号"), key=new_key(), **named).status_code == status


@pytest.mark.usefixtures("received")
def test_another_windows_case_is_not_there(raw: Raw, stranger: Raw) -> None:
    assert stranger("GET", PATH).status_code == 404
    assert (
        stranger("PATCH", PATH, amendment(premises__address="一号"), key=new_key(), If_Match='"1"').status_code == 404
    )
    assert raw("GET", "/v1/cases/nothing").status_code == 404
    elsewhere = f"/v1/cases/{the_case(2).case_id}"
    assert (
        raw("PATCH", elsewhere, amendment(premises__address="一号"), key=new_key(), If_Match='"1"').status_code == 422
    )


@pytest.mark.usefixtures("received")
@pytest.mark.parametrize(
    "spoil", [{"changes": {}}, {"changes": {"no key": "x"}}, {"changes": {"a.b": 1}}, {"reason": ""}, {"facts": [{}]}]
)
def test_what_is_no_amendment_is_refused(raw: Raw, spoil: dict[str, Any]) -> None:
    wanted = amendment(premises__address="一号") | spoil
    assert raw("PATCH", PATH, wanted, key=new_key(), If_Match='"1"').status_code == 422


@pytest.mark.usefixtures("received")
def test_a_department_corrects_and_the_window_hears_of_it(server: GatewayServer, raw: Raw) -> None:
    departments = Departments(server.cases_now, server.gateway.clock, office=server.amendments_now)
    departments.correct(the_case().case_id, {"premises.address": "𠮷祥路 18 号"}, "门牌号按登记信息核正。")
    now = raw("GET", PATH).json()
    assert now["document"]["form"]["premises.address"] == "𠮷祥路 18 号"
    assert now["trail"][0]["who"] == "示范区审批部门"
    (row,) = raw("GET", "/v1/feeds/cases").json()["items"]
    assert (row["rev"], row["content_rev"]) == (2, 2)
    server.gateway.cases.advance(the_case().case_id, Stage.UNDER_REVIEW)
    (row,) = raw("GET", "/v1/feeds/cases").json()["items"]
    assert (row["rev"], row["content_rev"]) == (3, 2)
    words = [message["words"] for message in raw("GET", "/v1/feeds/messages").json()["items"]]
    assert "门牌号按登记信息核正。" in words
    with pytest.raises(KeyError):
        departments.correct(the_case(2).case_id, {"premises.address": "一号"}, "")
