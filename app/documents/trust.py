"""Whose papers count: this window's own key, and every key that the platform certified, as the profile keeps them.

All of it lies in files of the profile, so that a paper is verified without the store and without the platform.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from app.domain.clock import parse_iso
from app.domain.errors import BadInput
from app.licences.cose import PublicKey, Verifier
from app.licences.paper_certificate import BadCertificate, PaperCertificate, read_certificate
from app.licences.snapshot import Pin

log = logging.getLogger(__name__)

FOLDER = "paper-keys"
"""In the profile."""
LIST = "certificates.json"
_MAX_LIST = 4_000_000

Own = Callable[[bytes], Sequence[Verifier]]


@dataclass(frozen=True, slots=True)
class PaperKey:
    """A key that may sign papers. certificate: what the platform says of it; None: only this window vouches for it."""

    public_key: PublicKey
    certificate: PaperCertificate | None = None


def _nobody(kid: bytes) -> Sequence[Verifier]:
    return ()


@dataclass(frozen=True, slots=True)
class PaperTrust:
    """own: this window's keys. roots: the platform's. ended, revoked: by key identifier (hexadecimal), since when; a
    key that ended was replaced by another, a revoked one is in wrong hands."""

    own: Own = _nobody
    roots: tuple[Pin, ...] = ()
    certificates: tuple[PaperCertificate, ...] = ()
    revoked: Mapping[str, dt.datetime] = field(default_factory=dict)
    ended: Mapping[str, dt.datetime] = field(default_factory=dict)
    regions: tuple[tuple[str, Pin], ...] = ()
    """(code, key) of every region whose receive seal counts."""

    def find(self, kid: bytes) -> Sequence[PaperKey]:
        """All keys of an identifier, certified ones first."""
        # The newest first: a key is certified anew before its certificate ends.
        known = sorted(self.certificates, key=lambda certificate: certificate.not_after, reverse=True)
        certified = [PaperKey(one.public_key, one) for one in known if one.kid == kid]
        return [*certified, *(PaperKey(key.public_key) for key in self.own(kid))]

    def unrevoked(self, kid: bytes) -> Sequence[PaperKey]:
        """As `find`, without keys that are in wrong hands."""
        return () if kid.hex() in self.revoked else self.find(kid)

    def plus(self, data: bytes) -> PaperTrust:
        """With the certificate that a paper brought along, when it is a good one."""
        try:
            return replace(self, certificates=(*self.certificates, read_certificate(data, self.roots)))
        except BadCertificate:
            return self

    def objection(self, kid: bytes, issued_at: dt.datetime) -> tuple[str, dt.datetime] | None:
        """Why a paper that a certified key signed does not count: ("revoked" | "expired", when); None: it counts.

        A revoked key's papers never count, not even those dated before: who stole the key writes any date.
        """
        since = self.revoked.get(kid.hex())
        if since is not None:
            return "revoked", since
        ended = self.ended.get(kid.hex())
        if ended is not None and issued_at > ended:
            return "expired", ended
        known = [certificate for certificate in self.certificates if certificate.kid == kid]
        if not known or any(certificate.holds_at(issued_at) for certificate in known):
            return None
        return "expired", max(certificate.not_after for certificate in known)


def load_trust(folder: Path, own: Own) -> PaperTrust:
    """What a profile keeps. A file that cannot be read counts as not there: then less is trusted, never more."""
    document = read_list(folder)
    roots = []
    for text in document["roots"]:
        try:
            roots.append(Pin.read(text))
        except BadInput:
            log.warning("paper root unreadable")
    certificates = []
    for text in document["certificates"].values():
        try:
            certificates.append(read_certificate(base64.b64decode(text), roots))
        except (BadCertificate, ValueError):
            log.warning("paper certificate unreadable")
    revoked, ended = ({kid: parse_iso(at) for kid, at in document[key].items()} for key in ("revoked", "ended"))
    regions = []
    for code, text in document["regions"].items():
        try:
            regions.append((code, Pin.read(text)))
        except BadInput:
            log.warning("region's key unreadable")
    return PaperTrust(own, tuple(roots), tuple(certificates), revoked, ended, tuple(regions))


def own_certificate(folder: Path, kid: bytes) -> bytes:
    """The certificate of one key, as it was signed; b"" while there is none."""
    try:
        return base64.b64decode(read_list(folder)["certificates"].get(kid.hex(), ""))
    except ValueError:
        return b""


def read_list(folder: Path) -> dict[str, Any]:
    """roots: pins; certificates: Base64; revoked, ended: times; by key identifier. regions: pins by code. Empty when it
    is not there."""
    empty: dict[str, Any] = {"roots": [], "certificates": {}, "revoked": {}, "ended": {}, "regions": {}}
    try:
        data = (folder / FOLDER / LIST).read_bytes()
        if len(data) > _MAX_LIST:
            raise ValueError("too large")
        document = json.loads(data)
        found: dict[str, Any] = {"roots": [str(pin) for pin in document["roots"]]}
        for key in ("certificates", "revoked", "ended"):
            found[key] = {str(kid): str(value) for kid, value in document[key].items()}
        # Files of before there were regions have none.
        found["regions"] = {str(code): str(pin) for code, pin in document.get("regions", {}).items()}
        for at in (*found["revoked"].values(), *found["ended"].values()):
            parse_iso(at)
        return found
    except FileNotFoundError:
        return empty
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        log.warning("list of paper keys unreadable")
        return empty
