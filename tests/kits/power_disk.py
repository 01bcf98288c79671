"""A disk that loses its power: what tests/faults/disk_calls.c wrote down, and what a cut may leave of it.

Nothing is on the disk until it was synced: a file's bytes by fsync of the file, its name by fsync of the folder that
the name stands in. What was not synced may be there, wholly, partly or not at all; the models say how much freedom the
disk takes.
"""

from __future__ import annotations

import hashlib
import itertools
import random
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
MODELS = ("in order", "synced only", "any writes", "torn and out of order")
"""in order: everything that was asked before the cut is there. synced only: nothing else. any writes: what was synced,
any of the other writes, and the names up to some moment (a journalling file system). torn and out of order: besides,
writes are torn at sectors, and each change of a name is there or not, whatever came before it."""

_HEAD = struct.Struct("=4I2q")
_MEMORY = "-shm"
"""SQLite's index of its log is a mapped piece of memory: after a cut it may hold anything."""


@dataclass(frozen=True, slots=True)
class Event:
    """One call. kind: Create, Mkdir, Rename, Unlink, Link, Write, Truncate, Sync, sYnc of a folder, marK, Blind."""

    kind: str
    path: str
    target: str
    file: int
    offset: int
    data: bytes


def read_log(path: Path) -> list[Event]:
    """The record, in the order of the calls."""
    blob, at, events = path.read_bytes(), 0, []
    while at < len(blob):
        kind, first, second, size, file, offset = _HEAD.unpack_from(blob, at)
        at += _HEAD.size
        ends = (at + first, at + first + second, at + first + second + size)
        texts = blob[at : ends[0]].decode(), blob[ends[0] : ends[1]].decode()
        events.append(Event(chr(kind), *texts, file, offset, blob[ends[1] : ends[2]]))
        at = ends[2]
    return events


