"""What a publisher says of a new version: COSE_Sign1 (EdDSA, RFC 9052, RFC 8032) over a JSON document.

The packages themselves are not signed: the manifest names each by its SHA-256 and size, and is. serial only rises, also
when a version is called back, so that an old manifest, however genuine, cannot be played again.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.errors import BadInput
from app.licences.cose import Algorithm, CodeError, SigningKey, open_bytes, public_key_kid, sign_bytes
from app.licences.snapshot import Pin

KIND = "yichuang.update"
"""Stands in the document, so that nothing else which the same key may sign can pass for a new version."""
FORMAT = 1
MAX_MANIFEST = 64 << 10
MAX_PACKAGE = 2 << 30
_VERSION = re.compile(r"\d{1,6}(\.\d{1,6}){1,3}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_PLATFORM = re.compile(r"[a-z0-9]{2,16}-[a-z0-9_]{2,16}", re.ASCII)


class UpdateRefused(BadInput):
    """A new version that is not taken in; the one in use stays."""

    def __init__(self, what: str, todo: str = "正在使用的版本不受影响；请联系平台管理员。") -> None:
        super().__init__("新版本没有采用", what, todo)


@dataclass(frozen=True, slots=True)
class Package:
    """One archive (.tar.gz, .tar.xz). size, unpacked: bytes. sha256: hexadecimal."""

    platform: str
    sha256: str
    size: int
    unpacked: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """A verified manifest. keys: from now on only these publishers count (43 characters each); none: as before.

    sha256: of the signed bytes.
    """

    version: str
    serial: int
    published: str
    packages: tuple[Package, ...]
    notes: str
    notes_en: str
    keys: tuple[str, ...]
    sha256: str

    def package_for(self, name: str) -> Package | None:
        """The archive for a platform; None when there is none."""
        return next((one for one in self.packages if one.platform == name), None)


def platform_name() -> str:
    """This machine's: linux-x86_64, linux-aarch64, win32-amd64 …"""
    return f"{sys.platform}-{platform.machine().lower()}"


def version_key(version: str) -> tuple[int, ...]:
    """For comparing: 0.10.0 is newer than 0.9, and 1.0 is 1.0.0. ValueError for anything but numbers and dots."""
    if not _VERSION.fullmatch(version):
        raise ValueError(version)
    parts = [int(part) for part in version.split(".")]
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)


def make_manifest(
    version: str,
    serial: int,
    published: str,
    packages: Iterable[Package],
    key: SigningKey,
    *,
    notes: str = "",
    notes_en: str = "",
    keys: Iterable[str] = (),
) -> bytes:
    """Sign what there is to say of a version. published: a date, ISO. keys: the publishers from now on (for a change
    of keys: the old and the new one together, then the new one alone).

    BadInput: it could not be read back, or the key is no Ed25519 key.
    """
    if key.alg is not Algorithm.EDDSA:
        raise BadInput("不能签发新版本", "须用 Ed25519 私钥", "请核对私钥文件。")
    document: dict[str, Any] = {
        "kind": KIND,
        "format": FORMAT,
        "version": version,
        "serial": serial,
        "published": published,
        "packages": [
            {"platform": one.platform, "sha256": one.sha256, "size": one.size, "unpacked": one.unpacked}
            for one in packages
        ],
        "notes": notes,
        "notes_en": notes_en,
        "keys": [Pin.read(text).text for text in keys],
    }
    data = sign_bytes(json.dumps(document, ensure_ascii=False, sort_keys=True).encode(), key)
    read_manifest(data, (Pin(key.public_key),))
    return data


def read_manifest(data: bytes, pins: Iterable[Pin]) -> Manifest:
    """Verify a manifest and read it. UpdateRefused says why not; nothing is read before the signature holds."""
    if len(data) > MAX_MANIFEST:
        raise UpdateRefused("版本说明过大")
    try:
        body = open_bytes(data, _finder(tuple(pins)))
    except CodeError as error:
        raise UpdateRefused("版本说明不是由登记的发布密钥签名，或者已被改动") from error
    try:
        found = json.loads(body)
        if found["kind"] != KIND:
            raise ValueError("kind")
        if found["format"] != FORMAT:
            raise UpdateRefused("版本说明由更新版本的“一窗”使用", "请手工安装最新版本的“一窗”。")
        return Manifest(
            _text(found["version"], _VERSION),
            _count(found["serial"], 1, 1 << 53),
            str(found["published"]),
            tuple(_package(one) for one in found["packages"]),
            str(found["notes"]),
            str(found["notes_en"]),
            tuple(Pin.read(str(text)).text for text in found["keys"]),
            hashlib.sha256(data).hexdigest(),
        )
    except UpdateRefused:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, BadInput) as error:
        raise UpdateRefused("版本说明不符合格式") from error


def _package(found: Any) -> Package:
    return Package(
        _text(found["platform"], _PLATFORM),
        _text(found["sha256"], _SHA256),
        _count(found["size"], 1, MAX_PACKAGE),
        _count(found["unpacked"], 1, 4 * MAX_PACKAGE),
    )


def _text(value: Any, form: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not form.fullmatch(value):
        raise ValueError(form.pattern)
    return value


def _count(value: Any, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError("number")
    return value


def _finder(pins: Sequence[Pin]) -> Callable[[bytes], Sequence[Pin]]:
    def find(kid: bytes) -> Sequence[Pin]:
        return [pin for pin in pins if public_key_kid(pin.public_key) == kid]

    return find
