"""Fetches a signed file that a feed names, in parts; what arrived of an interrupted transfer stays on the disk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self

from app.domain.errors import BadInput, EnvironmentProblem
from app.server import headers as h
from app.server.client import SnapshotPart
from app.server.errors import Rejected

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_NOT_FOUND = 404


class SnapshotClient(Protocol):
    """What is needed of app.server.client.GatewayClient."""

    def snapshot(self, feed: str, version: int, start: int) -> SnapshotPart: ...


@dataclass(frozen=True, slots=True)
class Named:
    """A file as a feed's row names it."""

    version: int
    sha256: str
    size: int

    @classmethod
    def of(cls, row: Mapping[str, Any], largest: int) -> Self | None:
        """None when the row is broken. largest: bytes."""
        version, sha256, size = row.get("version"), row.get("sha256"), row.get("size")
        if type(version) is not int or type(size) is not int or not _SHA256.fullmatch(str(sha256)):
            return None
        return cls(version, str(sha256), size) if version > 0 and 0 < size <= largest else None


class Fetcher:
    """Of one kind of file. feed: under which name the gateway hands it out. not_saved, not_taken: the titles under
    which the clerk is told of a disk that failed, and of a file that is not the one that was named."""

    def __init__(self, client: SnapshotClient, folder: Path, feed: str, not_saved: str, not_taken: str) -> None:
        self._client = client
        self._folder = folder
        self._feed = feed
        self._not_saved = not_saved
        self._not_taken = not_taken

    def fetch(self, named: Named) -> bytes | None:
        """The whole file, as it was named; None: replaced by a newer one meanwhile, which the feed will name. Raises as
        the client does; BadInput: not what was named. EnvironmentProblem: the disk."""
        unfinished = self._folder / f"{self._feed}-{named.version}-{named.sha256[:16]}.part"
        for path in self._folder.glob(f"{self._feed}-*.part"):
            if path != unfinished:
                path.unlink(missing_ok=True)
        try:
            data = self._parts(unfinished, named)
        except Rejected as error:
            if error.status != _NOT_FOUND:
                raise
            return None
        except OSError as error:
            raise EnvironmentProblem(
                self._not_saved, f"无法写入 {unfinished}（{error.strerror}）", "请检查磁盘空间和目录权限。"
            ) from error
        unfinished.unlink(missing_ok=True)
        if h.sha256_hex(data) != named.sha256:
            raise BadInput(self._not_taken, "收到的文件与平台公布的不一致", "下次联网时会重新下载。")
        return data

    def _parts(self, unfinished: Path, named: Named) -> bytes:
        data = unfinished.read_bytes() if unfinished.exists() else b""
        while len(data) < named.size:
            part = self._client.snapshot(self._feed, named.version, len(data))
            if part.total != named.size:
                break  # its hash will not fit either
            with unfinished.open("ab") as file:
                file.write(part.data)
            data += part.data
        return data
