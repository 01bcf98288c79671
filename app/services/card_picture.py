"""A card read from a picture, where the reader is broken or not there: proposed, confirmed, taken as unverified."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from app.domain.clock import Clock, shanghai
from app.domain.errors import BadInput
from app.domain.person import mask
from app.identity.cards.facts import OF_FORMS, from_picture, picture_facts
from app.identity.facts import of_holder
from app.services.duty import Duty
from app.services.visit import Visit

if TYPE_CHECKING:
    from app.identity.cards.layouts import CardKind
    from app.identity.cards.locate import Picture
    from app.identity.cards.page import ReadText
    from app.identity.cards.read import ReadCard
    from app.identity.cards.values import Doubt


class _Engine(Protocol):
    """app.materials.text_reader.TextReader, as far as it is used here."""

    @property
    def present(self) -> bool: ...
    @property
    def read(self) -> ReadText: ...


class CardPicture:
    """read is slow (seconds, another process); everything else is quick."""

    def __init__(self, engine: _Engine, clock: Clock, duty: Duty) -> None:
        self._engine = engine
        self._clock = clock
        self._duty = duty

    @property
    def present(self) -> bool:
        """Can text be read on this machine?"""
        return self._engine.present

    def read(self, picture: Picture, stopped: Callable[[], bool] = lambda: False) -> ReadCard | None:
        """The card in a picture (BGR); None when none is known by it. EnvironmentProblem when it cannot be read now."""
        from app.identity.cards.read import read_card

        if stopped():
            return None
        return read_card(picture, self._engine.read, shanghai(self._clock.now()).date())

    def tidy(self, values: Mapping[str, str]) -> dict[str, str]:
        """Values as a person typed them -> as they are kept: numbers half width and upper case, dates ISO."""
        from app.identity.cards.values import tidy

        return {name: tidy(name, value) for name, value in values.items()}

    def faults(self, kind: CardKind, values: Mapping[str, str]) -> dict[str, Doubt]:
        """What cannot be true of confirmed values, by field; {} when they may be taken over."""
        from app.identity.cards.values import check_values

        return check_values(kind, values, shanghai(self._clock.now()).date())

    def apply(
        self,
        visit: Visit,
        card: ReadCard,
        values: Mapping[str, str],
        device: str,
        confirmed: Collection[str] = (),
    ) -> Visit:
        """Take over what was sure or confirmed. device: the camera's address; confirmed: fields that the clerk
        compared, for the audit trail.

        The other side of the same card adds to the first; another card's number takes what the first one said away.
        BadInput: a value cannot be true, or a card was read by the reader and is another one.
        """
        faults = self.faults(card.kind, values)
        if faults:
            raise BadInput(
                "证件内容有误，没有填入", "号码、日期等与规则不符", "请对照证件再看一遍，或者照证件手工录入。"
            )
        number = values.get("number", "")
        if visit.card is not None and number and not card.kind.travel and visit.card.number != number:
            raise BadInput(
                "与读卡器读到的不是同一张证件",
                "读卡器已读到另一张证件，拍照识别的内容没有填入",
                "换人办理请按 F12 结束本次，再读证件。",
            )
        at = self._clock.now()
        facts = picture_facts(card.kind, {k: v for k, v in values.items() if k in OF_FORMS}, at)
        if card.kind.travel:
            facts = of_holder(facts, visit.card)
        earlier = [fact for fact in visit.form.facts if from_picture(fact)]
        new = {fact.element for fact in facts}
        numbers = {fact.value for fact in earlier if fact.element in ("id_number", "travel_document_number")}
        if not number or not numbers or number in numbers:
            earlier = [fact for fact in earlier if fact.element in new]
        form = visit.form.withdraw(earlier).add(facts)
        return replace(visit, form=form).with_event(
            at,
            self._duty.clerk,
            "card.captured",
            mask(number),
            type=str(card.kind),
            side="front" if card.face.front else "back",
            device=device,
            confirmed=sorted(confirmed),
        )
