"""An OFD page as a PDF of one page, which app.documents.preview then paints (one lock, one painter for the program)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.licences.ofd.colours import Paint
from app.licences.ofd.content import Clip, ImageItem, Item, PageContent, PathItem, Pen, TextItem
from app.licences.ofd.document import Document
from app.licences.ofd.fonts import Fonts
from app.licences.ofd.geometry import Matrix, Segment
from app.licences.ofd.images import MAX_TOTAL, NoPicture, read_picture
from app.licences.ofd.pdf import Sheet
from app.licences.ofd.refusal import OfdRefused, Why

DPI = 144.0
LONGEST_SIDE = 4000
"""Pixels."""
MAX_DASHES = 50_000
"""Dashes of a page. A dash of a thousandth of a millimetre along a metre would keep any painter busy."""
_JOINS = {"Miter": 0, "Round": 1, "Bevel": 2}
_CAPS = {"Butt": 0, "Round": 1, "Square": 2}
_UPRIGHT = Matrix(1, 0, 0, -1, 0, 1)
"""From PDF's unit square, whose y points up, to OFD's."""
_SLANT = math.tan(math.radians(12))


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """width, height: millimetres. notes: what is not shown as meant, in words for the clerk."""

    pdf: bytes
    width: float
    height: float
    notes: tuple[str, ...]

    @property
    def dpi(self) -> float:
        """How finely it may be painted: well to be read, and never more than some megapixels."""
        return min(DPI, LONGEST_SIDE / (max(self.width, self.height) / 25.4))


def draw_page(document: Document, page: PageContent, more: Sequence[tuple[Document, Sequence[Item]]] = ()) -> DrawnPage:
    """more: what lies over the page, each with the document whose resources it names (the seals). Tens of
    milliseconds. OfdRefused when the pictures are more than a page can show."""
    sheet = Sheet(page.box.width, page.box.height)
    notes = dict.fromkeys(page.notes)
    budget = [MAX_TOTAL]
    for owner, items in ((document, page.items), *more):
        painter = _Painter(sheet, owner, Fonts(owner), notes, budget)
        for item in items:
            painter.draw(item)
        painter.tell()
    return DrawnPage(sheet.pdf(), page.box.width, page.box.height, tuple(notes))


def touch(document: Document, page: PageContent) -> None:
    """Count the fonts and pictures of a page among the files that were used, drawn or not: a seal must cover them."""
    table = document.resources
    for item in page.items:
        file = ""
        if isinstance(item, TextItem) and item.font in table.fonts:
            file = table.fonts[item.font].file
        elif isinstance(item, ImageItem) and item.resource in table.media:
            file = table.media[item.resource].file
        if file in document.package:
            document.package.used.add(file)


class _Painter:
    def __init__(
        self, sheet: Sheet, document: Document, fonts: Fonts, notes: dict[str, None], budget: list[int]
    ) -> None:
        self._sheet = sheet
        self._document = document
        self._fonts = fonts
        self._notes = notes
        self._budget = budget
        self._pictures: dict[str, str | None] = {}
        self._dashes = MAX_DASHES

    def draw(self, item: Item) -> None:
        sheet = self._sheet
        sheet.write("q", *map(_clip, item.clips))
        match item:
            case TextItem():
                self._text(item)
            case PathItem():
                self._path(item)
            case ImageItem():
                self._image(item)
        sheet.write("Q")

    def tell(self) -> None:
        if self._fonts.lacking:
            self._notes[f"本机字库缺少 {len(self._fonts.lacking)} 个字，未显示"] = None
        if self._fonts.broken:
            self._notes["文件自带的字体有误，已用本机字体代替"] = None

    def _path(self, item: PathItem) -> None:
        operator = {(True, True): "B", (True, False): "f", (False, True): "S"}.get((bool(item.fill), bool(item.stroke)))
        if operator is None or not item.segments:
            return
        if item.even_odd and item.fill:
            operator += "*"
        item = replace(item, pen=self._dashed(item.pen, item.segments))
        self._sheet.write(_matrix(item.place), *self._paints(item), _segments(item.segments), operator)

    def _dashed(self, pen: Pen, segments: Sequence[Segment]) -> Pen:
        """The pen, with a whole line once there have been too many dashes."""
        if not any(pen.dash):
            return pen
        self._dashes -= round(_length(segments) / sum(pen.dash) * len(pen.dash)) + 1
        return pen if self._dashes >= 0 else replace(pen, dash=())

    def _paints(self, item: Item) -> list[str]:
        found = []
        if item.stroke is not None:
            found += [_pen(item.pen), f"{_colour(item.stroke)} RG"]
        if item.fill is not None:
            found.append(f"{_colour(item.fill)} rg")
        alpha = (item.fill or item.stroke or Paint()).alpha
        if alpha < 1:
            found.append(f"/{self._sheet.state(alpha)} gs")
        return found

    def _text(self, item: TextItem) -> None:
        mode = {(True, True): 2, (True, False): 0, (False, True): 1}.get((bool(item.fill), bool(item.stroke)))
        if mode is None:
            return
        operations = [_matrix(item.place), *self._paints(replace(item, pen=replace(item.pen, dash=())))]
        if item.bold and mode == 0 and item.fill is not None:
            mode = 2
            operations += [f"{_number(item.size / 30)} w", f"{_colour(item.fill)} RG"]
        operations += ["BT", f"{mode} Tr"]
        current = ""
        after = 0.0
        for glyph in item.glyphs:
            found = self._fonts.find(item.font, glyph.text, glyph.glyph)
            x = glyph.x if glyph.placed else after
            after = x + item.size * item.wide * (found.width if found else 0.5)
            if found is None:
                continue
            name = self._sheet.font(found.face)
            if name != current:
                operations.append(f"/{name} 1 Tf")
                current = name
            turn = math.radians(glyph.turned)
            cos, sin = math.cos(turn), math.sin(turn)
            wide, high = item.size * item.wide, item.size
            slant = _SLANT * high if item.italic else 0.0
            place = (wide * cos, wide * sin, high * sin + slant, -high * cos, x, glyph.y)
            operations.append(f"{' '.join(map(_number, place))} Tm <{found.glyph:04X}> Tj")
        self._sheet.write(*operations, "ET")

    def _image(self, item: ImageItem) -> None:
        name = self._picture(item)
        if name is None:
            return
        if item.alpha < 1 or item.ink:
            self._sheet.write(f"/{self._sheet.state(item.alpha, item.ink)} gs")
        self._sheet.write(_matrix(_UPRIGHT.then(item.place)), f"/{name} Do")

    def _picture(self, item: ImageItem) -> str | None:
        key = item.resource if not item.data else f"data {id(item.data)}"
        if key not in self._pictures:
            self._pictures[key] = None
            media = self._document.resources.media.get(item.resource)
            try:
                if item.data:
                    picture = read_picture(item.data)
                elif media is None or media.file not in self._document.package:
                    raise NoPicture("有图片缺失，未显示")
                else:
                    picture = read_picture(self._document.package.read(media.file), media.format)
            except NoPicture as error:
                self._notes[str(error)] = None
                return None
            self._budget[0] -= picture.pixels
            if self._budget[0] < 0:
                raise OfdRefused(Why.TOO_MUCH, "图片")
            self._pictures[key] = self._sheet.image(picture.entries, picture.data, picture.mask)
        return self._pictures[key]


def _length(segments: Sequence[Segment]) -> float:
    """No shorter than the path."""
    total, x, y = 0.0, 0.0, 0.0
    for segment in segments:
        points = segment.points
        for place in range(0, len(points), 2):
            total += 0.0 if segment.kind == "m" else abs(points[place] - x) + abs(points[place + 1] - y)
            x, y = points[place], points[place + 1]
    return total


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") if math.isfinite(value) else "0"


def _matrix(matrix: Matrix) -> str:
    values = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
    return " ".join(map(_number, values)) + " cm"


def _colour(paint: Paint) -> str:
    return f"{paint.red:.3f} {paint.green:.3f} {paint.blue:.3f}"


def _pen(pen: Pen) -> str:
    dash = " ".join(map(_number, pen.dash)) if any(pen.dash) else ""
    return (
        f"{_number(max(pen.width, 0.0))} w {_JOINS.get(pen.join, 0)} j {_CAPS.get(pen.cap, 0)} J"
        f" {_number(max(pen.miter, 1.0))} M [{dash}] {_number(pen.dash_offset)} d"
    )


def _segments(segments: Sequence[Segment]) -> str:
    return "\n".join(" ".join((*map(_number, segment.points), segment.kind)) for segment in segments)


def _clip(clip: Clip) -> str:
    return f"{_segments(clip.segments)}\n{'W*' if clip.even_odd else 'W'} n"
