"""New versions of the program at the gateway: the manifest as it was signed, and the packages that it names.

The gateway can neither make nor change one: it checks the publisher's signature and the packages' hashes when they are
put up, and the windows check both again.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import delete, func, select

from app.domain.clock import Clock, isoformat
from app.domain.errors import BadInput, EnvironmentProblem
from app.gateway.database import Database
from app.gateway.problems import Problem
from app.gateway.snapshots import Part
from app.gateway.tables import meta, snapshots
from app.licences.snapshot import Pin
from app.server import headers as h
from app.server.whole_file import whole_file
from app.updates.manifest import Manifest, read_manifest

FEED = "updates"
KEPT = 2
"""Manifests whose packages stay: a window that began to fetch one goes on with it while the next is published."""
_PIN = "updates.pin"
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


class UpdateDesk:
    """Puts new versions up and hands them out. folder: where the packages lie."""

    def __init__(self, database: Database, folder: Path, clock: Clock) -> None:
        self._database = database
        self._folder = folder / "packages"
        self._clock = clock

    def pins(self) -> tuple[str, ...]:
        """The publisher's public key as windows are given it at enrolment; empty before the first version."""
        with self._database.read() as connection:
            pin = connection.scalar(select(meta.c.value).where(meta.c.key == _PIN))
        return (pin,) if pin else ()

    def publish(self, data: bytes, pin: str, files: Sequence[Path]) -> Manifest:
        """Hand out a signed version from now on, with its packages. Doing so again changes nothing.

        pin: the publisher's public key. BadInput: not signed by it, not newer than what was published before, or a
        package is missing or another one. EnvironmentProblem: the disk.
        """
        manifest = read_manifest(data, (Pin.read(pin),))
        given = {}
        for file in files:
            given[_hash(file)] = file
        for package in manifest.packages:
            self._take(package.sha256, package.size, package.platform, given.get(package.sha256))
        with self._database.write(f"snapshot:{FEED}") as connection:
            newest = connection.scalar(select(func.max(snapshots.c.version)).where(snapshots.c.feed == FEED)) or 0
            mine = (snapshots.c.feed == FEED, snapshots.c.version == manifest.serial)
            known = connection.scalar(select(snapshots.c.sha256).where(*mine))
            if manifest.serial < newest or known not in (None, manifest.sha256):
                raise BadInput("新版本没有发布", f"平台已有第 {newest} 号", "请用更大的序号重新签发。")
            if known is None:
                connection.execute(
                    snapshots.insert().values(
                        feed=FEED,
                        version=manifest.serial,
                        data=data,
                        sha256=manifest.sha256,
                        published_at=isoformat(self._clock.now()),
                    )
                )
            kept = list(
                connection.scalars(
                    select(snapshots.c.version).where(snapshots.c.feed == FEED).order_by(snapshots.c.version.desc())
                )
            )[:KEPT]
            connection.execute(delete(snapshots).where(snapshots.c.feed == FEED, snapshots.c.version < min(kept)))
            signed = [
                bytes(row) for row in connection.scalars(select(snapshots.c.data).where(snapshots.c.feed == FEED))
            ]
            # The pin of the newest publisher: new windows are given it.
            insert = self._database.insert(meta).values(key=_PIN, value=pin)
            connection.execute(insert.on_conflict_do_update(index_elements=["key"], set_={"value": pin}))
        self._drop_others(manifest, signed)
        return manifest

    def newest(self) -> bytes:
        """The newest manifest as it was signed. Problem 404: none was ever published."""
        with self._database.read() as connection:
            data = connection.scalar(
                select(snapshots.c.data).where(snapshots.c.feed == FEED).order_by(snapshots.c.version.desc()).limit(1)
            )
        if data is None:
            raise Problem(404, "no-update", "没有发布过新版本")
        return bytes(data)

    def part(self, sha256: str, start: int, end: int | None) -> Part:
        """Bytes start..end (inclusive), at most a part's worth. Problem 404: no such package. 416: behind its end."""
        path = self._folder / sha256
        if not _SHA256.fullmatch(sha256) or not path.is_file():
            raise Problem(404, "no-package", "没有这个安装包")
        total = path.stat().st_size
        if start >= total or (end is not None and end < start):
            raise Problem(416, "bad-range", "请求的范围不存在", headers={"Content-Range": f"bytes */{total}"})
        wanted = min(h.PACKAGE_PART, (total if end is None else end + 1) - start)
        with path.open("rb") as stream:
            stream.seek(start)
            return Part(stream.read(wanted), start, total, sha256)

    def _take(self, sha256: str, size: int, platform: str, file: Path | None) -> None:
        target = self._folder / sha256
        if target.is_file() and target.stat().st_size == size:
            return
        if file is None or file.stat().st_size != size:
            raise BadInput("新版本没有发布", f"缺少 {platform} 的安装包", "请把版本说明中的每个安装包一并给出。")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with whole_file(target) as stream, file.open("rb") as source:
                shutil.copyfileobj(source, stream, 1 << 20)
            os.chmod(target, 0o644)
        except OSError as error:
            raise EnvironmentProblem("安装包没有存下来", f"{error.strerror}", "检查磁盘空间和权限。") from error

    def _drop_others(self, newest: Manifest, signed: Sequence[bytes]) -> None:
        """The packages that no manifest kept names any more. The older one may be signed by a key that is gone: its
        names are looked for in its bytes, which were verified when they came."""
        named = {package.sha256 for package in newest.packages}
        for path in self._folder.iterdir():
            if path.name not in named and not any(path.name.encode() in data for data in signed):
                path.unlink(missing_ok=True)


def _hash(file: Path) -> str:
    found = hashlib.sha256()
    try:
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                found.update(block)
    except OSError as error:
        raise BadInput("读不了文件", f"{file}：{error.strerror}", "检查文件名和权限。") from error
    return found.hexdigest()
