"""A rating device and a number display on the counter line (devices.drivers.links.counter_frames)."""

from __future__ import annotations

import threading
import time

from devices.drivers.interaction.rating_serial import NOBODY
from devices.drivers.links.counter_frames import ANSWER, BUSY, Cmd, Frame, FrameDecoder, decode_fields
from devices.emulators.links.pty_line import LINE_FAULTS, LineEmulator

FAULTS = LINE_FAULTS | {"busy"}
RATING_FAULTS = FAULTS | {
    "torn-key",  # the first KEY stops in the middle
    "no-key",  # nobody presses
    "wild-key",  # a grade that does not exist
    "early-key",  # a key of nobody's question comes first
}
_REPEAT = 0.2
"""Seconds after which a KEY that was not thanked for is said again."""


class CounterEmulator(LineEmulator):
    """Answers HELLO; does nothing twice for one SEQ."""

    model = ""

    def __init__(self, faults: frozenset[str]) -> None:
        super().__init__(faults)
        self._decoder = FrameDecoder()
        self._last: tuple[Frame, bytes] | None = None

    def plugged_in(self) -> None:
        self._decoder.reset()
        self._last = None

    def feed(self, data: bytes) -> None:
        for frame in self._decoder.feed(data):
            if self._last and self._last[0] == frame:
                self.answer(self._last[1])
                continue
            reply = self._reply(frame)
            if reply:
                self._last = (frame, reply)
                self.answer(reply)

    def do(self, frame: Frame) -> bytes | None:
        """Do what is asked; the answer's data. None: not known."""
        return None

    def _reply(self, frame: Frame) -> bytes:
        if frame.command in (Cmd.STOP, Cmd.THANKS):
            self.do(frame)
            return b""
        if frame.command == Cmd.HELLO:
            return Frame(frame.seq, Cmd.HELLO | ANSWER, self.model.encode("gb18030")).encode()
        if self.faults.on("busy"):
            return Frame(frame.seq, Cmd.REFUSED | ANSWER, bytes((BUSY,))).encode()
        done = self.do(frame)
        if done is None:
            return Frame(frame.seq, Cmd.REFUSED | ANSWER, b"\x02").encode()
        return Frame(frame.seq, frame.command | ANSWER, done).encode()


class RatingEmulator(CounterEmulator):
    """press(grade) is the person's hand; auto: pressed so many seconds after each question."""

    model = "YR-1"

    def __init__(self, auto: int | None = None, after: float = 0.0) -> None:
        super().__init__(RATING_FAULTS)
        self.greeted: tuple[str, ...] = ()
        self.asked: list[tuple[str, ...]] = []
        self.lit = False
        self.beeps = 0
        self._auto, self._after = auto, after
        self._hand = threading.Lock()
        self._seq = 0
        self._until = self._auto_at = self._say_at = 0.0
        self._key: int | None = None

    def press(self, grade: int) -> None:
        """A key goes down; it counts while the keys are lit. 0: the key "no rating"."""
        with self._hand:
            if self.lit and self._key is None:
                self._key, self._say_at = grade, 0.0

    def do(self, frame: Frame) -> bytes | None:
        with self._hand:
            if frame.command == Cmd.GREET:
                self.greeted = tuple(decode_fields(frame.data))
            elif frame.command == Cmd.ASK and frame.data:
                now = time.monotonic()
                self.asked.append(tuple(decode_fields(frame.data[1:])))
                self.lit, self._key, self._seq = True, None, frame.seq
                self.beeps += 1
                self._until, self._auto_at = now + frame.data[0], now + self._after
            elif frame.command in (Cmd.STOP, Cmd.THANKS):
                self.lit, self._key = False, None
            else:
                return None
        return b""

    def tick(self) -> None:
        now = time.monotonic()
        with self._hand:
            if not self.lit:
                return
            if self._key is None and not self.faults.on("no-key"):
                if self._auto is not None and now >= self._auto_at:
                    self._key, self._say_at = self._auto, 0.0
                elif now >= self._until:
                    self._key, self._say_at = NOBODY, 0.0
            if self._key is None or now < self._say_at:
                return
            self._say_at = now + _REPEAT
            key, seq = self._key, self._seq
        if self.faults.on("early-key"):
            self.send(Frame((seq + 7) % 256, Cmd.KEY, b"\x01").encode())
        if self.faults.on("wild-key"):
            key = 9
        data = Frame(seq, Cmd.KEY, bytes((key,))).encode()
        self.answer(data[:5] if self.faults.on("torn-key") else data)


class CallerEmulator(CounterEmulator):
    """shown: (number, counter, called again) of each call, the last one last."""

    model = "YL-1"

    def __init__(self) -> None:
        super().__init__(FAULTS)
        self.shown: list[tuple[str, str, bool]] = []

    def do(self, frame: Frame) -> bytes | None:
        if frame.command != Cmd.SHOW or not frame.data:
            return None
        number, counter = (*decode_fields(frame.data[1:]), "")[:2]
        self.shown.append((number, counter, bool(frame.data[0] & 1)))
        return b""
