"""Assessments 自评、体检: points with weights and measures, answered one by one, scored, reported.

What is asked stands in data (resources/assessments); here is what answers mean. A point is a risk or an indicator; its
measures are what must be in place. Which points are asked follows from the route (the size of an event, of a firm).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from app.domain.matter import HIDDEN, MatterKind

MOST_MEASURES = 8
"""Of one point: each has a letter of its own, A to H."""
FORM, ROUTE, ANSWERS, ANEW, SCORE, SOURCE, LISTED, UNTIL = (
    HIDDEN + name for name in ("form", "route", "answers", "anew", "score", "source", "listed", "until")
)
"""Details of the matter that an assessment goes to the platform as: for the platform and for the next assessment."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to be looked at. weight: its share of the score. blocking: unless it is wholly in place nothing can go
    ahead, whatever the score. routes: those that ask it; none: all. again: asked anew when an earlier assessment is
    used again, because it differs each time."""

    id: str
    text: str
    measures: tuple[str, ...]
    weight: int = 1
    blocking: bool = False
    routes: frozenset[str] = frozenset()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Dimension:
    """A group of points 维度."""

    id: str
    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """A way through the points. about: for whom."""

    id: str
    words: str
    about: str


@dataclass(frozen=True, slots=True)
class Grade:
    """A class of scores. least: from this score on. tone: "success", "warning" or "error"."""

    least: int
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """What the answers and the report are called in one assessment. subject: what is assessed, besides the firm."""

    met: str
    unmet: str
    none: str
    subject: str
    passed: str
    failed: str
    opening: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """A form. source: the shared-data source under which the platform tells the last one of a firm. listed: the source
    that says whether the firm may promise; "" for none. promise: what the firm promises; "" for nothing. days: how
    long one may be used again. asks: label of each further question (place, time)."""

    id: str
    version: str
    title: str
    report: str
    kind: MatterKind
    routes: tuple[Route, ...]
    dimensions: tuple[Dimension, ...]
    grades: tuple[Grade, ...]
    phrases: Phrases
    source: str
    scenario: str
    purpose: str
    listed: str = ""
    promise: str = ""
    days: int = 365
    asks: tuple[str, ...] = ()

    def points(self, route: str) -> tuple[Point, ...]:
        """What this route asks, in order."""
        return tuple(point for dimension in self.dimensions_of(route) for point in dimension.points)

    def dimensions_of(self, route: str) -> tuple[Dimension, ...]:
        """The dimensions with the points that this route asks; those without any are left out."""
        cut = (
            replace(one, points=tuple(p for p in one.points if not p.routes or route in p.routes))
            for one in self.dimensions
        )
        return tuple(one for one in cut if one.points)

    def measures(self, route: str) -> int:
        """How many measures this route asks for."""
        return sum(len(point.measures) for point in self.points(route))

    def route(self, route: str) -> Route:
        """KeyError for one that is not there."""
        return {one.id: one for one in self.routes}[route]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found at a point. done: the measures in place, from 0. applies: False: the point does not concern it."""

    done: frozenset[int] = frozenset()
    applies: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """An assessment being answered, or answered. answers: point's id -> answer. kept: points whose answer was taken
    over from an earlier one."""

    assessment: Assessment
    route: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()

    @property
    def points(self) -> tuple[Point, ...]:
        return self.assessment.points(self.route)

    @property
    def open(self) -> tuple[Point, ...]:
        """Points without an answer."""
        return tuple(point for point in self.points if point.id not in self.answers)

    def with_answer(self, point: str, answer: Answer | None) -> Sheet:
        """With one more answer; None takes it back. KeyError: this route does not ask the point. ValueError: no such
        measure."""
        asked = next((one for one in self.points if one.id == point), None)
        if asked is None:
            raise KeyError(point)
        answers = {key: value for key, value in self.answers.items() if key != point}
        if answer is not None:
            if not answer.done <= set(range(len(asked.measures))) or (answer.done and not answer.applies):
                raise ValueError(answer)
            answers[point] = answer
        return replace(self, answers=answers, kept=self.kept - {point})

    def whole(self, point: Point) -> bool:
        """Is it answered, and are all its measures in place, or does it not concern?"""
        answer = self.answers.get(point.id)
        return answer is not None and (not answer.applies or len(answer.done) == len(point.measures))

    @property
    def blockers(self) -> tuple[Point, ...]:
        """Answered blocking points that are not whole."""
        return tuple(p for p in self.points if p.blocking and p.id in self.answers and not self.whole(p))

    @property
    def lacking(self) -> tuple[tuple[Point, tuple[str, ...]], ...]:
        """Answered points that are not whole, each with the measures still to be taken."""
        found = []
        for point in self.points:
            answer = self.answers.get(point.id)
            if answer is not None and not self.whole(point):
                found.append((point, tuple(m for n, m in enumerate(point.measures) if n not in answer.done)))
        return tuple(found)

    @property
    def score(self) -> Decimal | None:
        """0–100 with one decimal, of what is answered and concerns; None when nothing does."""
        return self._score(self.points)

    def dimension_scores(self) -> tuple[tuple[Dimension, Decimal | None], ...]:
        """Each dimension with its own score."""
        return tuple((one, self._score(one.points)) for one in self.assessment.dimensions_of(self.route))

    @property
    def grade(self) -> Grade | None:
        """The class of the score; None without one."""
        score = self.score
        if score is None:
            return None
        return next(grade for grade in self.assessment.grades if score >= grade.least)

    @property
    def passed(self) -> bool:
        """All answered, and no blocking point open."""
        return not self.open and not self.blockers

    def _score(self, points: Iterable[Point]) -> Decimal | None:
        weights, got = 0, Decimal(0)
        for point in points:
            answer = self.answers.get(point.id)
            if answer is None or not answer.applies:
                continue
            weights += point.weight
            got += Decimal(point.weight * len(answer.done)) / len(point.measures)
        return (got * 100 / weights).quantize(Decimal("0.1"), ROUND_HALF_UP) if weights else None


