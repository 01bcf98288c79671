"""Archives and documents made to do harm: each is refused for its own reason, quickly, and nothing is written."""

from __future__ import annotations

import datetime as dt
import io
import random
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from ofd_kit import NOW, Files, business_licence, pack, page_ofd, text

from app.domain.errors import BadInput
from app.licences.ofd.markup import MAX_DEPTH, parse
from app.licences.ofd.package import LIMITS, Limits, Package, load, resolve
from app.licences.ofd.read import read_ofd
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


def test_endless_xml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.licences.ofd.markup.MAX_NODES", 1000)  # the very number would take its time
    refused(Why.XML_LIMIT, lambda: parse(b"<a>" + b"<b/>" * 1000 + b"</a>"))
    assert len(parse(b"<a>" + b"<b/>" * 999 + b"</a>").children) == 999
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
