"""What the dialogs of payment and calling show."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeeView:
    """One thing to pay for. fen: as the catalogue has it; the clerk may correct it."""

    name: str
    fen: int


@dataclass(frozen=True, slots=True)
class PaymentView:
    """subject: what is paid for. ways: (slot, words) of the devices there, those that want the payer's code also in
    with_code."""

    subject: str
    fees: tuple[FeeView, ...]
    ways: tuple[tuple[str, str], ...]
    with_code: frozenset[str] = frozenset()
    camera: bool = False
    """Can the code be read by a camera of the counter?"""


@dataclass(frozen=True, slots=True)
class PaidView:
    """What was paid. facts: when, by whom, which reference, in words. in_doubt: it was given back, or not."""

    subject: str
    fen: int
    facts: str
    may_refund: bool
    in_doubt: bool = False
