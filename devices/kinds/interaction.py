"""F. What the person at the counter sees, hears and answers on."""

from __future__ import annotations

import abc

from devices.base import Device, DeviceKind, Picture
from devices.outcome import Reply


class RatingDevice(Device):
    """Kind 16. 评价器: five keys, 5 very satisfied … 1 very unsatisfied (GB/T 39735)."""

    kind = DeviceKind.RATING_DEVICE

    @abc.abstractmethod
    def ask_rating(self, clerk: str, item: str, timeout: float = 60.0) -> Reply[int]:
        """Light the keys and wait: 1 to 5. NOT_PRESENT: nobody pressed in time. DENIED_BY_USER: the person declined."""

    @abc.abstractmethod
    def greet(self, clerk: str, number: str) -> Reply[str]:
        """Show who serves here; both may be empty."""


class CustomerScreen(Device):
    """Kind 17. What is turned to the person: a second screen, or a display with lines of text."""

    kind = DeviceKind.CUSTOMER_SCREEN

    @abc.abstractmethod
    def show_picture(self, picture: Picture) -> Reply[str]:
        """Show it until something else comes. NOT_PRESENT: it shows text only."""

    @abc.abstractmethod
    def show_lines(self, lines: tuple[str, ...]) -> Reply[str]:
        """Show lines of text; empty clears it."""


class QueueCaller(Device):
    """Kind 18. Calls the next number: a display over the counter, a loudspeaker, a hall's queue service.

    keeps_queue: numbers come from it. Without, the clerk says which number is next.
    """

    kind = DeviceKind.QUEUE_CALLER
    keeps_queue = False

    @abc.abstractmethod
    def call_number(self, number: str, counter: str, again: bool = False) -> Reply[str]:
        """Call a number to a counter; again: 重呼."""

    @abc.abstractmethod
    def next_number(self, counter: str, timeout: float = 5.0) -> Reply[str]:
        """Take the next waiting number for this counter. NOT_PRESENT: nobody waits, or this caller keeps no queue.
        UNKNOWN: the line broke on the way; the next call gets the same number, so that nobody is skipped."""

    @abc.abstractmethod
    def miss_number(self, number: str, counter: str) -> Reply[str]:
        """过号: who was called did not come. NOT_PRESENT: this caller keeps no queue, or does not know the number."""
