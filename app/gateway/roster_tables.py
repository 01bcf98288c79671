"""The gateway's tables of the roster (app.gateway.roster); see app.gateway.tables."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from app.gateway.tables import metadata

# 驻点排班: one rule a row. document: app.server.roster_schemas.RULE, with the firm's contact. until: "" for good.
roster_rules = Table(
    "roster_rules",
    metadata,
    Column("rule_id", Text, primary_key=True),
    Column("until", Text, nullable=False),
    Column("document", Text, nullable=False),
)

# What is different on one day. document: app.server.roster_schemas.CHANGE, with the reason. last_day: the later of its
# days, in legal time.
roster_changes = Table(
    "roster_changes",
    metadata,
    Column("change_id", Text, primary_key=True),
    Column("last_day", Text, nullable=False, index=True),
    Column("document", Text, nullable=False),
)

# Every change of the roster: who, what, of whom. subject: the specialist's and the firm's name.
roster_log = Table(
    "roster_log",
    metadata,
    Column("entry_id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("deed", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Index("roster_log_at", "at"),
)

# Whom the roster gave a firm's slip to when it was opened, or why to nobody. clerk: "" for nobody.
roster_assignments = Table(
    "roster_assignments",
    metadata,
    Column("matter_id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("clerk", Text, nullable=False),
    Column("why", Text, nullable=False),
)
