"""Looking at the window's settings and changing them: what is in force and why, several at once, taken back at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from app.config.edit import with_value, write_settings
from app.config.keys import Key, Kind, known
from app.config.layers import Layered, Origin, Sources, Value, layered, shown
from app.domain.case import AuditEvent
from app.domain.clock import Clock
from app.domain.errors import BadInput, EnvironmentProblem, Refused
from app.services.duty import Duty
from app.settings import judge, read_layers


class Records(Protocol):
    """The part of the store that is needed."""

    def append_audit(self, event: AuditEvent) -> None: ...


class EditSettings:
    """For a thread: it touches the disk. One before/after text is kept, for taking the last change back."""

    def __init__(
        self, path: Path, records: Records, clock: Clock, duty: Duty, *, demo: bool, sources: Sources | None = None
    ) -> None:
        """path: the user's settings.toml. demo: emulators may stand in it. sources: what lies over it; None: of this
        machine, but over a demo's nothing."""
        self.path = path
        self._records = records
        self._clock = clock
        self._duty = duty
        self._demo = demo
        self._sources = sources or (Sources() if demo else Sources.of_machine())
        self._undo: tuple[str, str, tuple[str, ...]] | None = None

    @property
    def may_change(self) -> bool:
        """Is somebody on duty who answers for the window?"""
        return self._duty.holder is not None and self._duty.holder.manager

    @property
    def can_undo(self) -> bool:
        return self._undo is not None

    def read(self) -> Layered:
        """All layers as they are now. BadInput, EnvironmentProblem: as app.settings.read_layers."""
        return read_layers(self.path, self._sources)

    def check(self, changes: Mapping[str, object]) -> None:
        """What `apply` would refuse, without writing."""
        self._made(self._text(), changes)

    def apply(self, changes: Mapping[str, object]) -> tuple[Value, ...]:
        """Write these into settings.toml, all or none; None gives a setting back to the layer below. What is in force
        then, of each.

        Refused: locked by the site's policy, or the clerk may not. BadInput: a value, or all together, is wrong.
        EnvironmentProblem: the file cannot be written.
        """
        if not self.may_change:
            raise Refused("不能更改设置", "只有窗口负责人可以更改设置。", "请负责人登录后再改。")
        before = self._text()
        now = self.read().values()
        made = self._made(before, changes)
        self._write(made)
        self._undo = (before, made, tuple(changes))
        after = self.read().values()
        for name in changes:
            self._note(name, now.get(name), after.get(name))
        return tuple(after[name] for name in changes if name in after)

    def undo(self) -> tuple[Value, ...]:
        """Put back what stood there before the last `apply`. Refused: nothing to take back, or changed since."""
        if self._undo is None or not self.may_change:
            raise Refused("没有可撤销的更改", "上一次的更改已经撤销。", "")
        before, made, names = self._undo
        if self._text() != made:
            raise Refused("没有撤销", "设置文件后来又改过了。", "请逐项更改。")
        now = self.read().values()
        self._write(before)
        self._undo = None
        after = self.read().values()
        for name in names:
            self._note(name, now.get(name), after.get(name))
        return tuple(after[name] for name in names if name in after)

    def _made(self, text: str, changes: Mapping[str, object]) -> str:
        values = self.read().values()
        for name, value in changes.items():
            key = known(name)
            if key is None or name.startswith("devices."):
                raise BadInput("不能在这里更改", name, "设备在“设备”里更换。")
            if name in values and values[name].locked:
                raise Refused("由站点策略锁定", f"{name} 由 {values[name].where} 规定。", "请联系管理员。")
            if value is not None:
                _check_alone(key, value)
            text = with_value(text, name, value)
        found = layered(_parsed(text), str(self.path), self._sources)
        judge(found, emulated=self._demo)
        return text

    def _text(self) -> str:
        try:
            return self.path.read_text("utf-8")
        except FileNotFoundError:
            return ""
        except (OSError, ValueError) as error:
            raise _trouble(error) from error

    def _write(self, text: str) -> None:
        try:
            write_settings(self.path, text)
        except OSError as error:
            raise _trouble(error) from error

    def _note(self, name: str, before: Value | None, after: Value | None) -> None:
        details = {"before": shown(before.value) if before else "", "after": shown(after.value) if after else ""}
        self._records.append_audit(AuditEvent(self._clock.now(), self._duty.clerk, "settings.changed", name, details))


def overridden(value: Value) -> bool:
    """Would a change in the user's file not show, because something lies over it?"""
    return value.origin in (Origin.ENVIRONMENT, Origin.COMMAND_LINE, Origin.POLICY)


def _check_alone(key: Key, value: object) -> None:
    """Numbers and choices are said in the setting's own terms; the rest is judged with the whole."""
    if key.kind is Kind.NUMBER and (type(value) is not int or not key.least <= value <= key.most):
        raise BadInput("设置没有保存", f"{key.name} 应为 {key.least}–{key.most} 的整数。", "改正后再保存。")
    if key.kind is Kind.CHOICE and value not in key.choices:
        raise BadInput("设置没有保存", f"{key.name} 只能是 {'、'.join(key.choices)}。", "改正后再保存。")


def _parsed(text: str) -> dict[str, object]:
    return tomllib.loads(text)


def _trouble(error: Exception) -> EnvironmentProblem:
    return EnvironmentProblem(
        "没有保存", f"设置文件写不进去（{type(error).__name__}）。", "检查磁盘空间和文件夹权限后再试。"
    )
