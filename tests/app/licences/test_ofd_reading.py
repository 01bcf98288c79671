"""What is drawn and what is read: places, fonts, pictures, clips, tags, attachments, templates, conflicts."""

from __future__ import annotations

import datetime as dt
import io
import lzma
from collections.abc import Mapping
from pathlib import Path

import pytest
from ofd_kit import (
    FIRM_USCC,
    NOW,
    NS,
    Files,
    Firm,
    SealPlan,
    business_licence,
    colour,
    pack,
    page_ofd,
    sealed,
    text,
    world,
)
from ofd_pictures import emblem, latin_font, png
from PIL import Image

from app.documents.preview import pages_as_png
from app.domain.errors import EnvironmentProblem
from app.domain.fact import Verdict
from app.licences.ofd import fonts as ofd_fonts
from app.licences.ofd.document import open_document
from app.licences.ofd.fields import extract
from app.licences.ofd.geometry import arc, numbers, read_path
from app.licences.ofd.layout import Line, Piece
from app.licences.ofd.package import Package
from app.licences.ofd.read import OfdLicence, draw_one, read_ofd
from app.licences.ofd.sfnt import NotAFont, read_sfnt
from app.licences.ofd.templates import read_templates, shipped, templates
from app.licences.trust import TrustList

EMPTY = TrustList((), dt.date(2026, 11, 20))
RED, WHITE = (255, 0, 0), (255, 255, 255)


def read(files: Files, trust: TrustList = EMPTY, **more: object) -> OfdLicence:
    return read_ofd(pack(files), trust, NOW, **{"picture": False} | more)  # type: ignore[arg-type]


def drawn(content: str, *, resources: str = "", more: Mapping[str, bytes] | None = None, **other: str) -> Image.Image:
    """A page of 40 by 30 mm, ten pixels a millimetre."""
    files = page_ofd(content, box="0 0 40 30", resources=resources, more=more, **other)  # type: ignore[arg-type]
    page = draw_one(pack(files), 0)
    return Image.open(io.BytesIO(pages_as_png(page.pdf, 254)[0])).convert("RGB")


