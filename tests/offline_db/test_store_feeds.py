"""Feeds: rows and cursor together, and no refresh over pending work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.domain.case import OperationKind
from app.domain.errors import BadInput
from app.domain.sending import Acked, Arrived
from offline_db.store import Store
from tests.offline_db.made_up_cases import RARE, made_case, made_event, made_operation


def seen(store: Store, case_id: str) -> tuple[str | None, int, str]:
    case = store.case(case_id)
    assert case
    return case.case_no, case.rev, store.stage(case_id)


def row(case_id: str, **values: Any) -> dict[str, Any]:
    return {"case_id": case_id, **values}


def test_a_case_without_pending_work_is_refreshed(store: Store) -> None:
    case = made_case()
    store.accept([case], [], [])
    assert store.cursor("cases") is None
    store.apply_feed("cases", [row(case.case_id, rev=2, stage="受理", case_no="GW-1", other="x")], [], "c1")
    assert seen(store, case.case_id) == ("GW-1", 2, "受理")
    assert store.cursor("cases") == "c1"
    store.apply_feed("cases", [row(case.case_id, rev=1, stage="收件")], [], "c2")
    assert seen(store, case.case_id) == ("GW-1", 2, "受理"), "an older revision changes nothing"
    store.apply_feed("cases", [row(case.case_id, stage="办结")], [], "c3")
    assert seen(store, case.case_id) == ("GW-1", 2, "办结")


def test_a_refresh_never_overwrites_pending_work_and_is_not_lost(store: Store) -> None:
    case = made_case()
    record, file = made_operation(case), made_operation(case, OperationKind.FILE)
    store.accept([case], [record, file], [])
    store.apply_feed("cases", [row(case.case_id, rev=5, stage="审核", case_no="GW-9")], [], "c1")
    assert seen(store, case.case_id) == (None, 0, "")
    assert store.cursor("cases") == "c1"
    store.record([Acked(record.op_id, case.case_id, "GW-9", 4)])
    assert seen(store, case.case_id) == ("GW-9", 4, ""), "its file is still pending"
    store.record([Arrived(file.op_id)])
    assert seen(store, case.case_id) == ("GW-9", 5, "审核")


def test_a_late_refresh_does_not_go_back_behind_the_acknowledgement(store: Store) -> None:
    case = made_case()
    record = made_operation(case)
    store.accept([case], [record], [])
    store.apply_feed("cases", [row(case.case_id, rev=1, stage="收件")], [], "c1")
    store.record([Acked(record.op_id, case.case_id, "GW-9", 2)])
    assert seen(store, case.case_id) == ("GW-9", 2, "")


def test_rows_removals_and_cursor_are_one_transaction(store: Store) -> None:
    store.apply_feed("catalog", [{"id": "a", "name": RARE}, {"id": "b"}], [], "c1")
    assert store.feed_rows("catalog") == [{"id": "a", "name": RARE}, {"id": "b"}]
    store.apply_feed("catalog", [{"id": "b", "v": 2}], ["a", "unknown"], "c2")
    assert store.feed_rows("catalog") == [{"id": "b", "v": 2}]
    with pytest.raises(BadInput, match="缺少编号"):
        store.apply_feed("catalog", [{"id": "c"}, {"name": "no id"}], ["b"], "c3")
    assert store.feed_rows("catalog") == [{"id": "b", "v": 2}]
    assert (store.cursor("catalog"), store.cursor("trust")) == ("c2", None)


def test_a_tombstone_deletes_no_case_of_this_window(store: Store) -> None:
    case = made_case()
    store.accept([case], [], [])
    store.apply_feed("cases", [row(case.case_id, rev=1)], [], "c1")
    store.apply_feed("cases", [row("of another window", rev=1)], [case.case_id], "c2")
    assert store.case(case.case_id) is not None
    assert store.stage("of another window") == ""


def test_a_feed_read_anew_drops_what_it_no_longer_names_when_its_end_is_reached(
    open_store: Callable[[], Store],
) -> None:
    store = open_store()
    store.apply_feed("policies", [{"id": name} for name in "abcd"], [], "c1")
    store.begin_feed_anew("policies")
    assert store.cursor("policies") is None
    assert [row["id"] for row in store.feed_rows("policies")] == list("abcd"), "the old serve on until then"
    store.apply_feed("policies", [{"id": "a", "v": 2}], [], "c2", last=False)
    store.close()
    # Cut short: it goes on at the cursor, and still knows what has not been named again.
    store = open_store()
    assert store.cursor("policies") == "c2"
    assert [row["id"] for row in store.feed_rows("policies")] == list("abcd")
    store.apply_feed("policies", [{"id": "c"}, {"id": "e"}], [], "c3")
    assert [row["id"] for row in store.feed_rows("policies")] == ["a", "c", "e"]
    store.apply_feed("policies", [{"id": "f"}], [], "c4")
    assert [row["id"] for row in store.feed_rows("policies")] == ["a", "c", "e", "f"], "only once"


def test_a_restored_gateways_lower_revision_is_believed(store: Store) -> None:
    case = made_case()
    store.accept([case], [], [made_event()])
    store.apply_feed("cases", [row(case.case_id, rev=5, stage="4", case_no="GW-1")], [], "c1")
    store.apply_feed("cases", [row(case.case_id, rev=2, stage="2", case_no="GW-2")], [], "c2")
    assert store.stage(case.case_id) == "4", "an older one in the same epoch is not"
    store.forget_revisions()
    store.apply_feed("cases", [row(case.case_id, rev=2, stage="2", case_no="GW-2")], [], "c3")
    kept = store.case(case.case_id)
    assert kept is not None
    assert (kept.rev, kept.case_no, store.stage(case.case_id)) == (2, "GW-2", "2")
