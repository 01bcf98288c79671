"""Values found on pages: beside printed words, over several lines, aslant; and what is better left alone."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from desk_parts import shipped

from app.domain.form import FormField
from app.domain.item import Catalog
from app.identity.numbers import check_number
from app.materials.read_page import SURE_TEXT, Found, find_values
from app.materials.text_reader import TextLine

TODAY = dt.date(2026, 11, 22)
USCC = "92330502MA2B1CDE0X"
CERTIFICATE = "浙（2024）湖州市（吴兴）不动产权第0012345号"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return shipped()[0]


def line(text: str, x: float, y: float, confidence: float = 0.99, tilt: float = 0.0, scale: float = 1.6) -> TextLine:
    """A line of 30 pixels' height at a place, turned about the page's corner by degrees; all made larger by scale."""
    width = 30 * sum(0.5 if c.isascii() else 1 for c in text)
    sine, cosine = math.sin(math.radians(tilt)), math.cos(math.radians(tilt))
    corners = ((x, y), (x + width, y), (x + width, y + 30), (x, y + 30))
    turned = tuple(((a * cosine - b * sine) * scale, (a * sine + b * cosine) * scale) for a, b in corners)
    return TextLine(turned, text, confidence)


def found(catalog: Catalog, lines: list[TextLine], **shows: tuple[str, ...]) -> dict[str, Found]:
    """shows: role__element -> words."""
    wanted = {key.replace("__", "."): words for key, words in shows.items()}
    fields = []
    for key in wanted:
        role, element = key.split(".")
        known = catalog.elements[element]
        schema = {"type": "number" if known.type in ("decimal", "integer") else "string", **known.schema}
        fields.append(FormField(key, role, known, known.title, "", True, schema, ("i",)))
    return {f.key: f for f in find_values(lines, wanted, fields, TODAY, check_number)}


def test_what_stands_beside_the_words_is_the_value(catalog: Catalog) -> None:
    lines = [
        line("名称", 100, 200), line("湖州市吴兴区小满理发店", 400, 204),
        line("类型", 100, 280), line("个体工商户", 400, 280),
        line("经营场所", 100, 360), line("浙江省湖州市衣裳街88号", 400, 360), line("1幢103室", 400, 405),
        line("注册日期", 100, 470), line("2024年3月1日", 400, 470),
    ]  # fmt: skip
    told = found(catalog, lines, business__name=("名称",), premises__address=("经营场所",))
    assert told["business.name"].value == "湖州市吴兴区小满理发店"
    assert told["premises.address"].value == "浙江省湖州市衣裳街88号1幢103室"
    assert told["premises.address"].box == (640, 576, 1168, 696)
    assert told["business.name"].sure


def test_words_and_value_read_as_one_line_are_told_apart(catalog: Catalog) -> None:
    told = found(catalog, [line("房屋地址：湖州市红旗路5号", 100, 100), line("租赁面积：88.6平方米", 100, 160)],
                 premises__address=("房屋地址",), premises__area=("租赁面积",))  # fmt: skip
    assert (told["premises.address"].value, told["premises.area"].value) == ("湖州市红旗路5号", "88.6")


def test_a_page_lying_aslant_is_read_all_the_same(catalog: Catalog) -> None:
    lines = [line("名称", 100, 300, tilt=4), line("湖州小满百货店", 900, 300, tilt=4), line("住所", 100, 345, tilt=4),
             line("湖州市南街1号", 900, 345, tilt=4)]  # fmt: skip
    assert found(catalog, lines, firm__name=("名称",))["firm.name"].value == "湖州小满百货店"


def test_two_ends_of_a_term(catalog: Catalog) -> None:
    told = found(catalog, [line("租赁期限", 100, 100), line("2026年1月5日至2028年12月31日", 400, 100)],
                 tenancy__date_from=(), tenancy__date_to=())  # fmt: skip
    assert (told["tenancy.date_from"].value, told["tenancy.date_to"].value) == ("2026-01-05", "2028-12-31")


def test_a_number_of_unmistakable_shape_needs_no_words(catalog: Catalog) -> None:
    told = found(
        catalog, [line("不动产权证书", 300, 100), line(CERTIFICATE, 200, 200)], property__certificate_number=()
    )
    assert told["property.certificate_number"].value == CERTIFICATE


def test_what_its_own_checks_refuse_is_not_found(catalog: Catalog) -> None:
    wrong = USCC[:-1] + ("1" if USCC[-1] != "1" else "2")
    for text in (wrong, USCC[:-1], "见附件"):
        lines = [line("统一社会信用代码", 100, 100), line(text, 500, 100)]
        assert found(catalog, lines, firm__uscc=()) == {}
    assert found(catalog, [line("准驾车型", 100, 100), line("D9", 500, 100)], driving__vehicle_class=()) == {}
    assert found(catalog, [line("月租金", 100, 100), line("另行约定", 500, 100)], tenancy__monthly_rent=()) == {}


def test_two_numbers_of_one_kind_are_left_to_the_clerk(catalog: Catalog) -> None:
    lines = [line("建筑面积", 100, 100), line("套内60.10平方米，分摊8.40平方米", 400, 100)]
    assert found(catalog, lines, property__area=("建筑面积",)) == {}


def test_the_next_words_are_never_taken_for_a_value(catalog: Catalog) -> None:
    lines = [line("名称", 100, 100), line("住所", 100, 145), line("湖州市南街1号", 400, 145)]
    assert found(catalog, lines, firm__name=("名称",), firm__address=("住所",)).keys() == {"firm.address"}


def test_what_was_read_with_doubt_is_not_sure(catalog: Catalog) -> None:
    told = found(
        catalog, [line("名称", 100, 100), line("湖州小满百货店", 400, 100, SURE_TEXT - 0.01)], firm__name=("名称",)
    )
    assert not told["firm.name"].sure


def test_fields_that_the_material_does_not_show_are_left_alone(catalog: Catalog) -> None:
    assert found(catalog, [], firm__name=("名称",)) == {}


def test_a_name_in_small_print_is_never_sure(catalog: Catalog) -> None:
    lines = [line("名称", 100, 100, scale=1), line("湖州小满百货店", 400, 100, scale=1)]
    assert not found(catalog, lines, firm__name=("名称",))["firm.name"].sure


def test_lines_under_other_words_do_not_belong_to_an_address(catalog: Catalog) -> None:
    lines = [
        line("经营场所", 100, 100),
        line("湖州市南街1号", 400, 100),
        line("经营范围", 100, 140),
        line("理发服务", 400, 140),
    ]
    assert found(catalog, lines, premises__address=("经营场所",))["premises.address"].value == "湖州市南街1号"


def test_a_name_that_may_hide_a_rare_character_is_never_sure(catalog: Catalog) -> None:
    told = found(catalog, [line("姓名", 100, 100), line("王吉祥", 400, 100)], applicant__name=("姓名",))
    assert (told["applicant.name"].value, told["applicant.name"].sure) == ("王吉祥", False)
