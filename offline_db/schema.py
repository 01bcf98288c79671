"""The tables. Times are UTC text (app.domain.clock.isoformat), JSON is text, so that any tool can read a backup.

A new database is made from here in one go; an old one is brought here by migrations/ (a test holds the two equal).
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, MetaData, Table, Text

REVISION = "0013"
"""The newest migration, which this module describes."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str, **kwargs: object) -> Column[str]:
    return Column(name, Text, nullable=False, **kwargs)  # type: ignore[arg-type]


profile_marker = Table(
    "profile_marker",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="single"), primary_key=True, autoincrement=False),
    _text("profile_id"),
    _text("kind"),
)

settings = Table("settings", metadata, Column("key", Text, primary_key=True, nullable=False), _text("value"))

# The last number given out, a row for each window and day in legal time.
counters = Table(
    "counters",
    metadata,
    Column("window_id", Text, primary_key=True, nullable=False),
    Column("day", Text, primary_key=True, nullable=False),
    Column("last", Integer, nullable=False),
)

# seq orders cases as they were accepted: the clock may jump, the counter does not.
cases = Table(
    "cases",
    metadata,
    Column("seq", Integer, primary_key=True),
    _text("case_id", unique=True),
    _text("visit_id", index=True),
    _text("item_code"),
    _text("item_name"),
    _text("department"),
    _text("provisional_no", unique=True),
    _text("accepted_at"),
    _text("window_id"),
    _text("window_name"),
    _text("hall"),
    _text("district"),
    _text("clerk"),
    _text("catalog_version"),
    _text("applicant_name"),
    _text("applicant_number"),
    # The last six characters of an ID are asked for at counters: reversed, they are a prefix, which an index finds.
    _text("number_reversed", index=True),
    _text("form"),
    _text("bundle_code"),
    Column("due", Text),
    _text("state", index=True),
    Column("case_no", Text, index=True),
    Column("rev", Integer, nullable=False),
    _text("stage", server_default=""),
    sqlite_autoincrement=True,
)

facts = Table(
    "facts",
    metadata,
    Column("case_id", Text, ForeignKey("cases.case_id"), primary_key=True, nullable=False),
    Column("position", Integer, primary_key=True, nullable=False),
    _text("role"),
    _text("element"),
    _text("value"),
    _text("source_kind"),
    _text("source_label"),
    _text("source_ref"),
    _text("verdict"),
    _text("at"),
)

materials = Table(
    "materials",
    metadata,
    Column("case_id", Text, ForeignKey("cases.case_id"), primary_key=True, nullable=False),
    Column("position", Integer, primary_key=True, nullable=False),
    _text("material_id"),
    _text("use"),
    _text("asked_by"),
    _text("status"),
    _text("reason"),
    Column("due", Text),
)

# References into the vault; one sealed file may serve several cases of a visit.
pages = Table(
    "pages",
    metadata,
    Column("case_id", Text, ForeignKey("cases.case_id"), primary_key=True, nullable=False),
    Column("material", Integer, primary_key=True, nullable=False),
    Column("position", Integer, primary_key=True, nullable=False),
    _text("sha256", index=True),
    _text("media_type"),
    Column("size", Integer, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
)

# Of cases whose limit runs by half working days: how many were promised, and when they end, UTC.
case_limits = Table("case_limits", metadata,
    Column("case_id", Text, ForeignKey("cases.case_id"), primary_key=True, nullable=False),
    Column("halves", Integer, nullable=False), _text("due_at"))  # fmt: skip

# Of cases that another region decides 异地收件 alone.
case_territories = Table(
    "case_territories",
    metadata,
    Column("case_id", Text, ForeignKey("cases.case_id"), primary_key=True, nullable=False),
    _text("code"),
    _text("name"),
)

# The cases of assisted visits 帮办 alone; that they are is all that is known of it.
case_assisted = Table(
    "case_assisted",
    metadata,
    Column("case_id", Text, ForeignKey("cases.case_id"), primary_key=True, nullable=False),
)

case_clocks = Table(
    "case_clocks",
    metadata,
    Column("case_id", Text, ForeignKey("cases.case_id"), primary_key=True, nullable=False),
    Column("offset_ms", Integer),
    Column("monotonic_ms", Integer, nullable=False),
    _text("boot_id"),
    Column("suspect", Integer, nullable=False),
)

# AUTOINCREMENT: a local_seq is never used again, so a gap shows that something is missing.
outbox = Table(
    "outbox",
    metadata,
    Column("local_seq", Integer, primary_key=True),
    _text("op_id", unique=True),
    _text("case_id"),
    _text("kind"),
    _text("body"),
    _text("state"),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Text),
    _text("reason"),
    _text("created_at"),
    Index("ix_outbox_case", "case_id", "local_seq"),
    # Almost every entry is done; the queue asks for the few that are not, kind by kind, and counts them by state.
    Index(
        "ix_outbox_open",
        "kind",
        "local_seq",
        "state",
        "created_at",
        sqlite_where=sa.text("state NOT IN ('done', 'withdrawn')"),
    ),
    sqlite_autoincrement=True,
)


