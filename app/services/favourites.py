"""What this window is asked for most: pinned by the clerk, or learnt from what was chosen lately."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

from app.domain.clock import Clock
from app.domain.item import Catalog

KEY = "window.favourites"
HALF_LIFE = dt.timedelta(days=14)
"""After so long a choice counts half: the season's business comes up by itself and goes again."""

_KEPT = 200
_FAINT = 0.05


class Settings(Protocol):
    """The part of the store that is needed: small texts by name."""

    def setting(self, key: str) -> str | None: ...

    def set_setting(self, key: str, value: str) -> None: ...


@dataclass(frozen=True, slots=True)
class _Use:
    """How often a code was chosen, as counted at a time (UTC)."""

    count: float
    at: dt.datetime

    def now(self, at: dt.datetime) -> float:
        # A clock that was set back must not make old choices grow.
        return float(self.count * 0.5 ** (max(at - self.at, dt.timedelta()) / HALF_LIFE))


class Favourites:
    """The window's own list. Changes count at once; `save` writes them, off the event loop."""

    def __init__(self, store: Settings, catalog: Catalog, clock: Clock) -> None:
        self._store = store
        self._catalog = catalog
        self._clock = clock
        self._lock = Lock()
        self._pinned, self._uses = _read(store.setting(KEY))

    @property
    def pinned(self) -> tuple[str, ...]:
        """What the clerk pinned, in that order; what the catalogue no longer has is left out."""
        return tuple(code for code in self._pinned if self._known(code))

    def recent(self, limit: int = 8) -> tuple[str, ...]:
        """What was chosen most and latest, best first, without what is pinned."""
        now = self._clock.now()
        counts = {c: use.now(now) for c, use in self._uses.items() if c not in self._pinned and self._known(c)}
        return tuple(sorted(counts, key=lambda code: (-counts[code], code))[:limit])

    def toggle(self, code: str) -> bool:
        """Pin a code, or take it off; True when it is pinned now."""
        with self._lock:
            if code in self._pinned:
                self._pinned = tuple(c for c in self._pinned if c != code)
                return False
            self._pinned = (*self._pinned, code)
            return True

    def used(self, codes: Iterable[str]) -> None:
        """Count what a visitor came for."""
        now = self._clock.now()
        with self._lock:
            uses = dict(self._uses)
            for code in codes:
                before = uses[code].now(now) if code in uses else 0.0
                uses[code] = _Use(before + 1, now)
            best = sorted(uses, key=lambda code: -uses[code].now(now))[:_KEPT]
            self._uses = {code: uses[code] for code in best if uses[code].now(now) > _FAINT}

    def save(self) -> None:
        """Write the list as it is now to the store."""
        with self._lock:
            document = {
                "pinned": list(self._pinned),
                "used": {code: [round(use.count, 4), use.at.isoformat()] for code, use in self._uses.items()},
            }
            self._store.set_setting(KEY, json.dumps(document, ensure_ascii=False))

    def _known(self, code: str) -> bool:
        catalog = self._catalog
        return code in catalog.bundles or code in catalog.items or code in catalog.mains


def _read(text: str | None) -> tuple[tuple[str, ...], dict[str, _Use]]:
    """What was saved; a document that is damaged is an empty list: it is a convenience and must stop nobody."""
    try:
        document = json.loads(text or "{}")
        pinned = tuple(dict.fromkeys(str(code) for code in document.get("pinned", ())))
        uses = {str(c): _Use(float(n), _time(at)) for c, (n, at) in document.get("used", {}).items()}
    except (ValueError, TypeError, AttributeError):
        return (), {}
    return pinned, uses


def _time(text: str) -> dt.datetime:
    at = dt.datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a time without its zone")
    return at
