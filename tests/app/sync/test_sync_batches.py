"""Records that go together, files that go over two lines, and what the clerk holds back."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import threading
from typing import Any

import pytest
from fault_proxy import FaultProxy
from gateway_kit import DEVICE, TOKEN, UNKNOWN_ITEM, make_case, page_bytes, with_form
from sync_bench import Bench

from app.domain.case import Case, CaseState, Operation, OperationKind, OutboxState
from app.domain.sending import Backlog, Drain
from app.server.client import GatewayClient
from app.server.errors import Rejected, Unreachable
from app.server.wire import build_operations
from app.sync import policy
from app.sync.engine import SyncEngine
from app.sync.switch import FILES_WAIT, UploadSwitch

STEP = 6


def accept(bench: Bench, count: int, first: int = 1, **more: str) -> list[Case]:
    cases = [make_case(n, **more) for n in range(first, first + count)]  # type: ignore[arg-type]
    for case in cases:
        bench.station.accept(case)
    return cases


def case_op(number: int, **body: Any) -> Operation:
    return Operation(f"op-{number}", f"case-{number}", OperationKind.CASE, body, local_seq=number)


# ----------------------------------------------------------------------------------------------------- policy


def test_a_few_go_one_by_one_and_many_together() -> None:
    few = [case_op(n) for n in range(policy.BATCH_FROM - 1)]
    assert policy.batches(few, ()) == ([], few)
    many = [case_op(n) for n in range(120)]
    together, singly = policy.batches(many, ())
    assert [len(batch) for batch in together] == [50, 50, 20]
    assert [entry for batch in together for entry in batch] == many
    assert singly == []


def test_a_batch_stays_below_a_megabyte_and_what_is_too_large_or_broken_goes_alone() -> None:
    large = [case_op(n, text="字" * 30_000) for n in range(30)]  # 90 KB each
    giant, torn = case_op(90, text="x" * policy.BATCH_BYTES), case_op(91, text="\ud800")
    together, singly = policy.batches([*large, giant, torn], ())
    assert [len(batch) for batch in together] == [10, 10, 10]
    assert singly == [giant, torn]


def test_what_was_on_a_cut_batch_and_what_is_no_case_goes_alone() -> None:
    entries = [case_op(n) for n in range(20)]
    audit = Operation("trail", "x", OperationKind.AUDIT, {}, local_seq=50)
    together, singly = policy.batches([*entries, audit], {"op-3", "op-7"})
    assert [entry.op_id for entry in singly] == ["op-3", "op-7", "trail"]
    assert len(together[0]) == 18


def test_a_wave_is_as_long_as_the_line_is_fast() -> None:
    files = [
        Operation(f"{n}", "c", OperationKind.FILE, {"size": 500_000, "sha256": f"{n}"}, local_seq=n) for n in range(100)
    ]
    assert len(policy.wave(files, 0.0, 2)) == 2, "nothing is known: one a line"
    assert len(policy.wave(files, 100_000, 2)) == 2, "a slow line: a case accepted meanwhile waits for no more"
    assert len(policy.wave(files, 2_000_000, 2)) == 8
    assert len(policy.wave(files, 1e9, 2)) == policy.WAVE
    twins = [Operation(f"{n}", "c", OperationKind.FILE, {"size": 5, "sha256": "same"}, local_seq=n) for n in range(3)]
    assert policy.wave(twins, 1e9, 2) == twins[:1], "what two cases share travels once"


# -------------------------------------------------------------------------------------------------- the engine


def test_many_cases_go_in_batches_each_with_its_own_result(bench: Bench) -> None:
    cases = accept(bench, 60)
    poisoned = make_case(61, item=UNKNOWN_ITEM)
    bench.station.accept(poisoned)
    with FaultProxy(bench.port, 0.0, 1) as proxy:
        report = bench.engine(proxy.url).run_once()
        assert (proxy.met["POST /v1/cases:batch", "pass"], proxy.met["POST /v1/cases", "pass"]) == (2, 0)
    assert (report.pushed, report.waiting, report.refused, report.online) == (60, 0, 1, True)
    assert bench.server is not None
    numbers = bench.server.gateway.cases.numbers()
    assert {case.case_id for case in cases} == set(numbers)
    kept = {case.case_id: case for case in bench.store.cases()}
    assert {case_id: kept[case_id].case_no for case_id in numbers} == numbers
    (parked,) = bench.store.outbox({OutboxState.PARKED})
    assert (parked.case_id, parked.reason) == (poisoned.case_id, "需补正：事项 平台未开通此事项")
    assert kept[poisoned.case_id].state is CaseState.NEEDS_ATTENTION


def test_a_batch_cut_on_the_line_goes_again_under_the_same_keys_and_makes_nothing_twice(bench: Bench) -> None:
    accept(bench, 12)
    keys = [entry.op_id for entry in bench.store.outbox()]
    with FaultProxy(bench.port, 0.0, 1, ("drop_answer",)) as proxy:
        engine = bench.engine(proxy.url)
        armed = ["POST /v1/cases:batch"]

        def choose(endpoint: str) -> str:
            return "drop_answer" if armed and endpoint == armed[0] and armed.pop() else "pass"

        proxy.choose = choose  # type: ignore[method-assign]
        report = engine.run_once()
        # One cut is one failure of the line, not twelve: the run goes on.
        assert (report.pushed, report.waiting, report.online) == (0, 12, True)
        assert [(e.state, e.attempts) for e in bench.store.outbox()] == [(OutboxState.RETRY, 1)] * 12
        bench.minutes(STEP)
        assert engine.run_once().pushed == 12
        assert proxy.met["POST /v1/cases", "pass"] == 12, "each alone, for one of them may be what cuts the line"
    assert [entry.op_id for entry in bench.store.outbox()] == keys
    assert bench.server is not None
    assert len(bench.server.gateway.cases.numbers()) == 12


def test_a_record_that_kills_the_line_blocks_nobody_in_its_batch(bench: Bench) -> None:
    cases = accept(bench, 12)
    engine = bench.engine()
    client = bench.clients[-1]
    single, together = client.submit_case, client.submit_batch
    deadly = cases[5].case_id

    def submit_case(op_id: str, document: dict[str, Any], local_seq: int = 0) -> object:
        if document["case_id"] == deadly:
            raise Unreachable("连接中断")
        return single(op_id, document, local_seq)

    def submit_batch(entries: Any) -> object:
        if any(entry.document["case_id"] == deadly for entry in entries):
            raise Unreachable("连接中断")
        return together(entries)

    client.submit_case = submit_case  # type: ignore[method-assign, assignment]
    client.submit_batch = submit_batch  # type: ignore[method-assign, assignment]
    assert engine.run_once().pushed == 0
    bench.minutes(STEP)
    report = engine.run_once()
    assert (report.pushed, report.waiting, report.online) == (11, 1, True)


def test_a_gateway_without_batches_gets_them_one_by_one(bench: Bench) -> None:
    accept(bench, 12)
    engine = bench.engine()
    client = bench.clients[-1]

    def unknown(entries: object) -> object:
        raise Rejected(404, "没有这个接口")

    client.submit_batch = unknown  # type: ignore[method-assign, assignment]
    assert engine.run_once().pushed == 12


def test_a_record_that_no_gateway_could_read_is_set_aside_alone(bench: Bench) -> None:
    cases = [make_case(n) for n in range(1, 13)]
    broken = with_form(make_case(13), **{"premises.address": "完"})
    operations = build_operations([*cases, broken])
    bad = Operation(operations[-1].op_id, broken.case_id, OperationKind.CASE, {"no": "case"})
    bench.store.accept([*cases, broken], [*operations[:-1], bad], [])
    report = bench.engine().run_once()
    assert (report.pushed, report.refused, report.online) == (12, 1, True)
    assert bench.store.outbox({OutboxState.PARKED})[0].reason.startswith("需补正：")


def test_a_device_turned_away_parks_nothing_of_a_batch(bench: Bench) -> None:
    accept(bench, 12)
    assert bench.server is not None
    devices = bench.server.gateway.devices
    engine = bench.engine()
    push = engine._push
    engine._push = lambda run: (devices.disable(DEVICE), push(run))[1]  # type: ignore[method-assign]
    report = engine.run_once()
    assert (report.pushed, report.waiting, report.refused) == (0, 12, 0)
    assert "本机已被停用" in report.message


def test_a_portals_200_never_counts_for_a_batch_either(bench: Bench) -> None:
    accept(bench, 12)
    with FaultProxy(bench.port, 0.0, 1) as proxy:
        proxy.choose = lambda endpoint: "portal_json" if endpoint.endswith(":batch") else "pass"  # type: ignore[method-assign]
        report = bench.engine(proxy.url).run_once()
        assert proxy.met["POST /v1/cases:batch", "portal_json"] == 1
    assert (report.pushed, report.waiting) == (0, 12)
    assert {entry.state for entry in bench.store.outbox()} == {OutboxState.RETRY}
    with FaultProxy(bench.port, 1.0, 1, ("portal_200",)) as proxy:
        report = bench.engine(proxy.url).run_once()
    assert (report.online, report.portal) == (False, True)
    assert "网络要求先登录" in report.message
    assert not bench.engine().run_once().portal


def two_lines(bench: Bench, url: str | None = None) -> tuple[SyncEngine, list[GatewayClient]]:
    url = url or f"http://127.0.0.1:{bench.port}"
    lines = [GatewayClient(url, DEVICE, TOKEN, (5.0, 10.0), clock=bench.clock, chunk_size=2048) for _ in range(2)]
    bench.clients += lines
    engine = SyncEngine(
        bench.store, bench.station.vault, lines[0], bench.clock, random.Random(7), more_lines=lines[1:]
    )  # fmt: skip
    return engine, lines


def test_two_lines_carry_files_at_once_and_each_once(bench: Bench) -> None:
    pages = [page_bytes(n, 7000) for n in range(8)]
    for n, page in enumerate(pages):
        bench.station.accept(make_case(n + 1, (page,)), pages=(page,))
    engine, lines = two_lines(bench)
    meeting = threading.Barrier(2, timeout=20)
    met: list[int] = []
    for place, line in enumerate(lines):
        upload = line.upload

        def slow(*arguments: Any, place: int = place, upload: Any = upload, **more: Any) -> object:
            if len(met) < 2:
                meeting.wait()  # both lines are in a file at the same time, or this fails
                met.append(place)
            return upload(*arguments, **more)

        line.upload = slow  # type: ignore[method-assign]
    report = engine.run_once()
    assert (report.pushed, report.waiting, report.online) == (16, 0, True)
    assert sorted(met) == [0, 1]
    assert bench.server is not None
    for page in pages:
        digest = make_case(1, (page,)).materials[1].pages[0].sha256
        assert bench.server.gateway.files.path(digest).read_bytes() == page


def test_a_line_that_breaks_in_a_wave_leaves_the_rest_untried(bench: Bench) -> None:
    for n in range(12):
        page = page_bytes(n, 3000)
        bench.station.accept(make_case(n + 1, (page,)), pages=(page,))
    with FaultProxy(bench.port, 0.0, 1) as proxy:
        engine, _ = two_lines(bench, proxy.url)
        engine._pusher._speed = 1e9  # a fast line so far: all twelve in one wave
        proxy.choose = lambda endpoint: "drop_request" if "files" in endpoint else "pass"  # type: ignore[method-assign]
        report = engine.run_once()
    assert (report.pushed, report.online) == (12, False)
    files = [entry for entry in bench.store.outbox() if entry.kind is OperationKind.FILE]
    tried = [entry for entry in files if entry.state is OutboxState.RETRY]
    assert 3 <= len(tried) <= 4, "three failures end the run; the other line may be in one more"
    assert {(e.state, e.attempts) for e in files if e not in tried} == {(OutboxState.PENDING, 0)}
    bench.minutes(STEP)
    assert bench.engine().run_once().pushed == 12


def test_a_case_accepted_meanwhile_overtakes_the_pictures(bench: Bench) -> None:
    for n in range(6):
        page = page_bytes(n, 3000)
        bench.station.accept(make_case(n + 1, (page,)), pages=(page,))
    engine = bench.engine()
    client = bench.clients[-1]
    upload, order = client.upload, []

    def watch(op_id: str, *arguments: Any, **more: Any) -> object:
        order.append("file")
        if order.count("file") == 1:
            bench.station.accept(make_case(50))
        return upload(op_id, *arguments, **more)

    submit = client.submit_case
    client.submit_case = lambda *a: (order.append("case"), submit(*a))[1]  # type: ignore[method-assign, func-returns-value]
    client.upload = watch  # type: ignore[method-assign]
    engine.run_once()
    assert order.count("case") == 7
    assert order.index("file") < len(order) - 1 - order[::-1].index("case") < len(order) - 3


# --------------------------------------------------------------------------------------------------- held back


def test_paused_nothing_is_sent_and_news_still_come(bench: Bench) -> None:
    first = accept(bench, 1)[0]
    engine = bench.engine()
    engine.run_once()
    assert bench.server is not None
    accept(bench, 2, first=2)
    engine.switch.pause(bench.clock.now())
    bench.server.gateway.cases.withdraw(first.case_id)
    report = engine.run_once()
    assert (report.pushed, report.pulled, report.waiting, report.held, report.online) == (0, 1, 2, 2, True)
    assert {entry.state for entry in bench.store.outbox()} == {OutboxState.DONE, OutboxState.PENDING}
    assert engine.next_wait() == policy.POLL, "it does not spin"
    # A restart remembers, and from when.
    again = UploadSwitch(bench.store)
    assert again.paused_since == bench.clock.now()
    bench.minutes(5)
    again.pause(bench.clock.now())
    assert again.paused_since == bench.clock.now() - dt.timedelta(minutes=5)
    again.resume()
    assert UploadSwitch(bench.store).paused_since is None
    engine.switch.resume()
    report = engine.run_once()
    assert (report.pushed, report.held) == (2, 0)


def test_a_pause_in_the_middle_of_a_file_keeps_what_is_there(bench: Bench) -> None:
    page = page_bytes(1, 20_000)
    bench.station.accept(make_case(1, (page,)), pages=(page,))
    engine = bench.engine()  # chunks of 2,048
    client = bench.clients[-1]
    patch, sent = client._patch, []

    def pause_at_the_third(location: str, offset: int, data: bytes) -> int:
        sent.append(len(data))
        if len(sent) == 3:
            engine.switch.pause(bench.clock.now())
        return patch(location, offset, data)

    client._patch = pause_at_the_third  # type: ignore[method-assign]
    report = engine.run_once()
    assert (report.pushed, report.waiting, report.online) == (1, 1, True)
    assert len(sent) == 3, "it stops at the chunk that was under way; the first went with the creation"
    (file,) = bench.store.outbox({OutboxState.PENDING})
    assert file.attempts == 0
    engine.switch.resume()
    drains: list[Drain] = []
    assert engine.run_once(drains.append).pushed == 1
    assert sum(sent) + 2048 == len(page), "what had arrived is not sent again"
    assert drains[-1].done.bytes == len(page) - 4 * 2048, "nor counted as this line's speed"


def test_on_a_phones_line_only_records_go(bench: Bench) -> None:
    page = page_bytes(1)
    for n in (1, 2):
        bench.station.accept(make_case(n, (page,)), pages=(page,))
    engine = bench.engine()
    engine.switch.set_files_wait(True)
    seen: list[Drain] = []
    report = engine.run_once(seen.append)
    assert (report.pushed, report.waiting, report.held) == (2, 2, 2)
    assert (seen[0].left, seen[-1].left) == (Backlog(2), Backlog()), "what is held back has no time left"
    assert engine.next_wait() == policy.POLL
    assert UploadSwitch(bench.store).files_wait, "remembered"
    engine.switch.set_files_wait(False)
    assert not UploadSwitch(bench.store, metered=True).files_wait, "the clerk's word counts more than the settings'"
    bench.store.set_setting(FILES_WAIT, "1")
    assert engine.run_once().pushed == 2


@pytest.mark.parametrize("metered", [True, False])
def test_the_settings_say_how_it_begins(bench: Bench, metered: bool) -> None:
    assert UploadSwitch(bench.store, metered=metered).files_wait is metered


def test_the_end_of_the_program_stops_a_long_upload_at_its_next_chunk(bench: Bench) -> None:
    page = page_bytes(1, 20_000)
    bench.station.accept(make_case(1, (page,)), pages=(page,))
    engine = bench.engine()
    client = bench.clients[-1]
    patch, sent = client._patch, []

    def close_at_the_second(location: str, offset: int, data: bytes) -> int:
        sent.append(len(data))
        if len(sent) == 2:
            engine.close()
        return patch(location, offset, data)

    client._patch = close_at_the_second  # type: ignore[method-assign]
    engine.run_once()
    assert len(sent) == 2
    client._patch = patch  # type: ignore[method-assign]
    assert bench.engine().run_once().pushed == 1


def test_progress_tells_records_files_and_bytes(bench: Bench) -> None:
    for n in range(12):
        page = page_bytes(n, 4000)
        bench.station.accept(make_case(n + 1, (page,)), pages=(page,))
    seen: list[Drain] = []
    bench.engine().run_once(seen.append)
    assert seen[0] == Drain(Backlog(), Backlog(12, 12, 48_000))
    assert seen[-1] == Drain(Backlog(12, 12, 48_000), Backlog())
    for earlier, later in itertools.pairwise(seen):
        assert later.done.records >= earlier.done.records
        assert later.done.bytes >= earlier.done.bytes
        assert later.left.bytes <= earlier.left.bytes
