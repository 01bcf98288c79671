"""A real PostgreSQL 15 of our own: a cluster in a temporary folder, on a free port, for the tests of one process."""

from __future__ import annotations

import atexit
import functools
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import psycopg

BIN = Path("/usr/lib/postgresql/15/bin")
_names = itertools.count()


class Cluster:
    """A running server. It fails, and never skips, where PostgreSQL is not installed. durable: a commit waits for the
    disk, as in a hall; for measuring."""

    def __init__(self, durable: bool = False) -> None:
        if not (BIN / "initdb").exists():
            raise RuntimeError(f"PostgreSQL 15 is not installed: {BIN} (apt: postgresql-15)")
        # Not pytest's tmp_path: that is closed to the unprivileged user whom PostgreSQL insists on.
        self.folder = Path(tempfile.mkdtemp(prefix="yichuang-pg-"))
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
            self._as_user = ["runuser", "-u", "postgres", "--"]
        else:
            self._as_user = []
        self.port = _free_port()
        data = str(self.folder / "data")
        self._run(str(BIN / "initdb"), "-D", data, "-U", "tester", "--auth=trust", "--no-sync", "-E", "UTF8",
                  "--locale=C.UTF-8")  # fmt: skip
        # fsync off: these tests are about order and uniqueness, and share a disk with seven others.
        fsync = "on" if durable else "off"
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c fsync={fsync} -k {self.folder}"
        log = str(self.folder / "log")
        self._run(str(BIN / "pg_ctl"), "-D", data, "-l", log, "-o", options, "-w", "-t", "60", "start")

    def new_database(self) -> str:
        """Make an empty database; its URL."""
        name = f"gateway_{next(_names)}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        return self._url(name)

    def stop(self) -> None:
        self._run(str(BIN / "pg_ctl"), "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _url(self, name: str) -> str:
        return f"postgresql://tester@127.0.0.1:{self.port}/{name}"

    def _run(self, *command: str) -> None:
        # pg_ctl's server keeps its output open: a pipe would never end.
        with open(os.devnull, "wb") as nothing:
            subprocess.run([*self._as_user, *command], check=True, stdout=nothing, stderr=nothing, cwd="/", timeout=90)


@functools.cache
def cluster() -> Cluster:
    """The one cluster of this process; stopped when the process ends."""
    running = Cluster()
    atexit.register(running.stop)
    return running


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
