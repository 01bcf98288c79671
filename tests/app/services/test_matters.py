"""Firms' matters through a real gateway: opened offline, clocked from then, moved by both sides, told once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_parts import Parts
from outing_kit import MobileWindow, mobile_window

from app.domain.agency import AGENCY, Standing
from app.domain.case import OutboxState
from app.domain.clock import shanghai
from app.domain.errors import BadInput, Refused
from app.domain.matter import Act, MatterKind, MatterStage, Role, Scope
from app.domain.numbering import is_provisional_number
from app.gateway.departments import Departments
from app.materials.matter_clock import due_of
from app.services.matters import Asked, Matters

ASKED = Asked(
    MatterKind.DEMAND, "𠮷祥㛃食品厂", "用电增容", "请供电和消防一起来看。", Scope.SEVERAL,
    contact="李𬭚", phone="13905720001",
)  # fmt: skip


@pytest.fixture
def window(parts: Parts, tmp_path: Path) -> Iterator[MobileWindow]:
    with mobile_window(parts, tmp_path, feeds=("cases", "matters", "agencies")) as made:
        yield made


@pytest.fixture
def matters(parts: Parts) -> Matters:
    return Matters(parts.counter, parts.issue_paper())


def moved(window: MobileWindow, matter_id: str, *acts: Act) -> None:
    for act in acts:
        window.gateway.gateway.matters.act(matter_id, act, "治安大队", "已办")


def test_opened_offline_it_is_clocked_from_then_and_followed_to_its_end(window: MobileWindow, matters: Matters) -> None:
    window.gateway.stop()
    made = matters.open(ASKED)
    assert made.number.startswith("SQ")
    assert is_provisional_number(made.number[2:])
    (line,) = matters.listed()
    assert (line.matter.stage, line.waiting, line.light) == (MatterStage.OPEN, 1, "green")
    assert window.engine.run_once().waiting == 1

    window.gateway.start()
    window.parts.clock.advance(dt.timedelta(days=2))
    assert window.engine.run_once().waiting == 0
    desk = window.gateway.gateway.matters
    there = desk.matter(made.matter_id)
    assert there.due == due_of(MatterKind.DEMAND, Scope.SEVERAL, made.opened_at)
    moved(window, made.matter_id, Act.ASSIGN, Act.HANDLE, Act.SUPERVISE)
    window.engine.run_once()
    assert matters.one(made.matter_id).matter.stage is MatterStage.SUPERVISED

    matters.step(made.matter_id, Act.ANSWER, "已增容")
    # Before it is sent the list shows it, and the next step can be taken on top of it.
    assert matters.one(made.matter_id).matter.stage is MatterStage.ANSWERED
    matters.step(made.matter_id, Act.CLOSE, "企业满意")
    assert window.engine.run_once().waiting == 0
    window.engine.run_once()
    assert desk.matter(made.matter_id).stage is MatterStage.CLOSED
    assert [step.act for step in desk.matter(made.matter_id).steps] == [
        Act.ASSIGN, Act.HANDLE, Act.SUPERVISE, Act.ANSWER, Act.CLOSE
    ]  # fmt: skip
    (line,) = matters.listed()
    assert (line.matter.stage, line.waiting) == (MatterStage.CLOSED, 0)
    trail = [entry.action for entry in window.parts.store.audit_entries() if entry.action.startswith("matter.")]
    assert trail == ["matter.opened", "matter.step", "matter.step"]


def test_what_the_platform_has_overtaken_comes_back_with_its_reason(window: MobileWindow, matters: Matters) -> None:
    made = matters.open(ASKED)
    window.engine.run_once()
    moved(window, made.matter_id, Act.ASSIGN, Act.HANDLE, Act.SUPERVISE)
    window.engine.run_once()
    matters.step(made.matter_id, Act.ANSWER, "已增容")
    moved(window, made.matter_id, Act.ANSWER)  # the office was faster
    assert window.engine.run_once().refused == 1
    line = matters.one(made.matter_id)
    assert "已答复" in line.refused
    (parked,) = window.parts.store.outbox([OutboxState.PARKED])
    assert parked.case_id == made.matter_id
    assert line.matter.stage is MatterStage.ANSWERED


def test_steps_out_of_turn_or_without_words_are_refused_here(matters: Matters) -> None:
    made = matters.open(ASKED)
    with pytest.raises(Refused, match="待交办"):
        matters.step(made.matter_id, Act.CLOSE, "好了")
    with pytest.raises(BadInput):
        matters.step(made.matter_id, Act.ANSWER, "  ")
    with pytest.raises(Refused):
        matters.step("nobody", Act.ANSWER, "好了")


@pytest.mark.parametrize(
    ("firm", "subject", "number"),
    [("", "用电", ""), ("食品厂", " ", ""), ("食品厂", "用电", "91330500MA2B000000")],
    ids=["no-firm", "no-subject", "wrong-code"],
)
def test_what_lacks_or_is_wrong_is_said_and_nothing_is_kept(
    parts: Parts, matters: Matters, firm: str, subject: str, number: str
) -> None:
    with pytest.raises(BadInput):
        matters.open(Asked(MatterKind.CONTACT, firm, subject, "", firm_number=number))
    assert parts.store.outbox() == []


def test_the_sheet_names_steps_and_due_day_and_is_the_same_paper_again(matters: Matters) -> None:
    made = matters.open(ASKED)
    first, again = matters.sheet(made.matter_id), matters.sheet(made.matter_id)
    assert (first.paper.number, first.sha256) == (again.paper.number, again.sha256)
    data = first.paper.data
    assert made.number in getattr(data, "subject", "")
    assert made.due is not None
    assert getattr(data, "reply_by", None) == shanghai(made.due - dt.timedelta(seconds=1)).date()


def test_the_demo_offices_do_all_but_the_windows_part(window: MobileWindow, matters: Matters) -> None:
    """An order to an intermediary: the owner's 50 %, the department's 30 and the centre's 20 make the stars."""
    made = matters.open(Asked(MatterKind.AGENCY, "𠮷祥㛃食品厂", "环评", "", details={"服务套餐": "开工"}))
    window.engine.run_once()
    offices = Departments(lambda: None, window.parts.clock, matters=window.gateway.matters_now)
    desk = window.gateway.gateway.matters

    def rounds(count: int) -> None:
        for _ in range(count):
            window.parts.clock.advance(dt.timedelta(seconds=5))
            offices.serve_firms()

    rounds(2)
    assert desk.matter(made.matter_id).stage is MatterStage.OPEN
    matters.step(made.matter_id, Act.HANDLE, "报告已交")
    matters.step(made.matter_id, Act.RATE, "很快", Role.OWNER, 5)
    window.engine.run_once()
    rounds(3)
    ended = desk.matter(made.matter_id)
    assert ended.stage is MatterStage.CLOSED
    assert ended.rating == 4.5


