"""A PIN pad on a pseudo-terminal for the real `pinpad+serial` driver; `enter` and `press_cancel` are fingers."""

from __future__ import annotations

import struct
import threading
import time
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from devices.drivers.entry.pinpad_frames import (
    ANSWER,
    KEY,
    VERSION,
    Command,
    Decoder,
    Forged,
    Message,
    Session,
    State,
    fingerprint,
    pad_session,
    pin_block,
    public,
)
from devices.emulators.links.pseudo_terminal import PseudoTerminal

FAULTS = frozenset(
    {
        "mute",  # no answer to anything
        "idle",  # nobody touches the keys
        "busy",  # in use elsewhere
        "half",  # answers stop in the middle
        "half-result",  # the first saying of the result stops in the middle
        "garbage",  # noise before answers, a flipped byte in them
        "wrong-length",  # one digit fewer than asked for
        "cancel",  # the person presses cancel
        "forged",  # the result is sealed by somebody else
        "tampered",  # the pad reports that it was opened
        "unplug",  # the line dies when digits are being entered
    }
)
NAME = "密码键盘 YPP-1（模拟）"


@dataclass
class _Question:
    sequence: int
    session: Session
    shortest: int
    longest: int
    until: float
    prompt: str


class PinPadEmulator(PseudoTerminal):
    """`enter` types and presses confirm; digits set beforehand are typed whenever the pad asks.

    wire: every byte that passed, so that tests can look for what must not be in it.
    """

    def __init__(self, digits: str = "", after: float = 0.0) -> None:
        super().__init__(FAULTS)
        self.digits = digits
        self.after = after
        self.wire = bytearray()
        self.prompt = ""
        self._lasting = X25519PrivateKey.generate()
        self._decoder = Decoder()
        self._session: Session | None = None
        self._asked: _Question | None = None
        self._asked_at = 0.0
        self._ended = b""
        self._typed: list[str | None] = []
        self._lock = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """What `pad=` in a URI pins."""
        return fingerprint(public(self._lasting))

    @property
    def asking(self) -> bool:
        """Does the pad wait for digits?"""
        return self._asked is not None

    def enter(self, digits: str) -> None:
        """Type digits and confirm. From any thread."""
        with self._lock:
            self._typed.append(digits)

    def press_cancel(self) -> None:
        """From any thread."""
        with self._lock:
            self._typed.append(None)

    def plugged_in(self) -> None:
        self._decoder.reset()
        self._session = self._asked = None
        self._ended = b""

    def hear(self, data: bytes) -> None:
        self.wire += data
        for message in self._decoder.feed(data):
            if not self.faults.on("mute"):
                self._take(message)

    def idle(self) -> None:
        asked = self._asked
        if asked is None:
            return
        with self._lock:
            typed = self._typed.pop(0) if self._typed else ""
        if not typed and self.digits and time.monotonic() >= self._asked_at + self.after:
            typed = self.digits
        if self.faults.on("idle"):
            typed = ""
        elif self.faults.on("cancel"):
            typed = None
        if self.faults.on("tampered"):
            self._end(State.BROKEN)
        elif typed is None:
            self._end(State.CANCELLED)
        elif typed:
            self._type(asked, typed)
        elif time.monotonic() > asked.until:
            self._end(State.TIMED_OUT)

    def _type(self, asked: _Question, digits: str) -> None:
        for number in range(1, len(digits) + 1):
            # The host learns how many dots to show, never which key.
            self._say(Message(Command.KEY, asked.sequence, bytes((number,))))
            if self.faults.on("unplug"):
                self.unplug()
                return
        if len(digits) > asked.longest or len(digits) < asked.shortest:
            return  # the pad beeps and goes on asking
        if self.faults.on("wrong-length"):
            digits = digits[:-1] if asked.shortest == len(digits) else digits + "0"
        session = Session(bytes(KEY)) if self.faults.on("forged") else asked.session
        self._end(State.DONE, session.seal(b"P", asked.sequence, pin_block(digits)))

    def _take(self, message: Message) -> None:
        busy = self.faults.on("busy")
        match message.command:
            case Command.STATUS:
                state = State.BUSY if busy or self._asked else State.DONE
                self._answer(message, state, NAME.encode())
            case Command.HELLO:
                if busy:
                    self._answer(message, State.BUSY)
                    return
                self._hello(message)
            case Command.ASK:
                self._question(message)
            case Command.CANCEL:
                self._asked = None
                self._answer(message, State.DONE)
            case Command.AGAIN if self._ended:
                self._say_raw(self._ended)
            case _:
                self._answer(message, State.REFUSED)

    def _hello(self, message: Message) -> None:
        try:
            if message.data[:1] != bytes((VERSION,)):
                raise Forged
            self._session, data = pad_session(self._lasting, message.data[1:], message.sequence)
        except Forged:
            self._answer(message, State.REFUSED)
            return
        self._answer(message, State.DONE, data)

    def _question(self, message: Message) -> None:
        if self._session is None:
            self._answer(message, State.REFUSED)
            return
        try:
            plain = self._session.open(b"H", message.sequence, message.data)
            shortest, longest, seconds = struct.unpack_from(">BBB", plain)
        except (Forged, struct.error):
            self._answer(message, State.REFUSED)
            return
        self.prompt = plain[3:].decode()
        self._asked_at = time.monotonic()
        until = self._asked_at + seconds
        self._asked = _Question(message.sequence, self._session, shortest, longest, until, self.prompt)
        self._answer(message, State.TAKEN)

    def _end(self, state: State, data: bytes = b"") -> None:
        asked, self._asked, self._session = self._asked, None, None
        if asked is None:
            return
        self._ended = Message(Command.ASK | ANSWER, asked.sequence, bytes((state,)) + data).encode()
        if self.faults.on("half-result"):
            self.wire += self._ended
            self.send(self._ended[: len(self._ended) // 2])
            return
        self._say_raw(self._ended)

    def _answer(self, to: Message, state: State, data: bytes = b"") -> None:
        self._say(Message(to.command | ANSWER, to.sequence, bytes((state,)) + data))

    def _say(self, message: Message) -> None:
        self._say_raw(message.encode())

    def _say_raw(self, frame: bytes) -> None:
        if self.faults.on("garbage"):
            middle = len(frame) // 2
            frame = b"\x02\xff\x00" + frame[:middle] + bytes((frame[middle] ^ 0x40,)) + frame[middle + 1 :]
        if self.faults.on("half"):
            frame = frame[: len(frame) // 2]
        self.wire += frame
        self.send(frame)
