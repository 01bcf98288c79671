"""The sheets of an archive package: the form, how the case went, the catalogue; each for people and for systems."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape

from app.archive.manifest import FORMAT, About, Absent, Entry
from app.archive.pdfa import clean
from app.documents.fonts import PaperFonts
from app.documents.report import Report, ReportTable, report_pdf
from app.documents.wording import Wording, load_wording
from app.domain.amendment import Amendment
from app.domain.case import Case
from app.domain.clock import isoformat, parse_iso, shanghai
from app.domain.errors import Defect
from app.domain.item import Catalog
from app.services.form_words import Answer, answers, rows_in_words
from offline_db.audit import AuditEntry
from offline_db.rows import fact_values

_SECONDS = "%Y-%m-%d %H:%M:%S"


def wording() -> Wording:
    """resources/documents/archive.yaml."""
    return load_wording("archive")


class Sheets:
    """Makes the sheets of one case. made: legal time; office: who exports, for the sheets' heads."""

    def __init__(self, case: Case, catalog: Catalog, fonts: PaperFonts, made: dt.datetime, office: str) -> None:
        self._case, self._catalog, self._fonts, self._made, self._office = case, catalog, fonts, made, office
        self._words = wording()

    def form(self, amendments: Sequence[Amendment]) -> bytes:
        """The form as PDF/A-2b: every answer in the open, with its source, and its corrections."""
        said = list(answers(self._case, self._catalog))
        tables = []
        for section, group in groupby(said, lambda answer: answer.section):
            rows = tuple(row for answer in group for row in self._rows(answer))
            tables.append(self._table(section, "form.columns", rows, (0.28, 0.47, 0.25)))
        titles = {answer.key: answer.title for answer in said}
        changes = tuple(
            (f"{shanghai(one.made_at):{_SECONDS}}", one.clerk, titles.get(key, key), value)
            for one in amendments
            for key, value in one.changes.items()
        )
        if changes:
            heading = self._words.text("form.amended")
            tables.append(self._table(heading, "form.amended_columns", changes, (0.25, 0.15, 0.25, 0.35)))
        return self._pdf(self._words.text("form.title"), tables, self._words.text("form.note"))

    def form_data(self, amendments: Sequence[Amendment]) -> bytes:
        """The form as it is stored, with the facts behind it."""
        case = self._case
        document = {
            "number": case.provisional_no,
            "case_no": case.case_no,
            "item": {"code": case.item_code, "name": case.item_name, "department": case.department},
            "catalog": case.catalog_version,
            "rev": case.rev,
            "applicant": {"name": case.applicant_name, "number": case.applicant_number},
            "form": dict(case.form),
            "words": [
                {"key": a.key, "section": a.section, "title": a.title, "value": a.value, "source": a.source}
                for a in answers(case, self._catalog)
            ],
            "facts": [fact_values(fact) for fact in case.facts],
            "materials": [
                {"id": m.use.id, "name": m.use.name, "status": m.status.value, "reason": m.reason,
                 "due": m.due.isoformat() if m.due else None,
                 "pages": [{"sha256": page.sha256, "media_type": page.media_type} for page in m.pages]}
                for m in case.materials
            ],
            "amendments": [
                {"at": isoformat(one.made_at), "clerk": one.clerk, "reason": one.reason, "changes": dict(one.changes)}
                for one in amendments
            ],
        }  # fmt: skip
        return json.dumps(document, ensure_ascii=False, indent=1).encode()

    def process(self, trail: Sequence[AuditEntry]) -> bytes:
        """How the case went, line by line, as PDF/A-2b."""
        rows = tuple(
            (str(entry.seq), f"{shanghai(parse_iso(entry.at)):{_SECONDS}}", entry.clerk, self._action(entry.action))
            for entry in trail
        )
        words = self._words
        table = self._table(words.text("process.title"), "process.columns", rows, (0.1, 0.3, 0.2, 0.4))
        return self._pdf(words.text("process.title"), [table], words.text("process.note"))

    def catalogue(self, entries: Sequence[Entry], absent: Sequence[Absent]) -> bytes:
        """归档材料目录 as PDF/A-2b."""
        words = self._words
        rows = tuple(
            (str(n), entry.title, str(entry.kind), str(entry.pages or "—"), _legal(entry.made_at), entry.by)
            for n, entry in enumerate(entries, 1)
        )
        widths = (0.08, 0.37, 0.1, 0.08, 0.22, 0.15)
        tables = [self._table(words.text("catalogue.title"), "catalogue.columns", rows, widths)]
        if absent:
            gone = tuple((one.title, one.reason) for one in absent)
            tables.append(self._table(words.text("catalogue.absent"), "catalogue.absent_columns", gone, (0.5, 0.5)))
        return self._pdf(words.text("catalogue.title"), tables, words.text("catalogue.note"))

    def _rows(self, answer: Answer) -> Iterator[tuple[str, str, str]]:
        rows = rows_in_words(answer, self._catalog)
        if not rows:
            yield answer.title, answer.value, answer.source
        for number, cells in enumerate(rows, 1):
            said = self._words.text("form.row", n=number, cells="{cells}").replace("{cells}", cells)
            yield answer.title if number == 1 else "", said, answer.source if number == 1 else ""

    def _action(self, action: str) -> str:
        try:
            return self._words.text(f"actions.{action}")
        except Defect:  # an action that has no words of its own
            return self._words.text("process.other")

    def _table(
        self, title: str, columns: str, rows: tuple[tuple[str, ...], ...], widths: tuple[float, ...]
    ) -> ReportTable:
        drawn = tuple(tuple(self._drawable(cell) for cell in row) for row in rows)
        return ReportTable(self._drawable(title), self._words.texts(columns), drawn, widths)

    def _pdf(self, title: str, tables: Sequence[ReportTable], note: str) -> bytes:
        facts = tuple((label, self._drawable(value)) for label, value in self._facts())
        subtitle = f"{self._case.window.hall}\u3000{self._case.window.name}"
        report = Report(title, self._drawable(subtitle), facts, tuple(tables), self._made, note)
        return report_pdf(report, self._fonts)

    def _facts(self) -> Iterable[tuple[str, str]]:
        case, words = self._case, self._words
        yield words.text("sheet.number"), case.provisional_no
        yield words.text("sheet.case_no"), case.case_no or words.text("sheet.none")
        yield words.text("sheet.item"), case.item_name
        yield words.text("sheet.department"), case.department
        yield words.text("sheet.applicant"), f"{case.applicant_name}　{case.applicant_number}"
        yield words.text("sheet.accepted"), f"{shanghai(case.accepted_at):{_SECONDS}}　{case.clerk}"
        if case.due_at:
            yield words.text("sheet.due"), f"{shanghai(case.due_at):%Y-%m-%d %H:%M}"
        elif case.due:
            yield words.text("sheet.due"), case.due.isoformat()
        yield words.text("sheet.made"), f"{self._made:{_SECONDS}}　{self._office}"

    def _drawable(self, text: str) -> str:
        """The text with the code of each character that no font draws: a sheet for reading must not stop an export."""
        chains = (self._fonts.regular, self._fonts.bold)
        return "".join(
            char if all(chain.index_of(char) is not None for chain in chains)
            else " " if char.isspace()
            else self._words.text("form.odd", code=ord(char))
            for char in text
        )  # fmt: skip


