"""Foreign residents at the window: who may be registered, what is kept, how a code serves on and off line."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from desk_parts import Parts
from emrtd_kit import ZONE, Wire, chip_of, trust
from gateway_kit import DEVICE, TOKEN

from app.domain.errors import EnvironmentProblem, Refused
from app.domain.fact import SourceKind, Verdict
from app.gateway.server import GatewayServer
from app.identity.chip.checked import CheckedChip
from app.identity.chip.password import from_zone
from app.identity.chip.picture import shown
from app.identity.chip.read import Wanted, read_chip
from app.identity.lists import ListStanding
from app.identity.personal_code import Forged, make_code
from app.identity.verification import Answer, Ground, Question
from app.licences.cose import Algorithm, SigningKey
from app.licences.snapshot import Pin
from app.server.query_policy import load_policy_document, shipped_policy_folder
from app.server.resident_client import ResidentClient
from app.services.check_chip import CheckChip
from app.services.compare_face import COMPARED, verdict_of
from app.services.residents import CACHE, CODE_LABEL, ENDED, LOOKED, REGISTERED, Looked, Residents
from app.services.verify_identity import Kept, VerifyIdentity
from app.services.visit import Visit

DAY = dt.timedelta(days=1)


class Register:
    """A real gateway, and this window's store beside it."""

    def __init__(self, parts: Parts, server: GatewayServer) -> None:
        self.parts, self.server = parts, server
        gateway = server.gateway
        gateway.shared.publish_policy(load_policy_document(shipped_policy_folder()))
        root = Pin.read(gateway.paper_keys.root())
        self.identity = VerifyIdentity(parts.store, parts.clock, parts.counter.duty, ListStanding)
        line = ResidentClient(server.url, DEVICE, TOKEN, clock=parts.clock)
        self.service = Residents(
            parts.store, line, parts.clock, parts.counter.duty, parts.counter.window, lambda: (root,)
        )

    def visit(self, *faults: str, same: bool | None = True) -> Visit:
        """Somebody whose passport was read, and whom the clerk looked at."""
        at = self.parts.clock.now()
        chip = chip_of(None, *faults)
        reading = read_chip(Wire(chip), Wanted(from_zone(ZONE), trust(), at, ZONE), lambda step, percent: None)
        checked = CheckedChip(reading, shown(reading.portrait) if reading.portrait else None, at)
        check: Any = CheckChip(self.parts.clock, self.parts.counter.duty, None)  # type: ignore[arg-type]
        visit: Visit = check.apply(self.parts.begin(), checked, "test:")
        return visit if same is None else visit.with_event(at, "演示员", COMPARED, "", same=same)

    def registered(self) -> tuple[Visit, str]:
        visit = self.visit()
        offer = self.service.offer(visit, self.identity.keep(visit))
        return visit, self.service.register(visit, offer).text

    def away(self) -> None:
        """The platform does not answer any more."""
        self.service._line = ResidentClient("http://127.0.0.1:9", DEVICE, TOKEN, (0.2, 0.2), clock=self.parts.clock)

    def trail(self, action: str) -> list[Any]:
        return [entry for entry in self.parts.store.audit_entries(0, 500) if entry.action == action]


@pytest.fixture
def register(parts: Parts, tmp_path: Any) -> Iterator[Register]:
    server = GatewayServer(
        db_url=f"sqlite:///{tmp_path}/gateway.db", files_folder=tmp_path / "files", clock=parts.clock,
        devices={DEVICE: TOKEN},
    )  # fmt: skip
    server.start()
    yield Register(parts, server)
    server.stop()


def test_registered_then_served_with_source_and_verdict_and_the_face_still_open(register: Register) -> None:
    _, text = register.registered()
    looked = register.service.look(text)
    assert looked.shown is not None
    assert looked.shown.confirmed
    visit = register.service.serve(register.parts.begin(), looked.shown)
    facts = {fact.key: fact for fact in visit.form.facts}
    assert facts["applicant.name"].value == "白𬭚玥"
    assert facts["foreigner.travel_document_number"].value == "U12345678"
    assert {(f.source.kind, f.source.label, f.verdict) for f in facts.values()} == {
        (SourceKind.QUERY, CODE_LABEL, Verdict.VERIFIED_ONLINE)
    }
    assert not visit.empty
    assert verdict_of(visit) is None, "whoever shows a code is compared anew"
    made = register.identity.look(visit)
    assert (made.line(Question.GENUINE).answer, made.line(Question.GENUINE).ground) == (Answer.YES, Ground.REGISTERED)
    assert made.line(Question.MATCHES).answer is Answer.OPEN
    portrait = looked.shown.resident.person.portrait
    assert portrait is not None
    assert portrait.startswith(b"\xff\xd8")
    assert len(portrait) < 40_000


def test_the_trail_names_nobody(register: Register) -> None:
    _, text = register.registered()
    looked = register.service.look(text)
    assert looked.shown is not None
    (entry,) = register.trail(REGISTERED)
    details = json.loads(entry.details)
    assert details["consent"]
    assert details["portrait"] is True
    assert len(register.trail(LOOKED)) == 1
    for one in register.parts.store.audit_entries(0, 500):
        assert "U12345678" not in f"{one.subject}{one.details}"
        assert "白𬭚玥" not in one.details


