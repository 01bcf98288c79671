"""The trust list: whose signatures count, for what, as of which date.

A folder of certificates and public keys (docs/licence-format.md), kept fresh by whoever administers the hall, or the
same as one signed file that the platform sends (app.licences.snapshot). An optional trust.json beside the keys adds the
list's date, names, scopes, periods and what is revoked.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from app.domain.clock import parse_iso, shanghai
from app.domain.errors import EnvironmentProblem
from app.domain.issuing import IssuedState
from app.licences.identifier import ROOT
from app.licences.keys import Scope, TrustedKey, kid_readings, read_keys
from app.licences.seal_trust import ROLES, SealAnchor, SealTrust, is_crl, read_anchors, read_crl

LIST_NAME = "trust.json"
MAX_FILE = 4 * 1024 * 1024
"""Bytes. The whole EU list is about 1.5 MB."""
SMALL_LIST = 32
_SUFFIXES = frozenset({".pem", ".crt", ".cer", ".der", ".pub", ".jwk", ".jwks", ".json", ".crl"})
_ALWAYS = dt.datetime.min.replace(tzinfo=dt.UTC)
_TODO = "请联系管理员更新信任名单目录。"
_HASH = re.compile(r"[0-9a-f]{16,64}", re.ASCII)
"""8 bytes at least: with a shorter prefix somebody else's licence would now and then be called revoked."""
_Known = TypeVar("_Known", TrustedKey, SealAnchor)


@dataclass(frozen=True, slots=True)
class AgePolicy:
    """How old a list may be, in days since its own date. refuse_days 0: never too old; warn_days 0: never a warning."""

    warn_days: int = 7
    refuse_days: int = 30


@dataclass(frozen=True, slots=True)
class TrustList:
    """date: how old the knowledge is (legal time); said beside every offline verdict.

    revoked: identifiers of revoked licences, without the root. revoked_hashes: the beginnings (hexadecimal) of their
    SHA-256, for a list that shall tell no identifiers. skipped: files that could not be used and why. version: of the
    signed file, 0 for a folder. valid_until: the last day on which the list may be relied on. seals: whose electronic
    seals on OFD licences count.
    """

    keys: tuple[TrustedKey, ...]
    date: dt.date
    revoked: frozenset[str] = frozenset()
    skipped: tuple[str, ...] = ()
    revoked_hashes: frozenset[str] = frozenset()
    version: int = 0
    valid_until: dt.date | None = None
    seals: SealTrust = field(default_factory=SealTrust)
    ended: Mapping[str, IssuedState] = field(default_factory=dict)
    """What the platform told besides: SHA-256 of an identifier -> how that licence ended."""

    def ended_as(self, identifier: str) -> IssuedState | None:
        """How the platform says that a licence ended; None when it says nothing."""
        return self.ended.get(identifier_hash(identifier)) if self.ended else None

    def age(self, at: dt.datetime) -> int:
        """Whole days since the list's date; 0 for one dated today or later."""
        return max((shanghai(at).date() - self.date).days, 0)

    def is_old(self, at: dt.datetime, policy: AgePolicy) -> bool:
        """Should somebody see to a newer one?"""
        return self.is_too_old(at, policy) or bool(policy.warn_days and self.age(at) > policy.warn_days)

    def is_too_old(self, at: dt.datetime, policy: AgePolicy) -> bool:
        """May no verdict rest on it any more?"""
        if self.valid_until is not None and shanghai(at).date() > self.valid_until:
            return True
        return bool(policy.refuse_days and self.age(at) > policy.refuse_days)

    def knows(self, kid: bytes) -> bool:
        """Is a key listed under this identifier?"""
        return any(kid in key.kids for key in self.keys)

    def find(self, kid: bytes) -> Sequence[TrustedKey]:
        """The keys to try for an identifier.

        An identifier is only a hint (RFC 9052 §3.1), and bare public keys carry none; so where nothing is listed under
        it, all keys of a small list are tried.
        """
        named = [key for key in self.keys if kid in key.kids]
        return named or (self.keys if len(self.keys) <= SMALL_LIST else ())

    def is_revoked(self, identifier: str) -> bool:
        own = identifier.removeprefix(ROOT + ".")
        if own in self.revoked:
            return True
        digest = identifier_hash(own)
        return any(digest[:length] in self.revoked_hashes for length in {len(part) for part in self.revoked_hashes})

    @classmethod
    def load(cls, folder: Path) -> TrustList:
        """Read a trust folder. EnvironmentProblem: not there, without a usable key, or its trust.json is broken.

        A broken key file beside good ones is skipped and named in `skipped`: it must not stop the counter.
        """
        try:
            files = key_files(folder)
        except OSError as error:
            raise EnvironmentProblem("信任名单无法读取", f"目录 {folder} 不存在或无权读取", _TODO) from error
        content = Contents()
        for file in files:
            try:
                content.add(file.name, _read(file))
            except (OSError, ValueError) as error:
                content.skipped.append(f"{file.name}：{error if isinstance(error, ValueError) else '无法读取'}")
        content.finish()
        if content.empty:
            what = f"目录 {folder} 中没有可用的证书或公钥" + (f"（{content.skipped[0]}）" if content.skipped else "")
            raise EnvironmentProblem("信任名单为空", what, _TODO)
        listed = folder / LIST_NAME
        if listed.exists():
            try:
                return read_list(json.loads(_read(listed)), content)
            except (OSError, ValueError) as error:
                raise EnvironmentProblem("信任名单有误", f"{LIST_NAME} 内容不符合格式：{error}", _TODO) from error
        newest = max(file.stat().st_mtime for file in files)
        date = shanghai(dt.datetime.fromtimestamp(newest, dt.UTC)).date()
        seals = SealTrust(tuple(content.anchors), serials=content.serials)
        return cls(tuple(content.keys), date, skipped=tuple(content.skipped), seals=seals)


