"""Assessments at the window 自评、体检: answered, kept meanwhile, taken over from the last one, handed in, reported."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from app.domain.assessment import (
    ANEW,
    ANSWERS,
    FORM,
    LISTED,
    ROUTE,
    SCORE,
    SOURCE,
    UNTIL,
    Assessment,
    Point,
    Sheet,
    read_answers,
    taken_over,
    write_answers,
)
from app.domain.case import AuditEvent
from app.domain.clock import Clock, isoformat, parse_iso, shanghai
from app.domain.document import RenderedPaper
from app.domain.errors import BadInput, Refused
from app.domain.matter import Matter
from app.domain.paper_firms import AssessedDimension, AssessedPoint, AssessmentReport
from app.domain.shared_data import QueryReply
from app.firms.assessments import FOLDER, load_assessments
from app.firms.files import Finding
from app.identity.numbers import NumberKind, check_number
from app.services.ask_firm import AskFirm, FirmAnswer
from app.services.duty import Duty
from app.services.issue_paper import IssuePaper
from app.services.matters import Asked, Matters
from app.services.visit import Visit

log = logging.getLogger(__name__)

DRAFTS = "assessment.draft."
"""Settings under which unfinished assessments lie, in the encrypted store."""
KEPT = dt.timedelta(days=30)
"""After so long nobody comes back for one."""
_LONGEST = 1900
"""Characters of one detail."""


@dataclass(frozen=True, slots=True)
class About:
    """Whom and what an assessment is about. asked: label of a question of the form -> words."""

    firm: str = ""
    firm_number: str = ""
    subject: str = ""
    contact: str = ""
    phone: str = ""
    asked: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list of those whose promise is not taken says. on_it: None: nobody could be asked."""

    on_it: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An assessment in hand. listed: None: not asked yet. before: number of the one that it takes answers from."""

    about: About
    sheet: Sheet
    listed: Listed | None = None
    before: str = ""

    @property
    def form(self) -> Assessment:
        return self.sheet.assessment

    @property
    def promising(self) -> bool:
        """May the firm promise, and has it something to promise? Where there is a list, only who was found not to be on
        it: nobody asked is no answer."""
        clean = not self.form.listed or (self.listed is not None and self.listed.on_it is False)
        return bool(self.form.promise) and self.sheet.passed and clean


@dataclass(frozen=True, slots=True)
class Earlier:
    """The firm's last assessment, as the platform holds it. until: the last day on which it can be used again."""

    number: str
    subject: str
    route: str
    score: str
    until: dt.date
    answers: str


class Reuse(StrEnum):
    """What asking for the last assessment came to."""

    FOUND = "found"
    NONE = "none"
    OLD = "old"
    """There is one, whose days are over or that was sent back."""
    UNKNOWN = "unknown"
    """Nobody answered."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What was handed in: the matter that went to the platform, and the report."""

    matter: Matter
    paper: RenderedPaper


class Settings(Protocol):
    """The part of the store that is needed."""

    def setting(self, key: str) -> str | None: ...
    def set_setting(self, key: str, value: str) -> None: ...
    def append_audit(self, event: AuditEvent) -> None: ...


