"""A hall on one machine, by ports: etcd, three PostgreSQL nodes under Patroni, two gateways, two balancers.

Made of the very files in resources/gateway that a hall fills in. What is killed is killed with SIGKILL.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Any

import psycopg
import requests
from running import ROOT

TEMPLATES = ROOT / "resources" / "gateway"
PROGRAMS = ("etcd", "patroni", "haproxy", "/usr/lib/postgresql/15/bin/postgres")
_PATIENCE = 120.0


def lacking() -> list[str]:
    """Which of the programs are not installed (apt: etcd-server patroni python3-etcd haproxy postgresql)."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


def fill(file: str, /, **values: object) -> str:
    """A template of resources/gateway, filled in. KeyError: something was left open."""
    return Template((TEMPLATES / file).read_text("utf-8")).substitute({k: str(v) for k, v in values.items()})


def free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def until(condition: Callable[[], Any], what: str, patience: float = _PATIENCE) -> Any:
    end = time.monotonic() + patience
    while True:
        with contextlib.suppress(OSError, psycopg.Error, requests.RequestException):
            if found := condition():
                return found
        assert time.monotonic() < end, f"still waiting for {what}"
        time.sleep(0.2)


@dataclass
class Node:
    """A PostgreSQL node under its Patroni."""

    name: str
    port: int
    api_port: int
    config: Path
    process: subprocess.Popen[bytes] | None = None


