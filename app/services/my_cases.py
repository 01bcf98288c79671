"""My cases 我的办件: what this window has accepted, where each stands, its papers once more."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from app.domain.amendment import Standing
from app.domain.case import AuditEvent, Case, CaseState
from app.domain.clock import Clock, parse_iso, shanghai
from app.domain.document import Paper, PaperKind, RenderedPaper
from app.domain.double import Decision, Double
from app.domain.errors import BadInput, EnvironmentProblem, Refused
from app.domain.express import Parcel
from app.domain.item import Catalog
from app.domain.material import FileState, Page
from app.domain.person import mask, mask_name
from app.domain.printing import AGAIN, PrintJob
from app.domain.signature import SIGNATURE_MATERIAL, Signature
from app.domain.territory import Handover
from app.materials.workdays import add_working_days
from app.server.checking import check_against
from app.server.message_schemas import MESSAGE
from app.services.accept_case import AcceptCase
from app.services.confirm_form import read_picture
from app.services.express import Express
from app.services.form_words import answers
from app.services.issued import Issued, IssuedLicences
from app.services.paper_subject import ISSUED
from app.services.regions import handover_of
from app.services.retention import Retention
from app.settings import Limits
from offline_db.case_list import STOPPED, StoredCase
from offline_db.due import Bounds
from offline_db.durability import CaseKeeping
from offline_db.store import Store
from offline_db.vault import Vault


class Light(StrEnum):
    """How a case stands to its time limit 灯."""

    GREEN = "green"
    YELLOW = "yellow"
    """Nearly due."""
    RED = "red"
    """Overdue."""
    ODD = "odd"
    """Out of order: the platform will not have it as it is. Red as well."""
    STOPPED = "stopped"
    """No time runs: 补齐补正, 挂起, or taken back."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Days:
    """What lights compare with. today, near, owed: legal days, the last one that counts as nearly due; now, near_at:
    the same of limits that end at a moment, UTC."""

    today: dt.date
    near: dt.date
    owed: dt.date
    now: dt.datetime
    near_at: dt.datetime

    @property
    def bounds(self) -> Bounds:
        """The same for the store."""
        return Bounds(self.today, self.near, self.now, self.near_at)


def days_of(clock: Clock, limits: Limits) -> Days:
    """Today in legal time, and how far 'nearly' reaches: in working days, and in hours of limits of half days."""
    now = clock.now()
    today = shanghai(now).date()
    near, owed = add_working_days(today, limits.near), add_working_days(today, limits.owed)
    return Days(today, near, owed, now, now + dt.timedelta(hours=limits.near_hours))


def light_of(state: CaseState, stage: str, due: dt.date | None, days: Days, due_at: dt.datetime | None = None) -> Light:
    """The light of a case. stage: the gateway's 办理环节. due_at: the moment, where its limit ends at one."""
    if stage == "4":
        return Light.DONE
    if state is CaseState.NEEDS_ATTENTION:
        return Light.ODD
    if state is CaseState.WITHDRAWN or stage in STOPPED:
        return Light.STOPPED
    if due_at is not None:
        return Light.RED if due_at <= days.now else Light.YELLOW if due_at <= days.near_at else Light.GREEN
    if due is None or due > days.near:
        return Light.GREEN
    return Light.RED if due < days.today else Light.YELLOW


