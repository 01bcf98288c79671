"""acked → durable by the gateway's clock, and back; what is forgotten afterwards, and what never is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from alembic import command

from app.domain.case import Case, CaseState, Operation, OperationKind
from app.domain.errors import Refused
from app.domain.item import MaterialUse
from app.domain.material import FileState, Material, MaterialStatus, Page
from app.domain.sending import Acked, Arrived, Refusal
from offline_db import rows, schema
from offline_db.due import Bounds
from offline_db.retention import SealedPaper
from offline_db.store import Store
from tests.offline_db.made_up_cases import AT, made_case, made_event, made_operation
from tests.offline_db.test_migrate_database import alembic, shape

DAY = dt.timedelta(days=1)
T0 = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
"""The gateway's time at which things arrive."""


def page(fill: str) -> Page:
    return Page(fill * 32, "image/jpeg", 1234, 100, 100)


def accept(store: Store, *fills: str, **changes: object) -> tuple[Case, list[Operation]]:
    """A case with one captured material and an operation for it and each of its pages."""
    pages = tuple(page(fill) for fill in fills)
    material = Material(MaterialUse("lease", "经营场所使用证明"), ("i1",), MaterialStatus.CAPTURED, pages=pages)
    case = made_case(materials=(material,), **changes)
    entries = [made_operation(case)]
    for one in pages:
        body = {"case_id": case.case_id, "material_id": "lease", "sha256": one.sha256}
        entries.append(made_operation(case, OperationKind.FILE, body=body))
    store.accept([case], entries, [made_event()])
    return case, entries


def send(store: Store, case: Case, entries: list[Operation], at: dt.datetime | None = T0) -> None:
    """The gateway takes everything; at: when, None when that is not known."""
    for number, entry in enumerate(entries):
        if entry.kind is OperationKind.CASE:
            store.record([Acked(entry.op_id, case.case_id, f"GW-{case.provisional_no}", 1)])
        else:
            store.record([Arrived(entry.op_id)])
        if at is not None:
            store.note_arrivals({entry.op_id: at + dt.timedelta(seconds=number)})


def state(store: Store, case: Case) -> CaseState:
    found = store.case(case.case_id)
    assert found
    return found.state


def durable(store: Store, *fills: str, at: dt.datetime = T0, **changes: object) -> Case:
    case, entries = accept(store, *fills, **changes)
    send(store, case, entries, at)
    assert store.mark_durable(at + DAY, at) == 1
    return case


def test_a_case_is_durable_once_all_of_it_came_before(store: Store) -> None:
    case, entries = accept(store, "ab", "cd")
    send(store, case, entries[:2])
    assert store.mark_durable(T0 + DAY, T0) == 0, "a page is still here"
    send(store, case, entries[2:], T0 + DAY)
    assert store.mark_durable(T0 + DAY, T0) == 0, "the last page came at that very time, not before it"
    assert state(store, case) is CaseState.ACKED
    assert store.mark_durable(T0 + DAY + dt.timedelta(seconds=1), T0 + 2 * DAY) == 1
    assert state(store, case) is CaseState.DURABLE
    assert store.case_keeping(case.case_id).durable_at == T0 + 2 * DAY
    assert store.mark_durable(T0 + 9 * DAY, T0 + 9 * DAY) == 0
    assert store.case_keeping(case.case_id).durable_at == T0 + 2 * DAY, "its days are counted once"


def test_what_came_at_an_unknown_time_is_not_safe(store: Store) -> None:
    case, entries = accept(store, "ab")
    send(store, case, entries, at=None)
    assert store.undated() == [entry.op_id for entry in entries]
    assert store.mark_durable(T0 + 99 * DAY, T0) == 0
    store.note_arrivals({entries[0].op_id: T0})
    assert store.undated() == [entries[1].op_id]
    store.note_arrivals({entries[1].op_id: T0, entries[0].op_id: T0 + 50 * DAY})
    assert store.undated() == []
    assert store.mark_durable(T0 + DAY, T0) == 1, "what was told first holds"


def test_a_page_taken_back_keeps_its_case_here(store: Store) -> None:
    case, entries = accept(store, "ab")
    send(store, case, entries[:1])
    store.record([Refusal(entries[1].op_id, "平台不收")])
    store.settle(entries[1].op_id, "withdraw", made_event("withdraw"))
    assert store.mark_durable(T0 + DAY, T0) == 0


