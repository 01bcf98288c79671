"""A window that accepts a case and synchronises, to be killed at a given moment of it.

Started once; forks one working process for each line "MODE FOLDER URL MINUTE MOMENT" it reads. Every statement and
commit of the store, every sync and rename of a file, every request and its answer is a moment; at moment number MOMENT
(0: never) the child says in which step it is and kills itself. It says `accepted CASE` after the promise, and `moments
N` when it came to its end. Mode `early` is the mutant that takes a file for delivered before it is.
"""

from __future__ import annotations

import datetime as dt
import functools
import os
import random
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from gateway_kit import DEVICE, NOW, TOKEN, make_case, page_bytes

from app.domain.case import AuditEvent
from app.domain.clock import FixedClock
from app.domain.sending import Arrived
from app.server.client import GatewayClient
from app.server.transport import Transport
from app.server.wire import build_operations
from app.sync.engine import SyncEngine
from offline_db.keys import DemoKeys
from offline_db.profile import Profile
from offline_db.store import Store
from offline_db.vault import Vault, open_vault

PAGES = 1


def say(*words: str) -> None:
    # One write a line: a kill cuts between lines, never inside one.
    os.write(1, (" ".join(words) + "\n").encode())


class Moments:
    """Counts what happens, and knows in which step."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.count = 0
        self._steps = ["open"]

    def tick(self, *_: Any) -> None:
        self.count += 1
        if self.count == self.last:
            say("killed", self._steps[-1])
            os.kill(os.getpid(), signal.SIGKILL)

    def step(self, owner: type, name: str, label: str) -> None:
        """Each call of the method is a step, with a moment before it and one after."""
        method = getattr(owner, name)

        @functools.wraps(method)
        def wrapped(*arguments: Any, **more: Any) -> Any:
            self._steps.append(label)
            try:
                self.tick()
                result = method(*arguments, **more)
                self.tick()
                return result
            finally:
                self._steps.pop()

        setattr(owner, name, wrapped)

    def before(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with a moment before it."""

        @functools.wraps(function)
        def wrapped(*arguments: Any, **more: Any) -> Any:
            self.tick()
            return function(*arguments, **more)

        return wrapped


def watch(moments: Moments) -> None:
    """Only ever done in a child: it changes the classes themselves."""
    for name in ("accept", "mark_inflight", "mark_inflight_many", "record", "apply_feed"):
        moments.step(Store, name, name)
    moments.step(Vault, "seal", "seal")
    moments.step(Transport, "call", "sending")
    moments.step(Transport, "_sort", "reply received")
    os.fsync, os.replace = moments.before(os.fsync), moments.before(os.replace)


def work(mode: str, folder: Path, url: str, minute: int, moments: Moments) -> None:
    watch(moments)
    clock = FixedClock(NOW + dt.timedelta(minutes=minute))
    with Profile(folder, "demo") as profile:
        keys = DemoKeys(folder)
        vault = open_vault(profile, keys)
        with Store.open(profile, keys, clock, vault=vault) as store:
            for name in ("before_cursor_execute", "commit"):
                sa.event.listen(store._db.engine, name, moments.tick)
            data = tuple(page_bytes(minute * 10 + n, 5000) for n in range(PAGES))
            for page in data:
                vault.seal(page, "image/jpeg")
            case = make_case(minute, data, at=clock.now())
            event = AuditEvent(clock.now(), "0007", "case.accept", case.case_id, {})
            store.accept([case], build_operations([case]), [event])
            say("accepted", case.case_id)
            client = GatewayClient(url, DEVICE, TOKEN, clock=clock, chunk_size=4096)
            if mode == "early":
                upload = client.upload

                def early(op_id: str, *rest: Any, **more: Any) -> Any:
                    store.record([Arrived(op_id)])
                    return upload(op_id, *rest, **more)

                client.upload = early  # type: ignore[method-assign]
            SyncEngine(store, vault, client, clock, random.Random(1), audit_chain=profile.id).run_once()
            client.close()


def main() -> None:
    for line in sys.stdin:
        mode, folder, url, minute, moment = line.split()
        child = os.fork()
        if child == 0:
            moments = Moments(int(moment))
            work(mode, Path(folder), url, int(minute), moments)
            say("moments", str(moments.count))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        say("gone", str(status))


if __name__ == "__main__":
    main()
