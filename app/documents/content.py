"""What a paper says: the wording filled with the case's data, before any thought of layout."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from app.documents.fonts import PaperFonts
from app.documents.wording import Wording, load_wording, wording_of
from app.domain.case import Case
from app.domain.clock import shanghai
from app.domain.document import Lack, Paper, PaperKind
from app.domain.errors import Defect
from app.domain.item import Catalog
from app.domain.material import Material, MaterialStatus
from app.domain.person import mask


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case as the paper tells it."""

    index: int
    name: str
    department: str
    provisional_no: str
    case_no: str
    time_limit: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """One material as the paper tells it."""

    index: int
    name: str
    form: str
    copies: str
    status: str


@dataclass(frozen=True, slots=True)
class LackLine:
    """One line of a one-time notice."""

    index: int
    name: str
    what: str
    is_material: bool


@dataclass(frozen=True, slots=True)
class PaperContent:
    """Everything a paper says, in its own words. Texts are trimmed and known to be drawable."""

    paper: Paper
    number: str
    title: str
    applicant: str
    masked_number: str
    hall: str
    window: str
    clerk: str
    time: str
    date: str
    opening: str
    is_awaiting: bool
    """Some case has no number of the platform yet, whatever the paper's data claim."""
    awaiting: str
    cases: tuple[CaseLine, ...]
    materials: tuple[MaterialLine, ...]
    summary: str
    sources: str
    notes: tuple[str, ...]
    lacks: tuple[LackLine, ...] = ()


def say_date(at: dt.date) -> str:
    """2026年11月21日."""
    return load_wording("common").text("date", y=at.year, m=at.month, d=at.day)


def say_time(at: dt.datetime) -> str:
    """2026年11月21日 11:04, in legal time."""
    local = shanghai(at)
    return load_wording("common").text("time", y=local.year, m=local.month, d=local.day, clock=f"{local:%H:%M}")


def masked(number: str) -> str:
    """The number with its middle hidden; one that is masked already stays as it is."""
    return number if "*" in number else mask(number)