def test_closed_matters_leave_the_list_and_their_people_this_machine(window: MobileWindow, matters: Matters) -> None:
    made = matters.open(Asked(MatterKind.INSPECTION, "𠮷祥㛃旅馆", "承诺核查", "", contact="李𬭚"))
    matters.step(made.matter_id, Act.HANDLE, "已到现场")
    window.engine.run_once()
    moved(window, made.matter_id, Act.CLOSE)
    window.engine.run_once()
    assert len(matters.listed()) == 1
    window.parts.clock.advance(dt.timedelta(days=91))
    window.gateway.gateway.tidy()
    window.engine.run_once()
    assert matters.listed() == []
    assert all(entry.body == {} for entry in window.parts.store.outbox())


def test_the_stars_of_an_intermediary_are_summed_over_its_jobs_for_every_window(
    window: MobileWindow, matters: Matters
) -> None:
    desk = window.gateway.gateway.matters
    for owner, department, centre, name in ((5, 4, 4, "甬诚"), (2, 3, 1, "甬诚"), (1, 1, 1, "舜水")):
        asked = Asked(MatterKind.AGENCY, "食品厂", "开工", "", details={AGENCY: name})
        made = matters.open(asked)
        matters.step(made.matter_id, Act.HANDLE, "已交付")
        matters.step(made.matter_id, Act.RATE, role=Role.OWNER, stars=owner)
        window.engine.run_once()
        if name == "甬诚":
            desk.act(made.matter_id, Act.RATE, "局", role=Role.DEPARTMENT, stars=department)
            desk.act(made.matter_id, Act.RATE, "中心", role=Role.CENTRE, stars=centre)
            desk.act(made.matter_id, Act.CLOSE, "中心", "办结")  # a step after the grades counts nothing twice
    window.engine.run_once()
    # (5·50 + 4·30 + 4·20)/100 = 4.5; (2·50 + 3·30 + 1·20)/100 = 2.1. One that only its owner rated is not summed.
    assert matters.standings() == {"甬诚": Standing("甬诚", 2, 3.3)}


