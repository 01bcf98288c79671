"""From a signed manifest to a tested version beside the running one. For a thread: downloads, hashes, unpacks.

Nothing here touches the version in use: what is fetched lies in ROOT/updates, is unpacked beside the others under a
name that nobody starts, tested there, and only then given its own name and noted for the next start.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from app.domain.errors import EnvironmentProblem
from app.licences.snapshot import Pin
from app.updates.install import PROGRAM, Install, disk_trouble
from app.updates.manifest import Manifest, Package, UpdateRefused, platform_name, read_manifest, version_key

log = logging.getLogger(__name__)

SPARE = 1 << 30
"""Bytes that an update leaves free: a window whose disk is full accepts nobody."""
SELF_TEST_SECONDS = 300.0
_BLOCK = 1 << 20
_MOST_ENTRIES = 50_000


class UpdateLine(Protocol):
    """What is needed of app.server.update_client.UpdateClient."""

    def manifest(self) -> bytes | None: ...
    def package(self, sha256: str, start: int) -> tuple[bytes, int]: ...


def free_bytes(folder: Path) -> int:
    """What is left on the disk of a folder."""
    return shutil.disk_usage(folder).free


def self_test(program: Path) -> str:
    """Have a version test itself in a process of its own; empty when it is well, else its last words."""
    try:
        done = subprocess.run(
            [str(program), "doctor", "--self-test"],
            env=clean_environment(os.environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SELF_TEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "自检超时"
    except OSError as error:
        return f"无法启动（{error.strerror}）"
    if done.returncode == 0:
        return ""
    last = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()[-1:]
    return f"自检未通过（{done.returncode}）{''.join(last)[:200]}"


def clean_environment(env: Mapping[str, str]) -> dict[str, str]:
    """The environment for another packaged program: without what our own loader put into it."""
    made = {name: text for name, text in env.items() if not name.startswith("_PYI")}
    made["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        original = made.pop(f"{name}_ORIG", None)
        if original is not None:
            made[name] = original
        elif getattr(sys, "frozen", False):
            made.pop(name, None)
    return made


class Stager:
    """One an install folder, used by one thread at a time."""

    def __init__(
        self,
        install: Install,
        keys: Sequence[str],
        *,
        free: Callable[[Path], int] = free_bytes,
        test: Callable[[Path], str] = self_test,
        platform: str = "",
    ) -> None:
        """keys: the publishers as the settings name them; those that a manifest has named since go over them."""
        self._install = install
        self._keys = tuple(keys)
        self._free = free
        self._test = test
        self._platform = platform or platform_name()

    def judge(self, data: bytes) -> Manifest | None:
        """A manifest that is worth fetching; None when there is nothing new in it.

        UpdateRefused: not signed by a publisher of ours, older than one that was believed, a version that failed here
        before, a downgrade, or nothing for this kind of machine.
        """
        state = self._install.state
        # Named by a manifest; unless the settings name others since, as after a key was lost.
        rotated = state.keys if state.keys_from == self._keys else ()
        manifest = read_manifest(data, pins_of(rotated or self._keys))
        if manifest.serial < state.serial:
            raise UpdateRefused(f"收到的是旧的版本说明（第 {manifest.serial} 号，已见过第 {state.serial} 号）")
        self._install.remember(serial=manifest.serial, keys=manifest.keys or rotated, keys_from=self._keys)
        if version_key(manifest.version) == version_key(self._install.running):
            return None
        if version_key(manifest.version) < version_key(self._install.running):
            raise UpdateRefused(f"不能从 {self._install.running} 退回到 {manifest.version}")
        package = manifest.package_for(self._platform)
        if package is None:
            raise UpdateRefused(f"版本 {manifest.version} 没有适用于本机（{self._platform}）的安装包")
        if package.sha256 in state.refused:
            raise UpdateRefused(f"版本 {manifest.version} 在本机试过，不能使用")
        if state.staged == manifest.version and state.staged_sha256 == package.sha256:
            return None
        return manifest

    def fetch(self, manifest: Manifest, line: UpdateLine, stop: Callable[[], bool] = lambda: False) -> Path | None:
        """The whole archive, its hash right; goes on where an earlier call was cut off. None when asked to stop.

        Raises Unreachable, TryLater and Rejected as the line does. UpdateRefused: other bytes than were signed.
        EnvironmentProblem: no room, or the disk.
        """
        package = self._package(manifest)
        target = self._install.updates / f"{package.sha256[:32]}.part"
        self._forget_others(target)
        self._make_room(package)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            have = target.stat().st_size if target.exists() else 0
            while have < package.size:
                if stop():
                    return None
                data, total = line.package(package.sha256, have)
                if total != package.size or not data or have + len(data) > package.size:
                    target.unlink(missing_ok=True)
                    raise UpdateRefused("收到的安装包与版本说明的大小不一致")
                with target.open("ab") as file:
                    file.write(data)
                have += len(data)
        except OSError as error:
            # Half an archive on a full disk would only keep it full.
            target.unlink(missing_ok=True)
            raise disk_trouble(error) from error
        return self._checked(package, target)

    def adopt(self, manifest: Manifest, archive: Path) -> Path:
        """An archive that came on a stick, copied in and checked. Errors as `fetch`."""
        package = self._package(manifest)
        target = self._install.updates / f"{package.sha256[:32]}.part"
        self._forget_others(target)
        self._make_room(package)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(archive, target)
        except OSError as error:
            target.unlink(missing_ok=True)
            raise disk_trouble(error) from error
        return self._checked(package, target)

    def stage(self, manifest: Manifest, archive: Path) -> None:
        """Unpack, test, and note it for the next start.

        UpdateRefused: it cannot be unpacked, or fails its own test; this package is not tried again.
        EnvironmentProblem: the disk; it is tried again.
        """
        package = self._package(manifest)
        folder = self._install.versions / f".staging-{manifest.version}"
        final = self._install.versions / manifest.version
        shutil.rmtree(folder, ignore_errors=True)
        try:
            try:
                _unpack(archive, folder, package.unpacked)
                program = folder / PROGRAM
                if not program.is_file():
                    raise UpdateRefused("安装包里没有程序")
                trouble = self._test(program)
                if trouble:
                    raise UpdateRefused(f"版本 {manifest.version}：{trouble}")
            except UpdateRefused:
                self._install.remember(refused=(*self._install.state.refused[-9:], package.sha256))
                raise
            if final.exists():
                shutil.rmtree(final)
            os.replace(folder, final)
            _to_disk(final)
        except OSError as error:
            raise disk_trouble(error) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        archive.unlink(missing_ok=True)
        self._install.remember(staged=manifest.version, staged_sha256=package.sha256)
        log.info("version %s is ready for the next start", manifest.version)

    def _package(self, manifest: Manifest) -> Package:
        package = manifest.package_for(self._platform)
        if package is None:
            raise UpdateRefused(f"版本 {manifest.version} 没有适用于本机（{self._platform}）的安装包")
        return package

    def _checked(self, package: Package, file: Path) -> Path:
        found = hashlib.sha256()
        try:
            if file.stat().st_size != package.size:
                file.unlink()
                raise UpdateRefused("安装包不完整")
            with file.open("rb") as stream:
                while block := stream.read(_BLOCK):
                    found.update(block)
            if found.hexdigest() != package.sha256:
                file.unlink()
                raise UpdateRefused("安装包的内容与版本说明不一致")
        except OSError as error:
            raise disk_trouble(error) from error
        return file

    def _make_room(self, package: Package) -> None:
        place = self._install.root
        needed = package.size + package.unpacked + SPARE
        if self._free(place) < needed:
            raise EnvironmentProblem(
                "磁盘空间不够，暂不更新",
                f"更新需要 {needed / 1024**3:.1f} GB，现有 {self._free(place) / 1024**3:.1f} GB。",
                "受理不受影响；请清理磁盘或联系运维人员，腾出空间后会自动再试。",
            )

    def _forget_others(self, kept: Path) -> None:
        for path in self._install.updates.glob("*.part"):
            if path != kept:
                path.unlink(missing_ok=True)


def pins_of(keys: Iterable[str]) -> tuple[Pin, ...]:
    """The publishers' keys. BadInput: one of them is none."""
    return tuple(Pin.read(text) for text in keys)


