"""The lock of a working profile: which PIN opens, what a thief lacks, what goes and what stays at each change."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from key_kit import (
    CHEAP,
    CLERK,
    MANAGER,
    NEW_PIN,
    OTHER_PIN,
    PIN,
    Locked,
    MemoryKeyring,
    locked,
    make_plain,
    make_slotted,
    trusted,
)

from app.domain.clock import FixedClock
from app.domain.errors import Defect, EnvironmentProblem, Refused
from app.domain.recovery_code import new_code
from offline_db.keylock import KeyLock, LockState
from offline_db.keys import SERVICE
from offline_db.profile import Profile
from offline_db.slots import Cost, Owner
from offline_db.wipe import KeyringSecrets, Wiper, WipeStage, go_on_alone, wipe_record

NUMBER = MANAGER[0]


@pytest.fixture
def backend() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def folder(tmp_path: Path, backend: MemoryKeyring, clock: FixedClock) -> Path:
    """A profile with two slots."""
    make_slotted(tmp_path / "p", backend, clock)
    return tmp_path / "p"


@pytest.fixture
def held(folder: Path, backend: MemoryKeyring, clock: FixedClock) -> Iterator[Locked]:
    """Open, by the manager's PIN."""
    with locked(folder, backend, clock) as held:
        assert held.lock.fits(NUMBER, PIN)
        yield held


def names(backend: MemoryKeyring) -> set[str]:
    return {name for _, name in backend.kept}


def test_a_new_profile_begins_with_its_first_clerk(tmp_path: Path, backend: MemoryKeyring, clock: FixedClock) -> None:
    with locked(tmp_path / "p", backend, clock) as held:
        assert held.lock.state is LockState.NEW
        assert held.lock.owners == ()
        with pytest.raises(Defect, match="还没有解锁"):
            held.lock.root(create=True)
        held.lock.begin(*MANAGER, PIN)
        root = held.lock.root(create=False)
        assert len(root) == 32
        with pytest.raises(Refused, match="已经登记"):
            held.lock.begin(*CLERK, OTHER_PIN)
        profile_id = held.profile.id
    assert profile_id not in names(backend), "the root itself is not in the keyring"
    with locked(tmp_path / "p", backend, clock) as held:
        assert held.lock.state is LockState.SLOTS
        assert held.lock.owners == (Owner(*MANAGER),)
        assert not held.lock.fits(NUMBER, OTHER_PIN)
        assert not held.lock.is_open
        assert held.lock.fits(NUMBER, PIN)
        assert held.lock.root(create=False) == root


def test_neither_the_disk_nor_the_keyring_nor_both_open_without_a_pin(
    folder: Path, backend: MemoryKeyring, clock: FixedClock, tmp_path: Path
) -> None:
    with locked(folder, backend, clock) as held:
        held.lock.fits(NUMBER, PIN)
        root = held.lock.root(create=False)
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert root not in everything
    assert root.hex().encode() not in everything
    # The disk alone, under a keyring of the thief's own.
    shutil.copytree(folder, tmp_path / "stolen")
    with locked(tmp_path / "stolen", MemoryKeyring(), clock) as stolen:
        with pytest.raises(EnvironmentProblem, match="系统密钥环里没有本机密钥"):
            stolen.lock.fits(NUMBER, PIN)
        assert not stolen.lock.is_open


