"""A window that accepts a case and prints its papers, to be killed at a given moment of it.

Started once; forks one working process for each line "MODE FOLDER PAGES STRIPS NUMBER MOMENT" it reads (the ports of
the two printers). Every statement and commit of the store, every sync of a file, every piece that goes to a printer
and every wait for its answer is a moment; at number MOMENT (0: never), or at the first one of the step that bears
this name, the child says in which step it is and kills itself. It says `accepted NUMBER` after the promise, and
`moments N` when it came to its end.

Mutants: `early` prints before the commit; `hasty` takes a job that was cut off for one that was not sent.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import sqlalchemy as sa
from made_up_papers import pdf_of, strip_of

from app.domain.clerk import Clerk
from app.domain.clock import SystemClock
from app.domain.document import Paper
from app.domain.printing import PrintJob, PrintState
from app.services.duty import Duty
from app.services.print_papers import PrintPapers
from devices.base import Device, Picture
from devices.drivers.links.tcp import TcpWire
from devices.registry import open_device
from offline_db import prepared
from offline_db.keys import DemoKeys
from offline_db.prints import PrintPart
from offline_db.profile import Profile
from offline_db.schema import prints
from offline_db.store import Store
from offline_db.vault import open_vault
from tests.faults.sync_worker import Moments, say
from tests.offline_db.made_up_cases import made_case, made_event, made_operation


class Step(Moments):
    """Ends with the first moment of one step."""

    def __init__(self, name: str) -> None:
        super().__init__(0)
        self._name = name

    def tick(self, *_: Any) -> None:
        if self._steps[-1] == self._name:
            self.last = self.count + 1
        super().tick()


def watch(moments: Moments) -> None:
    """Only ever done in a child: it changes the classes themselves."""
    for name in ("accept", "start_print", "end_print"):
        moments.step(Store, name, name)
    moments.step(TcpWire, "send", "sending")
    moments.step(TcpWire, "finish", "answer")
    moments.step(TcpWire, "receive", "asking")
    os.fsync = moments.before(os.fsync)


def hasty(self: PrintPart) -> None:
    """The mutant."""
    with self._db.write() as connection:
        sent = prints.c.state == PrintState.SENDING.value
        connection.execute(sa.update(prints).where(sent).values(state=PrintState.WAITING.value))


def work(mode: str, folder: Path, pages: str, strips: str, number: int, moments: Moments) -> None:
    if mode == "hasty":
        Store.recover_prints = hasty  # type: ignore[method-assign]
    clock = SystemClock()
    devices: dict[str, Device] = {
        "printer": open_device(f"socket://127.0.0.1:{pages}?wait=5"),
        "receipt_printer": open_device(f"escpos+tcp://127.0.0.1:{strips}"),
    }
    for device in devices.values():
        device.open().unwrap()
    watch(moments)
    with Profile(folder, "demo") as profile:
        keys = DemoKeys(folder)
        vault = open_vault(profile, keys)
        with Store.open(profile, keys, clock, vault=vault) as store:
            for name in ("before_cursor_execute", "commit"):
                sa.event.listen(store._db.engine, name, moments.tick)
            prepared._driver = moments.before(prepared._driver)  # the small statements go around SQLAlchemy
            papers = PrintPapers(store, vault, clock, Duty(Clerk("0007", "李敏")), no_strip)
            case = made_case(provisional_no=str(number), materials=())
            pdf = vault.seal(pdf_of(number), "application/pdf").sha256
            png = cv2.imencode(".png", np.asarray(strip_of(number)))[1].tobytes()
            strip = vault.seal(png, "image/png").sha256
            jobs = [
                PrintJob(f"{number}{slot}", str(number), "受理通知书", slot, size, clock.now(), **more)  # type: ignore[arg-type]
                for slot, size, more in (
                    ("printer", "A4", {"case_id": case.case_id, "sealed": pdf}),
                    ("receipt_printer", "80mm", {"case_id": case.case_id, "sealed": strip}),
                )
            ]
            if mode == "early":
                devices["printer"].print_pdf(pdf_of(number), jobs[0].job_id, "")  # type: ignore[attr-defined]
                jobs = jobs[1:]
            store.accept([case], [made_operation(case)], [made_event()], papers=jobs)
            say("accepted", str(number))
            for slot, device in devices.items():
                while (found := papers.next_for(slot, 576)) is not None:
                    papers.send(*found, device)


def no_strip(paper: Paper, width_dots: int) -> Picture:
    raise AssertionError("strips lie in the vault")


def main() -> None:
    for line in sys.stdin:
        mode, folder, pages, strips, number, moment = line.split()
        child = os.fork()
        if child == 0:
            moments = Moments(int(moment)) if moment.isdecimal() else Step(moment)
            work(mode, Path(folder), pages, strips, int(number), moments)
            say("moments", str(moments.count))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        say("gone", str(status))


if __name__ == "__main__":
    main()
