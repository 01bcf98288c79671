"""What the services that make papers stand on."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.documents.render import PaperRenderer
from app.domain.case import Window
from app.domain.clock import Clock
from app.domain.hours import OpenHours
from app.domain.item import Catalog
from app.materials.opening import Opening
from app.services.duty import Duty
from app.services.fill_form import FillForm
from offline_db.store import Store
from offline_db.vault import Vault


@dataclass(frozen=True, slots=True)
class Counter:
    """The counter as it stands: its store and vault, its catalogue, who serves where. demo: papers say so."""

    store: Store
    vault: Vault
    catalog: Catalog
    renderer: PaperRenderer
    fill: FillForm
    clock: Clock
    window: Window
    duty: Duty
    demo: bool
    opening: Opening = field(default_factory=lambda: Opening(OpenHours()))
    """When the desk is open."""
