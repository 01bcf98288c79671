"""The passports of the demo's people: their chips, issued by the made-up state."""

from __future__ import annotations

import re
from functools import cache

import cv2

import resources
from devices.emulators.faults import Faults
from devices.emulators.identity.emrtd_chip import EmrtdChip
from devices.emulators.identity.emrtd_issuer import Holder, State
from devices.emulators.identity.mrz_emulator import passport_zone
from devices.emulators.imaging.drawn import face
from devices.emulators.people import DemoPerson, demo_people

_PORTRAIT = (240, 320)


@cache
def _portrait() -> bytes:
    """A drawn face as passports hold it: JPEG 2000, some 15 KB."""
    drawn = cv2.resize(face(0.0)[:, 80:440], _PORTRAIT, interpolation=cv2.INTER_AREA)
    packed = cv2.imencode(".jp2", drawn, [cv2.IMWRITE_JPEG2000_COMPRESSION_X1000, 120])[1]
    return bytes(packed.tobytes())


@cache
def demo_state(code: str) -> State:
    """The made-up state that issues under this code of a zone. Its certificate names two letters, as real ones do."""
    text = resources.path("identity/alpha2.tsv").read_text(encoding="utf-8")
    short = next((line[-2:] for line in text.splitlines() if line.startswith(f"{code}\t")), code)
    return State.made_up(short, f"Demo CSCA {short}")


def demo_states() -> tuple[State, ...]:
    """Those of all demo people."""
    codes = {passport_zone(person)[0][2:5].rstrip("<") for person in demo_people().values()}
    return tuple(demo_state(code) for code in sorted(codes))


def passport_chip(person: DemoPerson, faults: Faults | None = None) -> EmrtdChip:
    """The chip in a demo person's passport. faults: see emrtd_chip.FAULTS."""
    name = person.card.name or ""
    # Surname and given names are parted by two fillers (Doc 9303-10, table of DG11).
    written = f"{name[:1]}<<{name[1:]}" if name and not re.search(r"[A-Za-z ]", name) else ""
    zone = passport_zone(person)
    return EmrtdChip(Holder(zone, _portrait(), written), demo_state(zone[0][2:5].rstrip("<")), faults=faults)
