"""What the gateway tells a window, by contract; and the departments that the demo plays."""

from __future__ import annotations

import datetime as dt

from gateway_kit import Raw, make_case, new_key, page_bytes
from jsonschema import Draft202012Validator

from app.domain.clock import FixedClock
from app.gateway.cases import Decision, Stage
from app.gateway.core import KEEP
from app.gateway.departments import PACE, Departments
from app.gateway.server import GatewayServer
from app.server.message_schemas import MESSAGE
from app.server.wire import case_document


def messages(raw: Raw) -> list[dict[str, object]]:
    page = raw("GET", "/v1/feeds/messages").json()
    for row in page["items"]:
        Draft202012Validator(MESSAGE).validate(row)
    return list(page["items"])


def submit(raw: Raw, serial: int = 1, pages: tuple[bytes, ...] = ()) -> str:
    case = make_case(serial, pages)
    assert raw("POST", "/v1/cases", case_document(case), key=new_key()).status_code == 201
    return case.case_id


def test_a_department_tells_the_window_that_accepted(server: GatewayServer, raw: Raw, stranger: Raw) -> None:
    case_id = submit(raw)
    assert messages(raw) == []  # that it was accepted is no news to who accepted it
    server.advance(case_id, Stage.UNDER_REVIEW)
    server.advance(case_id, Stage.CORRECTION, Decision("请补充证明材料。", dt.date(2026, 11, 28)))
    server.advance(case_id, Stage.DECIDED, Decision(result="准予许可"))
    rows = messages(raw)
    assert [(row["kind"], row["stage"]) for row in rows] == [("stage", 3), ("correction", 11), ("result", 4)]
    assert (rows[1]["words"], rows[1]["due"], rows[2]["result"]) == ("请补充证明材料。", "2026-11-28", "准予许可")
    assert len({row["id"] for row in rows}) == 3
    assert {row["provisional_no"] for row in rows} == {make_case(1).provisional_no}
    assert messages(stranger) == []


def test_messages_name_nobody(server: GatewayServer, raw: Raw) -> None:
    server.advance(submit(raw), Stage.UNDER_REVIEW)
    text = raw("GET", "/v1/feeds/messages").text
    case = make_case(1)
    assert case.provisional_no in text
    assert case.applicant_name not in text
    assert case.applicant_number not in text


def test_messages_grow_old_and_go(server: GatewayServer, raw: Raw, clock: FixedClock) -> None:
    server.advance(submit(raw), Stage.UNDER_REVIEW)
    cursor = raw("GET", "/v1/feeds/messages").json()["next"]
    clock.advance(KEEP - dt.timedelta(days=1))
    server.gateway.tidy()
    assert len(messages(raw)) == 1
    clock.advance(dt.timedelta(days=2))
    server.gateway.tidy()
    assert messages(raw) == []
    assert len(raw("GET", f"/v1/feeds/messages?after={cursor}").json()["tombstones"]) == 1


def test_the_demos_departments_move_cases_on_in_their_time(server: GatewayServer, raw: Raw, clock: FixedClock) -> None:
    cases = [submit(raw, n) for n in range(1, 9)]
    waiting = submit(raw, 20, (page_bytes(1),))  # its page has not come: it stays at 收件
    departments = Departments(server.cases_now, clock)
    assert departments.work() == 0
    clock.advance(PACE)
    assert departments.work() == len(cases)
    assert {row["stage"] for row in messages(raw)} == {3}
    assert departments.work() == 0  # one stage at a time
    clock.advance(PACE)
    assert departments.work() == len(cases)
    stages = {str(row["case_id"]): row["stage"] for row in messages(raw)}
    turns = {case_id: int(case_id[-4:], 16) % 4 for case_id in cases}
    assert stages == {case_id: {1: 11, 2: 12}.get(turn, 4) for case_id, turn in turns.items()}
    clock.advance(PACE)
    departments.work()
    clock.advance(PACE)
    assert departments.work() == 0, "all are decided"
    assert waiting not in stages
    assert raw("GET", "/v1/feeds/cases").json()["items"][0]["stage"] in (1, 4)
