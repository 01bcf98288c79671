"""Live pictures: one thread reads the camera, another looks at the freshest frame; stale frames are dropped."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

import numpy as np
from PyQt6.QtCore import QObject, QThread, pyqtSignal
from PyQt6.QtGui import QImage

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
    """Owns a camera while it is in use: opens it, gives frames until stopped, closes it.

    `frame` carries (QImage, Frame) for the preview; a frame is skipped while the screen has not yet taken the last one.
    `ended` carries the Reply that ended the stream: NOT_PRESENT when a clip is over, CANCELLED after stop.
    """

    frame = pyqtSignal(object, object)
    ended = pyqtSignal(object)

    def __init__(self, camera: Camera, analyser: FrameAnalyser | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.camera = camera
        self._analyser = analyser
        self._stopping = threading.Event()
        self._shown = threading.Event()
        self._shown.set()

    def taken(self) -> None:
        """The screen has drawn the last frame and can have the next."""
        self._shown.set()

    def stop(self) -> None:
        self._stopping.set()
        self.camera.cancel()
        self.wait(5000)

    def run(self) -> None:
        last: Reply[Any]
        try:
            last = self.camera.open()
            while last.ok and not self._stopping.is_set():
                last = self.camera.read_frame(1.0)
                if last.ok:
                    self._pass_on(last.unwrap())
                elif last.outcome is Outcome.TIMEOUT:
                    last = Reply(Outcome.OK)
        except Exception as exc:
            log.exception("camera %s raised", self.camera.uri)
            last = Reply(Outcome.FAULT, detail=f"摄像头驱动出错（{type(exc).__name__}）")
        finally:
            self.camera.close()
        self.ended.emit(Reply(Outcome.CANCELLED) if self._stopping.is_set() else last)

    def _pass_on(self, frame: Frame) -> None:
        if self._analyser is not None:
            self._analyser.offer(frame)
        if self._shown.is_set():
            self._shown.clear()
            self.frame.emit(as_image(frame.picture), frame)
