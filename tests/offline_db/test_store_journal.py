"""Numbers and settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.domain.errors import Refused
from offline_db.store import Store
from tests.offline_db.made_up_cases import RARE

DAY = dt.date(2026, 11, 21)


def test_numbers_go_on_by_window_and_day(open_store: Callable[[], Store]) -> None:
    store = open_store()
    assert store.reserve_numbers("A07", DAY, 3) == (1, 2, 3)
    store.close()
    store = open_store()
    assert store.reserve_numbers("A07", DAY, 1) == (4,)
    assert store.reserve_numbers("B01", DAY, 1) == (1,)
    assert store.reserve_numbers("A07", DAY + dt.timedelta(days=1), 2) == (1, 2)
    with pytest.raises(ValueError, match="count"):
        store.reserve_numbers("A07", DAY, 0)


def test_no_number_is_given_twice_to_many_threads(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        blocks = list(pool.map(lambda n: store.reserve_numbers("A07", DAY, n % 3 + 1), range(60)))
    numbers = [number for block in blocks for number in block]
    assert sorted(numbers) == list(range(1, 121))


def test_the_day_s_last_number(store: Store) -> None:
    assert store.reserve_numbers("A07", DAY, 7998)[-1] == 7998
    with pytest.raises(Refused, match="流水号已用完"):
        store.reserve_numbers("A07", DAY, 2)
    assert store.reserve_numbers("A07", DAY, 1) == (7999,), "the rest belongs to visit packs"


def test_settings(open_store: Callable[[], Store]) -> None:
    store = open_store()
    assert store.setting("scale") is None
    store.set_setting("scale", "1.25")
    store.set_setting("scale", RARE)
    store.close()
    assert open_store().setting("scale") == RARE
