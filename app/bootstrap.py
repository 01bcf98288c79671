"""The only place where concrete classes are built and joined."""

from __future__ import annotations

import collections
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

import resources
from app.bootstrap_express import express_of
from app.bootstrap_firms import firm_services
from app.bootstrap_papers import WindowPapers, clerks_of
from app.bootstrap_support import upkeep_of
from app.bootstrap_wipe import device_token, refuse_wiped, remote_wipe, stolen
from app.catalog.load import shared_catalog
from app.catalog.search import IndexAhead
from app.config.layers import Sources
from app.demo.passports import demo_issuers
from app.documents.render import PaperRenderer
from app.domain.clerk import Clerk
from app.domain.clock import Clock, SystemClock, shanghai
from app.domain.errors import Refused
from app.domain.item import Catalog
from app.domain.rating import Channel
from app.domain.ticks import SystemTicks
from app.forms.merge import MergeRules
from app.forms.schema_checks import schema_validator
from app.identity.chip.keeper import IssuerKeeper
from app.identity.numbers import check_number
from app.licences.decode import decode
from app.licences.kinds_file import SITE_FILE, CodeRules
from app.licences.ofd.templates import SITE_FILE as OFD_TEMPLATES
from app.logs import start_logging
from app.materials.text_reader import text_reader
from app.presenters.doorway import Doorway
from app.presenters.station import Services, Workstation
from app.profiles import folder_of, kind_of, trust_keeper
from app.server.client import GatewayClient
from app.server.headers import SKEW_LIMIT
from app.server.shared_client import SharedDataClient
from app.server.visit_client import VisitClient
from app.services.accept_case import AcceptCase
from app.services.amend_case import AmendCase
from app.services.batch_memory import BatchMemory
from app.services.bookings import Bookings
from app.services.capture_material import CaptureMaterial
from app.services.card_picture import CardPicture
from app.services.check_chip import CheckChip
from app.services.choose_items import ChooseItems
from app.services.clock_witness import ClockWitness
from app.services.code_leads import CodeLeads
from app.services.complete_later import CompleteLater
from app.services.confirm_form import ConfirmForm
from app.services.counter import Counter
from app.services.day_board import DayBoard
from app.services.device_settings import DeviceSettings
from app.services.door import Door, Entry
from app.services.drafts import Drafts
from app.services.duty import Duty
from app.services.favourites import Favourites
from app.services.fill_form import FillForm
from app.services.identify import Identify
from app.services.issue_paper import IssuePaper
from app.services.matters import Matters
from app.services.messages import Messages
from app.services.my_cases import MyCases
from app.services.official_forms import FillOfficial
from app.services.one_time_notice import OneTimeNotice
from app.services.open_ofd import OpenOfd
from app.services.outing_check import OutingCheck
from app.services.paper_records import PaperRecords
from app.services.pins import Pins, SlotPins, StorePins
from app.services.print_batch import PrintBatch
from app.services.print_papers import PrintPapers
from app.services.query_data import QueryData
from app.services.rate import Rate
from app.services.read_material import ReadMaterial
from app.services.recovery import Recovery
from app.services.redeem import Redeem
from app.services.remote_wipe import RemoteWipe
from app.services.retention import Retention
from app.services.reuse import Reuse
from app.services.same_firm import SameFirm
from app.services.scan_licence import ScanLicence
from app.services.self_service import SelfService
from app.services.settle_conflicts import SettleConflicts
from app.services.shapes import Shapes
from app.services.submit_batch import SubmitBatch
from app.services.use_licence import UseLicence
from app.services.visit_packs import VisitPacks
from app.services.where_to_go import WhereToGo
from app.settings import Settings, load
from app.sync.durable import DurableUpkeep
from app.sync.engine import CLOCK_OFFSET, SyncEngine
from app.sync.packets import Courier
from app.sync.switch import UploadSwitch
from app.sync.trust import TrustUpkeep
from offline_db.keylock import KeyLock, LockState
from offline_db.keys import DemoKeys, KeyProvider, SystemKeyring
from offline_db.profile import Profile, ProfileKind
from offline_db.slots import Owner
from offline_db.store import Store
from offline_db.tries import TriesFile
from offline_db.vault import open_vault

if TYPE_CHECKING:
    from app.gateway.server import GatewayServer

