from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import replace

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_samples import AT, MATERIALS, WINDOW, ZHANG, acknowledged, case, material, paper
from test_fonts_embedding import RARE, poppler_text

from app.archive.pdfa import read_record
from app.documents.code import MAX_CODE
from app.documents.fonts import PaperFonts
from app.documents.format import Format
from app.documents.layout import frame_of
from app.documents.preview import pages_as_png
from app.documents.record import PaperRecord, normalised
from app.documents.render import PaperRenderer
from app.domain.document import Paper, PaperKind
from app.domain.errors import BadInput, Defect
from app.domain.item import Catalog, Item
from app.domain.material import MaterialStatus
from app.licences.cose import SigningKey

LONG_NAME = "阿卜杜热合曼·买买提依明·" * 9 + RARE
SHAPES = [(1, 0), (1, 2), (3, 5), (6, 13), (14, 13)]
KINDS = [PaperKind.ACCEPTANCE_NOTICE, PaperKind.MATERIAL_RECEIPT]


FRAME = frame_of(Format.A4)


def opened(pdf: bytes) -> pdfium.PdfDocument:
    return pdfium.PdfDocument(pdf)


def text_of(pdf: bytes) -> str:
    return "".join(normalised(page.get_textpage().get_text_range()) for page in opened(pdf))


def test_everything_needed_is_said(renderer: PaperRenderer) -> None:
    sample = paper(3, 5)
    text = text_of(renderer.render(sample).pdf)
    wanted = [
        "受理通知书", sample.number, "张伟", "3305**********1236", "我要开理发店", "3号综合窗口", "李芳",
        "湖州市吴兴区政务服务中心", "2026年11月21日11:04", "本窗口已受理，待平台确认编号", "待平台回执", "受理专用章",
        "居民身份证（芯片读取）", "不动产权证书（电子签名有效）", "2026年12月5日前办结", "扫描首页防伪码",
        "第1页/共2页", "免交（已核验电子证照《不动产权证书》）", "容缺受理，2026年12月1日前补交",
        "告知承诺（申请人已签署《告知承诺书》）",
    ]  # fmt: skip
    for one in sample.cases:
        wanted += [one.provisional_no, one.item_name, one.department]
    assert [piece for piece in wanted if piece not in text] == []
    assert ZHANG[1] not in text
    assert "演示" not in text
    assert "补打" not in text


def test_marks_of_demo_reprint_and_acknowledged(renderer: PaperRenderer) -> None:
    sample = acknowledged(replace(paper(2, 2), demo=True, reprint=3))
    text = text_of(renderer.render(sample).pdf)
    assert "演示仅供培训" in text
    assert "补打第3次" in text
    assert "待平台" not in text
    assert all(str(one.case_no) in text for one in sample.cases)


def test_one_case_without_number_keeps_the_paper_awaiting(renderer: PaperRenderer) -> None:
    sample = acknowledged(paper(2, 1))
    partly = replace(sample, cases=(sample.cases[0], replace(sample.cases[1], case_no=None)))
    text = text_of(renderer.render(partly).pdf)
    assert "本窗口已受理，待平台确认编号" in text
    assert "均已取得" not in text


def test_receipt_of_materials_promises_no_acceptance(renderer: PaperRenderer) -> None:
    text = text_of(renderer.render(paper(2, 4, kind=PaperKind.MATERIAL_RECEIPT)).pdf)
    assert "收件材料接收凭证" in text
    assert "公共场所平面布局图" in text
    assert "现予受理" not in text


def test_each_material_once_and_optional_ones_not(renderer: PaperRenderer) -> None:
    text = text_of(renderer.render(paper(6, 13)).pdf)
    for _, name, _, status, _ in MATERIALS:
        assert text.count(normalised(name)) == (status is not MaterialStatus.OPTIONAL)


def test_catalogue_gives_the_promised_time_of_its_own_version_only(signer: SigningKey, fonts: PaperFonts) -> None:
    sample = paper(1, 0)
    code = sample.cases[0].item_code
    item = Item(code, "x", "x", "d", "s", "承诺件", 20, 5, "", "", (), ())
    for version, said in (("2026.11", True), ("2026.12", False)):
        catalog = Catalog(version, {}, {}, {}, {code: item}, {})
        text = text_of(PaperRenderer(signer, "x", fonts, catalog).render(sample).pdf)
        assert ("承诺5个工作日" in text) is said
    undue = replace(sample, cases=(replace(sample.cases[0], due=None),))
    assert "以平台核定日期为准" in text_of(PaperRenderer(signer, "x", fonts).render(undue).pdf)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("cases", "materials"), SHAPES)