@pytest.mark.parametrize("same", [None, False], ids=["nobody-looked", "somebody-else"])
def test_who_did_not_pass_is_not_registered(register: Register, same: bool | None) -> None:
    visit = register.visit(same=same)
    kept = register.identity.keep(visit) if same is False else None
    with pytest.raises(Refused):
        register.service.offer(visit, kept)


def test_a_false_chip_a_card_and_another_visitors_check_register_nobody(register: Register) -> None:
    forged = register.visit("cloned")
    assert "没有通过" in register.service.may_offer(forged, register.identity.keep(forged))
    card = register.parts.identified(register.parts.begin())
    card = card.with_event(register.parts.clock.now(), "演示员", COMPARED, "", same=True)
    assert "护照" in register.service.may_offer(card, register.identity.keep(card))
    good = register.visit()
    kept: Kept = register.identity.keep(good)
    assert register.service.may_offer(good, kept) == ""
    assert register.service.may_offer(replace(good, visit_id="another"), kept) != ""


def test_one_check_registers_once(register: Register) -> None:
    visit = register.visit()
    offer = register.service.offer(visit, register.identity.keep(visit))
    assert register.service.register(visit, offer) == register.service.register(visit, offer)


def test_offline_the_own_copy_serves_and_says_so(register: Register) -> None:
    _, text = register.registered()
    register.away()
    looked = register.service.look(text)
    assert looked.shown is not None
    assert not looked.shown.confirmed
    visit = register.service.serve(register.parts.begin(), looked.shown)
    assert {fact.verdict for fact in visit.form.facts} == {Verdict.SIGNATURE_VALID}
    line = register.identity.look(visit).line(Question.GENUINE)
    assert (line.answer, line.ground) == (Answer.OPEN, Ground.REGISTERED_OFFLINE)
    register.service.copies.drop(looked.shown.resident.code_id)
    gone = register.service.look(text)
    assert gone.shown is None
    assert isinstance(gone.error, EnvironmentProblem)
    assert gone.error.title == "凭码办事要联网"


def test_offline_nobody_is_registered(register: Register) -> None:
    visit = register.visit()
    offer = register.service.offer(visit, register.identity.keep(visit))
    register.away()
    with pytest.raises(EnvironmentProblem, match="登记要联网"):
        register.service.register(visit, offer)
    assert register.trail(REGISTERED) == []
    assert register.parts.store.settings_under(CACHE) == {}


def test_a_revoked_code_serves_nobody_and_its_copy_is_gone(register: Register) -> None:
    _, text = register.registered()
    register.service.revoke(text, "本人申请作废")
    assert register.parts.store.settings_under(CACHE) == {}
    looked = register.service.look(text)
    assert looked.shown is None
    assert looked.error is not None
    assert looked.error.title == "服务码已作废"
    assert len(register.trail(ENDED)) == 1


def test_what_the_feed_told_holds_offline_too(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    _, text = register.registered()
    code = register.service.look(text).code
    assert code is not None
    row = {"id": f"resident-code-{code.code_id}", "code_id": code.code_id, "state": "revoked"}
    monkeypatch.setattr(register.parts.store, "feed_rows", lambda feed: [row])
    register.away()
    assert title(register.service.look(text)) == "服务码已作废"
    assert register.parts.store.settings_under(CACHE) == {}


def test_an_older_code_says_that_there_is_a_newer(register: Register) -> None:
    _, first = register.registered()
    register.parts.clock.advance(DAY)
    _, second = register.registered()
    assert title(register.service.look(first)) == "服务码已换新"
    assert register.service.look(second).shown is not None


def test_foreign_and_unknown_codes(register: Register) -> None:
    now = register.parts.clock.now()
    foreign = make_code(b"0" * 16, SigningKey.generate(Algorithm.EDDSA), now, now + DAY)
    looked = register.service.look(foreign)
    assert isinstance(looked.error, Forged)
    assert looked.code is None
    own = make_code(b"0" * 16, register.server.gateway.paper_keys.signing_key(), now, now + DAY)
    assert title(register.service.look(own)) == "平台没有这个服务码"


def test_without_a_grant_nothing_is_asked(register: Register) -> None:
    _, text = register.registered()
    policy = load_policy_document(shipped_policy_folder())
    policy["grants"] = [grant for grant in policy["grants"] if not grant.get("residents")]
    register.server.gateway.shared.publish_policy(policy)
    looked = register.service.look(text)
    assert looked.shown is None
    assert title(looked) == "没有使用来访人服务码的授权"


def test_copies_are_forgotten_in_their_time(register: Register) -> None:
    register.registered()
    copies = register.service.copies
    now = register.parts.clock.now()
    assert copies.due(now - DAY) == []
    assert copies.forget(now + DAY) == 1
    assert register.parts.store.settings_under(CACHE) == {}


def title(looked: Looked) -> str:
    assert looked.error is not None
    return looked.error.title
