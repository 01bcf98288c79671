"""Cameras that never wait: UVC devices and network streams. A thread of their own keeps the freshest picture."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import cv2
import numpy as np

from devices.failure import NOT_OPEN, Failure, cancelled
from devices.kinds.imaging import Camera, CameraMode, Frame
from devices.outcome import Outcome, Reply

_SLICE = 0.05
_STALE = 2.0


Expose = Callable[[cv2.VideoCapture, float], bool]
"""Sets a capture's exposure in stops from its own choice, 0 being that choice; False when it cannot."""


class _Session:
    """One opening: the thread that owns the capture, and what it last saw.

    The capture is opened, read and released by its thread alone: OpenCV crashes when it is released under a read.
    """

    def __init__(
        self, source: Callable[[], cv2.VideoCapture], diagnose: Callable[[], Failure], expose: Expose | None
    ) -> None:
        self._source = source
        self._diagnose = diagnose
        self._expose = expose
        self._exposed = self.exposure = 0.0
        self._stop = threading.Event()
        self.changed = threading.Condition()
        self.opened = False
        self.size = (0, 0)
        self.latest: Frame | None = None
        self.failure: Failure | None = None
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)
        self._thread.start()

    def stop(self, timeout: float) -> None:
        """Let the thread end, waiting for it up to timeout seconds; a read that hangs ends it later."""
        self._stop.set()
        self._thread.join(timeout)

    def _run(self) -> None:
        try:
            failure = self._grab()
        except Exception as error:
            failure = Failure(Outcome.FAULT, f"摄像头驱动出错（{type(error).__name__}）")
        with self.changed:
            self.failure = failure
            self.changed.notify_all()

    def _grab(self) -> Failure:
        capture = self._source()
        try:
            if not capture.isOpened():
                return self._diagnose()
            with self.changed:
                self.opened = True
                self.changed.notify_all()
            index = 0
            while not self._stop.is_set():
                self._light(capture, self.exposure)
                ok, picture = capture.read()
                if not ok or picture is None:
                    return Failure(Outcome.DISCONNECTED, "摄像头画面中断，请检查连接")
                frame = Frame(np.asarray(picture, np.uint8), index, time.monotonic())
                index += 1
                with self.changed:
                    self.latest = frame
                    self.size = (picture.shape[1], picture.shape[0])
                    self.changed.notify_all()
            return Failure(Outcome.DISCONNECTED, NOT_OPEN)
        finally:
            # A camera keeps its controls: the next program would find it too dark.
            self._light(capture, 0.0)
            capture.release()

    @property
    def can_expose(self) -> bool:
        return self._expose is not None

    def _light(self, capture: cv2.VideoCapture, stops: float) -> None:
        if self._expose is not None and stops != self._exposed:
            self._exposed = stops
            if not self._expose(capture, stops):
                self._expose = None


def nearest_mode(modes: tuple[CameraMode, ...], wanted: CameraMode) -> CameraMode:
    """The mode whose size is nearest to the wanted one, and of those the one with the nearest rate."""
    return min(
        modes,
        key=lambda one: (abs(one.width - wanted.width) + abs(one.height - wanted.height), abs(one.fps - wanted.fps)),
    )


