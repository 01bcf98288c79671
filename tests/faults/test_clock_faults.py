"""A window whose clock is anything from ten years back to ten years ahead, and is set while its queue waits: every case
is accepted and arrives, in the order in which it was accepted, and what bears a doubtful time is flagged."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import random
from pathlib import Path

import pytest
import requests
from gateway_kit import DEVICE, DEVICES, NOW, TOKEN, make_case, workstation
from line_kit import URL, Hall, Line
from made_up_time import MadeUpTicks
from sqlalchemy import select

import app.sync.policy
from app.domain.case import AuditEvent, Case, CaseState
from app.domain.clock import FixedClock
from app.gateway.tables import cases as gateway_cases
from app.server import headers as h
from app.server.client import GatewayClient
from app.server.wire import build_operations
from app.services.clock_witness import ClockWitness
from app.sync.engine import CLOCK_OFFSET, SyncEngine

CASES = 1000 if os.environ.get("FAULTS") == "nightly" else 200
DECADE = 10 * 365 * 24 * 3600
pytestmark = pytest.mark.timeout(600)


@dataclasses.dataclass
class Outcome:
    """Cases as they were accepted, with whether their time was wrong then; and how they came to stand."""

    accepted: list[Case]
    wrong: dict[str, bool]
    here: list[str]
    sent: list[int]
    flagged: dict[str, bool]
    states: set[CaseState]


def play(folder: Path, count: int, seed: int = 1) -> Outcome:
    """Accept cases while the clock jumps; send some of them in between, the rest at the end."""
    chance, world, clock, ticks = random.Random(seed), FixedClock(NOW), FixedClock(NOW), MadeUpTicks()
    accepted: list[Case] = []
    wrong: dict[str, bool] = {}
    hall = Hall(folder / "hall", world, DEVICES)
    with workstation(folder / "profile", clock) as station:
        line = Line(hall)
        client = GatewayClient(URL, DEVICE, TOKEN, clock=clock)
        client._http._session.mount("http://", line)
        witness = ClockWitness(station.store, clock, ticks, CLOCK_OFFSET)
        engine = SyncEngine(station.store, station.vault, client, clock, random.Random(1), upkeep=(witness,))
        engine.run_once()
        for number in range(count):
            for moving in (world, clock, ticks):
                moving.advance(dt.timedelta(minutes=6))
            if number % 10 == 3:
                clock.advance(dt.timedelta(seconds=chance.choice((400, DECADE, chance.randint(-DECADE, DECADE)))))
            if number % 10 == 7:
                clock.advance(world.now() - clock.now())
            if number % 25 == 12:
                ticks.boot()
            if number % 40 == 39:
                line.fates = chance.choices(("pass", "lose answer", "lose request", "twice"), k=6)
                engine.run_once()
            at = clock.now()
            case = dataclasses.replace(make_case(number + 1, at=at), clock=witness.read(at))
            event = AuditEvent(at, "0007", "case.accept", case.case_id, {})
            station.store.accept([case], build_operations([case]), [event])
            accepted.append(case)
            wrong[case.case_id] = abs((at - world.now()).total_seconds()) > 300
        clock.advance(world.now() - clock.now())
        line.fates.clear()
        for _ in range(20):
            engine.run_once()
            for moving in (world, clock, ticks):
                moving.advance(dt.timedelta(seconds=310))
        client.close()
        kept = station.store.cases(limit=count + 1)
        with hall.gateway.database.read() as connection:
            rows = connection.execute(select(gateway_cases).order_by(gateway_cases.c.local_seq)).all()
    hall.close()
    assert [row.case_id for row in rows] == [case.case_id for case in accepted], "local_seq tells the order"
    assert all(row.received_at[:4] == "2026" for row in rows)
    flagged = {row.case_id: bool(row.time_suspect) for row in rows}
    here = [case.case_id for case in reversed(kept)]
    sent = [number for request in line.asked for number in local_seqs(request)]
    return Outcome(accepted, wrong, here, sent, flagged, {case.state for case in kept})


def local_seqs(request: requests.PreparedRequest) -> list[int]:
    """Which cases a request brings, by themselves or in a batch."""
    if request.url == f"{URL}/v1/cases":
        return [int(request.headers[h.LOCAL_SEQ])]
    if request.url == f"{URL}/v1/cases:batch":
        return [entry["local_seq"] for entry in json.loads(request.body or b"")["operations"]]
    return []


def in_order(outcome: Outcome) -> bool:
    """Was each case first sent after those that were accepted before it? What was lost comes again, and later."""
    first = list(dict.fromkeys(outcome.sent))
    return first == sorted(first)


def test_every_case_is_accepted_kept_in_order_and_flagged(tmp_path: Path) -> None:
    outcome = play(tmp_path, CASES)
    assert outcome.states == {CaseState.ACKED}
    assert outcome.here == [case.case_id for case in outcome.accepted]
    assert in_order(outcome)
    assert 0.2 * CASES < sum(outcome.wrong.values()) < 0.6 * CASES
    unseen = [case_id for case_id, wrong in outcome.wrong.items() if wrong and not outcome.flagged[case_id]]
    # A machine that was switched off cannot tell how long; a clock set ahead meanwhile is seen at the next contact.
    assert len(unseen) <= 0.02 * CASES
    right = [case_id for case_id, wrong in outcome.wrong.items() if not wrong]
    assert sum(not outcome.flagged[case_id] for case_id in right) > 0.8 * len(right)


def test_the_harness_catches_sorting_by_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        app.sync.policy, "in_order", lambda due: sorted(due, key=lambda entry: str(entry.body["accepted_at"]))
    )
    assert not in_order(play(tmp_path, 80))
