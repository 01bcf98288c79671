"""The way of one applicant through self-service: card, business, form, papers, signature, number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QObject, QTimer, pyqtSignal

from app.domain.case import Case
from app.domain.errors import YichuangError
from app.domain.form import Problem
from app.domain.signature import Signature
from app.presenters.customer_words import confirm_view
from app.presenters.self_service_applicant import Applicant
from app.presenters.self_service_camera import SelfServiceCamera
from app.presenters.self_service_choice import SelfServiceChoice
from app.presenters.self_service_collect import SelfServiceCollect
from app.presenters.self_service_papers import SelfServicePapers
from app.presenters.self_service_words import done_view, known_lines, problem_words, step_words
from app.services.capture_material import CaptureMaterial
from app.services.choose_items import ChooseItems
from app.services.confirm_form import ConfirmForm
from app.services.fill_form import FillForm
from app.services.identify import Identify
from app.services.question_pages import PER_PAGE, how_many, known_fields, next_page
from app.services.scan_licence import ScanLicence
from app.services.self_service import HandedOver, SelfService
from app.services.visit import Visit
from app.workers.device_thread import Call, DeviceThread
from app.workers.tasks import TaskRunner
from devices.kinds.identity import CardReading
from devices.outcome import Outcome, Reply
from widgets.i18n import pick
from widgets.self_service.screen import SelfServiceScreen
from widgets.self_service.views import QuestionView

READ_SECONDS = 4.0
"""How long the reader waits for a card before it is asked again."""
RETRY_MILLISECONDS = 2000
_TODO = {
    Outcome.UNREADABLE: QT_TRANSLATE_NOOP("SelfServiceFlow", "没有读出来，请拿起身份证重新放平"),
    Outcome.DISCONNECTED: QT_TRANSLATE_NOOP("SelfServiceFlow", "读卡器现在不能用，请先选事项，或请工作人员帮忙"),
}


@dataclass(frozen=True, slots=True)
class Engine:
    """The counter's services behind the pages. titles, earlier: names of what is chosen; cases of a number."""

    service: SelfService
    identify: Identify
    scan: ScanLicence
    choose: ChooseItems
    fill: FillForm
    capture: CaptureMaterial
    confirm: ConfirmForm
    titles: Callable[[Visit], Sequence[str]]
    earlier: Callable[[str], Sequence[Case]]


