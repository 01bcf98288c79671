"""Three windows and a gateway do whatever they like, in any order: in the end both sides hold the same.

The windows have real stores and real engines, the gateway is the real application; only the line between them is
played, and it loses, doubles, delays and interrupts. FAULTS=nightly plays 200 examples of 40 steps.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from gateway_kit import NOW, make_case, page_bytes, page_of
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from line_kit import FATES, URL, Crash, Hall, Line
from sqlalchemy import select

import offline_db.feeds
from app.domain.case import AuditEvent, Case, CaseState
from app.domain.clock import FixedClock
from app.domain.material import MaterialStatus
from app.gateway.cases import Stage
from app.gateway.tables import cases as gateway_cases
from app.gateway.tables import pages as gateway_pages
from app.server.checking import JsonObject
from app.server.client import GatewayClient
from app.server.wire import build_operations, case_document, supplement_operation
from app.sync.engine import SyncEngine
from offline_db.keys import DemoKeys
from offline_db.profile import Profile
from offline_db.store import Store
from offline_db.vault import Vault, open_vault

NIGHTLY = os.environ.get("FAULTS") == "nightly"
EXAMPLES, STEPS = (200, 40) if NIGHTLY else (60, 40)
WINDOWS = 3
FEEDS = ("cases", "messages", "policies")
DEVICES = {f"window-{n}": f"made-up-token-of-window-{n}-0123456789" for n in range(WINDOWS)}
STEP = dt.timedelta(seconds=310)
"""Longer than any back-off."""
DECADE = 10 * 365 * 24 * 3600


class SkewedClock:
    """The world's time and one machine's error, which somebody may change at any moment."""

    def __init__(self, world: FixedClock) -> None:
        self._world = world
        self.off = dt.timedelta()

    def now(self) -> dt.datetime:
        return self._world.now() + self.off


class Workplace:
    """One window: its data, its line, its engine. `crash` ends it without a farewell and starts it anew."""

    def __init__(self, folder: Path, device: str, hall: Hall, world: FixedClock) -> None:
        self._folder = folder
        self.device = device
        self.clock = SkewedClock(world)
        self.line = Line(hall)
        self._start()

    def _start(self) -> None:
        self.profile = Profile(self._folder, "demo")
        keys = DemoKeys(self._folder)
        self.vault: Vault = open_vault(self.profile, keys)
        self.store = Store.open(self.profile, keys, self.clock, vault=self.vault)
        client = GatewayClient(URL, self.device, DEVICES[self.device], clock=self.clock, chunk_size=2048)
        client._http._session.mount("http://", self.line)
        self.client = client
        self.engine = SyncEngine(
            self.store, self.vault, client, self.clock, random.Random(1), audit_chain=self.profile.id, feeds=FEEDS
        )

    def run(self, *, patient: bool = False) -> None:
        try:
            self.engine.run_once(patient=patient)
        except Crash:
            self.crash()

    def crash(self) -> None:
        self.line.fates.clear()
        self.client.close()
        self.store._db.engine.dispose()
        self.profile.close()
        self._start()

    def close(self) -> None:
        self.client.close()
        self.store.close()
        self.profile.close()


@dataclass
class Truth:
    """What people did, which nothing may lose."""

    accepted: dict[str, tuple[Workplace, JsonObject]] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)


class Model(RuleBasedStateMachine):
    """The rules; `teardown` lets the line come to rest and compares the two sides."""

    def __init__(self) -> None:
        super().__init__()
        shared = Path("/dev/shm")
        self.folder = Path(tempfile.mkdtemp(prefix="yichuang-model-", dir=shared if shared.is_dir() else None))
        self.world = FixedClock(NOW)
        self.hall = Hall(self.folder / "hall", self.world, DEVICES)
        self.places = [Workplace(self.folder / device, device, self.hall, self.world) for device in DEVICES]
        self.truth = Truth()
        self.serial = 0

    # ------------------------------------------------------------------------------------------- at the windows

    @rule(window=st.integers(0, WINDOWS - 1), sheets=st.integers(0, 2), shared=st.booleans())
    def accept(self, window: int, sheets: int, shared: bool) -> None:
        """One case, or two that share their pages."""
        place = self.places[window]
        pages = tuple(page_bytes(self.serial * 10 + n, 3000 + n) for n in range(sheets))
        for data in pages:
            place.vault.seal(data, "image/jpeg")
        cases: list[Case] = []
        for _ in range(2 if shared else 1):
            self.serial += 1
            cases.append(make_case(self.serial, pages, at=place.clock.now()))
        event = AuditEvent(place.clock.now(), "0007", "case.accept", cases[0].case_id, {})
        place.store.accept(cases, build_operations(cases), [event])
        self.truth.accepted |= {case.case_id: (place, case_document(case)) for case in cases}

    @precondition(lambda self: self.truth.accepted)
    @rule(which=st.integers(0, 1000))
    def hand_in_later(self, which: int) -> None:
        """A page that its case was accepted without."""
        case_id, (place, _) = self._any(which)
        case = place.store.case(case_id)
        assert case is not None
        if case.materials[1].status is MaterialStatus.TOLERATED or case.materials[1].due:
            self.serial += 1
            data = page_bytes(self.serial * 10, 2500)
            place.vault.seal(data, "image/jpeg")
            page = page_of(data)
            event = AuditEvent(place.clock.now(), "0007", "material.completed", case.provisional_no, {})
            operations = [supplement_operation(case_id, "lease", page)]
            place.store.add_pages(case_id, "lease", [page], "补交", operations, event)

    @rule(window=st.integers(0, WINDOWS - 1), fates=st.lists(st.sampled_from(FATES), max_size=8), patient=st.booleans())
    def synchronise(self, window: int, fates: list[str], patient: bool) -> None:
        self.places[window].line.fates = list(fates)
        self.places[window].run(patient=patient)
        self.places[window].line.fates.clear()

    @rule(window=st.integers(0, WINDOWS - 1))
    def pull_the_plug(self, window: int) -> None:
        self.places[window].line.up = not self.places[window].line.up

    @rule(window=st.integers(0, WINDOWS - 1))
    def crash(self, window: int) -> None:
        self.places[window].crash()

    @rule(window=st.integers(0, WINDOWS - 1), seconds=st.integers(-DECADE, DECADE))
    def set_the_clock(self, window: int, seconds: int) -> None:
        self.places[window].clock.off = dt.timedelta(seconds=seconds)

    # ----------------------------------------------------------------------------------- in the world, at the hall

    @rule(seconds=st.sampled_from((1, 60, 310, 3600, 100 * 24 * 3600)))
    def time_passes(self, seconds: int) -> None:
        self.world.advance(dt.timedelta(seconds=seconds))

    @precondition(lambda self: self.hall.late)
    @rule(which=st.integers(0, 1000))
    def a_late_request_arrives(self, which: int) -> None:
        self.hall.deliver(which % len(self.hall.late))

    @precondition(lambda self: self.truth.accepted)
    @rule(which=st.integers(0, 1000), stage=st.sampled_from((Stage.UNDER_REVIEW, Stage.CORRECTION, Stage.DECIDED)))
    def a_department_moves_a_case_on(self, which: int, stage: Stage) -> None:
        case_id, _ = self._any(which)
        if case_id in self.hall.gateway.cases.numbers():
            self.hall.gateway.cases.advance(case_id, stage)
            self.truth.withdrawn.discard(case_id)

    @precondition(lambda self: self.truth.accepted)
    @rule(which=st.integers(0, 1000))
    def a_case_leaves_the_feed(self, which: int) -> None:
        case_id, _ = self._any(which)
        if case_id in self.hall.gateway.cases.numbers():
            self.hall.gateway.cases.withdraw(case_id)

    @rule(which=st.integers(0, 2), there=st.booleans())
    def a_policy_changes(self, which: int, there: bool) -> None:
        self.serial += 1
        name = f"policy-{which}"
        document = {"id": name, "version": self.serial} if there else None
        self.hall.gateway.feeds.publish("policies", name, document)

    @rule()
    def the_gateway_restarts(self) -> None:
        self.hall.restart()

    @rule()
    def the_gateway_is_backed_up(self) -> None:
        self.hall.back_up()

    @rule()
    def the_gateway_is_restored(self) -> None:
        self.hall.restore()

    def _any(self, which: int) -> tuple[str, tuple[Workplace, JsonObject]]:
        known = list(self.truth.accepted.items())
        return known[which % len(known)]

    # --------------------------------------------------------------------------------------------------- the end

    def teardown(self) -> None:
        try:
            self._come_to_rest()
            self._compare()
        finally:
            for place in self.places:
                place.close()
            self.hall.close()
            shutil.rmtree(self.folder)

    def _come_to_rest(self) -> None:
        while self.hall.late:
            self.hall.deliver(0)
        for place in self.places:
            place.line.up = True
        for _ in range(20):
            for place in self.places:
                place.run()
            self.world.advance(STEP)
            if not any(place.store.counts().waiting for place in self.places):
                break
        for place in self.places:
            # As the program does it in the background: a wait after a reconnect must end by itself.
            place.run(patient=True)

    def _compare(self) -> None:
        gateway = self.hall.gateway
        numbers = gateway.cases.numbers()
        assert numbers.keys() == self.truth.accepted.keys()
        with gateway.database.read() as connection:
            standing = {row.case_id: row for row in connection.execute(select(gateway_cases))}
            sealed = {
                (row.case_id, row.material_id, row.sha256)
                for row in connection.execute(select(gateway_pages).where(gateway_pages.c.sealed_at.is_not(None)))
            }
        in_feed = set()
        for place in self.places:
            counts = place.store.counts()
            assert (counts.waiting, counts.parked) == (0, 0), place.store.outbox()
            for feed in FEEDS:
                theirs = self._feed(feed, place.device)
                assert {
                    row["case_id"] if feed == "cases" else row["id"]: row for row in place.store.feed_rows(feed)
                } == theirs
                if feed == "cases":
                    in_feed |= theirs.keys()
            entries = place.store.audit_entries(limit=10_000)
            assert gateway.trail.through(place.device, place.profile.id) == len(entries)
        for case_id, (place, document) in self.truth.accepted.items():
            case = place.store.case(case_id)
            assert case is not None
            assert (case.state, case.case_no) == (CaseState.ACKED, numbers[case_id])
            assert gateway.cases.document(case_id) == document
            if case_id in in_feed:
                assert (case.rev, place.store.stage(case_id)) == (
                    standing[case_id].rev,
                    str(standing[case_id].stage),
                )
            for material in case.materials:
                for page in material.pages:
                    assert (case_id, material.use.id, page.sha256) in sealed
                    assert gateway.files.path(page.sha256).read_bytes() == place.vault.open(page.sha256)

    def _feed(self, feed: str, device: str) -> dict[str, JsonObject]:
        page = self.hall.gateway.feeds.page(feed, device, None, 500)
        assert not page["more"]
        return {row["case_id"] if feed == "cases" else row["id"]: row for row in page["items"]}


def play(examples: int) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Model,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.timeout(7200 if NIGHTLY else 900)
def test_whatever_happens_both_sides_end_up_the_same() -> None:
    play(EXAMPLES)


def _walk(road: Callable[[Model], None]) -> None:
    model = Model()
    try:
        road(model)
    finally:
        model.teardown()


def _refreshed_while_pending(model: Model) -> None:
    """The gateway has the case and moves it on; the window has not heard its answer, but reads the feed."""
    model.accept(0, 0, False)
    model.synchronise(0, ["pass", "pass", "lose answer"], False)
    model.a_department_moves_a_case_on(0, Stage.DECIDED)
    model.synchronise(0, [], False)


@pytest.mark.timeout(3600)
def test_the_model_catches_a_refresh_that_overwrites_what_is_pending(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offline_db.feeds, "has_unfinished", lambda *_: False)
    with pytest.raises(AssertionError):
        _walk(_refreshed_while_pending)


def _restored_to_an_older_revision(model: Model) -> None:
    model.accept(0, 0, False)
    model.synchronise(0, [], False)
    model.the_gateway_is_backed_up()
    model.a_department_moves_a_case_on(0, Stage.DECIDED)
    model.synchronise(0, [], False)
    model.the_gateway_is_restored()


def _restored_without_what_we_have_heard_of(model: Model) -> None:
    model.the_gateway_is_backed_up()
    model.a_policy_changes(0, True)
    model.synchronise(0, [], False)
    model.the_gateway_is_restored()


def _gone_longer_than_tombstones_live(model: Model) -> None:
    model.a_policy_changes(0, True)
    model.synchronise(0, [], False)
    model.a_policy_changes(0, False)
    model.time_passes(100 * 24 * 3600)
    model.the_gateway_restarts()


def _clock_put_back_while_an_entry_waits(model: Model) -> None:
    model.set_the_clock(0, DECADE)
    model.accept(0, 0, False)
    model.synchronise(0, ["pass", "pass", "lose answer", "busy"], False)
    model.set_the_clock(0, -DECADE)


def _clock_put_back_after_a_reconnect(model: Model) -> None:
    model.set_the_clock(0, DECADE)
    model.synchronise(0, ["lose request"], False)
    model.synchronise(0, [], True)
    model.set_the_clock(0, -DECADE)
    model.accept(0, 0, False)
    model.synchronise(0, [], True)
    place = model.places[0]
    assert place.store.counts().waiting == 0


@pytest.mark.parametrize(
    "road",
    [
        _restored_to_an_older_revision,
        _restored_without_what_we_have_heard_of,
        _gone_longer_than_tombstones_live,
        _clock_put_back_while_an_entry_waits,
        _clock_put_back_after_a_reconnect,
        _refreshed_while_pending,
    ],
)
def test_roads_on_which_it_once_went_wrong(road: Callable[[Model], None]) -> None:
    _walk(road)
