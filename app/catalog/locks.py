"""Locked items: the elements of the implementation list 实施清单要素 change only with authority.

`locks.yaml` keeps the version and a SHA-256 of those elements as they were when somebody with authority accepted
them. Names in other languages, everyday words, samples and the form's layout are nobody's implementation list and may
change freely.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

from app.catalog.build import build
from app.catalog.files import dump
from app.catalog.parts import Built
from app.catalog.source import Finding, Source
from app.domain.clock import Clock, shanghai
from app.domain.item import Item, When

FILE = "locks.yaml"

_ITEM = (
    "name", "department", "main", "sub", "situation", "type", "kind", "legal_days", "promised_days", "legal_basis",
    "fee", "result", "cross_region",
)  # fmt: skip
_MATERIAL = (
    "id", "name", "kind", "original", "copies", "required", "tolerable", "tolerance_days", "promise",
    "promise_check_days",
)  # fmt: skip
_ACCEPT = "由有权核准的人运行 yichuang catalog lint --accept 姓名"
_HEAD = "# 已核准的事项版本，由 yichuang catalog lint --accept 写入，不要手工改。sha256 是实施清单要素的摘要。\n"


@dataclass(frozen=True, slots=True)
class Lock:
    """What was accepted of an item. accepted_on: legal date, YYYY-MM-DD."""

    version: int
    sha256: str
    accepted_by: str
    accepted_on: str


def digest(item: Item) -> str:
    """SHA-256 (hex) of an item's locked elements."""
    document: dict[str, Any] = {name: getattr(item, name) for name in _ITEM}
    document["papers"] = list(item.papers)
    document["elements"] = dict(item.elements)
    document["when"] = _listed(item.when)
    if item.inspect_after:
        document["inspect_after"] = True
    if item.guardian:
        document["guardian"] = True
    if item.urgent_days:  # left out where it says nothing, so that what was accepted before it existed stays accepted
        document["urgent_days"] = item.urgent_days
    if item.territory:
        document["territory"] = item.territory
    if item.issues is not None:
        document["issues"] = asdict(item.issues)
    document["materials"] = [
        {
            **{name: getattr(material, name) for name in _MATERIAL},
            "waived_by": list(material.waived_by),
            "acceptance_points": list(material.acceptance_points),
            "when": _listed(material.when),
            # Only where there is one: what was accepted before this key was known stays accepted.
            **({"tolerance_needs": list(material.tolerance_needs)} if material.tolerance_needs else {}),
        }
        for material in item.materials
    ]
    canonical = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def read_locks(source: Source) -> dict[str, Lock]:
    """The locks of a catalogue; mistakes in their file go to the source's report."""
    entry = source.optional(FILE)
    keys = ("version", "sha256", "accepted_by", "accepted_on")
    locks = {}
    for code, place in (entry.mapping() if entry else {}).items():
        record = place.record(keys, keys)
        locks[code] = Lock(record.count("version"), *(record.text(key) for key in keys[1:]))
    return locks


def lint_locks(source: Source, built: Built) -> None:
    """Report locked items that were changed without a new version; note those that nobody has accepted yet."""
    locks = read_locks(source)
    waiting = []
    for item in built.catalog.items.values():
        lock = locks.get(item.code)
        if lock is None:
            if item.locked:
                waiting.append(item.code)
            continue
        place = built.items_at[item.code]
        if item.version < lock.version:
            place.at("version").problem(
                f"版本 {item.version} 低于已核准的版本 {lock.version}", f"写 version: {lock.version} 或者更高"
            )
        elif item.version > lock.version:
            waiting.append(item.code)
        elif digest(item) != lock.sha256:
            place.at("version").problem(
                f"《{item.name}》（{item.situation}）的要素改了，版本却仍是 {lock.version}",
                f"把 version 改为 {lock.version + 1}，再{_ACCEPT}",
            )
        elif not item.locked:
            place.at("locked").problem(
                f"《{item.name}》已核准锁定，却改成了不锁定",
                f"恢复 locked: true；确需解锁的改为 version: {lock.version + 1}",
            )
    for code in locks.keys() - built.catalog.items.keys():
        line = source.line(FILE, (code,))
        source.report(
            Finding(
                FILE, line, f"事项 {code} 已不在目录里", "确已取消的，运行 yichuang catalog lint --accept 姓名", True
            )
        )
    if waiting:
        source.report(
            Finding(
                FILE,
                0,
                f"有 {len(waiting)} 个锁定的事项（或者新版本）尚未核准，例如 {waiting[0]}",
                _ACCEPT,
                True,
            )
        )


def accept(folder: Path, by: str, clock: Clock) -> int:
    """Write the locks of all locked items, in the name of a person; the number newly accepted.

    Only for a catalogue without hard findings: call `lint.lint` first. What was accepted before keeps its name and day.
    """
    source = Source(folder, lambda _: None)
    before, today = read_locks(source), f"{shanghai(clock.now()):%Y-%m-%d}"
    locks: dict[str, dict[str, Any]] = {}
    new = 0
    for code, item in sorted(build(source).catalog.items.items()):
        if not item.locked:
            continue
        lock = Lock(item.version, digest(item), by, today)
        old = before.get(code)
        if old and (old.version, old.sha256) == (lock.version, lock.sha256):
            lock = old
        else:
            new += 1
        locks[code] = {
            "version": lock.version, "sha256": lock.sha256,
            "accepted_by": lock.accepted_by, "accepted_on": lock.accepted_on,
        }  # fmt: skip
    (folder / FILE).write_text(_head(folder / FILE) + dump(locks), encoding="utf-8")
    return new


def _head(path: Path) -> str:
    """The comment at the beginning, as it stands: whoever wrote more there wants it to be read."""
    if not path.exists():
        return _HEAD
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(takewhile(lambda line: line.startswith("#"), lines)) or _HEAD


def _listed(when: When) -> dict[str, list[str]]:
    return {key: sorted(values) for key, values in when.items()}
