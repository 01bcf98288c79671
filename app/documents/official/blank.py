"""The blank form: a PDF with fields, or a scanned page. What cannot be filled rightly is refused with its reason."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from PIL import Image, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from app.documents.layout import MM
from app.domain.errors import BadInput

MAX_BYTES = 20_000_000
MAX_PAGES = 60
MAX_FIELDS = 5_000
MAX_PIXELS = 60_000_000
"""A3 at 600 dpi in grey is 70 million; A4 is half of it."""
_MOST_DEEP = 20
"""Levels of fields within fields; real forms have three."""

_READ_ONLY, _REQUIRED = 1, 1 << 1
_MULTILINE, _PASSWORD, _COMB = 1 << 12, 1 << 13, 1 << 24
_RADIO, _PUSH, _COMBO = 1 << 15, 1 << 16, 1 << 17


class FieldKind(StrEnum):
    TEXT = "text"
    TICK = "tick"
    RADIO = "radio"
    CHOICE = "choice"
    SIGNATURE = "signature"
    OTHER = "other"
    """Push buttons, barcodes: nothing is written into them."""


@dataclass(frozen=True, slots=True)
class Widget:
    """Where a field shows on a page. rect: left, bottom, right, top in points of the page. on: a button's state when
    it is chosen; widget: which annotation of the page."""

    page: int
    index: int
    rect: tuple[float, float, float, float]
    on: str = ""


@dataclass(frozen=True, slots=True)
class PdfField:
    """One field of the AcroForm. size: of its letters as the form says, 0: automatic. cells: of a comb.

    options: (what is stored, what is shown) of a choice. align: 0 left, 1 centre, 2 right.
    """

    name: str
    kind: FieldKind
    widgets: tuple[Widget, ...]
    required: bool = False
    read_only: bool = False
    lines: bool = False
    cells: int = 0
    limit: int = 0
    align: int = 0
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PageBox:
    """A page as it is seen. x, y: its lower left corner in the page's own points; width, height: points, unturned;
    turned: clockwise degrees."""

    x: float
    y: float
    width: float
    height: float
    turned: int = 0


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank that may be filled. data: a PDF, whatever the file was."""

    data: bytes
    pages: tuple[PageBox, ...]
    fields: tuple[PdfField, ...]
    scripts: bool


