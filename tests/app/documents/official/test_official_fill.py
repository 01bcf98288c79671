"""Every box of every form shows what was put in, and nothing is ever cut."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_parts import shipped
from official_kit import (
    FOOD,
    HAIR,
    MAIN,
    NAME,
    NUMBER,
    darkness,
    filling,
    form_file,
    pdf_with,
    put_away,
    shipped_forms,
    text_at,
    text_field,
    values_for,
    written,
)
from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, NameObject, TextStringObject

from app.demo.blank_sheet import PlacedField
from app.documents.fonts import PaperFonts
from app.documents.official.blank import load_blank
from app.documents.official.fill import OfficialFiller
from app.documents.official.mapping import Kind
from app.documents.official.settle import Settler
from app.domain.errors import BadInput
from app.domain.official import FilledForm, Shift, Trouble
from app.domain.table import write_table

FORMS = [("individual-registration", f"{MAIN}03"), ("food-licence", f"{FOOD}01"), ("hygiene-permit", HAIR)]


@pytest.fixture(scope="module", autouse=True)
def _put_away() -> Iterator[None]:
    yield
    put_away()


@pytest.fixture(scope="session")
def filler(fonts: PaperFonts) -> OfficialFiller:
    return OfficialFiller(fonts)


def box(form: FilledForm, name: str):  # type: ignore[no-untyped-def]
    return next(found for found in form.boxes if found.name == name)


@pytest.mark.parametrize(("name", "item"), FORMS)
def test_the_text_at_each_box_is_the_value_put_in(filler: OfficialFiller, name: str, item: str) -> None:
    form = shipped_forms().form(name)
    values = values_for(form, shipped()[0])
    done = filler.fill(form, filling(values, item), flatten=True)
    assert not done.by_hand
    empty = filler.fill(form, filling({}, item), flatten=True)
    said = 0
    for found, before in zip(done.boxes, empty.boxes, strict=True):
        if found.text == "✓":
            assert darkness(done.pdf, found) > darkness(empty.pdf, before) + 0.05 or before.text == "✓", found
        else:
            assert text_at(done.pdf, found) == "".join(found.text.split()), found
            said += bool(found.text)
    assert said > 10
    assert any(NAME in found.text for found in done.boxes)


@pytest.mark.parametrize(("name", "item"), FORMS[:2])
def test_fields_hold_the_values_and_appearances_of_our_own(filler: OfficialFiller, name: str, item: str) -> None:
    form = shipped_forms().form(name)
    done = filler.fill(form, filling(values_for(form, shipped()[0]), item))
    reader = PdfReader(io.BytesIO(done.pdf))
    acro = reader.trailer["/Root"]["/AcroForm"]
    assert not bool(acro["/NeedAppearances"].value)
    fields = reader.get_fields()
    assert fields is not None
    for found in done.boxes:
        held = fields[found.name].get("/V")
        if found.text and found.text != "✓" and fields[found.name]["/FT"] == "/Tx":
            assert held == found.text
    # The letters come with the file: a subset font that says what each of its codes means.
    page = reader.pages[0]
    names = {kid["/T"]: kid for kid in (a.get_object() for a in page["/Annots"]) if "/T" in kid}
    owner = names["owner_name" if name == "individual-registration" else "person"]
    look = owner["/AP"]["/N"]
    used = [font.get_object() for font in look["/Resources"]["/Font"].values()]
    assert any("/FontFile2" in f["/FontDescriptor"] for f in used if "/FontDescriptor" in f)
    assert b"/Tx BMC" in look.get_data()


def test_signature_fields_are_left_alone(filler: OfficialFiller) -> None:
    form = shipped_forms().form("individual-registration")
    for flatten in (False, True):
        done = filler.fill(form, filling({"applicant.name": NAME}), flatten)
        fields = PdfReader(io.BytesIO(done.pdf)).get_fields()
        assert fields is not None
        signatures = [name for name, field in fields.items() if field["/FT"] == "/Sig"]
        assert sorted(signatures) == ["owner_signature", "registrar_signature"]
        assert all("/V" not in fields[name] for name in signatures)
        assert flatten is (len(fields) == 2)


def test_choices_go_by_code(filler: OfficialFiller) -> None:
    form = shipped_forms().form("individual-registration")
    values = {"applicant.sex": "2", "premises.use_right": "rent", "applicant.id_type": "foreigner2023"}
    done = filler.fill(form, filling(values, f"{MAIN}02"))
    fields = PdfReader(io.BytesIO(done.pdf)).get_fields()
    assert fields is not None
    assert (fields["sex"]["/V"], fields["use_right"]["/V"]) == ("/female", "/rent")
    assert (fields["kind_setup"]["/V"], fields["kind_close"]["/V"]) == ("/Yes", "/Off")
    assert (fields["form_of_business"]["/V"], fields["id_type"]["/V"]) == ("/person", "foreigner")
    assert [f.text for f in done.boxes if f.name == "sex"] == ["", "✓"] or [
        f.text for f in done.boxes if f.name == "sex"
    ] == ["✓", "✓"]


def test_a_long_text_goes_to_a_sheet_of_its_own_whole(filler: OfficialFiller) -> None:
    form = shipped_forms().form("individual-registration")
    address = f"{NAME}大道" * 60
    rows = [{"name": f"{NAME}{n}", "relation": "spouse", "id_number": NUMBER} for n in range(9)]
    values = {"premises.address": address, "household.household_members": write_table(rows)}
    done = filler.fill(form, filling(values, f"{MAIN}03"), flatten=True)
    assert box(done, "premises").text == "见附页"
    assert done.continuation >= 1
    assert {f.box: f.trouble for f in done.findings if f.trouble is Trouble.CONTINUED} == {
        "premises": Trouble.CONTINUED, "members": Trouble.CONTINUED,
    }  # fmt: skip
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(done.pdf)).pages]
    carried = "".join("".join(page.split()) for page in pages[2:])
    assert address in carried
    assert all(f"{NAME}{n}" in carried for n in range(5, 9))
    assert "本表另有附页" in pages[1]


def test_what_does_not_fit_is_told_and_not_cut(filler: OfficialFiller, tmp_path: Path) -> None:
    blank = pdf_with([text_field("a", (20, 20, 20, 6)), text_field("b", (20, 40, 20, 6), cells=4, flags=1 << 24)])
    text = "title: 样\nkind: acroform\nblank: BLANK\nboxes:\n  a: {text: '{applicant.name}', label: 姓名}\n"
    text += "  b: {text: '{applicant.id_number}', label: 号码}\n"
    form = form_file(tmp_path, text, blank)
    done = filler.fill(form, filling({"applicant.name": "湖州市" * 20, "applicant.id_number": NUMBER}), flatten=True)
    first, second = done.findings
    assert (first.trouble, first.box, first.keys, first.chars) == (Trouble.TOO_LONG, "a", ("applicant.name",), 60)
    assert 0 < first.room < 60
    assert (second.trouble, second.chars, second.room) == (Trouble.TOO_LONG, 18, 4)
    assert [found.text for found in done.boxes] == ["", ""]
    assert text_at(done.pdf, done.boxes[0]) == ""
    assert done.by_hand == done.findings


def test_too_many_rows_without_a_sheet_are_told(filler: OfficialFiller, tmp_path: Path) -> None:
    form = form_file(
        tmp_path,
        "title: 样\nkind: acroform\nblank: BLANK\nboxes: {}\ntables:\n  t:\n    table: household.household_members\n"
        "    rows: 1\n    columns: {name: 'n{row}'}\n",
        pdf_with([text_field("n1", (20, 20, 60, 8))]),
    )
    rows = write_table([{"name": "甲"}, {"name": "乙"}])
    done = filler.fill(form, filling({"household.household_members": rows}))
    assert [(f.trouble, f.chars, f.room, f.detail) for f in done.findings] == [(Trouble.TOO_LONG, 2, 1, "rows")]
    assert done.boxes[0].keys == ("household.household_members",)


def test_required_boxes_that_stay_empty_are_listed(filler: OfficialFiller, tmp_path: Path) -> None:
    form = form_file(
        tmp_path,
        "title: 样\nkind: acroform\nblank: BLANK\nboxes:\n  a: {text: '{applicant.name}'}\n",
        pdf_with([text_field("a", (20, 20, 60, 8), flags=2), text_field("b", (20, 40, 60, 8), flags=2)]),
    )
    done = filler.fill(form, filling({}))
    assert [(f.trouble, f.box) for f in done.findings] == [(Trouble.EMPTY, "a"), (Trouble.UNMAPPED, "b")]


def test_a_character_without_a_glyph_is_told(filler: OfficialFiller) -> None:
    form = shipped_forms().form("hygiene-permit")
    done = filler.fill(form, filling({"business.name": "店\U0010fffd名"}, HAIR))
    found = next(f for f in done.findings if f.trouble is Trouble.UNDRAWABLE)
    assert (found.box, found.detail) == ("name", "\U0010fffd")
    assert box(done, "name").text == ""


def test_a_code_that_the_form_does_not_know_is_told(filler: OfficialFiller, tmp_path: Path) -> None:
    fields = [PlacedField("r", "radio", 0, (20 + 10 * n, 20, 4, 4), state=state) for n, state in enumerate("ab")]
    fields.append(PlacedField("c", "combo", 0, (20, 40, 40, 8), options=(("x", "甲"),)))
    text = "title: 样\nkind: acroform\nblank: BLANK\nboxes:\n  r: {choose: applicant.sex, options: {'1': a}}\n"
    form = form_file(tmp_path, text + "  c: {choose: applicant.sex, options: {'1': x}}\n", pdf_with(fields))
    known = filler.fill(form, filling({"applicant.sex": "1"}))
    assert [(b.name, b.text) for b in known.boxes] == [("r", "✓"), ("r", ""), ("c", "甲")]
    unknown = filler.fill(form, filling({"applicant.sex": "2"}))
    assert [(f.trouble, f.detail) for f in unknown.findings] == [(Trouble.NO_OPTION, "女")] * 2


def test_the_xml_copy_and_the_wish_for_appearances_go(filler: OfficialFiller, tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_with([text_field("a", (20, 20, 60, 8))]))))
    acro = writer._root_object["/AcroForm"].get_object()
    acro[NameObject("/XFA")] = TextStringObject("<xdp/>")
    acro[NameObject("/NeedAppearances")] = BooleanObject(True)
    text = "title: 样\nkind: acroform\nblank: BLANK\nboxes:\n  a: {text: '{applicant.name}'}\n"
    form = form_file(tmp_path, text, written(writer))
    done = filler.fill(form, filling({"applicant.name": NAME}))
    acro = PdfReader(io.BytesIO(done.pdf)).trailer["/Root"]["/AcroForm"]
    assert "/XFA" not in acro
    assert not bool(acro["/NeedAppearances"].value)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_an_overlay_lies_right_on_a_page_that_is_turned(filler: OfficialFiller, tmp_path: Path, turned: int) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_with([]))))
    page = writer.pages[0]
    if turned:
        page.rotate(turned)
    page.cropbox.lower_left = (10, 20)
    text = (
        "title: 样\nkind: overlay\nblank: BLANK\nboxes:\n"
        "  a: {page: 1, at: [120, 30, 60, 10], text: '{applicant.name}', align: center}\n"
    )
    form = form_file(tmp_path, text, written(writer))
    done = filler.fill(form, filling({"applicant.name": "湖州"}))
    assert darkness(done.pdf, done.boxes[0]) > 0.01
    shut = filler.fill(form, filling({}))
    assert darkness(shut.pdf, shut.boxes[0]) == 0


def test_the_offset_of_a_scan_moves_every_box(filler: OfficialFiller, tmp_path: Path) -> None:
    text = (
        "title: 样\nkind: overlay\nblank: BLANK\noffset: [3, -2]\nboxes:\n"
        "  a: {page: 1, at: [20, 30, 60, 10], text: '{applicant.name}'}\n"
    )
    form = form_file(tmp_path, text, pdf_with([]))
    assert form.kind is Kind.OVERLAY
    done = filler.fill(form, filling({"applicant.name": "湖州"}))
    left, top, _, _ = done.boxes[0].place
    assert (round(left * 210, 2), round(top * 297, 2)) == (23, 28)
    assert text_at(done.pdf, done.boxes[0]) == "湖州"


def test_pre_printed_paper_gets_the_values_alone_and_moved(filler: OfficialFiller) -> None:
    form = shipped_forms().form("hygiene-permit")
    values = values_for(form, shipped()[0])
    whole = filler.fill(form, filling(values, HAIR))
    alone = filler.values_only(form, filling(values, HAIR), Shift())
    for found in whole.boxes:
        if found.text != "✓":
            assert text_at(alone, found) == "".join(found.text.split())
    assert "单位名称" not in PdfReader(io.BytesIO(alone)).pages[0].extract_text()
    moved = filler.values_only(form, filling(values, HAIR), Shift(right=50, down=-25))
    name = box(whole, "name")
    left, top, wide, high = name.place
    there = type(name)(name.name, name.label, 0, (left + 5 / 210, top - 2.5 / 297, wide, high), (), name.text)
    assert text_at(moved, there) == "".join(name.text.split())


def test_a_trial_print_shows_every_box(filler: OfficialFiller) -> None:
    for name, _ in FORMS:
        form = shipped_forms().form(name)
        pages = PdfReader(io.BytesIO(filler.trial(form, Shift(1, 1)))).pages
        words = "".join("".join(page.extract_text().split()) for page in pages)
        assert all("".join(own.label.split()) in words for own in form.boxes if own.name != "debts")


def test_a_mapping_of_another_blank_is_refused(filler: OfficialFiller, tmp_path: Path) -> None:
    text = "title: 样\nkind: acroform\nblank: BLANK\nboxes:\n  other: {text: '{applicant.name}'}\n"
    form = form_file(tmp_path, text, pdf_with([text_field("a", (20, 20, 60, 8))]))
    with pytest.raises(BadInput, match="other"):
        filler.fill(form, filling({}))


def test_the_same_case_gives_the_same_bytes(filler: OfficialFiller) -> None:
    for name, item in FORMS:
        form = shipped_forms().form(name)
        values = values_for(form, shipped()[0])
        assert filler.fill(form, filling(values, item)).pdf == filler.fill(form, filling(values, item)).pdf


def test_a_form_of_ten_pages_and_five_hundred_fields(filler: OfficialFiller, tmp_path: Path) -> None:
    fields = [
        text_field(f"p{page}f{n}", (15 + 60 * (n % 3), 15 + 15 * (n // 3), 58, 9), page)
        for page in range(10)
        for n in range(50)
    ]
    text = "title: 大表\nkind: acroform\nblank: BLANK\nboxes:\n"
    text += "".join(f"  {field.name}: {{text: '{{applicant.name}}{field.name}'}}\n" for field in fields)
    form = form_file(tmp_path, text, pdf_with(fields, pages=10))
    done = filler.fill(form, filling({"applicant.name": NAME}), flatten=True)
    assert (len(done.boxes), done.pages, done.findings) == (500, 10, ())
    for found in done.boxes[::7]:
        assert text_at(done.pdf, found) == f"{NAME}{found.name}"
    # Fonts are embedded once, not once a field.
    assert len(done.pdf) < 600_000


@pytest.mark.parametrize(("name", "item"), FORMS)
def test_every_situation_of_the_items_fills_without_error(fonts: PaperFonts, name: str, item: str) -> None:
    catalog, _ = shipped()
    form = shipped_forms().form(name)
    codes = [code for code, one in catalog.items.items() if name in one.official]
    assert item in codes
    blank = load_blank(form.blank, form.paper)
    for code in codes:
        asked = {use.key for use in catalog.items[code].fields}
        values = {key: value for key, value in values_for(form, catalog).items() if key in asked}
        settler = Settler(form, blank, fonts, filling(values, code))
        settler.run()
        assert not [f for f in settler.findings if f.trouble.blocks], (code, settler.findings)
