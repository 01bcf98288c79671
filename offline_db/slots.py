"""The key file: the profile's root secret, wrapped once for each clerk and once for the recovery code.

A slot's key-encryption key is HKDF-SHA256 (RFC 5869) of a random secret in the system's keyring followed by Argon2id
(RFC 9106) of the PIN; the root is sealed with AES-256-GCM, and profile, kind, clerk number and whether the PIN is for
once are bound to it. The keyring's secret is one of its own for each slot, so that destroying it also makes every old
copy of the file useless for that slot. The recovery slot rests on its code alone: it opens when the keyring is lost.

`keys.json` is written whole (temporary file, fsync, rename, fsync of the folder), then `keys-copy.json` likewise. Both
carry a checksum: a torn or flipped file is told from a wrong PIN, and the other one is used.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from argon2.exceptions import Argon2Error
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.errors import Defect, EnvironmentProblem
from offline_db.crypto import AesGcm, CryptoProvider, Tampered
from offline_db.files import disk_problem, write_whole
from offline_db.profile import ProfileKind

FILE, COPY = "keys.json", "keys-copy.json"
FORMAT = 1
ROOT_BYTES = 32
_SALT_BYTES, _NONCE_BYTES = 16, 12
_LARGEST = 1 << 20
"""Bytes of a key file that is read: a slot takes about 500."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try costs. rounds: passes over the memory; memory: KiB; lanes: threads (RFC 9106's t, m and p)."""

    rounds: int = 3
    memory: int = 64 * 1024
    lanes: int = 4

    def __post_init__(self) -> None:
        # A file from elsewhere must not make the program ask for a terabyte.
        if not (1 <= self.rounds <= 50 and 8 <= self.memory <= 2 * 1024 * 1024 and 1 <= self.lanes <= 16):
            raise ValueError("Argon2 cost out of bounds")


@dataclass(frozen=True, slots=True)
class Bound:
    """What a wrapped root is bound to. number: of a clerk; empty for the recovery slot."""

    profile_id: str
    kind: ProfileKind
    number: str = ""
    must_change: bool = False

    def context(self, purpose: str) -> bytes:
        """Unambiguous bytes for a derivation or for associated data."""
        role = "clerk" if self.number else "recovery"
        parts = ("yichuang/slot/1", purpose, self.kind.value, self.profile_id, role, self.number, self.must_change)
        return json.dumps(parts, ensure_ascii=True).encode()


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A root secret as it lies on the disk. cipher: CryptoProvider.number."""

    cost: Cost
    cipher: int
    salt: bytes
    nonce: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Slot:
    """One clerk's. entry: the name of its secret in the keyring, after the profile's id."""

    number: str
    name: str
    entry: str
    must_change: bool
    wrapped: Wrapped


@dataclass(frozen=True, slots=True)
class Owner:
    """Who stands in the key file. waiting: known from before there were slots, and not yet seen since."""

    number: str
    name: str
    must_change: bool = False
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class SlotBook:
    """All that the key file says. discard: secrets of the keyring that are to be destroyed."""

    profile_id: str
    kind: ProfileKind
    slots: tuple[Slot, ...] = ()
    waiting: tuple[Owner, ...] = ()
    recovery: Wrapped | None = None
    discard: tuple[str, ...] = ()

    def slot(self, number: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.number == number), None)

    @property
    def owners(self) -> tuple[Owner, ...]:
        """Everybody, by number."""
        known = [Owner(slot.number, slot.name, slot.must_change) for slot in self.slots]
        return tuple(sorted((*known, *self.waiting), key=lambda owner: owner.number))


def wrap(
    root: bytes | bytearray, pin: str, secret: bytes, bound: Bound, cost: Cost, cipher: CryptoProvider | None = None
) -> Wrapped:
    """Seal the root under a PIN (or code) and the keyring's secret (empty for the recovery slot).

    EnvironmentProblem when the machine lacks the memory.
    """
    cipher = cipher or AesGcm()
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    key = _key(pin, secret, salt, bound, cost)
    context = bound.context("seal")
    sealed = cipher.encrypt(key, nonce, bytes(root), context)
    if cipher.decrypt(key, nonce, sealed, context) != bytes(root):
        raise Defect("密钥保存失败", "密钥封存后取不回来。")
    return Wrapped(cost, cipher.number, salt, nonce, sealed)


def unwrap(
    wrapped: Wrapped, pin: str, secret: bytes, bound: Bound, cipher: CryptoProvider | None = None
) -> bytearray | None:
    """The root; None when the PIN or the secret is not the right one, which cannot be told apart.

    EnvironmentProblem when it was sealed with a cipher that this program lacks, or the machine lacks the memory.
    """
    cipher = cipher or AesGcm()
    if wrapped.cipher != cipher.number:
        raise EnvironmentProblem(
            "密钥用了别的算法",
            f"本机密钥文件用第 {wrapped.cipher} 号算法加密，当前程序没有这种算法。",
            "请安装本单位配发的“一窗”后再打开。",
        )
    key = _key(pin, secret, wrapped.salt, bound, wrapped.cost)
    try:
        return bytearray(cipher.decrypt(key, wrapped.nonce, wrapped.sealed, bound.context("seal")))
    except Tampered:
        return None


def _key(pin: str, secret: bytes, salt: bytes, bound: Bound, cost: Cost) -> bytes:
    try:
        stretched = hash_secret_raw(pin.encode(), salt, cost.rounds, cost.memory, cost.lanes, 32, Type.ID)
    except (Argon2Error, MemoryError) as error:
        raise EnvironmentProblem(
            "内存不足", "核对口令需要的内存不够。", "请关闭其他程序后再试；仍然不行，请重新启动电脑。"
        ) from error
    info = bound.context("key")
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret + stretched)


@dataclass(slots=True)
class SlotFile:
    """The two files in a profile's folder."""

    folder: Path
    paths: tuple[Path, Path] = field(init=False)

    def __post_init__(self) -> None:
        self.paths = (self.folder / FILE, self.folder / COPY)

    def load(self) -> SlotBook | None:
        """What they say, the first whole one of the two; None when there is none. The other one is made good.

        EnvironmentProblem when all that is there is damaged or newer than the program.
        """
        found: list[tuple[bytes, SlotBook] | None] = []
        there = False
        for path in self.paths:
            try:
                with path.open("rb") as file:
                    data = file.read(_LARGEST)
            except FileNotFoundError:
                found.append(None)
                continue
            except OSError as error:
                raise disk_problem(error) from error
            there = True
            book = _parse(data)
            found.append((data, book) if book is not None else None)
        whole = next((entry for entry in found if entry is not None), None)
        if whole is None:
            if there:
                raise EnvironmentProblem(
                    "密钥文件损坏",
                    "本机密钥文件（keys.json）和它的副本都无法读取。",
                    "请停止受理，不要删除任何文件，联系运维人员恢复这两个文件中的任一个。",
                )
            return None
        for path, entry in zip(self.paths, found, strict=True):
            if entry is None or entry[0] != whole[0]:
                # A disk that takes nothing now says so when there is something to save.
                with suppress(OSError):
                    write_whole(path, whole[0])
        return whole[1]

    def save(self, book: SlotBook) -> None:
        """Both files, one after the other: at every moment one of them is whole. EnvironmentProblem: disk trouble."""
        data = _text(book)
        first, copy = self.paths
        try:
            write_whole(first, data)
        except OSError as error:
            raise disk_problem(error) from error
        # From here on the new content is in force, so nobody may be told that nothing was saved.
        with suppress(OSError):
            write_whole(copy, data)


