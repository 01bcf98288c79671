from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Sequence
from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_samples import AT, ZHANG, acknowledged, paper
from reportlab.pdfgen.canvas import Canvas
from test_fonts_embedding import RARE

from app.archive.pdfa import read_record
from app.documents import pdf_reading
from app.documents.code import PREFIX, micro_unit, modules, signed_code
from app.documents.compose import compose, fill_micro
from app.documents.content import body_of, facts_of
from app.documents.fonts import PaperFonts
from app.documents.format import Format
from app.documents.paint import PdfInfo, paint
from app.documents.record import ATTACHMENT, PaperRecord, record_of
from app.documents.render import PaperRenderer
from app.documents.verify import PaperCheck, verify_paper
from app.domain.document import Paper, PaperKind, RenderedPaper
from app.licences.cose import SigningKey, sign_text

Check = Callable[[bytes | str], PaperCheck]


@pytest.fixture(scope="module")
def check(signer: SigningKey) -> Check:
    def find(kid: bytes) -> Sequence[SigningKey]:
        return [signer] if kid == signer.kid else []

    return lambda data: verify_paper(data, find)


@pytest.fixture(scope="module")
def genuine(renderer: PaperRenderer) -> RenderedPaper:
    return renderer.render(paper(3, 5))


def forged(
    fonts: PaperFonts, shown: Paper, drawn: str, stated: str | None = None, attached: bytes | None = None
) -> bytes:
    """A PDF that shows one paper and carries the codes and the record of another."""
    # The forger copies the micro-text as well.
    unit = micro_unit(paper(3, 5).number, compose_digest(paper(3, 5), fonts))
    pages = fill_micro(compose(body_of(shown), Format.A4, fonts), unit, fonts)
    stated = drawn if stated is None else stated
    info = PdfInfo("x", "x", "x", stated, AT, record_of(pages).to_bytes() if attached is None else attached)
    return paint(pages, fonts, modules(drawn), info)


def compose_digest(shown: Paper, fonts: PaperFonts) -> bytes:
    return record_of(compose(body_of(shown), Format.A4, fonts)).digest[:4]


def record_bytes(pdf: bytes) -> bytes:
    record = read_record(pdf)
    assert record is not None
    return record