class SelfServiceFlow(QObject):
    """Leads `who` from page to page. handed(HandedOver): it waits for a clerk now; put_away(): a visit that was not
    finished is parked or wiped now."""

    handed = pyqtSignal(object)
    put_away = pyqtSignal()

    def __init__(
        self,
        screen: SelfServiceScreen,
        engine: Engine,
        tasks: TaskRunner,
        reader: DeviceThread,
        camera: SelfServiceCamera,
        where: str,
        collect: Callable[[Applicant], SelfServiceCollect] | None = None,
    ) -> None:
        """collect: makes what hands out printed results; None: nothing is printed here."""
        super().__init__()
        self.screen, self._engine = screen, engine
        self._reader, self._where = reader, where
        self._call: Call | None = None
        self.camera = camera
        self.who = Applicant(screen, engine.service, tasks)
        self._reading = False
        self.assisted = False
        """Is the next applicant assisted 帮办: larger type, one question at a time?"""
        self._again: set[str] = set()
        self._skipped: set[str] = set()
        self._asked: list[tuple[str, ...]] = []
        self.collect = collect(self.who) if collect is not None else None
        self._collecting = False
        screen.start.set_collect(self.collect is not None)
        self._choice = SelfServiceChoice(self.who, engine.choose)
        self._papers = SelfServicePapers(self.who, engine.capture, engine.scan, camera)
        self._choice.decided.connect(self.forward)
        self._papers.code_left.connect(lambda page: self.show_known() if page == "known" else self.show_choice())
        self._papers.finished.connect(self.show_confirm)
        self._papers.before.connect(self._show_last_questions)
        screen.questions.set_help(engine.fill.help)
        screen.start.begun.connect(self.begin)
        screen.start.collecting.connect(lambda: self.begin(collecting=True))
        screen.card.code.connect(lambda: self._papers.show_code("choose"))
        screen.card.without.connect(self.show_choice)
        screen.known.code.connect(lambda: self._papers.show_code("known"))
        screen.known.wrong.connect(self._ask_again)
        screen.questions.said.connect(self._said)
        screen.questions.finished.connect(self.forward)
        screen.confirm.signed.connect(self._signed)
        screen.confirm.objected.connect(self.show_known)
        screen.next.connect(self.forward)
        screen.back.connect(self.backward)
        screen.later.connect(self._later)

    @property
    def visit(self) -> Visit | None:
        """What the applicant has before them; None at the start."""
        return self.who.visit

    # -- begin and end ------------------------------------------------------------------------------------------

    def begin(self, collecting: bool = False) -> None:
        """The next applicant, or somebody who comes for a result."""
        self._collecting = collecting
        try:
            self.who.begin()
        except YichuangError as error:
            self.who.trouble.emit(error)
            return
        self._again, self._skipped, self._asked = set(), set(), []
        if self.assisted and self.visit is not None:
            self.who.change(replace(self.visit, assist=self.visit.assist.switched(True)))
        self.screen.card.set_state("")
        self._show_card()

    def give_up(self, keep: bool) -> None:
        """The applicant has gone (keep: what was done may wait for a clerk) or wants nothing kept."""
        service = self._engine.service
        end: Callable[[Visit], object] = service.leave if keep else service.wipe
        self.who.end(end, lambda _: self.put_away.emit())
        self.to_start()

    def to_start(self) -> None:
        """Back to the start, every page wiped."""
        self.camera.stop()
        if self.collect is not None:
            self.collect.left()
        if self._call is not None:
            self._call.cancel()
        self.assist(False)  # whoever comes next finds it as it always is
        self.screen.wipe()
        self.screen.show_page("start")

    def assist(self, on: bool) -> None:
        """The next applicant is assisted, or is not."""
        self.assisted = on
        self.screen.set_large(on)

    def come_back(self, page: str) -> None:
        """To the page that a question stood before."""
        self.screen.show_page(page)
        if page == "card":
            self._read()
        elif page == "questions":
            self.screen.questions.begin()

    # -- the card -----------------------------------------------------------------------------------------------

    def _read(self) -> None:
        if self._reading or self.visit is None or self.screen.page != "card":
            return
        self._reading = True
        visit = self.visit
        self._call = self._reader.call(
            lambda device: device.read_card(READ_SECONDS), lambda reply: self._card(visit, reply)
        )

    def _card(self, visit: Visit, reply: Reply[CardReading]) -> None:
        self._reading = False
        if not self.who.still(visit) or self.visit is None:
            self._read()  # the next applicant may stand there already
            return
        if reply.ok:
            reading = reply.unwrap()
            card = reading.card
            self.who.touched.emit()
            self.who.change(self._engine.identify.apply(self.visit, card, self._reader.device.uri))
            if self._collecting and self.collect is not None:
                self.collect.show(self._reader.device.uri, reading.photo_wlt)
                return
            self._recall(card.number or "")
            if self.screen.page == "card":
                self.show_choice()
            return
        if reply.outcome in (Outcome.NOT_PRESENT, Outcome.CANCELLED):
            QTimer.singleShot(0, self._read)
            return
        words = _TODO.get(reply.outcome, _TODO[Outcome.DISCONNECTED])
        self.screen.card.set_state(self.tr(words), wrong=True)
        QTimer.singleShot(RETRY_MILLISECONDS, self._read)

    def _recall(self, number: str) -> None:
        """What the same person's earlier cases at this window knew."""
        visit = self.visit
        if visit is None or not number:
            return

        def offer(cases: Sequence[Case]) -> None:
            if self.who.still(visit) and self.visit is not None:
                self.who.change(self._engine.fill.from_earlier(self.visit, cases))

        self.who.run(lambda: self._engine.earlier(number), offer)

    # -- on and back --------------------------------------------------------------------------------------------

    def forward(self) -> None:
        """The main button."""
        page = self.screen.page
        if self.visit is None:
            return
        if page == "choose":
            self.show_known()
        elif page in ("collect", "face"):
            self.give_up(keep=False)
        elif page == "code":
            self._papers.leave_code()
        elif page == "known":
            if not self.screen.known.turn(1):
                self._next_questions()
        elif page == "questions":
            self._answered()
        elif page == "materials":
            self._papers.step(1)

    def backward(self) -> None:
        """One step back."""
        page = self.screen.page
        if page == "choose":
            self._show_card()
        elif page == "guide":
            self._choice.back()
        elif page == "code":
            self._papers.leave_code()
        elif page == "known":
            if not self.screen.known.turn(-1):
                self._choice.show()
        elif page == "questions":
            self.screen.questions.commit()
            self._asked.pop()
            self._show_last_questions()
        elif page == "materials":
            self._papers.step(-1)

    def _show_card(self) -> None:
        self.screen.set_step(self.tr("领取办理结果　放身份证") if self._collecting else step_words(1))
        self.screen.card.set_only_card(self._collecting)
        self.screen.set_foot(back=False)
        self.screen.show_page("card")
        self._read()

    def _later(self) -> None:
        if self.screen.page == "questions":
            self.screen.questions.commit()
            wrong = self._problems_of(self._asked[-1], missing=True)
            self._skipped |= wrong.keys()
            self._next_questions()
        elif self.screen.page == "materials":
            self._papers.step(1)

    def show_choice(self) -> None:
        """The tiles."""
        self.camera.stop()
        self._choice.show()

    # -- the form -----------------------------------------------------------------------------------------------

    def show_known(self) -> None:
        """What is known already, to be looked at."""
        if self.visit is None or not self.visit.codes:
            return
        self._asked = []
        self._show_known_lines()
        self.screen.set_step(step_words(3))
        self.screen.set_foot(back=True, go=self.tr("没有问题，下一步"))
        self.screen.show_page("known")

    def _show_known_lines(self) -> None:
        if self.visit is not None:
            self.screen.known.set_lines(known_lines(known_fields(self.visit, self._again)))

    def _ask_again(self, key: str) -> None:
        self._again.add(key)
        self._show_known_lines()

    def problems(self) -> tuple[Problem, ...]:
        """What lacks or is wrong in the form now."""
        return self._engine.fill.problems(self.visit) if self.visit is not None else ()

    def _problems_of(self, keys: Sequence[str], missing: bool) -> dict[str, str]:
        found = problem_words(self.problems(), missing)
        return {key: found[key] for key in keys if key in found}

    def _next_questions(self) -> None:
        if self.visit is None:
            return
        done = [key for page in self._asked for key in page]
        most = 1 if self.visit.assist.on else PER_PAGE
        page = next_page(self.visit, self.problems(), self._skipped, self._again, done, most)
        if not page:
            self._papers.begin()
            return
        self._asked.append(tuple(field.key for field in page))
        self._show_questions()

    def _show_last_questions(self) -> None:
        """The page before; one whose questions are no longer asked is gone."""
        while self._asked and self.visit is not None and not set(self._asked[-1]) & self.visit.form.asked().keys():
            self._asked.pop()
        if self._asked:
            self._show_questions()
        else:
            self.show_known()

    def _show_questions(self) -> None:
        visit = self.visit
        if visit is None:
            return
        asked = visit.form.asked()
        fields = [asked[key] for key in self._asked[-1] if key in asked]
        wrong = self._problems_of(self._asked[-1], missing=False)
        views = [QuestionView(f, visit.form.state(f.key).value, wrong.get(f.key, "")) for f in fields]
        section = next(s for s in visit.form.definition.sections if s.role == fields[0].role)
        left = how_many(visit, self.problems(), self._skipped, ())
        words = self.tr("还有 {0} 项").format(left) if left else ""
        self.screen.questions.set_questions(pick(section.title, section.title_en), words, views)
        self.screen.set_step(step_words(3))
        self.screen.set_foot(back=True, later=self.tr("不清楚，到窗口再填"), go=self.tr("下一步"))
        self.screen.show_page("questions")
        self.screen.questions.begin()

    def _said(self, key: str, value: str) -> None:
        if self.visit is None or key not in self.visit.form.asked():
            return
        self.who.change(self._engine.fill.type(self.visit, key, value))
        self.screen.questions.put(key, self.visit.form.state(key).value)
        self.screen.questions.set_problems(self._problems_of(self._shown_keys(), missing=False))

    def _shown_keys(self) -> list[str]:
        return [field.key for field in self.screen.questions.fields]

    def _answered(self) -> None:
        """On, when what is on the page is right."""
        self.screen.questions.commit()
        keys = self._shown_keys()
        wrong = self._problems_of(keys, missing=True)
        self.screen.questions.set_problems(wrong)
        if wrong:
            self.screen.questions.begin()
            return
        self._skipped -= set(keys)
        self._next_questions()

    # -- the signature ------------------------------------------------------------------------------------------

    def show_confirm(self) -> None:
        """Read over, and sign."""
        if self.visit is None:
            return
        self.camera.stop()
        self.screen.confirm.set_view(confirm_view(self.visit, self._engine.titles(self.visit)))
        self.screen.set_step(step_words(5))
        self.screen.show_page("confirm")

    def _signed(self, signature: Signature) -> None:
        engine, problems = self._engine, self.problems()

        def hand_over(visit: Visit) -> HandedOver:
            return engine.service.hand_over(engine.confirm.take(visit, engine.confirm.signed(visit, signature)))

        def done(handed: HandedOver) -> None:
            self.handed.emit(handed)
            if self.who.still(handed.visit):
                self.who.visit = None
                self.screen.wipe()
                self.screen.done.set_view(done_view(handed, problems, self._where))
                self.screen.show_page("done")

        self.who.finish(hand_over, done)
