"""Pages at the gateway: tus 1.0 uploads (core, creation), then a seal that hashes them again.

The database row is the truth on how much of an upload has arrived: bytes are written and fsynced first, then the row
moves on. A crash between the two leaves bytes that the next PATCH writes over.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from app.domain.clock import Clock, isoformat
from app.domain.material import MaterialStatus
from app.gateway.cases import Result, Sender, recall, remember
from app.gateway.database import Database
from app.gateway.problems import Problem, key_reused
from app.gateway.tables import cases, files, pages, uploads
from app.server import headers as h
from app.server.checking import JsonObject


@dataclass(frozen=True, slots=True)
class Upload:
    """Where an upload stands, in bytes. replayed: it had been created before."""

    upload_id: str
    received: int
    length: int
    replayed: bool = False


class FileDesk:
    """Receives pages into a folder. page_sealed is called in the sealing transaction with (connection, case_id) and
    gives the case's rev."""

    def __init__(
        self, database: Database, folder: Path, clock: Clock, page_sealed: Callable[[Connection, str], int]
    ) -> None:
        self._database = database
        self._uploads = folder / "uploads"
        self._sealed = folder / "sealed"
        self._clock = clock
        self._page_sealed = page_sealed
        for path in (self._uploads, self._sealed):
            path.mkdir(parents=True, exist_ok=True)

    def create(self, upload_id: str, sha256: str, length: int, device_id: str) -> Upload:
        """Begin an upload, or find it again. One whose bytes this device has sealed before is born complete.

        upload_id: a UUID, the operation's key. Problem 413: too large. 422: the key stands for another upload.
        """
        if length > h.MAX_FILE:
            raise Problem(413, "too-large", "文件过大", f"单个文件不得超过 {h.MAX_FILE >> 20} MB")
        request_hash = h.sha256_hex(h.canonical([sha256, length]))
        with self._database.write() as connection:
            row = connection.execute(select(uploads).where(uploads.c.upload_id == upload_id)).one_or_none()
            if row is not None:
                if (row.device_id, row.request_hash) != (device_id, request_hash):
                    raise key_reused()
                return Upload(upload_id, row.received, row.length, replayed=True)
            received = length if self._has(connection, sha256, length, device_id) else 0
            statement: Any = self._database.insert(uploads).values(
                upload_id=upload_id,
                device_id=device_id,
                request_hash=request_hash,
                sha256=sha256,
                length=length,
                received=received,
                sealed=False,
                created_at=isoformat(self._clock.now()),
            )
            # The same request may arrive twice at once; both then describe the same upload.
            connection.execute(statement.on_conflict_do_nothing())
            return Upload(upload_id, received, length)

    def find(self, upload_id: str, device_id: str) -> Upload:
        """Where an upload stands. Problem 404 when this device has no such upload."""
        with self._database.read() as connection:
            row = self._row(connection, upload_id, device_id)
            return Upload(upload_id, row.received, row.length)

    def append(self, upload_id: str, device_id: str, offset: int, data: bytes) -> Upload:
        """Write bytes at an offset, which must be where the upload stands: Problem 409 otherwise. 413: past its end."""
        with self._database.write() as connection:
            row = self._row(connection, upload_id, device_id, lock=True)
            if offset != row.received:
                raise Problem(409, "wrong-offset", "上传位置不符", headers={"Upload-Offset": str(row.received)})
            if offset + len(data) > row.length:
                raise Problem(413, "past-the-end", "上传超出声明的长度")
            if data:
                self._write(upload_id, offset, data)
                connection.execute(
                    uploads.update().where(uploads.c.upload_id == upload_id).values(received=offset + len(data))
                )
            return Upload(upload_id, offset + len(data), row.length)

    def seal(self, upload_id: str, material_id: str, body: JsonObject, sender: Sender) -> Result:
        """Hash the upload again and keep it under its hash as a page of the case that declared it.

        A supplement 容缺补交 declares its page itself, if its case was accepted without that material.

        Problem 404: no such upload. 422: the case does not declare this page. 409: bytes lack, or were damaged and must
        come again.
        """
        request_hash = h.sha256_hex(h.canonical([material_id, body]))
        case_id, sha256 = str(body["case_id"]), str(body["sha256"])
        with self._database.write(f"op:{upload_id}") as connection:
            known = recall(connection, upload_id, "file", sender.device_id, request_hash)
            if known:
                return known
            upload = self._row(connection, upload_id, sender.device_id, lock=True)
            if body.get("supplement"):
                self._declare(connection, case_id, material_id, sha256, sender.device_id)
            self._check_declared(connection, case_id, material_id, sha256, sender.device_id)
            if upload.sha256 != sha256 or upload.length != body["size"]:
                raise Problem(422, "other-file", "文件与声明不符")
            if upload.received < upload.length:
                raise Problem(409, "incomplete", "文件尚未传完", headers={"Upload-Offset": str(upload.received)})
            now = isoformat(self._clock.now())
            if not self._keep(connection, upload, sha256, str(body["media_type"]), now):
                damaged = True
            else:
                damaged = False
                connection.execute(
                    pages.update()
                    .where(pages.c.case_id == case_id, pages.c.material_id == material_id, pages.c.sha256 == sha256)
                    .values(sealed_at=now)
                )
                rev = self._page_sealed(connection, case_id)
                document = {"sha256": sha256, "size": upload.length, "stored_at": now, "case_rev": rev}
                result = Result(200, document)
                remember(connection, upload_id, "file", sender.device_id, request_hash, result, now)
        # Outside the transaction: starting the upload again must be kept although the request fails.
        if damaged:
            raise Problem(409, "hash-mismatch", "文件在途中受损，请重新上传", headers={"Upload-Offset": "0"})
        (self._uploads / upload_id).unlink(missing_ok=True)
        return result

    def path(self, sha256: str) -> Path:
        """Where a sealed file lies."""
        return self._sealed / sha256[:2] / sha256

    def purge_uploads(self, before: str) -> int:
        """Forget uploads begun before a time (RFC 3339) and remove their bytes; sealed files stay."""
        with self._database.write() as connection:
            ids = list(connection.scalars(select(uploads.c.upload_id).where(uploads.c.created_at < before)))
            connection.execute(delete(uploads).where(uploads.c.created_at < before))
        for upload_id in ids:
            (self._uploads / upload_id).unlink(missing_ok=True)
        return len(ids)

    def _row(self, connection: Connection, upload_id: str, device_id: str, lock: bool = False) -> Row[Any]:
        query = select(uploads).where(uploads.c.upload_id == upload_id, uploads.c.device_id == device_id)
        row = connection.execute(query.with_for_update() if lock else query).one_or_none()
        if row is None:
            raise Problem(404, "no-upload", "没有这个上传")
        return row

    def _has(self, connection: Connection, sha256: str, length: int, device_id: str) -> bool:
        """Has this very device sealed the file before? Others' files stay unknown: a hash must open no door."""
        query = (
            select(files.c.sha256)
            .join(pages, pages.c.sha256 == files.c.sha256)
            .join(cases, cases.c.case_id == pages.c.case_id)
            .where(
                files.c.sha256 == sha256,
                files.c.size == length,
                pages.c.sealed_at.is_not(None),
                cases.c.device_id == device_id,
            )
        )
        return connection.execute(query.limit(1)).first() is not None and self.path(sha256).is_file()

    def _declare(self, connection: Connection, case_id: str, material_id: str, sha256: str, device_id: str) -> None:
        """Add a page to a material that the case said would come later. Any other case is left as it was declared."""
        text = connection.scalar(
            select(cases.c.document).where(cases.c.case_id == case_id, cases.c.device_id == device_id)
        )
        materials = json.loads(text)["materials"] if text else []
        if any(m["id"] == material_id and m["status"] == MaterialStatus.TOLERATED for m in materials):
            row = {"case_id": case_id, "material_id": material_id, "sha256": sha256}
            connection.execute(self._database.insert(pages).values(**row).on_conflict_do_nothing())

    def _check_declared(
        self, connection: Connection, case_id: str, material_id: str, sha256: str, device_id: str
    ) -> None:
        query = (
            select(pages.c.sha256)
            .join(cases, cases.c.case_id == pages.c.case_id)
            .where(
                pages.c.case_id == case_id,
                pages.c.material_id == material_id,
                pages.c.sha256 == sha256,
                cases.c.device_id == device_id,
            )
        )
        if connection.execute(query).first() is None:
            raise Problem(422, "undeclared", "办件没有声明这份材料", "请先上报办件，再上传其材料")

    def _keep(self, connection: Connection, upload: Row[Any], sha256: str, media_type: str, now: str) -> bool:
        """Move the upload to its place. False: its hash is wrong; it then begins again at 0."""
        part, place = self._uploads / upload.upload_id, self.path(sha256)
        if upload.length == 0 and not part.exists():
            self._write(upload.upload_id, 0, b"")
        source = part if part.exists() else place
        if not source.exists() or _hash(source) != sha256 or source.stat().st_size != upload.length:
            part.unlink(missing_ok=True)
            connection.execute(uploads.update().where(uploads.c.upload_id == upload.upload_id).values(received=0))
            return False
        if source is part:
            if not place.parent.is_dir():
                place.parent.mkdir(exist_ok=True)
                # A power cut would else take the folder away, and with it a page whose row is committed.
                _sync_folder(place.parent.parent)
            os.replace(part, place)
            _sync_folder(place.parent)
        statement: Any = self._database.insert(files).values(
            sha256=sha256, size=upload.length, media_type=media_type, stored_at=now
        )
        connection.execute(statement.on_conflict_do_nothing())
        connection.execute(uploads.update().where(uploads.c.upload_id == upload.upload_id).values(sealed=True))
        return True

    def _write(self, upload_id: str, offset: int, data: bytes) -> None:
        with contextlib.ExitStack() as stack:
            descriptor = os.open(self._uploads / upload_id, os.O_RDWR | os.O_CREAT, 0o600)
            stack.callback(os.close, descriptor)
            os.lseek(descriptor, offset, os.SEEK_SET)
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            os.ftruncate(descriptor, offset + len(data))
            os.fsync(descriptor)


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
