"""Finding a case from what a visitor can say: a number on a paper, the end of an ID number, a name.

Names are indexed one token a pair of neighbouring characters, so that two characters of a Chinese name are one look-up
and three are a phrase (one token a character took 5 ms among a million, for each stands in tens of thousands of
names). A token is the two code points in hexadecimal, because SQLite's tokenizers take characters newer than Unicode
6.1 (𬭚) for separators and would lose them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

import sqlalchemy as sa

from offline_db.prepared import Prepared, Query, any_of
from offline_db.schema import cases, facts

_IGNORED = re.compile(r"[\s·•・.．\-'’]+")
_NUMBER = re.compile(r"[0-9A-Z]{6,}")


def name_tokens(name: str) -> str:
    """The pairs of neighbouring characters as search tokens, without spaces, dots and case; "" for one character."""
    plain = _IGNORED.sub("", unicodedata.normalize("NFKC", name)).casefold()
    return " ".join(f"{ord(one):x}x{ord(two):x}" for one, two in pairwise(plain))


_NAMES = sa.table("case_names", sa.column("rowid"), sa.column("chars"))
_INDEX = Prepared(sa.insert(_NAMES), ["rowid", "chars"])


def index_name(connection: sa.Connection, seq: int, name: str) -> None:
    """Make the case findable by its applicant's name."""
    _INDEX.run(connection, {"rowid": seq, "chars": name_tokens(name)})


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
    sa.select(_NAMES.c.rowid)
    .where(sa.text("chars MATCH :phrase"))
    .order_by(_NAMES.c.rowid.desc())
    .limit(sa.bindparam("limit"))
)
_IDS = Query(sa.select(cases.c.case_id).where(any_of(cases.c.seq, "seqs")).order_by(cases.c.seq.desc()))


def numbers_of(connection: sa.Connection, text: str, limit: int) -> list[int]:
    """The numbers (seq) of the cases that the text may mean, newest first. One character of a name finds nothing."""
    wanted = unicodedata.normalize("NFKC", text).strip()
    number = wanted.upper()
    found: set[int] = set()
    if wanted:
        found.update(_EXACT.firsts(connection, number=number, words=wanted))
    if _NUMBER.fullmatch(number):
        prefix = number[::-1]
        found.update(_ENDING.firsts(connection, low=prefix, high=prefix + "~", limit=limit))
    tokens = name_tokens(wanted)
    if tokens:
        found.update(_NAMED.firsts(connection, phrase=f'"{tokens}"', limit=limit))
    return sorted(found, reverse=True)[:limit]


def matching(connection: sa.Connection, text: str, limit: int) -> Sequence[str]:
    """case_ids of the cases that the text may mean, newest first. See `numbers_of`."""
    return _IDS.firsts(connection, seqs=json.dumps(numbers_of(connection, text, limit)))


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


def of_counter(connection: sa.Connection, counter: int) -> list[int]:
    """The numbers (`seq`) of the cases that had this counter on their day, newest first.

    A 受理流水号 is window, day, counter, check character. Its own index is walked from day to day, one look-up for each
    window and day and one for the counter there, instead of reading the end of every number that there is.
    """
    text = f"{counter:04d}"
    return sorted((row[0] for row in connection.exec_driver_sql(_OF_COUNTER, (text, text))), reverse=True)


_AMONG = 5000
"""Newest cases in which a value is looked for: values have no index of their own."""


def naming(connection: sa.Connection, element: str, value: str, limit: int) -> Sequence[str]:
    """case_ids of the newest cases in which somebody's `element` has this value."""
    newest = sa.select(sa.func.coalesce(sa.func.max(cases.c.seq), 0) - _AMONG).scalar_subquery()
    said = sa.exists().where(facts.c.case_id == cases.c.case_id, facts.c.element == element, facts.c.value == value)
    chosen = sa.select(cases.c.case_id).where(cases.c.seq > newest, said).order_by(cases.c.seq.desc()).limit(limit)
    return list(connection.scalars(chosen))