def path(data: str, box: str = "0 0 40 30", inside: str = "", **more: str) -> str:
    said = "".join(f' {key}="{value}"' for key, value in ({"Fill": "true", "Stroke": "false"} | more).items())
    return (
        f'<ofd:PathObject ID="1" Boundary="{box}"{said}>{colour("255 0 0")}{inside}'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


SQUARE = "M 0 0 L 10 0 L 10 10 L 0 10 C"


def at(picture: Image.Image, x: float, y: float) -> tuple[int, ...]:
    """The colour at millimetres."""
    return picture.getpixel((round(x * 10), round(y * 10)))  # type: ignore[return-value]


def test_place_and_boundary() -> None:
    picture = drawn(path(SQUARE, "5 5 8 8"))
    assert at(picture, 6, 6) == RED
    assert at(picture, 12.5, 12.5) == RED
    assert at(picture, 14, 14) == WHITE  # the path goes on, its boundary does not
    assert at(picture, 4, 4) == WHITE


def test_matrix_turns_and_scales() -> None:
    picture = drawn(path(SQUARE, "20 10 15 15", CTM="0 1 -1 0 5 0"))
    assert at(picture, 22, 12) == RED
    assert at(picture, 26, 12) == WHITE


def test_even_odd_and_winding() -> None:
    both = "M 0 0 L 20 0 L 20 20 L 0 20 C M 5 5 L 15 5 L 15 15 L 5 15 C"
    assert at(drawn(path(both)), 10, 10) == RED
    assert at(drawn(path(both, Rule="Even-Odd")), 10, 10) == WHITE


def test_clip_of_its_own() -> None:
    clip = (
        '<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path ID="2" Boundary="0 0 5 30"><ofd:AbbreviatedData>M 0 0 L 5 0 L 5 30 '
        "L 0 30 C</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>"
    )
    picture = drawn(path(SQUARE, inside=clip))
    assert (at(picture, 3, 5), at(picture, 7, 5)) == (RED, WHITE)


def test_half_transparent() -> None:
    body = path(SQUARE).replace('Alpha="255"', 'Alpha="128"')
    red, green, blue = at(drawn(body), 5, 5)
    assert red == 255
    assert 120 < green == blue < 135


def test_curves_reach_where_they_should() -> None:
    """A full circle of two arcs, a quadratic and a cubic curve."""
    circle = drawn(path("M 5 10 A 5 5 0 1 1 15 10 A 5 5 0 1 1 5 10 C"))
    assert (at(circle, 10, 5.5), at(circle, 10, 14.5), at(circle, 5.8, 5.8)) == (RED, RED, WHITE)
    bow = drawn(path("M 0 20 Q 10 0 20 20 C"))
    assert (at(bow, 10, 11), at(bow, 10, 9)) == (RED, WHITE)
    wave = drawn(path("M 0 20 B 0 0 20 0 20 20 C"))
    assert (at(wave, 10, 6), at(wave, 10, 4)) == (RED, WHITE)


@pytest.mark.parametrize(
    "data", ["M 0 0 L", "Q 1 1 2 2", "X 1 2", "A 0 0 0 0 0 5 5", "M 1 1 A 1 1 0 0 0 1 1", "", "C C"]
)
def test_odd_paths_break_nothing(data: str) -> None:
    assert at(drawn(path(data)), 30, 25) == WHITE


def test_arc_of_no_size() -> None:
    assert arc((0, 0), (1, 1), 0, False, False, (0, 0)) == []
    assert [segment.kind for segment in arc((0, 0), (0, 1), 0, False, False, (5, 5))] == ["l"]
    assert numbers("1,2 nan 1e99 x") == [1, 2, 0, 0, 0]
    assert read_path("M 0 0 l 5 5")[-1].kind == "m"


def test_pictures_upright_and_see_through() -> None:
    half = Image.new("RGBA", (2, 2), (0, 0, 0, 0))
    half.putpixel((0, 0), (255, 0, 0, 255))
    body = '<ofd:ImageObject ID="12" Boundary="10 10 10 10" ResourceID="20" CTM="10 0 0 10 0 0"/>'
    resources = (
        '<ofd:MultiMedias><ofd:MultiMedia ID="20" Type="Image"><ofd:MediaFile>p.png</ofd:MediaFile></ofd:MultiMedia>'
        "</ofd:MultiMedias>"
    )
    picture = drawn(body, resources=resources, more={"Doc_0/Res/p.png": png(half)})
    assert at(picture, 11, 11) == RED
    assert at(picture, 18, 18) == WHITE


def test_jpeg() -> None:
    body = '<ofd:ImageObject ID="12" Boundary="0 0 30 30" ResourceID="20" CTM="30 0 0 30 0 0"/>'
    resources = (
        '<ofd:MultiMedias><ofd:MultiMedia ID="20" Type="Image"><ofd:MediaFile>e.jpg</ofd:MediaFile></ofd:MultiMedia>'
        "</ofd:MultiMedias>"
    )
    red, green, _ = at(drawn(body, resources=resources, more={"Doc_0/Res/e.jpg": emblem()}), 15, 25)
    assert red > 150 > green


def ink(picture: Image.Image, box: tuple[float, float, float, float]) -> float:
    """The dark share of an area in millimetres."""
    part = picture.convert("L").crop(tuple(round(side * 10) for side in box))  # type: ignore[arg-type]
    return sum(part.histogram()[:128]) / (part.width * part.height)


def test_text_stands_on_its_baseline_and_rare_characters_are_drawn() -> None:
    picture = drawn(text(1, 2, 12, "㛃𠮷䶮𬭚", 8))
    for place in range(4):
        assert ink(picture, (2 + 8 * place, 5, 10 + 8 * place, 13)) > 0.1, place
    assert ink(picture, (0, 15, 40, 30)) == 0


def test_glyph_numbers_of_the_own_font() -> None:
    """The glyph number decides, not the character beside it."""
    number = read_sfnt(latin_font()).glyph("I")
    resources = '<ofd:Fonts><ofd:Font ID="3" FontName="x"><ofd:FontFile>f.ttf</ofd:FontFile></ofd:Font></ofd:Fonts>'
    body = (
        '<ofd:TextObject ID="1" Boundary="5 5 20 20" Font="3" Size="15"><ofd:CGTransform CodePosition="0" '
        f'CodeCount="1" GlyphCount="1"><ofd:Glyphs>{number}</ofd:Glyphs></ofd:CGTransform>'
        '<ofd:TextCode X="0" Y="15">W</ofd:TextCode></ofd:TextObject>'
    )
    more = {"Doc_0/Res/f.ttf": latin_font()}
    thin = ink(drawn(body, resources=resources, more=more), (5, 5, 20, 20))
    wide = ink(drawn(body.replace(f">{number}<", "><"), resources=resources, more=more), (5, 5, 20, 20))
    assert 0 < thin < wide / 1.5


def test_broken_font_is_replaced_and_told() -> None:
    resources = '<ofd:Fonts><ofd:Font ID="3" FontName="x"><ofd:FontFile>f.ttf</ofd:FontFile></ofd:Font></ofd:Fonts>'
    files = page_ofd(text(1, 5, 20, "字", 10, Font="3"), resources=resources, more={"Doc_0/Res/f.ttf": b"\0\1\0\0junk"})
    found = read(files, picture=True)
    assert any("字体有误" in note for note in found.notes)
    assert found.page is not None


@pytest.mark.parametrize(
    "data", [b"", b"OTTO", b"\0\1\0\0" + b"\xff" * 40, b"ttcf" + b"\xff" * 20, latin_font()[:5000]]
)
def test_no_fonts(data: bytes) -> None:
    with pytest.raises(NotAFont):
        read_sfnt(data)


def test_character_that_no_font_has_is_told() -> None:
    found = read(page_ofd(text(1, 5, 20, "\ue123")), picture=True)
    assert any("缺少 1 个字" in note for note in found.notes)


def test_layers_templates_and_annotations_in_their_order() -> None:
    """A template behind, the page, a stamp of an annotation before."""
    common = '<ofd:TemplatePage ID="51" BaseLoc="T.xml" ZOrder="Background"/>'
    blue, green = (path(SQUARE).replace("255 0 0", value) for value in ("0 0 255", "0 255 0"))
    small = green.replace(SQUARE, "M 0 0 L 5 0 L 5 5 L 0 5 C")
    layer = '<ofd:Page {ns}>{t}<ofd:Content><ofd:Layer ID="1">{c}</ofd:Layer></ofd:Content></ofd:Page>'
    more = {
        "Doc_0/T.xml": layer.format(ns=NS, t="", c=blue).encode(),
        "Doc_0/A.xml": b'<a><b PageID="1"/><Page PageID="1"><FileLoc>P.xml</FileLoc></Page></a>',
        "Doc_0/P.xml": (
            f'<PageAnnot {NS}><Annot ID="1" Type="Stamp"><Appearance Boundary="0 0 20 20">{small}</Appearance></Annot>'
            f'<Annot ID="2" Visible="false"><Appearance Boundary="0 0 20 20">{green}</Appearance></Annot></PageAnnot>'
        ).encode(),
    }
    files = page_ofd("", box="0 0 40 30", common=common, root="<ofd:Annotations>A.xml</ofd:Annotations>", more=more)
    body = path("M 0 0 L 8 0 L 8 8 L 0 8 C")
    files["Doc_0/Pages/Page_0/Content.xml"] = layer.format(ns=NS, t='<ofd:Template TemplateID="51"/>', c=body).encode()
    page = draw_one(pack(files), 0)
    picture = Image.open(io.BytesIO(pages_as_png(page.pdf, 254)[0])).convert("RGB")
    assert [at(picture, n, n) for n in (2, 6.5, 9)] == [(0, 255, 0), RED, (0, 0, 255)]


def test_seal_is_seen_where_it_was_set_and_only_that_part() -> None:
    plain = png(Image.new("RGB", (10, 10), RED))
    whole = sealed(page_ofd("", box="0 0 40 30"), plan=SealPlan(picture=plain, box="10 10 10 10"))
    half = sealed(page_ofd("", box="0 0 40 30"), plan=SealPlan(picture=plain, box="10 10 10 10", clip="0 0 5 10"))
    for files, right in ((whole, RED), (half, WHITE)):
        picture = Image.open(io.BytesIO(pages_as_png(draw_one(pack(files), 0).pdf, 254)[0])).convert("RGB")
        assert (at(picture, 12, 15), at(picture, 18, 15), at(picture, 25, 15)) == (RED, right, WHITE)


def test_seal_whose_picture_is_an_ofd() -> None:
    inner = pack(page_ofd(path(SQUARE), box="0 0 10 10"))
    files = sealed(page_ofd("", box="0 0 40 30"), plan=SealPlan(picture_type="ofd", picture=inner, box="20 10 10 10"))
    picture = Image.open(io.BytesIO(pages_as_png(draw_one(pack(files), 0).pdf, 254)[0])).convert("RGB")
    assert (at(picture, 25, 15), at(picture, 15, 15)) == (RED, WHITE)


# -------------------------------------------------------------------------------------------------------- fields


def test_fields_of_a_business_licence() -> None:
    firm = Firm()
    found = read(business_licence(firm))
    assert found.template == "business-licence"
    assert found.reading.holder == {"name": firm.name, "uscc": FIRM_USCC}
    assert found.reading.claims == {
        "business.name": firm.name,
        "business.uscc": FIRM_USCC,
        "legal_person.name": firm.person,
        "premises.address": firm.address,  # over two lines
    }
    assert found.reading.expires is None  # 长期


def test_period_ends_and_licence_expires(tmp_path: Path) -> None:
    trust = TrustList.load(world().trust(tmp_path / "t"))
    over = read(sealed(business_licence(Firm(until="2021年03月05日至2026年11月19日"))), trust)
    assert over.reading.verdict is Verdict.EXPIRED
    assert "2026-11-19" in over.reading.reason
    today = read(sealed(business_licence(Firm(until="2021年03月05日至2026年11月21日"))), trust)
    assert today.reading.verdict is Verdict.SIGNATURE_VALID  # the last day counts to its end


def test_revoked_licence(tmp_path: Path) -> None:
    from ofd_kit import identifier_of

    trust = TrustList.load(world().trust(tmp_path / "t", revoked=[identifier_of(Firm())]))
    assert read(sealed(business_licence()), trust).reading.verdict is Verdict.REVOKED


def test_page_and_data_that_disagree_are_left_out() -> None:
    good = read(business_licence(attachment={"FDDBR": "张㛃𠮷䶮"}))
    assert good.reading.claims["legal_person.name"] == "张㛃𠮷䶮"
    found = read(business_licence(attachment={"FDDBR": "李四"}, tags=False))
    assert "legal_person.name" not in found.reading.claims
    assert any("不一致的 1 项" in note for note in found.notes)


def test_data_where_the_page_says_nothing() -> None:
    body = text(1, 10, 10, "营业执照") + text(2, 10, 20, "统一社会信用代码")
    found = read(page_ofd(body, custom={"QYMC": "湖州某店", "TYSHXYDM": FIRM_USCC}))
    assert found.reading.holder == {"name": "湖州某店", "uscc": FIRM_USCC}


def test_wrong_check_digit_is_no_value() -> None:
    found = read(business_licence(Firm(uscc=FIRM_USCC[:-1] + "0"), tags=False))
    assert "business.uscc" not in found.reading.claims
    assert "business.name" in found.reading.claims


def test_unknown_kind_of_licence_is_shown_and_fills_nothing() -> None:
    found = read(page_ofd(text(1, 10, 10, "某某许可证"), title="某某许可证"))
    assert found.reading.claims == {}
    assert found.reading.licence == {"title": "某某许可证"}
    assert any("没有这种证照的模板" in note for note in found.notes)


@pytest.mark.parametrize(
    "hide",
    [
        lambda body: body.replace('Alpha="255"', 'Alpha="0"'),
        lambda body: body.replace("<ofd:TextObject", '<ofd:TextObject Visible="false"'),
        lambda body: body.replace('X="0"', 'X="900"'),
        lambda body: body.replace('Size="4.2"', 'Size="0.2"'),
    ],
    ids=["transparent", "invisible", "off the paper", "tiny"],
)
def test_what_nobody_sees_is_not_read(hide: object) -> None:
    body = text(2, 72, 85, "看不见的名称", inside=colour("0 0 0"))
    plain = text(1, 10, 10, "营业执照")
    assert any("看不见" in line for line in read(page_ofd(plain + body)).lines)
    assert not any("看不见" in line for line in read(page_ofd(plain + hide(body))).lines)  # type: ignore[operator]


def test_every_character_an_object_of_its_own() -> None:
    words = "营业执照统一社会信用代码"
    body = "".join(text(10 + n, 10 + 4.2 * n, 20, char) for n, char in enumerate(words))
    name = "".join(text(40 + n, 10 + 4.2 * n, 30, char) for n, char in enumerate("名称：湖州某店"))
    assert read(page_ofd(body + name)).reading.holder["name"] == "湖州某店"


def lines(*rows: str) -> list[Line]:
    """Rows of pieces between two blanks, 4 mm letters."""
    made = []
    for number, row in enumerate(rows):
        x, pieces = 0.0, []
        for part in row.split("  "):
            pieces.append(Piece(part, x, x + 4 * len(part), 10.0 * number, 4.0))
            x += 4 * len(part) + 8
        made.append(Line(tuple(pieces)))
    return made


ONE = "templates: [{{id: a, title: 证, type: t, match: [证], fields: {{x.y: {rule}}}}}]"


@pytest.mark.parametrize(
    ("rule", "row", "value"),
    [
        ("{labels: [坐落]}", "坐落  某路1号", "某路1号"),
        ("{labels: [坐落]}", "坐落：某路1号", "某路1号"),
        ("{labels: [坐落]}", "坐  落  某路1号", "某路1号"),
        ("{labels: [坐落]}", "坐 落  ：  某路1号", "某路1号"),
        ("{labels: [坐落]}", "房屋坐落情况  某路", ""),
        ("{labels: [面积], pattern: '([0-9.]+)平方米'}", "面积  约68.50平方米", "68.50"),
        ("{labels: [面积], pattern: '([0-9.]+)平方米'}", "面积  不详", ""),
        ("{labels: [日期], date: true}", "日期  二〇二四年", ""),
        ("{labels: [日期], date: true}", "日期  2024年2月30日", ""),
        ("{labels: [日期], date: true}", "日期  2020年1月2日至2030.01.05", "2030-01-05"),
        ("{labels: [性质], codes: {自有: own}}", "性质  自有", "own"),
        ("{labels: [性质], codes: {自有: own}}", "性质  别的", ""),
    ],
)
def test_rules(rule: str, row: str, value: str) -> None:
    found = extract(lines("证", row), {}, read_templates(ONE.format(rule=rule)))
    assert found.claims.get("x.y", "") == value


@pytest.mark.parametrize(
    "broken",
    [
        "[]",
        "templates: 1",
        ONE.format(rule="{label: [x]}"),
        ONE.format(rule="{labels: x}"),
        ONE.format(rule="{check: nothing}"),
        ONE.format(rule="{lines: 99}"),
        ONE.format(rule="{labels: [x]}").replace("x.y", "X Y"),
        ONE.format(rule="{labels: [x]}").replace("match: [证]", "match: []"),
        "templates: [{",
    ],
)
def test_broken_templates_say_so(broken: str, tmp_path: Path) -> None:
    site = tmp_path / "ofd.yaml"
    site.write_text(broken, "utf-8")
    with pytest.raises(EnvironmentProblem, match="模板有误"):
        templates(site)


def test_site_goes_before_the_shipped(tmp_path: Path) -> None:
    site = tmp_path / "ofd.yaml"
    site.write_text("templates: [{id: own, title: 本地执照, type: t, match: [营业执照]}]", "utf-8")
    assert templates(tmp_path / "none.yaml") == shipped()
    assert read(business_licence(), known=templates(site)).template == "own"


def test_skeleton() -> None:
    document = open_document(Package(pack(business_licence())))
    assert document.title == "营业执照"
    assert len(document.pages) == 1
    assert document.resources.fonts["3"].file == "Doc_0/Res/latin.ttf"


def test_a_font_of_the_machine_may_lie_packed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As in the packaged program on a machine without Chinese fonts."""
    name = "wqy-microhei.ttc"
    plain = ofd_fonts._font_files()[name]
    packed = tmp_path / f"{name}.xz"
    packed.write_bytes(lzma.compress(plain.read_bytes(), preset=0))
    monkeypatch.setattr(ofd_fonts, "_font_files", lambda: {name: packed})
    ofd_fonts._system_face.cache_clear()
    try:
        face = ofd_fonts._system_face(name, 0)
        assert face is not None
        assert face.table.glyph("理")
        assert bytes(face.data()) == plain.read_bytes()
    finally:
        ofd_fonts._system_face.cache_clear()
