"""A foreign resident registered once 湖州码: what is kept of the person, and what a code of theirs comes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import BadInput

ELEMENTS = (
    "name", "name_en", "sex", "birth_date", "nationality",
    "travel_document_type", "travel_document_number", "valid_to",
)  # fmt: skip
"""All that is kept of a person besides the document's portrait; what later forms ask for, nothing else."""
NEEDED = ("nationality", "travel_document_number", "valid_to")
"""And a name, in Latin letters or in Chinese: a zone that cuts a long name off gives none."""
VALID = 365
"""Days that a code holds at most; never longer than the document that was shown."""


class Deed(StrEnum):
    """What a grant may allow."""

    REGISTER = "register"
    SERVE = "serve"
    REVOKE = "revoke"


class Standing(StrEnum):
    """What a code comes to at the platform."""

    FOUND = "found"
    UNKNOWN = "unknown"
    """Signed, and not in the register: the platform was restored from an older copy, or is another one."""
    REVOKED = "revoked"
    REPLACED = "replaced"
    """The person was registered anew; the newer code counts."""
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Consent:
    """at: when it was given, UTC. text: the words that the person agreed to. clerk: who told them."""

    at: dt.datetime
    text: str
    clerk: str


@dataclass(frozen=True, slots=True)
class ResidentPerson:
    """facts: of ELEMENTS, as the check of the document gave them; only what it gave. portrait: of the document, JPEG;
    None when it had none. document: its kind in words. ground: what the check rested on (chip-proved, chip-signed)."""

    facts: Mapping[str, str]
    document: str
    ground: str
    portrait: bytes | None = None

    def __post_init__(self) -> None:
        lacking = [element for element in NEEDED if not self.facts.get(element)]
        if lacking or not self.name or set(self.facts) - set(ELEMENTS):
            raise BadInput("证件信息不全，不能登记", "姓名、国籍、证件号码、有效期缺一不可。", "请重新读证件芯片。")

    @property
    def name(self) -> str:
        """By what the person is called at a window."""
        return self.facts.get("name") or self.facts.get("name_en", "")


@dataclass(frozen=True, slots=True)
class Registration:
    """A code that the platform made. text: of the QR code. until: UTC."""

    code_id: str
    text: str
    registered_at: dt.datetime
    until: dt.datetime
    reference: str


@dataclass(frozen=True, slots=True)
class ServedResident:
    """What the register holds of whoever shows a code. place: window that registered, in words. at: when."""

    code_id: str
    person: ResidentPerson
    registered_at: dt.datetime
    until: dt.datetime
    place: str


@dataclass(frozen=True, slots=True)
class ServeReply:
    """The platform's answer to a code. resident: only with FOUND. ended_at: of a code that was revoked or replaced."""

    standing: Standing
    reference: str
    at: dt.datetime
    resident: ServedResident | None = None
    ended_at: dt.datetime | None = None
