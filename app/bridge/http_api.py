"""The bridge's own interface over HTTP: one path a loan; the answer comes when the device is done."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute

from app.bridge.contract import MAX_BODY, MAX_PRINT, SERVED, code_of, openapi, wish_of
from app.bridge.desk import BridgeDesk
from app.bridge.door import ORIGIN, Door, problem_reply
from app.bridge.loans import TERMS, Loan
from app.bridge.problems import Problem
from app.bridge.socket_api import SocketApi
from app.server.checking import BadDocument
from app.server.wire import parse_json

log = logging.getLogger(__name__)

CONTRACT = "/v1/openapi.json"
Handler = Callable[[Request], Awaitable[Response]]
_PRIVATE = {"Cache-Control": "no-store"}


def bridge_app(desk: BridgeDesk, window: str) -> Door:
    """The ASGI application of the bridge's own port. window: this window's name."""
    api = _Api(desk, window)
    routes = [
        Route(CONTRACT, api.contract, methods=["GET"]),
        Route("/v1/pair", _guarded(api.pair), methods=["POST"]),
        Route("/v1/pair", _guarded(api.unpair), methods=["DELETE"]),
        Route("/v1/devices", _guarded(api.devices), methods=["GET"]),
        *(Route(f"/v1/{loan}", _guarded(api.loan(loan)), methods=["POST"]) for loan in SERVED),
        WebSocketRoute("/v1/socket", SocketApi(desk).serve),
    ]
    handlers: dict[Any, Any] = {HTTPException: _no_route}
    return Door(Starlette(routes=routes, exception_handlers=handlers), desk.pairings.origins, (CONTRACT,))


class _Api:
    def __init__(self, desk: BridgeDesk, window: str) -> None:
        self._desk = desk
        self._window = window

    async def contract(self, request: Request) -> Response:
        return JSONResponse(openapi(), headers=_PRIVATE)

    async def pair(self, request: Request) -> Response:
        origin = request.scope[ORIGIN]
        code = code_of(await body_of(request, MAX_BODY))
        token = await asyncio.to_thread(self._desk.pairings.redeem, origin, code)
        return JSONResponse({"token": token, "system": self._desk.pairings.origins[origin]}, headers=_PRIVATE)

    async def unpair(self, request: Request) -> Response:
        origin = self._paired(request)
        await asyncio.to_thread(self._desk.pairings.revoke, origin, self._desk.attendant.clerk())
        self._desk.revoked(origin)
        return Response(status_code=204, headers=_PRIVATE)

    async def devices(self, request: Request) -> Response:
        self._paired(request)
        return JSONResponse(devices_document(self._desk, self._window), headers=_PRIVATE)

    def loan(self, loan: Loan) -> Handler:
        async def lend(request: Request) -> Response:
            origin = self._paired(request)
            wish = wish_of(loan, await body_of(request, MAX_PRINT if loan is Loan.PRINT else MAX_BODY))
            lent = await while_there(request, lambda: self._desk.lend(origin, wish))
            return JSONResponse(lent.document(), headers=_PRIVATE)

        return lend

    def _paired(self, request: Request) -> str:
        """The origin, if it is paired. Problem 401."""
        origin: str = request.scope[ORIGIN]
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not self._desk.pairings.knows(origin, token.strip()):
            self._desk.attendant.turned_away(origin)
            raise Problem(401, "not-paired", "还没有配对", "请窗口人员打开“浏览器系统”配对")
        return origin


def devices_document(desk: BridgeDesk, window: str) -> dict[str, Any]:
    """The devices and how they are. No model, address or serial number: a page needs to know what it can ask for."""
    states = desk.lender.lines.states()
    devices = []
    for state in states:
        loans = [str(loan) for loan in SERVED if state.slot in TERMS[loan].slots]
        if loans:
            devices.append({"slot": state.slot, "kind": state.kind, "outcome": state.outcome, "loans": loans})
    return {"window": window, "closed": desk.attendant.closed(), "devices": devices}


async def body_of(request: Request, most: int) -> Any:
    """The JSON body. Problem 400, 413 or 415."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Problem(415, "not-json", "只接受 application/json")
    try:
        return parse_json(await bytes_of(request, most))
    except BadDocument as error:
        raise Problem(400, "bad-json", error.title) from error


async def bytes_of(request: Request, most: int) -> bytes:
    """The body, of at most so many bytes. Problem 413, 400 when it was cut off."""
    data = bytearray()
    size = 0
    try:
        async for part in request.stream():
            size += len(part)
            if size <= most:
                data += part
            elif size > most + (1 << 20):  # read on a little, so that the refusal is seen and no reset
                break
    except ClientDisconnect:
        raise Problem(400, "cut-off", "请求不完整") from None
    if size > most:
        raise Problem(413, "too-large", "数据过大", f"不得超过 {most >> 10} KB")
    return bytes(data)


async def while_there(request: Request, work: Callable[[], Awaitable[Any]]) -> Any:
    """The result of work; called off when the page goes away."""
    task: asyncio.Task[Any] = asyncio.ensure_future(work())
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, Problem):
                await task
            raise Problem(499, "gone", "网页已关闭")
        return task.result()
    finally:
        gone.cancel()
        task.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _guarded(handler: Handler) -> Handler:
    async def endpoint(request: Request) -> Response:
        try:
            return await handler(request)
        except Problem as problem:
            return problem_reply(problem)
        except Exception as error:  # one bad request must not show its insides, nor stop the bridge
            log.exception("defect in %s: %s", request.url.path, type(error).__name__)
            return problem_reply(Problem(500, "defect", "程序内部错误"))

    return endpoint


async def _no_route(request: Request, error: HTTPException) -> Response:
    title = "没有这个接口" if error.status_code == 404 else "不支持这种请求"
    reply = problem_reply(Problem(error.status_code, "no-route", title))
    reply.headers.update(error.headers or {})
    return reply
