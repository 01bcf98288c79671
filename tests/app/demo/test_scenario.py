"""Scenario files: all shipped ones load; mistakes are named."""

import pytest

from app.demo.rows import played_rows
from app.demo.scenario import DOWN, GATEWAY, Fault, list_scenarios, load_scenario, parse_scenario, without_line
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


def test_the_same_lesson_without_the_line() -> None:
    two, three = "  - {id: two, title: 二, until: accepted}\n", "  - {id: three, title: 三, until: synced}\n"
    lesson = parse_scenario(f"{GOOD}{two}{three}offline: {{at: two, until: three}}\n", "good.yaml")
    cut = without_line(lesson)
    assert cut.name == "a-offline"
    assert [step.id for step in cut.steps] == ["one", "two", "line-back", "three"]
    assert cut.faults == (Fault(GATEWAY, DOWN, "two", "line-back"),)
    assert cut.steps[1].until == ("accepted", "offline"), "what was accepted waits"
    assert cut.steps[2].until == ("online",)
    assert (cut.ends, cut.goal) == (lesson.ends, lesson.goal)
    looked_at = without_line(parse_scenario(f"{GOOD}{two}offline: {{at: one, until: two}}\n", "good.yaml"))
    assert [step.id for step in looked_at.steps] == ["one", "two"], "nothing was accepted, nothing is to be sent"
    assert looked_at.faults == (Fault(GATEWAY, DOWN, "one", "two"),)
    to_the_end = without_line(parse_scenario(f"{GOOD}{two}offline: {{at: one}}\n", "good.yaml"))
    assert [step.until for step in to_the_end.steps] == [("person_shown",), ("accepted", "offline")]
    with pytest.raises(BadInput, match="four"):
        parse_scenario(f"{GOOD}offline: {{at: four}}\n", "bad.yaml")
    with pytest.raises(ValueError, match="offline"):
        without_line(parse_scenario(f"{GOOD}offline: nothing to be done\n", "good.yaml"))


def test_every_row_is_played_without_the_line_or_says_why_not() -> None:
    assert [row.name for row in played_rows() if not (row.offline or row.never_offline)] == []
