"""What lies in a profile folder besides the store: settings, trust list, keys of papers, a catalogue of its own.

Kept apart from app.bootstrap so that a command which only looks something up does not load the whole workstation.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import resources
from app.catalog.load import load_catalog
from app.documents.trust import PaperTrust, load_trust
from app.domain.clock import Clock, SystemClock, shanghai
from app.domain.errors import EnvironmentProblem
from app.domain.item import Catalog
from app.licences.keys import TrustedKey
from app.licences.snapshot import Pin
from app.licences.trust import AgePolicy, TrustList
from app.licences.trust_keeper import Memory, TrustKeeper
from app.settings import EXAMPLE, Settings, load, profile_folder
from offline_db.profile import ProfileKind


def folder_of(profile: str | None) -> Path:
    """The profile folder that a command speaks of (default: the working one)."""
    return Path(profile) if profile else profile_folder("work")


def kind_of(folder: Path) -> ProfileKind:
    """What the folder says it is; Profile itself checks that the rest agrees."""
    try:
        return ProfileKind(json.loads((folder / "profile.json").read_text("utf-8"))["kind"])
    except (OSError, ValueError, KeyError, TypeError):
        return ProfileKind.WORK


def load_settings(profile: str | None) -> Settings:
    """The settings of a profile (default: the working one)."""
    folder = folder_of(profile)
    return load(folder / "settings.toml", emulated=kind_of(folder) is ProfileKind.DEMO)


def write_example_settings(profile: str | None) -> Path:
    """Put an example settings.toml into the profile; never over one that is there."""
    path = folder_of(profile) / "settings.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(EXAMPLE)
    except FileExistsError:
        raise EnvironmentProblem("设置文件已存在", str(path), "直接编辑它即可。") from None
    return path


def trust_list(folder: str | Path | None, profile: str | None) -> TrustList:
    """The trust list in force: the folder given, else what the profile keeps; empty when there is none."""
    if folder is not None:
        return TrustList.load(Path(folder))
    home = folder_of(profile)
    if (home / "settings.toml").is_file():
        return trust_keeper(load_settings(profile), home, SystemClock()).current
    return _folder_list(home / "trust")


def trust_keeper(settings: Settings, folder: Path, clock: Clock, memory: Memory | None = None) -> TrustKeeper:
    """The keeper of a profile's trust list. memory: the open store; None to look only, without rollback protection.

    BadInput: a pinned key in the settings is none.
    """
    rules = settings.trust_rules
    return TrustKeeper(
        folder,
        TrustList.load(settings.trust) if settings.trust is not None else _folder_list(folder / "trust"),
        clock,
        pins=[Pin.read(key) for key in rules.keys],
        policy=AgePolicy(rules.warn_days, rules.max_age_days),
        memory=memory,
    )


def _folder_list(folder: Path) -> TrustList:
    return TrustList.load(folder) if folder.is_dir() else TrustList((), shanghai(SystemClock().now()).date())


def paper_keys(folder: str | None, profile: str | None) -> Callable[[bytes], Sequence[TrustedKey]]:
    """Finds the key that signed a paper: in the folder given, or among this profile's own keys."""
    return TrustList.load(Path(folder) if folder else folder_of(profile) / "keys").find


def paper_trust(folder: str | None, profile: str | None) -> PaperTrust:
    """Whose papers count: the keys in the folder given, or this profile's own and those that the platform certified."""
    own = paper_keys(folder, profile)
    return PaperTrust(own) if folder else load_trust(folder_of(profile), own)


def catalog_of(profile: str | None) -> Catalog:
    """The catalogue in force: the profile's own if its settings name one, else the one shipped."""
    folder = resources.path("catalog")
    if (folder_of(profile) / "settings.toml").is_file():
        folder = load_settings(profile).catalog or folder
    return load_catalog(folder)
