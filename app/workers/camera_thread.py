"""Live pictures: one thread reads the camera, another looks at the freshest frame; stale frames are dropped."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import cv2
import numpy as np
from PyQt6.QtCore import QObject, QThread, pyqtSignal
from PyQt6.QtGui import QImage

from app.domain.light import ExposureHint
from app.workers.device_owner import DeviceOwner
from app.workers.exposure import AUTOMATIC, ExposureControl, FocusControl
from app.workers.ownership import Turn
from devices.base import Device, Picture
from devices.kinds.imaging import Camera, Frame
from devices.outcome import Outcome, Reply

log = logging.getLogger(__name__)

RETRY_SECONDS = 1.0
"""How long after a stream broke off, and after each failed try, the camera is opened again."""
_NICENESS = 5
"""Of a gentle analyser's thread."""
_REST = 0.3
"""How long the analyser rests after each frame, as a share of what the frame took."""
SILENT_READS = 2
"""After so many reads of a second each without a new picture the stream counts as broken, though the line stands."""


def view_of(picture: Picture, room: tuple[int, int]) -> QImage:
    """A BGR picture as it is to be shown: no larger than room (width, height in device pixels; 0: as it is).

    In the layout that the screen has, so that drawing it is a plain copy. Owns its bytes.
    """
    height, width = picture.shape[:2]
    scale = min(room[0] / width, room[1] / height) if room[0] > 0 and room[1] > 0 else 1.0
    if scale < 0.45:
        # Halving is one quick average of four; the exact way all the way would take four times as long.
        picture = np.asarray(cv2.resize(picture, (width // 2, height // 2), interpolation=cv2.INTER_LINEAR), np.uint8)
    if scale < 1:
        size = (max(round(width * scale), 1), max(round(height * scale), 1))
        picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    packed = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2BGRA), np.uint8)
    return QImage(
        packed.tobytes(), packed.shape[1], packed.shape[0], packed.strides[0], QImage.Format.Format_RGB32
    ).copy()


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

    def __init__(
        self,
        analyse: Callable[[Picture], Any],
        parent: QObject | None = None,
        *,
        gentle: bool = False,
        exposure: Callable[[], ExposureHint | None] = lambda: None,
    ) -> None:
        """gentle: nobody waits for its answer, so it leaves the processor to the live picture where both want it.
        exposure: what it wishes of the light after the latest frame, dated by time.monotonic; from any thread."""
        super().__init__(parent)
        self.exposure = exposure
        self._analyse = analyse
        self._gentle = gentle
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
        if self._gentle and sys.platform == "linux":
            _give_way()
        while True:
            with self._wake:
                while self._slot is None:
                    if self._stopping:
                        return
                    self._wake.wait()
                frame, self._slot = self._slot, None
            began = time.monotonic()
            try:
                result = self._analyse(frame.picture)
            except Exception:
                log.exception("analysing frame %d", frame.index)
                continue
            self.analysed.emit(result, frame)
            with self._wake:
                if not self._stopping:
                    self._wake.wait_for(lambda: self._stopping, (time.monotonic() - began) * _REST)


class CameraThread(DeviceOwner):
    """Owns one camera. The camera is open only while it is looked through, so that its lamp tells the truth.

    `frame` carries (QImage, Frame): the picture fitted into the room of the screen, and the whole one. A frame is
    skipped while the screen has not yet taken the last one. `ended` carries the Reply that ended a stream: NOT_PRESENT
    when a clip is over, CANCELLED after `stop_stream`, a failure when the camera did not open at all. A stream that
    breaks off is taken up again as soon as the camera is back: `interrupted` carries the failure, and later OK.
    `light` carries the latest Reply of open. Calls (`call`) go between two frames, or open the camera for themselves.
    """

    frame = pyqtSignal(object, object)
    ended = pyqtSignal(object)
    interrupted = pyqtSignal(object)

    def __init__(
        self,
        camera: Camera,
        analyser: FrameAnalyser | None = None,
        parent: QObject | None = None,
        fresh: Callable[[], Device] | None = None,
    ) -> None:
        super().__init__(camera, parent, fresh)
        self._analyser = analyser
        self._wanted = False
        self._shown = threading.Event()
        self._room = (0, 0)
        self.mirrored = False
        """Turn each picture left to right, for screen, analyser and capture alike: what is seen is what is taken."""
        self.frozen = False
        """Read on, but show and analyse nothing new."""
        self.tuning = AUTOMATIC
        """Light and focus as the clerk has set them, for this and each later stream."""

    @property
    def streaming(self) -> bool:
        return self._wanted

    def use(self, analyser: FrameAnalyser | None) -> None:
        """Who looks at the frames from now on."""
        self._analyser = analyser

    def set_room(self, width: int, height: int) -> None:
        """How large the picture is shown, in device pixels. Larger ones are made smaller on this thread."""
        self._room = (width, height)

    def start_stream(self) -> None:
        """Open the camera and give frames; harmless while it already does."""
        if self.absent:
            self.ended.emit(self.device.open())
            return
        with self._wake:
            self._wanted = True
            self._wake.notify_all()
        if self._again_at is not None:
            self.nudge()

    def stop_stream(self) -> None:
        """End the stream soon; never waits."""
        with self._wake:
            running, self._wanted = self._wanted, False
            self._wake.notify_all()
        if running:
            self.device.cancel()

    def taken(self) -> None:
        """The screen has drawn the last frame and can have the next."""
        self._shown.set()

    def leave(self) -> None:
        self.stop_stream()
        super().leave()

    def live(self, turn: Turn) -> None:
        looked = self._look(turn)
        while not turn.over:
            with self._wake:
                if not (self._wanted or self._calls or self._nudged or turn.over):
                    # Only a camera that was missing is tried again: opening a good one would blink its lamp.
                    self._wake.wait(None if looked.ok else self._back_off.next(looked.outcome))
                if turn.over:
                    return
                wanted, asked = self._wanted, bool(self._calls)
                nudged, self._nudged = self._nudged, False
            if wanted:
                reply = self._stream(turn)
                with self._wake:
                    if turn.abandoned:
                        return  # another thread goes on with the stream
                    if reply.outcome in (Outcome.OK, Outcome.CANCELLED) and self._wanted:
                        # Stopped, and started again while the camera was still closing: go on with the new one.
                        continue
                    asked_to_end, self._wanted = not self._wanted, False
                well = reply.outcome in (Outcome.OK, Outcome.NOT_PRESENT, Outcome.CANCELLED)
                looked = Reply(Outcome.OK, turn.device.uri) if well else reply
                self.say(turn, self.light, looked)
                self.say(turn, self.ended, Reply(Outcome.CANCELLED) if asked_to_end else reply)
            elif asked:
                looked = self._serve(turn)
            elif nudged or not looked.ok:
                looked = self._look(turn)

    def _look(self, turn: Turn) -> Reply[Any]:
        reply = self.guarded(turn, lambda camera: camera.open())
        self._shut(turn)
        self.say(turn, self.light, reply)
        if reply.ok:
            self._back_off.reset()
        return reply

    def _serve(self, turn: Turn) -> Reply[Any]:
        """Calls that came while nobody looks: the camera is opened for them."""
        opened = self.guarded(turn, lambda camera: camera.open())
        self._answer_calls(turn, opened)
        self._shut(turn)
        self.say(turn, self.light, opened)
        return opened

    def _answer_calls(self, turn: Turn, opened: Reply[Any]) -> None:
        while self._calls and not turn.over:
            call, _ = self.take(turn, 0)
            if call is not None:
                self.carry_out(turn, call, opened)

    def _shut(self, turn: Turn) -> None:
        self.guarded(turn, lambda camera: camera.close() or Reply(Outcome.OK))

    def _stream(self, turn: Turn) -> Reply[Any]:
        """Frames until the stream is no longer wanted, the clip is over, or the camera never opened."""
        self._shown.set()
        light, focus = _controls(turn)
        opened = reply = self.guarded(turn, lambda camera: camera.open())
        given = broken = False
        silent = 0
        while self._wanted and not turn.over:
            if self._calls:
                self._answer_calls(turn, opened)
            if opened.ok:
                reply = self.guarded(turn, lambda camera: camera.read_frame(1.0))
                if reply.ok:
                    if broken:
                        broken = False
                        self._tell(turn, Reply(Outcome.OK, turn.device.uri))
                    given, silent = True, 0
                    self._pass_on(turn, reply.unwrap())
                    self._expose(turn, light)
                    focus.hold(self.tuning.focus)
                    continue
                if reply.outcome is Outcome.TIMEOUT:
                    silent += 1
                    if silent == SILENT_READS and given:
                        broken = True
                        self._tell(turn, reply)
                    continue
            # A camera that never gave a picture is the clerk's to look at; one that broke off may only be unplugged.
            if not given or reply.outcome in (Outcome.NOT_PRESENT, Outcome.CANCELLED):
                break
            if not broken:
                broken = True
                self._tell(turn, reply)
            self._shut(turn)
            light, focus = _controls(turn)
            with self._wake:
                if self._wanted and not self._nudged and not turn.over:
                    self._wake.wait(RETRY_SECONDS)
                self._nudged = False
            if self._wanted and not turn.over:
                opened = reply = self.guarded(turn, lambda camera: camera.open())
        self._expose(turn, light, over=True)
        self._shut(turn)
        silence = reply.outcome is Outcome.TIMEOUT and opened.ok
        return Reply(Outcome.OK, turn.device.uri) if reply.ok or silence else reply

    def _expose(self, turn: Turn, light: ExposureControl, *, over: bool = False) -> None:
        """The light as the clerk has set it, else as the analyser wishes it; as the camera chooses when the look is
        over or held."""
        analyser, set_by_hand = self._analyser, self.tuning.exposure
        try:
            if set_by_hand is not None and not over:
                light.hold(set_by_hand)
                return
            light.follow(None if over or self.frozen or analyser is None else analyser.exposure())
        except Exception:
            log.exception("exposure of camera %s", turn.device.uri)

    def _tell(self, turn: Turn, reply: Reply[Any]) -> None:
        self.say(turn, self.light, reply)
        self.say(turn, self.interrupted, reply)

    def _pass_on(self, turn: Turn, frame: Frame) -> None:
        if self.frozen or turn.abandoned:
            return
        if self.mirrored:
            frame = replace(frame, picture=np.asarray(cv2.flip(frame.picture, 1), np.uint8))
        if self._analyser is not None:
            self._analyser.offer(frame)
        if self._shown.is_set():
            self._shown.clear()
            self.frame.emit(view_of(frame.picture, self._room), frame)


def _controls(turn: Turn) -> tuple[ExposureControl, FocusControl]:
    camera = cast(Camera, turn.device)
    return ExposureControl(camera), FocusControl(camera)


def _give_way() -> None:
    """This thread alone (on Linux) steps back behind the screen. A program that was itself started further back stays
    there: nobody but root may come forward again.
    """
    me = threading.get_native_id()
    if os.getpriority(os.PRIO_PROCESS, me) < _NICENESS:
        os.setpriority(os.PRIO_PROCESS, me, _NICENESS)
