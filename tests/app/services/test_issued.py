"""Issued e-licences at the window: heard of, fetched, checked before anybody is handed one, kept for offline work."""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from gateway_kit import DEVICE, DEVICES, ITEM, NOW, TOKEN, Workstation, workstation
from issue_kit import OLD, TYPE_CODE, authority, permit_case, prepare, trust_of

from app.domain.case import Case
from app.domain.clerk import Clerk
from app.domain.clock import FixedClock, isoformat
from app.domain.errors import EnvironmentProblem, Refused
from app.domain.fact import Verdict
from app.domain.item import MaterialUse
from app.gateway.authorities import Authority
from app.gateway.cases import Decision, Stage
from app.gateway.issuing import IssueDesk
from app.gateway.server import GatewayServer
from app.licences.ended import EndStatement, read_end
from app.licences.facts import licence_facts
from app.licences.identifier import build_identifier
from app.licences.issue import issue_licence
from app.licences.snapshot import Pin
from app.licences.trust import TrustList, identifier_hash
from app.licences.trust_keeper import TrustKeeper
from app.licences.verify import read_licence
from app.server.client import GatewayClient
from app.server.errors import Unreachable
from app.server.issue_client import ENDED, IssueClient
from app.services.duty import Duty
from app.services.issued import COPIES, IssuedLicences
from app.services.scan_licence import ScanLicence
from app.sync.engine import SyncEngine

CLERK = Clerk("0007", "窗口人员")
GRANT = Decision(result="准予许可")


class Counter:
    """A window with its gateway, its sync and its trust list."""

    def __init__(self, folder: Path, trust: TrustList, server: GatewayServer, station: Workstation) -> None:
        self.server, self.station, self.clock = server, station, station.clock
        self.trust = TrustKeeper(folder / "trust", trust, station.clock)
        self.line = IssueClient(server.url, DEVICE, TOKEN)
        self.client = GatewayClient(server.url, DEVICE, TOKEN)
        self.service = self.window(self.trust)
        self.engine = SyncEngine(
            station.store,
            station.vault,
            self.client,
            station.clock,
            random.Random(1),
            feeds=("policies", "cases", "messages"),
            upkeep=(self.service,),
        )
        self.scan = ScanLicence(station.clock, Duty(CLERK), self.trust)

    def roots(self) -> tuple[Pin, ...]:
        return (Pin.read(self.server.gateway.paper_keys.root()),)

    def window(self, trust: TrustKeeper) -> IssuedLicences:
        """What this window knows of licences, as after a start of the program."""
        return IssuedLicences(self.station.store, self.line, trust, self.clock, Duty(CLERK), self.roots)

    def accept(self, serial: int = 1, name: str = "") -> Case:
        case = permit_case(serial, name)
        # Nothing owed: it is received at once.
        case = dataclasses.replace(case, materials=case.materials[:1])
        self.station.accept(case)
        self.sync()
        return case

    def decide(self, case: Case, decision: Decision = GRANT) -> None:
        self.server.advance(case.case_id, Stage.DECIDED, decision)

    def sync(self) -> None:
        assert self.engine.run_once().online

    def close(self) -> None:
        self.line.close()
        self.client.close()


@pytest.fixture
def issuer() -> Authority:
    return authority()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[GatewayServer]:
    with GatewayServer(
        db_url=f"sqlite:///{tmp_path}/gateway.db",
        files_folder=tmp_path / "files",
        item_codes={ITEM},
        clock=FixedClock(NOW),
        devices=DEVICES,
    ) as running:
        yield running


@pytest.fixture
def counter(tmp_path: Path, server: GatewayServer, issuer: Authority) -> Iterator[Counter]:
    prepare(server, issuer)
    with workstation(tmp_path / "window") as station:
        made = Counter(tmp_path, trust_of(issuer), server, station)
        yield made
        made.close()


def actions(counter: Counter) -> list[str]:
    return [entry.action for entry in counter.station.store.audit_entries(0)]


