"""What a paper says: the wording filled with its data, before any thought of layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from stdnum.cn import uscc

from app.documents.blocks import Fields, PaperBody, Words
from app.documents.kinds import booking, checks, decisions, express, firms, notices, places, promises, results, shift
from app.documents.offers import NONE, Offers
from app.documents.teller import Teller, applicants, clean, unique_materials
from app.documents.wording import load_wording
from app.domain.document import Paper, PaperKind
from app.domain.errors import Defect
from app.domain.item import Catalog
from app.domain.paper_firms import AssessmentReport
from app.domain.person import mask

_TELL: Mapping[PaperKind, Callable[[Teller], str]] = {
    PaperKind.ACCEPTANCE_NOTICE: notices.acceptance,
    PaperKind.MATERIAL_RECEIPT: notices.receipt,
    PaperKind.ONE_TIME_NOTICE: notices.one_time,
    PaperKind.CORRECTION_NOTICE: notices.correction,
    PaperKind.REFUSAL_NOTICE: decisions.refusal,
    PaperKind.SPECIAL_PROCEDURE: decisions.special_procedure,
    PaperKind.RETURN_NOTICE: decisions.return_notice,
    PaperKind.COMPLETION_NOTICE: decisions.completion,
    PaperKind.TOLERANCE_PROMISE: promises.tolerance,
    PaperKind.PROMISE: promises.promise,
    PaperKind.RESULT_HANDOVER: results.handover,
    PaperKind.DELIVERY_PROOF: results.delivery,
    PaperKind.PAYMENT_NOTICE: results.payment,
    PaperKind.DATA_CHECK: checks.data_check,
    PaperKind.IDENTITY_FEEDBACK: checks.identity,
    PaperKind.LIAISON: shift.liaison,
    PaperKind.SAFETY_REPORT: checks.safety,
    PaperKind.SHIFT_HANDOVER: shift.handover,
    PaperKind.ASSESSMENT_REPORT: firms.assessment,
    PaperKind.POLICY_SHEET: firms.policies,
    PaperKind.EXPRESS_SLIP: express.express,
    PaperKind.WAY_GUIDE: places.way_guide,
    PaperKind.BOOKING_SLIP: booking.booking_slip,
}
"""Each kind's own part: adds its blocks and says in a few words what the signed code should hold of it ("" nothing)."""


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What the signed code says of a paper. cases: (受理流水号, item). gist: the kind's own fact, e.g. the amount."""

    kind: PaperKind
    number: str
    title: str
    applicant: str
    masked_number: str
    window: str
    cases: tuple[tuple[str, str], ...]
    materials: int
    gist: str = ""


def body_of(paper: Paper, catalog: Catalog | None = None, offers: Offers = NONE) -> PaperBody:
    """Everything the paper says. offers: what the hall
    offers. Defect when a paper that must be one applicant's
    is about nobody or about two."""
    return _told(paper, catalog, offers)[0]


def facts_of(paper: Paper) -> PaperFacts:
    """What its code says. Errors as for body_of."""
    return _told(paper, None, NONE)[1]


def _told(paper: Paper, catalog: Catalog | None, offers: Offers) -> tuple[PaperBody, PaperFacts]:
    _check(paper)
    teller = Teller(paper, catalog, offers)
    gist = _TELL[paper.kind](teller)
    speech, window, title = teller.speech, place(teller), _title(teller)
    body = PaperBody(
        title=title,
        number=clean(paper.number),
        head=_head(teller, window),
        blocks=tuple(teller.blocks),
        running=teller.say("continued", kind=teller.say("title")),
        language=paper.language,
        issuer=clean(paper.window.hall),
        number_line=speech.plain("number_both" if speech.bilingual else "number", number=clean(paper.number)),
        notices=_marks(teller),
        footer=speech.plain("footer", kind=teller.say("title"), number=clean(paper.number)),
        page=teller.say("page", x="{x}", y="{y}"),
        code_caption=teller.say("qr_caption"),
        watermark=speech.plain("watermark", hall=clean(paper.window.hall), window=clean(paper.window.name)),
        demo_watermark=speech.plain("watermark_demo") if paper.demo else "",
    )
    # A receipt that hands over, say, a shift has materials in none of its cases: the count is the paper's business.
    counted = paper.kind in (PaperKind.ACCEPTANCE_NOTICE, PaperKind.MATERIAL_RECEIPT)
    one = paper.kind.one_applicant
    facts = PaperFacts(
        kind=paper.kind,
        number=clean(paper.number),
        title=clean(paper.title),
        applicant=teller.applicant if one else "",
        masked_number=masked_number(teller) if one else "",
        window=window,
        cases=tuple((case.provisional_no, clean(case.item_name)) for case in paper.cases),
        materials=len(unique_materials(paper.cases)) if counted else 0,
        gist=gist,
    )
    return body, facts


def _title(teller: Teller) -> Words:
    """The kind's name; a report is called what its form calls it."""
    data = teller.paper.data
    return clean(data.title) if isinstance(data, AssessmentReport) else teller.say("title")


def _check(paper: Paper) -> None:
    numbers = [number for _, number in applicants(paper)]
    organisations = sum(uscc.is_valid(number) for number in numbers)
    # A firm and one of its people are served together: the firm's filing, the person's permit.
    together = len(numbers) == 2 and organisations == 1
    if paper.kind.one_applicant and len(numbers) != 1 and not together:
        raise Defect("文书数据有误", "一份文书须恰有一名申请人和至少一个事项。")
    if paper.kind.about_cases and not paper.cases:
        raise Defect("文书数据有误", f"{paper.kind}须至少有一个事项。")


def _head(teller: Teller, window: str) -> Fields:
    """The facts beside the code: who, what, where, by whom, when."""
    say, paper = teller.say, teller.paper
    rows: list[tuple[Words, Words]] = []
    if paper.kind.one_applicant:
        rows.append((say("labels.applicant"), teller.applicant))
        rows.append((say("labels.number"), masked_number(teller)))
    rows += teller.head
    key = "purpose" if len(paper.cases) > 1 else "purpose_alone"
    rows.append((say("labels.purpose"), say(key, title=teller.title(), n=len(paper.cases))))
    rows.append((say("labels.window"), window))
    rows.append((say("labels.clerk"), clean(paper.clerk)))
    rows.append((say("labels.time"), teller.speech.time(paper.issued_at)))
    return Fields(tuple(rows))


def _marks(teller: Teller) -> tuple[Words, ...]:
    paper = teller.paper
    reprint = (teller.say("reprint", n=paper.reprint),) if paper.reprint else ()
    return (*reprint, teller.say("demo_tag")) if paper.demo else reprint


def place(teller: Teller) -> str:
    """Hall and window: they have no English names."""
    window = teller.paper.window
    return teller.speech.plain("window", hall=clean(window.hall), window=clean(window.name))


def masked_number(teller: Teller) -> str:
    """The applicant's number with its middle hidden, a firm's and its person's both; one masked already stays."""
    return "、".join(_masked(clean(number)) for _, number in applicants(teller.paper))


def _masked(number: str) -> str:
    if not number:
        return load_wording("common").text("no_number")
    return number if "*" in number else mask(number)
