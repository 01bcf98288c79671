"""What `yichuang form` prints."""

from __future__ import annotations

import json

import pytest

from app.domain.errors import BadInput
from app.domain.item import Catalog
from app.forms.summary import summarise


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
