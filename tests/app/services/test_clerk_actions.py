"""The clerk's actions, one after the other, on a real store: what each may do and what it must refuse."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk_parts import BUNDLE, OPENING, Parts

from app.domain.case import OperationKind, OutboxState
from app.domain.errors import BadInput, EnvironmentProblem, Refused
from app.domain.fact import SourceKind, Verdict
from app.domain.material import MaterialStatus
from app.licences.facts import Match


def status_of(parts: Parts, visit: object, material: str) -> MaterialStatus:
    return next(m.status for m in visit.checklist.materials if m.use.id == material)  # type: ignore[attr-defined]


def test_card_and_licence_fill_the_form_each_with_its_source(parts: Parts) -> None:
    visit = parts.choose.add(parts.scanned(parts.identified(parts.begin())), BUNDLE)
    name, address = visit.form.state("applicant.name").fact, visit.form.state("premises.address").fact
    assert name is not None
    assert (name.source.kind, name.verdict) == (SourceKind.CARD, Verdict.CHIP_READ)
    assert address is not None
    assert (address.source.kind, address.verdict) == (SourceKind.LICENCE, Verdict.SIGNATURE_VALID)
    assert status_of(parts, visit, "premises_use_proof") is MaterialStatus.WAIVED
    assert status_of(parts, visit, "identity_document") is MaterialStatus.WAIVED


def test_the_order_of_the_steps_does_not_matter(parts: Parts) -> None:
    first = parts.choose.add(parts.scanned(parts.identified(parts.begin())), BUNDLE)
    last = parts.identified(parts.scanned(parts.choose.add(parts.begin(), BUNDLE)))
    assert first.form.values() == last.form.values()
    assert [m.status for m in first.checklist.materials] == [m.status for m in last.checklist.materials]


@pytest.mark.parametrize(
    ("licence", "verdict"),
    [("expired", Verdict.EXPIRED), ("revoked", Verdict.REVOKED), ("untrusted", Verdict.INVALID)],
)
def test_a_bad_licence_is_shown_and_fills_and_waives_nothing(parts: Parts, licence: str, verdict: Verdict) -> None:
    visit = parts.scanned(parts.choose.add(parts.identified(parts.begin()), BUNDLE), licence)
    assert visit.licences[0].reading.verdict is verdict
    assert visit.form.state("premises.address").fact is None
    assert status_of(parts, visit, "premises_use_proof") is MaterialStatus.MISSING
    assert any("未采用" in words for words in parts.accept.check(visit).warnings)


def test_another_persons_licence_is_shown_and_fills_nothing(parts: Parts) -> None:
    visit = parts.scanned(parts.choose.add(parts.identified(parts.begin()), BUNDLE), "other-holder")
    assert visit.licences[0].match.match is Match.DIFFERENT
    assert visit.form.state("premises.address").fact is None
    assert status_of(parts, visit, "premises_use_proof") is MaterialStatus.MISSING


def test_a_licence_shown_before_the_card_is_compared_when_the_card_comes(parts: Parts) -> None:
    before = parts.scanned(parts.begin())
    assert before.licences[0].match.match is Match.UNKNOWN
    assert parts.identified(before).licences[0].match.match is Match.SAME
    assert parts.identified(before, "wang-ji").licences[0].match.match is Match.DIFFERENT


def test_what_another_persons_licence_filled_goes_when_the_card_says_otherwise(parts: Parts) -> None:
    """Scanned first, then a card of somebody else: the facts taken over in good faith must not stay."""
    visit = parts.identified(parts.choose.add(parts.scanned(parts.begin()), BUNDLE), "wang-ji")
    assert visit.form.state("premises.address").fact is None
    assert status_of(parts, visit, "premises_use_proof") is MaterialStatus.MISSING


def test_another_card_takes_the_first_persons_facts_away_and_leaves_what_was_typed(parts: Parts) -> None:
    visit = parts.typed(parts.choose.add(parts.scanned(parts.identified(parts.begin())), BUNDLE))
    other = parts.identified(visit, "wang-ji")
    assert other.form.state("applicant.name").value == parts.world.person("wang-ji").card.name
    assert other.form.state("applicant.name").rivals == ()
    assert other.form.state("premises.address").fact is None
    assert other.form.state("business.employees").value == "3"
    assert status_of(parts, other, "premises_use_proof") is MaterialStatus.MISSING


def test_taking_an_item_away_keeps_what_was_learnt(parts: Parts) -> None:
    visit = parts.typed(parts.choose.add(parts.identified(parts.begin()), BUNDLE))
    without = parts.choose.remove(visit, BUNDLE)
    assert without.form.definition.fields == ()
    again = parts.choose.add(without, BUNDLE)
    assert again.form.values() == visit.form.values()


def test_typed_text_becomes_canonical(parts: Parts) -> None:
    visit = parts.typed(parts.choose.add(parts.begin(), BUNDLE))
    values = visit.form.values()
    assert values["business.opening_date"] == OPENING.isoformat()
    assert values["business.employees"] == "3"
    assert values["applicant.phone"] == "13857200011"


def test_nothing_is_accepted_while_something_lacks(parts: Parts) -> None:
    visit = parts.choose.add(parts.identified(parts.begin()), BUNDLE)
    check = parts.accept.check(visit)
    assert not check.passed
    with pytest.raises(Refused) as caught:
        parts.accept.accept(visit)
    assert "公共场所平面布局图" in caught.value.what
    assert parts.store.cases(limit=10) == []
    assert parts.store.outbox() == []


def test_one_acceptance_is_one_commit_of_everything(parts: Parts) -> None:
    acceptance = parts.accept.accept(parts.ready())
    stored = parts.store.cases(limit=10)
    assert {case.case_id for case in stored} == {case.case_id for case in acceptance.cases}
    assert len({case.provisional_no for case in stored}) == 3
    kinds = [operation.kind for operation in parts.store.outbox()]
    assert kinds.count(OperationKind.CASE) == 3
    assert kinds.count(OperationKind.FILE) >= 1
    for case in stored:
        item = parts.catalog.items[case.item_code]
        assert set(case.form) <= {use.key for use in item.fields}, "each department gets what it asked for, no more"
        assert case.form["applicant.name"] == "张伟"
    assert all(check.ok for check in parts.store.verify_audit())
    pages = [page for case in stored for material in case.materials for page in material.pages]
    assert pages
    assert all(len(parts.vault.open(page.sha256)) == page.size for page in pages)


def test_a_character_no_font_can_draw_stops_the_acceptance_before_anything_is_stored(parts: Parts) -> None:
    visit = parts.fill.type(parts.ready(), "business.name", "店名\U0010fffd")
    visit = replace(visit, codes=visit.codes)
    renderer_sees = parts.accept.check(visit)
    if renderer_sees.passed:
        # The name itself is not printed on the notice; the applicant's is.
        visit = parts.fill.type(visit, "applicant.name", "张\U0010fffd")
    with pytest.raises((BadInput, Refused)):
        parts.accept.accept(visit)
    assert parts.store.cases(limit=10) == []


def test_a_full_disk_refuses_and_stores_nothing(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = parts.ready()

    def full(*_: object, **__: object) -> None:
        raise EnvironmentProblem("磁盘已满", "写不进去", "清理磁盘")

    with monkeypatch.context() as patch:
        patch.setattr(type(parts.store), "accept", full)
        with pytest.raises(EnvironmentProblem):
            parts.accept.accept(visit)
    assert parts.store.cases(limit=10) == []
    assert len(parts.accept.accept(visit).cases) == 3, "the visit is still there and can be accepted later"


def test_a_reprint_says_so_and_has_its_own_job(parts: Parts) -> None:
    acceptance = parts.accept.accept(parts.ready())
    again = parts.accept.reprint(acceptance.notice)
    assert again.paper.reprint == 1
    assert again.job_id != acceptance.notice.job_id
    assert parts.accept.reprint(again).paper.reprint == 2


def test_an_abandoned_visit_leaves_its_trail_and_nothing_else(parts: Parts) -> None:
    parts.drafts.end(parts.scanned(parts.identified(parts.begin())))
    actions = [entry.action for entry in parts.store.audit_entries(0)]
    assert actions == ["card.read", "licence.scanned", "visit.abandoned"]
    assert parts.store.cases(limit=10) == []


def test_the_audit_trail_holds_no_open_personal_number(parts: Parts) -> None:
    parts.accept.accept(parts.ready())
    number = parts.world.person("zhang-wei").card.number
    assert number
    assert not [entry for entry in parts.store.audit_entries(0) if number in f"{entry.subject}{entry.details}"]


def test_everything_waits_in_the_outbox_until_it_is_sent(parts: Parts) -> None:
    parts.accept.accept(parts.ready())
    assert {operation.state for operation in parts.store.outbox()} == {OutboxState.PENDING}
    assert parts.store.counts().waiting == len(parts.store.outbox())
