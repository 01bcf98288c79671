"""The door of a working profile: the store is locked, and a PIN (or the recovery code) opens it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.clerk import Clerk, Tries, check_new_clerk
from app.domain.clock import Clock
from app.domain.errors import BadInput, Refused
from app.domain.recovery_code import read_code
from app.services.pins import check_new_pin, too_soon, wrong
from offline_db.keylock import KeyLock, LockState
from offline_db.tries import TriesFile

_RECOVERY = "#"
"""Under this the tries of the recovery code are counted; no clerk's number holds such a character."""


class How(StrEnum):
    """How somebody came in; the words of the audit trail."""

    SIGNED_IN = "clerk.signed_in"
    REGISTERED = "clerk.registered"
    CHANGED = "clerk.pin_changed"
    RECOVERED = "clerk.pin_recovered"


@dataclass(frozen=True, slots=True)
class Entry:
    """Whose PIN has just opened the root. failures: wrong tries before. must_change: the PIN was for once, and nobody
    is in before `renew`."""

    number: str
    name: str
    how: How
    failures: int = 0
    must_change: bool = False


class Door:
    """Costs some tenths of a second a try, and writes: not for the event loop. The store itself stays closed.

    Refused: a wrong PIN, one tried too soon. BadInput: a new PIN or a code that breaks the rules.
    """

    def __init__(self, lock: KeyLock, tries: TriesFile, clock: Clock) -> None:
        self._lock = lock
        self._tries = tries
        self._clock = clock

    @property
    def fresh(self) -> bool:
        """Nobody was ever registered here."""
        return self._lock.state is LockState.NEW

    @property
    def has_recovery(self) -> bool:
        return self._lock.has_recovery

    def known(self) -> tuple[Clerk, ...]:
        """Who may sign in, by number; who is a manager is not known before the store is open."""
        return tuple(Clerk(owner.number, owner.name) for owner in self._lock.owners)

    def register_first(self, number: str, name: str, pin: str, again: str) -> Entry:
        """The window's first clerk makes the key."""
        clerk = Clerk(number.strip(), name.strip())
        check_new_clerk(clerk.number, clerk.name)
        check_new_pin(pin, again, clerk.number)
        self._lock.begin(clerk.number, clerk.name, pin)
        return Entry(clerk.number, clerk.name, How.REGISTERED)

    def open(self, number: str, pin: str) -> Entry:
        """Hold the PIN against the clerk's slot; the try is counted before anything is said about it."""
        owner = self._lock.owner(number)
        if owner is None:
            raise Refused("没有这位窗口人员", "该工号没有登记，或者已停用。", "请核对工号，或请负责人登记。")
        if owner.waiting:
            raise Refused(
                "口令还不能打开本机数据",
                "本机数据改为凭各人口令打开，这位人员还没有在改动后登录过。",
                "请先由已登录过的同事登录，再按 Ctrl+Shift+L 交接班，由本人登录一次；或请负责人重设口令。",
            )
        failures = self._try(number, lambda: self._lock.fits(number, pin))
        return Entry(number, owner.name, How.SIGNED_IN, failures, owner.must_change)

    def renew(self, number: str, old: str, pin: str, again: str) -> Entry:
        """A PIN of one's own in the place of the one for once."""
        check_new_pin(pin, again, number)
        if pin == old:
            raise BadInput("口令没有换", "新口令与原口令相同。", "请换一个口令。")
        entry = self.open(number, old)
        self._lock.put(number, entry.name, pin, must_change=False)
        return Entry(number, entry.name, How.CHANGED, entry.failures)

    def recover(self, number: str, code: str, pin: str, again: str) -> Entry:
        """The recovery code opens, and gives this clerk a new PIN. The code stays good."""
        owner = self._lock.owner(number)
        if owner is None:
            raise Refused("没有这位窗口人员", "该工号没有登记，或者已停用。", "请核对工号，或请负责人登记。")
        typed = read_code(code)
        check_new_pin(pin, again, number)
        failures = self._try(_RECOVERY, lambda: self._lock.fits_code(typed), code=True)
        self._lock.put(number, owner.name, pin, must_change=False)
        self._tries.keep(number, Tries())
        return Entry(number, owner.name, How.RECOVERED, failures)

    def shut(self) -> None:
        """What came after the PIN failed: nothing stays open."""
        self._lock.forget()

    def _try(self, key: str, fits: Callable[[], bool], *, code: bool = False) -> int:
        """How often it was wrong before this right one."""
        now = self._clock.now()
        tries = self._tries.of(key)
        wait = tries.wait(now)
        if wait:
            raise too_soon(wait)
        if not fits():
            missed = tries.missed(now)
            self._tries.keep(key, missed)
            if code:
                raise Refused(
                    "恢复码不对", "输入的恢复码不是本机的。", "请核对是否拿错了纸条；重新生成过的，以最后一次为准。"
                )
            raise wrong(missed, now)
        self._tries.keep(key, Tries())
        return tries.failures
