"""Live pictures: one thread reads the camera, another looks at the freshest frame; stale frames are dropped."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

import numpy as np
from PyQt6.QtCore import QObject, QThread, pyqtSignal
from PyQt6.QtGui import QImage

from app.workers.device_thread import PROBE_SECONDS
from devices.base import Camera, Frame, Picture
from devices.outcome import Outcome, Reply

log = logging.getLogger(__name__)


def as_image(picture: Picture) -> QImage:
    """A BGR picture as a QImage that owns its bytes."""
    packed = np.ascontiguousarray(picture)
    height, width = packed.shape[:2]
    return QImage(packed.tobytes(), width, height, packed.strides[0], QImage.Format.Format_BGR888).copy()


class FrameAnalyser(QThread):
    """Runs `analyse` on the freshest frame handed in; a frame that waits is replaced by a newer one.

    `analysed` carries (result, Frame). An analysis that raises is logged and skipped: one bad frame ends nothing.
    """

    analysed = pyqtSignal(object, object)

    def __init__(self, analyse: Callable[[Picture], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._analyse = analyse
        self._slot: Frame | None = None
        self._wake = threading.Condition()
        self._stopping = False

    def offer(self, frame: Frame) -> None:
        """Hand in a frame; never waits."""
        with self._wake:
            self._slot = frame
            self._wake.notify()

    def stop(self) -> None:
        with self._wake:
            self._stopping = True
            self._slot = None
            self._wake.notify()
        self.wait(5000)

    def run(self) -> None:
        while True:
            with self._wake:
                while self._slot is None:
                    if self._stopping:
                        return
                    self._wake.wait()
                frame, self._slot = self._slot, None
            try:
                result = self._analyse(frame.picture)
            except Exception:
                log.exception("analysing frame %d", frame.index)
                continue
            self.analysed.emit(result, frame)


class CameraThread(QThread):
    """Owns one camera. The camera is open only while it is looked through, so that its lamp tells the truth.

    `frame` carries (QImage, Frame) for the preview; a frame is skipped while the screen has not yet taken the last one.
    `ended` carries the Reply that ended a stream: NOT_PRESENT when a clip is over, CANCELLED after `stop_stream`.
    `light` carries the latest Reply of open.
    """

    frame = pyqtSignal(object, object)
    ended = pyqtSignal(object)
    light = pyqtSignal(object)

    def __init__(self, camera: Camera, analyser: FrameAnalyser | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.camera = camera
        self._analyser = analyser
        self._state = threading.Condition()
        self._wanted = False
        self._quit = False
        self._shown = threading.Event()

    @property
    def streaming(self) -> bool:
        return self._wanted

    def start_stream(self) -> None:
        """Open the camera and give frames; harmless while it already does."""
        with self._state:
            self._wanted = True
            self._state.notify()

    def stop_stream(self) -> None:
        """End the stream soon; never waits."""
        with self._state:
            running, self._wanted = self._wanted, False
        if running:
            self.camera.cancel()

    def taken(self) -> None:
        """The screen has drawn the last frame and can have the next."""
        self._shown.set()

    def stop(self) -> None:
        """End the thread."""
        with self._state:
            self._quit = True
            self._state.notify()
        self.stop_stream()
        self.wait(5000)

    def run(self) -> None:
        well = self._look()
        while True:
            with self._state:
                if not self._wanted and not self._quit:
                    self._state.wait(PROBE_SECONDS)
                if self._quit:
                    return
                wanted = self._wanted
            if wanted:
                reply = self._stream()
                with self._state:
                    if reply.outcome is Outcome.CANCELLED and self._wanted:
                        # Stopped and started again before the stream had ended: go on with the new one.
                        continue
                    asked_to_end, self._wanted = not self._wanted, False
                well = reply.outcome in (Outcome.OK, Outcome.NOT_PRESENT, Outcome.CANCELLED)
                self.light.emit(Reply(Outcome.OK, self.camera.uri) if well else reply)
                self.ended.emit(Reply(Outcome.CANCELLED) if asked_to_end else reply)
            elif not well:
                # Only a camera that was missing is tried again: opening a good one would blink its lamp.
                well = self._look()

    def _look(self) -> bool:
        reply = self._guarded(self.camera.open)
        self.camera.close()
        self.light.emit(reply)
        return reply.ok

    def _stream(self) -> Reply[Any]:
        self._shown.set()
        reply = self._guarded(self.camera.open)
        while reply.ok and self._wanted:
            reply = self._guarded(lambda: self.camera.read_frame(1.0))
            if reply.ok:
                self._pass_on(reply.unwrap())
            elif reply.outcome is Outcome.TIMEOUT:
                reply = Reply(Outcome.OK)
        self.camera.close()
        return reply

    def _guarded(self, work: Callable[[], Reply[Any]]) -> Reply[Any]:
        try:
            return work()
        except Exception as exc:
            log.exception("camera %s raised", self.camera.uri)
            return Reply(Outcome.FAULT, detail=f"摄像头驱动出错（{type(exc).__name__}）")

    def _pass_on(self, frame: Frame) -> None:
        if self._analyser is not None:
            self._analyser.offer(frame)
        if self._shown.is_set():
            self._shown.clear()
            self.frame.emit(as_image(frame.picture), frame)
