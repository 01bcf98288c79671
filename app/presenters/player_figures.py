"""Figures of a play that come from firms' matters at the platform (app.demo.ends.FIGURES)."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.assessment import ANEW, ANSWERS, FORM, ROUTE, Assessment
from app.gateway.matters import MatterDesk


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
