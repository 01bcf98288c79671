"""Document cameras 高拍仪 behind their maker's service on this computer: `doccam+http://127.0.0.1:38088?camidx=1`.

The service is the makers' common one: POST /video=grabimage, /video=rotate, /video=close with a JSON body, a live
picture at /video=stream&camidx=N. It owns the camera, so that several programs can use it; it is asked here for the
live picture, and for a still in the camera's full size.
"""

from __future__ import annotations

import base64
import binascii
import json
import time
from typing import Any

import cv2

from devices.base import Capability
from devices.drivers.imaging.camera_live import LiveCamera
from devices.drivers.imaging.scan_picture import picture_of
from devices.drivers.links.http_line import HttpLine
from devices.failure import NOT_OPEN, Failure
from devices.kinds.imaging import Camera, CameraMode, Frame
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri

PORT = 38088
_OPEN_MS = 4000
_READ_MS = 3000
_COMMAND = 3.0
_MOST = 96 * 1024 * 1024
"""A page of 64 MB, in base64."""
_BUSY = ("3",)
"""Status 3 is "busy" with these devices."""


def open_driver(uri: str) -> Camera:
    """The driver of a document camera's service. camidx: head, 0 main, 1 side; rotate: 0, 90, 180, 270 degrees
    clockwise; quality: of stills, 1 to 100. BadInput when malformed, or not on this computer."""
    parsed = DeviceUri.parse(uri, ["camidx", "rotate", "quality"])
    host, port = parsed.address(PORT)
    if host not in ("127.0.0.1", "localhost", "::1"):
        raise bad_uri(uri, "不在本机", "高拍仪服务只在本机使用，例如 doccam+http://127.0.0.1:38088。")
    rotate = parsed.integer("rotate", 0, 0, 270)
    if rotate % 90:
        raise bad_uri(uri, "的参数 rotate 应为 0、90、180 或 270")
    base = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    return DocumentCameraService(
        uri, base, parsed.integer("camidx", 0, 0, 9), rotate, parsed.integer("quality", 90, 1, 100)
    )


class DocumentCameraService(LiveCamera):
    """One head of a document camera."""

    def __init__(self, uri: str, base: str, head: int, rotate: int, quality: int) -> None:
        self._head = head
        self._rotate = rotate
        self._quality = quality
        self._stream = f"{base}/video=stream&camidx={head}"
        super().__init__(
            uri,
            f"高拍仪{'副' if head else '主'}头",
            self._capture,
            self._why_not,
            able=lambda: frozenset({Capability.STILL}),
        )
        self._line = HttpLine(base, "高拍仪服务", self._cancelled.is_set)
        self._stills = 0

    def open(self) -> Reply[str]:
        if self._rotate and self._session is None:
            self._cancelled.clear()
            try:
                self._command("rotate", {"rotate": str(self._rotate)}, _COMMAND)
            except Failure as failure:
                return failure.reply
        return super().open()

    def close(self) -> None:
        was_open = self._session is not None
        super().close()
        if was_open:
            try:
                self._command("close", {}, 1.0, heed_cancel=False)
            except Failure:
                return  # it is gone, or closes by itself

    def take_still(self, timeout: float = 10.0) -> Reply[Frame]:
        """In the full size of the head, by the service's own shutter. Cutting is left to us: cutpage is 0."""
        if self._session is None:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        self._cancelled.clear()
        asked = {
            "filepath": "base64",
            "rotate": str(self._rotate),
            "cutpage": "0",
            "ColorMode": "0",
            "quality": str(self._quality),
        }
        try:
            answer = self._command("grabimage", asked, timeout)
            picture = picture_of(_base64(answer.get("photoBase64")))
        except Failure as failure:
            return failure.reply
        self._stills += 1
        return Reply(Outcome.OK, Frame(picture, self._stills - 1, time.monotonic()))

    def _command(self, what: str, body: dict[str, str], timeout: float, heed_cancel: bool = True) -> dict[str, Any]:
        """One command; what the service answered. Failure when it refuses or answers nonsense."""
        data = json.dumps({**body, "camidx": str(self._head)}).encode()
        answer = self._line.ask(
            "POST",
            f"/video={what}",
            data,
            {"Content-Type": "application/json"},
            timeout=timeout,
            most=_MOST,
            heed_cancel=heed_cancel,
        )
        if answer.status == 503:
            raise _busy()
        try:
            told = json.loads(answer.body)
        except (ValueError, RecursionError) as error:
            raise _nonsense() from error
        if answer.status != 200 or not isinstance(told, dict) or "code" not in told:
            raise _nonsense()
        code = str(told["code"])
        if code in _BUSY:
            raise _busy()
        if code != "0":
            # The service's own words may hold paths of the computer: only its number is shown.
            raise Failure(Outcome.FAULT, f"高拍仪没有拍成（代码 {code[:12]}），请检查连接线后重试")
        return told

    def _capture(self, _: CameraMode | None) -> cv2.VideoCapture:
        limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _READ_MS]
        return cv2.VideoCapture(self._stream, cv2.CAP_FFMPEG, limits)

    def _why_not(self) -> Failure:
        """The live picture did not come: is the service there at all?"""
        try:
            self._line.ask("HEAD", "/", timeout=2.0, most=4096, heed_cancel=False)
        except Failure as failure:
            if failure.outcome is Outcome.DISCONNECTED:
                return Failure(Outcome.DISCONNECTED, "高拍仪服务没有运行，请打开高拍仪的随机软件")
            return failure
        return Failure(Outcome.FAULT, "高拍仪服务没有给出画面，请检查高拍仪的连接线")


def _base64(text: object) -> bytes:
    if not isinstance(text, str) or not text:
        raise _nonsense()
    # Some services put the prefix of a data address before it, and break its lines.
    packed = text.partition(",")[2] if text.startswith("data:") else text
    try:
        return base64.b64decode("".join(packed.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Failure(Outcome.UNREADABLE, "高拍仪传来的图像不完整，请再拍一次") from error


def _busy() -> Failure:
    return Failure(Outcome.BUSY, "高拍仪正被其他程序使用，请稍候再拍")


def _nonsense() -> Failure:
    return Failure(Outcome.FAULT, "高拍仪服务的答复不符合约定，请更新高拍仪的随机软件")
