"""What drivers of devices that speak HTTP share: one request at a time, which ends when it should.

`requests` cannot be interrupted while it waits for a device that says nothing, so each exchange runs in a thread of its
own that nobody waits for longer than allowed; it ends by its own limits soon after.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import requests

from devices.failure import Failure, cancelled
from devices.outcome import Outcome

MAX_BYTES = 64 * 1024 * 1024
"""The largest page that is taken: a JPEG of A3 at 600 dpi has some 20 MB."""
_CHUNK = 64 * 1024
_CONNECT = 3.0
_SLICE = 0.02


@dataclass(frozen=True, slots=True)
class Answer:
    """What a device answered. headers: names in lower case."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class HttpLine:
    """Requests to one device. No proxy, no redirect: a device of the counter is asked at its own address only."""

    def __init__(self, base: str, name: str, is_cancelled: Callable[[], bool] = lambda: False) -> None:
        """base: scheme, host and port without a slash at the end. name: of the device, for the clerk."""
        self._base = base
        self._name = name
        self._is_cancelled = is_cancelled

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        timeout: float,
        most: int = MAX_BYTES,
        heed_cancel: bool = True,
    ) -> Answer:
        """One exchange within timeout seconds. Failure: DISCONNECTED, TIMEOUT, CANCELLED; FAULT when the answer is
        larger than `most` bytes or breaks off."""
        until = time.monotonic() + timeout
        done: queue.Queue[Answer | Failure] = queue.Queue()
        over = threading.Event()

        def exchange() -> None:
            done.put(self._exchange(method, path, body, dict(headers or {}), until, most, over))

        threading.Thread(target=exchange, name="device-http", daemon=True).start()
        try:
            while True:
                with contextlib.suppress(queue.Empty):
                    answer = done.get(timeout=_SLICE)
                    if isinstance(answer, Failure):
                        raise answer
                    return answer
                if heed_cancel and self._is_cancelled():
                    raise cancelled()
                if time.monotonic() > until:
                    raise self._late()
        finally:
            over.set()

    def _late(self) -> Failure:
        return Failure(Outcome.TIMEOUT, f"{self._name}没有反应，请检查电源，或关开一次设备")

    def _exchange(
        self,
        method: str,
        path: str,
        body: bytes | None,
        headers: dict[str, str],
        until: float,
        most: int,
        over: threading.Event,
    ) -> Answer | Failure:
        wait = max(until - time.monotonic(), 0.1)
        try:
            with (
                _session() as session,
                session.request(
                    method,
                    self._base + path,
                    data=body,
                    headers={"Accept-Encoding": "identity", **headers},
                    timeout=(min(_CONNECT, wait), wait),
                    stream=True,
                    allow_redirects=False,
                ) as response,
            ):
                named = {name.lower(): value for name, value in response.headers.items()}
                if named.get("content-length", "").isdecimal() and int(named["content-length"]) > most:
                    return self._too_large(int(named["content-length"]))
                received = bytearray()
                # raw, not iter_content: what comes compressed all the same is refused below, not blown up.
                for part in response.raw.stream(_CHUNK, decode_content=False):
                    received += part
                    if len(received) > most:
                        return self._too_large(len(received))
                    if over.is_set() or time.monotonic() > until:
                        return self._late()
                if named.get("content-encoding", "identity") != "identity":
                    return Failure(Outcome.FAULT, f"{self._name}的答复不符合约定")
                return Answer(response.status_code, bytes(received), named)
        except requests.ConnectTimeout:
            return Failure(Outcome.DISCONNECTED, f"连接不上{self._name}，请检查电源和网络")
        except requests.Timeout:
            return self._late()
        except requests.ConnectionError as error:
            return self._broken(error)
        except requests.RequestException as error:
            return Failure(Outcome.FAULT, f"{self._name}的答复不符合约定（{type(error).__name__}）")
        except Exception as error:  # urllib3's own, from the raw stream
            return self._broken(error)

    def _broken(self, error: Exception) -> Failure:
        words = str(error)
        if "IncompleteRead" in words or "Read timed out" in words:
            return Failure(Outcome.DISCONNECTED, f"{self._name}的数据没有传完就断开了，请检查网线和电源")
        return Failure(Outcome.DISCONNECTED, f"连接不上{self._name}，请检查电源和网络")

    def _too_large(self, size: int) -> Failure:
        words = f"{self._name}发来的数据太大（超过 {size // 2**20} MB），没有接收；请降低清晰度（300 dpi 已足够）后重试"
        return Failure(Outcome.FAULT, words)


def _session() -> requests.Session:
    session = requests.Session()
    # A proxy of the office has no way to a device on the counter.
    session.trust_env = False
    return session
