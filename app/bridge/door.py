"""The door of every port: who calls, from which page. Before anything else is looked at.

A page cannot forge Host and Origin; a page that got hold of another name for 127.0.0.1 (DNS rebinding) is known by its
Host, one that is not of the list by its Origin. `null` (files, sandboxed frames) is nobody. A program outside a browser
can say what it likes: against that stand the token and the clerk.
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.bridge.problems import Problem
from app.domain.lending import exact_origin

LOCAL = ("127.0.0.1", "localhost", "[::1]")
ORIGIN = "bridge.origin"
"""Where in the scope the origin stands that was let in; "" for those who may come without one."""
_METHODS = "GET, POST, DELETE"
_HEADERS = "authorization, content-type"
_REMEMBER_SECONDS = "600"


class Door:
    """ASGI: lets a request through to `app` when Host and Origin are in order, answers preflights, adds CORS.

    origins: those of the list. open_paths: may be read without an Origin (the contract). old: an interface of the
    field, whose live picture is an <img> and so says its page in Referer only.
    """

    def __init__(
        self, app: ASGIApp, origins: Collection[str], open_paths: Collection[str] = (), *, old: bool = False
    ) -> None:
        self._app = app
        self._origins = origins
        self._open = open_paths
        self._old = old

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        try:
            origin = self._let_in(scope, headers)
        except Problem as problem:
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            else:
                await problem_reply(problem)(scope, receive, send)
            return
        scope[ORIGIN] = origin
        if scope["type"] == "websocket":
            await self._app(scope, receive, send)
        elif scope["method"] == "OPTIONS":
            await Response(status_code=204, headers=_preflight(origin, headers))(scope, receive, send)
        else:
            await self._app(scope, receive, _adding(send, origin))

    def _let_in(self, scope: Scope, headers: Headers) -> str:
        port = scope["server"][1]
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in {f"{name}:{port}" for name in LOCAL}:
            raise Problem(421, "wrong-host", "地址不对", "请用 127.0.0.1 或 localhost")
        origins = headers.getlist("origin")
        if not origins and scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            if scope["path"] in self._open:
                return ""
            if self._old:
                origins = [_page_of(headers.get("referer", ""))]
        if len(origins) != 1 or origins[0] not in self._origins:
            raise Problem(403, "unknown-origin", "这个系统不在本窗口的名单里", "请管理员登记它的网页来源")
        return origins[0]


def problem_reply(problem: Problem) -> Response:
    """A refusal, RFC 9457."""
    headers = {"Cache-Control": "no-store", "Content-Type": "application/problem+json"}
    if problem.retry:
        headers["Retry-After"] = str(problem.retry)
    return JSONResponse(problem.document(), problem.status, headers)


def _page_of(referer: str) -> str:
    try:
        parts = urlsplit(referer)
        return exact_origin(f"{parts.scheme}://{parts.netloc}".lower())
    except ValueError:
        return ""


def _cors(origin: str) -> list[tuple[bytes, bytes]]:
    own = {"Vary": "Origin", "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "cross-origin"}
    if origin:
        own |= {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": "Retry-After"}
    return [(name.lower().encode(), value.encode()) for name, value in own.items()]


def _preflight(origin: str, headers: Headers) -> dict[str, str]:
    said = {
        "Access-Control-Allow-Methods": _METHODS,
        "Access-Control-Allow-Headers": _HEADERS,
        "Access-Control-Max-Age": _REMEMBER_SECONDS,
    }
    # Private Network Access: a page of the government network asks before it speaks to the loopback.
    if headers.get("access-control-request-private-network") == "true":
        said["Access-Control-Allow-Private-Network"] = "true"
    return {name.decode(): value.decode() for name, value in _cors(origin)} | said


def _adding(send: Send, origin: str) -> Send:
    async def add(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            held = message.get("headers", [])
            message = {**message, "headers": [*held, *_cors(origin)]}  # type: ignore[misc]
        await send(message)

    return add  # type: ignore[return-value]
