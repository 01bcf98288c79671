"""Assessments from their files (resources/assessments/*.yaml); what the fields mean: docs/assessment.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import resources
from app.domain.assessment import MOST_MEASURES, Assessment, Dimension, Grade, Phrases, Point, Route
from app.domain.errors import EnvironmentProblem
from app.domain.matter import MatterKind
from app.firms.files import Entry, Finding, Reader, Wrong

FOLDER = "assessments"
KINDS = (MatterKind.EVENT, MatterKind.CHECKUP)
"""Kinds of matter that an assessment goes to the platform as."""
_TOP = (
    "id", "version", "title", "title_en", "report", "kind", "source", "listed", "scenario", "purpose", "days", "asks",
    "promise", "phrases", "routes", "grades", "dimensions",
)  # fmt: skip
_POINT_ID = re.compile(r"[a-z][a-z0-9]{1,11}")
_MOST_POINTS = 300
"""So many answers still fit into one line of a matter."""
_TONES = ("success", "warning", "error")


def read_assessment(path: Path) -> tuple[Assessment | None, tuple[Finding, ...]]:
    """A file's form, None unless all of it is right, and everything that is wrong. Never raises."""
    reader = Reader(path)
    form: Assessment | None = None
    if reader.root is not None:
        try:
            form = _form(reader, reader.root)
        except Wrong as error:
            reader.wrong(reader.root.line, str(error))
    return (None if reader.findings else form), tuple(reader.findings)


def load_assessments(own: Path | None = None) -> tuple[tuple[Assessment, ...], tuple[Finding, ...]]:
    """The forms in force, a site's own (files in `own`) in the place of shipped ones with their id, and what is wrong
    with the site's; a file with a finding counts for nothing."""
    forms = {form.id: form for form in shipped_assessments()}
    findings: list[Finding] = []
    for path in sorted(own.glob("*.yaml")) if own is not None and own.is_dir() else ():
        form, wrong = read_assessment(path)
        findings += wrong
        if form is not None:
            forms[form.id] = form
    return tuple(forms.values()), tuple(findings)


@cache
def shipped_assessments() -> tuple[Assessment, ...]:
    """Those that come with the program. EnvironmentProblem when one is broken."""
    return tuple(_shipped())


def _shipped() -> Iterator[Assessment]:
    for path in sorted(resources.path(FOLDER).glob("*.yaml")):
        form, findings = read_assessment(path)
        if form is None:
            what = f"{findings[0].file} 第 {findings[0].line} 行：{findings[0].what}"
            raise EnvironmentProblem("自评表读不出", what, "请重新安装本程序。")
        yield form


def _form(reader: Reader, root: Entry) -> Assessment:
    root.only(*_TOP)
    kind = root.text("kind")
    if kind not in [str(one) for one in KINDS]:
        raise Wrong(f"kind 应是：{'、'.join(KINDS)}")
    routes = reader.each(root, "routes", _route)
    known = frozenset(route.id for route in routes)
    grades = reader.each(root, "grades", _grade)
    least = [grade.least for grade in grades]
    if grades and (least != sorted(set(least), reverse=True) or least[-1] != 0):
        reader.wrong(root.line, "grades 的 least 应从高到低，最后一个是 0")
    places: list[tuple[int, str]] = []

    def dimension(entry: Entry) -> Dimension:
        entry.only("id", "name", "points")

        def point(inner: Entry) -> Point:
            made = _point(inner, known)
            places.append((inner.line, made.id))
            return made

        return Dimension(entry.id(), entry.text("name"), reader.each(entry, "points", point))

    dimensions = reader.each(root, "dimensions", dimension)
    reader.unique("编号", places)
    if len(places) > _MOST_POINTS:
        reader.wrong(root.line, f"最多 {_MOST_POINTS} 项，共 {len(places)} 项")
    for route in routes:
        if not any(not p.routes or route.id in p.routes for one in dimensions for p in one.points):
            reader.wrong(root.line, f"路线 {route.id} 没有一项")
    root.text("title_en")
    return Assessment(
        id=root.id(),
        version=root.text("version"),
        title=root.text("title"),
        report=root.text("report"),
        kind=MatterKind(kind),
        routes=routes,
        dimensions=dimensions,
        grades=grades,
        phrases=_phrases(root.entry("phrases")),
        source=root.id("source"),
        scenario=root.id("scenario"),
        purpose=root.id("purpose"),
        listed=root.text("listed", ""),
        promise=root.text("promise", ""),
        days=root.number("days", 1, 3650),
        asks=root.texts("asks", ()),
    )


def _route(entry: Entry) -> Route:
    entry.only("id", "words", "about")
    return Route(entry.id(), entry.text("words"), entry.text("about"))


def _grade(entry: Entry) -> Grade:
    entry.only("least", "words", "tone")
    if entry.text("tone") not in _TONES:
        raise Wrong(f"tone 应是：{'、'.join(_TONES)}")
    return Grade(entry.number("least", 0, 100), entry.text("words"), entry.text("tone"))


def _phrases(entry: Entry) -> Phrases:
    names = ("met", "unmet", "none", "subject", "passed", "failed", "opening")
    entry.only(*names)
    return Phrases(*(entry.text(name) for name in names))


def _point(entry: Entry, routes: frozenset[str]) -> Point:
    entry.only("id", "text", "measures", "weight", "blocking", "routes", "again")
    name = entry.text("id")
    if not _POINT_ID.fullmatch(name):
        raise Wrong(f"id 只能用小写字母开头、2 到 12 位的字母和数字：{name}")
    measures = entry.texts("measures")
    if not 1 <= len(measures) <= MOST_MEASURES:
        raise Wrong(f"{name} 的 measures 应有 1 到 {MOST_MEASURES} 条")
    asked = frozenset(entry.texts("routes", ()))
    if unknown := asked - routes:
        raise Wrong(f"{name} 的 routes 里没有定义：{'、'.join(sorted(unknown))}")
    return Point(
        name, entry.text("text"), measures, entry.number("weight", 1, 10, 1), entry.flag("blocking"), asked,
        entry.flag("again"),
    )  # fmt: skip
