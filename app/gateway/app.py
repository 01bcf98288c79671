"""The gateway as an ASGI application."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Collection
from pathlib import Path

from anyio.to_thread import current_default_thread_limiter
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool

from app.domain.clock import Clock, SystemClock
from app.gateway.amend_endpoints import AmendEndpoints
from app.gateway.core import open_gateway
from app.gateway.durability import SecondPlace
from app.gateway.endpoints import Endpoints
from app.gateway.engines import CONNECTIONS
from app.gateway.health import Health
from app.gateway.http import EXCEPTION_HANDLERS, MAX_WAITING, Answer, Call, Room, Spec, route
from app.gateway.issue_endpoints import IssueEndpoints
from app.gateway.matter_endpoints import MatterEndpoints
from app.gateway.office import Office
from app.gateway.openapi import openapi
from app.gateway.paper_endpoints import PaperEndpoints
from app.gateway.photo_endpoints import PhotoEndpoints
from app.gateway.problems import Problem
from app.gateway.rate_pages import RatePages
from app.gateway.resident_endpoints import ResidentEndpoints
from app.gateway.roster_endpoints import RosterEndpoints
from app.gateway.shared_endpoints import SharedEndpoints
from app.gateway.snapshot_endpoints import SnapshotEndpoints
from app.gateway.update_endpoints import UpdateEndpoints
from app.gateway.visit_endpoints import VisitEndpoints

log = logging.getLogger(__name__)

VERSION = "1"
_TIDY_EVERY = 6 * 3600.0
"""What has outlived its time is forgotten at the start and four times a day."""
_HAND_OVER_EVERY = 1.0
"""For cases that another region decides: two looks into the database where there are no other regions."""
_PATIENCE = 5.0
"""Seconds that a round of its own work has to end in once the gateway is told to."""


def create_app(
    db_url: str,
    files_folder: Path,
    *,
    item_codes: Collection[str] | None = None,
    clock: Clock | None = None,
    second_place: SecondPlace | None = None,
    connections: int = CONNECTIONS,
    office: str | None = None,
) -> Starlette:
    """The application; `app.state.gateway` is its `Gateway`. It closes its database when the server stops.

    db_url: sqlite:///PATH or postgresql://…. files_folder: where the pages lie; several gateways on one PostgreSQL
    share it. item_codes: the items received, None for any. second_place: what is said of its storage. connections: to
    the database at most, and so requests worked on at once. office: the back office's password; None: there is none.
    EnvironmentProblem: a database that cannot be used.
    """
    gateway = open_gateway(db_url, files_folder, clock or SystemClock(), item_codes, second_place, connections)
    health = Health(db_url)
    line = gateway.database.line()
    parts = (
        AmendEndpoints,
        SharedEndpoints,
        SnapshotEndpoints,
        VisitEndpoints,
        PaperEndpoints,
        UpdateEndpoints,
        MatterEndpoints,
        ResidentEndpoints,
        PhotoEndpoints,
        RosterEndpoints,
        IssueEndpoints,
    )
    others = (made for part in parts for made in part(gateway).routes())
    routes = [*Endpoints(gateway, line).routes(), *others, health.route()]
    contract = Spec(
        "GET", "/v1/openapi.json", "This contract", {200: ("an OpenAPI 3.1 document", {"type": "object"})}, public=True
    )

    def get_contract(call: Call) -> Answer:
        return Answer(200, openapi(routes, VERSION))

    routes.append(route(contract, get_contract, gateway.devices))

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        # A thread for each connection: one more would only wait for one.
        current_default_thread_limiter().total_tokens = connections
        ending = asyncio.Event()
        hand_over = gateway.handovers.work
        own_work = {
            asyncio.create_task(_keep_doing("tidying", gateway.tidy, 0.0, _TIDY_EVERY, ending)),
            asyncio.create_task(_keep_doing("handing over", hand_over, _HAND_OVER_EVERY, _HAND_OVER_EVERY, ending)),
        }
        try:
            yield
        finally:
            # A task that is cancelled leaves its thread at work, on a database that is closed under it.
            ending.set()
            _, late = await asyncio.wait(own_work, timeout=_PATIENCE)
            for task in late:
                task.cancel()
            if line is not None:
                await line.close()
            health.close()
            gateway.close()

    more = [RatePages(gateway).route(), *([Office(gateway, office).route()] if office else [])]
    app = Starlette(routes=[*routes, *more], exception_handlers=EXCEPTION_HANDLERS, lifespan=lifespan)
    app.state.gateway = gateway
    app.state.room = Room(connections + MAX_WAITING)
    return app


async def _keep_doing(what: str, work: Callable[[], object], first: float, every: float, ending: asyncio.Event) -> None:
    """Round after round for as long as the gateway runs. what: in the log. first, every: seconds before the first round
    and between two."""
    await _rest(ending, first)
    while not ending.is_set():
        try:
            await run_in_threadpool(work)
        except Problem:
            log.info("another gateway is %s", what)
        except (SQLAlchemyError, OSError) as error:
            # The database may just be failing over. Nothing depends on it that could not wait.
            log.warning("%s was put off: %s", what, type(error).__name__)
        await _rest(ending, every)


async def _rest(ending: asyncio.Event, seconds: float) -> None:
    """Until the next round, or until the gateway ends."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(ending.wait(), seconds)
