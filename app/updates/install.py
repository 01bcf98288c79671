"""The install folder: several versions side by side, a pointer to the one in use, and what is known of updates.

    ROOT/current            the version in use, one line
    ROOT/yichuang           starts it (yichuang.cmd on Windows)
    ROOT/versions/0.1.0/    a one-dir package, as it was unpacked
    ROOT/updates/           state.json, and what is being fetched

A program that the system's package manager installed has no such folder: it tells of new versions, no more.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from app.domain.errors import EnvironmentProblem
from app.server.whole_file import whole_file
from app.updates.manifest import version_key

VERSIONS, UPDATES, CURRENT = "versions", "updates", "current"
PROGRAM = "yichuang.exe" if sys.platform == "win32" else "yichuang"
MOST_STARTS = 2
"""A new version that did not get its window up in so many starts is given up."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A new version that has not yet shown that it works. before: the one to go back to. starts: tried so often."""

    version: str
    before: str
    starts: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """What is remembered. serial: the highest of any manifest believed. keys: publishers named by one, none: those of
    the settings; keys_from: what the settings said then, for others in the settings go over them. staged: lies there,
    tested, for the next start. refused: SHA-256 of packages that failed. gone_back: the version that was given up
    last, until somebody was told.
    """

    serial: int = 0
    keys: tuple[str, ...] = ()
    keys_from: tuple[str, ...] = ()
    staged: str = ""
    staged_sha256: str = ""
    trial: Trial | None = None
    trial_sha256: str = ""
    refused: tuple[str, ...] = ()
    gone_back: str = ""


class Install:
    """One install folder. Everything that changes it goes through `state.json` or `current`, each replaced whole."""

    def __init__(self, root: Path, running: str) -> None:
        """running: the version of this program."""
        self.root = root
        self.running = running
        self.versions = root / VERSIONS
        self.updates = root / UPDATES

    @classmethod
    def of_program(cls, running: str, program: Path | None = None) -> Install | None:
        """The folder that the running program lies in; None when it is no such install, or may not be written.

        program: its executable; None: this process, when it is a packaged one.
        """
        if program is None:
            if not getattr(sys, "frozen", False):
                return None
            program = Path(sys.executable)
        folder = program.resolve().parent
        root = folder.parent.parent
        if folder.parent.name != VERSIONS or not (root / CURRENT).is_file():
            return None
        if not all(os.access(place, os.W_OK) for place in (root, root / VERSIONS)):
            return None
        return cls(root, running)

    def program(self, version: str) -> Path:
        """The executable of a version."""
        return self.versions / version / PROGRAM

    def has(self, version: str) -> bool:
        """Is this version there?"""
        return bool(version) and self.program(version).is_file()

    @property
    def current(self) -> str:
        """The version in use from the next start on; empty when the pointer cannot be read."""
        try:
            return (self.root / CURRENT).read_text("utf-8").strip()
        except (OSError, ValueError):
            return ""

    def point_to(self, version: str) -> None:
        """Have this version started from now on. EnvironmentProblem: the disk."""
        self._write(self.root / CURRENT, f"{version}\n".encode())

    @property
    def state(self) -> State:
        """What is remembered; nothing when the file is gone or damaged (what then lacks is the memory of the serial:
        a version that is not newer is refused all the same)."""
        try:
            found = json.loads((self.updates / "state.json").read_text("utf-8"))
            return _state(found)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return State()

    def remember(self, **changes: Any) -> State:
        """Change what is remembered. EnvironmentProblem: the disk."""
        made = replace(self.state, **changes)
        data = json.dumps(asdict(made), ensure_ascii=False, indent=1).encode()
        try:
            self.updates.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_trouble(error) from error
        self._write(self.updates / "state.json", data)
        return made

    def drop_others(self, keep: set[str]) -> None:
        """Remove the versions that nobody will go back to."""
        for folder in self.versions.iterdir():
            if folder.is_dir() and folder.name not in keep:
                shutil.rmtree(folder, ignore_errors=True)

    def newest_else(self, than: str) -> str:
        """The newest version there but this one; empty when there is none."""
        names = [path.name for path in self.versions.iterdir() if path.name != than and self.has(path.name)]
        sound = [name for name in names if _numbered(name)]
        return max(sound, key=version_key, default="")

    def _write(self, path: Path, data: bytes) -> None:
        try:
            with whole_file(path) as stream:
                stream.write(data)
        except OSError as error:
            raise disk_trouble(error) from error


LAUNCHER = """\
#!/bin/sh
# Starts the version in use; when it is gone or damaged, the newest that can be started.
here=$(dirname "$(readlink -f "$0")")
version=$(cat "$here/current" 2>/dev/null)
[ -x "$here/versions/$version/yichuang" ] && exec "$here/versions/$version/yichuang" "$@"
version=$(cd "$here/versions" && for name in *; do [ -x "$name/yichuang" ] && echo "$name"; done | sort -V | tail -n 1)
[ -n "$version" ] && exec "$here/versions/$version/yichuang" "$@"
echo "一窗：没有可以启动的版本，请重新安装。" >&2
exit 2
"""
LAUNCHER_WINDOWS = """\
@echo off\r
set /p version=<"%~dp0current"\r
start "" "%~dp0versions\\%version%\\yichuang.exe" %*\r
"""


def lay_out(root: Path, package: Path, version: str) -> Path:
    """Make an install folder from a one-dir package; its path. EnvironmentProblem: the disk."""
    install = Install(root, version)
    try:
        install.updates.mkdir(parents=True, exist_ok=True)
        shutil.copytree(package, install.versions / version, symlinks=True)
        name, text = ("yichuang.cmd", LAUNCHER_WINDOWS) if sys.platform == "win32" else ("yichuang", LAUNCHER)
        (root / name).write_bytes(text.encode())
        (root / name).chmod(0o755)
    except OSError as error:
        raise disk_trouble(error) from error
    install.point_to(version)
    return root


def disk_trouble(error: OSError) -> EnvironmentProblem:
    """What a failed write in the install folder means."""
    return EnvironmentProblem(
        "新版本没有存下来",
        f"程序文件夹写不进去（{error.strerror}）。",
        "正在使用的版本不受影响；请检查磁盘空间和文件夹权限。",
    )


def _numbered(name: str) -> bool:
    try:
        version_key(name)
    except ValueError:
        return False
    return True


def _state(found: dict[str, Any]) -> State:
    trial = found.get("trial")
    return State(
        int(found["serial"]),
        tuple(map(str, found["keys"])),
        tuple(map(str, found["keys_from"])),
        str(found["staged"]),
        str(found["staged_sha256"]),
        Trial(str(trial["version"]), str(trial["before"]), int(trial["starts"])) if trial else None,
        str(found["trial_sha256"]),
        tuple(map(str, found["refused"])),
        str(found["gone_back"]),
    )
