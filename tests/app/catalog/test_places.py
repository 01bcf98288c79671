"""Places and ways: the shipped district, how a mistake in a site's own is told, which place an item has."""

from __future__ import annotations

from pathlib import Path

import pytest

import resources
from app.catalog.load import load_catalog
from app.catalog.places import FILE, FOLDER, load_places, places_of, read_places, shipped_places
from app.cli import main
from app.domain.item import Catalog, Item
from app.domain.place import Heading, Spot, Turn, heading, plane, sketch_of, way_to

SHIPPED = (resources.path(FOLDER) / FILE).read_text("utf-8")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(resources.path("catalog"))


def item(catalog: Catalog, name: str) -> Item:
    return next(one for one in catalog.items.values() if one.name == name)


def test_the_shipped_district_is_sound_and_fits_the_catalogue(catalog: Catalog) -> None:
    assert read_places(resources.path(FOLDER) / FILE, catalog)[1] == ()


def test_every_item_has_a_place(catalog: Catalog) -> None:
    district = shipped_places()
    assert [one.name for one in catalog.items.values() if not places_of(district, one)] == []


@pytest.mark.parametrize(
    ("name", "places", "counter"),
    [
        ("往来港澳通行证换发", ["hall", "exit-entry"], "出入境窗口"),  # its own words
        ("普通护照首次申请", ["hall", "exit-entry"], "出入境窗口"),  # the place names it
        ("开具无犯罪记录证明（个人）", ["hall", "police-yichang"], "户籍窗口"),  # its department
        ("小餐饮店登记", ["hall", "street-centre"], "综合窗口"),
    ],
    ids=["words", "place", "department", "several"],
)
def test_where_an_item_is_handled(catalog: Catalog, name: str, places: list[str], counter: str) -> None:
    found = {one.place.id: one for one in places_of(shipped_places(), item(catalog, name))}
    assert sorted(found) == sorted(places)
    last = found[places[-1]]
    assert last.counter is not None
    assert last.counter.name == counter
    assert all(not one.named for one in found.values()) is (name == "开具无犯罪记录证明（个人）")


def test_the_way_is_the_shortest_and_says_its_turns() -> None:
    district = shipped_places()
    way = way_to(district, district.place("vehicles"))
    assert way is not None
    assert [(leg.turn, leg.street, leg.heading) for leg in way.legs] == [
        (Turn.START, "金盖山路", Heading.W),
        (Turn.LEFT, "龙溪路", Heading.S),
    ]
    # Two blocks of 573 m and 556 m, and the few steps from the door to the corner and from the corner to the door.
    assert 1129 < way.metres < 1300
    east = way_to(district, district.place("street-centre"))
    assert east is not None
    assert [leg.street for leg in east.legs] == ["金盖山路"], "stretches of one street are one leg"
    assert not {name for name, water, _ in sketch_of(district, district.home, None).streets if water} & {
        leg.street for place in district.places if (found := way_to(district, place)) for leg in found.legs
    }, "nobody walks on the river"


def test_a_plane_and_its_directions() -> None:
    # One minute of latitude is a sea mile.
    assert plane(Spot(30, 120), Spot(30 + 1 / 60, 120)) == pytest.approx((0, 1853.2), abs=0.5)
    assert plane(Spot(60, 120), Spot(60, 120 + 1 / 60))[0] == pytest.approx(926.6, abs=0.5)
    assert [heading((0, 0), to) for to in ((0, 1), (1, 1), (1, 0), (-1, -1), (-1, 1))] == [
        Heading.N, Heading.NE, Heading.E, Heading.SW, Heading.NW,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("spot", "uri"),
    [
        (Spot(30.8941, 120.0857), "geo:30.8941,120.0857"),
        (Spot(30, -0.000001), "geo:30,0"),
        (Spot(-12.3456789, 100.0), "geo:-12.34568,100"),
    ],
    ids=["plain", "nought", "rounded"],
)
def test_the_code_is_a_geo_uri(spot: Spot, uri: str) -> None:
    assert spot.uri == uri


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("here: hall", "here: nowhere", "here 所写的地点不在 places 里：nowhere"),
        ("corner: b2", "corner: k9", "没有这个路口：k9"),
        ("phone: 0572-2110158", "phone: 电话待定", "phone 不是电话号码：电话待定"),
        ("spot: [30.8892, 120.0929]", "spot: [120.0929, 30.8892]", "先写纬度，后写经度"),
        ("{name: 龙溪路, corners: [a1, b1, c1]}", "{name: 龙溪路, corners: [a1]}", "至少经过两个路口"),
        ("id: notary", "id: vehicles", "编号 vehicles 重复"),
        ("departments: [newarea]\n", "departments: [nobody]\n", "没有这个部门：nobody"),
        ("items: [11330500002601176Q3000109016000,", "items: [X,", "没有这个主项：X"),
        ("    transit: 公交31路龙溪路南站\n", "    bus: 31\n", "不认识 bus"),
    ],
    ids=["here", "corner", "phone", "turned", "street", "twice", "department", "item", "name"],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, catalog: Catalog, old: str, new: str, said: str) -> None:
    assert old in SHIPPED
    path = tmp_path / FILE
    path.write_text(SHIPPED.replace(old, new, 1), "utf-8")
    district, findings = read_places(path, catalog)
    assert district is None
    assert any(said in one.what and one.line >= 1 for one in findings), findings


def test_a_place_that_no_street_reaches_is_told(tmp_path: Path) -> None:
    path = tmp_path / FILE
    cut = SHIPPED.replace("  - {name: 龙溪路, corners: [a1, b1, c1]}\n", "").replace("[c1, c2, c3, c4]", "[c2, c3, c4]")
    path.write_text(cut, "utf-8")
    assert [one.what for one in read_places(path)[1]] == ["从本窗口走不到 vehicles：路口 c1 没有路相连"]


def test_a_sites_own_file_takes_the_shipped_ones_place_whole_or_not_at_all(tmp_path: Path) -> None:
    assert load_places(tmp_path) == (shipped_places(), ())
    (tmp_path / FILE).write_text(SHIPPED.replace("name: 湖州市政务服务演示片区", "name: 本地片区"), "utf-8")
    assert load_places(tmp_path)[0].name == "本地片区"
    (tmp_path / FILE).write_text("name: 半份\n", "utf-8")
    district, findings = load_places(tmp_path)
    assert district == shipped_places()
    assert findings


def test_the_catalogues_lint_looks_at_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / FOLDER
    own.mkdir()
    (own / FILE).write_text(SHIPPED.replace("corner: b2", "corner: k9"), "utf-8")
    assert main(["--profile", str(tmp_path), "catalog", "lint"]) == 1
    assert "没有这个路口：k9" in capsys.readouterr().out
