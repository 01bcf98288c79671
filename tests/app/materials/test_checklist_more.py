"""Conditions, ticks, reuse, queries, the order of pages: what a checklist remembers and what it shows of it."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Refused
from app.domain.item import Item, MaterialUse
from app.domain.material import MaterialStatus, Origin, Page
from app.materials.checklist import Checklist

TODAY = dt.date(2026, 11, 21)
PAGES = tuple(Page(f"{n:064d}", "image/jpeg", 1000, 700, 990) for n in range(6))
RENT = {"premises.use_right": ("rent",)}
ORIGIN = Origin("A032026102100047", dt.date(2026, 10, 22))


def item(code: str, *uses: MaterialUse) -> Item:
    return Item(code, code, "", "d", "", "即办件", 1, 1, "", "", (), uses)


def ids(checklist: Checklist) -> list[str]:
    return [material.use.id for material in checklist.materials]


def lease() -> MaterialUse:
    return MaterialUse("lease", "租赁合同", when=RENT)


# -- conditions -----------------------------------------------------------------------------------------------


def test_a_material_is_listed_only_while_its_condition_holds_and_its_pages_return() -> None:
    checklist = Checklist([item("a", MaterialUse("id", "身份证明"), lease())])
    assert ids(checklist) == ["id"]
    assert [m.use.id for m in checklist.unsettled()] == ["id"]
    rented = checklist.under({"premises.use_right": "rent"})
    assert ids(rented) == ["id", "lease"]
    captured = rented.capture("lease", PAGES[0])
    owned = captured.under({"premises.use_right": "own"})
    assert ids(owned) == ["id"]
    with pytest.raises(Refused, match="不用收"):
        owned.capture("lease", PAGES[1])
    assert owned.under({"premises.use_right": "rent"}).material("lease").pages == (PAGES[0],)


def test_an_item_whose_condition_does_not_hold_has_no_say() -> None:
    lenient = MaterialUse("lease", "租赁合同", tolerable=True, tolerance_days=20)
    checklist = Checklist([item("a", lenient), item("b", lease())])
    assert checklist.material("lease").use.tolerable
    assert checklist.material("lease").asked_by == ("a",)
    rented = checklist.under({"premises.use_right": "rent"})
    assert not rented.material("lease").use.tolerable
    assert rented.material("lease").asked_by == ("a", "b")


def test_values_that_no_condition_names_change_nothing() -> None:
    checklist = Checklist([item("a", lease())]).under({"premises.use_right": "rent"})
    assert checklist.under({"premises.use_right": "rent", "applicant.name": "张㛃"}) is checklist
    assert ids(Checklist([item("b", lease())], previous=checklist)) == ["lease"]


# -- ticks ----------------------------------------------------------------------------------------------------

POINTED = MaterialUse("plan", "平面图", acceptance_points=("签字", "比例", "朝向"))


def test_points_are_confirmed_one_by_one_or_all_at_once() -> None:
    checklist = Checklist([item("a", POINTED)]).tick("plan", 1)
    assert checklist.material("plan").ticked == ("比例",)
    assert checklist.material("plan").unticked == ()  # nothing in hand yet: nothing to warn of
    captured = checklist.capture("plan", PAGES[0])
    assert captured.material("plan").unticked == ("签字", "朝向")
    every = captured.tick_all("plan")
    assert every.material("plan").unticked == ()
    assert every.tick_all("plan").material("plan").ticked == ()
    assert captured.tick("plan", 1).material("plan").ticked == ()
    with pytest.raises(IndexError):
        captured.tick("plan", 3)


def test_a_tick_does_not_count_for_a_point_that_is_asked_no_more() -> None:
    checklist = Checklist([item("a", POINTED)]).tick_all("plan")
    other = MaterialUse("plan", "平面图", acceptance_points=("比例", "盖章"))
    assert Checklist([item("b", other)], previous=checklist).material("plan").ticked == ("比例",)


# -- reuse ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "good"), [(0, False), (29, False), (30, True), (365, True)])
def test_an_earlier_paper_serves_within_its_days(days: int, good: bool) -> None:
    checklist = Checklist([item("a", MaterialUse("plan", "平面图", reuse_days=days))])
    if not good:
        with pytest.raises(Refused, match="不能沿用"):
            checklist.reuse("plan", PAGES[:2], ORIGIN, TODAY)
        return
    line = checklist.reuse("plan", PAGES[:2], ORIGIN, TODAY).material("plan")
    assert (line.status, line.pages, line.origin) == (MaterialStatus.CAPTURED, PAGES[:2], ORIGIN)
    assert line.reason == "沿用办件 A032026102100047（2026-10-22）的材料，2 页"


def test_what_is_captured_now_goes_before_what_was_reused() -> None:
    checklist = Checklist([item("a", MaterialUse("plan", "平面图", reuse_days=60))])
    reused = checklist.reuse("plan", PAGES[:2], ORIGIN, TODAY)
    captured = reused.capture("plan", PAGES[3])
    assert (captured.material("plan").pages, captured.material("plan").origin) == ((PAGES[3],), None)
    assert captured.drop_page("plan", 0).material("plan").origin == ORIGIN
    assert reused.drop_reuse("plan").material("plan").status is MaterialStatus.MISSING
    with pytest.raises(IndexError):
        reused.drop_page("plan", 0)


def test_a_stricter_item_that_joins_ends_the_reuse() -> None:
    use = MaterialUse("plan", "平面图", reuse_days=60)
    reused = Checklist([item("a", use)]).reuse("plan", PAGES[:1], ORIGIN, TODAY)
    stricter = item("b", MaterialUse("plan", "平面图", reuse_days=10))
    assert Checklist([item("a", use), stricter], previous=reused).material("plan").status is MaterialStatus.MISSING


def test_a_paper_from_the_future_is_not_trusted() -> None:
    checklist = Checklist([item("a", MaterialUse("plan", "平面图", reuse_days=60))])
    with pytest.raises(Refused):
        checklist.reuse("plan", PAGES[:1], Origin("x", TODAY + dt.timedelta(days=1)), TODAY)


def test_another_person_keeps_papers_in_hand_but_nothing_that_was_somebody_elses() -> None:
    uses = [MaterialUse(name, name, reuse_days=60, tolerable=True, tolerance_days=5) for name in ("a", "b", "c")]
    checklist = Checklist([item("x", *uses)]).capture("a", PAGES[0]).reuse("b", PAGES[1:3], ORIGIN, TODAY)
    other = checklist.tolerate("c", TODAY).for_another_person()
    assert other.material("a").pages == (PAGES[0],)
    assert [other.material(name).status for name in ("b", "c")] == [MaterialStatus.MISSING] * 2
    assert not other.can_undo


# -- waivers, promises, pages ---------------------------------------------------------------------------------


def test_a_query_waives_with_who_answered_and_when() -> None:
    use = MaterialUse("marriage", "结婚证", waived_by=("query:marriage",))
    checklist = Checklist([item("a", use)])
    at = dt.datetime(2026, 11, 21, 2, 30, tzinfo=dt.UTC)
    line = checklist.waive_by_query("marriage", "湖州市民政局", at).material("marriage")
    assert line.status is MaterialStatus.WAIVED
    assert line.reason == "已通过数据共享向湖州市民政局查询核实（2026-11-21 10:30）"
    assert checklist.waive_by_query("birth", "湖州市民政局", at).unsettled() != ()


def test_a_promise_has_a_day_of_its_check() -> None:
    use = MaterialUse("sign", "效果图", promise=True, promise_check_days=5)
    checklist = Checklist([item("a", use)])
    line = checklist.promise("sign", TODAY).material("sign")
    assert (line.status, line.check_due) == (MaterialStatus.PROMISED, dt.date(2026, 11, 27))
    assert "2026-11-27 前核查" in line.reason
    assert checklist.promise("sign").material("sign").check_due is None


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12))
def test_moving_pages_loses_none(moves: list[tuple[int, int]]) -> None:
    checklist = Checklist([item("a", MaterialUse("plan", "平面图"))])
    for page in PAGES:
        checklist = checklist.capture("plan", page)
    wanted = list(PAGES)
    for start, end in moves:
        checklist = checklist.move_page("plan", start, end)
        wanted.insert(end, wanted.pop(start))
    assert list(checklist.material("plan").pages) == wanted


def test_pages_are_replaced_in_place_and_had_back() -> None:
    checklist = (
        Checklist([item("a", MaterialUse("plan", "平面图"))]).capture("plan", PAGES[0]).capture("plan", PAGES[1])
    )
    turned = checklist.replace_page("plan", 0, PAGES[4])
    assert turned.material("plan").pages == (PAGES[4], PAGES[1])
    assert turned.undo().material("plan").pages == PAGES[:2]
    for index in (-1, 2):
        with pytest.raises(IndexError):
            checklist.replace_page("plan", index, PAGES[5])
        with pytest.raises(IndexError):
            checklist.move_page("plan", 0, index)


def test_all_of_it_survives_a_draft_and_an_old_draft_is_still_read() -> None:
    use = MaterialUse("plan", "平面图", reuse_days=60, acceptance_points=("签字",), promise=True, promise_check_days=3)
    items = [item("a", use, MaterialUse("sign", "效果图", promise=True, promise_check_days=5))]
    checklist = Checklist(items).reuse("plan", PAGES[:2], ORIGIN, TODAY).tick("plan", 0).promise("sign", TODAY)
    read = Checklist.from_json(items, json.loads(json.dumps(checklist.to_json())))
    assert read.materials == checklist.materials
    old = {"done": {"sign": {"pages": [], "tolerated_on": None, "promised": True}}, "proofs": {}}
    assert Checklist.from_json(items, old).material("sign").status is MaterialStatus.PROMISED