def open_entries(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """The entries that are not finished. Written out, not bound: SQLite uses the partial index only when it can read
    the index's own condition in the query."""
    finished: list[sa.ColumnElement[str]] = [sa.literal_column("'done'"), sa.literal_column("'withdrawn'")]
    return table.c.state.not_in(finished)


audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _text("at"),
    _text("clerk"),
    _text("action"),
    _text("subject"),
    _text("details"),
    _text("previous"),
    _text("hash"),
)

# Where the chain ends, under a key that SQL does not see: a chain cut short or made anew does not match it.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="single"), primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    _text("hash"),
    _text("mac"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("draft_id", Text, primary_key=True, nullable=False),
    _text("text"),
    _text("saved_at"),
    # open: in hand when last saved. parked: put aside by the clerk. unreadable: kept for whoever can repair it.
    _text("state", server_default="open"),
    Column("parked_at", Text),
    _text("clerk", server_default=""),
    _text("summary", server_default="{}"),
)

# Every sealed file that a draft ever held; the rows outlive the draft until their files are known to be needed or gone.
draft_files = Table(
    "draft_files",
    metadata,
    Column("draft_id", Text, primary_key=True, nullable=False),
    Column("sha256", Text, primary_key=True, nullable=False, index=True),
)

clerks = Table(
    "clerks",
    metadata,
    Column("number", Text, primary_key=True, nullable=False),
    _text("name", unique=True),
    Column("manager", Integer, nullable=False),
    _text("pin_hash"),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("tried_at", Text),
    Column("must_change", Integer, nullable=False, server_default="0"),
    Column("active", Integer, nullable=False, server_default="1"),
)

# One row a print job, written before anything is sent; seq is the order in which they were asked for. sealed: what is
# sent lies in the vault; empty: it is made from the case. state: app.domain.printing.
prints = Table(
    "prints",
    metadata,
    Column("seq", Integer, primary_key=True),
    _text("job_id", unique=True),
    _text("paper_number", index=True),
    _text("kind", server_default=""),
    _text("slot", server_default=""),
    _text("size", server_default=""),
    Column("reprint", Integer, nullable=False, server_default="0"),
    _text("case_id", server_default=""),
    _text("sealed", server_default=""),
    _text("batch_id", server_default=""),
    Column("position", Integer, nullable=False, server_default="0"),
    _text("reason", server_default=""),
    _text("clerk", server_default=""),
    _text("state"),
    Column("tries", Integer, nullable=False, server_default="0"),
    _text("detail", server_default=""),
    _text("queued_at", index=True),
    Column("started_at", Text),
    Column("outcome", Text),
    Column("ended_at", Text),
    # What still wants something is a handful among thousands that ended.
    Index(
        "ix_prints_open",
        "slot",
        "batch_id",
        "seq",
        sqlite_where=sa.text("state NOT IN ('printed', 'cancelled')"),
    ),
    Index("ix_prints_batch", "batch_id", "position", sqlite_where=sa.text("batch_id <> ''")),
    sqlite_autoincrement=True,
)

# Many papers printed in one go.
print_batches = Table(
    "print_batches",
    metadata,
    Column("batch_id", Text, primary_key=True, nullable=False),
    _text("title"),
    _text("slot"),
    _text("state"),
    _text("clerk"),
    _text("made_at"),
    Column("ended_at", Text),
)

