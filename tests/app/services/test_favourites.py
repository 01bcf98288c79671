"""The window's favourites: pinned, learnt, kept in the store, fading."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

import pytest

from app.domain.item import Bundle, Catalog
from app.services.favourites import HALF_LIFE, KEY, Favourites

START = dt.datetime(2026, 11, 20, 1, 0, tzinfo=dt.UTC)


class Papers:
    """Small texts by name, as the store keeps them."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def setting(self, key: str) -> str | None:
        return self.texts.get(key)

    def set_setting(self, key: str, value: str) -> None:
        self.texts[key] = value


@dataclass
class Hands:
    """A clock set by hand."""

    time: dt.datetime = START

    def now(self) -> dt.datetime:
        return self.time


def catalog(*codes: str) -> Catalog:
    return Catalog("t", {}, {}, {}, {}, {c: Bundle(c, c, "", (), ()) for c in codes})


@pytest.fixture
def papers() -> Papers:
    return Papers()


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def favourites(papers: Papers, clock: Hands) -> Favourites:
    return Favourites(papers, catalog("a", "b", "c"), clock)


def test_what_is_chosen_more_often_comes_first(favourites: Favourites) -> None:
    favourites.used(["a"])
    favourites.used(["b", "a"])
    favourites.used(["c", "c", "c"])
    assert favourites.recent() == ("c", "a", "b")
    assert favourites.recent(2) == ("c", "a")


def test_old_choices_fade(favourites: Favourites, clock: Hands) -> None:
    favourites.used(["a", "a", "a"])
    clock.time += 2 * HALF_LIFE
    favourites.used(["b"])
    assert favourites.recent() == ("b", "a")  # three of old are worth 0.75 now


def test_a_clock_set_back_lets_nothing_grow(favourites: Favourites, clock: Hands) -> None:
    favourites.used(["a"])
    favourites.used(["b", "b"])
    clock.time -= dt.timedelta(days=400)
    assert favourites.recent() == ("b", "a")


def test_the_pinned_stand_apart_in_the_clerks_order(favourites: Favourites) -> None:
    favourites.used(["a", "b"])
    assert favourites.toggle("b")
    assert favourites.toggle("a")
    assert favourites.pinned == ("b", "a")
    assert favourites.recent() == ()
    assert not favourites.toggle("b")
    assert favourites.pinned == ("a",)
    assert favourites.recent() == ("b",)


def test_they_are_there_after_a_restart(favourites: Favourites, papers: Papers, clock: Hands) -> None:
    favourites.used(["a", "b", "b"])
    favourites.toggle("c")
    assert KEY not in papers.texts
    favourites.save()
    again = Favourites(papers, catalog("a", "b", "c"), clock)
    assert (again.pinned, again.recent()) == (("c",), ("b", "a"))


def test_what_the_catalogue_no_longer_has_is_not_shown(favourites: Favourites, papers: Papers, clock: Hands) -> None:
    favourites.used(["a", "b"])
    favourites.toggle("c")
    favourites.save()
    less = Favourites(papers, catalog("a"), clock)
    assert (less.pinned, less.recent()) == ((), ("a",))


def test_the_list_does_not_grow_without_end(papers: Papers, clock: Hands) -> None:
    codes = [f"x{n}" for n in range(300)]
    favourites = Favourites(papers, catalog(*codes), clock)
    favourites.used(["x7", *codes])
    favourites.save()
    saved = json.loads(papers.texts[KEY])
    assert len(saved["used"]) == 200
    assert "x7" in saved["used"]
    clock.time += 10 * HALF_LIFE
    favourites.used(["x8"])
    favourites.save()
    assert list(json.loads(papers.texts[KEY])["used"]) == ["x8"]


@pytest.mark.parametrize(
    "text",
    ["", "no json", "[]", "3", '{"pinned": 3}', '{"used": {"a": 1}}', '{"used": {"a": [1, "2026-11-20T01:00:00"]}}'],
)
def test_a_damaged_list_is_an_empty_one(papers: Papers, clock: Hands, text: str) -> None:
    papers.texts[KEY] = text
    favourites = Favourites(papers, catalog("a"), clock)
    assert (favourites.pinned, favourites.recent()) == ((), ())
    favourites.used(["a"])
    assert favourites.recent() == ("a",)