class ContentBuilder:
    """Turns papers into words. catalog: says the promised time of an item, if it is the version the case was
    accepted under; without it the paper states the due date alone.
    """

    def __init__(self, fonts: PaperFonts, catalog: Catalog | None = None) -> None:
        self._fonts = fonts
        self._catalog = catalog
        self._common = load_wording("common")

    def build(self, paper: Paper) -> PaperContent:
        """BadInput when a character cannot be drawn; Defect when the paper is about nobody or about two people."""
        people = {(case.applicant_name, case.applicant_number) for case in paper.cases}
        if len(people) != 1:
            raise Defect("文书数据有误", "一份文书须恰有一名申请人和至少一个事项。")
        name, number = people.pop()
        words, common = wording_of(paper.kind), self._common
        is_notice = paper.kind is PaperKind.ONE_TIME_NOTICE  # speaks of cases that nobody has accepted
        is_awaiting = not is_notice and (paper.awaiting_platform or not all(case.case_no for case in paper.cases))
        materials = () if is_notice else tuple(unique_materials(paper.cases))
        title, hall = self._field(paper.title, "办理事由"), self._field(paper.window.hall, "受理大厅")
        return PaperContent(
            paper=paper,
            number=self._field(paper.number, "编号"),
            title=title,
            applicant=self._field(name, "申请人"),
            masked_number=self._field(masked(number) or (words.text("no_number") if is_notice else ""), "证件号码"),
            hall=hall,
            window=self._field(paper.window.name, "受理窗口"),
            clerk=self._field(paper.clerk, "经办人员"),
            time=say_time(paper.issued_at),
            date=say_date(shanghai(paper.issued_at).date()),
            opening=self._opening(words, paper, title, materials),
            is_awaiting=is_awaiting,
            awaiting=words.text("awaiting" if is_awaiting else "confirmed"),
            cases=tuple(self._case(index, case) for index, case in enumerate(paper.cases, 1)),
            materials=tuple(self._material(index, material) for index, material in enumerate(materials, 1)),
            summary=self._summary(materials),
            sources=self._field(self._sources(paper.cases), common.text("sources.title")),
            notes=self._notes(words, materials),
            lacks=tuple(self._lack(index, lack) for index, lack in enumerate(paper.lacks, 1)),
        )

    def _field(self, text: str, about: str) -> str:
        text = " ".join(text.split())
        self._fonts.bold.require(text, about)
        return self._fonts.regular.require(text, about)

    def _opening(self, words: Wording, paper: Paper, title: str, materials: tuple[Material, ...]) -> str:
        deferred = sum(m.status in (MaterialStatus.TOLERATED, MaterialStatus.PROMISED) for m in materials)
        tolerance = words.text("opening_tolerance", n=deferred) if deferred else ""
        return words.text(
            "opening", title=title, time=say_time(paper.cases[0].accepted_at), tolerance=tolerance, n=len(paper.cases)
        )

    def _case(self, index: int, case: Case) -> CaseLine:
        words = self._common
        place = f"第{index}项"
        return CaseLine(
            index=index,
            name=self._field(case.item_name, f"{place}事项名称"),
            department=self._field(case.department, f"{place}受理部门"),
            provisional_no=self._field(case.provisional_no, f"{place}受理流水号"),
            case_no=self._field(
                words.text("cases.case_no", case_no=case.case_no) if case.case_no else words.text("cases.awaiting_no"),
                f"{place}办件编码",
            ),
            time_limit=self._time_limit(case),
        )

    def _time_limit(self, case: Case) -> tuple[str, ...]:
        words, limit = self._common, []
        if self._catalog is not None and self._catalog.version == case.catalog_version:
            item = self._catalog.items.get(case.item_code)
            if item is not None and item.kind == words.text("cases.at_once"):
                limit.append(item.kind)
            elif item is not None and item.promised_days > 0:
                limit.append(words.text("cases.promised", days=item.promised_days))
        if case.due is not None:
            limit.append(words.text("cases.due", date=say_date(case.due)))
        return tuple(limit) or (words.text("cases.no_due"),)

    def _material(self, index: int, material: Material) -> MaterialLine:
        words, use = self._common, material.use
        handed_in = material.status is MaterialStatus.CAPTURED
        return MaterialLine(
            index=index,
            name=self._field(use.name, f"材料{index}名称"),
            form=words.text("materials.original" if use.original else "materials.copy")
            if use.kind != "电子件"
            else use.kind,
            copies=words.text("materials.copies", n=use.copies) if handed_in else words.text("materials.no_copies"),
            status=self._field(self._status(material), f"材料{index}收取情况"),
        )

    def _lack(self, index: int, lack: Lack) -> LackLine:
        place = f"补正{index}"
        return LackLine(
            index, self._field(lack.name, place + "名称"), self._field(lack.what, place + "要求"), lack.is_material
        )

    def _status(self, material: Material) -> str:
        words, reason = self._common, material.reason
        match material.status:
            case MaterialStatus.CAPTURED if material.origin:
                return words.text("materials.reused", number=material.origin.number, pages=len(material.pages))
            case MaterialStatus.CAPTURED if material.pages:
                return words.text("materials.captured", pages=len(material.pages))
            case MaterialStatus.CAPTURED:
                return words.text("materials.captured_plain")
            case MaterialStatus.TOLERATED if material.due:
                return words.text("materials.tolerated", date=say_date(material.due))
            case MaterialStatus.TOLERATED:
                return words.text("materials.tolerated_plain")
            case MaterialStatus.WAIVED | MaterialStatus.PROMISED as status:
                return words.text(f"materials.{status.value}" + ("" if reason else "_plain"), reason=reason)
            case _:
                return words.text("materials.missing")

    def _summary(self, materials: tuple[Material, ...]) -> str:
        if not materials:
            return self._common.text("materials.none")
        counts = {
            status.value: sum(material.status is status for material in materials)
            for status in (
                MaterialStatus.CAPTURED, MaterialStatus.WAIVED, MaterialStatus.TOLERATED, MaterialStatus.PROMISED
            )
        }  # fmt: skip
        return self._common.text("materials.summary", total=len(materials), **counts)

    def _sources(self, cases: Iterable[Case]) -> str:
        words = self._common
        said: dict[str, None] = {}
        for case in cases:
            for fact in case.facts:
                if fact.verdict.usable:
                    how = words.text(f"sources.how.{fact.verdict.value}")
                    said[words.text("sources.one", label=fact.source.label, how=how)] = None
        if not said:
            return words.text("sources.none")
        return words.text("sources.sentence", sources=words.text("sources.join").join(said))

    def _notes(self, words: Wording, materials: tuple[Material, ...]) -> tuple[str, ...]:
        notes = words.texts("notes")
        if any(material.status is MaterialStatus.TOLERATED for material in materials):
            notes = (*notes[:-1], words.text("note_tolerance"), notes[-1])
        return notes


def unique_materials(cases: Iterable[Case]) -> list[Material]:
    """Each material once, though several cases carry it; those not required and not handed in are left out."""
    seen: dict[tuple[str, MaterialStatus], Material] = {}
    for case in cases:
        for material in case.materials:
            if material.status is not MaterialStatus.OPTIONAL:
                seen.setdefault((material.use.id, material.status), material)
    return list(seen.values())
