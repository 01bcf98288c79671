"""Ctrl+D: which shared data could spare this visitor papers and typing, asked for, shown, taken over."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QObject, pyqtSignal

from app.domain.errors import YichuangError
from app.domain.person import mask, mask_name
from app.domain.shared_data import Purpose
from app.presenters.desk import Desk
from app.presenters.main import MainPresenter
from app.presenters.status import StatusPresenter
from app.presenters.words import field_title, field_value
from app.services.query_data import Answer, Outcome, QueryData, Question
from app.services.visit import Visit
from app.workers.tasks import TaskRunner
from widgets.dialogs.query import QueryDialog
from widgets.i18n import core_words, pick
from widgets.views import KnownView, PurposeView, QueryRow, QueryStage, Tone
from widgets.window import MainWindow

THREADS = 3
"""So many departments are asked at once; none holds up another's answer, nor the store's work."""

_STATES = {
    Outcome.FOUND: (QT_TRANSLATE_NOOP("SharedDataPresenter", "已查到"), Tone.SUCCESS),
    Outcome.NONE: (QT_TRANSLATE_NOOP("SharedDataPresenter", "没有记录"), Tone.NEUTRAL),
    Outcome.REFUSED: (QT_TRANSLATE_NOOP("SharedDataPresenter", "不予提供"), Tone.ERROR),
    Outcome.UNREACHABLE: (QT_TRANSLATE_NOOP("SharedDataPresenter", "没有应答"), Tone.WARNING),
}


class SharedDataPresenter(QObject):
    """`answered` carries each Answer, `taken` the Taken. Answers belong to one visitor and go with him."""

    answered = pyqtSignal(object)
    taken = pyqtSignal(object)

    def __init__(
        self, window: MainWindow, desk: Desk, query: QueryData, main: MainPresenter, status: StatusPresenter
    ) -> None:
        super().__init__()
        self._window = window
        self._desk = desk
        self._query = query
        self._main = main
        self._status = status
        self._runner = TaskRunner(self, THREADS)
        self._runner.failed.connect(self._failed)
        self._whose = ""
        self._answers: dict[str, Answer] = {}
        self._asking: dict[str, Question] = {}
        self._shown: tuple[Question, ...] = ()
        self._known: tuple[Visit, int, tuple[Question, ...]] | None = None
        self._wanted: Purpose | None = None
        self._online = False
        self.dialog = QueryDialog(window)
        self.dialog.asked.connect(self._ask)
        self.dialog.taken.connect(self._take)
        self.dialog.later.connect(self._ask_later)
        main.add("query_data", self.open, self._possible)
        desk.changed.connect(self._show)
        window.view_changed.connect(self._show)
        status.synced.connect(self._synced)
        self._refresh()

    def wait(self) -> None:
        """Wait for running calls before what they use is closed."""
        self._runner.close()

    def open(self) -> None:
        """Show what can be asked, and what was found and not yet taken over."""
        self._shown = (*self._kept(), *self._questions())
        if not self._shown:
            return
        purposes = self._query.purposes(self._shown)
        self.dialog.set_purposes([PurposeView(p.id, pick(p.text, p.text_en)) for p in purposes])
        self.dialog.set_title(self.tr("查询共享数据"), self._about(self._shown))
        self._show_rows()
        self.dialog.open()

    # ------------------------------------------------------------------------------------------------ the hint

    def _possible(self) -> bool:
        ready = self._window.form_shown and self._main.open_now and self._status.online
        return ready and bool(self._kept() or self._questions())

    def _show(self) -> None:
        self._forget_strangers()
        self._window.who.known.set_query(self._hint())

    def _hint(self) -> KnownView | None:
        questions = (*self._kept(), *self._questions())
        if not questions or not self._window.form_shown or not self._main.open_now:
            return None
        names = self.tr("、").join(pick(q.source.name, q.source.name_en) for q in questions)
        fields = {key for q in questions for key in q.fields}
        materials = {material for q in questions for material in q.materials}
        gains = []
        if materials:
            gains.append(self.tr("可免交 {0} 份").format(len(materials)))
        if fields:
            gains.append(self.tr("可填 {0} 项").format(len(fields)))
        if any(q.opens for q in questions):
            gains.append(self.tr("可定能否容缺"))
        words = "\n".join(part for part in (names, self.tr("，").join(gains)) if part)
        if not self._status.online:
            return KnownView(self.tr("离线，联网后可查"), words, open=False)
        title = self.tr("共享数据 {0} 种").format(len(questions))
        return KnownView(self.tr("已查到 {0} 种").format(len(self._kept())) if self._kept() else title, words)

    # -------------------------------------------------------------------------------------------------- asking

    def _ask(self, purpose_id: str, sources: Sequence[str]) -> None:
        purpose = next((p for p in self._query.purposes(self._shown) if p.id == purpose_id), None)
        if purpose is None:
            return
        self._runner.run(lambda: self._query.remember(purpose), lambda _: None)
        for question in self._shown:
            if question.source.id in sources:
                self._call(question, purpose)
        self._show_rows()

    def _call(self, question: Question, purpose: Purpose) -> None:
        whose = self._whose
        self._answers.pop(question.source.id, None)
        self._known = None
        self._asking[question.source.id] = question

        def done(answer: Answer) -> None:
            if whose != self._whose:
                return  # the visitor has gone, and what is known of him with him
            self._asking.pop(question.source.id, None)
            self._answers[question.source.id], self._known = answer, None
            self._show_rows()
            self._show()
            self._main.enable()
            self.answered.emit(answer)
            if not self._asking and not self.dialog.isVisible():
                self._tell_found()

        self._runner.run(lambda: self._query.ask(question, purpose), done)

    def _failed(self, error: YichuangError) -> None:
        """The trail could not be written: what was asked is not known to have been asked, so nothing is shown."""
        self._asking.clear()
        self._show_rows()
        self._desk.show_error(error)

    def _ask_later(self, purpose_id: str) -> None:
        self._wanted = next((p for p in self._query.purposes(self._shown) if p.id == purpose_id), None)
        self._desk.tell(Tone.INFO, self.tr("联网后自动再查"), "", self.tr("可以先填表、收材料。"))

    def _synced(self) -> None:
        back, self._online = self._status.online and not self._online, self._status.online
        self._refresh()
        if back and self._wanted is not None:
            purpose, self._wanted = self._wanted, None
            self._shown = tuple(q for q in self._questions() if purpose.id in q.grant.purposes)
            for question in self._shown:
                self._call(question, purpose)

    def _tell_found(self) -> None:
        found = self._kept()
        if found:
            names = self.tr("、").join(pick(q.source.name, q.source.name_en) for q in found)
            self._desk.tell(Tone.SUCCESS, self.tr("共享数据已查到"), names, self.tr("按 Ctrl+D 采用。"))

    # -------------------------------------------------------------------------------------------------- taking

    def _take(self, sources: Sequence[str]) -> None:
        answers = [self._answers[source] for source in sources if source in self._answers]
        taken = self._query.take(self._desk.visit, answers)
        self._desk.change(taken.visit)
        said = []
        if taken.filled:
            said.append(self.tr("填入 {0} 项").format(len(taken.filled)))
        if taken.waived:
            names = [m.use.name for m in taken.visit.checklist.materials if m.use.id in taken.waived]
            said.append(self.tr("免交 {0} 份：{1}").format(len(names), core_words("、".join(names))))
        said += [core_words(check.words) for answer in answers if (check := self._query.clearance(taken.visit, answer))]
        what = self.tr("；").join(said)
        if taken.disputed:
            fields = taken.visit.form.asked()
            titles = self.tr("、").join(field_title(fields, key) for key in taken.disputed)
            title = self.tr("已采用，还有 {0} 项与原来的不一致：{1}").format(len(taken.disputed), titles)
            self._desk.tell(Tone.WARNING, title, what, self.tr("光标已在这一项，Ctrl+1、Ctrl+2 选定。"))
            self._window.form.focus_field(taken.disputed[0])
        else:
            self._desk.tell(Tone.SUCCESS, self.tr("共享数据已采用"), what)
        self.taken.emit(taken)

    # ------------------------------------------------------------------------------------------------- helpers

    def _refresh(self) -> None:
        """The platform may have changed the grants."""

        def shown(_: None) -> None:
            self._show()
            self._main.enable()

        self._desk.tasks.run(self._query.refresh, shown)

    def _forget_strangers(self) -> None:
        """Another visitor, or another card: nothing that was found of the one before stays here."""
        visit = self._desk.visit
        whose = f"{visit.visit_id} {visit.card.number if visit.card else ''}"
        if whose != self._whose:
            self._whose, self._wanted = whose, None
            self._answers, self._asking, self._shown, self._known = {}, {}, (), None
            if self.dialog.isVisible():
                self.dialog.reject()

    def _questions(self) -> tuple[Question, ...]:
        """What could be asked: not what was answered for this visitor already."""
        settled = [
            source
            for source, answer in self._answers.items()
            if answer.outcome in (Outcome.FOUND, Outcome.NONE, Outcome.REFUSED)
        ]
        return self._query.questions(self._desk.visit, settled)

    def _kept(self) -> tuple[Question, ...]:
        """What was answered and would still change something: not taken over yet, or taken back since."""
        visit = self._desk.visit
        if self._known is None or self._known[0] is not visit or self._known[1] != len(self._answers):
            order = {q.source.id: place for place, q in enumerate(self._shown)}
            useful = [a.question for a in self._answers.values() if self._useful(a)]
            useful.sort(key=lambda q: order.get(q.source.id, len(order)))
            self._known = (visit, len(self._answers), tuple(useful))
        return self._known[2]

    def _about(self, questions: Sequence[Question]) -> str:
        """Whom the questions are about: names in full stand on the left, here they are masked for onlookers."""
        people = dict.fromkeys((q.subject.name, q.subject.number) for q in questions)
        return self.tr("、").join(f"{mask_name(name)} {mask(number)}".strip() for name, number in people)

    def _show_rows(self) -> None:
        if self._asking:
            stage = QueryStage.ASKING
        elif any(q.source.id in self._answers for q in self._shown):
            stage = QueryStage.DONE
        else:
            stage = QueryStage.READY
        self.dialog.set_rows([self._row(question, stage) for question in self._shown], stage)

    def _row(self, question: Question, stage: QueryStage) -> QueryRow:
        source = question.source
        visit = self._desk.visit
        gains = []
        if question.materials:
            names = [m.use.name for m in visit.checklist.materials if m.use.id in question.materials]
            gains.append(self.tr("免交 {0}").format(core_words("、".join(names))))
            if not question.required:
                gains.append(self.tr("选交的材料，要查请勾选"))
        if question.fields:
            titles = [field_title(visit.form.asked(), key) for key in question.fields]
            gains.append(self.tr("填 {0}").format(self.tr("、").join(titles)))
        if question.opens:
            names = [m.use.name for m in visit.checklist.materials if m.use.id in question.opens]
            gains.append(self.tr("定能否容缺 {0}").format(core_words("、".join(names))))
        answer = self._answers.get(source.id)
        words, tone, detail = self.tr("待查询"), Tone.NEUTRAL, ""
        usable = stage is QueryStage.READY
        if source.id in self._asking:
            words, tone = self.tr("查询中"), Tone.INFO
        elif answer is not None:
            state, tone = _STATES[answer.outcome]
            words, detail = self.tr(state), self._detail(answer)
            usable = self._useful(answer)
        elif stage is QueryStage.DONE:
            words = self.tr("没有查")
        return QueryRow(
            source.id,
            pick(source.name, source.name_en),
            core_words(question.department),
            self.tr("；").join(gains),
            words,
            tone,
            detail,
            warning=self._warning(answer) if answer is not None and usable else "",
            can_tick=usable,
            ticked=answer is not None or question.needed,
            failed=answer is not None and answer.outcome is Outcome.UNREACHABLE,
        )

    def _useful(self, answer: Answer) -> bool:
        """Would taking it over change anything?"""
        return answer.reply is not None and self._query.take(self._desk.visit, [answer]).visit is not self._desk.visit

    def _detail(self, answer: Answer) -> str:
        if answer.outcome is Outcome.NONE:
            return self.tr("请收取材料") if answer.question.required and not self._useful(answer) else ""
        if answer.reply is None:
            return core_words(answer.why)
        visit = self._desk.visit
        fields, values = visit.form.asked(), self._query.values(visit, answer)
        said = [
            self.tr("{0} {1}").format(field_title(fields, key), field_value(fields[key], value))
            for key, value in values.items()
            if key in fields
        ]
        if answer.why:
            said.append(core_words(answer.why))
        if answer.reply.valid_until:
            said.append(self.tr("有效期至 {0}").format(answer.reply.valid_until.isoformat()))
        return self.tr("，").join(said)

    def _warning(self, answer: Answer) -> str:
        """Which fields the clerk would have to settle if this were taken over."""
        visit = self._desk.visit
        differ = [field_title(visit.form.asked(), key) for key in self._query.take(visit, [answer]).disputed]
        return self.tr("与表中不一致：{0}").format(self.tr("、").join(differ)) if differ else ""
