"""How a device call ended. Unknown is never shown as success nor as failure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Outcome(StrEnum):
    """Every device call ends in one of these."""

    OK = "OK"
    NOT_PRESENT = "NOT_PRESENT"
    """Nothing to read: no card on the reader, no code in view. The device itself works."""
    BUSY = "BUSY"
    TIMEOUT = "TIMEOUT"
    """The device did not answer in time."""
    DENIED_BY_USER = "DENIED_BY_USER"
    UNREADABLE = "UNREADABLE"
    """Something is there and cannot be read: dirty chip, torn page, failed verification."""
    OUT_OF_PAPER = "OUT_OF_PAPER"
    DISCONNECTED = "DISCONNECTED"
    """The device cannot be reached: unplugged, switched off, wrong address, no permission."""
    FAULT = "FAULT"
    """The device answers and says that it is broken, or answers against its protocol."""
    CANCELLED = "CANCELLED"
    UNKNOWN = "UNKNOWN"
    """It may or may not have worked (a print whose acknowledgement was lost). A person must look."""


@dataclass(frozen=True, slots=True)
class Reply(Generic[T]):
    """The result of one device call. value is set only when outcome is OK. detail: Chinese, for the clerk. partly: the
    outcome is known and is no success, but something was done before: of a print, a part or all of it may be out."""

    outcome: Outcome
    value: T | None = None
    detail: str = ""
    partly: bool = False

    @property
    def ok(self) -> bool:
        return self.outcome is Outcome.OK

    def unwrap(self) -> T:
        """The value of an OK reply; ValueError otherwise."""
        if self.outcome is not Outcome.OK or self.value is None:
            raise ValueError(f"no value: {self.outcome} {self.detail}")
        return self.value
