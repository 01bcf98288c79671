"""Around the live pictures: which camera, held or turned, broken off and back; and the sounds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from typing import Any

from PyQt6.QtCore import QCoreApplication, QObject

from app.presenters.desk import Desk
from app.presenters.screen_devices import SLOT_NAMES
from app.presenters.sounds import Sounds, load_muted, save_muted
from app.workers.camera_source import CameraSource
from devices.kinds.imaging import CameraMode, Frame
from devices.outcome import Outcome, Reply
from offline_db.store import Store
from widgets.i18n import core_words
from widgets.preview import PreviewPanel
from widgets.views import Tone

_SETTING = "live.pictures"


def frame_size(frame: Frame) -> tuple[int, int]:
    """Width and height of a frame, in pixels."""
    height, width = frame.picture.shape[:2]
    return int(width), int(height)


def _name(source: CameraSource) -> str:
    return QCoreApplication.translate("StatusPresenter", SLOT_NAMES[source.slot])


def _size(mode: CameraMode) -> tuple[int, int]:
    return mode.width, mode.height


class LivePresenter(QObject):
    """Ties each preview to the source it shows. What the clerk chose here is there again at the next start."""

    def __init__(
        self, shown: Sequence[tuple[str, PreviewPanel, CameraSource]], desk: Desk, store: Store, sounds: Sounds
    ) -> None:
        """shown: purpose ("codes", "pages"), preview, source; a preview may show several sources, one at a time."""
        super().__init__()
        self._shown = tuple(shown)
        self._desk = desk
        self._store = store
        self._sounds = sounds
        self._sizes: dict[str, tuple[int, int]] = {}
        """By slot, what was chosen."""
        self._asked: set[str] = set()
        """Slots whose camera is in the chosen size since it was last opened, or refused it."""
        self._offered: tuple[CameraSource, tuple[CameraMode, ...]] | None = None
        for _, preview, source in self._shown:
            preview.switch_requested.connect(partial(self._if_live, source, self._switch))
            preview.freeze_requested.connect(partial(self._if_live, source, self._freeze))
            preview.mirror_requested.connect(partial(self._if_live, source, self._mirror))
            preview.size_requested.connect(partial(self._if_live, source, self._choose_size))
            preview.size_chosen.connect(self._take_size)
            source.frame.connect(partial(self._show_tools, preview, source))
            source.changed.connect(partial(self._show_tools, preview, source))
            source.ended.connect(partial(self._ended, preview))
            source.interrupted.connect(partial(self._interrupted, preview, source))
        desk.tasks.run(self._load, self._restore)

    @property
    def active(self) -> bool:
        """Is a live picture on show?"""
        return self._current() is not None

    @property
    def several(self) -> bool:
        """Is there another camera to change to, in the picture on show?"""
        source = self._current()
        return source is not None and source.several

    def switch(self) -> None:
        """Ctrl+Shift+C: the next camera."""
        self._do(self._switch)

    def freeze(self) -> None:
        """Ctrl+Shift+F: hold the picture, or let it go on."""
        self._do(self._freeze)

    def mirror(self) -> None:
        """Ctrl+Shift+X: turn the picture left to right, or back."""
        self._do(self._mirror)

    def choose_size(self) -> None:
        """Ctrl+Shift+R: the sizes that the camera in use offers."""
        self._do(self._choose_size)

    def mute(self) -> None:
        """Ctrl+Shift+M: sounds off or on again."""
        muted = not self._sounds.muted
        self._sounds.muted = muted
        self._sounds.play(Tone.SUCCESS)
        self._desk.tell(Tone.INFO, self.tr("提示音已关闭") if muted else self.tr("提示音已打开"), "", "")
        self._desk.tasks.run(lambda: save_muted(self._store, muted), lambda _: None, order="settings")

    def _current(self) -> CameraSource | None:
        return next((source for _, _, source in self._shown if source.streaming), None)

    def _do(self, action: Any) -> None:
        source = self._current()
        if source is not None:
            action(source)

    def _if_live(self, source: CameraSource, action: Any) -> None:
        if source.streaming:
            action(source)

    def _switch(self, source: CameraSource) -> None:
        if source.several:
            source.switch()
            self._changed_to(source)

    def use(self, source: CameraSource, slot: str) -> None:
        """Change a source to another of its cameras; remembered."""
        source.use(slot)
        self._changed_to(source)

    def _changed_to(self, source: CameraSource) -> None:
        self._preview_of(source).set_broken("")
        self._preview_of(source).set_outline(None, Tone.NEUTRAL)
        self._desk.tell(Tone.INFO, self.tr("已换到{0}").format(_name(source)), "", "")
        self._save()

    def _freeze(self, source: CameraSource) -> None:
        source.freeze(not source.frozen)

    def _mirror(self, source: CameraSource) -> None:
        source.mirror(not source.mirrored)
        self._save()

    def _choose_size(self, source: CameraSource) -> None:
        slot = source.slot

        def offer(reply: Reply[tuple[CameraMode, ...]]) -> None:
            if source.slot != slot or not source.streaming:
                return
            if not reply.value:
                self._desk.tell(Tone.INFO, self.tr("{0}的画面大小不能改").format(_name(source)), "", "")
                return
            self._offered = (source, reply.value)
            current = next((i for i, mode in enumerate(reply.value) if _size(mode) == self._sizes.get(slot)), -1)
            words = [self.tr("{0} × {1}，每秒 {2:g} 帧").format(m.width, m.height, round(m.fps)) for m in reply.value]
            self._preview_of(source).choose_size(words, current)

        source.call(lambda camera: camera.modes(), offer)

    def _take_size(self, index: int) -> None:
        if self._offered is None:
            return
        (source, modes), self._offered = self._offered, None
        if source.streaming and index < len(modes):
            self._sizes[source.slot] = _size(modes[index])
            self._set_size(source, told=True)
            self._save()

    def _set_size(self, source: CameraSource, told: bool) -> None:
        """Put the camera in use into the size that was chosen for it."""
        slot = source.slot
        self._asked.add(slot)
        mode = CameraMode(*self._sizes[slot], 0.0)

        def done(reply: Reply[CameraMode]) -> None:
            if reply.value is None and reply.outcome is not Outcome.CANCELLED:
                words = core_words(reply.detail)
                self._desk.tell(Tone.WARNING, self.tr("画面大小没有换成"), words, self.tr("画面照旧，可以继续。"))
            elif reply.value is not None and told:
                size = self.tr("{0} × {1}").format(reply.value.width, reply.value.height)
                self._desk.tell(Tone.INFO, self.tr("画面大小：{0}").format(size), "", "")

        source.call(lambda camera: camera.set_mode(mode), done)

    def _preview_of(self, source: CameraSource) -> PreviewPanel:
        return next(preview for _, preview, other in self._shown if other is source)

    def _show_tools(self, preview: PreviewPanel, source: CameraSource, *_: object) -> None:
        if source.streaming:
            preview.set_tools(True, source.several, source.frozen, source.mirrored)
            if source.slot in self._sizes and source.slot not in self._asked:
                self._set_size(source, told=False)

    def _ended(self, preview: PreviewPanel, reply: Reply[object]) -> None:
        self._asked.clear()
        preview.set_tools(live=False)
        preview.set_broken("")

    def _interrupted(self, preview: PreviewPanel, source: CameraSource, reply: Reply[object]) -> None:
        if reply.ok:
            preview.set_broken("")
            self._desk.tell(Tone.SUCCESS, self.tr("画面已恢复"), "", "")
            return
        preview.set_broken(self.tr("画面中断"))
        name = _name(source)
        todo = self.tr("接好后画面自动恢复，不用重新开始。")
        if source.several:
            todo = self.tr("接好后画面自动恢复，也可以按 Ctrl+Shift+C 换镜头。")
        self._desk.tell(Tone.WARNING, self.tr("{0}画面中断").format(name), core_words(reply.detail), todo)

    def _load(self) -> tuple[bool, str | None]:
        return load_muted(self._store), self._store.setting(_SETTING)

    def _restore(self, kept: tuple[bool, str | None]) -> None:
        self._sounds.muted, text = kept
        try:
            chosen = json.loads(text or "{}")
            slots, mirrored = dict(chosen.get("slots", {})), list(chosen.get("mirrored", []))
            sizes = {str(slot): (int(wide), int(high)) for slot, (wide, high) in dict(chosen.get("sizes", {})).items()}
        except (ValueError, TypeError, AttributeError):
            return  # a choice that cannot be read is made anew
        self._sizes = sizes
        for purpose, _, source in self._shown:
            source.use(str(slots.get(purpose, source.slot)))
            for slot in mirrored:
                source.mirror_slot(str(slot), True)

    def _save(self) -> None:
        slots = {purpose: source.slot for purpose, _, source in self._shown}
        mirrored = sorted({slot for _, _, source in self._shown for slot in source.mirrored_slots})
        text = json.dumps({"slots": slots, "mirrored": mirrored, "sizes": self._sizes})
        self._desk.tasks.run(lambda: self._store.set_setting(_SETTING, text), lambda _: None, order="settings")
