"""Ratings at the gateway, by contract: one a case, of a case that this window brought; a bad one is answered."""

from __future__ import annotations

import functools
from typing import Any

import pytest
from gateway_kit import NOW, Raw, make_case, new_key

from app.domain.case import Case
from app.domain.clock import FixedClock
from app.domain.rating import Channel, Grade, Opinion, Rater
from app.gateway.server import GatewayServer
from app.server.wire import case_document, rating_document


@functools.cache
def the_case(serial: int) -> Case:
    """Each call of the kit's makes another case."""
    return make_case(serial)


def rating(serial: int = 1, grade: Grade = Grade.GOOD) -> dict[str, Any]:
    opinion = Opinion(grade, NOW, ("401",))
    return rating_document(the_case(serial), opinion, Channel.HALL_TABLET, Rater.PERSON, "330502-wjj")


def received(raw: Raw, serial: int = 1) -> None:
    assert raw("POST", "/v1/cases", case_document(the_case(serial)), key=new_key()).status_code == 201


def test_a_rating_names_person_item_and_clerk_and_is_kept(server: GatewayServer, raw: Raw) -> None:
    received(raw)
    reply = raw("POST", "/v1/ratings", rating(), key=new_key())
    case = the_case(1)
    assert reply.status_code == 201, reply.text
    assert reply.json()["work_order"] is None
    kept = server.gateway.ratings.document(case.case_id)
    assert (kept["userName"], kept["taskName"], kept["handleUserName"]) == ("李𠮷", case.item_name, case.clerk)
    assert kept["case_no"] == server.gateway.cases.numbers()[case.case_id]
    assert (kept["satisfaction"], kept["pf"], kept["userProp"], kept["evalDetail"]) == (4, 4, 1, ["401"])


def test_the_same_rating_may_come_again_and_counts_once(server: GatewayServer, raw: Raw) -> None:
    received(raw)
    key = new_key()
    first = raw("POST", "/v1/ratings", rating(grade=Grade.BAD), key=key)
    again = raw("POST", "/v1/ratings", rating(grade=Grade.BAD), key=key)
    elsewhere = raw("POST", "/v1/ratings", rating(grade=Grade.BAD), key=new_key())
    assert first.json() == again.json() == elsewhere.json()
    assert again.headers["Idempotency-Replayed"] == elsewhere.headers["Idempotency-Replayed"] == "true"
    assert len(server.gateway.ratings.open_orders()) == 1


def test_a_second_opinion_on_one_case_is_refused(server: GatewayServer, raw: Raw) -> None:
    received(raw)
    key = new_key()
    assert raw("POST", "/v1/ratings", rating(grade=Grade.VERY_BAD), key=key).status_code == 201
    better = rating(grade=Grade.VERY_GOOD)
    assert raw("POST", "/v1/ratings", better, key=key).status_code == 422
    assert raw("POST", "/v1/ratings", better, key=new_key()).status_code == 422
    assert server.gateway.ratings.document(the_case(1).case_id)["satisfaction"] == 1


def test_a_case_of_somebody_else_or_nobody_cannot_be_rated(raw: Raw, stranger: Raw) -> None:
    received(raw)
    assert stranger("POST", "/v1/ratings", rating(), key=new_key()).status_code == 404
    assert raw("POST", "/v1/ratings", rating(2), key=new_key()).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [("satisfaction", 0), ("satisfaction", 6), ("handleUserName", ""), ("assessNumber", 2), ("userProp", 3)],
)
def test_a_malformed_rating_is_refused(raw: Raw, field: str, value: object) -> None:
    received(raw)
    assert raw("POST", "/v1/ratings", {**rating(), field: value}, key=new_key()).status_code == 422


@pytest.mark.parametrize("grade", list(Grade))
def test_only_a_bad_grade_opens_a_work_order(server: GatewayServer, raw: Raw, grade: Grade) -> None:
    received(raw)
    order = raw("POST", "/v1/ratings", rating(grade=grade), key=new_key()).json()["work_order"]
    assert (order is not None) == (grade <= 2)
    assert len(server.gateway.ratings.open_orders()) == (1 if grade <= 2 else 0)


def test_a_work_order_is_told_to_the_window_and_closed(server: GatewayServer, raw: Raw, clock: FixedClock) -> None:
    received(raw)
    order = raw("POST", "/v1/ratings", rating(grade=Grade.VERY_BAD), key=new_key()).json()["work_order"]
    assert order["due"] == "2026-12-11", "15 working days after Saturday 21 November"
    feed = raw("GET", "/v1/feeds/messages")
    (told,) = feed.json()["items"]
    assert (told["kind"], told["due"]) == ("notice", "2026-12-11")
    assert the_case(1).applicant_name not in feed.text, "who rated is not told"
    assert "满意" not in feed.text, "nor how"
    server.gateway.ratings.close_order(order["id"], "已电话致歉，流程已改。")
    (told,) = raw("GET", "/v1/feeds/messages").json()["items"]
    assert "已电话致歉" in told["words"]
    assert server.gateway.ratings.open_orders() == []
    with pytest.raises(KeyError):
        server.gateway.ratings.close_order(order["id"], "再次")
