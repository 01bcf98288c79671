"""A profile: the folder that holds one window's data, of one kind for ever, used by one process at a time."""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from app.domain.errors import EnvironmentProblem, Refused
from offline_db.files import disk_problem, make_folder, write_whole
from offline_db.locking import FileLock


class ProfileKind(StrEnum):
    """What a profile's data is worth. A demo profile never becomes a working one, nor the other way round."""

    WORK = "work"
    DEMO = "demo"

    @property
    def label(self) -> str:
        return {ProfileKind.WORK: "正式", ProfileKind.DEMO: "演示"}[self]


class Profile:
    """Opens the folder, creating it at first use, and holds its lock until close().

    The kind stands in three places that must agree: profile.json (read here), a row inside the encrypted database
    (offline_db.store), and the derivation of every key (offline_db.keys), so that editing the JSON opens nothing.

    Refused: another instance holds the profile, or the folder is of the other kind. EnvironmentProblem: the folder
    cannot be written, or its profile.json is gone or unreadable.
    """

    def __init__(self, folder: Path, kind: ProfileKind | str) -> None:
        self.folder = Path(folder)
        self.kind = ProfileKind(kind)
        try:
            make_folder(self.folder)
            self._lock = FileLock(self.folder / "profile.lock")
        except BlockingIOError:
            raise Refused(
                "程序已经打开",
                "本机已有一个“一窗”在使用这份数据，同一份数据只能由一个程序使用。",
                "请切换到已打开的窗口；若看不到它，请注销后重新登录电脑。",
            ) from None
        except OSError as error:
            raise disk_problem(error) from error
        try:
            self.id, self.initialised = self._read_or_create()
        except BaseException:
            self._lock.release()
            raise

    @property
    def database(self) -> Path:
        return self.folder / "store.db"

    @property
    def vault_folder(self) -> Path:
        return self.folder / "vault"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def has_data(self) -> bool:
        """Was anything ever kept here? A key is made only where nothing was."""
        return self.initialised or self.database.exists() or any(self.vault_folder.glob("??/*"))

    @property
    def locked(self) -> bool:
        """Does this object still hold the profile's lock?"""
        return self._lock.held

    def mark_initialised(self) -> None:
        """Note that the database exists from now on: an empty or missing one is then a loss, not a beginning."""
        if not self.initialised:
            self._write(self.id, initialised=True)
            self.initialised = True

    def start_afresh(self, keep: Collection[str] = ()) -> None:
        """Empty a demo profile, lock held throughout, so that a running demo cannot be emptied by a second one.

        Call it before a store or vault is opened. keep: names inside the folder that stay. Refused for a working
        profile, whose data is nobody's to throw away. EnvironmentProblem when something cannot be removed.
        """
        if self.kind is not ProfileKind.DEMO:
            raise Refused("不能清空正式数据", "只有演示数据可以重新开始。")
        self._write(self.id, initialised=False)
        self.initialised = False
        # The log before its database: a new database must not find the old one's log. The key last: until then
        # what is left can still be opened, should the power fail on the way.
        first = ("store.db-wal", "store.db-shm", "store.db", "vault")
        spared = {"profile.json", "profile.lock", "demo.key", *keep}
        rest = sorted(path.name for path in self.folder.iterdir() if path.name not in {*spared, *first})
        try:
            for name in (*first, *rest, "demo.key"):
                path = self.folder / name
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink(missing_ok=True)
        except OSError as error:
            raise disk_problem(error) from error

    def close(self) -> None:
        """Release the lock. Close the store first. Closing twice is harmless."""
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def _read_or_create(self) -> tuple[str, bool]:
        path = self.folder / "profile.json"
        if not path.exists():
            if self.database.exists():
                # A new identity over old data could never open it, and would hide that it is there.
                raise EnvironmentProblem(
                    "数据文件夹不完整",
                    "profile.json 不见了，而数据库还在。",
                    "请不要继续受理，联系运维人员从备份恢复。",
                )
            profile_id = str(uuid.uuid4())
            self._write(profile_id, initialised=False)
            return profile_id, False
        try:
            document = json.loads(path.read_text("utf-8"))
            found, profile_id = ProfileKind(document["kind"]), str(uuid.UUID(document["id"]))
            initialised = document["initialised"] is True
        except OSError as error:
            raise disk_problem(error) from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise EnvironmentProblem(
                "数据文件夹损坏", "profile.json 无法读取。", "请不要继续受理，联系运维人员从备份恢复。"
            ) from error
        if found is not self.kind:
            raise Refused(
                f"这是{found.label}数据",
                f"该文件夹存放的是{found.label}数据，不能作为{self.kind.label}数据打开。",
                "请选择另一个数据文件夹；演示数据与正式数据不能互相转换。",
            )
        if initialised and not self.database.exists():
            raise EnvironmentProblem(
                "数据库内容丢失", "数据库文件不见了，而本机曾经保存过数据。", "请停止受理，联系运维人员从备份恢复。"
            )
        return profile_id, initialised

    def _write(self, profile_id: str, *, initialised: bool) -> None:
        document = {"format": 1, "id": profile_id, "kind": self.kind.value, "initialised": initialised}
        try:
            write_whole(self.folder / "profile.json", json.dumps(document, indent=1).encode() + b"\n")
        except OSError as error:
            raise disk_problem(error) from error
