"""A single flipped bit, anywhere, is noticed: in the database, in its write-ahead log, in the vault."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from app.domain.clock import SystemClock
from app.domain.errors import EnvironmentProblem, Refused
from offline_db import engine
from offline_db.keys import DemoKeys
from offline_db.profile import Profile
from offline_db.store import Store
from offline_db.vault import Vault
from offline_db.walcheck import _is_damaged
from tests.offline_db.made_up_cases import made_case, made_event, made_operation

FLIPS = 5000 if os.environ.get("FAULTS") == "nightly" else 500
KEY = bytes(range(32))


def flip(blob: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(blob) * 8)
    spoilt = bytearray(blob)
    spoilt[at // 8] ^= 1 << at % 8
    return bytes(spoilt)


def unnoticed(path: Path, flips: int, opens: Callable[[], list[str]]) -> int:
    """How many of the flips in the file go unnoticed. opens: what is found wrong; raising notices too."""
    whole, chance, missed = path.read_bytes(), random.Random(5), 0
    for _ in range(flips):
        path.write_bytes(flip(whole, chance))
        with contextlib.suppress(EnvironmentProblem):
            missed += not opens()
        path.write_bytes(whole)
    return missed


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    folder = tmp_path / "p"
    with Profile(folder, "demo") as profile, Store.open(profile, DemoKeys(folder), SystemClock()) as store:
        for _ in range(10):
            case = made_case()
            store.accept([case], [made_operation(case)], [made_event()])
    return folder


def test_in_the_database(filled: Path) -> None:
    def opens() -> list[str]:
        with Profile(filled, "demo") as profile, Store.open(profile, DemoKeys(filled), SystemClock()) as store:
            return store.check_integrity()

    assert opens() == []
    assert unnoticed(filled / "store.db", FLIPS, opens) == 0


def test_the_harness_catches_a_database_without_hmac(tmp_path: Path) -> None:
    path = tmp_path / "weak.db"
    pragmas = f"PRAGMA key=\"x'{KEY.hex()}'\"; PRAGMA cipher_use_hmac=OFF;"
    weak = sqlcipher.connect(str(path))
    weak.executescript(pragmas + "CREATE TABLE t (a);")
    weak.executemany("INSERT INTO t VALUES (?)", [(random.Random(n).randbytes(900),) for n in range(100)])
    weak.commit()
    weak.close()

    def opens() -> list[str]:
        connection = sqlcipher.connect(str(path))
        try:
            connection.executescript(pragmas)
            connection.execute("SELECT a FROM t").fetchall()
            return [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        except sqlcipher.DatabaseError as error:
            return [str(error)]
        finally:
            connection.close()

    assert unnoticed(path, 40, opens) > 0


def test_in_a_sealed_file(tmp_path: Path) -> None:
    vault = Vault(tmp_path, KEY)
    data = random.Random(1).randbytes(70_000)
    vault.seal(data, "image/jpeg")
    (path,) = (p for p in tmp_path.rglob("*") if p.is_file())

    def opens() -> list[str]:
        vault.open(hashlib.sha256(data).hexdigest())
        return []

    assert opens() == []
    assert unnoticed(path, 2 * FLIPS, opens) == 0


@pytest.fixture
def crashed(tmp_path: Path) -> tuple[Path, int]:
    """What a crash leaves: a database whose last cases lie in the log only; and where the last transaction begins."""
    folder, copy = tmp_path / "p", tmp_path / "crashed"
    with Profile(folder, "demo") as profile, Store.open(profile, DemoKeys(folder), SystemClock()) as store:
        wal = folder / "store.db-wal"
        # Refused writes leave torn frames of their own, which must not be taken for damage.
        for _ in range(10):
            case = made_case()
            store.accept([case], [made_operation(case)], [made_event()])
            with pytest.raises(Refused):
                store.accept([case], [made_operation(case)], [made_event()])
        last = wal.stat().st_size
        store.set_setting("last", "transaction")
        shutil.copytree(folder, copy)
    return copy, last


def reopened(folder: Path) -> int:
    with Profile(folder, "demo") as profile, Store.open(profile, DemoKeys(folder), SystemClock()) as store:
        return len(store.cases())


def test_the_log_of_a_crash_is_played_back(crashed: tuple[Path, int]) -> None:
    folder, last = crashed
    assert 0 < last < (folder / "store.db-wal").stat().st_size
    assert _is_damaged((folder / "store.db-wal").read_bytes()) is False
    assert reopened(folder) == 10


def test_in_the_write_ahead_log(crashed: tuple[Path, int]) -> None:
    folder, last = crashed
    wal = (folder / "store.db-wal").read_bytes()
    chance = random.Random(3)
    # Bytes 12–15 of the header count checkpoints; they are under its check sum like all others.
    flips = [flip(wal[:last], chance) + wal[last:] for _ in range(FLIPS)]
    flips += [bytes([*wal[:at], wal[at] ^ 1, *wal[at + 1 :]]) for at in range(32 + 24)]
    assert sum(not _is_damaged(spoilt) for spoilt in flips) == 0
    (folder / "store.db-wal").write_bytes(flips[0])
    before = (folder / "store.db").read_bytes()
    with pytest.raises(EnvironmentProblem, match="日志文件校验不符"):
        reopened(folder)
    assert (folder / "store.db-wal").read_bytes() == flips[0], "nothing was thrown away"
    assert (folder / "store.db").read_bytes() == before


def test_without_the_check_sqlite_forgets_cases_silently(
    crashed: tuple[Path, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutant: why the log is checked at all."""
    folder, last = crashed
    wal = bytearray((folder / "store.db-wal").read_bytes())
    wal[last // 2] ^= 1
    (folder / "store.db-wal").write_bytes(wal)
    monkeypatch.setattr(engine, "check_wal", lambda path: None)
    assert reopened(folder) < 10


def test_a_torn_last_transaction_is_no_damage(crashed: tuple[Path, int]) -> None:
    folder, last = crashed
    wal = (folder / "store.db-wal").read_bytes()
    for cut in range(last, len(wal), 997):
        assert not _is_damaged(wal[:cut])
        assert not _is_damaged(wal[:cut] + bytes(len(wal) - cut))
    frame = wal[last : last + 4120]
    assert not _is_damaged(wal[:last] + bytes(len(frame)) + wal[last + len(frame) :]), "written out of order"
    (folder / "store.db-wal").write_bytes(wal[: last + 100])
    assert reopened(folder) == 10


def test_a_log_that_began_anew_is_no_damage(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    with Profile(folder, "demo") as profile, Store.open(profile, DemoKeys(folder), SystemClock()) as store:
        with store._db.read() as connection:
            connection.exec_driver_sql("PRAGMA wal_autocheckpoint=60")
        sizes = []
        for number in range(30):
            case = made_case()
            store.accept([case], [made_operation(case)], [made_event()])
            sizes.append((folder / "store.db-wal").stat().st_size)
            copy = tmp_path / f"copy-{number}"
            shutil.copytree(folder, copy)
            assert not _is_damaged((copy / "store.db-wal").read_bytes())
            assert reopened(copy) == number + 1
    assert sizes[-1] == sizes[-5], "the log was written over from its beginning"
