"""The engine between a real store and a real gateway, when all goes well and when nobody is there."""

from __future__ import annotations

import datetime as dt
import threading

from fault_proxy import FaultProxy
from gateway_kit import (
    DEVICE,
    NOW,
    make_case,
    page_bytes,
)
from sync_bench import Bench

from app.domain.case import AuditEvent, CaseState, OutboxState
from app.domain.clock import FixedClock
from app.domain.sending import Backlog, Drain
from app.gateway.cases import Stage
from app.gateway.server import GatewayServer
from app.server.wire import case_document
from app.sync import policy
from app.sync.engine import AUDIT_THROUGH, CLOCK_OFFSET, SyncReport


def test_a_bundle_goes_up_and_comes_back_acked(bench: Bench) -> None:
    page = page_bytes(1)
    cases = [make_case(n, (page,)) for n in (1, 2, 3)]
    bench.station.accept(*cases, pages=(page,))
    calls: list[Drain] = []
    report = bench.engine().run_once(calls.append)
    assert report == SyncReport(pushed=6, pulled=3, waiting=0, refused=0, online=True)
    assert calls[0] == Drain(Backlog(), Backlog(3, 3, 15_000))
    assert calls[-1].left == Backlog()
    # The page that the three share travelled once.
    assert calls[-1].done == Backlog(3, 3, 5_000)
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
    # The page that both cases share travelled once: 5,000 bytes in chunks of 2,048, the first with the creation.
    assert proxy.met["PATCH /v1/files/{id}", "pass"] == 2


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
    # Nor does what follows: this window is through.
    bench.station.accept(make_case(2))
    assert engine.run_once(patient=True).pushed == 1


def test_after_the_wait_a_patient_run_sends(bench: Bench) -> None:
    bench.stop()
    bench.station.accept(make_case())
    engine = bench.engine()
    assert not engine.run_once(patient=True).online
    bench.start()
    assert engine.run_once(patient=True).pushed == 0
    bench.minutes(2)
    assert engine.run_once(patient=True).pushed == 1


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


def test_messages_come_down_and_an_older_gateway_without_them_serves_the_rest(bench: Bench) -> None:
    case = make_case()
    bench.station.accept(case)
    engine = bench.engine()
    engine._feeds = ("gossip", "cases", "messages")  # a feed that this gateway does not know
    assert engine.run_once() == SyncReport(1, 1, 0, 0, True)
    assert bench.server is not None
    bench.server.advance(case.case_id, Stage.UNDER_REVIEW)
    assert engine.run_once() == SyncReport(0, 2, 0, 0, True)
    (message,) = bench.store.messages()
    assert (message.document["case_id"], message.document["stage"], message.unread) == (case.case_id, 3, True)
    assert bench.store.stage(case.case_id) == "3"