def test_a_page_added_later_makes_the_case_wait_again(store: Store) -> None:
    use = MaterialUse("health", "健康证明", tolerable=True, tolerance_days=10)
    owed = Material(use, ("i1",), MaterialStatus.TOLERATED, due=dt.date(2026, 12, 5))
    case = made_case(materials=(owed,))
    entry = made_operation(case)
    store.accept([case], [entry], [made_event()])
    send(store, case, [entry])
    assert store.mark_durable(T0 + DAY, T0) == 1
    body = {"case_id": case.case_id, "material_id": "health", "sha256": "ef" * 32}
    late = made_operation(case, OperationKind.FILE, body=body)
    store.add_pages(case.case_id, "health", [page("ef")], "补交", [late], made_event())
    assert state(store, case) is CaseState.ACKED
    assert store.files_due(T0 + 99 * DAY) == []
    assert store.mark_durable(T0 + 9 * DAY, T0) == 0
    store.record([Arrived(late.op_id)])
    store.note_arrivals({late.op_id: T0 + DAY})
    assert store.mark_durable(T0 + 9 * DAY, T0) == 1


def test_a_restored_gateway_takes_its_word_back(store: Store) -> None:
    case = durable(store, "ab")
    assert store.doubt_durable() == 1
    assert state(store, case) is CaseState.ACKED
    assert store.case_keeping(case.case_id).durable_at is None
    assert store.files_due(T0 + 999 * DAY) == []
    assert store.mark_durable(T0 + DAY, T0 + 5 * DAY) == 1
    assert store.case_keeping(case.case_id).durable_at == T0 + 5 * DAY, "counted anew"


def test_files_wait_for_their_days_and_for_all_who_need_them(store: Store) -> None:
    mine = durable(store, "ab", "cd")
    shared, _ = accept(store, "cd", "ef")
    store.save_draft("draft-1", "{}", files=[page("ab").sha256])
    assert store.files_due(T0 - dt.timedelta(seconds=1)) == []
    assert store.files_due(T0 + DAY) == [], "one is in a draft, the other in a case not sent"
    store.drop_draft("draft-1")
    store.forget_files([page("ab").sha256])
    assert store.files_due(T0 + DAY) == [page("ab").sha256]
    assert store.give_up_files([page("ab").sha256, page("cd").sha256], T0 + DAY, T0 + DAY, made_event()) == 1
    assert store.files_to_remove() == [page("ab").sha256]
    assert not store.file_wanted(page("ab").sha256)
    store.files_removed([page("ab").sha256])
    assert store.close_files(T0 + DAY, T0 + DAY) == 0, "the shared page is still here"
    assert store.file_gone(page("ab").sha256) == T0 + DAY
    send(store, shared, store.outbox()[-3:])
    assert store.mark_durable(T0 + DAY, T0) == 1
    assert sorted(store.files_due(T0 + DAY)) == [page("cd").sha256, page("ef").sha256]
    store.give_up_files(store.files_due(T0 + DAY), T0 + DAY, T0 + DAY, made_event())
    store.files_removed(store.files_to_remove())
    assert store.close_files(T0 + DAY, T0 + DAY) == 2
    assert store.files_due(T0 + DAY) == []
    assert store.case_keeping(mine.case_id).files_at == T0 + DAY


def test_a_file_that_came_in_again_is_not_removed(store: Store) -> None:
    durable(store, "ab")
    store.give_up_files([page("ab").sha256], T0 + DAY, T0 + DAY, made_event())
    again, entries = accept(store, "ab")
    assert store.file_wanted(page("ab").sha256), "between the decision and the removal somebody needed it"
    assert store.files_to_remove() == []
    assert store.file_gone(page("ab").sha256) is None
    send(store, again, entries, T0 + 2 * DAY)
    store.mark_durable(T0 + 9 * DAY, T0 + 9 * DAY)
    assert store.files_due(T0 + 9 * DAY) == [page("ab").sha256]


