"""Cases over a bad line: each arrives exactly once, with every byte, whatever the line does.

FAULTS=nightly sends 2,000 cases. The harness is shown to fail a client that makes a new key for each retry.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import random
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fault_proxy import FATES, FaultProxy
from gateway_kit import DEVICE, DEVICES, NOW, TOKEN, make_case, page_bytes, workstation
from postgres_kit import cluster
from sqlalchemy import select

from app.domain.case import Case, CaseState, OperationKind, OutboxState
from app.domain.clock import FixedClock
from app.gateway.server import GatewayServer
from app.gateway.tables import operations, pages
from app.server.checking import JsonObject
from app.server.client import BatchEntry, CaseReply, GatewayClient, Progress, Sealed
from app.server.errors import Rejected, TryLater, Unreachable
from app.server.wire import FileBody, case_document
from app.sync.engine import SyncEngine, SyncReport
from app.sync.policy import BATCH_FROM

NIGHTLY = os.environ.get("FAULTS") == "nightly"
CASES = 2000 if NIGHTLY else 400
"""Half of them on SQLite at 10 % faults, half on PostgreSQL at 30 %."""
PATIENCE = (5.0, 0.35)
"""The client's time-outs: between two reads less than the proxy's delay."""
STEP = dt.timedelta(seconds=310)
"""Between two runs: longer than any back-off, so that everything unfinished is due again."""


@dataclass
class Findings:
    """What was found when the line had gone quiet. All empty: each case arrived exactly once."""

    not_acked: list[str] = field(default_factory=list)
    other_numbers: list[str] = field(default_factory=list)
    other_documents: list[str] = field(default_factory=list)
    unknown_keys: set[str] = field(default_factory=set)
    missing_keys: set[str] = field(default_factory=set)
    unsealed: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)

    def clean(self) -> bool:
        return self == Findings()


@dataclass
class Outcome:
    findings: Findings
    met: Counter[tuple[str, str]]
    runs: int


MakeClient = Callable[[str, FixedClock], GatewayClient]


def honest(url: str, clock: FixedClock) -> GatewayClient:
    return GatewayClient(url, DEVICE, TOKEN, PATIENCE, clock=clock, chunk_size=2048)


class NewKeyPerRetry(GatewayClient):
    """The mutant: a lost answer makes it draw a new key for the same case."""

    tried: set[str]

    def _drawn(self, op_id: str) -> str:
        key = str(uuid.uuid4()) if op_id in self.tried else op_id
        self.tried.add(op_id)
        return key

    def submit_case(self, op_id: str, document: JsonObject, local_seq: int = 0) -> CaseReply:
        return super().submit_case(self._drawn(op_id), document, local_seq)

    def submit_batch(self, entries: Sequence[BatchEntry]) -> dict[str, CaseReply | Rejected | TryLater]:
        keys = {self._drawn(entry.op_id): entry for entry in entries}
        sent = [BatchEntry(key, entry.document, entry.local_seq) for key, entry in keys.items()]
        return {keys[key].op_id: result for key, result in super().submit_batch(sent).items()}


def mutant(url: str, clock: FixedClock) -> GatewayClient:
    client = NewKeyPerRetry(url, DEVICE, TOKEN, PATIENCE, clock=clock, chunk_size=2048)
    client.tried = set()
    return client


@pytest.fixture
def campaign(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Outcome]]:
    """Runs cases through the proxy until the outbox is empty, and compares both ends."""
    clock = FixedClock(NOW)
    postgres = getattr(request, "param", "sqlite") == "postgresql"
    db_url = cluster().new_database() if postgres else f"sqlite:///{tmp_path}/gateway.db"
    with (
        workstation(tmp_path / "profile", clock) as station,
        GatewayServer(db_url=db_url, files_folder=tmp_path / "files", clock=clock, devices=DEVICES) as server,
    ):

        def run(
            make_client: MakeClient, count: int, rate: float, seed: int, *, with_pages: bool = True, lines: int = 1
        ) -> Outcome:
            cases = [make_case(n + 1, (page_bytes(n // 3, 6000 + n),) if with_pages else ()) for n in range(count)]

            def accept(start: int, end: int) -> None:
                for first in range(start, end, 3):
                    bundle = cases[first : first + 3]
                    data = tuple(page_bytes(n // 3, 6000 + n) for n in range(first, min(first + 3, count)))
                    station.accept(*bundle, pages=data)

            # Most were accepted offline and go together; the last few come one by one, while the line is up.
            together = max(count - 9, 0) // 3 * 3
            accept(0, together)
            with FaultProxy(server.port, rate, seed) as proxy:
                # With one line the seeded faults fall alike each time; more meet them as they come.
                client, *more = [make_client(proxy.url, clock) for _ in range(lines)]
                engine = SyncEngine(
                    station.store,
                    station.vault,
                    client,
                    clock,
                    random.Random(seed),
                    audit_chain=station.profile.id,
                    more_lines=more,
                )
                runs = 0
                while (station.store.counts().waiting or together < count) and runs < 400 + count:
                    if runs % 2 and together < count:
                        accept(together, together + 3)
                        together += 3
                    report = engine.run_once()
                    assert isinstance(report, SyncReport)
                    clock.advance(STEP)
                    runs += 1
                for line in (client, *more):
                    line.close()
            # A quiet line at the end, for the feed's last news.
            client = honest(server.url, clock)
            engine = SyncEngine(station.store, station.vault, client, clock, random.Random(seed))
            assert engine.run_once().online
            client.close()
            return Outcome(compare(station.store.outbox, station.store.case, server, cases), proxy.met, runs)

        yield run


def compare(
    outbox: Callable[..., list[object]], find: Callable[[str], Case | None], server: GatewayServer, cases: list[Case]
) -> Findings:
    """Both ends side by side."""
    found = Findings()
    gateway = server.gateway
    numbers = gateway.cases.numbers()
    entries = {op.op_id: op for op in outbox()}  # type: ignore[attr-defined]
    found.left_over = [f"{op.kind}: {op.state} {op.reason}" for op in entries.values() if op.state != OutboxState.DONE]
    for case in cases:
        kept = find(case.case_id)
        if kept is None or kept.state is not CaseState.ACKED:
            found.not_acked.append(case.case_id)
        elif kept.case_no != numbers.get(case.case_id):
            found.other_numbers.append(case.case_id)
        elif gateway.cases.document(case.case_id) != case_document(case):
            found.other_documents.append(case.case_id)
    if len(numbers) != len(cases) or len(set(numbers.values())) != len(cases):
        found.other_numbers.append(f"{len(numbers)} cases, {len(set(numbers.values()))} numbers")
    with gateway.database.read() as connection:
        keys = set(connection.scalars(select(operations.c.op_id)))
        found.unsealed = [r.sha256 for r in connection.execute(select(pages).where(pages.c.sealed_at.is_(None)))]
    wanted = {op_id for op_id, op in entries.items() if op.kind in (OperationKind.CASE, OperationKind.FILE)}
    found.unknown_keys, found.missing_keys = keys - wanted, wanted - keys
    for case in cases:
        for page in case.materials[1].pages:
            place = gateway.files.path(page.sha256)
            if not place.exists() or hashlib.sha256(place.read_bytes()).hexdigest() != page.sha256:
                found.damaged.append(page.sha256)
    return found


@pytest.mark.timeout(7200 if NIGHTLY else 600)
@pytest.mark.parametrize(("campaign", "rate"), [("sqlite", 0.1), ("postgresql", 0.3)], indirect=["campaign"])
def test_each_case_arrives_exactly_once(campaign: Callable[..., Outcome], rate: float) -> None:
    outcome = campaign(honest, CASES // 2, rate, seed=round(rate * 100))
    assert outcome.findings.clean(), outcome.findings
    faults = sum(count for (_, fate), count in outcome.met.items() if fate != "pass")
    total = sum(outcome.met.values())
    # The line was as bad as it was meant to be, on every endpoint that the engine calls often enough for chance to
    # reach it (e^-6 misses); the seldom ones, the whole batch in one call among them, are met one by one below.
    assert abs(faults / total - rate) < 0.1
    calls: Counter[str] = Counter()
    for (endpoint, _), count in outcome.met.items():
        calls[endpoint] += count
    assert calls.keys() >= {"GET /v1/time", "POST /v1/cases", "POST /v1/cases:batch"}
    often = {endpoint for endpoint, count in calls.items() if count * rate >= 6}
    assert often, calls
    touched = {endpoint for endpoint, fate in outcome.met if fate != "pass"}
    assert touched >= often
    if rate >= 0.3 or NIGHTLY:
        assert {fate for _, fate in outcome.met} == {*FATES, "pass"}
        assert "HEAD /v1/files/{id}" in touched


def test_two_lines_at_once_lose_and_double_nothing_either(campaign: Callable[..., Outcome]) -> None:
    outcome = campaign(honest, 300 if NIGHTLY else 12, 0.3, seed=11, lines=2)
    assert outcome.findings.clean(), outcome.findings


def test_the_harness_catches_a_new_key_per_retry(campaign: Callable[..., Outcome]) -> None:
    outcome = campaign(mutant, 20, 0.4, seed=4, with_pages=False)
    assert not outcome.findings.clean()
    assert outcome.findings.unknown_keys


def test_every_fault_on_every_endpoint_one_by_one(tmp_path: Path) -> None:
    """Not by chance but each in turn: one fault, then a quiet line. What was lost is made good, and made once."""
    clock = FixedClock(NOW)
    fates = FATES if NIGHTLY else HARDEST
    with (
        workstation(tmp_path / "profile", clock) as station,
        GatewayServer(
            db_url=f"sqlite:///{tmp_path}/gateway.db", files_folder=tmp_path / "files", clock=clock, devices=DEVICES
        ) as server,
        FaultOnce(server.port) as proxy,
    ):
        client = honest(proxy.url, clock)
        engine = SyncEngine(station.store, station.vault, client, clock, random.Random(1))
        cases = []
        for number, (endpoint, fate) in enumerate((e, f) for e in ENDPOINTS for f in fates):
            if endpoint.endswith(":batch"):
                many = [make_case(1000 + 100 * number + n) for n in range(BATCH_FROM)]
                cases += many
                station.accept(*many)
            else:
                page = page_bytes(number, 9000)
                case = make_case(number + 1, (page,))
                cases.append(case)
                station.accept(case, pages=(page,))
            proxy.arm(endpoint, fate)
            for _ in range(8):
                engine.run_once()
                clock.advance(STEP)
                if not station.store.counts().waiting and not proxy.armed:
                    break
            assert not proxy.armed, f"never met: {fate} on {endpoint}"
            assert station.store.counts().waiting == 0, f"{fate} on {endpoint}"
        client.close()
        findings = compare(station.store.outbox, station.store.case, server, cases)
        assert findings.clean(), findings


HARDEST = ("drop_answer", "reset_answer", "duplicate", "truncate_request", "truncate_answer", "error_502_after",
           "portal_json")  # fmt: skip
"""Those after which the two ends may differ; the others are met by chance above, and here at night."""

ENDPOINTS = (
    "GET /v1/time",
    "POST /v1/cases",
    "POST /v1/cases:batch",
    "POST /v1/files",
    "PATCH /v1/files/{id}",
    "POST /v1/materials/{id}:seal",
    "GET /v1/feeds/cases",
)


class FaultOnce(FaultProxy):
    """Meets one request to one endpoint with one fate, and passes all others on."""

    def __init__(self, upstream: int) -> None:
        super().__init__(upstream, 0.0, 1)
        self.armed: tuple[str, str] | None = None

    def arm(self, endpoint: str, fate: str) -> None:
        self.armed = (endpoint, fate)

    def choose(self, endpoint: str) -> str:
        if self.armed is not None and self.armed[0] == endpoint:
            fate, self.armed = self.armed[1], None
            return fate
        return "pass"


class SkipsSeal(GatewayClient):
    """The mutant: takes the last byte's arrival for the end, and never has the gateway hash the file."""

    def upload(
        self, op_id: str, body: FileBody, data: bytes, progress: Progress | None = None, *, fresh: bool = False
    ) -> Sealed:
        location, offset = self._create_upload(op_id, body)
        while offset < len(data):
            offset = self._patch(location, offset, data[offset : offset + self._chunk_size])
        return Sealed(body.sha256, 1)