FEEDS = ("cases", "messages", "policies", "trust", "visits", "matters", "agencies", "roster")
"""What the window reads. policies: what it may ask for, and what the platform prescribes."""
DEMO_TOKEN = "demo-device-token"  # noqa: S105 - opens the demo's own loopback gateway, nothing else


def build(
    settings: Settings,
    profile: Profile,
    keys: KeyProvider,
    token: str,
    stack: ExitStack,
    gateway: GatewayServer | None = None,
    on_duty: Clerk | None = None,
    ahead: Callable[[], Catalog] | None = None,
    pins: Callable[[Store], Pins] = lambda _: StorePins(),
    wipe: RemoteWipe | None = None,
    sources: Sources | None = None,
) -> Workstation:
    """Join everything that belongs to one open profile; stack closes it in the right order.

    on_duty: who is signed in already; None: whoever signs in on the screen. ahead: gives the catalogue
    loaded meanwhile. pins: what PINs are held against. wipe: hears the platform's orders; None: of the demo's gateway
    there are none. sources: what lies over the settings file.
    """
    # Personal numbers are masked before they reach the file (app.logs).
    stack.enter_context(start_logging(profile.folder / "logs", console=False))
    clock = SystemClock()
    vault = open_vault(profile, keys)
    store = Store.open(profile, keys, clock, vault=vault)
    stack.callback(store.close)
    catalog = (ahead or _CatalogAhead(settings, profile.folder))()
    trust = trust_keeper(settings, profile.folder, clock, store)
    client = GatewayClient(settings.gateway_url, settings.device_id, token)
    stack.callback(client.close)
    demo = profile.kind is ProfileKind.DEMO
    duty = Duty(on_duty)
    fill = FillForm(clock, duty=duty, region=_region(catalog))
    paper_keys = WindowPapers(settings, store, profile.folder, clock)
    renderer = paper_keys.renderer(catalog)
    counter = Counter(
        store=store,
        vault=vault,
        catalog=catalog,
        renderer=renderer,
        fill=fill,
        clock=clock,
        window=settings.window,
        duty=duty,
        demo=demo,
        opening=paper_keys.opening,
    )
    rate = Rate(store, catalog, clock, Channel.HALL_TABLET)
    choose = ChooseItems(catalog, IndexAhead(catalog), clock, duty, Favourites(store, catalog, clock))
    clerks, keys_of_clerks = clerks_of(settings, store, clock, duty, pins(store))

    def connect() -> SharedDataClient:
        return SharedDataClient(settings.gateway_url, settings.device_id, token, prove=keys_of_clerks.prove)

    query = QueryData(store=store, catalog=catalog, fill=fill, clock=clock, duty=duty, connect=connect)
    stack.callback(query.close)
    double_line, second_line = (GatewayClient(settings.gateway_url, settings.device_id, token) for _ in range(2))
    for line in (double_line, second_line, booking_line := connect(), redeem_line := connect()):
        stack.callback(line.close)
    redeem = Redeem(store, redeem_line, clock, duty)
    bookings = Bookings(booking_line, catalog, choose, fill, clock, duty)
    later = CompleteLater(store, clock, duty)
    witness = ClockWitness(store, clock, SystemTicks(), CLOCK_OFFSET)
    papers = PrintPapers(store, vault, clock, duty, renderer.receipt, renderer.on_sheet)
    accept = AcceptCase(counter, witness, papers)
    visit_line = VisitClient(settings.gateway_url, settings.device_id, token, clock=clock)
    stack.callback(visit_line.close)
    packs = VisitPacks(
        store,
        visit_line,
        catalog,
        choose,
        fill,
        clock,
        duty,
        settings.window,
        push=lambda: sync.run_once(),
        days=settings.visits.days,
    )
    suspect = partial(_clock_suspect, store)
    outing = OutingCheck(
        store, catalog, choose, trust, clock, draws=renderer.require, suspect=suspect, folder=profile.folder
    )
    drafts = Drafts(store, vault, catalog, clock, duty)
    texts = text_reader()
    retention = Retention(store, vault, drafts, clock, profile.folder, settings.retention)
    notice = OneTimeNotice(counter)
    board = DayBoard(store, clock, settings.window, duty, settings.limits, rate.counts, counter.opening)
    express = express_of(settings, store, clock, duty)
    issued = paper_keys.issued(trust, duty, token, stack)
    cases = MyCases(store, vault, catalog, accept, clock, settings.limits, retention, double_line, express, issued)
    papers.remake = partial(cases.remake, demo=demo)
    services = Services(
        identify=Identify(clock, duty),
        scan=ScanLicence(clock, duty, trust, suspect, CodeRules(profile.folder / SITE_FILE), redeem.keep),
        ofd=OpenOfd(clock, trust, profile.folder / OFD_TEMPLATES, suspect),
        trust=trust,
        licences=UseLicence(clock, duty),
        redeem=redeem,
        choose=choose,
        fill=fill,
        capture=CaptureMaterial(vault, clock, store.file_gone),
        accept=accept,
        papers=papers,
        print_batch=PrintBatch(store, clock, duty),
        batch=SubmitBatch(vault, clock),
        reuse=Reuse(store, vault, clock, duty),
        query=query,
        bookings=bookings,
        leads=CodeLeads(store, catalog, bookings, later, paper_keys.trust, clock, duty),
        later=later,
        notice=notice,
        cases=cases,
        archive=paper_keys.archive(vault, catalog, cases, duty, demo),
        board=board,
        messages=Messages(store),
        confirm=ConfirmForm(vault, clock, duty),
        rate=rate,
        clerks=clerks,
        clerk_keys=keys_of_clerks,
        drafts=drafts,
        self_service=SelfService(store, drafts, clock, duty),
        reading=ReadMaterial(texts, clock),
        card_picture=CardPicture(texts, clock, duty),
        tables=BatchMemory(store, vault, clock),
        courier=Courier(store, vault, clock, settings.device_id, token, settings.packet_key),
        recovery=Recovery(keys, store, clock, duty, settings.window.id) if isinstance(keys, KeyLock) else None,
        retention=retention,
        amend=AmendCase(store, catalog, FillForm(clock, duty=duty, help=fill.help), clock, duty),
        conflicts=SettleConflicts(store, catalog, clock, duty),
        packs=packs,
        outing=outing,
        checks=paper_keys.checks(vault),
        shapes=Shapes(renderer, store, clock, duty),
        issue=(issue := IssuePaper(counter, PaperRecords(store, catalog, clock, duty, board, drafts), notice, express)),
        sign=(sign := paper_keys.sign(counter, issue)),
        official=FillOfficial(catalog, store, clock, settings.window.hall, settings.catalog),
        chip=CheckChip(clock, duty, IssuerKeeper(profile.folder, clock, store, demo_issuers if demo else None)),
        photos=(photos := paper_keys.photos(vault, duty, token, stack)),
        signatures=paper_keys.signatures(vault, catalog),
        identity=(identity := paper_keys.identity(duty)),
        collect=paper_keys.collect(counter, catalog, issue, sign, papers, identity, express),
        residents=paper_keys.residents(duty, token, stack),
        issued=issued,
        matters=(matters := Matters(counter, issue)),
        firms=(firms := firm_services(counter, matters, issue, connect, profile.folder, stack, packs)),
        firm=SameFirm(store, choose, clock, duty),
        places=WhereToGo(catalog, issue, lambda: profile.folder),
        ahead=paper_keys.book_ahead(counter, issue, connect(), stack),
    )
    stack.callback(services.reading.close)
    chain = f"{settings.device_id}.{profile.id}"
    upkeep = (
        TrustUpkeep(store, client, trust, profile.folder), DurableUpkeep(store, client), packs, witness,
        *paper_keys.upkeep(client), express, photos, firms.roster, issued,
    )  # fmt: skip
    sync = SyncEngine(
        store,
        vault,
        client,
        clock,
        random.SystemRandom(),
        audit_chain=chain,
        feeds=FEEDS,
        upkeep=upkeep,
        rules=MergeRules.of(catalog.elements),
        more_lines=(second_line,),
        switch=UploadSwitch(store, metered=settings.sync_rules.metered),
        orders=wipe,
    )
    return Workstation(
        settings,
        clock,
        demo,
        duty,
        store,
        catalog,
        sync,
        services,
        gateway,
        wipe=wipe,
        upkeep=upkeep_of(settings, profile, store, clock, duty, token, sources),
        device_settings=DeviceSettings(profile.folder / "settings.toml", store, clock, duty, demo),
        warm=partial(_warm, services.choose, renderer, clock),
        close=stack.pop_all().close,
    )


