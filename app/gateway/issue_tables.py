"""Tables of the e-licences that the platform issues; part of app.gateway.tables."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text

from app.gateway.tables import metadata

# 办结出证: the one licence of a case. state: a word of app.domain.issuing.IssuedState. identifier_hash: SHA-256 of its
# identifier. code: encrypted; empty once it was withdrawn. converted: hashes of the licences in whose place it stands.
issued_licences = Table(
    "issued_licences",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("identifier_hash", Text, nullable=False, unique=True),
    Column("issuer", Text, nullable=False),
    Column("licence_type", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("code", LargeBinary, nullable=False),
    Column("issued_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("ended_at", Text),
    Column("converted", Text, nullable=False),
)

# Every time that one was made, withdrawn, handed to a window or refused to one. Names nobody but the clerk.
issue_log = Table(
    "issue_log",
    metadata,
    Column("reference", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("deed", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("clerk", Text, nullable=False),
    Column("scenario", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Index("issue_log_at", "at"),
    Index("issue_log_case", "case_id"),
)
