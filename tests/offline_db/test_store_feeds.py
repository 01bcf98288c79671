"""Feeds: rows and cursor together, and no refresh over pending work."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.case import OperationKind
from app.domain.errors import BadInput
from offline_db.store import Store
from tests.offline_db.made_up_cases import RARE, made_case, made_operation


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
    store.acknowledge(record.op_id, case.case_id, "GW-9", 4)
    assert seen(store, case.case_id) == ("GW-9", 4, ""), "its file is still pending"
    store.mark_done(file.op_id)
    assert seen(store, case.case_id) == ("GW-9", 5, "审核")


def test_a_late_refresh_does_not_go_back_behind_the_acknowledgement(store: Store) -> None:
    case = made_case()
    record = made_operation(case)
    store.accept([case], [record], [])
    store.apply_feed("cases", [row(case.case_id, rev=1, stage="收件")], [], "c1")
    store.acknowledge(record.op_id, case.case_id, "GW-9", 2)
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
