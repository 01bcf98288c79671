"""Assisted visits 帮办: offered by one quiet line, begun and declined by a key, ended with the visit."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QCoreApplication, QObject

from app.domain.assisted import HELPERS, AssistRules, Choice, Role, birth_of
from app.domain.clock import shanghai
from app.domain.errors import YichuangError
from app.presenters.desk import Desk
from app.presenters.main import MainPresenter
from app.services.companion import Companions, guardian_of, is_minor
from app.services.visit import Visit
from app.workers.device_thread import Call, DeviceThread
from devices.kinds.identity import CardReading
from devices.outcome import Outcome, Reply
from widgets.dialogs.companion import CompanionDialog
from widgets.i18n import core_words
from widgets.views import KnownView, Tone
from widgets.window import MainWindow

READ_SECONDS = 8.0
"""How long the reader waits for the guardian's card."""


class AssistPresenter(QObject):
    """The line stands at the foot of the visitor's panel and takes no focus; the citizen's screen says nothing of it.
    Lives on the event loop."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        companions: Companions,
        rules: AssistRules,
        reader: DeviceThread,
        main: MainPresenter,
    ) -> None:
        super().__init__()
        self._window, self._desk, self._companions = window, desk, companions
        self._rules, self._reader = rules, reader
        self._open_now: Callable[[], bool] = lambda: main.open_now
        self._call: Call | None = None
        self._on = False
        self.dialog: CompanionDialog | None = None
        desk.changed.connect(self._show)
        desk.replaced.connect(self._leave)
        main.add("assist", self.toggle, self.possible)
        main.add("no_assist", self.decline, self.offered)
        main.add("show_known", self._turn_known, self.folding)
        main.add("companion", self.ask_companion, self.possible)
        self._show()

    def possible(self) -> bool:
        """May the visit in hand be changed? Anybody may be helped, also before a card was read."""
        return self._open_now()

    def offered(self) -> bool:
        """Does the offer stand now? It comes by the age on the card, once a visit."""
        visit = self._desk.visit
        if visit.assist.choice is not Choice.OPEN or visit.card is None or not self._open_now():
            return False
        birth = birth_of(visit.card.birth or "", visit.card.number or "")
        return self._rules.fits(birth, shanghai(self._desk.clock.now()).date())

    def folding(self) -> bool:
        """Is there a form on which what is known is folded?"""
        return self._desk.visit.assist.on and bool(self._desk.visit.items)

    def _turn_known(self) -> None:
        known = self._window.form.known
        if known.filled:
            self._window.show_form()
            known.turn()
        else:
            self._desk.tell(Tone.INFO, self.tr("没有折叠的内容"), self.tr("还没有从证照、查询里知道什么。"))

    def toggle(self) -> None:
        """Begin assisted mode, or end it."""
        visit = self._desk.visit
        self._desk.change(self._companions.switch(visit, not visit.assist.on))
        if self._desk.visit.assist.on:
            what = self.tr("群众屏用大字，一次只问一项；立等可取的排在前面。")
            self._desk.tell(Tone.INFO, self.tr("帮办已开启"), what, self.tr("有人陪同的按 Shift+F4。"))

    def decline(self) -> None:
        """Not wanted: it is not offered again at this visit."""
        if self.offered():
            self._desk.change(self._companions.switch(self._desk.visit, False))

    def ask_companion(self) -> None:
        """Who came along?"""
        visit = self._desk.visit
        minor = is_minor(visit, shanghai(self._desk.clock.now()).date())
        words = [core_words(relation) for relation in HELPERS]
        dialog = CompanionDialog(words, minor, companion_words(visit), self._window)
        dialog.guardian_wanted.connect(self._read)
        dialog.helper_noted.connect(lambda at: self._note(HELPERS[at]))
        dialog.alone.connect(lambda: self._note(""))
        dialog.finished.connect(self._forget_dialog)
        self.dialog = dialog
        dialog.open_once()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _note(self, relation: str) -> None:
        self._desk.change(self._companions.helper(self._desk.visit, relation))

    def _read(self) -> None:
        """Wait for the guardian's card."""
        if self._call is not None:
            return
        visit_id = self._desk.visit.visit_id
        self._window.who.set_waiting(self.tr("请把监护人的证件放到读卡器上…"))
        self._call = self._reader.call(
            lambda device: device.read_card(READ_SECONDS), lambda reply: self._done(visit_id, reply)
        )

    def _done(self, visit_id: str, reply: Reply[CardReading]) -> None:
        self._call = None
        self._window.who.set_waiting(None)
        if not self._desk.still(visit_id):
            return
        if reply.ok:
            card = reply.unwrap().card
            try:
                changed = self._companions.guardian(self._desk.visit, card, self._reader.device.uri)
            except YichuangError as error:
                self._desk.show_error(error)
                return
            self._desk.change(changed)
            what = self.tr("姓名、号码已填入表单。") if guardian_of(changed) else ""
            self._desk.tell(Tone.SUCCESS, self.tr("已读监护人的证件"), what)
        elif reply.outcome is not Outcome.CANCELLED:
            todo = self.tr("请放好监护人的证件，按 Shift+F4 再读一次；读卡器不能用的，照原件填在表单里。")
            self._desk.tell(Tone.WARNING, self.tr("没有读到证件"), reply.detail, todo)

    def _leave(self) -> None:
        """The next visitor: nobody waits for this one's guardian any more."""
        if self._call is not None:
            self._call.cancel()
        if self.dialog is not None:
            self.dialog.reject()

    def _show(self) -> None:
        visit = self._desk.visit
        known = self._window.who.known
        if visit.assist.on:
            came = companion_words(visit)
            words = self.tr("陪同：{0}").format(came) if came else self.tr("有人陪同的按 Shift+F4")
            known.set_assist(KnownView(self.tr("帮办中"), words, self._open_now()), on=True)
        elif self.offered():
            known.set_assist(KnownView(self.tr("可以帮办"), self.tr("要不要都行：不用按 Ctrl+Shift+F5")))
        else:
            known.set_assist(None)
        if self._on is not visit.assist.on:
            self._on = visit.assist.on
            self._window.form.set_known_folded(self._on)


def companion_words(visit: Visit) -> str:
    """Who came along, in words; "" for nobody."""
    came = visit.assist.companion
    if came is None:
        return ""
    guardian = QCoreApplication.translate("AssistPresenter", "监护人")
    return guardian if came.role is Role.GUARDIAN else core_words(came.relation)
