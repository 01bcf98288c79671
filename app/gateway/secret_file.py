"""A secret that lies beside the files, not in the database: who has the one without the other reads nothing.

What is sealed under it: a nonce of 12 bytes, then AES-256-GCM under a key of its own (HKDF-SHA256, RFC 5869, by its
purpose).
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12
SECRET = "secret.key"  # noqa: S105  (the file's name)


def secret_of(folder: Path) -> bytes:
    """The 32 bytes of a folder, made at the first use; whoever comes second takes what the first has made."""
    path = folder / SECRET
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        made = folder / f".{secrets.token_hex(6)}.part"
        try:
            with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                stream.write(secrets.token_bytes(32))
                stream.flush()
                os.fsync(stream.fileno())
            if not path.exists():
                with contextlib.suppress(FileExistsError):
                    os.link(made, path)
        finally:
            made.unlink(missing_ok=True)
    return path.read_bytes()


def seal(secret: bytes, purpose: str, data: bytes, about: str) -> bytes:
    """Encrypt data for one purpose; about: what it is bound to, and needed again."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + _cipher(secret, purpose).encrypt(nonce, data, about.encode())


def unseal(secret: bytes, purpose: str, sealed: bytes, about: str) -> bytes | None:
    """What was sealed so; None: it was altered, or the secret is another one."""
    try:
        return _cipher(secret, purpose).decrypt(sealed[:_NONCE], sealed[_NONCE:], about.encode())
    except (InvalidTag, ValueError):
        return None


def _cipher(secret: bytes, purpose: str) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret))
