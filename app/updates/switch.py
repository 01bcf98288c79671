"""At the start: which version runs. A new one is on trial until its window stands; if that fails, the old one is back.

The rule, in order:
1. A version on trial that was started too often without getting its window up is given up: back to the one before.
2. A version that lies ready goes on trial, unless this start is of a version on trial itself.
3. An old shortcut may start an old version: it hands over to the one in use.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from app.updates.install import MOST_STARTS, Install, Trial
from app.updates.manifest import version_key
from app.updates.stage import clean_environment

log = logging.getLogger(__name__)

HANDED_OVER = "YICHUANG_HANDED_OVER"
"""How often one version has started another in this start; three times would be a circle."""
MOST_HANDOVERS = 3

Go = Callable[[Path, Sequence[str], Mapping[str, str]], None]


def replace_process(program: Path, arguments: Sequence[str], env: Mapping[str, str]) -> None:
    """Become the other program. On Windows, where that cannot be: start it and end. OSError: it cannot be started."""
    if sys.platform == "win32":
        subprocess.Popen([str(program), *arguments], env=dict(env))
        raise SystemExit(0)
    os.execve(program, [str(program), *arguments], dict(env))  # noqa: S606 - no shell is wanted


class Switch:
    """One start of the program. undo_data: brings the store back to before a migration by the version on trial; what it
    cannot do it says, and then the old version is not started over newer data."""

    def __init__(
        self,
        install: Install,
        arguments: Sequence[str],
        *,
        undo_data: Callable[[], bool],
        keep_data: Callable[[], object],
        env: Mapping[str, str] | None = None,
        go: Go = replace_process,
    ) -> None:
        self._install = install
        self._arguments = tuple(arguments)
        self._undo_data = undo_data
        self._keep_data = keep_data
        self._env = dict(os.environ if env is None else env)
        self._go = go
        self.broken = False
        """Did the version on trial fail in this start?"""

    @property
    def trial(self) -> Trial | None:
        """Is the running version on trial?"""
        trial = self._install.state.trial
        return trial if trial is not None and trial.version == self._install.running else None

    def begin(self) -> None:
        """Start another version if it is its turn; returns when this one is right. EnvironmentProblem: the disk."""
        install, state = self._install, self._install.state
        running = install.running
        if state.trial is not None:
            if state.trial.version == running:
                if state.trial.starts >= MOST_STARTS:
                    self.give_up("没有正常启动")
                    return
                starts = state.trial.starts + 1
                install.remember(trial=Trial(running, state.trial.before, starts))
                return
            if install.current == running:
                # The pointer was set back by hand: so be it.
                install.remember(trial=None, trial_sha256="")
                return
        elif state.staged and install.has(state.staged) and version_key(state.staged) > version_key(running):
            self._keep_data()  # a migration from before this trial is not the trial's to take back
            install.remember(
                staged="", staged_sha256="", trial=Trial(state.staged, running), trial_sha256=state.staged_sha256
            )
            install.point_to(state.staged)
            self._start(state.staged)
            return
        if install.current != running and install.has(install.current):
            self._start(install.current)

    def left(self) -> None:
        """The program was closed before its window stood, by somebody's wish: this start does not count."""
        trial = self.trial
        if trial is not None and not self.broken:
            self._install.remember(trial=Trial(trial.version, trial.before, max(trial.starts - 1, 0)))

    def confirm(self) -> None:
        """The window stands, the store is open: the version on trial is the one in use, and an older one may go."""
        trial = self.trial
        if trial is None:
            return
        self._install.remember(trial=None, trial_sha256="")
        self._keep_data()
        self._install.drop_others({self._install.running, trial.before})
        log.info("version %s is in use", self._install.running)

    def give_up(self, why: str) -> None:
        """Go back to the version before, with the data as it was. Call it with the profile closed."""
        trial = self.trial
        if trial is None:
            return
        log.error("version %s is given up: %s", trial.version, why)
        state = self._install.state
        refused = (*state.refused[-9:], state.trial_sha256) if state.trial_sha256 else state.refused
        if not self._undo_data():
            # An old program over newer data would refuse to open it: better the new one, and a person looks.
            self._install.remember(trial=None, trial_sha256="")
            return
        self._install.point_to(trial.before)
        self._install.remember(trial=None, trial_sha256="", refused=refused, gone_back=trial.version)
        if self._install.has(trial.before):
            self._start(trial.before)

    def again(self) -> None:
        """Start anew, in the version whose turn it is."""
        self._env.pop(HANDED_OVER, None)
        self._go(Path(sys.executable), self._arguments, clean_environment(self._env))

    def _start(self, version: str) -> None:
        handed = int(self._env.get(HANDED_OVER, "0") or 0)
        if handed >= MOST_HANDOVERS:
            log.error("versions start each other in a circle")
            return
        env = clean_environment({**self._env, HANDED_OVER: str(handed + 1)})
        try:
            self._go(self._install.program(version), self._arguments, env)
        except OSError as error:
            log.error("version %s cannot be started: %s", version, error.strerror)
            trial = self._install.state.trial
            if trial is not None and trial.version == version:
                self._install.point_to(trial.before)
                sha256 = self._install.state.trial_sha256
                self._install.remember(
                    trial=None,
                    trial_sha256="",
                    gone_back=version,
                    refused=(*self._install.state.refused[-9:], sha256),
                )