def saved(document: pdfium.PdfDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", [PaperKind.ACCEPTANCE_NOTICE, PaperKind.MATERIAL_RECEIPT])
@pytest.mark.parametrize(("cases", "materials", "name"), [(1, 0, "张伟"), (6, 13, RARE), (14, 13, "阿依·" * 30)])
def test_genuine_papers_are_ours_and_unaltered(
    renderer: PaperRenderer, check: Check, kind: PaperKind, cases: int, materials: int, name: str
) -> None:
    sample = replace(paper(cases, materials, (name, ZHANG[1]), kind), demo=True, reprint=2)
    answer = check(renderer.render(sample).pdf)
    assert (answer.ours, answer.unaltered, answer.differences) == (True, True, ())
    assert answer.number == sample.number
    assert answer.issued_at == AT
    assert "未经改动" in answer.words


def test_resaved_by_another_program_is_still_unaltered(genuine: RenderedPaper, check: Check) -> None:
    again = saved(pdfium.PdfDocument(genuine.pdf))
    assert again != genuine.pdf
    assert check(again).unaltered


ALTERED: dict[str, tuple[Callable[[Paper], Paper], str, str]] = {
    "name": (lambda p: replace(p, cases=tuple(replace(c, applicant_name="李伟") for c in p.cases)), "张伟", "李伟"),
    "number": (lambda p: replace(p, number="WX0320261121N0022"), "WX0320261121N0021", "WX0320261121N0022"),
    "title": (lambda p: replace(p, title="我要开火锅店"), "理发店", "火锅店"),
    "item": (
        lambda p: replace(p, cases=(p.cases[0], replace(p.cases[1], item_name="烟草专卖零售许可"), p.cases[2])),
        "个体工商户设立登记",
        "烟草专卖零售许可",
    ),
    "serial": (
        lambda p: replace(p, cases=(replace(p.cases[0], provisional_no="WX032026112199991"), *p.cases[1:])),
        "WX032026112100214",
        "WX032026112199991",
    ),
    "case dropped": (lambda p: replace(p, cases=p.cases[:2]), "设置大型户外广告", ""),
    "material dropped": (
        lambda p: replace(p, cases=tuple(replace(c, materials=c.materials[:-1]) for c in p.cases)),
        "公共场所卫生管理制度",
        "",
    ),
    "acknowledged": (acknowledged, "待平台", ""),
    "demo mark": (lambda p: replace(p, demo=True), "", "仅供培训"),
}  # fmt: skip


@pytest.mark.parametrize("what", ALTERED)
def test_altered_text_is_named(genuine: RenderedPaper, fonts: PaperFonts, check: Check, what: str) -> None:
    alter, was, now = ALTERED[what]
    pdf = forged(fonts, alter(paper(3, 5)), genuine.qr_text, attached=record_bytes(genuine.pdf))
    answer = check(pdf)
    assert answer.ours
    assert not answer.unaltered
    said = "；".join(answer.differences)
    assert was in said
    assert now in said
    assert "被改动" in answer.words
    assert "申请人 张伟" in answer.words


def test_a_paper_of_before_with_its_record_attached_is_checked_as_well(
    genuine: RenderedPaper, fonts: PaperFonts, check: Check
) -> None:
    """Papers were handed out with the record as an attached file; people will bring them for years."""
    record = record_bytes(genuine.pdf)
    for shown, unaltered in ((paper(3, 5), True), (ALTERED["name"][0](paper(3, 5)), False)):
        unit = micro_unit(paper(3, 5).number, compose_digest(paper(3, 5), fonts))
        pages = fill_micro(compose(body_of(shown), Format.A4, fonts), unit, fonts)
        info = PdfInfo("x", "x", "x", genuine.qr_text, AT, attachment=(ATTACHMENT, record))
        answer = check(paint(pages, fonts, modules(genuine.qr_text), info))
        assert (answer.ours, answer.unaltered) == (True, unaltered)
        assert answer.differences[:1] == (() if unaltered else ("“申请人”签发时为“张伟”，现为“李伟”",))


def test_one_changed_name_is_told_as_such(genuine: RenderedPaper, fonts: PaperFonts, check: Check) -> None:
    alter = ALTERED["name"][0]
    answer = check(forged(fonts, alter(paper(3, 5)), genuine.qr_text, attached=record_bytes(genuine.pdf)))
    assert answer.differences == (
        "“申请人”签发时为“张伟”，现为“李伟”",
        "“申请人”签发时为“张伟：”，现为“李伟：”",
    )


@pytest.mark.parametrize("attached", [b"", None, b'{"pages":[]}', b"[" * 100_000])
def test_without_a_signed_record_altered_is_still_altered(
    genuine: RenderedPaper, fonts: PaperFonts, check: Check, attached: bytes | None
) -> None:
    alter = ALTERED["name"][0]
    answer = check(forged(fonts, alter(paper(3, 5)), genuine.qr_text, attached=attached))
    assert answer.ours
    assert not answer.unaltered
    assert any("签发记录" in one for one in answer.differences)
    assert "“申请人”缺少“张伟”" in answer.differences


def test_other_code_drawn_than_stated(
    genuine: RenderedPaper, renderer: PaperRenderer, fonts: PaperFonts, check: Check
) -> None:
    other = renderer.render(replace(paper(3, 5, ("李伟", ZHANG[1])), number="WX0320261121N0099"))
    record = record_bytes(genuine.pdf)
    answer = check(forged(fonts, paper(3, 5), other.qr_text, genuine.qr_text, record))
    assert answer.ours
    assert not answer.unaltered
    assert answer.number == "WX0320261121N0099"
    assert any("防伪码" in one for one in answer.differences)
    broken = check(forged(fonts, paper(3, 5), PREFIX + "NOTHING", genuine.qr_text, record))
    assert (broken.ours, broken.unaltered, broken.number) == (True, False, genuine.paper.number)


def test_code_painted_over(genuine: RenderedPaper, check: Check) -> None:
    document = pdfium.PdfDocument(genuine.pdf)
    page = document[0]
    patch = raw.FPDFPageObj_CreateNewRect(380, 600, 200, 140)
    raw.FPDFPageObj_SetFillColor(patch, 255, 255, 255, 255)
    raw.FPDFPath_SetDrawMode(patch, raw.FPDF_FILLMODE_WINDING, 0)
    raw.FPDFPage_InsertObject(page, patch)
    page.gen_content()
    answer = check(saved(document))
    assert answer.ours
    assert not answer.unaltered
    assert any("缺失或无法识读" in one for one in answer.differences)
    assert any("第 1 页的图形" in one for one in answer.differences)


def test_annotation_over_the_page(genuine: RenderedPaper, check: Check) -> None:
    document = pdfium.PdfDocument(genuine.pdf)
    note = raw.FPDFPage_CreateAnnot(document[0], raw.FPDF_ANNOT_FREETEXT)
    raw.FPDFPage_CloseAnnot(note)
    answer = check(saved(document))
    assert not answer.unaltered
    assert any("批注" in one for one in answer.differences)


def test_text_that_reads_otherwise_than_it_looks(genuine: RenderedPaper, check: Check) -> None:
    document = pdfium.PdfDocument(genuine.pdf)
    page = document[0]
    item = next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])))
    mark = raw.FPDFPageObj_AddMark(item, b"Span")
    text = (ctypes.c_char_p)(b"other")
    assert raw.FPDFPageObjMark_SetStringParam(document, item, mark, b"ActualText", text)
    page.gen_content()
    answer = check(saved(document))
    assert not answer.unaltered
    assert any("读出其他内容" in one for one in answer.differences)