def load_blank(path: Path, paper: tuple[float, float]) -> Blank:
    """Read a PDF or a picture. paper: mm, of a picture's page. BadInput when it cannot be filled."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadInput("表样文件太大", path.name, f"请压缩到 {MAX_BYTES // 1_000_000} MB 以内。")
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(
            "找不到空白表样", path.name, "请把空白表样放在映射文件旁边，并核对 blank 写的文件名。"
        ) from error
    return read_blank(data, path.name, paper)


def read_blank(data: bytes, name: str, paper: tuple[float, float] = (210.0, 297.0)) -> Blank:
    """See `load_blank`."""
    if not data.lstrip()[:5].startswith(b"%PDF-"):
        data = _picture_as_pdf(data, name, paper)
    try:
        return _read(data, name)
    except BadInput:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise BadInput(
            "空白表样读不出来", f"{name}（{type(error).__name__}）", "请用 PDF 软件重新另存后再试。"
        ) from error


def _read(data: bytes, name: str) -> Blank:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise BadInput("空白表样有密码保护", f"{name} 是加密的 PDF，不能填写。", "请向制发部门索取未加密的表样。")
    root: Any = reader.trailer["/Root"].get_object()
    form = root["/AcroForm"].get_object() if "/AcroForm" in root else DictionaryObject()
    has_fields = bool(form.get("/Fields"))
    if "/XFA" in form and (not has_fields or root.get("/NeedsRendering")):
        raise BadInput(
            "表样是 XFA 动态表单",
            f"{name} 里没有普通的表单域，只有 XFA。",
            "请另存为静态 PDF 表单，或者扫描成图片套打。",
        )
    if not 0 < len(reader.pages) <= MAX_PAGES:
        raise BadInput("空白表样页数不对", f"{name} 有 {len(reader.pages)} 页。", f"请控制在 1 到 {MAX_PAGES} 页。")
    pages = tuple(_page(page) for page in reader.pages)
    fields = tuple(_fields(reader, form)) if has_fields else ()
    if fields and any(page.turned for page in pages):
        raise BadInput("空白表样的页面是转过的", name, "请在 PDF 软件中把页面转正后另存。")
    if form.get("/SigFlags", 0) and _signed(form):
        raise BadInput("空白表样已经签名", f"{name} 带有数字签名，填写会使签名失效。", "请使用未签名的空白表样。")
    names = root.get("/Names")
    scripts = "/OpenAction" in root or (names is not None and "/JavaScript" in names.get_object())
    return Blank(data, pages, fields, scripts)


def _page(page: Any) -> PageBox:
    box = page.cropbox
    turned = int(page.get("/Rotate", 0) or 0) % 360
    found = PageBox(float(box.left), float(box.bottom), float(box.width), float(box.height), turned)
    if not (36 <= found.width <= 4000 and 36 <= found.height <= 4000) or turned % 90:
        raise BadInput(
            "空白表样的页面大小不对", f"{found.width:.0f}×{found.height:.0f} 磅", "请使用 A5 到 A2 之间的页面。"
        )
    return found


def _fields(reader: PdfReader, form: DictionaryObject) -> Iterator[PdfField]:
    places: dict[tuple[int, int], tuple[int, int]] = {}
    for number, page in enumerate(reader.pages):
        annotations: Any = page.get("/Annots") or ()
        for index, annotation in enumerate(annotations):
            if hasattr(annotation, "idnum"):
                places[annotation.idnum, annotation.generation] = (number, index)
    count = 0
    roots: Any = form["/Fields"]
    for reference in roots:
        for found in _walk(reference, "", {}, places, 0):
            count += 1
            if count > MAX_FIELDS:
                raise BadInput("空白表样的栏目太多", f"超过 {MAX_FIELDS} 个", "请拆成几个表样。")
            yield found


_INHERITED = ("/FT", "/Ff", "/MaxLen", "/Q", "/Opt", "/V")


def _walk(
    reference: Any, above: str, inherited: dict[str, Any], places: dict[tuple[int, int], tuple[int, int]], deep: int
) -> Iterator[PdfField]:
    if deep > _MOST_DEEP:
        raise ValueError("fields within fields without end")
    node = reference.get_object()
    known = {**inherited, **{key: node[key] for key in _INHERITED if key in node}}
    name = ".".join(filter(None, (above, str(node.get("/T", "")))))
    kids = node.get("/Kids") or ArrayObject()
    children = [kid for kid in kids if "/T" in kid.get_object()]
    if children:
        for kid in children:
            yield from _walk(kid, name, known, places, deep + 1)
        return
    widgets = tuple(w for w in (_widget(one, places) for one in (kids or [reference])) if w is not None)
    yield _field(name, known, widgets)


def _widget(reference: Any, places: dict[tuple[int, int], tuple[int, int]]) -> Widget | None:
    place = places.get((getattr(reference, "idnum", -1), getattr(reference, "generation", -1)))
    node = reference.get_object()
    if place is None or "/Rect" not in node:
        return None
    x1, y1, x2, y2 = (float(part) for part in node["/Rect"])
    on = ""
    states = node.get("/AP", {}).get("/N") if "/AP" in node else None
    states = states.get_object() if states is not None else None
    if isinstance(states, DictionaryObject) and not isinstance(states, StreamObject):
        on = next((str(key)[1:] for key in states if str(key) != "/Off"), "")
    return Widget(place[0], place[1], (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)), on)


def _field(name: str, known: dict[str, Any], widgets: tuple[Widget, ...]) -> PdfField:
    flags = int(known.get("/Ff", 0))
    limit = int(known.get("/MaxLen", 0))
    options: list[tuple[str, str]] = []
    for option in known.get("/Opt", ()):
        option = option.get_object()
        if isinstance(option, ArrayObject):
            options.append((str(option[0]), str(option[1])))
        else:
            options.append((str(option), str(option)))
    match known.get("/FT"):
        case "/Tx":
            kind = FieldKind.OTHER if flags & _PASSWORD else FieldKind.TEXT
        case "/Btn" if flags & _PUSH:
            kind = FieldKind.OTHER
        case "/Btn":
            kind = FieldKind.RADIO if flags & _RADIO else FieldKind.TICK
        case "/Ch":
            kind = FieldKind.CHOICE
        case "/Sig":
            kind = FieldKind.SIGNATURE
        case _:
            kind = FieldKind.OTHER
    return PdfField(
        name,
        kind,
        widgets,
        required=bool(flags & _REQUIRED),
        read_only=bool(flags & _READ_ONLY),
        lines=bool(flags & _MULTILINE),
        cells=limit if flags & _COMB and kind is FieldKind.TEXT else 0,
        limit=limit,
        align=int(known.get("/Q", 0)),
        options=tuple(options),
    )


def _signed(form: DictionaryObject) -> bool:
    """Is some signature field signed already?"""
    waiting: list[tuple[Any, int]] = [(reference, 0) for reference in form.get("/Fields", ())]
    while waiting:
        reference, deep = waiting.pop()
        node = reference.get_object()
        if node.get("/FT") == "/Sig" and "/V" in node:
            return True
        if deep < _MOST_DEEP:
            waiting += [(kid, deep + 1) for kid in node.get("/Kids") or ()]
    return False


def _picture_as_pdf(data: bytes, name: str, paper: tuple[float, float]) -> bytes:
    """One page of the paper's size, the picture all over it."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise BadInput("表样图片太大", f"{picture.width}×{picture.height} 像素", "请用 300 dpi 重新扫描。")
            picture.load()
            flat = picture.convert("L" if picture.mode in ("1", "L") else "RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise BadInput(
            "空白表样读不出来", f"{name} 不是 PDF，也不是图片。", "请使用 PDF、JPG 或者 PNG 文件。"
        ) from error
    out = io.BytesIO()
    size = (paper[0] * MM, paper[1] * MM)
    canvas = Canvas(out, pagesize=size, pageCompression=1, invariant=1)
    canvas.drawImage(ImageReader(flat), 0, 0, *size)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def name_of(text: str) -> NameObject:
    """A state's name as the PDF has it."""
    return NameObject(f"/{text}")


def no_field(name: str) -> BadInput:
    """The mapping names a field that the blank lacks; `lint` tells it beforehand."""
    return BadInput("表样与映射不符", f"空白表样里没有表单域“{name}”", _LINT)


def no_place(label: str) -> BadInput:
    """A box of an overlay is nowhere."""
    return BadInput("表样与映射不符", f"“{label}”没有写明位置", _LINT)


_LINT = "请管理员运行 yichuang form official lint 核对。"
