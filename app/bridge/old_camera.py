"""The loopback service of document cameras, as pages of the field know it: port 38088, `video=…` and `card=…`.

The command stands in the query or in the path (/video=grabimage): sources show the address run together with it [?].
`ColorMode` and `filepath` are taken and change nothing: pages get a colour picture, as base64, never a file on this
machine.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qsl

import cv2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from app.bridge.contract import MAX_BODY
from app.bridge.door import ORIGIN, Door, problem_reply
from app.bridge.http_api import bytes_of, while_there
from app.bridge.loans import TERMS, Loan
from app.bridge.old_interfaces import BAD, GOOD, OldDesk, jpeg_part, number_in, wish, yes_in
from app.bridge.problems import Problem
from app.materials.page import encode_page
from app.server.checking import BadDocument
from app.server.wire import parse_json
from devices.base import Picture

FRAME_SECONDS = 0.1
_STREAM_QUALITY = 70
_STREAM_WIDTH = 1024


def camera_app(old: OldDesk) -> Door:
    """The ASGI application of the camera's port."""
    service = _Camera(old)
    routes = [Route("/{command:path}", service.answer, methods=["GET", "POST"])]
    return Door(Starlette(routes=routes), old.desk.pairings.origins, old=True)


class _Camera:
    def __init__(self, old: OldDesk) -> None:
        self._old = old
        self._turned: dict[str, int] = {}
        self._streams: dict[str, set[asyncio.Task[None]]] = {}

    async def answer(self, request: Request) -> Response:
        """One command. Failures are answers with another code than "0"; only strangers get a refusal of HTTP."""
        origin: str = request.scope[ORIGIN]
        try:
            if not self._old.admitted(origin):
                raise Problem(403, "not-admitted", "本窗口还没有准许这个系统", "请窗口人员打开“浏览器系统”准许")
            command = dict(parse_qsl(request.path_params["command"]) + parse_qsl(request.url.query))
            body = await self._body(request)
            if command.get("video") == "stream":
                return self._stream(origin, command)
            if request.method != "POST":
                raise Problem(405, "no-route", "不支持这种请求")
            document = await while_there(request, lambda: self._do(origin, command, body))
            return JSONResponse(document, headers={"Cache-Control": "no-store"})
        except Problem as problem:
            return problem_reply(problem)

    async def _body(self, request: Request) -> dict[str, Any]:
        data = await bytes_of(request, MAX_BODY)
        try:
            # Whatever type the page says it is: these pages say text/plain as often as not.
            document = parse_json(data) if data else {}
        except BadDocument:
            document = {}
        return document if isinstance(document, dict) else {}

    async def _do(self, origin: str, command: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
        if command.get("card") == "idcard":
            return await self._old.card(origin)
        if command.get("video") == "grabimage":
            rotate = (number_in(body, "rotate", 0, 0, 270) + self._turned.get(origin, 0)) % 360
            options = {
                "cut": yes_in(body, "cutpage"),
                "rotate": rotate,
                "quality": number_in(body, "quality", 88, 40, 95),
                "side": number_in(body, "camidx", 0, 0, 9) == 1,
            }
            return await self._old.picture(origin, wish(Loan.PAGE, options=options))
        if command.get("video") == "rotate":
            self._turned[origin] = (self._turned.get(origin, 0) + number_in(body, "rotate", 90, 0, 270)) % 360
            return {"code": GOOD}
        if command.get("video") == "close":
            self._turned.pop(origin, None)
            for task in self._streams.get(origin, set()):
                task.cancel()
            return {"code": GOOD}
        return {"code": BAD}

    def _stream(self, origin: str, command: dict[str, str]) -> Response:
        options = {"side": command.get("camidx") == "1"}
        frames: asyncio.Queue[bytes | None] = asyncio.Queue(maxsize=2)
        task = asyncio.create_task(self._feed(origin, options, frames))
        mine = self._streams.setdefault(origin, set())
        mine.add(task)
        task.add_done_callback(mine.discard)
        return StreamingResponse(
            _drain(frames, task),
            media_type="multipart/x-mixed-replace; boundary=frame",
            headers={"Cache-Control": "no-store"},
        )

    async def _feed(self, origin: str, options: dict[str, Any], frames: asyncio.Queue[bytes | None]) -> None:
        asked = wish(Loan.VIEW, options=options)
        desk = self._old.desk

        async def show(picture: Picture) -> None:
            part = jpeg_part(await asyncio.to_thread(_small, picture))
            await frames.put(part)
            await asyncio.sleep(FRAME_SECONDS)

        try:
            await desk.consented(origin, asked)
            over = desk.running(origin)
            try:
                await desk.lender.view(desk.lender.slot_for(asked), TERMS[Loan.VIEW].seconds[1], show)
            finally:
                over()
        except Problem:
            pass  # the picture stays empty: an <img> has no words
        finally:
            # The reader may be gone with the queue full; then nobody waits for the end.
            if not frames.full():
                frames.put_nowait(None)


async def _drain(frames: asyncio.Queue[bytes | None], task: asyncio.Task[None]) -> AsyncIterator[bytes]:
    try:
        while (part := await _next(frames, task)) is not None:
            yield part
    finally:
        task.cancel()


async def _next(frames: asyncio.Queue[bytes | None], task: asyncio.Task[None]) -> bytes | None:
    if task.done() and frames.empty():
        return None
    return await frames.get()


def _small(picture: Picture) -> bytes:
    height, width = picture.shape[:2]
    if width > _STREAM_WIDTH:
        size = (_STREAM_WIDTH, max(height * _STREAM_WIDTH // width, 1))
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype("uint8")
    return encode_page(picture, _STREAM_QUALITY)
