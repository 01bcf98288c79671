"""Runs first in the packaged program. pyzbar asks the system for libzbar, which a fresh system does not have."""

import ctypes.util
import sys
from collections.abc import Callable
from pathlib import Path


def _prefer_own(find: Callable[[str], str | None]) -> Callable[[str], str | None]:
    def find_library(name: str) -> str | None:
        own = sorted(Path(sys._MEIPASS).glob("libzbar.so*")) if name == "zbar" else []  # type: ignore[attr-defined]
        return str(own[0]) if own else find(name)

    return find_library


ctypes.util.find_library = _prefer_own(ctypes.util.find_library)