def test_page_taken_out_and_page_put_in(genuine: RenderedPaper, check: Check) -> None:
    short = pdfium.PdfDocument(genuine.pdf)
    short.del_page(1)
    assert any("签发时 2 页，现为 1 页" in one for one in check(saved(short)).differences)
    longer = pdfium.PdfDocument(genuine.pdf)
    longer.new_page(595, 842)
    answer = check(saved(longer))
    assert not answer.unaltered
    assert any("现为 3 页" in one for one in answer.differences)


def test_altered_signature_is_not_ours(genuine: RenderedPaper, fonts: PaperFonts, check: Check) -> None:
    seen = set()
    for place in range(len(PREFIX), len(genuine.qr_text), 40):
        text = genuine.qr_text
        other = "A" if text[place] != "A" else "B"
        answer = check(text[:place] + other + text[place + 1 :])
        assert not answer.ours
        assert not answer.unaltered
        seen.add(answer.words)
    assert any("无法识别" in words for words in seen)
    pdf = forged(fonts, paper(3, 5), text[:-1] + ("0" if text[-1] != "0" else "1"))
    assert not check(pdf).ours


def test_changed_facts_under_the_old_signature(signer: SigningKey, stranger: SigningKey, check: Check) -> None:
    """The signature itself, beneath zlib and Base45: a key of the same identifier that is not the key."""
    impostor = SigningKey(signer.kid, stranger.private_key)
    answer = check(sign_text({"k": "N"}, impostor, PREFIX))
    assert not answer.ours
    assert "签名不符" in answer.words


def test_key_that_nobody_trusts(stranger: SigningKey, fonts: PaperFonts, check: Check) -> None:
    answer = check(PaperRenderer(stranger, "x", fonts).render(paper(1, 1)).pdf)
    assert not answer.ours
    assert "不在信任名单" in answer.words


