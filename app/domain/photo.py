"""A photograph of a person that other windows of the platform may use, with consent (一窗通拍)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

MOST_DAYS = 180
"""Six months from the day of the shot, as the rules for photographs on documents have it; the platform keeps none
longer, whatever a window asks."""
ENDED = "photo-ended-"
"""Entities of the feed `policies`, seen by the window that took it alone: the photograph was taken back or replaced."""


class PhotoDeed(StrEnum):
    """What is written down."""

    KEEP = "keep"
    FIND = "find"
    OPEN = "open"
    WITHDRAW = "withdraw"


class PhotoStanding(StrEnum):
    """What a photograph comes to at the platform."""

    KEPT = "kept"
    REPLACED = "replaced"
    """A newer one of the same person stands there."""
    WITHDRAWN = "withdrawn"
    """The person took the consent back, here or after the shot at another window."""
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SharedPhoto:
    """One that the platform has. taken: UTC. until: the last legal day on which it serves. place: the window."""

    photo_id: str
    taken: dt.datetime
    until: dt.date
    place: str
