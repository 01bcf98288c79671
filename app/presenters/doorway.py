"""What the start needs of a profile whose store may still be locked; app.bootstrap builds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.item import Catalog
from app.presenters.station import Workstation
from app.services.door import Door, Entry
from app.services.remote_wipe import RemoteWipe
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Doorway:
    """An open profile, its store not yet.

    door: asks for a PIN; None where the store opens without one (demo, or from before there were PINs).
    prepare: loads the catalogue, which `enter` needs and which needs no PIN; slow, for a thread, may be left out.
    enter: opens the store and joins everything; slow, for a thread; after the door's Entry where there is a door.
    contact: asks the platform whether this machine was stolen, as far as that needs no PIN; slow, for a thread. True:
    its keys were destroyed, and `wipe` finishes that once the profile is closed. Never raises for the network.
    given_up: of an error of `enter`: has a version on trial failed, so that the program is to be left? The old version
    then starts by itself.
    """

    settings: Settings
    door: Door | None
    prepare: Callable[[], Catalog]
    enter: Callable[[Entry | None], Workstation]
    wipe: RemoteWipe | None = None
    contact: Callable[[], bool] = lambda: False
    given_up: Callable[[Exception], bool] = lambda _: False
