"""Who decides a case: told from the form by the catalogue's rule, as far as the item may be received."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desk_parts import Parts, counter

from app.demo.world import DemoWorld
from app.domain.case import OperationKind
from app.domain.clock import isoformat
from app.domain.document import PaperKind
from app.domain.errors import Refused
from app.domain.territory import HandoverState, Territory, within
from app.licences.cose import Algorithm, SigningKey
from app.licences.region_seal import make_seal
from app.licences.snapshot import pin_of
from app.services.regions import Regions, handover_of

HERE, THERE = Territory("330503", "湖州市南浔区"), Territory("330502", "湖州市吴兴区")
KEY = SigningKey.generate(Algorithm.EDDSA)


@pytest.mark.parametrize(
    ("scope", "there", "may"),
    [
        ("", "330502", False),
        ("本县", "330502", False),
        ("本县", "330503", True),
        ("全市", "330502", True),
        ("全市", "330421", False),
        ("全省", "330421", True),
        ("全省", "310118", False),
        ("长三角", "310118", True),
        ("长三角", "440305", False),
        ("跨省", "440305", True),
    ],
    ids=lambda value: str(value) or "none",
)
def test_how_far_an_item_may_be_received(scope: str, there: str, may: bool) -> None:
    assert within(scope, "330503", there) is may


@pytest.fixture
def parts(tmp_path: Path, world: DemoWorld) -> Iterator[Parts]:
    with counter(tmp_path / "profile", world) as made:
        yield made


def join(parts: Parts, there: Territory = THERE, *, receives: bool = True) -> None:
    """The platform says who is who."""
    rows = [
        {"id": f"region-{region.code}", "code": region.code, "name": region.name, "key": pin_of(KEY).text, "own": own,
         "receives": receives and not own}
        for region, own in ((HERE, True), (there, False))
    ]  # fmt: skip
    parts.store.apply_feed("policies", rows, [], "cursor")


def test_a_shop_in_another_region_is_decided_there(parts: Parts) -> None:
    join(parts)
    visit = parts.ready()
    parts.accept._regions.reload()
    warned = parts.accept.check(visit).warnings
    assert "个体工商户设立登记由湖州市吴兴区办理，本窗口收件后转办" in warned
    accepted = parts.accept.accept(visit)
    territories = {case.item_name: case.territory for case in accepted.cases}
    assert territories.pop("个体工商户设立登记") == THERE
    assert set(territories.values()) == {None}  # the others follow no such rule
    stored = {case.item_name: parts.store.case(case.case_id).territory for case in accepted.cases}  # type: ignore[union-attr]
    assert stored["个体工商户设立登记"] == THERE
    sent = [op.body for op in parts.store.outbox() if op.kind is OperationKind.CASE]
    assert len(sent) == len(accepted.cases)
    assert all(("territory" in body) is (body["item"]["name"] == "个体工商户设立登记") for body in sent)


def test_a_region_that_is_not_joined_changes_nothing(parts: Parts) -> None:
    join(parts, receives=False)
    accepted = parts.accept.accept(parts.ready())
    assert {case.territory for case in accepted.cases} == {None}


def test_what_may_not_be_received_so_far_away_is_not_accepted(parts: Parts) -> None:
    join(parts)
    visit = parts.ready()
    items = tuple(replace(item, cross_region="本县") for item in visit.items)
    narrow = replace(visit, items=items)
    regions = Regions(parts.counter)
    regions.reload()
    assert regions.too_far(items[0], narrow.form.values()) == THERE
    assert regions.territory(items[0], narrow.form.values()) is None
    with pytest.raises(Refused, match="还不能受理"):
        parts.accept.accept(narrow)


def test_the_receipt_bears_the_seal_once_the_platform_has_put_it_on(parts: Parts) -> None:
    join(parts)
    (case,) = (one for one in parts.accept.accept(parts.ready()).cases if one.territory is not None)
    issue = parts.issue_paper()
    before = issue.issue(PaperKind.MATERIAL_RECEIPT, issue.about_cases([case]))
    assert before.paper.seals == ()
    at = parts.clock.now()
    seal = make_seal(
        KEY, HERE, THERE, case_id=case.case_id, case_no="1150", provisional_no=case.provisional_no,
        item_code=case.item_code, digest="ab" * 32, received_at=at,
    )  # fmt: skip
    for rev, state, number in ((1, HandoverState.WAITING, ""), (2, HandoverState.HANDED, "310118-1")):
        message = {
            "id": f"{case.case_id}.{rev}", "kind": "notice", "case_id": case.case_id, "case_no": "1150",
            "provisional_no": case.provisional_no, "stage": rev, "at": isoformat(at + dt.timedelta(seconds=rev)),
            "words": "", "due": None, "result": "",
            "handover": {"territory": {"code": THERE.code, "name": THERE.name}, "state": state.value,
                         "number": number, "seal": seal},
        }  # fmt: skip
        parts.store.apply_feed("messages", [message], [], f"m{rev}")
    found = handover_of(parts.store, case.case_id)
    assert found is not None
    assert (found.state, found.number) == (HandoverState.HANDED, "310118-1")
    assert parts.my_cases().detail(case.case_id).handover == found
    made = issue.issue(PaperKind.MATERIAL_RECEIPT, issue.about_cases([case]))
    assert made.paper.number != before.paper.number
    assert [(one.region, one.to, one.text) for one in made.paper.seals] == [(HERE.name, THERE.name, seal)]
