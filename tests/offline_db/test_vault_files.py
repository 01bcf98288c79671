"""The vault: what goes in comes out, and nothing else does."""

from __future__ import annotations

import errno
import hashlib
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.domain.errors import EnvironmentProblem
from offline_db.crypto import Tampered
from offline_db.vault import CHUNK_BYTES, HEADER_BYTES, Sealed, Vault

KEY = bytes(range(32))
TAG = 16


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault", KEY)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 200_001])
def test_round_trip(vault: Vault, tmp_path: Path, size: int) -> None:
    data = random.Random(size).randbytes(size)
    assert vault.seal(data, "image/jpeg") == Sealed(sha(data), "image/jpeg", size)
    assert vault.open(sha(data)) == data
    assert Vault(tmp_path / "vault", KEY).open(sha(data)) == data


def test_the_same_bytes_are_stored_once_and_under_a_name_that_tells_nothing(vault: Vault, tmp_path: Path) -> None:
    data = b"a photo" * 100
    vault.seal(data, "image/jpeg")
    before = [(p, p.stat().st_ino) for p in files(tmp_path)]
    vault.seal(data, "image/jpeg")
    assert [(p, p.stat().st_ino) for p in files(tmp_path)] == before
    assert len(before) == 1
    assert sha(data)[:16] not in str(before[0][0])
    other = Vault(tmp_path / "other", bytes(32))
    other.seal(data, "image/jpeg")
    assert {p.name for p in files(tmp_path / "other")}.isdisjoint({p.name for p, _ in before})


def test_the_cipher_text_is_new_each_time(tmp_path: Path) -> None:
    blobs = []
    for name in ("a", "b"):
        Vault(tmp_path / name, KEY).seal(b"same", "text/plain")
        blobs.append(files(tmp_path / name)[0].read_bytes())
    assert blobs[0][HEADER_BYTES:] != blobs[1][HEADER_BYTES:]


def test_exists_and_remove(vault: Vault, tmp_path: Path) -> None:
    digest = vault.seal(b"x", "text/plain").sha256
    assert vault.exists(digest)
    vault.remove(digest)
    vault.remove(digest)
    assert not vault.exists(digest)
    assert files(tmp_path) == []
    with pytest.raises(EnvironmentProblem, match="不在本机"):
        vault.open(digest)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "ab", "g" * 64, "AB" * 32])
def test_only_a_sha256_names_a_file(vault: Vault, name: str) -> None:
    with pytest.raises(ValueError, match="hex"):
        vault.open(name)


def chunks_of(blob: bytes) -> list[bytes]:
    body, step = blob[HEADER_BYTES:], CHUNK_BYTES + TAG
    return [body[i : i + step] for i in range(0, len(body), step)]


MISCHIEF: dict[str, Callable[[bytes], bytes]] = {
    "last chunk cut off": lambda b: b[:HEADER_BYTES] + b"".join(chunks_of(b)[:-1]),
    "all chunks cut off": lambda b: b[:HEADER_BYTES],
    "a byte cut off": lambda b: b[:-1],
    "a byte added": lambda b: b + b"\0",
    "header cut": lambda b: b[: HEADER_BYTES - 1],
    "emptied": lambda b: b"",
    "chunks reordered": lambda b: b[:HEADER_BYTES] + b"".join(chunks_of(b)[i] for i in (1, 0, 2)),
    "chunk repeated": lambda b: b[:HEADER_BYTES] + b"".join(chunks_of(b)[i] for i in (0, 0, 1, 2)),
    "chunk left out": lambda b: b[:HEADER_BYTES] + b"".join(chunks_of(b)[i] for i in (0, 2)),
    "unknown cipher": lambda b: b[:4] + b"\x63" + b[5:],
    "plain file": lambda b: b"plain bytes in its place",
}


@pytest.mark.parametrize("kind", MISCHIEF)
def test_mischief_is_detected(vault: Vault, tmp_path: Path, kind: str) -> None:
    data = random.Random(1).randbytes(2 * CHUNK_BYTES + 500)
    vault.seal(data, "image/jpeg")
    (path,) = files(tmp_path)
    path.write_bytes(MISCHIEF[kind](path.read_bytes()))
    with pytest.raises(EnvironmentProblem, match="没有通过校验"):
        vault.open(sha(data))


