"""The API against its own contract: whatever is sent, right or wrong, the gateway answers as its OpenAPI document says.

Requests are made by schemathesis from the running gateway's document. FAULTS=nightly sends 1,000 to each endpoint.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from gateway_kit import DEVICE, DEVICES, NOW, OTHER_DEVICE, TOKEN, Raw, make_case, new_key, page_bytes
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.domain.clock import FixedClock
from app.gateway.endpoints import Endpoints
from app.gateway.feeds import FEEDS
from app.gateway.http import Answer, Call
from app.gateway.server import GatewayServer
from app.server import headers as h
from app.server.wire import case_document

NIGHTLY = os.environ.get("FAULTS") == "nightly"
EXAMPLES = 1000 if NIGHTLY else 15
pytestmark = pytest.mark.timeout(7200 if NIGHTLY else 600)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]


@schemathesis.serializer(h.OFFSET_TYPE)
def octets(context: object, value: object) -> bytes:
    """The body of an upload: whatever was drawn, as bytes."""
    return value if isinstance(value, bytes) else repr(value).encode("utf-8", "surrogatepass")


class Signed(requests.auth.AuthBase):
    """What every honest client sends: its token, and the digest of the body. Else nothing gets past the door."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body.encode() if isinstance(request.body, str) else request.body or b""
        request.headers["Authorization"] = f"Bearer {TOKEN}"
        request.headers[h.DEVICE_ID] = DEVICE
        request.headers[h.CONTENT_DIGEST] = h.content_digest(body)
        return request


@contextmanager
def gateway(folder: Path) -> Iterator[tuple[GatewayServer, dict[str, list[str]]]]:
    """A gateway with a case and an upload, and the ids of what is there, by the names of the parameters."""
    with GatewayServer(
        db_url=f"sqlite:///{folder}/gateway.db", files_folder=folder / "files", clock=FixedClock(NOW), devices=DEVICES
    ) as server:
        raw = Raw(server.url)
        data = page_bytes(1, 100)
        case = make_case(1, (data,))
        assert raw("POST", "/v1/cases", case_document(case), key=new_key()).status_code == 201
        upload = new_key()
        metadata = h.upload_metadata({"sha256": case.materials[1].pages[0].sha256})
        tus = {"Tus-Resumable": h.TUS_VERSION, "Upload-Length": "100", "Upload-Metadata": metadata}
        assert raw("POST", "/v1/files", data=b"", key=upload, **tus).status_code == 201
        yield server, {"upload_id": [upload], "material_id": ["lease"], "feed": list(FEEDS), "source": ["residents"]}


def violations(server: GatewayServer, known: dict[str, list[str]], examples: int) -> dict[str, str]:
    """Ask every endpoint; the first broken promise of each."""
    found: dict[str, str] = {}
    schema = schemathesis.openapi.from_url(f"{server.url}/v1/openapi.json")
    session = requests.Session()
    session.auth = Signed()
    asked = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        names = re.findall(r"{(\w+)}", operation.path)
        things = st.fixed_dictionaries({name: st.sampled_from(known[name]) for name in names if name in known})

        @settings(
            max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck),
            derandomize=not NIGHTLY, phases=(Phase.generate,),
        )  # fmt: skip
        @given(
            case=st.one_of(
                operation.as_strategy(generation_mode=GenerationMode.POSITIVE),
                operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
            ),
            there=st.none() | things,
        )
        def ask(label: str, case: Any, there: dict[str, str] | None) -> None:
            # Written down and not raised: the gateway remembers what it was asked, so hypothesis could not repeat it.
            nonlocal asked
            if label in found:
                return
            asked += 1
            if there:
                case.path_parameters = {**(case.path_parameters or {}), **there}
            response = case.call(session=session)
            try:
                case.validate_response(response, checks=CHECKS)
            except FailureGroup as group:
                found[label] = "\n".join(str(each) for each in group.exceptions)

        ask(operation.label)
    session.close()
    print(f"{asked} requests to {len(schema)} paths, {len(found)} endpoints break the contract")
    return found


def test_whatever_is_asked_the_gateway_answers_as_it_promised(tmp_path: Path) -> None:
    with gateway(tmp_path) as (server, known):
        assert violations(server, known, EXAMPLES) == {}


def test_the_harness_catches_a_broken_promise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def out_of_order(endpoints: Endpoints, call: Call) -> Answer:
        raise RuntimeError

    monkeypatch.setattr(Endpoints, "get_time", lambda endpoints, call: Answer(200, {"api": 1}))
    monkeypatch.setattr(Endpoints, "get_feed", out_of_order)
    with gateway(tmp_path) as (server, known):
        found = violations(server, known, 2)
    assert found.keys() == {"GET /v1/time", "GET /v1/feeds/{feed}"}
    assert "Server error" in found["GET /v1/feeds/{feed}"]


@pytest.mark.parametrize(
    ("headers", "statuses"),
    [
        ({}, {401}),
        ({"Authorization": "Bearer made-up-token-of-nobody-at-all"}, {401}),
        ({"Authorization": f"Basic {TOKEN}"}, {401}),
        ({"Authorization": f"Bearer {TOKEN}", h.DEVICE_ID: OTHER_DEVICE}, {403}),
    ],
)
def test_nobody_unknown_is_let_in(tmp_path: Path, headers: dict[str, str], statuses: set[int]) -> None:
    with gateway(tmp_path) as (server, known):
        document = requests.get(f"{server.url}/v1/openapi.json", timeout=20).json()
        asked = 0
        for path, operations in document["paths"].items():
            for method, operation in operations.items():
                place = re.sub(r"{(\w+)}", lambda name: known.get(name[1], ["1"])[0], path)
                if operation.get("security") == []:
                    continue
                asked += 1
                reply = requests.request(method, server.url + place, data=b"{}", headers=headers, timeout=20)
                assert reply.status_code in statuses, f"{method} {path}"
        assert asked > 15
