"""Rare characters: 500 made-up names drawn and read back, pictures where no font helps, coverage of GB 18030-2022."""

from __future__ import annotations

import argparse
import io
import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from body_samples import body
from paper_samples import ZHANG, paper
from PIL import Image, ImageDraw
from test_fonts_embedding import poppler_text

from app.commands.desk import document_coverage
from app.documents.blocks import Column, Listing
from app.documents.compose import compose, fill_micro
from app.documents.coverage import LEVELS, characters, coverage
from app.documents.fonts import PICTURED, FontChain, PaperFonts, load_fonts
from app.documents.format import Format
from app.documents.glyphs import SIDE, GlyphPictures, cleaned, read_picture
from app.documents.missing import MissingGlyph
from app.documents.other_fonts import candidates
from app.documents.paint import PdfInfo, paint
from app.documents.render import PaperRenderer
from app.documents.verify import verify_paper
from app.domain.clock import parse_iso
from app.domain.errors import BadInput
from app.licences.cose import SigningKey

NOWHERE = "\U00032ffd"
"""Not given to any character yet, so in no font, but in the plane of ideographs."""
FLOORS = {1: 21_471, 2: 21_664, 3: 22_369}
"""What the chain drew without HanaMin when this was written; fewer means that a font was lost."""


def drawn(char_ink: int = 0) -> bytes:
    """A picture of something like a character: dark on light."""
    picture = Image.new("L", (300, 260), 240)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((60, 40, 240, 60), fill=char_ink)
    pen.rectangle((140, 40, 160, 220), fill=char_ink)
    pen.line((60, 220, 240, 120), fill=char_ink, width=14)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def pictured(tmp_path: Path) -> PaperFonts:
    pictures = GlyphPictures(tmp_path / "glyphs")
    pictures.add(NOWHERE, drawn())
    return load_fonts(pictures=pictures)


@pytest.mark.parametrize("shape", [Format.A4, Format.STRIP_58], ids=lambda shape: shape.name)
def test_five_hundred_rare_names_read_back_as_put_in(pictured: PaperFonts, shape: Format) -> None:
    fonts = pictured.on(shape)
    chain = fonts.regular
    beyond = [char for char in characters(3) if ord(char) > 0x9FFF and chain.index_of(char) not in (None, PICTURED)]
    rare = [char for char in characters(1) if ord(char) < 0x4E00 and chain.index_of(char) is not None]
    rng = random.Random(18030)
    names = [
        rng.choice("王李张刘陈") + rng.choice(beyond) + rng.choice([*rng.sample(rare, 3), NOWHERE]) + rng.choice(beyond)
        for _ in range(500)
    ]
    columns = (Column("序号", 10, "c", "序号", index=True), Column("姓名", 90, "l", "姓名", lead=True))
    listing = Listing(columns, tuple((f"#{n}", name) for n, name in enumerate(names)))
    sample = replace(body(1), blocks=(listing,), watermark="")
    pages = fill_micro(compose(sample, shape, fonts), "X.00000000 ", fonts)
    pdf = paint(pages, fonts, ((True,),), PdfInfo("x", "x", "x", "", parse_iso("2026-11-21T00:00:00Z")))
    by_pdfium = "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf))
    for text in (by_pdfium, poppler_text(pdf)):
        plain = "".join(text.split())
        found = [
            plain.partition(f"#{n}" if shape is Format.A4 else f"#{n}.")[2][: len(name)] for n, name in enumerate(names)
        ]
        assert found == names


def test_a_pictured_character_prints_reads_and_verifies(tmp_path: Path, signer: SigningKey) -> None:
    renderer = PaperRenderer(signer, "大厅", glyphs=tmp_path / "glyphs")
    sample = paper(1, 1, (f"张{NOWHERE}", ZHANG[1]))
    with pytest.raises(MissingGlyph) as caught:
        renderer.render(sample)
    assert (caught.value.char, caught.value.about, caught.value.can_be_drawn) == (NOWHERE, "申请人", True)
    renderer.add_picture(NOWHERE, drawn())
    for shape in (Format.A4, Format.STRIP_80):
        made = renderer.render(sample, shape)
        assert f"张{NOWHERE}" in poppler_text(made.pdf).replace("\n", "")
        answer = verify_paper(made.pdf, lambda _: [signer])
        assert answer.unaltered, answer.words
        assert f"张{NOWHERE}" in answer.words
    again = PaperRenderer(signer, "大厅", glyphs=tmp_path / "glyphs").render(sample)
    assert again.sha256 == renderer.render(sample).sha256, "kept for the next start, and the same bytes"
    picture = renderer.receipt(sample, 576)[:, :, 0]
    plain = renderer.receipt(paper(1, 1, ("张一", ZHANG[1])), 576)[:, :, 0]
    assert not np.array_equal(picture[:260], plain[:260])


