"""What a gateway holds, counted: for the end of a lesson, and for whoever looks after it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from app.domain.urgency import URGENCY, URGENT
from app.gateway.board import was_assisted
from app.gateway.cases import Stage
from app.gateway.core import Gateway
from app.gateway.matters import AGENCIES
from app.gateway.tables import cases, feed_rows, query_log, ratings, work_orders

STAGE_WORDS = {
    Stage.RECEIVED: "收件",
    Stage.ACCEPTED: "受理",
    Stage.UNDER_REVIEW: "审核",
    Stage.DECIDED: "办结",
    Stage.CORRECTION: "补正",
    Stage.SUSPENDED: "挂起",
    Stage.OTHER: "其他",
}


@dataclass(frozen=True, slots=True)
class Overview:
    """cases: (item's code, stage) each. urgent: how many of them ask for urgent handling;
    assisted: of assisted visits. queries: outcome -> how many.
    Orders are those that follow a bad grade. agency_jobs: jobs of intermediaries that all three rated, summed."""

    cases: tuple[tuple[str, Stage], ...]
    queries: Counter[str]
    ratings: int
    orders_open: int
    orders_closed: int
    urgent: int = 0
    assisted: int = 0
    agency_jobs: int = 0


def overview(gateway: Gateway) -> Overview:
    """As it stands now."""
    with gateway.database.read() as connection:
        held = connection.execute(select(cases.c.item_code, cases.c.stage).order_by(cases.c.case_id)).all()
        asked = connection.execute(
            select(query_log.c.outcome, func.count().label("number")).group_by(query_log.c.outcome)
        ).all()
        hurried = cases.c.document.contains(f'"{URGENCY}":"{URGENT}"', autoescape=True)
        urgent = connection.scalar(select(func.count()).select_from(cases).where(hurried)) or 0
        assisted = connection.scalar(select(func.count()).select_from(cases).where(was_assisted())) or 0
        rated = connection.scalar(select(func.count()).select_from(ratings)) or 0
        orders = connection.scalars(select(work_orders.c.closed_at)).all()
    with gateway.database.read() as connection:
        agencies = connection.scalars(
            select(feed_rows.c.document).where(feed_rows.c.feed == AGENCIES, ~feed_rows.c.deleted)
        ).all()
    closed = sum(at is not None for at in orders)
    return Overview(
        cases=tuple((row.item_code, Stage(row.stage)) for row in held),
        queries=Counter({row.outcome: int(row.number) for row in asked}),
        ratings=rated,
        orders_open=len(orders) - closed,
        orders_closed=closed,
        urgent=urgent,
        assisted=assisted,
        agency_jobs=sum(json.loads(text)["jobs"] for text in agencies),
    )