class Contents:
    """What the files of a list hold. A broken one is named in `skipped` and left out."""

    def __init__(self) -> None:
        self.keys: list[TrustedKey] = []
        self.anchors: list[SealAnchor] = []
        self.serials: dict[tuple[bytes, int], dt.datetime] = {}
        self.skipped: list[str] = []
        self._crls: list[tuple[str, bytes]] = []

    @property
    def empty(self) -> bool:
        return not self.keys and not self.anchors

    def add(self, name: str, data: bytes) -> None:
        """Take a file in."""
        try:
            if is_crl(data):
                self._crls.append((name, data))
                return
            self.keys += [replace(key, file=name) for key in read_keys(data)]
            self.anchors += [replace(anchor, file=name) for anchor in read_anchors(data)]
        except (ValueError, TypeError, KeyError) as error:
            self.skipped.append(f"{name}：{error if isinstance(error, ValueError) else '无法读取'}")

    def finish(self) -> None:
        """After the last file: lists of revoked certificates need the certificates of those who signed them."""
        for name, data in self._crls:
            try:
                self.serials |= read_crl(data, self.anchors)
            except ValueError as error:
                self.skipped.append(f"{name}：{error}")


def key_files(folder: Path) -> list[Path]:
    """The files of a trust folder that may hold keys. OSError when it cannot be listed."""
    files = (file for file in folder.iterdir() if file.is_file() and file.suffix.lower() in _SUFFIXES)
    return sorted(file for file in files if file.name != LIST_NAME)


def identifier_hash(identifier: str) -> str:
    """What a list by hash holds the beginning of: SHA-256 of the identifier without its root, hexadecimal."""
    return hashlib.sha256(identifier.removeprefix(ROOT + ".").encode()).hexdigest()


def _read(file: Path) -> bytes:
    if file.stat().st_size > MAX_FILE:
        raise ValueError("文件过大")
    return file.read_bytes()


def read_list(document: Any, content: Contents) -> TrustList:
    """The list that a trust.json describes, over these files. ValueError says what is wrong with it."""
    try:
        date = dt.date.fromisoformat(document["date"])
        until = document.get("valid_until")
        gone = [_Revoked.read(entry) for entry in document.get("revoked", [])]
        issuers = document.get("issuers", [])
        known = [_described(key, issuers) for key in content.keys]
        anchors = [_for_seals(_described(anchor, issuers), issuers) for anchor in content.anchors]
        valid_until = dt.date.fromisoformat(until) if until is not None else None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error
    for entry in gone:
        if entry.kids:
            known = [_compromised(key, entry) for key in known]
    seals = SealTrust(
        tuple(anchors),
        {kid: entry.since for entry in gone for kid in entry.kids},
        content.serials,
        {entry.seal: entry.since for entry in gone if entry.seal},
    )
    return TrustList(
        tuple(known),
        date,
        frozenset(entry.identifier for entry in gone if entry.identifier),
        tuple(content.skipped),
        frozenset(entry.hash for entry in gone if entry.hash),
        valid_until=valid_until,
        seals=seals,
    )