def test_the_picture_on_the_page_is_the_one_given(pictured: PaperFonts) -> None:
    """Not a box, not nothing: the shape itself, as large as its neighbours."""
    out = io.BytesIO()
    info = PdfInfo("x", "x", "x", "", parse_iso("2026-11-21T00:00:00Z"))
    sample = replace(body(1, NOWHERE * 8), blocks=(), watermark="")
    pages = fill_micro(compose(sample, Format.A4, pictured), "X.00000000 ", pictured)
    out.write(paint(pages, pictured, ((True,),), info))
    page = pdfium.PdfDocument(out.getvalue())[0]
    text = page.get_textpage()
    whole = text.get_text_range()
    left, bottom, right, top = text.get_charbox(whole.index(NOWHERE))
    scale = 12
    grey = np.array(page.render(scale=scale, grayscale=True).to_numpy()).squeeze()
    high = page.get_height()
    box = grey[int((high - top) * scale) : int((high - bottom) * scale), int(left * scale) : int(right * scale)] < 128
    rows, columns = np.flatnonzero(box.any(axis=1)), np.flatnonzero(box.any(axis=0))
    shape = box[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    wanted = cleaned(read_picture(drawn()))
    rows, columns = np.flatnonzero(wanted.any(axis=1)), np.flatnonzero(wanted.any(axis=0))
    wanted = wanted[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    sized = np.asarray(Image.fromarray(wanted).resize((shape.shape[1], shape.shape[0])))
    assert (sized == shape).mean() > 0.9


@pytest.mark.parametrize("char", ["\u202e", "\ue000", "\x07"])
def test_what_shows_nothing_gets_no_picture(fonts: PaperFonts, char: str) -> None:
    with pytest.raises(MissingGlyph) as caught:
        fonts.regular.require(f"张{char}", "申请人")
    assert not caught.value.can_be_drawn


def test_pictures_without_a_shape_are_refused(tmp_path: Path) -> None:
    pictures = GlyphPictures(tmp_path)
    blank = io.BytesIO()
    Image.new("L", (200, 200), 250).save(blank, "PNG")
    speck = io.BytesIO()
    tiny = Image.new("L", (400, 400), 250)
    tiny.paste(0, (200, 200, 209, 209))
    tiny.save(speck, "PNG")
    for data in (b"", b"GIF", blank.getvalue(), speck.getvalue(), drawn(230)):
        with pytest.raises(BadInput):
            pictures.add(NOWHERE, data)
    assert pictures.get(NOWHERE) is None
    with pytest.raises(BadInput):
        pictures.add("两字", drawn())
    with pytest.raises(BadInput):
        GlyphPictures().add(NOWHERE, drawn())
    (tmp_path / f"U+{ord(NOWHERE):04X}.png").write_bytes(b"damaged")
    assert GlyphPictures(tmp_path).get(NOWHERE) is None


def test_a_kept_shape_is_a_square_of_known_size(tmp_path: Path) -> None:
    pictures = GlyphPictures(tmp_path)
    pictures.add(NOWHERE, drawn())
    with Image.open(tmp_path / f"U+{ord(NOWHERE):04X}.png") as kept:
        assert kept.size == (SIDE, SIDE)


def test_other_fonts_offer_their_shapes(fonts: PaperFonts) -> None:
    """Noto CJK has CFF outlines, which papers cannot embed; as a picture they can."""
    found = candidates("㐂", [Path("/usr/share/fonts/opentype"), Path("/usr/share/fonts/truetype")])
    if not found:
        pytest.skip("no other Chinese font on this machine")
    for one in found:
        assert one.font
        assert cleaned(read_picture(one.picture)).any()
    assert candidates("\U0002ffff", [Path("/usr/share/fonts/opentype/noto")]) == ()


@pytest.mark.parametrize("level", LEVELS)
def test_coverage_of_gb18030(fonts: PaperFonts, level: int) -> None:
    """The build's check. With HanaMin installed every level is whole; without it no font may be lost."""
    whole = any(file.path.name == "HanaMinB.ttf" for file in fonts.regular.files)
    for chain in (fonts.regular, fonts.bold, fonts.receipt) if level == 2 else (fonts.regular,):
        report = coverage(chain, level)
        assert report.covered >= (report.total if whole else FLOORS[level]), (level, report.covered)
        assert report.covered == sum(count for _, count in report.files)


def test_levels_are_those_of_the_standard() -> None:
    assert len(characters(3)) == 87_887
    assert set(characters(1)) < set(characters(2)) < set(characters(3))
    assert "𬭚" in characters(2)
    assert "𬭚" not in characters(1)
    with pytest.raises(ValueError, match="4"):
        characters(4)


def test_a_chain_without_the_fallbacks_covers_less(fonts: PaperFonts) -> None:
    alone = coverage(FontChain([file for file in fonts.regular.files if "wqy" in file.path.name]), 2)
    assert alone.percent < 80
    assert "𬭚" in alone.missing


def test_the_command_says_what_is_covered_and_fails_a_build_that_lacks(
    capsys: pytest.CaptureFixture[str], fonts: PaperFonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.documents.coverage.LEVELS", (2,))  # the others take seconds
    whole = any(file.path.name == "HanaMinB.ttf" for file in fonts.regular.files)
    code = document_coverage(argparse.Namespace(missing=2, at_least=2))
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert code == (0 if whole else 1)
    assert [(line["fonts"], line["level"]) for line in said if "fonts" in line] == [
        (name, 2) for name in ("regular", "bold", "receipt")
    ]
    (missing,) = [line["missing"] for line in said if "missing" in line]
    assert len(missing) == coverage(fonts.regular, 2).total - coverage(fonts.regular, 2).covered
    assert document_coverage(argparse.Namespace(missing=None, at_least=3)) == 0, "nothing was asked of level 2"
