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
from app.services.remote_wipe import RemoteWipe, Wiped
from app.services.visit_packs import VisitPacks
from app.sync.engine import SyncReport
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
        accept: AcceptPresenter,
        status: StatusPresenter,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._wipe = wipe
        self._packs = packs
        self._accept = accept
        self._report: SyncReport | None = None
        self._told = ""
        self._beginning = False
        self.screen: WipedScreen | None = None
        status.synced.connect(self._synced)
        desk.changed.connect(self._look)

    def _synced(self, report: SyncReport) -> None:
        self._report = report
        self._look()

    def _look(self) -> None:
        wipe = self._wipe
        if wipe is None or wipe.order is None or self.screen is not None:
            return
        if wipe.begun:
            self._leave()
            return
        if wipe.order.kind is not WipeKind.RETURN or self._beginning:
            return
        report = self._report
        if report is None or not report.settled:
            waits = report.waiting + report.refused if report is not None else 0
            what = self.tr("还有 {0} 条要上报或处理（F9），完成后自动清除。").format(waits)
            self._tell("unsent", what if waits else self.tr("上报完成后自动清除。"))
        elif not self._desk.visit.empty and not self._accept.accepted:
            self._tell("serving", self.tr("请办完或结束手上这位来访者，随后自动清除。"))
        else:
            self._begin(wipe)

    def _begin(self, wipe: RemoteWipe) -> None:
        """Packs go back first, as far as they can: the visits are then open to others at once."""
        self._beginning = True

        def work() -> None:
            for one in self._packs.on_hand():
                if one.state is PackState.ON_HAND:
                    try:
                        self._packs.give_back(one.pack.pack_id, done=bool(one.work.cases))
                    except YichuangError:
                        continue  # the platform takes it from this device when it hears of the wipe
            self._packs.send()  # what giving back added to the trail
            wipe.begin()

        def done(_: None) -> None:
            self._beginning = False
            self._look()

        self._desk.tasks.run(work, done)

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


def tell_wiped(wiped: Wiped) -> None:
    """Say on a screen of its own that this machine was wiped; returns when it was closed."""
    from app.presenters.application import application

    app = application("zh")
    screen = WipedScreen()
    screen.set_done(wiped.kind == WipeKind.STOLEN, wiped.whole, wiped.told)
    screen.left.connect(app.quit)
    screen.showMaximized()
    app.exec()
    screen.close()