def test_a_pin_change_touches_one_slot_and_kills_the_old_pin_for_good(held: Locked, backend: MemoryKeyring) -> None:
    path = held.profile.folder / "keys.json"
    old_file, old_names = path.read_bytes(), names(backend)
    other = [slot for slot in json.loads(old_file)["slots"] if slot["number"] == CLERK[0]]
    held.lock.put(*MANAGER, NEW_PIN, must_change=False)
    assert other == [slot for slot in json.loads(path.read_bytes())["slots"] if slot["number"] == CLERK[0]]
    assert held.lock.fits(NUMBER, NEW_PIN)
    assert not held.lock.fits(NUMBER, PIN)
    assert held.lock.fits(CLERK[0], OTHER_PIN)
    assert len(names(backend) - old_names) == 1
    assert len(old_names - names(backend)) == 1
    # Somebody kept the old file: the old PIN no longer opens it, because its half in the keyring is gone.
    for name in ("keys.json", "keys-copy.json"):
        (held.profile.folder / name).write_bytes(old_file)
    again = KeyLock(held.profile, trusted(backend), CHEAP)
    with pytest.raises(EnvironmentProblem, match="系统密钥环里没有本机密钥"):
        again.fits(NUMBER, PIN)


def test_a_clerk_who_left_has_no_slot_in_any_file_and_no_secret(held: Locked, backend: MemoryKeyring) -> None:
    before = names(backend)
    held.lock.remove(CLERK[0])
    assert not held.lock.has_slot(CLERK[0])
    for name in ("keys.json", "keys-copy.json"):
        assert CLERK[0] not in (held.profile.folder / name).read_text("utf-8")
    assert len(before - names(backend)) == 1
    with pytest.raises(Defect):
        held.lock.fits(CLERK[0], OTHER_PIN)
    held.lock.remove(CLERK[0])
    assert held.lock.fits(NUMBER, PIN)


def test_a_recovery_code_opens_without_the_keyring(held: Locked, backend: MemoryKeyring, clock: FixedClock) -> None:
    assert not held.lock.has_recovery
    with pytest.raises(Refused, match="没有恢复码"):
        held.lock.fits_code(new_code())
    code, root = new_code(), held.lock.root(create=False)
    held.lock.put_recovery(code)
    backend.kept.clear()
    again = KeyLock(held.profile, trusted(backend), CHEAP)
    assert again.has_recovery
    assert not again.fits_code(new_code())
    assert not again.is_open
    assert again.fits_code(code)
    assert again.root(create=False) == root
    again.put(*MANAGER, NEW_PIN, must_change=False)
    assert again.fits(NUMBER, NEW_PIN)
    newer = new_code()
    again.put_recovery(newer)
    assert not again.fits_code(code)
    assert again.fits_code(newer)


def test_the_root_of_before_is_put_into_slots_and_leaves_the_keyring(
    tmp_path: Path, backend: MemoryKeyring, clock: FixedClock
) -> None:
    make_plain(tmp_path / "p", backend, clock)
    with locked(tmp_path / "p", backend, clock) as held:
        assert held.lock.state is LockState.PLAIN
        held.lock.open_plain()
        assert held.lock.root(create=False) == bytes(range(32))
        held.lock.convert(*MANAGER, PIN, must_change=False, others=[Owner(*MANAGER), Owner(*CLERK)])
        assert held.lock.state is LockState.SLOTS
        assert held.profile.id not in names(backend)
        assert held.lock.owners == (Owner(*MANAGER), Owner(*CLERK, waiting=True))
        with pytest.raises(Defect):
            held.lock.convert(*MANAGER, PIN, must_change=False, others=())
    with locked(tmp_path / "p", backend, clock) as held:
        assert held.lock.fits(NUMBER, PIN)
        assert held.lock.root(create=False) == bytes(range(32))
        held.lock.put(*CLERK, OTHER_PIN, must_change=False)
        assert held.lock.owners == (Owner(*MANAGER), Owner(*CLERK))


def test_a_plain_root_left_behind_by_a_crash_goes_at_the_next_opening(held: Locked, backend: MemoryKeyring) -> None:
    held.lock._keyring.write(held.profile.id, held.lock.root(create=False))
    assert held.lock.fits(NUMBER, PIN)
    assert held.profile.id not in names(backend)
    # Another one than the file's is nobody's to throw away.
    held.lock._keyring.write(held.profile.id, b"o" * 32)
    assert held.lock.fits(NUMBER, PIN)
    assert held.profile.id in names(backend)


