"""Cases that arrive at the same time are written in one transaction, and none of them suffers from another."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from gateway_kit import DEVICE, DEVICES, ITEM, OTHER_DEVICE, OTHER_TOKEN, TOKEN, Raw, make_case, new_key, page_bytes
from postgres_kit import cluster
from sqlalchemy import func, select, text
from test_gateway_doubles import twin

from app.domain.case import Case
from app.gateway import http, together
from app.gateway.arrival import Incoming
from app.gateway.cases import Result, Sender
from app.gateway.core import Gateway
from app.gateway.problems import Problem, busy
from app.gateway.server import GatewayServer
from app.gateway.tables import case_doubles, case_numbers, cases, feed_rows, operations, pages
from app.gateway.together import Together
from app.server import headers as h
from app.server.wire import case_document


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayServer]:
    folder = tmp_path_factory.mktemp("together")
    with GatewayServer(db_url=cluster().new_database(), files_folder=folder) as running:
        yield running


@pytest.fixture
def gateway(server: GatewayServer) -> Gateway:
    with server.gateway.database.write() as connection:
        for table in (pages, case_doubles, cases, operations, feed_rows, case_numbers):
            connection.execute(table.delete())
    for device, token in DEVICES.items():
        server.enrol(device, token)
    return server.gateway


def incoming(gateway: Gateway, case: Case, device: str = DEVICE, token: str = TOKEN, key: str = "") -> Incoming:
    made = gateway.cases.incoming(key or new_key(), case_document(case), Sender(device), h.token_key(token))
    assert made is not None
    return made


def received(gateway: Gateway, batch: Sequence[Incoming]) -> list[Result | None]:
    """As the endpoint does it, in this thread."""
    answer = gateway.database.carry(gateway.cases.receiving(batch))
    gateway.cases.look(answer.doubtful)
    return answer.results


def count(gateway: Gateway, table: Any) -> int:
    with gateway.database.read() as connection:
        return int(connection.scalar(select(func.count()).select_from(table)) or 0)


def numbers(results: Sequence[Result | None]) -> list[str]:
    return sorted(result.document["case_no"] for result in results if result is not None)


def test_they_stand_in_one_transaction_and_are_numbered_by_item(gateway: Gateway) -> None:
    other = f"{ITEM[:28]}00701"
    batch = [incoming(gateway, make_case(n, (page_bytes(n),), item=ITEM if n % 3 else other)) for n in range(1, 10)]
    results = received(gateway, batch)
    more = received(gateway, [incoming(gateway, make_case(11)), incoming(gateway, make_case(12))])
    assert [number[-4:] for number in numbers(results) if number.startswith(ITEM[:31])] == [
        f"{n:04d}" for n in range(1, 7)
    ]
    assert [number[-4:] for number in numbers(results) if number.startswith(other[:31])] == ["0001", "0002", "0003"]
    assert [number[-4:] for number in numbers(more)] == ["0007", "0008"]
    with gateway.database.read() as connection:
        assert connection.scalar(select(func.count(feed_rows.c.xid.distinct()))) == 2
        assert connection.scalar(select(func.count(feed_rows.c.seq.distinct()))) == 11
    assert (count(gateway, pages), count(gateway, operations)) == (9, 11)
    for one, result in zip(batch, results, strict=True):
        again = gateway.cases.submit(one.op_id, gateway.cases.document(one.case_id), Sender(DEVICE))
        assert result is not None
        assert (again.document, again.replayed) == (result.document, True)


def test_what_is_known_or_held_is_passed_over_and_the_others_are_written(gateway: Gateway) -> None:
    case, key = make_case(1), new_key()
    known, held = incoming(gateway, case), incoming(gateway, make_case(2))
    assert received(gateway, [known])[0] is not None
    with gateway.database.write(f"case:{held.case_id}", f"op:{key}"):
        batch = [known, held, incoming(gateway, make_case(3), key=key), incoming(gateway, make_case(4))]
        same_case = incoming(gateway, case)
        results = received(gateway, [*batch, same_case])
    assert [result is not None for result in results] == [False, False, False, True, False]
    assert count(gateway, cases) == 2


def test_where_one_cannot_be_written_nothing_stands_and_each_goes_the_careful_way(gateway: Gateway) -> None:
    case = make_case(2)
    with gateway.database.write() as connection:
        gateway.feeds.put(connection, "cases", case.case_id, {}, DEVICE)  # its place in the feed is taken
    batch = [incoming(gateway, make_case(1)), incoming(gateway, case)]
    assert received(gateway, batch) == [None, None]
    assert (count(gateway, cases), count(gateway, operations)) == (0, 0)  # their numbers were drawn: they leave a gap
    results = [received(gateway, [one])[0] for one in batch]
    assert [number[-4:] for number in numbers(results)] == ["0003"]


@pytest.mark.parametrize("token", [OTHER_TOKEN, "never given to anybody"])
def test_another_devices_token_writes_nothing(gateway: Gateway, token: str) -> None:
    results = received(gateway, [incoming(gateway, make_case(1), DEVICE, token), incoming(gateway, make_case(2))])
    assert [result is not None for result in results] == [False, True]
    assert count(gateway, cases) == 1


def test_two_of_one_applicant_in_one_transaction_see_each_other(gateway: Gateway) -> None:
    mine = make_case(1)
    theirs = twin(mine)
    received(gateway, [incoming(gateway, mine), incoming(gateway, theirs, OTHER_DEVICE, OTHER_TOKEN)])
    assert len(gateway.doubles.open_pairs()) == 1


def test_a_device_put_out_elsewhere_is_out_at_its_next_case(gateway: Gateway, server: GatewayServer) -> None:
    """It was met before, so that its case goes the quick way; the token is looked up with it all the same."""
    raw = Raw(server.url)
    assert raw("POST", "/v1/cases", case_document(make_case(1)), key=new_key()).status_code == 201
    assert gateway.devices.met(f"Bearer {TOKEN}", DEVICE) is not None
    with gateway.database.write() as connection:
        connection.execute(text("UPDATE devices SET enabled = false WHERE device_id = :id"), {"id": DEVICE})
    assert raw("POST", "/v1/cases", case_document(make_case(2)), key=new_key()).status_code == 403
    assert count(gateway, cases) == 1


@pytest.mark.parametrize(("met", "longest", "quick"), [(True, 1 << 20, 1), (True, 10, 0), (False, 1 << 20, 0)])
def test_who_goes_the_quick_way(
    gateway: Gateway, server: GatewayServer, monkeypatch: pytest.MonkeyPatch, met: bool, longest: int, quick: int
) -> None:
    """Short documents of devices met before; a stranger's document is not read before its token was looked up."""
    raw, read = Raw(server.url), []
    assert raw("GET", "/v1/feeds/cases").status_code == 200
    if not met:
        gateway.devices._met.clear()
    incoming_of = type(gateway.cases).incoming
    monkeypatch.setattr(
        type(gateway.cases),
        "incoming",
        lambda *given: (read.append(1), incoming_of(*given))[1],  # type: ignore[func-returns-value]
    )
    monkeypatch.setattr(http, "QUICK_BODY", longest)
    assert raw("POST", "/v1/cases", case_document(make_case(1)), key=new_key()).status_code == 201
    assert len(read) == quick


