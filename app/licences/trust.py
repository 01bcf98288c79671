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
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.domain.clock import parse_iso, shanghai
from app.domain.errors import EnvironmentProblem
from app.licences.identifier import ROOT
from app.licences.keys import Scope, TrustedKey, kid_readings, read_keys

LIST_NAME = "trust.json"
MAX_FILE = 4 * 1024 * 1024
"""Bytes. The whole EU list is about 1.5 MB."""
SMALL_LIST = 32
_SUFFIXES = frozenset({".pem", ".crt", ".cer", ".der", ".pub", ".jwk", ".jwks", ".json"})
_ALWAYS = dt.datetime.min.replace(tzinfo=dt.UTC)
_TODO = "请联系管理员更新信任名单目录。"
_HASH = re.compile(r"[0-9a-f]{16,64}", re.ASCII)
"""8 bytes at least: with a shorter prefix somebody else's licence would now and then be called revoked."""


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
    signed file, 0 for a folder. valid_until: the last day on which the list may be relied on.
    """

    keys: tuple[TrustedKey, ...]
    date: dt.date
    revoked: frozenset[str] = frozenset()
    skipped: tuple[str, ...] = ()
    revoked_hashes: frozenset[str] = frozenset()
    version: int = 0
    valid_until: dt.date | None = None

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
        keys: list[TrustedKey] = []
        skipped = []
        for file in files:
            try:
                keys += [replace(key, file=file.name) for key in read_keys(_read(file))]
            except (OSError, ValueError, TypeError, KeyError) as error:
                skipped.append(f"{file.name}：{error if isinstance(error, ValueError) else '无法读取'}")
        if not keys:
            what = f"目录 {folder} 中没有可用的证书或公钥" + (f"（{skipped[0]}）" if skipped else "")
            raise EnvironmentProblem("信任名单为空", what, _TODO)
        listed = folder / LIST_NAME
        if listed.exists():
            try:
                return read_list(json.loads(_read(listed)), keys, tuple(skipped))
            except (OSError, ValueError) as error:
                raise EnvironmentProblem("信任名单有误", f"{LIST_NAME} 内容不符合格式：{error}", _TODO) from error
        newest = max(file.stat().st_mtime for file in files)
        return cls(tuple(keys), shanghai(dt.datetime.fromtimestamp(newest, dt.UTC)).date(), skipped=tuple(skipped))


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


def read_list(document: Any, keys: Sequence[TrustedKey], skipped: tuple[str, ...] = ()) -> TrustList:
    """The list that a trust.json describes, over these keys. ValueError says what is wrong with it."""
    try:
        date = dt.date.fromisoformat(document["date"])
        until = document.get("valid_until")
        gone = [_Revoked.read(entry) for entry in document.get("revoked", [])]
        known = [_described(key, document.get("issuers", [])) for key in keys]
        valid_until = dt.date.fromisoformat(until) if until is not None else None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error
    for entry in gone:
        if entry.kids:
            known = [_compromised(key, entry) for key in known]
    return TrustList(
        tuple(known),
        date,
        frozenset(entry.identifier for entry in gone if entry.identifier),
        skipped,
        frozenset(entry.hash for entry in gone if entry.hash),
        valid_until=valid_until,
    )


@dataclass(frozen=True, slots=True)
class _Revoked:
    """One entry of the list of what is revoked: a licence by identifier or hash, or a key from a moment on."""

    identifier: str = ""
    hash: str = ""
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
        text = entry["identifier"] if isinstance(entry, Mapping) else entry
        if not isinstance(text, str) or not text:
            raise TypeError("revoked")
        return cls(identifier=text.removeprefix(ROOT + "."))


def _compromised(key: TrustedKey, entry: _Revoked) -> TrustedKey:
    if not set(entry.kids) & set(key.kids):
        return key
    return replace(key, compromised=min(entry.since, key.compromised or entry.since))


def _described(key: TrustedKey, entries: list[dict[str, Any]]) -> TrustedKey:
    """The key with what trust.json says of it; an entry names it by file or by kid."""
    for entry in entries:
        if entry.get("file") == key.file or set(kid_readings(entry.get("kid"))) & set(key.kids):
            scope = _scope(entry, key.types)
            return replace(
                key,
                name=str(entry.get("name", key.name)),
                uscc=str(entry.get("uscc", "")),
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
