"""Signature pads behind a maker's loopback service: `signpad+ws://127.0.0.1:1919`.

The convention in the field (domain facts §5): a WebSocket on port 1919, JSON with a `type`, 16 for signing. Its states
are those that public integrations of such a service name (0 done, −2 time-out, −3 no device, −7 in use, −9 cancelled);
its field names differ from maker to maker, so several are understood. What this driver and its emulator say is in
docs/devices.md.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import json
import time
from collections.abc import Iterator
from typing import Any

from app.domain.signature import Point, Signature
from devices.drivers.links.guarded import GuardedDevice
from devices.failure import NOT_OPEN, Failure, cancelled
from devices.kinds.entry import SignaturePad
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri

PORT = 1919
SIGN = 16
_NAME = "签字板（本机签名服务）"
_SLICE = 0.1
_MOST = 8 << 20
_MOST_POINTS = 50_000
_STATES: dict[int, tuple[Outcome, str]] = {
    -1: (Outcome.FAULT, "签名服务不接受请求，请检查服务版本"),
    -2: (Outcome.NOT_PRESENT, "没有在规定时间内签字"),
    -3: (Outcome.DISCONNECTED, "签名服务找不到签字板，请检查连接线"),
    -4: (Outcome.FAULT, "签名服务与签字板通信失败，请重新插拔签字板"),
    -5: (Outcome.FAULT, "签名服务与签字板通信失败，请重新插拔签字板"),
    -6: (Outcome.FAULT, "签名服务读写文件失败，请联系维护人员"),
    -7: (Outcome.BUSY, "签字板正在使用，请取消后再试"),
    -9: (Outcome.DENIED_BY_USER, "对方取消了签字"),
}
_STATE_NAMES = ("ret", "code", "status", "result")
_PICTURE_NAMES = ("data", "image", "imgBase64", "photoBase64", "base64")
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


class WsSignaturePad(GuardedDevice, SignaturePad):
    """A connection for each call, as the pages of those services do; an open driver has seen that it listens."""

    def __init__(self, uri: str, host: str, port: int) -> None:
        super().__init__(uri)
        self._url = f"ws://{host}:{port}"
        self._open = False

    def open(self) -> Reply[str]:
        if self._open:
            return Reply(Outcome.OK, _NAME)
        reply = self._call(self._knock)
        self._open = reply.ok
        return reply

    def close(self) -> None:
        self._open = False

    def probe(self) -> Reply[str]:
        """Does it listen? Nothing is asked of it, so a signature being written is not disturbed."""
        return self._call(self._knock) if self._open else _not_open()

    def sign(self, prompt: str = "", timeout: float = 120.0) -> Reply[Signature]:
        return self._call(lambda: self._sign(prompt, timeout)) if self._open else _not_open()

    def _knock(self) -> str:
        with self._connected():
            return _NAME

    @contextlib.contextmanager
    def _connected(self) -> Iterator[Any]:
        try:
            from websockets.exceptions import ConnectionClosed, WebSocketException
            from websockets.sync.client import connect
        except ImportError as error:
            raise Failure(Outcome.FAULT, "缺少程序库 websockets，请重新安装本程序") from error
        try:
            with connect(self._url, open_timeout=1.5, close_timeout=0.3, max_size=_MOST, proxy=None) as connection:
                yield connection
        except ConnectionClosed as error:
            raise Failure(Outcome.DISCONNECTED, "签名服务中断了连接，请检查签名服务") from error
        except TimeoutError as error:
            raise Failure(Outcome.TIMEOUT, "签名服务没有应答，请重新启动签名服务") from error
        except OSError as error:
            raise Failure(Outcome.DISCONNECTED, "连不上签名服务，请检查它是否已启动") from error
        except WebSocketException as error:
            raise Failure(Outcome.FAULT, "签名服务的答复不符合约定，请检查服务版本") from error

    def _sign(self, prompt: str, timeout: float) -> Signature:
        with self._connected() as connection:
            connection.send(json.dumps({"type": SIGN, "timeout": max(1, round(timeout)), "title": prompt}))
            until = time.monotonic() + timeout + 2.0
            while True:
                if self._cancelled.is_set():
                    connection.send(json.dumps({"type": SIGN, "cancel": 1}))
                    raise cancelled()
                try:
                    answer = _document(connection.recv(timeout=_SLICE))
                except TimeoutError:
                    if time.monotonic() > until:
                        raise Failure(Outcome.TIMEOUT, "签名服务没有应答，请重新启动签名服务") from None
                    continue
                # Such services also say what nobody asked for (a card laid on, a picture's preview).
                if answer.get("type") in (SIGN, str(SIGN)):
                    return _signature(answer)


def _document(text: str | bytes) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _against_the_rules() from error
    if not isinstance(document, dict):
        raise _against_the_rules()
    return document


def _signature(answer: dict[str, Any]) -> Signature:
    """Failure: any other end than a signature."""
    states = [answer[name] for name in _STATE_NAMES if name in answer]
    try:
        state = int(states[0])
    except (IndexError, TypeError, ValueError) as error:
        raise _against_the_rules() from error
    if state != 0:
        raise Failure(*_STATES.get(state, (Outcome.FAULT, f"签名服务报告错误 {state}")))
    picture = _picture(next((answer[name] for name in _PICTURE_NAMES if answer.get(name)), ""))
    strokes, width, height = _strokes(answer)
    signature = Signature(strokes, width, height, "pen" if strokes else "", 0.0, picture)
    if not signature.enough:
        raise Failure(Outcome.NOT_PRESENT, "签字板上没有完整的签名，请重新签字")
    return signature


def _picture(text: object) -> bytes:
    if not text:
        return b""
    if not isinstance(text, str):
        raise _against_the_rules()
    try:
        data = base64.b64decode(text.rpartition(",")[2], validate=True)
    except (binascii.Error, ValueError) as error:
        raise Failure(Outcome.UNREADABLE, "签字图片没有收全，请重新签字") from error
    if not data.startswith(_PICTURES):
        raise Failure(Outcome.UNREADABLE, "签字图片无法识别，请重新签字")
    return data


def _strokes(answer: dict[str, Any]) -> tuple[tuple[tuple[Point, ...], ...], int, int]:
    """`points`: [[x, y, pressure 0–1, ms, down 1/0], …], a lift ends a stroke; `width`, `height` of the pad."""
    points = answer.get("points") or []
    strokes: list[tuple[Point, ...]] = []
    stroke: list[Point] = []
    try:
        if len(points) > _MOST_POINTS:
            raise ValueError
        for x, y, pressure, ms, down in points:
            if not down:
                strokes.append(tuple(stroke))
                stroke = []
                continue
            stroke.append(Point(float(x), float(y), min(max(float(pressure), 0.0), 1.0), int(ms)))
        width, height = (int(answer.get(name) or 0) for name in ("width", "height"))
        if points and (width <= 0 or height <= 0):
            raise ValueError
    except (TypeError, ValueError) as error:
        raise Failure(Outcome.UNREADABLE, "签字笔迹无法识别，请重新签字") from error
    return tuple(one for one in (*strokes, tuple(stroke)) if one), width, height


def _against_the_rules() -> Failure:
    return Failure(Outcome.FAULT, "签名服务的答复不符合约定，请检查服务版本")


def _not_open() -> Reply[Any]:
    return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)


def open_driver(uri: str) -> WsSignaturePad:
    """The driver of a `signpad+ws:` URI. BadInput when it is malformed."""
    parsed = DeviceUri.parse(uri)
    host, port = parsed.address(PORT)
    if host not in ("127.0.0.1", "localhost", "::1"):
        # A signature in clear text on somebody's network is none.
        raise bad_uri(uri, "指向其他计算机", "签名服务只能在本机：signpad+ws://127.0.0.1:1919。")
    return WsSignaturePad(uri, f"[{host}]" if ":" in host else host, port)
