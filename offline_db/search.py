"""Finding a case from what a visitor can say: a number on a paper, the end of an ID number, a name.

Names are indexed one token a character, so that two characters of a Chinese name are a phrase; a token is the
character's code point in hexadecimal, because SQLite's tokenizers take characters newer than Unicode 6.1 (𬭚) for
separators and would lose them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence

import sqlalchemy as sa

from offline_db.prepared import Query, any_of
from offline_db.schema import cases, facts

_IGNORED = re.compile(r"[\s·•・.．\-'’]+")
_NUMBER = re.compile(r"[0-9A-Z]{6,}")


def name_tokens(name: str) -> str:
    """The name's characters as search tokens, without spaces, dots and case."""
    plain = _IGNORED.sub("", unicodedata.normalize("NFKC", name)).casefold()
    return " ".join(f"{ord(char):x}" for char in plain)


def index_name(connection: sa.Connection, seq: int, name: str) -> None:
    """Make the case findable by its applicant's name."""
    connection.exec_driver_sql("INSERT INTO case_names(rowid, chars) VALUES (?, ?)", (seq, name_tokens(name)))


_EXACT = Query(
    sa.select(cases.c.seq).where(
        sa.or_(cases.c.provisional_no == sa.bindparam("number"), cases.c.case_no == sa.bindparam("words"))
    )
)
_ENDING = Query(
    sa.select(cases.c.seq)
    .where(cases.c.number_reversed >= sa.bindparam("low"), cases.c.number_reversed < sa.bindparam("high"))
    .order_by(cases.c.seq.desc())
    .limit(sa.bindparam("limit"))
)
_NAMED = Query(
    sa.select(sa.column("rowid"))
    .select_from(sa.table("case_names"))
    .where(sa.text("chars MATCH :phrase"))
    .order_by(sa.column("rowid").desc())
    .limit(sa.bindparam("limit"))
)
_IDS = Query(sa.select(cases.c.case_id).where(any_of(cases.c.seq, "seqs")).order_by(cases.c.seq.desc()))


def matching(connection: sa.Connection, text: str, limit: int) -> Sequence[str]:
    """case_ids that the text may mean, newest first. Fewer than two characters of a name find nothing."""
    wanted = unicodedata.normalize("NFKC", text).strip()
    number = wanted.upper()
    found: set[int] = set()
    if wanted:
        found.update(_EXACT.firsts(connection, number=number, words=wanted))
    if _NUMBER.fullmatch(number):
        prefix = number[::-1]
        found.update(_ENDING.firsts(connection, low=prefix, high=prefix + "~", limit=limit))
    tokens = name_tokens(wanted)
    if " " in tokens:
        found.update(_NAMED.firsts(connection, phrase=f'"{tokens}"', limit=limit))
    newest = sorted(found, reverse=True)[:limit]
    return _IDS.firsts(connection, seqs=json.dumps(newest))


_OF_COUNTER = """
WITH RECURSIVE days(head) AS (
    SELECT substr(min(provisional_no), 1, length(min(provisional_no)) - 5) FROM cases
    UNION ALL
    SELECT (
        SELECT substr(provisional_no, 1, length(provisional_no) - 5) FROM cases
        WHERE provisional_no > days.head || '~' ORDER BY provisional_no LIMIT 1
    )
    FROM days WHERE days.head IS NOT NULL
)
SELECT cases.seq FROM days CROSS JOIN cases
ON cases.provisional_no >= days.head || ? AND cases.provisional_no < days.head || ? || '~'
"""


def of_counter(connection: sa.Connection, counter: int) -> Sequence[int]:
    """The numbers (`seq`) of the cases that had this counter on their day.

    A 受理流水号 is window, day, counter, check character. Its own index is walked from day to day, one look-up for each
    window and day and one for the counter there, instead of reading the end of every number that there is.
    """
    text = f"{counter:04d}"
    return [row[0] for row in connection.exec_driver_sql(_OF_COUNTER, (text, text))]


_AMONG = 5000
"""Newest cases in which a value is looked for: values have no index of their own."""


def naming(connection: sa.Connection, element: str, value: str, limit: int) -> Sequence[str]:
    """case_ids of the newest cases in which somebody's `element` has this value."""
    newest = sa.select(sa.func.coalesce(sa.func.max(cases.c.seq), 0) - _AMONG).scalar_subquery()
    said = sa.exists().where(facts.c.case_id == cases.c.case_id, facts.c.element == element, facts.c.value == value)
    chosen = sa.select(cases.c.case_id).where(cases.c.seq > newest, said).order_by(cases.c.seq.desc()).limit(limit)
    return list(connection.scalars(chosen))
