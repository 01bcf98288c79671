"""One gateway: its database, its files and its desks, without HTTP."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete

from app.domain.clock import Clock, isoformat
from app.gateway.amendments import AmendDesk
from app.gateway.bookings import BookingDesk
from app.gateway.cases import CaseDesk
from app.gateway.clerk_keys import ClerkKeyDesk
from app.gateway.database import Database
from app.gateway.devices import Devices
from app.gateway.document_lists import DocumentListDesk
from app.gateway.doubles import DoubleDesk
from app.gateway.durability import Durability, SecondPlace
from app.gateway.engines import CONNECTIONS
from app.gateway.feeds import MESSAGES, Feeds
from app.gateway.files import FileDesk
from app.gateway.handovers import HandoverDesk
from app.gateway.issuing import IssueDesk
from app.gateway.limits import LimitDesk
from app.gateway.matters import MatterDesk
from app.gateway.packets import PacketDesk
from app.gateway.paper_keys import PaperKeyDesk
from app.gateway.photos import PhotoDesk
from app.gateway.rate_codes import RateCodeDesk
from app.gateway.ratings import RatingDesk
from app.gateway.redeem import RedeemDesk
from app.gateway.regions import RegionDesk
from app.gateway.reports import ReportDesk
from app.gateway.residents import ResidentDesk
from app.gateway.roster import RosterDesk
from app.gateway.shared_data import SharedDataDesk
from app.gateway.snapshots import SnapshotDesk
from app.gateway.tables import operations
from app.gateway.trail import TrailDesk
from app.gateway.updates import UpdateDesk
from app.gateway.visits import FEED as VISITS
from app.gateway.visits import VisitDesk
from app.gateway.wipes import WipeDesk

KEEP = dt.timedelta(days=90)
"""How long tombstones, messages and the keys of passing things live."""
LASTING = ("case", "file", "amend", "rating", "matter", "roster")
"""What keeps its key as long as its record, for ever: after a return from a backup windows ask by key what is still
here, and a key forgotten in time would be a case reported as lost."""
LONGEST_OFFLINE = dt.timedelta(days=30)
"""How long an unfinished upload may rest."""


@dataclass(frozen=True, slots=True)
class Gateway:
    """What the endpoints work with."""

    database: Database
    clock: Clock
    devices: Devices
    feeds: Feeds
    cases: CaseDesk
    files: FileDesk
    trail: TrailDesk
    ratings: RatingDesk
    shared: SharedDataDesk
    bookings: BookingDesk
    snapshots: SnapshotDesk
    redeem: RedeemDesk
    durability: Durability
    amendments: AmendDesk
    packets: PacketDesk
    visits: VisitDesk
    wipes: WipeDesk
    paper_keys: PaperKeyDesk
    doubles: DoubleDesk
    updates: UpdateDesk
    reports: ReportDesk
    matters: MatterDesk
    residents: ResidentDesk
    rate_codes: RateCodeDesk
    regions: RegionDesk
    handovers: HandoverDesk
    documents: DocumentListDesk
    photos: PhotoDesk
    clerk_keys: ClerkKeyDesk
    roster: RosterDesk
    limits: LimitDesk
    issuing: IssueDesk

    def epoch(self) -> str:
        """Changes when the database was restored from a backup."""
        with self.database.read() as connection:
            return self.database.epoch_in(connection)

    def tidy(self) -> None:
        """Forget what has outlived its time: tombstones, messages, unfinished uploads, keys. Cases never are.

        Problem 409: another gateway is at it.
        """
        now = self.clock.now()
        with self.database.write() as connection:
            passing = operations.c.kind.not_in(LASTING)
            connection.execute(delete(operations).where(operations.c.created_at < isoformat(now - KEEP), passing))
        self.redeem.forget(now - KEEP)
        self.feeds.purge_tombstones(isoformat(now - KEEP))
        for feed in (MESSAGES, VISITS):
            self.feeds.expire(feed, isoformat(now - KEEP))
        self.files.purge_uploads(isoformat(now - LONGEST_OFFLINE))
        self.matters.tidy(now - KEEP)
        self.reports.tidy()
        self.residents.tidy()
        self.photos.tidy()
        self.roster.tidy()

    def close(self) -> None:
        """Give the database's connections back."""
        self.database.close()


def open_gateway(
    db_url: str,
    files_folder: Path,
    clock: Clock,
    item_codes: Collection[str] | None = None,
    second_place: SecondPlace | None = None,
    connections: int = CONNECTIONS,
) -> Gateway:
    """Open, migrate or create a gateway's data. db_url: sqlite:///PATH or postgresql://…. item_codes: the items it
    receives, None for any. second_place: what is said of its storage. connections: to the database at most.
    EnvironmentProblem: unknown kind or version of database."""
    database = Database(db_url, connections)
    feeds = Feeds(database, clock)
    doubles = DoubleDesk(database, feeds, clock)
    devices = Devices(database, clock)
    regions = RegionDesk(database, feeds, devices)
    limits = LimitDesk(database, feeds, clock)
    paper_keys = PaperKeyDesk(database, feeds, clock)
    paper_keys.publish_root()
    issuing = IssueDesk(database, feeds, clock, files_folder, paper_keys.signing_key)
    cases = CaseDesk(database, feeds, clock, item_codes, doubles, regions, limits, issuing.follow)
    files = FileDesk(database, files_folder, clock, cases.page_sealed)
    trail, ratings = TrailDesk(database, clock), RatingDesk(database, feeds, clock)
    roster = RosterDesk(database, feeds, clock)
    matters = MatterDesk(database, feeds, clock, roster.assign)
    packets = PacketDesk(database, feeds, clock, devices, cases, files, ratings, trail, matters, roster)
    packets.publish_key()
    visits = VisitDesk(database, feeds, clock)
    clerk_keys = ClerkKeyDesk(database, feeds, clock)
    return Gateway(
        database,
        clock,
        devices,
        feeds,
        cases,
        files,
        trail,
        ratings,
        SharedDataDesk(database, feeds, clock, matters.record_of, clerk_keys),
        BookingDesk(database, clock),
        SnapshotDesk(database, feeds, clock),
        RedeemDesk(database, feeds, clock),
        Durability(database, clock, second_place or SecondPlace()),
        AmendDesk(database, cases, clock),
        packets,
        visits,
        WipeDesk(database, clock, visits),
        paper_keys,
        doubles,
        UpdateDesk(database, files_folder, clock),
        ReportDesk(files_folder, clock),
        matters,
        ResidentDesk(database, feeds, clock, paper_keys),
        RateCodeDesk(database, paper_keys, ratings, matters, clock),
        regions,
        HandoverDesk(database, clock, cases, files, regions),
        DocumentListDesk(database, feeds, clock, paper_keys),
        PhotoDesk(database, feeds, clock, files_folder),
        clerk_keys,
        roster,
        limits,
        issuing,
    )
