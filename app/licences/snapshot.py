"""The trust list as one signed file: COSE_Sign1 (EdDSA, RFC 9052, RFC 8032) over a JSON document.

The document is a trust folder in one piece (docs/licence-format.md, Snapshots): what trust.json says, the key files,
and a version that only rises. Who may sign it is pinned when a window is enrolled; nobody else's word counts.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from app.domain.errors import BadInput, EnvironmentProblem
from app.licences.cose import Algorithm, CodeError, PublicKey, SigningKey, open_bytes, public_key_kid, sign_bytes
from app.licences.trust import LIST_NAME, MAX_FILE, Contents, TrustList, key_files, read_list

KIND = "yichuang.trust"
"""Stands in the document, so that nothing else which the same key may sign can pass for a trust list."""
FORMAT = 1
_TODO = "请向平台管理员索取正确的信任名单文件。"


class SnapshotRefused(BadInput):
    """A trust list file that is not taken in; the list in force stays."""

    def __init__(self, what: str, todo: str = _TODO) -> None:
        super().__init__("信任名单未更新", what, todo)


@dataclass(frozen=True, slots=True)
class Pin:
    """A publisher's public key, known since enrolment."""

    public_key: PublicKey

    @property
    def text(self) -> str:
        """As settings.toml holds it: the key's 32 bytes in Base64 (URL alphabet, RFC 4648 §5), without padding."""
        raw = self.public_key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")

    @classmethod
    def read(cls, text: str) -> Pin:
        """BadInput when it is no such key."""
        try:
            raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            return cls(ed25519.Ed25519PublicKey.from_public_bytes(raw))
        except ValueError as error:
            raise BadInput(
                "信任名单的公钥有误", "应为 43 个字符的 Ed25519 公钥", "请按平台登记时给出的内容填写。"
            ) from error


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A verified file. sha256: of its bytes, hexadecimal."""

    trust: TrustList
    sha256: str

    @property
    def version(self) -> int:
        return self.trust.version


def make_snapshot(folder: Path, version: int, key: SigningKey) -> bytes:
    """A trust folder as a signed file. BadInput: the key is no Ed25519 key, the version none, the folder too large;
    EnvironmentProblem: the folder cannot be read or has no usable key."""
    if key.alg is not Algorithm.EDDSA or version < 1:
        raise BadInput("信任名单无法签发", "须用 Ed25519 私钥，版本号为正整数", "请核对私钥文件和版本号。")
    trust = TrustList.load(folder)
    document: dict[str, Any] = {"date": trust.date.isoformat()}
    try:
        if (folder / LIST_NAME).exists():
            document |= json.loads((folder / LIST_NAME).read_text("utf-8"))
        files = {file.name: base64.b64encode(file.read_bytes()).decode("ascii") for file in key_files(folder)}
    except (OSError, ValueError) as error:
        raise EnvironmentProblem("信任名单无法读取", f"目录 {folder} 无法读取", "请检查目录权限。") from error
    document |= {"kind": KIND, "format": FORMAT, "version": version, "keys": files}
    data = sign_bytes(json.dumps(document, ensure_ascii=False, sort_keys=True).encode(), key)
    if len(data) > MAX_FILE:
        raise BadInput("信任名单过大", f"不得超过 {MAX_FILE >> 20} MB", "请减少名单内容。")
    return data


def read_snapshot(data: bytes, pins: Iterable[Pin]) -> Snapshot:
    """Verify a file and read its list. SnapshotRefused says why not; nothing is read before the signature holds."""
    if len(data) > MAX_FILE:
        raise SnapshotRefused("文件过大")
    try:
        body = open_bytes(data, _finder(tuple(pins)))
    except CodeError as error:
        raise SnapshotRefused("文件不是由登记的平台密钥签名，或者已被改动") from error
    try:
        document = json.loads(body)
        version = document["version"]
        if document["kind"] != KIND or type(version) is not int or version < 1:
            raise ValueError("kind")
        if document["format"] != FORMAT:
            raise SnapshotRefused("文件由更新版本的“一窗”使用", "请安装最新版本的“一窗”。")
        content = _contents(document["keys"])
        trust = read_list(document, content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, SnapshotRefused):
            raise
        raise SnapshotRefused("文件内容不符合格式") from error
    if content.empty:
        raise SnapshotRefused("文件中没有可用的证书或公钥")
    return Snapshot(replace(trust, version=version), hashlib.sha256(data).hexdigest())


def pin_of(key: SigningKey) -> Pin:
    """What windows are given to know this publisher by."""
    return Pin(key.public_key)


def _finder(pins: Sequence[Pin]) -> Callable[[bytes], Sequence[Pin]]:
    def find(kid: bytes) -> Sequence[Pin]:
        return [pin for pin in pins if public_key_kid(pin.public_key) == kid]

    return find


def _contents(files: dict[str, str]) -> Contents:
    """As for a folder: a file that we cannot use is named and left out."""
    content = Contents()
    for name, text in sorted(files.items()):
        try:
            content.add(name, base64.b64decode(text, validate=True))
        except (ValueError, TypeError):
            content.skipped.append(f"{name}：无法读取")
    content.finish()
    return content