@pytest.mark.parametrize("person", [ZHANG, (LONG_NAME, ZHANG[1])])
def test_pages_are_a4_and_all_text_lies_inside_the_margins(
    renderer: PaperRenderer, kind: PaperKind, cases: int, materials: int, person: tuple[str, str]
) -> None:
    sample = acknowledged(replace(paper(cases, materials, person, kind), demo=True, title="理发店" * 40))
    document = opened(renderer.render(sample).pdf)
    for page in document:
        assert page.get_size() == pytest.approx(FRAME.size, abs=0.01)
        text = page.get_textpage()
        assert text.count_chars() > 100
        for index in range(text.count_chars()):
            if text.get_text_range(index, 1).strip():
                left, bottom, right, top = text.get_charbox(index)
                assert left >= FRAME.left - 1
                assert right <= FRAME.right + 1
                assert FRAME.size[1] - FRAME.bottom - 1 <= bottom
                assert top <= FRAME.size[1] - FRAME.top + 1


def test_table_heads_are_repeated_and_rows_stay_whole(renderer: PaperRenderer) -> None:
    sample = acknowledged(paper(14, 13))
    document = opened(renderer.render(sample).pdf)
    pages = [normalised(page.get_textpage().get_text_range()) for page in document]
    assert len(pages) >= 3
    carried = 0
    for number, text in enumerate(pages):
        on_it = [one for one in sample.cases if one.provisional_no in text]
        carried += len(on_it)
        assert not on_it or "序号事项名称与受理部门" in text
        assert all(str(one.case_no) in text for one in on_it)
        assert f"第{number + 1}页/共{len(pages)}页" in text
    assert carried == 14
    assert "告知事项" in pages[-1]
    assert "受理专用章" in pages[-1]


def test_a_row_taller_than_a_page_is_broken_and_nothing_lost(renderer: PaperRenderer) -> None:
    sample = paper(1, 1)
    name = "".join(chr(0x4E00 + n) for n in range(1500))
    huge = replace(sample, cases=(replace(sample.cases[0], item_name=name),))
    document = opened(renderer.render(huge).pdf)
    assert len(document) >= 3
    found = {char for page in document for char in page.get_textpage().get_text_range()}
    assert set(name) <= found


def test_fonts_are_embedded_and_no_glyph_is_missing(renderer: PaperRenderer) -> None:
    document = opened(renderer.render(paper(3, 5, (RARE, ZHANG[1]))).pdf)
    fonts = set()
    for page in document:
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            font = item.get_font()
            assert font.is_embedded
            fonts.add(font.get_base_name().split("+")[-1])
        text = page.get_textpage()
        assert not any(
            raw.FPDFText_HasUnicodeMapError(text, index) == 1 or raw.FPDFText_GetUnicode(text, index) == 0
            for index in range(text.count_chars())
        )
    assert {"LXGWWenKai-Regular", "LXGWWenKai-Bold"} <= fonts


def test_poppler_reads_the_rare_name_in_one_piece(renderer: PaperRenderer) -> None:
    pdf = renderer.render(replace(paper(2, 3, (f"{RARE}·阿依", ZHANG[1])), demo=True)).pdf
    for options in ((), ("-layout",), ("-raw",)):
        assert f"{RARE}·阿依" in poppler_text(pdf, *options)


def test_same_paper_same_bytes(signer: SigningKey, renderer: PaperRenderer) -> None:
    sample = paper(3, 5, (RARE, ZHANG[1]))
    one, two = renderer.render(sample), PaperRenderer(signer, "湖州市吴兴区政务服务中心").render(sample)
    assert one == two
    assert one.sha256 == hashlib.sha256(one.pdf).hexdigest()
    again = renderer.render(replace(sample, reprint=1))
    assert again.sha256 != one.sha256
    assert again.job_id != one.job_id


def test_job_id_follows_number_and_reprint_alone(renderer: PaperRenderer) -> None:
    first, later = renderer.render(paper(1, 1)), renderer.render(acknowledged(paper(2, 2)))
    assert first.job_id == later.job_id
    assert first.sha256 != later.sha256


