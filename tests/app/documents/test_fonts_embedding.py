from __future__ import annotations

import io
import lzma
import subprocess
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from reportlab.pdfgen.canvas import Canvas

from app.documents.fonts import FontChain, FontFile, PaperFonts, find_fonts, load_fonts, to_unicode_cmap
from app.domain.errors import BadInput, EnvironmentProblem

RARE = "㛃𠮷䶮𬭚"


def drawn(chain: FontChain, text: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    words = canvas.beginText(50, 700)
    for font, piece in chain.runs(text):
        words.setFont(font, 14)
        words.textOut(piece)
    canvas.drawText(words)
    canvas.save()
    return out.getvalue()


def poppler_text(pdf: bytes, *options: str) -> str:
    return subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("bold", [False, True])
def test_rare_characters_extract_as_drawn(fonts: PaperFonts, bold: bool) -> None:
    text = f"A{RARE}一〇Z"
    pdf = drawn(fonts.chain(bold), text)
    assert pdfium.PdfDocument(pdf)[0].get_textpage().get_text_range() == text
    assert poppler_text(pdf).strip() == text


def test_many_characters_cross_subset_borders(fonts: PaperFonts) -> None:
    text = "".join(chr(0x4E00 + n) for n in range(600)) + RARE
    pdf = drawn(fonts.regular, text)
    assert "".join(pdfium.PdfDocument(pdf)[0].get_textpage().get_text_range().split()) == text


def test_cmap_writes_surrogate_pairs_in_blocks_of_a_hundred() -> None:
    cmap = to_unicode_cmap("X", [0, 0x20BB7, *range(0x4E00, 0x4E00 + 148)])
    assert "<01> <D842DFB7>" in cmap
    assert "100 beginbfchar" in cmap
    assert "50 beginbfchar" in cmap


def test_fallback_font_takes_what_the_first_lacks(fonts: PaperFonts) -> None:
    hei = next(file for file in fonts.regular.files if file.path.name == "wqy-microhei.ttc")
    chain = FontChain([hei, *(file for file in fonts.regular.files if file is not hei)])
    assert [chain.index_of("张"), chain.index_of("𠮷")] == [0, 1]
    assert [piece for _, piece in chain.runs("张𠮷㛃野")] == ["张", "𠮷㛃", "野"]


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("张\U0002ebf0", "第 2 个", "U+2EBF0"),
        ("\u202e张", "第 1 个", "U+202E"),
        ("张\ue863", "第 2 个", "U+E863"),
        ("张\x00", "第 2 个", "U+0000"),
        ("张伟\u200b", "第 3 个", "U+200B"),
        ("葛\U000e0100", "第 2 个", "U+E0100"),
    ],
)
def test_undrawable_character_is_named_with_its_place(fonts: PaperFonts, text: str, place: str, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        fonts.regular.require(text, "申请人")
    assert "“申请人”" in caught.value.what
    assert place in caught.value.what
    assert code in caught.value.what


def test_no_font_at_all_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        load_fonts([tmp_path])
    assert "fonts-lxgw-wenkai" in caught.value.todo


def test_damaged_font_is_an_environment_problem(tmp_path: Path) -> None:
    broken = tmp_path / "LXGWWenKai-Regular.ttf"
    broken.write_bytes(b"\x00\x01\x00\x00" + bytes(40))
    with pytest.raises(EnvironmentProblem) as caught:
        FontChain([FontFile(broken)])
    assert broken.name in caught.value.what


def test_first_folder_wins(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "One.ttf").touch()
    (tmp_path / "b" / "Two.ttc").touch()
    found = find_fonts([{"file": "Two.ttc", "index": 3}, {"file": "one.TTF"}], [tmp_path / "a", tmp_path / "b"])
    assert found == (FontFile(tmp_path / "b" / "Two.ttc", 3), FontFile(tmp_path / "a" / "One.ttf"))


def test_a_compressed_font_is_found_and_draws(fonts: PaperFonts, tmp_path: Path) -> None:
    """As packaged builds keep those that few names need."""
    hei = next(file for file in fonts.receipt.files if file.path.name == "wqy-microhei.ttc")
    (tmp_path / "wqy-microhei.ttc.xz").write_bytes(lzma.compress(hei.path.read_bytes(), preset=0))
    found = find_fonts([{"file": "WQY-microhei.ttc"}], [tmp_path, hei.path.parent])
    assert found == (FontFile(tmp_path / "wqy-microhei.ttc.xz"),)
    assert poppler_text(drawn(FontChain(found), "张伟")).strip() == "张伟"
    (tmp_path / "half.ttc.xz").write_bytes(b"\xfd7zXZ\x00 cut off")
    with pytest.raises(EnvironmentProblem) as caught:
        FontChain([FontFile(tmp_path / "half.ttc.xz")])
    assert "half.ttc.xz" in caught.value.what
