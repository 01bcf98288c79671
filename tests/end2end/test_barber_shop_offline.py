"""The same job with the gateway down: accepted here, numbered later, each case exactly once."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from running import ROOT, lines, play, yichuang

from app.bootstrap import DEMO_TOKEN
from app.server.client import GatewayClient
from app.server.errors import Unreachable


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("offline") / "out"


@pytest.fixture(scope="module")
def summary(out: Path, seed: Callable[[Path], Path]) -> dict[str, Any]:
    seed(out / "profile")
    return play("open-a-barber-shop-offline", out)


@pytest.fixture
def gateway(summary: dict[str, Any], out: Path) -> Iterator[Path]:
    """The gateway comes back at the address that the workstation knows; gives its database."""
    settings = tomllib.loads((out / "profile" / "settings.toml").read_text("utf-8"))
    port = urlsplit(settings["gateway"]["url"]).port
    database = out / "profile" / "gateway.db"
    arguments = [
        "gateway",
        "--db",
        f"sqlite:///{database}",
        "--port",
        str(port),
        "--files",
        str(out / "profile" / "gateway-files"),
    ]
    process = subprocess.Popen([sys.executable, "-m", "app", *arguments], cwd=ROOT, env=os.environ)
    try:
        client = GatewayClient(settings["gateway"]["url"], "demo", DEMO_TOKEN)
        deadline = time.monotonic() + 60
        while True:
            try:
                client.time()
                break
            except Unreachable:
                assert time.monotonic() < deadline, "the gateway did not come up"
                time.sleep(0.2)
        yield database
    finally:
        process.terminate()
        process.wait(20)


def test_accepted_here_and_worded_so(summary: dict[str, Any]) -> None:
    assert not summary["online"]
    assert [case["case_no"] for case in summary["cases"]] == [None, None, None]
    assert {case["state"] for case in summary["cases"]} <= {"accepted_local", "sending"}
    assert summary["outbox"]["waiting"] >= 4  # three cases and one page


def test_it_drains_later_exactly_once(summary: dict[str, Any], out: Path, gateway: Path) -> None:
    first = yichuang("--profile", out / "profile", "sync")
    assert first.returncode == 0, first.stderr + first.stdout
    assert lines(first)[-1]["waiting"] == 0
    again = yichuang("--profile", out / "profile", "sync", "--once")
    assert lines(again)[0]["pushed"] == 0
    with sqlite3.connect(f"file:{gateway}?mode=ro", uri=True) as database:
        rows = database.execute("select provisional_no, case_no from cases").fetchall()
    assert sorted(row[0] for row in rows) == sorted(case["provisional_no"] for case in summary["cases"])
    assert all(row[1] for row in rows)
