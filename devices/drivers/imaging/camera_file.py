"""Clips and still pictures as cameras, for demo, training and tests."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from devices.base import Picture
from devices.failure import NOT_OPEN, Failure, cancelled
from devices.kinds.imaging import Camera, Frame
from devices.outcome import Outcome, Reply

STILL_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"})

STILL_FPS = 10.0
_DEFAULT_FPS = 25.0
_FPS_RANGE = (0.5, 240.0)

_PAUSE = 5.0
"""Seconds without a reader after which a clip counts as paused rather than late."""


class FileCamera(Camera):
    """What clips and stills share: frames come in real time, from the first read on."""

    def __init__(self, uri: str, path: str) -> None:
        super().__init__(uri)
        self._path = Path(path)
        self._opened = False
        self._fps = STILL_FPS
        self._size = (0, 0)
        self._next = 0
        self._started = 0.0

    def open(self) -> Reply[str]:
        if self._opened:
            return Reply(Outcome.OK, self._name)
        self._cancelled.clear()
        try:
            if not self._path.is_file() or not os.access(self._path, os.R_OK):
                raise Failure(Outcome.DISCONNECTED, f"找不到文件 {self._path.name}，或没有读取权限")
            self._load()
        except Failure as failure:
            return failure.reply
        except (cv2.error, OSError):
            return Reply(Outcome.UNREADABLE, detail=f"无法读取文件 {self._path.name}")
        self._opened = True
        self._next = 0
        return Reply(Outcome.OK, self._name)

    def close(self) -> None:
        self._opened = False

    def probe(self) -> Reply[str]:
        if not self._opened:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        if not self._path.is_file():
            return Reply(Outcome.DISCONNECTED, detail=f"文件 {self._path.name} 已被移走")
        return Reply(Outcome.OK, self._name)

    def read_frame(self, timeout: float = 1.0) -> Reply[Frame]:
        if not self._opened:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        self._cancelled.clear()
        try:
            due = self._due(timeout)
            picture = self._take(due)
        except Failure as failure:
            return failure.reply
        except cv2.error:
            return Reply(Outcome.FAULT, detail=f"文件 {self._path.name} 解码出错")
        frame = Frame(picture, self._next, time.monotonic())
        self._next += 1
        return Reply(Outcome.OK, frame)

    def _due(self, timeout: float) -> int:
        """Wait for the next frame's time; the index of the frame that is due then."""
        now = time.monotonic()
        late = now - self._started - self._next / self._fps
        if self._next == 0 or late > _PAUSE:
            self._started = now - self._next / self._fps
            return self._next
        if late < 0:
            if self._cancelled.wait(min(-late, timeout)):
                raise cancelled()
            if -late > timeout:
                raise Failure(Outcome.TIMEOUT, "摄像头没有新画面")
            return self._next
        # A hair under a frame late is still this frame's turn.
        return self._next + math.floor(late * self._fps + 1e-6)

    @property
    def _name(self) -> str:
        return f"{self._path.name} {self._size[0]}×{self._size[1]}"

    def _load(self) -> None:
        """Open the file and set _fps and _size. Failure when it cannot be read."""
        raise NotImplementedError

    def _take(self, due: int) -> Picture:
        """The picture with the index due (after _next at the earliest), setting _next to its index."""
        raise NotImplementedError


def opened(data: bytes) -> Picture | None:
    """A picture file as BGR, turned as its EXIF says, what is transparent on white paper; None: no picture."""
    packed = np.frombuffer(data, np.uint8)
    picture = cv2.imdecode(packed, cv2.IMREAD_COLOR) if packed.size else None
    if picture is None:
        return None
    # Codes saved from a page are often black on nothing. A JPEG has nothing that is transparent.
    whole = None if data.startswith(b"\xff\xd8") else cv2.imdecode(packed, cv2.IMREAD_UNCHANGED)
    if whole is not None and whole.ndim == 3 and whole.shape[2] == 4 and whole.dtype == np.uint8:
        opaque = whole[:, :, 3:] / np.float32(255)
        picture = whole[:, :, :3] * opaque + 255 * (1 - opaque)
    return np.ascontiguousarray(picture, np.uint8)


class StillCamera(FileCamera):
    """Gives the same picture ten times a second."""

    _picture: Picture

    def _load(self) -> None:
        # Not cv2.imread: it fails on Chinese paths on Windows.
        picture = opened(self._path.read_bytes())
        if picture is None:
            raise Failure(Outcome.UNREADABLE, f"{self._path.name} 不是可识别的图片")
        self._picture = picture
        self._size = (picture.shape[1], picture.shape[0])

    def _take(self, due: int) -> Picture:
        self._next = due
        return self._picture.copy()


class ClipCamera(FileCamera):
    """Plays a clip at its own pace; frames that nobody took in time are dropped."""

    def __init__(
        self, uri: str, path: str, loop: bool, opener: Callable[[str], cv2.VideoCapture] | None = None
    ) -> None:
        super().__init__(uri, path)
        self._loop = loop
        self._opener = opener or _open_clip
        self._capture: cv2.VideoCapture | None = None
        self._grabbed = 0
        self._in_pass = 0

    def close(self) -> None:
        super().close()
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()

    def _load(self) -> None:
        capture = self._opener(str(self._path.absolute()))
        if not capture.isOpened():
            capture.release()
            raise Failure(Outcome.UNREADABLE, f"{self._path.name} 不是可识别的视频文件")
        fps = capture.get(cv2.CAP_PROP_FPS)
        self._fps = fps if _FPS_RANGE[0] <= fps <= _FPS_RANGE[1] else _DEFAULT_FPS
        self._size = (int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)), int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT)))
        self._grabbed = self._in_pass = 0
        self._capture = capture

    def _take(self, due: int) -> Picture:
        capture = self._capture
        if capture is None:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)
        while self._grabbed <= due:
            if self._cancelled.is_set():
                raise cancelled()
            if not capture.grab():
                self._end_of_pass(capture)
                continue
            self._grabbed += 1
            self._in_pass += 1
        ok, picture = capture.retrieve()
        if not ok or picture is None:
            raise Failure(Outcome.FAULT, f"{self._path.name} 的画面无法解码")
        self._next = due
        return np.asarray(picture, np.uint8)

    def _end_of_pass(self, capture: cv2.VideoCapture) -> None:
        if self._in_pass == 0:
            raise Failure(Outcome.UNREADABLE, f"{self._path.name} 中没有可读的画面")
        if self._loop:
            # Wound back, not opened again: OpenCV opens one FFmpeg source at a time in the whole process, so that a
            # slow network camera would stop this one.
            if not capture.set(cv2.CAP_PROP_POS_FRAMES, 0):
                raise Failure(Outcome.FAULT, f"{self._path.name} 无法从头播放")
            self._in_pass = 0
            return
        promised = capture.get(cv2.CAP_PROP_FRAME_COUNT)
        # Containers count roughly; a clip that ends well before its promise is torn.
        if promised > self._in_pass + max(3.0, 0.1 * promised):
            raise Failure(Outcome.FAULT, f"{self._path.name} 不完整，只读到前 {self._in_pass} 帧")
        raise Failure(Outcome.NOT_PRESENT, "视频已播放完毕")


def _open_clip(path: str) -> cv2.VideoCapture:
    # FFmpeg by name: left to choose, OpenCV takes a % in the name for a pattern of numbered pictures.
    return cv2.VideoCapture(path, cv2.CAP_FFMPEG)
