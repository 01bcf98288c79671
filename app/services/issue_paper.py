"""Issue a paper of any kind but the notice of acceptance, which `AcceptCase` makes in its one commit."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.documents.format import Format
from app.documents.wording import load_wording, wording_of
from app.domain.case import AuditEvent, Case
from app.domain.clock import isoformat, parse_iso, shanghai
from app.domain.document import BILINGUAL, DATA_OF, Language, Paper, PaperKind, RenderedPaper
from app.domain.errors import Refused
from app.domain.numbering import provisional_number
from app.domain.paper_booking import BookingSlip
from app.domain.paper_data import PaperData
from app.domain.paper_firms import AssessmentReport, PolicySheet
from app.domain.paper_places import WayGuide
from app.services.counter import Counter
from app.services.express import Express
from app.services.express_paper import express_blocked, express_offer, express_slip, served_by_post
from app.services.one_time_notice import OneTimeNotice
from app.services.paper_asks import Answers, Ask, PaperOffer, answered, asks_of, checked, hint_of
from app.services.paper_forms import FORMS, Scene
from app.services.paper_records import PaperRecords
from app.services.paper_subject import ISSUED, SHOWN, Subject, of_cases, of_check, of_visit
from app.services.regions import Regions
from app.services.verify_identity import Kept
from app.services.visit import Visit

_REMEMBERED = "papers.answer."
ABOUT_WINDOW = (PaperKind.SAFETY_REPORT, PaperKind.SHIFT_HANDOVER)
_ELSEWHERE = (PaperKind.ASSESSMENT_REPORT, PaperKind.POLICY_SHEET, PaperKind.WAY_GUIDE, PaperKind.BOOKING_SLIP)
KINDS = tuple(kind for kind in PaperKind if kind is not PaperKind.ACCEPTANCE_NOTICE and kind not in _ELSEWHERE)
"""Those that are asked for at Ctrl+W; the others come from their own dialogs (`issue_sheet`)."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A paper that was issued before: its number, when, by whom."""

    number: str
    at: str
    clerk: str