cursors = Table("cursors", metadata, Column("feed", Text, primary_key=True, nullable=False), _text("cursor"))

# What the gateway's feeds said last, as it said it. waiting = 1: not yet applied to a case with pending operations; of
# a message: not yet read.
feed_rows = Table(
    "feed_rows",
    metadata,
    Column("feed", Text, primary_key=True, nullable=False),
    Column("row_id", Text, primary_key=True, nullable=False),
    _text("body"),
    Column("waiting", Integer, nullable=False, server_default="0"),
)

# When the gateway took an operation, by its own clock.
arrivals = Table(
    "arrivals",
    metadata,
    Column("op_id", Text, primary_key=True, nullable=False),
    _text("received_at"),
)

# What becomes of a case here after the gateway has it, by the gateway's clock. durable_at: since when it is known to
# stand in a second place. files_at, contents_at: when its files and its personal contents were cleared here. lost_at:
# when a gateway restored from a backup turned out to lack what this machine can no longer send.
keeping = Table(
    "keeping",
    metadata,
    Column("case_id", Text, primary_key=True, nullable=False),
    Column("durable_at", Text, index=True),
    Column("files_at", Text),
    Column("contents_at", Text),
    Column("lost_at", Text),
)

# Files of the vault that were cleared. removed = 0: decided, and the file may still be there.
gone_files = Table(
    "gone_files",
    metadata,
    Column("sha256", Text, primary_key=True, nullable=False),
    _text("gone_at"),
    Column("removed", Integer, nullable=False, server_default="0"),
    Index("ix_gone_files_open", "removed", sqlite_where=sa.text("removed = 0")),
)

# The platform's form of a case as this machine last knew it, once one of the two sides has amended it: what amendments
# are merged with. A case without a row is as it was sent. wanted: the revision that the feed told of.
contents = Table(
    "contents",
    metadata,
    Column("case_id", Text, ForeignKey("cases.case_id"), primary_key=True, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("wanted", Integer, nullable=False),
    # NULL: as it was sent.
    Column("form", Text),
    Column("facts", Text),
)

# Corrections of accepted cases, in the order in which they were made. base: the form before.
amendments = Table(
    "amendments",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("case_id", Text, ForeignKey("cases.case_id"), nullable=False, index=True),
    _text("op_id", unique=True),
    _text("made_at"),
    _text("clerk"),
    _text("reason"),
    _text("base"),
    _text("changes"),
    _text("facts"),
    _text("standing"),
    Index("ix_amendments_open", "standing", sqlite_where=sa.text("standing IN ('waiting', 'conflict')")),
    sqlite_autoincrement=True,
)

# What could not be merged, with everything that both sides had; kept as history once decided.
conflicts = Table(
    "conflicts",
    metadata,
    Column("conflict_id", Integer, primary_key=True),
    Column("amendment", Integer, ForeignKey("amendments.seq"), nullable=False, index=True),
    _text("found_at"),
    _text("base"),
    _text("mine"),
    _text("mine_facts"),
    Column("rev", Integer, nullable=False),
    _text("theirs"),
    _text("theirs_facts"),
    _text("trail"),
    _text("contested"),
    Column("choices", Text),
    _text("decided_by", server_default=""),
    Column("decided_at", Text),
    sqlite_autoincrement=True,
)

# Visit packs 外出任务包 (offline_db.visit_packs). body: {} once the pack was returned.
visit_packs = Table(
    "visit_packs",
    metadata,
    Column("pack_id", Text, primary_key=True, nullable=False),
    _text("visit_id"),
    _text("state"),
    _text("body"),
    _text("expires_at"),
    _text("return_op", server_default=""),
    Column("done", Integer, nullable=False, server_default="1"),
    _text("note", server_default=""),
)

# Which visits of this machine began from a pack: theirs are the pack's numbers.
pack_visits = Table(
    "pack_visits",
    metadata,
    Column("visit_id", Text, primary_key=True, nullable=False),
    _text("pack_id", index=True),
)

NAMES_DDL = "CREATE VIRTUAL TABLE case_names USING fts5(chars, content='', contentless_delete=1, tokenize='ascii')"
"""Full text of applicants' names, one token a pair of neighbours (offline_db.search); rowid is cases.seq."""
