"""The confirmation of a card read from a picture, with pieces of a drawn card."""

from __future__ import annotations

from functools import cache

import numpy as np
from card_lines import resident
from card_pictures import EASY, on_desk, resident_front

from app.identity.cards.page import card_page
from app.identity.cards.read import ReadCard, read_card
from app.identity.cards.values import Doubt
from app.presenters.card_words import doubt_words, field_views
from widgets.dialogs.card_check import CardCheckDialog
from widgets.i18n import core_words

SEED = 731


@cache
def sample_card(wrong: bool = False) -> ReadCard:
    """A made-up card as it was read; wrong: with a digit and a nation that do not hold."""
    import datetime as dt

    drawn = resident_front(SEED, "王𠮷祥")
    truth = dict(drawn.truth)
    number = truth["number"][:-1] + ("1" if truth["number"][-1] != "1" else "2") if wrong else truth["number"]
    year, month, day = truth["birth"].split("-")
    address = truth["address"]
    lines = resident(
        truth["name"],
        truth["sex"],
        "维吾尓" if wrong else truth["nation"],
        f"{year}年{int(month)}月{int(day)}日",
        [address[at : at + 11] for at in range(0, len(address), 11)],
        number,
    )
    assert card_page(lines) is not None
    card = read_card(on_desk(drawn.flat, EASY, 4), lambda _: lines, dt.date(2026, 11, 22))
    assert card is not None
    assert np.any(card.picture)
    return card


def card_check(
    wrong: bool = False, confirmed: tuple[str, ...] = (), faults: dict[str, Doubt] | None = None
) -> CardCheckDialog:
    """The dialog; confirmed: fields that the clerk has compared already."""
    card = sample_card(wrong)
    dialog = CardCheckDialog(core_words(card.kind.label), field_views(card))
    for name in confirmed:
        dialog.confirm(name)
    if faults:
        dialog.set_faults({name: doubt_words(doubt) for name, doubt in faults.items()})
    return dialog


def dialogs() -> dict[str, CardCheckDialog]:
    """For the gallery: as read, with what does not hold, all compared."""
    return {
        "card-check": card_check(),
        "card-check-wrong": card_check(True, ("name",), {"birth": Doubt.DIFFERS}),
        "card-check-done": card_check(confirmed=("name", "address")),
    }
