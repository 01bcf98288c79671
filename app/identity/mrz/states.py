"""Who issues documents and of what nationality people are: the codes of ICAO Doc 9303-3, section 5."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import resources


class StateKind(StrEnum):
    """What a code stands for."""

    STATE = "state"
    BRITISH = "british"
    """A class of British nationality other than citizen."""
    ORGANISATION = "organisation"
    PERSON = "person"
    """A person without a known nationality: never an issuer."""
    SPECIMEN = "specimen"


@dataclass(frozen=True, slots=True)
class State:
    """code: one to three letters without fillers (Germany: D)."""

    code: str
    kind: StateKind
    name: str
    name_en: str
    note: str = ""


@cache
def states() -> Mapping[str, State]:
    """Every code, from resources/identity/states.tsv."""
    found = {}
    for line in resources.path("identity/states.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, kind, name, name_en, note = line.split("\t")
            found[code] = State(code, StateKind(kind), name, name_en, note)
    return found


def state(field: str) -> State | None:
    """The state of a field of three characters (D<<, CHN); None when the list has no such code."""
    return states().get(field.rstrip("<"))


def alpha3(field: str) -> str:
    """The code as forms want it, three letters of ISO 3166-1 where there is one: D -> DEU; "" for none."""
    code = field.rstrip("<")
    known = states().get(code)
    if known is None:
        return ""
    if code == "D":
        return "DEU"
    return "GBR" if known.kind is StateKind.BRITISH else code