class IssuePaper:
    """Numbers, renders, seals and audits. Not for the event loop.

    Asking twice for the same paper gives the one that was made: the same number, the same bytes. What it is known by
    stands in the audit trail, so that this holds over a restart as well.
    """

    def __init__(
        self, counter: Counter, records: PaperRecords, notice: OneTimeNotice, express: Express | None = None
    ) -> None:
        """express: orders parcels; None: nothing is sent from this window."""
        self._express = express
        self._counter = counter
        self._records = records
        self._notice = notice
        self._regions = Regions(counter)
        self._one_at_a_time = threading.Lock()

    # ----------------------------------------------------------------------------------------------- subjects

    def about_visit(self, visit: Visit) -> Subject:
        """The visitor in hand, nothing accepted yet."""
        if not visit.items:
            return self.about_window()
        return of_visit(self._counter, visit, self._notice.lacks(visit))

    def about_cases(self, cases: Sequence[Case]) -> Subject:
        """Accepted cases of one visit, as the store knows them now."""
        stored = [self._counter.store.case(case.case_id) or case for case in cases]
        return replace(of_cases(self._counter.catalog, stored), seals=self._regions.seals(stored))

    def about_number(self, number: str) -> Subject:
        """The case of a 受理流水号 or 办件编码. Refused when this machine does not hold it."""
        found = [
            case
            for case in self._counter.store.find(number.strip())
            if number.strip() in (case.provisional_no, case.case_no)
        ]
        if not found:
            raise _unknown()
        return self.about_cases(found[:1])

    def about_case(self, case_id: str) -> Subject:
        """One accepted case. Refused when this machine does not hold it."""
        case = self._counter.store.case(case_id)
        if case is None:
            raise _unknown()
        return self.about_cases([case])

    def about_check(self, kept: Kept) -> Subject:
        """A check of identity that was put on record: for its slip, and no other paper."""
        return of_check(self._counter, kept, load_wording("identity_feedback").text("station.title"))

    def about_window(self) -> Subject:
        """No visitor and no case."""
        return Subject(key=self._counter.window.id)

    # ------------------------------------------------------------------------------------------------- offers

    def offers(self, subject: Subject) -> tuple[PaperOffer, ...]:
        """Every kind, with its questions and what is answered already; those that cannot be made now say why."""
        return tuple(self._offer(kind, subject) for kind in KINDS)

    def _offer(self, kind: PaperKind, subject: Subject) -> PaperOffer:
        hint, hint_en = hint_of(kind)
        blocked = self._blocked(kind, subject)
        values = {} if blocked else {**self._remembered(asks_of(kind)), **self._prefill(kind, subject)}
        return PaperOffer(kind, hint, hint_en, answered(asks_of(kind), values), blocked)

    def _blocked(self, kind: PaperKind, subject: Subject) -> str:
        if kind in ABOUT_WINDOW:
            return ""
        if subject.checked is not None and kind is not PaperKind.IDENTITY_FEEDBACK:
            return "这里只出身份核验反馈单"
        if kind is PaperKind.DATA_CHECK:
            return self._records.data_blocked(subject)
        if kind is PaperKind.IDENTITY_FEEDBACK:
            return self._records.identity_blocked(subject)
        if kind is PaperKind.EXPRESS_SLIP:
            return express_blocked(self._express, subject)
        return FORMS[kind].blocked(subject)

    def _prefill(self, kind: PaperKind, subject: Subject) -> dict[str, str]:
        records = self._records
        if kind is PaperKind.DATA_CHECK:
            return records.data_offer(subject)
        if kind is PaperKind.IDENTITY_FEEDBACK:
            return records.identity_offer(subject)
        if kind is PaperKind.SHIFT_HANDOVER:
            return records.shift_offer()
        if kind is PaperKind.EXPRESS_SLIP:
            return express_offer(self._express, subject, self._scene())
        if kind is PaperKind.DELIVERY_PROOF:
            return FORMS[kind].offer(subject, self._scene()) | served_by_post(self._express, subject)
        return {} if kind is PaperKind.SAFETY_REPORT else FORMS[kind].offer(subject, self._scene())

    def _remembered(self, asks: Sequence[Ask]) -> dict[str, str]:
        store = self._counter.store
        return {ask.key: store.setting(_REMEMBERED + ask.key) or "" for ask in asks if ask.remembered}

    # ---------------------------------------------------------------------------------------------- the paper

    def in_format(self, paper: Paper, shape: Format) -> RenderedPaper:
        """A paper that was issued, on another sheet or on a strip: the same words under the same number."""
        return self._counter.renderer.render(paper, shape)

    def issue(
        self,
        kind: PaperKind,
        subject: Subject,
        answers: Answers | None = None,
        language: Language = "zh",
    ) -> RenderedPaper:
        """The paper, numbered, sealed in the vault and audited.

        BadInput: an answer lacks or is wrong, or a character that no font draws; then nothing is stored but that the
        number is used up. Refused: the paper cannot be made for this subject. Asked again: the paper made before.
        """
        return self._asked(kind, subject, answers, language, ISSUED)

    def to_be_signed(
        self, kind: PaperKind, subject: Subject, answers: Answers | None = None, language: Language = "zh"
    ) -> RenderedPaper:
        """The paper without a signature, as it is shown to whoever signs it (SIGNED_HERE): numbered, sealed and audited
        as shown, not as issued. Errors as `issue`. Asked again before it was signed: the same."""
        if kind not in SIGNED_HERE:
            raise Refused("不能在屏上签字", f"{kind}没有当事人的签字处。", "请直接出具。")
        return self._asked(kind, subject, answers, language, SHOWN)

    def keep_signed(self, subject: Subject, signed: RenderedPaper) -> None:
        """What `to_be_signed` gave was signed: this is the paper. Signed again it is another."""
        self._keep(subject, signed, "", ISSUED)

    def _asked(
        self, kind: PaperKind, subject: Subject, answers: Answers | None, language: Language, action: str
    ) -> RenderedPaper:
        if kind not in KINDS:
            raise Refused("不能单独出具", f"{kind}在受理时出具。", "请按 F8 受理。")
        if blocked := self._blocked(kind, subject):
            raise Refused("不能出具这份文书", f"{kind}：{blocked}。", "")
        offer = self._offer(kind, subject)
        given = checked(offer.asks, answers or {})
        data = self._data(kind, subject, given)
        title = given.get("subject") or subject.title or self._scope()
        rendered = self._made(kind, subject, data, title, language, action)
        for ask in offer.asks:
            if ask.remembered and given[ask.key]:
                self._counter.store.set_setting(_REMEMBERED + ask.key, given[ask.key])
        return rendered

    def issue_sheet(
        self, data: AssessmentReport | PolicySheet | WayGuide | BookingSlip, key: str, title: str
    ) -> RenderedPaper:
        """A report, a firm's sheet, the way to a place or a booking's slip, from data that their own dialog has
        gathered; otherwise as `issue`. key: under which it stands in the trail."""
        kind = next(kind for kind, wanted in DATA_OF.items() if wanted is type(data))
        return self._made(kind, Subject(key=key, title=title), data, title, "zh", ISSUED)

    def _made(
        self,
        kind: PaperKind,
        subject: Subject,
        data: PaperData | None,
        title: str,
        language: Language,
        action: str,
    ) -> RenderedPaper:
        if action == SHOWN:
            subject = replace(subject, signature=None)  # what was signed with the form is not under this paper
        with self._one_at_a_time:
            request = _request(kind, subject, data, title, language)
            known = self._known(subject.key, request, action)
            paper = self._paper(kind, subject, data, title, language, known)
            rendered = self._counter.renderer.render(paper)
            if known is None:
                self._keep(subject, rendered, request, action)
        return rendered

    def at_once(self, cases: Sequence[Case]) -> list[RenderedPaper]:
        """What the catalogue wants with an acceptance, nobody asking: of AT_ONCE what an accepted item names among its
        papers, as far as there is something for them to say. Errors as `issue`."""
        items = self._counter.catalog.items
        named = {paper for case in cases if case.item_code in items for paper in items[case.item_code].papers}
        wanted = [kind for kind in AT_ONCE if str(kind) in named]
        if not wanted:
            return []
        subject = self.about_cases(cases)
        return [self.issue(kind, subject) for kind in wanted if not self._blocked(kind, subject)]

    def reprint(self, issued: RenderedPaper) -> RenderedPaper:
        """The same paper marked as one more print."""
        paper = replace(issued.paper, reprint=issued.paper.reprint + 1)
        again = self._counter.renderer.render(paper)
        at, clerk = self._counter.clock.now(), self._counter.duty.clerk
        event = AuditEvent(at, clerk, "paper.reprinted", paper.number, {"reprint": paper.reprint})
        self._counter.store.append_audit(event)
        return again

    def _data(self, kind: PaperKind, subject: Subject, given: Mapping[str, str]) -> PaperData | None:
        records = self._records
        match kind:
            case PaperKind.DATA_CHECK:
                return records.data_check(subject, given)
            case PaperKind.IDENTITY_FEEDBACK:
                return records.identity(subject, given)
            case PaperKind.SAFETY_REPORT:
                return records.safety(given)
            case PaperKind.SHIFT_HANDOVER:
                return records.shift(given)
            case PaperKind.EXPRESS_SLIP if self._express is not None:
                return express_slip(self._express, subject, self._scene(), given)
            case _:
                return FORMS[kind].data(subject, self._scene(), given)

    def _paper(
        self,
        kind: PaperKind,
        subject: Subject,
        data: PaperData | None,
        title: str,
        language: Language,
        known: _Known | None,
    ) -> Paper:
        counter = self._counter
        at = counter.clock.now() if known is None else parse_iso(known.at)
        cases = () if kind in ABOUT_WINDOW else subject.cases
        if not subject.accepted:
            # A draft has no time of its own: it is as of the paper's.
            cases = tuple(replace(case, accepted_at=at) for case in cases)
        return Paper(
            kind=kind,
            number=known.number if known else self._number(kind),
            cases=cases,
            window=counter.window,
            clerk=known.clerk if known else counter.duty.clerk,
            issued_at=at,
            title=title,
            awaiting_platform=subject.accepted and not all(case.case_no for case in cases),
            demo=counter.demo,
            data=data,
            signature=subject.signature if kind in _SIGNED_ON_SCREEN else None,
            language=language,
            seals=subject.seals if kind is PaperKind.MATERIAL_RECEIPT else (),
        )

    def _number(self, kind: PaperKind) -> str:
        """Two letters for the kind, then like a 受理流水号; each kind counts by itself."""
        counter, prefix = self._counter, wording_of(kind).text("prefix")
        at = counter.clock.now()
        taken = counter.store.reserve_numbers(f"{prefix}-{counter.window.id}", shanghai(at).date(), 1)[0]
        return prefix + provisional_number(counter.window.id, at, taken)

    def _known(self, key: str, request: str, action: str) -> _Known | None:
        store = self._counter.store
        # What was shown and then signed is a paper; shown anew, it is another.
        over = {json.loads(entry.details)["number"] for entry in store.trail_of(key, ISSUED)} if action == SHOWN else ()
        for entry in store.trail_of(key, action):
            details = json.loads(entry.details)
            if details.get("request") == request and details["number"] not in over:
                return _Known(str(details["number"]), str(details["at"]), entry.clerk)
        return None

    def _keep(self, subject: Subject, rendered: RenderedPaper, request: str, action: str) -> None:
        paper = rendered.paper
        sealed = self._counter.vault.seal(rendered.pdf, "application/pdf").sha256
        details: dict[str, Any] = {
            "kind": paper.kind.name,
            "number": paper.number,
            "at": isoformat(paper.issued_at),
            "request": request,
            "signed": paper.signature is not None or paper.finger is not None,
            "language": paper.language,
            "sha256": rendered.sha256,
            "sealed": sealed,
        }
        self._counter.store.append_audit(AuditEvent(paper.issued_at, paper.clerk, action, subject.key, details))

    def _scene(self) -> Scene:
        counter = self._counter
        today = shanghai(counter.clock.now()).date()
        return Scene(counter.catalog, counter.window, counter.duty.clerk, today)

    def _scope(self) -> str:
        return load_wording("safety_report").text("station.scope", window=self._counter.window.name)