def test_what_was_heard_can_be_shown_offline(counter: Counter, server: GatewayServer) -> None:
    case = counter.accept()
    assert counter.service.of_case(case.case_id) is None
    with pytest.raises(Refused, match="还没有签发"):
        counter.service.show(case.case_id)
    counter.decide(case)
    counter.sync()
    server.stop()
    shown = counter.service.show(case.case_id)
    assert shown.reading.verdict is Verdict.SIGNATURE_VALID
    assert shown.reading.holder["name"] == case.applicant_name
    assert counter.service.printed(case.case_id).licence == shown.licence
    assert actions(counter)[-2:] == ["licence.shown", "licence.printed"]
    assert shown.licence.code not in repr(counter.station.store.audit_entries(0))


def test_heard_and_not_yet_here_says_so(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    case = counter.accept()
    counter.decide(case)

    def down(*args: object) -> None:
        raise Unreachable("网络中断")

    with monkeypatch.context() as cut:
        cut.setattr(counter.line, "fetch", down)
        counter.engine.run_once()  # the message came, the licence did not
    issued = counter.service.of_case(case.case_id)
    assert issued is not None
    assert (issued.licence, issued.why) == (None, "")
    with pytest.raises(EnvironmentProblem, match="还没有取到"):
        counter.service.show(case.case_id)
    counter.sync()
    assert counter.service.show(case.case_id).licence.title == "电子居住证"


def test_the_new_licence_works_at_another_window(counter: Counter) -> None:
    case = counter.accept()
    counter.decide(case)
    counter.sync()
    shown = counter.service.show(case.case_id)
    reading = counter.scan.read(shown.licence.code)
    assert reading.verdict is Verdict.SIGNATURE_VALID
    facts = {fact.key: fact for fact in licence_facts(reading, NOW)}
    assert facts["permit.permit_city"].value == "湖州市"
    assert facts["permit.permit_number"].source.kind == "licence"
    material = MaterialUse("old_residence_permit", "原居住证", waived_by=("residence_permit",))
    assert reading.licence["type"] in material.waived_by


def test_an_altered_code_is_refused(counter: Counter) -> None:
    case = counter.accept()
    counter.decide(case)
    counter.sync()
    code = counter.service.show(case.case_id).licence.code
    at = len(code) // 2
    other = code[:at] + ("A" if code[at] != "A" else "B") + code[at + 1 :]
    assert counter.scan.read(other).verdict is Verdict.INVALID


def test_withdrawn_it_is_refused_everywhere_and_forgotten_here(counter: Counter) -> None:
    case = counter.accept()
    counter.decide(case)
    counter.sync()
    code = counter.service.show(case.case_id).licence.code
    counter.decide(case, Decision(result="不予许可"))
    assert counter.scan.read(code).verdict is Verdict.SIGNATURE_VALID  # nobody has told this window yet
    counter.sync()
    reading = counter.scan.read(code)
    assert (reading.verdict, reading.reason) == (Verdict.REVOKED, "证照已注销：签发它的决定已撤回")
    with pytest.raises(Refused, match="已注销"):
        counter.service.show(case.case_id)
    assert counter.station.store.settings_under(COPIES) == {}
    # After a restart, offline, it is still refused.
    fresh = TrustKeeper(Path("/nowhere"), counter.trust.current, counter.clock)
    fresh.heed({})
    counter.window(fresh)
    assert read_licence(code, fresh.current, NOW).verdict is Verdict.REVOKED


def test_the_other_citys_permit_is_refused_once_converted(counter: Counter) -> None:
    jiaxing = authority("113304000025601162")
    code = issue_licence(
        jiaxing.key,
        issuer=jiaxing.name,
        identifier=build_identifier(TYPE_CODE, jiaxing.uscc, "20250000117"),
        type_id="residence_permit",
        title="居住证",
        holder={"name": "王㛃"},
        claims={},
        issued=NOW,
    )
    both = trust_of(jiaxing)
    keeper = TrustKeeper(Path("/nowhere"), both, counter.clock)
    service = counter.window(keeper)
    reading = read_licence(code, keeper.current, NOW)
    assert (reading.verdict, reading.licence["identifier"]) == (Verdict.SIGNATURE_VALID, OLD)
    case = counter.accept()
    counter.decide(case)
    counter.sync()
    service.run()
    reading = read_licence(code, keeper.current, NOW)
    assert reading.verdict is Verdict.REVOKED
    assert "已转换" in reading.reason


def test_one_signed_by_another_authority_is_handed_to_nobody(counter: Counter, server: GatewayServer) -> None:
    """The gateway holds a wrong key under the right name: the window's trust list decides."""
    server.gateway.issuing.authorities.take(authority())
    case = counter.accept()
    counter.decide(case)
    counter.sync()
    issued = counter.service.of_case(case.case_id)
    assert issued is not None
    assert issued.licence is None
    assert "核验不通过" in issued.why
    with pytest.raises(Refused, match="不能交付"):
        counter.service.show(case.case_id)
    assert counter.station.store.settings_under(COPIES) == {}


def test_out_of_its_scope_it_is_handed_to_nobody(tmp_path: Path, server: GatewayServer, issuer: Authority) -> None:
    prepare(server, issuer)
    with workstation(tmp_path / "window") as station:
        counter = Counter(tmp_path, trust_of(issuer, types=("driving_licence",)), server, station)
        case = counter.accept()
        counter.decide(case)
        counter.sync()
        issued = counter.service.of_case(case.case_id)
        assert issued is not None
        assert "无权签发" in issued.why
        counter.close()


def test_expired_it_is_not_shown(counter: Counter) -> None:
    case = counter.accept()
    counter.decide(case)
    counter.sync()
    code = counter.service.show(case.case_id).licence.code
    assert isinstance(counter.clock, FixedClock)
    counter.clock.advance(dt.timedelta(days=366))
    assert counter.scan.read(code).verdict is Verdict.EXPIRED
    with pytest.raises(Refused, match="不能亮证"):
        counter.service.show(case.case_id)


def test_without_a_grant_the_clerk_is_told(counter: Counter, server: GatewayServer) -> None:
    policy = {"id": "shared-data", "sources": [], "purposes": [], "grants": []}
    server.gateway.shared.publish_policy(policy)
    case = counter.accept()
    counter.decide(case)
    counter.sync()
    with pytest.raises(Refused, match="不能交付") as caught:
        counter.service.show(case.case_id)
    assert "授权" in caught.value.what


def test_nobody_is_named_in_the_log(counter: Counter, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        case = counter.accept(2)
        counter.decide(case)
        counter.sync()
        code = counter.service.show(case.case_id).licence.code
    for secret in (code, case.applicant_number, case.applicant_name):
        assert secret not in caplog.text


def test_a_tampered_feed_ends_no_licence_and_the_clerk_hears_of_it(counter: Counter, server: GatewayServer) -> None:
    case = counter.accept()
    counter.decide(case)
    counter.sync()
    code = counter.service.show(case.case_id).licence.code
    digest = identifier_hash(read_licence(code, counter.trust.current, NOW).licence["identifier"])
    row = {"id": ENDED + digest, "hash": digest, "state": "withdrawn", "title": "", "at": isoformat(NOW)}
    server.gateway.feeds.publish("policies", ENDED + digest, row)
    report = counter.engine.run_once()
    assert "证照注销通知没有采用" in report.message
    assert counter.scan.read(code).verdict is Verdict.SIGNATURE_VALID
    # The real word comes by the same row, and then nobody can take it away again.
    counter.decide(case, Decision(result="不予许可"))
    assert counter.engine.run_once().message == ""
    assert counter.scan.read(code).verdict is Verdict.REVOKED
    server.gateway.feeds.publish("policies", ENDED + digest, None)
    counter.sync()
    assert counter.scan.read(code).verdict is Verdict.REVOKED


def test_a_gateway_signs_at_its_start_what_it_said_before(counter: Counter, server: GatewayServer) -> None:
    digest = "c" * 64
    row = {"id": ENDED + digest, "hash": digest, "state": "converted", "title": "", "at": isoformat(NOW)}
    gateway = server.gateway
    gateway.feeds.publish("policies", ENDED + digest, row)
    IssueDesk(gateway.database, gateway.feeds, gateway.clock, Path("/nowhere"), gateway.paper_keys.signing_key)
    told = gateway.feeds.current("policies", ENDED + digest)
    assert told is not None
    assert read_end(told["signed"], counter.roots()) == EndStatement(digest, "converted", NOW)
    assert {name: told[name] for name in row} == row