def test_two_files_swapped_are_detected(vault: Vault, tmp_path: Path) -> None:
    vault.seal(b"one", "text/plain")
    (one,) = files(tmp_path)
    vault.seal(b"two", "text/plain")
    (two,) = set(files(tmp_path)) - {one}
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    for data in (b"one", b"two"):
        with pytest.raises(EnvironmentProblem, match="没有通过校验"):
            vault.open(sha(data))


def test_another_key_opens_nothing(vault: Vault, tmp_path: Path) -> None:
    vault.seal(b"one", "text/plain")
    (path,) = files(tmp_path)
    other = Vault(tmp_path / "vault", bytes(32))
    assert not other.exists(sha(b"one"))
    other.seal(b"one", "text/plain")
    (other_path,) = set(files(tmp_path)) - {path}
    other_path.write_bytes(path.read_bytes())
    with pytest.raises(EnvironmentProblem, match="没有通过校验"):
        other.open(sha(b"one"))


def test_sealing_again_cures_a_spoilt_file(vault: Vault, tmp_path: Path) -> None:
    vault.seal(b"one", "text/plain")
    files(tmp_path)[0].write_bytes(b"spoilt")
    vault.seal(b"one", "text/plain")
    assert vault.open(sha(b"one")) == b"one"


def test_leftovers_of_a_crash_are_swept_and_files_are_not(vault: Vault, tmp_path: Path) -> None:
    digest = vault.seal(b"one", "text/plain").sha256
    leftover = tmp_path / "vault" / "tmp" / ".0123.tmp"
    leftover.write_bytes(b"half of a file")
    again = Vault(tmp_path / "vault", KEY)
    assert not leftover.exists()
    assert again.open(digest) == b"one"


class ChaCha:
    """A second cipher, standing for SM4-GCM."""

    number = 200
    key_bytes = 32
    overhead = 16

    def encrypt(self, key: bytes, nonce: bytes, data: bytes, context: bytes) -> bytes:
        return ChaCha20Poly1305(key).encrypt(nonce, data, context)

    def decrypt(self, key: bytes, nonce: bytes, data: bytes, context: bytes) -> bytes:
        try:
            return ChaCha20Poly1305(key).decrypt(nonce, data, context)
        except InvalidTag:
            raise Tampered from None


def test_another_cipher_takes_its_place_and_old_files_still_open(vault: Vault, tmp_path: Path) -> None:
    vault.seal(b"old", "text/plain")
    new = Vault(tmp_path / "vault", KEY, ChaCha())
    new.seal(b"new", "text/plain")
    assert [new.open(sha(b"old")), new.open(sha(b"new"))] == [b"old", b"new"]
    assert Vault(tmp_path / "vault", KEY, others=(ChaCha(),)).open(sha(b"new")) == b"new"
    with pytest.raises(EnvironmentProblem):
        vault.open(sha(b"new"))


def test_a_file_is_synced_before_it_gets_its_name_and_its_folder_after(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def record_fsync(handle: int) -> None:
        target = Path(os.readlink(f"/proc/self/fd/{handle}"))
        done.append("sync folder" if target.is_dir() else "sync file")
        fsync(handle)

    def record_replace(source: Any, target: Any) -> None:
        done.append("rename")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", record_fsync)
    monkeypatch.setattr(os, "replace", record_replace)
    vault.seal(b"one", "text/plain")
    # The first folder sync makes the new sub-folder itself durable.
    assert done == ["sync folder", "sync file", "rename", "sync folder"]


@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace", "mkdir"])
@pytest.mark.parametrize(
    ("code", "title"), [(errno.ENOSPC, "磁盘已满"), (errno.EIO, "磁盘读写出错"), (errno.EROFS, "没有写入权限")]
)
def test_a_failing_disk_is_said_and_leaves_nothing(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int, title: str
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(EnvironmentProblem) as caught:
        vault.seal(b"one" * 1000, "text/plain")
    monkeypatch.undo()
    assert caught.value.title == title
    assert caught.value.todo
    assert str(tmp_path) not in str(caught.value)
    assert files(tmp_path) == []
    vault.seal(b"one" * 1000, "text/plain")
    assert vault.open(sha(b"one" * 1000)) == b"one" * 1000
