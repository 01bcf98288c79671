"""A maker's loopback signing service for the real `signpad+ws` driver: WebSocket, JSON type 16."""

from __future__ import annotations

import base64
import contextlib
import json
import math
import threading
import time
from itertools import pairwise
from typing import Any

import cv2
import numpy as np

from devices.emulators.faults import Faults
from devices.emulators.links.tcp import NO_ADDRESS

FAULTS = frozenset(
    {
        "waiting",  # nobody takes the pen
        "refused",  # the person presses cancel
        "busy",
        "no-pad",  # the service runs and its pad is unplugged
        "garbage",  # no JSON
        "half",  # half a picture
        "chatter",  # messages that nobody asked for come first
        "unplug",  # the service hangs up in the middle
        "picture-only",  # no points, as of the simplest pads
    }
)
SIZE = (640, 240)
_STATES = {"refused": -9, "busy": -7, "no-pad": -3}


class SigningServiceEmulator:
    """Signs by itself, after `after` seconds. `asked`: the requests so far. Switches may be used from any thread."""

    def __init__(self, after: float = 0.0) -> None:
        self.faults = Faults(FAULTS)
        self.address = NO_ADDRESS
        self.asked: list[dict[str, Any]] = []
        self._after = after
        self._server: Any = None
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()

    def start(self) -> None:
        """Listen on a free port. Starting twice is harmless."""
        from websockets.sync.server import serve

        if self._server is not None:
            return
        self._stopping.clear()
        self._server = serve(self._serve, "127.0.0.1", 0)
        self.address = self._server.socket.getsockname()
        self._thread = threading.Thread(target=self._server.serve_forever, name="signing-service", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Hang up on everybody. Stopping twice is harmless."""
        server, self._server = self._server, None
        if server is None:
            return
        self._stopping.set()
        server.shutdown()
        if self._thread:
            self._thread.join()

    def _serve(self, connection: Any) -> None:
        from websockets.exceptions import ConnectionClosed

        with contextlib.suppress(ConnectionClosed, OSError):
            for text in connection:
                request = json.loads(text)
                self.asked.append(request)
                if request.get("type") == 16 and not request.get("cancel"):
                    self._sign(connection, float(request.get("timeout", 60)))

    def _sign(self, connection: Any, seconds: float) -> None:
        if self.faults.on("chatter"):
            connection.send(json.dumps({"type": 4, "ret": 0, "name": "演示"}))
            connection.send(json.dumps([1, 2]) if self.faults.on("garbage") else json.dumps({"type": 5}))
        if self.faults.on("garbage"):
            connection.send("\x00{{ not json")
            return
        if self.faults.on("unplug"):
            connection.close_socket()
            return
        for fault, state in _STATES.items():
            if self.faults.on(fault):
                connection.send(json.dumps({"type": 16, "ret": state}))
                return
        begun = time.monotonic()
        while self.faults.on("waiting") or time.monotonic() < begun + self._after:
            if time.monotonic() > begun + seconds:
                connection.send(json.dumps({"type": 16, "ret": -2}))
                return
            with contextlib.suppress(TimeoutError):
                if json.loads(connection.recv(timeout=0.05)).get("cancel"):
                    return
            if self._stopping.is_set():
                return
        connection.send(json.dumps(self._written()))

    def _written(self) -> dict[str, Any]:
        points = written()
        drawn = np.full((SIZE[1], SIZE[0]), 255, np.uint8)
        for a, b in pairwise(points):
            if a[4] and b[4]:
                cv2.line(drawn, (int(a[0]), int(a[1])), (int(b[0]), int(b[1])), 0, 3, cv2.LINE_AA)
        picture = base64.b64encode(cv2.imencode(".png", drawn)[1].tobytes()).decode()
        if self.faults.on("half"):
            picture = picture[: len(picture) // 2 - 1]
        answer = {"type": 16, "ret": 0, "data": picture, "width": SIZE[0], "height": SIZE[1]}
        return answer if self.faults.on("picture-only") else {**answer, "points": points}


def written() -> list[list[float]]:
    """Three strokes of nobody's hand: x, y, pressure, ms, down."""
    points: list[list[float]] = []
    for stroke in range(3):
        for n in range(24):
            x, y = 110 + 140 * stroke + 5 * n, 120 + 60 * math.sin(n / 5 + stroke)
            points.append([x, round(y, 1), round(0.3 + 0.4 * math.sin(n / 8), 3), 900 * stroke + 10 * n, 1])
        points.append([*points[-1][:2], 0.0, 900 * stroke + 250, 0])
    return points
