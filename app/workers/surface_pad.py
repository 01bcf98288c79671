"""The tablet or touch screen of this computer as a signature pad of the contract.

devices/ knows no Qt, and only Qt hears this computer's pens. So this pad is a `SignaturePad` whose `sign` waits on its
owner's thread, as a driver's does, while the surface (widgets/customer/signing.py) asks on the event loop.
"""

from __future__ import annotations

import queue
import time

from PyQt6.QtCore import QObject, pyqtSignal

from app.domain.signature import Signature
from devices.failure import NOT_OPEN, cancelled
from devices.kinds.entry import SignaturePad
from devices.outcome import Outcome, Reply

URI = "screen:"
_SLICE = 0.05


class SurfaceCalls(QObject):
    """What the surface hears: asked(what the signature is for), withdrawn(): nobody waits any more."""

    asked = pyqtSignal(str)
    withdrawn = pyqtSignal()


class SurfacePad(SignaturePad):
    """`take` and `refuse` are called on the event loop, all else by the owner's thread."""

    def __init__(self) -> None:
        super().__init__(URI)
        self.calls = SurfaceCalls()
        self._open = False
        self._answers: queue.SimpleQueue[Signature | None] = queue.SimpleQueue()

    def open(self) -> Reply[str]:
        self._open = True
        return Reply(Outcome.OK, "屏幕签字")

    def close(self) -> None:
        self._open = False

    def probe(self) -> Reply[str]:
        return Reply(Outcome.OK, "屏幕签字") if self._open else Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)

    def take(self, signature: Signature) -> None:
        """The person has confirmed."""
        self._answers.put(signature)

    def refuse(self) -> None:
        """The person does not sign."""
        self._answers.put(None)

    def sign(self, prompt: str = "", timeout: float = 120.0) -> Reply[Signature]:
        if not self._open:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        # Neither an answer nor a cancel that came too late belongs to this call.
        self._cancelled.clear()
        self._answers = queue.SimpleQueue()
        self.calls.asked.emit(prompt)
        try:
            return self._wait(time.monotonic() + timeout)
        finally:
            self.calls.withdrawn.emit()

    def _wait(self, until: float) -> Reply[Signature]:
        while True:
            if self._cancelled.is_set():
                return cancelled().reply
            try:
                signature = self._answers.get(timeout=_SLICE)
            except queue.Empty:
                if time.monotonic() >= until:
                    return Reply(Outcome.NOT_PRESENT, detail="没有在规定时间内签字")
                continue
            if signature is None:
                return Reply(Outcome.DENIED_BY_USER, detail="对方没有签字")
            return Reply(Outcome.OK, signature)
