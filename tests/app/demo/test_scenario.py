"""Scenario files: all shipped ones load; mistakes are named."""

import pytest

from app.demo.scenario import list_scenarios, load_scenario, parse_scenario
from app.domain.errors import BadInput

GOOD = """
name: a
title: 甲
world: {person: p, licence: l, page: g}
steps:
  - {id: one, title: 一, do: [{key: F2}], until: person_shown}
"""


def test_shipped_scenarios_load() -> None:
    assert "open-a-barber-shop" in [s.name for s in list_scenarios()]


@pytest.mark.parametrize("name", ["nothing-here", "../catalog/catalog", ""])
def test_unknown_name_lists_the_known(name: str) -> None:
    with pytest.raises(BadInput) as caught:
        load_scenario(name)
    assert "open-a-barber-shop" in caught.value.todo


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("key: F2", "shell: ls"),
        ("world:", "word:"),
        ("steps:", "steps: ["),
        ("- {id", "- {id: one, title: 二}\n  - {id"),
    ],
)
def test_mistakes_are_refused(old: str, new: str) -> None:
    assert parse_scenario(GOOD, "good.yaml").steps[0].until == ("person_shown",)
    with pytest.raises(BadInput, match=r"bad\.yaml"):
        parse_scenario(GOOD.replace(old, new), "bad.yaml")
