"""One writer a profile; a demo profile never becomes a working one, whichever way it is tried."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.domain.clock import FixedClock
from app.domain.errors import EnvironmentProblem, Refused
from offline_db import schema
from offline_db.keys import DemoKeys, KeyProvider, keyset
from offline_db.profile import Profile, ProfileKind
from offline_db.store import Store
from offline_db.vault import open_vault
from tests.offline_db.made_up_cases import made_case


class WorkKeys:
    """A working profile's provider with a secret given by the test."""

    kind = ProfileKind.WORK

    def __init__(self, root: bytes = bytes(range(32))) -> None:
        self._root = root

    def root(self, *, create: bool) -> bytes:
        return self._root


def demo_root(folder: Path) -> bytes:
    return base64.b64decode((folder / "demo.key").read_text("utf-8").splitlines()[1])


def edit_json(folder: Path, **changes: object) -> None:
    path = folder / "profile.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")


@pytest.fixture
def demo_folder(tmp_path: Path, clock: FixedClock) -> Path:
    folder = tmp_path / "demo"
    with Profile(folder, "demo") as profile, Store.open(profile, DemoKeys(folder), clock) as store:
        store.accept([made_case()], [], [])
        open_vault(profile, DemoKeys(folder)).seal(b"demo photo", "image/jpeg")
    return folder


@pytest.fixture
def work_folder(tmp_path: Path, clock: FixedClock) -> Path:
    folder = tmp_path / "work"
    with Profile(folder, "work") as profile, Store.open(profile, WorkKeys(), clock) as store:
        store.accept([made_case()], [], [])
    return folder


def opens(folder: Path, kind: str, keys: KeyProvider, clock: FixedClock) -> int:
    """How many cases are seen when it opens."""
    with Profile(folder, kind) as profile, Store.open(profile, keys, clock) as store:
        return len(store.cases())


def test_both_kinds_open_as_what_they_are(demo_folder: Path, work_folder: Path, clock: FixedClock) -> None:
    assert opens(demo_folder, "demo", DemoKeys(demo_folder), clock) == 1
    assert opens(work_folder, "work", WorkKeys(), clock) == 1


@pytest.mark.parametrize(("made", "tried"), [("demo", "work"), ("work", "demo")])
def test_a_folder_cannot_be_opened_as_the_other_kind(tmp_path: Path, made: str, tried: str) -> None:
    Profile(tmp_path / "p", made).close()
    with pytest.raises(Refused, match="不能作为"):
        Profile(tmp_path / "p", tried)
    Profile(tmp_path / "p", made).close()


def test_edited_json_with_the_demo_key_is_refused(demo_folder: Path, clock: FixedClock) -> None:
    edit_json(demo_folder, kind="work")
    with pytest.raises(Refused, match="演示密钥不能打开正式数据"):
        opens(demo_folder, "work", DemoKeys(demo_folder), clock)


def test_edited_json_with_the_demo_secret_moved_to_the_keyring_opens_nothing(
    demo_folder: Path, clock: FixedClock
) -> None:
    secret = demo_root(demo_folder)
    edit_json(demo_folder, kind="work")
    with pytest.raises(EnvironmentProblem, match="密钥与数据库不符"):
        opens(demo_folder, "work", WorkKeys(secret), clock)
    with Profile(demo_folder, "work") as profile:
        vault = open_vault(profile, WorkKeys(secret))
        sealed = vault.seal(b"other", "text/plain")
        assert vault.open(sealed.sha256) == b"other"
        names = {p.name for p in profile.vault_folder.glob("??/*")}
        assert len(names) == 2, "the demo file is still there"
        assert not vault.exists("0" * 64)


def test_a_demo_database_in_a_working_folder_opens_nothing(
    demo_folder: Path, work_folder: Path, clock: FixedClock
) -> None:
    shutil.copy(demo_folder / "store.db", work_folder / "store.db")
    with pytest.raises(EnvironmentProblem, match="密钥与数据库不符"):
        opens(work_folder, "work", WorkKeys(), clock)


def test_a_working_database_made_to_look_like_a_demo_is_refused(work_folder: Path, clock: FixedClock) -> None:
    edit_json(work_folder, kind="demo")
    (work_folder / "demo.key").write_text("# x\n" + base64.b64encode(bytes(range(32))).decode(), "utf-8")
    with pytest.raises(EnvironmentProblem, match="密钥与数据库不符"):
        opens(work_folder, "demo", DemoKeys(work_folder), clock)


def change_marker(folder: Path, clock: FixedClock, **values: object) -> None:
    with Profile(folder, "work") as profile, Store.open(profile, WorkKeys(), clock) as store, store._db.write() as c:
        c.execute(sa.update(schema.profile_marker).values(values))


def test_the_mark_inside_the_database_is_checked(work_folder: Path, clock: FixedClock) -> None:
    change_marker(work_folder, clock, kind="demo")
    with pytest.raises(Refused, match="不能作为正式数据打开"):
        opens(work_folder, "work", WorkKeys(), clock)


def test_another_profile_s_mark_is_refused(work_folder: Path, clock: FixedClock) -> None:
    change_marker(work_folder, clock, profile_id="somebody else")
    with pytest.raises(EnvironmentProblem, match="另一份数据库"):
        opens(work_folder, "work", WorkKeys(), clock)


