"""The check of identity: each answer from its ground, what is kept, what leaves, and how slips follow the record."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from desk_parts import BUNDLE, Parts

from app.documents.blocks import Fields, Paragraph
from app.documents.content import body_of
from app.documents.verify import verify_paper
from app.documents.wording import english
from app.domain.clock import isoformat
from app.domain.document import PaperKind
from app.domain.errors import BadInput, Refused
from app.domain.fact import SourceKind, Verdict
from app.domain.paper_sheets import IdentityFeedback
from app.domain.person import mask, mask_name
from app.identity.cards.facts import picture_facts
from app.identity.cards.layouts import CardKind
from app.identity.leaving import LEAVES, STAYS
from app.identity.lists import DocumentList, InForce, ListedDocument, ListStanding, Why, pack
from app.identity.mrz.build import Document, build
from app.identity.mrz.layout import Format
from app.identity.mrz.parse import parse
from app.identity.verification import Answer, Conclusion, Ground, Question, Verification
from app.services.compare_face import COMPARED
from app.services.verify_identity import KEYS, VERIFIED, VerifyIdentity, last_kept
from app.services.visit import Visit

K = PaperKind.IDENTITY_FEEDBACK
ZONE = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F3204159ZE184226B<<<<<14",
)


@pytest.fixture
def listed() -> list[ListStanding]:
    return [ListStanding()]


@pytest.fixture
def check(parts: Parts, listed: list[ListStanding]) -> VerifyIdentity:
    return VerifyIdentity(parts.store, parts.clock, parts.counter.duty, lambda: listed[0])


def compared(parts: Parts, visit: Visit, same: bool = True) -> Visit:
    number = (visit.card.number or "") if visit.card else ""
    return visit.with_event(parts.clock.now(), "演示员", COMPARED, mask(number), same=same, device="test:")


def answers(made: Verification) -> list[tuple[Answer, Ground]]:
    return [(line.answer, line.ground) for line in made.lines]


def made_list(
    parts: Parts, number: str, why: Why, days: int = 30, *, valid_to: str = "", problem: str = ""
) -> ListStanding:
    now, salt = parts.clock.now(), b"s" * 16
    entries = pack([(ListedDocument("CHN", number, valid_to), why)], salt)
    made = DocumentList(1, 0, now - dt.timedelta(days=40), now + dt.timedelta(days=days), salt, entries)
    return ListStanding(InForce(made), problem)


def test_a_card_is_genuine_by_the_reader_and_nobody_yet_looked_at_the_face(parts: Parts, check: VerifyIdentity) -> None:
    visit = parts.identified(parts.begin())
    assert answers(check.look(visit)) == [
        (Answer.YES, Ground.CARD_READER),
        (Answer.OPEN, Ground.FACE_OPEN),
        (Answer.OPEN, Ground.FIRST_TIME),
        (Answer.OPEN, Ground.LIST_NONE),
    ]
    assert check.look(visit).conclusion is Conclusion.OPEN
    assert check.look(compared(parts, visit)).conclusion is Conclusion.PASSED
    assert check.look(compared(parts, visit, same=False)).conclusion is Conclusion.FAILED


def test_nothing_was_read(parts: Parts, check: VerifyIdentity) -> None:
    made = check.look(parts.begin())
    assert made.line(Question.GENUINE).ground is Ground.NOTHING_READ
    with pytest.raises(Refused, match="还没有读证件"):
        check.keep(parts.begin())


def test_the_clerks_word_is_about_the_card_that_was_in_hand(parts: Parts, check: VerifyIdentity) -> None:
    visit = compared(parts, parts.identified(parts.begin()))
    assert check.look(parts.identified(visit, "wang-ji")).line(Question.MATCHES).ground is Ground.FACE_OPEN


def test_a_zone_alone_verifies_nothing(parts: Parts, check: VerifyIdentity) -> None:
    zone = parse(ZONE, parts.clock.now().date())
    visit = parts.identify.apply_zone(parts.begin(), zone, "test:")
    made = check.look(compared(parts, visit))
    assert (made.line(Question.GENUINE).ground, made.conclusion) == (Ground.ZONE_ONLY, Conclusion.OPEN)
    assert made.number == mask("L898902C3")


def test_a_card_known_by_its_picture_is_not_verified(parts: Parts, check: VerifyIdentity) -> None:
    visit = parts.identified(parts.begin())
    facts = [
        replace(fact, source=replace(fact.source, kind=SourceKind.CAPTURE), verdict=Verdict.CAPTURED_UNVERIFIED)
        for fact in visit.form.facts
    ]
    pictured = replace(visit, form=visit.form.withdraw(list(visit.form.facts)).add(facts))
    assert check.look(pictured).line(Question.GENUINE).ground is Ground.PICTURE_ONLY


def test_an_expired_card_and_a_wrong_number_fail(parts: Parts, check: VerifyIdentity) -> None:
    visit = parts.identified(parts.begin())
    assert visit.card is not None
    late = replace(visit, card=replace(visit.card, valid_to="2020-01-01"))
    assert check.look(late).line(Question.GENUINE).ground is Ground.EXPIRED
    number = str(visit.card.number)
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    forged = parts.identify.apply(parts.begin(), replace(visit.card, number=wrong), "test:")
    made = check.look(compared(parts, forged))
    assert (made.line(Question.GENUINE).ground, made.conclusion) == (Ground.NUMBER_WRONG, Conclusion.FAILED)


@pytest.mark.parametrize(("why", "ground"), [(Why.LOST, Ground.LISTED_LOST), (Why.REVOKED, Ground.LISTED_REVOKED)])
def test_a_listed_document_fails_however_old_the_list(
    parts: Parts, check: VerifyIdentity, listed: list[ListStanding], why: Why, ground: Ground
) -> None:
    visit = compared(parts, parts.identified(parts.begin()))
    assert visit.card is not None
    listed[:] = [made_list(parts, str(visit.card.number), why, days=-1)]
    assert check.look(visit).line(Question.LISTS).ground is ground
    assert check.look(visit).conclusion is Conclusion.FAILED
    listed[:] = [made_list(parts, "110101190001010014", why)]
    assert check.look(visit).line(Question.LISTS).answer is Answer.YES
    listed[:] = [made_list(parts, "110101190001010014", why, days=-1)]
    assert check.look(visit).line(Question.LISTS).ground is Ground.LIST_OLD


def test_a_lost_card_does_not_make_its_holders_new_card_lost(
    parts: Parts, check: VerifyIdentity, listed: list[ListStanding]
) -> None:
    visit = parts.identified(parts.begin())
    assert visit.card is not None
    number = str(visit.card.number)
    listed[:] = [made_list(parts, number, Why.LOST, valid_to="2019-06-18")]
    assert check.listed(visit).ground is Ground.LISTS_CLEAR
    listed[:] = [made_list(parts, number, Why.LOST, valid_to=str(visit.card.valid_to))]
    assert check.listed(visit).ground is Ground.LISTED_LOST


def test_while_a_newer_list_cannot_be_believed_nobody_is_cleared(
    parts: Parts, check: VerifyIdentity, listed: list[ListStanding]
) -> None:
    visit = parts.identified(parts.begin())
    assert visit.card is not None
    listed[:] = [ListStanding(problem="forged")]
    assert check.listed(visit).ground is Ground.LIST_REFUSED
    listed[:] = [made_list(parts, "110101190001010014", Why.LOST, problem="forged")]
    assert (check.listed(visit).answer, check.listed(visit).ground) == (Answer.OPEN, Ground.LIST_REFUSED)
    listed[:] = [made_list(parts, str(visit.card.number), Why.LOST, problem="forged")]
    assert check.listed(visit).ground is Ground.LISTED_LOST


def test_another_states_passport_of_the_same_number_is_another_document(
    parts: Parts, check: VerifyIdentity, listed: list[ListStanding]
) -> None:
    zone = parse(ZONE, parts.clock.now().date())
    visit = parts.identify.apply_zone(parts.begin(), zone, "test:")
    now, salt = parts.clock.now(), b"s" * 16
    for state, ground in (("GBR", Ground.LISTS_CLEAR), ("UTO", Ground.LISTED_LOST)):
        entries = pack([(ListedDocument(state, "L898902C3"), Why.LOST)], salt)
        until = now + dt.timedelta(days=1)
        listed[:] = [ListStanding(InForce(DocumentList(1, 0, now, until, salt, entries)))]
        assert check.listed(visit).ground is ground


def test_a_card_known_only_by_its_picture_is_checked_too(
    parts: Parts, check: VerifyIdentity, listed: list[ListStanding]
) -> None:
    card = parts.identified(parts.begin()).card
    assert card is not None
    at = parts.clock.now()
    values = {"name": str(card.name), "number": str(card.number), "valid_to": str(card.valid_to)}
    visit = parts.begin()
    visit = replace(visit, form=visit.form.add(picture_facts(CardKind.RESIDENT, values, at)))
    visit = visit.with_event(at, "演示员", "card.captured", mask(str(card.number)), side="front")
    listed[:] = [made_list(parts, str(card.number), Why.REVOKED, valid_to=str(card.valid_to))]
    made = check.look(compared(parts, visit))
    assert made.line(Question.GENUINE).ground is Ground.PICTURE_ONLY
    assert made.line(Question.LISTS).ground is Ground.LISTED_REVOKED
    assert (made.document, made.conclusion) == (CardKind.RESIDENT.label, Conclusion.FAILED)


def test_known_by_an_earlier_case(parts: Parts, check: VerifyIdentity) -> None:
    parts.accept.accept(parts.ready())
    line = check.look(parts.identified(parts.begin())).line(Question.KNOWN)
    assert (line.answer, line.ground) == (Answer.YES, Ground.KNOWN_CASES)
    assert int(line.detail) >= 1


def test_what_is_kept_holds_no_name_and_no_number(parts: Parts, check: VerifyIdentity) -> None:
    visit = parts.identified(parts.begin())
    with pytest.raises(Refused, match="还没有核对本人"):
        check.keep(visit)
    visit = compared(parts, visit)
    assert visit.card is not None
    kept = check.keep(visit)
    entry = parts.store.trail_of(visit.visit_id, VERIFIED)[0]
    for secret in (str(visit.card.number), str(visit.card.name), str(visit.card.address), str(visit.card.birth)):
        assert secret not in entry.details
    assert last_kept(parts.store, visit.visit_id, mask(str(visit.card.number))) == kept.made
    with pytest.raises(ValueError, match="not a verification"):
        Verification.from_document({**json.loads(entry.details), "lines": []})


def test_only_the_verdicts_leave_and_no_two_receivers_get_the_same_hash(parts: Parts, check: VerifyIdentity) -> None:
    visit = compared(parts, parts.identified(parts.begin()))
    assert visit.card is not None
    kept = check.keep(visit)
    bank, hotel = (check.leaving(kept, name) for name in ("银行", "酒店"))
    assert set(bank) == set(LEAVES)
    assert not set(bank) & set(STAYS)
    assert bank["subject"] != hotel["subject"]
    assert bank["subject"] == check.leaving(kept, "银行")["subject"]
    said = json.dumps([bank, hotel], ensure_ascii=False)
    assert all(str(part) not in said for part in (visit.card.number, visit.card.name, mask(str(visit.card.number))))


def test_the_key_of_the_hashes_is_renewed_and_forgotten(parts: Parts, check: VerifyIdentity) -> None:
    first = check.keys.current()
    assert check.keys.current() == first
    parts.clock.advance(dt.timedelta(days=91))
    second = check.keys.current()
    assert second != first
    assert check.keys.forget(parts.clock.now() - dt.timedelta(days=30)) == 1
    assert len(json.loads(parts.store.setting(KEYS) or "{}")) == 1
    assert check.keys.forget(parts.clock.now() + dt.timedelta(days=1)) == 1
    assert check.keys.current() not in (first, second)


def test_a_check_does_not_outlive_the_person(parts: Parts, check: VerifyIdentity) -> None:
    visit = compared(parts, parts.identified(parts.begin()))
    kept = check.keep(visit)
    check.follow(visit.with_event(parts.clock.now(), "演示员", "page.captured", "x"))
    assert check.current == kept
    check.follow(parts.identified(visit, "wang-ji"))
    assert check.current is None
    check.keep(visit)
    check.follow(parts.begin())
    assert check.current is None
    check.keep(visit)
    parts.clock.advance(dt.timedelta(minutes=31))
    assert check.current is None


def test_the_slip_needs_no_case_and_is_masked_to_its_code(parts: Parts, check: VerifyIdentity) -> None:
    visit = compared(parts, parts.identified(parts.begin()))
    assert visit.card is not None
    issue = parts.issue_paper()
    subject = issue.about_check(check.keep(visit))
    made = issue.issue(K, subject)
    data = made.paper.data
    assert isinstance(data, IdentityFeedback)
    assert (data.passed, data.checked_at) == (True, subject.cases[0].accepted_at)
    assert [step.passed for step in data.steps] == [True, True, None]
    key = parts.counter.renderer._signer
    answer = verify_paper(made.pdf, lambda kid: [key] if kid == key.kid else [])
    assert answer.ours
    assert answer.unaltered
    assert answer.code is not None
    assert (answer.code.name, answer.code.masked_number) == (
        mask_name(str(visit.card.name)),
        mask(str(visit.card.number)),
    )
    assert issue.issue(K, subject).sha256 == made.sha256
    with pytest.raises(Refused, match="身份核验反馈单"):
        issue.issue(PaperKind.DATA_CHECK, subject)


def test_a_slip_cannot_pass_what_the_check_did_not(parts: Parts, check: VerifyIdentity) -> None:
    visit = compared(parts, parts.identified(parts.begin()), same=False)
    issue = parts.issue_paper()
    subject = issue.about_check(check.keep(visit))
    with pytest.raises(BadInput, match="与核验不符"):
        issue.issue(K, subject, {"passed": "1"})
    data = issue.issue(K, subject).paper.data
    assert isinstance(data, IdentityFeedback)
    assert not data.passed
    assert "持证人与证件照片一致" in data.trouble


def test_a_slip_in_two_languages_says_in_english_what_it_is_about_and_what_failed(
    parts: Parts, check: VerifyIdentity
) -> None:
    permit = build(Document(Format.TD1, "C", "CHN", "H12345678", "CHN", "CHAN", "TAI<MAN", "900215", "M", "330601"))
    visit = parts.identify.apply_zone(parts.begin(), parse(permit, parts.clock.now().date()), "test:")
    issue = parts.issue_paper()
    subject = issue.about_check(check.keep(compared(parts, visit, same=False)))
    body = body_of(issue.issue(K, subject, language="zh-en").paper, parts.counter.catalog)
    head = {english(label): english(value) for label, value in body.head.rows}
    assert head["Matter"] == "Identity verification"
    fields = next(block for block in body.blocks if isinstance(block, Fields))
    assert english(fields.rows[0][1]) == "Mainland travel permit for Hong Kong and Macao residents"
    said = [english(block.text) for block in body.blocks if isinstance(block, Paragraph)]
    assert "Not passed: not met: The holder is the person of the photograph" in said


def test_papers_of_an_accepted_case_follow_the_record_of_its_own_applicant(parts: Parts, check: VerifyIdentity) -> None:
    visit = compared(parts, parts.ready())
    check.keep(visit)
    cases = parts.accept.accept(visit).cases
    issue = parts.issue_paper()
    data = issue.issue(K, issue.about_cases(cases)).paper.data
    assert isinstance(data, IdentityFeedback)
    assert "持证人与证件照片当面比对一致" in [step.what for step in data.steps if step.passed]


def test_a_record_of_somebody_else_at_the_same_visit_says_nothing_of_this_applicant(
    parts: Parts, check: VerifyIdentity
) -> None:
    visit = parts.ready()
    check.keep(compared(parts, parts.identified(replace(parts.begin(), visit_id=visit.visit_id), "wang-ji")))
    issue = parts.issue_paper()
    data = issue.issue(K, issue.about_cases(parts.accept.accept(visit).cases)).paper.data
    assert isinstance(data, IdentityFeedback)
    assert data.steps[-1].what == "证件照片与持证人当面比对一致"
    assert data.steps[-1].passed is None


def test_a_bundle_with_no_record_is_as_before(parts: Parts, check: VerifyIdentity) -> None:
    visit = parts.choose.add(parts.identified(parts.begin()), BUNDLE)
    data = parts.issue_paper().issue(K, parts.issue_paper().about_visit(visit)).paper.data
    assert isinstance(data, IdentityFeedback)
    assert data.means == "读卡器读取证件芯片"
    assert isoformat(data.checked_at)