class LiveCamera(Camera):
    """Gives the newest picture that has not been given yet. A camera that breaks off stays so until close and open."""

    def __init__(
        self,
        uri: str,
        name: str,
        source: Callable[[CameraMode | None], cv2.VideoCapture],
        diagnose: Callable[[], Failure],
        patience: float = 10.0,
        exposer: Callable[[], Expose] | None = None,
        modes: Callable[[], tuple[CameraMode, ...]] = tuple,
        focus: Callable[[float | None], bool] = lambda _: False,
        able: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        """source opens the capture in the mode wished for (it may block, but not for ever); diagnose says why it did
        not open. patience: seconds that opening may take. exposer: makes what sets the exposure, anew for each opening.
        modes: what there is to choose; focus: sets it, False when it cannot; able: what of
        Capability an open one has."""
        super().__init__(uri)
        self._modes = modes
        self._focus = focus
        self._able = able
        self._focused = False
        self._mode: CameraMode | None = None
        self._name = name
        self._source = source
        self._diagnose = diagnose
        self._patience = patience
        self._exposer = exposer
        self._session: _Session | None = None
        self._given = -1

    def open(self) -> Reply[str]:
        self._cancelled.clear()
        if self._session and self._session.failure is None:
            return Reply(Outcome.OK, self._name)
        self.close()
        mode = self._mode
        session = _Session(lambda: self._source(mode), self._diagnose, self._exposer() if self._exposer else None)
        failure = self._wait(session, lambda: session.opened, self._patience, "摄像头长时间没有打开")
        if failure:
            session.stop(0)
            return failure.reply
        self._session, self._given = session, -1
        self.capabilities = self._able()
        return Reply(Outcome.OK, self._name)

    def close(self) -> None:
        session, self._session = self._session, None
        if session:
            session.stop(5.0)
            if self._focused:
                # As with its light: the next program finds the camera in its own hands.
                self._focused = False
                self._focus(None)

    def probe(self) -> Reply[str]:
        session = self._session
        if session is None:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        self._cancelled.clear()

        def fresh() -> bool:
            latest = session.latest
            return session.failure is None and latest is not None and time.monotonic() - latest.at < _STALE

        failure = self._wait(session, fresh, 1.5, "摄像头没有新画面")
        return failure.reply if failure else Reply(Outcome.OK, f"{self._name} {session.size[0]}×{session.size[1]}")

    def read_frame(self, timeout: float = 1.0) -> Reply[Frame]:
        session = self._session
        if session is None:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        self._cancelled.clear()

        def newer() -> bool:
            return session.latest is not None and session.latest.index > self._given

        failure = self._wait(session, newer, timeout, "摄像头没有新画面")
        frame = session.latest
        if failure or frame is None:
            return (failure or Failure(Outcome.TIMEOUT, "摄像头没有新画面")).reply
        self._given = frame.index
        return Reply(Outcome.OK, frame)

    def set_exposure(self, stops: float) -> Reply[str]:
        session = self._session
        if session is None:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        if not session.can_expose:
            return super().set_exposure(stops)
        # Its own thread does it, before the next picture.
        session.exposure = stops
        return Reply(Outcome.OK, self._name)

    def modes(self) -> Reply[tuple[CameraMode, ...]]:
        if self._session is None:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        found = self._modes()
        return Reply(Outcome.OK, found) if found else super().modes()

    def set_mode(self, mode: CameraMode) -> Reply[CameraMode]:
        """As Camera; takes as long as opening. The choice outlives closing. When the camera does not come up in the
        new mode, it is opened as it was."""
        if self._session is None:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        found = self._modes()
        if not found:
            return super().set_mode(mode)
        wanted = nearest_mode(found, mode)
        before, self._mode = self._mode, wanted
        self.close()
        reply = self.open()
        if not reply.ok:
            self._mode = before
            self.open()
            return Reply(reply.outcome, detail=reply.detail)
        return Reply(Outcome.OK, wanted)

    def set_focus(self, distance: float | None) -> Reply[str]:
        if self._session is None:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        if not self._focus(distance):
            return super().set_focus(distance)
        self._focused = distance is not None
        return Reply(Outcome.OK, self._name)

    def cancel(self) -> None:
        super().cancel()
        session = self._session
        if session:
            with session.changed:
                session.changed.notify_all()

    def _wait(self, session: _Session, ready: Callable[[], bool], timeout: float, too_late: str) -> Failure | None:
        """Wait until ready; why not, otherwise."""
        until = time.monotonic() + timeout
        with session.changed:
            while not ready():
                if self._cancelled.is_set():
                    return cancelled()
                if session.failure:
                    return session.failure
                left = until - time.monotonic()
                if left <= 0:
                    return Failure(Outcome.TIMEOUT, too_late)
                session.changed.wait(min(left, _SLICE))
        return None
