"""The address that a notice of acceptance carries for its visitor: rate this service later, once."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.case import Case
from app.licences.cose import SigningKey
from app.licences.rating_code import DAYS, PATH, code_of, sign_code


class RateLinks:
    """Makes them. signer: the window's paper key. url: of the gateway as phones reach it; "": none are made."""

    def __init__(self, signer: SigningKey, url: str, days: int = DAYS) -> None:
        self._signer, self._url, self._days = signer, url.rstrip("/"), days

    def of(self, cases: Sequence[Case]) -> str:
        """The address for the cases of one visit, the same at each call; "" where none is made."""
        if not self._url or not cases:
            return ""
        return self._url + PATH + sign_code(code_of(cases[0], self._days), self._signer)

    @property
    def days(self) -> int:
        return self._days
