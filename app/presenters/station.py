"""What the screen needs of an open profile; app.bootstrap builds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Self

from app.domain.clock import Clock
from app.domain.item import Catalog
from app.services.accept_case import AcceptCase
from app.services.capture_material import CaptureMaterial
from app.services.choose_items import ChooseItems
from app.services.complete_later import CompleteLater
from app.services.confirm_form import ConfirmForm
from app.services.day_board import DayBoard
from app.services.fill_form import FillForm
from app.services.identify import Identify
from app.services.messages import Messages
from app.services.my_cases import MyCases
from app.services.one_time_notice import OneTimeNotice
from app.services.print_papers import PrintPapers
from app.services.rate import Rate
from app.services.reuse import Reuse
from app.services.scan_licence import ScanLicence
from app.services.submit_batch import SubmitBatch
from app.settings import Settings
from app.sync.engine import SyncEngine
from offline_db.store import Store
from offline_db.vault import Vault

if TYPE_CHECKING:
    from app.gateway.server import GatewayServer


@dataclass(frozen=True, slots=True)
class Services:
    """The clerk's actions, ready to use."""

    identify: Identify
    scan: ScanLicence
    choose: ChooseItems
    fill: FillForm
    capture: CaptureMaterial
    accept: AcceptCase
    papers: PrintPapers
    batch: SubmitBatch
    reuse: Reuse
    later: CompleteLater
    notice: OneTimeNotice
    cases: MyCases
    board: DayBoard
    messages: Messages
    confirm: ConfirmForm
    rate: Rate


@dataclass(slots=True)
class Workstation:
    """One open profile. gateway: the demo's own, None at a real window. Leaving the `with` closes everything."""

    settings: Settings
    clock: Clock
    demo: bool
    store: Store
    vault: Vault
    catalog: Catalog
    sync: SyncEngine
    services: Services
    gateway: GatewayServer | None = None
    close: Callable[[], None] = field(default=lambda: None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()