@pytest.mark.parametrize("owed", ["file here", "tolerated", "promise", "unsent", "not durable"])
def test_contents_stay_while_anything_is_open(store: Store, owed: str) -> None:
    case = durable(store)
    if owed != "file here":
        assert store.close_files(T0 + DAY, T0 + DAY) == 1
    assert bool(store.contents_due(T0 + DAY)) == (owed != "file here")
    if owed == "unsent":
        store.add_ratings([made_operation(case, OperationKind.RATING)], [])
    elif owed == "not durable":
        store.doubt_durable()
    elif owed != "file here":
        status = MaterialStatus.TOLERATED if owed == "tolerated" else MaterialStatus.PROMISED
        due = dt.date(2027, 1, 1)
        material = Material(MaterialUse("h", "健康证明"), ("i",), status, due=due, check_due=due)
        with store._db.write() as connection:
            connection.execute(schema.materials.delete().where(schema.materials.c.case_id == case.case_id))
            connection.execute(schema.materials.insert().values(rows._material_row(case.case_id, 0, material)))
    assert store.contents_due(T0 + DAY) == []
    assert store.clear_contents([case.case_id], T0 + DAY, T0 + DAY, made_event()) == 0
    found = store.case(case.case_id)
    assert found
    assert found.form == case.form


def test_clearing_leaves_what_the_board_and_the_trail_need(store: Store) -> None:
    case = durable(store)
    rating = made_operation(
        case,
        OperationKind.RATING,
        body={
            "case_id": case.case_id,
            "userName": case.applicant_name,
            "satisfaction": 5,
            "assessTime": "2026-11-21T02:00:00.000Z",
        },
    )
    store.add_ratings([rating], [])
    store.record([Arrived(rating.op_id)])
    store.close_files(T0 + DAY, T0 + DAY)
    assert store.clear_contents([case.case_id], T0 + DAY, T0 + 3 * DAY, made_event("retention.cases")) == 1
    left = store.case(case.case_id)
    assert left
    assert (left.applicant_name, left.applicant_number, left.form, left.facts, left.materials) == ("", "", {}, (), ())
    assert (left.provisional_no, left.item_name, left.accepted_at, left.due) == (
        case.provisional_no, case.item_name, case.accepted_at, case.due,
    )  # fmt: skip
    assert store.find(case.applicant_name) == []
    assert store.find(case.applicant_number) == []
    assert store.find(case.provisional_no) == [left]
    assert all(case.applicant_name not in str(entry.body) for entry in store.outbox())
    day = AT.replace(hour=0, minute=0)
    assert store.rating_counts(day, day + DAY) == {5: 1}
    assert store.day_figures(day - DAY, day + DAY, Bounds(day.date(), day.date(), day, day), day.date()).accepted == 1
    assert all(check.ok for check in store.verify_audit())
    assert store.case_keeping(case.case_id).contents_at == T0 + 3 * DAY
    assert store.contents_due(T0 + 9 * DAY) == []


def test_no_table_still_names_a_cleared_person(store: Store) -> None:
    """Every text of every table, whichever part it belongs to."""
    case = durable(store)
    theirs = {case.applicant_number, case.applicant_number[::-1], case.applicant_name}

    def naming() -> list[str]:
        with store._db.read() as connection:
            rows = {
                table.name: str(connection.execute(table.select()).all()) for table in schema.metadata.sorted_tables
            }
        return sorted(name for name, text in rows.items() if any(word in text for word in theirs))

    assert naming() == ["cases", "facts"]
    said = f'{{"name": "{case.applicant_name}", "number": "{case.applicant_number}"}}'
    with store._db.write() as connection:
        # Corrected once, and the platform had it otherwise: decided and sent long since.
        connection.execute(
            schema.amendments.insert().values(
                seq=1, case_id=case.case_id, op_id="op", made_at="t", clerk="王芳", reason="录入有误", base=said,
                changes=said, facts=said, standing="sent",
            )
        )  # fmt: skip
        connection.execute(
            schema.conflicts.insert().values(
                amendment=1, found_at="t", base=said, mine=said, mine_facts=said, rev=2, theirs=said,
                theirs_facts=said, trail="[]", contested=said, choices=said, decided_at="t",
            )
        )  # fmt: skip
        connection.execute(
            schema.contents.insert().values(case_id=case.case_id, rev=2, wanted=2, form=said, facts=said)
        )
    assert naming() == ["amendments", "cases", "conflicts", "contents", "facts"]
    store.close_files(T0 + DAY, T0 + DAY)
    assert store.clear_contents([case.case_id], T0 + DAY, T0 + DAY, made_event()) == 1
    assert naming() == []


