"""A publisher, packages whose program is a shell script, an install folder, and a line that can go wrong."""

from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
from collections.abc import Sequence
from pathlib import Path

from app.licences.cose import Algorithm, SigningKey
from app.licences.snapshot import pin_of
from app.server.errors import Unreachable
from app.updates.install import Install
from app.updates.manifest import Package, make_manifest

PLATFORM = "linux-x86_64"
OLD, NEW = "0.1.0", "0.2.0"
PUBLISHER = SigningKey.generate(Algorithm.EDDSA)
PIN = pin_of(PUBLISHER).text
ROOMY = 100 << 30


def archive(script: str = "exit 0", extra: int = 3000, top: str = "yichuang") -> bytes:
    """A package. script: what its program does when it is started."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        for name, data, mode in (
            (f"{top}/yichuang", f"#!/bin/sh\n{script}\n".encode(), 0o755),
            (f"{top}/_internal/base.dat", hashlib.sha256(script.encode()).digest() * (extra // 32), 0o644),
        ):
            info = tarfile.TarInfo(name)
            info.size, info.mode = len(data), mode
            tar.addfile(info, io.BytesIO(data))
    return gzip.compress(made.getvalue(), mtime=0)  # asked for twice it is the same package, whatever the second


def package_of(data: bytes, unpacked: int = 1 << 20, platform: str = PLATFORM) -> Package:
    return Package(platform, hashlib.sha256(data).hexdigest(), len(data), unpacked)


def manifest(
    data: bytes,
    version: str = NEW,
    serial: int = 1,
    key: SigningKey = PUBLISHER,
    keys: Sequence[str] = (),
    **package: object,
) -> bytes:
    made = package_of(data, **package)  # type: ignore[arg-type]
    return make_manifest(version, serial, "2026-11-22", [made], key, notes="更快", notes_en="Faster", keys=keys)


def installed(root: Path, version: str = OLD) -> Install:
    """An install folder with one version in it."""
    folder = root / "versions" / version
    folder.mkdir(parents=True)
    program = folder / "yichuang"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    (root / "current").write_text(f"{version}\n")
    return Install(root, version)


class Line:
    """A gateway's side. cut: this many calls for bytes succeed, then the network is gone. spoil: other bytes come."""

    def __init__(self, signed: bytes | None, data: bytes, part: int = 60) -> None:
        self.signed, self.data, self.part = signed, data, part
        self.cut: int | None = None
        self.spoil = False
        self.starts: list[int] = []

    def manifest(self) -> bytes | None:
        return self.signed

    def package(self, sha256: str, start: int) -> tuple[bytes, int]:
        if self.cut is not None and len(self.starts) >= self.cut:
            raise Unreachable("连接中断")
        self.starts.append(start)
        data = self.data[start : start + self.part]
        return (bytes(len(data)) if self.spoil else data), len(self.data)
