"""EF.SOD (Doc 9303-10 §4.6.2): the hashes of the data groups, as the issuer signed them. Passive authentication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from asn1crypto import algos, core

from app.identity.chip import tlv
from app.identity.chip.ciphers import same
from app.identity.chip.csca import CscaList, Standing
from app.identity.chip.curves import digest
from app.identity.chip.signed import Certificate, Signed, read_signed
from app.identity.chip.transport import BadAnswer
from app.identity.chip.verdict import Check, Line, Reason, Result

_SECURITY_OBJECT = "2.23.136.1.1.1"


class _GroupHash(core.Sequence):  # type: ignore[misc]  # asn1crypto is not typed
    _fields = [("number", core.Integer), ("value", core.OctetString)]  # noqa: RUF012


class _GroupHashes(core.SequenceOf):  # type: ignore[misc]
    _child_spec = _GroupHash


class _Version(core.Sequence):  # type: ignore[misc]
    _fields = [("lds", core.PrintableString), ("unicode", core.PrintableString)]  # noqa: RUF012


class SecurityObject(core.Sequence):  # type: ignore[misc]
    """LDSSecurityObject."""

    _fields = [  # noqa: RUF012
        ("version", core.Integer),
        ("hash_algorithm", algos.DigestAlgorithm),
        ("hashes", _GroupHashes),
        ("lds", _Version, {"optional": True}),
    ]


@dataclass(frozen=True, slots=True)
class Sod:
    """hashes: by data group, made with hash_name."""

    hash_name: str
    hashes: Mapping[int, bytes]
    signed: Signed

    @property
    def groups(self) -> tuple[int, ...]:
        """The data groups that the issuer put on the chip."""
        return tuple(sorted(self.hashes))


def read_sod(file: bytes) -> Sod:
    """EF.SOD. BadAnswer when it is none."""
    signed = read_signed(tlv.only(file, 0x77))
    try:
        inside = SecurityObject.load(signed.content, strict=True)
        hashes = {int(one["number"].native): bytes(one["value"].native) for one in inside["hashes"]}
        name = inside["hash_algorithm"]["algorithm"].native
    except (ValueError, TypeError, KeyError) as error:
        raise BadAnswer("no list of hashes") from error
    return Sod(name, hashes, signed)


def check_content(sod: Sod, files: Mapping[int, bytes], missing: frozenset[int], claimed: tuple[int, ...]) -> Line:
    """Are the data groups those that were signed? files: by number. missing: signed, and the chip gave none.
    claimed: what EF.COM says is there."""
    for number in sorted(files):
        if number not in sod.hashes:
            return Line(Check.CONTENT, Result.FAILED, Reason.NOT_SIGNED, f"DG{number}")
        if not same(digest(sod.hash_name, files[number]), sod.hashes[number]):
            return Line(Check.CONTENT, Result.FAILED, Reason.CONTENT_DIFFERS, f"DG{number}")
    if missing:
        return Line(Check.CONTENT, Result.FAILED, Reason.CONTENT_MISSING, _listed(missing))
    unsigned = set(claimed) - set(sod.hashes)
    if unsigned:
        return Line(Check.CONTENT, Result.FAILED, Reason.NOT_SIGNED, _listed(unsigned))
    return Line(Check.CONTENT, Result.PASSED, Reason.FINE, _listed(files))


def check_signature(sod: Sod) -> Line:
    """Does the signature hold for the certificate that came with it?"""
    signed = sod.signed
    if signed.signer is None:
        return Line(Check.SIGNATURE, Result.FAILED, Reason.SIGNER_UNKNOWN)
    if not signed.whole or signed.kind != _SECURITY_OBJECT:
        return Line(Check.SIGNATURE, Result.FAILED, Reason.SIGNATURE_WRONG)
    return Line(Check.SIGNATURE, Result.PASSED, Reason.FINE, signed.signer.name)


def check_signer(sod: Sod, trust: CscaList, at: dt.datetime, state: str) -> tuple[Line, Certificate | None]:
    """Does a state of the list stand behind who signed? state: who issued the document, as the zone says.
    The certificate of the list that stands behind it comes too."""
    if sod.signed.signer is None:
        return Line(Check.SIGNER, Result.NOT_DONE, Reason.NOT_REACHED), None
    reason, root = standing_of(sod.signed.signer, trust, at, state)
    result = Result.PASSED if reason is Reason.FINE else Result.FAILED
    return Line(Check.SIGNER, result, reason, f"{root.country} {root.name}".strip() if root else ""), root


def standing_of(signer: Certificate, trust: CscaList, at: dt.datetime, state: str) -> tuple[Reason, Certificate | None]:
    """Whether a state of the list stands behind a signer of this state's documents: FINE, or why not. The certificate
    of the list comes too."""
    standing, root = trust.standing(signer, at)
    reason = {
        Standing.GOOD: Reason.FINE,
        Standing.UNKNOWN: Reason.SIGNER_UNKNOWN if trust.roots else Reason.LIST_EMPTY,
        Standing.EXPIRED: Reason.SIGNER_EXPIRED,
        Standing.TOO_EARLY: Reason.SIGNER_TOO_EARLY,
        Standing.REVOKED: Reason.SIGNER_REVOKED,
    }[standing]
    if reason is Reason.FINE and root is not None and not trust.speaks_for(root.country, state):
        reason = Reason.SIGNER_OF_ANOTHER_STATE
    return reason, root


def _listed(numbers: object) -> str:
    return " ".join(f"DG{number}" for number in sorted(numbers))  # type: ignore[call-overload]
