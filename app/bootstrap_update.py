"""Joins the install folder with one start of the program: which version runs, and what happens if the new one fails."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from app.domain.errors import BadInput, EnvironmentProblem, Refused
from app.profiles import kind_of
from app.server.update_client import UpdateClient
from app.services.updates import Updates
from app.settings import Settings
from app.updates.install import Install
from app.updates.stage import UpdateLine
from app.updates.switch import Go, Switch, replace_process
from app.version import program_version
from offline_db.migrate import forget_undo, undo_migration
from offline_db.profile import Profile, ProfileKind

log = logging.getLogger(__name__)
T = TypeVar("T")
U = TypeVar("U")

_NOT_OURS = (EnvironmentProblem, Refused, BadInput)
"""Errors of the machine, the keyring, the settings: an older version would meet them as well."""


class Start:
    """One start. Without an install folder all of it does nothing."""

    def __init__(self, switch: Switch | None) -> None:
        self._switch = switch
        self._stood = False

    def begin(self) -> None:
        """Hand over to another version when it is its turn."""
        if self._switch is not None:
            self._switch.begin()

    def watched(self, enter: Callable[[U], T]) -> Callable[[U], T]:
        """The same, noting when a version on trial cannot open the store."""

        def entered(entry: U) -> T:
            try:
                return enter(entry)
            except Exception as error:
                self._note(error)
                raise

        return entered

    def given_up(self, error: Exception) -> bool:
        """Has the version on trial failed by its own fault?"""
        return self._switch is not None and self._switch.broken

    @contextmanager
    def guard(self) -> Iterator[None]:
        """What escapes before the window stands is a failure of the version on trial."""
        try:
            yield
        except Exception as error:
            self._note(error)
            if self.given_up(error):
                log.exception("the version on trial failed")
                self.end(False)
            raise

    def stands(self) -> None:
        """The window stands and the store is open."""
        self._stood = True
        if self._switch is not None:
            self._switch.confirm()

    def end(self, again: bool) -> None:
        """The profile is closed. again: the program was asked to open anew."""
        switch = self._switch
        if switch is None:
            return
        if switch.broken:
            switch.give_up("不能打开本机数据")
        elif not self._stood:
            switch.left()
        elif again:
            switch.again()

    def _note(self, error: Exception) -> None:
        if self._switch is not None and self._switch.trial is not None and not isinstance(error, _NOT_OURS):
            self._switch.broken = not self._stood


def open_switch(
    folder: Path, arguments: Sequence[str], install: Install | None = None, go: Go = replace_process
) -> Start:
    """What decides at this start. folder: the profile's. arguments: of this start, for the other version."""
    install = install or Install.of_program(program_version())
    if install is None:
        return Start(None)

    def undo() -> bool:
        if not (folder / "profile.json").is_file():
            return True
        with Profile(folder, kind_of(folder)) as profile:
            return undo_migration(profile)

    return Start(Switch(install, arguments, undo_data=undo, keep_data=lambda: forget_undo(folder / "backups"), go=go))


def updates_of(settings: Settings, folder: Path, token: str) -> Updates | None:
    """What asks for new versions for a profile; None in a demo."""
    if kind_of(folder) is ProfileKind.DEMO:
        return None
    rules, version = settings.updates, program_version()

    @contextmanager
    def connect() -> Iterator[UpdateLine]:
        client = UpdateClient(settings.gateway_url, settings.device_id, token)
        try:
            yield client
        finally:
            client.close()

    # A phone's line is not for a hundred megabytes: then only whether there is something new is asked.
    automatic = rules.automatic and not settings.sync_rules.metered
    install = Install.of_program(version)
    return Updates(version, install, rules.keys, connect, automatic=automatic, hours=rules.check_hours)
