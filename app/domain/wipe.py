"""Remote wipe 远程清除: what the platform may order of a device at the next contact."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class WipeKind(StrEnum):
    RETURN = "return"
    """The device is handed back: all that was accepted is sent first, then everything goes."""
    STOLEN = "stolen"
    """The device is in foreign hands: its keys are destroyed at once; what was not sent is lost."""


@dataclass(frozen=True, slots=True)
class WipeOrder:
    """One order. issued_at: at the platform, UTC."""

    order_id: str
    kind: WipeKind
    issued_at: dt.datetime
