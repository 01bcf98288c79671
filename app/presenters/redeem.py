"""Dynamic codes: asked for at once, counted down on the licence's card, asked for again when the platform is back."""

from __future__ import annotations

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from app.domain.errors import YichuangError
from app.domain.fact import Verdict
from app.licences.facts import Match
from app.presenters.codes import CodePresenter
from app.presenters.desk import Desk
from app.presenters.main import MainPresenter
from app.presenters.status import StatusPresenter
from app.presenters.words import licence_title
from app.services.redeem import Redeem, Redemption, Told
from app.services.visit import PendingCode, ScannedLicence
from app.workers.tasks import TaskRunner
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.who import WhoPanel

TICK_MILLISECONDS = 1000
RETRY_TICKS = 5
"""Seconds between two attempts while the code lives: the line may be back long before the next sync."""


class RedeemPresenter(QObject):
    """`answered` carries each Redemption, after the visit has been changed. Codes belong to one visitor."""

    answered = pyqtSignal(object)

    def __init__(
        self,
        panel: WhoPanel,
        desk: Desk,
        redeem: Redeem,
        main: MainPresenter,
        status: StatusPresenter,
        codes: CodePresenter,
    ) -> None:
        super().__init__()
        self._panel = panel
        self._desk = desk
        self._redeem = redeem
        self._main = main
        self._status = status
        self._codes = codes
        # A platform that does not answer must not hold up papers and pictures.
        self._runner = TaskRunner(self, threads=1)
        self._runner.failed.connect(self._failed)
        self._asking: set[str] = set()
        self._resting: dict[str, int] = {}
        self._told: set[str] = set()
        self._over: set[str] = set()
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MILLISECONDS)
        self._clock.timeout.connect(self.tick)
        desk.changed.connect(self._look)
        desk.replaced.connect(self._forget)
        status.synced.connect(self._synced)
        self._runner.run(redeem.refresh, lambda _: None)

    def wait(self) -> None:
        """End before what the calls use is closed."""
        self._clock.stop()
        self._runner.close()

    def _forget(self) -> None:
        self._asking, self._resting, self._told, self._over = set(), {}, set(), set()

    def _pending(self) -> list[tuple[ScannedLicence, PendingCode]]:
        if not self._main.open_now:
            return []
        return [(entry, entry.pending) for entry in self._desk.visit.licences if entry.pending is not None]

    def _look(self) -> None:
        """Something changed: is there a code that nobody has asked for yet?"""
        waiting = self._pending()
        for entry, pending in waiting:
            if entry.text not in self._resting:
                self._ask(entry.text, pending)
        if waiting and not self._clock.isActive():
            self._clock.start()
        elif not waiting:
            self._clock.stop()
        self._show()

    def tick(self) -> None:
        """A second has gone by."""
        for entry, pending in self._pending():
            if self._redeem.outlived(pending):
                self._tell_over(entry)
            elif entry.text in self._resting:
                self._resting[entry.text] -= 1
                if self._resting[entry.text] <= 0:
                    self._ask(entry.text, pending)
        self._show()

    def _synced(self) -> None:
        """The platform answered: whatever waits goes now, also what may have ended; the platform knows best."""
        if not self._status.online:
            return
        self._runner.run(self._redeem.refresh, lambda _: None)
        for entry, pending in self._pending():
            self._ask(entry.text, pending)

    def _ask(self, text: str, pending: PendingCode) -> None:
        if text in self._asking:
            return
        self._asking.add(text)
        self._resting.pop(text, None)
        visit_id = self._desk.visit.visit_id

        def done(told: Redemption) -> None:
            if self._desk.still(visit_id):
                self._asking.discard(text)
                self._done(text, told)

        self._runner.run(lambda: self._redeem.ask(text, pending), done)

    def _done(self, text: str, told: Redemption) -> None:
        if not self._main.open_now:
            return  # accepted meanwhile, without this licence
        if told.told is Told.NO_ANSWER:
            self._resting[text] = RETRY_TICKS
            if text not in self._told:
                self._told.add(text)
                what = self.tr("平台没有应答，证照码已加密存在本机，还不能作数。")
                todo = self.tr("网络恢复后自动核验，可以先办别的。")
                # Not a warning that stays: the card goes on saying it.
                self._desk.tell(Tone.INFO, self.tr("证照尚未核验"), what, todo)
            self._show()
            self.answered.emit(told)
            return
        self._desk.change(self._redeem.settle(self._desk.visit, text, told))
        entry = next((one for one in self._desk.visit.licences if one.text == text), None)
        if entry is not None:
            self._codes.say_verdict(entry.text, entry.reading)
            self._tell(entry)
        self.answered.emit(told)

    def _tell(self, entry: ScannedLicence) -> None:
        reading, match = entry.reading, entry.match
        title = licence_title(reading)
        if reading.verdict is Verdict.VERIFIED_ONLINE and match.match is not Match.DIFFERENT:
            self._desk.tell(Tone.SUCCESS, self.tr("证照已联网核验"), title, match.words)
        elif reading.verdict is Verdict.VERIFIED_ONLINE:
            what = core_words(match.words)
            self._desk.tell(Tone.WARNING, self.tr("证照不是来访人的"), what, self.tr("没有填表，也没有免交材料。"))
        else:
            self._desk.tell(Tone.WARNING, self.tr("证照没有通过核验"), core_words(reading.reason))

    def _tell_over(self, entry: ScannedLicence) -> None:
        """The countdown has ended without an answer: said once, and again by the card."""
        if entry.text not in self._over:
            self._over.add(entry.text)
            what = self.tr("码的有效时间已过，平台还没有应答。")
            todo = self.tr("联网后请群众刷新手机上的码，按 F4 重新扫。")
            self._desk.tell(Tone.WARNING, self.tr("证照码可能已失效"), what, todo)

    def _failed(self, error: YichuangError) -> None:
        """Nothing was written down, so nothing was taken over; what waits is tried again."""
        self._resting |= dict.fromkeys(self._asking, RETRY_TICKS)
        self._asking.clear()
        self._desk.show_error(error)

    def _show(self) -> None:
        """The line on each card that waits."""
        self._panel.set_licence_waits([self._words(entry) for entry in self._desk.visit.licences])

    def _words(self, entry: ScannedLicence) -> str:
        pending = entry.pending
        if pending is None:
            return ""
        left = self._redeem.left(pending)
        if not left:
            return self.tr("码可能已失效，请群众刷新后重新扫")
        if entry.text in self._asking:
            return self.tr("正在联网核验，码还剩 {0} 秒").format(left)
        return self.tr("等待联网核验，码还剩 {0} 秒").format(left)
