"""Possible duplicates 疑似重复: another window accepted the same item for the same applicant."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    """What a person says of the two, from the window's own case."""

    BOTH = "both"
    """Two things: both go on."""
    MINE = "mine"
    """One thing, and this window's case goes on."""
    OTHER = "other"
    """One thing, and the other window's case goes on."""


@dataclass(frozen=True, slots=True)
class Double:
    """The other case. place: hall and window. decision: None while nobody has said anything; clerk: who did."""

    message_id: str
    double_id: str
    case_no: str
    provisional_no: str
    place: str
    accepted_at: dt.datetime
    decision: Decision | None = None
    clerk: str = ""