def test_who_comes_meanwhile_is_written_together(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    release, calls = asyncio.Event(), []
    made = [incoming(gateway, make_case(n)) for n in range(1, 7)]
    twice = incoming(gateway, make_case(9), key=made[3].op_id)

    async def write(batch: Sequence[Incoming]) -> list[Result | None]:
        calls.append([made.index(one) for one in batch])
        await release.wait()
        return [Result(201, {"n": made.index(one)}) for one in batch]

    async def arrive() -> list[Result | None]:
        desk = Together(write)
        first = asyncio.create_task(desk.submit(made[0]))
        while not calls:
            await asyncio.sleep(0.01)
        others = [asyncio.create_task(desk.submit(one)) for one in made[1:]]
        await asyncio.sleep(0)
        others[1].cancel()  # its window has gone
        repeated = await desk.submit(twice)
        release.set()
        return [await first, await others[0], *[await one for one in others[2:]], repeated]

    monkeypatch.setattr(together, "MOST", 4)
    results = asyncio.run(arrive())
    assert calls == [[0], [1, 2, 3, 4], [5]]
    assert [result and result.document["n"] for result in results] == [0, 1, 3, 4, 5, None]


def test_trouble_is_everybodys_and_the_next_are_written(gateway: Gateway) -> None:
    made = [incoming(gateway, make_case(n)) for n in range(1, 4)]
    turns = iter((busy(1), None))

    async def write(batch: Sequence[Incoming]) -> list[Result | None]:
        trouble = next(turns)
        if trouble:
            raise trouble
        return [None for _ in batch]

    async def arrive() -> list[Any]:
        desk = Together(write)
        before = await asyncio.gather(*(desk.submit(one) for one in made[:2]), return_exceptions=True)
        return [*before, await desk.submit(made[2])]

    one, two, after = asyncio.run(arrive())
    assert isinstance(one, Problem)
    assert (one.status, two, after) == (503, one, None)
