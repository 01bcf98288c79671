"""Loading the catalogue at start-up: all or nothing, and quick."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from app.catalog.build import build
from app.catalog.cache import CachedSource
from app.catalog.source import Finding, Source
from app.domain.errors import BadInput
from app.domain.item import Catalog


class UnusableCatalog(BadInput):
    """The catalogue has mistakes; findings holds them all."""

    def __init__(self, findings: list[Finding]) -> None:
        first = findings[0]
        place = f"{first.file} 第 {first.line} 行" if first.line else first.file
        more = f"（共 {len(findings)} 处错误）" if len(findings) > 1 else ""
        super().__init__("事项目录不能使用", f"{place}：{first.message}{more}", first.todo)
        self.findings = tuple(findings)


_LOCK = Lock()
_last: tuple[str, Catalog] | None = None
"""What `shared_catalog` gave last, and the digest of the files it was read from."""


def shared_catalog(folder: Path, cache: Path) -> Catalog:
    """As `load_catalog`, but the one object for the same bytes: a trainer opens lesson after lesson on them.

    Nothing changes a catalogue once it is loaded.
    """
    global _last
    with _LOCK:
        digest = CachedSource.digest_of(folder)
        if _last is None or _last[0] != digest:
            _last = digest, load_catalog(folder, cache)
        return _last[1]


def load_catalog(folder: Path, cache: Path | None = None) -> Catalog:
    """Read the catalogue in a folder. Raises UnusableCatalog, naming file, line and what to do.

    cache: a folder where a quickly read copy is kept from one start to the next.

    A catalogue with a mistake is not used in part: a form that asks too little is worse than none.
    `lint.lint` tells more: what only a reviewer would notice.
    """
    findings: list[Finding] = []
    source = CachedSource(folder, findings.append, cache) if cache else Source(folder, findings.append)
    built = build(source)
    if findings:
        raise UnusableCatalog(findings)
    if isinstance(source, CachedSource):
        source.keep()
    return built.catalog
