"""kill -9 in every step of a synchronisation: after the next start each case arrives, whole and once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from gateway_kit import DEVICES, NOW, workstation
from sqlalchemy import select

from app.domain.case import CaseState
from app.domain.clock import FixedClock
from app.gateway.cases import Stage
from app.gateway.server import GatewayServer
from app.gateway.tables import operations, pages
from app.server.wire import case_document

ROOT = Path(__file__).parents[2]
KILLS = 400 if os.environ.get("FAULTS") == "nightly" else 70
"""Beside the 30 of test_store_kill."""
STEPS = {"open", "seal", "accept", "mark_inflight", "sending", "reply received", "mark_inflight_many", "record",
         "apply_feed"}  # fmt: skip
pytestmark = pytest.mark.timeout(1800)
STEP = 6
"""Minutes between two starts: longer than any back-off."""


@dataclass
class Campaign:
    """A window that is started again and again, and what it was promised."""

    process: subprocess.Popen[str]
    server: GatewayServer
    folder: Path
    minute: int = 0
    accepted: list[str] = field(default_factory=list)
    killed: Counter[str] = field(default_factory=Counter)

    def start(self, mode: str, moment: int) -> int:
        """Let it work until that moment; how many moments there were, 0 when it was killed."""
        assert self.process.stdin
        assert self.process.stdout
        self.minute += STEP
        self.process.stdin.write(f"{mode} {self.folder} {self.server.url} {self.minute} {moment}\n")
        moments = 0
        while True:
            line = self.process.stdout.readline()
            assert line, "the worker ended"
            word, *rest = line.split(maxsplit=1)
            if word == "accepted":
                self.accepted.append(rest[0].strip())
            elif word == "killed":
                self.killed[rest[0].strip()] += 1
            elif word == "moments":
                moments = int(rest[0])
            elif word == "gone":
                assert int(rest[0]) in (0, signal.SIGKILL), "it died of something else"
                return moments

    def wrong(self) -> list[str]:
        """Let it come to rest undisturbed; what is then not the same at both ends."""
        for _ in range(3):
            self.start("honest", 0)
        found = []
        gateway = self.server.gateway
        numbers = gateway.cases.numbers()
        with gateway.database.read() as connection:
            keys = set(connection.scalars(select(operations.c.op_id)))
            found += [f"unsealed {row.sha256}" for row in connection.execute(select(pages)) if not row.sealed_at]
        with workstation(self.folder, FixedClock(NOW)) as station:
            cases = station.store.cases(limit=10_000)
            entries = station.store.outbox()
            found += [f"lost {case}" for case in set(self.accepted) - {case.case_id for case in cases}]
            if keys != {entry.op_id for entry in entries}:
                found.append("other keys than the window's")
            if numbers.keys() != {case.case_id for case in cases} or station.store.counts().waiting:
                found.append(f"{len(numbers)} of {len(cases)} cases at the gateway")
            for case in cases:
                if (case.state, case.case_no) != (CaseState.ACKED, numbers.get(case.case_id)):
                    found.append(f"{case.state} under {case.case_no}")
                elif gateway.cases.document(case.case_id) != case_document(case):
                    found.append("another document")
                for material in case.materials:
                    for page in material.pages:
                        place = gateway.files.path(page.sha256)
                        if not place.exists() or place.read_bytes() != station.vault.open(page.sha256):
                            found.append(f"page {page.sha256}")
            news = gateway.feeds.page("cases", next(iter(DEVICES)), None, 500)["items"]
            if station.store.feed_rows("cases") != sorted(news, key=lambda row: str(row["case_id"])):
                found.append("the feed")
            found += station.store.check_integrity()
            found += [check.reason for check in station.store.verify_audit() if not check.ok]
        return found


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    with (
        GatewayServer(
            db_url=f"sqlite:///{tmp_path}/gateway.db",
            files_folder=tmp_path / "files",
            clock=FixedClock(NOW),
            devices=DEVICES,
        ) as server,
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults.sync_worker"],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT / "tests" / "kits")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        ) as process,
    ):
        yield Campaign(process, server, tmp_path / "p")
        assert process.stdin
        process.stdin.close()


def test_each_case_arrives_once_wherever_the_window_was_killed(campaign: Campaign) -> None:
    moments = campaign.start("honest", 0)
    assert moments > 100
    # What the last kill left over makes a run longer than the first one was: some of the moments lie behind its end.
    span, number = moments * 5 // 4, 0
    while campaign.killed.total() < KILLS:
        number += 1
        campaign.start("honest", 1 + round(number * span * 0.618) % span)
        if campaign.accepted and number % 5 == 0 and campaign.accepted[-1] in campaign.server.gateway.cases.numbers():
            campaign.server.advance(campaign.accepted[-1], Stage.UNDER_REVIEW)
    assert campaign.wrong() == []
    assert campaign.killed.keys() >= STEPS


def test_the_harness_catches_a_file_that_is_done_before_it_was_sent(campaign: Campaign) -> None:
    moments = campaign.start("honest", 0)
    for number in range(20):
        campaign.start("early", moments // 2 + number * moments // 40)
    assert any(found.startswith("unsealed") for found in campaign.wrong())
