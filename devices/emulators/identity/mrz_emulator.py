"""A document reader that sends machine-readable zones as lines over a serial port (POSIX only), and made-up zones."""

from __future__ import annotations

import queue
import re

from devices.emulators.faults import Faults
from devices.emulators.links.pseudo_terminal import PseudoTerminal
from devices.emulators.people import DemoPerson

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


class MrzEmulator(PseudoTerminal):
    """Sends what is laid on it, once.

    faults: see FAULTS. lay and the fault switches may be used from any thread at any time.
    """

    def __init__(self, more_faults: frozenset[str] = frozenset(), faults: Faults | None = None) -> None:
        """faults: shared with the rest of a reader; more_faults: else what they know besides."""
        super().__init__(faults or FAULTS | more_faults)
        self._jobs: queue.Queue[tuple[tuple[str, ...], float]] = queue.Queue()

    def lay(self, zone: tuple[str, ...], after: float = 0.0) -> None:
        """Lay a document on the reader, after so many seconds."""
        self._jobs.put((zone, after))

    def idle(self) -> None:
        try:
            zone, after = self._jobs.get_nowait()
        except queue.Empty:
            return
        if not self._stop.wait(after):
            self._send(zone)

    def _send(self, zone: tuple[str, ...]) -> None:
        if self.faults.on("no-card"):
            return
        if self.faults.on("babble"):
            while not self._stop.wait(0.02):
                self.send(b"X7<")
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
            self.send(data[:20])
            self._stop.wait(0.1)
            self.unplug()
            return
        if self.faults.on("split"):
            self.send(data, _PIECE_SECONDS, 1)
        else:
            self.send(data)


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
