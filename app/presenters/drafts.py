"""Nothing is lost: the visit in hand is kept at each pause, parked on a key, taken up again, offered after a crash."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QElapsedTimer, QObject, QTimer, pyqtSignal
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QWidget

from app.domain.clock import Clock, shanghai
from app.domain.form import FormDefinition
from app.presenters.accept import AcceptPresenter
from app.presenters.desk import Desk
from app.services.drafts import Drafts, Unfinished
from app.services.fill_form import FillForm
from app.services.visit import Visit
from app.services.visit_file import Reopened
from offline_db.drafts import DraftState
from widgets.dialogs.confirm import confirm
from widgets.dialogs.parked import LeftDialog, ParkedDialog
from widgets.i18n import core_words
from widgets.views import ParkedRow, Tone
from widgets.window import MainWindow

PAUSE_MILLISECONDS = 400
"""So long nobody types before the draft is saved."""
LONGEST_MILLISECONDS = 2000
"""Who types without a pause is saved as often."""
KEYS = 9


class DraftsPresenter(QObject):
    """`saved` follows each save; `listed` carries the parked visits (tuple of Unfinished) whenever they changed.

    leave: closes live pictures before another visit is taken in hand. prepare: builds the form of one. flush and the
    list run in Desk.tasks.
    """

    saved = pyqtSignal()
    listed = pyqtSignal(object)

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        drafts: Drafts,
        fill: FillForm,
        accept: AcceptPresenter,
        leave: Callable[[], None],
        prepare: Callable[[FormDefinition], None],
    ) -> None:
        super().__init__()
        self._window = window
        self._desk = desk
        self._drafts = drafts
        self._fill = fill
        self._accept = accept
        self._leave = leave
        self._prepare = prepare
        self._saved: Visit | None = None
        self._saving = False
        self._moving = False
        self._move_failed = False
        self._typing: str | None = None
        self._then: Callable[[], None] | None = None
        self._dialog: ParkedDialog | None = None
        self._left: LeftDialog | None = None
        self.parked: tuple[Unfinished, ...] = ()
        self._since = QElapsedTimer()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self.save)
        desk.changed.connect(self._touched)
        desk.replaced.connect(self._turned)
        desk.tasks.failed.connect(self._failed)
        window.form.typing.connect(self._types)
        window.form.edited.connect(self._typed)
        for number in range(1, KEYS + 1):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), window)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda at=number - 1: self._resume_at(at))

    # -- the visit in hand --------------------------------------------------------------------------------------

    def save(self) -> None:
        """Keep the visit in hand as it stands, half-typed text included. Off the event loop; one at a time."""
        self._pause.stop()
        self._since.invalidate()
        if self._saving:
            self._touched()
            return
        visit = self._as_typed()
        if not self._worth_keeping(visit) or visit == self._saved:
            return
        self._saving = True

        def work() -> bool:
            try:
                return self._drafts.save(visit)
            finally:
                self._saving = False

        def done(kept: bool) -> None:
            if kept and self._desk.still(visit.visit_id):
                self._saved = visit
            self.saved.emit()

        self._desk.tasks.run(work, done)

    def can_park(self) -> bool:
        return self._accept.changeable() and not self._desk.visit.empty

    def park(self) -> None:
        """Put the visit in hand aside. It leaves the screen only once it is on the disk."""
        if not self.can_park() or self._moving:
            return
        self._window.form.commit()
        visit = self._desk.visit
        self._move(lambda: self._drafts.park(visit), lambda _: self._parked(visit))

    def put_away(self, then: Callable[[], None]) -> None:
        """Leave an empty desk to whoever comes: an unfinished visit is parked, an accepted one closed; then go on."""
        if self.can_park():
            self._then = then
            self.park()
            return
        if self._accept.accepted:
            self._leave()
            self._accept.close_visit()
        then()

    def _parked(self, visit: Visit) -> None:
        if not self._desk.still(visit.visit_id):
            return
        if self._desk.visit is not visit or self._typing is not None:  # the clerk went on meanwhile
            self.park()
            return
        then, self._then = self._then, None
        self._leave()
        self._accept.turn_to(None)
        self._window.show_form()
        title, todo = self.tr("已挂起"), self.tr("Alt+数字键取回，Ctrl+Shift+P 看挂起清单。")
        self._desk.tell(Tone.SUCCESS, title, self.tr("{0}办过的内容都已保存。").format(_whose(visit)), todo)
        self.refresh()
        if then is not None:
            then()

    # -- the others ---------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Look anew what is parked."""
        self._desk.tasks.run(self._drafts.listed, self._show)

    def open_list(self) -> None:
        """What is parked: take up, throw away."""
        if self._dialog is None:
            self._dialog = ParkedDialog(self._window)
            self._dialog.resumed.connect(self._resume_from_list)
            self._dialog.dropped.connect(self._ask_to_drop)
        self._fill_list()
        self._dialog.open()
        self.refresh()

    def resume(self, draft_id: str) -> None:
        """Take a parked visit in hand; an unfinished one in hand is parked in its place."""
        if self._moving or self._desk.accepting:
            return
        self._window.form.commit()
        in_hand = self._desk.visit if self.can_park() else None

        def work() -> Reopened:
            # The other one first: when it cannot be read, nothing has moved.
            reopened = self._drafts.take_up(draft_id)
            if in_hand is not None:
                try:
                    self._drafts.park(in_hand)
                except BaseException:
                    self._drafts.park_left(draft_id)
                    raise
            return reopened

        def ready(reopened: Reopened) -> None:
            # The form is built in this turn and filled and shown in the next ones: at once it would hold the screen.
            self._prepare(reopened.visit.form.definition)
            self._desk.tasks.run(lambda: None, lambda _: self._resumed(reopened, in_hand))

        self._move(work, ready)

    def _resumed(self, reopened: Reopened, parked: Visit | None) -> None:
        visit, in_hand = reopened.visit, self._desk.visit
        if self.can_park() and in_hand is not parked:  # the clerk went on meanwhile
            self._move(lambda: self._drafts.park(in_hand), lambda _: self._resumed(reopened, in_hand))
            return
        self._leave()
        if self._accept.accepted:
            self._accept.close_visit()
        self._accept.turn_to(visit)
        self._saved = visit
        if visit.items:
            QTimer.singleShot(0, self._go_on)
        if reopened.changes:
            changes = "；".join(reopened.changes)
            title = self.tr("已取回，但事项目录更新过")
            self._desk.tell(Tone.WARNING, title, changes, self.tr("请核对申请表和材料清单。"))
        else:
            self._desk.tell(Tone.INFO, self.tr("已取回"), _whose(visit))
        self.refresh()

    def _go_on(self) -> None:
        if self._desk.visit.items:
            self._window.show_form()
            self._window.form.focus_next_missing()

    def offer_left(self) -> None:
        """At the start, once somebody is on duty: what a crash left over. Files that nobody needs any more go."""

        def look() -> list[Unfinished]:
            self._drafts.sweep()
            return self._drafts.listed()

        self._desk.tasks.run(look, self._offer)

    def _offer(self, found: list[Unfinished]) -> None:
        in_hand = self._desk.visit.visit_id
        left = [one for one in found if one.state is DraftState.OPEN and one.draft_id != in_hand]
        self._show(found)
        if not left or self._left is not None:
            return
        first = left[0]
        self._left = LeftDialog(self._row(first, 0), self._window)
        self._left.resumed.connect(lambda: self.resume(first.draft_id))
        self._left.parked.connect(lambda: self._move(lambda: self._drafts.park_left(first.draft_id), self._refreshed))
        self._left.dropped.connect(lambda: self._drop_left(first.draft_id))
        self._left.finished.connect(self._left_closed)
        self._left.open()

    def _drop_left(self, draft_id: str) -> None:
        if self._left is not None and self._sure(self._left):
            self._left.accept()
            self._drop(draft_id)

    def _left_closed(self) -> None:
        if self._left is not None:
            self._left.deleteLater()
            self._left = None

    def _drop(self, draft_id: str) -> None:
        def work() -> None:
            self._drafts.discard(draft_id)
            self._drafts.sweep()

        self._move(work, self._refreshed)

    def _ask_to_drop(self, draft_id: str) -> None:
        one = next((one for one in self.parked if one.draft_id == draft_id), None)
        if one is not None and self._sure(self._dialog):
            self._drop(draft_id)

    def _sure(self, parent: QWidget | None) -> bool:
        return confirm(
            parent,
            self.tr("不要这位来访者的办理内容了？"),
            self.tr("已读取、填写和拍摄的内容会被清除，不能恢复。"),
            self.tr("不要了"),
            self.tr("留着"),
            danger=True,
        )

    def _resume_from_list(self, draft_id: str) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self.resume(draft_id)

    def _resume_at(self, at: int) -> None:
        readable = [one for one in self.parked if one.state is DraftState.PARKED]
        if at < len(readable):
            self.resume(readable[at].draft_id)

    # -- inside -------------------------------------------------------------------------------------------------

    def _move(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        """Run what moves visits about, one after the other."""
        self._moving = True

        def guarded() -> object:
            try:
                return work()
            except BaseException:
                self._move_failed = True
                raise
            finally:
                self._moving = False

        self._desk.tasks.run(guarded, then)

    def _failed(self, _: object) -> None:
        """Something could not be moved: the list says what there is now."""
        if self._move_failed:
            self._move_failed = False
            self._then = None
            self.refresh()

    def _refreshed(self, _: object) -> None:
        self.refresh()

    def _show(self, found: list[Unfinished]) -> None:
        self.parked = tuple(one for one in found if one.state is not DraftState.OPEN)
        self._window.header.set_parked(len(self.parked))
        self._fill_list()
        self.listed.emit(self.parked)

    def _fill_list(self) -> None:
        if self._dialog is None:
            return
        rows, number = [], 0
        for one in self.parked:
            number += one.state is DraftState.PARKED
            rows.append(self._row(one, number if one.state is DraftState.PARKED else 0))
        self._dialog.set_rows(rows)

    def _row(self, one: Unfinished, number: int) -> ParkedRow:
        readable = one.state is not DraftState.UNREADABLE
        who = self.tr("{0}（尾号 {1}）").format(one.who, one.tail) if one.who and one.tail else one.who
        how_far = self.tr("已填 {0}/{1}，材料 {2}/{3}").format(one.filled, one.asked, one.settled, one.materials)
        lacks = core_words("、".join(one.lacks))
        if one.more:
            lacks = self.tr("{0} 等 {1} 项").format(lacks, len(one.lacks) + one.more)
        return ParkedRow(
            one.draft_id,
            f"Alt+{number}" if 1 <= number <= KEYS else "",
            self._by(one, who or self.tr("未读证件")),
            core_words("、".join(one.what)) or self.tr("未选事项"),
            (how_far if one.asked else "") if readable else self.tr("内容读不出来"),
            lacks if readable else self.tr("请联系技术支持，或者不要了"),
            _since(one, self._desk.clock, self.tr("已等 {0} 分钟")),
            one.clerk,
            readable,
        )

    def _by(self, one: Unfinished, who: str) -> str:
        """Who, and under which number where they prepared it by themselves."""
        if not one.by_self:
            return who
        return self.tr("自助 {0}　{1}").format(one.ticket, who) if one.ticket else self.tr("自助未完　{0}").format(who)

    def _types(self, key: str) -> None:
        self._typing = key
        self._touched()

    def _typed(self, key: str, text: str) -> None:
        self._typing = None

    def _touched(self) -> None:
        if not self._since.isValid():
            self._since.start()
        # A pause starts the save; so does a stretch of typing that has none.
        if self._since.elapsed() < LONGEST_MILLISECONDS or not self._pause.isActive():
            self._pause.start()

    def _turned(self) -> None:
        """Another visit is in hand: it is as it was saved, or empty."""
        self._pause.stop()
        self._since.invalidate()
        self._typing = None
        self._saved = self._desk.visit

    def _worth_keeping(self, visit: Visit) -> bool:
        return self._accept.changeable() and not visit.empty

    def _as_typed(self) -> Visit:
        """The visit in hand with what stands in the field under the cursor, which nobody has confirmed yet."""
        visit, form = self._desk.visit, self._window.form
        if self._typing is None or self._typing not in visit.form.asked() or not self._accept.changeable():
            return visit
        return self._fill.type(visit, self._typing, form.current_text(self._typing))


def _whose(visit: Visit) -> str:
    return visit.form.state("applicant.name").value or (visit.card.name if visit.card else "") or ""


def _since(one: Unfinished, clock: Clock, waited: str) -> str:
    now, then = shanghai(clock.now()), shanghai(one.since)
    minutes = max(0, int((now - then).total_seconds() // 60))
    when = f"{then:%H:%M}" if then.date() == now.date() else f"{then:%m-%d %H:%M}"
    return f"{when}　{waited.format(minutes)}" if then.date() == now.date() else when
