"""Which device stands at a place: found ones to choose from, an address typed, tried before it is kept, taken back."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt6.QtCore import QObject, pyqtSignal

from app.domain.errors import YichuangError
from app.presenters.desk import Desk
from app.presenters.device_words import slot_name
from app.presenters.screen_devices import Owner, device_at, fresh_at
from app.services.device_settings import DeviceSettings
from devices.absent import EMPTY
from devices.discovery import Found, discover
from devices.outcome import Outcome, Reply
from devices.slots import SLOTS
from widgets.dialogs.device_setup import DeviceSetupDialog
from widgets.dialogs.devices import DevicesDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.views_around import FoundRow


class DeviceSetup(QObject):
    """Trying puts the device at its place at once; leaving without keeping it puts back what stood there.

    `changed` carries the place whose device is another now.
    """

    changed = pyqtSignal(str)

    def __init__(
        self,
        parent: DevicesDialog,
        desk: Desk,
        threads: Mapping[str, Owner],
        settings: DeviceSettings,
        *,
        real: bool,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._threads = threads
        self._settings = settings
        self._real = real
        self._slot = ""
        self._kept = ""
        """The address that the settings have."""
        self._trying = ""
        self._undo: dict[str, str] = {}
        self.dialog = DeviceSetupDialog(parent)
        self.dialog.tried.connect(self.try_out)
        self.dialog.kept.connect(self.keep)
        self.dialog.removed.connect(lambda: self._save(""))
        self.dialog.restored.connect(self.restore)
        self.dialog.finished.connect(lambda _: self._left())
        for slot, thread in threads.items():
            thread.light.connect(lambda reply, slot=slot: self._light(slot, reply))

    def open(self, slot: str) -> None:
        """Choose the device of a place."""
        uri = self._threads[slot].device.uri
        self._slot, self._kept, self._trying = slot, "" if uri == EMPTY else uri, ""
        self.dialog.set_place(slot_name(slot), self._kept)
        self.dialog.set_undo(slot in self._undo)
        self.dialog.set_found(None)
        self.dialog.open()
        kind, real = SLOTS[slot].kind, self._real
        self._desk.tasks.run(lambda: discover(kind, real=real), lambda found: self._found(slot, found))

    def try_out(self, uri: str) -> None:
        """Put the device there and see what it says."""
        slot = self._slot

        def check() -> YichuangError | None:
            try:
                self._settings.check(slot, uri)
            except YichuangError as error:
                return error
            return None

        def checked(problem: YichuangError | None) -> None:
            if slot != self._slot or not self.dialog.isVisible():
                return
            if problem is not None:
                self.dialog.set_result(f"{core_words(problem.what)}{core_words(problem.todo)}", Tone.ERROR)
                return
            self._trying = uri
            self._put(slot, uri)

        self.dialog.set_result(self.tr("正在试着连接…"), Tone.INFO)
        self._desk.tasks.run(check, checked)

    def keep(self, uri: str) -> None:
        """Write it into the settings."""
        self._save(uri)

    def restore(self) -> None:
        """What stood here before the last change."""
        if self._slot in self._undo:
            self._save(self._undo[self._slot])

    def _found(self, slot: str, found: tuple[Found, ...]) -> None:
        if slot == self._slot:
            self.dialog.set_found([FoundRow(one.uri, core_words(one.name), one.detail) for one in found])

    def _put(self, slot: str, uri: str) -> None:
        fresh = fresh_at(uri, slot, real=self._real)
        self._threads[slot].swap(device_at(uri, slot, real=self._real), fresh)

    def _light(self, slot: str, reply: Reply[str]) -> None:
        if slot != self._slot or not self._trying or not self.dialog.isVisible():
            return
        if reply.ok:
            name = core_words(str(reply.value or ""))
            self.dialog.set_result(self.tr("连上了：{0}。按 Ctrl+S 保存。").format(name), Tone.SUCCESS)
            self.dialog.set_keepable(self._trying, well=True)
        elif reply.outcome is not Outcome.CANCELLED:
            words = self.tr("没有连上：{0}").format(core_words(reply.detail))
            self.dialog.set_result(words, Tone.WARNING)
            self.dialog.set_keepable(self._trying, well=False)

    def _save(self, uri: str) -> None:
        slot = self._slot

        def work() -> tuple[str, YichuangError | None]:
            try:
                return self._settings.save(slot, uri), None
            except YichuangError as error:
                return "", error

        def saved(done: tuple[str, YichuangError | None]) -> None:
            before, problem = done
            if problem is not None:
                self.dialog.set_result(f"{core_words(problem.what)}{core_words(problem.todo)}", Tone.ERROR)
                return
            self._undo[slot] = before
            if self._threads[slot].device.uri != (uri or EMPTY):
                self._put(slot, uri)
            self._kept, self._trying = uri, ""
            self.changed.emit(slot)
            self.dialog.set_place(slot_name(slot), uri)
            self.dialog.set_undo(True)
            self.dialog.set_result(self._saved_words(slot, uri), Tone.SUCCESS)

        self._desk.tasks.run(work, saved, order="settings.toml")

    def _saved_words(self, slot: str, uri: str) -> str:
        if not uri:
            return self.tr("已停用；想恢复按 Ctrl+R。")
        return self.tr("已保存，现在就能用；想恢复原来的按 Ctrl+R。")

    def _left(self) -> None:
        """Not kept: what stood here stands here again."""
        slot, self._slot = self._slot, ""
        if slot and self._trying and self._trying != self._kept:
            self._put(slot, self._kept)
            self.changed.emit(slot)
        self._trying = ""
