"""A network camera on loopback: plays a clip or a picture as MJPEG over HTTP."""

from __future__ import annotations

import contextlib
import http.server
import threading
import urllib.parse
from collections.abc import Generator
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from devices.base import Picture
from devices.drivers.imaging.camera import open_driver
from devices.emulators.faults import Faults
from devices.emulators.links.tcp import NO_ADDRESS
from devices.kinds.imaging import Camera
from devices.outcome import Outcome

FAULTS = frozenset(
    {
        "drop",  # hangs up after fault_after frames
        "stall",  # sends nothing more after fault_after frames, and does not hang up
        "not-found",  # 404
        "garbage",  # parts that are no pictures
    }
)
IN_FOCUS = 0.6
_BOUNDARY = "yichuang-frame"


class MjpegEmulator:
    """Serves `url` between start and stop. The clip plays while somebody looks; all see the same picture."""

    def __init__(self, clip: Path | Camera, loop: bool = True, quality: int = 90, light: float = 0.0) -> None:
        """clip: or what draws the pictures. quality: of the JPEGs, 1–100. A clip that cannot be read gives a stream
        without pictures. light: stops by which the camera's own exposure is wrong; the clip shows the scene as it
        should be."""
        self.faults = Faults(FAULTS)
        self.fault_after = 5
        self.url = "http://{}:{}/mjpeg".format(*NO_ADDRESS)
        self.clip = clip
        self.loop = loop
        self.quality = quality
        self.light = light
        self.size = (0, 0)
        """Width and height of the clip's pictures, once one was shown."""
        self.part = 1
        """The pictures are sent in so many parts of their width."""
        self.exposure = 0.0
        """Stops from the camera's own choice, as a control of its would set them."""
        self.focus: float | None = None
        """Where its lens stands, 0 to 1; None: it finds the page itself, which lies at IN_FOCUS."""
        self.stopping = threading.Event()
        self._server: http.server.ThreadingHTTPServer | None = None
        self._threads: list[threading.Thread] = []
        self._changed = threading.Condition()
        self._viewers = 0
        self._shown = 0
        self._jpeg = b""
        self._ended = False
        self._next: Camera | None = None
        """What is held before the camera next, opened."""

    def start(self) -> None:
        """Serve on a free port. Starting twice is harmless."""
        if self._server:
            return
        self.stopping.clear()
        self._shown, self._jpeg, self._ended = 0, b"", False
        self.exposure, self.focus = 0.0, None
        source = _opened(self.clip, self.loop)
        emulator = self

        class Handler(_Handler):
            camera = emulator

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        # Not daemonic: stop waits for the clients, so that none outlives the emulator.
        self._server.daemon_threads = False
        self.url = f"http://127.0.0.1:{self._server.server_port}/mjpeg"
        self._threads = [
            threading.Thread(target=self._server.serve_forever, args=(0.02,), name="mjpeg-server", daemon=True),
            threading.Thread(target=self._play, args=(source,), name="mjpeg-player", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def show(self, clip: Path) -> None:
        """Hold something else before the camera: whoever looks from now on sees the clip's first picture first. From
        any thread."""
        source = _opened(clip, self.loop) if self._server else None
        with self._changed:
            self.clip = clip
            unseen, self._next = self._next, source
        if unseen is not None:
            unseen.close()

    def stop(self) -> None:
        """Hang up on everybody. Stopping twice is harmless."""
        server, self._server = self._server, None
        if not server:
            return
        self.stopping.set()
        with self._changed:
            self._changed.notify_all()
        server.shutdown()
        for thread in self._threads:
            thread.join()
        server.server_close()

    def frames(self) -> Generator[bytes, None, None]:
        """The JPEGs from now on, the newest each time; ends with the clip or the emulator."""
        with self._changed:
            # Not the one that was seen last: a camera sees what is before it now. Of a clip that is over the last.
            seen = 0 if self._ended else self._shown
            self._viewers += 1
            self._changed.notify_all()
        try:
            while True:
                with self._changed:
                    while self._shown == seen and not (self._ended or self.stopping.is_set()):
                        self._changed.wait(0.5)
                    if self._shown == seen or self.stopping.is_set():
                        return
                    seen, jpeg = self._shown, self._jpeg
                yield jpeg
        finally:
            with self._changed:
                self._viewers -= 1

    def _exposed(self, picture: Picture) -> Picture:
        """The scene with the light of its exposure, what is too much for the sensor being white; and as sharp as its
        lens stands."""
        if self.focus is not None and (off := round(abs(self.focus - IN_FOCUS) * 20)):
            picture = np.asarray(cv2.blur(picture, (2 * off + 1, 2 * off + 1)), np.uint8)
        stops = self.light + self.exposure
        return np.asarray(cv2.convertScaleAbs(picture, alpha=2**stops), np.uint8) if stops else picture

    def _sized(self, picture: Picture) -> Picture:
        self.size = (picture.shape[1], picture.shape[0])
        if self.part == 1:
            return picture
        size = (self.size[0] // self.part, self.size[1] // self.part)
        return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)

    def _play(self, source: Camera) -> None:
        while not self.stopping.is_set():
            with self._changed:
                while not (self._viewers or self.stopping.is_set()):
                    self._changed.wait(0.5)
                following, self._next = self._next, None
            if following is not None:
                source.close()
                source = following
            reply = source.read_frame(0.5)
            if reply.outcome is Outcome.TIMEOUT:
                continue
            if reply.value is None:
                break
            options = [cv2.IMWRITE_JPEG_QUALITY, self.quality]
            jpeg = cv2.imencode(".jpg", self._exposed(self._sized(reply.value.picture)), options)[1].tobytes()
            with self._changed:
                if self._next is None:  # else it was taken away meanwhile
                    self._shown, self._jpeg = self._shown + 1, jpeg
                    self._changed.notify_all()
        source.close()
        with self._changed:
            self._ended = True
            unseen, self._next = self._next, None
            self._changed.notify_all()
        if unseen is not None:
            unseen.close()


def _opened(clip: Path | Camera, loop: bool) -> Camera:
    """A clip ready to be played. Before any client can come: OpenCV opens one FFmpeg source at a time in the whole
    process, and a client in this process holds that lock while it waits for our first picture."""
    source = clip
    if isinstance(source, Path):
        source = open_driver(f"file://{urllib.parse.quote(str(source.absolute()))}?loop={int(loop)}")
    source.open()
    return source


class _Handler(http.server.BaseHTTPRequestHandler):
    camera: MjpegEmulator

    def do_GET(self) -> None:
        if self.path != "/mjpeg" or self.camera.faults.on("not-found"):
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", f"multipart/x-mixed-replace;boundary={_BOUNDARY}")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        with contextlib.suppress(OSError), contextlib.closing(self.camera.frames()) as frames:
            self._stream(frames)

    def _stream(self, frames: Generator[bytes, None, None]) -> None:
        faults = self.camera.faults
        for sent, jpeg in enumerate(frames, 1):
            data = bytes(reversed(jpeg)) if faults.on("garbage") else jpeg
            head = f"--{_BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(data)}\r\n\r\n"
            self.wfile.write(head.encode() + data + b"\r\n")
            if sent >= self.camera.fault_after:
                if faults.on("drop"):
                    return
                if faults.on("stall"):
                    self.camera.stopping.wait()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the demo's log is for the clerk's actions."""
