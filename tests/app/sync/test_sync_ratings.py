"""Ratings on their way: after their case, before nobody, offline too, each once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from desk_parts import shipped
from gateway_kit import NOW, make_case, page_bytes
from sync_bench import Bench

from app.documents.rating_points import points
from app.domain.case import CaseState, OperationKind, OutboxState
from app.domain.clock import FixedClock
from app.domain.errors import Refused
from app.domain.rating import Channel, Grade
from app.domain.sending import Refusal
from app.gateway.cases import Stage
from app.services.rate import Rate

DAY = (NOW - dt.timedelta(hours=1), NOW + dt.timedelta(days=1))


def rate(bench: Bench) -> Rate:
    return Rate(bench.store, shipped()[0], FixedClock(NOW), Channel.HALL_TABLET)


def test_rated_offline_it_follows_its_case_and_only_then_counts(bench: Bench) -> None:
    page = page_bytes(1)
    case = make_case(1, (page,))
    bench.station.accept(case, pages=(page,))
    service = rate(bench)
    service.give([case], Grade.VERY_BAD, ("101",))
    assert service.counts(*DAY) == {}, "what is not sent yet is nobody's business here"
    assert bench.store.counts().waiting == 3
    assert [op.kind for op in bench.store.due(NOW)] == [OperationKind.CASE]
    report = bench.engine().run_once()
    assert (report.pushed, report.waiting, report.refused) == (3, 0, 0)
    assert service.counts(*DAY) == {1: 1}
    assert service.counts(NOW + dt.timedelta(hours=1), DAY[1]) == {}
    assert bench.server is not None
    assert bench.server.gateway.ratings.document(case.case_id)["evalDetail"] == ["101"]
    assert len(bench.server.gateway.ratings.open_orders()) == 1


def test_one_case_is_rated_once(bench: Bench) -> None:
    first, second = make_case(1), make_case(2)
    bench.station.accept(first, second)
    service = rate(bench)
    service.give([first], Grade.GOOD)
    with pytest.raises(Refused):
        service.give([second, first], Grade.VERY_GOOD)
    kinds = [op.case_id for op in bench.store.outbox() if op.kind is OperationKind.RATING]
    assert kinds == [first.case_id], "nothing of the refused visit was kept"


def test_the_trail_says_that_and_never_what(bench: Bench) -> None:
    case = make_case(1)
    bench.station.accept(case)
    rate(bench).give([case], Grade.BAD, ("201",))
    rated = [entry for entry in bench.store.audit_entries() if entry.action == "case.rated"]
    assert [entry.subject for entry in rated] == [case.provisional_no]
    assert "satisfaction" not in rated[0].details
    assert "201" not in rated[0].details


def test_nothing_waits_for_a_rating_and_it_marks_no_case(bench: Bench) -> None:
    case = make_case(1)
    bench.station.accept(case)
    bench.engine().run_once()
    rate(bench).give([case], Grade.FAIR)
    (rating,) = bench.store.outbox({OutboxState.PENDING})
    bench.store.mark_inflight(rating.op_id)
    bench.store.record([Refusal(rating.op_id, "平台不收")])
    kept = bench.store.case(case.case_id)
    assert kept is not None
    assert kept.state is CaseState.ACKED, "a refused rating is no fault of the case"
    assert bench.server is not None
    bench.server.advance(case.case_id, Stage.UNDER_REVIEW)
    bench.engine().run_once()
    assert bench.store.stage(case.case_id) == "3", "the feed is taken over all the same"


def test_every_grade_offers_as_many_points() -> None:
    counts = {len(points(grade)) for grade in Grade}
    assert len(counts) == 1
    assert len({ident for grade in Grade for ident, _ in points(grade)}) == 5 * counts.pop()


def test_nothing_of_a_rating_lies_open_on_the_disk(bench: Bench) -> None:
    case = make_case(1)
    bench.station.accept(case)
    rate(bench).give([case], Grade.VERY_BAD)
    folder: Path = bench.station.profile.folder
    for path in folder.rglob("*"):
        if path.is_file():
            assert b"satisfaction" not in path.read_bytes(), path
