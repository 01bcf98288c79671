"""Leads a learner through a lesson: hints at the real widgets; the next comes when the learner did the last."""

from __future__ import annotations

import time
from collections.abc import Callable

from PyQt6.QtCore import QObject, QTimer, pyqtSignal
from PyQt6.QtWidgets import QApplication, QPushButton, QWidget

from app.demo.scenario import Action, Scenario
from app.demo.score import Result
from app.presenters.coach_pointer import Pointer
from app.presenters.coach_watch import MistakeWatch
from app.presenters.coach_words import step_title, step_words
from app.presenters.ears import Ears
from app.presenters.player_conditions import Conditions
from app.presenters.player_faults import FaultDriver
from app.presenters.player_hands import Hands, ScenarioFailed
from app.presenters.screen import Screen
from widgets.actions import actions
from widgets.i18n import pick
from widgets.lesson_bar import LessonBar
from widgets.views import Tone

LOOK_MILLISECONDS = 120
"""How often the screen is looked at: a hint should follow the hand at once, and the look costs a fraction of that."""
SHOW_PACE = 0.55
"""Seconds between two keys while a step is shown."""
_MATERIAL_KEYS = {"T": "material_tolerate", "P": "material_promise", "A": "material_tick_all", "U": "material_reuse"}


class Coach(QObject):
    """One run of one lesson. `begin` once the screen is on show; `finished` carries the Result, `close` ends it all."""

    finished = pyqtSignal(object)

    def __init__(
        self,
        screen: Screen,
        scenario: Scenario,
        bar: LessonBar,
        *,
        hints: bool,
        learner: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """hints: False is an examination: nothing is pointed at and nothing shown. clock: seconds, for the time."""
        super().__init__(screen)
        self._screen = screen
        self._scenario = scenario
        self._bar = bar
        self._learner = learner
        self._clock = clock
        self._exam = not hints
        self._hints = hints
        self._hinted = hints
        self._conditions = Conditions(screen)
        self._faults = FaultDriver(screen, scenario)
        self._ears = Ears(self)
        self._watch = MistakeWatch(screen, scenario, self._ears, lambda: bool(self._faults.active))
        self._pointer = Pointer(screen.window, self.show_step)
        self._hands = Hands(screen, self._conditions, SHOW_PACE, self._pointer.follow)
        self._at = 0
        self._pending = 0
        self._started = 0.0
        self._shown: list[str] = []
        self._over = False
        self.showing = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        self._ears.pressed.connect(self._pressed)
        self._ears.clicked.connect(self._clicked)
        bar.hints_wanted.connect(self.set_hints)
        bar.set_lesson(
            self.tr("考核") if self._exam else self.tr("练习"),
            Tone.WARNING if self._exam else Tone.INFO,
            scenario.title,
            self.tr("交卷") if self._exam else self.tr("结束"),
        )
        bar.offer(hints=hints, restart=True)
        bar.set_hints(hints)

    @property
    def step(self) -> int:
        """Which step is in hand, from 0."""
        return self._at

    def begin(self) -> None:
        """The first step; time runs."""
        self._started = self._clock()
        self._faults.start()
        self._enter(0)
        self._timer.start()

    def close(self) -> None:
        """End looking; harmless when it has ended."""
        self._over = True
        self._hands.stopped = True
        self._timer.stop()
        self._ears.close()
        self._pointer.hide()

    def end(self) -> None:
        """The learner stops here: the result counts what was done."""
        if not self._over:
            self.close()
            self.finished.emit(self.result())

    def result(self) -> Result:
        """How it stands now."""
        return Result(
            lesson=self._scenario.name,
            title=self._scenario.title,
            learner=self._learner,
            at=self._screen.station.clock.now(),
            seconds=self._clock() - self._started,
            minutes=self._scenario.minutes,
            steps=len(self._scenario.steps),
            done=self._at,
            hints=self._hinted,
            mistakes=tuple(self._watch.mistakes),
            shown=tuple(self._shown),
        )

    def set_hints(self, on: bool) -> None:
        """Show or hide the hints; an examination has none."""
        if self._exam:
            return
        self._hints = on
        self._hinted = self._hinted or on
        self._bar.set_hints(on)
        self.look()

    def show_step(self) -> None:
        """Play the step in hand, slowly; it counts as shown."""
        if self.showing or self._over or self._exam:
            return
        step = self._scenario.steps[self._at]
        self._shown.append(step_title(step))
        self.showing = self._watch.deaf = True
        deadline = time.monotonic() + step.timeout + SHOW_PACE * 40
        try:
            for action in step.actions[self._pending :]:
                self._hands.act(action, deadline)
            for condition in step.until:
                self._hands.wait(condition, deadline)
        except ScenarioFailed:
            if not self._over:
                title = self.tr("这一步现在演示不了")
                self._screen.desk.tell(Tone.WARNING, title, "", self.tr("请按提示自己试试，或从头再来。"))
        finally:
            self.showing = self._watch.deaf = False
        if not self._over:
            self.look()

    # -- which step, which action --------------------------------------------------------------------------------

    def look(self) -> None:
        """Go on when the step in hand is done; point at what comes next."""
        if self._over:
            return
        self._tell_time()
        if self.showing or not self._faults.settled:
            return
        step = self._scenario.steps[self._at]
        self._skip_done(step.actions)
        done = self._conditions.all_hold(step.until) if step.until else self._pending >= len(step.actions)
        if done and self._at + 1 < len(self._scenario.steps):
            self._enter(self._at + 1)
        elif done:
            self._at += 1
            self.end()
            return
        self._hint()

    def _enter(self, at: int) -> None:
        self._at, self._pending = at, 0
        step = self._scenario.steps[at]
        self._watch.before = self._scenario.steps[at - 1] if at else None
        self._watch.step = step
        self._faults.step(step.id)
        words = self.tr("第 {0}/{1} 步").format(at + 1, len(self._scenario.steps))
        self._bar.set_step(words if self._exam else f"{words}　{step_title(step)}")

    def _skip_done(self, wanted: tuple[Action, ...]) -> None:
        """Actions whose effect can be seen are behind us, whoever brought it about."""
        while self._pending < len(wanted):
            action = wanted[self._pending]
            if not (
                (action.verb == "wait" and self._conditions.holds(str(action.argument)))
                or (action.verb == "choose" and self._conditions.is_form_open())
                or (action.verb == "fill" and all(self._conditions.is_field(str(key)) for key in action.argument))
            ):
                return
            self._pending += 1

    def _pressed(self, name: str, text: str, widget: QWidget) -> None:
        self._heard(Action("key", name))

    def _clicked(self, widget: QWidget, event: object) -> None:
        target: QWidget | None = widget
        while target is not None and not target.objectName():
            target = target.parentWidget()
        if target is not None:
            name = target.objectName()
            self._heard(Action("click", name))
            keys = {f"step_{action.id}": action.key for action in actions()}
            if name in keys:
                self._heard(Action("key", keys[name]))

    def _heard(self, done: Action) -> None:
        """A key or click of this step: the pointer goes behind it, past what must have come before."""
        if self.showing or self._over:
            return
        wanted = self._scenario.steps[self._at].actions
        for number in range(self._pending, len(wanted)):
            action = wanted[number]
            argument = action.argument["widget"] if isinstance(action.argument, dict) and action.verb == "click" else ""
            if action == done or (action.verb == done.verb == "click" and argument == done.argument):
                self._pending = number + 1
                return
            if action.verb in ("wait", "fill", "choose"):
                return  # only seeing is believing

    # -- pointing ------------------------------------------------------------------------------------------------

    def _tell_time(self) -> None:
        seconds = int(self._clock() - self._started)
        words = f"{seconds // 60}:{seconds % 60:02d}"
        if self._scenario.minutes:
            whole = round(self._scenario.minutes * 60)
            words = f"{words} / {whole // 60}:{whole % 60:02d}"
        self._bar.set_time(words)

    def _hint(self) -> None:
        if not self._hints:
            self._pointer.hide()
            return
        step = self._scenario.steps[self._at]
        number = self.tr("第 {0}/{1} 步").format(self._at + 1, len(self._scenario.steps))
        title = f"{number}　{step_title(step)}"
        words = step_words(step, self._name_of)
        self._pointer.point(self._target(), title, words, self._task(), bool(step.actions))

    def _task(self) -> str:
        """What exactly to type in the field that is to be filled now."""
        wanted = self._scenario.steps[self._at].actions
        if self._pending >= len(wanted):
            return ""
        action = wanted[self._pending]
        if action.verb == "type":
            return self._hands.dated(str(action.argument))
        key = self._next_field(action)
        if not key:
            return ""
        field = self._screen.desk.visit.form.asked()[key]
        text = self._hands.dated(str(action.argument[key]))
        return self.tr("{0}：{1}").format(pick(field.title, field.title_en), text)

    def _next_field(self, action: Action) -> str:
        """The first field of a fill that lacks; the one with the cursor before all. "" when there is none."""
        asked = self._screen.desk.visit.form.asked()
        if action.verb != "fill":
            return ""
        left = [str(key) for key in action.argument if key in asked and not self._conditions.is_field(str(key))]
        current = self._screen.window.form.current_field()
        return current if current in left else next(iter(left), "")

    def _target(self) -> QWidget | None:
        """The widget that the next action meets."""
        step = self._scenario.steps[self._at]
        if step.at:
            return self._hands.find(step.at)
        wanted = step.actions[self._pending :] or step.actions[-1:]
        action = next((one for one in wanted if one.verb != "wait"), None)
        if action is None:
            return None
        if action.verb == "key":
            return self._key_target(str(action.argument))
        if action.verb == "click":
            wanted_widget = action.argument if isinstance(action.argument, dict) else {"widget": action.argument}
            return self._hands.find(str(wanted_widget["widget"]), int(wanted_widget.get("nth", 1)))
        window = self._screen.window
        if action.verb == "choose":
            if not window.picker.isVisible():
                return self._hands.find("step_choose_items")
            return window.picker.search if not self._conditions.is_items_chosen() else self._hands.find("picker_go")
        if action.verb == "fill" and (key := self._next_field(action)) and window.form.isVisible():
            return window.form.field_editor(key)
        return QApplication.focusWidget()

    def _key_target(self, key: str) -> QWidget | None:
        by_key = {action.key: action.id for action in actions()}
        if key in by_key:
            # An open dialog is in the way of the strip; its main button mostly does what the key does.
            return self._hands.find(f"step_{by_key[key]}") or self._dialog_button(leave=False)
        if key in _MATERIAL_KEYS:
            return self._hands.find(_MATERIAL_KEYS[key]) or self._screen.window.materials.list
        return self._dialog_button(key == "Esc") or QApplication.focusWidget()

    def _dialog_button(self, leave: bool) -> QWidget | None:
        """The open dialog's main button, or the one that leaves it; None without a dialog."""
        dialog = QApplication.activeModalWidget()
        for button in dialog.findChildren(QPushButton) if dialog is not None else ():
            if button.isVisible() and (("Esc" in button.text()) if leave else (button.property("kind") == "primary")):
                return button
        return None

    def _name_of(self, name: str) -> str:
        widget = self._hands.find(name) or self._screen.window.findChild(QWidget, name)
        return (widget.accessibleName() if widget is not None else "") or self.tr("这里")
