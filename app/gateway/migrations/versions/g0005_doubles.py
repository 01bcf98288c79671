"""Possible duplicates: the same item for the same applicant, accepted at two windows.

Revision: g0005.
"""

import datetime as dt
import json

import sqlalchemy as sa
from alembic import op

from app.domain.clock import isoformat, parse_iso
from app.gateway.doubles import double_key

revision = "g0005"
down_revision = "g0004"

_COMPARED = dt.timedelta(days=37)
_AT_ONCE = 1000


def upgrade() -> None:
    op.add_column("cases", sa.Column("double_key", sa.Text))
    op.create_index("cases_double_key", "cases", ["double_key"])
    op.create_table(
        "case_doubles",
        sa.Column("double_id", sa.Text, primary_key=True),
        sa.Column("earlier", sa.Text, sa.ForeignKey("cases.case_id"), nullable=False),
        sa.Column("later", sa.Text, sa.ForeignKey("cases.case_id"), nullable=False),
        sa.Column("found_at", sa.Text, nullable=False),
        sa.Column("settled_at", sa.Text),
        sa.Column("device_id", sa.Text, nullable=False),
        sa.Column("clerk", sa.Text, nullable=False),
        sa.Column("keep", sa.Text, nullable=False),
    )
    _mark_recent(op.get_bind())


def _mark_recent(connection: sa.Connection) -> None:
    """The cases that what arrives from now on may be a double of; older ones are never compared."""
    newest = connection.scalar(sa.text("SELECT max(received_at) FROM cases"))
    since = isoformat(parse_iso(newest) - _COMPARED) if newest else ""
    after = ""
    while newest:
        query = "SELECT case_id, document FROM cases WHERE received_at >= :since AND case_id > :after ORDER BY case_id"
        found = {"since": since, "after": after, "limit": _AT_ONCE}
        rows = connection.execute(sa.text(f"{query} LIMIT :limit"), found).all()
        if not rows:
            return
        marks = []
        for row in rows:
            document = json.loads(row.document)
            key = double_key(document["applicant"]["number"], document["item"]["code"])
            marks.append({"key": key, "id": row.case_id})
        connection.execute(sa.text("UPDATE cases SET double_key = :key WHERE case_id = :id"), marks)
        after = rows[-1].case_id


def downgrade() -> None:
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM case_doubles WHERE settled_at IS NULL")):
        raise RuntimeError("there are possible duplicates that nobody has looked at")
    op.drop_table("case_doubles")
    op.drop_index("cases_double_key", "cases")
    op.drop_column("cases", "double_key")
