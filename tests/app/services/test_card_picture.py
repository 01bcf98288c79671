"""A card read from a picture becomes facts that say so; nothing that cannot be true, and nobody else's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from card_lines import MadeLine, foreigner, permit, resident, resident_back
from card_pictures import EASY, on_desk, resident_front
from desk_parts import Parts

from app.domain.errors import BadInput
from app.domain.fact import SourceKind, Verdict
from app.identity.cards.facts import from_picture
from app.identity.cards.read import ReadCard
from app.services.card_picture import CardPicture
from app.services.duty import Duty
from app.services.visit import Visit

PICTURE = on_desk(resident_front(1).flat, EASY, 4)


class Engine:
    present = True

    def __init__(self, lines: Sequence[MadeLine]) -> None:
        self.lines = lines

    def read(self, picture: object) -> Sequence[MadeLine]:
        return self.lines


def made(parts: Parts, lines: Sequence[MadeLine]) -> tuple[CardPicture, ReadCard]:
    service = CardPicture(Engine(lines), parts.clock, parts.counter.duty)
    card = service.read(np.asarray(PICTURE))
    assert card is not None
    return service, card


def whole(card: ReadCard) -> dict[str, str]:
    return {value.name: value.value for value in card.values}


def said(visit: Visit) -> dict[str, str]:
    return {fact.element: fact.value for fact in visit.form.facts if from_picture(fact)}


def test_facts_say_that_nobody_verified_them(parts: Parts) -> None:
    service, card = made(parts, resident())
    visit = service.apply(parts.begin(), card, whole(card), "file:clip", ["name", "address"])
    assert said(visit) == {
        "name": "李明霞", "sex": "2", "nation": "01", "birth_date": "1990-01-01", "id_type": "resident",
        "id_number": "330502199001010022", "address": "浙江省湖州市吴兴区民族路12号5幢1201室",
    }  # fmt: skip
    for fact in visit.form.facts:
        assert (fact.source.kind, fact.verdict) == (SourceKind.CAPTURE, Verdict.CAPTURED_UNVERIFIED)
        assert fact.source.label == "居民身份证·拍照识别（未核验真伪）"
        assert "19900101" not in fact.source.ref
    event = visit.events[-1]
    assert (event.action, event.subject) == ("card.captured", "3305**********0022")
    assert event.details["confirmed"] == ["address", "name"]
    assert visit.card is None, "no card was read by the reader"


def test_the_other_side_adds_and_another_card_takes_away(parts: Parts) -> None:
    service, front = made(parts, resident())
    visit = service.apply(parts.begin(), front, whole(front), "c")
    service, back = made(parts, resident_back())
    visit = service.apply(visit, back, whole(back), "c")
    assert said(visit)["valid_to"] == "2036-03-04"
    assert said(visit)["name"] == "李明霞"
    service, other = made(parts, resident("赵㛃", number="11010519491231002X", birth="1949年12月31日"))
    visit = service.apply(visit, other, {"name": "赵㛃", "number": "11010519491231002X"}, "c")
    assert said(visit) == {"name": "赵㛃", "id_type": "resident", "id_number": "11010519491231002X"}


def test_what_cannot_be_true_is_refused(parts: Parts) -> None:
    service, card = made(parts, resident())
    visit = parts.begin()
    with pytest.raises(BadInput, match="有误"):
        service.apply(visit, card, {**whole(card), "number": "330502199001010021"}, "c")
    with pytest.raises(BadInput, match="有误"):
        service.apply(visit, card, {**whole(card), "birth": "1991-01-01"}, "c")
    assert said(service.apply(visit, card, {"name": "李明霞", "number": ""}, "c")) == {"name": "李明霞"}


def test_a_picture_of_another_card_than_the_one_read_is_refused(parts: Parts) -> None:
    service, card = made(parts, resident())
    with pytest.raises(BadInput, match="不是同一张证件"):
        service.apply(parts.identified(parts.begin()), card, whole(card), "c")


def test_a_card_read_later_by_the_reader_of_another_person_takes_the_picture_away(parts: Parts) -> None:
    service, card = made(parts, permit())
    visit = service.apply(parts.identified(parts.begin(), "zhang-wei"), card, whole(card), "c")
    assert said(visit)["travel_document_number"] == "H12345678"
    assert said(visit)["travel_document_type"] == "hm_pass"
    assert "id_number" not in said(visit)
    assert said(parts.identified(visit, "chan-ka-man")) == {}


def test_a_foreigners_card_names_in_latin_letters(parts: Parts) -> None:
    service, card = made(parts, foreigner())
    facts = said(service.apply(parts.begin(), card, whole(card), "c"))
    assert (facts["name"], facts["name_en"], facts["nationality"]) == ("MUELLER ANNA", "MUELLER ANNA", "CAN")
    assert facts["id_type"] == "foreigner2023"


def test_a_reading_given_up_is_not_begun(parts: Parts) -> None:
    service = CardPicture(Engine(resident()), parts.clock, Duty(None))
    assert service.read(np.asarray(PICTURE), lambda: True) is None
