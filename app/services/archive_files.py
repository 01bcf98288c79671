"""The files of a case's archive package, in the order of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from app.archive.manifest import About, Absent, Kind
from app.archive.write import Item, PackageWriter
from app.documents.fonts import load_fonts
from app.documents.pdf_reading import page_count
from app.domain.amendment import Standing
from app.domain.clock import isoformat, parse_iso, shanghai
from app.domain.errors import EnvironmentProblem
from app.domain.item import Catalog
from app.domain.material import Material, Page
from app.materials.pdfa import fits, write_pages
from app.services.archive_sheets import Sheets, catalogue_xml, process_data, wording
from app.services.my_cases import CaseDetail
from offline_db.store import Store
from offline_db.vault import Vault

_JPEG = "image/jpeg"
_SUFFIX = {_JPEG: ".jpg", "image/png": ".png", "application/pdf": ".pdf", "application/gzip": ".gz"}
_MEDIA = {"pdf": "application/pdf", "json": "application/json", "xml": "application/xml", "txt": "text/plain"}
_ODD = dict.fromkeys(map(ord, '\\/:*?"<>|'), "_")
_LONGEST = 50
"""Characters of a title in a file's name."""


class CaseFiles:
    """Writes everything but the manifest. What this machine no longer has is noted with its reason, and passed over."""

    def __init__(
        self, store: Store, vault: Vault, catalog: Catalog, writer: PackageWriter, detail: CaseDetail, about: About
    ) -> None:
        self._store, self._vault, self._catalog = store, vault, catalog
        self._writer, self._detail, self._about = writer, detail, about
        self._absent: list[Absent] = []
        self._words = wording()

    def write(self) -> list[Absent]:
        """What could not be had. EnvironmentProblem, Cancelled: the package is given up."""
        case, words = self._detail.case, self._words
        made = shanghai(parse_iso(self._about.made_at))
        sheets = Sheets(case, self._catalog, load_fonts(), made, self._about.made_by)
        for number, line in enumerate(self._detail.papers, 1):
            self._paper(number, str(line.kind), line.number, line.sealed, isoformat(line.made_at))
        stored = self._store.amendments(case.case_id)
        amendments = [one.amendment for one in stored if one.standing is not Standing.DROPPED]
        self._pair("form", Kind.FORM, "json", sheets.form(amendments), sheets.form_data(amendments))
        for number, material in enumerate((m for m in case.materials if m.pages), 1):
            self._material(number, material)
        trail = self._detail.stored.trail
        self._pair("process", Kind.PROCESS, "json", sheets.process(trail), process_data(trail))
        entries = list(self._writer.entries)
        listed = sheets.catalogue(entries, self._absent)
        self._pair("catalogue", Kind.CATALOGUE, "xml", listed, catalogue_xml(self._about, entries, self._absent))
        self._sheet(words.text("paths.readme"), words.text("readme_title"), Kind.CATALOGUE, self._readme())
        return self._absent

    def _pair(self, name: str, kind: Kind, suffix: str, shown: bytes, data: bytes) -> None:
        """A sheet for people and the same for systems."""
        words = self._words
        title = words.text(f"{name}.title")
        self._sheet(words.text(f"paths.{name}", title=title, suffix="pdf"), title, kind, shown)
        said = words.text("data", title=title)
        self._sheet(words.text(f"paths.{name}", title=title, suffix=suffix), said, kind, data)

    def _paper(self, number: int, kind: str, paper: str, sealed: str, made_at: str) -> None:
        title = f"{kind} {paper}"
        data = self._open(sealed, title)
        if data is None:
            return
        path = self._words.text("paths.paper", n=number, title=_name(kind), number=_name(paper))
        clerk = self._detail.case.clerk
        item = Item(path, title, Kind.PAPER, "application/pdf", page_count(data), made_at, clerk, len(data))
        self._writer.add(item, data)

    def _material(self, number: int, material: Material) -> None:
        """Scanned pages become one PDF; whatever cannot stand in one lies beside it as it is."""
        name, case = material.use.name, self._detail.case
        at, by = isoformat(case.accepted_at), case.clerk
        others: list[Page] = []
        scanned = self._scanned(material, others)
        first = next(scanned, None)
        if first is not None:
            size = sum(page.size for page in material.pages)
            path = self._words.text("paths.material", n=number, title=_name(name))
            item = Item(path, name, Kind.MATERIAL, "application/pdf", 0, at, by, size)
            with self._writer.file(item) as sink:
                sink.pages = write_pages(sink, chain((first,), scanned), name, case.accepted_at)
        for place, page in enumerate(others, 1):
            data = self._vault.open(page.sha256)
            suffix = _SUFFIX.get(page.media_type, ".bin")
            path = self._words.text("paths.single", n=number, title=_name(name), place=place, suffix=suffix)
            pages = page_count(data) if page.media_type == "application/pdf" else 1
            self._writer.add(Item(path, name, Kind.MATERIAL, page.media_type, pages, at, by, len(data)), data)

    def _scanned(self, material: Material, others: list[Page]) -> Iterator[bytes]:
        """The pages that can stand in a PDF as they are; the others are put aside."""
        for number, page in enumerate(material.pages, 1):
            title = self._words.text("absent.page", name=material.use.name, n=number)
            data = self._open(page.sha256, title)
            if data is None:
                continue
            if page.media_type == _JPEG and fits(data):
                yield data
            else:
                others.append(page)

    def _open(self, sha256: str, title: str) -> bytes | None:
        """A file of the vault; None, and noted, when it is not there."""
        try:
            if sha256:
                return self._vault.open(sha256)
        except EnvironmentProblem:
            pass
        gone = bool(sha256) and self._store.file_gone(sha256) is not None
        self._absent.append(Absent(title, self._words.text("absent.purged" if gone else "absent.broken")))
        return None

    def _sheet(self, path: str, title: str, kind: Kind, data: bytes) -> None:
        suffix = path.rpartition(".")[2]
        pages = page_count(data) if suffix == "pdf" else 0
        about = self._about
        self._writer.add(Item(path, title, kind, _MEDIA[suffix], pages, about.made_at, about.made_by, len(data)), data)

    def _readme(self) -> bytes:
        words, about = self._words, self._about
        at = f"{shanghai(parse_iso(about.made_at)):%Y-%m-%d %H:%M:%S}"
        text = words.text(
            "readme", number=about.number, case_no=about.case_no or words.text("sheet.none"), item=about.item,
            hall=about.hall, window=about.window, at=at, by=about.made_by, purpose=about.purpose,
        )  # fmt: skip
        lines = text.rstrip("\n").split("\n")
        if about.demo:
            lines += ["", words.text("demo")]
        if self._absent:
            lines += ["", words.text("incomplete"), *(f"  {one.title} {one.reason}" for one in self._absent)]
        # Windows' editor takes the mark for UTF-8, and ends its lines so.
        return "\r\n".join([*lines, ""]).encode("utf-8-sig")


def _name(text: str) -> str:
    """A title as part of a file's name, on whatever system it is unpacked."""
    plain = "".join(char for char in text.translate(_ODD) if char.isprintable())
    return plain[:_LONGEST].strip(" .") or "_"
