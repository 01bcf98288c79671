"""Which Chinese characters of GB 18030-2022 the papers' fonts draw, by the standard's implementation levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

import resources
from app.documents.fonts import PICTURED, FontChain

LEVELS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Coverage:
    """level: characters it has in all, those of lower levels included. missing: those without a glyph. files: how many
    of the rest each font of the chain draws, by file name."""

    level: int
    total: int
    missing: tuple[str, ...]
    files: tuple[tuple[str, int], ...]

    @property
    def covered(self) -> int:
        return self.total - len(self.missing)

    @property
    def percent(self) -> float:
        """Rounded down, so that 100 means all."""
        return int(self.covered * 10_000 / self.total) / 100


def characters(level: int) -> tuple[str, ...]:
    """The Chinese characters that a level asks for, each once. ValueError for a level that does not exist."""
    if level not in LEVELS:
        raise ValueError(level)
    lists = yaml.safe_load(resources.path("documents/gb18030.yaml").read_text(encoding="utf-8"))
    found = dict.fromkeys(_ranges(lists["level1"]))
    if level >= 2:
        found |= dict.fromkeys("".join(lists["level2"].split()))
    if level == 3:
        found |= dict.fromkeys(_ranges(lists["level3"]))
        found |= dict.fromkeys(chr(int(code, 16)) for code in lists["compatibility"].split())
    return tuple(found)


def coverage(chain: FontChain, level: int) -> Coverage:
    """What a chain draws of a level by its fonts; pictures that clerks gave do not count. Reads all fonts: seconds."""
    counts = dict.fromkeys(range(len(chain.files)), 0)
    missing = []
    wanted = characters(level)
    for char in wanted:
        index = chain.index_of(char)
        if index is None or index == PICTURED:
            missing.append(char)
        else:
            counts[index] += 1
    files = tuple((chain.files[index].path.name, count) for index, count in counts.items())
    return Coverage(level, len(wanted), tuple(missing), files)


def _ranges(pairs: list[list[str]]) -> Iterator[str]:
    for first, last in pairs:
        yield from map(chr, range(int(str(first), 16), int(str(last), 16) + 1))
