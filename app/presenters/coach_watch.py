"""Notes a learner's mistakes, each with what would have been right. Looks on; changes nothing."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject, pyqtSignal

from app.demo.scenario import Scenario, Step
from app.demo.score import Mistake, MistakeKind
from app.domain.fact import SourceKind, Verdict
from app.domain.licence import LicenceReading
from app.domain.material import MaterialStatus
from app.licences.facts import Match
from app.presenters.coach_words import step_title, step_words, told_text
from app.presenters.ears import Ears
from app.presenters.screen import Screen
from app.presenters.words import verdict_words
from app.services.scan_licence import LICENCE_KINDS
from devices.outcome import Outcome, Reply
from widgets.actions import Action as ClerkAction
from widgets.actions import actions
from widgets.i18n import core_words, pick

ALWAYS_FINE = frozenset({"help", "outbox", "next_field"})
"""Looking around costs nothing."""


class MistakeWatch(QObject):
    """Knows the step in hand (`step`, `before`) and notes what does not belong to it.

    noted(Mistake): a new mistake. deaf: while something is shown, what happens is nobody's mistake. excused: says that
    something is out of order by the lesson's own will.
    """

    noted = pyqtSignal(object)

    def __init__(self, screen: Screen, scenario: Scenario, ears: Ears, excused: Callable[[], bool]) -> None:
        super().__init__(screen)
        self._screen = screen
        self._scenario = scenario
        self._excused = excused
        self._actions = {action.id: action for action in actions()}
        self._keys = {action.key: action.id for action in actions()}
        self._typed: dict[str, str] = {}
        self._statuses: dict[str, MaterialStatus] = {}
        self._visit = ""
        self._was_accepted = False
        self.mistakes: list[Mistake] = []
        self.deaf = False
        self.step: Step = scenario.steps[0]
        self.before: Step | None = None
        ears.pressed.connect(self._pressed)
        ears.clicked.connect(lambda *_: self._look())
        screen.window.action.connect(self._acted)
        screen.window.form.edited.connect(self._edited)
        screen.codes.scanned.connect(self._scanned)
        screen.who.read.connect(self._card_read)
        screen.desk.changed.connect(self._materials_changed)

    def _note(self, kind: MistakeKind, what: str, right: str) -> None:
        if not self.deaf:
            mistake = Mistake(kind, step_title(self.step), what, right)
            self.mistakes.append(mistake)
            self.noted.emit(mistake)

    # -- keys -------------------------------------------------------------------------------------------------

    def _pressed(self, name: str, text: str, widget: object) -> None:
        """Only what cannot work now; what works comes by the window's own signal, from key and mouse alike."""
        self._look()
        action = self._actions.get(self._keys.get(name, ""))
        if action is None or not action.strip or action.id in ALWAYS_FINE:
            return
        if not self._screen.window.is_action_enabled(action.id):
            what = self.tr("按了 {0}，现在还不能“{1}”").format(action.key, action.words)
            self._note(MistakeKind.WRONG_KEY, what, self._wanted())

    def _look(self) -> None:
        """How things stand before a key or click takes effect: F12 itself ends an acceptance."""
        self._was_accepted = self._screen.accept.accepted

    def _acted(self, name: str) -> None:
        action = self._actions.get(name)
        # What has no place in the strip (undo, the palette, parking …) is nobody's mistake.
        if action is None or not action.strip or name in ALWAYS_FINE:
            return
        if name in ("check", "accept") and self._forgot(action):
            return
        if name == "next_visitor" and not self._was_accepted and name not in self._expected(self.step):
            if self._screen.desk.visit.empty:  # asked again, the learner still meant it
                self._note(MistakeKind.LEFT_EARLY, self.tr("还没有受理就结束了本次办理"), self._wanted())
            return
        near = self._expected(self.step) | (self._expected(self.before) if self.before else frozenset())
        if name not in near:
            what = self.tr("按了 {0}（{1}）").format(action.key, action.words)
            self._note(MistakeKind.WRONG_KEY, what, self._wanted())

    def _forgot(self, action: ClerkAction) -> bool:
        """Was the form or the list not complete? Once accepted, F8 only shows the paper."""
        if self._screen.accept.accepted:
            return False
        check = self._screen.accept.quick_check()
        if check.unsettled:
            names = self.tr("、").join(pick(line.use.name, line.use.name_en) for line in check.unsettled)
            what = self.tr("材料还没有落实就按了 {0}：{1}").format(action.key, names)
            self._note(MistakeKind.FORGOTTEN, what, self.tr("先逐份拍摄（F6）、容缺（T）或承诺（P）"))
            return True
        missing = [problem for problem in check.problems if not problem.warning]
        if missing:
            fields = self._screen.desk.visit.form.asked()
            titles = [pick(fields[p.key].title, fields[p.key].title_en) for p in missing if p.key in fields]
            what = self.tr("表单没有填好就按了 {0}：{1}").format(action.key, self.tr("、").join(titles[:4]))
            self._note(MistakeKind.FORGOTTEN, what, self.tr("按 F5 逐项补齐"))
            return True
        return False

    @staticmethod
    def _expected(step: Step) -> frozenset[str]:
        """The window's actions that a step needs."""
        by_key = {action.key: action.id for action in actions()}
        found = set()
        for action in step.actions:
            if action.verb == "key" and action.argument in by_key:
                found.add(by_key[action.argument])
            elif action.verb == "choose":
                found.add("choose_items")
            elif action.verb == "click":
                widget = action.argument if isinstance(action.argument, str) else action.argument["widget"]
                found.add(str(widget).removeprefix("step_"))
        return frozenset(found)

    def _wanted(self) -> str:
        """What this step is about, in its own words."""
        return step_words(self.step)

    # -- the form ---------------------------------------------------------------------------------------------

    def _edited(self, key: str, text: str) -> None:
        visit = self._screen.desk.visit
        if visit.visit_id != self._visit:
            self._visit, self._typed = visit.visit_id, {}
        field = visit.form.asked().get(key)
        if field is None:
            return
        title = pick(field.title, field.title_en)
        problem = self._screen.window.form.field_row(key).problem
        refused = problem is not None and not problem.missing and not problem.warning
        if refused and problem is not None and text:
            what = self.tr("“{0}”填的内容不合要求：{1}").format(title, core_words(problem.message))
            self._note(MistakeKind.REFUSED_ENTRY, what, self._right_text(key))
            self._typed.pop(key, None)
            return
        before, fact = self._typed.get(key), visit.form.state(key).fact
        if fact is None or fact.source.kind is not SourceKind.CLERK:
            return
        if before and before != fact.value:
            self._note(MistakeKind.CORRECTED_FIELD, self.tr("“{0}”填好后又改了").format(title), self._right_text(key))
        self._typed[key] = fact.value

    def _right_text(self, key: str) -> str:
        """What the lesson has in this field, if it says."""
        for step in self._scenario.steps:
            for action in step.actions:
                if action.verb == "fill" and key in action.argument:
                    return self.tr("本课填：{0}").format(told_text(str(action.argument[key])))
        return self.tr("录入前先核对来访者的材料")

    # -- devices and materials --------------------------------------------------------------------------------

    def _scanned(self, reading: LicenceReading) -> None:
        right = self.tr("请来访者亮出本人的、在有效期内的电子证照")
        if reading.kind not in LICENCE_KINDS:
            self._note(MistakeKind.WRONG_LICENCE, self.tr("扫的不是电子证照的二维码"), right)
            return
        entries = self._screen.desk.visit.licences
        if entries and entries[-1].match.match is Match.DIFFERENT:
            self._note(MistakeKind.WRONG_LICENCE, self.tr("扫了别人的证照"), right)
        elif reading.verdict is not Verdict.SIGNATURE_VALID:
            self._note(
                MistakeKind.WRONG_LICENCE, self.tr("扫的证照不能用：{0}").format(verdict_words(reading)[0]), right
            )

    def _card_read(self, reply: Reply[object]) -> None:
        if reply.outcome in (Outcome.NOT_PRESENT, Outcome.TIMEOUT) and not self._excused():
            self._note(MistakeKind.CARD_NOT_READ, self.tr("没有等到证件"), self.tr("先请来访者放好证件，再按 F2"))

    def _materials_changed(self) -> None:
        wanted: dict[str, set[str]] = {}
        for step in self._scenario.steps:
            for condition in step.until:
                name, *words = condition.split()
                if name == "material":
                    wanted.setdefault(words[0], set()).add(words[1])
        for line in self._screen.desk.visit.checklist.materials:
            before, now = self._statuses.get(line.use.id), line.status
            self._statuses[line.use.id] = now
            if before is None or before == now or now in (MaterialStatus.MISSING, MaterialStatus.WAIVED):
                continue
            if line.use.id in wanted and now not in wanted[line.use.id]:
                name = pick(line.use.name, line.use.name_en)
                what = self.tr("“{0}”的办法选错了：{1}").format(name, self._status_words(now))
                right = self.tr("、").join(
                    self._status_words(MaterialStatus(status)) for status in sorted(wanted[line.use.id])
                )
                self._note(MistakeKind.WRONG_SETTLING, what, right)

    def _status_words(self, status: MaterialStatus) -> str:
        return {
            MaterialStatus.CAPTURED: self.tr("拍摄"),
            MaterialStatus.TOLERATED: self.tr("容缺受理"),
            MaterialStatus.PROMISED: self.tr("告知承诺"),
        }.get(status, str(status))
