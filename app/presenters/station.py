"""What the screen needs of an open profile; app.bootstrap builds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Self

from app.domain.clock import Clock
from app.domain.item import Catalog
from app.licences.trust_keeper import TrustKeeper
from app.services.accept_case import AcceptCase
from app.services.amend_case import AmendCase
from app.services.archive_case import ArchiveCase
from app.services.batch_memory import BatchMemory
from app.services.book_ahead import BookAhead
from app.services.bookings import Bookings
from app.services.capture_material import CaptureMaterial
from app.services.card_picture import CardPicture
from app.services.check_chip import CheckChip
from app.services.check_papers import CheckPapers
from app.services.check_signature import CheckSignature
from app.services.choose_items import ChooseItems
from app.services.clerk_key import ClerkKeys
from app.services.clerks import Clerks
from app.services.code_leads import CodeLeads
from app.services.collect_result import CollectResult
from app.services.complete_later import CompleteLater
from app.services.confirm_form import ConfirmForm
from app.services.day_board import DayBoard
from app.services.device_settings import DeviceSettings
from app.services.drafts import Drafts
from app.services.duty import Duty
from app.services.edit_settings import EditSettings
from app.services.fill_form import FillForm
from app.services.firm_services import FirmServices
from app.services.id_photo import IdPhotos
from app.services.identify import Identify
from app.services.issue_paper import IssuePaper
from app.services.issued import IssuedLicences
from app.services.matters import Matters
from app.services.messages import Messages
from app.services.my_cases import MyCases
from app.services.official_forms import FillOfficial
from app.services.one_time_notice import OneTimeNotice
from app.services.open_ofd import OpenOfd
from app.services.outing_check import OutingCheck
from app.services.print_batch import PrintBatch
from app.services.print_papers import PrintPapers
from app.services.query_data import QueryData
from app.services.rate import Rate
from app.services.read_material import ReadMaterial
from app.services.recovery import Recovery
from app.services.redeem import Redeem
from app.services.remote_wipe import RemoteWipe
from app.services.residents import Residents
from app.services.retention import Retention
from app.services.reuse import Reuse
from app.services.same_firm import SameFirm
from app.services.scan_licence import ScanLicence
from app.services.self_service import SelfService
from app.services.settle_conflicts import SettleConflicts
from app.services.shapes import Shapes
from app.services.sign_paper import SignPaper
from app.services.submit_batch import SubmitBatch
from app.services.support import Support
from app.services.updates import Updates
from app.services.use_licence import UseLicence
from app.services.verify_identity import VerifyIdentity
from app.services.visit_packs import VisitPacks
from app.services.where_to_go import WhereToGo
from app.settings import Settings
from app.sync.engine import SyncEngine
from app.sync.packets import Courier
from offline_db.store import Store

if TYPE_CHECKING:
    from app.demo.carrier import CarrierEmulator
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
    print_batch: PrintBatch
    batch: SubmitBatch
    reuse: Reuse
    later: CompleteLater
    query: QueryData
    bookings: Bookings
    redeem: Redeem
    leads: CodeLeads
    notice: OneTimeNotice
    reading: ReadMaterial
    card_picture: CardPicture
    tables: BatchMemory
    cases: MyCases
    archive: ArchiveCase
    board: DayBoard
    messages: Messages
    confirm: ConfirmForm
    rate: Rate
    clerks: Clerks
    clerk_keys: ClerkKeys
    drafts: Drafts
    self_service: SelfService
    collect: CollectResult
    trust: TrustKeeper
    ofd: OpenOfd
    licences: UseLicence
    courier: Courier
    recovery: Recovery | None
    """None where the store opens without a PIN for good (demo)."""
    retention: Retention
    amend: AmendCase
    conflicts: SettleConflicts
    packs: VisitPacks
    outing: OutingCheck
    checks: CheckPapers
    shapes: Shapes
    issue: IssuePaper
    sign: SignPaper
    official: FillOfficial
    chip: CheckChip
    photos: IdPhotos
    signatures: CheckSignature
    identity: VerifyIdentity
    residents: Residents
    issued: IssuedLicences
    matters: Matters
    firm: SameFirm
    firms: FirmServices
    places: WhereToGo
    ahead: BookAhead


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What looks after the program itself. updates: None where nobody asks for any (demo)."""

    settings: EditSettings
    updates: Updates | None
    support: Support


@dataclass(slots=True)
class Workstation:
    """One open profile. gateway: the demo's own, None at a real window. Leaving the `with` closes everything."""

    settings: Settings
    clock: Clock
    demo: bool
    duty: Duty
    store: Store
    catalog: Catalog
    sync: SyncEngine
    services: Services
    gateway: GatewayServer | None = None
    carrier: CarrierEmulator | None = None
    """The demo's carrier, where a lesson has one."""
    region: GatewayServer | None = None
    """The demo's other region's, where a lesson has one."""
    wipe: RemoteWipe | None = None
    """Hears the platform's orders to wipe this machine."""
    pin_hint: str = ""
    """What the lock screen says of the PIN; of the demo only, whose PIN is no secret."""
    key_hint: str = ""
    """Likewise of the key's PIN."""
    device_settings: DeviceSettings | None = None
    """Writes which device stands where; None where the settings are no file."""
    upkeep: Upkeep | None = None
    """Settings, updates, support; None in tests of single parts."""
    warm: Callable[[], None] = field(default=lambda: None)
    """Loads what the first card, code and paper would otherwise wait for; slow, for a thread."""
    close: Callable[[], None] = field(default=lambda: None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()
