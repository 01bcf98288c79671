"""Redeeming through a real gateway: what is filled and waived, what waits, and that nothing unverified looks valid."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desk_parts import BUNDLE, Parts

from app.demo.codes import CODES, DYNAMIC, DYNAMIC_OLD, DYNAMIC_OTHER, issued_codes
from app.demo.world import DemoWorld
from app.domain.clerk import Clerk
from app.domain.clock import SystemClock
from app.domain.fact import SourceKind, Verdict
from app.domain.licence import CodeKind
from app.domain.material import MaterialStatus
from app.domain.redemption import RedeemReply, RedeemRequest
from app.gateway.server import GatewayServer
from app.licences.facts import Match
from app.server.errors import Unreachable
from app.server.query_policy import load_policy, load_policy_document, shipped_policy_folder
from app.server.shared_client import SharedDataClient
from app.services.duty import Duty
from app.services.redeem import USUAL_LIFE, Redeem, Told
from app.services.scan_licence import ScanLicence
from app.services.visit import PendingCode, Visit
from app.services.visit_file import read_visit, visit_document

TOKEN = "made-up-token-of-a-test-window"
DUTY = Duty(Clerk("0231", "演示员"))
TEXT = CODES[DYNAMIC].text
NURSE = "11330500MB1Y0416XH300012301800001"
"""An item whose scenario redeems nurses' certificates only."""


@pytest.fixture
def gateway(tmp_path: Path, world: DemoWorld) -> Iterator[GatewayServer]:
    with GatewayServer(
        db_url=f"sqlite:///{tmp_path}/gateway.db", files_folder=tmp_path / "files", devices={"w1": TOKEN}
    ) as server:
        server.gateway.shared.publish_policy(load_policy_document(shipped_policy_folder()))
        server.gateway.redeem.load(issued_codes({p.id: p for p in world.people}, SystemClock()))
        yield server


class Desk:
    """A counter's scanning and redeeming, joined as app.bootstrap joins them."""

    def __init__(self, parts: Parts, line: object) -> None:
        self.redeem = Redeem(parts.store, line, parts.clock, DUTY)  # type: ignore[arg-type]
        self.redeem.refresh()
        self.scan = ScanLicence(parts.clock, DUTY, parts.trust, keep=self.redeem.keep)

    def scanned(self, visit: Visit, text: str = TEXT) -> Visit:
        return self.scan.apply(visit, text, self.scan.read(text))

    def answered(self, visit: Visit, text: str = TEXT) -> Visit:
        return self.redeem.settle(visit, text, self.redeem.ask(text, pending(visit, text)))


def pending(visit: Visit, text: str = TEXT) -> PendingCode:
    (found,) = [entry.pending for entry in visit.licences if entry.text == text]
    assert found is not None
    return found


@pytest.fixture
def desk(parts: Parts, gateway: GatewayServer) -> Iterator[Desk]:
    line = SharedDataClient(gateway.url, "w1", TOKEN)
    yield Desk(parts, line)
    line.close()


class NoLine:
    """Nobody answers."""

    def __init__(self) -> None:
        self.asked: list[RedeemRequest] = []

    def redeem(self, request: RedeemRequest) -> RedeemReply:
        self.asked.append(request)
        raise Unreachable("连接超时")


def trail(parts: Parts) -> list[tuple[str, dict[str, object]]]:
    return [(e.action, json.loads(e.details)) for e in parts.store.audit_entries() if e.action == "licence.redeemed"]


