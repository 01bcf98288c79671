"""What a gateway does when its database fails it: cut lines, a primary demoted, no standby to confirm."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import requests
from gateway_kit import DEVICES, Raw, make_case, new_key
from postgres_kit import cluster
from sqlalchemy import func, select, text

from app.gateway.core import Gateway
from app.gateway.database import Database
from app.gateway.server import GatewayServer
from app.gateway.tables import cases
from app.server import headers as h
from app.server.wire import case_document


@pytest.fixture
def one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GatewayServer]:
    """A gateway on a PostgreSQL database of its own. It does nothing by itself: that would hold connections, too."""
    monkeypatch.setattr(Gateway, "tidy", lambda gateway: None)
    monkeypatch.setattr("app.gateway.app._HAND_OVER_EVERY", 3600.0)
    with GatewayServer(db_url=cluster().new_database(), files_folder=tmp_path, devices=DEVICES) as server:
        yield server


def admin(server: GatewayServer) -> psycopg.Connection:
    url = server.gateway.database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(url, autocommit=True)


def test_connections_that_were_cut_cost_one_attempt_at_most(
    one: GatewayServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = Raw(one.url)
    assert raw("GET", "/v1/feeds/cases").status_code == 200
    cut = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with admin(one) as connection:
        connection.execute(cut)
        reply = raw("GET", "/v1/feeds/cases")
        if reply.status_code != 200:
            assert (reply.status_code, int(reply.headers["Retry-After"]) <= 3) == (503, True)
        assert raw("GET", "/v1/feeds/cases").status_code == 200
        # After a rest they are asked whether they are still there, and nobody notices.
        monkeypatch.setattr("app.gateway.engines._REST", -1.0)
        connection.execute(cut)
        assert raw("GET", "/v1/feeds/cases").status_code == 200


def test_a_demoted_primary_is_left_and_the_window_told_to_come_again(one: GatewayServer) -> None:
    raw = Raw(one.url)
    key, document = new_key(), case_document(make_case())
    assert raw("GET", "/v1/feeds/cases").status_code == 200
    with admin(one) as connection:
        name = connection.info.dbname
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")  # type: ignore[arg-type]
        # The pooled connection was opened before: it is turned read-only as a demotion would.
        for record in pooled(one.gateway.database):
            record.execute("SET default_transaction_read_only = on")
        reply = raw("POST", "/v1/cases", document, key=key)
        assert (reply.status_code, int(reply.headers["Retry-After"]) <= 3) == (503, True)
        connection.execute("SET default_transaction_read_only = off")
        connection.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")  # type: ignore[arg-type]
    # Had it kept the connection, it would be read-only still.
    assert raw("POST", "/v1/cases", document, key=key).status_code == 201


def test_where_only_a_standby_is_left_the_window_is_told_to_come_again(one: GatewayServer) -> None:
    """No connection to a primary can be had: not for who is calling either."""
    raw = Raw(one.url)
    with admin(one) as connection:
        name = connection.info.dbname
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")  # type: ignore[arg-type]
        one.gateway.database.engine.dispose()
        one.gateway.devices._met.clear()
        for method, path in (("POST", "/v1/cases"), ("GET", "/v1/feeds/cases")):
            body = case_document(make_case()) if method == "POST" else None
            reply = raw(method, path, body, key=new_key() if body else None)
            assert (reply.status_code, int(reply.headers["Retry-After"]) > 0) == (503, True)
        connection.execute("SET default_transaction_read_only = off")
        connection.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")  # type: ignore[arg-type]
    assert raw("POST", "/v1/cases", case_document(make_case()), key=new_key()).status_code == 201


def pooled(database: Database) -> list[psycopg.Connection]:
    """The resting connections of a pool."""
    with contextlib.ExitStack() as stack:
        count = database.engine.pool.checkedin()  # type: ignore[attr-defined]
        taken = [stack.enter_context(contextlib.closing(database.engine.raw_connection())) for _ in range(count)]
        return [connection.driver_connection for connection in taken]  # type: ignore[misc]


def test_a_deadlock_or_a_slow_statement_is_a_503_that_passes_soon(
    one: GatewayServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = Raw(one.url)
    monkeypatch.setattr(one.gateway.feeds, "page", lambda *rest: slow(one.gateway.database))
    reply = raw("GET", "/v1/feeds/cases")
    assert (reply.status_code, int(reply.headers["Retry-After"]) <= 3) == (503, True)


def slow(database: Database) -> None:
    with database.write() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 50"))
        connection.execute(text("SELECT pg_sleep(5)"))


@contextlib.contextmanager
def lonely_primary(server: GatewayServer) -> Iterator[psycopg.Connection]:
    """The primary waits for a standby that is not there."""
    with admin(server) as connection:
        connection.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        connection.execute("SELECT pg_reload_conf()")
        try:
            yield connection
        finally:
            connection.execute("ALTER SYSTEM RESET synchronous_standby_names")
            connection.execute("SELECT pg_reload_conf()")


def waiting_for_the_standby(connection: psycopg.Connection) -> list[int]:
    query = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND datname = current_database()"
    return [pid for (pid,) in connection.execute(query)]


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize("way", ["on the loop", "in a thread", "careful"])
def test_nothing_is_acknowledged_that_the_standby_may_not_have(
    one: GatewayServer, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """An administrator cancels the wait: the case is committed here, but nobody may rely on it yet. The repetition
    waits for the standby again, although it has nothing to write."""
    raw = Raw(one.url)
    assert raw("GET", "/v1/feeds/cases").status_code == 200
    if way != "on the loop":
        one.gateway.devices._met.clear()
    if way == "careful":
        monkeypatch.setattr(one.gateway.database, "at_once", lambda *asked: None)
    key, document = new_key(), case_document(make_case())
    replies: list[requests.Response] = []

    def send() -> None:
        replies.append(raw("POST", "/v1/cases", document, key=key))

    with lonely_primary(one) as connection:
        until(lambda: connection.execute("SHOW synchronous_standby_names").fetchone() == ("nobody",))
        first = threading.Thread(target=send)
        first.start()
        until(lambda: waiting_for_the_standby(connection))
        connection.execute("SELECT pg_cancel_backend(%s)", waiting_for_the_standby(connection))
        first.join(20)
        assert [(reply.status_code, reply.headers["Retry-After"]) for reply in replies] == [(503, "1")]
        with one.gateway.database.read() as reading:
            assert reading.scalar(select(func.count()).select_from(cases)) == 1
        second = threading.Thread(target=send)
        second.start()
        until(lambda: waiting_for_the_standby(connection))
        assert len(replies) == 1
    second.join(20)
    assert (replies[1].status_code, replies[1].headers[h.REPLAYED]) == (201, "true")


def test_a_line_that_broke_is_opened_again_and_nobody_notices(one: GatewayServer) -> None:
    raw = Raw(one.url)
    assert raw("GET", "/v1/feeds/cases").status_code == 200
    assert raw("POST", "/v1/cases", case_document(make_case(1)), key=new_key()).status_code == 201
    with admin(one) as connection:
        lines = "SELECT pid FROM pg_stat_activity WHERE query LIKE '%json_to_recordset%' AND pid <> pg_backend_pid()"
        broken = {pid for (pid,) in connection.execute(lines)}
        for pid in broken:
            connection.execute("SELECT pg_terminate_backend(%s)", (pid,))
        assert broken
        second = case_document(make_case(2))
        key = new_key()
        until(lambda: raw("POST", "/v1/cases", second, key=key).status_code == 201)
        assert raw("POST", "/v1/cases", case_document(make_case(3)), key=new_key()).status_code == 201
        assert {pid for (pid,) in connection.execute(lines)} - broken
    with one.gateway.database.read() as reading:
        assert reading.scalar(select(func.count()).select_from(cases)) == 3


# ---------------------------------------------------------------------------------------------------------- tidying
