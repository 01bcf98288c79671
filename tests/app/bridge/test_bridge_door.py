"""Who gets to the bridge at all: exact origins, the right host, preflights, and never `null`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from bridge_kit import OTHER, PAGE, STRANGER, Room, room

from app.domain.errors import BadInput
from app.domain.lending import BridgeRules, exact_origin, read_bridge_rules


@pytest.fixture(scope="module")
def there() -> Iterator[Room]:
    with room({}) as made:
        yield made


def preflight(there: Room, origin: str, **more: str) -> requests.Response:
    headers = {"Origin": origin, "Access-Control-Request-Method": "POST", **more}
    return requests.options(f"{there.url}/v1/id-card", headers=headers, timeout=20)


@pytest.mark.parametrize("origin", [STRANGER, "null", "", PAGE + "/", PAGE + ":8443", PAGE.upper(), "http" + PAGE[5:]])
def test_an_origin_that_is_not_exactly_on_the_list_is_refused(there: Room, origin: str) -> None:
    reply = there.page(origin, paired=False)("GET", "/v1/devices")
    assert reply.status_code == 403
    assert reply.json()["type"].endswith("unknown-origin")
    assert "Access-Control-Allow-Origin" not in reply.headers


def test_without_an_origin_there_is_the_contract_and_nothing_else(there: Room) -> None:
    page = there.page(None)
    assert page("GET", "/v1/openapi.json").json()["openapi"] == "3.1.0"
    assert page("GET", "/v1/devices").status_code == 403
    assert page("POST", "/v1/pair", {"code": "123456"}).status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1.nip.io:{port}", "localhost:1", "0.0.0.0:{port}"]
)
def test_another_name_for_this_machine_is_refused(there: Room, host: str) -> None:
    page = there.page(PAGE)
    said = host.format(port=there.bridge.ports[0])
    assert page("GET", "/v1/devices", Host=said).status_code == 421
    assert page("GET", "/v1/devices", Host=f"localhost:{there.bridge.ports[0]}").status_code == 200


def test_a_page_of_the_list_may_ask_from_the_private_network(there: Room) -> None:
    reply = preflight(there, PAGE, **{"Access-Control-Request-Private-Network": "true"})
    assert reply.status_code == 204
    assert reply.headers["Access-Control-Allow-Origin"] == PAGE
    assert reply.headers["Access-Control-Allow-Private-Network"] == "true"
    assert "authorization" in reply.headers["Access-Control-Allow-Headers"]
    assert "*" not in str(reply.headers)
    assert "Access-Control-Allow-Private-Network" not in preflight(there, PAGE).headers
    assert preflight(there, STRANGER).status_code == 403


def test_each_page_is_told_of_itself_only(there: Room) -> None:
    for origin in (PAGE, OTHER):
        reply = there.page(origin)("GET", "/v1/devices")
        assert reply.headers["Access-Control-Allow-Origin"] == origin
        assert reply.headers["Vary"] == "Origin"


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("https://a.example", "https://a.example"),
        ("https://a.example:443", "https://a.example"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:80", "http://[::1]"),
    ],
)
def test_origins_as_browsers_send_them(text: str, exact: str) -> None:
    assert exact_origin(text) == exact


@pytest.mark.parametrize(
    "text",
    ["null", "*", "https://*.example", "https://a.example/", "https://a.example/x", "file://", "https://a@b",
     "a.example", "https://婚姻.example", "https://a..b", "http://a:0", "http://a:65536", "https://A.example"],
)  # fmt: skip
def test_what_is_no_exact_origin_is_refused_in_the_settings(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        exact_origin(text)
    with pytest.raises(BadInput, match="网页来源"):
        read_bridge_rules({"origins": {text: "系统"}}, "settings.toml")


@pytest.mark.parametrize(
    "raw",
    [{"port": 0}, {"port": "8761"}, {"port": 70000}, {"consent_seconds": 5}, {"wildcard": True},
     {"origins": {"https://a.example": ""}}, {"origins": ["https://a.example"]},
     {"origins": {"https://a.example": "长" * 25}},
     {"port": 1919, "id_reader_port": 1919}],
)  # fmt: skip
def test_wrong_rules_name_themselves(raw: dict[str, object]) -> None:
    with pytest.raises(BadInput, match=r"\[bridge\]"):
        read_bridge_rules(raw, "settings.toml")


def test_without_origins_nothing_is_lent() -> None:
    assert not BridgeRules().on
    assert read_bridge_rules({"origins": {"https://a.example": "系统"}}, "x").on
