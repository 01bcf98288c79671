"""What stands around the main job: palette, my cases, the day's board, messages, device panel, official forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PyQt6.QtCore import QObject

from app.presenters.accept import AcceptPresenter
from app.presenters.archive import ArchivePresenter
from app.presenters.board import BoardPresenter
from app.presenters.cases import CasesPresenter
from app.presenters.desk import Desk
from app.presenters.devices import DevicesPresenter
from app.presenters.items import ItemsPresenter
from app.presenters.main import MainPresenter
from app.presenters.messages import MessagesPresenter
from app.presenters.official import OfficialPresenter
from app.presenters.palette import ActionProvider, ItemProvider, PalettePresenter
from app.presenters.print_desk import PrintDesk
from app.presenters.screen_devices import Owner
from app.presenters.signature_check import SignatureCheckPresenter
from app.presenters.station import Workstation
from app.presenters.status import StatusPresenter
from app.services.quick_names import QuickNames
from app.sync.engine import SyncReport
from widgets.window import MainWindow


class Around(QObject):
    """Builds the parts and lets the window's actions open them. `palette.add` is open to other parts."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        station: Workstation,
        main: MainPresenter,
        *,
        accept: AcceptPresenter,
        items: ItemsPresenter,
        status: StatusPresenter,
        devices: Mapping[str, Owner],
        printing: PrintDesk,
    ) -> None:
        super().__init__()
        services, store = station.services, station.store
        self.cases = CasesPresenter(window, desk, services.cases, store, printing, station.demo, station.duty)
        self.archive = ArchivePresenter(window, self.cases.dialog, desk, services.archive)
        self.signatures = SignatureCheckPresenter(self.cases.dialog, desk, services.signatures)
        self.messages = MessagesPresenter(window, desk, services.messages, self.cases.open_number)
        lead: dict[str, Callable[[], object]] = {
            name: self._standing(name) for name in ("near", "late", "refused", "running")
        }
        lead["today"] = lambda: self.cases.open_standing("", "1")
        lead["outbox"] = status.outbox.open
        lead["owed"] = window.materials.due_requested.emit
        lead["orders"] = lambda: self.messages.open()
        self.board = BoardPresenter(window, desk, services.board, printing, lead)
        self.devices = DevicesPresenter(
            window, desk, store, devices, station.duty, station.device_settings, real=not station.demo
        )
        self.official = OfficialPresenter(window, desk, services.official, services.capture, printing, main)
        self.palette = PalettePresenter(window, desk, store)
        self.palette.add(ActionProvider(window, QuickNames()))
        self.palette.add(ItemProvider(window, services.choose, items.take, self.palette.recent))
        self.palette.add(self.cases.palette, slow=True)
        for action, run in {
            "palette": self.palette.open,
            "my_cases": self.cases.open,
            "check_archive": self.archive.verify,
            "board": self.board.open,
            "messages": self.messages.open,
            "devices": self.devices.open,
        }.items():
            main.add(action, run)
        window.status.light_clicked.connect(self.devices.open)
        self.archive.ended.connect(lambda _: self.cases.refresh())
        accept.was_accepted.connect(lambda _: self.refresh())
        status.synced.connect(self._synced)

    def refresh(self) -> None:
        """Cases or messages have changed: what is on show is read again."""
        self.cases.refresh()
        self.board.refresh()
        self.messages.refresh()

    def _synced(self, report: SyncReport) -> None:
        if report.pushed or report.pulled:
            self.refresh()
        else:
            self.board.refresh()

    def _standing(self, name: str) -> Callable[[], object]:
        return lambda: self.cases.open_standing(name)