def process_data(trail: Sequence[AuditEntry]) -> bytes:
    """The lines of the audit trail as they are chained; each one's hash can be computed again (offline_db.audit)."""
    lines = [
        {"seq": e.seq, "at": e.at, "clerk": e.clerk, "action": e.action, "subject": e.subject, "details": e.details,
         "previous": e.previous, "hash": e.hash}
        for e in trail
    ]  # fmt: skip
    return json.dumps(lines, ensure_ascii=False, indent=1).encode()


def catalogue_xml(about: About, entries: Sequence[Entry], absent: Sequence[Absent]) -> bytes:
    """The catalogue for the archive's own system."""
    head = {
        "number": about.number, "case_no": about.case_no, "item_code": about.item_code, "item": about.item,
        "department": about.department, "applicant": about.applicant, "accepted_at": about.accepted_at,
        "clerk": about.clerk, "window": f"{about.hall} {about.window}", "made_at": about.made_at,
        "made_by": about.made_by, "purpose": about.purpose,
    }  # fmt: skip
    root, form = wording().text("xml.root"), wording().text("xml.format")
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} {form}="{FORMAT}">', *_element("case", head)]
    for number, entry in enumerate(entries, 1):
        said = {
            "place": str(number), "title": entry.title, "kind": str(entry.kind), "pages": str(entry.pages),
            "formed_at": entry.made_at, "by": entry.by, "path": entry.path, "media_type": entry.media_type,
            "bytes": str(entry.bytes), "sha256": entry.sha256,
        }  # fmt: skip
        lines += _element("file", said)
    for one in absent:
        lines += _element("absent", {"title": one.title, "reason": one.reason})
    return "\n".join([*lines, f"</{root}>", ""]).encode()


def _element(name: str, parts: dict[str, str]) -> list[str]:
    words = wording()
    tag = words.text(f"xml.{name}")
    inner = [f"  {_tag(words.text(f'xml.{part}'), value)}" for part, value in parts.items()]
    return [f" <{tag}>", *inner, f" </{tag}>"]


def _tag(name: str, value: str) -> str:
    return f"<{name}>{escape(clean(value))}</{name}>"


def _legal(at: str) -> str:
    return f"{shanghai(parse_iso(at)):%Y-%m-%d %H:%M}"
