"""What the screen does when the platform orders this machine wiped 远程清除."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication, QObject
from PyQt6.QtWidgets import QApplication

from app.domain.errors import YichuangError
from app.domain.visit_pack import PackState
from app.domain.wipe import WipeKind
from app.presenters.accept import AcceptPresenter
from app.presenters.desk import Desk
from app.presenters.status import StatusPresenter
from app.services.remote_wipe import RemoteWipe
from app.services.visit_packs import VisitPacks
from app.sync.engine import SyncReport
from offline_db.store import Store
from widgets.views import Tone
from widgets.wiped import WipedScreen


class WipePresenter(QObject):
    """A stolen machine was made unreadable in the sync thread already: here the screen goes. One that is to be handed
    back is wiped once all was sent and nobody is served; until then the clerk is told what is still to be done."""

    def __init__(
        self,
        desk: Desk,
        wipe: RemoteWipe | None,
        packs: VisitPacks,
        store: Store,
        accept: AcceptPresenter,
        status: StatusPresenter,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._wipe = wipe
        self._packs = packs
        self._store = store
        self._accept = accept
        self._report: SyncReport | None = None
        self._told = ""
        self._beginning = self._held = False
        self.screen: WipedScreen | None = None
        status.synced.connect(self._synced)
        desk.changed.connect(self._look)

    def _synced(self, report: SyncReport) -> None:
        self._report = report
        self._held = False
        self._look()

    def _look(self) -> None:
        wipe = self._wipe
        if wipe is None or wipe.order is None or self.screen is not None:
            return
        if wipe.begun:
            self._leave()
            return
        if wipe.order.kind is not WipeKind.RETURN or self._beginning or self._held:
            return
        report = self._report
        if report is None or not report.settled:
            self._unsent(report.waiting + report.refused if report is not None else 0)
        elif self._desk.accepting or (not self._desk.visit.empty and not self._accept.accepted):
            self._tell("serving", self.tr("请办完或结束手上这位来访者，随后自动清除。"))
        else:
            self._begin(wipe)

    def _begin(self, wipe: RemoteWipe) -> None:
        """Packs go back first, as far as they can: the visits are then open to others at once. What was accepted since
        the last report is sent before anything is destroyed, and looked for once more."""
        self._beginning = True

        def work() -> tuple[str, int]:
            if parked := len(self._store.drafts()):
                return "parked", parked
            for one in self._packs.on_hand():
                if one.state is PackState.ON_HAND:
                    try:
                        self._packs.give_back(one.pack.pack_id, done=bool(one.work.cases))
                    except YichuangError:
                        continue  # the platform takes it from this device when it hears of the wipe
            settled, counts = self._packs.send(), self._store.counts()
            if not settled or counts.waiting or counts.parked:
                return "unsent", counts.waiting + counts.parked
            wipe.begin()
            return "", 0

        def done(found: tuple[str, int]) -> None:
            self._beginning = False
            why, count = found
            # Tried again after the next run of the upload, not at every key.
            self._held = bool(why)
            if why == "unsent":
                self._unsent(count)
            elif why:
                words = self.tr("还有 {0} 位来访者没有办完（Ctrl+Shift+P），请办完或放弃，随后自动清除。")
                self._tell(why, words.format(count))
            self._look()

        self._desk.tasks.run(work, done)

    def _unsent(self, waits: int) -> None:
        what = self.tr("还有 {0} 条要上报或处理（F9），完成后自动清除。").format(waits)
        self._tell("unsent", what if waits else self.tr("上报完成后自动清除。"))

    def _tell(self, why: str, what: str) -> None:
        if why != self._told:
            self._told = why
            self._desk.tell(Tone.WARNING, self.tr("平台要求清除本机数据"), what, self.tr("请不要再受理新的业务。"))

    def _leave(self) -> None:
        """Everything off the screen; the rest is done once the store is closed."""
        self.screen = WipedScreen()
        for window in QApplication.topLevelWidgets():
            if window is not self.screen and window.isVisible():
                window.hide()
        self.screen.showMaximized()
        QCoreApplication.quit()
