"""The files' plain values kept from one start to the next: reading YAML is two thirds of loading a catalogue.

The kept copy belongs to the exact bytes of all files and to one version of the program, so it can be stale for none of
them; its own bytes are checked as well. It is no safer than the folder it lies in: keep it where the settings are.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
from pathlib import Path
from typing import Any

from app.catalog.files import file_names
from app.catalog.source import Entry, Report, Source


def program_version() -> str:
    """Another version may read the same bytes differently; "" when the program was not installed."""
    try:
        return importlib.metadata.version("yichuang")
    except importlib.metadata.PackageNotFoundError:
        return ""


class CachedSource(Source):
    """A catalogue folder whose plain values are taken from a kept copy when no file has changed."""

    def __init__(self, folder: Path, report: Report, cache: Path) -> None:
        super().__init__(folder, report)
        self._kept = cache / f"catalog-{self.digest_of(folder)}.json"
        self._values: dict[str, Any] = {}
        self._complete = False
        try:
            checksum, _, document = self._kept.read_bytes().partition(b"\n")
        except OSError:
            return
        if checksum.decode("ascii", "replace") == hashlib.sha256(document).hexdigest():
            self._values = json.loads(document)
            self._complete = True

    @staticmethod
    def digest_of(folder: Path) -> str:
        """SHA-256 (hex) of the names and bytes of a catalogue's files and of the program's version."""
        digest = hashlib.sha256(program_version().encode())
        for name in file_names(folder):
            content = (folder / name).read_bytes()
            digest.update(f"\0{name}\0{len(content)}\0".encode())
            digest.update(content)
        return digest.hexdigest()

    def read(self, name: str) -> Entry | None:
        if self._complete and name in self._values:
            return Entry(self, name, (), self._values[name])
        entry = super().read(name)
        if entry is not None:
            self._values[name] = entry.value
        return entry

    def keep(self) -> None:
        """Keep what was read, in place of older copies. Only for a catalogue without mistakes.

        A folder that cannot be written to only costs time.
        """
        if self._complete:
            return
        try:
            self._kept.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._kept.with_suffix(".new")
            document = json.dumps(self._values, ensure_ascii=False).encode()
            fresh.write_bytes(f"{hashlib.sha256(document).hexdigest()}\n".encode() + document)
            os.replace(fresh, self._kept)
            for old in self._kept.parent.glob("catalog-*.json"):
                if old != self._kept:
                    old.unlink()
        except OSError:
            pass
