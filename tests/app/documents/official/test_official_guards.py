"""Blanks that cannot be filled rightly are refused with a reason."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from official_kit import pdf_with, text_field, written
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from app.demo.blank_sheet import PlacedField
from app.documents.official import blank as blank_module
from app.documents.official.blank import FieldKind, load_blank, read_blank
from app.domain.errors import BadInput


def changed(data: bytes) -> PdfWriter:
    return PdfWriter(clone_from=PdfReader(io.BytesIO(data)))


SOUND = pdf_with([text_field("a", (20, 20, 60, 8))])


def test_a_sound_blank_tells_its_fields() -> None:
    fields = [
        text_field("t", (20, 20, 60, 8), flags=2 | 1 << 12),
        text_field("c", (20, 40, 60, 8), cells=18, flags=1 << 24),
        PlacedField("b", "tick", 0, (20, 60, 4, 4)),
        PlacedField("r", "radio", 0, (20, 80, 4, 4), state="x"),
        PlacedField("r", "radio", 0, (30, 80, 4, 4), state="y"),
        PlacedField("l", "combo", 0, (20, 100, 40, 8), options=(("1", "甲"),)),
        PlacedField("s", "sign", 0, (20, 120, 40, 8)),
    ]
    known = {field.name: field for field in read_blank(pdf_with(fields), "x.pdf").fields}
    assert {name: field.kind for name, field in known.items()} == {
        "t": FieldKind.TEXT, "c": FieldKind.TEXT, "b": FieldKind.TICK, "r": FieldKind.RADIO, "l": FieldKind.CHOICE,
        "s": FieldKind.SIGNATURE,
    }  # fmt: skip
    assert known["t"].required
    assert known["t"].lines
    assert known["c"].cells == 18
    assert [widget.on for widget in known["r"].widgets] == ["x", "y"]
    assert known["l"].options == (("1", "甲"),)


def test_an_encrypted_blank_is_refused() -> None:
    writer = changed(SOUND)
    writer.encrypt("", owner_password="owner", algorithm="RC4-128")
    with pytest.raises(BadInput, match="加密"):
        read_blank(written(writer), "x.pdf")


@pytest.mark.parametrize("whole", [True, False])
def test_a_form_that_is_xfa_alone_is_refused(whole: bool) -> None:
    writer = changed(SOUND)
    acro = writer._root_object["/AcroForm"].get_object()
    acro[NameObject("/XFA")] = TextStringObject("<xdp/>")
    if whole:
        acro[NameObject("/Fields")] = ArrayObject()
    else:
        writer._root_object[NameObject("/NeedsRendering")] = BooleanObject(True)
    with pytest.raises(BadInput, match="XFA"):
        read_blank(written(writer), "x.pdf")


def test_a_signed_blank_is_refused() -> None:
    writer = changed(pdf_with([PlacedField("s", "sign", 0, (20, 20, 40, 8))]))
    acro = writer._root_object["/AcroForm"].get_object()
    acro[NameObject("/SigFlags")] = NumberObject(3)
    field = acro["/Fields"][0].get_object()
    field[NameObject("/V")] = DictionaryObject({NameObject("/Type"): NameObject("/Sig")})
    with pytest.raises(BadInput, match="已经签名"):
        read_blank(written(writer), "x.pdf")


def test_fields_on_a_turned_page_are_refused() -> None:
    writer = changed(SOUND)
    writer.pages[0].rotate(90)
    with pytest.raises(BadInput, match="转过"):
        read_blank(written(writer), "x.pdf")


def test_pages_beyond_all_measure_are_refused() -> None:
    writer = changed(SOUND)
    writer.pages[0].cropbox.upper_right = (90_000, 90_000)
    writer.pages[0].mediabox.upper_right = (90_000, 90_000)
    with pytest.raises(BadInput, match="页面大小"):
        read_blank(written(writer), "x.pdf")


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(BadInput, match="页数"):
        read_blank(pdf_with([], pages=blank_module.MAX_PAGES + 1), "x.pdf")


def test_too_many_fields_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blank_module, "MAX_FIELDS", 2)
    fields = [text_field(f"f{n}", (20, 20 + n, 60, 8)) for n in range(3)]
    with pytest.raises(BadInput, match="栏目太多"):
        read_blank(pdf_with(fields), "x.pdf")


def test_fields_within_themselves_are_refused() -> None:
    writer = changed(SOUND)
    acro = writer._root_object["/AcroForm"].get_object()
    field = acro["/Fields"][0]
    field.get_object()[NameObject("/Kids")] = ArrayObject([field])
    with pytest.raises(BadInput, match="读不出来"):
        read_blank(written(writer), "x.pdf")


def test_a_script_is_noticed() -> None:
    writer = changed(SOUND)
    assert not read_blank(SOUND, "x.pdf").scripts
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    assert read_blank(written(writer), "x.pdf").scripts


def test_pictures_become_a_page_of_the_paper_s_size() -> None:
    out = io.BytesIO()
    Image.new("L", (400, 300), 255).save(out, "PNG")
    made = read_blank(out.getvalue(), "x.png", (148, 105))
    assert [(round(p.width), round(p.height)) for p in made.pages] == [(420, 298)]
    assert made.fields == ()


def test_a_picture_beyond_all_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blank_module, "MAX_PIXELS", 100)
    out = io.BytesIO()
    Image.new("L", (40, 30), 255).save(out, "PNG")
    with pytest.raises(BadInput, match="图片太大"):
        read_blank(out.getvalue(), "x.png")


def test_a_file_that_is_not_there_or_too_large_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput, match="找不到"):
        load_blank(tmp_path / "no.pdf", (210, 297))
    (tmp_path / "x.pdf").write_bytes(SOUND)
    monkeypatch.setattr(blank_module, "MAX_BYTES", 10)
    with pytest.raises(BadInput, match="太大"):
        load_blank(tmp_path / "x.pdf", (210, 297))


@given(st.integers(0, len(SOUND) - 1), st.binary(min_size=1, max_size=40))
def test_a_damaged_blank_never_ends_in_another_error(place: int, junk: bytes) -> None:
    damaged = SOUND[:place] + junk + SOUND[place + len(junk) :]
    with contextlib.suppress(BadInput):
        read_blank(damaged, "x.pdf")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"GIF89a", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_form_at_all_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        read_blank(data, "x.pdf")


def test_a_page_without_room_is_refused() -> None:
    writer = changed(SOUND)
    writer.pages[0][NameObject("/MediaBox")] = ArrayObject(
        [FloatObject(0), FloatObject(0), FloatObject(9), FloatObject(9)]
    )
    with pytest.raises(BadInput, match="页面大小"):
        read_blank(written(writer), "x.pdf")
