"""Demo mode for people: a list of lessons, one fresh window for each, and what came of it."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PyQt6.QtCore import QObject, QTimer, pyqtSignal
from PyQt6.QtWidgets import QApplication, QDialog, QFileDialog

from app.demo.lessons import OWN_FOLDER, Lessons, load_lessons
from app.demo.recording import lesson_name, save_lesson
from app.demo.result_paper import result_pdf
from app.demo.results import RESULTS_FOLDER, ResultBook, results_csv
from app.demo.scenario import DEFAULT_LESSON, Scenario, load_scenario
from app.demo.score import Result
from app.domain.errors import EnvironmentProblem, YichuangError
from app.presenters.coach import Coach
from app.presenters.desk import error_line
from app.presenters.recorder import Recorder
from app.presenters.screen import Screen
from app.presenters.station import Workstation
from app.presenters.training_words import bad_words, lesson_views, practice_view, result_view
from app.workers.tasks import TaskRunner
from widgets.dialogs.save_lesson import SaveLessonDialog
from widgets.i18n import pick
from widgets.lesson_bar import LessonBar
from widgets.lessons import LessonsWindow
from widgets.views import Tone

Opener = Callable[[Scenario, bool], Workstation]
"""Opens a demo for a lesson; fresh: with an empty store. Called off the event loop."""
AskFile = Callable[[str, str], str]
"""Where to save: a title and a file name are offered; "" when nobody wants to save."""


@dataclass(frozen=True, slots=True)
class _Run:
    """What is on, or being made ready. lesson: None in free practice. record: does everything count as a lesson."""

    world: Scenario
    lesson: Scenario | None
    hints: bool = True
    record: bool = False


class TrainingRoom(QObject):
    """`opened` carries the Screen once it is on show; `ended` follows when the list or a result is back.

    first: a lesson to begin with at once. ask_file: handed in by tests. ready: called with each station opened.
    """

    opened = pyqtSignal(object)
    ended = pyqtSignal()

    def __init__(
        self,
        folder: Path,
        opener: Opener,
        *,
        ask_file: AskFile | None = None,
        ready: Callable[[Workstation], object] = lambda _: None,
    ) -> None:
        """folder: the demo profile's."""
        super().__init__()
        self._own = folder / OWN_FOLDER
        self._book = ResultBook(folder / RESULTS_FOLDER)
        self._opener = opener
        self._ready = ready
        self._ask_file = ask_file or self._ask
        self._lessons = Lessons(())
        self._results: tuple[Result, ...] = ()
        self._result: Result | None = None
        self._run: _Run | None = None
        self.screen: Screen | None = None
        self.coach: Coach | None = None
        self.recorder: Recorder | None = None
        self.window = LessonsWindow()
        self.tasks = TaskRunner(self)
        self.tasks.failed.connect(self._failed)
        page, result = self.window.page, self.window.result
        page.begin.connect(self.begin)
        page.record.connect(self.record)
        page.export.connect(self._export_all)
        result.back.connect(self._show_list)
        result.again.connect(self._again)
        result.export_pdf.connect(self._export_pdf)
        result.export_csv.connect(self._export_csv)

    def start(self, first: Scenario | None = None) -> None:
        """Show the list, or begin a lesson at once."""
        self._reload(lambda: self._begin(_Run(first, first)) if first is not None else self._show_list())

    def begin(self, name: str, hints: bool) -> None:
        """Begin a lesson by name, "" for free practice."""
        if self._run is None:
            lesson = self._lessons.named(name) if name else None
            self._begin(_Run(lesson or load_scenario(DEFAULT_LESSON), lesson, hints))

    def record(self) -> None:
        """Record a new lesson, on a fresh window."""
        if self._run is None:
            self._begin(_Run(load_scenario(DEFAULT_LESSON), None, record=True))

    def close(self) -> None:
        """Take everything down; the program ends."""
        self._leave_now(lambda: None)
        self.tasks.close()
        self.window.close()

    # -- a lesson begins and ends ---------------------------------------------------------------------------------

    def _begin(self, run: _Run) -> None:
        self._run = run
        title = pick(run.lesson.title, run.lesson.title_en) if run.lesson else practice_view().title
        self.window.show_wait(self.tr("正在准备“{0}”…\n第一次使用要先生成演示画面，请稍等。").format(title))
        self.window.show()
        fresh = run.lesson is not None or run.record
        self.tasks.run(lambda: self._opener(run.world, fresh), lambda station: self._open(run, station))

    def _open(self, run: _Run, station: Workstation) -> None:
        self._ready(station)
        screen = Screen(station)
        bar = LessonBar()
        screen.window.add_bar(bar)
        self.screen = screen
        bar.restart_wanted.connect(lambda: self._leave(lambda: self._begin(run)))
        bar.end_wanted.connect(self._end)
        # Not from within its closing: ending takes the window itself apart.
        screen.window.closing.connect(lambda: QTimer.singleShot(0, self._end))
        screen.window.setGeometry(self.window.geometry())
        if self.window.isMaximized():
            screen.window.showMaximized()
        else:
            screen.window.show()
        self.window.hide()
        screen.window.activateWindow()
        screen.start()
        if run.lesson is not None:
            learner = self.window.page.learner.text().strip()
            self.coach = Coach(screen, run.lesson, bar, hints=run.hints, learner=learner)
            self.coach.finished.connect(self._finished)
            self.coach.begin()
        elif run.record:
            self._begin_recording(screen, bar)
        else:
            bar.set_lesson(practice_view().title, Tone.INFO, practice_view().purpose, self.tr("结束"))
            bar.offer(hints=False, restart=False)
        self.opened.emit(screen)

    def _begin_recording(self, screen: Screen, bar: LessonBar) -> None:
        about = self.tr("照平常办一遍，做完按“停止录制”；请用虚构的内容。")
        bar.set_lesson(self.tr("正在录制"), Tone.ERROR, about, self.tr("停止录制"))
        bar.offer(hints=False, restart=True)
        self.recorder = Recorder(screen)
        self.recorder.start()

    def _end(self) -> None:
        """The bar's last button, or the window's own closing."""
        if self.coach is not None:
            self.coach.end()
        elif self.recorder is not None and not self.recorder.empty and self.screen is not None:
            self._keep_recording(self.screen, self.recorder)
        elif self.screen is not None:
            self._leave(lambda: self._reload(self._show_list))

    def _finished(self, result: Result) -> None:
        self._result = result

        def keep() -> None:
            self._book.add(result)

        def show() -> None:
            lesson = next((one for one in self._lessons.all if one.name == result.lesson), None)
            self.window.result.set_result(result_view(result, lesson))
            self.window.show_result()
            self.window.show()
            self.ended.emit()

        self._leave(lambda: self.tasks.run(keep, lambda _: self._reload(show)))

    def _leave(self, then: Callable[[], None]) -> None:
        """Close the lesson's window soon; then, its store being closed too, go on."""
        if self.coach is not None:
            self.coach.close()
        QTimer.singleShot(0, lambda: self._leave_now(then))

    def _leave_now(self, then: Callable[[], None]) -> None:
        screen, coach = self.screen, self.coach
        if screen is None:
            then()
            return
        dialog = QApplication.activeModalWidget()
        if dialog is not None or (coach is not None and coach.showing):
            # A question or a demonstration is still at work below us on the stack: let it end first.
            if isinstance(dialog, QDialog):
                dialog.reject()
            QTimer.singleShot(30, lambda: self._leave_now(then))
            return
        self.screen = self.coach = self.recorder = None
        self.window.show_wait(self.tr("正在收起…"))
        self.window.show()
        station = screen.station
        screen.close()
        screen.window.deleteLater()
        screen.deleteLater()
        del screen, coach
        # Presenters and signals hold each other; let them go here and now, for Qt's objects must end on this thread.
        gc.collect()

        def gone(_: None) -> None:
            self._run = None
            then()

        self.tasks.run(station.close, gone)

    # -- recording ------------------------------------------------------------------------------------------------

    def _keep_recording(self, screen: Screen, recorder: Recorder) -> None:
        steps = recorder.stop()
        self.recorder = None
        dialog = SaveLessonDialog(
            len(steps), recorder.left_out, self.window if screen.window.isHidden() else screen.window
        )
        world = load_scenario(DEFAULT_LESSON)

        def save() -> None:
            taken = {lesson.name for lesson in self._lessons.all}
            lesson = replace(
                world,
                name=lesson_name(dialog.lesson_title(), taken),
                title=dialog.lesson_title(),
                purpose=dialog.purpose(),
                title_en="",
                purpose_en="",
                steps=steps,
                minutes=0.0,
                faults=(),
                goal=steps[-1].until,
            )

            def show() -> None:
                self._show_list()
                self.window.page.select(lesson.name)

            def write() -> None:
                save_lesson(self._own, lesson)

            self._leave(lambda: self.tasks.run(write, lambda _: self._reload(show)))

        dialog.accepted.connect(save)
        dialog.rejected.connect(lambda: self._leave(lambda: self._reload(self._show_list)))
        dialog.open()

    # -- the list and the result ----------------------------------------------------------------------------------

    def _reload(self, then: Callable[[], None]) -> None:
        """Read the trainer's folder and the results again, then go on."""

        def read() -> tuple[Lessons, tuple[Result, ...]]:
            return load_lessons(self._own), self._book.all()

        def take(found: tuple[Lessons, tuple[Result, ...]]) -> None:
            self._lessons, self._results = found
            self.window.page.set_lessons(lesson_views(*found), bad_words(found[0]))
            self.window.page.set_can_export(bool(found[1]))
            then()

        self.tasks.run(read, take)

    def _show_list(self) -> None:
        self.window.show_list()
        self.window.show()
        self.ended.emit()

    def _again(self, hints: bool) -> None:
        if self._result is not None:
            self.begin(self._result.lesson, hints)

    def _failed(self, error: YichuangError) -> None:
        """Nothing to work with: back to the list, with the reason."""
        self._run = None
        self.window.page.set_lessons(lesson_views(self._lessons, self._results), error_line(error))
        self._show_list()

    # -- taking results away --------------------------------------------------------------------------------------

    def _ask(self, title: str, name: str) -> str:
        return QFileDialog.getSaveFileName(self.window, title, name)[0]

    def _export_all(self) -> None:
        results = self._results
        self._export(self.tr("练习成绩.csv"), lambda: results_csv(results))

    def _export_csv(self) -> None:
        result = self._result
        if result is not None:
            self._export(self.tr("练习成绩.csv"), lambda: results_csv([result]))

    def _export_pdf(self) -> None:
        result = self._result
        if result is not None:
            self._export(self.tr("练习成绩单.pdf"), lambda: result_pdf(result))

    def _export(self, name: str, made: Callable[[], bytes]) -> None:
        chosen = self._ask_file(self.tr("保存成绩"), name)
        if not chosen:
            return
        path = Path(chosen)

        def write() -> None:
            try:
                path.write_bytes(made())
            except OSError as error:
                raise EnvironmentProblem(
                    self.tr("成绩没有导出"), f"{path.name} {error.strerror}", self.tr("请换一个位置再试。")
                ) from error

        self.tasks.run(write, lambda _: self.window.result.say(self.tr("已保存 {0}").format(path.name)))
