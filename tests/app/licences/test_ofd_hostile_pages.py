"""Pages, pictures and seals made to do harm; and whatever chance makes of a file."""

from __future__ import annotations

import datetime as dt
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ofd_kit import NOW, NS, Files, business_licence, pack, page_ofd, sealed, text

from app.domain.fact import Verdict
from app.licences.ofd.geometry import read_path
from app.licences.ofd.read import draw_one, read_ofd
from app.licences.ofd.refusal import OfdRefused, Why
from app.licences.trust import TrustList

EMPTY = TrustList((), dt.date(2026, 11, 20))
PAGE = "Doc_0/Pages/Page_0/Content.xml"


def refused(why: Why, run: Callable[[], object]) -> OfdRefused:
    with pytest.raises(OfdRefused) as caught:
        run()
    assert caught.value.why is why, caught.value
    assert caught.value.title
    assert caught.value.what
    assert caught.value.todo
    return caught.value


def archive(write: Callable[[zipfile.ZipFile], None]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("OFD.xml", "<OFD/>")
        write(opened)
    return out.getvalue()


def read(files: Files | bytes) -> object:
    return read_ofd(files if isinstance(files, bytes) else pack(files), EMPTY, NOW, picture=False)


# ----------------------------------------------------------------------------------------------------- the pages


@pytest.mark.parametrize("box", ["0 0 100000 100000", "0 0 1 1", "0 0 -210 297", "0 0 210 99999", "0 0 1e9 1e9"])
def test_sizes_of_no_paper(box: str) -> None:
    error = refused(Why.PAGE_SIZE, lambda: read(page_ofd(text(1, 10, 10, "x"), box=box)))
    assert "毫米" in error.what


def test_too_many_pages() -> None:
    refused(Why.TOO_MUCH, lambda: read(page_ofd("", pages=101)))


def test_no_page() -> None:
    files = page_ofd("")
    files["Doc_0/Document.xml"] = files["Doc_0/Document.xml"].replace(b"ofd:Page ", b"ofd:Pager ")
    refused(Why.STRUCTURE, lambda: read(files))


def test_document_that_is_not_there() -> None:
    files = page_ofd("")
    del files["Doc_0/Document.xml"]
    refused(Why.STRUCTURE, lambda: read(files))


def templated(first: str, second: str) -> Files:
    """Two templates; the page uses the first."""
    page = '<ofd:Page {ns}><ofd:Template TemplateID="{t}"/><ofd:Content><ofd:Layer ID="1"/></ofd:Content></ofd:Page>'
    common = '<ofd:TemplatePage ID="51" BaseLoc="T1.xml"/><ofd:TemplatePage ID="52" BaseLoc="T2.xml"/>'
    files = page_ofd("", common=common)
    files[PAGE] = page.format(ns=NS, t="51").encode()
    files["Doc_0/T1.xml"] = page.format(ns=NS, t=first).encode()
    files["Doc_0/T2.xml"] = page.format(ns=NS, t=second).encode()
    return files


def test_templates_that_use_each_other() -> None:
    refused(Why.RECURSION, lambda: read(templated("51", "0")))
    refused(Why.RECURSION, lambda: read(templated("52", "51")))
    read(templated("52", "0"))


def units(*bodies: str) -> str:
    """Composite units 61, 62 …"""
    made = "".join(
        f'<ofd:CompositeGraphicUnit ID="{61 + n}" Width="10" Height="10"><ofd:Content>{body}</ofd:Content>'
        "</ofd:CompositeGraphicUnit>"
        for n, body in enumerate(bodies)
    )
    return f"<ofd:CompositeGraphicUnits>{made}</ofd:CompositeGraphicUnits>"


def use(number: int) -> str:
    return f'<ofd:CompositeObject ID="{number}00" ResourceID="{number}" Boundary="0 0 10 10"/>'


def test_units_that_draw_each_other() -> None:
    refused(Why.RECURSION, lambda: read(page_ofd(use(61), resources=units(use(61)))))
    refused(Why.RECURSION, lambda: read(page_ofd(use(61), resources=units(use(62), use(61)))))


def test_units_that_multiply(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times ten times ten …: few bytes, endless drawing."""
    monkeypatch.setattr("app.licences.ofd.content.MAX_OBJECTS", 1000)
    bodies = [use(62 + n) * 10 for n in range(5)] + [text(1, 1, 1, "x")]
    refused(Why.TOO_MUCH, lambda: read(page_ofd(use(61), resources=units(*bodies))))


def test_long_path_drawn_often(monkeypatch: pytest.MonkeyPatch) -> None:
    body = (
        '<ofd:PathObject ID="1" Boundary="0 0 9 9"><ofd:AbbreviatedData>M 0 0 {}</ofd:AbbreviatedData></ofd:PathObject>'
    )
    monkeypatch.setattr("app.licences.ofd.content.MAX_WEIGHT", 300_000)
    monkeypatch.setattr("app.licences.ofd.content.MAX_SEGMENTS", 15_000)
    thousand = body.format("L 1 1 " * 1000)
    refused(Why.TOO_MUCH, lambda: read(page_ofd(use(61) * 60, resources=units(thousand))))
    # Not the characters but the lines: each of these is drawn as four.
    arcs = body.format("A 1 1 0 1 1 1 1.1 A 1 1 0 1 1 1 1 " * 500)
    refused(Why.TOO_MUCH, lambda: read(page_ofd(use(61) * 8, resources=units(arcs))))


def test_path_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.licences.ofd.geometry.MAX_SEGMENTS", 500)
    refused(Why.TOO_MUCH, lambda: read_path("M 0 0 " + "L 1 1 " * 502))
    assert len(read_path("M 0 0 " + "L 1 1 " * 400)) == 401


def test_dashes_without_number() -> None:
    """A hair of a dash along a kilometre: drawn as a whole line, and at once."""
    body = (
        '<ofd:PathObject ID="1" Boundary="0 0 297 210" DashPattern="0.0002 0.0002">'
        "<ofd:AbbreviatedData>M 0 0 L 290 200 L 1000000 0</ofd:AbbreviatedData></ofd:PathObject>"
    )
    few = body.replace("0.0002 0.0002", "2 2").replace("L 1000000 0", "")
    drawn = [draw_one(pack(page_ofd(one)), 0).pdf for one in (body, few)]
    assert [dashes(pdf) for pdf in drawn] == ["[] 0 d", "[2 2] 0 d"]


def dashes(pdf: bytes) -> str:
    at = pdf.index(b"/FlateDecode")
    content = zlib.decompress(pdf[pdf.index(b"stream\n", at) + 7 : pdf.index(b"\nendstream", at)])
    found = re.search(r"\[[\d. ]*\] [\d.]+ d", content.decode("ascii"))
    assert found is not None
    return found.group()


def test_blocks_in_blocks() -> None:
    refused(Why.RECURSION, lambda: read(page_ofd("<ofd:PageBlock>" * 20 + "</ofd:PageBlock>" * 20)))


def test_text_without_end() -> None:
    refused(Why.TOO_MUCH, lambda: read(page_ofd(text(1, 10, 10, "长" * 20_001))))


def test_delta_repeated_forever() -> None:
    body = text(1, 10, 20, "ab").replace('DeltaX="2.1"', 'DeltaX="g 999999999 5 g 999999999 5"')
    assert "g 9999" in body
    read(page_ofd(body))


def test_too_many_seals() -> None:
    files = sealed(business_licence())
    one = '<ofd:Signature ID="1" Type="Seal" BaseLoc="Sign_0/Signature.xml"/>'
    files["Doc_0/Signs/Signatures.xml"] = f"<ofd:Signatures {NS}>{one * 21}</ofd:Signatures>".encode()
    refused(Why.TOO_MUCH, lambda: read(files))


def picture_ofd(data: bytes, format: str = "PNG") -> Files:
    resources = (
        f'<ofd:MultiMedias><ofd:MultiMedia ID="20" Type="Image" Format="{format}"><ofd:MediaFile>p</ofd:MediaFile>'
        "</ofd:MultiMedia></ofd:MultiMedias>"
    )
    body = '<ofd:ImageObject ID="12" Boundary="10 10 21 21" ResourceID="20" CTM="21 0 0 21 0 0"/>'
    return page_ofd(body, resources=resources, more={"Doc_0/Res/p": data})


def png_of(width: int, height: int) -> bytes:
    """A picture by its word only: the pixels are never there."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (png_of(60_000, 60_000), "过大"),
        (png_of(9_000, 9_000), "过大"),
        (png_of(100, 100), "不能读取"),
        (b"\x97JB2\r\n\x1a\n", "JBIG2"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不能读取"),
        (b"", "不能读取"),
    ],
    ids=["3.6 gigapixels", "81 megapixels", "torn", "jbig2", "svg", "empty"],
)
def test_pictures_that_are_not_shown(data: bytes, words: str) -> None:
    """The page is still shown, and says so."""
    found = read_ofd(pack(picture_ofd(data)), EMPTY, NOW)
    assert any(words in note for note in found.notes), found.notes
    assert found.page is not None


def test_seal_whose_picture_is_a_bomb() -> None:
    from ofd_kit import SealPlan

    bomb = archive(lambda z: z.writestr("a", bytes(9 * 1024 * 1024)))
    files = sealed(page_ofd(text(1, 10, 10, "x")), plan=SealPlan(picture_type="ofd", picture=bomb))
    found = read_ofd(pack(files), EMPTY, NOW)
    assert any("印章图案" in note for note in found.notes)


def test_seal_in_a_seal_in_a_seal() -> None:
    """A seal's picture may be an OFD; the seals on that one are not looked for."""
    from ofd_kit import SealPlan

    inner = page_ofd(text(1, 1, 20, "内"), box="0 0 40 40")
    for _ in range(3):
        inner = sealed(
            page_ofd(text(1, 1, 20, "内"), box="0 0 40 40"), plan=SealPlan(picture_type="ofd", picture=pack(inner))
        )
    found = read_ofd(pack(inner), EMPTY, NOW)
    assert found.page is not None
    assert draw_one(pack(inner), 0).notes == ()


# --------------------------------------------------------------------------------------------------------- fuzz


WHOLE = pack(sealed(page_ofd(text(1, 10, 20, "证照标识：张㛃𠮷") + use(61), resources=units(text(2, 1, 5, "图")))))


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_any_archive_turned_a_little(changes: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for place, value in changes:
        data[place] = value
    try:
        found = read_ofd(bytes(data), EMPTY, NOW, picture=False)
    except OfdRefused:
        return
    assert found.reading.verdict is not Verdict.SIGNATURE_VALID


WORDS = st.sampled_from(
    ["", "0", "-1", "1e308", "nan", "inf", "99999999999999999999", "g 3 5", "M 0 0 L 1", "A 1 1 0 0 0 1 1", "x" * 300,
     "0 0 10 10", "1 0 0 1 0 0", "0 0 0 0 0 0", "true", "#ff 1", "\U00020bb7㛃"]
)  # fmt: skip
NAMES = st.sampled_from(
    ["TextObject", "PathObject", "ImageObject", "CompositeObject", "PageBlock", "TextCode", "AbbreviatedData", "Clips",
     "Clip", "Area", "Path", "FillColor", "CGTransform", "Glyphs", "AxialShd"]
)  # fmt: skip
KEYS = st.sampled_from(
    ["ID", "Boundary", "CTM", "Size", "Font", "X", "Y", "DeltaX", "DeltaY", "HScale", "CharDirection", "Value", "Alpha",
     "ResourceID", "LineWidth", "DashPattern", "Fill", "Stroke", "DrawParam", "CodePosition", "CodeCount", "Index"]
)  # fmt: skip
TREES = st.recursive(
    st.tuples(NAMES, st.dictionaries(KEYS, WORDS, max_size=5), WORDS, st.just([])),
    lambda inner: st.tuples(NAMES, st.dictionaries(KEYS, WORDS, max_size=5), WORDS, st.lists(inner, max_size=3)),
    max_leaves=12,
)


def written(tree: object) -> str:
    name, attributes, word, children = tree  # type: ignore[misc]
    said = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<ofd:{name}{said}>{word}{''.join(map(written, children))}</ofd:{name}>"


@given(st.lists(TREES, min_size=1, max_size=4))
@settings(max_examples=80, deadline=None)
def test_any_page_of_nonsense(trees: list[object]) -> None:
    """Whatever stands on a page, it is drawn or refused; PDFium is asked, too."""
    from app.documents.preview import pages_as_png

    files = page_ofd("".join(map(written, trees)), box="0 0 60 40", resources=units(text(2, 1, 5, "x")))
    try:
        found = read_ofd(pack(files), EMPTY, NOW)
    except OfdRefused:
        return
    assert found.page is not None
    assert len(pages_as_png(found.page.pdf, 40)) == 1
