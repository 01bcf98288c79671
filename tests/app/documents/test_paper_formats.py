"""One flow for every format: what no page may look like, whatever the paper's length."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import pytest
from body_samples import FIELDS, SIGNATURE, TICKS, body, closing, listing

from app.commands import papers
from app.demo.papers import sample_paper
from app.documents.blocks import Both, Heading, PaperBody, Paragraph, Points, SignaturePlace, Signatures
from app.documents.compose import compose, fill_micro
from app.documents.content import body_of
from app.documents.fonts import PaperFonts
from app.documents.format import FORMATS, Format
from app.documents.layout import DOT, MM, Ink, Micro, Page, Pen, QrArea, Rule, Text, frame_of
from app.documents.looks import Look
from app.documents.receipt import strip_picture
from app.documents.record import MICRO_ABOUT
from app.domain.document import BILINGUAL, PaperKind
from app.domain.errors import BadInput
from app.domain.item import Catalog

SHEETS = [Format.A4, Format.A5, Format.A4.enlarged, Format.A5.enlarged]
STRIPS = [shape for shape in FORMATS if shape.strip]
FURNITURE = {"水印", "页眉", "编号", "页脚", "页码", MICRO_ABOUT}


def set_pages(fonts: PaperFonts, sample: PaperBody, shape: Format) -> list[Page]:
    return compose(sample, shape, fonts.on(shape))


def texts(page: Page) -> list[Text]:
    return [mark for mark in page.marks if isinstance(mark, Text)]


def body_texts(page: Page) -> list[Text]:
    return [text for text in texts(page) if text.about not in FURNITURE]


@pytest.mark.parametrize("shape", SHEETS, ids=lambda shape: shape.name)
@pytest.mark.parametrize("language", ["zh", "zh-en"])
def test_no_page_ends_with_a_heading_nor_holds_the_signature_alone(
    fonts: PaperFonts, shape: Format, language: str
) -> None:
    """Every length that moves the page's end through every block."""
    for rows in range(1, 15):
        sample = body(rows, language=language, more=(Heading("三、送达"), FIELDS, TICKS))
        pages = set_pages(fonts, sample, shape)
        for page in pages:
            said = body_texts(page)
            lowest = max(said, key=lambda text: text.y)
            assert lowest.about not in ("标题", "表头", "表头（英文）"), (rows, lowest.text)
            if any(text.about == "签收栏" for text in said):
                others = [text for text in said if text.about not in ("签收栏", "盖章处", "日期", "受理大厅")]
                assert others, f"{rows} rows: the signature stands alone"
        signed = [number for number, page in enumerate(pages) for text in texts(page) if text.about == "签收栏"]
        sealed = [number for number, page in enumerate(pages) for text in texts(page) if text.about == "盖章处"]
        assert set(signed) == set(sealed) == {len(pages) - 1}


@pytest.mark.parametrize("shape", SHEETS, ids=lambda shape: shape.name)
def test_table_heads_are_repeated_on_every_page_of_rows(fonts: PaperFonts, shape: Format) -> None:
    pages = set_pages(fonts, body(30), shape)
    carrying = [page for page in pages if any(text.about.endswith("受理流水号") for text in texts(page))]
    assert len(carrying) >= 2
    for page in carrying:
        heads = [text.y for text in texts(page) if text.text == "受理流水号" and text.about == "表头"]
        rows = [text.y for text in texts(page) if text.about.endswith("受理流水号")]
        assert len(heads) == 1
        assert heads[0] < min(rows)
    marks = [text for page in pages for text in texts(page)]
    numbers = [text.text for text in marks if text.about.startswith("第") and text.about.endswith("序号")]
    assert numbers == [str(n) for n in range(1, 31)]


@pytest.mark.parametrize("shape", FORMATS, ids=lambda shape: shape.name)
@pytest.mark.parametrize("language", ["zh", "zh-en"])
def test_everything_stands_inside_the_margins(fonts: PaperFonts, shape: Format, language: str) -> None:
    sample = body(6, "阿卜杜热合曼·" * 8, language, demo=True, signed=True, more=(FIELDS, TICKS))
    chains, frame = fonts.on(shape), frame_of(shape)
    pages = fill_micro(set_pages(fonts, sample, shape), "WX0320261121N0021.01234567 ", chains)
    for page in pages:
        wide, high = page.size
        for mark in page.marks:
            match mark:
                case Text(angle=0):
                    chain = chains.chain(mark.style.bold)
                    right = mark.x + chain.width(mark.text, mark.style.size)
                    right += mark.style.spacing * (len(mark.text) - 1)
                    assert mark.x >= frame.left - 0.5, mark
                    assert right <= frame.right + 0.5, mark
                    assert 0 < mark.y < high, mark
                case Rule():
                    assert mark.x1 >= frame.left - 0.5
                    assert mark.x2 <= frame.right + 0.5, mark
                case QrArea():
                    assert mark.x >= 0
                    assert mark.x + mark.size <= wide + 0.01
                    assert mark.y + mark.size <= high


