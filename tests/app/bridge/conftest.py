"""A picture of a page for the emulated document camera."""

from pathlib import Path

import pytest

from app.demo.world import DemoWorld


@pytest.fixture(scope="session")
def world_page(world: DemoWorld) -> Path:
    return world.page_picture("floor-plan")
