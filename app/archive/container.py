"""What a package lies in: a ZIP, the same unpacked in a folder, or a file under a password (sealed.py)."""

from __future__ import annotations

import datetime as dt
import os
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from app.archive.errors import BadArchive, PasswordNeeded
from app.archive.picture_book import Sink
from app.archive.sealed import SealedSource
from app.server.packet import MAGIC

ZIP_SUFFIX, SEALED_SUFFIX = ".zip", ".ycarchive"
BLOCK = 1 << 20
MOST_FILES = 100_000
_LARGE = 2_000_000_000
"""Bytes from which on a member of a ZIP is written with 64-bit sizes; it may become larger than it was said to be."""


class Container(Protocol):
    """Where the files of a package go, one after the other."""

    def file(self, path: str, size: int) -> AbstractContextManager[Sink]: ...
    def close(self) -> None: ...


class Source(Protocol):
    """The files of a package that is read."""

    def names(self) -> list[str]:
        """All paths, as they stand there."""

    def open(self, path: str) -> Iterator[bytes]:
        """The bytes of one file in parts. KeyError: none of this path; OSError, ValueError: it cannot be read."""

    def files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """All of them in the order in which they are read best. Read each before asking for the next."""


class _Zip(zipfile.ZipFile):
    """The library's own writes its directory when it is thrown away, and what was given up must write nothing."""

    def __del__(self) -> None:
        pass


class ZipSink:
    """A ZIP whose members are stored as they are: pictures and PDFs do not shrink, and a torn ZIP can be saved."""

    def __init__(self, stream: BinaryIO, at: dt.datetime) -> None:
        """at: the members' date, legal time."""
        self._zip = _Zip(stream, "w", zipfile.ZIP_STORED)
        self._at = at

    @contextmanager
    def file(self, path: str, size: int) -> Iterator[Sink]:
        """size: about how many bytes will come."""
        # A name beyond ASCII is marked as UTF-8 by the library (APPNOTE.TXT, appendix D).
        info = zipfile.ZipInfo(path, self._at.timetuple()[:6])
        info.external_attr = 0o600 << 16
        with self._zip.open(info, "w", force_zip64=size > _LARGE) as member:
            yield member

    def close(self) -> None:
        self._zip.close()


class ZipSource:
    """A ZIP from anywhere: nothing is unpacked, a member is read in parts."""

    def __init__(self, stream: BinaryIO) -> None:
        try:
            self._zip = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, RecursionError) as error:
            raise BadArchive("不是完整的 ZIP 文件，可能拷贝没有完成") from error
        if len(self._zip.infolist()) > MOST_FILES:
            raise BadArchive("里面的文件太多，不是一窗的归档包", "请选择导出的归档包。")

    def names(self) -> list[str]:
        return [info.filename for info in self._zip.infolist() if not info.is_dir()]

    def open(self, path: str) -> Iterator[bytes]:
        return self._parts(self._zip.getinfo(path))

    def files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        for info in self._zip.infolist():
            if not info.is_dir():
                yield info.filename, self._parts(info)

    def _parts(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            with self._zip.open(info) as member:
                while block := member.read(BLOCK):
                    yield block
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
            raise ValueError("the member cannot be read") from error


class FolderSource:
    """A package that somebody has unpacked. Links are not followed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        found: list[str] = []
        for place, folders, files in os.walk(self._folder):
            folders.sort()
            names = [name for name in folders if (Path(place) / name).is_symlink()] + sorted(files)
            found += [(Path(place) / name).relative_to(self._folder).as_posix() for name in names]
            if len(found) > MOST_FILES:
                raise BadArchive("里面的文件太多，不是一窗的归档包", "请选择解开的归档包文件夹。")
        return found

    def open(self, path: str) -> Iterator[bytes]:
        place = self._folder / path
        if place.is_symlink() or not place.is_file():
            raise KeyError(path)
        return self._parts(place)

    def files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        for name in self.names():
            yield name, self._parts(self._folder / name)

    @staticmethod
    def _parts(place: Path) -> Iterator[bytes]:
        if place.is_symlink() or not place.is_file():
            raise ValueError("not a file")
        with place.open("rb") as stream:
            while block := stream.read(BLOCK):
                yield block


def is_sealed(path: Path) -> bool:
    """Does the file need a password? False as well for what cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


@contextmanager
def open_source(path: Path, password: str | None = None) -> Iterator[Source]:
    """A package as it lies there. BadArchive: none, or it cannot be read; PasswordNeeded, WrongPassword."""
    try:
        if path.is_dir():
            yield FolderSource(path)
            return
        with path.open("rb") as stream:
            if stream.read(len(MAGIC)) != MAGIC:
                yield ZipSource(stream)
            elif password is None:
                raise PasswordNeeded
            else:
                yield SealedSource(stream, password)
    except OSError as error:
        raise BadArchive(f"文件读不出来（{error.strerror}）", "请检查文件是否还在，或者重新插好 U 盘。") from error


def same_name(path: str) -> str:
    """Paths as they are compared: some systems write a name's characters taken apart."""
    return unicodedata.normalize("NFC", path)
