"""Wiping a profile at the platform's order 远程清除: first what opens the data, then the data.

The steps are written down in wipe.json before they are begun, and each may be done again: a program that was killed
goes on at its next start, and until it has ended nothing else opens the profile. Once the root secret is gone from the
keyring, what is left on the disk is noise; the salts of the databases and the small files are overwritten all the same,
for copies of the secret that nobody knows of.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from keyring.backend import KeyringBackend

from app.domain.errors import EnvironmentProblem, Refused
from offline_db.files import disk_problem, fsync_folder, write_whole
from offline_db.keys import SERVICE
from offline_db.locking import FileLock
from offline_db.profile import Profile, ProfileKind

RECORD = "wipe.json"
_SPARED = frozenset({RECORD, "profile.lock", "settings.toml"})
"""Stays: how far it is, the lock, and the platform's address for the receipt. None of it speaks of anybody."""
_HEAD = 8192
"""Bytes at the head of a database: SQLCipher's salt and the first pages, without which not even the key helps."""
_SMALL = 64 * 1024
"""Files up to this size are overwritten whole: keys, key slots, signed lists."""


class WipeStage(StrEnum):
    KEYS = "keys"
    FILES = "files"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class WipeRecord:
    """How far a wipe is. mac: who wrote it knew this device's token, and so had the platform's order. confirmed: the
    platform knows. secrets: names of the keyring's entries that open the profile, for the files that tell them are
    overwritten first."""

    order_id: str
    kind: str
    profile_id: str
    mac: str
    stage: WipeStage = WipeStage.KEYS
    confirmed: bool = False
    secrets: tuple[str, ...] = ()


class Secrets(Protocol):
    """The secrets of one profile outside its folder."""

    def names(self) -> tuple[str, ...]:
        """Those there are now."""
        ...

    def forget(self, names: tuple[str, ...]) -> None:
        """Remove these. EnvironmentProblem when one is still there afterwards."""
        ...


class KeyringSecrets:
    """A profile's secrets in the keyring: its root secret (offline_db.keys) or its clerks' (offline_db.keylock).

    entries: gives the names of the clerks'. None: there are none, or only the record of a wipe knows them.
    """

    def __init__(
        self, backend: KeyringBackend, profile_id: str, entries: Callable[[], tuple[str, ...]] | None = None
    ) -> None:
        self._backend = backend
        self._profile_id = profile_id
        self._entries = entries

    def names(self) -> tuple[str, ...]:
        return (self._profile_id, *(self._entries() if self._entries is not None else ()))

    def forget(self, names: tuple[str, ...]) -> None:
        for name in names:
            # Whoever could write the record could otherwise have other entries of the keyring removed.
            if name == self._profile_id or name.startswith(f"{self._profile_id}:"):
                forget_entry(self._backend, name)


def forget_entry(backend: KeyringBackend, name: str) -> None:
    """Remove one entry of ours from the keyring. EnvironmentProblem when it is still there afterwards."""
    try:
        if backend.get_password(SERVICE, name) is not None:
            backend.delete_password(SERVICE, name)
        gone = backend.get_password(SERVICE, name) is None
    except Exception as error:
        # Each back end raises classes of its own; a locked keyring is the usual one.
        raise _keyring_problem() from error
    if not gone:
        raise _keyring_problem()


def wipe_record(folder: Path) -> WipeRecord | None:
    """How far the folder's wipe is; None when none was begun. A record that cannot be read is one of unknown order."""
    path = Path(folder) / RECORD
    try:
        document: dict[str, Any] = json.loads(path.read_text("utf-8"))
        names = tuple(str(name) for name in document.get("secrets", ()))
        return WipeRecord(**{**document, "stage": WipeStage(document["stage"]), "secrets": names})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        return WipeRecord("", "", "", "")


@contextlib.contextmanager
def go_on_alone(folder: Path, record: WipeRecord, secrets_of_profile: Secrets, mac_key: bytes) -> Iterator[Wiper]:
    """A wiper for a folder whose wipe was broken off: its profile.json may be gone already, and none must be made anew.

    Refused: the record is not of this device's making (somebody put it there), or another program has the folder.
    EnvironmentProblem: the folder cannot be written.
    """
    expected = _mac(mac_key, record.order_id, record.kind, record.profile_id)
    if not record.order_id or not hmac.compare_digest(expected.encode(), record.mac.encode()):
        raise Refused(
            "数据文件夹被改动",
            "文件夹里的清除记录没有通过校验，没有执行。",
            "请不要使用本机，联系运维人员检查。",
        )
    try:
        lock = FileLock(folder / "profile.lock")
    except BlockingIOError:
        raise Refused("程序已经打开", "另一个“一窗”正在清除这份数据。", "请等它结束。") from None
    except OSError as error:
        raise disk_problem(error) from error
    try:
        yield Wiper(folder, record.profile_id, secrets_of_profile, mac_key)
    finally:
        lock.release()


