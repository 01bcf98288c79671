"""Sign in, lock, hand over: who may work at this window, by PIN, with the times of all of it in the audit trail."""

from __future__ import annotations

import datetime as dt
import math
import secrets
from dataclasses import replace
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from app.domain.case import AuditEvent
from app.domain.clerk import FREE_TRIES, PIN_LEAST, Clerk, ClerkRecord, check_new_clerk, check_pin
from app.domain.clock import Clock
from app.domain.errors import BadInput, Refused
from app.services.duty import Duty
from offline_db.store import Store


class Clerks:
    """Reads and writes the store and hashes PINs (tens of milliseconds by design): not for the event loop.

    Refused: a wrong PIN, one tried too soon, an act that is not this clerk's. BadInput: a PIN that breaks the rules.
    """

    def __init__(
        self, store: Store, clock: Clock, duty: Duty, window_id: str, hasher: PasswordHasher | None = None
    ) -> None:
        self._store = store
        self._clock = clock
        self._duty = duty
        self._window = window_id
        self._hasher = hasher or PasswordHasher()
        # Two tries at once must count as two.
        self._one_at_a_time = Lock()

    def known(self) -> tuple[Clerk, ...]:
        """Those who may sign in, by number. Empty at the very first start."""
        return tuple(record.clerk for record in self._store.clerks() if record.active)

    def register_first(self, number: str, name: str, pin: str, again: str) -> Clerk:
        """The window's first clerk, a manager; needs nobody's leave. Refused when there is one already."""
        clerk = Clerk(number.strip(), name.strip(), manager=True)
        check_new_clerk(clerk.number, clerk.name)
        _check_new_pin(pin, again, clerk.number)
        with self._one_at_a_time:
            if self._store.clerks():
                raise Refused("人员已经登记", "本窗口已有窗口人员。", "请由负责人登录后登记。")
            self._register(ClerkRecord(clerk, self._hasher.hash(pin)), by=clerk.name)
        return clerk

    def enrol(self, number: str, name: str, *, manager: bool = False) -> str:
        """One more clerk; a manager must be on duty. The PIN for their first sign-in, when they choose their own."""
        self._must_be_manager()
        clerk = Clerk(number.strip(), name.strip(), manager)
        check_new_clerk(clerk.number, clerk.name)
        with self._one_at_a_time:
            pin = self._one_time_pin(clerk.number)
            self._register(ClerkRecord(clerk, self._hasher.hash(pin), must_change=True), by=self._duty.clerk)
        return pin

    def sign_in(self, number: str, pin: str) -> ClerkRecord:
        """Put this clerk on duty and open the window. The record says when a PIN of their own is still to be chosen:
        until then nobody is on duty (`change_pin`)."""
        record = self._tried(number, pin, "clerk.signed_in")
        if not record.must_change:
            self._take_duty(record.clerk)
        return record

    def change_pin(self, number: str, old: str, pin: str, again: str) -> None:
        """A PIN of one's own in the place of the old one; then on duty."""
        _check_new_pin(pin, again, number)
        if pin == old:
            raise BadInput("口令没有换", "新口令与原口令相同。", "请换一个口令。")
        record = self._tried(number, old, "clerk.signed_in")
        with self._one_at_a_time:
            changed = replace(record, pin_hash=self._hasher.hash(pin), must_change=False)
            self._store.save_clerk(changed, self._event(record.clerk.name, "clerk.pin_changed", number))
        self._take_duty(record.clerk)

    def unlock(self, pin: str) -> None:
        """The clerk on duty comes back."""
        holder = self._duty.holder
        if holder is None:
            raise Refused("还没有登录", "没有窗口人员登录，不能办理。", "请先登录。")
        self._tried(holder.number, pin, "window.unlocked")

    def lock(self, idle: bool) -> None:
        """Note that the screen was covered. idle: by itself, because nobody touched anything."""
        self._note("window.locked", idle=idle)

    def sign_out(self) -> None:
        """Hand over 交接班: nobody is on duty after that."""
        if self._duty.holder is not None:
            self._note("clerk.signed_out")
            self._duty.holder = None

    def serve(self, on: bool) -> None:
        """开窗 or 暂停服务."""
        self._note("window.opened" if on else "window.paused")
        self._duty.serving = on

    def reset_pin(self, number: str, *, by: str = "") -> str:
        """A PIN for once, for a clerk who forgot theirs; they choose a new one when they sign in with it.

        by: who does it from the command line, where the computer's own login stands for the manager's PIN. On the
        screen a manager must be on duty.
        """
        if not by:
            self._must_be_manager()
        with self._one_at_a_time:
            record = self._record(number)
            pin = self._one_time_pin(number)
            fresh = replace(record, pin_hash=self._hasher.hash(pin), failures=0, tried_at=None, must_change=True)
            self._store.save_clerk(fresh, self._event(by or self._duty.clerk, "clerk.pin_reset", number))
        return pin

    def retire(self, number: str) -> None:
        """They no longer work here. Refused for oneself, so that a manager always stays."""
        self._must_be_manager()
        with self._one_at_a_time:
            record = self._record(number)
            if self._duty.holder is not None and self._duty.holder.number == number:
                raise Refused("不能停用本人", "停用的是正在登录的人员。", "请由其他负责人登录后停用。")
            self._store.save_clerk(
                replace(record, active=False), self._event(self._duty.clerk, "clerk.retired", number)
            )

    def _tried(self, number: str, pin: str, action: str) -> ClerkRecord:
        """Hold the PIN against the clerk's; count the try, right or wrong, before anything is said about it."""
        with self._one_at_a_time:
            record = self._record(number)
            now = self._clock.now()
            wait = record.wait(now)
            if wait:
                raise _too_soon(wait)
            if not self._fits(record.pin_hash, pin):
                missed = replace(record, failures=record.failures + 1, tried_at=now)
                event = self._event(record.clerk.name, "clerk.refused", number, failures=missed.failures)
                self._store.save_clerk(missed, event)
                raise _wrong(missed, now)
            known = replace(record, failures=0, tried_at=None)
            if self._hasher.check_needs_rehash(record.pin_hash):
                known = replace(known, pin_hash=self._hasher.hash(pin))
            details = {"failures": record.failures} if record.failures else {}
            self._store.save_clerk(known, self._event(record.clerk.name, action, number, **details))
            return known

    def _fits(self, pin_hash: str, pin: str) -> bool:
        try:
            return self._hasher.verify(pin_hash, pin)
        except VerifyMismatchError:
            return False
        except (VerificationError, InvalidHashError) as error:
            raise Refused("口令不能核对", "保存的口令已损坏。", "请由负责人重设口令。") from error

    def _record(self, number: str) -> ClerkRecord:
        record = next((r for r in self._store.clerks() if r.clerk.number == number and r.active), None)
        if record is None:
            raise Refused("没有这位窗口人员", "该工号没有登记，或者已停用。", "请核对工号，或请负责人登记。")
        return record

    def _register(self, record: ClerkRecord, by: str) -> None:
        clerk = record.clerk
        event = self._event(by, "clerk.registered", clerk.number, name=clerk.name, manager=clerk.manager)
        self._store.save_clerk(record, event, new=True)

    def _take_duty(self, clerk: Clerk) -> None:
        self._duty.holder = clerk
        self._duty.serving = True

    def _must_be_manager(self) -> None:
        if self._duty.holder is None or not self._duty.holder.manager:
            raise Refused("要由负责人办理", "登记人员、重设口令要由窗口负责人办理。", "请负责人登录后办理。")

    def _one_time_pin(self, number: str) -> str:
        while True:
            pin = "".join(secrets.choice("0123456789") for _ in range(PIN_LEAST))
            try:
                check_pin(pin, number)
            except BadInput:
                continue
            return pin

    def _note(self, action: str, **details: object) -> None:
        self._store.append_audit(self._event(self._duty.clerk, action, self._window, **details))

    def _event(self, clerk: str, action: str, subject: str, **details: object) -> AuditEvent:
        return AuditEvent(self._clock.now(), clerk, action, subject, details)


def _check_new_pin(pin: str, again: str, number: str) -> None:
    check_pin(pin, number)
    if pin != again:
        raise BadInput("两次口令不同", "两次输入的口令不一样。", "请重新输入两次。")


def _wrong(record: ClerkRecord, now: dt.datetime) -> Refused:
    wait = record.wait(now)
    if wait:
        return Refused(
            "口令不对", f"已输错 {record.failures} 次。", f"请在 {_long(wait)}后再试；忘记口令请找负责人重设。"
        )
    left = FREE_TRIES - record.failures
    return Refused("口令不对", f"再输错 {left} 次就要等待。", "请重新输入；忘记口令请找负责人重设。")


def _too_soon(wait: dt.timedelta) -> Refused:
    return Refused("请稍候再试", "口令输错次数较多。", f"请在 {_long(wait)}后再试；忘记口令请找负责人重设。")


def _long(wait: dt.timedelta) -> str:
    seconds = math.ceil(wait.total_seconds())
    return f"{seconds} 秒" if seconds < 120 else f"{math.ceil(seconds / 60)} 分钟"
