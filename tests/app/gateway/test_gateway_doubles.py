"""Possible duplicates of two windows: both are taken in, both windows hear of it, and a person says what it is."""

from __future__ import annotations

import dataclasses
import datetime as dt
import threading
from typing import Any

import pytest
from gateway_kit import DEVICE, NOW, OTHER_DEVICE, Raw, make_case, new_key
from jsonschema import Draft202012Validator

from app.domain.case import Case
from app.domain.clock import FixedClock
from app.domain.numbering import provisional_number, uuid7
from app.gateway.cases import Sender
from app.gateway.doubles import DAYS
from app.gateway.problems import busy
from app.gateway.server import GatewayServer
from app.server.message_schemas import MESSAGE
from app.server.wire import case_document


def twin(case: Case, serial: int = 1, **changes: Any) -> Case:
    """The same applicant and item, accepted by somebody else."""
    window = dataclasses.replace(case.window, id="B02", name="2 号窗口")
    values = {
        "case_id": uuid7(NOW),
        "provisional_no": provisional_number("B02", NOW, serial),
        "window": window,
        **changes,
    }
    return dataclasses.replace(case, **values)


def send(raw: Raw, case: Case) -> None:
    assert raw("POST", "/v1/cases", case_document(case), key=new_key()).status_code == 201


def told(raw: Raw) -> list[dict[str, Any]]:
    rows = raw("GET", "/v1/feeds/messages").json()["items"]
    for row in rows:
        Draft202012Validator(MESSAGE).validate(row)
    return list(rows)


def settle(raw: Raw, double_id: str, case: Case, decision: str) -> Any:
    body = {"case_id": case.case_id, "decision": decision, "clerk": "0007"}
    return raw("POST", f"/v1/doubles/{double_id}:settle", body)


def test_both_are_taken_in_and_both_windows_hear_of_it(server: GatewayServer, raw: Raw, stranger: Raw) -> None:
    mine = make_case(1)
    theirs = twin(mine)
    send(raw, mine)
    assert told(raw) == []
    send(stranger, theirs)
    assert server.gateway.cases.numbers().keys() == {mine.case_id, theirs.case_id}
    (here,), (there,) = told(raw), told(stranger)
    assert (here["case_id"], here["double"]["provisional_no"]) == (mine.case_id, theirs.provisional_no)
    assert (there["case_id"], there["double"]["provisional_no"]) == (theirs.case_id, mine.provisional_no)
    assert "2 号窗口" in here["double"]["place"]
    assert here["double"]["decision"] == there["double"]["decision"] == ""
    assert here["double"]["double_id"] == there["double"]["double_id"]
    for row in (here, there):
        assert mine.applicant_name not in str(row)
        assert mine.applicant_number not in str(row)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("another applicant", {"applicant_number": make_case(2).applicant_number}),
        ("another item", {"item_code": make_case(1).item_code + "-02"}),
        ("long ago", {"accepted_at": NOW - dt.timedelta(days=DAYS, minutes=1)}),
        ("nobody's number", {"applicant_number": ""}),
    ],
)
def test_what_is_no_double(server: GatewayServer, name: str, changes: dict[str, Any]) -> None:
    desk = server.gateway.cases
    # The item is not limited here: past the endpoint's list of items.
    desk._item_codes = None
    first = make_case(1) if name != "nobody's number" else dataclasses.replace(make_case(1), applicant_number="")
    try:
        desk.submit(new_key(), case_document(first), Sender(DEVICE, 1, NOW.isoformat().replace("+00:00", "Z")))
        second = Sender(OTHER_DEVICE, 1, NOW.isoformat().replace("+00:00", "Z"))
        desk.submit(new_key(), case_document(twin(first, **changes)), second)
    finally:
        desk._item_codes = frozenset({make_case(1).item_code})
    assert server.gateway.doubles.open_pairs() == []


def test_one_window_knows_its_own_cases(server: GatewayServer, raw: Raw) -> None:
    send(raw, make_case(1))
    send(raw, twin(make_case(1)))
    assert server.gateway.doubles.open_pairs() == []


def test_a_case_makes_one_pair_however_many_there_are(server: GatewayServer) -> None:
    desk = server.gateway.cases
    for n in range(1, 7):
        desk.submit(new_key(), case_document(twin(make_case(1), n)), Sender(OTHER_DEVICE if n % 2 else DEVICE))
    pairs = server.gateway.doubles.open_pairs()
    assert len(pairs) == 5
    assert len({case_id for pair in pairs for case_id in pair.split(".")}) == 6, "and none goes without"


