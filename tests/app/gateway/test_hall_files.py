"""The files that a hall fills in are read by the programs they are for, and say what docs/gateway-hall.md promises."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from hall_kit import TEMPLATES, fill
from running import ROOT
from sqlalchemy import make_url

from app.cli import build_parser
from app.gateway.engines import postgres_engine

PAGE = (ROOT / "docs" / "gateway-hall.md").read_text("utf-8")


def test_every_file_is_on_the_page_and_the_page_names_no_other() -> None:
    there = {path.name for path in TEMPLATES.iterdir()}
    assert set(re.findall(r"`resources/gateway/([\w.-]+)`", PAGE)) == there


def test_the_units_call_the_program_as_it_can_be_called() -> None:
    unit = (TEMPLATES / "yichuang-gateway.service").read_text("utf-8")
    environment = dict(
        line.split("=", 1) for line in (TEMPLATES / "gateway.env").read_text("utf-8").splitlines() if line[:1].isalpha()
    )
    command = re.search(r"^ExecStart=\S+ (.*)$", unit, re.MULTILINE)
    assert command
    words = re.sub(r"\$\{(\w+)\}", lambda found: environment[found[1]], command[1]).split()
    args = build_parser().parse_args(words)
    assert (args.command, args.workers, args.port) == ("gateway", 4, 8760)


def test_the_address_of_three_nodes_is_understood() -> None:
    line = next(
        line
        for line in (TEMPLATES / "gateway.env").read_text("utf-8").splitlines()
        if line.startswith("YICHUANG_GATEWAY_DB")
    )
    engine = postgres_engine(make_url(line.partition("=")[2]))
    _, arguments = engine.dialect.create_connect_args(engine.url)
    assert arguments["host"] == "10.0.0.11,10.0.0.12,10.0.0.13"
    assert arguments["port"] == "5432,5432,5432"
    assert arguments["connect_timeout"] == "2"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    units = []
    for path in TEMPLATES.iterdir():
        if path.suffix in (".service", ".timer"):
            # What they start is not installed here.
            text = re.sub(r"^(Exec\w+)=(/\S+)", r"\1=/bin/true", path.read_text("utf-8"), flags=re.MULTILINE)
            text = re.sub(r"^(User|Group)=.*$", r"\1=root", text, flags=re.MULTILINE)
            units.append(tmp_path / path.name)
            units[-1].write_text(text, "utf-8")
    assert len(units) == 3
    done = verify(units)
    assert (done.returncode, done.stderr) == (0, "")
    units[0].write_text(units[0].read_text("utf-8") + "\n[Service]\nRestartt=no\n", "utf-8")
    assert "Restartt" in verify(units).stderr, "the check notices a slip"


def verify(units: list[Path]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, units)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(shutil.which("haproxy") is None, reason="haproxy is not installed")
def test_haproxy_takes_its_file(tmp_path: Path) -> None:
    config = tmp_path / "haproxy.cfg"
    servers = "    server gateway1 10.0.0.21:8760 check\n    server gateway2 10.0.0.22:8760 check"
    config.write_text(
        fill(
            "haproxy.cfg",
            log="log 127.0.0.1 local0",
            log_defaults="log global",
            bind="127.0.0.1:18443",
            servers=servers,
        ),
        "utf-8",
    )
    check = ["haproxy", "-c", "-f", str(config)]
    done = subprocess.run(check, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr, done.stderr
    config.write_text(config.read_text("utf-8").replace("balance leastconn", "balance leastcon"), "utf-8")
    assert subprocess.run(check, capture_output=True, timeout=60, check=False).returncode != 0


def test_patronis_file_waits_for_the_second_disk() -> None:
    filled = yaml.safe_load(
        fill(
            "patroni.yml",
            name="pg1", address="10.0.0.11", port=5432, api_port=8008, etcd_hosts="10.0.0.11:2379", synchronous="true",
            data="/var/lib/postgresql/15/main", pgpass="/var/lib/postgresql/pgpass", network="10.0.0.0/24",
            sockets="/run/postgresql", superuser_password="a", replication_password="b", rewind_password="c",
            watchdog="automatic",
        )
    )  # fmt: skip
    dcs = filled["bootstrap"]["dcs"]
    assert dcs["synchronous_mode"] is dcs["synchronous_mode_strict"] is True
    assert dcs["postgresql"]["parameters"]["synchronous_commit"] == "on"
    # Patroni's own rule, or it would demote itself for nothing.
    assert dcs["ttl"] >= dcs["loop_wait"] + 2 * dcs["retry_timeout"]
    with pytest.raises(KeyError):
        fill("patroni.yml", name="pg1")
