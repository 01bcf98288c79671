"""The gateway as an ASGI application."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Collection
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool

from app.domain.clock import Clock, SystemClock
from app.gateway.core import open_gateway
from app.gateway.endpoints import Endpoints
from app.gateway.http import EXCEPTION_HANDLERS, Answer, Call, Spec, route
from app.gateway.openapi import openapi
from app.gateway.shared_endpoints import SharedEndpoints
from app.gateway.snapshot_endpoints import SnapshotEndpoints
from app.gateway.visit_endpoints import VisitEndpoints

VERSION = "1"


def create_app(
    db_url: str,
    files_folder: Path,
    *,
    item_codes: Collection[str] | None = None,
    clock: Clock | None = None,
) -> Starlette:
    """The application; `app.state.gateway` is its `Gateway`. It closes its database when the server stops.

    db_url: sqlite:///PATH or postgresql://…. files_folder: where the pages lie; several gateways on one PostgreSQL
    share it. item_codes: the items received, None for any. EnvironmentProblem: a database that cannot be used.
    """
    gateway = open_gateway(db_url, files_folder, clock or SystemClock(), item_codes)
    parts = (Endpoints, SharedEndpoints, SnapshotEndpoints, VisitEndpoints)
    routes = [made for part in parts for made in part(gateway).routes()]
    contract = Spec(
        "GET", "/v1/openapi.json", "This contract", {200: ("an OpenAPI 3.1 document", {"type": "object"})}, public=True
    )

    def get_contract(call: Call) -> Answer:
        return Answer(200, openapi(routes, VERSION))

    routes.append(route(contract, get_contract, gateway.devices))

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await run_in_threadpool(gateway.tidy)
        try:
            yield
        finally:
            gateway.close()

    app = Starlette(routes=list(routes), exception_handlers=EXCEPTION_HANDLERS, lifespan=lifespan)
    app.state.gateway = gateway
    return app
