"""Everything at the window that prints: the desk that sends, the list of jobs, batches."""

from __future__ import annotations

from collections.abc import Mapping

from app.presenters.cases import CasesPresenter
from app.presenters.desk import Desk
from app.presenters.main import MainPresenter
from app.presenters.print_batch import PrintBatchPresenter
from app.presenters.print_desk import PrintDesk
from app.presenters.print_list import PrintListPresenter
from app.presenters.station import Workstation
from app.workers.device_thread import DeviceThread
from widgets.window import MainWindow


class Printing:
    """Builds the parts; `start` once the window stands, `stop` before it closes."""

    def __init__(
        self, window: MainWindow, desk: Desk, station: Workstation, printers: Mapping[str, DeviceThread]
    ) -> None:
        services, store = station.services, station.store
        self.desk = PrintDesk(desk, services.papers, printers, store, station.settings.printing, window.status)
        self.list = PrintListPresenter(window, self.desk, store)
        self.batch = PrintBatchPresenter(window, self.desk, services.print_batch, store)

    def join(self, main: MainPresenter, cases: CasesPresenter) -> None:
        """The window's actions open them."""
        main.add("prints", self.list.open)
        main.add("print_batch", self.batch.open)
        cases.batch_wanted.connect(self.batch.open)

    def start(self) -> None:
        """What a crash left fresh is printed; a batch that was cut off says so."""
        self.desk.start()
        self.batch.start()

    def stop(self) -> None:
        """Jobs stay in the store."""
        self.desk.stop()
        self.batch.stop()
