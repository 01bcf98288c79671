"""The list of lost documents comes with the feeds: whole, then what changed; forged, older and broken ones are said."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from gateway_kit import DEVICE, TOKEN
from sync_bench import Bench

from app.domain.errors import BadInput
from app.gateway.document_lists import SILENCE, DocumentListDesk, read_documents
from app.gateway.paper_keys import PaperKeyDesk
from app.identity.lists import CHANGE, FEED, WHOLE, InForce, ListedDocument, ListStanding, Why, objection
from app.identity.verification import Ground
from app.licences.snapshot import Pin
from app.server import headers as h
from app.server.client import GatewayClient, SnapshotPart
from app.server.errors import Unreachable
from app.services.document_lists import DocumentLists
from app.sync.document_lists import DocumentListUpkeep
from app.sync.engine import SyncEngine

LOST = ListedDocument("CHN", "330502198507200128", "2036-05-10")
OTHER = ListedDocument("CHN", "330502199003150512", "2040-06-18")
MANY = [(ListedDocument("CHN", f"3305021985083{n:05}"), Why.LOST) for n in range(600)]


class Window:
    """A bench with a keeper and an engine that looks after it."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        assert bench.server is not None
        self.root = bench.server.gateway.paper_keys.root()
        self.lists = self.keep()
        self.upkeep: DocumentListUpkeep | None = None

    @property
    def desk(self) -> DocumentListDesk:
        assert self.bench.server is not None
        return self.bench.server.gateway.documents

    def keep(self) -> DocumentLists:
        return DocumentLists(self.bench.store, lambda: (Pin.read(self.root),))

    def run(self, client: Any = None) -> str:
        own = GatewayClient(f"http://127.0.0.1:{self.bench.port}", DEVICE, TOKEN, (5.0, 10.0))
        self.bench.clients.append(own)
        folder = self.bench.station.profile.folder
        if client is not None or self.upkeep is None:
            self.upkeep = DocumentListUpkeep(self.bench.store, client or own, self.lists, folder)
        return SyncEngine(
            self.bench.store, self.bench.station.vault, own, self.bench.clock, random.Random(7),
            feeds=("policies",), upkeep=(self.upkeep,),
        ).run_once().message  # fmt: skip

    def said(self, document: ListedDocument = LOST) -> Ground:
        return objection(document, self.lists.standing(), self.bench.clock.now()).ground


@pytest.fixture
def window(bench: Bench) -> Window:
    return Window(bench)


def in_force(standing: ListStanding) -> InForce:
    assert standing.listed is not None
    return standing.listed


def test_whole_first_then_what_changed_then_whole_again(window: Window, bench: Bench) -> None:
    assert (window.run(), window.said()) == ("", Ground.LIST_NONE)
    window.desk.publish([(LOST, Why.LOST), *MANY])
    assert (window.run(), window.said(), window.said(OTHER)) == ("", Ground.LISTED_LOST, Ground.LISTS_CLEAR)
    whole = in_force(window.lists.standing())
    assert whole.change is None
    bench.minutes(60)
    window.desk.publish([(OTHER, Why.REVOKED), *MANY])
    assert (window.run(), window.said(), window.said(OTHER)) == ("", Ground.LISTS_CLEAR, Ground.LISTED_REVOKED)
    changed = in_force(window.lists.standing())
    assert changed.whole == whole.whole
    assert changed.change is not None
    assert len(changed.change.entries) == 17
    bench.minutes(60)
    window.desk.publish([(ListedDocument("CHN", f"11010119900307{n:04}"), Why.LOST) for n in range(600)])
    window.run()
    anew = in_force(window.lists.standing())
    assert (anew.change, anew.whole.salt == whole.whole.salt) == (None, False)
    assert window.said(OTHER) is Ground.LISTS_CLEAR


def test_it_serves_off_line_after_a_restart_and_grows_old(window: Window, bench: Bench) -> None:
    window.desk.publish([(LOST, Why.LOST)])
    window.run()
    bench.stop()
    window.lists = window.keep()
    assert (window.said(), window.said(OTHER)) == (Ground.LISTED_LOST, Ground.LISTS_CLEAR)
    bench.minutes(SILENCE.total_seconds() / 60 + 1)
    assert (window.said(), window.said(OTHER)) == (Ground.LISTED_LOST, Ground.LIST_OLD)


def test_a_forged_list_is_said_once_and_clears_nobody(window: Window, bench: Bench) -> None:
    window.desk.publish([(LOST, Why.LOST)])
    window.run()
    assert bench.server is not None
    gateway = bench.server.gateway

    class Thief(PaperKeyDesk):
        def signing_key(self) -> Any:
            from app.licences.cose import Algorithm, SigningKey

            return SigningKey.generate(Algorithm.EDDSA)

    bench.minutes(1)
    forger = DocumentListDesk(
        gateway.database, gateway.feeds, bench.clock, Thief(gateway.database, gateway.feeds, bench.clock)
    )
    forger.publish([])
    assert "登记的平台密钥" in window.run()
    assert window.run() == ""
    assert (window.said(), window.said(OTHER)) == (Ground.LISTED_LOST, Ground.LIST_REFUSED)
    bench.minutes(1)
    window.desk.publish([(LOST, Why.LOST)])
    assert (window.run(), window.said(OTHER)) == ("", Ground.LISTS_CLEAR)


