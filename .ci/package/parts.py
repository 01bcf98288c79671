"""What the packaged program consists of, biggest parts first: `python .ci/package/parts.py dist/yichuang [LIMIT]`.

LIMIT: how many MB (10^6 bytes) it may hold; exit 1 when it holds more, so that a library that slips in is noticed.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

SHOWN = 20


def part_of(name: str) -> str:
    """The part that a file (its path inside the package) belongs to: a library with what its wheel brings along."""
    parts = name.split("/")
    if parts[0] == "_internal":
        parts = parts[1:]
    else:
        return "the program and its Python modules"
    if parts[0] == "PyQt6":
        return "/".join(parts[:3]) if parts[1] == "Qt6" and len(parts) > 3 else "PyQt6"
    if parts[0] == "resources":
        return "/".join(parts[:2])
    if len(parts) == 1:
        return "system libraries"
    return parts[0].removesuffix(".libs").replace("opencv_python_headless", "cv2").partition("-")[0]


def sizes(files: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """(part, bytes), biggest first."""
    total: Counter[str] = Counter()
    for name, size in files:
        total[part_of(name)] += size
    return sorted(total.items(), key=lambda item: (-item[1], item[0]))


def main(folder: Path, limit: float | None) -> int:
    files = [
        (path.relative_to(folder).as_posix(), path.stat().st_size)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    ]
    for part, size in sizes(files)[:SHOWN]:
        print(f"{size / 1e6:7.1f} MB  {part}")
    total = sum(size for _, size in files) / 1e6
    print(f"{total:7.1f} MB  in {len(files)} files")
    if limit is not None and total > limit:
        print(f"打包结果超过 {limit:.0f} MB：请看上面多了什么", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else None))
