"""Joins what a counter does for firms: assessments, profile, policies, scenes, the roster of who stands where."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from app.server.shared_client import SharedDataClient
from app.services.ask_firm import AskFirm
from app.services.assess import Assess
from app.services.counter import Counter
from app.services.firm_profile import ProfileFirm
from app.services.firm_services import FirmServices
from app.services.issue_paper import IssuePaper
from app.services.matters import Matters
from app.services.roster import MyStations
from app.services.visit_packs import VisitPacks


def firm_services(
    counter: Counter,
    matters: Matters,
    issue: IssuePaper,
    connect: Callable[[], SharedDataClient],
    folder: Path,
    stack: ExitStack,
    packs: VisitPacks,
) -> FirmServices:
    """folder: the profile's, where a site keeps files of its own. stack closes the lines."""
    ask = AskFirm(counter.store, counter.clock, counter.duty, connect)
    stack.callback(ask.close)
    return FirmServices(
        Assess(counter.store, counter.clock, counter.duty, ask, matters, issue, lambda: folder),
        ProfileFirm(counter.store, counter.clock, counter.duty, ask, issue, lambda: folder),
        MyStations(counter.store, counter.clock, counter.duty, matters.listed, packs.listed),
    )
