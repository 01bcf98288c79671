"""Open an e-licence that came as a file: read it, judge its seal, paint its first page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.documents.preview import pages_as_png
from app.domain.clock import Clock, shanghai
from app.domain.errors import EnvironmentProblem
from app.domain.licence import LicenceReading
from app.licences.ofd.drawing import DrawnPage
from app.licences.ofd.package import load
from app.licences.ofd.read import read_ofd
from app.licences.ofd.templates import Template, shipped, templates
from app.licences.ofd.verify import SealResult
from app.licences.trust_keeper import TrustKeeper

SUFFIX = ".ofd"


@dataclass(frozen=True, slots=True)
class OpenedOfd:
    """code: stands for the file in the visit. picture: the first page as PNG. decisive: the seal that decided.
    notes: what the clerk should know besides."""

    code: str
    reading: LicenceReading
    picture: bytes
    page_count: int
    decisive: SealResult
    notes: tuple[str, ...]


class OpenOfd:
    """Touches no visit; what is opened goes into it as a scanned licence does (ScanLicence.apply)."""

    def __init__(
        self, clock: Clock, trust: TrustKeeper, site: Path, clock_suspect: Callable[[], bool] = lambda: False
    ) -> None:
        """site: the profile's own templates, which need not be there."""
        self._clock = clock
        self._trust = trust
        self._site = site
        self._clock_suspect = clock_suspect

    def open(self, path: Path) -> OpenedOfd:
        """Tenths of a second: not for the event loop. OfdRefused, BadInput when it cannot be opened."""
        now, trust = self._clock.now(), self._trust.current
        known, trouble = self._templates()
        found = read_ofd(
            load(path),
            trust,
            now,
            known=known,
            policy=self._trust.policy,
            # A list of tomorrow means a clock of yesterday.
            clock_suspect=self._clock_suspect() or shanghai(now).date() < trust.date,
        )
        notes = (*found.notes, *((trouble,) if trouble else ()))
        return OpenedOfd(
            found.code,
            found.reading,
            _painted(found.page) if found.page else b"",
            found.page_count,
            found.decisive,
            notes,
        )

    def _templates(self) -> tuple[tuple[Template, ...], str]:
        try:
            return templates(self._site), ""
        except EnvironmentProblem as problem:
            return shipped(), problem.title


def _painted(page: DrawnPage) -> bytes:
    return pages_as_png(page.pdf, page.dpi)[0]
