"""Filling an official form: the whole form as PDF, or the values alone for paper on which the form is printed."""

from __future__ import annotations

import datetime as dt
import io
import threading
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from app.documents.fonts import PaperFonts, load_fonts
from app.documents.layout import MM
from app.documents.official.blank import Blank, FieldKind, PageBox, load_blank, name_of, no_place
from app.documents.official.drawing import Cross, Drawing, Frame, Words, draw, taken
from app.documents.official.mapping import Align, Kind, OfficialForm, all_boxes
from app.documents.official.settle import Carried, Filling, Settled, Settler, Spot, each, seen
from app.documents.report import Report, ReportTable, report_pdf
from app.domain.official import FilledForm, Shift

_TENTH = MM / 10
_NOTE_SIZE = 8.0
_CROSS_AT = 15 * MM
"""From the corners of the page, of a trial print's crosses."""


class OfficialFiller:
    """Fills official forms. May be used by several threads; slow (tens of milliseconds a form), for a worker."""

    def __init__(self, fonts: PaperFonts | None = None) -> None:
        """fonts: None loads the papers' own with the first form."""
        self._fonts = fonts
        self._lock = threading.Lock()
        self._blanks: dict[tuple[Path, float], Blank] = {}

    def fill(self, form: OfficialForm, filling: Filling, flatten: bool = False) -> FilledForm:
        """The form filled, with continuation sheets where they are wanted.

        flatten: an AcroForm's values become part of the pages, so that nobody changes them; signature fields stay
        fields. BadInput: the blank cannot be filled, or the mapping is not of this blank. EnvironmentProblem: no font.
        """
        blank, settler = self._settled(form, filling)
        fonts = self._loaded()
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(blank.data)))
        if form.kind is Kind.ACROFORM:
            _fill_fields(writer, settler.settled, fonts)
            if flatten:
                _flatten(writer)
        drawings = _by_page(settler.settled) if form.kind is Kind.OVERLAY else {}
        sheets = _sheets(form, settler.carried, filling, fonts)
        if sheets is not None:
            drawings.setdefault(len(blank.pages) - 1, []).append(_note(blank, len(sheets.pages)))
        _put_on_pages(writer, blank.pages, drawings, fonts)
        if sheets is not None:
            writer.append(sheets, import_outline=False)
        writer.add_metadata({"/Title": form.title, "/Producer": "Yichuang 一窗", "/Creator": "Yichuang 一窗"})
        return FilledForm(
            form.id,
            form.title,
            _written(writer),
            len(writer.pages),
            len(sheets.pages) if sheets is not None else 0,
            settler.places(),
            tuple(settler.findings),
        )

    def values_only(self, form: OfficialForm, filling: Filling, shift: Shift) -> bytes:
        """The values alone on empty pages, moved as the printer wants: for pre-printed paper 套打. Continuation sheets
        follow whole, on plain paper. Errors as for `fill`."""
        blank, settler = self._settled(form, filling)
        fonts = self._loaded()
        writer = _empty(blank)
        pages = [PageBox(0, 0, *seen(page)) for page in blank.pages]
        _put_on_pages(writer, pages, _by_page(settler.settled), fonts, shift)
        sheets = _sheets(form, settler.carried, filling, fonts)
        if sheets is not None:
            writer.append(sheets, import_outline=False)
        return _written(writer)

    def trial(self, form: OfficialForm, shift: Shift) -> bytes:
        """A trial print for pre-printed paper: every box as a dashed frame, and crosses 15 mm from the corners."""
        blank = self._blank(form)
        spots = list(_mapped_spots(form, blank))
        drawings: dict[int, list[Drawing]] = defaultdict(list)
        for name, spot in spots:
            drawings[spot.page].append(Drawing(Frame(name), spot.width, spot.height, spot.x, spot.y))
        for number, page in enumerate(blank.pages):
            width, height = seen(page)
            for x, right in ((_CROSS_AT, 15), (width - _CROSS_AT, round(width / MM) - 15)):
                for y, down in ((height - _CROSS_AT, 15), (_CROSS_AT, round(height / MM) - 15)):
                    drawings[number].append(Drawing(Cross(f"{right},{down} mm"), 5 * MM, 5 * MM, x, y))
        writer = _empty(blank)
        pages = [PageBox(0, 0, *seen(page)) for page in blank.pages]
        _put_on_pages(writer, pages, drawings, self._loaded(), shift)
        return _written(writer)

    def _settled(self, form: OfficialForm, filling: Filling) -> tuple[Blank, Settler]:
        blank = self._blank(form)
        settler = Settler(form, blank, self._loaded(), filling)
        settler.run()
        return blank, settler

    def _blank(self, form: OfficialForm) -> Blank:
        """A blank is read once; one that was changed since is read again."""
        try:
            key = (form.blank, form.blank.stat().st_mtime)
        except OSError:
            return load_blank(form.blank, form.paper)  # tells what is the matter
        with self._lock:
            if key not in self._blanks:
                self._blanks[key] = load_blank(form.blank, form.paper)
            return self._blanks[key]

    def _loaded(self) -> PaperFonts:
        with self._lock:
            if self._fonts is None:
                self._fonts = load_fonts()
            return self._fonts