def whole_answer(point: Point) -> Answer:
    """All measures in place."""
    return Answer(frozenset(range(len(point.measures))))


def taken_over(assessment: Assessment, route: str, answers: Mapping[str, Answer]) -> Sheet:
    """A new sheet with the answers of an earlier one. Asked anew: points that differ each time, those that were not
    whole, and those that the route or the form has more."""
    before = Sheet(assessment, route, answers)
    same = {p.id: answers[p.id] for p in before.points if not p.again and before.whole(p) and _fits(p, answers[p.id])}
    return Sheet(assessment, route, same, frozenset(same))


def _fits(point: Point, answer: Answer) -> bool:
    return answer.done <= set(range(len(point.measures)))


# ------------------------------------------------------------------------------------------------- as text

_ONE = re.compile(r"([a-z][a-z0-9]{1,11})(?:([+\-~])|=([a-h]+))")
_LETTERS = "abcdefgh"


def write_answers(sheet: Sheet) -> str:
    """The answers in one line: "a01+" all in place, "a02-" none, "a03~" does not concern, "a04=ac" these measures."""
    parts = []
    for point in sheet.points:
        answer = sheet.answers.get(point.id)
        if answer is None:
            continue
        if not answer.applies:
            parts.append(f"{point.id}~")
        elif len(answer.done) == len(point.measures):
            parts.append(f"{point.id}+")
        elif not answer.done:
            parts.append(f"{point.id}-")
        else:
            parts.append(f"{point.id}={''.join(_LETTERS[n] for n in sorted(answer.done))}")
    return " ".join(parts)


def read_answers(assessment: Assessment, text: str) -> dict[str, Answer]:
    """Back from one line. Points that the form no longer has are left out. ValueError: none of ours."""
    points = {point.id: point for one in assessment.dimensions for point in one.points}
    found: dict[str, Answer] = {}
    for part in text.split():
        parsed = _ONE.fullmatch(part)
        if parsed is None:
            raise ValueError(part)
        point = points.get(parsed[1])
        if point is None:
            continue
        if parsed[3]:
            found[point.id] = Answer(frozenset(_LETTERS.index(letter) for letter in parsed[3]))
        else:
            found[point.id] = {"+": whole_answer(point), "-": Answer(), "~": Answer(applies=False)}[parsed[2]]
    return {key: answer for key, answer in found.items() if _fits(points[key], answer)}
