"""A social-security card shown at the counter: whose it is, and whether its holder knows its PIN.

No fact is made of it: reading does not prove the card genuine (app.identity.social_card).
"""

from __future__ import annotations

from app.domain.clock import Clock
from app.domain.person import mask
from app.identity.social_card import PinCheck, SocialCard
from app.services.duty import Duty
from app.services.visit import Visit


class UseSocialCard:
    """Each step is a line of the visit's trail; numbers masked, a PIN never."""

    def __init__(self, clock: Clock, duty: Duty) -> None:
        self._clock = clock
        self._duty = duty

    def same_person(self, visit: Visit, card: SocialCard) -> bool | None:
        """Is the holder the visitor whose ID card was read? None: one of the two says no number."""
        if visit.card is None or not visit.card.number or not card.number:
            return None
        return visit.card.number.upper() == card.number.upper()

    def read(self, visit: Visit, card: SocialCard) -> Visit:
        """The card was read."""
        same = self.same_person(visit, card)
        said = "" if same is None else "same" if same else "other"
        return visit.with_event(
            self._clock.now(), self._duty.clerk, "social_card.read", mask(card.number or ""), holder=said
        )

    def pin(self, visit: Visit, card: SocialCard, check: PinCheck) -> Visit:
        """Its holder typed a PIN, and the card has answered."""
        return visit.with_event(
            self._clock.now(),
            self._duty.clerk,
            "social_card.pin",
            mask(card.number or ""),
            right=check.right,
            blocked=check.blocked,
        )
