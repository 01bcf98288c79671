"""What a captured page says that the form still lacks: read, suggested, compared. Never filled in unasked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.domain.clock import Clock, shanghai
from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.form import FormDefinition
from app.forms.fill import same_value
from app.identity.numbers import check_number
from app.materials.read_page import Found, find_values
from app.materials.text_reader import Picture, TextLine, TextReader
from app.services.visit import Visit


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines of one page. page: its sha256. at: when it was read, UTC. Held in memory only, for this visitor."""

    material: str
    page: str
    lines: tuple[TextLine, ...]
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value that a page shows for a field. page, box: where it stands, in the page's pixels."""

    fact: Fact
    page: str
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """A page that says something else than the form. value: what the page says; empty when it is personal."""

    material: str
    title: str
    title_en: str
    value: str


class ReadMaterial:
    """read is slow (seconds, another process); everything else is quick and changes nothing."""

    def __init__(self, reader: TextReader, clock: Clock) -> None:
        self._reader = reader
        self._clock = clock
        self._for: FormDefinition | None = None
        self._known: dict[str, tuple[Found, ...]] = {}

    def wanted(self, visit: Visit, material: str) -> bool:
        """Is there a reader, and could the material say anything that this form asks?"""
        keys = {field.key for field in visit.form.definition.fields}
        return self._reader.present and not keys.isdisjoint(_shows(visit, material))

    def read(self, material: str, page: str, picture: Picture) -> Reading:
        """Read a page. EnvironmentProblem when that is not possible now."""
        return Reading(material, page, self._reader.read(picture), self._clock.now())

    def suggestions(self, visit: Visit, readings: Iterable[Reading]) -> dict[str, Suggestion]:
        """For each field asked now in which nobody has said anything: the surest value on the pages."""
        best: dict[str, Suggestion] = {}
        asked = visit.form.asked()
        for reading, name in _on_list(visit, readings):
            for found in self._found(visit, reading):
                state = visit.form.state(found.key)
                empty = state.fact is None or state.fact.source.kind is SourceKind.DEFAULT
                if not found.sure or found.key not in asked or not empty or same_value(state.value, found.value):
                    continue
                known = best.get(found.key)
                fact = _fact(found, reading, name)
                if known is None or _percent(found) > known.fact.source.ref:
                    best[found.key] = Suggestion(fact, reading.page, found.box)
        return best

    def differences(self, visit: Visit, readings: Iterable[Reading]) -> tuple[Difference, ...]:
        """Where a page surely says something else than what stands in the form, whoever said that."""
        fields = visit.form.asked()
        told: dict[tuple[str, str], Difference | None] = {}
        for reading, _ in _on_list(visit, readings):
            for found in self._found(visit, reading):
                field, value = fields.get(found.key), visit.form.state(found.key).value
                if field is None or not value or not found.sure:
                    continue
                place = (reading.material, found.key)
                if same_value(value, found.value) or _near_name(found.key, value, found.value):
                    told[place] = None  # one page of it agrees: the other is of something else
                elif place not in told:
                    said = "" if field.element.personal else field.element.codes.get(found.value, found.value)
                    told[place] = Difference(reading.material, field.title, field.title_en, said)
        return tuple(difference for difference in told.values() if difference is not None)

    def take(self, visit: Visit, fact: Fact) -> Visit:
        """The clerk compared and takes a suggestion over. It stands as recognised, unverified, and the case says so."""
        return replace(visit, form=visit.form.offer([fact]).settle(fact.key, fact))

    def close(self) -> None:
        """End the reader; a page being read is given up."""
        self._reader.close()

    def _found(self, visit: Visit, reading: Reading) -> tuple[Found, ...]:
        definition = visit.form.definition
        if self._for is not definition:
            self._for, self._known = definition, {}
        found = self._known.get(reading.page)
        if found is None:
            today = shanghai(self._clock.now()).date()
            shows = _shows(visit, reading.material)
            found = find_values(reading.lines, shows, definition.fields, today, check_number)
            self._known[reading.page] = found
        return found


def _near_name(key: str, one: str, other: str) -> bool:
    """Names that differ in one character: it may be a rare one that was read as its common twin (𠮷 吉, 䶮 美)."""
    if not key.endswith(".name") or len(one) != len(other):
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) <= 1


def _shows(visit: Visit, material: str) -> Mapping[str, tuple[str, ...]]:
    """What the items of this visit hope to read off a material."""
    shows: dict[str, tuple[str, ...]] = {}
    for item in visit.items:
        for use in item.materials:
            if use.id == material:
                shows.update(use.shows)
    return shows


def _on_list(visit: Visit, readings: Iterable[Reading]) -> list[tuple[Reading, str]]:
    """The readings of pages that are still there, with their material's name."""
    pages = {(m.use.id, page.sha256): m.use.name for m in visit.checklist.materials for page in m.pages}
    return [(r, pages[r.material, r.page]) for r in readings if (r.material, r.page) in pages]


def _fact(found: Found, reading: Reading, name: str) -> Fact:
    role, _, element = found.key.partition(".")
    source = Source(SourceKind.CAPTURE, f"{name}·图片识别", _percent(found))
    return Fact(role, element, found.value, source, Verdict.CAPTURED_UNVERIFIED, reading.at)


def _percent(found: Found) -> str:
    # Never 100 %: a rare character read as its common twin is read without any doubt.
    return f"{min(int(found.confidence * 100), 99):02d}%"
