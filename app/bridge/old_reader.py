"""The loopback WebSocket of ID readers, as pages of the field know it: port 1919, JSON with `type` 4, 5 or 16.

4 reads an ID card, 5 takes a face, 16 has somebody sign. The answer's own members are not known [?]: ours are the type
again, `code` and, for pictures, `photoBase64`, as the document cameras have them; a card's fields as there.
"""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.bridge.contract import MAX_BODY
from app.bridge.door import ORIGIN, Door
from app.bridge.loans import Loan
from app.bridge.old_interfaces import BAD, OldDesk, wish
from app.bridge.socket_api import GARBAGE, NOT_PAIRED
from app.server.checking import BadDocument
from app.server.wire import parse_json

READ_CARD, FACE, SIGN = 4, 5, 16


def reader_app(old: OldDesk) -> Door:
    """The ASGI application of the reader's port."""
    service = _Reader(old)
    routes = [WebSocketRoute("/{path:path}", service.serve)]
    return Door(Starlette(routes=routes), old.desk.pairings.origins, old=True)


class _Reader:
    def __init__(self, old: OldDesk) -> None:
        self._old = old

    async def serve(self, socket: WebSocket) -> None:
        origin: str = socket.scope[ORIGIN]
        await socket.accept()
        if not self._old.admitted(origin):
            await socket.close(NOT_PAIRED)
            return
        tasks: set[asyncio.Task[None]] = set()
        try:
            while True:
                text = await socket.receive_text()
                document = parse_json(text.encode()) if len(text) <= MAX_BODY else None
                if not isinstance(document, dict):
                    raise BadDocument([])
                task = asyncio.create_task(self._answer(socket, origin, document))
                tasks.add(task)
                task.add_done_callback(tasks.discard)
        except WebSocketDisconnect:
            pass
        except (BadDocument, KeyError):  # KeyError: bytes where text belongs
            await socket.close(GARBAGE)
        finally:
            for task in list(tasks):
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _answer(self, socket: WebSocket, origin: str, document: dict[str, Any]) -> None:
        kind = document.get("type")
        if kind == READ_CARD:
            answer = await self._old.card(origin)
        elif kind == FACE:
            answer = await self._old.picture(origin, wish(Loan.PORTRAIT))
        elif kind == SIGN:
            answer = await self._old.picture(origin, wish(Loan.SIGNATURE, ("picture",)))
        else:
            answer = {"code": BAD}
        try:
            await socket.send_json({"type": kind, **answer})
        except (RuntimeError, WebSocketDisconnect):
            return  # the page is gone
