"""The window's paper key is certified by the platform; whose papers count is kept, and nobody else's word is taken."""

from __future__ import annotations

import base64
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from gateway_kit import NOW

from app.documents.answer import Standing
from app.documents.trust import PaperTrust, load_trust, own_certificate, read_list
from app.domain.clock import FixedClock
from app.domain.errors import BadInput
from app.gateway.core import Gateway, open_gateway
from app.gateway.problems import Problem
from app.licences.cose import Algorithm, SigningKey, sign_raw
from app.licences.paper_certificate import read_certificate, request_body
from app.licences.snapshot import Pin, pin_of
from app.server.errors import Rejected
from app.sync.paper_keys import PaperKeyUpkeep


class Line:
    """A window's line to a gateway in the same process."""

    def __init__(self, gateway: Gateway, device: str) -> None:
        self.gateway, self.device = gateway, device
        self.asked = 0
        self.root = ""

    def feed_rows(self, feed: str) -> list[dict[str, Any]]:
        rows = self.gateway.feeds.page(feed, self.device, None, 200)["items"]
        return [row | ({"key": self.root} if self.root and row["id"] == "paper-root" else {}) for row in rows]

    def certify_paper_key(self, public_key: str, proof: str, window: str) -> tuple[str, str]:
        self.asked += 1
        document = {"public_key": public_key, "proof": proof, "window": window}
        try:
            found = self.gateway.paper_keys.certify(self.device, document)
        except Problem as problem:
            raise Rejected(problem.status, problem.title) from problem
        return found["certificate"], found["root"]


def ask(line: Line, key: SigningKey) -> None:
    """Straight to the platform, with a good proof."""
    pin = pin_of(key)
    proof = sign_raw(request_body(line.device, pin, "x"), key)
    line.certify_paper_key(pin.text, base64.b64encode(proof).decode(), "x")


class Window:
    def __init__(self, gateway: Gateway, folder: Path, device: str, clock: FixedClock) -> None:
        self.key = SigningKey.generate(Algorithm.EDDSA)
        self.folder = folder / device
        self.folder.mkdir()
        self.line = Line(gateway, device)
        self.clock = clock

    def run(self, root: str = "") -> bool:
        return PaperKeyUpkeep(
            self.line, self.line, self.key, self.folder, self.clock, self.line.device, "3号窗口", root
        ).run()

    @property
    def trust(self) -> PaperTrust:
        return load_trust(self.folder, lambda _: [])


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def gateway(tmp_path: Path, clock: FixedClock) -> Any:
    opened = open_gateway(f"sqlite:///{tmp_path}/g.db", tmp_path / "files", clock)
    yield opened
    opened.close()


@pytest.fixture
def windows(gateway: Gateway, tmp_path: Path, clock: FixedClock) -> tuple[Window, Window]:
    return Window(gateway, tmp_path, "W03-01", clock), Window(gateway, tmp_path, "W04-01", clock)


def test_each_window_is_certified_once_and_knows_the_others(windows: tuple[Window, Window]) -> None:
    one, other = windows
    assert one.run()
    assert other.run()
    assert one.run(), "hears of the other"
    assert not one.run()
    assert (one.line.asked, other.line.asked) == (1, 1)
    for window in windows:
        assert {certificate.kid for certificate in window.trust.certificates} == {one.key.kid, other.key.kid}
    mine = read_certificate(own_certificate(one.folder, one.key.kid), one.trust.roots)
    assert (mine.device, mine.window) == ("W03-01", "3号窗口")
    assert mine.holds_at(NOW)


def test_it_is_renewed_before_it_ends(windows: tuple[Window, Window], clock: FixedClock) -> None:
    one, _ = windows
    one.run()
    first = own_certificate(one.folder, one.key.kid)
    clock.advance(dt.timedelta(days=700))
    assert one.run()
    assert own_certificate(one.folder, one.key.kid) != first
    assert one.line.asked == 2


