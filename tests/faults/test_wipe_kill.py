"""kill -9 before each step of a wipe: whatever is left, the next start ends it, and nothing opens meanwhile.

The child is a real process, killed by the kernel: its locks and buffers go as they would. Proved by a wiper that writes
its record only when all is done: a program killed on the way would then not know that there was anything to do.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from key_kit import CHEAP, MANAGER, PIN, FileKeyring, locked, make_slotted, trusted

from app.domain.clock import FixedClock
from app.domain.errors import EnvironmentProblem
from offline_db.keylock import KeyLock
from offline_db.profile import Profile
from offline_db.store import Store
from offline_db.wipe import KeyringSecrets, Wiper, WipeRecord, WipeStage, go_on_alone, wipe_record
from tests.offline_db.made_up_cases import AT, made_case, made_event, made_operation

MAC = b"what device and platform know"
ORDER = "0d3f2a51-7c53-4f6a-9f0e-2f5b8f1a7d11"
SPARED = {"wipe.json", "profile.lock", "settings.toml"}
STEPS = ("replace", "write", "unlink", "rmdir", "remove")
"""The calls of os that change something; the child dies before one of them."""


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A working profile with a case, its keyring beside it; closed."""
    home = tmp_path / "home"
    home.mkdir()
    keyring, clock = FileKeyring(home / "keyring.json"), FixedClock(AT)
    make_slotted(home / "work", keyring, clock)
    with locked(home / "work", keyring, clock) as held:
        assert held.lock.fits(MANAGER[0], PIN)
        with Store.open(held.profile, held.lock, clock) as store:
            case = made_case()
            store.accept([case], [made_operation(case)], [made_event()])
            store.backup(held.profile.backups / "store-old.db")
    (home / "work" / "settings.toml").write_text("[gateway]\n", "utf-8")
    return home


def killed(home: Path, at: int, begin: Callable[[Wiper], None]) -> bool:
    """Wipe in a process of its own that the kernel kills before step `at`. False: it came to its end."""
    child = os.fork()
    if child == 0:
        done = 0

        def dying(real: Any) -> Any:
            def call(*args: Any, **kwargs: Any) -> Any:
                nonlocal done
                if done == at:
                    os.kill(os.getpid(), signal.SIGKILL)
                done += 1
                return real(*args, **kwargs)

            return call

        try:
            profile = Profile(home / "work", "work")
            keyring = FileKeyring(home / "keyring.json")
            lock = KeyLock(profile, trusted(keyring), CHEAP)
            wiper = Wiper.of(profile, KeyringSecrets(keyring, profile.id, lock.entries), MAC)
            for name in STEPS:
                setattr(os, name, dying(getattr(os, name)))
            begin(wiper)
            wiper.carry_on()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def honest(wiper: Wiper) -> None:
    wiper.destroy_keys(ORDER, "stolen")


def readable(home: Path) -> bool:
    """Does the store still open?"""
    folder = home / "work"
    if not (folder / "profile.json").exists() or not (folder / "store.db").exists():
        return False
    try:
        with locked(folder, FileKeyring(home / "keyring.json"), FixedClock(AT)) as held:
            if not held.lock.fits(MANAGER[0], PIN):
                return False
            with Store.open(held.profile, held.lock, FixedClock(AT)) as store:
                return bool(store.cases())
    except EnvironmentProblem:
        return False


def half_wiped(made: Path, tmp_path: Path, begin: Callable[[Wiper], None]) -> Iterator[int]:
    """Kill before each step in turn; the steps after which the data was spoilt and the next start did not know."""
    at = 0
    while True:
        home = tmp_path / f"run-{at}"
        shutil.copytree(made, home)
        ended = not killed(home, at, begin)
        record = wipe_record(home / "work")
        if record is None:
            if not readable(home):
                yield at
        else:
            keyring = FileKeyring(home / "keyring.json")
            with go_on_alone(home / "work", record, KeyringSecrets(keyring, record.profile_id), MAC) as wiper:
                assert wiper.carry_on().stage is WipeStage.DONE
            assert {path.name for path in (home / "work").iterdir()} == SPARED, at
            keyring.get_password("", "")
            assert not keyring.kept, at
        shutil.rmtree(home)
        if ended:
            return
        at += 1
        assert at < 200


def test_killed_anywhere_the_next_start_ends_it(made: Path, tmp_path: Path) -> None:
    assert readable(made)
    assert list(half_wiped(made, tmp_path, honest)) == []


def test_a_wiper_that_writes_its_record_last_would_be_caught(made: Path, tmp_path: Path) -> None:
    """The mutant."""

    def record_last(wiper: Wiper) -> None:
        wiper._without_keys(WipeRecord("", "", "", "", secrets=wiper._secrets.names()))
        wiper.destroy_keys(ORDER, "stolen")

    assert any(True for _ in half_wiped(made, tmp_path, record_last))


def test_a_wiper_that_asks_the_key_files_late_would_be_caught(made: Path, tmp_path: Path) -> None:
    """The mutant: the record does not say whose secrets there are, and the files that do are noise when it goes on."""

    def nameless(wiper: Wiper) -> None:
        whole, wiper._secrets.names = wiper._secrets.names, lambda: (wiper._profile_id,)  # type: ignore[method-assign]
        assert len(whole()) == 3
        wiper.destroy_keys(ORDER, "stolen")

    with pytest.raises(AssertionError):
        list(half_wiped(made, tmp_path, nameless))
