"""The engine in trouble: refused records, lost pages, a gateway that is ill, restored or somebody else."""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fault_proxy import FaultProxy
from gateway_kit import (
    DEVICE,
    DEVICES,
    TOKEN,
    UNKNOWN_ITEM,
    make_case,
    new_key,
    page_bytes,
)
from sync_bench import Bench

from app.domain.case import AuditEvent, CaseState, Operation, OperationKind, OutboxState
from app.domain.errors import EnvironmentProblem
from app.gateway import tables
from app.gateway.server import GatewayServer
from app.server.client import GatewayClient
from app.server.errors import Unreachable
from app.server.wire import audit_hash, build_operations, case_document
from app.sync import policy
from app.sync.engine import EPOCH


def test_a_poisoned_case_is_parked_and_the_others_pass(bench: Bench) -> None:
    page = page_bytes(1)
    poisoned = make_case(1, (page,), item=UNKNOWN_ITEM)
    good = [make_case(n, (page,)) for n in (2, 3)]
    bench.station.accept(poisoned, pages=(page,))
    bench.station.accept(*good)
    engine = bench.engine()
    report = engine.run_once()
    # The poisoned case's file waits behind it and counts as waiting.
    assert (report.pushed, report.waiting, report.refused, report.online) == (4, 1, 1, True)
    parked = bench.store.outbox({OutboxState.PARKED})
    assert [op.case_id for op in parked] == [poisoned.case_id]
    assert parked[0].reason == "需补正：事项 平台未开通此事项"
    kept = bench.store.case(poisoned.case_id)
    assert kept is not None
    assert kept.state is CaseState.NEEDS_ATTENTION
    assert [c.state for c in bench.store.cases() if c.case_id != poisoned.case_id] == [CaseState.ACKED] * 2
    # It is not tried again by itself, and does not keep the engine busy.
    bench.minutes(60)
    again = engine.run_once()
    assert (again.pushed, again.online, again.message) == (0, True, "")
    assert engine.next_wait() == policy.POLL
    # The item is opened at the gateway, a person sends it again: the same operation, and now it goes.
    bench.stop()
    bench.server = GatewayServer(
        port=bench.port, db_url=f"sqlite:///{bench.folder}/gateway.db", files_folder=bench.folder / "files",
        clock=bench.clock,
    )  # fmt: skip
    bench.server.start()
    event = AuditEvent(bench.clock.now(), "0007", "outbox.resend", poisoned.case_id, {})
    bench.store.settle(parked[0].op_id, "resend", event)
    assert engine.run_once().pushed == 2
    assert len(bench.server.gateway.cases.numbers()) == 3


def test_a_permanent_4xx_parks_too(bench: Bench) -> None:
    case = make_case()
    assert bench.server is not None
    client = GatewayClient(bench.server.url, DEVICE, TOKEN, clock=bench.clock)
    client.submit_case(new_key(), case_document(dataclasses.replace(case, clerk="9999")))
    client.close()
    bench.station.accept(case)
    report = bench.engine().run_once()
    assert (report.pushed, report.refused) == (0, 1)
    assert bench.store.outbox()[0].reason.startswith("此办件已用其他内容上报")


def test_an_entry_that_no_gateway_could_take_blocks_nobody(bench: Bench) -> None:
    """Written wrongly into the outbox, by whatever defect."""
    cases = [make_case(n) for n in range(1, 5)]
    broken = [
        Operation(new_key(), cases[0].case_id, OperationKind.FILE, {"no": "body"}),
        Operation(new_key(), cases[1].case_id, OperationKind.AUDIT, {}),
        Operation(new_key(), cases[2].case_id, OperationKind.CASE, {}),
    ]
    bench.store.accept(cases, [*broken, *build_operations([cases[3]])], [])
    report = bench.engine().run_once()
    assert (report.pushed, report.refused, report.online) == (1, 3, True)
    assert all(op.reason for op in bench.store.outbox({OutboxState.PARKED}))