class Wiper:
    """Wipes one profile folder. Its lock must be held: by the open profile, or by `go_on_alone`."""

    def __init__(self, folder: Path, profile_id: str, secrets_of_profile: Secrets, mac_key: bytes) -> None:
        """Use `Wiper.of` or `go_on_alone`."""
        self._mac_key = mac_key
        self._folder = folder
        self._profile_id = profile_id
        self._secrets = secrets_of_profile

    @classmethod
    def of(cls, profile: Profile, secrets_of_profile: Secrets, mac_key: bytes) -> Wiper:
        """mac_key: what only this device and the platform know. Refused for demo data: it is nobody's, and the demo's
        gateway is no platform."""
        if profile.kind is ProfileKind.DEMO:
            raise Refused("不能清除演示数据", "远程清除只对正式数据有效。")
        return cls(profile.folder, profile.id, secrets_of_profile, mac_key)

    def destroy_keys(self, order_id: str, kind: str, *, at_any_rate: bool = False) -> bool:
        """Make the data unreadable for ever; takes a moment, and may be done while the store is open.

        at_any_rate: also where the record of it cannot be written (whoever has a stolen machine can fill its disk).
        False: the keyring would not let its secret go; the databases are unreadable all the same, and the next start
        tries again. EnvironmentProblem: the record could not be written, and nothing was done.
        """
        record = wipe_record(self._folder)
        if record is None or record.order_id != order_id:
            mac = _mac(self._mac_key, order_id, kind, self._profile_id)
            record = WipeRecord(order_id, kind, self._profile_id, mac, secrets=self._secrets.names())
            try:
                self._write(record)
            except EnvironmentProblem:
                if not at_any_rate:
                    raise
                keyless = self._without_keys(record)
                self._remove_all()  # makes the room that lacked
                self._write(record)
                return keyless
        return self._without_keys(record)

    def carry_on(self) -> WipeRecord:
        """Do what is left of a wipe that was begun; the store must be closed. What cannot be removed now is tried again
        at the next start: its stage stays. Refused: none was begun."""
        record = wipe_record(self._folder)
        if record is None:
            raise Refused("没有清除指令", "本机没有开始过清除。")
        keyless = self._without_keys(record)
        if not self._remove_all() or not keyless:
            return replace(record, stage=WipeStage.FILES)
        done = replace(record, stage=WipeStage.DONE)
        self._write(done)
        return done

    def confirmed(self) -> None:
        """The platform knows."""
        record = wipe_record(self._folder)
        if record is not None:
            self._write(replace(record, confirmed=True))

    def _without_keys(self, record: WipeRecord) -> bool:
        # The databases' salts first: that needs nobody's leave, while a keyring may be locked.
        for path in self._databases():
            _overwrite(path, _HEAD)
        for path in self._small_files():
            _overwrite(path, _SMALL)
        try:
            self._secrets.forget(record.secrets)
        except EnvironmentProblem:
            return False
        written = wipe_record(self._folder)
        if written is not None and written.stage is WipeStage.KEYS:
            self._write(replace(written, stage=WipeStage.FILES))
        return True

    def _databases(self) -> Iterator[Path]:
        for pattern in ("store.db*", "backups/*"):
            yield from self._folder.glob(pattern)

    def _small_files(self) -> Iterator[Path]:
        for path in (*self._folder.glob("*"), *self._folder.glob("keys/*")):
            if path.name not in _SPARED and path.is_file() and not path.is_symlink() and path.stat().st_size <= _SMALL:
                yield path

    def _remove_all(self) -> bool:
        left = False
        for path in sorted(self._folder.iterdir()):
            if path.name in _SPARED:
                continue
            try:
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path)
                else:
                    path.unlink(missing_ok=True)
            except OSError:
                # Held open by another program (Windows): unreadable already, and tried again at the next start.
                left = True
        with contextlib.suppress(OSError):
            fsync_folder(self._folder)
        return not left

    def _write(self, record: WipeRecord) -> None:
        try:
            write_whole(self._folder / RECORD, json.dumps(asdict(record), indent=1).encode() + b"\n")
        except OSError as error:
            raise disk_problem(error) from error


def _mac(key: bytes, order_id: str, kind: str, profile_id: str) -> str:
    text = json.dumps(["yichuang/1/wipe", order_id, kind, profile_id])
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _overwrite(path: Path, most: int) -> None:
    """Random bytes over a file's head, on the disk when this returns; what cannot be written is left to the removal."""
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_WRONLY | getattr(os, "O_BINARY", 0))
        try:
            os.write(handle, secrets.token_bytes(min(os.fstat(handle).st_size, most)))
            os.fsync(handle)
        finally:
            os.close(handle)


def _keyring_problem() -> EnvironmentProblem:
    return EnvironmentProblem(
        "系统密钥环没有删除密钥", "系统密钥环锁着，或者不允许删除。", "请解锁系统密钥环后重新打开本程序，清除会继续。"
    )
