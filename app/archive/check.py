"""Is this archive package ours and unaltered? Every file is hashed again and held against the signed manifest.

The manifest counts only under the signature of a trusted key: without one nothing is said of the files, since whoever
changes a file can write another manifest. Nothing is unpacked.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from app.archive.container import Source, open_source, same_name
from app.archive.errors import Cancelled
from app.archive.manifest import (
    MANIFEST,
    MAX_MANIFEST,
    MAX_SIGNATURE,
    SIGNATURE,
    Entry,
    Manifest,
    check_signature,
)
from app.licences.cose import BadSignature, CodeError, UnknownKey, Verifier

Progress = Callable[[int, int], None]
"""Called with (bytes done, bytes in all)."""
Stopped = Callable[[], bool]
K = TypeVar("K", bound=Verifier)


class Finding(StrEnum):
    """What the check came to."""

    WHOLE = "本系统导出，未经改动。"
    CHANGED = "本系统导出，但已被改动。"
    NO_MANIFEST = "不是一窗的归档包：里面没有清单。"
    UNSIGNED = "不能确认由本系统导出：清单没有签名。"
    UNKNOWN_KEY = "不能确认由本系统导出：签名的密钥不在信任名单中。"
    BAD_SIGNATURE = "不是本系统导出，或清单已被改动：签名不符。"


@dataclass(frozen=True, slots=True)
class PackageCheck:
    """The answer. missing, extra, altered: paths in the package. manifest: only of a package that is ours."""

    finding: Finding
    manifest: Manifest | None = None
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()

    @property
    def ours(self) -> bool:
        return self.manifest is not None

    @property
    def unaltered(self) -> bool:
        return self.finding is Finding.WHOLE


def check_package(
    path: Path,
    find_key: Callable[[bytes], Sequence[K]],
    password: str | None = None,
    progress: Progress = lambda done, total: None,
    stopped: Stopped = lambda: False,
) -> PackageCheck:
    """Check a ZIP, a sealed file or a folder. find_key: the trusted keys of a key identifier.

    BadArchive: it cannot be opened at all; PasswordNeeded, WrongPassword; Cancelled.
    """
    with open_source(path, password) as source:
        names = source.names()
        prefix = _prefix(names)
        if prefix is None:
            return PackageCheck(Finding.NO_MANIFEST)
        manifest = _small(source, _at(names, prefix + MANIFEST), MAX_MANIFEST)
        signature = _small(source, _at(names, prefix + SIGNATURE), MAX_SIGNATURE)
        if not signature:
            return PackageCheck(Finding.UNSIGNED)
        try:
            check_signature(manifest, signature, find_key)
            said = Manifest.from_bytes(manifest)
        except UnknownKey:
            return PackageCheck(Finding.UNKNOWN_KEY)
        except (BadSignature, CodeError, ValueError):
            return PackageCheck(Finding.BAD_SIGNATURE)
        return _compared(source, names, prefix, said, _Meter(said, progress, stopped))


class _Meter:
    """Tells how far the hashing is, and stops it."""

    def __init__(self, manifest: Manifest, progress: Progress, stopped: Stopped) -> None:
        self._total = sum(entry.bytes for entry in manifest.entries)
        self._done = 0
        self._progress, self._stopped = progress, stopped

    def count(self, size: int) -> None:
        if self._stopped():
            raise Cancelled
        self._done += size
        self._progress(min(self._done, self._total), self._total)


def _compared(source: Source, names: list[str], prefix: str, manifest: Manifest, meter: _Meter) -> PackageCheck:
    wanted = {same_name(prefix + entry.path): entry for entry in manifest.entries}
    own = {same_name(prefix + name) for name in (MANIFEST, SIGNATURE)}
    there = Counter(same_name(name) for name in names)
    extra = [name for name in names if same_name(name) not in wanted and same_name(name) not in own]
    # Of a name that stands there twice, programs open the one or the other.
    altered = {name for name, times in there.items() if times > 1}
    for name, parts in source.files():
        entry = wanted.get(same_name(name))
        if entry is not None and not _same(entry, parts, meter):
            altered.add(same_name(name))
    missing = [entry.path for name, entry in wanted.items() if name not in there]
    changed = [name.removeprefix(prefix) for name in there if name in altered]
    finding = Finding.CHANGED if missing or extra or changed else Finding.WHOLE
    return PackageCheck(finding, manifest, tuple(missing), tuple(extra), tuple(changed))


def _same(entry: Entry, parts: Iterator[bytes], meter: _Meter) -> bool:
    digest, size = hashlib.sha256(), 0
    try:
        for part in parts:
            meter.count(len(part))
            size += len(part)
            if size > entry.bytes:
                return False  # however much more there is
            digest.update(part)
    except (OSError, ValueError):
        return False
    return size == entry.bytes and digest.hexdigest() == entry.sha256


def _prefix(names: list[str]) -> str | None:
    """The folder in which the package lies: its own, or the one that an unpacking program made around it."""
    found = [name[: -len(MANIFEST)] for name in map(same_name, names) if name.rpartition("/")[2] == MANIFEST]
    return min(found, key=lambda prefix: prefix.count("/")) if found else None


def _at(names: list[str], path: str) -> str:
    """The name under which a path stands there; "" when it does not."""
    return next((name for name in names if same_name(name) == path), "")


def _small(source: Source, name: str, most: int) -> bytes:
    """A small file whole; empty when it is not there, cannot be read or is not small."""
    data = bytearray()
    try:
        for part in source.open(name):
            data += part
            if len(data) > most:
                return b""
    except (KeyError, OSError, ValueError):
        return b""
    return bytes(data)
