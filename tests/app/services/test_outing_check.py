"""Before going out: what lacks is found by trying, and each lack says what to do."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desk_parts import Parts
from outing_kit import VISIT, MobileWindow, mobile_window

from app.domain.visit_pack import PackPerson, VisitPack
from app.services.outing_check import OutingCheck, Ready
from app.services.visit_packs import VisitPacks

RARE = "𬭚"
NO_GLYPH = "\U0003134a"  # of an extension that none of our fonts draws
DAY = dt.timedelta(days=1)


@pytest.fixture
def window(parts: Parts, tmp_path: Path) -> Iterator[MobileWindow]:
    with mobile_window(parts, tmp_path) as made:
        made.plan()
        yield made


@pytest.fixture
def pack(window: MobileWindow) -> VisitPack:
    return window.packs.check_out(VISIT)


@pytest.fixture
def check(window: MobileWindow, tmp_path: Path) -> Callable[..., dict[str, Ready]]:
    parts = window.parts

    def look(pack: VisitPack, suspect: bool = False) -> dict[str, Ready]:
        made = OutingCheck(
            parts.store, parts.catalog, parts.choose, parts.trust, parts.clock,
            draws=parts.counter.renderer.require, suspect=lambda: suspect, folder=tmp_path,
        )  # fmt: skip
        return {one.id: one for one in made.of(pack)}

    return look


Check = Callable[..., dict[str, Ready]]


def test_all_is_here(pack: VisitPack, check: Check) -> None:
    found = check(pack)
    assert [one.id for one in found.values() if one.ok is not True and one.id != "trust"] == []
    assert found["forms"].detail.startswith("3 个事项")


def test_an_item_that_this_machine_lacks(pack: VisitPack, check: Check) -> None:
    found = check(replace(pack, items=(*pack.items, "not-in-this-catalogue")))
    assert (found["catalog"].ok, found["catalog"].detail) == (False, "本机没有 1 个事项")
    assert found["catalog"].todo
    assert check(replace(pack, items=("nothing-of-it",)))["forms"].ok is False


def test_another_catalogue_is_to_be_looked_at(pack: VisitPack, check: Check) -> None:
    found = check(replace(pack, catalog_version="1999.1"))["catalog"]
    assert found.ok is None
    assert "1999.1" in found.detail


def test_a_name_that_no_font_draws_is_found_before_going(pack: VisitPack, check: Check) -> None:
    assert check(replace(pack, title=f"王{RARE}"))["fonts"].ok is True
    found = check(replace(pack, people=(PackPerson(f"王{NO_GLYPH}", "1"),)))["fonts"]
    assert found.ok is False
    assert "第 2 个字符" in found.detail
    assert found.todo


def test_a_trust_list_that_will_be_too_old_on_the_way(pack: VisitPack, check: Check, window: MobileWindow) -> None:
    age = window.parts.trust.state().age
    late = pack.expires_at + max(31 - age, 0) * DAY
    found = check(replace(pack, expires_at=late))["trust"]
    assert (found.ok, found.todo) == (None, "出发前请联网更新")
    newer = check(replace(pack, trust_version=99))["trust"]
    assert newer.ok is None
    assert "平台已有更新的" in newer.detail or "会过期" in newer.detail


def test_a_full_disk_and_a_wrong_clock(pack: VisitPack, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr("app.services.outing_check.shutil.disk_usage", lambda _: usage._replace(free=1 << 20))
    found = check(pack, suspect=True)
    assert (found["space"].ok, found["time"].ok) == (False, None)
    assert "清理磁盘" in found["space"].todo
    assert "校准" in found["time"].todo


def test_a_pack_that_is_gone_is_not_here(pack: VisitPack, check: Check, window: MobileWindow) -> None:
    packs: VisitPacks = window.packs
    packs.give_back(pack.pack_id, done=False)
    assert check(pack)["kept"].ok is False