def test_a_keyring_that_does_not_let_go_stops_nobody(
    held: Locked, backend: MemoryKeyring, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stuck(service: str, username: str) -> None:
        raise RuntimeError("locked")

    before = names(backend)
    monkeypatch.setattr(backend, "delete_password", stuck)
    held.lock.put(*MANAGER, NEW_PIN, must_change=False)
    assert "old key material" in caplog.text
    assert len(names(backend)) == len(before) + 1
    monkeypatch.undo()
    assert held.lock.fits(NUMBER, NEW_PIN)
    assert len(names(backend)) == len(before)


def test_a_lost_key_is_never_made_anew(folder: Path, backend: MemoryKeyring, clock: FixedClock) -> None:
    for name in ("keys.json", "keys-copy.json"):
        (folder / name).unlink()
    with pytest.raises(EnvironmentProblem, match="找不到本机数据密钥"), locked(folder, backend, clock):
        pass


def test_another_profile_s_key_file_is_refused(
    folder: Path, backend: MemoryKeyring, clock: FixedClock, tmp_path: Path
) -> None:
    Profile(tmp_path / "other", "work").close()
    shutil.copy(folder / "keys.json", tmp_path / "other" / "keys.json")
    with pytest.raises(Refused, match="另一份数据的密钥文件"), locked(tmp_path / "other", backend, clock):
        pass


def test_a_slot_of_another_cost_is_made_anew_by_its_own_pin(held: Locked, backend: MemoryKeyring) -> None:
    stronger = KeyLock(held.profile, trusted(backend), Cost(2, 16, 1))
    assert stronger.fits(NUMBER, PIN)
    before = names(backend)
    stronger.renew(NUMBER, PIN)
    assert names(backend) != before
    before = names(backend)
    stronger.renew(NUMBER, PIN)
    assert names(backend) == before, "once is enough"
    assert stronger.fits(NUMBER, PIN)


def test_forgotten_is_forgotten(held: Locked) -> None:
    inside = held.lock._root
    held.lock.forget()
    held.lock.forget()
    assert inside == bytearray(32)
    with pytest.raises(Defect):
        held.lock.root(create=False)
    with pytest.raises(Defect):
        held.lock.put(*MANAGER, NEW_PIN, must_change=False)


@pytest.mark.parametrize("cut", [False, True], ids=["at once", "broken off before the keyring"])
def test_a_wipe_finds_the_secret_of_every_clerk(held: Locked, backend: MemoryKeyring, folder: Path, cut: bool) -> None:
    held.lock.put(*CLERK, NEW_PIN, must_change=True)
    held.lock.put_recovery(new_code())
    backend.set_password(SERVICE, "another-profile", "stays")
    assert len(held.lock.entries()) == 2
    of_profile = KeyringSecrets(backend, held.profile.id, held.lock.entries)
    wiper = Wiper.of(held.profile, of_profile, b"of the token")
    if cut:
        backend.locked = True
    assert wiper.destroy_keys("order", "stolen") is not cut
    backend.locked = False
    if cut:
        # The key files, which alone knew the entries, are noise by now: the record of the wipe knows them.
        held.lock.forget()
        held.profile.close()
        record = wipe_record(folder)
        assert record is not None
        with go_on_alone(folder, record, KeyringSecrets(backend, record.profile_id), b"of the token") as again:
            assert again.carry_on().stage is WipeStage.DONE
    assert backend.kept == {(SERVICE, "another-profile"): "stays"}


def test_the_record_of_a_wipe_reaches_no_entry_of_others(backend: MemoryKeyring) -> None:
    backend.set_password(SERVICE, "p1", "ours")
    backend.set_password(SERVICE, "gateway:w1", "another's")
    KeyringSecrets(backend, "p1").forget(("p1", "gateway:w1"))
    assert backend.kept == {(SERVICE, "gateway:w1"): "another's"}