def test_a_redeemed_licence_fills_and_waives_like_a_signed_one(parts: Parts, desk: Desk) -> None:
    visit = parts.choose.add(parts.identified(parts.begin()), BUNDLE)
    visit = desk.scanned(visit)
    (entry,) = visit.licences
    assert (entry.reading.kind, entry.reading.verdict) == (CodeKind.OPAQUE_LICENCE, Verdict.CAPTURED_UNVERIFIED)
    assert entry.pending is not None
    assert not visit.form.state("premises.address").value
    visit = desk.answered(visit)
    (entry,) = visit.licences
    assert (entry.reading.verdict, entry.pending, entry.match.match) == (Verdict.VERIFIED_ONLINE, None, Match.SAME)
    fact = visit.form.state("premises.address").fact
    assert fact is not None
    assert (fact.source.kind, fact.verdict) == (SourceKind.LICENCE, Verdict.VERIFIED_ONLINE)
    waived = [m for m in visit.checklist.materials if m.status is MaterialStatus.WAIVED and "不动产" in m.reason]
    assert waived
    ((_, said),) = trail(parts)
    assert said["outcome"] == "redeemed"
    assert re.fullmatch(r"R\d{8}[0-9A-F]{12}", str(said["reference"]))
    assert str(said["reference"]) in entry.reading.reason
    assert TEXT not in json.dumps(trail(parts))


def test_without_items_the_scenario_is_that_it_was_shown(parts: Parts, desk: Desk, gateway: GatewayServer) -> None:
    visit = desk.answered(desk.scanned(parts.begin()))
    assert visit.licences[0].reading.verdict is Verdict.VERIFIED_ONLINE
    (entry,) = gateway.gateway.redeem.log()
    assert (entry["scenario"], entry["purpose"], entry["items"]) == ("shown-at-counter", "show_licence", [])
    # Nothing fills before the card shows whose it is; then it does.
    assert visit.licences[0].match.match is Match.UNKNOWN
    visit = parts.choose.add(parts.identified(visit), BUNDLE)
    assert visit.form.state("premises.address").value


def test_somebody_elses_licence_fills_and_waives_nothing(parts: Parts, desk: Desk) -> None:
    text = CODES[DYNAMIC_OTHER].text
    visit = parts.choose.add(parts.identified(parts.begin()), BUNDLE)
    before = visit.checklist
    visit = desk.answered(desk.scanned(visit, text), text)
    assert visit.licences[0].match.match is Match.DIFFERENT
    assert not visit.form.state("premises.address").value
    assert visit.checklist.materials == before.materials


def test_offline_it_is_captured_never_valid_and_redeemed_later(parts: Parts, gateway: GatewayServer) -> None:
    nobody = NoLine()
    offline = Desk(parts, nobody)
    visit = offline.scanned(parts.choose.add(parts.identified(parts.begin()), BUNDLE))
    told = offline.redeem.ask(TEXT, pending(visit))
    assert told.told is Told.NO_ANSWER
    after = offline.redeem.settle(visit, TEXT, told)
    assert after is visit
    assert visit.licences[0].reading.verdict is Verdict.CAPTURED_UNVERIFIED
    assert not visit.form.state("premises.address").value
    # The program ends and comes back; the code waits in the encrypted draft and goes out as the same operation.
    document = json.loads(json.dumps(visit_document(visit, parts.catalog)))
    back = read_visit(document, parts.catalog, parts.clock.now()).visit
    assert pending(back).ways == pending(visit).ways
    online = Desk(parts, SharedDataClient(gateway.url, "w1", TOKEN))
    settled = online.answered(back)
    assert settled.licences[0].reading.verdict is Verdict.VERIFIED_ONLINE
    assert [said["outcome"] for _, said in trail(parts)] == ["no_answer", "redeemed"]


def test_a_lost_answer_costs_nothing(parts: Parts, desk: Desk, gateway: GatewayServer) -> None:
    visit = desk.scanned(parts.choose.add(parts.identified(parts.begin()), BUNDLE))
    first = desk.redeem.ask(TEXT, pending(visit))
    again = desk.redeem.ask(TEXT, pending(visit))
    assert first.reply == again.reply
    assert [e["outcome"] for e in gateway.gateway.redeem.log() if e["outcome"] != "refused"] == ["redeemed"]


