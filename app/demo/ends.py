"""What must be true at the end of a lesson, beyond its goal: at the platform, on paper, in the trail, in the form.

`ends:` of a lesson's file:

    cases: {个体工商户设立登记: 受理}          item's name -> its stage at the platform (Stage.word); "" for any
    papers: {受理通知书: 1}                    kind -> how many this window made
    audit: [case.accepted, data.queried]       each stands in the window's audit trail
    facts: {applicant.name: id_card}           form key -> its source when it was accepted (SourceKind)
    materials: {business_licence: waived}      material -> how it was settled when it was accepted (MaterialStatus)
    archive: {受理通知书: 1}                    title in the archive package checked last -> files of it
    figures: {materials: 8, seconds: "<= 45"}  see FIGURES

What is meant of the form and the materials is the last that stood on the screen before the visit ended.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from app.domain.document import PaperKind
from app.domain.fact import SourceKind
from app.domain.material import MaterialStatus

FIGURES: Mapping[str, str] = {
    "materials": "materials asked for",
    "materials_apart": "materials that separate applications would ask for",
    "materials_waived": "materials waived",
    "materials_handed": "materials handed in or promised",
    "fields": "fields asked for",
    "fields_apart": "fields that separate forms would ask for",
    "typed": "fields typed by the clerk",
    "cases": "cases at the platform",
    "urgent": "urgent cases at the platform",
    "assisted": "cases of assisted visits at the platform",
    "visits_assisted": "assisted visits on the supervisors' board",
    "departments": "departments of the cases at the platform",
    "handed_over": "cases handed over to another region's platform, and there",
    "seals": "electronic receive seals that verify on this window's papers",
    "queries": "shared-data queries answered",
    "queries_signed": "shared-data queries signed by the clerk's key, at the platform",
    "queries_refused": "shared-data queries refused",
    "rows": "table rows taken over",
    "ratings": "ratings at the platform",
    "matters": "firms' matters at the platform",
    "matters_closed": "firms' matters closed",
    "matters_rostered": "firms' matters given by the roster to who stands there",
    "review_days": "working days that a joint review is given",
    "inspection_hours": "hours within which a promise is inspected",
    "photos": "photographs for all windows at the platform",
    "orders_open": "work orders open",
    "orders_closed": "work orders closed",
    "agency_jobs": "jobs summed for intermediaries at the platform",
    "booked_extended": "bookings at the platform that lie in extended hours",
    "extended": "cases accepted beyond the desk's working hours, on the supervisors' board",
    "windows_lit": "windows with a red or yellow light on the supervisors' board",
    "results": "results handed over",
    "devices": "device kinds ready",
    "points": "points of the longest assessment at the platform",
    "measures_assessed": "measures of the longest assessment at the platform",
    "points_anew": "points asked anew in the last assessment",
    "assessments": "assessments at the platform",
    "dimensions": "dimensions of the firm's profile that answered",
    "tags": "tags judged in the firm's profile",
    "tags_carried": "tags that the firm carries",
    "policies_fit": "policies that fit the firm",
    "policies_unknown": "policies that cannot be told",
    "policies_total": "yuan that the policies come to",
    "scenes": "scenes that the firm's code starts",
    "days_simple": "working days for a simple demand",
    "days_one": "working days for a demand on one department",
    "days_several": "working days for a demand on several departments",
    "promised_days": "working days promised for a case at the platform, at most",
    "halves_promised": "half working days promised",
    "ends_agreed": "cases whose limit of half days ends here, at the platform and by the rule at the same moment",
    "keys": "keys pressed",
    "seconds": "seconds of ours",
    "check_seconds": "seconds of ours from the document to the printed slip",
}
"""What a figure counts, by its name."""

_COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "": operator.eq,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
_WANTED = re.compile(r"(<=|>=|<|>|)\s*(\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Found:
    """What a play came to. cases: (item's name, stage's word) each. papers: kind -> count. audit: actions.

    facts: form key -> source. materials: id -> status. figures: by name. archive: title -> files in a package that is
    ours and unaltered; none in another.
    """

    cases: Sequence[tuple[str, str]] = ()
    papers: Mapping[str, int] = field(default_factory=dict)
    audit: frozenset[str] = frozenset()
    facts: Mapping[str, str] = field(default_factory=dict)
    materials: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, float] = field(default_factory=dict)
    archive: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that had to be true. wanted, found: in words."""

    what: str
    wanted: str
    found: str
    ok: bool

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def judge(ends: Mapping[str, Any], found: Found) -> list[Check]:
    """Every end with what was found. ValueError when an end is malformed; `ends_problem` says so beforehand."""
    return [
        *_cases(ends.get("cases", {}), found.cases),
        *(_number(f"{kind} ×", wanted, found.papers.get(kind, 0)) for kind, wanted in ends.get("papers", {}).items()),
        *(Check("audit", action, action if action in found.audit else f"no {action}", action in found.audit)
          for action in ends.get("audit", [])),
        *_same(ends.get("facts", {}), found.facts),
        *_same(ends.get("materials", {}), found.materials),
        *(_number(f"in the archive package: {title} ×", wanted, found.archive.get(title, 0))
          for title, wanted in ends.get("archive", {}).items()),
        *(_number(f"{FIGURES[name]}:", wanted, found.figures.get(name, 0))
          for name, wanted in ends.get("figures", {}).items()),
    ]  # fmt: skip


def ends_problem(part: str, name: str, wanted: object) -> str:
    """What is wrong with one end as written; "" when nothing is."""
    known: Mapping[str, Sequence[str]] = {"papers": [str(kind) for kind in PaperKind], "figures": list(FIGURES)}
    values: Mapping[str, Sequence[str]] = {
        "facts": [str(kind) for kind in SourceKind],
        "materials": [str(status) for status in MaterialStatus],
    }
    if part in known and name not in known[part]:
        return f"“{name}”应是：{'、'.join(known[part])}"
    if part in values and wanted not in values[part]:
        return f"“{wanted}”应是：{'、'.join(values[part])}"
    if (part in known or part == "archive") and not _WANTED.fullmatch(str(wanted)):
        return f"“{wanted}”应是一个数，前面可写 <=、>="
    return ""


def _cases(wanted: Mapping[str, str], found: Sequence[tuple[str, str]]) -> Iterator[Check]:
    for item, stage in wanted.items():
        stages = sorted({at for name, at in found if name == item})
        ok = bool(stages) and (not stage or stage in stages)
        yield Check("case", f"{item} {stage}".strip(), f"{item} {'、'.join(stages) or '–'}", ok)


def _same(wanted: Mapping[str, str], found: Mapping[str, str]) -> Iterator[Check]:
    for name, value in wanted.items():
        yield Check(name, value, found.get(name, "–"), found.get(name) == value)


def _number(what: str, wanted: object, found: float) -> Check:
    parts = _WANTED.fullmatch(str(wanted))
    if parts is None:
        raise ValueError(f"{what} {wanted}")
    ok = bool(_COMPARE[parts[1]](found, float(parts[2])))
    said = f"{found:,.1f}" if isinstance(found, float) and not found.is_integer() else f"{int(found):,}"
    return Check(what, str(wanted), said, ok)
