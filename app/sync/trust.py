"""Keeps the trust list fresh: when the feed names a newer snapshot, fetch it in parts, check it, install it.

What has arrived of an interrupted transfer stays on the disk and the next run goes on from there.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from app.domain.errors import BadInput, EnvironmentProblem
from app.server import headers as h
from app.server.client import SnapshotPart
from app.server.errors import Rejected

log = logging.getLogger(__name__)

FEED = "trust"
_ENTITY = "snapshot"
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_NOT_FOUND = 404


class FeedRows(Protocol):
    """What is needed of offline_db.store.Store."""

    def feed_rows(self, feed: str) -> list[dict[str, Any]]: ...


class SnapshotClient(Protocol):
    """What is needed of app.server.client.GatewayClient."""

    def snapshot(self, feed: str, version: int, start: int) -> SnapshotPart: ...


class Keeper(Protocol):
    """What is needed of app.licences.trust_keeper.TrustKeeper."""

    @property
    def version(self) -> int: ...
    def install(self, data: bytes) -> bool: ...


class TrustUpkeep:
    """One a profile, called by the sync engine after the feeds were read. folder: the profile's own."""

    def __init__(self, store: FeedRows, client: SnapshotClient, keeper: Keeper, folder: Path) -> None:
        self._store = store
        self._client = client
        self._keeper = keeper
        self._folder = folder
        self._refused = ""

    def run(self) -> bool:
        """Is a newer list in force now? Raises Unreachable, TryLater and Rejected as the client does.

        BadInput: what was sent is not taken in; a list that was refused is left alone until another is named.
        EnvironmentProblem: the disk.
        """
        row = next((row for row in self._store.feed_rows(FEED) if row.get("id") == _ENTITY), None)
        if row is None or not self._wanted(row):
            return False
        version, sha256, size = int(row["version"]), str(row["sha256"]), int(row["size"])
        unfinished = self._folder / f"trust-{version}-{sha256[:16]}.part"
        self._forget_others(unfinished)
        try:
            data = self._fetch(unfinished, version, size)
        except Rejected as error:
            if error.status != _NOT_FOUND:
                raise
            return False  # replaced by a newer one meanwhile, which the next page of the feed will name
        try:
            if h.sha256_hex(data) != sha256:
                raise BadInput("信任名单未更新", "收到的文件与平台公布的不一致", "下次联网时会重新下载。")
            try:
                done = self._keeper.install(data)
            except BadInput:
                self._refused = sha256
                raise
        finally:
            unfinished.unlink(missing_ok=True)
        log.info("trust list %d is in force", version)
        return done

    def _wanted(self, row: Mapping[str, Any]) -> bool:
        version, sha256, size = row.get("version"), row.get("sha256"), row.get("size")
        if type(version) is not int or type(size) is not int or not _SHA256.fullmatch(str(sha256)):
            return False
        return version > self._keeper.version and sha256 != self._refused and 0 < size <= h.MAX_SNAPSHOT

    def _fetch(self, unfinished: Path, version: int, size: int) -> bytes:
        try:
            data = unfinished.read_bytes() if unfinished.exists() else b""
            while len(data) < size:
                part = self._client.snapshot(FEED, version, len(data))
                if part.total != size:
                    break  # its hash will not fit either
                with unfinished.open("ab") as file:
                    file.write(part.data)
                data += part.data
        except OSError as error:
            raise EnvironmentProblem(
                "信任名单没有保存", f"无法写入 {unfinished}（{error.strerror}）", "请检查磁盘空间和目录权限。"
            ) from error
        return data

    def _forget_others(self, unfinished: Path) -> None:
        for path in self._folder.glob("trust-*.part"):
            if path != unfinished:
                path.unlink(missing_ok=True)
