"""Self-service without a screen: who said what, numbers, what is kept and what is wiped; questions page by page."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from desk_parts import BUNDLE, TYPED, Parts

from app.domain.clock import FixedClock
from app.domain.errors import Refused
from app.domain.fact import SourceKind
from app.domain.signature import Point, Signature
from app.services.confirm_form import ConfirmForm
from app.services.drafts import Drafts
from app.services.question_pages import PER_PAGE, how_many, known_fields, left_open, next_page, weight
from app.services.self_service import SAID_BY_APPLICANT, TICKET_SETTING, SelfService
from app.services.visit import Visit
from offline_db.drafts import DraftState

INK = Signature((tuple(Point(40 + 12 * n, 60 + (n % 5) * 9, 0.5, 16 * n) for n in range(30)),), 600, 200)


@pytest.fixture
def service(parts: Parts) -> SelfService:
    return SelfService(parts.store, parts.drafts, parts.clock, parts.counter.duty)


def signed(parts: Parts, visit: Visit) -> Visit:
    confirm = ConfirmForm(parts.vault, parts.clock, parts.counter.duty)
    return confirm.take(visit, confirm.signed(visit, INK))


def prepared(parts: Parts, service: SelfService) -> Visit:
    """All that an applicant can do alone, signed."""
    visit = parts.choose.add(parts.scanned(parts.identified(service.begin())), BUNDLE)
    return signed(parts, parts.settled(parts.typed(visit)))


def actions(parts: Parts) -> list[str]:
    return [entry.action for entry in parts.store.audit_entries()]


def test_what_was_typed_alone_is_the_applicants_word_and_the_clerk_accepts_it_signed(
    parts: Parts, service: SelfService
) -> None:
    handed = service.hand_over(prepared(parts, service))
    assert handed.ticket == "Z001"
    (waiting,) = parts.drafts.listed()
    assert (waiting.state, waiting.by_self, waiting.ticket) == (DraftState.PARKED, True, "Z001")
    visit = parts.drafts.take_up(waiting.draft_id).visit
    for key in TYPED:
        fact = visit.form.state(key).fact
        assert fact is not None
        assert fact.source == SAID_BY_APPLICANT, key
    assert visit.form.state("applicant.name").fact.source.kind is SourceKind.CARD  # type: ignore[union-attr]
    assert visit.confirmed is not None, "the signature came along"
    acceptance = parts.accept.accept(visit)
    assert acceptance.notice.paper.signature is not None
    assert {"visit.self_service", "visit.handed_over"} <= set(actions(parts))


def test_a_signature_does_not_cover_what_the_clerk_promises_afterwards(parts: Parts, service: SelfService) -> None:
    visit = parts.choose.add(parts.scanned(parts.identified(service.begin())), BUNDLE)
    visit = signed(parts, parts.typed(visit))
    assert visit.confirmed is not None
    assert parts.capture.promise(visit, "signboard_picture").confirmed is None
    parts.drafts.park(visit)
    (waiting,) = parts.drafts.listed()
    again = parts.drafts.take_up(waiting.draft_id).visit
    assert again.confirmed is not None
    assert parts.capture.tolerate(again, "hygiene_test_report").confirmed is None


def test_the_signatures_picture_outlives_the_sweep(parts: Parts, service: SelfService) -> None:
    visit = prepared(parts, service)
    service.hand_over(visit)
    parts.drafts.sweep()
    assert visit.confirmation is not None
    assert visit.confirmation.page is not None
    assert parts.vault.open(visit.confirmation.page.sha256).startswith(b"\x89PNG")


def test_the_clerk_corrects_the_applicants_word(parts: Parts, service: SelfService) -> None:
    service.hand_over(prepared(parts, service))
    visit = parts.drafts.take_up(parts.drafts.listed()[0].draft_id).visit
    corrected = parts.fill.type(visit, "applicant.phone", "13857200012")
    fact = corrected.form.state("applicant.phone").fact
    assert fact is not None
    assert (fact.value, fact.source.kind) == ("13857200012", SourceKind.CLERK)
    assert corrected.confirmed is None
    (rival,) = corrected.form.state("applicant.phone").rivals
    assert rival.source == SAID_BY_APPLICANT, "both words stand beside each other, as of any source"


def test_numbers_count_by_the_day(parts: Parts, service: SelfService) -> None:
    numbers = [service.hand_over(parts.choose.add(service.begin(), BUNDLE)).ticket for _ in range(2)]
    assert numbers == ["Z001", "Z002"]
    tomorrow = FixedClock(parts.clock.now() + dt.timedelta(days=1))
    later = SelfService(parts.store, parts.drafts, tomorrow, parts.counter.duty)
    assert later.hand_over(parts.choose.add(later.begin(), BUNDLE)).ticket == "Z001"
    parts.store.set_setting(TICKET_SETTING, "[damaged")
    assert later.hand_over(parts.choose.add(later.begin(), BUNDLE)).ticket == "Z001"


def test_who_leaves_with_nothing_chosen_leaves_nothing(parts: Parts, service: SelfService) -> None:
    visit = parts.identified(service.begin())
    service.save(visit)
    assert not service.leave(visit)
    assert parts.drafts.listed() == []
    assert not service.save(visit), "a save that comes late brings nothing back"


def test_who_leaves_half_way_is_parked_without_a_number(parts: Parts, service: SelfService) -> None:
    visit = parts.choose.add(parts.identified(service.begin()), BUNDLE)
    service.save(visit)
    assert service.leave(visit)
    (waiting,) = parts.drafts.listed()
    assert (waiting.state, waiting.by_self, waiting.ticket) == (DraftState.PARKED, True, "")


def test_who_wants_nothing_kept(parts: Parts, service: SelfService) -> None:
    visit = parts.settled(parts.choose.add(parts.identified(service.begin()), BUNDLE))
    service.save(visit)
    service.wipe(visit)
    assert parts.drafts.listed() == []
    assert not list(parts.store.profile.vault_folder.glob("??/*")), "nor the page that was captured"


def test_a_visit_of_the_counter_is_not_told_as_self_service(parts: Parts) -> None:
    parts.drafts.park(parts.choose.add(parts.identified(parts.begin()), BUNDLE))
    (waiting,) = parts.drafts.listed()
    assert not waiting.by_self


def test_the_mode_survives_a_restart_and_parks_what_was_open(parts: Parts, service: SelfService) -> None:
    service.turn(True)
    service.save(parts.choose.add(parts.identified(service.begin()), BUNDLE))
    drafts = Drafts(parts.store, parts.vault, parts.catalog, parts.clock, parts.counter.duty)
    again = SelfService(parts.store, drafts, parts.clock, parts.counter.duty)
    assert again.on
    assert again.recover() == 1
    (waiting,) = drafts.listed()
    assert waiting.state is DraftState.PARKED
    again.turn(False)
    assert not SelfService(parts.store, drafts, parts.clock, parts.counter.duty).on
    assert [a for a in actions(parts) if a.startswith("self_service.")] == ["self_service.begun", "self_service.ended"]


def test_a_machine_for_self_service_alone_begins_in_it(parts: Parts, service: SelfService) -> None:
    service.begin_at_start()
    assert service.on
    assert SelfService(parts.store, parts.drafts, parts.clock, parts.counter.duty).on


def test_nobody_on_duty_turns_nothing_over(parts: Parts, service: SelfService) -> None:
    parts.counter.duty.holder = None
    with pytest.raises(Refused):
        service.turn(True)
    assert not service.on
    with pytest.raises(Refused):
        service.begin()


def test_pages_are_short_of_one_part_and_ask_only_what_is_needed(parts: Parts, service: SelfService) -> None:
    visit = parts.choose.add(parts.scanned(parts.identified(service.begin())), BUNDLE)
    asked: list[str] = []
    while page := next_page(visit, parts.fill.problems(visit), (), (), asked):
        assert sum(weight(field) for field in page) <= PER_PAGE or len(page) == 1
        assert len({field.role for field in page}) == 1
        for field in page:
            assert field.required
            assert field.key not in asked, "nothing is asked twice"
            assert not visit.form.state(field.key).value
            asked.append(field.key)
            visit = parts.fill.type(visit, field.key, TYPED[field.key])
    assert set(asked) == set(TYPED), "the clerk's own list of what no machine knows"
    assert how_many(visit, parts.fill.problems(visit), ()) == 0
    assert left_open(visit, parts.fill.problems(visit)) == ()


def test_what_is_known_is_shown_and_only_the_counter_changes_what_a_chip_says(
    parts: Parts, service: SelfService
) -> None:
    visit = parts.choose.add(parts.identified(service.begin()), BUNDLE)
    known = {entry.field.key: entry for entry in known_fields(visit, ())}
    assert known["applicant.name"].firm
    assert "applicant.phone" not in known
    visit = parts.fill.type(visit, "applicant.phone", "13857200011")
    soft = {entry.field.key: entry for entry in known_fields(visit, ())}
    assert not soft["applicant.phone"].firm
    assert "applicant.phone" not in {e.field.key for e in known_fields(visit, ("applicant.phone",))}
    problems = parts.fill.problems(visit)
    again = next_page(visit, problems, (), ("applicant.phone", "applicant.name"))
    assert "applicant.phone" in [field.key for field in again]
    assert "applicant.name" not in [field.key for field in again], "what a chip says is not asked again"


def test_what_is_left_for_the_counter_is_not_asked_but_still_open(parts: Parts, service: SelfService) -> None:
    visit = parts.choose.add(parts.identified(service.begin()), BUNDLE)
    problems = parts.fill.problems(visit)
    before = how_many(visit, problems, ())
    first = next_page(visit, problems, ())
    skipped = tuple(field.key for field in first)
    assert how_many(visit, problems, skipped) == before - len(first)
    assert not set(skipped) & {field.key for field in next_page(visit, problems, skipped)}
    assert set(skipped) <= {field.key for field in left_open(visit, problems)}


def test_a_form_typed_by_nobody_stays_the_same_object(parts: Parts, service: SelfService) -> None:
    form = parts.identified(service.begin()).form
    assert form.said_by(SAID_BY_APPLICANT) is form
    typed = replace(parts.identified(service.begin())).form
    assert typed.said_by(SAID_BY_APPLICANT).facts == typed.facts
