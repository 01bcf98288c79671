"""A secret that lies beside the files, not in the database: who has the one without the other reads nothing."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

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