def test_a_page_that_is_gone_is_parked(bench: Bench) -> None:
    pages = (page_bytes(1), page_bytes(2))
    first, second = make_case(1, pages[:1]), make_case(2, pages[1:])
    bench.station.accept(first, second, pages=pages)
    bench.station.vault.remove(first.materials[1].pages[0].sha256)
    report = bench.engine().run_once()
    assert (report.pushed, report.refused) == (3, 1)
    assert bench.store.outbox({OutboxState.PARKED})[0].reason.startswith("找不到材料文件")


def test_a_wrong_token_parks_nothing(bench: Bench) -> None:
    bench.station.accept(make_case())
    engine = bench.engine(token="some-other-token-0123456789")
    report = engine.run_once()
    assert (report.pushed, report.waiting, report.refused, report.online) == (0, 1, 0, True)
    assert "平台不认可本机身份" in report.message
    assert TOKEN not in report.message
    # Taken away in the middle of a run, after the probe.
    assert bench.server is not None
    devices = bench.server.gateway.devices
    engine = bench.engine()
    push = engine._push
    engine._push = lambda run: (devices.disable(DEVICE), push(run))[1]  # type: ignore[method-assign]
    report = engine.run_once()
    assert (report.waiting, report.refused) == (1, 0)
    assert "本机已被停用" in report.message


def test_a_captive_portal_is_offline(bench: Bench) -> None:
    bench.station.accept(make_case())
    with FaultProxy(bench.port, 1.0, 1, ("portal_200", "portal_json", "portal_302")) as proxy:
        report = bench.engine(proxy.url).run_once()
    assert (report.pushed, report.waiting, report.online) == (0, 1, False)


def test_a_gateway_that_asks_for_peace_ends_the_run(bench: Bench) -> None:
    bench.station.accept(*(make_case(n) for n in range(1, 6)))
    with FaultProxy(bench.port, 0.0, 1, ("error_503",)) as proxy:
        engine = bench.engine(proxy.url)
        push = engine._push

        def trouble_after_hello(run: object) -> None:
            proxy.rate = 1.0
            push(run)  # type: ignore[arg-type]

        engine._push = trouble_after_hello  # type: ignore[method-assign]
        report = engine.run_once()
        assert proxy.met["POST /v1/cases", "error_503"] == 1
    assert (report.pushed, report.waiting, report.online) == (0, 5, True)
    states = [op.state for op in bench.store.outbox()]
    assert states == [OutboxState.RETRY] + [OutboxState.PENDING] * 4
    first = bench.store.outbox()[0]
    assert first.next_at is not None
    assert dt.timedelta(seconds=3) <= first.next_at - bench.clock.now() <= dt.timedelta(seconds=3.75)
    assert engine.next_wait() >= 3.0


def test_three_failures_of_the_line_end_the_run(bench: Bench) -> None:
    bench.station.accept(*(make_case(n) for n in range(1, 8)))
    with FaultProxy(bench.port, 0.0, 1, ("drop_answer",)) as proxy:
        engine = bench.engine(proxy.url)
        push = engine._push

        def trouble_after_hello(run: object) -> None:
            proxy.rate = 1.0
            push(run)  # type: ignore[arg-type]

        engine._push = trouble_after_hello  # type: ignore[method-assign]
        report = engine.run_once()
        assert proxy.met["POST /v1/cases", "drop_answer"] == 3
        assert (report.pushed, report.waiting, report.online) == (0, 7, False)
        # The three have arrived and only their answers were lost: they are not made twice.
        engine._push = push  # type: ignore[method-assign]
        proxy.rate = 0.0
        bench.minutes(10)
        assert engine.run_once().pushed == 7
    assert bench.server is not None
    assert len(bench.server.gateway.cases.numbers()) == 7


def test_a_broken_trail_is_told_and_blocks_nothing(bench: Bench) -> None:
    assert bench.server is not None
    bench.station.accept(make_case())
    bench.engine().run_once()
    with bench.server.gateway.database.write() as connection:
        connection.exec_driver_sql("UPDATE audit SET hash = ?", ("f" * 64,))
    bench.station.accept(make_case(2))
    report = bench.engine().run_once()
    assert (report.pushed, report.online) == (1, True)
    assert report.message.startswith("审计链不完整")


