"""Ctrl+Shift+V, out to where people are 外出受理: the list, taking packs along, beginning visits, giving back."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject

from app.domain.errors import YichuangError
from app.domain.visit_pack import PackState, VisitPack, VisitState
from app.presenters.accept import AcceptPresenter
from app.presenters.desk import Desk, error_line
from app.presenters.drafts import DraftsPresenter
from app.presenters.main import MainPresenter
from app.presenters.outing_words import left_tone, left_words, outing_row, ready_rows
from app.presenters.status import StatusPresenter
from app.services.outing_check import OutingCheck, Ready
from app.services.visit_packs import Outing, PackOnHand, TakenAlong, VisitPacks
from app.settings import VisitRules
from widgets.dialogs.outing import GiveBackDialog, OutingDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.window import MainWindow


class OutingPresenter(QObject):
    """Nothing of a pack is kept here but that of the visit in hand, so that a card read fills in what it knows."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        packs: VisitPacks,
        check: OutingCheck,
        rules: VisitRules,
        main: MainPresenter,
        accept: AcceptPresenter,
        drafts: DraftsPresenter,
        status: StatusPresenter,
        sync_now: Callable[[], None],
    ) -> None:
        super().__init__()
        self._window = window
        self._desk = desk
        self._packs = packs
        self._check = check
        self._rules = rules
        self._accept = accept
        self._drafts = drafts
        self._status = status
        self._sync_now = sync_now
        self._lines: dict[str, Outing] = {}
        self._in_hand: VisitPack | None = None
        self._filled_for = ""
        self._warned: frozenset[str] = frozenset()
        self._busy = False
        self._give_back: GiveBackDialog | None = None
        self.dialog = OutingDialog(window)
        self.dialog.check_out.connect(self._take)
        self.dialog.begin.connect(self._begin)
        self.dialog.extend.connect(self._longer)
        self.dialog.give_back.connect(self._ask_back)
        self.dialog.marked.connect(self._look)
        main.add("outing", self.open)
        desk.replaced.connect(self._turned)
        desk.changed.connect(self._card_read)
        status.synced.connect(lambda _: self.refresh())

    def open(self) -> None:
        """Show the list; what is planned is read anew where there is a line."""
        self.dialog.set_loading()
        self.dialog.say(
            "" if self._status.online else self.tr("现在离线：可以用已领取的任务包受理，领取和交回要等联网。")
        )
        self.dialog.open()
        self._sync_now()
        self.refresh()

    def refresh(self) -> None:
        """Read again what is on show, and whether a pack is about to expire."""
        if self.dialog.isVisible():
            self._desk.tasks.run(self._packs.listed, self._show)
        else:
            self._desk.tasks.run(self._packs.on_hand, self._warn)

    # -- the list -----------------------------------------------------------------------------------------------

    def _show(self, lines: list[Outing]) -> None:
        self._lines = {line.visit_id: line for line in lines}
        rows = [outing_row(line, self._packs.name_of, self._desk.clock, self._rules) for line in lines]
        held = sum(row.held for row in rows)
        below = self.tr("{0} 次外出服务，本机已领取 {1} 个任务包").format(len(rows), held) if rows else ""
        self.dialog.set_rows(rows, below)
        self._warn([line.on_hand for line in lines if line.on_hand is not None])
        marked = self.dialog.selected()
        if marked is not None:
            self._look(marked.id)

    def _look(self, visit_id: str) -> None:
        """Is all here for the marked one? Tried anew each time: a trust list grows old by itself."""
        line = self._lines.get(visit_id)
        if line is None or line.on_hand is None:
            return
        pack = line.on_hand.pack

        def told(found: tuple[Ready, ...]) -> None:
            self.dialog.set_ready(visit_id, ready_rows(found))

        self._desk.tasks.run(lambda: self._check.of(pack), told)

    def _warn(self, packs: list[PackOnHand]) -> None:
        """Say once of each pack that it is about to expire, and once that it has."""
        now = []
        for one in packs:
            tone = left_tone(one.left, self._rules)
            mark = f"{one.pack.pack_id} {tone} {bool(one.left)}"
            if one.state is PackState.ON_HAND and tone is not Tone.SUCCESS:
                now.append((mark, one, tone))
        fresh = [entry for entry in now if entry[0] not in self._warned]
        self._warned = frozenset(mark for mark, _, _ in now)
        if not fresh or self._desk.accepting:
            return
        _, one, tone = fresh[0]
        title = self.tr("任务包{0}：{1}").format(left_words(one.left), one.pack.title)
        todo = self.tr("Ctrl+Shift+V 打开外出受理，联网时延期或交回。")
        self._desk.tell(tone, title, "", todo)

    # -- out and back -------------------------------------------------------------------------------------------

    def _take(self, visit_id: str) -> None:
        def taken(pack: VisitPack) -> None:
            self.dialog.say(self.tr("已领取。出发前请看右侧：离线所需是否备齐。"), Tone.SUCCESS)
            self.refresh()

        self._work(self.tr("正在领取任务包…"), lambda: self._packs.check_out(visit_id), taken)

    def _longer(self, visit_id: str) -> None:
        line = self._lines.get(visit_id)
        if line is None or line.on_hand is None:
            return
        pack_id = line.on_hand.pack.pack_id

        def done(pack: VisitPack) -> None:
            self.dialog.say(
                self.tr("已延期，{0}。").format(left_words(pack.left(self._desk.clock.now()))), Tone.SUCCESS
            )
            self.refresh()

        self._work(self.tr("正在延期…"), lambda: self._packs.extend(pack_id), done)

    def _ask_back(self, visit_id: str) -> None:
        line = self._lines.get(visit_id)
        if line is None or line.on_hand is None:
            return
        pack_id, title, cases = line.on_hand.pack.pack_id, line.title, len(line.on_hand.work.cases)
        self._give_back = GiveBackDialog(title, cases, self.dialog)
        self._give_back.answered.connect(lambda done, note: self._back(pack_id, done, note))
        self._give_back.open_once()

    def _back(self, pack_id: str, done: bool, note: str) -> None:
        def ended(_: VisitState) -> None:
            self.dialog.say(self.tr("已交回，任务包里的个人信息已从本机清除。"), Tone.SUCCESS)
            self.refresh()

        words = self.tr("正在上报并交回…")
        self._work(words, lambda: self._packs.give_back(pack_id, done=done, note=note), ended)

    def _begin(self, visit_id: str) -> None:
        line = self._lines.get(visit_id)
        if line is None or line.on_hand is None:
            return
        pack_id = line.on_hand.pack.pack_id
        if self._desk.accepting:
            return

        def begun(along: TakenAlong) -> None:
            self.dialog.say("")
            self.dialog.accept()
            self._drafts.put_away(lambda: self._begun(along))

        self._work(self.tr("正在打开任务包…"), lambda: self._packs.begin(pack_id), begun)

    def _begun(self, along: TakenAlong) -> None:
        self._in_hand, self._filled_for = along.pack, along.visit.visit_id
        self._accept.turn_to(along.visit)
        if along.visit.items:
            self._window.show_form()
        lacks = [self.tr("《{0}》还要问清情形").format(core_words(name)) for name in along.open]
        lacks += [self.tr("{0} 已不在事项目录").format(code) for code in along.gone]
        title = self.tr("外出任务包：{0}").format(along.pack.title)
        if lacks:
            self._desk.tell(Tone.WARNING, title, self.tr("；").join(lacks), self.tr("按 F3 选其余事项。"))
        else:
            todo = self.tr("读证件（F2）后带入本人信息。")
            self._desk.tell(Tone.INFO, title, self.tr("事项和已知信息已带入"), todo)

    # -- the visit in hand --------------------------------------------------------------------------------------

    def _turned(self) -> None:
        """Another visit is in hand: did it begin from a pack?"""
        visit_id = self._desk.visit.visit_id
        if self._in_hand is not None and self._filled_for == visit_id:
            return
        self._in_hand, self._filled_for = None, ""
        if self._desk.visit.empty:
            return

        def found(pack: VisitPack | None) -> None:
            if pack is not None and self._desk.still(visit_id):
                self._in_hand, self._filled_for = pack, visit_id
                self._card_read()

        self._desk.tasks.run(lambda: self._packs.pack_of(visit_id), found)

    def _card_read(self) -> None:
        """Fill in what the pack knows of whose card was read, and of the firm again, which another card took away."""
        visit, pack = self._desk.visit, self._in_hand
        number = visit.card.number if visit.card is not None else ""
        mark = f"{visit.visit_id} {number}"
        if pack is None or not self._filled_for.startswith(visit.visit_id) or mark == self._filled_for or not number:
            return
        self._filled_for = mark
        if self._accept.changeable():
            self._desk.change(self._packs.fill(visit, pack))

    # -- inside -------------------------------------------------------------------------------------------------

    def _work(self, words: str, work: Callable[[], object], then: Callable[..., None]) -> None:
        """Do one thing with the platform. What goes wrong is said where the clerk looks: the dialog lies over the
        window's own line."""
        if self._busy:
            return
        self._busy = True
        self.dialog.set_busy(words)

        def ended() -> None:
            self._busy = False
            self.dialog.set_busy("")

        def done(result: object) -> None:
            ended()
            then(result)

        def wrong(error: YichuangError) -> None:
            ended()
            self.dialog.say(error_line(error), Tone.ERROR)
            self.refresh()

        self._desk.tasks.attempt(work, done, wrong, order="outing")