def test_a_revoked_device_is_heard_of_by_all_and_gets_no_other(
    windows: tuple[Window, Window], gateway: Gateway
) -> None:
    one, other = windows
    one.run()
    other.run()
    assert gateway.paper_keys.revoke("W03-01") == 1
    assert gateway.paper_keys.revoke("W03-01") == 0
    other.run()
    objection = other.trust.objection(one.key.kid, NOW)
    assert objection is not None
    assert objection[0] == Standing.REVOKED
    one.run()
    assert one.trust.objection(one.key.kid, NOW) is not None, "and by itself"
    with pytest.raises(Rejected) as refused:
        ask(one.line, one.key)
    assert refused.value.status == 403


def test_a_machine_set_up_anew_ends_its_old_key_whose_papers_stay_good(
    windows: tuple[Window, Window], clock: FixedClock
) -> None:
    one, other = windows
    one.run()
    old = one.key
    clock.advance(dt.timedelta(days=10))
    one.key = SigningKey.generate(Algorithm.EDDSA)
    one.run()
    other.run()
    assert other.trust.objection(old.kid, NOW) is None
    assert other.trust.objection(old.kid, NOW + dt.timedelta(days=11)) is not None
    assert other.trust.objection(one.key.kid, NOW + dt.timedelta(days=11)) is None


def test_another_root_is_not_taken(windows: tuple[Window, Window]) -> None:
    one, _ = windows
    one.run()
    before = read_list(one.folder)
    one.line.root = pin_of(SigningKey.generate(Algorithm.EDDSA)).text
    with pytest.raises(BadInput, match="根密钥"):
        one.run()
    assert read_list(one.folder) == before


def test_a_root_given_at_enrolment_is_the_only_one(windows: tuple[Window, Window], gateway: Gateway) -> None:
    one, other = windows
    assert one.run(gateway.paper_keys.root())
    with pytest.raises(BadInput):
        other.run(pin_of(SigningKey.generate(Algorithm.EDDSA)).text)
    assert read_list(other.folder)["roots"] == []


def test_nobody_is_certified_without_proof_of_the_key(windows: tuple[Window, Window], gateway: Gateway) -> None:
    one, other = windows
    stolen = pin_of(other.key).text
    for document in (
        {"public_key": stolen, "proof": "AAAA" * 22, "window": "x"},
        {"public_key": "x" * 43, "proof": "AAAA" * 22, "window": "x"},
        {"public_key": stolen, "proof": "not base64", "window": "x"},
    ):
        with pytest.raises(Problem) as caught:
            gateway.paper_keys.certify("W03-01", document)
        assert caught.value.status == 422
    other.run()
    with pytest.raises(Rejected) as refused:
        ask(one.line, other.key)
    assert refused.value.status == 403, "the key is another device's"


def test_a_forged_row_in_the_feed_is_left_out(windows: tuple[Window, Window], gateway: Gateway) -> None:
    one, other = windows
    name = "paper-key-" + other.key.kid.hex()
    forged = {"id": name, "device": "x", "certificate": "AAAA", "revoked_at": None, "ended_at": None}
    gateway.feeds.publish("policies", name, forged)
    one.run()
    assert {certificate.kid for certificate in one.trust.certificates} == {one.key.kid}


def test_a_platform_without_certificates_is_left_in_peace(windows: tuple[Window, Window], gateway: Gateway) -> None:
    one, _ = windows
    gateway.feeds.publish("policies", "paper-root", None)
    assert not one.run()
    assert one.line.asked == 0


def test_the_root_is_the_same_for_all_gateways_of_a_hall(gateway: Gateway, tmp_path: Path, clock: FixedClock) -> None:
    second = open_gateway(f"sqlite:///{tmp_path}/g.db", tmp_path / "files", clock)
    try:
        assert second.paper_keys.root() == gateway.paper_keys.root()
        assert Pin.read(second.paper_keys.root())
    finally:
        second.close()
