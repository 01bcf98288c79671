"""Joins what support needs, with the store open and without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.bootstrap_update import updates_of
from app.config.layers import Sources
from app.doctor import checks
from app.domain.clock import Clock
from app.domain.errors import YichuangError
from app.presenters.station import Upkeep
from app.profiles import folder_of, kind_of
from app.server.report_client import send_report
from app.services.duty import Duty
from app.services.edit_settings import EditSettings
from app.services.support import Support, settings_lines
from app.settings import Settings, read_layers
from app.support.bundle import BundleFile, gather
from app.support.crashes import CrashReport
from app.support.redact import Redactor
from app.version import program_version
from offline_db.profile import Profile, ProfileKind
from offline_db.store import Store


def upkeep_of(
    settings: Settings,
    profile: Profile,
    store: Store,
    clock: Clock,
    duty: Duty,
    token: str,
    sources: Sources | None,
) -> Upkeep:
    """What an open window has to look after the program itself. sources: what lies over the settings file."""
    demo = profile.kind is ProfileKind.DEMO
    path = profile.folder / "settings.toml"
    edit = EditSettings(path, store, clock, duty, demo=demo, sources=None if demo else sources)

    def send(report: CrashReport) -> None:
        document = {name: getattr(report, name) for name in ("report_id", "version", "at", "kind", "text")}
        send_report(settings.gateway_url, settings.device_id, token, document)

    ask = settings.crash_reports == "ask" and not demo
    support = Support(profile.folder, store, clock, duty, program_version(), edit.read, _checks, send, ask=ask)
    return Upkeep(edit, updates_of(settings, profile.folder, token), support)


def bundle_of_profile(profile: str | None) -> tuple[BundleFile, ...]:
    """The bundle without the store: nobody has to sign in for it."""
    folder = folder_of(profile)
    sources = Sources() if kind_of(folder) is ProfileKind.DEMO else Sources.of_machine()
    return gather(
        folder,
        Redactor(),
        version=program_version(),
        checks=_checks(),
        settings=settings_lines(lambda: read_layers(folder / "settings.toml", sources)),
        state={},
    )


def _checks() -> Sequence[Mapping[str, object]]:
    try:
        # "name" would be taken for a person's.
        return [{"check": c.name, "ok": c.ok, "detail": c.detail, "todo": c.todo} for c in checks()]
    except YichuangError as error:
        return [{"trouble": error.title}]
