"""kill -9 in every step from the commit to the printer's answer: each paper of a case comes out exactly once.

The clerk of this test is honest: asked whether a paper is there, he looks into the tray. The real drivers print on
emulated printers that outlive the window. FAULTS=nightly kills 300 times instead of 20.
"""

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
from made_up_papers import PagePrinter, StripPrinter, printed_pages, printed_strips

from app.domain.case import AuditEvent
from app.domain.clock import SystemClock
from app.domain.printing import PrintState
from offline_db.keys import DemoKeys
from offline_db.profile import Profile
from offline_db.store import Store
from offline_db.vault import open_vault

ROOT = Path(__file__).parents[2]
KILLS = 300 if os.environ.get("FAULTS") == "nightly" else 20
STEPS = {"accept", "sending", "end_print"}
"""In each of these a kill must have come."""
pytestmark = pytest.mark.timeout(1800)


@dataclass
class Window7:
    """A window that is started again and again, its printers and its clerk."""

    process: subprocess.Popen[str]
    folder: Path
    pages: PagePrinter
    strips: StripPrinter
    number: int = 0
    accepted: set[int] = field(default_factory=set)
    killed: Counter[str] = field(default_factory=Counter)
    asked: int = 0
    early: list[int] = field(default_factory=list)

    def start(self, mode: str, moment: int | str, *, look: bool = True) -> int:
        """Let it work until that moment; how many moments there were, 0 when it was killed. look: the clerk does."""
        assert self.process.stdin
        assert self.process.stdout
        self.number += 1
        ports = f"{self.pages.address[1]} {self.strips.address[1]}"
        self.process.stdin.write(f"{mode} {self.folder} {ports} {self.number} {moment}\n")
        moments = 0
        while True:
            line = self.process.stdout.readline()
            assert line, "the worker ended"
            word, *rest = line.split(maxsplit=1)
            if word == "accepted":
                self.accepted.add(int(rest[0]))
            elif word == "killed":
                self.killed[rest[0].strip()] += 1
            elif word == "moments":
                moments = int(rest[0])
            elif word == "gone":
                assert int(rest[0]) in (0, signal.SIGKILL), "it died of something else"
                break
        self.pages.settle()
        self.strips.settle()
        if look:
            self.look()
        return moments

    def look(self) -> None:
        """The clerk looks into the trays, and answers what the store asks."""
        with Profile(self.folder, "demo") as profile:
            keys, clock = DemoKeys(self.folder), SystemClock()
            with Store.open(profile, keys, clock, vault=open_vault(profile, keys)) as store:
                known = {case.provisional_no for case in store.cases(limit=10_000)}
                out = printed_pages(self.pages.out), printed_strips(self.strips.out)
                self.early += [n for tray in out for n in tray if str(n) not in known and n not in self.early]
                for job in store.print_jobs(clock.now()):
                    if job.state is PrintState.UNKNOWN:
                        self.asked += 1
                        tray = out[job.slot != "printer"]
                        event = AuditEvent(clock.now(), "李敏", "print.looked", job.paper_number, {})
                        store.settle_print(job.job_id, tray[int(job.paper_number)] > 0, event)

    def wrong(self) -> list[str]:
        """Let it come to rest undisturbed; which papers then did not come out exactly once."""
        self.start("honest", 0)
        out = {"page": printed_pages(self.pages.out), "strip": printed_strips(self.strips.out)}
        found = [f"early: {number}" for number in self.early]
        for kind, tray in out.items():
            found += [
                f"{kind} {n} came out {tray[n]} times" for n in sorted(tray.keys() | self.stored()) if tray[n] != 1
            ]
        return found

    def stored(self) -> set[int]:
        """The numbers of the cases that the store holds."""
        with Profile(self.folder, "demo") as profile:
            keys = DemoKeys(self.folder)
            with Store.open(profile, keys, SystemClock(), vault=open_vault(profile, keys)) as store:
                found = {int(case.provisional_no) for case in store.cases(limit=10_000)}
        assert self.accepted <= found, "a case that was promised is lost"
        return found


@pytest.fixture
def window7(tmp_path: Path) -> Iterator[Window7]:
    pages, strips = PagePrinter(tmp_path / "pages"), StripPrinter(tmp_path / "strips")
    pages.start()
    strips.start()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.print_worker"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "tests" / "kits")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as process:
        yield Window7(process, tmp_path / "profile", pages, strips)
        assert process.stdin
        process.stdin.close()
    pages.stop()
    strips.stop()


def test_every_paper_comes_out_once(window7: Window7) -> None:
    moments = window7.start("honest", 0)
    for kill in range(KILLS):
        window7.start("honest", 1 + kill * moments // KILLS)
    assert window7.wrong() == []
    assert sum(window7.killed.values()) >= KILLS - 2
    assert window7.killed.keys() >= STEPS
    assert window7.asked > 0, "no kill came between sending and the answer"
    print(f"\n{moments} moments, killed in {dict(window7.killed)}, the clerk was asked {window7.asked} times")


def test_printing_before_the_commit_is_noticed(window7: Window7) -> None:
    """The mutant `early`."""
    moments = window7.start("early", 0)
    for moment in range(moments // 4, moments, max(moments // 24, 1)):
        window7.start("early", moment)
        if any(word.startswith("early") for word in window7.wrong()):
            return
    pytest.fail("the mutant went unnoticed")


def test_taking_an_open_fate_for_a_failure_is_noticed(window7: Window7) -> None:
    """The mutant `hasty`: what was cut off between sending and the answer is sent again."""
    window7.start("honest", "answer", look=False)
    window7.start("hasty", 0)
    assert "page 1 came out 2 times" in window7.wrong()
