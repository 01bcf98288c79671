"""The container of an OFD file: a ZIP archive from a stranger, read within limits and never written to disk.

Everything is judged by the directory before a byte is unpacked, and unpacking stops at the stated size: a directory
can lie. What was read is remembered, since a seal must cover all that was shown (app.licences.ofd.verify).
"""

from __future__ import annotations

import io
import os
import posixpath
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import BadInput
from app.licences.ofd.refusal import OfdRefused, Why


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, but for files (how many) and ratio (unpacked to packed, from ratio_from bytes on)."""

    archive: int = 32 * 1024 * 1024
    total: int = 96 * 1024 * 1024
    one: int = 40 * 1024 * 1024
    files: int = 2000
    ratio: int = 200
    ratio_from: int = 1024 * 1024
    directory: int = 512 * 1024
    name: int = 255


LIMITS = Limits()
_END, _END_SIZE = b"PK\x05\x06", 22
_ZIP64 = b"PK\x06\x07"
_BAD_NAME = re.compile(r"[\\\x00-\x1f\x7f:]")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Package:
    """The files of an OFD, by their path without a leading slash. One thread at a time."""

    def __init__(self, data: bytes, limits: Limits = LIMITS) -> None:
        """OfdRefused when the archive is not one, is torn, or hostile."""
        if len(data) > limits.archive:
            raise OfdRefused(Why.TOO_LARGE, f"{len(data) >> 20} MB，不得超过 {limits.archive >> 20} MB")
        if not data.startswith(b"PK"):
            raise OfdRefused(Why.NOT_OFD)
        _check_end(data, limits)
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, struct.error, EOFError, NotImplementedError) as error:
            raise OfdRefused(Why.TORN) from error
        self._entries = _checked(self._zip.infolist(), limits)
        _no_overlap(self._entries.values(), self._zip.start_dir)
        self._cache: dict[str, bytes] = {}
        self.used: set[str] = set()
        """Every file that was read as part of the document."""
        if "OFD.xml" not in self._entries:
            raise OfdRefused(Why.NOT_OFD, "缺少 OFD.xml")

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._entries)

    def __contains__(self, path: str) -> bool:
        return path in self._entries

    def read(self, path: str, *, track: bool = True) -> bytes:
        """One file. track: count it among those that the document is made of. OfdRefused: not there, torn, a bomb."""
        if path not in self._entries:
            raise OfdRefused(Why.STRUCTURE, f"缺少 {shorten(path)}")
        if track:
            self.used.add(path)
        if path not in self._cache:
            self._cache[path] = self._unpack(self._entries[path])
        return self._cache[path]

    def _unpack(self, entry: zipfile.ZipInfo) -> bytes:
        try:
            with self._zip.open(entry) as file:
                data = file.read(entry.file_size + 1)
                if len(data) > entry.file_size or file.read(1):
                    raise OfdRefused(Why.BOMB, shorten(entry.filename))
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise OfdRefused(Why.TORN, shorten(entry.filename)) from error
        if len(data) != entry.file_size:
            raise OfdRefused(Why.TORN, shorten(entry.filename))
        return data


def load(path: Path, limits: Limits = LIMITS) -> bytes:
    """A file's bytes. OfdRefused: too large, judged before a byte is read; BadInput: cannot be read."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > limits.archive:
                raise OfdRefused(Why.TOO_LARGE, f"{size >> 20} MB，不得超过 {limits.archive >> 20} MB")
            return file.read(limits.archive + 1)
    except OSError as error:
        raise BadInput("读不了文件", f"{path.name}：{error.strerror}", "检查文件是否还在、是否有权读取。") from error


def resolve(base: str, location: str) -> str:
    """A location as a file names it: from the root with a leading slash, else beside the file that names it.

    OfdRefused when it leads out of the package.
    """
    location = location.strip().replace("\\", "/")
    joined = location if location.startswith("/") else posixpath.join("/", posixpath.dirname(base), location)
    depth = 0
    for part in joined.split("/"):
        depth += {"": 0, ".": 0, "..": -1}.get(part, 1)
        if depth < 0:
            raise OfdRefused(Why.BAD_NAME, shorten(location))
    path = posixpath.normpath(joined).lstrip("/")
    if not location or path in ("", "."):
        raise OfdRefused(Why.STRUCTURE, "文件位置为空")
    return path


def shorten(path: str) -> str:
    """A path for a message: printable, and not longer than a line."""
    shown = "".join(char if char.isprintable() else "�" for char in path)
    return shown if len(shown) <= 60 else shown[:57] + "…"


def _check_end(data: bytes, limits: Limits) -> None:
    """The directory's own size first: a million empty files would already cost seconds to list."""
    at = data.rfind(_END, max(0, len(data) - _END_SIZE - 0xFFFF))
    if at < 0 or at + _END_SIZE > len(data):
        raise OfdRefused(Why.TORN)
    if data[at - 20 : at - 16] == _ZIP64:
        raise OfdRefused(Why.METHOD, "ZIP64")
    count, size = struct.unpack("<HI", data[at + 10 : at + 16])
    if count > limits.files or size > limits.directory:
        raise OfdRefused(Why.TOO_MANY_FILES, f"不得超过 {limits.files} 个")


def _checked(entries: list[zipfile.ZipInfo], limits: Limits) -> dict[str, zipfile.ZipInfo]:
    if len(entries) > limits.files:
        raise OfdRefused(Why.TOO_MANY_FILES, f"不得超过 {limits.files} 个")
    found: dict[str, zipfile.ZipInfo] = {}
    total = 0
    for entry in entries:
        _check_name(entry, limits)
        name = posixpath.normpath(entry.filename) + ("/" if entry.is_dir() else "")
        if name in found:
            raise OfdRefused(Why.DUPLICATE, shorten(name))
        _check_kind(entry)
        total += entry.file_size
        if entry.file_size > limits.one or total > limits.total:
            raise OfdRefused(Why.BOMB, shorten(name))
        if entry.file_size > limits.ratio_from and entry.file_size > limits.ratio * max(entry.compress_size, 1):
            raise OfdRefused(Why.BOMB, shorten(name))
        found[name] = entry
    return {name: entry for name, entry in found.items() if not entry.is_dir()}


def _check_name(entry: zipfile.ZipInfo, limits: Limits) -> None:
    # orig_filename: zipfile itself cuts a name at a NUL, so that two readers could see two names.
    for name in (entry.filename, entry.orig_filename):
        parts = name.split("/")
        bad = _BAD_NAME.search(name) or len(name) > limits.name or not name
        if bad or name.startswith("/") or ".." in parts or "." in parts or "" in parts[:-1]:
            raise OfdRefused(Why.BAD_NAME, shorten(name))


def _check_kind(entry: zipfile.ZipInfo) -> None:
    mode = entry.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise OfdRefused(Why.LINK, shorten(entry.filename))
    if entry.flag_bits & 0x41:  # encrypted, or strongly encrypted
        raise OfdRefused(Why.ENCRYPTED)
    if entry.compress_type not in _METHODS:
        raise OfdRefused(Why.METHOD, shorten(entry.filename))


def _no_overlap(entries: Iterable[zipfile.ZipInfo], directory: int) -> None:
    """Files that share their packed bytes are how a small archive unpacks to terabytes."""
    spans = sorted((entry.header_offset, entry.compress_size, entry.filename) for entry in entries)
    for (start, size, name), after in zip(spans, [*(s[0] for s in spans[1:]), directory], strict=True):
        if start + 30 + len(name) + size > after:
            raise OfdRefused(Why.BOMB, shorten(name))
