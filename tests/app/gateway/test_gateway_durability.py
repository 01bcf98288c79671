"""How far the second place reaches: by what the operator reports, by a real standby, and never further."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from gateway_kit import DEVICE, DEVICES, NOW, TOKEN, Raw, make_case, new_key
from postgres_kit import BIN, Cluster, _free_port, cluster

from app.bootstrap_gateway import mark_backup
from app.cli import build_parser
from app.domain.clock import FixedClock, isoformat, parse_iso
from app.domain.errors import BadInput
from app.gateway.core import open_gateway
from app.gateway.durability import SLACK, SecondPlace
from app.gateway.server import GatewayServer
from app.server import headers as h
from app.server.client import GatewayClient
from app.server.wire import case_document

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def server(tmp_path: Path, clock: FixedClock) -> Iterator[GatewayServer]:
    with GatewayServer(
        db_url=f"sqlite:///{tmp_path}/g.db", files_folder=tmp_path / "f", clock=clock, devices=DEVICES
    ) as running:
        yield running


def client_of(server: GatewayServer, clock: FixedClock) -> GatewayClient:
    return GatewayClient(server.url, DEVICE, TOKEN, clock=clock)


def test_nothing_is_vouched_for_until_a_backup_is_reported(server: GatewayServer, clock: FixedClock) -> None:
    raw, client = Raw(server.url), client_of(server, clock)
    assert client.time().durable_through is None
    assert "extra" not in raw("GET", "/v1/time?nonce=0123456789abcdef").json()
    assert "durable_through" not in raw("GET", "/v1/feeds/cases").json()
    durability = server.gateway.durability
    assert durability.mark_backup(NOW - HOUR) == NOW - HOUR
    assert client.time().durable_through == NOW - HOUR - SLACK
    assert raw("GET", "/v1/feeds/cases").json()["durable_through"] == isoformat(NOW - HOUR - SLACK)
    assert durability.mark_backup(NOW - 5 * HOUR) == NOW - HOUR, "an older one takes nothing back"
    with pytest.raises(BadInput, match="备份时间不对"):
        durability.mark_backup(NOW + dt.timedelta(seconds=1))
    client.close()


def test_a_backup_of_the_files_alone_vouches_for_nothing(server: GatewayServer, clock: FixedClock) -> None:
    durability = server.gateway.durability
    durability.mark_backup(NOW - HOUR, files_only=True)
    assert durability.through(NOW) is None
    durability.mark_backup(NOW - 3 * HOUR)
    assert durability.through(NOW) == NOW - 3 * HOUR - SLACK, "the records are older"


def test_the_demos_gateway_vouches_at_once(tmp_path: Path, clock: FixedClock) -> None:
    place = SecondPlace(at_once=True)
    with GatewayServer(
        db_url=f"sqlite:///{tmp_path}/g.db",
        files_folder=tmp_path / "f",
        clock=clock,
        devices=DEVICES,
        second_place=place,
    ) as running:
        client = client_of(running, clock)
        assert client.time().durable_through == parse_iso(isoformat(NOW))
        client.close()


def test_only_who_knows_the_token_can_say_so(server: GatewayServer, clock: FixedClock) -> None:
    """A word that lets windows forget must be proven, and for this very probe."""
    server.gateway.durability.mark_backup(NOW - HOUR)
    client = client_of(server, clock)
    call = client._http.call
    first: dict[str, object] = {}

    def meddle(change: object) -> dt.datetime | None:
        def changed(*args: object, **kwargs: object) -> object:
            answer = call(*args, **kwargs)  # type: ignore[arg-type]
            change(answer.document)  # type: ignore[operator]
            return answer

        client._http.call = changed  # type: ignore[method-assign, assignment]
        return client.time().durable_through

    assert meddle(lambda d: first.update({name: d[name] for name in ("extra", "extra_proof")})) is not None
    assert meddle(lambda d: d["extra"].update(durable_through=isoformat(NOW))) is None
    assert meddle(lambda d: d.update(first)) is None, "said before, to another probe"
    assert meddle(lambda d: d.pop("extra_proof")) is None
    assert meddle(lambda d: d.update(extra="x")) is None
    assert meddle(lambda d: d.pop("extra")) is None
    key = h.token_key(TOKEN)

    def later(document: dict[str, object]) -> None:
        extra = {"durable_through": isoformat(NOW + HOUR)}
        document["extra"], document["extra_proof"] = extra, h.extra_proof(key, str(document["proof"]), extra)

    assert meddle(later) is None, "a time to come, even proven"
    client.close()


def test_reconcile_says_when_operations_took_effect(server: GatewayServer, clock: FixedClock) -> None:
    client, op_id, other = client_of(server, clock), new_key(), new_key()
    document = case_document(make_case())
    client.submit_case(op_id, document)
    clock.advance(HOUR)
    assert client.submit_case(op_id, document).replayed
    assert client.reconcile([op_id, other]).received == {op_id: NOW}
    client.close()


def test_the_command_marks_a_backup(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*more: str) -> dict[str, object]:
        line = ["gateway", "--db", f"sqlite:///{tmp_path}/g.db", "--files", str(tmp_path / "f"), *more]
        args = build_parser().parse_args(line)
        assert args.function(args) == 0
        found: dict[str, object] = json.loads(capsys.readouterr().out)
        return found

    at = "2026-11-20T01:00:00.000Z"
    assert run("--mark-backup", "2026-11-20T09:00:00+08:00") == {"backup": at, "files_only": False}
    assert run("--mark-backup", at, "--files-only") == {"backup": at, "files_only": True}
    for wrong in ("yesterday", "2026-11-20T09:00:00"):
        with pytest.raises(BadInput):
            mark_backup(f"sqlite:///{tmp_path}/g.db", tmp_path / "f", wrong)


# -- PostgreSQL ------------------------------------------------------------------------------------------------


class Standby:
    """A physical standby of the test's cluster, synchronous by the primary's settings."""

    def __init__(self, primary: Cluster, folder: Path) -> None:
        self._primary = primary
        self._data = str(folder)
        self._port = _free_port()
        primary._run(
            str(BIN / "pg_basebackup"), "-h", "127.0.0.1", "-p", str(primary.port), "-U", "tester", "-D", self._data,
            "-R", "--no-sync", "--checkpoint=fast", "-X", "stream",
        )  # fmt: skip

    def start(self) -> None:
        options = f"-p {self._port} -c listen_addresses= -k {self._primary.folder} -c hot_standby=off -c fsync=off"
        # Without hot_standby there is nothing to connect to, so pg_ctl must not wait for it.
        self._primary._run(
            str(BIN / "pg_ctl"), "-D", self._data, "-l", self._data + ".log", "-o", options, "-W", "start"
        )

    def stop(self) -> None:
        self._primary._run(str(BIN / "pg_ctl"), "-D", self._data, "-m", "immediate", "-W", "stop")


@pytest.mark.timeout(120)
def test_a_synchronous_standby_vouches_only_while_it_keeps_up(tmp_path: Path, clock: FixedClock) -> None:
    primary = cluster()
    url = primary.new_database()
    gateway = open_gateway(url, tmp_path / "files", clock, second_place=SecondPlace(files=True))
    with psycopg.connect(url, autocommit=True) as admin:

        def stands(wanted: bool) -> bool:
            """Until it does, or not: replication starts and ends when it will."""
            limit = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=30)
            while (gateway.durability.through(NOW) is not None) is not wanted:
                if dt.datetime.now(dt.UTC) > limit:
                    return False
                admin.execute("SELECT pg_sleep(0.1)")
            return True

        assert gateway.durability.through(NOW) is None, "no standby"
        standby = Standby(primary, primary.folder / f"standby-{os.getpid()}")
        try:
            standby.start()
            admin.execute("SELECT 1")
            until = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=30)
            while not admin.execute("SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'").fetchone():
                assert dt.datetime.now(dt.UTC) < until
                admin.execute("SELECT pg_sleep(0.1)")
            assert gateway.durability.through(NOW) is None, "an asynchronous one may lack what was acknowledged"
            admin.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            admin.execute("SELECT pg_reload_conf()")
            assert stands(True)
            assert gateway.durability.through(NOW) == NOW - SLACK
            without = open_gateway(url, tmp_path / "files", clock)
            assert without.durability.through(NOW) is None, "the files stand in one place only"
            without.durability.mark_backup(NOW - HOUR, files_only=True)
            assert without.durability.through(NOW) == NOW - HOUR - SLACK
            without.close()
            standby.stop()
            assert stands(False), "it is gone"
        finally:
            admin.execute("ALTER SYSTEM RESET synchronous_standby_names")
            admin.execute("SELECT pg_reload_conf()")
            subprocess.run(["rm", "-rf", str(primary.folder / f"standby-{os.getpid()}")], check=False)
            gateway.close()
