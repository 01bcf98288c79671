"""Every case names who applies, a firm's included: the platform refuses one that does not."""

from __future__ import annotations

import resources
from app.catalog.load import load_catalog
from app.domain.applicant import WHO, keys_of, who_applies

PERSON = {"applicant.name": "王𠮷", "applicant.id_number": "330503195809230421"}
FIRM = {"firm.name": "湖州吴兴伟记理发店", "firm.uscc": "92330502MA2B001009", "agent.name": "张伟"}


def test_a_person_before_a_firm_and_a_firm_before_its_agent() -> None:
    assert who_applies({**FIRM, **PERSON}) == ("王𠮷", "330503195809230421")
    assert who_applies(FIRM) == ("湖州吴兴伟记理发店", "92330502MA2B001009")
    assert who_applies({"agent.name": "张伟"}) == ("张伟", "")


def test_who_names_nobody_is_named_by_the_next() -> None:
    assert who_applies({"seal.seal_maker": "刻字店"}, {"firm.name": ""}, PERSON) == ("王𠮷", "330503195809230421")
    assert who_applies({}, {}) == ("", "")
    assert keys_of({"premises.area": "3"}) is None


def test_every_item_of_the_catalogue_asks_for_somebody() -> None:
    names = {name for name, _ in WHO}
    items = load_catalog(resources.path("catalog")).items.values()
    assert [item.name for item in items if not names & {use.key for use in item.fields}] == []
