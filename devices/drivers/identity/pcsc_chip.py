"""A card on a PC/SC reader: found, reset, talked to, let go. What `pcsc:` and `pcsc-passport:` share."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from devices.drivers.identity import apdu
from devices.drivers.identity import pcsc_api as pcsc
from devices.drivers.identity.pcsc_api import Winscard, checked, failure, system_api
from devices.failure import NOT_OPEN, Failure, cancelled
from devices.kinds.identity import Answer
from devices.outcome import Outcome

T = TypeVar("T")

_SLICE = 0.1
"""Seconds that a wait lasts before it looks whether it was cancelled."""
_NOTICED = 700
"""Milliseconds within which a service notices that a card has left."""
_MOST_PARTS = 300
"""Parts (61xx) of one answer: 64 KB and no more, whatever a card says."""


class PcscChip:
    """One reader and the card on it. Methods raise Failure. Used by one thread; `cancelled` may be set by any.

    which: a reader's name or a unique part of it, its number from 0, or "" for the first. exclusive: no other program
    may use the card meanwhile; otherwise others wait while a card is connected here, and none comes in between.
    """

    def __init__(
        self,
        which: str,
        cancelled: threading.Event,
        exclusive: bool = False,
        api: Callable[[], Winscard] = system_api,
    ) -> None:
        self._which = which
        self._cancelled = cancelled
        self._share = pcsc.SHARE_EXCLUSIVE if exclusive else pcsc.SHARE_SHARED
        self._load = api
        self._api: Winscard | None = None
        self._context: Any = None
        self._card: Any = None
        self._pci: Any = None
        self._t0 = False
        self.name = ""

    @property
    def is_open(self) -> bool:
        return self._api is not None

    def open(self) -> str:
        """Find the reader. Its name. Failure: DISCONNECTED, FAULT."""
        if self._api is None:
            self._api = self._load()
            try:
                self.name = self._choose()
            except Failure:
                self.close()
                raise
        return self.name

    def close(self) -> None:
        """Let go of everything. Never raises."""
        self.release()
        context, self._context = self._context, None
        if self._api is not None and context is not None:
            _quietly(lambda: self._service.SCardReleaseContext(context))
        self._api = None

    def probe(self) -> str:
        """Is the reader there? Says whether a card is on it."""
        if self._service and self.name not in self._readers():
            raise failure(pcsc.E_READER_UNAVAILABLE)
        return f"{self.name}（{'有卡' if self._look(pcsc.STATE_UNAWARE, 0) & pcsc.STATE_PRESENT else '无卡'}）"

    def connect(self, timeout: float) -> bytes:
        """Wait for a card, reset it. Its ATR."""
        deadline = time.monotonic() + timeout
        self.release()
        tries = 0
        while True:
            self._await_card(deadline)
            try:
                return self._connect(deadline)
            except Failure as refused:
                # A card that slides in touches and lets go: one that is gone again is waited for, one that does not
                # answer is asked once more.
                tries += refused.outcome is Outcome.UNREADABLE
                if refused.outcome not in (Outcome.NOT_PRESENT, Outcome.UNREADABLE) or tries > 1:
                    raise
                if time.monotonic() >= deadline:
                    raise
            if self._cancelled.wait(_SLICE):
                raise cancelled()

    def _connect(self, deadline: float) -> bytes:
        held = _Held(self._service, self._new_context())
        try:
            atr = self._bounded(lambda: self._take(held), max(1.0, deadline - time.monotonic()), held)
        except Failure as refused:
            held.drop()
            if refused.outcome is Outcome.TIMEOUT:
                raise failure(pcsc.E_SHARING_VIOLATION) from refused
            raise
        self._card = held
        return atr

    def transmit(self, command: bytes, timeout: float) -> Answer:
        """One command and its whole answer. ValueError when it is no command."""
        apdu.shape(command)
        deadline = time.monotonic() + timeout
        part = self._once(command, deadline)
        if part.status >> 8 == 0x6C:
            part = self._once(apdu.with_le(command, part.status & 0xFF or 256), deadline)
        data = part.data
        for _ in range(_MOST_PARTS):
            if part.status >> 8 != 0x61:
                return Answer(data, part.status)
            part = self._once(apdu.get_response(command, part.status & 0xFF), deadline)
            data += part.data
        raise Failure(Outcome.FAULT, "卡的应答没有尽头，请换一张卡核对")

    def release(self) -> None:
        """Let go of the card: reset, so that nobody inherits what it was told. Never raises."""
        held, self._card = self._card, None
        if held:
            held.drop()

    @property
    def _service(self) -> Winscard:
        if self._api is None:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)
        return self._api

    def _readers(self) -> list[str]:
        (readers,) = checked(self._service.SCardListReaders(self._live_context(), []))
        return list(readers)

    def _choose(self) -> str:
        readers = self._readers()
        wanted = self._which.casefold()
        if wanted.isdecimal():
            chosen = readers[int(wanted) : int(wanted) + 1]
        else:
            same = [name for name in readers if name.casefold() == wanted]
            chosen = same or [name for name in readers if wanted in name.casefold()]
            if wanted and len(chosen) > 1:
                listed = "、".join(chosen)
                raise Failure(Outcome.DISCONNECTED, f"有多个读卡器符合设置（{listed}），请写出完整名称")
        if not chosen:
            raise failure(pcsc.E_UNKNOWN_READER)
        return chosen[0]

    def _live_context(self) -> Any:
        if self._context is None:
            self._context = self._new_context()
        return self._context

    def _new_context(self) -> Any:
        (context,) = checked(self._service.SCardEstablishContext(pcsc.SCOPE_USER))
        return context

    def _look(self, known: int, milliseconds: int) -> int:
        """The reader's state, once it is another than `known` or the time is over."""
        result = self._service.SCardGetStatusChange(self._live_context(), milliseconds, [(self.name, known)])
        if int(result[0]) & 0xFFFFFFFF == pcsc.E_TIMEOUT:
            return known
        (states,) = checked(result)
        state = int(states[0][1])
        if state & (pcsc.STATE_UNKNOWN | pcsc.STATE_UNAVAILABLE):
            raise failure(pcsc.E_READER_UNAVAILABLE)
        return state & ~pcsc.STATE_CHANGED

    def _has_left(self) -> bool:
        """Was the card taken away? The service looks a few times a second, so that a moment is given to it."""
        state = self._look(pcsc.STATE_UNAWARE, 0)
        if state & pcsc.STATE_PRESENT:
            state = self._look(state, _NOTICED)
        return not state & pcsc.STATE_PRESENT

    def _await_card(self, deadline: float) -> None:
        state = self._look(pcsc.STATE_UNAWARE, 0)
        while not state & pcsc.STATE_PRESENT:
            if self._cancelled.is_set():
                raise cancelled()
            left = deadline - time.monotonic()
            if left <= 0:
                raise failure(pcsc.E_NO_SMARTCARD)
            state = self._look(state, round(1000 * min(_SLICE, left)))
        if state & pcsc.STATE_MUTE:
            raise failure(pcsc.W_UNRESPONSIVE_CARD)

    def _take(self, held: _Held) -> bytes:
        """Runs on a thread of its own: each of these calls may wait for another program."""
        api, protocols = held.api, pcsc.PROTOCOL_T0 | pcsc.PROTOCOL_T1
        held.card, _ = checked(api.SCardConnect(held.context, self.name, self._share, protocols))
        if self._share == pcsc.SHARE_SHARED:
            checked(api.SCardBeginTransaction(held.card))
            held.transaction = True
        (protocol,) = checked(api.SCardReconnect(held.card, self._share, protocols, pcsc.RESET_CARD))
        self._t0 = protocol == pcsc.PROTOCOL_T0
        self._pci = api.SCARD_PCI_T0 if self._t0 else api.SCARD_PCI_T1
        atr = checked(api.SCardStatus(held.card))[-1]
        return bytes(atr)

    def _once(self, command: bytes, deadline: float) -> Answer:
        held = self._card
        if held is None:
            self._live_context()
            raise failure(pcsc.E_NO_SMARTCARD)
        wire = list(apdu.without_le(command) if self._t0 else command)
        try:
            (answer,) = self._bounded(
                lambda: checked(held.api.SCardTransmit(held.card, self._pci, wire)),
                max(0.05, deadline - time.monotonic()),
                held,
            )
        except Failure as refused:
            self.release()
            if refused.outcome is Outcome.UNREADABLE and self._has_left():
                raise failure(pcsc.W_REMOVED_CARD) from refused
            raise
        raw = bytes(answer)
        if len(raw) < 2:
            self.release()
            if self._has_left():
                raise failure(pcsc.W_REMOVED_CARD)
            raise Failure(Outcome.FAULT, "读卡器的应答不完整，请重新插拔读卡器后重试")
        return Answer(raw[:-2], int.from_bytes(raw[-2:], "big"))

    def _bounded(self, work: Callable[[], T], seconds: float, held: _Held) -> T:
        """PC/SC has no time limit for what a card or another program delays. What takes too long goes on by itself,
        lets go of the card when it returns, and is not waited for."""
        errand = _Errand(work, held)
        errand.start()
        deadline = time.monotonic() + seconds
        while not errand.done.wait(min(_SLICE, max(0.0, deadline - time.monotonic()))):
            stop = self._cancelled.is_set()
            if stop or time.monotonic() >= deadline:
                errand.abandon()
                self._card = None
                raise cancelled() if stop else Failure(Outcome.TIMEOUT, "卡没有在规定时间内应答，请取下后重新放置")
        return errand.result()


