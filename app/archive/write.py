"""Writing one package: files come one after the other, are hashed on their way, and the signed manifest ends it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.archive.check import Progress, Stopped
from app.archive.container import BLOCK, Container
from app.archive.errors import Cancelled
from app.archive.manifest import MANIFEST, SIGNATURE, About, Absent, Entry, Kind, Manifest, sign
from app.archive.picture_book import Sink
from app.licences.cose import SigningKey


@dataclass(frozen=True, slots=True)
class Item:
    """What the catalogue says of a file that is about to be written. Fields as in Entry; size: about."""

    path: str
    title: str
    kind: Kind
    media_type: str
    pages: int
    made_at: str
    by: str
    size: int = 0


class PackageWriter:
    """Not for several threads. The stream behind the container is the caller's to close."""

    def __init__(self, container: Container, total: int, progress: Progress, stopped: Stopped) -> None:
        """total: about how many bytes will be written."""
        self._container = container
        self._total = max(total, 1)
        self._progress, self._stopped = progress, stopped
        self.written = 0
        self.entries: list[Entry] = []

    def add(self, item: Item, data: bytes | Iterable[bytes]) -> None:
        """A file whose bytes are there. Cancelled when a person stopped it."""
        with self.file(item) as sink:
            for part in _parts(data):
                sink.write(part)

    @contextmanager
    def file(self, item: Item) -> Iterator[CountedSink]:
        """A file that is written piece by piece; its `pages` may be set when they are known."""
        with self._container.file(item.path, item.size) as inner:
            sink = CountedSink(inner, self._count, item.pages)
            yield sink
        self.entries.append(
            Entry(
                item.path, item.title, item.kind, item.media_type, sink.pages, item.made_at, item.by,
                sink.size, sink.digest.hexdigest(),
            )
        )  # fmt: skip

    def finish(self, about: About, absent: Iterable[Absent], key: SigningKey) -> Manifest:
        """The manifest and its signature; nothing may follow."""
        manifest = Manifest(about, tuple(self.entries), tuple(absent))
        data = manifest.to_bytes()
        for path, body in ((MANIFEST, data), (SIGNATURE, sign(data, key))):
            with self._container.file(path, len(body)) as sink:
                sink.write(body)
        self._container.close()
        return manifest

    def _count(self, size: int) -> None:
        if self._stopped():
            raise Cancelled
        self.written += size
        self._progress(min(self.written, self._total), self._total)


class CountedSink:
    """What goes through it is hashed and counted."""

    def __init__(self, inner: Sink, count: Callable[[int], None], pages: int) -> None:
        self._inner, self._count = inner, count
        self.pages = pages
        self.size = 0
        self.digest = hashlib.sha256()

    def write(self, data: bytes, /) -> None:
        self._count(len(data))
        self._inner.write(data)
        self.digest.update(data)
        self.size += len(data)


def _parts(data: bytes | Iterable[bytes]) -> Iterable[bytes]:
    if not isinstance(data, bytes):
        return data
    return (data[start : start + BLOCK] for start in range(0, len(data), BLOCK))