# -- fields of a PDF ------------------------------------------------------------------------------------------


def _fill_fields(writer: PdfWriter, settled: Sequence[Settled], fonts: PaperFonts) -> None:
    groups: dict[str, tuple[float, float, list[Drawing]]] = {}
    for number, (done, spot, body) in enumerate(each(settled)):
        is_text = done.pdf_field is not None and done.pdf_field.kind in (FieldKind.TEXT, FieldKind.CHOICE)
        drawing = Drawing(body, spot.width, spot.height, marked=is_text)
        groups[f"n{number}"] = (spot.width, spot.height, [drawing])
    if not groups:
        return
    drawn = taken(draw(groups, fonts), writer)
    nodes: set[int] = set()
    for number, (done, spot, body) in enumerate(each(settled)):
        if done.pdf_field is None or spot.widget is None:
            continue
        page: Any = writer.pages[spot.page]
        annotation = page["/Annots"][spot.widget.index].get_object()
        node = annotation if "/T" in annotation or "/Parent" not in annotation else annotation["/Parent"].get_object()
        look = drawn[f"n{number}"]
        if done.pdf_field.kind in (FieldKind.TICK, FieldKind.RADIO):
            _set_button(annotation, spot.widget.on or "Yes", body is not None, look)
            value: Any = name_of(done.pdf_value or "Off")
        else:
            annotation[NameObject("/AP")] = DictionaryObject({NameObject("/N"): look})
            value = TextStringObject(done.pdf_value)
        if id(node) not in nodes:
            nodes.add(id(node))
            node[NameObject("/V")] = value
            node.pop("/RV", None)  # a formatted copy of what stood there before
            node.pop("/I", None)
    form: Any = writer._root_object["/AcroForm"].get_object()
    # Every value has its appearance; a reader asked to make its own would take fonts that lack rare characters.
    form[NameObject("/NeedAppearances")] = BooleanObject(False)
    form.pop("/XFA", None)  # an XML copy of the form, which would now say something else


def _set_button(annotation: Any, on: str, chosen: bool, look: Any) -> None:
    """Our tick as the state that is chosen; what the form draws for the other state stays."""
    states: Any = annotation["/AP"].get_object().get("/N") if "/AP" in annotation else None
    states = states.get_object() if states is not None else None
    is_set = isinstance(states, DictionaryObject) and not isinstance(states, StreamObject)
    kept = DictionaryObject(states) if is_set else DictionaryObject()
    if chosen:
        kept[name_of(on)] = look
    annotation[NameObject("/AP")] = DictionaryObject({NameObject("/N"): kept})
    annotation[NameObject("/AS")] = name_of(on if chosen else "Off")


