"""A card terminal on a pseudo-terminal, with its customer and its bank. It takes money twice when it is asked twice:
that this does not happen is the driver's and the counter's business."""

from __future__ import annotations

import itertools
import time

from devices.drivers.payment.pos_frames import ACK, NAK, PosAnswer, PosCmd, PosDecoder, PosState, wrap
from devices.emulators.links.pty_line import LINE_FAULTS, LineEmulator

FAULTS = LINE_FAULTS | {
    "busy",
    "declined",  # by the bank: 51
    "cancelled",  # the customer presses the red key
    "broken",  # takes the money, then the line dies
    "late",  # takes the money, answers after late_seconds
    "twice",  # every answer comes twice
    "damaged",  # a wrong LRC, once said again right when NAKed
    "nak",  # does not take the request
    "no-card",  # nobody presents a card
    "lost",  # takes the money, never answers to PAY
    "silent",  # takes the money, answers neither to PAY nor to being told that nobody waits any more
}


class PosEmulator(LineEmulator):
    """taken: fen by order, each time money moved; refunds are negative."""

    late_seconds = 0.5

    def __init__(self) -> None:
        super().__init__(FAULTS)
        self.taken: list[tuple[str, int]] = []
        self._decoder = PosDecoder()
        self._traces = itertools.count(1)
        self._last = b""
        self._waiting: dict[str, int] = {}
        self._due: list[tuple[float, bytes]] = []

    def start(self) -> None:
        self._decoder.reset()
        super().start()

    def balance(self, order: str) -> int:
        return sum(amount for name, amount in self.taken if name == order)

    def present_card(self) -> None:
        """The card comes late: whoever still waits is paid for."""
        self.taken.extend(self._waiting.items())
        self._waiting.clear()

    def feed(self, data: bytes) -> None:
        for found in self._decoder.feed(data):
            if found == NAK:
                self.answer(self._last)
            elif isinstance(found, bytes):
                self._asked(found)
            elif not isinstance(found, int):
                self.send(bytes((NAK,)))

    def tick(self) -> None:
        now = time.monotonic()
        for due in [due for due in self._due if due[0] <= now]:
            self._due.remove(due)
            self.answer(due[1])

    def _asked(self, data: bytes) -> None:
        command, amount, order, _ = (part.decode("ascii") for part in data.split(b"\x1c"))
        if self.faults.on("mute"):
            return
        moves = command in (PosCmd.PAY, PosCmd.REFUND)
        if moves and self.faults.on("nak"):
            self.send(bytes((NAK,)))
            return
        self.send(bytes((ACK,)))
        answer = self._do(command, int(amount), order)
        if answer is None:
            return
        self._last = wrap(answer.encode())
        if moves and self.faults.on("lost"):
            return
        if (moves or command == PosCmd.ABANDON) and self.faults.on("silent"):
            return
        if moves and self.faults.on("broken"):
            self.unplug()
            return
        if moves and self.faults.on("late"):
            self._due.append((time.monotonic() + self.late_seconds, self._last))
            return
        if moves and self.faults.on("damaged"):
            self.send(self._last[:-1] + bytes((self._last[-1] ^ 0x55,)))
            return
        self.answer(self._last)
        if self.faults.on("twice"):
            self.answer(self._last)

    def _do(self, command: str, amount: int, order: str) -> PosAnswer | None:
        if command == PosCmd.ECHO:
            return PosAnswer(command, PosState.BUSY if self.faults.on("busy") else PosState.APPROVED, 0, order)
        if command == PosCmd.QUERY:
            taken = [paid for name, paid in self.taken if name == order]
            if order in self._waiting:
                return PosAnswer(command, PosState.IN_PROGRESS, 0, order)
            if not taken:
                return PosAnswer(command, PosState.NO_RECORD, 0, order)
            return PosAnswer(command, PosState.APPROVED, taken[0], order, *self._marks(order))
        if command == PosCmd.REFUND:
            if amount > self.balance(order):
                return PosAnswer(command, "61", amount, order, words="超过可退金额")
            self.taken.append((order, -amount))
            return PosAnswer(command, PosState.APPROVED, amount, order, *self._marks(order))
        if command == PosCmd.ABANDON:
            self._waiting.pop(order, None)
            if self.balance(order) > 0:
                return PosAnswer(command, PosState.APPROVED, self.balance(order), order, *self._marks(order))
            return PosAnswer(command, PosState.CANCELLED, amount, order)
        if self.faults.on("no-card"):
            self._waiting[order] = amount
            return None
        if self.faults.on("declined"):
            return PosAnswer(command, "51", amount, order, words="余额不足")
        if self.faults.on("cancelled"):
            return PosAnswer(command, PosState.CANCELLED, amount, order)
        self.taken.append((order, amount))
        return PosAnswer(command, PosState.APPROVED, amount, order, *self._marks(order))

    def _marks(self, order: str) -> tuple[str, str, str]:
        trace = next(self._traces)
        return f"{trace:012d}", f"{trace:06d}", "621700******0007"