class Assess:
    """`begin`, `use_again` and what a Sheet does are quick; everything else reads the store or the network."""

    def __init__(
        self,
        store: Settings,
        clock: Clock,
        duty: Duty,
        ask: AskFirm,
        matters: Matters,
        issue: IssuePaper,
        own: Callable[[], Path | None] = lambda: None,
    ) -> None:
        """own: the folder of the site's own files."""
        self._store = store
        self._clock = clock
        self._duty = duty
        self._ask = ask
        self._matters = matters
        self._issue = issue
        self._own = own
        self._loaded: tuple[tuple[Assessment, ...], tuple[Finding, ...]] | None = None

    def forms(self) -> tuple[Assessment, ...]:
        """The forms in force."""
        return self._load()[0]

    def trouble(self) -> tuple[Finding, ...]:
        """What is wrong with the site's own files; those files count for nothing."""
        return self._load()[1]

    def form(self, form_id: str) -> Assessment:
        """KeyError when there is none."""
        return {form.id: form for form in self.forms()}[form_id]

    def suggested(self, visit: Visit) -> About:
        """What the visit in hand says of the firm and its person."""
        asked = self._matters.suggested(visit)
        return About(asked.firm, asked.firm_number, "", asked.contact, asked.phone)

    # ------------------------------------------------------------------------------------------------ begin

    def begin(self, form: Assessment, route: str, about: About) -> Draft:
        """A new one. BadInput: the firm or what it is about lacks, or the number is wrong."""
        about = _tidied(form, about)
        return Draft(about, Sheet(form, route))

    def earlier(self, form: Assessment, firm_number: str) -> tuple[Reuse, Earlier | None, str]:
        """The firm's last one of this form, as the platform tells it; why not, in words. Asks the network."""
        answer = self._ask.ask(form.source, form.scenario, form.purpose, firm_number)
        if answer.reply is None:
            return Reuse.UNKNOWN, None, answer.why
        found = _earlier(answer.reply)
        if found is None:
            return Reuse.NONE, None, ""
        if not answer.reply.proves or found.until < shanghai(self._clock.now()).date():
            return Reuse.OLD, found, answer.reply.note
        return Reuse.FOUND, found, ""

    def use_again(self, form: Assessment, route: str, about: About, earlier: Earlier) -> Draft:
        """A new one with the last one's answers; what differs each time is asked anew. BadInput as `begin`."""
        draft = self.begin(form, route, about)
        try:
            answers = read_answers(form, earlier.answers)
        except ValueError:
            log.error("an earlier assessment cannot be read: %s", earlier.number)
            answers = {}
        return replace(draft, sheet=taken_over(form, route, answers), before=earlier.number)

    def check_list(self, draft: Draft) -> Draft:
        """Ask whether the firm is on the list of those whose promise is not taken. Asks the network."""
        form = draft.form
        if not form.listed:
            return draft
        answer = self._ask.ask(form.listed, form.scenario, form.purpose, draft.about.firm_number)
        return replace(draft, listed=_listed(answer))

    # ------------------------------------------------------------------------------------------------ drafts

    def keep(self, draft: Draft) -> None:
        """Keep it as it stands; an earlier draft of the same form goes."""
        about = draft.about
        document = {
            "version": draft.form.version, "route": draft.sheet.route, "answers": write_answers(draft.sheet),
            "kept": sorted(draft.sheet.kept), "before": draft.before, "at": isoformat(self._clock.now()),
            "about": {"firm": about.firm, "firm_number": about.firm_number, "subject": about.subject,
                      "contact": about.contact, "phone": about.phone, "asked": dict(about.asked)},
        }  # fmt: skip
        self._store.set_setting(DRAFTS + draft.form.id, json.dumps(document, ensure_ascii=False))

    def forget(self, form: Assessment) -> None:
        """Drop the draft; harmless when there is none."""
        self._store.set_setting(DRAFTS + form.id, "")

    def left(self, form: Assessment) -> Draft | None:
        """What was left of this form. One that is too old, or of a form that has changed since, is dropped."""
        written = self._store.setting(DRAFTS + form.id)
        if not written:
            return None
        try:
            document: dict[str, Any] = json.loads(written)
            if document["version"] != form.version or self._clock.now() - parse_iso(document["at"]) > KEPT:
                raise ValueError("old")
            sheet = Sheet(form, document["route"], read_answers(form, document["answers"]), frozenset(document["kept"]))
            form.route(sheet.route)
            return Draft(About(**document["about"]), sheet, None, str(document["before"]))
        except (ValueError, TypeError, KeyError):
            self.forget(form)
            return None

    # ---------------------------------------------------------------------------------------------- hand in

    def hand_in(self, draft: Draft) -> Handed:
        """Open it at the platform (on the line or not), make the report, drop the draft.

        Refused: points are open, or a point that blocks everything is not in place and the form's matter would be an
        approval. BadInput: as `begin`.
        """
        form, sheet, about = draft.form, draft.sheet, _tidied(draft.form, draft.about)
        if sheet.open:
            raise Refused("还没有答完", f"还有 {len(sheet.open)} 项没有答。", "按 F5 到下一项没答的。")
        if form.promise and sheet.blockers:
            raise Refused(
                "还不能提交", f"“{sheet.blockers[0].text}”等 {len(sheet.blockers)} 项一票否决项没有落实。",
                "落实以后再改答案；没有落实的不能举办。",
            )  # fmt: skip
        score, grade = sheet.score, sheet.grade
        today = shanghai(self._clock.now()).date()
        route = form.route(sheet.route)
        details = {
            form.title: f"{route.words}（{route.about}）",
            "得分": f"{score}　{grade.words}" if score is not None and grade is not None else "各项均不涉及",
            "项数": f"{len(sheet.points)} 项、{form.measures(sheet.route)} 条措施，未全部落实 {len(sheet.lacking)} 项",
            "未落实": "、".join(point.text for point, _ in sheet.lacking)[:_LONGEST],
            "沿用": f"{draft.before}，重新回答 {len(sheet.points) - len(sheet.kept)} 项" if draft.before else "",
            "名单核查": draft.listed.words if draft.listed else "",
            "告知承诺": "已承诺" if draft.promising else "",
            **dict(about.asked),
            FORM: f"{form.id} {form.version}",
            ROUTE: sheet.route,
            ANSWERS: write_answers(sheet),
            SOURCE: form.source,
            UNTIL: (today + dt.timedelta(days=form.days)).isoformat(),
            ANEW: str(len(sheet.points) - len(sheet.kept)),
            LISTED: form.listed,
            SCORE: str(score) if score is not None else "",
        }
        asked = Asked(
            form.kind, about.firm, about.subject, form.title, firm_number=about.firm_number, contact=about.contact,
            phone=about.phone, details={label: words for label, words in details.items() if words},
        )  # fmt: skip
        matter = self._matters.open(asked)
        paper = self._issue.issue_sheet(_report(draft, about, matter), matter.number, about.subject)
        self.forget(form)
        return Handed(matter, paper)

    def _load(self) -> tuple[tuple[Assessment, ...], tuple[Finding, ...]]:
        if self._loaded is None:
            folder = self._own()
            self._loaded = load_assessments(folder / FOLDER if folder is not None else None)
        return self._loaded