def _flatten(writer: PdfWriter) -> None:
    """Draw every field's appearance on its page and take the field away; signature fields stay."""
    for page in writer.pages:
        content: list[str] = []
        looks: dict[str, Any] = {}
        kept = ArrayObject()
        for reference in page.get("/Annots") or ():
            annotation = reference.get_object()
            if annotation.get("/Subtype") != "/Widget" or _inherited(annotation, "/FT") == "/Sig":
                kept.append(reference)
                continue
            look = _look(annotation)
            if look is None or int(annotation.get("/F", 0)) & 2:  # hidden
                continue
            name = f"YcField{len(looks)}"
            looks[name] = look
            content.append(_fitted(annotation["/Rect"], look.get_object()["/BBox"], name))
        if kept:
            page[NameObject("/Annots")] = kept
        else:
            page.pop("/Annots", None)
        _append(writer, page, "\n".join(content), looks)
    root: Any = writer._root_object
    form = root["/AcroForm"].get_object()
    left = ArrayObject(f for f in form.get("/Fields", ()) if f.get_object().get("/FT") == "/Sig")
    if left:
        form[NameObject("/Fields")] = left
    else:
        root.pop("/AcroForm", None)


def _look(annotation: Any) -> Any:
    """The appearance in force, as a reference or stream; None where there is none."""
    if "/AP" not in annotation:
        return None
    normal = annotation["/AP"].get_object().raw_get("/N") if "/N" in annotation["/AP"].get_object() else None
    if normal is None:
        return None
    found = normal.get_object()
    if isinstance(found, StreamObject):
        return normal
    state = str(annotation.get("/AS", "/Off"))
    return found.raw_get(state) if state in found else None


def _fitted(rect: Any, bbox: Any, name: str) -> str:
    left, bottom, right, top = (float(part) for part in rect)
    x1, y1, x2, y2 = (float(part) for part in bbox)
    wide, high = (right - left) / ((x2 - x1) or 1), (top - bottom) / ((y2 - y1) or 1)
    return f"q {wide:.5f} 0 0 {high:.5f} {left - x1 * wide:.3f} {bottom - y1 * high:.3f} cm /{name} Do Q"


def _inherited(node: Any, key: str) -> Any:
    for _ in range(20):
        if key in node:
            return node[key]
        if "/Parent" not in node:
            return None
        node = node["/Parent"].get_object()
    return None


# -- whole pages ----------------------------------------------------------------------------------------------


def _by_page(settled: Sequence[Settled]) -> dict[int, list[Drawing]]:
    found: dict[int, list[Drawing]] = defaultdict(list)
    for _, spot, body in each(settled):
        if body is not None:
            found[spot.page].append(Drawing(body, spot.width, spot.height, spot.x, spot.y))
    return found


def _put_on_pages(
    writer: PdfWriter,
    pages: Sequence[PageBox],
    drawings: dict[int, list[Drawing]],
    fonts: PaperFonts,
    shift: Shift | None = None,
) -> None:
    """Draw over pages as they are seen, whichever way they lie in the file."""
    groups = {f"p{number}": (*seen(pages[number]), some) for number, some in drawings.items() if some}
    if not groups:
        return
    drawn = taken(draw(groups, fonts), writer)
    right, down = (shift.right * _TENTH, shift.down * _TENTH) if shift is not None else (0.0, 0.0)
    for number in drawings:
        if f"p{number}" not in drawn:
            continue
        page = pages[number]
        turn = _turn(page)
        words = f"q {turn} cm 1 0 0 1 {right:.3f} {-down:.3f} cm /YcValues Do Q"
        _append(writer, writer.pages[number], words, {"YcValues": drawn[f"p{number}"]})


def _turn(page: PageBox) -> str:
    """The matrix from the page as it is seen to the page's own points (ISO 32000-1 §8.3.4; /Rotate turns clockwise)."""
    match page.turned:
        case 90:
            turn = (0, 1, -1, 0, page.width, 0.0)
        case 180:
            turn = (-1, 0, 0, -1, page.width, page.height)
        case 270:
            turn = (0, -1, 1, 0, 0.0, page.height)
        case _:
            turn = (1, 0, 0, 1, 0.0, 0.0)
    a, b, c, d, e, f = turn
    return f"{a} {b} {c} {d} {e + page.x:.3f} {f + page.y:.3f}"


