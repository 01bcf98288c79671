"""The encrypted database: SQLAlchemy Core on SQLCipher.

Threads: any thread may call. The pool lends a connection to one thread at a time (SQLite itself is built
serialised); writers queue on one lock in this process and begin with BEGIN IMMEDIATE, so none ever finds the
database busy or has to upgrade a read; readers see the last commit and never wait for a writer (WAL). The profile's
lock keeps other processes out. A write inside a write of the same thread is a defect and is refused.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.domain.errors import BadInput, Defect, EnvironmentProblem, YichuangError
from offline_db.files import disk_problem
from offline_db.walcheck import check_wal

MINIMUM_SQLITE = (3, 51, 3)
"""Older ones can corrupt a database when a WAL is reset under a concurrent reader."""

_MODE = "yichuang_begin"
"""Execution option: how the connection's transactions begin."""

# SQLite's primary result codes (https://www.sqlite.org/rescode.html).
_PERM, _BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 3, 5, 6, 8, 10, 11, 13, 14, 26


def check_sqlite(version: str = "") -> None:
    """EnvironmentProblem when the SQLite inside SQLCipher is too old to be trusted. version: "" for the one in use."""
    version = version or sqlcipher.sqlite_version
    if tuple(int(number) for number in version.split(".")) < MINIMUM_SQLITE:
        raise EnvironmentProblem(
            "数据库组件版本过低",
            f"SQLCipher 内含的 SQLite 为 {version}，该版本有可能损坏数据。",
            "请安装 sqlcipher3 0.6.4 或更高版本（内含 SQLite 3.51.3 以上）。",
        )


def problem_of(error: DBAPIError | sqlcipher.Error) -> YichuangError:
    """What a database error means to the clerk. Never repeats SQL or values: they hold personal data."""
    code = getattr(getattr(error, "orig", error), "sqlite_errorcode", 0) or 0
    primary = code & 0xFF
    if primary == _FULL:
        return EnvironmentProblem(
            "磁盘已满", "本机存储空间不足，刚才的内容没有保存。", "请清理磁盘或联系运维人员，然后再试一次。"
        )
    if primary == _NOTADB:
        return EnvironmentProblem(
            "数据库打不开",
            "密钥与数据库不符，或数据库文件已损坏。",
            "请确认数据文件夹和系统用户没有更换；若都没有，请联系运维人员从备份恢复。",
        )
    if primary == _CORRUPT:
        return EnvironmentProblem(
            "数据库已损坏",
            "校验发现数据库内容被改动或损坏。",
            "请停止受理，不要删除任何文件，联系运维人员从备份恢复。",
        )
    if primary in (_IOERR, _CANTOPEN):
        return EnvironmentProblem(
            "磁盘读写出错",
            f"读写本机数据库时出错（SQLite {code}），刚才的内容没有保存。",
            "请再试一次；若仍然出错，请停止受理并联系运维人员检查硬盘。",
        )
    if primary in (_READONLY, _PERM):
        return EnvironmentProblem(
            "没有写入权限", "系统不允许写入本机数据库，刚才的内容没有保存。", "请联系运维人员检查数据文件夹的权限。"
        )
    if primary in (_BUSY, _LOCKED):
        return EnvironmentProblem(
            "数据库正被占用", "另一个程序正在使用本机数据库。", "请关闭备份、杀毒等正在读取数据文件夹的程序后再试。"
        )
    return Defect("数据保存失败", f"数据库拒绝了这次操作（SQLite {code}）。", "请联系运维人员并提供日志。")


REFUSED_ROW = (IntegrityError, sqlcipher.IntegrityError)
"""What a row that breaks a constraint raises: SQLAlchemy's own, or the driver's where SQLAlchemy is gone around."""


def is_duplicate(error: IntegrityError | sqlcipher.IntegrityError) -> bool:
    """Was the row refused because one with its key is there?"""
    # The driver hands out primary result codes only; SQLite's own text tells the kinds of constraint apart.
    return str(getattr(error, "orig", error)).startswith("UNIQUE constraint failed")


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, sqlcipher.Error) as error:
        # The driver's own come from where SQLAlchemy is gone around.
        raise problem_of(error) from error
    except UnicodeEncodeError:
        # Half of a surrogate pair, e.g. from a torn card block. The text itself must not reach the message.
        raise BadInput("文字无法保存", "内容里有不完整的字符。", "请重新读取证件，或改为手工录入该栏。") from None


