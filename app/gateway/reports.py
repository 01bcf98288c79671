"""Crash reports that windows sent with consent: a file each, for the people who mend the program."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from app.domain.clock import Clock
from app.gateway.problems import Problem
from app.server.whole_file import whole_file

MOST_A_DAY = 20
"""Of one device: a program that falls over at every start must not fill the platform."""
KEPT = dt.timedelta(days=90)


class ReportDesk:
    """Keeps them in FOLDER/reports/DEVICE/REPORT.json."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder / "reports"
        self._clock = clock

    def take(self, device_id: str, document: dict[str, Any]) -> None:
        """Keep one; the same again changes nothing. Problem 429: too many of this device in a day."""
        # Device ids are ours, yet a name on a disk is no place for trust.
        folder = self._folder / device_id.encode().hex()
        target = folder / f"{document['report_id']}.json"
        if target.exists():
            return
        folder.mkdir(parents=True, exist_ok=True)
        now = self._clock.now()
        since = (now - dt.timedelta(days=1)).timestamp()
        if sum(path.stat().st_mtime > since for path in folder.iterdir()) >= MOST_A_DAY:
            raise Problem(429, "too-many-reports", "今天的故障报告太多", headers={"Retry-After": "3600"})
        with whole_file(target) as stream:
            stream.write(json.dumps({"device": device_id, **document}, ensure_ascii=False, indent=1).encode())

    def tidy(self) -> None:
        """Forget those that were kept their time."""
        before = (self._clock.now() - KEPT).timestamp()
        for path in self._folder.glob("*/*.json"):
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)