@pytest.mark.parametrize("shape", SHEETS, ids=lambda shape: shape.name)
def test_nothing_of_the_body_overlaps(fonts: PaperFonts, shape: Format) -> None:
    """Two texts on one line of the paper never run into each other."""
    sample = body(4, language="zh-en", more=(FIELDS, TICKS))
    for page in set_pages(fonts, sample, shape):
        placed = [text for text in texts(page) if not text.angle]
        for index, one in enumerate(placed):
            end = one.x + fonts.chain(one.style.bold).width(one.text, one.style.size)
            for other in placed[index + 1 :]:
                if abs(one.y - other.y) < 1.0 and other.x >= one.x:
                    assert end <= other.x + 0.5, (one.text, other.text)


def test_two_languages_stand_beside_each_other_on_sheets(fonts: PaperFonts) -> None:
    pages = set_pages(fonts, body(1, language="zh-en"), Format.A4)
    zh = [text for page in pages for text in texts(page) if text.about == "正文"]
    en = [text for page in pages for text in texts(page) if text.about == "正文（英文）"]
    assert zh[0].y == pytest.approx(en[0].y)
    assert max(text.x for text in zh) < min(text.x for text in en)
    plain = set_pages(fonts, body(1), Format.A4)
    assert not any(text.about.endswith("（英文）") for page in plain for text in texts(page))


def test_two_languages_stand_below_each_other_on_strips(fonts: PaperFonts) -> None:
    page = set_pages(fonts, body(1, language="zh-en"), Format.STRIP_80)[0]
    zh = [text.y for text in texts(page) if text.about == "正文"]
    en = [text.y for text in texts(page) if text.about == "正文（英文）"]
    assert max(zh) < min(en)


def test_large_type_is_large(fonts: PaperFonts) -> None:
    """16 points (三号) on A4, as official documents have it; no format's body below 7 points."""

    def size(shape: Format) -> float:
        pages = set_pages(fonts, body(1), shape)
        return next(text.style.size for page in pages for text in texts(page) if text.about == "正文")

    assert size(Format.A4.enlarged) == pytest.approx(16, abs=0.1)
    for shape in FORMATS:
        assert size(shape) >= 7
        assert size(shape.enlarged) >= 1.3 * size(shape) or shape.large


@pytest.mark.parametrize("shape", STRIPS, ids=lambda shape: shape.name)
def test_strips_are_one_page_of_whole_dots_with_the_code_on_the_grid(fonts: PaperFonts, shape: Format) -> None:
    (page,) = set_pages(fonts, body(5), shape)
    assert page.size[0] / DOT == pytest.approx(shape.dots, abs=0.01)
    assert page.size[1] / DOT == pytest.approx(round(page.size[1] / DOT), abs=0.01)
    (area,) = [mark for mark in page.marks if isinstance(mark, QrArea)]
    assert area.size / DOT >= 4 * (85 + 8), "room for the largest code at four dots a module"


def test_blocks_of_another_format_are_left_out(fonts: PaperFonts) -> None:
    sample = replace(
        body(1), blocks=(Paragraph("只在纸上", "甲", on="page"), Paragraph("只在条上", "乙", on="strip"), *closing())
    )
    on_sheet = {text.text for page in set_pages(fonts, sample, Format.A5) for text in texts(page)}
    on_strip = {text.text for page in set_pages(fonts, sample, Format.STRIP_58) for text in texts(page)}
    assert "只在纸上" in on_sheet - on_strip
    assert "只在条上" in on_strip - on_sheet


def test_long_notes_and_many_signatures_stay_together(fonts: PaperFonts) -> None:
    places = tuple(SignaturePlace(f"第{n}人：", SIGNATURE if n == 1 else None, "日期：") for n in range(1, 6))
    notes = Points(tuple(f"第{n}条" + "内容" * 40 for n in range(25)), "告知事项")
    pages = set_pages(fonts, replace(body(1), blocks=(notes, Signatures(places))), Format.A5)
    assert len(pages) >= 2
    last = body_texts(pages[-1])
    assert sum(text.about == "签收栏" for text in last) == 10
    assert any(text.about.startswith("告知事项") for text in last)
    assert sum(isinstance(mark, Ink) for page in pages for mark in page.marks) == 1


def test_ticks_are_text_so_that_moving_one_is_found_out(fonts: PaperFonts) -> None:
    pages = set_pages(fonts, body(1, more=(TICKS,)), Format.A4)
    ticks = [(text.about, text.text) for page in pages for text in texts(page) if text.about.endswith("勾选")]
    assert ticks == [("承诺1勾选", "☑"), ("承诺2勾选", "☐")]


