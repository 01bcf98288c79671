"""Everything that leaves as a PDF holds to PDF/A: asked of veraPDF, which is asked first whether it finds faults."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2 as pdfium
import pytest
import verapdf
from paper_samples import AT, ZHANG, acknowledged, paper
from PIL import Image
from verapdf import Verdict, verdicts

from app.archive.pdfa import MAX_PACKET, About, read_record, xmp
from app.demo.papers import sample_paper
from app.documents import paint as painting
from app.documents.fonts import PaperFonts
from app.documents.format import Format
from app.documents.render import PaperRenderer
from app.documents.report import Report, ReportTable, report_pdf
from app.documents.trial import trial_page
from app.domain.document import BILINGUAL, PaperKind
from app.domain.errors import BadInput
from app.domain.item import Catalog
from app.materials.pdfa import fits, pages_to_pdf, write_pages

RARE = "张㛃𠮷䶮𬭚"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


def jpeg(mode: str = "RGB", size: tuple[int, int] = (80, 100)) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 90 if mode == "L" else (200, 30, 40)).save(out, "JPEG")
    return out.getvalue()


def report() -> Report:
    rows = tuple((f"{n}", RARE, "<&>") for n in range(80))
    table = ReportTable("办件", ("序", "名", "注"), rows, (0.2, 0.4, 0.4))
    return Report("今日看板", "测试大厅", (("制表", "李敏"),), (table,), AT)


@pytest.fixture(scope="module")
def files(renderer: PaperRenderer, fonts: PaperFonts, catalog: Catalog) -> dict[str, bytes]:
    made = {"report": report_pdf(report(), fonts), "trial": trial_page(AT, fonts)}
    made["material"] = pages_to_pdf([jpeg(), jpeg("L", (100, 80))], f"平面图{RARE}<&>", AT)
    for kind in PaperKind:
        for shape in (Format.A4, Format.STRIP_58.enlarged):
            made[f"{kind.name}-{shape.name}"] = renderer.render(sample_paper(kind, catalog), shape).pdf
    for kind in BILINGUAL:
        made[f"{kind.name}-en"] = renderer.render(sample_paper(kind, catalog, "zh-en"), Format.A5).pdf
    many = acknowledged(paper(14, 13, (RARE, ZHANG[1])))
    made["many"] = renderer.render(replace(many, demo=True, reprint=2)).pdf
    return made


def broken(files: dict[str, bytes], fonts: PaperFonts) -> dict[str, tuple[bytes, str]]:
    """name -> a file with one fault, the clause that says so."""
    sound, attached = files["report"], io.BytesIO()
    info = painting.PdfInfo("x", "", "", "", AT, attachment=("a.csv", b"1,2"))
    with painting.drawing(attached, info, Format.A4.page) as canvas:
        canvas.showPage()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(painting, "_ended_streams", painting.contextlib.nullcontext)
        unended = report_pdf(report(), fonts)
    return {
        "no-metadata": (sound.replace(b"/Metadata ", b"/Netadata "), "6.6.2.1-1"),
        "no-intent": (sound.replace(b"/OutputIntents", b"/XutputIntents"), "6.2.4.3-4"),
        "no-font": (sound.replace(b"/FontFile2", b"/FontFileX"), "6.2.11.4.1-1"),
        "no-identifier": (sound.replace(b"/ID ", b"/IX "), "6.1.3-1"),
        "part-of-old": (sound.replace(b"pdfaid:part>2<", b"pdfaid:part>1<"), "6.6.4-2"),
        "attached": (attached.getvalue().replace(b"pdfaid:part>3<", b"pdfaid:part>2<"), "6.8-5"),
        "stream-unended": (unended, "6.1.7.1-2"),
        "cut-off": (sound[: len(sound) // 2], ""),
        "material-no-profile": (files["material"].replace(b"/DestOutputProfile", b"/XestOutputProfile"), "6.2.4.3-2"),
    }


@pytest.fixture(scope="module")
def asked(files: dict[str, bytes], fonts: PaperFonts, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdict]:
    spoilt = {name: data for name, (data, _) in broken(files, fonts).items()}
    return verdicts({**files, **spoilt}, tmp_path_factory.mktemp("verapdf"))


def test_all_that_leaves_is_pdf_a_2b(files: dict[str, bytes], asked: dict[str, Verdict]) -> None:
    for name in files:
        assert asked[name].failures == (), name
        assert asked[name].passed, name
        assert asked[name].checks > 200, name
    assert {f"{kind.name}-{Format.A4.name}" for kind in PaperKind} <= set(files)


def test_the_checker_finds_each_fault(
    files: dict[str, bytes], fonts: PaperFonts, asked: dict[str, Verdict], subtests: pytest.Subtests
) -> None:
    for name, (data, clause) in broken(files, fonts).items():
        with subtests.test(name):
            assert data not in (files["report"], files["material"]), "the fault was made"
            assert not asked[name].passed
            assert any(failure.startswith(clause) for failure in asked[name].failures), asked[name].failures


def test_a_file_with_an_attached_table_is_pdf_a_3b(tmp_path: Path) -> None:
    out = io.BytesIO()
    info = painting.PdfInfo("练习成绩单", "一窗", "", "", AT, attachment=("result.csv", "姓名,分\n".encode()))
    with painting.drawing(out, info, Format.A4.page) as canvas:
        canvas.showPage()
    assert verdicts({"result": out.getvalue()}, tmp_path / "v", "3b")["result"].failures == ()


def test_without_the_checker_ci_fails_and_others_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(verapdf, "missing", lambda: "java")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="java"):
        verdicts({}, tmp_path)
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match="java is missing"):
        verdicts({}, tmp_path)


@pytest.mark.parametrize("name", ["report", "material", "many"])
def test_the_packet_says_what_the_info_dictionary_says(files: dict[str, bytes], name: str) -> None:
    data = files[name]
    start, end = data.index(b"<?xpacket begin"), data.index(b"<?xpacket end")
    root = ElementTree.fromstring(data[start:end])  # noqa: S314 - our own
    told = {
        each.tag.rpartition("}")[2]: "".join(each.itertext()).strip() for each in root.iter() if "pdfa" not in each.tag
    }
    said = pdfium.PdfDocument(data).get_metadata_dict(skip_empty=True)
    same = {
        "Title": "title", "Author": "creator", "Subject": "description", "Keywords": "Keywords",
        "Producer": "Producer", "Creator": "CreatorTool",
    }  # fmt: skip
    for ours, theirs in same.items():
        assert said.get(ours, "").strip("\x00") == told.get(theirs, ""), ours
    for ours, theirs in {"CreationDate": "CreateDate", "ModDate": "ModifyDate"}.items():
        assert dt.datetime.strptime(said[ours], "D:%Y%m%d%H%M%S+08'00'").replace(
            tzinfo=dt.timezone(dt.timedelta(hours=8))
        ) == dt.datetime.fromisoformat(told[theirs])
    assert said["Title"]


def test_the_record_is_found_and_nothing_hostile_is_read() -> None:
    record = '{"a":"<&>]]>\'\\" 㛃𠮷"}'.encode()
    packet = xmp(About("t", AT), record)
    assert read_record(b"%PDF" + xmp(About("another's", AT)) + packet) == record
    as_attribute = packet.replace(b"<yichuang:record>", b'<yichuang:x yichuang:record="1">').replace(
        b"</yichuang:record>", b"</yichuang:x>"
    )
    assert read_record(as_attribute) == b"1", "as other programs write it anew"
    bomb = packet.replace(b"<x:xmpmeta", b'<!DOCTYPE x [<!ENTITY a "b">]><x:xmpmeta')
    assert read_record(bomb) is None
    assert read_record(packet.replace(b"</rdf:RDF>", b"")) is None
    assert read_record(xmp(About("t", AT), b"x" * MAX_PACKET)) is None
    assert read_record(xmp(About("t", AT)) * 30 + packet) is None, "looked for in so many packets, no more"
    assert read_record(b'<?xpacket begin=""?>' * 100_000) is None


def test_pages_are_written_one_by_one_and_always_the_same() -> None:
    class Sink:
        def __init__(self) -> None:
            self.largest, self.data = 0, b""

        def write(self, data: bytes, /) -> None:
            self.largest = max(self.largest, len(data))
            self.data += data

    pages = [jpeg(), jpeg("L"), jpeg(size=(300, 200))]
    sink = Sink()
    write_pages(sink, iter(pages), "平面图", AT)
    assert sink.data == pages_to_pdf(pages, "平面图", AT)
    for page in pages:
        assert page in sink.data, "as it is"
    assert len(pdfium.PdfDocument(sink.data)) == 3
    assert fits(pages[1])
    assert not fits(b"\x89PNG\r\n")
    assert not fits(pages[0][:20])
    with pytest.raises(BadInput, match="第 1 页"):
        write_pages(Sink(), [b"\x89PNG"], "x", AT)
