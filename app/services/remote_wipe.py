"""What this machine does when the platform orders it wiped 远程清除.

Only an order proved by the authenticated probe comes here (app.server.client.GatewayClient.time). RETURN waits until
everything accepted was sent and nobody is served; STOLEN does not wait for anything.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from app.domain.errors import EnvironmentProblem, YichuangError
from app.domain.wipe import WipeKind, WipeOrder
from offline_db.wipe import Wiper, WipeRecord, WipeStage

log = logging.getLogger(__name__)

Confirm = Callable[[str, str], None]
"""Tells the platform: (order's id, "done" or "partly"). Raises as the client does."""


@dataclass(frozen=True, slots=True)
class Wiped:
    """How a wipe ended. whole: nothing is left. told: the platform knows."""

    kind: str
    whole: bool
    told: bool


class RemoteWipe:
    """One a profile. wiper None: of a demo, which no order touches. forget_token: takes the device's token away."""

    def __init__(self, wiper: Wiper | None, confirm: Confirm, forget_token: Callable[[], None]) -> None:
        self._wiper = wiper
        self._confirm = confirm
        self._forget_token = forget_token
        self._lock = Lock()
        self.order: WipeOrder | None = None
        """What the platform has ordered and was not yet done."""
        self.begun = False
        """The keys are gone: the program has nothing left to do but to end."""

    def hear(self, order: WipeOrder) -> bool:
        """For the sync engine, in its thread. True: it was carried out as far as can be while the store is open, and
        nothing more is to be sent."""
        if self._wiper is None:
            log.warning("an order to wipe demo data was ignored")
            return False
        self.order = order
        if order.kind is WipeKind.STOLEN:
            self.begin()
        return self.begun

    def begin(self) -> None:
        """Destroy the keys now. Does nothing without an order. EnvironmentProblem: RETURN, and nothing was done."""
        with self._lock:
            if self._wiper is None or self.order is None or self.begun:
                return
            stolen = self.order.kind is WipeKind.STOLEN
            try:
                self._wiper.destroy_keys(self.order.order_id, self.order.kind.value, at_any_rate=stolen)
            except EnvironmentProblem:
                log.error("the record of the wipe could not be written")
                if not stolen:
                    raise
            self.begun = True
        log.warning("wiped at the platform's order: %s", self.order.kind.value)

    def finish(self) -> Wiped | None:
        """Remove the rest, tell the platform, forget the token. After the store is closed; None when nothing was begun.

        Never raises for the network or the disk: the next start goes on.
        """
        if self._wiper is None or not self.begun:
            return None
        try:
            return go_on(self._wiper, self._confirm, self._forget_token)
        except YichuangError as error:
            log.warning("the wipe is not ended yet: %s", type(error).__name__)
            return Wiped(self.order.kind.value if self.order is not None else "", whole=False, told=False)


def go_on(wiper: Wiper, confirm: Confirm, forget_token: Callable[[], None]) -> Wiped:
    """Go on with a wipe that was begun, now or before the program was killed."""
    record: WipeRecord = wiper.carry_on()
    whole = record.stage is WipeStage.DONE
    told = record.confirmed
    if not told and record.order_id:
        try:
            confirm(record.order_id, "done" if whole else "partly")
        except YichuangError as error:
            log.warning("the wipe is not confirmed yet: %s", type(error).__name__)
        else:
            told = True
            wiper.confirmed()
    if told and whole:
        try:
            forget_token()
        except YichuangError:
            log.warning("the token is still in the keyring")
    return Wiped(record.kind, whole, told)
