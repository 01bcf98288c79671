"""Face cameras: `face:?colour=v4l2:///dev/video0&infrared=v4l2:///dev/video2`, or with two clips.

Such a camera is two devices to the system: a colour and an infrared one, streaming at their own pace. Frames are paired
by the time at which they arrived. Each part is a camera's URI of its own, percent-encoded where it has options.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from devices.base import Capability, Picture
from devices.drivers.imaging import camera
from devices.failure import NOT_OPEN
from devices.kinds.biometric import FaceCamera
from devices.kinds.imaging import Camera, CameraMode, Frame
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri, scheme_of

APART = 0.1
"""Seconds that two frames of one moment may lie apart: three frames of a camera with 30 a second."""
_SCHEMES = ("v4l2", "file", "http", "https")


def open_driver(uri: str) -> FaceCamera:
    """The driver of a face camera's URI. colour: required; infrared: the second eye, if it has one. BadInput when it
    is malformed."""
    parsed = DeviceUri.parse(uri, ["colour", "infrared"])
    colour, infrared = parsed.options.get("colour", ""), parsed.options.get("infrared", "")
    if not colour:
        raise bad_uri(uri, "缺少参数 colour", "写作 face:?colour=v4l2:///dev/video0&infrared=v4l2:///dev/video2。")
    for part in filter(None, (colour, infrared)):
        if scheme_of(part) not in _SCHEMES:
            raise bad_uri(uri, f"中“{part[:40]}”不是摄像头地址", "可用 v4l2、file、http。")
    return PairedFaceCamera(uri, camera.open_driver(colour), camera.open_driver(infrared) if infrared else None)


class PairedFaceCamera(FaceCamera):
    """Two cameras as one."""

    def __init__(
        self,
        uri: str,
        colour: Camera,
        infrared: Camera | None,
        apart: float = APART,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(uri)
        self._colour = colour
        self._infrared = infrared
        self._apart = apart
        self._clock = clock
        self._last: Frame | None = None
        self._seen: deque[Frame] = deque(maxlen=16)

    def open(self) -> Reply[str]:
        self._cancelled.clear()
        reply = self._colour.open()
        if reply.ok and self._infrared:
            second = self._infrared.open()
            if not second.ok:
                self._colour.close()
                return Reply(second.outcome, detail=f"红外镜头：{second.detail}")
        second_eye = {Capability.INFRARED} if self._infrared else set()
        self.capabilities = self._colour.capabilities | second_eye
        return reply

    def close(self) -> None:
        self._last = None
        self._seen.clear()
        self._colour.close()
        if self._infrared:
            self._infrared.close()

    def probe(self) -> Reply[str]:
        reply = self._colour.probe()
        if reply.ok and self._infrared:
            # Half a device is not well: a liveness check would fail later, before the person.
            second = self._infrared.probe()
            if not second.ok:
                return Reply(second.outcome, detail=f"红外镜头：{second.detail}")
        return reply

    def cancel(self) -> None:
        super().cancel()
        self._colour.cancel()
        if self._infrared:
            self._infrared.cancel()

    def read_frame(self, timeout: float = 1.0) -> Reply[Frame]:
        self._cancelled.clear()
        reply = self._colour.read_frame(timeout)
        if reply.ok:
            self._last = reply.value
            if self._infrared:
                # What the second eye has just seen: its next one may come after the one that belongs to this frame.
                self._remember(self._infrared.read_frame(0.0))
        return reply

    def read_infrared(self, timeout: float = 1.0) -> Reply[Picture]:
        """As FaceCamera. TIMEOUT: the second eye gives nothing that was taken within 0.1 s of the last frame."""
        if self._infrared is None:
            return Reply(Outcome.NOT_PRESENT, detail="此摄像头没有红外镜头")
        last = self._last
        if last is None:
            state = self._colour.probe()
            if not state.ok:
                return Reply(state.outcome, detail=state.detail or NOT_OPEN)
            return Reply(Outcome.TIMEOUT, detail="还没有彩色画面，红外画面无从对应")
        self._cancelled.clear()
        until = self._clock() + timeout
        while not self._seen or self._seen[-1].at < last.at:
            left = until - self._clock()
            if left <= 0:
                break
            reply = self._infrared.read_frame(left)
            self._remember(reply)
            if not reply.ok and reply.outcome is not Outcome.TIMEOUT:
                return Reply(reply.outcome, detail=f"红外镜头：{reply.detail}")
        nearest = min(self._seen, key=lambda frame: abs(frame.at - last.at), default=None)
        if nearest is None or abs(nearest.at - last.at) > self._apart:
            return Reply(Outcome.TIMEOUT, detail="红外镜头没有同一时刻的画面")
        return Reply(Outcome.OK, nearest.picture)

    def set_exposure(self, stops: float) -> Reply[str]:
        return self._colour.set_exposure(stops)

    def modes(self) -> Reply[tuple[CameraMode, ...]]:
        return self._colour.modes()

    def set_mode(self, mode: CameraMode) -> Reply[CameraMode]:
        return self._colour.set_mode(mode)

    def set_focus(self, distance: float | None) -> Reply[str]:
        return self._colour.set_focus(distance)

    def _remember(self, reply: Reply[Frame]) -> None:
        if reply.value is not None:
            self._seen.append(reply.value)
