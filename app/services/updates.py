"""New versions behind the work: asked for, fetched, checked, laid ready. Never put in force while somebody works."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.domain.errors import BadInput, YichuangError
from app.server.errors import Rejected, TryLater, Unreachable
from app.updates.install import Install
from app.updates.manifest import UpdateRefused, read_manifest, version_key
from app.updates.stage import Stager, UpdateLine, pins_of

log = logging.getLogger(__name__)


class Stage(StrEnum):
    """How things stand with updates."""

    OFF = "off"
    """Nobody's versions are taken: no publisher's key is set."""
    CURRENT = "current"
    READY = "ready"
    """A newer version lies there, tested, for the next start."""
    ELSEWHERE = "elsewhere"
    """There is a newer version, and the system's package manager has to install it."""
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class UpdateState:
    """version: the newer one, if any. notes, notes_en: what its publisher says of it. problem: why not, in words."""

    stage: Stage
    version: str = ""
    notes: str = ""
    notes_en: str = ""
    problem: YichuangError | None = None


class Updates:
    """install: None where the program is not ours to change. connect: a line to the gateway, closed when left."""

    def __init__(
        self,
        running: str,
        install: Install | None,
        keys: tuple[str, ...],
        connect: Callable[[], AbstractContextManager[UpdateLine]],
        *,
        automatic: bool,
        hours: int,
        stager: Stager | None = None,
    ) -> None:
        """running: this program's version. automatic: fetch by itself; otherwise only ask. hours: between two asks."""
        self.running = running
        self.install = install
        self.automatic = automatic
        self.hours = hours
        self._keys = keys
        self._connect = connect
        self._stager = stager or (Stager(install, keys) if install is not None else None)
        self._notes: dict[str, tuple[str, str]] = {}

    @property
    def on(self) -> bool:
        return bool(self._keys)

    @property
    def state(self) -> UpdateState:
        """What is known without asking anybody."""
        if not self.on:
            return UpdateState(Stage.OFF)
        staged = self.install.state.staged if self.install is not None else ""
        if self.install is not None and self.install.has(staged) and version_key(staged) > version_key(self.running):
            return UpdateState(Stage.READY, staged, *self._notes.get(staged, ("", "")))
        return UpdateState(Stage.CURRENT)

    def gone_back(self) -> str:
        """The version that was given up at the last start, told once; empty otherwise."""
        if self.install is None:
            return ""
        version = self.install.state.gone_back
        if version:
            self.install.remember(gone_back="")
        return version

    def run(self, stop: Callable[[], bool] = lambda: False) -> UpdateState:
        """Ask, fetch, check and lay ready. Never raises for the network, the disk or a bad version: it says so."""
        if not self.on:
            return self.state
        try:
            with self._connect() as line:
                return self._run(line, stop)
        except (Unreachable, TryLater):
            return self.state  # the status bar says that the platform is away; nothing more is to be said here
        except Rejected as error:
            log.warning("updates: %s", error.title)
            return self.state
        except YichuangError as error:
            log.warning("update not taken: %s %s", error.title, error.what)
            return UpdateState(Stage.TROUBLE, problem=error)

    def _run(self, line: UpdateLine, stop: Callable[[], bool]) -> UpdateState:
        data = line.manifest()
        if data is None:
            return self.state
        if self._stager is None:
            manifest = read_manifest(data, pins_of(self._keys))
            newer = version_key(manifest.version) > version_key(self.running)
            if not newer:
                return self.state
            return UpdateState(Stage.ELSEWHERE, manifest.version, manifest.notes, manifest.notes_en)
        found = self._stager.judge(data)
        if found is not None:
            self._notes[found.version] = (found.notes, found.notes_en)
            archive = self._stager.fetch(found, line, stop) if self.automatic else None
            if archive is None:
                return self.state
            self._stager.stage(found, archive)
        return self.state

    def take(self, data: bytes, archive: Path) -> UpdateState:
        """A version that came on a stick: its manifest and the package's path. Raises what was wrong with it."""
        if self._stager is None or not self.on:
            raise UpdateRefused("本机的程序不由“一窗”自己更新", "请用系统的软件包更新，或先在设置里登记更新公钥。")
        found = self._stager.judge(data)
        if found is None:
            raise BadInput("没有更新", "这个版本已经在用，或者已经备好。", "无需处理。")
        self._stager.stage(found, self._stager.adopt(found, archive))
        return self.state
