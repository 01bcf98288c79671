"""One thread owns a driver: every other thread's call is a mistake of ours, and each call has its time."""

from __future__ import annotations

import functools
import inspect
import logging
import threading
import time
import traceback
import warnings
from collections.abc import Callable
from typing import Any

from devices.absent import CONTRACTS
from devices.base import Device

log = logging.getLogger(__name__)

GRACE_SECONDS = 8.0
"""So much longer than its time-out a call may take on a busy machine before its driver counts as hung."""
LIMITS = {"open": 30.0, "close": 10.0, "probe": 5.0}
"""Seconds for the calls that every kind has. The others: their own `timeout`, else the driver's `patience`."""


class NotOwner(RuntimeWarning):
    """A driver was called from a thread that does not own it. Tests turn warnings into errors; at a counter the call
    goes on, because a person waits, and the log names the place."""


class Turn:
    """One life of an owning thread and the call it is in. `overdue` is asked from the event loop."""

    def __init__(self, device: Device) -> None:
        self.device = device
        self.thread: threading.Thread | None = None
        self.leaving = False
        """The thread shall close the device and end."""
        self.abandoned = False
        """Nobody waits for this thread any more; what it says is not heard."""
        self.doing = ""
        self._deadline: float | None = None
        self._limit = 0.0
        self._depth = 0

    @property
    def over(self) -> bool:
        return self.leaving or self.abandoned

    def begin(self, name: str, limit: float) -> None:
        """A call of the driver begins; one made by the driver itself belongs to the one around it."""
        self._depth += 1
        if self._depth == 1:
            self.doing, self._limit = name, limit
            self.beat()

    def beat(self) -> None:
        """The call is getting on: its time begins anew."""
        self._deadline = time.monotonic() + self._limit + GRACE_SECONDS

    def end(self) -> None:
        self._depth -= 1
        if not self._depth:
            self.doing, self._deadline = "", None

    @property
    def overdue(self) -> bool:
        """Is the driver in a call whose time is over?"""
        deadline = self._deadline
        return deadline is not None and time.monotonic() > deadline

    def belongs_here(self) -> bool:
        """Is this the thread that owns the device? Before it starts and after it ended anybody may call."""
        thread = self.thread
        return thread is None or thread.ident == threading.get_ident() or not thread.is_alive()


def guard(device: Device, turn: Turn) -> None:
    """Have every call of the device's kind checked and timed. `cancel` stays open to all; before the thread starts
    anybody may call, as tests do."""
    for name in dir(CONTRACTS[device.kind]):
        if name.startswith("_") or name == "cancel":
            continue
        method = getattr(device, name)
        if callable(method):
            setattr(device, name, _watched(name, getattr(method, "__wrapped__", method), device, turn))


def _watched(name: str, method: Callable[..., Any], device: Device, turn: Turn) -> Callable[..., Any]:
    timeout, place = _timeout_of(method)
    if timeout is None:  # a driver may take its arguments as it likes; the contract says what they mean
        timeout, place = _timeout_of(getattr(CONTRACTS[device.kind], name))

    @functools.wraps(method)
    def call(*args: Any, **options: Any) -> Any:
        if not turn.belongs_here():
            _complain(name, device)
            return method(*args, **options)
        given = options.get("timeout", args[place] if 0 <= place < len(args) else timeout)
        limit = LIMITS.get(name, device.patience if given is None else float(given))
        turn.begin(name, limit)
        try:
            # Pages that arrive one by one: with each the time begins anew.
            return method(*(_beating(arg, turn) if callable(arg) else arg for arg in args), **options)
        finally:
            turn.end()

    return call


def _timeout_of(method: Callable[..., Any]) -> tuple[float | None, int]:
    """A method's usual `timeout` and its place among the arguments; (None, -1) when it has none."""
    try:
        names = inspect.signature(method).parameters.values()
    except (TypeError, ValueError):
        return None, -1
    for place, parameter in enumerate(one for one in names if one.name != "self"):
        if parameter.name == "timeout" and isinstance(parameter.default, int | float):
            return float(parameter.default), place
    return None, -1


def _beating(heard: Callable[..., Any], turn: Turn) -> Callable[..., Any]:
    def told(*args: Any, **options: Any) -> Any:
        turn.beat()
        return heard(*args, **options)

    return told


def _complain(name: str, device: Device) -> None:
    here = "".join(traceback.format_stack(limit=6)[:-2])
    log.error("defect: %s.%s called outside its own thread\n%s", type(device).__name__, name, here)
    warnings.warn(NotOwner(f"{type(device).__name__}.{name} from {threading.current_thread().name}"), stacklevel=3)
