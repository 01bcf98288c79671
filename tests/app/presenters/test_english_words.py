"""What guide, checklist and later completion hand to an English window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from desk_parts import shipped
from guide_cases import bundle, catalog, question, situation
from PyQt6.QtWidgets import QApplication

from app.catalog.guide import Guide
from app.catalog.search import Hit
from app.domain.errors import Refused
from app.domain.material import Material, MaterialStatus, Origin, Page
from app.presenters.core_words import install_core_words
from app.presenters.desk import error_line
from app.presenters.words import guide_view, hit_view, material_view
from app.services.reuse import Offer
from widgets.i18n import install_translator

SHOP = bundle("shop", ["permit-1", ("sign-1", {"board": ["yes"]})], question("board", "yes", "no"))
TOWN = catalog([situation("permit-1", name="卫生许可"), situation("sign-1", name="户外招牌")], {}, [SHOP])


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    translators = [install_translator(qapp, "en"), install_core_words(qapp, shipped()[0])]
    yield
    for translator in translators:
        qapp.removeTranslator(translator)


def test_the_guide_asks_in_english(english: None) -> None:
    asked = question("board", "yes", "no")
    options = tuple(replace(o, text_en=f"{o.value}!") for o in asked.options)
    shop = replace(SHOP, name_en="A shop", questions=(replace(asked, text_en="A board?", options=options),))
    view = guide_view(Guide(replace(TOWN, bundles={"shop": shop}), "shop"), {}, 0)
    assert (view.title, view.question) == ("A shop", "A board?")
    assert [(o.text, o.leads) for o in view.options] == [("yes!", "Items: 2"), ("no!", "Items: 1")]
    assert view.left == "Items to do: 2"


def test_the_guide_asks_in_chinese() -> None:
    view = guide_view(Guide(TOWN, "shop"), {}, 0)
    assert view.question == "board？"
    assert [o.leads for o in view.options] == ["2 个事项", "1 个事项"]
    assert view.left == "要办 2 个事项"


def test_what_fitted_is_marked_only_in_the_name_it_is_part_of(english: None) -> None:
    hit = Hit("1", "item", "户外招牌", "Signboard", "湖州市卫生健康委员会", 99, "户外招牌", ((0, 2),), "拼音")
    view = hit_view(hit)
    assert (view.name, view.department, view.why) == ("Signboard", "Huzhou Health Commission", "pinyin")
    assert view.name_spans == ()
    assert hit_view(replace(hit, name_en="")).name_spans == ((0, 2),)


def test_an_earlier_material_is_offered_in_english(english: None) -> None:
    use = next(use for item in shipped()[0].items.values() for use in item.materials)
    line = Material(use, (), MaterialStatus.MISSING)
    page = Page("0" * 64, "image/jpeg", 1, 1, 1)
    origin = Origin("330502-1", dt.date(2026, 11, 1))
    offer = Offer(use.id, origin, "x", (page,), dt.date(2027, 1, 1))
    assert material_view(line, offer).offer == "Handed in on 2026-11-01, pages: 1 (case 330502-1)"
    gone = replace(offer, why_not="影像已不在本机")
    assert material_view(line, gone).offer.endswith(
        "(case 330502-1): the pictures are no longer on this machine; it cannot be reused"
    )


def test_an_error_in_one_line(english: None) -> None:
    error = Refused("还不能受理", "还没有选择事项（F3）", "补齐后再按 F8。")
    assert error_line(error) == "Not ready to accept: No item has been chosen (F3). Complete it and press F8 again."
    assert error_line(Refused("已取消", "", "")) == "Cancelled"


def test_an_error_in_one_chinese_line() -> None:
    assert error_line(Refused("已取消", "原因。", "再试。")) == "已取消：原因。再试。"
