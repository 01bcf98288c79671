"""自助取件 at the self-service screen: the own card, the own results, the paper out of the printer, the signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QObject, QTimer, pyqtSignal
from PyQt6.QtGui import QImage

from app.domain.document import PaperKind, RenderedPaper
from app.domain.errors import YichuangError
from app.domain.printing import PrintJob
from app.domain.signature import Signature
from app.presenters.desk import error_line
from app.presenters.paper_preview import draw_pdf
from app.presenters.print_desk import PrintDesk
from app.presenters.self_service_applicant import ORDER, Applicant
from app.presenters.self_service_face import SelfServiceFace
from app.services.collect_result import CollectResult, OwnResult, Standing, case_of, is_collecting
from app.services.visit import Visit
from app.workers.tasks import TaskRunner
from devices.outcome import Reply
from widgets.self_service.views import ResultLine
from widgets.views import Tone

PRINT_SECONDS = 90
"""How long a printer may take; then what was not sent is called off."""


@dataclass(frozen=True, slots=True)
class _Served:
    """A proof that waits for its signature."""

    case_id: str
    paper: RenderedPaper
    pages: Sequence[QImage]


class SelfServiceCollect(QObject):
    """Leads `who` from the list to the paper. wanted(): a clerk has to look at the printer. A print that is under way
    when they go is noted all the same: collected is what the printer says."""

    wanted = pyqtSignal()

    def __init__(
        self,
        who: Applicant,
        service: CollectResult,
        printing: PrintDesk,
        tasks: TaskRunner,
        face: SelfServiceFace | None = None,
    ) -> None:
        """face: compares whoever laid the card down with it first; None: nobody is compared here."""
        super().__init__()
        self.face = face
        if face is not None:
            face.passed.connect(self._listed)
            face.wanted.connect(self.wanted)
        self._who, self._service, self._printing, self._tasks = who, service, printing, tasks
        self._screen = who.screen
        self._job: PrintJob | None = None
        self._served: _Served | None = None
        self._visit: Visit | None = None
        self._uri = ""
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(PRINT_SECONDS * 1000)
        self._limit.timeout.connect(self._too_long)
        printing.ended.connect(self._ended)
        self._screen.collect.chosen.connect(self._print)
        self._screen.proof.signed.connect(self._signed)
        self._screen.proof.refused.connect(self._not_signed)

    def show(self, uri: str, photo: bytes = b"") -> None:
        """Their card was read by this reader: show what is theirs. photo: as the card's chip holds it."""
        visit = self._visit = self._who.visit
        if visit is None or visit.card is None:
            return
        self._uri = uri
        if self.face is not None:
            self.face.begin(photo)
        else:
            self._listed()

    def _listed(self) -> None:
        visit = self._visit
        if visit is not None and self._who.still(visit):
            self._list(visit, "", Tone.NEUTRAL)

    def left(self) -> None:
        """Nobody stands here any more: a proof that was not signed says so."""
        self._visit = None
        if self.face is not None:
            self.face.stop()
        served, self._served = self._served, None
        if served is not None:
            self._tasks.run(lambda: self._service.unsigned(served.case_id), lambda _: None, order=ORDER)

    def _list(self, visit: Visit, words: str, tone: Tone) -> None:
        def show(found: Sequence[OwnResult], words: str, tone: Tone) -> None:
            if not self._who.still(visit):
                return
            self._screen.collect.set_lines([self._line(one) for one in found])
            self._screen.collect.say(words, tone)
            self._screen.set_step(self.tr("领取办理结果"))
            self._screen.set_foot(back=False, go=self.tr("完成，回到首页"))
            self._screen.show_page("collect")

        self._tasks.attempt(
            lambda: self._service.own(visit),
            lambda found: show(found, words, tone),
            lambda error: show((), error_line(error), Tone.ERROR),
            order=ORDER,
        )

    def _line(self, one: OwnResult) -> ResultLine:
        states = {
            Standing.READY: "",
            Standing.COLLECTED: self.tr("已领取"),
            Standing.IN_DOUBT: self.tr("打印待核实，请工作人员帮忙"),
            Standing.COUNTER: self.tr("请到窗口领取"),
        }
        note = self.tr("{0}　{1} 办结").format(one.item, one.decided.isoformat())
        done = one.standing is Standing.COLLECTED
        return ResultLine(one.case_id, one.result, note, states[one.standing], done)

    # -- the printer --------------------------------------------------------------------------------------------

    def _print(self, case_id: str) -> None:
        visit = self._who.visit
        if visit is None:
            return
        if self._job is not None:
            self._screen.collect.say(self.tr("打印机还在打上一份，请稍候再按。"))
            return
        target = self._printing.sheet_target(str(PaperKind.COMPLETION_NOTICE))
        if target is None:
            words = self.tr("打印机现在不能用，没有登记领取。请工作人员帮忙，或到窗口领取。")
            self._screen.collect.say(words, Tone.ERROR)
            self.wanted.emit()
            return

        def asked(job: PrintJob) -> None:
            self._job = job
            self._limit.start()
            self._screen.collect.say(self.tr("正在打印，请稍候……"))
            self._printing.kick()

        self._tasks.attempt(
            lambda: self._service.ask(case_id, visit, self._uri, target),
            asked,
            lambda error: self._screen.collect.say(error_line(error), Tone.ERROR),
            order=ORDER,
        )

    def _ended(self, job: PrintJob, reply: Reply[str]) -> None:
        if is_collecting(job):
            self._settle(job)

    def _too_long(self) -> None:
        if self._job is not None:
            self._settle(self._job)

    def _settle(self, job: PrintJob) -> None:
        self._tasks.run(lambda: self._service.ended(job), lambda standing: self._told(job, standing), order=ORDER)

    def _told(self, job: PrintJob, standing: Standing) -> None:
        if self._job is None or self._job.job_id != job.job_id:
            return
        self._job = None
        self._limit.stop()
        visit = self._visit
        if standing is not Standing.COLLECTED:
            self.wanted.emit()
        if visit is None or not self._who.still(visit):
            if standing is Standing.COLLECTED:
                self._tasks.run(lambda: self._service.unsigned(case_of(job)), lambda _: None, order=ORDER)
            return
        self._who.touched.emit()
        if standing is Standing.COLLECTED:
            self._prove(job)
        elif standing is Standing.IN_DOUBT:
            words = self.tr("没有确认出纸，没有登记领取。请不要离开，工作人员就来看打印机。")
            self._list(visit, words, Tone.ERROR)
        else:
            words = self.tr("没有打印出来，没有登记领取。工作人员处理好打印机后，可以再按一次。")
            self._list(visit, words, Tone.ERROR)

    # -- the proof of delivery ----------------------------------------------------------------------------------

    def _prove(self, job: PrintJob) -> None:
        def work() -> _Served:
            paper = self._service.proof(case_of(job))
            return _Served(case_of(job), paper, draw_pdf(paper.pdf).pages)

        def show(served: _Served) -> None:
            visit = self._visit
            if visit is None or not self._who.still(visit):
                self._tasks.run(lambda: self._service.unsigned(served.case_id), lambda _: None, order=ORDER)
                return
            self._served = served
            statement = self.tr("请从打印机取走办理结果。已经拿到，请签字。")
            self._screen.proof.ask(str(PaperKind.DELIVERY_PROOF), statement, served.pages)
            self._screen.show_page("proof")

        self._tasks.run(work, show, order=ORDER)

    def _signed(self, signature: Signature) -> None:
        served, self._served = self._served, None
        if served is None:
            return

        def work() -> YichuangError | None:
            try:
                self._service.signed(served.case_id, served.paper, signature)
            except YichuangError as error:
                self._service.unsigned(served.case_id)
                return error
            return None

        self._tasks.run(work, lambda error: self._over(signed=error is None), order=ORDER)

    def _not_signed(self) -> None:
        served, self._served = self._served, None
        if served is not None:
            self._tasks.run(
                lambda: self._service.unsigned(served.case_id), lambda _: self._over(signed=False), order=ORDER
            )

    def _over(self, *, signed: bool) -> None:
        visit = self._visit
        if visit is not None and self._who.still(visit):
            words = self.tr("已登记领取，已签收。") if signed else self.tr("已登记领取，没有签字。")
            self._list(visit, words, Tone.SUCCESS)