@pytest.mark.parametrize(("cases", "materials"), SHAPES)
def test_code_on_the_paper_is_readable_at_document_camera_resolution(
    renderer: PaperRenderer, cases: int, materials: int
) -> None:
    rendered = renderer.render(paper(cases, materials, (LONG_NAME, ZHANG[1])))
    assert len(rendered.qr_text) <= MAX_CODE
    picture = opened(rendered.pdf)[0].render(scale=150 / 72, grayscale=True).to_numpy()
    found = zxingcpp.read_barcodes(np.ascontiguousarray(picture.squeeze()))
    assert [code.text for code in found] == [rendered.qr_text]


def test_the_record_travels_along_and_equals_what_extracts(renderer: PaperRenderer) -> None:
    pdf = renderer.render(paper(6, 13)).pdf
    document = opened(pdf)
    assert document.count_attachments() == 0, "PDF/A-2 allows none"
    record = PaperRecord.from_bytes(read_record(pdf) or b"")
    for was, page in zip(record.pages, document, strict=True):
        assert was.plain == normalised(page.get_textpage().get_text_range())
        assert was.drawings == sum(item.type != raw.FPDF_PAGEOBJ_TEXT for item in page.get_objects())


def drawable(fonts: PaperFonts) -> st.SearchStrategy[str]:
    # A combining mark belongs to a letter; behind a Han character, where no name has one, readers order it differently.
    codes = [code for code in range(0x20, 0x30000) if not unicodedata.combining(chr(code))]
    chars = [chr(code) for code in codes if fonts.bold.index_of(chr(code)) is not None]
    usual = st.sampled_from([*"张伟·-‐–（）“”，。. 　*ﬁA1", "e\u0301", *RARE])
    pieces = st.lists(st.one_of(usual, st.sampled_from(chars)), min_size=1, max_size=40)
    return pieces.map("".join).filter(lambda text: bool(text.strip()))


@pytest.fixture(scope="module")
def texts(fonts: PaperFonts) -> st.SearchStrategy[str]:
    return drawable(fonts)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_odd_names_extract_as_drawn(
    renderer: PaperRenderer, texts: st.SearchStrategy[str], data: st.DataObject
) -> None:
    name, title = data.draw(texts), data.draw(texts)
    pdf = renderer.render(replace(paper(1, 1, (name, ZHANG[1])), title=title)).pdf
    document = opened(pdf)
    record = PaperRecord.from_bytes(read_record(pdf) or b"")
    for was, page in zip(record.pages, document, strict=True):
        assert was.plain == normalised(page.get_textpage().get_text_range())
    said = dict(record.pages[0].texts)
    assert normalised(said["申请人"]).startswith(normalised(name))


@pytest.mark.parametrize(
    ("sample", "about"),
    [
        (paper(1, 1, ("张\U0002ebf0", ZHANG[1])), "申请人"),
        (replace(paper(1, 1), title="开\U0002ebf0店"), "办理事由"),
        (replace(paper(1, 1), cases=(replace(case(0, ()), item_name="\ue000"),)), "第1项事项名称"),
        (replace(paper(1, 1), cases=(case(0, (replace(material(1), reason="\u202e凭"),)),)), "材料1收取情况"),
        (replace(paper(1, 1), clerk="李\x07"), "经办人员"),
    ],
)
def test_undrawable_text_stops_the_paper_and_says_where(renderer: PaperRenderer, sample: Paper, about: str) -> None:
    with pytest.raises(BadInput) as caught:
        renderer.render(sample)
    assert f"“{about}”" in caught.value.what
    assert ZHANG[1] not in str(caught.value)


def test_paper_about_nobody_or_two_people_is_a_defect(renderer: PaperRenderer) -> None:
    other = case(1, (), ("李四", "330502199001011244"))
    for cases in ((), (case(0, ()), other)):
        with pytest.raises(Defect):
            renderer.render(replace(paper(1, 1), cases=cases))


def test_only_deterministic_keys_sign_papers() -> None:
    with pytest.raises(ValueError, match="EdDSA"):
        PaperRenderer(SigningKey.generate(), "x")


def test_preview_gives_each_page_as_png(renderer: PaperRenderer) -> None:
    pdf = renderer.render(acknowledged(paper(6, 13))).pdf
    pictures = pages_as_png(pdf, 50)
    assert len(pictures) == len(opened(pdf)) >= 2
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)
    with pytest.raises(BadInput):
        pages_as_png(b"%PDF-1.4 nothing", 50)


def test_issued_time_stands_in_the_file_in_legal_time(renderer: PaperRenderer) -> None:
    document = opened(renderer.render(paper(1, 1)).pdf)
    assert document.get_metadata_value("CreationDate") == "D:20261121110405+08'00'"
    assert AT.hour == 3
    assert WINDOW.hall == document.get_metadata_value("Author")
