"""A hall under load loses its primary, a gateway and a balancer: no acknowledged case lost, none doubled, back soon.

Real Patroni, etcd and HAProxy from Debian on one machine (tests/kits/hall_kit.py), from the very files that a hall
fills in. Minutes of load, so it runs with FAULTS=nightly only. The harness is proved by a hall without a synchronous
standby: what it acknowledged while the standbys lagged is gone with its primary.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from dataclasses import dataclass, field

import pytest
from gateway_kit import new_key
from hall_kit import Hall, lacking, until
from load_kit import Line, Tally, Window, deliver, enrol, load_case

from app.domain.clock import SystemClock
from app.gateway.core import open_gateway

pytestmark = [
    pytest.mark.skipif(os.environ.get("FAULTS") != "nightly", reason="minutes of load: FAULTS=nightly runs it"),
    pytest.mark.skipif(
        os.environ.get("FAULTS") == "nightly" and bool(lacking()),
        reason=f"not installed: {', '.join(lacking())} (apt: etcd-server patroni python3-etcd haproxy postgresql)",
    ),
    pytest.mark.timeout(900),
]

LINES = 16
PACE = 0.1
"""Seconds between two cases of a window: two cores carry three databases, and must not be what fails."""
WRITES_BACK = 60.0
"""Seconds within which writes must be back after each kill."""
LAG = 2.0
"""Seconds for which the standbys stand still before their primary dies."""


@dataclass
class Trial:
    """What the windows saw. pauses: name of the kill -> seconds until the next acknowledgement of an unsent case."""

    tally: Tally = field(default_factory=Tally)
    pauses: dict[str, float] = field(default_factory=dict)
    ended: bool = False


class Caller:
    """A window's line through a balancer; through the other one when that breaks, as the shared address would move."""

    def __init__(self, ports: list[int], first: int) -> None:
        self._ports = ports
        self._turn = first
        self._line = Line(ports[first % len(ports)], patience=15.0)

    async def ask(self, request: bytes):  # type: ignore[no-untyped-def]
        try:
            return await self._line.ask(request)
        except BaseException:
            self._turn += 1
            self._line.close()
            self._line = Line(self._ports[self._turn % len(self._ports)], patience=15.0)
            raise

    def close(self) -> None:
        self._line.close()


async def window_works(hall: Hall, trial: Trial, number: int, window: Window) -> None:
    caller = Caller(list(hall.balancers), number)
    serial = 0
    while not trial.ended:
        serial += 1
        key = new_key()
        request = window.request("POST", "/v1/cases", load_case(number * 100_000 + serial), key)
        reply = await deliver(caller, request, trial.tally, time.monotonic() + 180)  # type: ignore[arg-type]
        assert reply.status == 201, reply.body
        trial.tally.ack(key, reply.document["case_no"])
        await asyncio.sleep(PACE)
    caller.close()


async def after(trial: Trial, name: str) -> None:
    """Measure how long nothing was acknowledged."""
    began, acked = time.monotonic(), len(trial.tally.acked)
    while len(trial.tally.acked) < acked + LINES:
        await asyncio.sleep(0.05)
        assert time.monotonic() - began < 180, f"no writes after: {name}"
    trial.pauses[name] = time.monotonic() - began


async def in_thread(call, *arguments):  # type: ignore[no-untyped-def]
    return await asyncio.get_running_loop().run_in_executor(None, call, *arguments)


async def lose_the_primary(hall: Hall, trial: Trial, name: str) -> None:
    primary = await in_thread(until, hall.primary, "a primary")
    frozen = await in_thread(hall.freeze_receivers, primary)
    assert frozen
    await asyncio.sleep(LAG)
    await in_thread(hall.kill_node, primary)
    # What was under way on the network is lost with the primary: they end before they read on.
    for number in (signal.SIGTERM, signal.SIGCONT):
        for pid in frozen:
            os.kill(pid, number)
    await after(trial, name)
    hall.start_node(primary)
    await in_thread(until, hall.healthy, "the old primary as a standby", 180.0)


async def play(hall: Hall, windows: list[Window], everything: bool) -> Trial:
    trial = Trial()
    work = asyncio.gather(*(window_works(hall, trial, n, window) for n, window in enumerate(windows)))
    await asyncio.sleep(5)
    await lose_the_primary(hall, trial, "primary")
    if everything:
        port = next(iter(hall.gateways))
        await in_thread(hall.kill_gateway, port)
        await after(trial, "gateway")
        hall.start_gateway(port)
        await asyncio.sleep(8)
        port = next(iter(hall.balancers))
        await in_thread(hall.kill_balancer, port)
        await after(trial, "balancer")
        hall.start_balancer(port)
        await asyncio.sleep(3)
        # Once more: the gateways' connections have met one fail-over already.
        await lose_the_primary(hall, trial, "primary again")
    trial.ended = True
    await work
    return trial


def run_trial(synchronous: bool, everything: bool) -> tuple[Trial, set[str], set[str], int, int]:
    """(trial, lost keys, keys with another number, cases, distinct numbers)."""
    with Hall(synchronous).open() as hall:
        gateway = open_gateway(hall.db_url, hall.folder / "files", SystemClock(), connections=2)
        windows = enrol(gateway, LINES)
        gateway.close()
        trial = asyncio.run(play(hall, windows, everything))
        with hall.connect() as connection:
            kept = dict(connection.execute("SELECT op_id, response::json ->> 'case_no' FROM operations").fetchall())
            count, numbers = connection.execute("SELECT count(*), count(DISTINCT case_no) FROM cases").fetchone() or (
                0,
                0,
            )
    lost = trial.tally.acked.keys() - kept.keys()
    other = {key for key, number in trial.tally.acked.items() if key in kept and kept[key] != number}
    return trial, lost, other | set(trial.tally.doubled), count, numbers


def test_nothing_acknowledged_is_lost_whatever_is_killed() -> None:
    trial, lost, other, count, numbers = run_trial(synchronous=True, everything=True)
    pauses = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in trial.pauses.items())
    doubled = len(other) + count - numbers
    print(
        f"\nhall: {len(trial.tally.acked)} cases acknowledged, lost {len(lost)}, doubled {doubled}; "
        f"writes back after {pauses}; broken lines {trial.tally.broken}, told to come again {trial.tally.turned_away}"
    )
    assert (lost, other) == (set(), set())
    assert count == numbers == len(trial.tally.acked)
    assert set(trial.pauses) == {"primary", "gateway", "balancer", "primary again"}
    assert all(seconds < WRITES_BACK for seconds in trial.pauses.values()), trial.pauses


def test_the_harness_catches_a_hall_that_acknowledges_before_the_standby_has_it() -> None:
    trial, lost, _, _, _ = run_trial(synchronous=False, everything=False)
    print(f"\nmutant: {len(trial.tally.acked)} acknowledged, lost {len(lost)}")
    assert lost