class Database:
    """One encrypted file. Opening checks the key: EnvironmentProblem when it does not fit."""

    def __init__(self, path: Path, key: bytes) -> None:
        check_sqlite()
        check_wal(path)
        self.path = path
        try:
            # Made here for its owner only; SQLite would follow the umask, and gives the WAL the file's own rights.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise disk_problem(error) from error
        self._writing = threading.RLock()
        self._depth = 0
        # A raw key skips the pass-phrase derivation (0.3 ms instead of 100 ms); the key is already random.
        key_pragma = f"PRAGMA key=\"x'{key.hex()}'\""
        pragmas = (
            # SQLCipher reports a failed page check on standard error by itself; the exception says it already.
            "PRAGMA cipher_log_level=NONE",
            key_pragma,
            "PRAGMA journal_mode=WAL",
            # The WAL is synced at every commit: NORMAL loses acknowledged cases at a power cut.
            "PRAGMA synchronous=FULL",
            "PRAGMA foreign_keys=ON",
            "PRAGMA busy_timeout=5000",
            "PRAGMA temp_store=MEMORY",
            # What was deleted is overwritten: a forgotten name must not lie in a free page until that is used again.
            "PRAGMA secure_delete=ON",
            "PRAGMA journal_size_limit=67108864",
        )

        def connect() -> Any:
            # isolation_level=None: the driver starts no transactions; `begin` below does, and says which kind.
            connection = sqlcipher.connect(str(path), check_same_thread=False, isolation_level=None)
            try:
                for pragma in pragmas:
                    connection.execute(pragma)
                # The key is only tried when something is read.
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            except BaseException:
                connection.close()
                raise
            return connection

        # hide_parameters: an error's text would otherwise repeat names and numbers into the log.
        self.engine = sa.create_engine(
            "sqlite://",
            module=sqlcipher,
            creator=connect,
            hide_parameters=True,
            poolclass=sa.QueuePool,
            max_overflow=-1,
        )
        self._writer = self.engine.execution_options(**{_MODE: "IMMEDIATE"})

        @sa.event.listens_for(self.engine, "begin")
        def begin(connection: sa.Connection) -> None:
            connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get(_MODE, 'DEFERRED')}")

        try:
            with self.read():
                pass
        except BaseException:
            self.engine.dispose()
            raise

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """One transaction: all of it is on the disk when the block has ended, or none of it.

        EnvironmentProblem on a full or broken disk. Whatever the block itself raises rolls back and passes through.
        """
        with self._writing:
            if self._depth:
                raise Defect("数据保存失败", "程序在一次保存中又开始了另一次保存。")
            self._depth = 1
            try:
                with _translated(), self._writer.begin() as connection:
                    yield connection
            finally:
                self._depth = 0

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A consistent view of the last commit, unmoved by writers. Whatever is written through it is rolled back."""
        with _translated(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def exclusive(self) -> Iterator[sa.Connection]:
        """One transaction with foreign keys off and every reader and writer kept out; for migrations.

        Foreign keys are off because tables are rebuilt; before the commit all references are checked (Defect)."""
        with self._writing, _translated(), self.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None  # noqa: S101  (a connection just made has one)
            # Inside a transaction this pragma does nothing, so it goes around SQLAlchemy, which would begin one.
            raw.execute("PRAGMA foreign_keys=OFF")
            try:
                connection = connection.execution_options(**{_MODE: "EXCLUSIVE"})
                with connection.begin():
                    yield connection
                    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                    if broken:
                        raise Defect("数据库升级失败", f"升级后有 {len(broken)} 处引用失效，已恢复原状。")
            finally:
                raw.execute("PRAGMA foreign_keys=ON")

    def vacuum(self) -> None:
        """Write the whole file anew, without free pages and what they still hold. Everybody waits; needs as much room
        again on the disk (EnvironmentProblem when there is none; the file is then as it was)."""
        with self._writing, _translated():
            raw = self.engine.raw_connection()
            try:
                raw.cursor().execute("VACUUM")
            finally:
                raw.close()

    def checkpoint(self) -> bool:
        """Fold the WAL into the file, so that the file alone is the whole database. False: a reader was in the way."""
        with self._writing, _translated():
            raw = self.engine.raw_connection()
            try:
                cursor = raw.cursor()
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                return bool(cursor.fetchall()[0][0] == 0)
            finally:
                raw.close()

    @contextmanager
    def still(self) -> Iterator[Path]:
        """The file, whole and unchanging while the block runs: the WAL is folded in and writers wait."""
        with self._writing:
            if not self.checkpoint():
                raise EnvironmentProblem("数据库正忙", "有查询正在进行，暂时不能备份或检查。", "请稍后再试。")
            yield self.path

    def integrity(self) -> list[str]:
        """Check every page's HMAC and the b-trees: what is wrong, one a line; empty when all is well. Reads the
        whole file; writers wait. EnvironmentProblem when a reader is in the way."""
        # The HMACs are checked in the file itself. A power cut may have torn pages there whose good copies stand in the
        # log: that is no damage, so the log is folded in first.
        with self.still(), _translated(), self.engine.connect() as connection:
            wrong = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA cipher_integrity_check")]
            if not wrong:
                checked = connection.exec_driver_sql("PRAGMA integrity_check")
                wrong = [str(row[0]) for row in checked if row[0] != "ok"]
            return wrong

    def close(self) -> None:
        """Fold the WAL into the file and close. Closing twice is harmless."""
        try:
            self.checkpoint()
        except YichuangError:
            # What is committed stays in the WAL and is folded in at the next start.
            pass
        finally:
            self.engine.dispose()
