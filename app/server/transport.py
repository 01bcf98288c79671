"""One request to the gateway and back: marks, digests, and the sorting of failures into three kinds.

The reply is believed only when it is whole and ours: it carries the API header and, with a body, a Content-Digest that
holds. Everything else, whatever its status, is the network's doing and therefore `Unreachable`.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import ipaddress
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests
import urllib3

from app.domain.clock import Clock, SystemClock, isoformat
from app.domain.errors import BadInput
from app.server import headers as h
from app.server.checking import BadDocument
from app.server.errors import CaptivePortal, CursorExpired, Outdated, Rejected, TryLater, Unreachable
from app.server.wire import parse_json

_RETRIABLE_4XX = frozenset({408, 409, 425, 429})
_MAX_REPLY = 8 << 20
_MAX_RETRY_AFTER = 3600.0
"""A longer Retry-After is cut: a mistaken proxy must not silence a window for days."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole reply of our gateway with a status below 400. document: the JSON body, the bytes of a signed snapshot,
    or None when there is no body."""

    status: int
    headers: Mapping[str, str]
    document: Any

    @property
    def replayed(self) -> bool:
        return self.headers.get(h.REPLAYED, "").lower() == "true"


class Transport:
    """A session with one gateway, for one thread at a time.

    timeout: seconds to connect, seconds between two reads. ca_file: PEM of the hall's own authority, None for the
    system's. Raises BadInput when the address would send the token in the clear, or no header can carry the id or the
    token.
    """

    def __init__(
        self, base_url: str, device_id: str, token: str, timeout: tuple[float, float], clock: Clock, ca_file: str | None
    ) -> None:
        self.base_url = _checked_base(base_url)
        for text in (device_id, token):
            if not text or not text.isascii() or not text.isprintable():
                raise BadInput(
                    "设备编号或令牌不对", "只能用英文字母、数字和符号", "请在设置中核对平台给出的编号和令牌。"
                )
        self.device_id = device_id
        self._timeout = timeout
        self._clock = clock
        self._session = requests.Session()
        # The environment may name a proxy, and ~/.netrc would silently replace the Authorization header.
        self._session.trust_env = False
        if ca_file is not None:
            self._session.verify = ca_file
        self._session.headers.update(
            {
                "Authorization": f"Bearer {token}",
                h.DEVICE_ID: device_id,
                # Compression would only give a broken middlebox one more way to damage a reply.
                "Accept-Encoding": "identity",
                "User-Agent": "yichuang",
            }
        )

    def close(self) -> None:
        self._session.close()

    def call(
        self,
        method: str,
        path: str,
        *,
        document: Any = None,
        data: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send and sort. document becomes the JSON body. Raises Unreachable, TryLater, Rejected, CursorExpired."""
        sent = {h.CLIENT_TIME: isoformat(self._clock.now()), **(headers or {})}
        if document is not None:
            data = h.canonical(document)
            sent["Content-Type"] = "application/json"
        if data is not None:
            sent[h.CONTENT_DIGEST] = h.content_digest(data)
        try:
            with self._session.request(
                method,
                self.base_url + path,
                params=query,
                data=data,
                headers=sent,
                timeout=self._timeout,
                allow_redirects=False,
                stream=True,
            ) as response:
                body = response.raw.read(_MAX_REPLY + 1, decode_content=True)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise Unreachable(_describe(error)) from error
        return self._sort(response, body, method)

    def _sort(self, response: requests.Response, body: bytes, method: str) -> Answer:
        status = response.status_code
        document = self._believe(response, body, method)
        if status < 300:
            return Answer(status, response.headers, document)
        problem = document if isinstance(document, dict) else {}
        if problem.get("type") == h.DIGEST_MISMATCH:
            raise Unreachable("发送的数据在途中受损")
        title = str(problem.get("title") or f"平台答复 {status}")
        detail = str(problem.get("detail") or "")
        name = str(problem.get("type"))
        retriable = status in _RETRIABLE_4XX and name != h.HELD and not name.startswith(h.NOT_BOOKED)
        if status >= 500 or retriable:
            raise TryLater(_retry_after(response.headers.get("Retry-After"), self._clock.now()), status, title)
        if status == 410:
            raise CursorExpired(status, title, detail)
        if status == 412 and isinstance(problem.get("current"), dict):
            raise Outdated(status, title, detail, problem["current"])
        if status >= 400:
            raise Rejected(status, title, detail)
        raise Unreachable("应答被转向到其他地址")

    def _believe(self, response: requests.Response, body: bytes, method: str) -> Any:
        """The JSON of a reply that is ours and whole. A balancer's own 429 or 5xx is believed without our marks,
        because it asks only for patience."""
        if response.headers.get(h.API_HEADER) != h.API:
            if response.status_code >= 500 or response.status_code == 429:
                return None
            raise CaptivePortal
        if method == "HEAD" or response.status_code == 204:
            return None
        if not h.digest_holds(response.headers.get(h.CONTENT_DIGEST, ""), body):
            raise Unreachable("应答不完整")
        if not body:
            return None
        if response.headers.get("Content-Type") in (h.COSE_TYPE, h.PACKAGE_TYPE):
            return body
        try:
            return parse_json(body)
        except BadDocument as error:
            raise Unreachable("应答无法读取") from error


class AskingClient:
    """A client that is asked while somebody waits: short time-outs. Talks to one gateway as one device; belongs to one
    thread at a time. timeout: seconds (connect, between two reads)."""

    def __init__(
        self,
        base_url: str,
        device_id: str,
        token: str,
        timeout: tuple[float, float] = (3.05, 8.0),
        *,
        clock: Clock | None = None,
        ca_file: str | None = None,
    ) -> None:
        self._http = Transport(base_url, device_id, token, timeout, clock or SystemClock(), ca_file)

    def close(self) -> None:
        """Give the connections back. The client can be used again afterwards."""
        self._http.close()


def _checked_base(base_url: str) -> str:
    parts = urllib.parse.urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise BadInput("平台地址不对", "地址应以 https:// 开头", "请在设置中改正平台地址。")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise BadInput("平台地址不安全", "http:// 只允许用于本机", "请改用 https:// 地址。")
    return base_url.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _describe(error: Exception) -> str:
    """Which kind of failure, in Chinese. The library's own text may repeat addresses and is kept for the log only."""
    if isinstance(error, requests.exceptions.SSLError):
        return "平台的安全证书不可信，也可能是网络要求先登录"
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return "连接超时"
    if isinstance(error, requests.exceptions.Timeout | urllib3.exceptions.TimeoutError):
        return "等待应答超时"
    return "连接中断或被拒绝"


def _retry_after(value: str | None, now: dt.datetime) -> float | None:
    """Seconds of a Retry-After header, given as seconds or as an HTTP date; None when absent or unreadable."""
    if value is None:
        return None
    try:
        seconds = float(int(value))
    except ValueError:
        try:
            at = email.utils.parsedate_to_datetime(value)
        except ValueError:
            return None
        seconds = (at - now).total_seconds() if at.tzinfo else 0.0
    return min(max(seconds, 0.0), _MAX_RETRY_AFTER)
