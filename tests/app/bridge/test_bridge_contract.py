"""The bridge against its own OpenAPI document: whatever is sent, it answers as promised. FAULTS=nightly asks more."""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

import pytest
import requests
import schemathesis
from bridge_kit import PAGE, Room, room
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.bridge import http_api

NIGHTLY = os.environ.get("FAULTS") == "nightly"
EXAMPLES = 500 if NIGHTLY else 4
pytestmark = pytest.mark.timeout(3600 if NIGHTLY else 300)
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


class Paired(requests.auth.AuthBase):
    """What every honest page sends. One that gave its pairing up pairs again: else all that follows is a 401."""

    def __init__(self, there: Room) -> None:
        self._there = there
        self._token = there.pair(PAGE)

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if not self._there.bridge.pairings.knows(PAGE, self._token):
            self._token = self._there.pair(PAGE)
        request.headers["Authorization"] = f"Bearer {self._token}"
        request.headers["Origin"] = PAGE
        return request


def violations(there: Room, examples: int) -> dict[str, str]:
    """Ask every endpoint; the first broken promise of each. No devices stand there: what is held is the door."""
    there.bridge.desk._pace._most = there.bridge.pairings._pace._most = 10**9
    found: dict[str, str] = {}
    statuses: Counter[int] = Counter()
    schema = schemathesis.openapi.from_url(f"{there.url}/v1/openapi.json")
    session = requests.Session()
    session.auth = Paired(there)
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck),
            derandomize=not NIGHTLY, phases=(Phase.generate,),
        )  # fmt: skip
        @given(
            case=st.one_of(
                operation.as_strategy(generation_mode=GenerationMode.POSITIVE),
                operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
            )
        )
        def ask(label: str, case: Any) -> None:
            if label in found:
                return
            response = case.call(session=session)
            statuses[response.status_code] += 1
            try:
                case.validate_response(response, checks=CHECKS)
            except FailureGroup as group:
                found[label] = "\n".join(str(each) for each in group.exceptions)

        ask(operation.label)
    session.close()
    assert statuses[401] == 0
    assert statuses[200] > statuses.total() / 10, statuses  # or the door alone was tried
    return found


def test_whatever_is_asked_the_bridge_answers_as_it_promised() -> None:
    with room({}) as there:
        assert violations(there, EXAMPLES) == {}


def test_the_harness_catches_a_broken_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_api, "devices_document", lambda desk, window: {"window": 3})
    with room({}) as there:
        assert violations(there, 2).keys() == {"GET /v1/devices"}


def test_every_door_but_the_contract_is_locked() -> None:
    with room({}) as there:
        document = requests.get(f"{there.url}/v1/openapi.json", timeout=20).json()
        page = there.page(paired=False)
        asked = 0
        for path, operations in document["paths"].items():
            for method, operation in operations.items():
                if operation.get("security") == []:
                    continue
                asked += 1
                assert page(method.upper(), path, {}).status_code == 401, path
        assert asked == 14