_SIGNED_ON_SCREEN = (PaperKind.TOLERANCE_PROMISE, PaperKind.PROMISE)
"""What the applicant signed on the citizen's screen covers the form and these promises, and nothing else."""


AT_ONCE = (PaperKind.DATA_CHECK,)
"""Kinds that need nobody's answer: all they say is on record."""
SIGNED_HERE = (
    PaperKind.ONE_TIME_NOTICE, PaperKind.CORRECTION_NOTICE, PaperKind.REFUSAL_NOTICE, PaperKind.TOLERANCE_PROMISE,
    PaperKind.PROMISE, PaperKind.SPECIAL_PROCEDURE, PaperKind.RETURN_NOTICE, PaperKind.COMPLETION_NOTICE,
    PaperKind.DELIVERY_PROOF, PaperKind.IDENTITY_FEEDBACK, PaperKind.PAYMENT_NOTICE, PaperKind.MATERIAL_RECEIPT,
)  # fmt: skip
"""Kinds with a place where the person at the window signs: it can be done on a pad before the paper is printed."""


def _unknown() -> Refused:
    return Refused("没有这个办件", "本机没有保存这个办件。", "请到受理它的窗口或平台查询。")


def languages(kind: PaperKind) -> tuple[Language, ...]:
    """Those a kind comes in."""
    return ("zh", "zh-en") if kind in BILINGUAL else ("zh",)


def _request(
    kind: PaperKind,
    subject: Subject,
    data: PaperData | None,
    title: str,
    language: Language,
) -> str:
    """By which the same wish is known again: what the paper would say, not when and under which number."""
    about = [
        (case.item_code, case.provisional_no, case.applicant_name, case.applicant_number, case.case_no or "",
         [(m.use.id, m.status.value, str(m.due), [page.sha256 for page in m.pages]) for m in case.materials])
        for case in subject.cases
    ]  # fmt: skip
    sealed = [seal.number for seal in subject.seals] if kind is PaperKind.MATERIAL_RECEIPT else []
    said = json.dumps([kind.name, language, title, about, repr(data), *sealed], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:32]
