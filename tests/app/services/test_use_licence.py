"""A licence looked through, partly left, and somebody else's relied on only at the clerk's stated word."""

from __future__ import annotations

import pytest
from desk_parts import BUNDLE, Parts

from app.domain.errors import BadInput
from app.domain.fact import SourceKind
from app.domain.material import MaterialStatus
from app.licences.facts import Match
from app.services.use_licence import Standing, UseLicence
from app.services.visit import Visit
from app.services.visit_file import read_visit, visit_document

PREMISES = {"premises.address", "premises.area", "premises.use_right"}
WAIVED = "premises_use_proof"


@pytest.fixture
def use(parts: Parts) -> UseLicence:
    return UseLicence(parts.clock, parts.scan._duty)


def shown(parts: Parts, licence: str = "real-estate", person: str = "zhang-wei") -> tuple[Visit, str]:
    visit = parts.choose.add(parts.identified(parts.begin(), person), BUNDLE)
    return parts.scanned(visit, licence), parts.world.licence_text(licence)


def filled(visit: Visit) -> set[str]:
    return {key for key, fact in visit.form.in_force().items() if fact.source.kind is SourceKind.LICENCE}


def is_waived(visit: Visit) -> bool:
    return any(m.use.id == WAIVED and m.status is MaterialStatus.WAIVED for m in visit.checklist.materials)


def test_what_it_offers_and_where_each_stands(parts: Parts, use: UseLicence) -> None:
    visit, text = shown(parts)
    offered = {one.fact.key: one for one in use.offered(visit, text)}
    assert {key for key, one in offered.items() if one.standing is Standing.FILLS} == filled(visit) >= PREMISES
    assert all(one.here == one.fact.value for one in offered.values() if one.standing is Standing.FILLS)
    typed = parts.fill.type(visit, "premises.area", "70")
    assert {o.fact.key: o.standing for o in use.offered(typed, text)}["premises.area"] is Standing.DIFFERS
    bare = parts.scanned(parts.identified(parts.begin()))
    assert {one.standing for one in use.offered(bare, text)} == {Standing.NOT_ASKED}
    assert WAIVED in use.waives(visit, text)
    assert use.waives(bare, text) == ()


def test_what_is_left_leaves_the_form_and_comes_back(parts: Parts, use: UseLicence) -> None:
    visit, text = shown(parts)
    all_keys = {one.fact.key for one in use.offered(visit, text)}
    some = use.choose(visit, text, all_keys - {"premises.area"})
    assert "premises.area" not in filled(some)
    assert some.form.state("premises.area").value == ""
    assert filled(some) == filled(visit) - {"premises.area"}
    assert is_waived(some), "the paper is proven all the same"
    event = some.events[-1]
    assert (event.action, event.details["left"]) == ("licence.chosen", ["premises.area"])
    again = parts.scan.apply(some, text, parts.scan.read(text))
    assert "premises.area" not in filled(again), "scanning again does not undo the choice"
    assert filled(use.choose(some, text, all_keys)) == filled(visit)
    assert use.choose(some, text, all_keys - {"premises.area"}) is some


def test_what_is_left_stays_left_in_a_draft(parts: Parts, use: UseLicence) -> None:
    visit, text = shown(parts)
    some = use.choose(visit, text, ())
    back = read_visit(visit_document(some, parts.catalog), parts.catalog, parts.clock.now()).visit
    assert back.licences == some.licences
    assert filled(back) == set()
    document = visit_document(some, parts.catalog)
    for entry in document["licences"]:
        del entry["left"], entry["relied"]  # as an earlier version wrote it
    assert read_visit(document, parts.catalog, parts.clock.now()).visit.licences[0].left == frozenset()


def test_somebody_elses_is_used_only_for_a_stated_reason(parts: Parts, use: UseLicence) -> None:
    visit, text = shown(parts, "other-holder")
    assert visit.licences[0].match.match is Match.DIFFERENT
    assert (filled(visit), is_waived(visit), use.needs_reason(visit, text)) == (set(), False, True)
    for empty in ("", "  ", "x", "\n\t"):
        with pytest.raises(BadInput, match="理由"):
            use.rely(visit, text, empty)
    relied = use.rely(visit, text, "房东出租  330503195809230421")
    assert filled(relied) >= PREMISES
    assert is_waived(relied)
    assert relied.form.state("applicant.name").value == "张伟", "never the applicant"
    event = relied.events[-1]
    assert (event.action, event.details["match"]) == ("licence.relied", "different")
    assert "330503195809230421" not in str(event.details)
    assert "房东出租" in str(event.details["reason"])
    with pytest.raises(BadInput, match="不用确认"):
        use.rely(relied, text, "再来一次")
    assert filled(parts.choose.add(relied, BUNDLE)) >= PREMISES


def test_the_reason_was_about_this_visitor(parts: Parts, use: UseLicence) -> None:
    visit, text = shown(parts, "other-holder")
    relied = use.rely(visit, text, "房东出租，承租人办理")
    assert parts.identified(relied).licences[0].relied, "the same card read again"
    other = parts.identified(relied, "johann-mueller")
    assert (other.licences[0].relied, filled(other), is_waived(other)) == ("", set(), False)


@pytest.mark.parametrize("licence", ["expired", "revoked", "untrusted", "real-estate"])
def test_a_reason_lifts_no_other_bar(parts: Parts, use: UseLicence, licence: str) -> None:
    visit, text = shown(parts, licence)
    assert not use.needs_reason(visit, text)
    with pytest.raises(BadInput):
        use.rely(visit, text, "请通融一下")
    assert use.may_fill(visit, text) == (licence == "real-estate")


def test_before_the_card_is_read_there_is_nothing_to_decide(parts: Parts, use: UseLicence) -> None:
    visit = parts.scanned(parts.begin(), "other-holder")
    text = parts.world.licence_text("other-holder")
    assert not use.needs_reason(visit, text)
    assert not use.may_fill(visit, text)
    with pytest.raises(BadInput, match="没有这份证照"):
        use.offered(visit, "another")
