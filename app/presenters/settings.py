"""Ctrl+,: the window's settings, each with where it comes from; for the window's manager to change."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject, pyqtSignal

from app.config.keys import Key, Kind, known, parse_text
from app.config.layers import Layered, Origin, Value, shown
from app.domain.errors import YichuangError
from app.presenters.desk import Desk
from app.presenters.device_words import slot_name
from app.presenters.settings_words import SettingWords, group_name, origin_name, setting_words, switch_words
from app.services.edit_settings import EditSettings, overridden
from devices.uri import redacted
from widgets.dialogs.settings import SettingsDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.views_settings import SettingRow
from widgets.window import MainWindow

_ORDER = "settings.toml"


class SettingsPresenter(QObject):
    """Changes are gathered and applied together. `changed` carries {name: value} of what is in force anew."""

    changed = pyqtSignal(object)

    def __init__(self, window: MainWindow, desk: Desk, edit: EditSettings | None) -> None:
        super().__init__()
        self._window = window
        self._desk = desk
        self._edit = edit
        self._layers: Layered | None = None
        self._pending: dict[str, object] = {}
        self.dialog: SettingsDialog | None = None

    def possible(self) -> bool:
        """Are there settings in a file?"""
        return self._edit is not None

    def open(self) -> None:
        """Show them as they are now."""
        edit = self._edit
        if edit is None or self.dialog is not None:
            return

        def show(found: Layered) -> None:
            if self.dialog is not None:
                return
            self._layers, self._pending = found, {}
            self.dialog = SettingsDialog(self._window)
            self.dialog.changed.connect(self.change)
            self.dialog.cleared.connect(self.clear)
            self.dialog.applied.connect(self.apply)
            self.dialog.undone.connect(self.undo)
            self.dialog.finished.connect(lambda _: self._closed())
            self._show(edit)
            if not edit.may_change:
                self.dialog.set_result(self.tr("只能查看；要更改请窗口负责人登录。"), Tone.INFO)
            self.dialog.open_once()

        self._desk.tasks.run(edit.read, show, order=_ORDER)

    def change(self, name: str, text: str) -> None:
        """A value was chosen; it waits until it is applied."""
        key, dialog = known(name), self.dialog
        if key is None or dialog is None:
            return
        try:
            value = parse_text(key, text, self._title(name))
            if isinstance(value, str):
                value = value.strip()
        except YichuangError:
            words = (
                self.tr("“{0}”每一项写作 名称=内容，多项用分号分开。")
                if key.kind is Kind.TABLE
                else self.tr("“{0}”要填整数。")
            )
            dialog.set_result(words.format(self._title(name)), Tone.ERROR)
            return
        if key.kind is Kind.NUMBER and isinstance(value, int) and not key.least <= value <= key.most:
            words = self.tr("“{0}”应为 {1}–{2}。").format(self._title(name), key.least, key.most)
            dialog.set_result(words, Tone.ERROR)
            return
        self._wait(name, value)

    def clear(self, name: str) -> None:
        """As it is when this file says nothing."""
        self._wait(name, None)

    def apply(self) -> None:
        """Write what waits."""
        edit, changes = self._edit, dict(self._pending)
        if edit is not None and changes:
            self._do(lambda: edit.apply(changes), self.tr("已保存"))

    def undo(self) -> None:
        """Let go what waits; else put back what was before the last saving."""
        edit = self._edit
        if edit is None or self.dialog is None:
            return
        if self._pending:
            name = next(reversed(self._pending))
            del self._pending[name]
            self._show(edit)
            self.dialog.select(name)
            self.dialog.set_result(self.tr("“{0}”不改了。").format(self._title(name)), Tone.INFO)
        elif edit.can_undo:
            self._do(edit.undo, self.tr("已恢复到上次保存之前"))

    def _wait(self, name: str, value: object) -> None:
        if self._edit is None or self._layers is None or self.dialog is None:
            return
        self._pending.pop(name, None)
        now = self._layers.values()[name]
        if value != now.value or (value is None and now.origin is Origin.USER):
            self._pending[name] = value
        self._show(self._edit)
        count = len(self._pending)
        self.dialog.set_result(self.tr("{0} 项待保存，按 Ctrl+S。").format(count) if count else "", Tone.INFO)

    def _do(self, work: Callable[[], tuple[Value, ...]], words: str) -> None:
        edit = self._edit
        if edit is None:
            return

        def guarded() -> tuple[tuple[Value, ...], Layered | None, YichuangError | None]:
            try:
                return work(), edit.read(), None
            except YichuangError as error:
                return (), None, error

        def done(result: tuple[tuple[Value, ...], Layered | None, YichuangError | None]) -> None:
            values, layers, problem = result
            if problem is not None or layers is None:
                if self.dialog is not None and problem is not None:
                    self.dialog.set_result(f"{core_words(problem.what)}{core_words(problem.todo)}", Tone.ERROR)
                return
            self._layers, self._pending = layers, {}
            self.changed.emit({value.name: value.value for value in values})
            if self.dialog is not None:
                self._show(edit)
                self.dialog.set_result(self._after(words, values), Tone.SUCCESS)

        self._desk.tasks.run(guarded, done, order=_ORDER)

    def _after(self, words: str, values: tuple[Value, ...]) -> str:
        hidden = [self._title(value.name) for value in values if overridden(value)]
        if hidden:
            return self.tr("{0}；{1} 另有规定，本机所设暂不生效。").format(words, "、".join(hidden))
        keys = [known(value.name) for value in values]
        if all(key is not None and key.live for key in keys):
            return self.tr("{0}，现在就生效。Ctrl+Z 撤销。").format(words)
        return self.tr("{0}，重新打开“一窗”后生效。Ctrl+Z 撤销。").format(words)

    def _show(self, edit: EditSettings) -> None:
        if self.dialog is None or self._layers is None:
            return
        values, words = self._layers.values(), setting_words()
        rows = [self._row(values[name], said, edit) for name, said in words.items() if name in values]
        for name, value in values.items():
            if name.startswith("devices."):
                rows.append(self._device_row(value))
        self.dialog.set_rows(rows, undo=bool(self._pending) or edit.can_undo)

    def _row(self, value: Value, words: SettingWords, edit: EditSettings) -> SettingRow:
        key = known(value.name)
        if key is None:
            raise ValueError(value.name)
        pending = value.name in self._pending
        held = self._pending[value.name] if pending else value.value
        if pending and held is None:
            held = key.default
        choices = switch_words() if key.kind is Kind.SWITCH else words.choices
        text = shown(held)
        return SettingRow(
            value.name,
            group_name(key.group),
            words.title,
            dict(choices).get(text, text) or self.tr("（空）"),
            text,
            self._origin(value),
            words.help,
            words.unit,
            choices,
            self._why(key, value, edit),
            pending,
            value.origin is not Origin.USER and not pending,
            Tone.WARNING if value.locked else Tone.NEUTRAL,
            f"{key.environment} {value.where}",
        )

    def _device_row(self, value: Value) -> SettingRow:
        return SettingRow(
            value.name,
            group_name("devices"),
            slot_name(value.name.partition(".")[2]),
            redacted(str(value.value)),
            redacted(str(value.value)),
            self._origin(value),
            why=self.tr("设备在“设备”里更换：Ctrl+Shift+D。"),
            tone=Tone.WARNING if value.locked else Tone.NEUTRAL,
        )

    def _origin(self, value: Value) -> str:
        name = origin_name(value.origin)
        if value.locked:
            return self.tr("{0}（锁定）").format(name)
        return name

    def _why(self, key: Key, value: Value, edit: EditSettings) -> str:
        if value.locked:
            contact = self._layers.contact if self._layers is not None else ""
            words = self.tr("由站点策略锁定，本机不能改。")
            return words + (self.tr("联系：{0}").format(contact) if contact else self.tr("需要更改请联系管理员。"))
        if overridden(value):
            return self.tr("由 {0} 规定，在那里更改。").format(value.where)
        return "" if edit.may_change else self.tr("要更改请窗口负责人登录。")

    def _title(self, name: str) -> str:
        words = setting_words().get(name)
        return words.title if words is not None else name

    def _closed(self) -> None:
        self.dialog = None
        self._pending = {}
