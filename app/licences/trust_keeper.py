"""Keeps the trust list in force: the newest signed snapshot of the profile, else the folder of keys.

A snapshot older than one that was ever installed is refused, also when somebody puts the old file back on the disk: the
highest version is remembered in the encrypted store.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from app.domain.clock import Clock
from app.domain.errors import EnvironmentProblem, YichuangError
from app.domain.issuing import IssuedState
from app.licences.snapshot import Pin, Snapshot, SnapshotRefused, read_snapshot
from app.licences.trust import AgePolicy, TrustList

SNAPSHOT_NAME = "trust-snapshot.cose"
HIGHEST = "trust.highest"
"""Setting: version and SHA-256 of the newest snapshot ever installed."""


class Memory(Protocol):
    """What remembers the highest version; offline_db.store.Store does."""

    def setting(self, key: str) -> str | None: ...
    def set_setting(self, key: str, value: str) -> None: ...


@dataclass(frozen=True, slots=True)
class TrustState:
    """How the list in force stands. age: days. signed: a snapshot, not a folder. problem: why the installed snapshot
    is not in force, in words for the clerk; "" when all is well."""

    trust: TrustList
    age: int
    old: bool
    too_old: bool
    signed: bool
    problem: str = ""


class TrustKeeper:
    """One a profile; any thread. folder: the profile's own. fallback: what holds until a snapshot is there."""

    def __init__(
        self,
        folder: Path,
        fallback: TrustList,
        clock: Clock,
        *,
        pins: Sequence[Pin] = (),
        policy: AgePolicy = AgePolicy(),
        memory: Memory | None = None,
    ) -> None:
        self.policy = policy
        self._file = folder / SNAPSHOT_NAME
        self._fallback = fallback
        self._clock = clock
        self._pins = tuple(pins)
        self._memory = memory
        self._lock = threading.Lock()
        self._problem = ""
        self._ended: Mapping[str, IssuedState] = {}
        self._installed: Snapshot | None = None
        self._installed = self._load()

    @property
    def current(self) -> TrustList:
        """The list in force, with what the platform told of single licences."""
        installed, ended = self._installed, self._ended
        trust = installed.trust if installed is not None else self._fallback
        return replace(trust, ended=ended) if ended else trust

    def heed(self, ended: Mapping[str, IssuedState]) -> None:
        """From now on these licences have ended, and no others that the platform told before: SHA-256 of the identifier
        -> how. What the signed list says counts beside it."""
        self._ended = dict(ended)

    @property
    def version(self) -> int:
        """Of the snapshot in force; 0: none."""
        return self.current.version

    def state(self) -> TrustState:
        """How the list stands now."""
        trust, now = self.current, self._clock.now()
        return TrustState(
            trust,
            trust.age(now),
            trust.is_old(now, self.policy),
            trust.is_too_old(now, self.policy),
            signed=trust.version > 0,
            problem=self._problem,
        )

    def install(self, data: bytes) -> bool:
        """Take a snapshot in, whole or not at all; False when it is the one in force. Reads and writes files.

        SnapshotRefused: not signed by a pinned key, malformed, or older than what was installed once.
        EnvironmentProblem: the disk. In both cases the list in force stays.
        """
        if not self._pins:
            raise SnapshotRefused("本机没有登记平台的公钥", "请在设置文件的 [trust] keys 中填写平台登记时给出的公钥。")
        with self._lock:
            snapshot = read_snapshot(data, self._pins)
            self._check_newer(snapshot)
            if self._installed is not None and self._installed.sha256 == snapshot.sha256:
                return False
            _write_whole(self._file, data)
            self._remember(snapshot)
            self._installed, self._problem = snapshot, ""
            return True

    def _load(self) -> Snapshot | None:
        """The profile's snapshot, if it still holds under today's pins."""
        if not self._pins:
            return None
        try:
            snapshot = read_snapshot(self._file.read_bytes(), self._pins)
            self._check_newer(snapshot)
            self._remember(snapshot)
        except FileNotFoundError:
            return None
        except OSError as error:
            self._problem = f"信任名单文件无法读取：{error.strerror}"
            return None
        except YichuangError as error:
            self._problem = error.what
            return None
        return snapshot

    def _check_newer(self, snapshot: Snapshot) -> None:
        version, sha256 = self._highest()
        if snapshot.version < version:
            raise SnapshotRefused(f"文件是第 {snapshot.version} 版，本机已用过第 {version} 版，不能退回旧名单")
        if snapshot.version == version and sha256 not in ("", snapshot.sha256):
            raise SnapshotRefused(f"同为第 {version} 版而内容不同")

    def _highest(self) -> tuple[int, str]:
        text = self._memory.setting(HIGHEST) if self._memory is not None else None
        version, _, sha256 = (text or "0 ").partition(" ")
        if self._installed is not None and self._installed.version > int(version):
            return self._installed.version, self._installed.sha256
        return int(version), sha256

    def _remember(self, snapshot: Snapshot) -> None:
        if self._memory is not None and self._highest()[0] < snapshot.version:
            self._memory.set_setting(HIGHEST, f"{snapshot.version} {snapshot.sha256}")


def _write_whole(path: Path, data: bytes) -> None:
    """The old file or the new one, never half of it, also when the power goes."""
    unfinished = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
        if os.name == "posix":
            descriptor = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
    except OSError as error:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise EnvironmentProblem(
            "信任名单没有保存", f"无法写入 {path}（{error.strerror}）", "请检查磁盘空间和目录权限。"
        ) from error
