"""The bridge's own interface over WebSocket: the same loans, and the page hears how far each is.

First message {"token": …} within five seconds (browsers can set no header here). Then {"id", "loan", …the body}; back
come {"id", "state": "consent" | "device"} and at the end {"id", "status", …answer or problem}. {"id", "cancel": true}
calls one off; closing the socket calls all off.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from app.bridge.contract import MAX_BODY, SERVED, wish_of
from app.bridge.desk import BridgeDesk
from app.bridge.door import ORIGIN
from app.bridge.loans import Loan
from app.bridge.problems import Problem
from app.server.checking import BadDocument
from app.server.wire import parse_json

log = logging.getLogger(__name__)

_HELLO_SECONDS = 5.0
_LONGEST_ID = 64
NOT_PAIRED, GARBAGE = 4401, 4400
"""Closing codes of our own (RFC 6455 §7.4.2)."""


class SocketApi:
    """Serves one socket after the other opened; each has its own tasks."""

    def __init__(self, desk: BridgeDesk) -> None:
        self._desk = desk

    async def serve(self, socket: WebSocket) -> None:
        origin: str = socket.scope[ORIGIN]
        await socket.accept()
        tasks: dict[str, asyncio.Task[None]] = {}
        try:
            token = await self._hello(socket)
            if not self._desk.pairings.knows(origin, token):
                self._desk.attendant.turned_away(origin)
                await socket.close(NOT_PAIRED)
                return
            await socket.send_json({"status": 200, "system": self._desk.pairings.origins[origin]})
            while True:
                document = _parsed(await socket.receive_text())
                # The token may have been taken back since.
                if not self._desk.pairings.knows(origin, token):
                    await socket.close(NOT_PAIRED)
                    return
                self._begin(socket, origin, document, tasks)
        except WebSocketDisconnect:
            pass
        except (BadDocument, TimeoutError, KeyError):  # KeyError: bytes where text belongs
            await socket.close(GARBAGE)
        finally:
            for task in tasks.values():
                task.cancel()
            await asyncio.gather(*tasks.values(), return_exceptions=True)

    async def _hello(self, socket: WebSocket) -> str:
        document = _parsed(await asyncio.wait_for(socket.receive_text(), _HELLO_SECONDS))
        return str(document.get("token", ""))

    def _begin(
        self, socket: WebSocket, origin: str, document: dict[str, Any], tasks: dict[str, asyncio.Task[None]]
    ) -> None:
        name = str(document.pop("id", ""))[:_LONGEST_ID]
        if document.pop("cancel", False) is True:
            if name in tasks:
                tasks[name].cancel()
            return
        if name in tasks:
            return  # the same wish again while it is under way
        task = asyncio.create_task(self._answer(socket, origin, name, document))
        tasks[name] = task
        task.add_done_callback(lambda _: tasks.pop(name, None))

    async def _answer(self, socket: WebSocket, origin: str, name: str, document: dict[str, Any]) -> None:
        def told(state: str) -> None:
            asyncio.ensure_future(_send(socket, {"id": name, "state": state}))  # noqa: RUF006

        try:
            loan = str(document.pop("loan", ""))
            if loan not in SERVED:
                raise Problem(404, "no-route", "没有这个接口")
            lent = await self._desk.lend(origin, wish_of(Loan(loan), document), told)
            answer = {"status": 200, **lent.document()}
        except Problem as problem:
            answer = problem.document()
        except asyncio.CancelledError:
            await _send(socket, {"id": name, **Problem(499, "cancelled", "已取消").document()})
            raise
        except Exception as error:
            log.exception("defect in a loan: %s", type(error).__name__)
            answer = Problem(500, "defect", "程序内部错误").document()
        await _send(socket, {"id": name, **answer})


def _parsed(text: str) -> dict[str, Any]:
    document = parse_json(text.encode()) if len(text) <= MAX_BODY else None
    if not isinstance(document, dict):
        raise BadDocument([])
    return document


async def _send(socket: WebSocket, document: dict[str, Any]) -> None:
    try:
        await socket.send_json(document)
    except (RuntimeError, WebSocketDisconnect):
        log.info("the page is gone before its answer")
