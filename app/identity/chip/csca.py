"""The states' own certificates (country signing CAs): the list that says whose passports are believed.

Its sources are master lists (Doc 9303-12 §8: certificates that a state or ICAO signs) and the LDIF files of ICAO's
directory. Each certificate remembers from which file it came, when, and who vouched for it.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from types import MappingProxyType

import resources
from app.domain.clock import isoformat, parse_iso
from app.identity.chip.signed import Certificate, read_certificate
from app.identity.chip.transport import BadAnswer


@cache
def state_codes() -> Mapping[str, str]:
    """Two-letter codes by the three letters (or the D) of zones, from resources/identity/alpha2.tsv."""
    text = resources.path("identity/alpha2.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return MappingProxyType({row[0]: row[1] for row in rows})


class Standing(StrEnum):
    """How a document signer stands with the list."""

    GOOD = "good"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    TOO_EARLY = "too-early"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Root:
    """A certificate of the list. source: the file's name. taken: when, UTC. voucher: who signed the master list it came
    in; "" when only the file's own fingerprint was accepted."""

    certificate: Certificate
    source: str
    taken: dt.datetime
    voucher: str = ""


@dataclass(frozen=True, slots=True)
class CscaList:
    """The certificates in force. states: two-letter codes by the three letters of zones, for those that are known.

    revoked: serial numbers of document signers by the issuer's name (hashable), from lists that a root signed.
    """

    roots: tuple[Root, ...] = ()
    states: Mapping[str, str] = field(default_factory=dict)
    revoked: Mapping[bytes, frozenset[int]] = field(default_factory=dict)

    def standing(self, signer: Certificate, at: dt.datetime) -> tuple[Standing, Certificate | None]:
        """How a document signer stands at this moment, and the root behind it.

        Its name finds the candidates, its signature decides: with the key of the list, never with one that the document
        brings. The root may have run out by now: it was in force when it signed, and states change theirs every few
        years (Doc 9303-12 §5.1).
        """
        found = None
        for root in self.roots:
            certificate = root.certificate
            if certificate.subject == signer.issuer and signer.signed_by(certificate):
                found = certificate
                if certificate.not_before <= signer.not_before <= certificate.not_after:
                    break
        if found is None:
            return Standing.UNKNOWN, None
        if signer.serial in self.revoked.get(signer.issuer, frozenset()):
            return Standing.REVOKED, found
        if at > signer.not_after or signer.not_before > found.not_after:
            return Standing.EXPIRED, found
        if at < signer.not_before or signer.not_before < found.not_before:
            return Standing.TOO_EARLY, found
        return Standing.GOOD, found

    def speaks_for(self, country: str, state: str) -> bool:
        """May a root of this country (two letters) stand behind a document of this state (as zones write it)? Where the
        table knows nothing of the state, the signature alone must do."""
        wanted = self.states.get(state)
        return not wanted or not country or country in (wanted, state)

    def with_roots(self, more: Iterable[Root]) -> CscaList:
        """The list with these as well; what is there already keeps its first source."""
        known = {root.certificate.fingerprint: root for root in more}
        known |= {root.certificate.fingerprint: root for root in self.roots}
        return CscaList(tuple(known.values()), self.states, self.revoked)

    def with_revoked(self, more: Mapping[bytes, frozenset[int]]) -> CscaList:
        """The list with these document signers revoked as well."""
        joined = {name: self.revoked.get(name, frozenset()) | serials for name, serials in more.items()}
        return CscaList(self.roots, self.states, {**self.revoked, **joined})

    def as_json(self) -> str:
        """To be kept."""
        return json.dumps(
            {
                "format": 1,
                "roots": [
                    {
                        "der": base64.b64encode(root.certificate.der).decode(),
                        "source": root.source,
                        "taken": isoformat(root.taken),
                        "voucher": root.voucher,
                    }
                    for root in self.roots
                ],
                "revoked": {name.hex(): sorted(serials) for name, serials in self.revoked.items()},
            },
            ensure_ascii=False,
            indent=0,
        )

    @classmethod
    def from_json(cls, text: str, states: Mapping[str, str]) -> CscaList:
        """As it was kept. ValueError when it is damaged."""
        try:
            kept = json.loads(text)
            if kept["format"] != 1:
                raise ValueError("written by another version")
            roots = tuple(
                Root(
                    read_certificate(base64.b64decode(one["der"])),
                    str(one["source"]),
                    parse_iso(one["taken"]),
                    str(one["voucher"]),
                )
                for one in kept["roots"]
            )
            revoked = {bytes.fromhex(name): frozenset(map(int, serials)) for name, serials in kept["revoked"].items()}
        except (KeyError, TypeError, AttributeError, BadAnswer) as error:
            raise ValueError("damaged") from error
        return cls(roots, states, revoked)
