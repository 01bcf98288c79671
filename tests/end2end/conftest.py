"""The demo world takes seconds to draw: it is drawn once and copied into each profile that a test opens.

Its clips and pictures (three CPU seconds each) stay in one place: what one test had drawn serves those after it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.demo.scenario import load_scenario
from app.demo.world import DemoWorld
from app.domain.clock import SystemClock

Seed = Callable[[Path], Path]
DRAWN = ("clips", "pages", "pictures")
"""Parts of a world's folder that nothing writes to but the world itself, once for each name."""


@pytest.fixture(scope="session")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Seed:
    """Puts the drawn world into a profile folder and gives that folder."""
    drawn = tmp_path_factory.mktemp("seed") / "world"
    world = DemoWorld(drawn, SystemClock())
    scenario = load_scenario("open-a-barber-shop")
    world.licence_clip(scenario.licence)
    world.page_picture(scenario.page)

    def into(profile: Path) -> Path:
        profile.mkdir(parents=True, exist_ok=True)
        shutil.copytree(drawn, profile / "world", dirs_exist_ok=True, ignore=shutil.ignore_patterns(*DRAWN))
        for part in DRAWN:
            (profile / "world" / part).symlink_to(drawn / part)
        return profile

    return into
