"""The gateway's table of calls that a clerk's hardware key signed (app.gateway.clerk_keys); see app.gateway.tables."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

from app.gateway.tables import metadata

# reference: of the call in query_log. statement: what was signed (app.identity.clerk_key.statement); with certificate
# (DER) and signature, hexadecimal, an auditor verifies it without this gateway. A nonce counts once, for ever.
query_signatures = Table(
    "query_signatures",
    metadata,
    Column("nonce", Text, primary_key=True),
    Column("reference", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("serial", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("statement", Text, nullable=False),
    Column("certificate", Text, nullable=False),
    Column("signature", Text, nullable=False),
    Column("kept_at", Text, nullable=False),
    Index("query_signatures_call", "reference"),
)
