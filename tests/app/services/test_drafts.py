"""Drafts on a real store and vault: kept, parked, taken up, ended; their files; what cannot be read."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from desk_parts import BUNDLE, Parts

from app.domain.errors import BadInput, Refused
from app.domain.person import mask_name
from app.services.changes import what_changed
from app.services.visit import Visit
from offline_db.drafts import DraftState


def half(parts: Parts) -> Visit:
    """Half way: who, what, one field typed."""
    visit = parts.choose.add(parts.identified(parts.begin()), BUNDLE)
    return parts.fill.type(visit, "business.name", "𠮷祥㛃理发店")


def actions(parts: Parts) -> list[str]:
    return [entry.action for entry in parts.store.audit_entries()]


def sealed(parts: Parts) -> int:
    return len(list(parts.store.profile.vault_folder.glob("??/*")))


def test_a_kept_visit_says_who_what_and_how_far_masked(parts: Parts) -> None:
    visit = half(parts)
    assert parts.drafts.save(visit)
    (left,) = parts.drafts.listed()
    assert left.state is DraftState.OPEN
    assert visit.card is not None
    assert left.who == mask_name(visit.card.name or "")
    assert (visit.card.number or "").endswith(left.tail)
    assert left.what == (parts.catalog.bundles[BUNDLE].name,)
    assert left.filled == len(visit.form.values()) < left.asked
    assert left.materials == len(visit.checklist.materials)
    assert len(left.lacks) == 3
    assert left.more > 0
    assert left.clerk == "演示员"
    text = json.dumps([left.who, left.tail, *left.lacks], ensure_ascii=False)
    assert str(visit.card.number) not in text
    reopened = parts.drafts.take_up(left.draft_id)
    again = reopened.visit  # times lose what is below a millisecond
    assert (again.card, again.items, again.checklist) == (visit.card, visit.items, visit.checklist)
    assert again.form.values() == visit.form.values()
    assert reopened.changes == ()


def test_a_visit_that_was_accepted_does_not_come_back(parts: Parts) -> None:
    visit = parts.ready()
    parts.drafts.save(visit)
    parts.accept.accept(visit)
    assert not parts.drafts.save(visit)
    assert not parts.drafts.park(visit)
    assert parts.drafts.listed() == []
    assert parts.drafts.sweep() == 0, "its page is the case's now"


def test_an_accepted_visit_taken_up_again_is_accepted_once(parts: Parts) -> None:
    parts.drafts.park(parts.ready())
    (left,) = parts.drafts.listed()
    visit = parts.drafts.take_up(left.draft_id).visit
    accepted = parts.accept.accept(visit)
    assert len(accepted.cases) == len(visit.items)
    for case in accepted.cases:
        for page in (page for material in case.materials for page in material.pages):
            assert parts.vault.open(page.sha256)


def test_a_visit_that_ended_leaves_its_trail_and_no_file(parts: Parts) -> None:
    visit = parts.ready()
    parts.drafts.save(visit)
    before = sealed(parts)
    # Captured and dropped again before the end: nobody but the store remembers that page.
    gone = parts.capture.drop(visit, "floor_plan", 0)
    parts.drafts.save(gone)
    parts.drafts.end(gone)
    assert not parts.drafts.save(visit), "a save that was under way comes late"
    assert parts.drafts.listed() == []
    assert actions(parts)[-1] == "visit.abandoned"
    assert actions(parts).count("card.read") == 1
    assert parts.drafts.sweep() == 1
    assert sealed(parts) == before - 1
    assert parts.drafts.sweep() == 0


def test_files_of_a_parked_visit_are_kept_when_others_end(parts: Parts) -> None:
    parked = parts.ready()
    parts.drafts.park(parked)
    other = parts.ready()  # the same picture: the same sealed file
    parts.drafts.save(other)
    parts.drafts.end(other)
    assert parts.drafts.sweep() == 0
    parts.drafts.discard(parked.visit_id)
    assert parts.drafts.sweep() == 1


def test_several_are_parked_in_order_and_taken_up_once(parts: Parts) -> None:
    first, second = half(parts), replace(half(parts), visit_id="v2")
    for visit in (first, second):
        parts.clock.advance(dt.timedelta(seconds=1))
        parts.drafts.park(visit)
    assert [d.draft_id for d in parts.drafts.listed()] == [first.visit_id, "v2"]
    assert not parts.drafts.save(second), "a save that was under way comes late"
    assert {d.state for d in parts.drafts.listed()} == {DraftState.PARKED}
    parts.drafts.take_up("v2")
    assert parts.drafts.save(second)
    states = {d.draft_id: d.state for d in parts.drafts.listed()}
    assert states == {first.visit_id: DraftState.PARKED, "v2": DraftState.OPEN}
    parts.drafts.park_left("v2")
    assert {d.state for d in parts.drafts.listed()} == {DraftState.PARKED}
    with pytest.raises(Refused, match="没有这份草稿"):
        parts.drafts.take_up("v9")
    assert actions(parts) == ["visit.parked", "visit.parked", "visit.resumed", "visit.parked"]


@pytest.mark.parametrize("text", ["{torn", "null", '{"format": 1}', '{"format": 99}'])
def test_a_draft_that_cannot_be_read_is_set_aside_and_kept(parts: Parts, text: str) -> None:
    parts.store.save_draft("v1", text)
    with pytest.raises(BadInput, match="草稿不能恢复"):
        parts.drafts.take_up("v1")
    (aside,) = parts.drafts.listed()
    assert aside.state is DraftState.UNREADABLE
    assert parts.store.draft_text("v1") == text
    assert actions(parts) == ["visit.unreadable"]
    parts.drafts.discard("v1")
    assert parts.drafts.listed() == []
    assert actions(parts)[-1] == "visit.abandoned"


def test_a_draft_under_another_visits_name_is_refused(parts: Parts) -> None:
    parts.drafts.save(half(parts))
    text = parts.store.draft_text(parts.drafts.listed()[0].draft_id)
    parts.store.save_draft("v1", text or "")
    with pytest.raises(BadInput):
        parts.drafts.take_up("v1")


def test_discarding_unopened_keeps_what_was_looked_at(parts: Parts) -> None:
    visit = half(parts)
    parts.drafts.park(visit)
    parts.drafts.discard(visit.visit_id)
    assert actions(parts) == ["visit.parked", "card.read", "items.chosen", "visit.abandoned"]
    assert not parts.drafts.save(visit)


def test_nothing_is_kept_in_the_name_of_nobody(parts: Parts) -> None:
    parts.counter.duty.holder = None
    with pytest.raises(Refused, match="还没有登录"):
        parts.drafts.save(parts.begin())


def test_words_for_what_was_taken_back(parts: Parts) -> None:
    def words(before: Visit, after: Visit) -> str:
        there = what_changed(before, after, parts.catalog)
        # Taking back is said in the same words.
        assert what_changed(after, before, parts.catalog) == there
        return there

    empty = parts.begin()
    read = parts.identified(empty)
    name = parts.catalog.bundles[BUNDLE].name
    chosen = parts.choose.add(read, BUNDLE)
    titles = {f.key: f.title for f in chosen.form.definition.fields}
    materials = {m.use.id: m.use for m in chosen.checklist.materials}
    assert words(empty, empty) == ""
    assert words(empty, read) == "读取的证件"
    assert words(read, chosen) == name
    assert words(chosen, parts.scanned(chosen)) == "扫描的证照"
    typed = parts.fill.type(chosen, "business.name", "新店")
    assert words(chosen, typed) == titles["business.name"]
    assert words(typed, parts.fill.type(typed, "business.name", "老店")) == titles["business.name"]
    many = words(chosen, parts.typed(chosen))
    assert many.endswith("项")
    assert many.count("、") == 2
    plan, full = materials["floor_plan"].name, parts.settled(chosen)
    assert words(parts.capture.drop(full, "floor_plan", 0), full) == f"{plan}的影像"
    assert words(full, parts.capture.tick(full, "floor_plan", 0)) == f"{plan}的收件要点"
    report = materials["hygiene_test_report"].name
    assert words(chosen, parts.capture.tolerate(chosen, "hygiene_test_report")) == f"{report}的容缺"
    board = materials["signboard_picture"].name
    assert words(chosen, parts.capture.promise(chosen, "signboard_picture")) == f"{board}的承诺"
