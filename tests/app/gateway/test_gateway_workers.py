"""Several processes on one port, as `yichuang gateway --workers` runs them."""

from __future__ import annotations

import asyncio
import functools
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from gateway_kit import DEVICE, NOW, TOKEN, Raw, make_case, new_key
from postgres_kit import cluster
from running import ROOT

from app.cli import main
from app.domain.clock import FixedClock
from app.domain.errors import EnvironmentProblem
from app.gateway import workers
from app.gateway.core import open_gateway
from app.gateway.workers import listen
from app.server.wire import case_document

WAIT = 30.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(condition: Callable[[], object], process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + WAIT
    while not condition():
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() < end
        time.sleep(0.05)


def children(pid: int) -> set[int]:
    """The serving processes below one; multiprocessing's own resource tracker is none."""
    found = set()
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        if b"resource_tracker" not in Path(f"/proc/{child}/cmdline").read_bytes():
            found.add(int(child))
    return found


def ready(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/v1/health", timeout=5).status_code == 200
    except requests.ConnectionError:
        return False


def alive(pid: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    db_url, port = cluster().new_database(), free_port()
    gateway = open_gateway(db_url, tmp_path / "files", FixedClock(NOW), connections=1)
    gateway.devices.enrol(DEVICE, TOKEN)
    gateway.close()
    command = [sys.executable, "-m", "app", "gateway", "--workers", "2", "--port", str(port), "--connections", "4"]
    process = subprocess.Popen(
        [*command, "--files", str(tmp_path / "files")],
        cwd=ROOT,
        env=os.environ | {"YICHUANG_GATEWAY_DB": db_url},
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        until(lambda: ready(port), process)
        until(lambda: len(children(process.pid)) == 2, process)
        yield process, port
    finally:
        process.kill()
        process.communicate()


def test_a_killed_worker_is_replaced_and_a_stop_is_orderly(running: tuple[subprocess.Popen[bytes], int]) -> None:
    process, port = running
    raw = Raw(f"http://127.0.0.1:{port}")
    first = children(process.pid)
    victim = first.pop()
    os.kill(victim, signal.SIGKILL)
    until(lambda: len(children(process.pid) - {victim}) == 2, process)
    assert first < children(process.pid)
    until(lambda: ready(port), process)
    assert raw("POST", "/v1/cases", case_document(make_case()), key=new_key()).status_code == 201
    everyone = children(process.pid)
    process.send_signal(signal.SIGTERM)
    errors = process.communicate(timeout=WAIT)[1].decode()
    assert process.returncode == 0, errors
    assert f"worker {victim} ended with -9" in errors
    assert not any(alive(pid) for pid in everyone)
    assert not ready(port)


def test_workers_end_when_their_parent_is_killed(running: tuple[subprocess.Popen[bytes], int]) -> None:
    process, port = running
    serving = children(process.pid)
    process.kill()
    process.wait()
    end = time.monotonic() + WAIT
    while any(alive(pid) for pid in serving):
        assert time.monotonic() < end, "a stray would keep answering on the port"
        time.sleep(0.05)
    assert not ready(port)


def test_workers_that_never_come_up_are_given_up(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(workers, "_PATIENCE", 2)
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(EnvironmentProblem, match="一再退出"):
        workers.run_workers(2, functools.partial(os._exit, 3), "127.0.0.1", free_port())
    assert caplog.text.count("ended with 3") == 2
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_certificate_that_cannot_be_read_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    torn = tmp_path / "torn.pem"
    torn.write_text("-----BEGIN CERTIFICATE-----\n", "utf-8")
    for cert in (torn, tmp_path / "absent.pem"):
        arguments = ["gateway", "--db", f"sqlite:///{tmp_path}/g.db", "--files", str(tmp_path)]
        assert main([*arguments, "--cert", str(cert), "--key", str(cert)]) == 2
        assert "平台证书不能用" in capsys.readouterr().err


def test_a_taken_port_is_told_before_there_are_workers(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run(
            [sys.executable, "-m", "app", "gateway", "--workers", "2", "--db", cluster().new_database(), "--port",
             str(taken.getsockname()[1]), "--files", str(tmp_path)],
            cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert "平台端口被占用" in done.stderr


def test_no_answer_waits_for_an_acknowledgement() -> None:
    """Nagle's delay is off on accepted connections: with it, an answer of two parts takes 40 ms longer."""

    async def accepted() -> int:
        settings: asyncio.Queue[int] = asyncio.Queue()

        async def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            found = writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            settings.put_nowait(found)
            writer.close()

        async with await asyncio.start_server(met, sock=listen("127.0.0.1", 0)) as server:
            _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            found = await settings.get()
            writer.close()
            return found

    assert asyncio.run(accepted()) != 0
