"""Figures of a play that come from firms' matters at the platform (app.demo.ends.FIGURES)."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Sequence

from app.archive.check import PackageCheck
from app.domain.assessment import ANEW, ANSWERS, FORM, ROUTE, Assessment
from app.domain.clock import shanghai
from app.domain.document import PaperKind
from app.domain.firm import FirmProfile, Fit
from app.domain.matter import MatterKind
from app.gateway.matters import MatterDesk
from app.materials.workdays import add_working_days, due_after_halves
from app.presenters.station import Workstation
from app.services.paper_subject import ISSUED

_TRAIL = 10_000


def packaged(check: PackageCheck | None) -> Counter[str]:
    """Title (a paper's without its number) -> files in an archive package that is ours and unaltered, else none."""
    if check is None or check.manifest is None or not check.unaltered:
        return Counter()
    return Counter(entry.title.split()[0] for entry in check.manifest.entries)


def demand_days(desk: MatterDesk) -> dict[str, float]:
    """The working days that the platform gave the demands, by their scope."""
    found: dict[str, float] = {}
    for matter in (*desk.listed(), *desk.listed(closed=True)):
        if matter.kind is not MatterKind.DEMAND or matter.due is None:
            continue
        first = shanghai(matter.opened_at).date()
        last = shanghai(matter.due - dt.timedelta(seconds=1)).date()  # the clock ends with its last day
        days = range((last - first).days + 1)
        found[f"days_{matter.scope}"] = next((n for n in days if add_working_days(first, n) == last), -1)
    return found


def half_days(station: Workstation) -> dict[str, float]:
    """Limits of half working days: of the cases at the platform, how many were promised, and how many end here, there
    and by the rule at the same moment."""
    if station.gateway is None:
        return {}
    limits = station.gateway.gateway.limits
    ends, sessions = limits.ends(), limits.sessions()
    held = [case for case_id in ends if (case := station.store.case(case_id)) is not None]
    agreed = [
        case
        for case in held
        if case.due_at == ends[case.case_id] == due_after_halves(case.accepted_at, case.halves, sessions).at
    ]
    return {"halves_promised": max((case.halves for case in held), default=0), "ends_agreed": len(agreed)}


def profiled(profile: FirmProfile | None, scenes: int) -> dict[str, float]:
    """What the firm's page showed last; nothing when it showed none."""
    if profile is None:
        return {}
    return {
        "dimensions": sum(one.answered for one in profile.dimensions),
        "tags": len(profile.tags),
        "tags_carried": len(profile.carried),
        "policies_fit": sum(one.fit is Fit.YES for one in profile.policies),
        "policies_unknown": sum(one.fit is Fit.UNKNOWN for one in profile.policies),
        "policies_total": float(profile.total),
        "scenes": scenes,
    }


def assessed(desk: MatterDesk, forms: Sequence[Assessment]) -> dict[str, float]:
    """How long the longest assessment is, in points and measures, and how many points the last one asked anew."""
    held = sorted((*desk.listed(), *desk.listed(closed=True)), key=lambda matter: matter.opened_at)
    known = {f"{form.id} {form.version}": form for form in forms}
    found = [(matter, known[matter.details[FORM]]) for matter in held if matter.details.get(FORM) in known]
    if not found:
        return {"assessments": 0}
    longest, form = max(found, key=lambda one: len(one[0].details[ANSWERS].split()))
    last = found[-1][0]
    return {
        "assessments": len(found),
        "points": len(longest.details[ANSWERS].split()),
        "measures_assessed": form.measures(longest.details[ROUTE]),
        "points_anew": int(last.details.get(ANEW, "0")),
    }


def handed_over(station: Workstation) -> dict[str, float]:
    """Cases that the other region's platform has from ours, and receive seals that stand on papers made here."""
    if station.gateway is None or station.region is None:
        return {}
    there = station.region.gateway.cases.numbers() if station.region.running else {}
    found = Counter(row.case_id in there for row in station.gateway.gateway.handovers.handed())
    seals = 0
    for entry in station.store.audit_entries(0, _TRAIL):
        details = json.loads(entry.details)
        if entry.action == ISSUED and details["kind"] == PaperKind.MATERIAL_RECEIPT.name:
            check = station.services.checks.data(station.services.cases.sealed(details["sealed"]))
            seals += check.seals if check.unaltered else 0
    return {"handed_over": found[True], "seals": seals}
