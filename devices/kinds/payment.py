"""G. What takes money."""

from __future__ import annotations

import abc
from dataclasses import dataclass

from devices.base import Device, DeviceKind
from devices.outcome import Reply

MOST_FEN = 10_000_000_00
"""The most that one payment may take: a slipped digit must not empty an account."""


@dataclass(frozen=True, slots=True)
class Payment:
    """What a terminal reports. amount: fen (CNY 0.01). reference: the acquirer's. card: masked, or the wallet."""

    amount: int
    reference: str
    trace: str
    card: str = ""


class PaymentTerminal(Device):
    """Kind 19. A card terminal on a line, or an aggregate-code service 聚合码. Money is never assumed: UNKNOWN says
    that it may have moved, and `query` finds out."""

    kind = DeviceKind.PAYMENT_TERMINAL
    takes_code = False
    """Does `pay` want the payer's code?"""

    @abc.abstractmethod
    def pay(self, amount: int, order: str, code: str = "", timeout: float = 120.0) -> Reply[Payment]:
        """Take amount fen for an order number (unique; asking twice for one order never takes money twice). code: the
        payer's scanned payment code, where the device takes one. DENIED_BY_USER: cancelled on the device.
        UNREADABLE: declined, and the detail says by whom. UNKNOWN: the line broke, or the call was
        cancelled, after the request was sent. Of every other outcome: nothing was taken."""

    @abc.abstractmethod
    def query(self, order: str) -> Reply[Payment]:
        """What became of an order. NOT_PRESENT, UNREADABLE: nothing was taken. UNKNOWN: it is still under way. Any
        other outcome says nothing about the money."""

    @abc.abstractmethod
    def refund(self, order: str, amount: int) -> Reply[Payment]:
        """Give back at most what was paid. UNKNOWN as of `pay`."""
