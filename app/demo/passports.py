"""The states behind the passports of the demo's people, as a list of issuers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.identity.chip.csca import CscaList

SOURCE = "演示用签发国证书"


def demo_issuers() -> CscaList:
    """What a demo knows: the made-up states of its people, nobody real."""
    from app.identity.chip.csca import CscaList, Root, state_codes
    from app.identity.chip.signed import read_certificate
    from devices.emulators.identity.emrtd_people import demo_states

    since = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    roots = tuple(Root(read_certificate(state.csca.der), SOURCE, since) for state in demo_states())
    return CscaList(roots, state_codes())
