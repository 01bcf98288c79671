"""Parcels of the counter, with the real client against the emulated carrier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_parts import Parts, counter

from app.demo.carrier import TOKEN, CarrierEmulator
from app.demo.world import DemoWorld
from app.domain.case import Case
from app.domain.document import PaperKind
from app.domain.errors import BadInput, Refused
from app.domain.express import Parcel, ParcelState
from app.server.carrier import CarrierClient, CarrierDown, CarrierRefuses
from app.services.express import Express
from app.services.issue_paper import IssuePaper

TO = ("张𠮷安", "13857200011", "浙江省湖州市南浔区㛃䶮镇𬭚桥村6号", "营业执照")


class Desk:
    def __init__(self, parts: Parts, carrier: CarrierEmulator) -> None:
        self.parts = parts
        self.carrier = carrier
        self.express = self.made()
        self.cases = parts.accept.accept(parts.ready()).cases
        issue = parts.issue_paper()
        self.issue = IssuePaper(parts.counter, issue._records, issue._notice, self.express)

    def made(self) -> Express:
        """As after a restart."""
        at = self.parts.counter
        client = CarrierClient(self.carrier.url, TOKEN)
        return Express(at.store, at.clock, at.duty, at.window, client)

    @property
    def case(self) -> Case:
        return self.cases[0]

    def send(self, express: Express | None = None) -> Parcel:
        return (express or self.express).order(self.cases, *TO)

    def known(self) -> Parcel:
        found = self.express.of_case(self.case.case_id)
        assert found is not None
        return found


@pytest.fixture
def desk(tmp_path: Path, world: DemoWorld) -> Iterator[Desk]:
    with counter(tmp_path / "profile", world) as parts:
        carrier = CarrierEmulator(parts.clock)
        carrier.start()
        try:
            yield Desk(parts, carrier)
        finally:
            carrier.stop()


def test_ordered_followed_and_handed_over(desk: Desk) -> None:
    sent = desk.send()
    assert sent.state is ParcelState.ACCEPTED
    assert sent.mail_no == "EY473124829CN"
    assert desk.send() == sent  # under way: the same parcel
    assert len(desk.carrier.orders) == 1
    desk.carrier.move(ParcelState.COLLECTED)
    assert desk.express.run()
    assert desk.known().state is ParcelState.COLLECTED
    with pytest.raises(Refused, match="不能取消寄递"):
        desk.express.cancel(desk.case.case_id)
    desk.carrier.move(ParcelState.DELIVERED)
    assert desk.express.run()
    done = desk.known()
    assert (done.state, done.signer) == (ParcelState.DELIVERED, "本人")
    assert done.delivered_at == desk.parts.clock.now().replace(microsecond=done.delivered_at.microsecond)  # type: ignore[union-attr]
    asked = len(desk.carrier.asked)
    assert not desk.express.run()
    assert len(desk.carrier.asked) == asked  # of a parcel that arrived nobody asks
    trail = desk.parts.store.trail_of(desk.case.provisional_no, "express.step")
    assert len(trail) == 3
    assert all(TO[0] not in entry.details and TO[2] not in entry.details for entry in trail)


def test_while_the_carrier_is_down_it_waits_over_a_restart(desk: Desk) -> None:
    desk.carrier.faults.set("down")
    assert desk.send().state is ParcelState.QUEUED
    assert not desk.express.run()
    desk.carrier.faults.set("down", 0)
    again = desk.made()
    assert again.run()
    found = again.of_case(desk.case.case_id)
    assert found is not None
    assert (found.state, found.address) == (ParcelState.ACCEPTED, TO[2])


def test_an_answer_that_was_lost_makes_no_second_parcel(desk: Desk) -> None:
    desk.carrier.faults.set("lost-answer")
    assert desk.send().state is ParcelState.QUEUED
    assert len(desk.carrier.orders) == 1
    desk.carrier.faults.set("lost-answer", 0)
    assert desk.express.run()
    assert desk.known().mail_no
    assert len(desk.carrier.orders) == 1


def test_a_number_with_a_wrong_check_digit_is_not_believed(desk: Desk) -> None:
    desk.carrier.faults.set("wrong-number")
    assert desk.send().state is ParcelState.QUEUED
    assert desk.known().mail_no == ""


def test_a_refusal_is_told_and_ends_it(desk: Desk) -> None:
    desk.carrier.faults.set("refuses")
    with pytest.raises(CarrierRefuses, match="不收"):
        desk.send()
    assert (desk.known().state, desk.known().reason) == (ParcelState.REFUSED, "收件地址不在投递范围")
    desk.carrier.faults.set("refuses", 0)
    assert desk.send().state is ParcelState.ACCEPTED  # put right and sent anew


def test_called_off_before_it_is_collected(desk: Desk) -> None:
    first = desk.send()
    with pytest.raises(Refused, match="已经寄递"):
        desk.express.order(desk.cases, TO[0], TO[1], "别处", TO[3])
    desk.carrier.faults.set("down")
    with pytest.raises(CarrierDown):
        desk.express.cancel(desk.case.case_id)
    assert desk.known() == first
    desk.carrier.faults.set("down", 0)
    assert desk.express.cancel(desk.case.case_id).state is ParcelState.CANCELLED
    second = desk.express.order(desk.cases, TO[0], TO[1], "别处", TO[3])
    assert second.mail_no != first.mail_no


def test_one_that_never_reached_the_carrier_can_be_called_off(desk: Desk) -> None:
    desk.carrier.faults.set("down")
    desk.send()
    desk.carrier.faults.set("down", 0)
    assert desk.express.cancel(desk.case.case_id).state is ParcelState.CANCELLED
    assert desk.carrier.orders == {}


def test_slip_and_proof_of_delivery(desk: Desk) -> None:
    subject = desk.issue.about_cases(desk.cases)
    offer = next(one for one in desk.issue.offers(subject) if one.kind is PaperKind.EXPRESS_SLIP)
    given = {ask.key: ask.value for ask in offer.asks}
    assert (given["deed"], given["phone"]) == ("send", desk.case.form["applicant.phone"])
    assert "营业执照" in given["contents"]
    given |= {"recipient": TO[0], "address": TO[2]}
    desk.carrier.faults.set("down")
    waiting = desk.issue.issue(PaperKind.EXPRESS_SLIP, subject, given)
    desk.carrier.faults.set("down", 0)
    desk.express.run()
    slip = desk.issue.issue(PaperKind.EXPRESS_SLIP, subject, given)
    assert slip.paper.number != waiting.paper.number
    assert slip.paper.data.mail_no == "EY473124829CN"  # type: ignore[union-attr]
    desk.carrier.move(ParcelState.DELIVERED)
    desk.express.run()
    proof = next(one for one in desk.issue.offers(subject) if one.kind is PaperKind.DELIVERY_PROOF)
    said = {ask.key: ask.value for ask in proof.asks}
    assert (said["manner"], said["place"], said["servers"]) == ("post", TO[2], "演示邮政速递")
    assert said["served_on"]
    assert "邮件号 EY473124829CN" in said["note"]
    assert "本人签收" in said["note"]
    assert desk.issue.issue(PaperKind.DELIVERY_PROOF, subject, said).paper.data is not None


def test_where_no_carrier_is_joined_nothing_can_be_sent(desk: Desk) -> None:
    at = desk.parts.counter
    none = Express(at.store, at.clock, at.duty, at.window, None)
    issue = IssuePaper(at, desk.issue._records, desk.issue._notice, none)
    offer = next(one for one in issue.offers(issue.about_cases(desk.cases)) if one.kind is PaperKind.EXPRESS_SLIP)
    assert offer.blocked == "没有接入寄递服务"


def test_what_lacks_is_asked_for(desk: Desk) -> None:
    for at in range(4):
        parts = list(TO)
        parts[at] = " "
        with pytest.raises(BadInput):
            desk.express.order(desk.cases, *parts)
    assert desk.express.of_case(desk.case.case_id) is None


def test_addresses_go_encrypted_only() -> None:
    with pytest.raises(BadInput):
        CarrierClient("http://carrier.example/v1", TOKEN)
    CarrierClient("https://carrier.example/v1", TOKEN)


def test_a_wrong_token_is_our_trouble_and_the_parcel_waits(desk: Desk) -> None:
    at = desk.parts.counter
    wrong = Express(at.store, at.clock, at.duty, at.window, CarrierClient(desk.carrier.url, "wrong"))
    assert wrong.order(desk.cases, *TO).state is ParcelState.QUEUED
    assert desk.carrier.orders == {}
    assert desk.made().run()
    assert desk.known().state is ParcelState.ACCEPTED
