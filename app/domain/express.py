"""Free express delivery 免费寄递: a parcel with results, from the order to the hand of whoever takes it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_MAIL_NUMBER = re.compile(r"[A-Z]{2}([0-9]{8})([0-9])[A-Z]{2}")


class ParcelState(StrEnum):
    """How far a parcel is."""

    QUEUED = "queued"
    """待下单: the carrier has not answered yet; it is asked again."""
    ACCEPTED = "accepted"
    """已下单: the carrier gave its number."""
    COLLECTED = "collected"
    """已揽收"""
    DELIVERED = "delivered"
    """已妥投"""
    CANCELLED = "cancelled"
    """已取消"""
    REFUSED = "refused"
    """承运方不收: a person must look."""

    @property
    def open(self) -> bool:
        """Will the carrier still say something of it?"""
        return self in (ParcelState.QUEUED, ParcelState.ACCEPTED, ParcelState.COLLECTED)


@dataclass(frozen=True, slots=True)
class Step:
    """What the carrier says of a parcel. place: where; words: its own."""

    state: ParcelState
    at: dt.datetime
    words: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """One parcel. order: our own id of it, the carrier's idempotency key. cases, numbers: case_ids and
    受理流水号 of those whose results are in it.

    mail_no: 邮件号, "" until the carrier gave one. signer: who took it, as the carrier says. reason: why refused.
    """

    order: str
    cases: tuple[str, ...]
    numbers: tuple[str, ...]
    recipient: str
    phone: str
    address: str
    contents: str
    clerk: str
    made_at: dt.datetime
    state: ParcelState = ParcelState.QUEUED
    carrier: str = ""
    mail_no: str = ""
    steps: tuple[Step, ...] = ()
    signer: str = ""
    reason: str = ""

    @property
    def delivered_at(self) -> dt.datetime | None:
        """When it was handed over; None while it is under way."""
        found: Sequence[Step] = [step for step in self.steps if step.state is ParcelState.DELIVERED]
        return found[-1].at if found else None


def check_digit(serial: str) -> int:
    """The ninth digit of a postal item's number, from its eight: UPU standard S10, "Identification of postal items":
    weights 8 6 4 2 3 5 9 7, 11 less the sum's rest by 11; 10 counts as 0 and 11 as 5. ValueError: not eight digits."""
    if len(serial) != 8 or not serial.isascii() or not serial.isdecimal():
        raise ValueError("eight digits")
    digit = 11 - sum(weight * int(char) for weight, char in zip(_WEIGHTS, serial, strict=True)) % 11
    return {10: 0, 11: 5}.get(digit, digit)


def is_mail_number(text: str) -> bool:
    """Is it a 13-character number of UPU S10 (service, eight digits, check digit, country) with the right digit?"""
    found = _MAIL_NUMBER.fullmatch(text)
    return found is not None and check_digit(found[1]) == int(found[2])
