"""The loopback service of a document camera: two heads, live pictures and stills, as its makers' programs offer it."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from devices.base import Picture
from devices.drivers.imaging.camera import open_driver
from devices.emulators.imaging.drawn import page
from devices.emulators.links.http_service import HttpEmulator, Request

FAULTS = frozenset(
    {
        "mute",  # takes a command and says nothing more
        "garbage",  # answers that are no JSON
        "torn",  # half of the base64
        "busy",
        "code",  # refuses with code -1
        "slow",  # answers after two seconds
        "huge",  # announces 400 MB
        "bomb",  # a picture that says it is 60,000 × 60,000 pixels
        "stall",  # the live picture stands still after fault_after frames
        "drop",  # the live picture breaks off after fault_after frames
        "no-picture",  # the service runs, the camera is not plugged in
    }
)
_BOUNDARY = "doccam-frame"
_FPS = 12
_TURNS = {"90": cv2.ROTATE_90_CLOCKWISE, "180": cv2.ROTATE_180, "270": cv2.ROTATE_90_COUNTERCLOCKWISE}


class DoccamEmulator(HttpEmulator):
    """heads: a clip or picture for each head; drawn pages where there is none. size: width and height of a still; the
    live picture is half as wide."""

    def __init__(
        self, heads: tuple[Path | None, Path | None] = (None, None), size: tuple[int, int] = (2592, 1944)
    ) -> None:
        super().__init__(FAULTS)
        self.fault_after = 5
        self.size = size
        self.closed = 0
        """How often a head was told to close."""
        self._heads = heads
        self._views: list[Callable[[], Picture]] = []
        self._turned: dict[str, str] = {}
        self._lock = threading.Lock()

    def start(self) -> None:
        # Before any client comes: OpenCV opens one FFmpeg source at a time in the whole process.
        self._views = [self._view(head, clip) for head, clip in enumerate(self._heads)]
        self._turned = {}
        super().start()

    @property
    def url(self) -> str:
        """Of the main head, as the driver is given it."""
        return "doccam+http://{}:{}".format(*self.address)

    def respond(self, request: Request) -> None:
        path = request.path.lstrip("/")
        if request.command == "GET" and path.startswith("video=stream"):
            self._stream(request, path.partition("camidx=")[2] or "0")
        elif request.command == "POST":
            self._command(request, path)
        else:
            request.reply(404)

    def _command(self, request: Request, path: str) -> None:
        faults = self.faults
        if faults.on("mute"):
            request.fall_silent()
            return
        if faults.on("slow"):
            self.stopping.wait(2)
        if faults.on("garbage"):
            request.reply(200, b'{"code": "0", "photoBa', "application/json")
            return
        if faults.on("huge"):
            request.reply(200, b'{"code":"0",', "application/json", length=400 * 2**20)
            return
        try:
            asked = json.loads(request.body or b"{}")
            head = str(asked.get("camidx", "0"))
        except (ValueError, AttributeError):
            _say(request, "-2")
            return
        if faults.on("busy"):
            _say(request, "3")
        elif faults.on("code") or faults.on("no-picture") or head not in ("0", "1"):
            _say(request, "-1", msg="C:\\camera\\error.log")
        elif path == "video=grabimage":
            self._grab(request, head, asked)
        elif path == "video=rotate":
            self._turned[head] = str(asked.get("rotate", "0"))
            _say(request, "0")
        elif path == "video=close":
            self.closed += 1
            _say(request, "0")
        else:
            _say(request, "-1")

    def _grab(self, request: Request, head: str, asked: dict[str, str]) -> None:
        with self._lock:
            picture = self._views[int(head)]()
        wide, high = self.size
        picture = _fitted(picture, wide, high)
        turn = _TURNS.get(str(asked.get("rotate", "0")))
        if turn is not None:
            picture = np.asarray(cv2.rotate(picture, turn), np.uint8)
        if str(asked.get("ColorMode", "0")) == "1":
            picture = np.asarray(cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR), np.uint8)
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(asked.get("quality", "90"))]
        data = cv2.imencode(".jpg", picture, quality)[1].tobytes()
        if self.faults.on("bomb"):
            from devices.emulators.imaging.escl_scanner import with_size

            data = with_size(data, 60_000, 60_000)
        packed = base64.b64encode(data).decode()
        _say(request, "0", photoBase64=packed[: len(packed) // 2 - 1] if self.faults.on("torn") else packed)

    def _stream(self, request: Request, head: str) -> None:
        if head not in ("0", "1") or self.faults.on("no-picture"):
            request.reply(404)
            return
        request.send_response(200)
        request.send_header("Content-Type", f"multipart/x-mixed-replace;boundary={_BOUNDARY}")
        request.end_headers()
        sent = 0
        while not self.stopping.wait(1 / _FPS):
            with self._lock:
                picture = self._views[int(head)]()
            picture = _fitted(picture, self.size[0] // 2, self.size[1] // 2)
            turn = _TURNS.get(self._turned.get(head, "0"))
            if turn is not None:
                picture = np.asarray(cv2.rotate(picture, turn), np.uint8)
            data = cv2.imencode(".jpg", picture)[1].tobytes()
            start = f"--{_BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(data)}\r\n\r\n"
            request.wfile.write(start.encode() + data + b"\r\n")
            sent += 1
            if sent >= self.fault_after:
                if self.faults.on("drop"):
                    return
                if self.faults.on("stall"):
                    self.stopping.wait()

    def _view(self, head: int, clip: Path | None) -> Callable[[], Picture]:
        if clip is None:
            return lambda: _on_desk(head, time.monotonic())
        source = open_driver(f"file://{clip.absolute()}?loop=1")
        source.open()
        latest = _on_desk(head, 0.0)

        def view() -> Picture:
            nonlocal latest
            reply = source.read_frame(0.0)
            if reply.value is not None:
                latest = reply.value.picture
            return latest

        return view


def _on_desk(head: int, moment: float) -> Picture:
    """A drawn page on a dark desk; it moves a little, so that one sees that the picture lives."""
    desk = np.full((972, 1296, 3), (58, 64, 52), np.uint8)
    sheet = page(head + 1, 72)
    left, top = 340 + round(4 * np.sin(moment)), 60
    desk[top : top + sheet.shape[0], left : left + sheet.shape[1]] = sheet
    return desk


def _fitted(picture: Picture, wide: int, high: int) -> Picture:
    return np.asarray(cv2.resize(picture, (wide, high), interpolation=cv2.INTER_LINEAR), np.uint8)


def _say(request: Request, code: str, **more: str) -> None:
    request.reply(200, json.dumps({"code": code, **more}).encode(), "application/json")
