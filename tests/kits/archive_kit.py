"""Small archive packages of made-up files."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ed25519

from app.archive.container import Container, ZipSink
from app.archive.manifest import About, Absent, Kind, Manifest
from app.archive.sealed import SealedSink
from app.archive.write import Item, PackageWriter
from app.licences.cose import SigningKey, public_key_kid

AT = dt.datetime(2026, 11, 21, 11, 4, 5)  # noqa: DTZ001 - legal time, as ZIPs have it
PASSWORD = "山高水长-2026"
FILES = {
    "文书/01-受理通知书.pdf": b"%PDF-1.7 notice",
    "材料/01-平面图㛃𠮷.pdf": bytes(range(256)) * 20_000,
    "表单/申请表.json": '{"name":"张㛃"}'.encode(),
    "空.txt": b"",
}
ABOUT = About(
    number="WX0320261121N0021", case_no="", item_code="1", item="理发店开办", department="卫健局", applicant="张㛃",
    accepted_at="2026-11-21T03:04:05.000Z", clerk="李敏", window="3号综合窗口", hall="测试大厅",
    made_at="2026-11-21T03:04:05.000Z", made_by="李敏", purpose="移交档案", device="W03-01", demo=True,
)  # fmt: skip


def key(seed: int) -> SigningKey:
    private = ed25519.Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    return SigningKey(public_key_kid(private.public_key()), private)


OURS, STRANGER = key(7), key(8)


def find(kid: bytes) -> Sequence[SigningKey]:
    return [OURS] if kid == OURS.kid else []


def write(path: Path, password: str | None = None, signer: SigningKey = OURS) -> Manifest:
    """A package of FILES."""
    with path.open("wb") as stream:
        container: Container
        if password is None:
            container = ZipSink(stream, AT)
        else:
            container = SealedSink(stream, password, package_id="p", device_id="W03-01", made_at="x")
        writer = PackageWriter(container, 1, lambda done, total: None, lambda: False)
        for name, data in FILES.items():
            kind = Kind.PAPER if name.startswith("文书") else Kind.MATERIAL
            writer.add(Item(name, name, kind, "application/pdf", 1, "2026-11-21T03:04:05.000Z", "李敏"), data)
        return writer.finish(ABOUT, [Absent("旧照片", "已清除")], signer)


def members(path: Path) -> dict[str, bytes]:
    """Everything in a ZIP, by name."""
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def rewritten(path: Path, files: dict[str, bytes], folder: str = "") -> None:
    """A ZIP of these files, as any other program would write it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(folder + name, data)
    path.write_bytes(out.getvalue())