def test_where_each_file_stands(store: Store) -> None:
    case, entries = accept(store, "ab", "cd")
    key = ("lease", page("ab").sha256)
    assert store.case_keeping(case.case_id).files[key] is FileState.SEALED
    store.record([Acked(entries[0].op_id, case.case_id, "GW-1", 1)])
    assert store.case_keeping(case.case_id).files[key] is FileState.DECLARED
    store.mark_inflight(entries[1].op_id)
    assert store.case_keeping(case.case_id).files[key] is FileState.UPLOADING
    store.record([Refusal(entries[1].op_id, "平台不收")])
    assert store.case_keeping(case.case_id).files[key] is FileState.REFUSED
    store.settle(entries[1].op_id, "resend", made_event())
    store.record([Arrived(entries[1].op_id)])
    store.record([Arrived(entries[2].op_id)])
    assert store.case_keeping(case.case_id).files[key] is FileState.STORED
    store.note_arrivals({entry.op_id: T0 for entry in entries})
    store.mark_durable(T0 + DAY, T0)
    store.give_up_files([page("ab").sha256], T0 + DAY, T0 + DAY, made_event())
    assert store.case_keeping(case.case_id).files[key] is FileState.PURGED


def test_papers_go_with_all_cases_of_their_visit(store: Store) -> None:
    one = durable(store, visit_id="v-1")
    other, entries = accept(store, visit_id="v-1")
    store.append_audit(made_event("paper.made", one.provisional_no, sealed="11" * 32))
    store.append_audit(made_event("notice.made", "GZ1", sealed="22" * 32))
    papers = store.papers_kept()
    assert [(p.sha256[:2], len(p.case_nos)) for p in papers] == [("11", 2), ("22", 0)]
    assert store.known_files() >= {"11" * 32, "22" * 32}
    assert store.give_up_papers(papers, T0 + DAY, T0 + DAY, made_event()) == 1, "the notice alone"
    assert [p.sha256[:2] for p in store.papers_kept()] == ["11"]
    send(store, other, entries)
    store.mark_durable(T0 + DAY, T0)
    assert store.give_up_papers(store.papers_kept(), T0 + DAY, T0 + DAY, made_event()) == 1
    assert store.papers_kept() == []
    assert store.known_files().isdisjoint({"11" * 32, "22" * 32})
    assert store.give_up_papers([SealedPaper("33" * 32, "X", T0)], AT - DAY, T0, made_event()) == 0


def test_what_a_restored_gateway_lacks_is_told_until_a_person_saw_to_it(store: Store) -> None:
    case = durable(store, "ab")
    other = durable(store, "cd")
    assert store.note_lost([other.case_id, case.case_id], made_event()) == [case.provisional_no, other.provisional_no]
    assert state(store, case) is CaseState.NEEDS_ATTENTION
    store.record([Arrived(store.outbox()[1].op_id)])
    assert state(store, case) is CaseState.NEEDS_ATTENTION, "whatever else of it arrives"
    assert [line.case_id for line in store.lost_cases()] == [other.case_id, case.case_id]
    store.settle_loss(case.case_id, made_event())
    assert state(store, case) is CaseState.ACKED
    with pytest.raises(Refused, match="已处理"):
        store.settle_loss(case.case_id, made_event())


def test_down_and_up_again_loses_no_case_and_finds_out_anew(open_store: Callable[[], Store]) -> None:
    store = open_store()
    case = durable(store, "ab")
    whole = shape(store._db)
    config = alembic()
    with store._db.exclusive() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")
    down = shape(store._db)
    assert {"arrivals", "keeping", "gone_files"}.isdisjoint(down)
    store.close()
    again = open_store()  # brings it up by itself, after a backup
    assert shape(again._db) == whole
    assert state(again, case) is CaseState.ACKED
    assert again.case_keeping(case.case_id).durable_at is None
    assert again.files_due(T0 + 999 * DAY) == []
    again.note_arrivals(dict.fromkeys(again.undated(), T0))
    assert again.mark_durable(T0 + DAY, T0 + 3 * DAY) == 1


def test_what_is_deleted_is_overwritten_and_a_migration_leaves_no_free_pages(open_store: Callable[[], Store]) -> None:
    store = open_store()
    with store._db.write() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
    for number in range(20):
        store.save_draft(str(number), "x" * 20_000)
    for number in range(20):
        store.drop_draft(str(number))
    with store._db.read() as connection:
        assert connection.exec_driver_sql("PRAGMA freelist_count").scalar() > 20
    config = alembic()
    with store._db.exclusive() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")
    store.close()
    again = open_store()
    with again._db.read() as connection:
        assert connection.exec_driver_sql("PRAGMA freelist_count").scalar() == 0