def test_a_gateway_restored_from_backup_gets_back_what_it_lost(bench: Bench) -> None:
    page = page_bytes(1)
    first, second = make_case(1, (page,)), make_case(2, (page,))
    bench.station.accept(first, pages=(page,))
    engine = bench.engine()
    engine.run_once()
    bench.stop()
    backup = bench.folder / "backup.db"
    shutil.copyfile(bench.folder / "gateway.db", backup)
    bench.start()
    bench.station.accept(second)
    engine.run_once()
    old_epoch = bench.store.setting(EPOCH)
    bench.stop()
    for leftover in bench.folder.glob("gateway.db*"):
        leftover.unlink()
    shutil.copyfile(backup, bench.folder / "gateway.db")
    server = bench.start()
    server.gateway.database.begin_new_epoch()
    assert set(server.gateway.cases.numbers()) == {first.case_id}
    report = engine.run_once()
    assert (report.online, report.waiting, report.refused, report.message) == (True, 0, 0, "")
    assert {c.case_id: c.case_no for c in bench.store.cases()} == server.gateway.cases.numbers()
    assert len(server.gateway.cases.numbers()) == 2
    assert server.gateway.trail.through(DEVICE, bench.station.profile.id) == 2
    assert bench.store.setting(EPOCH) not in (None, old_epoch)


def test_an_interrupted_reconciliation_is_done_again(bench: Bench) -> None:
    bench.station.accept(make_case(1), make_case(2))
    engine = bench.engine()
    engine.run_once()
    assert bench.server is not None
    database = bench.server.gateway.database
    with database.write() as connection:
        for table in (tables.pages, tables.cases, tables.operations, tables.feed_rows):
            connection.execute(table.delete())
    database.begin_new_epoch()
    client = bench.clients[-1]
    submit, calls = client.submit_case, []

    def fail_second(op_id: str, document: dict[str, object], local_seq: int = 0) -> object:
        calls.append(op_id)
        if len(calls) == 2:
            raise Unreachable("x")
        return submit(op_id, document, local_seq)

    client.submit_case = fail_second  # type: ignore[method-assign, assignment]
    assert not engine.run_once().online
    assert len(bench.server.gateway.cases.numbers()) == 1
    assert engine.run_once().online
    assert len(bench.server.gateway.cases.numbers()) == 2
    # Refused the second time round, a finished case comes to a person's notice and holds nothing up.
    bench.stop()
    bench.server = GatewayServer(
        port=bench.port, db_url=f"sqlite:///{bench.folder}/new.db", files_folder=bench.folder / "files",
        item_codes={UNKNOWN_ITEM}, clock=bench.clock, devices=DEVICES,
    )  # fmt: skip
    bench.server.start()
    assert engine.run_once().online
    assert [case.state for case in bench.store.cases()] == [CaseState.NEEDS_ATTENTION] * 2


