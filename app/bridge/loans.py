"""What can be lent. A PIN never is: no loan reads the PIN pad, whatever is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.identity.leaving import LEAVES
from app.identity.verification import Line


class Loan(StrEnum):
    """One thing that a system can ask for. The values are its names on the wire."""

    ID_CARD = "id-card"
    PASSPORT = "passport"
    CODE = "code"
    VERIFY = "verify"
    IDENTITY = "identity"
    """What came of the clerk's check of the visitor's identity: verdicts only, never who it is."""
    PAGE = "page"
    PORTRAIT = "portrait"
    VIEW = "view"
    """The live picture of the document camera; of the old interface only."""
    SIGNATURE = "signature"
    PRINT = "print"
    RECEIPT = "receipt"
    CALL = "call"
    RATING = "rating"


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms something is lent. slots: the places it may use, the first that is there. consent: the clerk is
    asked. seconds: how long the device may take by itself, and at most."""

    slots: tuple[str, ...]
    consent: bool = True
    seconds: tuple[float, float] = (8.0, 15.0)


TERMS: Mapping[Loan, Terms] = {
    Loan.ID_CARD: Terms(("id_reader",)),
    Loan.PASSPORT: Terms(("passport_reader",)),
    Loan.CODE: Terms(("code_scanner", "camera"), seconds=(20.0, 60.0)),
    # What a code says is no secret to the page that sent it.
    Loan.VERIFY: Terms((), consent=False),
    # No device: the clerk checks, and the page waits for it.
    Loan.IDENTITY: Terms((), seconds=(60.0, 180.0)),
    Loan.PAGE: Terms(("document_camera",), seconds=(10.0, 20.0)),
    Loan.PORTRAIT: Terms(("portrait_camera",), seconds=(10.0, 20.0)),
    Loan.VIEW: Terms(("document_camera",), seconds=(300.0, 300.0)),
    Loan.SIGNATURE: Terms(("signature_pad",), seconds=(90.0, 120.0)),
    Loan.PRINT: Terms(("printer",), seconds=(40.0, 60.0)),
    Loan.RECEIPT: Terms(("receipt_printer",), seconds=(20.0, 40.0)),
    # It takes nothing from anybody, and the next visitor is called before there is a visit to consent for.
    Loan.CALL: Terms(("queue_caller",), consent=False),
    Loan.RATING: Terms(("rating_device",), seconds=(60.0, 90.0)),
}

CARD_FIELDS = (
    "type", "name", "name_en", "sex", "nation", "birth", "address", "number", "issuer", "valid_from", "valid_to",
    "nationality", "pass_number", "issue_count", "photo",
)  # fmt: skip
"""As `yichuang idcard` names them; photo: the chip's own 1,024 bytes (WLT), base64."""
LISTS = "lists"
"""Beside a document's own fields: what the list of lost and revoked ones says of it."""
CODE_FIELDS = ("kind", "verdict", "reason", "issuer", "holder", "licence", "expires", "claims", "text")
FIELDS: Mapping[Loan, tuple[str, ...]] = {
    Loan.ID_CARD: (*CARD_FIELDS, LISTS),
    Loan.PASSPORT: ("lines", LISTS),
    Loan.CODE: CODE_FIELDS,
    Loan.VERIFY: CODE_FIELDS,
    Loan.IDENTITY: LEAVES,
    Loan.SIGNATURE: ("picture", "strokes"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a page asks for. fields: only these come back, of loans that have fields; full: of these, unmasked.
    options: what else the loan takes. seconds: how long the device may take."""

    loan: Loan
    purpose: str
    fields: tuple[str, ...] = ()
    full: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def key(self) -> tuple[str, str, frozenset[str], frozenset[str]]:
        """What a consent is about."""
        return self.loan, self.purpose, frozenset(self.fields), frozenset(self.full)


@dataclass(frozen=True, slots=True)
class Lent:
    """What came of it. outcome, detail: the device's own. data: what was asked for, None unless the outcome is OK.
    masked: the fields that were. device: the slot used. trace: for the audit trail, masked. listed: what the list of
    lost and revoked documents says of the one that was read; None when none was."""

    outcome: str
    detail: str = ""
    data: Mapping[str, Any] | None = None
    masked: tuple[str, ...] = ()
    device: str = ""
    trace: Mapping[str, str] = field(default_factory=dict)
    listed: Line | None = None

    def document(self) -> dict[str, Any]:
        return {"outcome": self.outcome, "detail": self.detail, "data": self.data, "masked": list(self.masked)}
