"""A SAM module on a pseudo-terminal: a resident-ID reader for the real `sdt` driver to talk to (POSIX only)."""

from __future__ import annotations

import hashlib
import itertools
import struct
import time

from app.domain.person import IdCard
from devices.drivers.identity.sdt_frames import PREAMBLE, REQUEST_MIN, Damage, FrameDecoder, Request, Response
from devices.drivers.identity.sdt_text import build_text
from devices.emulators.links.pseudo_terminal import PseudoTerminal

SAM_ID_BYTES = struct.pack("<HHIII", 5, 3, 20261121, 1, 20260002)

# SW3 that can be asked for as a fault `sw-XX`, and the command (CMD, PARA) that answers with it.
_STATUS, _SAM_ID, _FIND, _SELECT, _READ = (0x11, 0xFF), (0x12, 0xFF), (0x20, 0x01), (0x20, 0x02), (0x30, 0x01)
_STATES = {
    **dict.fromkeys((0x60, 0x66), _STATUS),
    **dict.fromkeys((0x24, 0x80), _FIND),
    **dict.fromkeys((0x31, 0x32, 0x81), _SELECT),
    **dict.fromkeys((0x10, 0x11, 0x21, 0x23, 0x33, 0x40, 0x41, 0x47, 0x91), _READ),
}
_LINE_FAULTS = {
    "split",  # the answer comes in small pieces
    "late",  # the answer comes after late_seconds
    "noise",  # garbage before, between and after
    "bad-checksum",
    "wrong-length",  # the length field promises more than comes
    "half",  # the answer stops in the middle
    "silent",  # no answer to anything
    "hang",  # no answer to the read command
    "unplug",  # the line dies in the middle of the read answer
    "no-card",  # the card is not noticed
}
FAULTS = frozenset(_LINE_FAULTS | {f"sw-{state:02x}" for state in _STATES})

_NOISE_BEFORE = b"\x00\xff\x69" + PREAMBLE[:4] + b"\xaa" + PREAMBLE + b"\xff\xff\x00\xaa\xaa"
_NOISE_AFTER = PREAMBLE[:3] + b"\x96\x00\x55"
_PIECES = (1, 2, 4, 1, 9, 64)


class SamEmulator(PseudoTerminal):
    """Answers as a SAM does; a card stays placed when it is stopped.

    faults: see FAULTS. place, remove, unplug and the fault switches may be used from any thread at any time.
    """

    def __init__(self, more_faults: frozenset[str] = frozenset()) -> None:
        """more_faults: those of what stands between the SAM and the computer."""
        super().__init__(FAULTS | more_faults)
        self.late_seconds = 0.4
        self._card: tuple[IdCard, bytes, float] | None = None
        self._found = self._selected = False
        self._decoder = FrameDecoder(minimum=REQUEST_MIN)

    def plugged_in(self) -> None:
        self._decoder = FrameDecoder(minimum=REQUEST_MIN)

    def place(self, card: IdCard, photo: bytes | None = None, after: float = 0.0) -> None:
        """Lay a card on the reader, after so many seconds. ValueError when its text does not fit the chip."""
        self._card = None
        self._found = self._selected = False
        self._card = (card, text_and_photo(card, photo), time.monotonic() + after)

    def remove(self) -> None:
        """Take the card away."""
        self._card = None
        self._found = self._selected = False

    def hear(self, data: bytes) -> None:
        for found in self._decoder.feed(data):
            self._reply(found)
            if self._pulled.is_set():
                return

    def _reply(self, found: bytes | Damage) -> None:
        if isinstance(found, Damage):
            self._send(Response(0x10 if found is Damage.CHECKSUM else 0x11).encode(), reading=False)
            return
        request = Request.from_body(found)
        reading = request.command == 0x30
        if self.faults.on("silent") or (reading and self.faults.on("hang")):
            return
        self._send(self._answer(request).encode(), reading)

    def _answer(self, request: Request) -> Response:
        asked = (request.command, request.parameter)
        for state, command in _STATES.items():
            if command == asked and self.faults.on(f"sw-{state:02x}"):
                return Response(state)
        content = self._content()
        if asked in (_STATUS, (0x10, 0xFF)):
            return Response(0x90)
        if asked == _SAM_ID:
            return Response(0x90, SAM_ID_BYTES)
        if asked == _FIND:
            self._found, self._selected = content is not None, False
            return Response(0x9F, bytes(4)) if content else Response(0x80)
        if asked == _SELECT:
            self._selected = self._found and content is not None
            return Response(0x90, bytes(8)) if self._selected else Response(0x81)
        if asked in (_READ, (0x30, 0x10), (0x30, 0x03)):
            if not (content and self._selected):
                return Response(0x41)
            if asked == (0x30, 0x03):
                return Response(0x91)
            lengths = struct.pack(">HH", 256, len(content) - 256)
            return Response(0x90, lengths + (b"" if asked == _READ else bytes(2)) + content)
        return Response(0x21)

    def _content(self) -> bytes | None:
        placed = self._card
        if placed is None or time.monotonic() < placed[2] or self.faults.on("no-card"):
            return None
        return placed[1]

    def _send(self, answer: bytes, reading: bool) -> None:
        if self.faults.on("late") and self._stop.wait(self.late_seconds):
            return
        if self.faults.on("bad-checksum"):
            answer = answer[:-1] + bytes((answer[-1] ^ 0x5A,))
        if self.faults.on("wrong-length"):
            length = int.from_bytes(answer[5:7], "big") + 16
            answer = answer[:5] + length.to_bytes(2, "big") + answer[7:]
        if self.faults.on("half"):
            answer = answer[: len(answer) // 2]
        if reading and self.faults.on("unplug"):
            answer = answer[: len(answer) // 2]
            self.unplug()
        if self.faults.on("noise"):
            answer = _NOISE_BEFORE + answer + _NOISE_AFTER
        pieces = self._pieces(answer)
        for piece in pieces:
            self.send(piece)
            # Long enough for the driver to wake up on each piece.
            if len(pieces) > 1 and self._stop.wait(0.002):
                return

    def _pieces(self, answer: bytes) -> list[bytes]:
        if not self.faults.on("split"):
            return [answer]
        pieces: list[bytes] = []
        sizes = itertools.cycle(_PIECES)
        while answer:
            size = next(sizes)
            pieces.append(answer[:size])
            answer = answer[size:]
        return pieces


def text_and_photo(card: IdCard, photo: bytes | None = None) -> bytes:
    """What the chip holds: 256 bytes of text and a photo. Without a photo, 1,024 bytes that no decoder can show,
    the same ones for the same card."""
    text = build_text(card)
    if photo is None:
        seeds = (hashlib.sha256(text + bytes((n,))).digest() for n in range(32))
        photo = b"WLf\x7e" + b"".join(seeds)[4:]
    return text + photo
