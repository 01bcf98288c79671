"""The demo platform's list of lost and revoked documents."""

from __future__ import annotations

from collections.abc import Mapping

from app.demo.people import Person
from app.identity.lists import ListedDocument, Why

LOST = "shen-yi"
"""Whose card in the pocket was reported lost."""
RENEWED = "zhang-wei"
"""Whose card before this one was reported lost: the number is the same, the card in the pocket is good."""


def lost_documents(people: Mapping[str, Person]) -> list[tuple[ListedDocument, Why]]:
    """Documents of made-up people, and one passport of nobody."""
    lost, renewed = people[LOST].card, people[RENEWED].card
    return [
        (ListedDocument("CHN", str(lost.number), str(lost.valid_to)), Why.LOST),
        (ListedDocument("CHN", str(renewed.number), str(renewed.valid_from)), Why.LOST),
        (ListedDocument("UTO", "X00000000"), Why.REVOKED),
    ]
