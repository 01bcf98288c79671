"""The file vault: photos, scans and PDFs, encrypted one by one, found by the SHA-256 of their plain bytes.

A file: `YCV1`, the cipher's number (1 byte), a random salt (32 bytes), then chunks. Each file has its own key
(HKDF-SHA256 of the vault key with the salt), so nonces can count: 7 zero bytes, the chunk's index (4 bytes, big
endian), 1 for the last chunk and 0 for the others. That, and the header and the plain SHA-256 as associated data of
every chunk, makes a truncated, reordered, swapped or renamed file fail to open
(the STREAM construction, Hoang et al. 2015).
A file's name is an HMAC of the SHA-256: a stolen disk does not tell whether a known picture is on it.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import threading
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.errors import EnvironmentProblem
from offline_db.crypto import AesGcm, CryptoProvider, Tampered
from offline_db.files import disk_problem, fsync_folder, make_folder, write_whole
from offline_db.keys import KeyProvider, keyset
from offline_db.profile import Profile

MAGIC = b"YCV1"
SALT_BYTES = 32
HEADER_BYTES = len(MAGIC) + 1 + SALT_BYTES
CHUNK_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file in the vault: what a row needs to refer to it. sha256: of the plain bytes, hex. size: plain bytes."""

    sha256: str
    media_type: str
    size: int


