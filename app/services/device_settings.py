"""Which device stands where: one line of settings.toml, changed so that everything else in the file stays as it was."""

from __future__ import annotations

import json
import os
import re
import tomllib
from pathlib import Path
from typing import Protocol

from app.domain.case import AuditEvent
from app.domain.clock import Clock
from app.domain.errors import BadInput, EnvironmentProblem
from app.services.duty import Duty
from app.settings import parse
from devices.registry import open_device
from devices.slots import SLOTS
from devices.uri import redacted

_HEAD = re.compile(r"\s*\[")


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
            _write(self._path, with_device(text, slot, uri, emulated=self.demo))
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
    lines = text.splitlines(keepends=True)
    start = next((n for n, line in enumerate(lines) if re.match(r"\s*\[devices\]", line)), None)
    new = f"{slot} = {json.dumps(uri, ensure_ascii=False)}\n" if uri else ""
    if start is None:
        made = text if not text or text.endswith("\n") else text + "\n"
        made += f"\n[devices]\n{new}" if new else ""
    else:
        end = next((n for n in range(start + 1, len(lines)) if _HEAD.match(lines[n])), len(lines))
        mine = re.compile(rf"\s*{re.escape(slot)}\s*=")
        at = next((n for n in range(start + 1, end) if mine.match(lines[n])), None)
        if at is not None:
            lines[at : at + 1] = [new] if new else []
        elif new:
            while end > start + 1 and not lines[end - 1].strip():
                end -= 1
            if not lines[end - 1].endswith("\n"):
                lines[end - 1] += "\n"
            lines.insert(end, new)
        made = "".join(lines)
    wanted = tomllib.loads(text)
    places = dict(wanted.get("devices", {}))
    places.pop(slot, None)
    if uri:
        places[slot] = uri
    try:
        found = tomllib.loads(made)
    except tomllib.TOMLDecodeError:
        found = {}
    if {**wanted, "devices": places} != {"devices": {}, **found}:
        raise BadInput(
            "没有保存", "设置文件的写法比较特殊，程序不敢改动它。", f"请在文件的 [devices] 里手工修改 {slot}。"
        )
    parse(found, "settings.toml", emulated=emulated)
    return made


def _write(path: Path, text: str) -> None:
    fresh = path.with_name(path.name + ".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