class _Held:
    """A card in use, with the context that it lives in. drop: end it all; the first who calls does it."""

    def __init__(self, api: Winscard, context: Any) -> None:
        self.api = api
        self.context = context
        self.card: Any = None
        self.transaction = False
        self.lent = threading.Lock()
        self._dropped = False

    def drop(self) -> None:
        # While a call runs on the card, letting go would wait for it; the call's own thread does it then.
        if not self.lent.acquire(blocking=False):
            return
        try:
            if self._dropped:
                return
            self._dropped = True
            if self.card is not None:
                if self.transaction:
                    _quietly(lambda: self.api.SCardEndTransaction(self.card, pcsc.LEAVE_CARD))
                _quietly(lambda: self.api.SCardDisconnect(self.card, pcsc.RESET_CARD))
            _quietly(lambda: self.api.SCardReleaseContext(self.context))
        finally:
            self.lent.release()


class _Errand(Generic[T]):
    """One call on a thread of its own."""

    def __init__(self, work: Callable[[], T], held: _Held) -> None:
        self.done = threading.Event()
        self._work = work
        self._held = held
        self._abandoned = threading.Event()
        self._value: list[T] = []
        self._error: Failure | None = None

    def start(self) -> None:
        self._held.lent.acquire()
        threading.Thread(target=self._run, name="pcsc-call", daemon=True).start()

    def abandon(self) -> None:
        self._abandoned.set()
        # It may have ended between the last look and now: then nobody else lets go.
        if self.done.is_set():
            self._held.drop()

    def result(self) -> T:
        if self._error:
            raise self._error
        return self._value[0]

    def _run(self) -> None:
        try:
            self._value.append(self._work())
        except Failure as error:
            self._error = error
        except Exception as error:  # pyscard's own errors for handles that died
            self._error = Failure(Outcome.FAULT, f"读卡服务出错（{type(error).__name__}）")
        self._held.lent.release()
        self.done.set()
        if self._abandoned.is_set():
            self._held.drop()


def _quietly(call: Callable[[], Any]) -> None:
    # Codes and pyscard's errors alike: there is nothing left to do for a card that is let go.
    with contextlib.suppress(Exception):
        call()