def test_the_demos_offices_close_an_inspection_that_the_window_has_made(window: MobileWindow, matters: Matters) -> None:
    made = matters.open(Asked(MatterKind.INSPECTION, "𠮷祥㛃旅馆", "承诺核查", "平面图"))
    window.engine.run_once()
    clock, desk = window.parts.clock, window.gateway.gateway.matters
    offices = Departments(lambda: None, clock, matters=lambda: desk)
    clock.advance(dt.timedelta(minutes=1))
    assert offices.serve_firms() == 0, "the window's turn"
    matters.step(made.matter_id, Act.HANDLE, "与承诺一致")
    window.engine.run_once()
    clock.advance(dt.timedelta(minutes=1))
    assert offices.serve_firms() == 1
    assert desk.matter(made.matter_id).stage is MatterStage.CLOSED


def test_what_a_visitor_finds_fault_with_needs_no_name_and_is_answered_to_its_end(
    window: MobileWindow, matters: Matters
) -> None:
    made = matters.open(Asked(MatterKind.FAULT, "", "取号机不好找", "门口没有标牌"))
    assert (made.firm, made.number[:2]) == ("匿名", "ZC")
    window.engine.run_once()
    with pytest.raises(Refused):
        matters.step(made.matter_id, Act.ANSWER, "已改")  # the office's, not the window's
    moved(window, made.matter_id, Act.ASSIGN, Act.HANDLE, Act.ANSWER)
    window.engine.run_once()
    back = matters.step(made.matter_id, Act.RETURN, "标牌还是看不见")
    assert back.stage is MatterStage.ASSIGNED
    window.engine.run_once()
    moved(window, made.matter_id, Act.HANDLE, Act.ANSWER)
    window.engine.run_once()
    assert matters.step(made.matter_id, Act.CLOSE, "已看到").stage is MatterStage.CLOSED
    with pytest.raises(BadInput):
        matters.open(Asked(MatterKind.FAULT, "", "", "没有事由"))


def test_the_demos_offices_answer_a_fault_and_leave_its_end_to_the_window(
    window: MobileWindow, matters: Matters
) -> None:
    made = matters.open(Asked(MatterKind.FAULT, "", "取号机不好找", ""))
    window.engine.run_once()
    desk = window.gateway.gateway
    offices = Departments(lambda: desk.cases, window.parts.clock, matters=lambda: desk.matters)
    for _ in range(5):
        window.parts.clock.advance(dt.timedelta(seconds=10))
        offices.serve_firms()
    there = desk.matters.matter(made.matter_id)
    assert there.stage is MatterStage.ANSWERED
    assert "整改" in there.steps[-1].words
