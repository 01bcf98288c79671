"""A chip that was read, ready to be shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.identity.chip.read import ChipReading


@dataclass(frozen=True, slots=True)
class CheckedChip:
    """reading: with its verdict. portrait: PNG, None where there is none that can be shown. at: when, UTC."""

    reading: ChipReading
    portrait: bytes | None
    at: dt.datetime
