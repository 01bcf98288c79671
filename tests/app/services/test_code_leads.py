"""What codes lead to: firms, our own papers, bookings, leaflets, parcels; and that following changes nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from desk_parts import BUNDLE, Parts

from app.documents.code import PREFIX
from app.documents.trust import PaperTrust
from app.domain.clerk import Clerk
from app.domain.clock import shanghai
from app.domain.errors import Refused
from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.licence import CodeKind
from app.domain.numbering import uuid7
from app.domain.shared_data import Booking
from app.licences.cose import SigningKey, sign_text
from app.licences.keys import TrustedKey
from app.licences.kinds_file import CodeRules
from app.server.errors import Unreachable
from app.services.bookings import Bookings
from app.services.code_leads import BookingLead, CodeLeads, FirmLead, LeafletLead, PaperLead, ParcelLead
from app.services.complete_later import CompleteLater
from app.services.duty import Duty

DUTY = Duty(Clerk("0231", "演示员"))
USCC = "92330502MA2B001009"
RULES = CodeRules()
FIRM_ITEM_BUNDLE = "after-the-licence"


class Line:
    """Bookings as the platform tells them."""

    def __init__(self, *bookings: Booking) -> None:
        self.bookings = bookings
        self.dead = False

    def booking(self, code: str) -> Booking | None:
        if self.dead:
            raise Unreachable("连接超时")
        return next((b for b in self.bookings if b.code == code), None)

    def bookings_of(self, number: str, day: dt.date) -> tuple[Booking, ...]:
        return ()


def service(parts: Parts, line: Line | None = None) -> CodeLeads:
    signer = parts.counter.renderer._signer
    key = TrustedKey(signer.public_key, (signer.kid,), "本窗口")
    return CodeLeads(
        parts.store,
        parts.catalog,
        Bookings(line or Line(), parts.catalog, parts.choose, parts.fill, parts.clock, DUTY),
        CompleteLater(parts.store, parts.clock, DUTY),
        lambda: PaperTrust(lambda kid: (key,) if kid == signer.kid else ()),
        parts.clock,
        DUTY,
    )


def test_a_firm_code_is_known_from_earlier_cases_and_fills_as_captured(parts: Parts) -> None:
    leads = service(parts)
    first = leads.follow(RULES.look_at(USCC))
    assert first == FirmLead(RULES.look_at(USCC), USCC)
    visit = parts.choose.add(parts.identified(parts.begin()), FIRM_ITEM_BUNDLE)
    assert leads.firm_keys(visit) == ("firm.uscc",)
    filled = leads.fill_firm(visit, replace(first, name="湖州吴兴伟记理发店"))
    fact = filled.form.state("firm.uscc").fact
    assert fact is not None
    assert (fact.value, fact.verdict, fact.source.label) == (USCC, Verdict.CAPTURED_UNVERIFIED, "企业码")
    name = filled.form.state("firm.name").fact
    assert name is not None
    assert (name.value, name.source.kind) == ("湖州吴兴伟记理发店", SourceKind.CASE)
    assert leads.firm_keys(filled) == ()
    assert leads.fill_firm(filled, first) is filled
    assert filled.checklist.materials == visit.checklist.materials, "a firm code waives nothing"


def test_an_earlier_case_gives_the_firms_name(parts: Parts) -> None:
    visit = parts.ready()
    # As if the shop had its number already: what a case says of a firm is found by the number in it.
    fact = Fact("business", "uscc", USCC, Source(SourceKind.CLERK, "窗口录入"), Verdict.STATED, parts.clock.now())
    accepted = parts.accept.accept(visit)
    case = accepted.cases[0]
    assert service(parts).follow(RULES.look_at(USCC)) == FirmLead(RULES.look_at(USCC), USCC)
    named = replace(
        case,
        case_id=uuid7(parts.clock.now()),
        provisional_no=f"{case.provisional_no}X",
        form={**case.form, "business.uscc": USCC},
        facts=(*case.facts, fact),
    )
    parts.store.accept([named], [], [])
    assert [found.case_id for found in parts.store.cases_naming("uscc", USCC, 5)] == [named.case_id]
    lead = service(parts).follow(RULES.look_at(USCC))
    assert isinstance(lead, FirmLead)
    assert (lead.name, lead.cases) == ("𠮷祥㛃理发店", 1)


def test_before_items_are_chosen_the_number_waits_for_the_form(parts: Parts) -> None:
    leads = service(parts)
    lead = leads.follow(RULES.look_at(USCC))
    assert isinstance(lead, FirmLead)
    visit = leads.fill_firm(parts.begin(), lead)
    assert parts.choose.add(visit, FIRM_ITEM_BUNDLE).form.state("firm.uscc").value == USCC


def test_a_licences_address_gives_its_number_and_is_not_opened(parts: Parts) -> None:
    leads = service(parts)
    lead = leads.follow(RULES.look_at(f"https://www.gsxt.gov.cn/x/{USCC}"))
    assert isinstance(lead, FirmLead)
    assert (lead.uscc, lead.host) == (USCC, "www.gsxt.gov.cn")
    old = leads.follow(RULES.look_at("https://www.gsxt.gov.cn/reg/330502600123456"))
    assert isinstance(old, FirmLead)
    assert (old.uscc, old.number) == ("", "330502600123456")


def test_our_own_receipt_leads_to_its_case_and_what_is_owed(parts: Parts) -> None:
    accepted = parts.accept.accept(parts.ready())
    leads = service(parts)
    text = accepted.notice.qr_text
    lead = leads.follow(RULES.look_at(text))
    assert isinstance(lead, PaperLead)
    assert lead.paper is not None
    assert lead.here == accepted.cases[0].provisional_no
    assert lead.owed >= 1, "the tolerated test report"


def test_a_forged_foreign_or_torn_paper_says_which(parts: Parts) -> None:
    leads = service(parts)
    stranger = sign_text({"k": 1}, SigningKey.generate(), PREFIX)
    torn = PREFIX + "6BFOXN"
    said = [leads.follow(RULES.look_at(text)) for text in (stranger, torn)]
    assert [lead.paper for lead in said if isinstance(lead, PaperLead)] == [None, None]
    assert "不在信任名单" in said[0].why  # type: ignore[union-attr]
    assert "无法识别" in said[1].why  # type: ignore[union-attr]


def test_a_booking_is_found_or_says_why_not(parts: Parts) -> None:
    booking = Booking(
        "YY-0001-ABCD", "张伟", "330502199003150512", shanghai(parts.clock.now()).date(), "09:30", (BUNDLE,),
        parts.clock.now(),
    )  # fmt: skip
    line = Line(booking)
    leads = service(parts, line)
    assert leads.follow(RULES.look_at("YCB1:YY-0001-ABCD")) == BookingLead(RULES.look_at("YCB1:YY-0001-ABCD"), booking)
    unknown = leads.follow(RULES.look_at("YCB1:YY-0009-ABCD"))
    assert isinstance(unknown, BookingLead)
    assert isinstance(unknown.error, Refused)
    line.dead = True
    dead = leads.follow(RULES.look_at("YCB1:YY-0001-ABCD"))
    assert isinstance(dead, BookingLead)
    assert isinstance(dead.error, Unreachable)


def test_leaflets_and_parcels(parts: Parts) -> None:
    leads = service(parts)
    code = RULES.look_at(f"YCL1:{BUNDLE}")
    assert leads.follow(code) == LeafletLead(code, BUNDLE)
    gone = RULES.look_at("YCL1:no-such-bundle")
    assert leads.follow(gone) == LeafletLead(gone, "")
    parcel = leads.follow(RULES.look_at("SF1234567890123"))
    assert isinstance(parcel, ParcelLead)
    visit = leads.note_parcel(parts.begin(), parcel)
    assert (visit.events[-1].action, visit.events[-1].subject) == ("parcel.noted", "SF1234567890123")


@pytest.mark.parametrize("text", ["YC1:6BFOXN", "hello", "WIFI:T:WPA;;", "8f3a0c5d9e7b41268f3a0c5d9e7b4126"])
def test_what_leads_nowhere_is_never_followed(parts: Parts, text: str) -> None:
    code = RULES.look_at(text)
    assert code.kind not in (CodeKind.FIRM_CODE, CodeKind.BOOKING)
    with pytest.raises(ValueError, match=str(code.kind)):
        service(parts).follow(code)
