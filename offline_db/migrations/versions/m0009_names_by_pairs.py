"""Names are indexed by pairs of neighbouring characters: two characters of a name are one look-up.

Revision: 0009. The index is written anew from the names, both ways.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

from alembic import op

revision = "0009"
down_revision = "0008"

_IGNORED = re.compile(r"[\s·•・.．\-'’]+")
_BATCH = 5000


def _plain(name: str) -> str:
    return _IGNORED.sub("", unicodedata.normalize("NFKC", name)).casefold()


def _pairs(name: str) -> str:
    return " ".join(f"{ord(one):x}x{ord(two):x}" for one, two in pairwise(_plain(name)))


def _characters(name: str) -> str:
    return " ".join(f"{ord(char):x}" for char in _plain(name))


def _write_anew(tokens: Callable[[str], str]) -> None:
    connection = op.get_bind()
    connection.exec_driver_sql("INSERT INTO case_names(case_names) VALUES ('delete-all')")
    last = 0
    while rows := connection.exec_driver_sql(
        "SELECT seq, applicant_name FROM cases WHERE seq > ? ORDER BY seq LIMIT ?", (last, _BATCH)
    ).fetchall():
        named = [(row.seq, tokens(row.applicant_name)) for row in rows if row.applicant_name]
        if named:
            connection.exec_driver_sql("INSERT INTO case_names(rowid, chars) VALUES (?, ?)", named)
        last = rows[-1].seq


def upgrade() -> None:
    _write_anew(_pairs)


def downgrade() -> None:
    _write_anew(_characters)
