"""Which devices are plugged in and could stand at a place: every driver module may say so.

A module named in the entry points `yichuang.devices` may have, beside its `open_driver`, a function
`discover(kind: DeviceKind) -> Iterable[Found]`: what it could drive as this kind, each with a URI its own `open_driver`
takes. It runs in a thread of its own, may take some seconds, opens nothing that another program could be using, and is
left out when it raises or takes too long.
"""

from __future__ import annotations

import importlib
import logging
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from devices.base import DeviceKind
from devices.registry import EMULATED, drivers

log = logging.getLogger(__name__)

SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Found:
    """A device that is there. name: what it calls itself; detail: how to tell it from its like (port, number)."""

    uri: str
    name: str
    detail: str = ""


def discover(kind: DeviceKind, *, real: bool, seconds: float = SECONDS) -> tuple[Found, ...]:
    """What is plugged in and could be of this kind. real: no emulators. For a thread: takes up to `seconds`."""
    modules = {value.partition(":")[0] for scheme, value in drivers() if not (real and scheme == EMULATED)}
    found: dict[str, Found] = {}
    lock = threading.Lock()

    def ask(module: str) -> None:
        try:
            said = getattr(importlib.import_module(module), "discover", None)
            for one in said(kind) if said is not None else ():
                with lock:
                    found.setdefault(one.uri, one)
        except (Exception, SystemExit):
            log.exception("discovery of %s", module)

    asked = [threading.Thread(target=ask, args=(module,), daemon=True) for module in sorted(modules)]
    for thread in asked:
        thread.start()
    until = time.monotonic() + seconds
    for thread in asked:
        thread.join(max(until - time.monotonic(), 0))
    with lock:
        return tuple(sorted(found.values(), key=lambda one: (one.name, one.uri)))


def serial_ports(by_id: Path = Path("/dev/serial/by-id")) -> list[tuple[str, str]]:
    """Serial ports as (path, what is behind it); the path that stays the same whatever else is plugged in, if any."""
    from serial.tools import list_ports

    steady = {str(link.resolve()): str(link) for link in by_id.glob("*")} if by_id.is_dir() else {}
    found = []
    for port in list_ports.comports():
        words = port.description if port.description not in ("", "n/a") else port.name
        number = f" {port.serial_number}" if port.serial_number else ""
        found.append((steady.get(port.device, port.device), f"{words}{number}"))
    return sorted(found)


def found_on_ports(scheme: str, name: str) -> list[Found]:
    """Every serial port as a device that could be behind it."""
    return [
        Found(f"{scheme}://{path}" if path.startswith("/") else f"{scheme}:{path}", name, f"{words}　{path}")
        for path, words in serial_ports()
    ]
