"""What the day's board counts, as aggregates of SQL: never by reading cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from app.domain.case import CaseState
from app.domain.clock import isoformat
from app.domain.material import MaterialStatus
from offline_db import due
from offline_db.case_list import running
from offline_db.due import Bounds
from offline_db.part import StorePart
from offline_db.schema import cases, materials


@dataclass(frozen=True, slots=True)
class Lights:
    """Cases whose time runs. late: past their day. near: due by the day that was asked for. calm: the others.

    refused: the gateway will not have them as they are, whatever their day.
    """

    late: int
    near: int
    calm: int
    refused: int


@dataclass(frozen=True, slots=True)
class ClerkDay:
    """One clerk's day: cases accepted, visitors served, cases decided among those."""

    clerk: str
    cases: int
    visits: int
    decided: int


@dataclass(frozen=True, slots=True)
class DayFigures:
    """A day at this window. stages: 办理环节 as the gateway last told ("" none yet) -> how many of the day's cases.

    items: the day's items with their departments, most frequent first. hours: hour in legal time -> cases.
    tolerated_late, tolerated_near: materials still to be handed in, of all days.
    """

    accepted: int
    visits: int
    stages: Mapping[str, int]
    lights: Lights
    clerks: tuple[ClerkDay, ...]
    items: tuple[tuple[str, str, int], ...]
    hours: Mapping[int, int]
    tolerated_late: int
    tolerated_near: int


_MOST_ITEMS = 200


class StatisticsPart(StorePart):
    """The store's figures."""

    def accepted_between(self, since: dt.datetime, before: dt.datetime) -> int:
        """How many cases were accepted from one moment up to another, UTC; those taken back are not counted."""
        query = sa.select(sa.func.count()).where(
            cases.c.accepted_at >= isoformat(since),
            cases.c.accepted_at < isoformat(before),
            cases.c.state != CaseState.WITHDRAWN.value,
        )
        with self._db.read() as connection:
            return int(connection.scalar(query) or 0)

    def day_figures(
        self, since: dt.datetime, before: dt.datetime, bounds: Bounds, tolerated_near: dt.date
    ) -> DayFigures:
        """since, before: the day, UTC. bounds, tolerated_near (a legal day): what the lights compare with."""
        day = sa.and_(cases.c.accepted_at >= isoformat(since), cases.c.accepted_at < isoformat(before))
        day = sa.and_(day, cases.c.state != CaseState.WITHDRAWN.value)
        number = sa.func.count()
        visits = sa.func.count(sa.distinct(cases.c.visit_id))
        decided = sa.func.count().filter(cases.c.stage == "4")
        # Legal time is UTC+8 the whole year round (app.domain.clock), so the hour needs no zone database.
        hour = sa.cast(sa.func.strftime("%H", cases.c.accepted_at, "+8 hours"), sa.Integer)
        late, soon, today = due.late(bounds), due.near(bounds), bounds.today.isoformat()
        refused = cases.c.state == CaseState.NEEDS_ATTENTION.value
        with self._db.read() as connection:
            total = connection.execute(sa.select(number, visits).where(day)).one()
            stages = connection.execute(sa.select(cases.c.stage, number).where(day).group_by(cases.c.stage)).all()
            lights = connection.execute(
                sa.select(
                    number.filter(late, ~refused),
                    number.filter(soon, ~refused),
                    number.filter(~late, ~soon, ~refused),
                    number.filter(refused),
                ).where(running())
            ).one()
            clerks = connection.execute(
                sa.select(cases.c.clerk, number, visits, decided)
                .where(day)
                .group_by(cases.c.clerk)
                .order_by(number.desc(), cases.c.clerk)
            ).all()
            items = connection.execute(
                sa.select(cases.c.item_name, cases.c.department, number)
                .where(day)
                .group_by(cases.c.item_name, cases.c.department)
                .order_by(number.desc(), cases.c.item_name)
                .limit(_MOST_ITEMS)
            ).all()
            hours = connection.execute(sa.select(hour, number).where(day).group_by(hour)).all()
            owed = connection.execute(
                sa.select(
                    number.filter(materials.c.due < today),
                    number.filter(materials.c.due >= today, materials.c.due <= tolerated_near.isoformat()),
                )
                .select_from(materials.join(cases, cases.c.case_id == materials.c.case_id))
                .where(materials.c.status == MaterialStatus.TOLERATED.value)
                .where(cases.c.state != CaseState.WITHDRAWN.value)
            ).one()
        return DayFigures(
            accepted=total[0],
            visits=total[1],
            stages={row[0]: row[1] for row in stages},
            lights=Lights(*lights),
            clerks=tuple(ClerkDay(*row) for row in clerks),
            items=tuple((row[0], row[1], row[2]) for row in items),
            hours={row[0]: row[1] for row in hours},
            tolerated_late=owed[0],
            tolerated_near=owed[1],
        )
