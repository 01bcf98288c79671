"""What one purpose (codes, pages) looks through: one of the window's cameras, changed while it runs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

from app.workers.camera_thread import CameraThread, FrameAnalyser
from app.workers.exposure import AUTOMATIC, Tuning
from devices.base import Capability, Picture
from devices.kinds.imaging import Camera, Frame
from devices.outcome import Outcome, Reply

log = logging.getLogger(__name__)

STILL_SECONDS = 10.0
"""How long a still may take; then the picture on show is taken."""


class CameraSource(QObject):
    """The signals are those of the camera in use, while this purpose uses it. See CameraThread.

    `changed` follows each change of camera, mirror or freeze, and each camera that comes to a place or leaves it. Two
    purposes may share a camera, one after the other.
    """

    frame = pyqtSignal(object, object)
    ended = pyqtSignal(object)
    interrupted = pyqtSignal(object)
    changed = pyqtSignal()

    def __init__(
        self, cameras: Mapping[str, CameraThread], slot: str, analyser: FrameAnalyser, parent: QObject | None = None
    ) -> None:
        """cameras: by slot of the settings, those of empty places too: they may get one. slot: which is looked through
        unless the clerk chooses another; while its place is empty, the first that is there. KeyError when unknown."""
        super().__init__(parent)
        self._cameras = dict(cameras)
        self._usual = self._slot = slot
        self._analyser = analyser
        self._wanted = False
        self._frozen = False
        self._room = (0, 0)
        for name, camera in self._cameras.items():
            camera.frame.connect(partial(self._pass_frame, name))
            camera.ended.connect(partial(self._pass_end, name))
            camera.interrupted.connect(partial(self._pass_interruption, name))
            camera.light.connect(self._places_changed)
        self._there = self.slots
        self._slot = self._best()

    @property
    def slot(self) -> str:
        """The camera in use."""
        return self._slot

    @property
    def there(self) -> bool:
        """Stands a camera there at all?"""
        return not self._camera.absent

    @property
    def slots(self) -> tuple[str, ...]:
        """The cameras that there are to choose from."""
        return tuple(slot for slot, camera in self._cameras.items() if not camera.absent)

    @property
    def capabilities(self) -> frozenset[str]:
        """What the camera in use offers (`devices.base.Capability`)."""
        return self._camera.device.capabilities

    @property
    def uri(self) -> str:
        """The address of the camera in use."""
        return self._camera.device.uri

    @property
    def tuning(self) -> Tuning:
        """Light and focus of the camera in use, as the clerk has set them."""
        return self._camera.tuning

    def tune(self, tuning: Tuning) -> None:
        """Set light and focus of the camera in use; seen in the next frames."""
        self._camera.tuning = tuning

    def tune_all(self, known: Mapping[str, Tuning]) -> None:
        """Set each camera as it is known by its address; automatic where it is not."""
        for camera in self._cameras.values():
            camera.tuning = known.get(camera.device.uri, AUTOMATIC)

    @property
    def several(self) -> bool:
        """Is there another camera to change to?"""
        return len(self.slots) > 1

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
        """Change to another camera, the stream with it. One that is not there is left out: settings change."""
        if slot in self.slots:
            self._usual = slot
            self._use(slot)

    def _use(self, slot: str) -> None:
        if slot == self._slot:
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

    def take(self, seen: Picture, then: Callable[[Picture], None]) -> bool:
        """Hand on, on the event loop, the finest picture of what is seen now: the camera's still, turned as its live
        picture is. That picture itself (seen) where it is held, where the camera has no finer still, or gives none.
        True: a still is under way; else `then` has been called."""
        camera = self._camera
        if self._frozen or Capability.STILL not in camera.device.capabilities:
            then(seen)
            return False
        mirrored = camera.mirrored

        def shoot(device: Camera) -> Reply[Frame]:
            reply = device.take_still(STILL_SECONDS)
            if not (reply.ok and mirrored):
                return reply
            still = reply.unwrap()
            return Reply(Outcome.OK, replace(still, picture=np.ascontiguousarray(still.picture[:, ::-1])))

        def shot(reply: Reply[Frame]) -> None:
            if not reply.ok:
                log.info("no still of %s: %s", camera.device.uri, reply.outcome)
            still = reply.unwrap().picture if reply.ok else seen
            then(still if still.size >= seen.size else seen)

        camera.call(shoot, shot)
        return True

    def switch(self) -> None:
        """Change to the next camera."""
        slots = self.slots
        if slots:
            at = slots.index(self._slot) if self._slot in slots else -1
            self.use(slots[(at + 1) % len(slots)])

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

    def _best(self) -> str:
        there = self.slots
        return self._usual if self._usual in there or not there else there[0]

    def _places_changed(self) -> None:
        """A place got its first camera, or lost it. A picture on show stays while its camera is there."""
        there = self.slots
        if there == self._there:
            return
        self._there = there
        if not (self.streaming and self._slot in there):
            self._use(self._best())
        self.changed.emit()

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
