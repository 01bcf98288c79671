"""E-licences that are the result of a case 办结出证: what an item says of them, and how an issued one stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.numbering import mod_37_36

NUMBER_LETTERS = 4
"""Letters that a kind may put into its numbers, at most."""
GRANTED = "准予"
"""How the result of a decision begins that grants what was applied for."""


@dataclass(frozen=True, slots=True)
class NumberRule:
    """How numbers of a kind are made: division of the issuer (6) + letters + year + counter of the year + check
    character (ISO 7064 MOD 37,36) where the kind has one. element: the form key under which the licence says it."""

    element: str
    letters: str = ""
    digits: int = 6
    checked: bool = True

    def number(self, region: str, year: int, counter: int) -> str:
        """ValueError when the year has no number left."""
        if not 0 < counter < 10**self.digits:
            raise ValueError(f"counter out of its digits: {counter}")
        body = f"{region}{self.letters}{year:04d}{counter:0{self.digits}d}"
        return body + (mod_37_36(body) if self.checked else "")


@dataclass(frozen=True, slots=True)
class LicenceIssue:
    """The e-licence that granting a case makes; its issuer is the authority that the item's code begins with.

    type: short id as in a material's `waived_by`. type_code: 21 characters, who defines the type and its number there.
    facts: form keys (role.element) of the case that go into it, none else. states: what every one of the kind says,
    form key -> text. valid_to: the form key under which it says its last day; "": it does not. replaces: type codes of
    licences that, shown and verified in the case, are converted by it.
    """

    type: str
    title: str
    type_code: str
    number: NumberRule
    valid_days: int
    valid_to: str = ""
    facts: tuple[str, ...] = ()
    states: Mapping[str, str] = field(default_factory=dict)
    replaces: tuple[str, ...] = ()


class IssuedState(StrEnum):
    """How a licence stands that was issued, and what else ends one."""

    ISSUED = "issued"
    WITHDRAWN = "withdrawn"
    """The decision that it rests on was taken back: revoked 注销."""
    CONVERTED = "converted"
    """One of another city, in whose place this platform's issuer has given its own."""


@dataclass(frozen=True, slots=True)
class IssuedLicence:
    """A licence as the platform hands it to the window of its case. code: its text (docs/licence-format.md), "" once it
    was withdrawn. version: rises when it is issued again. expires: UTC. reference: of the call, in the platform's log.
    """

    case_id: str
    version: int
    state: IssuedState
    type: str
    title: str
    code: str
    issued_at: dt.datetime
    expires: dt.datetime
    reference: str = ""