class Vault:
    """A folder of sealed files. Any thread may call. Have one Vault a folder: a new one sweeps what a crash left.

    provider seals; others: more ciphers that may be met when opening.
    """

    def __init__(
        self, folder: Path, key: bytes, provider: CryptoProvider | None = None, others: tuple[CryptoProvider, ...] = ()
    ) -> None:
        self._folder = Path(folder)
        self._temp = self._folder / "tmp"
        self._retiring = threading.Lock()
        self._provider: CryptoProvider = provider or AesGcm()
        self._providers = {known.number: known for known in (AesGcm(), *others, self._provider)}
        self._key = key
        self._name_key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"yichuang/1/vault/names").derive(key)
        try:
            make_folder(self._temp)
            for leftover in self._temp.iterdir():
                leftover.unlink(missing_ok=True)
        except OSError as error:
            raise disk_problem(error) from error

    def seal(self, data: bytes, media_type: str) -> Sealed:
        """Encrypt and store; durable when this returns. The same bytes are stored once.

        EnvironmentProblem when the disk is full or broken; nothing half-written stays.
        """
        digest = hashlib.sha256(data).hexdigest()
        sealed = Sealed(digest, media_type, len(data))
        path = self._path(digest)
        with self._retiring:
            # Touched, it is not retired before whoever seals it now could write down that it is needed.
            with contextlib.suppress(OSError):
                os.utime(path)
            there = path.exists()
        if there:
            try:
                self.open(digest)
            except EnvironmentProblem:
                pass  # Spoilt: these bytes are its cure.
            else:
                return sealed
        try:
            make_folder(path.parent)
            write_whole(path, self._encrypt(data, bytes.fromhex(digest)), self._temp)
        except OSError as error:
            # Its name may be there and not be durable; sealed again, it would be taken for whole.
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
            raise disk_problem(error) from error
        return sealed

    def open(self, sha256: str) -> bytes:
        """The plain bytes. EnvironmentProblem: not there, damaged, tampered with, or sealed under another key."""
        try:
            blob = self._path(sha256).read_bytes()
        except FileNotFoundError:
            raise EnvironmentProblem(
                "找不到材料文件", "这一页材料的文件不在本机上。", "请重新采集这一页，或联系运维人员从备份恢复。"
            ) from None
        except OSError as error:
            raise disk_problem(error) from error
        try:
            data = self._decrypt(blob, bytes.fromhex(sha256))
            if hashlib.sha256(data).hexdigest() != sha256:
                raise Tampered
        except Tampered:
            raise EnvironmentProblem(
                "材料文件已损坏",
                "这一页材料的文件被改动或损坏，没有通过校验。",
                "请重新采集这一页，或联系运维人员从备份恢复。",
            ) from None
        return data

    def exists(self, sha256: str) -> bool:
        """Is a file of these bytes sealed here? Does not check that it is whole."""
        return self._path(sha256).is_file()

    def remove(self, sha256: str) -> None:
        """Remove the file durably. Removing what is not there is harmless. EnvironmentProblem when it cannot be."""
        path = self._path(sha256)
        try:
            if path.exists():
                path.unlink()
                fsync_folder(path.parent)
        except OSError as error:
            raise disk_problem(error) from error

    def retire(self, sha256: str, untouched: float) -> bool:
        """Remove a file that nobody has sealed for so many seconds, durably; False: somebody has. What is not there
        counts as removed. EnvironmentProblem when it cannot be."""
        path = self._path(sha256)
        with self._retiring:
            try:
                if path.exists() and time.time() - path.stat().st_mtime < untouched:
                    return False
            except OSError as error:
                raise disk_problem(error) from error
            self.remove(sha256)
        return True

    def unknown(self, known: Collection[str]) -> list[str]:
        """Names of the files that are none of these. known: SHA-256 of plain bytes, as in `seal`."""
        expected = {self._path(sha256).name for sha256 in known}
        folders = [folder for folder in self._folder.iterdir() if folder != self._temp and folder.is_dir()]
        return sorted(path.name for folder in folders for path in folder.iterdir() if path.name not in expected)

    def retire_unknown(self, names: Collection[str], untouched: float) -> int:
        """Remove files by their names, as `unknown` gave them, unless sealed again within so many seconds; how many."""
        removed = 0
        for name in names:
            path = self._folder / name[:2] / name
            with self._retiring, contextlib.suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime >= untouched:
                    path.unlink()
                    fsync_folder(path.parent)
                    removed += 1
        return removed

    def _path(self, sha256: str) -> Path:
        if len(bytes.fromhex(sha256)) != hashlib.sha256().digest_size or sha256 != sha256.lower():
            raise ValueError("not the hex of a SHA-256")
        name = hmac.new(self._name_key, bytes.fromhex(sha256), hashlib.sha256).hexdigest()
        return self._folder / name[:2] / name

    def _file_key(self, provider: CryptoProvider, salt: bytes) -> bytes:
        info = b"yichuang/1/vault/file"
        return HKDF(algorithm=SHA256(), length=provider.key_bytes, salt=salt, info=info).derive(self._key)

    def _encrypt(self, data: bytes, digest: bytes) -> bytes:
        provider = self._provider
        header = MAGIC + bytes([provider.number]) + secrets.token_bytes(SALT_BYTES)
        key = self._file_key(provider, header[-SALT_BYTES:])
        parts = [header]
        # An empty file has one empty chunk, so that there always is a last one.
        chunks = max(1, -(-len(data) // CHUNK_BYTES))
        for index in range(chunks):
            piece = data[index * CHUNK_BYTES : (index + 1) * CHUNK_BYTES]
            parts.append(provider.encrypt(key, _nonce(index, index == chunks - 1), piece, header + digest))
        return b"".join(parts)

    def _decrypt(self, blob: bytes, digest: bytes) -> bytes:
        header, body = blob[:HEADER_BYTES], blob[HEADER_BYTES:]
        if len(header) < HEADER_BYTES or not header.startswith(MAGIC):
            raise Tampered
        provider = self._providers.get(header[len(MAGIC)])
        if provider is None:
            raise Tampered
        key = self._file_key(provider, header[-SALT_BYTES:])
        step = CHUNK_BYTES + provider.overhead
        chunks = max(1, -(-len(body) // step))
        return b"".join(
            provider.decrypt(
                key, _nonce(index, index == chunks - 1), body[index * step : (index + 1) * step], header + digest
            )
            for index in range(chunks)
        )


def _nonce(index: int, last: bool) -> bytes:
    return bytes(7) + index.to_bytes(4, "big") + bytes([last])


def open_vault(profile: Profile, keys: KeyProvider) -> Vault:
    """The profile's vault. Errors as for offline_db.keys.keyset and Vault."""
    return Vault(profile.vault_folder, keyset(profile, keys).vault)
