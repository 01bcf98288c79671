"""A whole counter without a screen: real store, vault, catalogue, licences and papers; a clock that stands still."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from made_up_time import MadeUpTicks

import resources
from app.catalog.load import load_catalog
from app.catalog.search import SearchIndex
from app.demo.world import DemoWorld
from app.documents.render import PaperRenderer
from app.domain.case import Window
from app.domain.clerk import Clerk
from app.domain.clock import FixedClock
from app.domain.item import Catalog
from app.domain.retention import RetentionRules
from app.licences.cose import Algorithm, SigningKey
from app.licences.trust import TrustList
from app.licences.trust_keeper import TrustKeeper
from app.server.errors import Unreachable
from app.services.accept_case import AcceptCase
from app.services.capture_material import CaptureMaterial
from app.services.choose_items import ChooseItems
from app.services.clock_witness import ClockWitness
from app.services.counter import Counter
from app.services.day_board import DayBoard
from app.services.drafts import Drafts
from app.services.duty import Duty
from app.services.favourites import Favourites
from app.services.fill_form import FillForm
from app.services.identify import Identify
from app.services.issue_paper import IssuePaper
from app.services.my_cases import DoubleLine, MyCases
from app.services.one_time_notice import OneTimeNotice
from app.services.paper_records import PaperRecords
from app.services.print_papers import PrintPapers
from app.services.retention import Retention
from app.services.scan_licence import ScanLicence
from app.services.visit import Visit, new_visit
from app.settings import Limits
from app.sync.engine import CLOCK_OFFSET
from offline_db.keys import DemoKeys
from offline_db.profile import Profile, ProfileKind
from offline_db.store import Store
from offline_db.vault import Vault, open_vault

BUNDLE = "open-a-barber-shop"
OPENING = dt.date.today() + dt.timedelta(days=30)  # noqa: DTZ011 - near enough to the window's day
TYPED = {
    "applicant.phone": "138 5720 0011",
    "business.name": "𠮷祥㛃理发店",
    "business.capital": "5",
    "business.employees": "３",
    "business.opening_date": f"{OPENING:%Y%m%d}",
    "hygiene.seats": "6",
    "signboard.text": "𠮷祥理发",
    "signboard.area": "4.5",
}


class NoLine:
    """The platform cannot be reached."""

    def settle_double(self, double_id: str, case_id: str, decision: str, clerk: str) -> None:
        raise Unreachable("测试中没有平台")


@dataclass
class Parts:
    """What the tests of the clerk's actions stand on."""

    clock: FixedClock
    world: DemoWorld
    catalog: Catalog
    store: Store
    vault: Vault
    identify: Identify
    trust: TrustKeeper
    scan: ScanLicence
    choose: ChooseItems
    fill: FillForm
    capture: CaptureMaterial
    accept: AcceptCase
    papers: PrintPapers
    counter: Counter
    drafts: Drafts

    def my_cases(self, line: DoubleLine | None = None) -> MyCases:
        """The clerk's own cases, kept as long as the settings say by themselves. line: to the platform; None: away."""
        folder = self.store.profile.folder
        retention = Retention(self.store, self.vault, self.drafts, self.clock, folder, RetentionRules())
        return MyCases(
            self.store, self.vault, self.catalog, self.accept, self.clock, Limits(), retention, line or NoLine()
        )

    def issue_paper(self) -> IssuePaper:
        board = DayBoard(self.store, self.clock, self.counter.window, self.counter.duty, Limits())
        records = PaperRecords(self.store, self.catalog, self.clock, self.counter.duty, board, self.drafts)
        return IssuePaper(self.counter, records, OneTimeNotice(self.counter))

    def begin(self) -> Visit:
        return new_visit(self.clock.now())

    def identified(self, visit: Visit, person: str = "zhang-wei") -> Visit:
        return self.identify.apply(visit, self.world.person(person).card, "test:")

    def scanned(self, visit: Visit, licence: str = "real-estate") -> Visit:
        text = self.world.licence_text(licence)
        return self.scan.apply(visit, text, self.scan.read(text))

    def typed(self, visit: Visit) -> Visit:
        for key, text in TYPED.items():
            visit = self.fill.type(visit, key, text)
        return visit

    def settled(self, visit: Visit) -> Visit:
        """Every material settled: one captured, one tolerated, one promised, the rest waived."""
        import cv2

        picture = cv2.imread(str(self.world.page_picture("floor-plan")))
        visit = self.capture.keep(visit, "floor_plan", self.capture.take(picture))
        visit = self.capture.tolerate(visit, "hygiene_test_report")
        return self.capture.promise(visit, "signboard_picture")

    def ready(self) -> Visit:
        """A visit that can be accepted."""
        visit = self.choose.add(self.scanned(self.identified(self.begin())), BUNDLE)
        return self.settled(self.typed(visit))


@cache
def shipped() -> tuple[Catalog, SearchIndex]:
    """The catalogue that comes with the program, read once for all tests: nobody changes it."""
    catalog = load_catalog(resources.path("catalog"))
    return catalog, SearchIndex(catalog)


@contextmanager
def counter(folder: Path, world: DemoWorld) -> Iterator[Parts]:
    """Open a counter in a fresh demo profile."""
    clock = FixedClock(dt.datetime.now(dt.UTC))
    catalog, index = shipped()
    duty = Duty(Clerk("0001", "演示员", True))
    trust = TrustKeeper(folder, TrustList.load(world.trust_folder), clock)
    with Profile(folder, ProfileKind.DEMO) as profile:
        keys = DemoKeys(folder)
        vault = open_vault(profile, keys)
        store = Store.open(profile, keys, clock, vault=vault)
        fill = FillForm(clock)
        at_counter = Counter(
            store=store,
            vault=vault,
            catalog=catalog,
            renderer=PaperRenderer(SigningKey.generate(Algorithm.EDDSA), "演示大厅", catalog=catalog),
            fill=fill,
            clock=clock,
            window=Window("T01", "测试窗口", "演示大厅", "330500"),
            duty=duty,
            demo=True,
        )
        papers = PrintPapers(store, vault, clock, duty, at_counter.renderer.receipt, at_counter.renderer.on_sheet)
        accept = AcceptCase(at_counter, ClockWitness(store, clock, MadeUpTicks(), CLOCK_OFFSET), papers)
        try:
            parts = Parts(
                clock,
                world,
                catalog,
                store,
                vault,
                Identify(clock, duty),
                trust,
                ScanLicence(clock, duty, trust),
                ChooseItems(catalog, index, clock, duty, Favourites(store, catalog, clock)),
                fill,
                CaptureMaterial(vault, clock),
                accept,
                papers,
                at_counter,
                Drafts(store, vault, catalog, clock, duty),
            )
            papers.remake = lambda job: parts.my_cases().remake(job, demo=True)
            yield parts
        finally:
            store.close()
