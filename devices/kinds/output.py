"""E. What brings something onto paper or plastic."""

from __future__ import annotations

import abc
from dataclasses import dataclass

from devices.base import Device, DeviceKind, Picture
from devices.outcome import Reply


class ReceiptPrinter(Device):
    """Kind 13. A thermal printer of 80 or 58 mm."""

    kind = DeviceKind.RECEIPT_PRINTER
    width_dots: int = 576
    """Dots a line: 576 for 80 mm, 384 for 58 mm."""

    @abc.abstractmethod
    def print_picture(self, picture: Picture, job_id: str) -> Reply[str]:
        """Print a picture of at most width_dots columns and cut. OUT_OF_PAPER only when the printer says so;
        UNKNOWN when the picture was sent and the printer then fell silent. `partly` when it stopped on the way."""


@dataclass(frozen=True, slots=True)
class PageSetup:
    """How pages come out. Empty: as the printer is set. media: A4, A5, or millimetres as `100×150mm`; sides: one,
    long or short (the edge that is bound); tray: the printer's own name for it (a keyword of `media-source`)."""

    media: str = ""
    sides: str = ""
    tray: str = ""
    copies: int = 1


PLAIN = PageSetup()


class Printer(Device):
    """Kind 14. A page printer."""

    kind = DeviceKind.PRINTER

    @abc.abstractmethod
    def print_pdf(self, pdf: bytes, job_id: str, title: str, setup: PageSetup = PLAIN) -> Reply[str]:
        """Print a PDF. The value is the printer's own job reference, if it gives one. UNKNOWN as for ReceiptPrinter.

        A driver that cannot say how pages come out prints them as the printer is set. What is refused is not left
        behind at the printer: unless the outcome is UNKNOWN, the call may be repeated or sent elsewhere.
        """


class CardPrinter(Device):
    """Kind 15. Prints cards and permits of CR80 (85.6 × 54 mm, ISO/IEC 7810 ID-1) at its own resolution."""

    kind = DeviceKind.CARD_PRINTER
    size_dots: tuple[int, int] = (1011, 638)
    """Width and height in dots; 300 an inch unless the driver says otherwise."""

    @abc.abstractmethod
    def print_card(self, front: Picture, back: Picture | None, job_id: str) -> Reply[str]:
        """Print one card. OUT_OF_PAPER: no cards or no ribbon, and the printer says so. UNKNOWN as for Printer."""
