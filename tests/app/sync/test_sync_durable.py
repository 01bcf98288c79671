"""acked → durable over the wire, and what a new epoch does to it; who is told what is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from gateway_kit import make_case, page_bytes
from retention_kit import DAY, let_time_pass, retention_of
from sync_bench import Bench

from app.domain.case import Case, CaseState
from app.domain.clock import NOTED_ANEW, isoformat
from app.domain.retention import GATEWAY_NOW
from app.gateway import tables
from app.server.errors import Unreachable
from app.sync.durable import DURABLE_THROUGH, DurableUpkeep
from app.sync.engine import SyncEngine

HOUR = dt.timedelta(hours=1)


def engine_of(bench: Bench) -> SyncEngine:
    engine = bench.engine()
    engine._upkeep = (DurableUpkeep(bench.store, bench.clients[-1]),)
    return engine


def state(bench: Bench, case: Case) -> CaseState:
    found = bench.store.case(case.case_id)
    assert found
    return found.state


def accept(bench: Bench, serial: int) -> Case:
    page = page_bytes(serial)
    case = make_case(serial, (page,))
    bench.station.accept(case, pages=(page,))
    return case


def test_a_case_is_durable_once_the_gateways_backup_holds_it(bench: Bench) -> None:
    case, engine = accept(bench, 1), engine_of(bench)
    assert bench.server is not None
    durability = bench.server.gateway.durability
    engine.run_once()
    assert state(bench, case) is CaseState.ACKED
    assert bench.store.undated() != [], "nobody asks before there is something to compare with"
    durability.mark_backup(bench.clock.now())
    engine.run_once()
    assert state(bench, case) is CaseState.ACKED, "it came within the slack of the backup's begin"
    assert bench.store.undated() == []
    bench.clock.advance(HOUR)
    later = accept(bench, 2)
    durability.mark_backup(bench.clock.now())
    bench.clock.advance(HOUR)
    report = engine.run_once()
    assert (state(bench, case), state(bench, later)) == (CaseState.DURABLE, CaseState.ACKED)
    assert bench.store.case_keeping(case.case_id).durable_at == bench.clock.now()
    assert bench.store.setting(GATEWAY_NOW)
    assert (report.online, report.message) == (True, "")


def test_this_machines_clock_does_not_matter(bench: Bench) -> None:
    case, engine = accept(bench, 1), engine_of(bench)
    assert bench.server is not None
    engine.run_once()
    bench.clock.advance(HOUR)
    bench.server.gateway.durability.mark_backup(bench.clock.now())

    class YearsOff:
        def now(self) -> dt.datetime:
            return bench.clock.now() - 3650 * DAY

    bench.store._clock = engine._clock = YearsOff()
    engine.run_once()
    assert state(bench, case) is CaseState.DURABLE
    assert bench.store.case_keeping(case.case_id).durable_at == bench.clock.now()


def test_a_new_epoch_doubts_everything_and_tells_what_cannot_be_sent_again(bench: Bench) -> None:
    engine = engine_of(bench)
    assert bench.server is not None
    gateway = bench.server.gateway
    cleared, kept, picture_gone = accept(bench, 1), accept(bench, 2), accept(bench, 3)
    engine.run_once()
    bench.clock.advance(HOUR)
    gateway.durability.mark_backup(bench.clock.now())
    engine.run_once()
    assert {state(bench, case) for case in (cleared, kept, picture_gone)} == {CaseState.DURABLE}
    let_time_pass(bench.station.profile.vault_folder)
    # One was cleared whole, of another only the picture; the third is still here.
    with bench.store._db.write() as connection:
        connection.exec_driver_sql("UPDATE keeping SET durable_at = '2999' WHERE case_id = ?", (kept.case_id,))
    bench.clock.advance(15 * DAY)
    bench.store.set_setting(GATEWAY_NOW, bench.clock.now().isoformat())
    assert retention_of(bench.station).run().files == 2
    with bench.store._db.write() as connection:
        connection.exec_driver_sql("UPDATE keeping SET durable_at = '2999' WHERE case_id = ?", (picture_gone.case_id,))
    bench.clock.advance(10 * DAY)
    bench.store.set_setting(GATEWAY_NOW, bench.clock.now().isoformat())
    assert retention_of(bench.station).run().cases == 1
    # Everything is gone at the gateway, the files too.
    with gateway.database.write() as connection:
        for table in (tables.pages, tables.cases, tables.operations, tables.feed_rows, tables.uploads, tables.files):
            connection.execute(table.delete())
        connection.execute(tables.meta.delete().where(tables.meta.c.key == "second_place"))
    for path in (bench.folder / "files").rglob("*"):
        if path.is_file():
            path.unlink()
    gateway.database.begin_new_epoch()
    report = engine.run_once()
    assert set(gateway.cases.numbers()) == {kept.case_id, picture_gone.case_id}
    assert cleared.provisional_no in report.message
    assert picture_gone.provisional_no in report.message
    assert kept.provisional_no not in report.message
    assert [line.case_id for line in bench.store.lost_cases()] == [picture_gone.case_id, cleared.case_id]
    assert state(bench, kept) is CaseState.ACKED
    assert state(bench, cleared) is CaseState.NEEDS_ATTENTION
    assert bench.store.setting(DURABLE_THROUGH) == ""
    assert engine.run_once().message == "", "said once; it stays in the list"
    assert state(bench, picture_gone) is CaseState.NEEDS_ATTENTION
    # Counted anew.
    bench.clock.advance(HOUR)
    gateway.durability.mark_backup(bench.clock.now())
    engine.run_once()
    assert state(bench, kept) is CaseState.DURABLE
    assert bench.store.case_keeping(kept.case_id).durable_at == bench.clock.now()
    assert state(bench, cleared) is CaseState.NEEDS_ATTENTION


def test_a_gateway_that_does_not_answer_in_between_costs_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    case, engine = accept(bench, 1), engine_of(bench)
    assert bench.server is not None
    engine.run_once()
    bench.clock.advance(HOUR)
    bench.server.gateway.durability.mark_backup(bench.clock.now())
    client = bench.clients[-1]
    reconcile = client.reconcile

    def cut(op_ids: object) -> object:
        raise Unreachable("x")

    client.reconcile = cut  # type: ignore[method-assign, assignment]
    assert not engine.run_once().online
    assert state(bench, case) is CaseState.ACKED
    client.reconcile = reconcile  # type: ignore[method-assign]
    engine.run_once()
    assert state(bench, case) is CaseState.DURABLE


def test_an_operation_whose_time_the_gateway_forgot_keeps_its_case(bench: Bench) -> None:
    """Keys live 90 days there; asking for ever would not bring the time back, and asking does not loop."""
    case, engine = accept(bench, 1), engine_of(bench)
    assert bench.server is not None
    engine.run_once()
    with bench.server.gateway.database.write() as connection:
        connection.execute(tables.operations.delete())
    bench.clock.advance(HOUR)
    bench.server.gateway.durability.mark_backup(bench.clock.now())
    engine.run_once()
    assert state(bench, case) is CaseState.ACKED


def test_the_gateways_time_is_written_down_while_a_case_waits_for_it_else_every_ten_minutes(bench: Bench) -> None:
    case, engine, store = accept(bench, 1), engine_of(bench), bench.store
    assert bench.server is not None
    durability = bench.server.gateway.durability
    durability.mark_backup(bench.clock.now())
    said = []
    for _ in range(2):
        bench.clock.advance(HOUR)
        durability.mark_backup(bench.clock.now())
        engine.run_once()
        said.append(store.setting(DURABLE_THROUGH))
    assert state(bench, case) is CaseState.DURABLE
    bench.clock.advance(NOTED_ANEW / 2)
    durability.mark_backup(bench.clock.now())
    engine.run_once()
    assert store.setting(DURABLE_THROUGH) == said[-1], "nobody waits for it"
    bench.clock.advance(NOTED_ANEW / 2)
    engine.run_once()
    assert store.setting(DURABLE_THROUGH) != said[-1]
    assert store.setting(GATEWAY_NOW) == isoformat(bench.clock.now())
    later = accept(bench, 2)
    bench.clock.advance(NOTED_ANEW / 2)
    durability.mark_backup(bench.clock.now())
    engine.run_once()
    bench.clock.advance(NOTED_ANEW / 2 + dt.timedelta(minutes=1))
    durability.mark_backup(bench.clock.now())
    engine.run_once()
    assert state(bench, later) is CaseState.DURABLE, "who waits is told at the next round"
