"""What a PIN is held against: a hash in the store (demo), or the clerk's slot of the key file (working profiles)."""

from __future__ import annotations

import datetime as dt
import logging
import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from app.domain.clerk import FREE_TRIES, ClerkRecord, Tries, check_pin
from app.domain.errors import BadInput, Refused, YichuangError
from offline_db.keylock import KeyLock, LockState
from offline_db.slots import Owner
from offline_db.tries import TriesFile

log = logging.getLogger(__name__)


class Pins(Protocol):
    """All but `seen` cost tens to hundreds of milliseconds by design, or write: not for the event loop."""

    def seen(self, record: ClerkRecord) -> ClerkRecord:
        """The store's record with what is kept elsewhere: tries, and whether the PIN is for once."""
        ...

    def fits(self, record: ClerkRecord, pin: str) -> bool:
        """Is it this clerk's PIN? Refused when what it would be held against is damaged or lacking."""
        ...

    def came_in(self, record: ClerkRecord, pin: str) -> ClerkRecord:
        """The PIN was right: make anew what is out of date. The record to be stored."""
        ...

    def hashed(self, record: ClerkRecord, pin: str) -> ClerkRecord:
        """The record to be stored with this PIN, before it is."""
        ...

    def written(self, record: ClerkRecord, pin: str) -> None:
        """The record is stored: from now on this PIN counts."""
        ...

    def counted(self, record: ClerkRecord) -> None:
        """Keep the record's tries where the next start looks for them."""
        ...

    def forget(self, number: str) -> None:
        """The clerk has left: their PIN opens nothing any more."""
        ...


class StorePins:
    """Argon2 hashes in the store. hasher: for tests, which need no strength."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    def seen(self, record: ClerkRecord) -> ClerkRecord:
        return record

    def fits(self, record: ClerkRecord, pin: str) -> bool:
        try:
            return self._hasher.verify(record.pin_hash, pin)
        except VerifyMismatchError:
            return False
        except (VerificationError, InvalidHashError) as error:
            raise Refused("口令不能核对", "保存的口令已损坏。", "请由负责人重设口令。") from error

    def came_in(self, record: ClerkRecord, pin: str) -> ClerkRecord:
        return self.hashed(record, pin) if self._hasher.check_needs_rehash(record.pin_hash) else record

    def hashed(self, record: ClerkRecord, pin: str) -> ClerkRecord:
        return replace(record, pin_hash=self._hasher.hash(pin))

    def written(self, record: ClerkRecord, pin: str) -> None:
        """Nothing: the hash lies in the store."""

    def counted(self, record: ClerkRecord) -> None:
        """Nothing: the tries lie in the store."""

    def forget(self, number: str) -> None:
        """Nothing: the store says that the clerk has left."""


class SlotPins:
    """The clerk's slot opens: PIN and key are one.

    Where the profile is from before there were slots, hashes still count, and the first right PIN converts it; a clerk
    who was not seen since has a hash until their first right PIN makes them a slot. everybody: the active clerks.
    """

    def __init__(
        self,
        lock: KeyLock,
        tries: TriesFile,
        everybody: Callable[[], Iterable[Owner]],
        before: StorePins | None = None,
    ) -> None:
        self._lock = lock
        self._tries = tries
        self._everybody = everybody
        self._before = before or StorePins()

    @property
    def _slots(self) -> bool:
        return self._lock.state is LockState.SLOTS

    def seen(self, record: ClerkRecord) -> ClerkRecord:
        if not self._slots:
            return record
        number = record.clerk.number
        tries, owner = self._tries.of(number), self._lock.owner(number)
        slot = owner is not None and not owner.waiting
        must_change = owner.must_change if owner is not None and slot else record.must_change
        return replace(record, failures=tries.failures, tried_at=tries.tried_at, must_change=must_change)

    def fits(self, record: ClerkRecord, pin: str) -> bool:
        if self._lock.has_slot(record.clerk.number):
            return self._lock.fits(record.clerk.number, pin)
        return self._before.fits(record, pin)

    def came_in(self, record: ClerkRecord, pin: str) -> ClerkRecord:
        clerk = record.clerk
        try:
            if self._lock.has_slot(clerk.number):
                self._lock.renew(clerk.number, pin)
            elif self._slots:
                self._lock.put(clerk.number, clerk.name, pin, must_change=record.must_change)
            else:
                others = self._everybody()
                self._lock.convert(clerk.number, clerk.name, pin, must_change=record.must_change, others=others)
        except YichuangError as error:
            # The PIN is right and the store is open: the clerk works, and the next sign-in tries again.
            log.warning("slot not made: %s", error.title)
        return replace(record, pin_hash="") if self._lock.has_slot(clerk.number) else record

    def hashed(self, record: ClerkRecord, pin: str) -> ClerkRecord:
        return replace(record, pin_hash="") if self._slots else self._before.hashed(record, pin)

    def written(self, record: ClerkRecord, pin: str) -> None:
        if self._slots:
            self._lock.put(record.clerk.number, record.clerk.name, pin, must_change=record.must_change)
            self._tries.keep(record.clerk.number, Tries())

    def counted(self, record: ClerkRecord) -> None:
        if self._slots:
            self._tries.keep(record.clerk.number, record.tries)

    def forget(self, number: str) -> None:
        if self._slots:
            self._lock.remove(number)
            self._tries.keep(number, Tries())


def check_new_pin(pin: str, again: str, number: str) -> None:
    """BadInput: it breaks a rule, or the second one differs."""
    check_pin(pin, number)
    if pin != again:
        raise BadInput("两次口令不同", "两次输入的口令不一样。", "请重新输入两次。")


def wrong(tries: Tries, now: dt.datetime) -> Refused:
    """What is said to a wrong PIN, counted already."""
    wait = tries.wait(now)
    if wait:
        return Refused(
            "口令不对", f"已输错 {tries.failures} 次。", f"请在 {_long(wait)}后再试；忘记口令请找负责人重设。"
        )
    left = FREE_TRIES - tries.failures
    return Refused("口令不对", f"再输错 {left} 次就要等待。", "请重新输入；忘记口令请找负责人重设。")


def too_soon(wait: dt.timedelta) -> Refused:
    """What is said to any PIN, right ones included, before its time."""
    return Refused("请稍候再试", "口令输错次数较多。", f"请在 {_long(wait)}后再试；忘记口令请找负责人重设。")


def _long(wait: dt.timedelta) -> str:
    seconds = math.ceil(wait.total_seconds())
    return f"{seconds} 秒" if seconds < 120 else f"{math.ceil(seconds / 60)} 分钟"
