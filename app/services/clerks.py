"""Sign in, lock, hand over: who may work at this window, by PIN, with the times of all of it in the audit trail."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from threading import Lock

from app.domain.case import AuditEvent
from app.domain.clerk import PIN_LEAST, Clerk, ClerkRecord, check_new_clerk, check_pin
from app.domain.clock import Clock
from app.domain.errors import BadInput, Refused
from app.services.door import Entry, How
from app.services.duty import Duty
from app.services.pins import Pins, StorePins, check_new_pin, too_soon, wrong
from offline_db.store import Store


class Clerks:
    """Reads and writes the store and checks PINs (tens of milliseconds by design): not for the event loop.

    pins: what a PIN is held against; default hashes in the store. Refused: a wrong PIN, one tried too soon, an act that
    is not this clerk's. BadInput: a PIN that breaks the rules.
    """

    def __init__(self, store: Store, clock: Clock, duty: Duty, window_id: str, pins: Pins | None = None) -> None:
        self._store = store
        self._clock = clock
        self._duty = duty
        self._window = window_id
        self._pins = pins or StorePins()
        # Two tries at once must count as two.
        self._one_at_a_time = Lock()

    def known(self) -> tuple[Clerk, ...]:
        """Those who may sign in, by number. Empty at the very first start."""
        return tuple(record.clerk for record in self._store.clerks() if record.active)

    def register_first(self, number: str, name: str, pin: str, again: str) -> Clerk:
        """The window's first clerk, a manager; needs nobody's leave. Refused when there is one already."""
        clerk = Clerk(number.strip(), name.strip(), manager=True)
        check_new_clerk(clerk.number, clerk.name)
        check_new_pin(pin, again, clerk.number)
        with self._one_at_a_time:
            if self._store.clerks():
                raise Refused("人员已经登记", "本窗口已有窗口人员。", "请由负责人登录后登记。")
            self._register(ClerkRecord(clerk, ""), pin, by=clerk.name)
        return clerk

    def enrol(self, number: str, name: str, *, manager: bool = False) -> str:
        """One more clerk; a manager must be on duty. The PIN for their first sign-in, when they choose their own."""
        self._must_be_manager()
        clerk = Clerk(number.strip(), name.strip(), manager)
        check_new_clerk(clerk.number, clerk.name)
        with self._one_at_a_time:
            pin = self._one_time_pin(clerk.number)
            self._register(ClerkRecord(clerk, "", must_change=True), pin, by=self._duty.clerk)
        return pin

    def let_in(self, entry: Entry) -> None:
        """Put on duty whose PIN has just opened the store itself; it is not asked for twice.

        Refused when the store knows no such clerk: an old key file was put back.
        """
        with self._one_at_a_time:
            if not self._store.clerks():
                # The first start, or one that was cut off between making the key and registering who made it.
                clerk = Clerk(entry.number, entry.name, manager=True)
                self._store.save_clerk(ClerkRecord(clerk, ""), self._registered(clerk, entry.name), new=True)
            record = self._record(entry.number)
            clerk = record.clerk
            details = {"failures": entry.failures} if entry.failures else {}
            if entry.how in (How.CHANGED, How.RECOVERED):
                self._store.append_audit(self._event(clerk.name, entry.how, clerk.number))
            event = self._event(clerk.name, How.SIGNED_IN, clerk.number, **details)
            self._store.save_clerk(replace(record, pin_hash="", failures=0, tried_at=None, must_change=False), event)
        self._take_duty(clerk)

    def sign_in(self, number: str, pin: str) -> ClerkRecord:
        """Put this clerk on duty and open the window. The record says when a PIN of their own is still to be chosen:
        until then nobody is on duty (`change_pin`)."""
        record = self._tried(number, pin, How.SIGNED_IN)
        if not record.must_change:
            self._take_duty(record.clerk)
        return record

    def change_pin(self, number: str, old: str, pin: str, again: str) -> None:
        """A PIN of one's own in the place of the old one; then on duty."""
        check_new_pin(pin, again, number)
        if pin == old:
            raise BadInput("口令没有换", "新口令与原口令相同。", "请换一个口令。")
        record = self._tried(number, old, How.SIGNED_IN)
        with self._one_at_a_time:
            changed = self._pins.hashed(replace(record, must_change=False), pin)
            self._store.save_clerk(changed, self._event(record.clerk.name, How.CHANGED, number))
            self._pins.written(changed, pin)
        self._take_duty(record.clerk)

    def unlock(self, pin: str) -> None:
        """The clerk on duty comes back."""
        holder = self._duty.holder
        if holder is None:
            raise Refused("还没有登录", "没有窗口人员登录，不能办理。", "请先登录。")
        self._tried(holder.number, pin, "window.unlocked")

    def let_in_by_key(self, clerk: Clerk, details: Mapping[str, object]) -> None:
        """The holder of a hardware key that was checked comes in, or comes back. details: which key."""
        with self._one_at_a_time:
            record = self._record(clerk.number)
            back = self._duty.holder is not None
            action = "window.unlocked" if back else str(How.SIGNED_IN)
            self._store.append_audit(self._event(record.clerk.name, action, clerk.number, **details))
        if not back:
            self._take_duty(record.clerk)

    def lock(self, idle: bool, *, key_gone: bool = False) -> None:
        """Note that the screen was covered. idle: by itself, because nobody touched anything. key_gone: because the
        clerk's key was pulled out."""
        self._note("window.locked", idle=idle, **({"key_gone": True} if key_gone else {}))

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
            fresh = self._pins.hashed(replace(record, failures=0, tried_at=None, must_change=True), pin)
            self._store.save_clerk(fresh, self._event(by or self._duty.clerk, "clerk.pin_reset", number))
            self._pins.written(fresh, pin)
        return pin

    def retire(self, number: str) -> None:
        """They no longer work here. Refused for oneself, so that a manager always stays."""
        self._must_be_manager()
        with self._one_at_a_time:
            record = self._record(number)
            if self._duty.holder is not None and self._duty.holder.number == number:
                raise Refused("不能停用本人", "停用的是正在登录的人员。", "请由其他负责人登录后停用。")
            # The key first: should the power fail between, they can be retired again, and open nothing meanwhile.
            self._pins.forget(number)
            self._store.save_clerk(
                replace(record, active=False), self._event(self._duty.clerk, "clerk.retired", number)
            )

    def _tried(self, number: str, pin: str, action: str) -> ClerkRecord:
        """Hold the PIN against the clerk's; count the try, right or wrong, before anything is said about it."""
        with self._one_at_a_time:
            record = self._pins.seen(self._record(number))
            now = self._clock.now()
            wait = record.wait(now)
            if wait:
                raise too_soon(wait)
            if not self._pins.fits(record, pin):
                tries = record.tries.missed(now)
                missed = replace(record, failures=tries.failures, tried_at=tries.tried_at)
                self._pins.counted(missed)
                event = self._event(record.clerk.name, "clerk.refused", number, failures=missed.failures)
                self._store.save_clerk(missed, event)
                raise wrong(tries, now)
            known = self._pins.came_in(replace(record, failures=0, tried_at=None), pin)
            self._pins.counted(known)
            details = {"failures": record.failures} if record.failures else {}
            self._store.save_clerk(known, self._event(record.clerk.name, action, number, **details))
            return known

    def _record(self, number: str) -> ClerkRecord:
        record = next((r for r in self._store.clerks() if r.clerk.number == number and r.active), None)
        if record is None:
            raise Refused("没有这位窗口人员", "该工号没有登记，或者已停用。", "请核对工号，或请负责人登记。")
        return record

    def _register(self, record: ClerkRecord, pin: str, by: str) -> None:
        hashed = self._pins.hashed(record, pin)
        self._store.save_clerk(hashed, self._registered(record.clerk, by), new=True)
        self._pins.written(hashed, pin)

    def _registered(self, clerk: Clerk, by: str) -> AuditEvent:
        return self._event(by, How.REGISTERED, clerk.number, name=clerk.name, manager=clerk.manager)

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
        return AuditEvent(self._clock.now(), clerk, str(action), subject, details)
