"""What one purpose (codes, pages) looks through: one of the window's cameras, changed while it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

from app.workers.camera_thread import CameraThread, FrameAnalyser
from devices.kinds.imaging import Frame
from devices.outcome import Outcome, Reply


class CameraSource(QObject):
    """The signals are those of the camera in use, while this purpose uses it. See CameraThread.

    `changed` follows each change of camera, mirror or freeze. Two purposes may share a camera, one after the other.
    """

    frame = pyqtSignal(object, object)
    ended = pyqtSignal(object)
    interrupted = pyqtSignal(object)
    changed = pyqtSignal()

    def __init__(
        self, cameras: Mapping[str, CameraThread], slot: str, analyser: FrameAnalyser, parent: QObject | None = None
    ) -> None:
        """cameras: those there are, by slot of the settings. slot: which to begin with; KeyError when there is none."""
        super().__init__(parent)
        self._cameras = dict(cameras)
        self._slot = slot
        self._analyser = analyser
        self._wanted = False
        self._frozen = False
        self._room = (0, 0)
        for name, camera in self._cameras.items():
            camera.frame.connect(partial(self._pass_frame, name))
            camera.ended.connect(partial(self._pass_end, name))
            camera.interrupted.connect(partial(self._pass_interruption, name))

    @property
    def slot(self) -> str:
        """The camera in use."""
        return self._slot

    @property
    def several(self) -> bool:
        """Is there another camera to change to?"""
        return len(self._cameras) > 1

    @property
    def streaming(self) -> bool:
        return self._wanted and self._camera.streaming

    @property
    def frozen(self) -> bool:
        return self._frozen

    @property
    def mirrored(self) -> bool:
        return self._camera.mirrored

    @property
    def mirrored_slots(self) -> tuple[str, ...]:
        """The cameras whose pictures are turned."""
        return tuple(slot for slot, camera in self._cameras.items() if camera.mirrored)

    @property
    def _camera(self) -> CameraThread:
        return self._cameras[self._slot]

    def set_room(self, width: int, height: int) -> None:
        """How large the picture is shown, in device pixels."""
        self._room = (width, height)
        if self._wanted:
            self._camera.set_room(width, height)

    def start_stream(self) -> None:
        """Give frames; harmless while it already does."""
        self._wanted = True
        self._set_frozen(False)
        self._camera.use(self._analyser)
        self._camera.set_room(*self._room)
        self._camera.start_stream()

    def stop_stream(self) -> None:
        """End the stream soon; never waits. Nothing of it comes any more but `ended`, at once."""
        if self._wanted:
            self._wanted = False
            self._set_frozen(False)
            self._camera.stop_stream()
            self.ended.emit(Reply(Outcome.CANCELLED))

    def taken(self) -> None:
        """The screen has drawn the last frame and can have the next."""
        self._camera.taken()

    def use(self, slot: str) -> None:
        """Change to another camera, the stream with it. An unknown slot is left out: settings may have changed."""
        if slot == self._slot or slot not in self._cameras:
            return
        streaming = self.streaming
        if streaming:
            self._set_frozen(False)
            self._camera.stop_stream()
        self._slot = slot
        if streaming:
            self.start_stream()
        self.changed.emit()

    def call(self, work: Callable[[Any], Reply[Any]], then: Callable[[Reply[Any]], None]) -> None:
        """Run work(camera) on the thread of the camera in use, between two frames; then its Reply on the event loop."""
        self._camera.call(work, then)

    def switch(self) -> None:
        """Change to the next camera."""
        slots = list(self._cameras)
        self.use(slots[(slots.index(self._slot) + 1) % len(slots)])

    def freeze(self, on: bool) -> None:
        """Hold the picture: a hand that trembles has been seen long enough. What is captured is what stands there."""
        if on is not self._frozen and (self.streaming or not on):
            self._set_frozen(on)
            self.changed.emit()

    def mirror(self, on: bool) -> None:
        """Turn the pictures of the camera in use left to right, or no longer."""
        self._camera.mirrored = on
        self.changed.emit()

    def mirror_slot(self, slot: str, on: bool) -> None:
        """As `mirror`, for a camera that need not be in use. An unknown slot is left out."""
        if slot in self._cameras:
            self._cameras[slot].mirrored = on

    def _set_frozen(self, on: bool) -> None:
        self._frozen = on
        self._camera.frozen = on

    def _pass_frame(self, slot: str, image: QImage, frame: Frame) -> None:
        if slot != self._slot or not self._wanted:
            return
        if self._frozen:
            self._camera.taken()  # it was under way when the picture was held
            return
        self.frame.emit(image, frame)

    def _pass_end(self, slot: str, reply: Reply[object]) -> None:
        if slot == self._slot and self._wanted and not self._camera.streaming:
            self._wanted = False
            self.ended.emit(reply)

    def _pass_interruption(self, slot: str, reply: Reply[object]) -> None:
        if slot == self._slot and self._wanted:
            self.interrupted.emit(reply)