@dataclass(eq=False, slots=True)
class Node:
    """A file: what is on the disk of it, and what was written since."""

    durable: bytearray = field(default_factory=bytearray)
    since: list[Event] = field(default_factory=list)

    def sync(self) -> None:
        for event in self.since:
            _change(self.durable, event.offset, event)
        self.since.clear()

    def left(self, model: str, chance: random.Random) -> bytes:
        """What a cut leaves of it."""
        content = bytearray(self.durable)
        if model == "synced only":
            return bytes(content)
        kept = 1.0 if model == "in order" else chance.choice((0.1, 0.5, 0.9))
        for event in self.since:
            if event.kind == "T" or model != "torn and out of order" or chance.random() < 0.5:
                if chance.random() < kept:
                    _change(content, event.offset, event)
                continue
            end = event.offset + len(event.data)
            edges = [event.offset, *range(event.offset // SECTOR * SECTOR + SECTOR, end, SECTOR), end]
            for begin, stop in itertools.pairwise(edges):
                if chance.random() < kept:
                    piece = event.data[begin - event.offset : stop - event.offset]
                    _write(content, begin, piece)
        return bytes(content)


FOLDER = Node()
"""Stands for every folder."""


@dataclass(frozen=True, slots=True)
class NameChange:
    """One change of the names in one folder: a name comes to mean a node, or none."""

    name: str
    node: Node | None
    together: int
    """The changes of one call have one number."""

    @property
    def folder(self) -> str:
        return self.name.rpartition("/")[0]


class Disk:
    """Fed with a record, event by event; `left` says what a cut at this moment leaves."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.nodes: dict[int, Node] = {}
        self.durable: dict[str, Node] = {}
        self.now: dict[str, Node] = {}
        self.pending: list[NameChange] = []
        self._calls = 0

    def feed(self, event: Event) -> None:
        """Take over one call. ValueError for one that cannot be followed."""
        if event.kind == "C":
            self.nodes[event.file] = node = Node()
            self._rename((event.path, node))
        elif event.kind == "M":
            self._rename((event.path, FOLDER))
        elif event.kind == "R":
            node = self.now[event.path]
            if node is FOLDER:
                raise ValueError("a folder was renamed")
            self._rename((event.target, node), (event.path, None))
        elif event.kind == "L":
            self._rename((event.target, self.now[event.path]))
        elif event.kind == "U":
            self._rename((event.path, None))
        elif event.kind in "WT":
            self.nodes[event.file].since.append(event)
        elif event.kind == "S":
            self.nodes[event.file].sync()
        elif event.kind == "Y":
            self._sync_folder(event.path)
        elif event.kind != "K":
            raise ValueError(f"cannot follow: {event.path}")

    def left(self, model: str, chance: random.Random) -> dict[str, bytes | None]:
        """Path below the root -> content, None for a folder. What stands in no folder that is there is not there."""
        names = dict(self.durable)
        if model == "in order":
            changes: Iterable[NameChange] = self.pending
        elif model == "synced only":
            changes = ()
        elif model == "any writes":
            calls = sorted({change.together for change in self.pending})
            last = chance.choice([-1, *calls])
            changes = [change for change in self.pending if change.together <= last]
        else:
            kept = chance.choice((0.1, 0.5, 0.9))
            changes = self._out_of_order(kept, chance)
        for change in changes:
            _name(names, change)
        found: dict[str, bytes | None] = {}
        contents = {
            node: None if node is FOLDER else node.left(model, chance) for node in dict.fromkeys(names.values())
        }
        for name, node in sorted(names.items()):
            place, _, last_part = name.removeprefix(self.root).strip("/").rpartition("/")
            if not last_part or (place and place not in found):
                continue
            found[f"{place}/{last_part}".strip("/")] = contents[node]
        for name in [name for name in found if name.endswith(_MEMORY)]:
            del found[name]
            if model == "torn and out of order":
                found[name] = chance.randbytes(32768)
        return found

    def _out_of_order(self, kept: float, chance: random.Random) -> list[NameChange]:
        """Any calls; of a rename between two folders sometimes only the new name, so that both are there, but never
        only the end of the old one: no file system loses a file by renaming it."""
        chosen: list[NameChange] = []
        calls: dict[int, bool] = {}
        for change in self.pending:
            taken = calls.setdefault(change.together, chance.random() < kept)
            if taken and (change.node is not None or chance.random() < 0.8):
                chosen.append(change)
        return chosen

    def _rename(self, *changes: tuple[str, Node | None]) -> None:
        self._calls += 1
        for name, node in changes:
            change = NameChange(name, node, self._calls)
            _name(self.now, change)
            self.pending.append(change)

    def _sync_folder(self, folder: str) -> None:
        mine = {change.together for change in self.pending if change.folder == folder and change.node is None}
        rest = []
        for change in self.pending:
            # The old name of a file goes only together with, or after, the coming of its new name.
            if change.folder == folder or (change.together in mine and change.node is not None):
                _name(self.durable, change)
            else:
                rest.append(change)
        self.pending = rest


def lay_out(image: Mapping[str, bytes | None], folder: Path) -> None:
    """Write what a cut left into a new folder."""
    folder.mkdir()
    for name, content in image.items():
        if content is None:
            (folder / name).mkdir()
        else:
            (folder / name).write_bytes(content)


def fingerprint(image: Mapping[str, bytes | None]) -> bytes:
    """Equal for equal disks."""
    digest = hashlib.sha256()
    for name, content in image.items():
        digest.update(f"{name}\0{-1 if content is None else len(content)}\0".encode())
        digest.update(content or b"")
    return digest.digest()


def _name(names: dict[str, Node], change: NameChange) -> None:
    if change.node is None:
        names.pop(change.name, None)
    else:
        names[change.name] = change.node


def _write(content: bytearray, at: int, data: bytes) -> None:
    if len(content) < at:
        content.extend(bytes(at - len(content)))
    content[at : at + len(data)] = data


def _change(content: bytearray, at: int, event: Event) -> None:
    if event.kind == "W":
        _write(content, at, event.data)
    elif len(content) > at:
        del content[at:]
    else:
        content.extend(bytes(at - len(content)))
