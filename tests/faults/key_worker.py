"""A window that changes its keys, to be killed at the nth step on the disk or in the keyring.

Started once; forks one process for each line "JOB NTH FOLDER" it reads. The child does the job and is killed by SIGKILL
before its nth call of open, write, fsync, replace or unlink (the key file and the keyring of the test are made of
these); of the job `migrate` each SQL statement is a step too, because SQLite's calls are its own. A child that comes to
the end says `steps N`; the parent says `gone` when it is dead. Job `hasty` is the mutant: it takes the root
out of the keyring before the slot stands.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from key_kit import (
    CLERK,
    MANAGER,
    NEW_PIN,
    OTHER_PIN,
    PIN,
    FileKeyring,
    Locked,
    PlainKeys,
    locked,
)

from app.domain.clock import SystemClock
from offline_db.keylock import KeyLock
from offline_db.profile import Profile
from offline_db.store import Store

CODE = "00000-00011-00022-00033-00044-00055-00066"
"""Any text is a code to the lock; that it is well formed is the door's business."""
CALLS = ("open", "write", "fsync", "replace", "unlink")


class Steps:
    """Counts calls into the system, and dies before the nth."""

    def __init__(self, nth: int) -> None:
        self.nth, self.done = nth, 0

    def watch(self) -> None:
        for name in CALLS:
            setattr(os, name, self._counted(getattr(os, name)))

    def count(self) -> None:
        """One step more, or the last one."""
        self.done += 1
        if self.done == self.nth:
            os.kill(os.getpid(), signal.SIGKILL)

    def _counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            self.count()
            return real(*arguments, **options)

        return call


class Hasty(KeyLock):
    """The mutant: what is replaced goes before what replaces it stands."""

    def convert(self, *arguments: Any, **options: Any) -> None:
        self._keyring.remove(self._profile.id)
        super().convert(*arguments, **options)


def begin(held: Locked, steps: Steps) -> None:
    steps.watch()
    entry = held.door.register_first(*MANAGER, PIN, PIN)
    with held.opened() as (_, clerks, _duty):
        clerks.let_in(entry)


def convert(held: Locked, steps: Steps) -> None:
    with held.started() as (_, clerks, _duty):
        steps.watch()
        clerks.sign_in(MANAGER[0], PIN)


def change(held: Locked, steps: Steps) -> None:
    held.door.open(MANAGER[0], PIN)
    with held.opened() as (_, clerks, _duty):
        steps.watch()
        clerks.change_pin(MANAGER[0], PIN, NEW_PIN, NEW_PIN)


def reset(held: Locked, steps: Steps) -> None:
    held.door.open(MANAGER[0], PIN)
    with held.opened() as (_, clerks, _duty):
        clerks.sign_in(MANAGER[0], PIN)
        steps.watch()
        clerks.reset_pin(CLERK[0])


def retire(held: Locked, steps: Steps) -> None:
    held.door.open(MANAGER[0], PIN)
    with held.opened() as (_, clerks, _duty):
        clerks.sign_in(MANAGER[0], PIN)
        steps.watch()
        clerks.retire(CLERK[0])


def second(held: Locked, steps: Steps) -> None:
    """A clerk of before the conversion signs in for the first time since."""
    with held.started() as (_, clerks, _duty):
        clerks.sign_in(MANAGER[0], PIN)
        steps.watch()
        clerks.sign_in(CLERK[0], OTHER_PIN)


def code(held: Locked, steps: Steps) -> None:
    held.lock.fits(MANAGER[0], PIN)
    steps.watch()
    held.lock.put_recovery(CODE)


def recover(held: Locked, steps: Steps) -> None:
    held.lock.fits(MANAGER[0], PIN)
    held.lock.put_recovery(CODE)
    held.lock.forget()
    steps.watch()
    held.lock.fits_code(CODE)
    held.lock.put(*MANAGER, NEW_PIN, must_change=False)


JOBS: dict[str, Callable[[Locked, Steps], None]] = {
    "begin": begin,
    "convert": convert,
    "change": change,
    "reset": reset,
    "retire": retire,
    "second": second,
    "code": code,
    "recover": recover,
}


def say(words: str) -> None:
    os.write(1, (words + "\n").encode())


def work(job: str, nth: int, folder: Path) -> None:
    backend = FileKeyring(folder.with_suffix(".keyring"))
    if job == "migrate":
        steps = Steps(nth)
        with Profile(folder, "work") as profile:
            keys = PlainKeys(profile, backend)
            steps.watch()
            sa.event.listen(sa.Engine, "before_cursor_execute", lambda *_: steps.count())
            Store.open(profile, keys, SystemClock()).close()
        steps.nth = -1
        say(f"steps {steps.done}")
        return
    steps = Steps(nth)
    lock_class = Hasty if job == "hasty" else KeyLock
    with locked(folder, backend, SystemClock(), lock_class) as held:
        JOBS["convert" if job == "hasty" else job](held, steps)
    steps.nth = -1
    say(f"steps {steps.done}")


def main() -> None:
    # Loaded once here, not in each child that migrates: offline_db.migrate asks for it when it needs it.
    importlib.import_module("alembic.command")
    for line in sys.stdin:
        job, nth, folder = line.split(maxsplit=2)
        child = os.fork()
        if child == 0:
            try:
                work(job, int(nth), Path(folder.strip()))
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    main()
