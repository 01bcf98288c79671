"""A store on a real encrypted file, and made-up cases to put in it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.domain.clock import FixedClock
from offline_db.keys import DemoKeys
from offline_db.profile import Profile
from offline_db.store import Store

START = dt.datetime(2026, 11, 21, 1, 2, 3, 456000, dt.UTC)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Profile]:
    with Profile(tmp_path / "profile", "demo") as opened:
        yield opened


@pytest.fixture
def open_store(profile: Profile, clock: FixedClock) -> Iterator[Callable[[], Store]]:
    """Opens the profile's store, any number of times; what is still open at the end is closed."""
    opened: list[Store] = []

    def open_it() -> Store:
        opened.append(Store.open(profile, DemoKeys(profile.folder), clock))
        return opened[-1]

    yield open_it
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[[], Store]) -> Store:
    return open_store()


@pytest.fixture
def profile_copy(tmp_path: Path, clock: FixedClock) -> Iterator[Callable[[Store], Store]]:
    """Opens the files as they lie on the disk at this moment: what a program started after a crash would find."""
    opened: list[tuple[Store, Profile]] = []

    def copy(store: Store) -> Store:
        folder = tmp_path / f"after-crash-{len(opened)}"
        shutil.copytree(store.profile.folder, folder)
        profile = Profile(folder, store.profile.kind)
        opened.append((Store.open(profile, DemoKeys(folder), clock), profile))
        return opened[-1][0]

    yield copy
    for store, profile in opened:
        store.close()
        profile.close()
