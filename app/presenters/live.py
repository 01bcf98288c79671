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
from devices.kinds.imaging import Frame
from devices.outcome import Reply
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
        for _, preview, source in self._shown:
            preview.switch_requested.connect(partial(self._if_live, source, self._switch))
            preview.freeze_requested.connect(partial(self._if_live, source, self._freeze))
            preview.mirror_requested.connect(partial(self._if_live, source, self._mirror))
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
        if not source.several:
            return
        source.switch()
        self._preview_of(source).set_broken("")
        self._preview_of(source).set_outline(None, Tone.NEUTRAL)
        self._desk.tell(Tone.INFO, self.tr("已换到{0}").format(_name(source)), "", "")
        self._save()

    def _freeze(self, source: CameraSource) -> None:
        source.freeze(not source.frozen)

    def _mirror(self, source: CameraSource) -> None:
        source.mirror(not source.mirrored)
        self._save()

    def _preview_of(self, source: CameraSource) -> PreviewPanel:
        return next(preview for _, preview, other in self._shown if other is source)

    def _show_tools(self, preview: PreviewPanel, source: CameraSource, *_: object) -> None:
        if source.streaming:
            preview.set_tools(True, source.several, source.frozen, source.mirrored)

    def _ended(self, preview: PreviewPanel, reply: Reply[object]) -> None:
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
        except (ValueError, TypeError, AttributeError):
            return  # a choice that cannot be read is made anew
        for purpose, _, source in self._shown:
            source.use(str(slots.get(purpose, source.slot)))
            for slot in mirrored:
                source.mirror_slot(str(slot), True)

    def _save(self) -> None:
        slots = {purpose: source.slot for purpose, _, source in self._shown}
        mirrored = sorted({slot for _, _, source in self._shown for slot in source.mirrored_slots})
        text = json.dumps({"slots": slots, "mirrored": mirrored})
        self._desk.tasks.run(lambda: self._store.set_setting(_SETTING, text), lambda _: None, order="settings")
