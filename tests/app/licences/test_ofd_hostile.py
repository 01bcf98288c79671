"""Archives and documents made to do harm: each is refused for its own reason, quickly, and nothing is written."""

from __future__ import annotations

import datetime as dt
import io
import random
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ofd_kit import NOW, NS, Files, business_licence, pack, page_ofd, sealed, text

from app.domain.errors import BadInput
from app.domain.fact import Verdict
from app.licences.ofd.geometry import MAX_SEGMENTS, read_path
from app.licences.ofd.markup import MAX_DEPTH, MAX_NODES, parse
from app.licences.ofd.package import LIMITS, Limits, Package, load, resolve
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


# --------------------------------------------------------------------------------------------------- the archive


def test_bomb_by_ratio() -> None:
    refused(Why.BOMB, lambda: Package(archive(lambda z: z.writestr("a", bytes(8 * 1024 * 1024)))))


def test_bomb_by_size_of_one_and_of_all() -> None:
    noise = random.Random(1).randbytes(3000)
    small = Limits(one=2000)
    refused(Why.BOMB, lambda: Package(archive(lambda z: z.writestr("a", noise)), small))

    def many(opened: zipfile.ZipFile) -> None:
        for number in range(5):
            opened.writestr(str(number), noise)

    refused(Why.BOMB, lambda: Package(archive(many), Limits(total=10_000)))
    assert len(Package(archive(many), Limits(total=20_000)).names) == 6


def test_bomb_whose_directory_lies() -> None:
    """The directory says 10 bytes, the packed data hold more: unpacking stops, whoever is right."""
    data = bytearray(archive(lambda z: z.writestr("a", b"x" * 5000)))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    opened = Package(bytes(data))
    with pytest.raises(OfdRefused) as caught:
        opened.read("a")
    assert caught.value.why in (Why.BOMB, Why.TORN)


def test_bomb_of_shared_bytes() -> None:
    """Two names for the same packed bytes (as in the archives of 46 MB that unpack to petabytes)."""
    data = bytearray(archive(lambda z: (z.writestr("a", b"x" * 50), z.writestr("b", b"x" * 50))))  # type: ignore[func-returns-value]
    places = [n for n in range(len(data)) if data[n : n + 4] == b"PK\x01\x02"]
    data[places[2] + 42 : places[2] + 46] = data[places[1] + 42 : places[1] + 46]
    refused(Why.BOMB, lambda: Package(bytes(data)))


@pytest.mark.parametrize(
    "name",
    ["../x", "a/../../x", "/etc/passwd", "C:/x", "a\\..\\x", "a/./x", "a//x", "..", "x\x01", "n" * 300],
)
def test_names_that_lead_elsewhere(name: str) -> None:
    refused(Why.BAD_NAME, lambda: Package(archive(lambda z: z.writestr(name, "x"))))


def test_name_cut_by_a_nul() -> None:
    data = archive(lambda z: z.writestr("abcdef", "x"))
    refused(Why.BAD_NAME, lambda: Package(data.replace(b"abcdef", b"abc\0ef")))


def test_same_name_twice() -> None:
    def twice(opened: zipfile.ZipFile) -> None:
        opened.writestr("a", "1")
        opened.writestr("b", "2")

    data = archive(twice)
    at = data.rindex(b"PK\x01\x02")
    refused(Why.DUPLICATE, lambda: Package(data[:at] + data[at:].replace(b"b", b"a", 1)))


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_links_and_devices(mode: int) -> None:
    entry = zipfile.ZipInfo("link")
    entry.external_attr = (mode | 0o777) << 16
    refused(Why.LINK, lambda: Package(archive(lambda z: z.writestr(entry, "/etc/passwd"))))


def test_encrypted_entry() -> None:
    data = bytearray(archive(lambda z: z.writestr("a", "x")))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    refused(Why.ENCRYPTED, lambda: Package(bytes(data)))


def test_rare_methods() -> None:
    entry = zipfile.ZipInfo("a")
    entry.compress_type = zipfile.ZIP_LZMA
    refused(Why.METHOD, lambda: Package(archive(lambda z: z.writestr(entry, "x"))))


def test_zip64() -> None:
    data = archive(lambda z: z.writestr("a", "x"))
    at = data.rindex(b"PK\x05\x06")
    refused(Why.METHOD, lambda: Package(data[:at] + b"PK\x06\x07" + bytes(16) + data[at:]))


def test_thousands_of_files() -> None:
    def many(opened: zipfile.ZipFile) -> None:
        for number in range(LIMITS.files):
            opened.writestr(f"f{number}", "")

    refused(Why.TOO_MANY_FILES, lambda: Package(archive(many)))


def test_thousands_of_files_that_the_end_denies() -> None:
    """The end record counts 1, the directory is long: its length is looked at before it is read."""
    data = bytearray(archive(lambda z: z.writestr("a", "x")))
    at = data.rindex(b"PK\x05\x06")
    data[at + 12 : at + 16] = struct.pack("<I", LIMITS.directory + 1)
    refused(Why.TOO_MANY_FILES, lambda: Package(bytes(data)))


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_torn(part: float) -> None:
    data = pack(business_licence())
    refused(Why.TORN, lambda: Package(data[: int(len(data) * part)]))


