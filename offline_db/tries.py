"""How often a PIN was wrong while the store was still locked: a small file beside the key file.

It is no lock: who can write to the profile's folder can also copy the key file and try elsewhere, against Argon2. It
slows down whoever stands at the window. A damaged one counts as wrong tries made now, never as none.
"""

from __future__ import annotations

import json
from pathlib import Path

from app.domain.clerk import FREE_TRIES, Tries
from app.domain.clock import Clock, isoformat, parse_iso
from offline_db.files import disk_problem, write_whole

FILE = "key-tries.json"


class TriesFile:
    """Counts by clerk number; each change is on the disk when the method returns. EnvironmentProblem: disk trouble."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._path = folder / FILE
        self._clock = clock
        self._counts: dict[str, Tries] = {}
        self._spoilt: Tries | None = None
        try:
            document = json.loads(self._path.read_text("utf-8"))
            self._counts = {str(n): Tries(int(c["failures"]), parse_iso(c["tried_at"])) for n, c in document.items()}
        except FileNotFoundError:
            pass
        except OSError as error:
            raise disk_problem(error) from error
        except (ValueError, KeyError, TypeError, AttributeError):
            self._spoilt = Tries(FREE_TRIES, clock.now())

    def of(self, number: str) -> Tries:
        """What was counted against this clerk."""
        return self._counts.get(number, self._spoilt or Tries())

    def keep(self, number: str, tries: Tries) -> None:
        """Take over what was counted; no failures take the clerk out of the file."""
        if tries == self._counts.get(number, Tries()) and self._spoilt is None:
            return
        counts = {**self._counts, number: tries}
        if not tries.failures:
            del counts[number]
        document = {
            key: {"failures": c.failures, "tried_at": isoformat(c.tried_at or self._clock.now())}
            for key, c in counts.items()
        }
        try:
            write_whole(self._path, json.dumps(document).encode())
        except OSError as error:
            raise disk_problem(error) from error
        self._counts, self._spoilt = counts, None
