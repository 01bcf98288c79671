from __future__ import annotations

import datetime as dt

import pytest
from desk_parts import shipped

from app.domain.form import FormDefinition
from app.domain.item import Catalog, Item
from app.forms.combine import combine

TODAY = dt.date(2026, 11, 21)
AT = dt.datetime(2026, 11, 21, 1, 30, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return shipped()[0]


@pytest.fixture(scope="session")
def barber(catalog: Catalog) -> tuple[Item, ...]:
    return catalog.items_of("open-a-barber-shop")


@pytest.fixture(scope="session")
def form(catalog: Catalog, barber: tuple[Item, ...]) -> FormDefinition:
    return combine(catalog, barber)


@pytest.fixture
def today() -> dt.date:
    return TODAY


@pytest.fixture
def at() -> dt.datetime:
    return AT