def _text(book: SlotBook) -> bytes:
    slots = [
        {"number": s.number, "name": s.name, "entry": s.entry, "must_change": s.must_change, **_wrapped_out(s.wrapped)}
        for s in book.slots
    ]
    document = {
        "format": FORMAT,
        "profile": book.profile_id,
        "kind": book.kind.value,
        "slots": slots,
        "waiting": [{"number": owner.number, "name": owner.name} for owner in book.waiting],
        "recovery": _wrapped_out(book.recovery) if book.recovery is not None else None,
        "discard": list(book.discard),
    }
    return json.dumps({**document, "sum": _sum(document)}, ensure_ascii=False, indent=1).encode() + b"\n"


def _sum(document: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(document, ensure_ascii=True, sort_keys=True).encode()).hexdigest()


def _parse(data: bytes) -> SlotBook | None:
    """None when the bytes are damaged. EnvironmentProblem when a newer program wrote them."""
    try:
        document = json.loads(data)
        if document.pop("sum") != _sum(document):
            return None
        if document["format"] != FORMAT:
            raise EnvironmentProblem(
                "密钥文件比程序新",
                "本机密钥文件由更新版本的“一窗”保存，当前版本不能打开，数据没有改动。",
                "请安装最新版本的“一窗”后再打开。",
            )
        recovery = document["recovery"]
        return SlotBook(
            document["profile"],
            ProfileKind(document["kind"]),
            tuple(
                Slot(s["number"], s["name"], s["entry"], s["must_change"] is True, _wrapped_in(s))
                for s in document["slots"]
            ),
            tuple(Owner(w["number"], w["name"], waiting=True) for w in document["waiting"]),
            _wrapped_in(recovery) if recovery is not None else None,
            tuple(map(str, document["discard"])),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _wrapped_out(wrapped: Wrapped) -> dict[str, Any]:
    cost = wrapped.cost
    return {
        "argon2id": {"rounds": cost.rounds, "memory": cost.memory, "lanes": cost.lanes},
        "cipher": wrapped.cipher,
        **{name: base64.b64encode(getattr(wrapped, name)).decode() for name in ("salt", "nonce", "sealed")},
    }


def _wrapped_in(document: Mapping[str, Any]) -> Wrapped:
    salt, nonce, sealed = (base64.b64decode(document[name], validate=True) for name in ("salt", "nonce", "sealed"))
    return Wrapped(Cost(**document["argon2id"]), int(document["cipher"]), salt, nonce, sealed)
