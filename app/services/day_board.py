"""The day's board 今日看板 and the day's report 日报."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.documents.fonts import PaperFonts, load_fonts
from app.documents.report import Report, ReportTable, report_pdf
from app.documents.wording import load_wording
from app.domain.case import Window
from app.domain.clock import SHANGHAI, Clock, shanghai
from app.domain.rating import ORDER_MARK
from app.materials.opening import Opening
from app.services.duty import Duty
from app.services.my_cases import Days, days_of
from app.settings import Limits
from offline_db.messages import MESSAGES
from offline_db.outbox import OutboxCounts
from offline_db.statistics import DayFigures
from offline_db.store import Store

STAGES = ("", "1", "2", "3", "11", "12", "4", "99")
"""办理环节 in the order in which a case passes them; "" is what the platform has not answered yet."""

Ratings = Callable[[dt.datetime, dt.datetime], Mapping[int, int]]
"""Ratings of a span of time, UTC: grade (5 非常满意 … 1 非常不满意) -> how many."""


@dataclass(frozen=True, slots=True)
class Board:
    """A day at this window. ratings: empty while nobody has rated, or nothing here takes ratings."""

    day: dt.date
    at: dt.datetime
    figures: DayFigures
    outbox: OutboxCounts
    days: Days
    ratings: Mapping[int, int] = field(default_factory=dict)
    extended: int = 0
    """Accepted beyond working hours 延时服务, of the day's."""
    orders: int = 0
    """Work orders 整改工单 of bad grades that nobody has answered; orders_late: past their day."""
    orders_late: int = 0


class DayBoard:
    """Reads the store; not for the event loop. ratings: where ratings are counted, if something here takes them."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        window: Window,
        duty: Duty,
        limits: Limits,
        ratings: Ratings | None = None,
        opening: Opening | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._window = window
        self._duty = duty
        self._limits = limits
        self._ratings = ratings
        self._opening = opening

    def look(self) -> Board:
        """The day as it stands."""
        now = self._clock.now()
        days = days_of(self._clock, self._limits)
        since = dt.datetime.combine(days.today, dt.time(), SHANGHAI)
        before = since + dt.timedelta(days=1)
        figures = self._store.day_figures(since, before, days.bounds, days.owed)
        ratings = dict(self._ratings(since, before)) if self._ratings else {}
        dues = self._orders()
        late = sum(due < days.today for due in dues)
        return Board(
            days.today, now, figures, self._store.counts(), days, ratings, self._extended(days.today), len(dues), late
        )

    def _extended(self, day: dt.date) -> int:
        spans = self._opening.of_day(day) if self._opening is not None else ()
        return sum(self._store.accepted_between(one.starts, one.ends) for one in spans if one.extended)

    def _orders(self) -> list[dt.date]:
        """Until when each open work order of this window's cases must be answered: the gateway's last word of each."""
        rows = self._store.feed_rows(MESSAGES)
        return [dt.date.fromisoformat(row["due"]) for row in rows if row["id"].endswith(ORDER_MARK) and row["due"]]

    def report(self, board: Board, fonts: PaperFonts | None = None) -> bytes:
        """The day's report as PDF, A4. BadInput when a name holds a character that no font draws."""
        return report_pdf(self._report(board), fonts or load_fonts())

    def sheet(self, board: Board) -> bytes:
        """The day's report as CSV (UTF-8 with a mark, which Excel and WPS need)."""
        report, out = self._report(board), io.StringIO()
        writer = csv.writer(out)
        writer.writerow([report.title, report.subtitle])
        writer.writerows(report.facts)
        for table in report.tables:
            writer.writerow([])
            writer.writerow([table.title])
            writer.writerow(table.columns)
            writer.writerows(table.rows)
        return out.getvalue().encode("utf-8-sig")

    def _report(self, board: Board) -> Report:
        words, figures, lights = load_wording("day_report"), board.figures, board.figures.lights
        now = shanghai(board.at)
        stages = [(words.text(f"stages.s{key}"), str(figures.stages[key])) for key in STAGES if key in figures.stages]
        others = sum(count for key, count in figures.stages.items() if key not in STAGES)
        if others:
            stages.append((words.text("stages.s99"), str(others)))
        tables = [
            ReportTable(words.text("stages.title"), words.texts("stages.columns"), tuple(stages), (0.7, 0.3)),
            ReportTable(
                words.text("lights.title"),
                words.texts("lights.columns"),
                tuple(
                    (words.text(f"lights.{name}"), str(count))
                    for name, count in (
                        ("late", lights.late),
                        ("refused", lights.refused),
                        ("near", lights.near),
                        ("calm", lights.calm),
                    )
                ),
                (0.7, 0.3),
            ),
            ReportTable(
                words.text("items.title"),
                words.texts("items.columns"),
                tuple((item, department, str(count)) for item, department, count in figures.items),
                (0.55, 0.3, 0.15),
            ),
            ReportTable(
                words.text("clerks.title"),
                words.texts("clerks.columns"),
                tuple((c.clerk, str(c.visits), str(c.cases), str(c.decided)) for c in figures.clerks),
                (0.4, 0.2, 0.2, 0.2),
            ),
        ]
        if board.ratings:
            tables.append(
                ReportTable(
                    words.text("ratings.title"),
                    words.texts("ratings.columns"),
                    tuple((words.text(f"ratings.g{g}"), str(board.ratings.get(g, 0))) for g in (5, 4, 3, 2, 1)),
                    (0.7, 0.3),
                )
            )
        more = []
        if board.orders:
            said = words.text("facts.orders_said", n=board.orders, late=board.orders_late)
            more.append((words.text("facts.orders"), said))
        if self._opening is not None and self._opening.hours.told:
            more.append((words.text("facts.extended"), words.text("facts.extended_said", n=board.extended)))
        outbox = words.text("facts.waiting", n=board.outbox.waiting, parked=board.outbox.parked)
        owed = words.text("facts.materials", late=figures.tolerated_late, near=figures.tolerated_near)
        return Report(
            title=words.text("title"),
            subtitle=words.text("subtitle", hall=self._window.hall, window=self._window.name),
            facts=(
                (words.text("facts.day"), f"{board.day:%Y-%m-%d}"),
                (words.text("facts.accepted"), words.text("facts.cases", n=figures.accepted, visits=figures.visits)),
                (words.text("facts.outbox"), outbox),
                (words.text("facts.owed"), owed),
                *more,
                (words.text("facts.made"), words.text("facts.by", at=f"{now:%Y-%m-%d %H:%M}", clerk=self._duty.clerk)),
            ),
            tables=tuple(table for table in tables if table.rows),
            made=now,
            note=words.text("note"),
        )
