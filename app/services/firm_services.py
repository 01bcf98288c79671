"""What a counter does for firms beside their items, joined."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.assess import Assess
from app.services.firm_profile import ProfileFirm
from app.services.roster import MyStations


@dataclass(frozen=True, slots=True)
class FirmServices:
    """assess: self-assessments and check-ups. profile: tags, policies and scenes of a firm. roster: where the clerk on
    duty stands."""

    assess: Assess
    profile: ProfileFirm
    roster: MyStations
