"""The demo's other region: a platform of its own, with its own database, key and departments, joined to ours."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from app.domain.clock import Clock
from app.domain.territory import Territory
from app.gateway.departments import Departments
from app.gateway.server import GatewayServer

HERE = Territory("330503", "湖州市南浔区")
THERE = Territory("310118", "上海市青浦区")


def open_region(folder: Path, gateway: GatewayServer, clock: Clock, stack: ExitStack) -> GatewayServer:
    """Start it on the loopback, and let ours hand cases over to it. gateway: ours, running."""
    other = GatewayServer(
        db_url=f"sqlite:///{(folder / 'region.db').resolve()}", files_folder=folder / "region-files", clock=clock
    )
    other.start()
    stack.callback(other.stop)
    join(gateway, HERE, other, THERE)
    stack.enter_context(Departments(other.cases_now, clock))
    return other


def join(here: GatewayServer, us: Territory, there: GatewayServer, them: Territory) -> None:
    """Both say who they are; the one there takes hand-overs under our seal, and ours sends them."""
    key, theirs = here.gateway.regions.name_own(us), there.gateway.regions.name_own(them)
    here.gateway.regions.add_partner(them, theirs, there.url, there.gateway.regions.admit(us, key))
