"""How a message feels; by itself, because what is painted first needs this of the views and nothing else."""

from __future__ import annotations

from enum import StrEnum


class Tone(StrEnum):
    """How a message feels. Never told by colour alone: each tone also has its icon or word."""

    NEUTRAL = "neutral"
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"
