"""The gateway's tables about other regions (app.gateway.regions, app.gateway.handovers); see app.gateway.tables."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text

from app.gateway.tables import metadata

# Other regions' platforms. key: their receive seal's (Pin). url, token: how cases for them are handed over, "" where
# they only hand over to us. cursor: of their messages, as far as they were taken in.
regions = Table(
    "regions",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("token", Text, nullable=False),
    Column("cursor", Text),
)

# 转办: one a case that another region decides. state: a word of app.domain.territory.HandoverState. seal: our receive
# seal over it. number: its 办件编码 there.
handovers = Table(
    "handovers",
    metadata,
    Column("case_id", Text, ForeignKey("cases.case_id"), primary_key=True),
    Column("region", Text, nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("seal", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("handed_at", Text),
    # The revision there up to which its messages were taken in.
    Column("heard", BigInteger, nullable=False),
    Index("handovers_state", "state", "next_at"),
)

# Which pages the other region has.
handover_pages = Table(
    "handover_pages",
    metadata,
    Column("case_id", Text, ForeignKey("handovers.case_id"), primary_key=True),
    Column("material_id", Text, primary_key=True),
    Column("sha256", Text, primary_key=True),
)
