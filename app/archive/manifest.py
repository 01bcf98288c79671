"""The manifest 清单 of an archive package: every file with its title, kind, pages, time, maker, size and SHA-256.

The manifest's own digest is signed with the workstation's key, the one that signs its papers (COSE_Sign1, EdDSA).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar

from app.licences.cose import BadSignature, SigningKey, Verifier, open_bytes, sign_bytes

FORMAT = "yichuang-archive/1"
MANIFEST, SIGNATURE = "清单.json", "清单.cose"
MAX_MANIFEST, MAX_SIGNATURE = 32 << 20, 4096
"""Bytes that are still read."""
# What is signed cannot be taken for anything else that this key signs.
_SIGNED = b"yichuang/1/archive\x00"
K = TypeVar("K", bound=Verifier)


class Kind(StrEnum):
    """What a file of the package is, in the order in which the catalogue lists them."""

    PAPER = "文书"
    FORM = "表单"
    MATERIAL = "材料"
    PROCESS = "过程"
    CATALOGUE = "目录"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file. path: in the package, with "/". pages: 0 of what has none. made_at: RFC 3339. by: who made it."""

    path: str
    title: str
    kind: Kind
    media_type: str
    pages: int
    made_at: str
    by: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Absent:
    """What belongs to the case and is not in the package, with the reason."""

    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class About:
    """What the package is about. number: 受理流水号; case_no: 办件编码, "" while the platform has given none.

    made_at, accepted_at: RFC 3339. made_by: who exported it; purpose: for what. window: where the case was accepted.
    """

    number: str
    case_no: str
    item_code: str
    item: str
    department: str
    applicant: str
    accepted_at: str
    clerk: str
    window: str
    hall: str
    made_at: str
    made_by: str
    purpose: str
    device: str
    demo: bool


@dataclass(frozen=True, slots=True)
class Manifest:
    """The whole manifest."""

    about: About
    entries: tuple[Entry, ...]
    absent: tuple[Absent, ...] = ()

    def to_bytes(self) -> bytes:
        """As JSON, a person can read it too."""
        document = {"format": FORMAT, **asdict(self)}
        return json.dumps(document, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Manifest:
        """Read `to_bytes`'s output. ValueError on anything else."""
        try:
            document = json.loads(data)
            if document["format"] != FORMAT:
                raise ValueError("another format")
            return cls(
                _made(About, document["about"]),
                tuple(_entry(one) for one in document["entries"]),
                tuple(_made(Absent, one) for one in document["absent"]),
            )
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError("not a manifest") from error


def _entry(document: Any) -> Entry:
    entry = _made(Entry, {**document, "kind": Kind(document["kind"])})
    if entry.bytes < 0 or len(entry.sha256) != 64:
        raise ValueError("not an entry")
    return entry


T = TypeVar("T", About, Entry, Absent)


def _made(kind: type[T], document: Any) -> T:
    """The values by their names, each of its own type; what a newer version has added is passed over."""
    values: dict[str, Any] = {}
    for each in fields(kind):
        value = document[each.name]
        wanted = {"int": int, "bool": bool}.get(str(each.type), str)
        if not isinstance(value, wanted):
            raise ValueError(f"not a {each.type}: {each.name}")
        values[each.name] = value
    return kind(**values)


def sign(manifest: bytes, key: SigningKey) -> bytes:
    """The signature's file."""
    return sign_bytes(_SIGNED + hashlib.sha256(manifest).digest(), key)


def check_signature(manifest: bytes, signature: bytes, find_key: Callable[[bytes], Sequence[K]]) -> None:
    """Is the manifest the one that was signed? MalformedCode, UnknownKey or BadSignature when it is not."""
    if open_bytes(signature, find_key) != _SIGNED + hashlib.sha256(manifest).digest():
        raise BadSignature(b"")
