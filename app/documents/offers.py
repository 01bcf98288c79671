"""What a hall offers beyond the case itself, told on the notice of acceptance."""

from __future__ import annotations

from dataclasses import dataclass

from app.documents.rate_link import RateLinks
from app.materials.opening import Opening


@dataclass(frozen=True, slots=True)
class Offers:
    """links: where a visitor rates later. opening: when the desk is open. None: nothing is said of it."""

    links: RateLinks | None = None
    opening: Opening | None = None


NONE = Offers()
