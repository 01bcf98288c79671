"""Keyrings and costs for tests of the lock: a keyring in memory or in a file, and PINs that need no strength."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import keyring.backend
import keyring.errors
from argon2 import PasswordHasher

from app.domain.clock import Clock
from app.services.clerks import Clerks
from app.services.door import Door
from app.services.duty import Duty
from app.services.pins import SlotPins, StorePins
from offline_db.files import write_whole
from offline_db.keylock import KeyLock, LockState
from offline_db.keys import SystemKeyring, full_name, missing_key
from offline_db.profile import Profile
from offline_db.slots import Cost, Owner
from offline_db.store import Store
from offline_db.tries import TriesFile

CHEAP = Cost(1, 8, 1)
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
MANAGER, CLERK = ("0231", "李敏㛃"), ("0232", "王𠮷")
PIN, OTHER_PIN, NEW_PIN = "280714", "739164", "604817"


class MemoryKeyring(keyring.backend.KeyringBackend):
    """Keeps secrets in memory; `kept` maps (service, name) to them."""

    priority = 1  # type: ignore[assignment]  # a class property in keyring

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False
        """As a keyring that nobody unlocked: it gives nothing away, also no entry to be removed."""

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise keyring.errors.KeyringLocked("nobody unlocked it")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class FileKeyring(MemoryKeyring):
    """Outlives the process, as the system's does; each change is one atomic step."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def _load(self) -> None:
        found = json.loads(self._path.read_text("utf-8")) if self._path.exists() else []
        self.kept = {(service, name): secret for service, name, secret in found}

    def _save(self) -> None:
        rows = [[service, name, secret] for (service, name), secret in self.kept.items()]
        write_whole(self._path, json.dumps(rows).encode())

    def get_password(self, service: str, username: str) -> str | None:
        self._load()
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._load()
        super().set_password(service, username, password)
        self._save()

    def delete_password(self, service: str, username: str) -> None:
        self._load()
        super().delete_password(service, username)
        self._save()


for made in (MemoryKeyring, FileKeyring):
    # Subclassing registers: nobody else is to be offered these.
    keyring.backend.KeyringBackend._classes.discard(made)


def trusted(backend: keyring.backend.KeyringBackend) -> SystemKeyring:
    """The back end as if the system's own."""
    return SystemKeyring(backend, also_trusted=(full_name(type(backend)),))


@dataclass
class Locked:
    """A working profile with its lock, as the program holds them before anybody signed in."""

    profile: Profile
    lock: KeyLock
    tries: TriesFile
    door: Door
    clock: Clock

    @contextmanager
    def opened(self) -> Iterator[tuple[Store, Clerks, Duty]]:
        """The store, once the root is held."""
        with Store.open(self.profile, self.lock, self.clock) as store:
            duty = Duty()

            def everybody() -> list[Owner]:
                return [Owner(r.clerk.number, r.clerk.name) for r in store.clerks() if r.active]

            pins = SlotPins(self.lock, self.tries, everybody, StorePins(QUICK))
            yield store, Clerks(store, self.clock, duty, "A07", pins), duty

    @contextmanager
    def started(self) -> Iterator[tuple[Store, Clerks, Duty]]:
        """The store as an unlocked start finds it; where the root lies plain, it is taken."""
        if self.lock.state is LockState.PLAIN:
            self.lock.open_plain()
        with self.opened() as parts:
            yield parts


@contextmanager
def locked(
    folder: Path, backend: keyring.backend.KeyringBackend, clock: Clock, lock_class: type[KeyLock] = KeyLock
) -> Iterator[Locked]:
    """Open a working profile's folder as a start does."""
    with Profile(folder, "work") as profile:
        lock = lock_class(profile, trusted(backend), CHEAP)
        tries = TriesFile(folder, clock)
        yield Locked(profile, lock, tries, Door(lock, tries, clock), clock)
        lock.forget()


class PlainKeys:
    """As it was before there were slots: the root itself in the keyring, made at the first opening."""

    def __init__(self, profile: Profile, backend: keyring.backend.KeyringBackend) -> None:
        self.kind = profile.kind
        self._profile = profile
        self._keyring = trusted(backend)

    def root(self, *, create: bool) -> bytes:
        found = self._keyring.read(self._profile.id)
        if found is None:
            if not create:
                raise missing_key()
            found = bytes(range(32))
            self._keyring.write(self._profile.id, found)
        return found


def make_plain(folder: Path, backend: keyring.backend.KeyringBackend, clock: Clock) -> None:
    """A profile of the time before: two clerks whose hashes lie in the store."""
    with Profile(folder, "work") as profile, Store.open(profile, PlainKeys(profile, backend), clock) as store:
        duty = Duty()
        clerks = Clerks(store, clock, duty, "A07", StorePins(QUICK))
        clerks.register_first(*MANAGER, PIN, PIN)
        clerks.sign_in(MANAGER[0], PIN)
        once = clerks.enrol(*CLERK)
        clerks.sign_out()
        clerks.change_pin(CLERK[0], once, OTHER_PIN, OTHER_PIN)


def make_slotted(folder: Path, backend: keyring.backend.KeyringBackend, clock: Clock) -> None:
    """A profile with slots for a manager (PIN) and a clerk (OTHER_PIN)."""
    with locked(folder, backend, clock) as held:
        entry = held.door.register_first(*MANAGER, PIN, PIN)
        with held.opened() as (_, clerks, _duty):
            clerks.let_in(entry)
            once = clerks.enrol(*CLERK)
            clerks.sign_out()
            clerks.change_pin(CLERK[0], once, OTHER_PIN, OTHER_PIN)
