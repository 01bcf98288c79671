"""The trust list: whose signatures count, for what, as of which date.

A folder of certificates and public keys (docs/licence-format.md), kept fresh by whoever administers the hall. An
optional trust.json beside them adds the list's date, names, scopes, periods and revoked licences.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.domain.clock import parse_iso, shanghai
from app.domain.errors import EnvironmentProblem
from app.licences.identifier import ROOT
from app.licences.keys import TrustedKey, kid_readings, read_keys

LIST_NAME = "trust.json"
MAX_FILE = 4 * 1024 * 1024
"""Bytes. The whole EU list is about 1.5 MB."""
SMALL_LIST = 32
_SUFFIXES = frozenset({".pem", ".crt", ".cer", ".der", ".pub", ".jwk", ".jwks", ".json"})
_TODO = "请联系管理员更新信任名单目录。"


@dataclass(frozen=True, slots=True)
class TrustList:
    """date: how old the knowledge is (legal time); said beside every offline verdict.

    revoked: identifiers of revoked licences, without the root. skipped: files that could not be used and why.
    """

    keys: tuple[TrustedKey, ...]
    date: dt.date
    revoked: frozenset[str] = frozenset()
    skipped: tuple[str, ...] = ()

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
        return identifier.removeprefix(ROOT + ".") in self.revoked

    @classmethod
    def load(cls, folder: Path) -> TrustList:
        """Read a trust folder. EnvironmentProblem: not there, without a usable key, or its trust.json is broken.

        A broken key file beside good ones is skipped and named in `skipped`: it must not stop the counter.
        """
        try:
            files = sorted(file for file in folder.iterdir() if file.is_file() and file.suffix.lower() in _SUFFIXES)
        except OSError as error:
            raise EnvironmentProblem("信任名单无法读取", f"目录 {folder} 不存在或无权读取", _TODO) from error
        keys: list[TrustedKey] = []
        skipped = []
        for file in files:
            if file.name == LIST_NAME:
                continue
            try:
                keys += [replace(key, file=file.name) for key in read_keys(_read(file))]
            except (OSError, ValueError, TypeError, KeyError) as error:
                skipped.append(f"{file.name}：{error if isinstance(error, ValueError) else '无法读取'}")
        if not keys:
            what = f"目录 {folder} 中没有可用的证书或公钥" + (f"（{skipped[0]}）" if skipped else "")
            raise EnvironmentProblem("信任名单为空", what, _TODO)
        listed = folder / LIST_NAME
        if listed.exists():
            return _with_list(listed, keys, tuple(skipped))
        newest = max(file.stat().st_mtime for file in files)
        return cls(tuple(keys), shanghai(dt.datetime.fromtimestamp(newest, dt.UTC)).date(), skipped=tuple(skipped))


def _read(file: Path) -> bytes:
    if file.stat().st_size > MAX_FILE:
        raise ValueError("文件过大")
    return file.read_bytes()


def _with_list(path: Path, keys: list[TrustedKey], skipped: tuple[str, ...]) -> TrustList:
    try:
        document = json.loads(_read(path))
        date = dt.date.fromisoformat(document["date"])
        entries = document.get("issuers", [])
        revoked = frozenset(_identifier(entry).removeprefix(ROOT + ".") for entry in document.get("revoked", []))
        known = tuple(_described(key, entries) for key in keys)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EnvironmentProblem("信任名单有误", f"{path.name} 内容不符合格式：{error}", _TODO) from error
    return TrustList(known, date, revoked, skipped)


def _identifier(entry: Any) -> str:
    text = entry["identifier"] if isinstance(entry, dict) else entry
    if not isinstance(text, str):
        raise TypeError("revoked")
    return text


def _described(key: TrustedKey, entries: list[dict[str, Any]]) -> TrustedKey:
    """The key with what trust.json says of it; an entry names it by file or by kid."""
    for entry in entries:
        if entry.get("file") == key.file or set(kid_readings(entry.get("kid"))) & set(key.kids):
            return replace(
                key,
                name=str(entry.get("name", key.name)),
                uscc=str(entry.get("uscc", "")),
                types=_texts(entry, "types", key.types),
                regions=tuple(sorted(regions)) if (regions := _texts(entry, "regions", None)) is not None else None,
                not_before=_narrowed(key.not_before, entry.get("not_before"), max),
                not_after=_narrowed(key.not_after, entry.get("not_after"), min),
            )
    return key


def _texts(entry: dict[str, Any], name: str, otherwise: frozenset[str] | None) -> frozenset[str] | None:
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
