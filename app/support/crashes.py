"""Crash reports: kept on this machine as they happen, sent only if somebody says so at a later start.

An exception that nobody caught is written at once. A crash below Python leaves its trace in a file that faulthandler
has open all the time; the next start finds it.
"""

from __future__ import annotations

import contextlib
import faulthandler
import hashlib
import json
import os
import sys
import threading
import traceback
import uuid
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import TextIO

from app.domain.clock import Clock, isoformat
from app.logs import mask_text
from app.server.whole_file import whole_file

KEPT = 10
_MOST_TEXT = 60_000


class Fate(StrEnum):
    """What was decided about a report."""

    NEW = "new"
    KEPT = "kept"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class CrashReport:
    """kind: "exception" or "crash" (below Python). at: RFC 3339. text: masked."""

    report_id: str
    version: str
    at: str
    kind: str
    text: str
    fate: str = Fate.NEW


class CrashKeeper:
    """Watches from `start` to `close`. Never raises while something else is going wrong."""

    def __init__(self, folder: Path, version: str, clock: Clock) -> None:
        self.folder = folder
        self._version = version
        self._clock = clock
        self._hooks = (sys.excepthook, threading.excepthook)
        self._seen: set[str] = set()
        self._trace: TextIO | None = None
        self._on = False

    def start(self) -> None:
        """Watch. What an earlier start left behind becomes a report. OSError: the folder cannot be written."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._collect()
        self._hooks = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        self._trace = (self.folder / f"running-{os.getpid()}.trace").open("w", encoding="utf-8")
        with contextlib.suppress(ValueError, OSError, AttributeError):
            faulthandler.enable(self._trace)
        self._on = True

    def close(self) -> None:
        """Stop watching; the trace of a start that ended well goes."""
        if not self._on or self._trace is None:
            return
        self._on = False
        sys.excepthook, threading.excepthook = self._hooks
        faulthandler.disable()
        with contextlib.suppress(ValueError, OSError, AttributeError):
            faulthandler.enable()
        path = Path(self._trace.name)
        self._trace.close()
        path.unlink(missing_ok=True)

    def reports(self) -> tuple[CrashReport, ...]:
        """All that are kept, the newest first."""
        found = []
        for path in self.folder.glob("*.json"):
            with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
                found.append(CrashReport(**json.loads(path.read_text("utf-8"))))
        return tuple(sorted(found, key=lambda report: report.at, reverse=True))

    def undecided(self) -> tuple[CrashReport, ...]:
        """Those about which nobody was asked yet."""
        return tuple(report for report in self.reports() if report.fate == Fate.NEW)

    def decide(self, report: CrashReport, fate: Fate) -> None:
        """Note what was decided."""
        self._write(replace(report, fate=fate))

    def take(self, kind: str, text: str, at: str = "") -> None:
        """Keep one. The same fault again in this start is not written again."""
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        if digest in self._seen or len(self._seen) >= KEPT:
            return
        self._seen.add(digest)
        self._write(
            CrashReport(
                str(uuid.uuid4()),
                self._version,
                at or isoformat(self._clock.now()),
                kind,
                mask_text(text)[-_MOST_TEXT:].encode("utf-8", "replace").decode(),
            )
        )
        for old in self.reports()[KEPT:]:
            (self.folder / f"{old.report_id}.json").unlink(missing_ok=True)

    def _write(self, report: CrashReport) -> None:
        # A full disk on top of a fault must not hide the fault.
        with contextlib.suppress(OSError), whole_file(self.folder / f"{report.report_id}.json") as stream:
            stream.write(json.dumps(asdict(report), ensure_ascii=False, indent=1).encode())

    def _collect(self) -> None:
        for path in self.folder.glob("running-*.trace"):
            if path.name == f"running-{os.getpid()}.trace" or _alive(path.stem.removeprefix("running-")):
                continue
            with contextlib.suppress(OSError):
                text = path.read_text("utf-8", "replace").strip()
                if text:
                    self.take("crash", text)
                path.unlink()

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            self._take(error)
        self._hooks[0](kind, error, trace)

    def _uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self._take(args.exc_value)
        self._hooks[1](args)

    def _take(self, error: BaseException) -> None:
        with contextlib.suppress(Exception):
            # Where, not with what: the values that an exception names may be a person's.
            frames = traceback.TracebackException.from_exception(error, capture_locals=False)
            self.take("exception", "".join(frames.format()))


def _alive(pid: str) -> bool:
    """Does a process of this number run? Another one may have it by now: then its trace waits a start longer."""
    if not pid.isascii() or not pid.isdigit() or sys.platform == "win32":
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