def test_a_forged_list_where_none_was_is_not_none(window: Window) -> None:
    window.desk.publish([(LOST, Why.LOST)])
    window.lists = DocumentLists(window.bench.store, tuple)  # a window that knows no key of the platform
    assert "登记的平台密钥" in window.run()
    assert window.said() is Ground.LIST_REFUSED


def test_an_older_list_is_said_and_not_taken(window: Window, bench: Bench) -> None:
    assert bench.server is not None
    first = window.desk.publish([])
    row = bench.server.gateway.feeds.current(FEED, WHOLE)
    window.run()
    bench.minutes(1)
    window.desk.publish([(LOST, Why.LOST), *MANY])
    window.run()
    assert window.said() is Ground.LISTED_LOST
    bench.server.gateway.feeds.publish(FEED, WHOLE, row)
    assert f"第 {first} 版" in window.run()
    assert (window.said(), window.said(OTHER)) == (Ground.LISTED_LOST, Ground.LIST_REFUSED)
    data = GatewayClient(f"http://127.0.0.1:{bench.port}", DEVICE, TOKEN)
    bench.clients.append(data)
    with pytest.raises(BadInput, match="已用过"):
        window.lists.install(data.snapshot(WHOLE, first, 0).data)


def test_a_broken_announcement_is_said(window: Window, bench: Bench) -> None:
    window.desk.publish([])
    window.run()
    assert bench.server is not None
    bench.server.gateway.feeds.publish(FEED, WHOLE, {"id": WHOLE, "version": "9", "sha256": "../../x", "size": 1})
    assert "名单信息有误" in window.run()
    assert window.said() is Ground.LIST_REFUSED


def test_a_transfer_goes_on_where_it_broke_off(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(h, "SNAPSHOT_PART", 2000)
    window.desk.publish(MANY)
    real = GatewayClient(f"http://127.0.0.1:{window.bench.port}", DEVICE, TOKEN)
    window.bench.clients.append(real)
    asked: list[int] = []

    class Flaky:
        def snapshot(self, feed: str, version: int, start: int) -> SnapshotPart:
            asked.append(start)
            if len(asked) % 3 == 0:
                raise Unreachable("连接中断")
            return real.snapshot(feed, version, start)

    flaky = Flaky()
    for _ in range(20):
        window.run(flaky)
        if window.lists.versions()[0]:
            break
    fetched = [start for at, start in enumerate(asked, 1) if at % 3]
    assert fetched == sorted(set(fetched)), "nothing is fetched twice"
    assert window.said(MANY[0][0]) is Ground.LISTED_LOST
    assert not list(window.bench.station.profile.folder.glob("*.part"))


def test_a_change_that_does_not_follow_is_refused(window: Window, bench: Bench) -> None:
    window.desk.publish(MANY)
    bench.minutes(1)
    window.desk.publish([*MANY, (LOST, Why.LOST)])
    client = GatewayClient(f"http://127.0.0.1:{bench.port}", DEVICE, TOKEN)
    bench.clients.append(client)
    assert bench.server is not None
    row = bench.server.gateway.feeds.current(FEED, CHANGE)
    assert row is not None
    with pytest.raises(BadInput, match="不相接"):
        window.lists.install(client.snapshot(CHANGE, row["version"], 0).data)


def test_the_file_that_a_platform_is_given(tmp_path: Any) -> None:
    file = tmp_path / "lost.csv"
    head = "state,number,valid_to,status\n"
    file.write_text(head + "CHN,330502198507200128,2036-05-10,挂失\nuto,L898902C3,,revoked\n", "utf-8-sig")
    assert read_documents(file) == [(LOST, Why.LOST), (ListedDocument("UTO", "L898902C3"), Why.REVOKED)]
    for wrong in (
        "CHN,1234,,挂失",
        "中国,330502198507200128,,挂失",
        "CHN,330502198507200128,2036,挂失",
        "CHN,33050219,,丢了",
    ):
        file.write_text(head + wrong + "\n", "utf-8")
        with pytest.raises(BadInput, match="第 2 行"):
            read_documents(file)
    file.write_text("号码\n1\n", "utf-8")
    with pytest.raises(BadInput, match="第 1 行"):
        read_documents(file)
    with pytest.raises(BadInput, match="读不了文件"):
        read_documents(tmp_path / "none.csv")


def test_silence_can_be_set(window: Window) -> None:
    window.desk.publish([], dt.timedelta(days=1))
    window.run()
    newest = in_force(window.lists.standing()).newest
    assert newest.until - newest.made_at == dt.timedelta(days=1)