def test_keys_differ_by_kind_identity_and_purpose(tmp_path: Path) -> None:
    with Profile(tmp_path / "a", "work") as a, Profile(tmp_path / "b", "work") as b:
        one, other = keyset(a, WorkKeys()), keyset(b, WorkKeys())
    keys = [one.database, one.vault, one.audit, other.database, other.vault, other.audit]
    assert len(set(keys)) == 6
    assert {len(key) for key in keys} == {32}
    assert one.database.hex() not in repr(one)
    assert repr(one.database) not in repr(one)


def test_second_instance_is_refused_and_may_come_after(tmp_path: Path) -> None:
    first = Profile(tmp_path / "p", "demo")
    for _ in range(20):
        with pytest.raises(Refused, match="已有一个"):
            Profile(tmp_path / "p", "demo")
    first.close()
    first.close()
    Profile(tmp_path / "p", "demo").close()


HOLD = """
import sys
from pathlib import Path
from offline_db.profile import Profile
p = Profile(Path(sys.argv[1]), "demo")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_process_is_refused_until_the_first_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "p")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Refused, match="已有一个"):
            Profile(tmp_path / "p", "demo")
        holder.kill()
        holder.wait(10)
    Profile(tmp_path / "p", "demo").close()


def test_a_store_needs_the_lock(tmp_path: Path, clock: FixedClock) -> None:
    profile = Profile(tmp_path / "p", "demo")
    profile.close()
    with pytest.raises(Refused):
        Store.open(profile, DemoKeys(profile.folder), clock)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"kind": "work"}', '{"kind":"x","id":"1"}', '{"kind":"demo","id":1}'])
def test_a_damaged_profile_json_is_not_replaced(tmp_path: Path, text: str) -> None:
    Profile(tmp_path / "p", "demo").close()
    (tmp_path / "p" / "profile.json").write_text(text, "utf-8")
    with pytest.raises(EnvironmentProblem, match="无法读取"):
        Profile(tmp_path / "p", "demo")
    assert (tmp_path / "p" / "profile.json").read_text("utf-8") == text


def test_a_missing_profile_json_beside_data_is_not_replaced(demo_folder: Path) -> None:
    (demo_folder / "profile.json").unlink()
    with pytest.raises(EnvironmentProblem, match=r"profile\.json 不见了"):
        Profile(demo_folder, "work")


def test_lost_data_is_never_taken_for_a_new_beginning(demo_folder: Path, clock: FixedClock) -> None:
    (demo_folder / "store.db").write_bytes(b"")
    with pytest.raises(EnvironmentProblem, match="数据库文件是空的"):
        opens(demo_folder, "demo", DemoKeys(demo_folder), clock)
    (demo_folder / "store.db").unlink()
    with pytest.raises(EnvironmentProblem, match="数据库文件不见了"):
        opens(demo_folder, "demo", DemoKeys(demo_folder), clock)


def test_a_lost_key_is_never_made_anew(demo_folder: Path, clock: FixedClock) -> None:
    (demo_folder / "demo.key").unlink()
    with pytest.raises(EnvironmentProblem, match="找不到本机数据密钥"):
        opens(demo_folder, "demo", DemoKeys(demo_folder), clock)
    assert not (demo_folder / "demo.key").exists()


def test_a_crash_before_the_database_was_made_is_a_beginning(tmp_path: Path, clock: FixedClock) -> None:
    with Profile(tmp_path / "p", "demo") as profile:
        keyset(profile, DemoKeys(profile.folder))
        profile.database.touch()
    assert opens(tmp_path / "p", "demo", DemoKeys(tmp_path / "p"), clock) == 0


def test_a_demo_starts_afresh_under_its_lock(demo_folder: Path, clock: FixedClock) -> None:
    (demo_folder / "world").mkdir()
    (demo_folder / "paper").mkdir()
    old_key = demo_root(demo_folder)
    with Profile(demo_folder, "demo") as profile:
        profile.start_afresh(keep={"world"})
        with pytest.raises(Refused, match="已有一个"):
            Profile(demo_folder, "demo")
        assert {path.name for path in demo_folder.iterdir()} == {"profile.json", "profile.lock", "world"}
        with Store.open(profile, DemoKeys(demo_folder), clock) as store:
            assert store.cases() == []
    assert opens(demo_folder, "demo", DemoKeys(demo_folder), clock) == 0
    assert demo_root(demo_folder) != old_key


def test_a_working_profile_is_never_emptied(work_folder: Path, clock: FixedClock) -> None:
    with Profile(work_folder, "work") as profile, pytest.raises(Refused, match="不能清空正式数据"):
        profile.start_afresh()
    assert opens(work_folder, "work", WorkKeys(), clock) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps access rights elsewhere")
def test_everything_is_for_its_owner_only(demo_folder: Path) -> None:
    for path in demo_folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
    assert demo_folder.stat().st_mode & 0o077 == 0


def test_the_demo_key_says_what_it_is(demo_folder: Path, clock: FixedClock) -> None:
    assert "不起保密作用" in (demo_folder / "demo.key").read_text("utf-8")
    (demo_folder / "demo.key").chmod(0o644)
    opens(demo_folder, "demo", DemoKeys(demo_folder), clock)
    assert (demo_folder / "demo.key").stat().st_mode & 0o777 == 0o600
    (demo_folder / "demo.key").write_text("# nothing\nAAAA\n", "utf-8")
    with pytest.raises(EnvironmentProblem, match="密钥不完整"):
        opens(demo_folder, "demo", DemoKeys(demo_folder), clock)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(EnvironmentProblem):
        Profile(tmp_path / "file" / "p", "demo")