@pytest.mark.parametrize(
    "claims", [{}, {"k": "N"}, {6: 0, "k": "Z"}, {6: 10**30, "k": "N", "h": b"0" * 16, "j": b"0" * 16}]
)
def test_signed_by_us_but_no_paper(signer: SigningKey, check: Check, claims: dict[object, object]) -> None:
    assert not check(sign_text(claims, signer, PREFIX)).ours


def test_code_alone_says_what_the_paper_must_say(genuine: RenderedPaper, check: Check) -> None:
    answer = check(f" {genuine.qr_text}\n")
    assert (answer.ours, answer.unaltered) == (True, True)
    assert answer.number == genuine.paper.number
    for said in ("张伟", "3305**********1236", "我要开理发店", "3号综合窗口", "受理事项 3 项", "材料 5 项", "逐项核对"):
        assert said in answer.words
    for one in genuine.paper.cases:
        assert one.provisional_no in answer.words
    assert ZHANG[1] not in answer.words


def test_many_cases_are_cut_and_said_to_be_more(renderer: PaperRenderer, check: Check) -> None:
    rendered = renderer.render(paper(14, 1, ("很长的名字" * 20, ZHANG[1])))
    words = check(rendered.qr_text).words
    assert "受理事项 14 项" in words
    assert "……" in words


def test_a_pdf_of_something_else(check: Check) -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(100, 700, "an invoice")
    canvas.save()
    answer = check(out.getvalue())
    assert not answer.ours
    assert "没有找到防伪码" in answer.words


def test_hostile_pdfs_are_answered(genuine: RenderedPaper, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (b"", b"%PDF-1.7", genuine.pdf[: len(genuine.pdf) // 2], genuine.pdf[:-200], b"\0" * 1000):
        assert not check(data).unaltered
    document = pdfium.PdfDocument.new()
    document.new_page(14_000, 14_000)
    assert "没有找到防伪码" in check(saved(document)).words
    monkeypatch.setattr("app.documents.verify.MAX_PDF", 100)
    assert "文件过大" in check(genuine.pdf).words


def test_more_pages_than_are_read(genuine: RenderedPaper, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reading, "MAX_PAGES", 2)
    longer = pdfium.PdfDocument(genuine.pdf)
    longer.new_page(595, 842)
    assert any("现为 3 页" in one for one in check(saved(longer)).differences)


@settings(max_examples=40, deadline=None)
@given(st.one_of(st.text(max_size=200), st.text(max_size=80).map(lambda text: PREFIX + text), st.binary(max_size=200)))
def test_anything_is_answered(check: Check, data: str | bytes) -> None:
    assert not check(data).ours


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_flipped_bytes_never_pass_as_other_text(genuine: RenderedPaper, check: Check, data: st.DataObject) -> None:
    """A damaged file may still read whole (slack bytes, metadata); then its facts are the signed ones."""
    damaged = bytearray(genuine.pdf)
    for place in data.draw(st.lists(st.integers(0, len(damaged) - 1), min_size=1, max_size=4)):
        damaged[place] ^= data.draw(st.integers(1, 255))
    answer = check(bytes(damaged))
    if answer.unaltered:
        assert answer.number == genuine.paper.number
        assert answer.differences == ()
    else:
        assert answer.words


def test_record_refuses_rubbish() -> None:
    for data in (b"", b"1", b"[]", b'{"pages": 3}', b'{"pages": [{"texts": [1], "drawings": 2}]}', b" " * 1_000_001):
        with pytest.raises(ValueError, match="record"):
            PaperRecord.from_bytes(data)


def test_code_keeps_names_while_there_is_room(renderer: PaperRenderer, signer: SigningKey, fonts: PaperFonts) -> None:
    sample = paper(1, 1)
    rendered = renderer.render(sample)
    record = PaperRecord.from_bytes(record_bytes(rendered.pdf))
    micro = compose_digest(sample, fonts)
    assert signed_code(sample, facts_of(sample), record, micro, signer) == rendered.qr_text
