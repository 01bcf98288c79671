"""The rules of lending, in their order: known, open, not too often, agreed to, carried out, written down, handed over.

Runs on the bridge's loop. `end_visit` and `revoked` may be called from any thread.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import threading
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from app.bridge.consent import Attendant, Decision, Question
from app.bridge.lender import Lender
from app.bridge.loans import TERMS, Lent, Wish
from app.bridge.pace import Pace
from app.bridge.pairing import Pairings, Records
from app.bridge.problems import Problem
from app.domain.case import AuditEvent
from app.domain.clock import Clock
from app.domain.errors import YichuangError
from app.identity.verification import Answer

log = logging.getLogger(__name__)
T = TypeVar("T")
Told = Callable[[str], None]
"""Is told how far a wish is: "consent" when the clerk is asked, "device" when the device works."""

CALLS_A_MINUTE = 60
WAITING = 4
"""Wishes of one system under way at once."""
QUESTIONS = 3
"""That may wait for the clerk."""
SULK_SECONDS = 10.0
"""After a refusal the same system may not ask for the same thing again for so long: nobody is nagged into a yes."""
CALLED_OFF = ("called-off", "借用已经结束", "来访者已换人，或者窗口人员收回了准许")


class BridgeDesk:
    """What the two protocols and the two old interfaces share."""

    def __init__(
        self,
        lender: Lender,
        pairings: Pairings,
        attendant: Attendant,
        records: Records,
        clock: Clock,
        consent_seconds: int,
    ) -> None:
        self.lender = lender
        self.pairings = pairings
        self.attendant = attendant
        self._records = records
        self._clock = clock
        self._consent_seconds = consent_seconds
        self._pace = Pace(clock, CALLS_A_MINUTE, 60)
        self._granted: set[tuple[Any, ...]] = set()
        self._sulking: dict[tuple[str, str], dt.datetime] = {}
        self._running: dict[asyncio.Task[Any], str] = {}
        self._asking: dict[asyncio.Task[Any], str] = {}
        self._slots: dict[str, asyncio.Lock] = {}
        self._used: dict[str, dt.datetime] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()
        self._visit = 0

    def last_used(self, origin: str) -> dt.datetime | None:
        """When it last borrowed something, since the start."""
        return self._used.get(origin)

    def end_visit(self) -> None:
        """The next visitor, or nobody at the screen: what was agreed to is over, and what runs under it is called off:
        it would read the next person's card."""
        with self._lock:
            self._visit += 1
            self._granted.clear()
        self._stop(lambda _: True)

    def revoked(self, origin: str) -> None:
        """This system may not borrow any more, from this moment."""
        with self._lock:
            self._granted = {key for key in self._granted if key[0] != origin}
        self._stop(lambda other: other == origin)

    async def lend(self, origin: str, wish: Wish, told: Told = lambda _: None, *, old: bool = False) -> Lent:
        """Carry a wish out for a system that was let in. Problem says why not. Cancel the task when the page is gone.

        old: over one of the old interfaces, whose pages say no purpose.
        """
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("lend runs in a task")
        self._loop = asyncio.get_running_loop()
        self._check(origin)
        self._running[task] = origin
        decision, lent = "", None
        slot = self.lender.slot_for(wish)
        try:
            if TERMS[wish.loan].consent:
                self._free(slot)
                decision = str(await self._consent(origin, wish, told))
            lent = await self._on_slot(slot, wish, origin, told)
            self._used[origin] = self._clock.now()
            if lent.listed is not None and lent.listed.answer is Answer.NO:
                self.attendant.listed(self.pairings.origins.get(origin, origin), lent.listed)
            # On record before it leaves: what cannot be written down is not handed over.
            await self._write_down("bridge.lent", origin, wish, slot, lent.outcome, decision, old, lent)
            return lent
        except Problem as problem:
            if lent is None:
                await self._write_down("bridge.refused", origin, wish, slot, problem.name, decision, old)
            raise
        except asyncio.CancelledError:
            await asyncio.shield(
                self._write_down("bridge.refused", origin, wish, slot, "cancelled", decision, old, quiet=True)
            )
            if task in self._running and self._running[task] == "":
                task.uncancel()
                raise Problem(409, *CALLED_OFF) from None
            raise
        finally:
            self._running.pop(task, None)

    def agreed(self, origin: str, wish: Wish) -> bool:
        """Has the clerk said yes to just this for the present visit?"""
        with self._lock:
            return (origin, *wish.key) in self._granted

    async def consented(self, origin: str, wish: Wish) -> None:
        """Ask the clerk for something that goes on, as a live picture does. Problem when refused; written down."""
        self._check(origin)
        decision = ""
        try:
            decision = str(await self._consent(origin, wish, lambda _: None))
        except Problem as problem:
            await self._write_down("bridge.refused", origin, wish, "", problem.name, decision, True)
            raise
        await self._write_down("bridge.lent", origin, wish, self.lender.slot_for(wish), "OK", decision, True)

    def running(self, origin: str) -> Callable[[], None]:
        """Count the present task among what `end_visit` and `revoked` call off; gives what takes it out again."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("runs in a task")
        self._loop = asyncio.get_running_loop()
        self._running[task] = origin
        return lambda: (self._running.pop(task, None), None)[1]

    def _check(self, origin: str) -> None:
        if closed := self.attendant.closed():
            raise Problem(503, "closed", "窗口现在不外借设备", closed, 10)
        if list(self._running.values()).count(origin) >= WAITING or not self._pace.take(origin):
            raise Problem(429, "too-often", "请求太多", "请等前面的请求完成后再试", 5)

    async def _consent(self, origin: str, wish: Wish, told: Told) -> Decision:
        if self.agreed(origin, wish):
            return Decision.VISIT
        sore = (origin, str(wish.loan))
        until = self._sulking.get(sore)
        if until is not None and self._clock.now() < until:
            raise Problem(429, "refused-before", "窗口人员刚刚拒绝过", "请稍后再试", round(SULK_SECONDS))
        task = asyncio.current_task()
        if task is None or len(self._asking) >= QUESTIONS or origin in self._asking.values():
            raise Problem(429, "asking", "窗口人员正在看另一个请求", "请等它答复后再试", 5)
        loop = asyncio.get_running_loop()
        answered: asyncio.Future[Decision] = loop.create_future()

        def land(decision: Decision) -> None:
            if not answered.done():
                answered.set_result(decision)

        def answer(decision: Decision) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(land, decision)

        name = self.pairings.origins.get(origin, origin)
        question = Question(uuid.uuid4().hex, origin, name, wish, self._consent_seconds)
        self._asking[task] = origin
        told("consent")
        self.attendant.ask(question, answer)
        visit = self._visit
        try:
            # Not wait_for: it swallows a cancellation that comes together with the answer.
            done, _ = await asyncio.wait({answered}, timeout=self._consent_seconds)
            decision = answered.result() if done else Decision.NO_ANSWER
        finally:
            self._asking.pop(task, None)
            self.attendant.withdraw(question.id)
        if decision is Decision.NO_ANSWER:
            raise Problem(403, "no-answer", "窗口人员没有答复", "请在窗口屏幕上点“允许”")
        if decision is Decision.REFUSED:
            self._sulking[sore] = self._clock.now() + dt.timedelta(seconds=SULK_SECONDS)
            raise Problem(403, "refused", "窗口人员没有同意")
        with self._lock:
            if visit != self._visit:
                raise Problem(409, *CALLED_OFF)  # agreed to for somebody who has left
            if decision is Decision.VISIT:
                self._granted.add((origin, *wish.key))
        return decision

    async def _on_slot(self, slot: str, wish: Wish, origin: str, told: Told) -> Lent:
        name = self.pairings.origins.get(origin, origin)
        if not slot:
            return await self.lender.lend(wish, name)
        async with self._free(slot):
            told("device")
            return await self.lender.lend(wish, name)

    def _free(self, slot: str) -> asyncio.Lock:
        """The lock of a place, which nobody else of ours holds. Problem: somebody does; the clerk need not be asked."""
        lock = self._slots.setdefault(slot, asyncio.Lock())
        if lock.locked():
            raise Problem(409, "busy", "设备正在使用", "请稍后再试", 3)
        return lock

    async def _write_down(
        self,
        action: str,
        origin: str,
        wish: Wish,
        slot: str,
        outcome: str,
        consent: str,
        old: bool,
        lent: Lent | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        details: dict[str, Any] = {
            "system": self.pairings.origins.get(origin, ""),
            "loan": str(wish.loan),
            "device": slot,
            "purpose": wish.purpose,
            "fields": list(wish.fields),
            "full": list(wish.full),
            "consent": consent,
            "outcome": outcome,
            "old": old,
            **(lent.trace if lent is not None else {}),
        }
        event = AuditEvent(self._clock.now(), self.attendant.clerk(), action, origin, details)
        try:
            await asyncio.to_thread(self._records.append_audit, event)
        except YichuangError as error:
            log.error("a loan could not be written down: %s", error.title)
            if not quiet:
                raise Problem(503, "no-record", "借用没有记录下来", "本机存储有问题，请联系技术支持", 30) from error

    def _stop(self, whose: Callable[[str], bool]) -> None:
        loop = self._loop
        if loop is None or loop.is_closed():
            return

        def stop() -> None:
            for task, origin in list(self._running.items()):
                if origin and whose(origin):
                    self._running[task] = ""  # tells it from a page that went away
                    task.cancel()

        loop.call_soon_threadsafe(stop)
