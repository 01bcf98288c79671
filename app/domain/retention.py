"""How long a window keeps what it no longer needs: the site's settings, inside what the platform's policy allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

GATEWAY_NOW = "sync.gateway_now"
"""Setting: the gateway's time when it was last heard. Days of retention are counted by it alone: this machine's clock
may jump."""
PROGRAM = "系统"
"""Who acts, in the trail, when nobody asked."""
MOST_DAYS = 3650
LEAST = {"files": 1, "contents": 1, "prints": 1, "logs": 7, "drafts": 7, "identity": 1}
"""Days that nothing may go below: a week's logs are needed to find a fault, a week's drafts to come back to one."""


@dataclass(frozen=True, slots=True)
class RetentionRules:
    """Days. files, contents, prints (the papers' files and the printing record): since the platform said that it holds
    the case safely. logs: since they were written. drafts: since an unfinished visit was last saved.
    identity: the keys that lead the hashes in records of checks of identity back to numbers, since they were made.

    contents are never cleared before the files that they name.
    """

    files: int = 90
    contents: int = 180
    prints: int = 180
    logs: int = 90
    drafts: int = 30
    identity: int = 180

    def within(self, limits: Mapping[str, tuple[int, int]]) -> RetentionRules:
        """The same inside (least, most) days; what limits do not name stays."""
        days = {}
        for field in fields(self):
            least, most = limits.get(field.name, (LEAST[field.name], MOST_DAYS))
            days[field.name] = min(max(getattr(self, field.name), least), most)
        return replace(self, **{**days, "contents": max(days["contents"], days["files"])})


def read_limits(document: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """The policy's limits: kind -> [least, most] days. ValueError naming the kind when one is none."""
    limits = {}
    for field in fields(RetentionRules):
        pair = document.get(field.name)
        if pair is None:
            continue
        if (
            not isinstance(pair, list)
            or len(pair) != 2
            or not all(type(days) is int for days in pair)
            or not LEAST[field.name] <= pair[0] <= pair[1] <= MOST_DAYS
        ):
            raise ValueError(field.name)
        limits[field.name] = (pair[0], pair[1])
    return limits
