from __future__ import annotations

import datetime as dt

import pytest
from desk_parts import shipped

from app.domain.item import Catalog, Item


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return shipped()[0]


@pytest.fixture(scope="session")
def barber(catalog: Catalog) -> tuple[Item, ...]:
    return catalog.items_of("open-a-barber-shop")


@pytest.fixture
def today() -> dt.date:
    return dt.date(2026, 11, 21)
