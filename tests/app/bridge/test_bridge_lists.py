"""What is read for another system is asked against the lists of lost and revoked documents, and the clerk is told."""

from __future__ import annotations

import datetime as dt

import pytest
import requests
from bridge_kit import PAGE, PURPOSE, at_noon, room

from app.bridge.listed import zone_listed_as
from app.identity.lists import DocumentList, InForce, ListedDocument, ListStanding, Why, objection, pack
from app.identity.mrz.parse import parse
from app.identity.mrz.states import alpha3
from app.identity.verification import Ground, Line
from devices.emulators.identity.mrz_emulator import passport_zone
from devices.emulators.people import demo_people
from devices.kinds.identity import MrzReading
from devices.registry import open_device

SYSTEM = "婚姻登记系统"
SALT = b"s" * 16


class Lists:
    """A list in force that names these; keeps what was asked."""

    def __init__(self, *named: ListedDocument) -> None:
        self.asked: list[ListedDocument | None] = []
        now = at_noon()
        self._list = DocumentList(
            1, 0, now, now + dt.timedelta(days=7), SALT, pack([(n, Why.LOST) for n in named], SALT)
        )

    def __call__(self, document: ListedDocument | None) -> Line:
        self.asked.append(document)
        return objection(document, ListStanding(InForce(self._list), ""), at_noon())


def card(valid_to: str = "2040-06-18") -> ListedDocument:
    return ListedDocument("CHN", "330502199003150512", valid_to)


@pytest.mark.parametrize("fields", [("name",), ("name", "lists")], ids=["not-asked-for", "asked-for"])
def test_a_lost_card_is_said_to_the_clerk_whatever_the_page_asked_for(fields: tuple[str, ...]) -> None:
    lists = Lists(card())
    with room(listed=lists) as there:
        answer = there.page().card(fields).json()
        assert answer["outcome"] == "OK", "nothing is locked: the clerk decides"
        given = answer["data"].pop("lists", None)
        assert given == ({"answer": "no", "ground": Ground.LISTED_LOST.value} if "lists" in fields else None)
        assert "lists" not in answer["masked"]
        assert lists.asked == [card()]
        ((system, said),) = there.clerk.warnings
        assert (system, said.ground) == (SYSTEM, Ground.LISTED_LOST)
        lent = there.trail("bridge.lent")[-1]
        assert (lent["listed"], lent["list"]) == (Ground.LISTED_LOST.value, "2026-11-22")
        assert "330502199003150512" not in str(lent)


def test_the_card_that_came_after_the_lost_one_is_not_lost() -> None:
    with room(listed=Lists(card("2030-01-01"))) as there:
        answer = there.page().card(("lists",)).json()
        assert answer["data"] == {"lists": {"answer": "yes", "ground": Ground.LISTS_CLEAR.value}}
        assert there.clerk.warnings == []
        assert "listed" not in there.trail("bridge.lent")[-1]


def test_where_there_is_no_list_nobody_is_cleared() -> None:
    with room() as there:
        answer = there.page().card(("lists",)).json()
        assert answer["data"] == {"lists": {"answer": "open", "ground": Ground.LIST_NONE.value}}
        assert there.clerk.warnings == []


def test_the_old_interface_s_cards_are_asked_too_and_its_pages_get_what_they_always_got() -> None:
    with room(listed=Lists(card()), old=True) as there:
        there.bridge.pairings.admit_old(PAGE, "李敏")
        url = f"http://127.0.0.1:{there.bridge.ports[1]}/?card=idcard"
        answer = requests.post(url, headers={"Origin": PAGE}, timeout=30).json()
        assert answer["code"] == "0"
        assert "lists" not in answer
        assert [said.ground for _, said in there.clerk.warnings] == [Ground.LISTED_LOST]


def test_a_passport_is_asked_by_its_zone() -> None:
    person = demo_people()["mary-brown"]
    zone = parse(passport_zone(person), at_noon().date())
    lost = ListedDocument(alpha3(zone.issuer), zone.number, zone.expiry.text)
    lists = Lists(lost)
    with room({"passport_reader": open_device("emulated://passport-reader?person=mary-brown")}, listed=lists) as there:
        wish = {"purpose": PURPOSE, "fields": ["lines", "lists"]}
        answer = there.page()("POST", "/v1/passport", wish).json()
        assert answer["data"]["lists"] == {"answer": "no", "ground": Ground.LISTED_LOST.value}
        assert answer["masked"] == ["lines"]
        assert lists.asked == [lost]
        assert len(there.clerk.warnings) == 1


def test_a_zone_whose_number_is_misread_names_nobody() -> None:
    first, second = passport_zone(demo_people()["mary-brown"])
    wrong = second[:9] + str((int(second[9]) + 1) % 10) + second[10:]
    today = at_noon().date()
    assert zone_listed_as(MrzReading((first, second)), today) is not None
    assert zone_listed_as(MrzReading((first, wrong)), today) is None
    assert zone_listed_as(MrzReading(("NO", "ZONE")), today) is None
