"""What a play came to, for the ends of its lesson (app.demo.ends): the form, the store, the platform."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from PyQt6.QtCore import QObject

from app.demo.ends import Found
from app.domain.clock import shanghai
from app.domain.document import PaperKind
from app.domain.item import holds
from app.domain.material import MaterialStatus
from app.domain.matter import MatterKind
from app.gateway.board import window_days
from app.gateway.matters import MatterDesk
from app.gateway.overview import STAGE_WORDS, overview
from app.materials.workdays import add_working_days
from app.presenters.player_figures import assessed, demand_days, half_days, handed_over, packaged, profiled
from app.presenters.screen import Screen
from app.services.paper_subject import ISSUED
from app.services.submit_batch import PackedBatch

CHECK = ("passport", "face", "check", "slip")
"""The steps of a check of identity, by which `check_seconds` is counted."""
_HANDED = (MaterialStatus.CAPTURED, MaterialStatus.TOLERATED, MaterialStatus.PROMISED)
_TRAIL = 10_000
"""Audit entries of one play, at the most."""


def _matters(desk: MatterDesk) -> dict[str, float]:
    """How many matters of firms the platform holds, and what clocks it gave them."""
    running, closed = desk.listed(), desk.listed(closed=True)
    figures: dict[str, float] = {"matters": len(running) + len(closed), "matters_closed": len(closed)}
    figures["matters_rostered"] = sum(bool(matter.stationed) for matter in (*running, *closed))
    for matter in (*running, *closed):
        if matter.due is None:
            continue
        if matter.kind is MatterKind.REVIEW:
            # The clock ends with its last day.
            last = shanghai(matter.due - dt.timedelta(seconds=1)).date()
            first = shanghai(matter.opened_at).date()
            days = range((last - first).days + 1)
            figures["review_days"] = next((n for n in days if add_working_days(first, n) == last), -1)
        elif matter.kind is MatterKind.INSPECTION:
            figures["inspection_hours"] = round((matter.due - matter.opened_at).total_seconds() / 3600)
    return figures


class Ledger(QObject):
    """Follows one play. Make it before the work begins: rows taken over are told only once."""

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._rows = 0
        self._facts: dict[str, str] = {}
        self._materials: dict[str, str] = {}
        self._form: dict[str, float] = {}
        screen.batch.taken.connect(self._count_rows)

    def look(self) -> None:
        """Note the form and the materials as they stand on the screen; nothing while no item is chosen."""
        visit = self._screen.desk.visit
        if not visit.items:
            return
        form, checklist = visit.form, visit.checklist
        facts = {key: form.state(key).fact for key in form.asked()}
        self._facts = {key: str(fact.source.kind) for key, fact in facts.items() if fact is not None}
        self._materials = {material.use.id: str(material.status) for material in checklist.materials}
        asked_by = [field.asked_by for field in form.asked().values()]
        self._form = {
            "materials": len(checklist.materials),
            "materials_apart": self._spared() + sum(len(material.asked_by) for material in checklist.materials),
            "materials_handed": sum(material.status in _HANDED for material in checklist.materials),
            "materials_waived": sum(material.status is MaterialStatus.WAIVED for material in checklist.materials),
            "fields": len(asked_by),
            "fields_apart": sum(map(len, asked_by)),
            "typed": list(self._facts.values()).count("clerk"),
        }

    def _spared(self) -> int:
        """Materials that nobody hands in because an item of the same bundle results in them."""
        visit, catalog = self._screen.desk.visit, self._screen.station.catalog
        within = {key for code in visit.codes if code in catalog.bundles for key in catalog.bundles[code].within}
        values = visit.form.values()
        return sum(
            use.id in within and use not in item.materials and holds(use.when, values)
            for item in visit.items
            for use in catalog.items[item.code].materials
        )

    def found(self, steps: Sequence[Mapping[str, Any]]) -> Found:
        """All of it, as it stands now. steps: of the summary."""
        station = self._screen.station
        trail = station.store.audit_entries(0, _TRAIL)
        papers = Counter(
            str(PaperKind[json.loads(entry.details)["kind"]])
            if entry.action == ISSUED
            else str(PaperKind.ACCEPTANCE_NOTICE)
            for entry in trail
            if entry.action in (ISSUED, "paper.made")
        )
        figures = self._form | {
            "rows": self._rows,
            "results": papers[str(PaperKind.RESULT_HANDOVER)] + papers[str(PaperKind.DELIVERY_PROOF)],
            "devices": len({owner.device.kind for owner in self._screen.devices.values() if not owner.absent}),
            "keys": sum(step["keys"] for step in steps),
            "seconds": round(sum(step["ms"] for step in steps) / 1000, 1),
            "check_seconds": _check_seconds(steps),
        }
        profile = station.services.firms.profile
        figures |= profiled(self._screen.firm.profile, len(profile.scenes()))
        cases: list[tuple[str, str]] = []
        if station.gateway is not None:
            held = overview(station.gateway.gateway)
            items = station.catalog.items
            cases = [(items[code].name, STAGE_WORDS[stage]) for code, stage in held.cases]
            figures |= {
                "cases": len(cases),
                "urgent": held.urgent,
                "assisted": held.assisted,
                "visits_assisted": sum(one.assisted for one in window_days(station.gateway.gateway)),
                "departments": len({items[code].department for code, _ in held.cases}),
                "queries": held.queries["found"] + held.queries["none"],
                "queries_signed": len(station.gateway.gateway.clerk_keys.calls()),
                "queries_refused": held.queries["refused"],
                **_matters(station.gateway.gateway.matters),
                "ratings": held.ratings,
                "windows_lit": sum(one.light != "green" for one in window_days(station.gateway.gateway)),
                "extended": sum(one.extended for one in window_days(station.gateway.gateway)),
                "booked_extended": station.gateway.gateway.bookings.extended(),
                "agency_jobs": held.agency_jobs,
                "orders_open": held.orders_open,
                "orders_closed": held.orders_closed,
            }
            figures["photos"] = station.gateway.gateway.photos.count()
            figures |= handed_over(station)
            figures |= assessed(station.gateway.gateway.matters, station.services.firms.assess.forms())
            figures |= demand_days(station.gateway.gateway.matters)
            figures |= half_days(station)
            figures["promised_days"] = max((items[code].promised_days or 0 for code, _ in held.cases), default=0)
        actions = frozenset(entry.action for entry in trail)
        packed = packaged(self._screen.around.archive.checked)
        return Found(cases, papers, actions, self._facts, self._materials, figures, packed)

    def _count_rows(self, packed: PackedBatch) -> None:
        self._rows += packed.rows


def _check_seconds(steps: Sequence[Mapping[str, Any]]) -> float:
    """From the document laid down to the slip in the printer's tray, as far as the last of the steps waits for it
    (came_out); a step's picture is not in its time. The emulated person and devices are: 0.4 s until the passport lies,
    the wire, the sheet. More than any limit when a step lacks."""
    taken = {step["id"]: step["ms"] for step in steps}
    return round(sum(taken[name] for name in CHECK) / 1000, 1) if set(CHECK) <= set(taken) else float("inf")
