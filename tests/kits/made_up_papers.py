"""Papers that can be told from each other once they came out of an emulated printer."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from devices.emulators.output.escpos_printer import EscposPrinterEmulator
from devices.emulators.output.page_printer import PagePrinterEmulator

_ROWS = 4


def pdf_of(number: int) -> bytes:
    """A PDF that bears a number."""
    return b"%%PDF-1.4\n%% number %d end\n%%%%EOF\n" % number


def strip_of(number: int) -> npt.NDArray[np.uint8]:
    """A strip that bears a number: so many times four rows."""
    picture = np.full((_ROWS * number, 64, 3), 255, np.uint8)
    picture[:, ::2] = 0
    return picture


def printed_pages(folder: Path) -> Counter[int]:
    """The numbers on the PDFs that came out; 0 for one that is not whole."""
    found = (re.search(rb"number (\d+) end\n%%EOF\n", path.read_bytes()) for path in folder.glob("job-*.pdf"))
    return Counter(int(match.group(1)) if match else 0 for match in found)


def printed_strips(folder: Path) -> Counter[int]:
    """The numbers on the strips that came out."""
    pictures = (cv2.imread(str(path), cv2.IMREAD_GRAYSCALE) for path in folder.glob("receipt-*.png"))
    return Counter(len(picture) // _ROWS for picture in pictures if picture is not None)


class Watched:
    """Of an emulator: says when nobody talks to it any more."""

    def __init__(self, *arguments: object, **more: object) -> None:
        super().__init__(*arguments, **more)
        self._lock = threading.Lock()
        self._active = 0

    def serve(self, connection: object) -> None:
        with self._lock:
            self._active += 1
        try:
            super().serve(connection)  # type: ignore[misc]
        finally:
            with self._lock:
                self._active -= 1

    def settle(self) -> None:
        """Wait until it has printed what it was sent. TimeoutError after half a minute."""
        calm, until = 0, time.monotonic() + 30
        while calm < 3:
            if time.monotonic() > until:
                raise TimeoutError
            calm = calm + 1 if self._active == 0 else 0
            time.sleep(0.01)


class PagePrinter(Watched, PagePrinterEmulator):
    """Numbered PDFs."""


class StripPrinter(Watched, EscposPrinterEmulator):
    """Numbered strips."""