def _warm(choose: ChooseItems, renderer: PaperRenderer, clock: Clock) -> None:
    """What the first form, card, code and paper would otherwise wait for: libraries, tables, fonts. About a second."""
    choose.warm()
    schema_validator({}, shanghai(clock.now()).date())
    check_number("110101190001010014")  # any sound number: its area is looked up in a table that takes 100 ms to read
    decode(np.zeros((64, 64), np.uint8))
    renderer.warm()


class _CatalogAhead:
    """Loads the catalogue once, for whoever asks first; the others wait for it."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._settings, self._folder = settings, folder
        self._loading = Lock()
        self._catalog: Catalog | None = None

    def __call__(self) -> Catalog:
        with self._loading:
            if self._catalog is None:
                folder = self._settings.catalog or resources.path("catalog")
                self._catalog = shared_catalog(folder, self._folder / "cache")
            return self._catalog


@contextmanager
def open_doorway(profile: str | None, sources: Sources | None = None) -> Iterator[Doorway]:
    """Open an existing profile, or the working profile for the first time; its store stays closed until `enter`.

    sources: what lies over its settings.toml; None: what this machine's policy and the environment say.

    Leave it after the workstation is closed. Refused while another program has it.
    """
    folder = folder_of(profile)
    refuse_wiped(folder)
    kind = kind_of(folder)
    settings = load(folder / "settings.toml", emulated=kind is ProfileKind.DEMO, sources=sources)
    clock = SystemClock()
    ahead = _CatalogAhead(settings, folder)
    with Profile(folder, kind) as opened:
        if kind is ProfileKind.DEMO:

            def enter_demo(_: Entry | None) -> Workstation:
                with ExitStack() as stack:
                    return build(settings, opened, DemoKeys(folder), DEMO_TOKEN, stack, ahead=ahead)

            yield Doorway(settings, None, ahead, enter_demo)
            return
        token = device_token(settings.device_id)
        lock = KeyLock(opened, SystemKeyring())
        wipe = remote_wipe(settings, opened, token, lock.entries)
        tries = TriesFile(folder, clock)

        def pins(store: Store) -> Pins:
            def everybody() -> list[Owner]:
                records = [record for record in store.clerks() if record.active]
                return [Owner(record.clerk.number, record.clerk.name) for record in records]

            return SlotPins(lock, tries, everybody)

        def enter(entry: Entry | None) -> Workstation:
            try:
                if entry is None:
                    lock.open_plain()
                with ExitStack() as stack:
                    station = build(
                        settings, opened, lock, token, stack, ahead=ahead, pins=pins, wipe=wipe, sources=sources
                    )
                if entry is not None:
                    try:
                        station.services.clerks.let_in(entry)
                    except BaseException:
                        station.close()
                        raise
            except BaseException:
                lock.forget()
                raise
            return station

        door = Door(lock, tries, clock) if lock.state is not LockState.PLAIN else None
        try:
            yield Doorway(settings, door, ahead, enter, wipe, lambda: stolen(settings, token, wipe))
        finally:
            lock.forget()


@contextmanager
def open_workstation(
    profile: str | None, ask: Callable[[Door], Entry] | None = None, sources: Sources | None = None
) -> Iterator[Workstation]:
    """The whole workstation of a profile, without a window.

    ask: answers the door of a store that needs a PIN. Refused while another program has it, or nobody can answer.
    """
    with open_doorway(profile, sources) as way:
        entry: Entry | None = None
        if way.door is not None:
            if ask is None:
                raise Refused("要先输入口令", "本机数据要凭口令打开。", "请在“一窗”窗口中登录。")
            entry = ask(way.door)
        with way.enter(entry) as station:
            yield station


def _clock_suspect(store: Store) -> bool:
    """Was this machine's clock far off the platform's when the two last spoke?"""
    return abs(int(store.setting(CLOCK_OFFSET) or 0)) > SKEW_LIMIT * 1000


def _region(catalog: Catalog) -> str:
    """Where the window stands: the division (GB/T 2260) that most of its departments' credit codes name."""
    codes = collections.Counter(department.uscc[2:8] for department in catalog.departments.values())
    return codes.most_common(1)[0][0] if codes else ""
