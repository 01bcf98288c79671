"""The window's cases as a list, their figures, and the platform's messages."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from made_up_cases import AT, WINDOW, made_case, made_event, made_operation

from app.domain.case import Case, CaseState
from app.domain.numbering import provisional_number
from app.domain.sending import Arrived
from offline_db import search
from offline_db.case_list import CaseFilter
from offline_db.due import Bounds
from offline_db.statistics import ClerkDay, Lights
from offline_db.store import Store

TODAY = dt.date(2026, 11, 21)
DAY = dt.timedelta(days=1)
MIDNIGHT = dt.datetime(2026, 11, 20, 16, tzinfo=dt.UTC)


def accept(store: Store, *cases: Case) -> None:
    store.accept(list(cases), [], [made_event("case.accepted", case.provisional_no) for case in cases])


def staged(store: Store, case: Case, stage: int) -> None:
    store.apply_feed("cases", [{"case_id": case.case_id, "rev": stage + 1, "stage": stage}], [], f"c{stage}")


def found(store: Store, **wanted: object) -> list[str]:
    numbers = store.list_cases(CaseFilter(**wanted))  # type: ignore[arg-type]
    return [line.case_id for line in store.case_lines(numbers)]


def test_filters_narrow_and_the_newest_stand_first(store: Store) -> None:
    old = made_case(accepted_at=AT - 3 * DAY, due=TODAY - DAY)
    near = made_case(due=TODAY + DAY)
    done = made_case(due=TODAY - DAY)
    stopped = made_case(due=TODAY - DAY)
    taken_back = made_case(due=TODAY - DAY)
    accept(store, old, near, done, stopped, taken_back)
    staged(store, done, 4)
    staged(store, stopped, 11)
    store.set_case_state(taken_back.case_id, CaseState.WITHDRAWN)
    ids = [case.case_id for case in (old, near, done, stopped, taken_back)]
    assert found(store) == ids[::-1]
    assert found(store, since=MIDNIGHT) == ids[:0:-1]
    assert found(store, before=MIDNIGHT) == [old.case_id]
    assert found(store, stages=("4",)) == [done.case_id]
    assert found(store, states=(CaseState.WITHDRAWN,)) == [taken_back.case_id]
    # No time runs for what is decided, stopped or taken back.
    assert found(store, running=True) == [near.case_id, old.case_id]
    bounds = Bounds(TODAY, TODAY + DAY, AT, AT)
    assert found(store, late=bounds) == [old.case_id]
    assert found(store, near=bounds) == [near.case_id]


def test_a_case_is_found_by_its_counter_number_name_and_id(store: Store) -> None:
    one = made_case(provisional_no=provisional_number(WINDOW.id, AT, 12), applicant_name="欧阳𠮷㛃")
    two = made_case(provisional_no=provisional_number(WINDOW.id, AT, 112))
    accept(store, one, two)
    assert found(store, words="12") == [one.case_id]
    assert found(store, words="0112") == [two.case_id]
    assert found(store, words=one.provisional_no) == [one.case_id]
    assert found(store, words="𠮷㛃") == [one.case_id]
    assert found(store, words=one.applicant_number[-6:]) == [one.case_id]
    assert found(store, words="造火箭") == []
    assert found(store, words="12", before=MIDNIGHT) == []


def test_a_counter_is_found_on_every_day_at_every_window_without_reading_all(store: Store) -> None:
    assert found(store, words="7") == []
    counters = (1, 7, 77, 707, 7000, 9999)
    made = {
        (window, day, counter): made_case(provisional_no=provisional_number(window, AT + day * DAY, counter))
        for window in ("A0", "A03", "A031", "Z9")
        for day in (0, 1, 29, 400)
        for counter in counters
    }
    accept(store, *made.values())
    for counter in counters:
        wanted = {case.case_id for key, case in made.items() if key[2] == counter}
        assert set(found(store, words=str(counter))) == wanted
    assert found(store, words="8") == []
    with store._db.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {search._OF_COUNTER}", ("0007", "0007")).fetchall()
    steps = [str(step[-1]) for step in plan]
    assert any("USING COVERING INDEX" in step and "SEARCH cases" in step for step in steps)
    assert not any(step.startswith("SCAN cases") for step in steps), steps


def test_a_line_says_what_the_case_says(store: Store) -> None:
    case = made_case()
    accept(store, case)
    (line,) = store.case_lines(store.list_cases(CaseFilter()))
    for name in ("case_id", "provisional_no", "item_name", "applicant_name", "applicant_number", "clerk", "due"):
        assert getattr(line, name) == getattr(case, name)
    assert (line.case_no, line.stage, line.state, line.accepted_at) == ("", "", CaseState.ACCEPTED_LOCAL, AT)


def test_a_list_stands_still_while_cases_are_accepted(store: Store) -> None:
    cases = [made_case() for _ in range(5)]
    accept(store, *cases)
    numbers = store.list_cases(CaseFilter())
    accept(store, made_case())
    assert [line.case_id for line in store.case_lines(numbers[1:3])] == [cases[3].case_id, cases[2].case_id]


def test_a_stored_case_has_its_visit_and_its_own_trail(store: Store) -> None:
    first, second = made_case(visit_id="v"), made_case(visit_id="v")
    operation = made_operation(second)
    events = [
        made_event("card.read", "v"),
        made_event("case.accepted", first.provisional_no),
        made_event("case.accepted", second.provisional_no),
        made_event("paper.made", first.provisional_no),
        made_event("outbox.resend", operation.op_id),
        made_event("card.read", "another"),
    ]
    store.accept([first, second], [operation], events)
    stored = store.stored_case(second.case_id)
    assert stored is not None
    assert stored.case == second
    assert [case.case_id for case in stored.together] == [first.case_id, second.case_id]
    assert [(entry.action, entry.subject) for entry in stored.trail] == [
        ("card.read", "v"),
        ("case.accepted", second.provisional_no),
        ("paper.made", first.provisional_no),
        ("outbox.resend", operation.op_id),
    ]
    assert store.stored_case("unknown") is None


def test_the_days_figures(store: Store) -> None:
    today = [made_case(visit_id=f"v{n // 2}", clerk=("王芳", "李敏")[n == 3], due=TODAY + n * DAY) for n in range(4)]
    late, refused = made_case(accepted_at=AT - DAY, due=TODAY - DAY), made_case(accepted_at=AT - DAY, due=TODAY - DAY)
    gone = made_case(due=TODAY - DAY)
    accept(store, *today, late, refused, gone)
    staged(store, today[0], 4)
    staged(store, today[1], 3)
    store.set_case_state(refused.case_id, CaseState.NEEDS_ATTENTION)
    store.set_case_state(gone.case_id, CaseState.WITHDRAWN)
    figures = store.day_figures(MIDNIGHT, MIDNIGHT + DAY, Bounds(TODAY, TODAY + 2 * DAY, AT, AT), dt.date(2026, 12, 5))
    assert (figures.accepted, figures.visits) == (4, 2)
    assert figures.stages == {"": 2, "3": 1, "4": 1}
    assert figures.lights == Lights(late=1, near=2, calm=1, refused=1)
    assert figures.clerks == (ClerkDay("王芳", 3, 2, 1), ClerkDay("李敏", 1, 1, 0))
    assert figures.items == (("公共场所卫生许可（新办）", "health", 4),)
    assert figures.hours == {9: 4}  # 01:02 UTC
    # One tolerated material a case, due 2026-12-05; of the one taken back nothing is owed.
    assert (figures.tolerated_late, figures.tolerated_near) == (0, 6)
    later = store.day_figures(MIDNIGHT, MIDNIGHT + DAY, Bounds(dt.date(2026, 12, 6), TODAY, AT, AT), TODAY)
    assert (later.tolerated_late, later.tolerated_near) == (6, 0)


def test_an_empty_day_has_figures(store: Store) -> None:
    figures = store.day_figures(MIDNIGHT, MIDNIGHT + DAY, Bounds(TODAY, TODAY, AT, AT), TODAY)
    assert (figures.accepted, figures.lights, figures.clerks, figures.items) == (0, Lights(0, 0, 0, 0), (), ())


def told(message_id: str, minute: int, words: str = "") -> dict[str, object]:
    return {"id": message_id, "at": f"2026-11-21T01:{minute:02d}:00.000Z", "words": words}


def test_messages_are_unread_until_read_and_stay_read(store: Store) -> None:
    rows = [told("a", 1), told("b", 2)]
    store.apply_feed("messages", rows, [], "c1")
    assert [(m.message_id, m.unread) for m in store.messages()] == [("b", True), ("a", True)]
    store.mark_read(["a", "unknown"])
    assert store.unread_messages() == 1
    # The feed is read from its beginning once more: the same words are no news, other words are.
    store.apply_feed("messages", [told("a", 1), told("b", 2, "changed"), told("c", 3)], [], "c2")
    assert {m.message_id: m.unread for m in store.messages()} == {"a": False, "b": True, "c": True}
    store.mark_read()
    assert store.unread_messages() == 0
    store.apply_feed("messages", [told("a", 1, "changed")], ["c"], "c3")
    assert [(m.message_id, m.unread) for m in store.messages()] == [("b", False), ("a", True)]


def test_reading_messages_leaves_waiting_cases_alone(store: Store) -> None:
    case = made_case()
    store.accept([case], [made_operation(case)], [])
    staged(store, case, 3)
    store.mark_read()
    assert store.stage(case.case_id) == ""
    store.record([Arrived(store.outbox()[0].op_id)])
    assert store.stage(case.case_id) == "3"


@pytest.mark.parametrize("name", ["accepted_at", "due"])
def test_lines_of_unknown_numbers_are_left_out(store: Store, name: str) -> None:
    accept(store, dataclasses.replace(made_case(), due=None))
    (line,) = store.case_lines([1, 999])
    assert (getattr(line, name) is None) is (name == "due")