def _tidied(form: Assessment, about: About) -> About:
    number = about.firm_number.strip().upper()
    asked = {label: about.asked.get(label, "").strip() for label in form.asks}
    made = About(
        about.firm.strip(), number, about.subject.strip(), about.contact.strip(), about.phone.strip(), asked
    )  # fmt: skip
    for label, words in (("单位名称", made.firm), (form.phrases.subject, made.subject)):
        if not words:
            raise BadInput("还不能开始", f"“{label}”是空的。", "填好再开始。")
    if not (check := check_number(number, NumberKind.USCC)).valid:
        raise BadInput("统一社会信用代码不对", check.message or "是空的。", "对照营业执照或企业码填写。")
    return made


def _earlier(reply: QueryReply) -> Earlier | None:
    facts = reply.facts
    if not reply.found or reply.valid_until is None or not facts.get("answers"):
        return None
    return Earlier(
        facts.get("assessment_number", ""), facts.get("subject", ""), facts.get("route", ""),
        facts.get("assessment_score", ""), reply.valid_until, facts["answers"],
    )  # fmt: skip


def _listed(answer: FirmAnswer) -> Listed:
    reply = answer.reply
    if reply is None:
        return Listed(None, f"没有查到：{answer.why}")
    if reply.found:
        why = f"：{reply.note}" if reply.note else ""
        return Listed(True, f"在失信名单上{why}（查询编号 {reply.reference}）")
    return Listed(False, f"不在失信名单上（查询编号 {reply.reference}）")


def _report(draft: Draft, about: About, matter: Matter) -> AssessmentReport:
    form, sheet = draft.form, draft.sheet
    route, score, grade = form.route(sheet.route), sheet.score, sheet.grade
    todo = {point.id: measures for point, measures in sheet.lacking}
    points = [
        AssessedPoint(
            dimension.name, point.text, said(sheet, point), point.blocking, todo.get(point.id, ()),
            point.id in sheet.kept,
        )
        for dimension in form.dimensions_of(sheet.route)
        for point in dimension.points
    ]  # fmt: skip
    facts: Sequence[tuple[str, str]] = (
        (form.phrases.subject, about.subject),
        ("类别", f"{route.words}（{route.about}）"),
        *about.asked.items(),
        ("沿用的自评", draft.before),
    )
    return AssessmentReport(
        title=form.report,
        number=matter.number,
        firm=about.firm,
        firm_number=about.firm_number,
        about=tuple((label, words) for label, words in facts if words),
        opening=form.phrases.opening,
        score=str(score) if score is not None else "",
        grade=grade.words if grade else "",
        passed=sheet.passed,
        conclusion=form.phrases.passed if sheet.passed else form.phrases.failed,
        dimensions=tuple(
            AssessedDimension(one.name, len(one.points), str(points_of) if points_of is not None else "")
            for one, points_of in sheet.dimension_scores()
        ),
        points=tuple(points),
        measures=form.measures(sheet.route),
        promise=form.promise if draft.promising else "",
        listed=draft.listed.words if draft.listed else "",
    )


def said(sheet: Sheet, point: Point) -> str:
    """An answer in the form's words; "" for none."""
    answer, phrases = sheet.answers.get(point.id), sheet.assessment.phrases
    if answer is None:
        return ""
    if not answer.applies:
        return phrases.none
    if len(answer.done) == len(point.measures):
        return phrases.met
    return f"{phrases.met} {len(answer.done)}/{len(point.measures)}" if answer.done else phrases.unmet
