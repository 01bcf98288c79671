"""Which device stands where: one line of settings.toml, changed so that everything else in the file stays as it was."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Protocol

from app.config.edit import with_value, write_settings
from app.domain.case import AuditEvent
from app.domain.clock import Clock
from app.domain.errors import BadInput, EnvironmentProblem
from app.services.duty import Duty
from app.settings import parse
from devices.registry import open_device
from devices.slots import SLOTS
from devices.uri import redacted


class Records(Protocol):
    """The part of the store that is needed."""

    def append_audit(self, event: AuditEvent) -> None: ...


class DeviceSettings:
    """Writes `[devices]`. For a thread: it touches the disk."""

    def __init__(self, path: Path, records: Records, clock: Clock, duty: Duty, demo: bool) -> None:
        """demo: emulators may be chosen."""
        self._path = path
        self._records = records
        self._clock = clock
        self._duty = duty
        self.demo = demo

    def check(self, slot: str, uri: str) -> None:
        """BadInput when the driver's own parser refuses the URI, or its device does not belong in this place."""
        check_device(slot, uri, real=not self.demo)

    def save(self, slot: str, uri: str) -> str:
        """Put a device there, or none (""); what stood there before is given back, for an undo.

        All or nothing, also in a power cut. BadInput: as `check`, or the file is written in a way that only its author
        should change. EnvironmentProblem: it cannot be written.
        """
        if uri:
            self.check(slot, uri)
        try:
            text = self._path.read_text("utf-8")
            before = str(tomllib.loads(text).get("devices", {}).get(slot, ""))
            write_settings(self._path, with_device(text, slot, uri, emulated=self.demo))
        except (OSError, ValueError) as error:
            raise EnvironmentProblem(
                "没有保存", f"设置文件写不进去（{type(error).__name__}）。", "检查磁盘空间和文件夹权限后再试。"
            ) from error
        details = {"before": redacted(before), "after": redacted(uri)}
        self._records.append_audit(AuditEvent(self._clock.now(), self._duty.clerk, "device.configured", slot, details))
        return before


def check_device(slot: str, uri: str, *, real: bool) -> None:
    """BadInput when a URI is malformed, an emulator where people are served (real), or of another kind."""
    place = SLOTS[slot]
    kind = open_device(uri, place.kind, real=real).kind
    if kind is not place.kind:
        raise BadInput(
            "设备种类不对", f"“{redacted(uri)}”不是这个位置用的设备。", "换一个设备，或把它放到它自己的位置。"
        )


def with_device(text: str, slot: str, uri: str, *, emulated: bool) -> str:
    """settings.toml with one slot changed ("" takes it out); comments and order stay.

    BadInput when the file is written so that a line of its own cannot be changed safely.
    """
    made = with_value(text, f"devices.{slot}", uri or None)
    parse(tomllib.loads(made), "settings.toml", emulated=emulated)
    return made