def test_days_offline_hide_nothing(server: GatewayServer, raw: Raw, stranger: Raw, clock: FixedClock) -> None:
    """The other window was away for four weeks: what counts is when the two were accepted."""
    mine = make_case(1)
    send(raw, mine)
    clock.advance(dt.timedelta(days=28))
    send(stranger, twin(mine))
    assert len(server.gateway.doubles.open_pairs()) == 1


def test_a_clock_that_cannot_be_believed_excuses_nobody(server: GatewayServer) -> None:
    mine = make_case(1)
    late = twin(mine, accepted_at=NOW - dt.timedelta(days=400))
    server.gateway.cases.submit(new_key(), case_document(mine), Sender(DEVICE))
    server.gateway.cases.submit(new_key(), case_document(late), Sender(OTHER_DEVICE))
    assert len(server.gateway.doubles.open_pairs()) == 1


def test_a_repetition_is_looked_at_again_and_tells_nothing_twice(
    server: GatewayServer, raw: Raw, stranger: Raw, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The gateway died between taking the case in and looking: the window asks again, and then it is seen."""
    mine, key = make_case(1), new_key()
    theirs = twin(mine)
    send(raw, mine)

    def gone(*_: object) -> None:
        raise busy(1)

    with monkeypatch.context() as broken:
        broken.setattr(server.gateway.cases._doubles, "look", gone)
        assert stranger("POST", "/v1/cases", case_document(theirs), key=key).status_code == 503
    assert server.gateway.doubles.open_pairs() == []
    for _ in range(3):
        assert stranger("POST", "/v1/cases", case_document(theirs), key=key).status_code == 201
    assert len(server.gateway.doubles.open_pairs()) == 1
    assert (len(told(raw)), len(told(stranger))) == (1, 1)


def test_two_that_arrive_at_one_moment_are_seen(server: GatewayServer) -> None:
    desk = server.gateway.cases
    pairs = [(make_case(n), twin(make_case(n), n)) for n in range(1, 13)]
    gate = threading.Barrier(2)
    failed: list[BaseException] = []

    def run(side: int, device: str) -> None:
        try:
            for pair in pairs:
                gate.wait(20)
                desk.submit(new_key(), case_document(pair[side]), Sender(device))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=one) for one in ((0, DEVICE), (1, OTHER_DEVICE))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failed
    assert len(server.gateway.doubles.open_pairs()) == len(pairs)


def test_a_person_settles_it_for_both_and_the_first_word_stands(server: GatewayServer, raw: Raw, stranger: Raw) -> None:
    mine = make_case(1)
    theirs = twin(mine)
    send(raw, mine)
    send(stranger, theirs)
    double_id = told(raw)[0]["double"]["double_id"]
    # Whose case it is not may say nothing, neither of a made-up pair.
    assert settle(raw, double_id, theirs, "both").status_code == 404
    assert settle(raw, "no.such", mine, "both").status_code == 404
    assert settle(raw, double_id, mine, "mine").json() == {"double_id": double_id, "keep": mine.case_id}
    assert server.gateway.doubles.open_pairs() == []
    assert told(raw)[0]["double"]["decision"] == "mine"
    (there,) = told(stranger)
    assert (there["double"]["decision"], there["double"]["clerk"]) == ("other", "0007")
    assert mine.provisional_no in there["words"]
    # Said once more, from either side: the same. Said otherwise: refused, with what was said.
    assert settle(raw, double_id, mine, "mine").status_code == 200
    assert settle(stranger, double_id, theirs, "other").status_code == 200
    refused = settle(stranger, double_id, theirs, "both")
    assert refused.status_code == 422
    assert mine.provisional_no in refused.json()["detail"]
    # Nothing was merged or dropped.
    assert server.gateway.cases.numbers().keys() == {mine.case_id, theirs.case_id}
    assert {server.gateway.cases.document(one.case_id)["provisional_no"] for one in (mine, theirs)} == {
        mine.provisional_no,
        theirs.provisional_no,
    }


def test_a_malformed_word_is_refused(server: GatewayServer, raw: Raw, stranger: Raw) -> None:
    mine = make_case(1)
    send(raw, mine)
    send(stranger, twin(mine))
    double_id = told(raw)[0]["double"]["double_id"]
    assert settle(raw, double_id, mine, "merge").status_code == 422
    assert len(server.gateway.doubles.open_pairs()) == 1