@pytest.mark.parametrize(
    ("name", "verdict", "words"),
    [
        (DYNAMIC_OLD, Verdict.INVALID, "已过期，请群众刷新"),
        ("used", Verdict.INVALID, "已经用过"),
        ("unknown", Verdict.INVALID, "不认识"),
        ("revoked", Verdict.REVOKED, "已注销"),
    ],
)
def test_a_code_that_is_no_good_says_why_and_fills_nothing(
    parts: Parts, desk: Desk, gateway: GatewayServer, name: str, verdict: Verdict, words: str
) -> None:
    text = CODES[DYNAMIC_OLD if name == DYNAMIC_OLD else DYNAMIC].text
    if name == "used":
        desk.answered(desk.scanned(parts.begin()))
    elif name == "unknown":
        text = "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f"
    elif name == "revoked":
        issued = issued_codes({p.id: p for p in parts.world.people}, SystemClock())
        gateway.gateway.redeem.load(replace(code, revoked=True) for code in issued)
    visit = parts.choose.add(parts.identified(parts.begin()), BUNDLE)
    visit = desk.answered(desk.scanned(visit, text), text)
    (entry,) = visit.licences
    assert (entry.reading.verdict, entry.pending) == (verdict, None)
    assert words in entry.reading.reason
    assert not visit.form.state("premises.address").value


def test_an_item_without_a_grant_is_refused_visibly_and_the_code_stays_good(
    parts: Parts, desk: Desk, gateway: GatewayServer
) -> None:
    visit = parts.choose.add(parts.identified(parts.begin()), NURSE)
    visit = desk.answered(desk.scanned(visit))
    (entry,) = visit.licences
    assert (entry.reading.verdict, entry.pending) == (Verdict.CAPTURED_UNVERIFIED, None)
    assert "不需要这种证照" in entry.reading.reason
    assert {e["outcome"] for e in gateway.gateway.redeem.log()} == {"refused"}
    assert desk.answered(desk.scanned(parts.begin())).licences[0].reading.verdict is Verdict.VERIFIED_ONLINE


def test_scanned_again_it_stays_the_same_operation_or_what_it_has_become(parts: Parts, desk: Desk) -> None:
    visit = desk.scanned(parts.begin())
    assert pending(desk.scanned(visit)) == pending(visit)
    done = desk.answered(visit)
    assert desk.scanned(done) is done


def test_a_new_code_takes_the_place_of_one_that_came_to_nothing(parts: Parts, desk: Desk) -> None:
    old = CODES[DYNAMIC_OLD].text
    visit = desk.answered(desk.scanned(parts.begin(), old), old)
    assert [e.text for e in desk.scanned(visit).licences] == [TEXT]
    waiting = desk.scanned(parts.begin(), old)
    assert [e.text for e in desk.scanned(waiting).licences] == [old, TEXT]
    parts.clock.advance(USUAL_LIFE)
    assert [e.text for e in desk.scanned(waiting).licences] == [TEXT]


def test_the_countdown_ends_and_never_goes_below_nothing(parts: Parts, desk: Desk) -> None:
    code = pending(desk.scanned(parts.begin()))
    assert desk.redeem.left(code) == 120
    parts.clock.advance(dt.timedelta(seconds=119, milliseconds=500))
    assert (desk.redeem.left(code), desk.redeem.outlived(code)) == (1, False)
    parts.clock.advance(dt.timedelta(seconds=60))
    assert (desk.redeem.left(code), desk.redeem.outlived(code)) == (0, True)


def test_an_answer_that_comes_too_late_changes_nothing(parts: Parts, desk: Desk) -> None:
    visit = desk.scanned(parts.begin())
    told = desk.redeem.ask(TEXT, pending(visit))
    other = parts.begin()
    assert desk.redeem.settle(other, TEXT, told) is other


def test_the_shipped_grants_redeem_what_the_catalogues_materials_can_be_waived_by(parts: Parts) -> None:
    policy = load_policy(shipped_policy_folder())
    waiving = {w for i in parts.catalog.items.values() for u in i.materials for w in u.waived_by if ":" not in w}
    for code, item in parts.catalog.items.items():
        wanted = {w for use in item.materials for w in use.waived_by if ":" not in w}
        granted = {licence for grant in policy.grants if grant.covers(code) for licence in grant.licences}
        assert wanted <= granted, code
    assert {licence for grant in policy.grants for licence in grant.licences} == waiving