@pytest.mark.timeout(7200 if NIGHTLY else 600)
def test_a_cut_every_64_kb_resends_one_chunk_at_most(tmp_path: Path) -> None:
    """Uploads over a line that breaks after each 64 KB: the file is whole, and little is sent twice."""
    # Each cut ends a run, and each run says hello first: 100 files take minutes.
    count, size = (100, 140_000) if NIGHTLY else (100, 70_000)
    findings, sent = cut_uploads(tmp_path, GatewayClient, count, size)
    assert findings.clean(), findings
    assert sum(sent) == count * size


def test_the_harness_catches_an_upload_without_seal(tmp_path: Path) -> None:
    findings, _ = cut_uploads(tmp_path, SkipsSeal, 3, 70_000)
    assert len(findings.unsealed) == 3
    assert len(findings.damaged) == 3


def cut_uploads(tmp_path: Path, kind: type[GatewayClient], count: int, size: int) -> tuple[Findings, list[int]]:
    """Send pages over a line that breaks after each 64 KB; what was found then, and the bytes that went out."""
    clock = FixedClock(NOW)
    chunk = 1 << 16
    with (
        workstation(tmp_path / "profile", clock) as station,
        GatewayServer(
            db_url=f"sqlite:///{tmp_path}/gateway.db", files_folder=tmp_path / "files", clock=clock, devices=DEVICES
        ) as server,
        FaultProxy(server.port, 0.0, 1) as proxy,
    ):
        client = kind(proxy.url, DEVICE, TOKEN, (5.0, 10.0), clock=clock, chunk_size=chunk)
        sent: list[int] = []
        original, create = client._patch, client._create_upload

        def cut_at_the_start(op_id: str, body: FileBody, first: bytes = b"") -> tuple[str, int]:
            answer = create(op_id, body, first)
            if first:
                sent.append(len(first))
                raise Unreachable("连接中断")
            return answer

        client._create_upload = cut_at_the_start  # type: ignore[method-assign]

        def cut(location: str, offset: int, data: bytes) -> int:
            original(location, offset, data)
            sent.append(len(data))
            # The bytes arrived; the answer and the line are gone.
            raise Unreachable("连接中断")

        client._patch = cut  # type: ignore[method-assign]
        engine = SyncEngine(station.store, station.vault, client, clock, random.Random(1))
        cases = []
        for number in range(count):
            page = page_bytes(number, size)
            cases.append(make_case(number + 1, (page,)))
            station.accept(cases[-1], pages=(page,))
        for _ in range(count * (size // chunk + 5)):
            if not engine.run_once().waiting:
                break
            clock.advance(STEP)
        client.close()
        return compare(station.store.outbox, station.store.case, server, cases), sent
