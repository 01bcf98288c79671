"""The recovery code: made by a manager, copied onto paper, typed back, and only then in force."""

from __future__ import annotations

import hmac

from app.domain.case import AuditEvent
from app.domain.clock import Clock
from app.domain.errors import BadInput, Refused
from app.domain.recovery_code import new_code, read_code
from app.services.duty import Duty
from offline_db.keylock import KeyLock, LockState
from offline_db.store import Store

_OFFERED = "recovery.offered"


class Recovery:
    """Writes the key file and the store: not for the event loop (but for `possible` and `lacks`)."""

    def __init__(self, lock: KeyLock, store: Store, clock: Clock, duty: Duty, window_id: str) -> None:
        self._lock = lock
        self._store = store
        self._clock = clock
        self._duty = duty
        self._window = window_id

    @property
    def possible(self) -> bool:
        """A manager is on duty, and the profile has a key file."""
        holder = self._duty.holder
        return holder is not None and holder.manager and self._lock.state is LockState.SLOTS

    @property
    def lacks(self) -> bool:
        """There is none yet: a PIN that is forgotten by the only clerk would lose what waits here."""
        return not self._lock.has_recovery

    def first_offer(self) -> bool:
        """Is it offered for the first time on this machine? Asking counts as offering."""
        if self._store.setting(_OFFERED) is not None:
            return False
        self._store.set_setting(_OFFERED, "1")
        return True

    def make(self) -> str:
        """A fresh code; nothing is kept of it yet."""
        self._must_be_manager()
        return new_code()

    def keep(self, code: str, typed: str) -> None:
        """Put it into force, in the place of the one before. BadInput: what was typed back is not this code."""
        self._must_be_manager()
        if not hmac.compare_digest(read_code(typed), code):
            raise BadInput("与显示的恢复码不同", "输入的不是刚才显示的恢复码。", "请对照纸上的恢复码重新输入。")
        self._lock.put_recovery(code)
        event = AuditEvent(self._clock.now(), self._duty.clerk, "keys.recovery_made", self._window, {})
        self._store.append_audit(event)

    def _must_be_manager(self) -> None:
        if not self.possible:
            raise Refused("要由负责人办理", "恢复码要由窗口负责人生成。", "请负责人登录后办理。")
