"""What a balancer asks: can this gateway take work now?

It must answer under any load, or a balancer would take a busy gateway out and bury the others under its share. So it
has a connection and a thread of its own, and asks the database once a second however many balancers ask.
"""

from __future__ import annotations

import threading
import time

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.gateway.engines import postgres_engine, sqlite_engine
from app.gateway.http import Answer, Spec, problem_reply, reply
from app.gateway.problems import Problem
from app.server.schemas import HEALTH, PROBLEM_DOCUMENT

_FRESH = 1.0
"""Seconds for which an answer of the database holds."""


class Health:
    """Watches one database. Safe to use from several threads."""

    def __init__(self, db_url: str) -> None:
        url = make_url(db_url)
        if url.get_backend_name() == "postgresql":
            hurried = {"connect_timeout": "2", "options": "-c statement_timeout=2s", "tcp_user_timeout": "3000"}
            self._engine = postgres_engine(url.update_query_dict(hurried), 1)
            # A connection may have outlived its primary's rank.
            self._question = text("SELECT NOT pg_is_in_recovery()")
        else:
            self._engine = sqlite_engine(url, 1)
            self._question = text("SELECT 1")
        self._lock = threading.Lock()
        self._known = (0.0, False)

    def ready(self) -> bool:
        """Is the database there, and does it take writes?"""
        with self._lock:
            asked, answer = self._known
            if asked and time.monotonic() - asked < _FRESH:
                return answer
            try:
                with self._engine.connect() as connection:
                    answer = bool(connection.scalar(self._question))
            except SQLAlchemyError:
                answer = False
            self._known = (time.monotonic(), answer)
            return answer

    def close(self) -> None:
        """Give the connection back."""
        self._engine.dispose()

    def route(self) -> Route:
        """GET /v1/health, for anybody: it tells nothing but yes and no."""
        spec = Spec(
            "GET",
            "/v1/health",
            "For balancers: does this gateway take work? Answers under any load",
            {200: ("yes: its database is there and takes writes", HEALTH), 503: ("no", PROBLEM_DOCUMENT)},
            public=True,
        )
        lane: list[CapacityLimiter] = []

        async def endpoint(request: Request) -> Response:
            if not lane:  # a limiter belongs to the loop that runs it
                lane.append(CapacityLimiter(1))
            if await run_sync(self.ready, limiter=lane[0]):
                return reply(Answer(200, {"status": "ready"}))
            return problem_reply(Problem(503, "not-ready", "平台暂不可用", headers={"Retry-After": "2"}))

        endpoint.spec = spec  # type: ignore[attr-defined]
        return Route(spec.path, endpoint, methods=[spec.method], name=f"{spec.method} {spec.path}")
