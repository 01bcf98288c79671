"""A document reader that sends machine-readable zones as lines over a serial port (POSIX only), and made-up zones."""

from __future__ import annotations

import contextlib
import os
import pty
import queue
import re
import threading
import tty

from devices.emulators.faults import Faults
from devices.emulators.people import DemoPerson
from devices.emulators.sam import NO_PORT

FAULTS = frozenset(
    {
        "no-card",  # the document is not noticed
        "split",  # the characters come one by one
        "garbage",  # characters that are no zone
        "half",  # the zone breaks off
        "unplug",  # the line dies in the middle of the zone
        "bare",  # nothing but the zone's characters: no line ends
        "framed",  # STX, lines with CR and LF, ETX
        "babble",  # a stream of characters without end
    }
)
_PIECE_SECONDS = 0.001


class MrzEmulator:
    """Sends what is laid on it, once. `path` is the port to open, valid between start and stop.

    faults: see FAULTS. lay and the fault switches may be used from any thread at any time.
    """

    def __init__(self, more_faults: frozenset[str] = frozenset(), faults: Faults | None = None) -> None:
        """faults: shared with the rest of a reader; more_faults: else what they know besides."""
        self.faults = faults or Faults(FAULTS | more_faults)
        self.path = NO_PORT
        self._jobs: queue.Queue[tuple[tuple[str, ...], float]] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._pulled = threading.Event()
        self._master = self._slave = -1

    def start(self) -> None:
        """Make the pseudo-terminal. Starting twice is harmless."""
        if self._thread:
            return
        self._master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        self.path = os.ttyname(self._slave)
        self._stop.clear()
        self._pulled.clear()
        self._thread = threading.Thread(target=self._serve, name="mrz-emulator", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Take everything down. Stopping twice is harmless."""
        thread, self._thread = self._thread, None
        if thread:
            self._stop.set()
            thread.join()
            self.path = NO_PORT
            os.close(self._slave)

    def lay(self, zone: tuple[str, ...], after: float = 0.0) -> None:
        """Lay a document on the reader, after so many seconds."""
        self._jobs.put((zone, after))

    def unplug(self) -> None:
        """Pull the cable. The line stays dead until stop and start."""
        self._pulled.set()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while not self._stop.is_set() and not self._pulled.is_set():
                try:
                    zone, after = self._jobs.get(timeout=0.02)
                except queue.Empty:
                    continue
                if self._stop.wait(after):
                    break
                self._send(zone)
        os.close(self._master)

    def _send(self, zone: tuple[str, ...]) -> None:
        if self.faults.on("no-card"):
            return
        if self.faults.on("babble"):
            while not self._stop.wait(0.02):
                os.write(self._master, b"X7<")
            return
        if self.faults.on("garbage"):
            zone = ("~~??", "NO READ")
        text = "\r".join(zone) + "\r"
        if self.faults.on("bare"):
            text = "".join(zone)
        if self.faults.on("framed"):
            text = "\x02" + "\r\n".join(zone) + "\r\n\x03"
        data = text.encode("ascii")
        if self.faults.on("half"):
            data = data[: len(data) // 2]
        if self.faults.on("unplug"):
            os.write(self._master, data[:20])
            self._stop.wait(0.1)
            self._pulled.set()
            return
        size = 1 if self.faults.on("split") else len(data)
        for at in range(0, len(data), size):
            os.write(self._master, data[at : at + size])
            if size == 1:
                self._stop.wait(_PIECE_SECONDS)


def passport_zone(person: DemoPerson) -> tuple[str, str]:
    """The zone of a made-up passport (TD3, ICAO 9303-4) of a demo person, with right check digits."""
    card = person.card
    country = card.nationality or "CHN"
    # Hyphens are fillers too (9303-3 §4.6).
    latin = re.sub(r"[^A-Z ]", " ", (card.name_en or person.id).upper().replace(",", " ", 1))
    family, _, given = latin.strip().partition(" ")
    name = f"P<{country}{family}<<{'<'.join(given.split())}"
    number = "E" + person.phone[-8:]
    birth = (card.birth or "1990-01-01").replace("-", "")[2:]
    sex = {"男": "M", "女": "F"}.get(card.sex or "", "<")
    line = f"{number}{digit(number)}{country}{birth}{digit(birth)}{sex}310101{digit('310101')}{'<' * 14}<"
    return name[:44].ljust(44, "<"), line + digit(line[:10] + line[13:20] + line[21:43])


def digit(text: str) -> str:
    """The check digit of ICAO 9303-3 §4.9: weights 7, 3, 1, modulo 10."""
    values = (0 if char == "<" else int(char, 36) for char in text)
    return str(sum(value * (7, 3, 1)[n % 3] for n, value in enumerate(values)) % 10)