@dataclass(frozen=True, slots=True)
class _Revoked:
    """One entry of the list of what is revoked: a licence by identifier or hash; a key, a certificate or a seal from a
    moment on."""

    identifier: str = ""
    hash: str = ""
    seal: str = ""
    kids: tuple[bytes, ...] = ()
    since: dt.datetime = _ALWAYS

    @classmethod
    def read(cls, entry: Any) -> _Revoked:
        if isinstance(entry, Mapping) and "hash" in entry:
            if not isinstance(entry["hash"], str) or not _HASH.fullmatch(entry["hash"].lower()):
                raise ValueError("revoked hash")
            return cls(hash=entry["hash"].lower())
        if isinstance(entry, Mapping) and "kid" in entry:
            kids = tuple(kid_readings(entry["kid"]))
            if not kids:
                raise ValueError("revoked kid")
            return cls(kids=kids, since=parse_iso(entry["from"])) if "from" in entry else cls(kids=kids)
        if isinstance(entry, Mapping) and "seal" in entry:
            if not isinstance(entry["seal"], str) or not entry["seal"]:
                raise ValueError("revoked seal")
            since = parse_iso(entry["from"]) if "from" in entry else _ALWAYS
            return cls(seal=entry["seal"], since=since)
        text = entry["identifier"] if isinstance(entry, Mapping) else entry
        if not isinstance(text, str) or not text:
            raise TypeError("revoked")
        return cls(identifier=text.removeprefix(ROOT + "."))


def _compromised(key: TrustedKey, entry: _Revoked) -> TrustedKey:
    if not set(entry.kids) & set(key.kids):
        return key
    return replace(key, compromised=min(entry.since, key.compromised or entry.since))


def _names(entry: Mapping[str, Any], key: TrustedKey | SealAnchor) -> bool:
    return entry.get("file") == key.file or bool(set(kid_readings(entry.get("kid"))) & set(key.kids))


def _for_seals(anchor: SealAnchor, entries: list[dict[str, Any]]) -> SealAnchor:
    """The certificate with what is said of it as a root of seals."""
    for entry in entries:
        if _names(entry, anchor):
            roles = _texts(entry, "seal", ROLES) or frozenset()
            if not roles <= ROLES:
                raise ValueError("seal")
            return replace(anchor, roles=roles, signers=_texts(entry, "signers", None))
    return anchor


def _described(key: _Known, entries: list[dict[str, Any]]) -> _Known:
    """The key with what trust.json says of it; an entry names it by file or by kid."""
    for entry in entries:
        if _names(entry, key):
            scope = _scope(entry, key.types)
            return replace(
                key,
                name=str(entry.get("name", key.name)),
                uscc=str(entry.get("uscc", key.uscc)),
                types=scope.types,
                regions=scope.regions,
                scopes=tuple(_scope(part) for part in entry.get("scopes", [])),
                not_before=_narrowed(key.not_before, entry.get("not_before"), max),
                not_after=_narrowed(key.not_after, entry.get("not_after"), min),
            )
    return key


def _scope(entry: Mapping[str, Any], types: frozenset[str] | None = None) -> Scope:
    regions = _texts(entry, "regions", None)
    return Scope(_texts(entry, "types", types), tuple(sorted(regions)) if regions is not None else None)


def _texts(entry: Mapping[str, Any], name: str, otherwise: frozenset[str] | None) -> frozenset[str] | None:
    if name not in entry:
        return otherwise
    if not isinstance(entry[name], list) or not all(isinstance(text, str) for text in entry[name]):
        raise TypeError(name)
    return frozenset(entry[name])


def _narrowed(own: dt.datetime | None, stated: str | None, pick: Any) -> dt.datetime | None:
    if stated is None:
        return own
    at = parse_iso(stated)
    return at if own is None else pick(own, at)
