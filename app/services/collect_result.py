"""自助取件: who stands at the terminal with their own card collects the printed result of their own finished cases.

A result is collected when, and only when, the printer said that its paper came out. A print that surely failed is
called off, so that nothing comes out when nobody stands there any more, and may be asked for again. One of unknown
fate is in doubt: nobody gets a second paper until a clerk has looked (打印清单). The job's state in the store is the
truth; the mark in the trail is made once, and made up for if the program fell in between.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock

from app.domain.case import AuditEvent, Case
from app.domain.clock import parse_iso, shanghai
from app.domain.document import PaperKind, RenderedPaper
from app.domain.errors import Refused
from app.domain.issuing import GRANTED
from app.domain.item import Catalog
from app.domain.person import mask
from app.domain.printing import PrintJob, PrintState, PrintTarget
from app.domain.signature import Signature
from app.identity.verification import Answer
from app.services.amend_case import DECIDED
from app.services.collect_face import CollectFace
from app.services.counter import Counter
from app.services.express import Express
from app.services.heed_lists import HeedLists
from app.services.issue_paper import IssuePaper
from app.services.paper_subject import ISSUED
from app.services.print_papers import PrintPapers
from app.services.sign_paper import SignPaper
from app.services.visit import Visit
from offline_db.case_list import StoredCase

COLLECTED = "result.collected"
"""In the trail, once a case; its subject is the case."""
ASKED = "result.asked"
"""In the trail: somebody with this card asked for the print. Its subject is the case."""
_CASES = 50
"""Cases of one person that are looked at, the newest."""
_UNDER_WAY = (PrintState.SENDING, PrintState.UNKNOWN)
_NOT_SENT = (PrintState.WAITING, PrintState.HELD)


class Standing(StrEnum):
    """How a result stands at the terminal."""

    READY = "ready"
    COLLECTED = "collected"
    IN_DOUBT = "in-doubt"
    """Sent to the printer, and nobody knows whether it came out."""
    COUNTER = "counter"
    """Not granted, or its words are not known here: a clerk explains it."""


@dataclass(frozen=True, slots=True)
class OwnResult:
    """A finished case of the person whose card lies there. result: what the decision gave, e.g. 居住证."""

    case_id: str
    item: str
    result: str
    decided: dt.date
    standing: Standing


class CollectResult:
    """Reads and writes the store, renders: not for the event loop."""

    def __init__(
        self,
        counter: Counter,
        catalog: Catalog,
        issue: IssuePaper,
        sign: SignPaper,
        papers: PrintPapers,
        lists: HeedLists,
        express: Express | None = None,
        face: CollectFace | None = None,
    ) -> None:
        """lists: of lost and revoked documents. express: what goes by post is not collected; None: nothing does. face:
        who was found to be the one on the card; None: nobody is compared here."""
        self._lists = lists
        self.face = face
        self._counter = counter
        self._catalog = catalog
        self._issue = issue
        self._sign = sign
        self._papers = papers
        self._express = express
        self._lock = Lock()

    def own(self, visit: Visit) -> tuple[OwnResult, ...]:
        """The finished cases of who laid their card down, those that can be printed first; of those collected here,
        today's. What was handed over at the counter or goes by post is left out. Refused: the card is out of date, a
        list names it, or the face has to be compared first."""
        number = self._known(visit)
        with self._lock:
            found = [one for case in self._counter.store.find(number, _CASES) if (one := self._own(case, number))]
        return tuple(sorted(found, key=lambda one: (one.standing is not Standing.READY, -one.decided.toordinal())))

    def ask(self, case_id: str, visit: Visit, device: str, target: PrintTarget) -> PrintJob:
        """Write the print of an own result; the printer's thread sends it. device: the reader's URI. Refused: as `own`;
        not theirs, not finished, collected already, or in doubt."""
        number = self._known(visit)
        with self._lock:
            stored = self._stored(case_id)
            own = self._own(stored.case, number)
            if own is None or own.standing is not Standing.READY:
                raise _refused(own.standing if own is not None else None)
            paper = self._result(stored.case, own)
            self._note(ASKED, case_id, card=mask(number), device=device, paper=paper.paper.number)
            kind, made = str(paper.paper.kind), paper.paper.number
            return self._papers.queue_pdf(self._next_id(case_id), kind, made, paper.pdf, target)

    def ended(self, job: PrintJob) -> Standing:
        """The printer answered for this job: READY when nothing came out and it was called off."""
        with self._lock:
            return self._standing(case_of(job))

    def proof(self, case_id: str) -> RenderedPaper:
        """The 送达回证 of a collected result, as the recipient sees it before signing. Refused: not collected."""
        subject = self._issue.about_case(case_id)
        return self._sign.show(PaperKind.DELIVERY_PROOF, subject, self._served(case_id, ""))

    def signed(self, case_id: str, shown: RenderedPaper, signature: Signature) -> RenderedPaper:
        """The proof with the signature that was given for what `proof` gave. Errors as SignPaper.sign."""
        return self._sign.sign(self._issue.about_case(case_id), shown, signature)

    def unsigned(self, case_id: str) -> None:
        """Who collected has gone without signing: the proof says so. Nothing when there is a proof already."""
        subject = self._issue.about_case(case_id)
        if not self._proofs(subject.key):
            self._issue.issue(PaperKind.DELIVERY_PROOF, subject, self._served(case_id, "本人未在屏上签字。"))

    # ----------------------------------------------------------------------------------------------- standing

    def _known(self, visit: Visit) -> str:
        """The number of the card that lies there."""
        card = visit.card
        if card is None or not card.number:
            raise Refused("还没有读身份证", "领取结果要本人的身份证。", "请把身份证放在读卡器上。")
        if card.expired(shanghai(self._counter.clock.now()).date()):
            raise Refused("身份证已过有效期", f"有效期到 {card.valid_to}。", "请到窗口领取。")
        if self._lists.look(visit).answer is Answer.NO:
            raise Refused("不能在这里领取", "这张身份证不能用于自助领取。", "请到窗口。")
        if self.face is not None and not self.face.passed(visit):
            raise Refused("还没有比对人脸", "这里领取要先比对本人和身份证上的照片。", "请重新开始，或到窗口领取。")
        return card.number

    def _own(self, case: Case, number: str) -> OwnResult | None:
        store = self._counter.store
        if case.applicant_number != number or store.stage(case.case_id) != DECIDED:
            return None
        standing = self._standing(case.case_id)
        if standing is Standing.COLLECTED:
            # The program fell between the paper and its proof, or they had gone.
            self.unsigned(case.case_id)
            if not self._today(case.case_id):
                return None
        elif self._elsewhere(case):
            return None
        told = store.decision(case.case_id) or {}
        decided = shanghai(parse_iso(told["at"])).date() if told.get("at") else shanghai(case.accepted_at).date()
        if standing is Standing.READY and not str(told.get("result", "")).startswith(GRANTED):
            standing = Standing.COUNTER
        return OwnResult(case.case_id, case.item_name, self._result_name(case), decided, standing)

    def _standing(self, case_id: str) -> Standing:
        """By the jobs; what is printed is marked if it was not, what was not sent is called off."""
        if self._counter.store.trail_of(case_id, COLLECTED):
            return Standing.COLLECTED
        for job in self._jobs(case_id):
            if job.state in _NOT_SENT:
                try:
                    self._papers.cancel([job])
                except Refused:  # on its way since a moment
                    return Standing.IN_DOUBT
            elif job.state is PrintState.PRINTED:
                self._note(COLLECTED, case_id, job=job.job_id, paper=job.paper_number)
                return Standing.COLLECTED
            elif job.state in _UNDER_WAY:
                return Standing.IN_DOUBT
        return Standing.READY

    def _today(self, case_id: str) -> bool:
        (entry,) = self._counter.store.trail_of(case_id, COLLECTED)
        return shanghai(parse_iso(entry.at)).date() == shanghai(self._counter.clock.now()).date()

    def _elsewhere(self, case: Case) -> bool:
        """Handed over at the counter, or in a parcel."""
        if self._express is not None and self._express.of_case(case.case_id) is not None:
            return True
        store = self._counter.store
        if self._proofs(case.provisional_no):
            return True
        # A proof about a whole visit stands under its first case; unless that one was collected here by itself.
        first = self._stored(case.case_id).together[0]
        alone = first.case_id == case.case_id or bool(store.trail_of(first.case_id, COLLECTED))
        return not alone and self._proofs(first.provisional_no)

    def _proofs(self, number: str) -> bool:
        issued = self._counter.store.trail_of(number, ISSUED)
        return any(json.loads(entry.details)["kind"] == PaperKind.DELIVERY_PROOF.name for entry in issued)

    def _jobs(self, case_id: str) -> Iterator[PrintJob]:
        number = 1
        while (job := self._counter.store.print_job(_job_id(case_id, number))) is not None:
            yield job
            number += 1

    def _next_id(self, case_id: str) -> str:
        return _job_id(case_id, 1 + sum(1 for _ in self._jobs(case_id)))

    # ------------------------------------------------------------------------------------------------- papers

    def _result(self, case: Case, own: OwnResult) -> RenderedPaper:
        window = self._counter.window
        answers = {
            "results": f"{GRANTED}，{own.result}",
            "decided_on": own.decided.isoformat(),
            "collect": f"本人凭身份证在{window.name}自助领取。",
        }
        subject = self._issue.about_case(case.case_id)
        return self._issue.issue(PaperKind.COMPLETION_NOTICE, subject, answers)

    def _served(self, case_id: str, more: str) -> dict[str, str]:
        entries = self._counter.store.trail_of(case_id, COLLECTED)
        if not entries:
            raise _refused(None)
        case = self._stored(case_id).case
        name, paper = self._result_name(case), json.loads(entries[0].details)["paper"]
        return {
            "documents": f"办结通知书（{name}），{paper}，1",
            "recipient": case.applicant_name,
            "manner": "direct",
            "place": f"{self._counter.window.hall}{self._counter.window.name}",
            "servers": self._counter.duty.clerk,
            "served_on": shanghai(parse_iso(entries[0].at)).date().isoformat(),
            "note": f"自助取件：本人居民身份证读卡核验后打印。{more}",
        }

    def _result_name(self, case: Case) -> str:
        return self._catalog.result_of(case.item_code) or case.item_name

    def _stored(self, case_id: str) -> StoredCase:
        stored = self._counter.store.stored_case(case_id)
        if stored is None:
            raise _refused(None)
        return stored

    def _note(self, action: str, case_id: str, **details: str) -> None:
        at, clerk = self._counter.clock.now(), self._counter.duty.clerk
        self._counter.store.append_audit(AuditEvent(at, clerk, action, case_id, details))


def is_collecting(job: PrintJob) -> bool:
    """Is this the print of a result at the terminal?"""
    return job.job_id.startswith("collect-")


def _job_id(case_id: str, number: int) -> str:
    return f"collect-{case_id}-{number}"


def case_of(job: PrintJob) -> str:
    """The case whose result the job prints."""
    return job.job_id.removeprefix("collect-").rpartition("-")[0]


def _refused(standing: Standing | None) -> Refused:
    if standing is Standing.COLLECTED:
        return Refused("这份结果已经领过", "同一份办理结果只打印一次。", "需要再打印的，请到窗口补打。")
    if standing is Standing.IN_DOUBT:
        return Refused("这份结果正在核实", "上次打印没有确认出纸。", "请工作人员看过打印机后再领。")
    return Refused("不能在这里领取", "没有可以自助领取的结果。", "请到窗口领取。")
