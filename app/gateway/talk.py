"""Talks with PostgreSQL in the driver's own words: questions and answers, apart from who carries them.

A talk is a generator that yields statements and is sent their rows. `Database.carry` carries it in a worker thread,
`Line` on the event loop, where nothing waits for a thread to be free, nor for Python's lock.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Mapping
from typing import Any, TypeVar

import psycopg
from sqlalchemy import URL

from app.gateway.engines import READ_ONLY, postgres_arguments, was_unreplicated
from app.gateway.problems import busy

log = logging.getLogger(__name__)

Rows = list[tuple[Any, ...]]
T = TypeVar("T")
Talk = Generator[tuple[str, Mapping[str, Any]], Rows | None, T]
"""Yields (statement, values), each a transaction of its own, and is sent its rows; None when it did not work out."""

_REST = 1.0
"""Seconds after a failed connection before the next is tried."""


class Line:
    """A connection of the event loop's own, beside the pool of the threads. Used on one loop only, one talk at a time.

    It is opened when first needed and again after it broke. Where it is missing, every question is answered by None,
    and the ordinary way does the work, or says why not.
    """

    def __init__(self, url: URL) -> None:
        self._url = url
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._resting_until = 0.0
        self._unreplicated = False

    async def carry(self, talk: Talk[T]) -> T:
        """What the talk comes to. Problem 503 when something was committed and may not be on the standby."""
        answer: Rows | None = None
        while True:
            try:
                statement, values = talk.send(answer)
            except StopIteration as end:
                result: T = end.value
                return result
            answer = await self._ask(statement, values)

    async def close(self) -> None:
        """Give the connection back."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    async def _ask(self, statement: str, values: Mapping[str, Any]) -> Rows | None:
        try:
            connection = self._connection or await self._open()
            if connection is None:
                return None
            rows: Rows = await (await connection.execute(statement, values)).fetchall()
        except psycopg.Error as error:
            log.info("database: %s %s", type(error).__name__, error.sqlstate or "")
            if self._connection is None:
                self._resting_until = time.monotonic() + _REST
            elif self._connection.closed or error.sqlstate == READ_ONLY:
                await self.close()
            return None
        except BaseException:
            await self.close()  # given up in the midst of an answer: the next must not read its rest
            raise
        if self._unreplicated:
            self._unreplicated = False
            raise busy(1)
        return rows

    async def _open(self) -> psycopg.AsyncConnection[Any] | None:
        if time.monotonic() < self._resting_until:
            return None
        arguments = postgres_arguments(self._url)
        self._connection = await psycopg.AsyncConnection.connect(**arguments, autocommit=True)
        self._connection.add_notice_handler(self._hear)
        return self._connection

    def _hear(self, diagnostic: psycopg.errors.Diagnostic) -> None:
        self._unreplicated = self._unreplicated or was_unreplicated(diagnostic)
