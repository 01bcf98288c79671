"""The peer that the gateway is measured against: a bare Starlette route that does one INSERT of the same document.

`python tests/kits/bare_app.py DB_URL PORT WORKERS`, on the same server with the same settings. It checks nothing, knows
no keys, counts no numbers, keeps no feed. It is asynchronous from end to end, and its connections are ready.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass

import psycopg
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.gateway.server import _config
from app.gateway.workers import listen, run_workers

CONNECTIONS = 16


def bare_app(db_url: str) -> Starlette:
    pool: asyncio.Queue[psycopg.AsyncConnection] = asyncio.Queue()

    async def post_case(request: Request) -> Response:
        body = await request.body()
        case_id = json.loads(body)["case_id"]
        connection = await pool.get()
        try:
            await connection.execute(
                "INSERT INTO bare (case_id, document, received_at) VALUES (%s, %s, now())", (case_id, body.decode())
            )
        finally:
            pool.put_nowait(connection)
        return JSONResponse({"case_id": case_id, "case_no": case_id}, 201)

    async def get_health(request: Request) -> Response:
        return Response()

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        for _ in range(CONNECTIONS):
            pool.put_nowait(await psycopg.AsyncConnection.connect(db_url, autocommit=True))
        yield
        while not pool.empty():
            await pool.get_nowait().close()

    routes = [Route("/bare", post_case, methods=["POST"]), Route("/health", get_health)]
    return Starlette(routes=routes, lifespan=lifespan)


@dataclass(frozen=True)
class Bare:
    """One process of it."""

    db_url: str
    port: int

    def __call__(self) -> None:
        listener = listen("127.0.0.1", self.port, reuse_port=True)
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(_config(bare_app(self.db_url))).run(sockets=[listener])


if __name__ == "__main__":
    url, port, workers = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with psycopg.connect(url, autocommit=True) as made:
        made.execute(
            "CREATE TABLE IF NOT EXISTS bare (case_id text PRIMARY KEY, document text, received_at timestamptz)"
        )
    from bare_app import Bare as Importable  # a class of __main__ cannot be found by the workers

    run_workers(workers, Importable(url, port), "127.0.0.1", port)