def _unpack(archive: Path, folder: Path, most: int) -> None:
    """The one folder that an archive holds. UpdateRefused: it holds something else, or more than was signed."""
    inside = folder.with_name(folder.name + ".raw")
    shutil.rmtree(inside, ignore_errors=True)
    total = count = 0
    try:
        with tarfile.open(archive) as tar:
            for entry in tar:
                total, count = total + entry.size, count + 1
                if total > most or count > _MOST_ENTRIES:
                    raise UpdateRefused("安装包展开后过大")
                _put(tar, entry, inside)
        tops = list(inside.iterdir()) if inside.is_dir() else []
        if len(tops) != 1 or not tops[0].is_dir():
            raise UpdateRefused("安装包的结构不对")
        os.replace(tops[0], folder)
    except (tarfile.TarError, EOFError, FileExistsError, NotADirectoryError) as error:
        raise UpdateRefused("安装包无法展开") from error
    finally:
        shutil.rmtree(inside, ignore_errors=True)


def _put(tar: tarfile.TarFile, entry: tarfile.TarInfo, inside: Path) -> None:
    """One entry, as PEP 706's filter "data" has it (Debian 12's Python has no such filter): nothing outside the folder,
    no devices, no links that lead out, no rights but reading and starting."""
    target = inside / entry.name
    if not _within(target, inside):
        raise UpdateRefused("安装包里有不该有的路径")
    if entry.isdir():
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if entry.issym():
        if os.path.isabs(entry.linkname) or not _within(target.parent / entry.linkname, inside):
            raise UpdateRefused("安装包里有不该有的路径")
        os.symlink(entry.linkname, target)
        return
    source = tar.extractfile(entry) if entry.isreg() else None
    if source is None:
        raise UpdateRefused("安装包里有不该有的内容")
    with source, target.open("xb") as stream:
        shutil.copyfileobj(source, stream, _BLOCK)
    target.chmod(0o755 if entry.mode & 0o100 else 0o644)


def _within(path: Path, folder: Path) -> bool:
    """Does a path stay inside, also through the links that are there already?"""
    return folder.resolve() in path.resolve().parents


def _to_disk(folder: Path) -> None:
    """Before the pointer moves, the files must be there after a power cut as well."""
    if hasattr(os, "sync"):
        os.sync()
        return
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as stream:
                os.fsync(stream.fileno())