@dataclass(frozen=True, slots=True)
class FormLine:
    """One answer of a form, in words; a personal one is masked already. source: who says so."""

    section: str
    title: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper that was made for the case. prints: how many so far; sealed: where the first one lies in the vault.

    gone: that file was cleared here. again: there is still all that a reprint needs.
    """

    kind: PaperKind
    number: str
    made_at: dt.datetime
    prints: int
    sealed: str
    gone: bool = False
    again: bool = True


@dataclass(frozen=True, slots=True)
class Kept:
    """What this machine still has of a case. files_until, contents_until: when they will be cleared, legal days; None
    while the platform has not said that it holds the case safely, and once they are cleared."""

    keeping: CaseKeeping = field(default_factory=CaseKeeping)
    files_until: dt.date | None = None
    contents_until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """One case, ready to be shown: personal values masked."""

    stored: StoredCase
    light: Light
    form: tuple[FormLine, ...]
    papers: tuple[PaperLine, ...]
    kept: Kept = field(default_factory=Kept)
    amended: Standing | None = None
    """How its corrections stand: the one that needs somebody, else the latest."""
    parcel: Parcel | None = None
    """The parcel that its result is in."""
    handover: Handover | None = None
    """Of a case that another region decides: how far it is."""
    doubles: tuple[Double, ...] = ()
    """Cases of other windows that may be the same."""
    issued: Issued | None = None
    """The e-licence that the platform issued for it."""

    @property
    def case(self) -> Case:
        return self.stored.case

    @property
    def open_double(self) -> Double | None:
        """The first of which nobody has said anything."""
        return next((double for double in self.doubles if double.decision is None), None)


class DoubleLine(Protocol):
    """The part of app.server.client.GatewayClient that is needed."""

    def settle_double(self, double_id: str, case_id: str, decision: str, clerk: str) -> None: ...


class MyCases:
    """Reads the store and the vault; not for the event loop."""

    def __init__(
        self,
        store: Store,
        vault: Vault,
        catalog: Catalog,
        accept: AcceptCase,
        clock: Clock,
        limits: Limits,
        retention: Retention,
        line: DoubleLine,
        express: Express | None = None,
        issued: IssuedLicences | None = None,
    ):
        self._express = express
        self._issued = issued
        self._store = store
        self._retention = retention
        self._vault = vault
        self._catalog = catalog
        self._accept = accept
        self._clock = clock
        self._limits = limits
        self._line = line

    def parcel(self, case_id: str) -> Parcel | None:
        """The parcel that a case's result is in."""
        return self._express.of_case(case_id) if self._express is not None else None

    def days(self) -> Days:
        """The days that lights compare with now."""
        return days_of(self._clock, self._limits)

    def next_change(self, after: dt.datetime) -> dt.datetime | None:
        """When the next light turns that does so by the hour, UTC; None: none will."""
        return self._store.next_limit(self._limits.near_hours, after)

    def now(self) -> dt.datetime:
        """What the clock says, UTC."""
        return self._clock.now()

    def detail(self, case_id: str) -> CaseDetail:
        """Everything about one case. Refused when this machine does not hold it."""
        stored = self._store.stored_case(case_id)
        if stored is None:
            raise Refused("没有这个办件", "本机没有保存这个办件。", "请到受理它的窗口或平台查询。")
        light = light_of(stored.case.state, stored.stage, stored.case.due, self.days(), stored.case.due_at)
        kept = self._kept(case_id)
        papers = tuple(self._marked(stored, kept, line) for line in _papers(stored))
        form = tuple(self._form(stored.case))
        handover = handover_of(self._store, case_id) if stored.case.territory is not None else None
        return CaseDetail(
            stored,
            light,
            form,
            papers,
            kept,
            self._amended(case_id),
            self.parcel(case_id),
            handover,
            self._doubles(case_id),
            self._issued.of_case(case_id) if self._issued is not None else None,
        )

    def settle_double(self, detail: CaseDetail, double: Double, decision: Decision, clerk: str) -> None:
        """Tell the platform what a person says of a pair, then note it here. What the client raises: nothing is noted.
        Refused (Rejected): somebody at the other window said otherwise before."""
        self._line.settle_double(double.double_id, detail.case.case_id, decision.value, clerk)
        details = {"other": double.provisional_no, "decision": decision.value}
        event = AuditEvent(self._clock.now(), clerk, "double.settled", detail.case.provisional_no, details)
        self._store.note_double(double.message_id, decision.value, clerk, event)

    def open_doubles(self) -> frozenset[str]:
        """case_ids that may be doubles, of which nobody has said anything."""
        return self._store.open_doubles()

    def _doubles(self, case_id: str) -> tuple[Double, ...]:
        found = []
        for document in self._store.doubles(case_id):
            try:
                check_against(MESSAGE, document)
                told = document["double"]
                found.append(
                    Double(
                        document["id"],
                        told["double_id"],
                        told["case_no"],
                        told["provisional_no"],
                        told["place"],
                        parse_iso(told["accepted_at"]),
                        Decision(told["decision"]) if told["decision"] else None,
                        told["clerk"],
                    )
                )
            except (BadInput, KeyError, ValueError):
                continue  # what breaks the contract is logged where messages are listed
        return tuple(found)

    def _amended(self, case_id: str) -> Standing | None:
        standings = [one.standing for one in self._store.amendments(case_id) if one.standing is not Standing.DROPPED]
        urgent = (s for s in (Standing.CONFLICT, Standing.WAITING) if s in standings)
        return next(urgent, standings[-1] if standings else None)

    def settle_loss(self, detail: CaseDetail, clerk: str) -> None:
        """A person has seen to a case that the restored platform lacks. Refused when somebody was faster."""
        number = detail.case.provisional_no
        event = AuditEvent(self._clock.now(), clerk, "retention.settled", number, {})
        self._store.settle_loss(detail.case.case_id, event)

    def _kept(self, case_id: str) -> Kept:
        keeping = self._store.case_keeping(case_id)
        # The same bytes may have come in again since they were cleared.
        files = {
            key: FileState.STORED if state is FileState.PURGED and self._vault.exists(key[1]) else state
            for key, state in keeping.files.items()
        }
        keeping = replace(keeping, files=files)
        if keeping.durable_at is None:
            return Kept(keeping)
        files_at, contents_at = self._retention.clear_days(keeping.durable_at)
        return Kept(
            keeping,
            None if keeping.files_at else shanghai(files_at).date(),
            None if keeping.contents_at else shanghai(contents_at).date(),
        )

    def _marked(self, stored: StoredCase, kept: Kept, line: PaperLine) -> PaperLine:
        signed = _signature_page(stored.together)
        whole = kept.keeping.contents_at is None and (signed is None or self._vault.exists(signed.sha256))
        gone = bool(line.sealed) and self._store.file_gone(line.sealed) is not None
        if line.kind is PaperKind.ACCEPTANCE_NOTICE:
            return replace(line, gone=gone, again=whole)
        again = len(self._store.trail_of(line.number, "paper.reprinted"))
        return replace(line, gone=gone, prints=1 + again, again=not gone and self._vault.exists(line.sealed))

    def paper(self, line: PaperLine) -> bytes:
        """The paper as it was handed out first (PDF). EnvironmentProblem when its file is gone or damaged."""
        return self.sealed(line.sealed)

    def sealed(self, sealed: str) -> bytes:
        """As `paper`, by where the file lies in the vault; "" for nowhere."""
        if not sealed:
            raise EnvironmentProblem("找不到这份文书", "没有保存它的文件。", "请重印一份。")
        return self._vault.open(sealed)

    def reprint(self, detail: CaseDetail, line: PaperLine, demo: bool, reason: str = "") -> RenderedPaper:
        """The paper once more, marked 补打 and written to the audit trail."""
        return self._accept.print_again(self._paper(detail, line, line.prints - 1, demo), reason)

    def copy(self, line: PaperLine, reason: str = "") -> bytes:
        """A paper of another kind than the notice of acceptance once more: what was typed for it is not kept, so it is
        the kept file, marked 补打 on each page and written to the audit trail. EnvironmentProblem as for `paper`."""
        return self._accept.print_copy(self.paper(line), line.number, line.prints, reason)

    def remake(self, job: PrintJob, demo: bool) -> RenderedPaper:
        """The paper of a print job made anew; one more print gets its number and its line in the trail now.

        Refused when this machine does not hold the case, or no longer what a print needs.
        """
        detail = self.detail(job.case_id)
        line = next((line for line in detail.papers if line.number == job.paper_number), None)
        if line is not None and line.kind is not PaperKind.ACCEPTANCE_NOTICE:
            raise Refused("不能从这里补打", "这份文书保存的是出具时的文件。", "请在“我的办件”中打开这件补打。")
        if line is None or not line.again:
            raise Refused("这份文书不能再打印", "办件内容已按规定从本机清除。", "请到平台查询打印。")
        if job.reprint == AGAIN:
            return self.reprint(detail, line, demo, job.reason)
        return self._accept.as_printed(self._paper(detail, line, job.reprint, demo))

    def _paper(self, detail: CaseDetail, line: PaperLine, reprint: int, demo: bool) -> Paper:
        cases = detail.stored.together
        return Paper(
            kind=line.kind,
            number=line.number,
            cases=cases,
            window=cases[0].window,
            clerk=cases[0].clerk,
            issued_at=cases[0].accepted_at,
            title="、".join(self._titles(cases)),
            demo=demo,
            reprint=reprint,
            signature=self._signature(cases),
        )

    def _signature(self, cases: Sequence[Case]) -> Signature | None:
        """What the applicant signed on the citizen's screen; EnvironmentProblem when its file is gone or damaged."""
        page = _signature_page(cases)
        return read_picture(self._vault.open(page.sha256))[0] if page is not None else None

    def _titles(self, cases: Sequence[Case]) -> list[str]:
        """What the visitor came for, by name, as the notice first said it."""
        bundles = self._catalog.bundles
        names = (bundles[c.bundle_code].name if c.bundle_code in bundles else c.item_name for c in cases)
        return list(dict.fromkeys(names))

    def _form(self, case: Case) -> Iterable[FormLine]:
        for answer in answers(case, self._catalog):
            personal = answer.element is None or answer.element.personal
            value = masked_value(answer.value) if personal else answer.value
            yield FormLine(answer.section, answer.title, value, answer.source)