def test_serial_numbers_are_never_broken(fonts: PaperFonts) -> None:
    for shape in (Format.A4, Format.A5):
        pages = set_pages(fonts, body(3), shape)
        numbers = [text.text for page in pages for text in texts(page) if text.text.startswith("WX0320261121000")]
        assert numbers == [f"WX0320261121{n:05d}" for n in range(1, 4)], shape.name
    cell = listing(1)
    wide = replace(cell, rows=(("1", "名", "W" * 200, "x"),))
    assert set_pages(fonts, replace(body(1), blocks=(wide,)), Format.A5), "what fits nowhere is broken after all"


def test_watermark_and_micro_text_are_on_every_page_and_keep_clear_of_the_code(fonts: PaperFonts) -> None:
    for shape in FORMATS:
        pages = set_pages(fonts, body(12), shape)
        assert any(isinstance(mark, QrArea) for mark in pages[0].marks)
        for page in pages:
            assert any(isinstance(mark, Micro) for mark in page.marks), shape.name
            assert any(text.about == "水印" for text in texts(page)), shape.name
        for page in fill_micro(pages, "NO.01234567 ", fonts.on(shape)):
            lines = [text for text in texts(page) if text.about == MICRO_ABOUT]
            assert lines
            assert all(text.style.size * 25.4 / 72 <= 0.4 for text in lines)
            assert all(len(text.text) >= len("NO.01234567 ") * 3 for text in lines)


def test_names_of_formats_are_stable() -> None:
    names = ["A4", "A4-large", "A5", "A5-large", "strip-80", "strip-80-large", "strip-58", "strip-58-large"]
    assert [shape.name for shape in FORMATS] == names
    assert all(Format.named(shape.name) == shape for shape in FORMATS)
    with pytest.raises(KeyError):
        Format.named("A3")


def test_english_without_chinese_columns_is_not_invented(fonts: PaperFonts) -> None:
    sample = replace(body(1, language="zh-en"), blocks=(Paragraph(Both("只有中文"), "甲"), *closing()))
    said = [text for page in set_pages(fonts, sample, Format.A4) for text in texts(page) if text.about.startswith("甲")]
    assert [text.text for text in said] == ["只有中文"]


def test_the_command_makes_a_sample_in_any_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "a.pdf"
    wish = argparse.Namespace(
        kind="送达回证", sample=True, case=None, set=[], language="zh", profile=None, out=str(out), format="strip-58"
    )
    assert papers.make(wish) == 0
    assert json.loads(capsys.readouterr().out)["bytes"] == out.stat().st_size
    assert strip_picture(out.read_bytes(), 384).shape[1] == 384
    with pytest.raises(BadInput, match="没有这种纸张"):
        papers.make(argparse.Namespace(**{**vars(wish), "format": "A3"}))


def test_lines_stand_closer_where_that_saves_a_sheet(catalog: Catalog, fonts: PaperFonts) -> None:
    short = body_of(sample_paper(PaperKind.CORRECTION_NOTICE, catalog), catalog)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Look, "tightened", property(lambda look: look))
        assert len(compose(short, Format.A4, fonts)) == 2
    assert len(compose(short, Format.A4, fonts)) == 1
    # Where no sheet is saved the lines keep their room.
    long = body_of(sample_paper(PaperKind.ACCEPTANCE_NOTICE, catalog), catalog)
    wide = compose(long, Format.A4, fonts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Look, "tightened", property(lambda look: look))
        assert compose(long, Format.A4, fonts) == wide


@pytest.mark.parametrize("kind", sorted(BILINGUAL), ids=lambda kind: kind.name)
@pytest.mark.parametrize("shape", [Format.A4, Format.A5], ids=lambda shape: shape.name)
def test_in_two_languages_there_is_room_to_sign_and_heads_do_not_meet(
    catalog: Catalog, fonts: PaperFonts, kind: PaperKind, shape: Format
) -> None:
    body = body_of(sample_paper(kind, catalog, "zh-en"), catalog)
    chains = fonts.on(shape)
    pages = compose(body, shape, chains)
    wanted = sum(len(block.places) for block in body.blocks if isinstance(block, Signatures))
    captions = [mark for page in pages for mark in page.marks if isinstance(mark, Text) and mark.about == "签收栏"]
    lines = [
        mark for page in pages for mark in page.marks
        if isinstance(mark, Rule) and mark.y1 == mark.y2 and 20 * MM <= mark.x2 - mark.x1 <= 46 * MM + 0.01
    ]  # fmt: skip
    assert captions
    assert len(lines) >= wanted
    for page in pages[1:]:
        head = {mark.about: mark for mark in page.marks if isinstance(mark, Text) and mark.about in ("页眉", "编号")}
        left = head["页眉"]
        assert left.x + Pen(chains).measure(left.style)(left.text) < head["编号"].x
