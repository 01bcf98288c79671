"""What is to be thought of a chip: each check by itself, and the worst reason of all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Check(StrEnum):
    """What is checked of a chip, in the order in which a clerk reads it."""

    ACCESS = "access"
    """The printed zone or number opens this chip."""
    CONTENT = "content"
    """What was read has the hashes that the issuer signed."""
    SIGNATURE = "signature"
    """The issuer's signature over those hashes holds."""
    SIGNER = "signer"
    """Who signed is known by a state's certificate of the trust list, and was entitled at the time."""
    ZONE = "zone"
    """The chip repeats the printed zone, every character of it."""
    ACTIVE = "active"
    """Active authentication: the chip holds a private key that cannot be copied."""
    CHIP = "chip"
    """Chip authentication: the same, by a key agreement."""


class Result(StrEnum):
    """PASSED and FAILED are known. NOT_DONE: not offered, or not come to; its reason says which."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_DONE = "not-done"


class Reason(StrEnum):
    """Why a check stands as it stands."""

    FINE = "fine"
    ACCESS_DENIED = "access-denied"
    """The chip refuses the password: another document's zone or number, or mistyped."""
    CAN_NOT_TAKEN = "can-not-taken"
    """The chip opens by the zone only."""
    BLOCKED = "blocked"
    NOT_SUPPORTED = "not-supported"
    """The chip or this program does not know the protocol."""
    NO_APPLICATION = "no-application"
    """A chip, but none of a passport."""
    TORN = "torn"
    """The document was moved, or the chip fell silent."""
    ALTERED = "altered"
    """Protected answers were changed on the way, or by what stands in for the chip."""
    DAMAGED = "damaged"
    """The chip's files are none that the standard knows."""
    ZONE_DIFFERS = "zone-differs"
    CONTENT_DIFFERS = "content-differs"
    """A data group has another hash than was signed."""
    CONTENT_MISSING = "content-missing"
    """A data group that was signed cannot be read: taken away, as a copy without the private key would do."""
    NOT_SIGNED = "not-signed"
    """A data group is there that nobody signed."""
    SIGNATURE_WRONG = "signature-wrong"
    SIGNER_UNKNOWN = "signer-unknown"
    """No certificate of the list stands behind who signed."""
    SIGNER_EXPIRED = "signer-expired"
    SIGNER_TOO_EARLY = "signer-too-early"
    """The certificate holds from a later day on only."""
    SIGNER_REVOKED = "signer-revoked"
    SIGNER_OF_ANOTHER_STATE = "signer-of-another-state"
    """A true signature, of a state that does not issue this document."""
    LIST_EMPTY = "list-empty"
    """There is no list of certificates yet."""
    CLONED = "cloned"
    """The chip cannot prove its private key."""
    NOT_OFFERED = "not-offered"
    UNKNOWN_METHOD = "unknown-method"
    """Offered in a way that this program does not know."""
    NOT_REACHED = "not-reached"
    """The reading ended before."""


class AccessRefused(Exception):
    """The chip does not open. reason: see Reason. detail: for support."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}".strip())
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Line:
    """One check. detail: what it rests on, e.g. the data group that differs; for support, without personal data."""

    check: Check
    result: Result
    reason: Reason
    detail: str = ""


class Judgement(StrEnum):
    """All of it in one word."""

    GENUINE = "genuine"
    """Signed by a known state, unaltered; a copied chip is excluded."""
    GENUINE_COPY_POSSIBLE = "genuine-copy-possible"
    """Signed by a known state and unaltered; whether the chip is a copy could not be told: it offers no such check."""
    UNDECIDED = "undecided"
    """Nothing speaks against it, but who signed is not known here, or the reading ended too early."""
    DOUBTFUL = "doubtful"
    """The signer's certificate has run out or is not yet valid; nothing was altered."""
    FALSE = "false"
    """Altered, copied, not signed by whom it says."""


_DOUBT = frozenset({Reason.SIGNER_EXPIRED, Reason.SIGNER_TOO_EARLY})
_UNDECIDED = frozenset(
    {
        Reason.ACCESS_DENIED, Reason.CAN_NOT_TAKEN, Reason.BLOCKED, Reason.NOT_SUPPORTED, Reason.NO_APPLICATION,
        Reason.TORN, Reason.SIGNER_UNKNOWN, Reason.LIST_EMPTY,
    }
)  # fmt: skip
_FOREMOST = (Check.CONTENT, Check.SIGNATURE, Check.SIGNER)


@dataclass(frozen=True, slots=True)
class ChipVerdict:
    """One line a check, in the order of Check."""

    lines: tuple[Line, ...]

    def line(self, check: Check) -> Line:
        return next(line for line in self.lines if line.check is check)

    @property
    def judgement(self) -> Judgement:
        failed = [line.reason for line in self.lines if line.result is Result.FAILED]
        if any(reason not in _DOUBT | _UNDECIDED for reason in failed):
            return Judgement.FALSE
        if any(reason in _UNDECIDED for reason in failed):
            return Judgement.UNDECIDED
        if failed:
            return Judgement.DOUBTFUL
        if any(self.line(check).result is not Result.PASSED for check in _FOREMOST):
            return Judgement.UNDECIDED
        copies = [self.line(Check.ACTIVE), self.line(Check.CHIP)]
        if any(line.result is Result.PASSED for line in copies):
            return Judgement.GENUINE
        # Torn before the proof: it may still come.
        if any(line.reason is Reason.NOT_REACHED for line in copies):
            return Judgement.UNDECIDED
        return Judgement.GENUINE_COPY_POSSIBLE

    @property
    def reason(self) -> Reason:
        """The reason that decides the judgement; FINE when nothing is wrong."""
        failed = [line for line in self.lines if line.result is Result.FAILED]
        worst = [line for line in failed if line.reason not in _DOUBT | _UNDECIDED] or failed
        return worst[0].reason if worst else Reason.FINE

    @property
    def trusted(self) -> bool:
        """May a form be filled from the chip as from the state's own word?"""
        return self.judgement in (Judgement.GENUINE, Judgement.GENUINE_COPY_POSSIBLE)