def _append(writer: PdfWriter, page: Any, words: str, looks: dict[str, Any]) -> None:
    """Draw more on a page. What stood there is closed in q … Q: it may leave its coordinates changed."""
    if not words:
        return
    resources = DictionaryObject(page["/Resources"].get_object()) if "/Resources" in page else DictionaryObject()
    known: Any = resources["/XObject"].get_object() if "/XObject" in resources else DictionaryObject()
    forms = DictionaryObject(known)
    forms.update({NameObject(f"/{name}"): look for name, look in looks.items()})
    resources[NameObject("/XObject")] = forms
    page[NameObject("/Resources")] = resources
    before: list[Any] = []
    if "/Contents" in page:
        raw = page.raw_get("/Contents")
        before = list(raw.get_object()) if isinstance(raw.get_object(), ArrayObject) else [raw]
    opened, closed = _stream(writer, "q\n"), _stream(writer, f"\nQ\n{words}\n")
    page[NameObject("/Contents")] = ArrayObject([opened, *before, closed])


def _stream(writer: PdfWriter, words: str) -> Any:
    stream = DecodedStreamObject()
    stream.set_data(words.encode("ascii"))
    return writer._add_object(stream)


def _empty(blank: Blank) -> PdfWriter:
    writer = PdfWriter()
    for page in blank.pages:
        width, height = seen(page)
        writer.add_blank_page(width, height)
    return writer


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _mapped_spots(form: OfficialForm, blank: Blank) -> list[tuple[str, Spot]]:
    if form.kind is Kind.OVERLAY:
        spots = []
        for box in all_boxes(form):
            if box.at is None or not 1 <= box.page <= len(blank.pages):
                raise no_place(box.label)
            left, top, width, height = (part * MM for part in box.at)
            right, down = (part * MM for part in form.offset)
            y = seen(blank.pages[box.page - 1])[1] - top - height - down
            spots.append((box.label, Spot(box.page - 1, left + right, y, width, height)))
        return spots
    labels = {box.name: box.label for box in all_boxes(form)}
    found = []
    for known in blank.fields:
        for widget in known.widgets if known.name in labels else ():
            page, (x1, y1, x2, y2) = blank.pages[widget.page], widget.rect
            found.append((labels[known.name], Spot(widget.page, x1 - page.x, y1 - page.y, x2 - x1, y2 - y1)))
    return found


# -- continuation sheets --------------------------------------------------------------------------------------


def _sheets(form: OfficialForm, carried: Carried, filling: Filling, fonts: PaperFonts) -> PdfReader | None:
    """What the boxes had no room for, on sheets of its own that name the form, the page and the box."""
    if not carried:
        return None
    tables = []
    if carried.texts:
        rows = tuple((f"第 {page} 页", label, text) for page, label, text in carried.texts)
        tables.append(ReportTable("栏目续填", ("所在页", "栏目", "内容"), rows, (0.13, 0.25, 0.62)))
    for page, table, table_rows in carried.tables:
        titles = tuple(column.title for column in table.columns)
        title = f"{table.label}（接第 {page} 页，自第 {table.rows + 1} 行起）"
        widths = tuple(_shares([len(t) for t in titles], table_rows))
        tables.append(ReportTable(title, titles, tuple(table_rows), widths))
    name = filling.values.get("applicant.name") or filling.values.get("firm.name", "")
    facts = (("申请人", name),) if name else ()
    made = dt.datetime.combine(filling.day, dt.time())
    report = Report(f"{form.title}附页", filling.item.name, facts, tuple(tables), made)
    return PdfReader(io.BytesIO(report_pdf(report, fonts)))


def _shares(titles: Sequence[int], rows: Sequence[Sequence[str]]) -> list[float]:
    """Widths by what the columns hold, each wide enough for its title."""
    most = [max([title, *(min(len(row[n]), 30) for row in rows)]) + 2 for n, title in enumerate(titles)]
    return [part / sum(most) for part in most]


def _note(blank: Blank, sheets: int) -> Drawing:
    width, _ = seen(blank.pages[-1])
    words = Words((f"本表另有附页 {sheets} 页",), _NOTE_SIZE, Align.RIGHT)
    return Drawing(words, 60 * MM, 5 * MM, width - 75 * MM, 5 * MM)
