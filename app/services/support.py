"""What leaves this machine for support: the bundle, crash reports. Nothing goes without a person's word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from app.config.layers import Layered, shown
from app.domain.case import AuditEvent
from app.domain.clock import Clock
from app.domain.errors import YichuangError
from app.services.duty import Duty
from app.support.bundle import BundleFile, gather, write_bundle
from app.support.crashes import CrashKeeper, CrashReport, Fate
from app.support.redact import Redactor
from devices.uri import redacted
from offline_db.case_list import CaseFilter
from offline_db.store import Store

Send = Callable[[CrashReport], object]


class Support:
    """For a thread, but for `crashes`, whose watching begins and ends with the window."""

    def __init__(
        self,
        folder: Path,
        store: Store,
        clock: Clock,
        duty: Duty,
        version: str,
        settings: Callable[[], Layered],
        checks: Callable[[], Sequence[Mapping[str, object]]],
        send: Send,
        *,
        ask: bool,
    ) -> None:
        """folder: the profile's. settings, checks: read anew for each bundle. send: hands a report to the platform,
        raising what the line raises. ask: may somebody be asked whether a report is sent?"""
        self._folder = folder
        self._store = store
        self._clock = clock
        self._duty = duty
        self._settings = settings
        self._checks = checks
        self._send = send
        self._ask = ask
        self.version = version
        self.crashes = CrashKeeper(folder / "crashes", version, clock)

    def bundle(self, state: Mapping[str, object]) -> tuple[BundleFile, ...]:
        """The files to be shown. state: what the window knows besides (devices, updates); numbers and program words."""
        counts = self._store.counts()
        return gather(
            self._folder,
            Redactor(_people(self._store)),
            version=self.version,
            checks=self._checks(),
            settings=settings_lines(self._settings),
            state={"outbox": {name: getattr(counts, name) for name in counts.__dataclass_fields__}, **state},
        )

    def save(self, target: Path, files: Sequence[BundleFile]) -> None:
        """Write what was shown, and note it. EnvironmentProblem: it cannot be written."""
        write_bundle(target, files)
        self._note("support.bundle_saved", "", files=len(files))

    def to_ask(self) -> tuple[CrashReport, ...]:
        """The reports about which somebody is to be asked, as they would be sent; none where the site says never."""
        found = self.crashes.undecided() if self._ask else ()
        if not found:
            return ()
        redact = Redactor(_people(self._store))
        return tuple(replace(report, text=redact(report.text)) for report in found)

    def send(self, reports: Sequence[CrashReport]) -> None:
        """Send these, as they were shown. Raises what the line raises; what went is noted, the rest is asked again."""
        for report in reports:
            self._send(report)
            self.crashes.decide(report, Fate.SENT)
            self._note("support.crash_sent", report.report_id)

    def keep(self, reports: Sequence[CrashReport]) -> None:
        """These stay here, and nobody is asked again."""
        for report in reports:
            self.crashes.decide(report, Fate.KEPT)

    def _note(self, action: str, subject: str, **details: object) -> None:
        by = self._duty.holder.name if self._duty.holder is not None else ""
        self._store.append_audit(AuditEvent(self._clock.now(), by, action, subject, details))


def settings_lines(read: Callable[[], Layered]) -> list[dict[str, object]]:
    """Each setting with where it came from; what is wrong instead, when they cannot be read."""
    try:
        values = read().values()
    except YichuangError as error:
        return [{"trouble": f"{error.title} {error.what}"}]
    return [
        {
            "setting": name,
            "value": redacted(shown(value.value)) if name.startswith("devices.") else shown(value.value),
            "origin": str(value.origin),
            "source": value.where,
        }
        for name, value in sorted(values.items())
        if value.value is not None
    ]


def _people(store: Store) -> Iterator[str]:
    """Names and numbers of those whom the store knows."""
    for record in store.clerks():
        yield record.clerk.name
    for line in store.case_lines(store.list_cases(CaseFilter())):
        yield line.applicant_name
        yield line.provisional_no
        yield line.case_no
