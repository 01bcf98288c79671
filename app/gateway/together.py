"""Cases that arrive while others are being written are written together, in one transaction.

A commit then waits for the disk, and perhaps for a standby, once for all of them. Who comes alone is written at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from app.gateway.arrival import Incoming
from app.gateway.cases import Result

MOST = 64
"""So many in one transaction, with the longest bodies of the quick way some 4 MB."""

GATHER = 0.002
"""Seconds between two transactions: who has just been answered comes again with the next case, and more go together in
one. Who finds nobody before him does not wait."""

Write = Callable[[Sequence[Incoming]], Awaitable[Sequence[Result | None]]]


@dataclass(frozen=True, slots=True)
class _Waiting:
    incoming: Incoming
    written: asyncio.Future[Result | None]


class Together:
    """Collects what arrives. Used on one event loop only; one `write` at a time."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._waiting: list[_Waiting] = []
        self._task: asyncio.Task[None] | None = None

    async def submit(self, incoming: Incoming) -> Result | None:
        """What `write` answers to this one. None also when the same key or case is waiting already. Raises what `write`
        raised, to all who were in it."""
        if any(
            one.incoming.op_id == incoming.op_id or one.incoming.case_id == incoming.case_id for one in self._waiting
        ):
            return None
        mine = _Waiting(incoming, asyncio.get_running_loop().create_future())
        self._waiting.append(mine)
        if self._task is None:
            self._task = asyncio.create_task(self._work())
        return await mine.written

    async def _work(self) -> None:
        batch: list[_Waiting] = []
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                await self._settle(batch)
                await asyncio.sleep(GATHER)
        finally:
            self._task = None
            # Only the end of the loop comes here with any left: nobody shall wait for ever.
            for one in (*batch, *self._waiting):
                one.written.cancel()

    async def _settle(self, batch: list[_Waiting]) -> None:
        try:
            results = await self._write([one.incoming for one in batch])
        except Exception as error:
            for one in batch:
                if not one.written.done():
                    one.written.set_exception(error)
            return
        for one, result in zip(batch, results, strict=True):
            if not one.written.done():  # its request may have been given up
                one.written.set_result(result)
