"""What `yichuang form` prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from desk_parts import shipped

from app.catalog.summary import Undecided, savings, summarise
from app.domain.errors import BadInput
from app.domain.item import Catalog


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return shipped()[0]


def test_the_barber_bundle_saves_fields_and_materials(catalog: Catalog) -> None:
    summary = summarise(catalog, ["open-a-barber-shop"])
    assert summary["saved"] == {"fields": 16, "materials": 4}
    assert len(summary["fields"]) == 27
    assert summary["fields"][0] == {
        "key": "applicant.name",
        "title": "姓名",
        "type": "text",
        "required": True,
        "asked_by": list(catalog.bundles["open-a-barber-shop"].items),
    }
    assert [m["id"] for m in summary["materials"]] == [
        "identity_document",
        "premises_use_proof",
        "floor_plan",
        "hygiene_test_report",
        "health_certificates",
        "signboard_picture",
        "signboard_consent",
    ]
    assert json.loads(json.dumps(summary, ensure_ascii=False)) == summary


def test_several_codes_join_and_an_item_in_its_bundle_adds_nothing(catalog: Catalog) -> None:
    alone = summarise(catalog, ["open-a-barber-shop"])
    item = catalog.bundles["open-a-barber-shop"].items[0]
    assert summarise(catalog, ["open-a-barber-shop", item]) == alone
    more = summarise(catalog, ["open-a-barber-shop", "settle-in-town"])
    assert more["saved"]["fields"] > alone["saved"]["fields"] + 8


def test_an_unknown_code_is_refused_with_a_way_out(catalog: Catalog) -> None:
    with pytest.raises(BadInput, match="open-a-shop") as caught:
        summarise(catalog, ["open-a-shop"])
    assert "yichuang search" in caught.value.todo


def test_every_code_of_the_catalogue_is_taken_or_says_what_it_wants(catalog: Catalog) -> None:
    for code in (*catalog.bundles, *catalog.items):
        assert summarise(catalog, [code])["items"], code
    for code, main in catalog.mains.items():
        if len(main.items) == 1:
            assert summarise(catalog, [code])["items"][0]["code"] == main.items[0]
            continue
        with pytest.raises(Undecided) as caught:
            summarise(catalog, [code])
        document = caught.value.document()
        assert [row["code"] for row in document["situations"]] == list(main.items)
        assert document["questions"][0]["options"]
        assert "--answer" in caught.value.todo


def test_a_main_item_is_narrowed_by_answers(catalog: Catalog) -> None:
    main = "11330500MB1Y0231623000131004000"
    with pytest.raises(Undecided) as caught:
        summarise(catalog, [main], {"matter": "setup"})
    assert [row["code"][-2:] for row in caught.value.document()["situations"]] == ["01", "02", "03"]
    summary = summarise(catalog, [main], {"matter": "setup", "form": "household"})
    assert [row["situation"] for row in summary["items"]] == ["家庭经营"]


def test_a_bundle_counts_one_way_through_its_guide(catalog: Catalog) -> None:
    usual = summarise(catalog, ["open-a-pharmacy"])
    assert [(row["question"], row["answer"], row["assumed"]) for row in usual["answers"]] == [
        ("scope", "all", True),
        ("devices", "yes", True),
        ("signboard", "yes", True),
    ]
    assert len(usual["items"]) == 4  # of five: the two kinds of permit exclude each other
    less = summarise(catalog, ["open-a-pharmacy"], {"signboard": "no"})
    assert len(less["items"]) == 3
    assert [row["assumed"] for row in less["answers"]] == [True, True, False]
    assert less["saved"]["fields"] < usual["saved"]["fields"]


@pytest.mark.parametrize(
    ("answers", "says", "todo"),
    [
        ({"colour": "red"}, "没有问“colour”", "signboard"),
        ({"signboard": "maybe"}, "没有选项“maybe”", "signboard=no（不装）"),
    ],
)
def test_an_answer_that_counts_for_nothing_is_refused(
    catalog: Catalog, answers: dict[str, str], says: str, todo: str
) -> None:
    with pytest.raises(BadInput, match=says) as caught:
        summarise(catalog, ["open-a-pharmacy"], answers)
    assert todo in caught.value.todo


def test_the_table_of_savings_is_the_catalogues(catalog: Catalog) -> None:
    kept = Path(__file__).parents[3] / "docs/catalogue-savings.md"
    assert kept.read_text(encoding="utf-8") == savings(catalog), "yichuang catalog savings > docs/catalogue-savings.md"
    rows = [line.split(" | ") for line in savings(catalog).splitlines() if line.startswith("| `")]
    assert len(rows) == len(catalog.bundles) >= 25
    assert all(int(row[5]) <= int(row[4]) for row in rows)
    assert sum(int(row[5]) for row in rows) < 0.7 * sum(int(row[4]) for row in rows)


@pytest.mark.parametrize("bundle", ["open-a-homestay", "open-a-hotel", "hotel-permits"])
def test_a_hotels_name_is_asked_once(catalog: Catalog, bundle: str) -> None:
    keys = [field["key"] for field in summarise(catalog, [bundle])["fields"]]
    assert [key for key in keys if key in ("business.name", "firm.name", "hotel.name")] == ["business.name"]
    assert [key for key in keys if key.endswith(".address") and not key.startswith(("delivery", "applicant"))] == [
        "premises.address"
    ]
