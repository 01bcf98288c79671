"""Ctrl+F7, assessments 自评、体检: begun or taken over, answered key by key, handed in with their report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from app.domain.assessment import Answer, Assessment, whole_answer
from app.domain.errors import YichuangError
from app.presenters.assessment_words import (
    about_of,
    answer_words,
    form_choice,
    groups,
    result_view,
    standing,
    start_view,
)
from app.presenters.desk import Desk, error_line
from app.presenters.main import MainPresenter
from app.presenters.print_desk import PrintDesk
from app.services.assess import About, Assess, Draft, Earlier, Handed, Reuse
from widgets.assessment_points import BACK, MET, NONE
from widgets.dialogs.assessment import POINTS, RESULT, START, AssessmentDialog
from widgets.views import Tone
from widgets.views_assessment import StartView
from widgets.window import MainWindow

KEEP_MILLISECONDS = 400
"""An answer lies in the store so soon after it was given: a hundred keys in a minute need not be a hundred writes."""


class AssessmentPresenter(QObject):
    """`handed`: a Handed went out. draft: the one in hand; earlier: the firm's last one, once the platform told it."""

    handed = pyqtSignal(object)

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        service: Assess,
        printing: PrintDesk,
        main: MainPresenter,
        sync_now: Callable[[], None],
    ) -> None:
        super().__init__()
        self._desk = desk
        self._service = service
        self._printing = printing
        self._sync_now = sync_now
        self.draft: Draft | None = None
        self.earlier: Earlier | None = None
        self._left: dict[str, Draft] = {}
        self._busy = False
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(KEEP_MILLISECONDS)
        self._keeping.timeout.connect(self._keep)
        dialog = self.dialog = AssessmentDialog(window)
        dialog.begun.connect(self._begin)
        dialog.again.connect(self._use_again)
        dialog.resumed.connect(self._resume)
        dialog.finished_answers.connect(self._look)
        dialog.back.connect(self._back)
        dialog.handed.connect(self._hand_in)
        dialog.finished.connect(lambda _: self._keep() if self._keeping.isActive() else None)
        dialog.start.form_changed.connect(lambda form: dialog.offer_left(form in self._left))
        dialog.start.firm_given.connect(self._ask_earlier)
        dialog.points.answered.connect(self._answer)
        dialog.points.ticked.connect(self._tick)
        dialog.points.next_open.connect(self._next_open)
        main.add("assessments", self.open)

    @property
    def listed(self) -> bool:
        """Has somebody said whether the firm is on the list?"""
        return self.draft is not None and self.draft.listed is not None

    def open(self, form: str = "", known: About | None = None) -> None:
        """Show the first page. form: which to offer first; known: the firm, when it is not the visit's."""
        self.draft = self.earlier = None
        about = known or self._service.suggested(self._desk.visit)
        self._left = {}

        def show(found: tuple[tuple[Assessment, ...], dict[str, Draft]]) -> None:
            forms, self._left = found
            self.dialog.show_page(START)
            self.dialog.offer_again(False)
            self.dialog.set_forms([form_choice(one) for one in forms], start_view(form, about))
            self._say_trouble()
            self.dialog.open()

        self._desk.tasks.run(self._read, show, order="assessment")

    def _read(self) -> tuple[tuple[Assessment, ...], dict[str, Draft]]:
        forms = self._service.forms()
        left = {form.id: self._service.left(form) for form in forms}
        return forms, {name: draft for name, draft in left.items() if draft is not None}

    def _say_trouble(self) -> None:
        wrong = self._service.trouble()
        if wrong:
            words = self.tr("本地的自评表有误，按随程序的用：{0} 第 {1} 行，{2}")
            self.dialog.say(words.format(wrong[0].file, wrong[0].line, wrong[0].what), Tone.WARNING)

    # ---------------------------------------------------------------------------------------------- first page

    def _ask_earlier(self, form_id: str, number: str) -> None:
        self.earlier = None
        self.dialog.offer_again(False)
        form = self._service.form(form_id)

        def told(found: tuple[Reuse, Earlier | None, str]) -> None:
            given = self.dialog.start.given()
            if (given.form, given.firm_number.strip().upper()) != (form_id, number):
                return  # another firm stands there by now
            self._tell_earlier(*found)

        self._desk.tasks.run(lambda: self._service.earlier(form, number), told, order="assessment")

    def _tell_earlier(self, what: Reuse, earlier: Earlier | None, why: str) -> None:
        start = self.dialog.start
        if what is Reuse.FOUND and earlier is not None:
            self.earlier = earlier
            words = self.tr("上次：{0}，{1} 分，编号 {2}，{3} 前可以沿用：只问变化的。")
            start.say_before(
                words.format(earlier.subject, earlier.score, earlier.number, earlier.until.isoformat()), Tone.SUCCESS
            )
            self.dialog.offer_again(True)
        elif what is Reuse.OLD and earlier is not None:
            start.say_before(self.tr("上次的 {0} 不能沿用：{1}").format(earlier.number, why or self.tr("已过期")))
        elif what is Reuse.NONE:
            start.say_before(self.tr("平台上没有这家单位可以沿用的。"))
        else:
            start.say_before(self.tr("没有问到上次的：{0}。可以直接开始。").format(why), Tone.WARNING)

    def _begin(self, view: StartView) -> None:
        self._start(lambda: self._service.begin(self._service.form(view.form), view.route, about_of(view)))

    def _use_again(self, view: StartView) -> None:
        earlier = self.earlier
        if earlier is not None:
            form = self._service.form(view.form)
            self._start(lambda: self._service.use_again(form, view.route, about_of(view), earlier))

    def _resume(self, form: str) -> None:
        draft = self._left.get(form)
        if draft is not None:
            self._take(draft)

    def _start(self, make: Callable[[], Draft]) -> None:
        try:
            self._take(make())
        except YichuangError as error:
            self.dialog.say(error_line(error), Tone.ERROR)

    def _take(self, draft: Draft) -> None:
        self.draft = draft
        self._show()
        self.dialog.show_page(POINTS)
        first = draft.sheet.open[:1] or draft.sheet.points[:1]
        self.dialog.points.go(first[0].id)

    # ------------------------------------------------------------------------------------------------- answers

    def _answer(self, point_id: str, word: str) -> None:
        draft = self.draft
        if draft is None:
            return
        point = next(one for one in draft.sheet.points if one.id == point_id)
        answers = {MET: whole_answer(point), NONE: Answer(applies=False), BACK: None}
        self._change(replace(draft, sheet=draft.sheet.with_answer(point_id, answers.get(word, Answer()))))
        if word in (MET, NONE):
            self._onward(point_id)

    def _tick(self, point_id: str, place: int) -> None:
        draft = self.draft
        if draft is None:
            return
        answer = draft.sheet.answers.get(point_id)
        done = answer.done if answer is not None and answer.applies else frozenset()
        self._change(replace(draft, sheet=draft.sheet.with_answer(point_id, Answer(done ^ {place}))))

    def _onward(self, point_id: str) -> None:
        """To the point after this one; past the last one, to what is still open."""
        assert self.draft is not None  # noqa: S101  (called with one in hand)
        ids = [point.id for point in self.draft.sheet.points]
        at = ids.index(point_id) + 1
        # Points taken over are passed by: they are looked at only by who wants to.
        kept = self.draft.sheet.kept
        after = next((one for one in ids[at:] if one not in kept), None)
        if after is None:
            self._next_open(point_id)
        else:
            self.dialog.points.go(after)

    def _next_open(self, point_id: str) -> None:
        if self.draft is None:
            return
        ids = [point.id for point in self.draft.sheet.points]
        open_ones = [point.id for point in self.draft.sheet.open]
        if not open_ones:
            self.dialog.say(self.tr("都答完了，按 Ctrl+Enter 看结果。"), Tone.SUCCESS)
            return
        at = ids.index(point_id) if point_id in ids else 0
        self.dialog.points.go(next((one for one in open_ones if ids.index(one) > at), open_ones[0]))

    def _change(self, draft: Draft) -> None:
        # What the list said stands as long as the firm is the same.
        self.draft = draft
        self._show()
        self.dialog.say("")
        if not self._keeping.isActive():
            self._keeping.start()

    def _keep(self) -> None:
        self._keeping.stop()
        draft = self.draft
        if draft is not None:
            self._desk.tasks.run(lambda: self._service.keep(draft), lambda _: None, order="assessment")

    def _show(self) -> None:
        if self.draft is not None:
            form = self.draft.form
            self.dialog.set_points(form.title, standing(self.draft), groups(self.draft.sheet), answer_words(form))

    # -------------------------------------------------------------------------------------------------- result

    def _look(self) -> None:
        draft = self.draft
        if draft is None:
            return
        if draft.sheet.open:
            self._next_open("")
            self.dialog.say(self.tr("还有 {0} 项没有答。").format(len(draft.sheet.open)), Tone.WARNING)
            return
        self._show_result()
        self.dialog.show_page(RESULT)
        if not draft.form.listed:
            return
        self._busy = True
        self.dialog.say(self.tr("正在核查名单……"))

        def told(checked: Draft) -> None:
            self._busy = False
            if self.draft is draft:
                self.draft = checked
                self._show_result()
                self.dialog.say("")

        def failed() -> Draft | YichuangError:
            try:
                return self._service.check_list(draft)
            except YichuangError as error:
                return error

        def ended(result: Draft | YichuangError) -> None:
            if isinstance(result, YichuangError):
                self._busy = False
                self.dialog.say(error_line(result), Tone.ERROR)
            else:
                told(result)

        self._desk.tasks.run(failed, ended, order="assessment")

    def _show_result(self) -> None:
        if self.draft is not None:
            self.dialog.set_result(self.draft.form.title, standing(self.draft), result_view(self.draft))

    def _back(self) -> None:
        if self.dialog.page == RESULT:
            self._show()
            self.dialog.show_page(POINTS)
        else:
            self.dialog.show_page(START)

    def _hand_in(self) -> None:
        draft = self.draft
        if draft is None or self._busy:
            return
        self._busy = True
        self._keeping.stop()  # what is handed in is no draft any more

        def work() -> Handed | YichuangError:
            try:
                return self._service.hand_in(draft)
            except YichuangError as error:
                return error

        def ended(result: Handed | YichuangError) -> None:
            self._busy = False
            if isinstance(result, YichuangError):
                self.dialog.say(error_line(result), Tone.ERROR)
                return
            self.draft = None
            self._left.pop(draft.form.id, None)
            self._printing.print_paper(result.paper)
            self.dialog.accept()
            todo = self.tr("报告已送打印；进展在企业事项（Ctrl+U）里。")
            self._desk.tell(Tone.SUCCESS, self.tr("{0} 已提交").format(result.matter.number), draft.about.subject, todo)
            self._sync_now()
            self.handed.emit(result)

        self._desk.tasks.run(work, ended, order="assessment")
