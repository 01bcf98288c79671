"""Possible duplicates as the gateway's messages tell of them: found by case, noted when a person has spoken."""

from __future__ import annotations

from typing import Any

from app.domain.clock import isoformat
from app.domain.numbering import uuid7
from offline_db.store import Store
from tests.offline_db.conftest import START
from tests.offline_db.made_up_cases import made_event


def message(case_id: str, other: str, decision: str = "") -> dict[str, Any]:
    about = {"double_id": "d", "provisional_no": "B02202611210001", "decision": decision, "clerk": ""}
    return {"id": f"{case_id}.double.{other}", "case_id": case_id, "at": isoformat(START), "double": about}


def test_a_case_is_open_until_somebody_has_spoken(store: Store) -> None:
    one, two, other = uuid7(START), uuid7(START), uuid7(START)
    rows = [message(one, other), message(one, two), message(two, other, "both"), {"id": f"{two}.3", "at": ""}]
    store.apply_feed("messages", rows, [], "c1")
    assert store.open_doubles() == {one}
    assert [row["id"] for row in store.doubles(one)] == sorted(row["id"] for row in rows[:2])
    assert store.unread_messages() == 4
    for row in rows[:2]:
        store.note_double(row["id"], "other", "李敏", made_event("double.settled", one))
    assert store.open_doubles() == frozenset()
    assert {(row["double"]["decision"], row["double"]["clerk"]) for row in store.doubles(one)} == {("other", "李敏")}
    assert store.unread_messages() == 2, "what somebody has acted on was read"
    assert [entry.action for entry in store.audit_entries()] == ["double.settled", "double.settled"]


def test_what_the_gateway_says_stands_over_what_was_noted(store: Store) -> None:
    one, other = uuid7(START), uuid7(START)
    store.apply_feed("messages", [message(one, other)], [], "c1")
    store.note_double(message(one, other)["id"], "mine", "李敏", made_event("double.settled", one))
    store.apply_feed("messages", [message(one, other, "both")], [], "c2")
    assert store.doubles(one)[0]["double"]["decision"] == "both"
    store.apply_feed("messages", [], [message(one, other)["id"]], "c3")
    assert store.doubles(one) == []
    # It went meanwhile: what a person did stays in the trail.
    store.note_double(message(one, other)["id"], "mine", "李敏", made_event("double.settled", one))
    assert store.doubles(one) == []
    assert len(store.audit_entries()) == 2
