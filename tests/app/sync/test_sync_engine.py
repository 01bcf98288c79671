"""The engine between a real store and a real gateway."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fault_proxy import FaultProxy
from gateway_kit import (
    DEVICE,
    DEVICES,
    ITEM,
    NOW,
    TOKEN,
    UNKNOWN_ITEM,
    Workstation,
    make_case,
    new_key,
    page_bytes,
    workstation,
)

from app.domain.case import AuditEvent, CaseState, Operation, OperationKind, OutboxState
from app.domain.clock import FixedClock
from app.domain.errors import EnvironmentProblem
from app.gateway import tables
from app.gateway.cases import Stage
from app.gateway.server import GatewayServer
from app.server.client import GatewayClient
from app.server.errors import Unreachable
from app.server.wire import build_operations, case_document
from app.sync import policy
from app.sync.engine import AUDIT_THROUGH, CLOCK_OFFSET, EPOCH, SyncEngine, SyncReport


class Bench:
    """A workstation, a gateway that can be stopped and started on one port, and an engine between them."""

    def __init__(self, folder: Path, station: Workstation, clock: FixedClock) -> None:
        self.station = station
        self.store = station.store
        self.clock = clock
        self.folder = folder
        self.port = 0
        self.server: GatewayServer | None = None
        self.clients: list[GatewayClient] = []

    def start(self) -> GatewayServer:
        self.server = GatewayServer(
            port=self.port,
            db_url=f"sqlite:///{self.folder}/gateway.db",
            files_folder=self.folder / "files",
            item_codes={ITEM},
            clock=self.clock,
            devices=DEVICES,
        )
        self.server.start()
        self.port = self.server.port
        return self.server

    def stop(self) -> None:
        if self.server is not None:
            self.server.stop()
            self.server = None

    def engine(self, url: str | None = None, token: str = TOKEN, patience: float = 10.0) -> SyncEngine:
        url = url or f"http://127.0.0.1:{self.port}"
        client = GatewayClient(url, DEVICE, token, (5.0, patience), clock=self.clock, chunk_size=2048)
        self.clients.append(client)
        chain = self.station.profile.id
        return SyncEngine(self.store, self.station.vault, client, self.clock, random.Random(7), audit_chain=chain)

    def states(self) -> list[tuple[str, str]]:
        return [(op.kind.value, op.state.value) for op in self.store.outbox()]

    def minutes(self, count: float) -> None:
        self.clock.advance(dt.timedelta(minutes=count))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    clock = FixedClock(NOW)
    with workstation(tmp_path / "profile", clock) as station:
        made = Bench(tmp_path, station, clock)
        made.start()
        yield made
        for client in made.clients:
            client.close()
        made.stop()


def test_a_bundle_goes_up_and_comes_back_acked(bench: Bench) -> None:
    page = page_bytes(1)
    cases = [make_case(n, (page,)) for n in (1, 2, 3)]
    bench.station.accept(*cases, pages=(page,))
    calls: list[tuple[int, int]] = []
    report = bench.engine().run_once(lambda done, total: calls.append((done, total)))
    assert report == SyncReport(pushed=6, pulled=3, waiting=0, refused=0, online=True)
    assert calls == [(n, 6) for n in range(1, 7)]
    assert bench.server is not None
    numbers = bench.server.gateway.cases.numbers()
    for case in cases:
        kept = bench.store.case(case.case_id)
        assert kept is not None
        assert (kept.state, kept.case_no, kept.rev) == (CaseState.ACKED, numbers[case.case_id], 2)
        assert bench.store.stage(case.case_id) == "2"
        assert bench.server.gateway.cases.document(case.case_id) == case_document(case)
    assert len(set(numbers.values())) == 3
    assert bench.engine().run_once() == SyncReport(0, 0, 0, 0, True)


def test_cases_are_sent_before_any_file(bench: Bench) -> None:
    page = page_bytes(1)
    for n in (1, 2):
        bench.station.accept(make_case(n, (page,)), pages=(page,))
    with FaultProxy(bench.port, 0.0, 1) as proxy:
        bench.engine(proxy.url).run_once()
        order = [endpoint for endpoint, _ in proxy.met]
    assert order.index("POST /v1/cases") < order.index("POST /v1/files")
    assert proxy.met["POST /v1/cases", "pass"] == 2
    # The page that both cases share travelled once: 5,000 bytes in chunks of 2,048.
    assert proxy.met["PATCH /v1/files/{id}", "pass"] == 3


def test_offline_all_waits_then_drains_exactly_once(bench: Bench) -> None:
    bench.stop()
    page = page_bytes(1)
    cases = [make_case(n, (page,)) for n in range(1, 6)]
    for case in cases:
        bench.station.accept(case, pages=(page,))
    engine = bench.engine()
    for _ in range(4):
        report = engine.run_once()
        assert (report.pushed, report.waiting, report.refused, report.online) == (0, 10, 0, False)
        assert report.message.startswith("平台连接不上：")
    # Nothing was even tried: the probe failed first, so that nothing has a failed attempt to its name.
    assert {op.state for op in bench.store.outbox()} == {OutboxState.PENDING}
    assert [case.state for case in bench.store.cases()] == [CaseState.ACCEPTED_LOCAL] * 5
    waits = [engine.next_wait() for _ in range(300)]
    assert policy.SHORTEST <= min(waits) < 2
    assert 28 < max(waits) <= 32
    server = bench.start()
    report = engine.run_once()
    assert (report.pushed, report.waiting, report.online, report.message) == (10, 0, True, "")
    numbers = server.gateway.cases.numbers()
    assert {case.case_id: case.case_no for case in bench.store.cases()} == numbers
    assert len(set(numbers.values())) == 5


def test_after_an_outage_a_patient_run_only_says_hello(bench: Bench) -> None:
    bench.stop()
    bench.station.accept(make_case())
    engine = bench.engine()
    assert not engine.run_once(patient=True).online
    bench.start()
    assert engine.run_once(patient=True) == SyncReport(0, 0, 1, 0, True)
    wait = engine.next_wait()
    assert 0 < wait <= policy.RECONNECT_SPREAD
    bench.minutes(wait / 60 / 2)
    assert engine.run_once(patient=True).pushed == 0
    # A person who presses the key does not wait.
    assert engine.run_once().pushed == 1
    bench.station.accept(make_case(2))
    bench.minutes(2)
    assert engine.run_once(patient=True).pushed == 1


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
    assert parked[0].reason == "需补正：item/code 平台未开通此事项"
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


def test_an_entry_is_inflight_on_disk_before_it_leaves(bench: Bench) -> None:
    case = make_case()
    bench.station.accept(case)
    seen: list[tuple[str, CaseState]] = []
    engine = bench.engine()
    client = bench.clients[-1]
    submit = client.submit_case

    def spy(op_id: str, document: dict[str, object], local_seq: int = 0) -> object:
        kept = bench.store.case(case.case_id)
        assert kept is not None
        seen.append((bench.store.outbox()[0].state.value, kept.state))
        return submit(op_id, document, local_seq)

    client.submit_case = spy  # type: ignore[method-assign, assignment]
    engine.run_once()
    assert seen == [("inflight", CaseState.SENDING)]


def test_what_was_inflight_when_the_program_died_goes_again_under_its_key(bench: Bench) -> None:
    bench.station.accept(make_case())
    op_id = bench.store.outbox()[0].op_id
    bench.store.mark_inflight(op_id)
    assert bench.engine().run_once().pushed == 1
    assert bench.states() == [("case", "done")]
    assert bench.store.outbox()[0].op_id == op_id


def test_the_audit_trail_follows(bench: Bench) -> None:
    bench.station.accept(make_case())
    assert bench.server is not None
    trail = bench.server.gateway.trail
    bench.engine().run_once()
    assert trail.through(DEVICE, bench.station.profile.id) == 1
    for n in range(3):
        bench.store.append_audit(AuditEvent(bench.clock.now(), "0007", "screen.lock", f"{n}", {"㛃": "𠮷"}))
    bench.engine().run_once()
    assert trail.through(DEVICE, bench.station.profile.id) == 4
    # What this machine remembers of it may be lost (a restored profile): the gateway knows.
    bench.store.set_setting(AUDIT_THROUGH, "0")
    assert bench.engine().run_once() == SyncReport(0, 0, 0, 0, True)


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


def test_the_departments_progress_comes_down(bench: Bench) -> None:
    case = make_case()
    bench.station.accept(case)
    engine = bench.engine()
    engine.run_once()
    assert bench.server is not None
    bench.server.advance(case.case_id, Stage.DECIDED)
    assert engine.run_once().pulled == 1
    assert bench.store.stage(case.case_id) == "4"
    kept = bench.store.case(case.case_id)
    assert kept is not None
    assert kept.rev == 2


def test_hundreds_of_rows_come_down_in_pages(bench: Bench) -> None:
    assert bench.server is not None
    with bench.server.gateway.database.write() as connection:
        for n in range(450):
            row = {"case_id": f"case-{n}", "case_no": f"{n}", "rev": 1, "stage": 1}
            bench.server.gateway.feeds.put(connection, "cases", f"case-{n}", row, DEVICE)
    assert bench.engine().run_once().pulled == 450
    assert bench.engine().run_once().pulled == 0


def test_the_clocks_offset_is_kept(bench: Bench) -> None:
    engine = bench.engine()
    bench.stop()
    slow = FixedClock(NOW + dt.timedelta(seconds=90))
    bench.server = GatewayServer(
        port=bench.port, db_url=f"sqlite:///{bench.folder}/gateway.db", files_folder=bench.folder / "files", clock=slow
    )
    bench.server.start()
    engine.run_once()
    assert bench.store.setting(CLOCK_OFFSET) == "90000"


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


def test_runs_never_overlap(bench: Bench) -> None:
    bench.station.accept(*(make_case(n) for n in range(1, 9)))
    engine = bench.engine()
    reports: list[SyncReport] = []
    threads = [threading.Thread(target=lambda: reports.append(engine.run_once())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(report.pushed for report in reports) == 8
    assert {report.waiting for report in reports} == {0}


def test_a_store_that_fails_is_not_hidden(bench: Bench) -> None:
    def full(*arguments: object) -> None:
        raise EnvironmentProblem("磁盘已满")

    bench.station.accept(make_case())
    engine = bench.engine()
    bench.store.mark_inflight = full  # type: ignore[method-assign, assignment]
    with pytest.raises(EnvironmentProblem, match="磁盘已满"):
        engine.run_once()
