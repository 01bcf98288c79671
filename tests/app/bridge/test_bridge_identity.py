"""The check of identity is lent: verdicts only, agreed to, waited for, on record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bridge_kit import PURPOSE, Clerk, room

from app.bridge.consent import Decision
from app.identity.leaving import LEAVES

FIELDS = ["conclusion", "subject", "genuine"]


def test_it_is_lent_as_verdicts_once_the_clerk_made_it() -> None:
    made: dict[str, Any] = {}
    asked: list[str] = []

    def verdicts(system: str) -> Mapping[str, Any] | None:
        asked.append(system)
        return made or None

    with room(devices={}) as there:
        there.bridge.desk.lender._identity = verdicts
        page = there.page()
        wish = {"purpose": PURPOSE, "fields": FIELDS, "seconds": 1}
        waited = page("POST", "/v1/identity", wish).json()
        assert (waited["outcome"], waited["data"]) == ("TIMEOUT", None)
        made.update(dict.fromkeys(LEAVES, "x"), conclusion="passed", record="5f0c")
        answer = page("POST", "/v1/identity", wish).json()
        assert answer["data"] == {"conclusion": "passed", "subject": "x", "genuine": "x"}
        assert set(asked) == {"婚姻登记系统"}
        lent = there.trail("bridge.lent")[-1]
        assert (lent["record"], lent["loan"], lent["consent"], lent["outcome"]) == ("5f0c", "identity", "once", "OK")


def test_who_it_is_cannot_be_asked_for() -> None:
    with room(devices={}) as there:
        for field in ("name", "number", "photo"):
            assert there.page()("POST", "/v1/identity", {"purpose": PURPOSE, "fields": [field]}).status_code == 422
        assert there.clerk.questions == []


def test_a_clerk_who_refuses_lends_nothing() -> None:
    with room(devices={}, clerk=Clerk(Decision.REFUSED)) as there:
        there.bridge.desk.lender._identity = lambda _: dict.fromkeys(LEAVES, "x")
        answer = there.page()("POST", "/v1/identity", {"purpose": PURPOSE, "fields": FIELDS})
        assert answer.status_code == 403
        assert there.trail("bridge.refused")[-1]["loan"] == "identity"


def test_without_a_window_there_is_no_check_to_lend() -> None:
    with room(devices={}) as there:
        answer = there.page()("POST", "/v1/identity", {"purpose": PURPOSE, "fields": FIELDS}).json()
        assert (answer["outcome"], answer["data"]) == ("NOT_PRESENT", None)