@dataclass
class Hall:
    """synchronous: as a hall runs; False is the mutant that acknowledges what only one disk has."""

    synchronous: bool = True
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="yichuang-hall-")))
    nodes: list[Node] = field(default_factory=list)
    gateways: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    balancers: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)

    @contextlib.contextmanager
    def open(self) -> Iterator[Hall]:
        """Everything runs within."""
        try:
            self._own(self.folder)
            self._start_etcd()
            self._start_nodes()
            self._start_gateways()
            self._start_balancers()
            yield self
        finally:
            for process in self._processes:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            for node in self.nodes:
                self._kill_postgres(node)
            shutil.rmtree(self.folder, ignore_errors=True)

    # ------------------------------------------------------------------------------------------------ the parts

    @property
    def db_url(self) -> str:
        """As gateway.env has it: all nodes, the one that can write is taken."""
        hosts = "&".join(f"host=127.0.0.1:{node.port}" for node in self.nodes)
        return f"postgresql://yichuang:{self.password}@/yichuang?{hosts}&connect_timeout=2"

    def primary(self) -> Node | None:
        """The node that takes writes; None while there is none."""
        for node in self.nodes:
            with contextlib.suppress(requests.RequestException):
                if requests.get(f"http://127.0.0.1:{node.api_port}/primary", timeout=2).status_code == 200:
                    return node
        return None

    def synchronous_standby(self) -> Node | None:
        for node in self.nodes:
            with contextlib.suppress(requests.RequestException):
                if requests.get(f"http://127.0.0.1:{node.api_port}/synchronous", timeout=2).status_code == 200:
                    return node
        return None

    def healthy(self) -> bool:
        """A primary, and everyone else streaming."""
        node = self.primary()
        if node is None or (self.synchronous and self.synchronous_standby() is None):
            return False
        members = requests.get(f"http://127.0.0.1:{node.api_port}/cluster", timeout=2).json()["members"]
        return sum(m["state"] in ("running", "streaming") for m in members) == len(self.nodes)

    def connect(self, database: str = "yichuang") -> psycopg.Connection:
        """To the primary, as its superuser."""
        hosts = ",".join("127.0.0.1" for _ in self.nodes)
        ports = ",".join(str(node.port) for node in self.nodes)
        return psycopg.connect(
            f"host={hosts} port={ports} user=postgres password={self.password} dbname={database} "
            "target_session_attrs=read-write connect_timeout=2",
            autocommit=True,
        )

    def start_node(self, node: Node) -> None:
        node.process = self._spawn(f"patroni-{node.name}", ["patroni", str(node.config)], as_postgres=True)

    def start_gateway(self, port: int) -> None:
        command = [sys.executable, "-m", "app", "gateway", "--port", str(port), "--workers", "2", "--connections", "8"]
        environment = {"YICHUANG_GATEWAY_DB": self.db_url}
        self.gateways[port] = self._spawn(
            f"gateway-{port}", [*command, "--files", str(self.folder / "files")], environment=environment
        )

    def start_balancer(self, port: int) -> None:
        config = self.folder / f"haproxy-{port}.cfg"
        servers = "\n".join(f"    server gateway{n} 127.0.0.1:{p} check" for n, p in enumerate(self.gateways))
        text = fill("haproxy.cfg", log="", log_defaults="", bind=f"127.0.0.1:{port}", servers=servers)
        config.write_text(text, "utf-8")
        self.balancers[port] = self._spawn(f"haproxy-{port}", ["haproxy", "-db", "-f", str(config)])

    # --------------------------------------------------------------------------------------------------- faults

    def freeze_receivers(self, others_than: Node) -> list[int]:
        """Stop the standbys' receivers, so that whatever is committed now is on one disk only; their processes."""
        frozen = []
        for pid in _processes_called("walreceiver"):
            if self._belongs(pid) is not others_than:
                os.kill(pid, signal.SIGSTOP)
                frozen.append(pid)
        return frozen

    def kill_node(self, node: Node) -> None:
        """As if its machine had lost its power: Patroni and every process of PostgreSQL at once."""
        assert node.process is not None
        os.killpg(node.process.pid, signal.SIGKILL)
        node.process.wait()
        self._kill_postgres(node)

    def kill_gateway(self, port: int) -> None:
        os.killpg(self.gateways[port].pid, signal.SIGKILL)
        self.gateways[port].wait()

    def kill_balancer(self, port: int) -> None:
        os.killpg(self.balancers[port].pid, signal.SIGKILL)
        self.balancers[port].wait()

    # -------------------------------------------------------------------------------------------------- starting

    def __post_init__(self) -> None:
        self.password = secrets.token_hex(12)
        self._processes: list[subprocess.Popen[bytes]] = []

    def _start_etcd(self) -> None:
        client, peer = free_ports(2)
        self._etcd = client
        values = {"name": "etcd1", "address": "127.0.0.1", "client_port": client, "peer_port": peer}
        text = fill("etcd.env", data=self.folder / "etcd", members=f"etcd1=http://127.0.0.1:{peer}", **values)
        environment = dict(line.split("=", 1) for line in text.splitlines() if line and not line.startswith("#"))
        self._spawn("etcd", ["etcd"], environment=environment, as_postgres=True)
        health = f"http://127.0.0.1:{client}/health"
        until(lambda: requests.get(health, timeout=2).json()["health"] == "true", "etcd")

    def _start_nodes(self) -> None:
        ports = free_ports(6)
        for n in range(3):
            name = f"pg{n + 1}"
            config = self.folder / f"{name}.yml"
            node = Node(name, ports[2 * n], ports[2 * n + 1], config)
            text = fill(
                "patroni.yml",
                name=name, address="127.0.0.1", port=node.port, api_port=node.api_port,
                etcd_hosts=f"127.0.0.1:{self._etcd}", synchronous=str(self.synchronous).lower(),
                data=self.folder / name, pgpass=self.folder / f"{name}.pgpass", network="127.0.0.0/8",
                sockets=self.folder, superuser_password=self.password, replication_password=self.password,
                rewind_password=self.password, watchdog="off",
            )  # fmt: skip
            config.write_text(text, "utf-8")
            self._own(config)
            self.nodes.append(node)
        # The first alone, so that it and no other begins the cluster.
        self.start_node(self.nodes[0])
        until(self.primary, "a primary")
        for node in self.nodes[1:]:
            self.start_node(node)
        until(self.healthy, "three nodes that stream")
        with self.connect("postgres") as connection:
            connection.execute(f"CREATE ROLE yichuang LOGIN PASSWORD '{self.password}'")  # type: ignore[arg-type]
            connection.execute("CREATE DATABASE yichuang OWNER yichuang")

    def _start_gateways(self) -> None:
        for port in free_ports(2):
            self.start_gateway(port)
        for port in self.gateways:
            health = f"http://127.0.0.1:{port}/v1/health"
            until(lambda health=health: requests.get(health, timeout=2).status_code == 200, f"gateway {port}")

    def _start_balancers(self) -> None:
        for port in free_ports(2):
            self.start_balancer(port)
        for port in self.balancers:
            health = f"http://127.0.0.1:{port}/v1/health"
            until(lambda health=health: requests.get(health, timeout=2).status_code == 200, f"balancer {port}")

    def _spawn(
        self, name: str, command: list[str], environment: dict[str, str] | None = None, as_postgres: bool = False
    ) -> subprocess.Popen[bytes]:
        if as_postgres and os.geteuid() == 0:
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--", *command]
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                cwd=self.folder if as_postgres else ROOT,
                env=os.environ | {"HOME": str(self.folder)} | (environment or {}),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._processes.append(process)
        return process

    def _own(self, path: Path) -> None:
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(path, owner.pw_uid, owner.pw_gid)

    def _belongs(self, pid: int) -> Node | None:
        """The node whose process this is."""
        with contextlib.suppress(OSError):
            place = Path(f"/proc/{pid}/cwd").resolve()
            for node in self.nodes:
                if place == (self.folder / node.name).resolve():
                    return node
        return None

    def _kill_postgres(self, node: Node) -> None:
        for pid in _processes_called("postgres"):
            if self._belongs(pid) is node:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


def _processes_called(word: str) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if word in (entry / "cmdline").read_bytes().decode("utf-8", "replace"):
                    found.append(int(entry.name))
    return found


def logs(hall: Hall, lines: int = 15) -> str:
    """The ends of all logs, for whoever must find out why."""
    ends = {path.name: path.read_text("utf-8", "replace").splitlines()[-lines:] for path in hall.folder.glob("*.log")}
    return "\n".join(f"== {name}\n" + "\n".join(end) for name, end in sorted(ends.items()))