def _signature_page(cases: Sequence[Case]) -> Page | None:
    materials = (m for case in cases for m in case.materials if m.use.id == SIGNATURE_MATERIAL)
    return next((page for material in materials for page in material.pages), None)


def masked_value(value: str) -> str:
    """A personal value with enough left to recognise it: numbers by `mask`, a name by its first character, longer
    words by their first four."""
    if any(char.isdigit() for char in value):
        return mask(value)
    return mask_name(value) if len(value) <= 4 else value[:4] + "*" * (len(value) - 4)


def _papers(stored: StoredCase) -> Iterable[PaperLine]:
    made = [entry for entry in stored.trail if entry.action == "paper.made"]
    for entry in made:
        details = json.loads(entry.details)
        again = sum(e.action == "paper.reprinted" and e.subject == entry.subject for e in stored.trail)
        at = dt.datetime.fromisoformat(entry.at)
        yield PaperLine(PaperKind.ACCEPTANCE_NOTICE, entry.subject, at, 1 + again, str(details.get("sealed", "")))
    for entry in stored.trail:
        if entry.action == ISSUED:
            details = json.loads(entry.details)
            at = dt.datetime.fromisoformat(entry.at)
            yield PaperLine(PaperKind[details["kind"]], details["number"], at, 1, details["sealed"])
