"""Shift+F12: the same firm, another of its people."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject

from app.presenters.accept import AcceptPresenter
from app.presenters.desk import Desk
from app.presenters.main import MainPresenter
from app.services.same_firm import SameFirm
from app.services.visit import Visit
from widgets.views import Tone
from widgets.window import MainWindow


class SameFirmPresenter(QObject):
    """Possible once a firm's visit is accepted."""

    def __init__(
        self, window: MainWindow, desk: Desk, service: SameFirm, accept: AcceptPresenter, main: MainPresenter
    ) -> None:
        super().__init__()
        self._window, self._desk, self._service, self._accept = window, desk, service, accept
        self._leave: Callable[[], None] = main.stop_cameras
        main.add("same_firm", self.go, self.possible)

    def possible(self) -> bool:
        """Is the visit in hand accepted, and a firm's?"""
        return self._accept.accepted and self._service.possible(self._desk.visit)

    def go(self) -> None:
        """Close the visit in hand and begin the next person's."""
        if not self.possible():
            return
        visit = self._desk.visit

        def begun(following: Visit) -> None:
            if not self._desk.still(visit.visit_id):
                return
            self._leave()
            self._accept.close_visit()
            self._accept.turn_to(following)
            self._window.show_form()
            title = self.tr("同一单位，下一人")
            what = self.tr("单位信息和单位材料已带入，共 {0} 个事项").format(len(following.items))
            self._desk.tell(Tone.INFO, title, what, self.tr("读这一位的证件：F2 身份证，Shift+F2 护照。"))

        self._desk.tasks.run(lambda: self._service.next(visit), begun)
