"""Out with a pack and back, through a real gateway: days offline, numbers of the block, everything exactly once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_parts import Parts
from outing_kit import MOBILE, SECOND, SECOND_TOKEN, VISIT, MobileWindow, mobile_window

from app.domain.case import Case
from app.domain.clock import shanghai
from app.domain.errors import Refused
from app.domain.fact import SourceKind, Verdict
from app.domain.numbering import is_provisional_number, provisional_number
from app.domain.visit_pack import PackState, VisitState
from app.gateway.tables import cases as gateway_cases
from app.server.errors import Rejected, Unreachable
from app.server.headers import token_key
from app.server.visit_client import VisitClient
from app.services.visit_packs import LABEL

DAY = dt.timedelta(days=1)


@pytest.fixture
def window(parts: Parts, tmp_path: Path) -> Iterator[MobileWindow]:
    with mobile_window(parts, tmp_path) as made:
        made.plan()
        made.engine.run_once()
        yield made


def accepted(window: MobileWindow, pack_id: str) -> tuple[Case, ...]:
    visit = window.ready(window.packs.begin(pack_id).visit)
    return window.parts.accept.accept(visit).cases


def at_gateway(window: MobileWindow) -> list[str]:
    with window.gateway.gateway.database.read() as connection:
        return sorted(connection.scalars(gateway_cases.select().with_only_columns(gateway_cases.c.provisional_no)))


def test_days_offline_and_everything_arrives_once(window: MobileWindow) -> None:
    clock, store = window.parts.clock, window.parts.store
    pack = window.packs.check_out(VISIT)
    window.gateway.stop()
    clock.advance(3 * DAY)
    cases = accepted(window, pack.pack_id)
    assert len(cases) >= 3
    block, window_id = pack.blocks[0], window.parts.counter.window.id
    expected = [provisional_number(window_id, clock.now(), block.first + at) for at in range(len(cases))]
    assert [case.provisional_no for case in cases] == expected
    assert all(is_provisional_number(number) for number in expected)
    assert store.counts().waiting > 0
    with pytest.raises(Unreachable, match="可以继续使用"):
        window.packs.give_back(pack.pack_id, done=True)
    (still,) = window.packs.on_hand()
    assert still.state is PackState.ON_HAND

    window.gateway.start()
    window.parts.clock.advance(dt.timedelta(minutes=10))
    assert window.packs.give_back(pack.pack_id, done=True, note="门牌已换") is VisitState.DONE
    assert at_gateway(window) == sorted(expected)
    outcome = window.gateway.gateway.visits.outcome(VISIT)
    assert set(outcome["cases"]) == {case.case_id for case in cases}
    assert window.packs.on_hand() == []
    stored = store.pack(pack.pack_id)
    assert stored is not None
    assert stored.body == {}, "what it said of people is gone"
    assert [case.applicant_name for case in store.cases()] == ["张伟"] * len(cases), "the cases are not"
    window.engine.run_once()
    assert at_gateway(window) == sorted(expected)
    assert window.packs.listed() == []
    trail = [entry.action for entry in store.audit_entries()]
    assert [name for name in trail if name.startswith("pack.")] == [
        "pack.checked_out", "pack.begun", "pack.returned"
    ]  # fmt: skip


def test_the_visit_begins_filled_and_says_from_where(window: MobileWindow) -> None:
    pack = window.packs.check_out(VISIT)
    along = window.packs.begin(pack.pack_id)
    assert along.visit.codes == ("open-a-barber-shop",)
    assert (along.open, along.gone) == ((), ())
    fact = along.visit.form.state("business.name").fact
    assert fact is not None
    assert (fact.value, fact.source.kind, fact.verdict) == ("𠮷祥㛃理发店", SourceKind.PACK, Verdict.STATED)
    assert fact.source.label == f"{LABEL} · 电话登记"
    assert along.visit.form.state("applicant.phone").fact is None, "whose card will be shown is not known yet"
    read = window.packs.fill(window.parts.identified(along.visit), pack)
    phone = read.form.state("applicant.phone").fact
    assert phone is not None
    assert (phone.value, phone.source.kind) == ("13905720001", SourceKind.PACK)
    assert read.form.state("applicant.name").fact.source.kind is SourceKind.CARD  # type: ignore[union-attr]
    assert window.packs.fill(read, pack) is read, "once is enough"
    typed = window.parts.fill.type(read, "business.name", "另一个名字")
    assert window.packs.fill(typed, pack).form.state("business.name").value == "另一个名字"


def test_somebody_else_s_card_gets_the_firm_s_facts_and_no_person_s(window: MobileWindow) -> None:
    pack = window.packs.check_out(VISIT)
    visit = window.packs.begin(pack.pack_id).visit
    first = window.packs.fill(window.parts.identified(visit), pack)
    other = window.packs.fill(window.parts.identified(first, "wang-ji"), pack)
    assert other.form.state("business.name").value == "𠮷祥㛃理发店"
    assert other.form.state("applicant.phone").fact is None
    assert "13905720001" not in str(other.form.values())


def test_after_the_end_nothing_is_accepted_and_nothing_is_lost(window: MobileWindow) -> None:
    clock, parts = window.parts.clock, window.parts
    pack = window.packs.check_out(VISIT)
    before = accepted(window, pack.pack_id)
    visit = window.ready(window.packs.begin(pack.pack_id).visit)
    parts.drafts.park(visit)
    window.gateway.stop()
    clock.advance(7 * DAY)
    with pytest.raises(Refused, match="任务包已到期"):
        window.packs.begin(pack.pack_id)
    with pytest.raises(Refused, match="任务包已到期"):
        parts.accept.accept(visit)
    (on_hand,) = window.packs.on_hand()
    assert not on_hand.left
    assert on_hand.work.drafts == (visit.visit_id,)
    window.gateway.start()
    window.engine.run_once()
    assert len(at_gateway(window)) == len(before), "what was accepted in time goes all the same"
    longer = window.packs.extend(pack.pack_id)
    assert abs(longer.expires_at - clock.now() - 7 * DAY) < dt.timedelta(seconds=1)
    reopened = parts.drafts.take_up(visit.visit_id).visit
    again = parts.accept.accept(reopened).cases
    day = shanghai(clock.now()).date()
    assert {case.provisional_no[3:11] for case in again} == {f"{day:%Y%m%d}"}


def test_a_draft_keeps_a_pack_from_going_back(window: MobileWindow) -> None:
    pack = window.packs.check_out(VISIT)
    visit = window.packs.begin(pack.pack_id).visit
    window.parts.drafts.park(visit)
    with pytest.raises(Refused, match="没有办完"):
        window.packs.give_back(pack.pack_id, done=False)
    window.parts.drafts.discard(visit.visit_id)
    assert window.packs.give_back(pack.pack_id, done=False) is VisitState.OPEN
    assert window.packs.listed()[0].on_hand is None


def test_two_devices_of_one_window_never_share_a_number(window: MobileWindow) -> None:
    window.plan("WF-2026-0002")
    mine = window.packs.check_out(VISIT)
    second = VisitClient(window.gateway.url, SECOND, SECOND_TOKEN, clock=window.parts.clock)
    asked = {"window_id": mine.blocks[0].window_id, "clerk": "王芳", "days": 7, "catalog_version": "x"}
    theirs = second.check_out("1b4e28ba-2fa1-41d2-883f-0016d3cca427", "WF-2026-0002", **asked)  # type: ignore[arg-type]
    assert not mine.blocks[0].meets(theirs.blocks[0])
    with pytest.raises(Rejected, match="已被领取") as caught:
        second.check_out("1b4e28ba-2fa1-41d2-883f-0016d3cca428", VISIT, **asked)  # type: ignore[arg-type]
    assert caught.value.status == 409
    assert MOBILE in caught.value.detail
    second.close()
    window.engine.run_once()
    lines = {line.visit_id: line for line in window.packs.listed()}
    assert lines["WF-2026-0002"].holder.startswith("王芳")
    assert lines[VISIT].on_hand is not None


def test_a_pack_made_for_another_token_is_not_believed(window: MobileWindow) -> None:
    window.line._key = token_key(SECOND_TOKEN)
    with pytest.raises(Unreachable):
        window.packs.check_out(VISIT)
    assert window.packs.on_hand() == []


def test_a_return_that_lost_its_answer_ends_at_the_next_contact(window: MobileWindow) -> None:
    pack = window.packs.check_out(VISIT)
    cases = accepted(window, pack.pack_id)
    window.engine.run_once()
    real = window.line.give_back

    def cut(*args: object, **kwargs: object) -> VisitState:
        real(*args, **kwargs)  # type: ignore[arg-type]
        raise Unreachable("连接中断")

    window.line.give_back = cut  # type: ignore[method-assign]
    with pytest.raises(Unreachable):
        window.packs.give_back(pack.pack_id, done=True)
    (waiting,) = window.packs.on_hand()
    assert waiting.state is PackState.RETURNING
    with pytest.raises(Refused, match="已交回"):
        window.packs.begin(pack.pack_id)
    window.line.give_back = real  # type: ignore[method-assign]
    window.engine.run_once()
    assert window.packs.on_hand() == []
    assert len(window.gateway.gateway.visits.outcome(VISIT)["cases"]) == len(cases)


def test_a_pack_that_the_platform_gave_to_others_is_purged_on_return(window: MobileWindow) -> None:
    pack = window.packs.check_out(VISIT)
    window.gateway.gateway.visits.revoke(MOBILE)
    assert window.packs.give_back(pack.pack_id, done=False) is VisitState.OPEN
    assert window.packs.on_hand() == []