def test_torn_inside() -> None:
    data = bytearray(pack(page_ofd(text(1, 10, 10, "x"))))
    at = data.index(b"Doc_0/Document.xml") + 40
    data[at : at + 20] = bytes(20)
    refused(Why.TORN, lambda: read(bytes(data)))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK", b"\x89PNG", b"PK\x03\x04" + bytes(100)])
def test_something_else(data: bytes) -> None:
    with pytest.raises(OfdRefused) as caught:
        Package(data)
    assert caught.value.why in (Why.NOT_OFD, Why.TORN)


def test_zip_of_something_else() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        opened.writestr("word/document.xml", "<w/>")
    refused(Why.NOT_OFD, lambda: Package(out.getvalue()))


def test_four_hundred_megabytes_are_not_even_read(tmp_path: Path) -> None:
    large = tmp_path / "large.ofd"
    with large.open("wb") as file:
        file.truncate(400 * 1024 * 1024)  # sparse: takes no room
    refused(Why.TOO_LARGE, lambda: load(large))
    refused(Why.TOO_LARGE, lambda: Package(bytes(1001), Limits(archive=1000)))


def test_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="读不了"):
        load(tmp_path / "gone.ofd")


@pytest.mark.parametrize("location", ["../../../etc/passwd", "/../x", "..\\..\\..\\x"])
def test_location_that_leads_out(location: str) -> None:
    refused(Why.BAD_NAME, lambda: resolve("Doc_0/Document.xml", location))


def test_locations() -> None:
    assert resolve("Doc_0/Document.xml", "Pages/P.xml") == "Doc_0/Pages/P.xml"
    assert resolve("Doc_0/Signs/Sign_0/Signature.xml", "../../Res/a") == "Doc_0/Res/a"
    assert resolve("Doc_0/Document.xml", "/OFD.xml") == "OFD.xml"
    refused(Why.STRUCTURE, lambda: resolve("Doc_0/Document.xml", " "))


# --------------------------------------------------------------------------------------------------------- XML


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
HOSTILE_XML = {
    "laughs": f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a>&l8;</a>',
    "file": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "net": '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/evil.dtd"><a/>',
    "parameter": '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:1/p"> %p;]><a/>',
    "quadratic": f'<!DOCTYPE a [<!ENTITY q "{"q" * 5000}">]><a>{"&q;" * 5000}</a>',
    "empty": "<!DOCTYPE a><a/>",
}


@pytest.mark.parametrize("name", sorted(HOSTILE_XML))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_and_doctypes(name: str, encoding: str) -> None:
    refused(Why.ENTITY, lambda: parse(HOSTILE_XML[name].encode(encoding)))


def test_entity_in_a_page_of_a_file() -> None:
    files = page_ofd(text(1, 10, 10, "x"))
    files[PAGE] = HOSTILE_XML["file"].encode()
    refused(Why.ENTITY, lambda: read(files))


def test_deep_xml() -> None:
    refused(Why.XML_LIMIT, lambda: parse(b"<a>" * (MAX_DEPTH + 1) + b"</a>" * (MAX_DEPTH + 1)))
    assert parse(b"<a>" * MAX_DEPTH + b"</a>" * MAX_DEPTH).name == "a"


def test_endless_xml() -> None:
    refused(Why.XML_LIMIT, lambda: parse(b"<a>" + b"<b/>" * (MAX_NODES + 1) + b"</a>"))
    refused(Why.XML_LIMIT, lambda: parse(b" " * (25 * 1024 * 1024)))


@pytest.mark.parametrize(
    "data", [b"", b"<a>", b"<a></b>", b"\xff\xfe<", b"<a>&nbsp;</a>", b'<?xml version="1.0" encoding="klingon"?><a/>']
)
def test_broken_xml(data: bytes) -> None:
    refused(Why.XML, lambda: parse(data))


def test_chinese_encodings_and_any_prefix() -> None:
    for encoding in ("GBK", "gb2312", "GB18030"):
        root = parse(f'<?xml version="1.0" encoding="{encoding}"?><x:a><x:b>证照</x:b></x:a>'.encode("gb18030"))
        assert root.word_of("b") == "证照"


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


def test_units_that_multiply() -> None:
    """Ten times ten times ten …: few bytes, endless drawing."""
    bodies = [use(62 + n) * 10 for n in range(5)] + [text(1, 1, 1, "x")]
    refused(Why.TOO_MUCH, lambda: read(page_ofd(use(61), resources=units(*bodies))))


def test_long_path_drawn_often() -> None:
    body = (
        '<ofd:PathObject ID="1" Boundary="0 0 9 9"><ofd:AbbreviatedData>M 0 0 {}</ofd:AbbreviatedData></ofd:PathObject>'
    )
    thousand = body.format("L 1 1 " * 1000)
    refused(Why.TOO_MUCH, lambda: read(page_ofd(use(61) * 600, resources=units(thousand))))
    # Not the characters but the lines: each of these is drawn as four.
    arcs = body.format("A 1 1 0 1 1 1 1.1 A 1 1 0 1 1 1 1 " * 500)
    refused(Why.TOO_MUCH, lambda: read(page_ofd(use(61) * 80, resources=units(arcs))))


def test_path_without_end() -> None:
    with pytest.raises(OfdRefused) as caught:
        read_path("M 0 0 " + "L 1 1 " * (MAX_SEGMENTS + 1))
    assert caught.value.why is Why.TOO_MUCH


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