@contextmanager
def deaf_port() -> Iterator[int]:
    """A port that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_silent_gateway_costs_one_time_out_a_run(bench: Bench) -> None:
    bench.station.accept(*(make_case(n) for n in range(1, 5)))
    with deaf_port() as port:
        report = bench.engine(f"http://127.0.0.1:{port}", patience=0.3).run_once()
    assert (report.online, report.waiting) == (False, 4)
    assert "超时" in report.message


def test_a_store_that_fails_is_not_hidden(bench: Bench) -> None:
    def full(*arguments: object) -> None:
        raise EnvironmentProblem("磁盘已满")

    bench.station.accept(make_case())
    engine = bench.engine()
    bench.store.mark_inflight = full  # type: ignore[method-assign, assignment]
    with pytest.raises(EnvironmentProblem, match="磁盘已满"):
        engine.run_once()


def test_a_record_that_always_kills_the_line_blocks_nobody(bench: Bench) -> None:
    cases = [make_case(n) for n in range(1, 7)]
    for case in cases:
        bench.station.accept(case)
    engine = bench.engine()
    client = bench.clients[-1]
    submit = client.submit_case

    def deadly(op_id: str, document: dict[str, object], local_seq: int = 0) -> object:
        if document["case_id"] == cases[0].case_id:
            raise Unreachable("连接中断")
        return submit(op_id, document, local_seq)

    client.submit_case = deadly  # type: ignore[method-assign, assignment]
    report = engine.run_once()
    assert (report.pushed, report.waiting, report.online) == (5, 1, True)
    first = bench.store.outbox()[0]
    assert (first.state, first.attempts, first.reason) == (OutboxState.RETRY, 1, "连接中断")
    for attempt in range(2, 14):
        bench.minutes(6)
        assert engine.run_once().waiting == 1
        assert bench.store.outbox()[0].attempts == attempt
    assert 0 < engine.next_wait() <= policy.POLL


def test_a_page_of_another_size_than_written_down_is_parked(bench: Bench) -> None:
    page = page_bytes(1)
    case = make_case(1, (page,))
    operations = build_operations([case])
    wrong = dataclasses.replace(operations[1], body={**operations[1].body, "size": len(page) - 1})
    bench.station.vault.seal(page, "image/jpeg")
    bench.store.accept([case], [operations[0], wrong], [])
    assert bench.engine().run_once().refused == 1
    assert bench.store.outbox({OutboxState.PARKED})[0].reason == "材料文件与登记的大小不符"


def test_a_feed_row_without_its_id_is_told_and_not_saved(bench: Bench) -> None:
    assert bench.server is not None
    with bench.server.gateway.database.write() as connection:
        bench.server.gateway.feeds.put(connection, "cases", "x", {"rev": 1}, DEVICE)
    report = bench.engine().run_once()
    assert (report.online, report.pulled) == (True, 0)
    assert report.message.startswith("平台数据有误")
    assert bench.store.cursor("cases") is None


def test_a_line_that_breaks_at_the_trail_or_the_feed_loses_nothing(bench: Bench) -> None:
    for endpoint in ("POST /v1/audit", "GET /v1/feeds/cases"):
        bench.station.accept(make_case(len(bench.store.cases()) + 1))
        with FaultProxy(bench.port, 0.0, 1) as proxy:
            proxy.choose = lambda asked, bad=endpoint: "drop_answer" if asked == bad else "pass"  # type: ignore[method-assign, misc]
            report = bench.engine(proxy.url).run_once()
        assert (report.pushed, report.online) == (1, False), endpoint
        assert bench.engine().run_once().online
    assert bench.server is not None
    assert bench.server.gateway.trail.through(DEVICE, bench.station.profile.id) == 2
    assert [bench.store.stage(case.case_id) for case in bench.store.cases()] == ["2", "2"]


def test_a_trail_handed_to_the_outbox_is_sent_too(bench: Bench) -> None:
    case = make_case()
    entry: dict[str, object] = {"seq": 1, "at": "2026-11-21T01:02:03.456Z", "clerk": "0007", "action": "a"}
    entry |= {"subject": "s", "details": "{}", "previous": "0" * 64}
    entry["hash"] = audit_hash(entry)
    body = {"chain": "another", "entries": [entry]}
    operation = Operation(new_key(), case.case_id, OperationKind.AUDIT, body)
    bench.store.accept([case], [operation], [])
    assert bench.engine().run_once().pushed == 1
    assert bench.server is not None
    assert bench.server.gateway.trail.through(DEVICE, "another") == 1


def test_after_a_restore_a_case_that_changed_there_goes_to_a_person(bench: Bench) -> None:
    case = make_case()
    bench.station.accept(case)
    engine = bench.engine()
    engine.run_once()
    assert bench.server is not None
    database = bench.server.gateway.database
    with database.write() as connection:
        connection.execute(tables.operations.delete())
        connection.execute(tables.cases.update().values(document_hash="0" * 64))
    database.begin_new_epoch()
    assert engine.run_once().online
    kept = bench.store.case(case.case_id)
    assert kept is not None
    assert kept.state is CaseState.NEEDS_ATTENTION
