"""What the office keeps about services to firms, as data: packages of intermediaries (resources/firms)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml

import resources


@dataclass(frozen=True, slots=True)
class Package:
    """One order for several services of an intermediary."""

    name: str
    services: tuple[str, ...]

    @property
    def words(self) -> str:
        """Name and services in one line."""
        return f"{self.name}（{'、'.join(self.services)}）"


@dataclass(frozen=True, slots=True)
class Agencies:
    """The packages, and the intermediaries that take them."""

    packages: tuple[Package, ...]
    names: tuple[str, ...]


@cache
def load_agencies() -> Agencies:
    """resources/firms/agencies.yaml."""
    found = yaml.safe_load((resources.path("firms") / "agencies.yaml").read_text(encoding="utf-8"))
    packages = tuple(Package(one["name"], tuple(one["services"])) for one in found["packages"])
    return Agencies(packages, tuple(found["agencies"]))
