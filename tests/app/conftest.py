"""The demo world and the services of one window over it, for the tests of the application."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_parts import Parts, counter

from app.demo.world import DemoWorld
from app.domain.clock import SystemClock


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> DemoWorld:
    """Read by many, changed by none."""
    return DemoWorld(tmp_path_factory.mktemp("world"), SystemClock())


@pytest.fixture
def parts(tmp_path: Path, world: DemoWorld) -> Iterator[Parts]:
    """A window's services over an empty profile."""
    with counter(tmp_path / "profile", world) as made:
        yield made
