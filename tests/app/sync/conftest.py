"""The bench that the engine's tests work on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from gateway_kit import NOW, workstation
from sync_bench import Bench

from app.domain.clock import FixedClock


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    clock = FixedClock(NOW)
    with workstation(tmp_path / "profile", clock) as station:
        made = Bench(tmp_path, station, clock)
        made.start()
        yield made
        for client in made.clients:
            client.close()
        made.stop()
