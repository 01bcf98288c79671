"""How a gateway ends: its own work first, and no connection is left open."""

from __future__ import annotations

import threading
from pathlib import Path

import psycopg
import pytest
from postgres_kit import cluster

from app.gateway.core import Gateway
from app.gateway.database import Database
from app.gateway.handovers import HandoverDesk
from app.gateway.server import GatewayServer


def test_what_it_does_by_itself_ends_before_it_closes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database must not be closed under a round that is under way."""
    server = GatewayServer(db_url=f"sqlite:///{tmp_path}/g.db", files_folder=tmp_path)
    began, closed, order = threading.Event(), threading.Event(), list[str]()
    close = Gateway.close

    def work(desk: HandoverDesk) -> int:
        if desk is not server.gateway.handovers:  # another test's gateway is at it
            return 0
        began.set()
        closed.wait(0.5)
        order.append("worked")
        return 0

    def note(gateway: Gateway) -> None:
        if gateway is server.gateway:  # another test's gateway may end meanwhile
            order.append("closed")
            closed.set()
        close(gateway)

    monkeypatch.setattr("app.gateway.app._HAND_OVER_EVERY", 0.01)
    monkeypatch.setattr(HandoverDesk, "work", work)
    monkeypatch.setattr(Gateway, "close", note)
    with server:
        assert began.wait(20)
    assert order.index("closed") == len(order) - 1, order


def test_a_connection_that_is_out_while_it_closes_is_closed_when_it_comes_back() -> None:
    database = Database(cluster().new_database())
    lent = database.engine.raw_connection()
    driver: psycopg.Connection = lent.driver_connection  # type: ignore[assignment]
    database.close()
    assert driver.execute("SELECT 1").fetchall() == [(1,)], "who works with it ends in peace"
    lent.close()
    assert driver.closed
