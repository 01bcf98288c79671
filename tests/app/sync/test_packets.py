"""The outbox on a stick: there and back, beside the line, torn, foreign, too large; each case once."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from gateway_kit import DEVICE, OTHER_DEVICE, OTHER_TOKEN, TOKEN, UNKNOWN_ITEM, make_case, page_bytes
from sqlalchemy import func, select
from sync_bench import Bench

from app.domain.case import AuditEvent, CaseState, OperationKind, OutboxState
from app.domain.errors import EnvironmentProblem, Refused
from app.domain.sending import Refusal
from app.gateway import tables
from app.gateway.packets import PacketDesk
from app.server import whole_file
from app.server.packet import BadPacket
from app.services.rate import Rate
from app.sync import packets
from app.sync.engine import EPOCH
from app.sync.packets import Cancelled, Courier


def courier(bench: Bench, key: str | None = None, token: str = TOKEN, device: str = DEVICE) -> Courier:
    assert bench.server is not None
    key = bench.server.gateway.packets.public_key() if key is None else key
    return Courier(bench.store, bench.station.vault, bench.clock, device, token, key)


def desk(bench: Bench) -> PacketDesk:
    assert bench.server is not None
    return bench.server.gateway.packets


def fill(bench: Bench, count: int = 3, size: int = 5000) -> list[bytes]:
    pages = [page_bytes(n, size) for n in range(count)]
    for n, page in enumerate(pages):
        bench.station.accept(make_case(n + 1, (page,)), pages=(page,))
    return pages


def everything_is_there_once(bench: Bench, pages: list[bytes]) -> None:
    assert bench.server is not None
    gateway = bench.server.gateway
    cases = bench.store.cases()
    assert gateway.cases.numbers() == {case.case_id: case.case_no for case in cases}
    assert {case.state for case in cases} == {CaseState.ACKED}
    with gateway.database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.operations)) == len(bench.store.outbox())
        unsealed = select(func.count()).where(tables.pages.c.sealed_at.is_(None))
        assert connection.scalar(unsealed) == 0
    for page in pages:
        digest = make_case(1, (page,)).materials[1].pages[0].sha256
        assert gateway.files.path(digest).read_bytes() == page


def test_there_and_back_with_the_line_cut_all_the_time(bench: Bench, tmp_path: Path) -> None:
    pages = fill(bench)
    made = courier(bench).export(tmp_path / "a.ycpacket", "0007")
    assert (made.records, made.files, made.later, made.unreadable) == (3, 3, 0, 0)
    assert made.bytes == (tmp_path / "a.ycpacket").stat().st_size
    assert {entry.state for entry in bench.store.outbox()} == {OutboxState.PENDING}, "exporting settles nothing"
    for page in pages:
        assert page[:64] not in (tmp_path / "a.ycpacket").read_bytes()
    taken = desk(bench).take(tmp_path / "a.ycpacket", tmp_path / "a.ycanswer")
    assert (taken.device_id, taken.accepted, taken.refused, taken.waiting) == (DEVICE, 6, 0, 0)
    got = courier(bench).take_answer(tmp_path / "a.ycanswer", "0007")
    assert (got.arrived, got.refused, got.known, got.waiting) == (6, 0, 0, 0)
    assert {entry.state for entry in bench.store.outbox()} == {OutboxState.DONE}
    everything_is_there_once(bench, pages)
    assert courier(bench).last() == {
        "id": made.packet_id, "at": "2026-11-21T01:02:03.456Z", "records": 3, "files": 3,
    }  # fmt: skip
    trail = [(entry.action, entry.subject) for entry in bench.store.audit_entries()][-2:]
    assert trail == [("packet.export", made.packet_id), ("packet.answer", made.packet_id)]
    # Read twice, it says that it knows.
    again = courier(bench).take_answer(tmp_path / "a.ycanswer", "0007")
    assert (again.arrived, again.known) == (0, 6)
    assert bench.engine().run_once().waiting == 0
    everything_is_there_once(bench, pages)


@pytest.mark.parametrize("line_first", [True, False])
def test_sent_both_ways_it_is_still_once(bench: Bench, tmp_path: Path, line_first: bool) -> None:
    pages = fill(bench)
    where, back = tmp_path / "a.ycpacket", tmp_path / "a.ycanswer"
    courier(bench).export(where, "0007")
    if line_first:
        assert bench.engine().run_once().pushed == 6
    assert desk(bench).take(where, back).accepted == 6
    assert desk(bench).take(where, back).accepted == 6, "and a second time"
    if not line_first:
        assert bench.engine().run_once().pushed == 6
    got = courier(bench).take_answer(back, "0007")
    assert (got.arrived, got.known) == (0, 6)
    everything_is_there_once(bench, pages)


def test_a_file_half_sent_over_the_line_is_finished_by_the_stick(bench: Bench, tmp_path: Path) -> None:
    (page,) = fill(bench, 1, 9000)
    engine = bench.engine()
    client = bench.clients[-1]
    patch = client._patch

    def pause(location: str, offset: int, data: bytes) -> int:
        engine.switch.pause(bench.clock.now())
        return patch(location, offset, data)

    client._patch = pause  # type: ignore[method-assign]
    engine.run_once()
    courier(bench).export(tmp_path / "a.ycpacket", "0007")
    assert desk(bench).take(tmp_path / "a.ycpacket", tmp_path / "b").accepted == 1
    assert courier(bench).take_answer(tmp_path / "b", "0007").arrived == 1
    everything_is_there_once(bench, [page])


def test_refusals_come_back_and_hold_up_nobody(bench: Bench, tmp_path: Path) -> None:
    pages = fill(bench, 2)
    page = page_bytes(9)
    poisoned = make_case(9, (page,), item=UNKNOWN_ITEM)
    bench.station.accept(poisoned, pages=(page,))
    courier(bench).export(tmp_path / "a.ycpacket", "0007")
    taken = desk(bench).take(tmp_path / "a.ycpacket", tmp_path / "b")
    # Its page waits behind it, as it would on the line.
    assert (taken.accepted, taken.refused, taken.waiting) == (4, 1, 1)
    got = courier(bench).take_answer(tmp_path / "b", "0007")
    assert (got.arrived, got.refused, got.waiting) == (4, 1, 1)
    (parked,) = bench.store.outbox({OutboxState.PARKED})
    assert parked.reason == "需补正：事项 平台未开通此事项"
    kept = bench.store.case(poisoned.case_id)
    assert kept is not None
    assert kept.state is CaseState.NEEDS_ATTENTION
    # The next packet leaves out what a person must settle, and what waits behind it.
    bench.station.accept(make_case(20))
    plan = courier(bench).plan()
    assert (plan.records, plan.files) == (1, 0)
    assert (
        bench.store.settle(parked.op_id, "withdraw", AuditEvent(bench.clock.now(), "7", "outbox.withdraw", "x", {}))
        is None
    )
    assert len(pages) == 2


def test_a_rating_travels_behind_its_case(bench: Bench, tmp_path: Path) -> None:
    from app.catalog.load import load_catalog
    from app.domain.rating import Channel, Grade
    from resources import path

    fill(bench, 1)
    Rate(bench.store, load_catalog(path("catalog")), bench.clock, Channel.HALL_TABLET).give(
        bench.store.cases(), Grade.GOOD
    )
    courier(bench).export(tmp_path / "a.ycpacket", "0007")
    assert desk(bench).take(tmp_path / "a.ycpacket", tmp_path / "b").accepted == 3
    assert courier(bench).take_answer(tmp_path / "b", "0007").arrived == 3
    kinds = {entry.kind: entry.state for entry in bench.store.outbox()}
    assert kinds[OperationKind.RATING] is OutboxState.DONE


def test_what_was_taken_back_here_and_taken_there_is_told(bench: Bench, tmp_path: Path) -> None:
    bench.station.accept(make_case(1))
    courier(bench).export(tmp_path / "a.ycpacket", "0007")
    (entry,) = bench.store.outbox()
    bench.store.record([Refusal(entry.op_id, "x")])
    bench.store.settle(entry.op_id, "withdraw", AuditEvent(bench.clock.now(), "7", "outbox.withdraw", "x", {}))
    desk(bench).take(tmp_path / "a.ycpacket", tmp_path / "b")
    got = courier(bench).take_answer(tmp_path / "b", "0007")
    assert (got.arrived, got.known, got.taken_back) == (0, 1, 1)


def test_torn_altered_foreign_or_backwards_nothing_is_taken_in(bench: Bench, tmp_path: Path) -> None:
    fill(bench)
    where, back = tmp_path / "a.ycpacket", tmp_path / "b"
    courier(bench).export(where, "0007")
    whole = where.read_bytes()
    bad = tmp_path / "bad.ycpacket"
    altered = bytearray(whole)
    altered[len(whole) // 2] ^= 1
    for data, words in ((whole[:-100], "不完整"), (bytes(altered), "签名不符"), (b"hello world", "不是一窗")):
        bad.write_bytes(data)
        with pytest.raises(BadPacket, match=words):
            desk(bench).take(bad, back)
    # Made with another device's name, with another token, or for another gateway.
    courier(bench, device=OTHER_DEVICE).export(bad, "0007")
    with pytest.raises(BadPacket, match="签名不符"):
        desk(bench).take(bad, back)
    courier(bench, token=OTHER_TOKEN).export(bad, "0007")
    with pytest.raises(BadPacket, match="签名不符"):
        desk(bench).take(bad, back)
    courier(bench, key="11" * 32).export(bad, "0007")
    with pytest.raises(BadPacket, match="不是给本平台的"):
        desk(bench).take(bad, back)
    courier(bench, device="stranger").export(bad, "0007")
    with pytest.raises(Refused, match="设备没有登记"):
        desk(bench).take(bad, back)
    assert bench.server is not None
    assert bench.server.gateway.cases.numbers() == {}
    assert not back.exists()
    assert desk(bench).take(where, back).accepted == 6
    with pytest.raises(BadPacket, match="回执"):
        desk(bench).take(back, tmp_path / "c")
    with pytest.raises(BadPacket, match="不是平台的回执"):
        courier(bench).take_answer(where, "0007")
    with pytest.raises(BadPacket, match=DEVICE):
        courier(bench, device=OTHER_DEVICE, token=OTHER_TOKEN).take_answer(back, "0007")
    with pytest.raises(BadPacket, match="校验不符"):
        courier(bench, token=OTHER_TOKEN).take_answer(back, "0007")
    assert {entry.state for entry in bench.store.outbox()} == {OutboxState.PENDING}


def test_a_device_that_lost_its_right_is_refused_by_stick_too(bench: Bench, tmp_path: Path) -> None:
    fill(bench, 1)
    courier(bench).export(tmp_path / "a.ycpacket", "0007")
    assert bench.server is not None
    bench.server.gateway.devices.disable(DEVICE)
    with pytest.raises(Refused, match="停用"):
        desk(bench).take(tmp_path / "a.ycpacket", tmp_path / "b")


def test_a_device_enrolled_before_packets_is_known_from_its_next_call_on(bench: Bench, tmp_path: Path) -> None:
    fill(bench, 1)
    courier(bench).export(tmp_path / "a.ycpacket", "0007")
    assert bench.server is not None
    with bench.server.gateway.database.write() as connection:
        connection.execute(tables.device_keys.delete())
    with pytest.raises(Refused, match="还不认得"):
        desk(bench).take(tmp_path / "a.ycpacket", tmp_path / "b")
    bench.engine().run_once()
    assert desk(bench).take(tmp_path / "a.ycpacket", tmp_path / "b").accepted == 2


def test_an_import_that_breaks_off_is_done_again(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = fill(bench, 4)
    where, back = tmp_path / "a.ycpacket", tmp_path / "b"
    courier(bench).export(where, "0007")
    submit, calls = PacketDesk._submit, []

    def dies(*arguments: Any) -> object:
        calls.append(1)
        if len(calls) == 4:
            raise OSError(28, "No space left on device")
        return submit(*arguments)

    monkeypatch.setattr(PacketDesk, "_submit", dies)
    with pytest.raises(EnvironmentProblem, match="没有读完"):
        desk(bench).take(where, back)
    assert list(tmp_path.glob("*.part")) == list(tmp_path.glob(".*.part")) == []
    assert not back.exists()
    assert desk(bench).take(where, back).accepted == 8
    courier(bench).take_answer(back, "0007")
    everything_is_there_once(bench, pages)


def test_an_answer_of_another_life_of_the_gateway_is_asked_about(bench: Bench, tmp_path: Path) -> None:
    """The gateway was restored after it had answered: what the answer settled is sent again."""
    pages = fill(bench)
    engine = bench.engine()
    engine.switch.pause(bench.clock.now())
    engine.run_once()
    where, back = tmp_path / "a.ycpacket", tmp_path / "b"
    courier(bench).export(where, "0007")
    desk(bench).take(where, back)
    assert bench.server is not None
    database = bench.server.gateway.database
    with database.write() as connection:
        for table in (tables.pages, tables.cases, tables.operations, tables.feed_rows, tables.uploads, tables.files):
            connection.execute(table.delete())
    database.begin_new_epoch()
    engine.run_once()
    known = bench.store.setting(EPOCH)
    assert courier(bench).take_answer(back, "0007").arrived == 6
    assert bench.store.setting(EPOCH) == "", "what the gateway has really kept is asked at the next contact"
    engine.run_once()
    assert bench.store.setting(EPOCH) == known
    everything_is_there_once(bench, pages)


def test_cancelled_or_without_room_nothing_stays(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(bench)
    stick = tmp_path / "stick"
    stick.mkdir()
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 3

    with pytest.raises(Cancelled):
        courier(bench).export(stick / "a.ycpacket", "0007", cancelled=stop)
    assert list(stick.iterdir()) == []
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 9, 1_000_000))  # type: ignore[attr-defined]
    with pytest.raises(EnvironmentProblem, match="空间不够"):
        courier(bench).export(stick / "a.ycpacket", "0007")
    monkeypatch.undo()
    with pytest.raises(EnvironmentProblem, match="写不进目标盘"):
        courier(bench).export(tmp_path / "gone" / "deep" / "a.ycpacket", "0007")
    monkeypatch.setattr(whole_file.os, "fsync", lambda _: (_ for _ in ()).throw(OSError(5, "Input/output error")))
    with pytest.raises(EnvironmentProblem, match="写不进目标盘"):
        courier(bench).export(stick / "a.ycpacket", "0007")
    assert list(stick.iterdir()) == []


def test_nothing_waiting_and_no_key_are_said(bench: Bench, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有要导出的内容"):
        courier(bench).export(tmp_path / "a", "0007")
    with pytest.raises(EnvironmentProblem, match="收件公钥"):
        courier(bench, key="").gateway_key()
    engine = bench.engine()
    engine._feeds = ("policies",)
    engine.run_once()
    assert courier(bench, key="").gateway_key() == desk(bench).public_key(), "one contact is enough to learn it"


def test_too_much_for_one_file_goes_in_whole_cases(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(bench, 4, 10_000)
    monkeypatch.setattr(packets, "LARGEST", 30_000)
    made = courier(bench).export(tmp_path / "a.ycpacket", "0007")
    assert (made.records, made.files, made.later) == (2, 2, 4)
    desk(bench).take(tmp_path / "a.ycpacket", tmp_path / "b")
    assert courier(bench).take_answer(tmp_path / "b", "0007").arrived == 4
    assert courier(bench).export(tmp_path / "a.ycpacket", "0007").later == 0


def test_a_page_that_is_gone_is_left_out_and_counted(bench: Bench, tmp_path: Path) -> None:
    fill(bench, 2)
    lost = bench.store.cases()[0].materials[1].pages[0].sha256
    bench.station.vault.remove(lost)
    made = courier(bench).export(tmp_path / "a.ycpacket", "0007")
    assert (made.records, made.files, made.unreadable) == (2, 1, 1)
    assert desk(bench).take(tmp_path / "a.ycpacket", tmp_path / "b").accepted == 3


def test_days_on_the_road_are_not_the_clocks_fault(bench: Bench, tmp_path: Path) -> None:
    engine = bench.engine()
    engine.run_once()  # the two clocks have met
    fill(bench, 1)
    courier(bench).export(tmp_path / "a.ycpacket", "0007")
    bench.minutes(60 * 24 * 3)
    desk(bench).take(tmp_path / "a.ycpacket", tmp_path / "b")
    assert bench.server is not None
    with bench.server.gateway.database.read() as connection:
        assert connection.scalar(select(tables.cases.c.time_suspect)) is False


def test_the_last_packet_is_remembered_as_json(bench: Bench, tmp_path: Path) -> None:
    assert courier(bench).last() is None
    fill(bench, 1)
    courier(bench).export(tmp_path / "a", "0007")
    assert json.loads(bench.store.setting(packets.LAST) or "")["files"] == 1
    assert courier(bench).file_name().endswith(packets.PACKET_SUFFIX)
    assert courier(bench).file_name().startswith(DEVICE)
