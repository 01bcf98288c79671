"""A package under a password: the packet's format (app.server.packet) with a key that follows from the password.

The key is Argon2id of the password (RFC 9106); a check value in the open header tells a wrong password from a changed
file. Inside are frames, each a part of a file, so that neither writing nor reading holds more than a part in memory.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from argon2.exceptions import Argon2Error
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.archive.errors import BadArchive, WrongPassword
from app.domain.errors import BadInput, EnvironmentProblem
from app.server import packet

LEAST = 8
"""Characters of a password: the file may be tried at leisure by whoever finds it."""
PART = 4 << 20
_COST = {"rounds": 3, "memory": 64 * 1024, "lanes": 4}
_BOUNDS = {"rounds": (1, 50), "memory": (8, 2 * 1024 * 1024), "lanes": (1, 16)}
"""A file from elsewhere must not make the program ask for a terabyte."""


def check_password(password: str) -> None:
    """BadInput for a password that is guessed too soon."""
    if len(password) < LEAST:
        raise BadInput("口令太短", f"归档包的口令至少 {LEAST} 个字符。", "请换一个口令，字母、数字、汉字都可以。")
    if len(set(password)) < 4:
        raise BadInput("口令太容易猜", "口令里不同的字符太少。", "请换一个口令。")


class SealedSink:
    """Writes the files of one package; `close` once after the last."""

    def __init__(self, stream: BinaryIO, password: str, *, package_id: str, device_id: str, made_at: str) -> None:
        salt = secrets.token_bytes(32)
        key, proof, check = _keys(password, salt, _COST)
        header = packet.Header(
            packet.ARCHIVE, package_id, device_id, made_at, packet.Counts(0, 0, 0), "", base64.b64encode(salt).decode(),
            {"argon2id": _COST, "check": check.hex()},
        )  # fmt: skip
        self._writer = packet.PacketWriter(stream, header, key, lambda digest: hmac.digest(proof, digest, "sha256"))
        self._path = ""
        self._part = bytearray()

    @contextmanager
    def file(self, path: str, size: int) -> Iterator[SealedSink]:
        """The sink for the bytes of one file. size: about; not needed here."""
        self._path = path
        yield self
        self._frame(bytes(self._part), last=True)
        self._part.clear()

    def write(self, data: bytes, /) -> None:
        self._part += data
        while len(self._part) > PART:
            self._frame(bytes(self._part[:PART]), last=False)
            del self._part[:PART]

    def close(self) -> None:
        self._writer.finish()

    def _frame(self, data: bytes, *, last: bool) -> None:
        self._writer.frame({"path": self._path, "last": last}, data)


class SealedSource:
    """The files of a sealed package, one after the other."""

    def __init__(self, stream: BinaryIO, password: str) -> None:
        """WrongPassword; BadArchive: torn, altered, or no package at all."""
        try:
            header = packet.read_header(stream)
            if header.kind != packet.ARCHIVE:
                raise BadArchive("这是待传数据包或回执，不是归档包", "请选择导出的归档包。")
            key, proof, check = _keys(password, base64.b64decode(header.key, validate=True), header.more["argon2id"])
            if not hmac.compare_digest(check.hex(), str(header.more["check"])):
                raise WrongPassword
            self._reader = packet.open_archive(stream, header, key, proof)
        except (KeyError, TypeError, ValueError, binascii.Error) as error:
            raise BadArchive("文件头损坏") from error
        except packet.BadPacket as error:
            raise BadArchive(error.what) from error

    def names(self) -> list[str]:
        return [path for path, _ in self.files()]

    def files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """(path, its bytes in parts). What is left unread of one is passed over before the next."""
        frames = self._frames()
        for head, data in frames:
            rest = _File(frames, head, data)
            yield str(head["path"]), rest.parts()
            rest.pass_over()

    def open(self, path: str) -> Iterator[bytes]:
        """The bytes of one file. KeyError when there is none of this path."""
        for found, parts in self.files():
            if found == path:
                return parts
        raise KeyError(path)

    def _frames(self) -> Iterator[tuple[dict[str, Any], bytes]]:
        try:
            for head, data in self._reader.frames():
                if not isinstance(head.get("path"), str) or not isinstance(head.get("last"), bool):
                    raise BadArchive("内容损坏")
                yield head, data
        except packet.BadPacket as error:
            raise BadArchive(error.what) from error


class _File:
    """The frames of one file, from its first on."""

    def __init__(self, frames: Iterator[tuple[dict[str, Any], bytes]], head: dict[str, Any], data: bytes) -> None:
        self._frames, self._path = frames, head["path"]
        self._data: bytes | None = data
        self._ended: bool = head["last"]

    def parts(self) -> Iterator[bytes]:
        while self._data is not None:
            yield self._data
            self._next()

    def pass_over(self) -> None:
        while self._data is not None:
            self._next()

    def _next(self) -> None:
        if self._ended:
            self._data = None
            return
        head, self._data = next(self._frames, ({}, b""))
        if head.get("path") != self._path:
            raise BadArchive("内容损坏")
        self._ended = bool(head["last"])


def _keys(password: str, salt: bytes, cost: Any) -> tuple[bytes, bytes, bytes]:
    """The keys of the chunks and of the proof, and the check value. ValueError, TypeError, KeyError: no such cost."""
    asked = {name: cost[name] for name in _BOUNDS}
    for name, (least, most) in _BOUNDS.items():
        if type(asked[name]) is not int or not least <= asked[name] <= most:
            raise ValueError("Argon2 cost out of bounds")
    try:
        stretched = hash_secret_raw(
            password.encode(), salt, asked["rounds"], asked["memory"], asked["lanes"], 32, Type.ID
        )
    except (Argon2Error, MemoryError) as error:
        raise EnvironmentProblem(
            "内存不足", "核对口令需要的内存不够。", "请关闭其他程序后再试；仍然不行，请重新启动电脑。"
        ) from error
    derived = (
        HKDF(SHA256(), length, salt=None, info=b"yichuang/1/archive/" + purpose).derive(stretched)
        for purpose, length in ((b"key", 32), (b"proof", 32), (b"check", 8))
    )
    key, proof, check = derived
    return key, proof, check
