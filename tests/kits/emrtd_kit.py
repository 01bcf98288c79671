"""Passports of made-up people for the tests: chips in this process, lists that know their state."""

from __future__ import annotations

import datetime as dt
from functools import cache

import cv2

from app.identity.chip.csca import CscaList, Root
from app.identity.chip.password import from_zone
from app.identity.chip.read import ChipReading, Told, Wanted, read_chip
from app.identity.chip.signed import read_certificate
from app.identity.chip.transport import LineTorn, Response
from devices.emulators.identity.cards import Lifted
from devices.emulators.identity.emrtd_chip import EmrtdChip
from devices.emulators.identity.emrtd_issuer import Holder, State, utopia
from devices.emulators.identity.emrtd_plan import Plan
from devices.emulators.identity.mrz_emulator import digit
from devices.emulators.imaging.drawn import face

AT = dt.datetime(2026, 11, 22, 2, 0, tzinfo=dt.UTC)
ELSEWHERE = State.made_up("XO", "Elsewhere CSCA")


def _zone() -> tuple[str, str]:
    number, birth, expiry = "U12345678", "900215", "330601"
    line = f"{number}{digit(number)}UTO{birth}{digit(birth)}F{expiry}{digit(expiry)}{'<' * 14}<"
    return "P<UTOBAI<<MINGYUE".ljust(44, "<"), line + digit(line[:10] + line[13:20] + line[21:43])


ZONE = _zone()


@cache
def picture(kind: str = "jp2") -> bytes:
    """A drawn face, encoded."""
    return cv2.imencode(f".{kind}", cv2.resize(face(0.0), (120, 160)))[1].tobytes()


def holder(kind: str = "jp2") -> Holder:
    """Somebody whose name needs rare characters."""
    return Holder(ZONE, picture(kind), "白<<𬭚玥", "湖州市")


def root(state: State, source: str = "utopia.ml") -> Root:
    """The state's certificate as an entry of the list."""
    return Root(read_certificate(state.csca.der), source, AT)


def trust(*states: State) -> CscaList:
    """A list that knows these states; Utopia and Elsewhere when none are named."""
    return CscaList(tuple(root(state) for state in states or (utopia(), ELSEWHERE)), {"UTO": "UT", "XOM": "XO"})


class Wire:
    """A transport to a chip in this process. sent: the commands."""

    def __init__(self, chip: EmrtdChip) -> None:
        self.chip = chip
        self.sent: list[bytes] = []
        chip.reset()

    def transmit(self, command: bytes) -> Response:
        self.sent.append(command)
        try:
            answer = self.chip.answer(command)
        except Lifted:
            raise LineTorn("证件已移开") from None
        return Response(answer[:-2], int.from_bytes(answer[-2:], "big"))


def chip_of(plan: Plan | None = None, *faults: str, state: State | None = None, kind: str = "jp2") -> EmrtdChip:
    """A chip with these faults."""
    chip = EmrtdChip(holder(kind), state, plan)
    for fault in faults:
        chip.faults.set(fault)
    return chip


def read(chip: EmrtdChip, told: Told = lambda step, percent: None, **changes: object) -> ChipReading:
    """Read it as the counter does: with the printed zone and the list."""
    settings: dict[str, object] = {
        "password": from_zone(ZONE), "trust": trust(), "at": AT, "zone": ZONE, "portrait": False,
    }  # fmt: skip
    return read_chip(Wire(chip), Wanted(**{**settings, **changes}), told)  # type: ignore[arg-type]
