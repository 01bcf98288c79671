"""Reuse, completion later, checks of promises and the one-time notice, on a real store, vault and papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import pytest
from desk_parts import BUNDLE, Parts, counter

from app.demo.world import DemoWorld
from app.documents.preview import pages_as_png
from app.documents.render import PaperRenderer
from app.documents.verify import verify_paper
from app.domain.case import OperationKind, OutboxState
from app.domain.clerk import Clerk
from app.domain.document import PaperKind
from app.domain.errors import Defect, Refused
from app.domain.item import Catalog
from app.domain.material import MaterialStatus, Page
from app.licences.cose import Algorithm, SigningKey
from app.server.wire import read_file
from app.services.choose_items import ChooseItems
from app.services.complete_later import CompleteLater, DueKind
from app.services.duty import Duty
from app.services.favourites import Favourites
from app.services.one_time_notice import OneTimeNotice
from app.services.reuse import Reuse
from app.services.visit import Visit

REUSABLE = ("floor_plan",)
LI = Duty(Clerk("0002", "李芳"))


@pytest.fixture
def parts(tmp_path: Path, world: DemoWorld) -> Iterator[Parts]:
    with counter(tmp_path / "profile", world) as made:
        catalog = _allowing(made.catalog)
        favourites = Favourites(made.store, catalog, made.clock)
        made.choose = ChooseItems(catalog, made.choose._index, made.clock, LI, favourites)
        yield made


def _allowing(catalog: Catalog) -> Catalog:
    """The catalogue with a plan that may be used again for 30 days, and a promise checked after 5 working days."""
    items = {
        code: replace(
            item,
            materials=tuple(
                replace(
                    use,
                    reuse_days=30 if use.id in REUSABLE else 0,
                    promise_check_days=5 if use.promise else 0,
                )
                for use in item.materials
            ),
        )
        for code, item in catalog.items.items()
    }
    return replace(catalog, items=items)


def later_of(parts: Parts) -> CompleteLater:
    return CompleteLater(parts.store, parts.clock, LI)


def reuse_of(parts: Parts) -> Reuse:
    return Reuse(parts.store, parts.vault, parts.clock, LI)


def page(parts: Parts, seed: str = "floor-plan") -> Page:
    return parts.capture.take(cv2.imread(str(parts.world.page_picture(seed)))).page


def chosen(parts: Parts, person: str = "zhang-wei") -> Visit:
    return parts.choose.add(parts.identified(parts.begin(), person), BUNDLE)


# -- reuse ----------------------------------------------------------------------------------------------------


def test_an_earlier_paper_is_offered_taken_over_and_named_on_the_case(parts: Parts) -> None:
    first = parts.accept.accept(parts.ready()).cases
    number = next(c.provisional_no for c in first if any(m.use.id == "floor_plan" for m in c.materials))
    parts.clock.advance(dt.timedelta(days=10))
    visit = chosen(parts)
    offer = reuse_of(parts).offers(visit)["floor_plan"]
    assert (offer.open, offer.origin.number) == (True, number)
    taken = reuse_of(parts).take_over(visit, offer)
    line = taken.checklist.material("floor_plan")
    assert (line.status, line.origin, line.pages) == (MaterialStatus.CAPTURED, offer.origin, offer.pages)
    assert taken.events[-1].action == "material.reused"
    assert taken.events[-1].details["origin"] == number


def test_what_was_reused_keeps_its_first_day(parts: Parts) -> None:
    parts.accept.accept(parts.ready())
    parts.clock.advance(dt.timedelta(days=20))
    visit = parts.typed(parts.choose.add(parts.scanned(parts.identified(parts.begin())), BUNDLE))
    offer = reuse_of(parts).offers(visit)["floor_plan"]
    visit = parts.capture.tolerate(reuse_of(parts).take_over(visit, offer), "hygiene_test_report")
    cases = parts.accept.accept(parts.capture.promise(visit, "signboard_picture")).cases
    stored = parts.store.case(next(c.case_id for c in cases if any(m.origin for m in c.materials)))
    assert stored is not None
    assert next(m.origin for m in stored.materials if m.origin) == offer.origin
    parts.clock.advance(dt.timedelta(days=15))  # 35 days after the paper, 15 after its reuse
    late = reuse_of(parts).offers(chosen(parts))["floor_plan"]
    assert not late.open
    assert "30 天内有效" in late.why_not
    with pytest.raises(Refused, match="不能沿用"):
        reuse_of(parts).take_over(visit, late)


def test_nobody_elses_paper_and_none_without_a_card_is_offered(parts: Parts) -> None:
    parts.accept.accept(parts.ready())
    assert reuse_of(parts).offers(parts.choose.add(parts.begin(), BUNDLE)) == {}
    other = chosen(parts)
    assert other.card is not None
    stranger = replace(other, card=replace(other.card, number="330502199003071232"))
    assert reuse_of(parts).offers(stranger) == {}
    assert reuse_of(parts).offers(other) != {}


def test_a_paper_whose_picture_is_gone_is_not_offered(parts: Parts) -> None:
    parts.accept.accept(parts.ready())
    offer = reuse_of(parts).offers(chosen(parts))["floor_plan"]
    for kept in offer.pages:
        parts.vault.remove(kept.sha256)
    assert reuse_of(parts).offers(chosen(parts))["floor_plan"].why_not == "影像已不在本机"


# -- later ----------------------------------------------------------------------------------------------------


def test_a_tolerated_material_is_listed_completed_and_sent(parts: Parts) -> None:
    cases = parts.accept.accept(parts.ready()).cases
    later = later_of(parts)
    entries = {entry.kind: entry for entry in later.outstanding()}
    entry = entries[DueKind.MATERIAL]
    assert entry.material.use.id == "hygiene_test_report"
    number = entry.cases[0].provisional_no
    for words in (number, cases[0].applicant_number, cases[0].applicant_number[-6:], cases[0].applicant_name):
        assert entry.key in [found.key for found in later.outstanding(words)]
    assert later.outstanding("T01202601010001A") == []
    before = {op.op_id for op in parts.store.outbox()}
    sealed = page(parts)
    later.complete(entry, [sealed])
    new = [op for op in parts.store.outbox({OutboxState.PENDING}) if op.op_id not in before]
    assert [op.kind for op in new] == [OperationKind.FILE] * len(entry.cases)
    body = read_file(new[0].body)
    assert (body.supplement, body.sha256, body.material_id) == (True, sealed.sha256, "hygiene_test_report")
    stored = parts.store.case(entry.cases[0].case_id)
    assert stored is not None
    line = next(m for m in stored.materials if m.use.id == "hygiene_test_report")
    assert (line.status, line.pages, line.due) == (MaterialStatus.CAPTURED, (sealed,), entry.due)
    assert [e.kind for e in later.outstanding()] == [DueKind.CHECK]
    assert parts.store.audit_entries()[-1].action == "material.completed"
    with pytest.raises(Refused, match="已经补交过"):
        later.complete(entry, [sealed])
    with pytest.raises(Refused, match="没有补交材料"):
        later.complete(entry, [])


def test_only_what_was_tolerated_can_be_completed(parts: Parts) -> None:
    entry = next(e for e in _accepted(parts) if e.kind is DueKind.MATERIAL)
    plan = replace(entry, material=replace(entry.material, use=replace(entry.material.use, id="floor_plan")))
    holders = tuple(case for case in parts.store.cases() if any(m.use.id == "floor_plan" for m in case.materials))
    with pytest.raises(Refused, match="不用补交"):
        later_of(parts).complete(replace(plan, cases=holders), [page(parts)])
    unknown = replace(entry, material=replace(entry.material, use=replace(entry.material.use, id="none")))
    before = len(parts.store.outbox())
    with pytest.raises(Defect):
        later_of(parts).complete(unknown, [page(parts)])
    assert len(parts.store.outbox()) == before


def _accepted(parts: Parts) -> list:  # type: ignore[type-arg]
    parts.accept.accept(parts.ready())
    return later_of(parts).outstanding()


def test_the_most_overdue_comes_first_and_the_day_is_reminded(parts: Parts) -> None:
    check, material = _accepted(parts)
    assert (check.kind, material.kind) == (DueKind.CHECK, DueKind.MATERIAL)
    assert later_of(parts).reminder().words == ""
    parts.clock.advance(dt.timedelta(days=check.days))
    assert later_of(parts).reminder().words == "今天到期 1 项"
    parts.clock.advance(dt.timedelta(days=1))
    late = later_of(parts).outstanding()[0]
    assert late.overdue
    assert "已逾期 1 天" in late.when
    assert later_of(parts).reminder().words == "已逾期 1 项"


def test_a_promise_is_checked_by_its_department_and_then_leaves_the_list(parts: Parts) -> None:
    check = next(e for e in _accepted(parts) if e.kind is DueKind.CHECK)
    assert check.who == check.cases[0].department
    with pytest.raises(Refused):
        later_of(parts).complete(check, [page(parts)])
    later_of(parts).note_check(check, kept=False)
    assert DueKind.CHECK not in [e.kind for e in later_of(parts).outstanding()]
    stored = parts.store.case(check.cases[0].case_id)
    assert stored is not None
    line = next(m for m in stored.materials if m.check_due)
    assert line.checked.endswith("核查不实，李芳")
    with pytest.raises(Refused, match="没有待核查"):
        later_of(parts).note_check(check, kept=True)


# -- points, conditions ---------------------------------------------------------------------------------------


def test_unconfirmed_points_warn_and_confirmed_ones_are_stored(parts: Parts) -> None:
    visit = parts.ready()
    check = parts.accept.check(visit)
    assert check.passed
    assert any("收件要点没有确认" in warning for warning in check.warnings)
    confirmed = parts.capture.tick(visit, "floor_plan", None)
    assert not any("收件要点" in warning for warning in parts.accept.check(confirmed).warnings)
    cases = parts.accept.accept(confirmed).cases
    stored = [m for c in cases for m in parts.store.case(c.case_id).materials if m.use.id == "floor_plan"]  # type: ignore[union-attr]
    assert stored
    assert all(m.ticked == m.use.acceptance_points for m in stored)


def test_pages_are_turned_moved_and_given_out_as_pdf(parts: Parts) -> None:
    visit = chosen(parts)
    picture = cv2.imread(str(parts.world.page_picture("floor-plan")))
    visit = parts.capture.keep(visit, "floor_plan", parts.capture.take(picture))
    first = visit.checklist.material("floor_plan").pages[0]
    by = parts.capture.turn(first)
    assert (by.width, by.height) == (first.height, first.width)
    turned = parts.capture.replace(visit, "floor_plan", first, by)
    assert turned.checklist.material("floor_plan").pages == (by,)
    assert parts.capture.replace(turned, "floor_plan", first, by) is turned
    pdf = parts.capture.as_pdf(turned.checklist.material("floor_plan"))
    assert len(pages_as_png(pdf, 30)) == 1
    with pytest.raises(Refused, match="不能导出"):
        parts.capture.as_pdf(turned.checklist.material("hygiene_test_report"))


# -- the one-time notice --------------------------------------------------------------------------------------


def notice_of(parts: Parts, key: SigningKey | None = None) -> OneTimeNotice:
    renderer = PaperRenderer(key or SigningKey.generate(Algorithm.EDDSA), "演示大厅")
    return OneTimeNotice(replace(parts.counter, renderer=renderer, duty=LI))


def test_the_notice_tells_all_that_lacks_is_numbered_signed_and_audited(parts: Parts) -> None:
    key = SigningKey.generate(Algorithm.EDDSA)
    visit = parts.fill.type(chosen(parts), "applicant.phone", "12")
    service = notice_of(parts, key)
    notice = service.make(visit)
    check = parts.accept.check(visit)
    lacks = notice.paper.lacks
    assert [lack.name for lack in lacks if lack.is_material] == [m.use.name for m in check.unsettled]
    assert sum(not lack.is_material for lack in lacks) == sum(not p.warning for p in check.problems)
    assert any(lack.what != "未填写" for lack in lacks if not lack.is_material)  # the wrong number says what is wrong
    verdict = verify_paper(notice.pdf, lambda kid: [key] if kid == key.kid else [])
    assert (verdict.ours, verdict.unaltered, verdict.number) == (True, True, notice.paper.number)
    assert (notice.paper.kind, notice.paper.number[:5]) == (PaperKind.ONE_TIME_NOTICE, "GZT01")
    entry = parts.store.audit_entries()[-1]
    assert (entry.action, entry.subject) == ("notice.made", notice.paper.number)
    again = service.make(visit)
    assert again.paper.number != notice.paper.number
    assert service.reprint(notice).paper.reprint == 1
    assert parts.accept.accept(parts.ready()).cases[0].provisional_no.endswith("0001", 0, -1)  # its own series


def test_there_is_no_notice_when_nothing_lacks_or_nothing_was_chosen(parts: Parts) -> None:
    with pytest.raises(Refused, match="不用出"):
        notice_of(parts).make(parts.ready())
    with pytest.raises(Refused, match="没有选择事项"):
        notice_of(parts).make(parts.begin())


def test_a_visitor_without_a_card_gets_a_notice_too(parts: Parts) -> None:
    notice = notice_of(parts).make(parts.choose.add(parts.begin(), BUNDLE))
    assert notice.paper.cases[0].applicant_name == "申请人"
    assert pages_as_png(notice.pdf, 30)
