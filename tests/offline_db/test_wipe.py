"""Remote wipe of a profile: nothing can be opened, nothing is left, and a kill on the way only delays it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from key_kit import PlainKeys
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from app.domain.clock import FixedClock
from app.domain.errors import EnvironmentProblem, Refused
from offline_db import wipe
from offline_db.profile import Profile
from offline_db.store import Store
from offline_db.vault import open_vault
from offline_db.wipe import KeyringSecrets, Wiper, WipeStage, go_on_alone, wipe_record
from tests.offline_db.made_up_cases import RARE, made_case, made_event, made_operation

MAC = b"what device and platform know"
ORDER = "0d3f2a51-7c53-4f6a-9f0e-2f5b8f1a7d11"


class Memory(KeyringBackend):
    """A keyring that can be locked."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.locked:
            raise PasswordDeleteError("locked")
        del self.kept[service, username]


KeyringBackend._classes.discard(Memory)  # subclassing registers: no other test shall meet it


@pytest.fixture
def backend() -> Memory:
    return Memory()


@pytest.fixture
def folder(tmp_path: Path, backend: Memory, clock: FixedClock) -> Path:
    """A working profile with a case, a page, a backup, keys and settings; closed."""
    folder = tmp_path / "work"
    with Profile(folder, "work") as profile:
        keys = PlainKeys(profile, backend)
        vault = open_vault(profile, keys)
        vault.seal(b"a page" * 1000, "image/jpeg")
        with Store.open(profile, keys, clock) as store:
            case = made_case()
            store.accept([case], [made_operation(case)], [made_event()])
            store.backup(profile.backups / "store-old.db")
    (folder / "keys").mkdir()
    (folder / "keys" / "slot").write_text(f"wrapped key {RARE}", "utf-8")
    (folder / "settings.toml").write_text("[gateway]\n", "utf-8")
    return folder


def opened(folder: Path, backend: Memory) -> tuple[Profile, Wiper]:
    profile = Profile(folder, "work")
    return profile, Wiper.of(profile, KeyringSecrets(backend, profile.id), MAC)


@pytest.fixture
def wiper(folder: Path, backend: Memory) -> Iterator[Wiper]:
    profile, made = opened(folder, backend)
    yield made
    profile.close()


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


SPARED = {"wipe.json", "profile.lock", "settings.toml"}


def test_keys_first_then_everything(folder: Path, backend: Memory, wiper: Wiper) -> None:
    heads = {path: path.read_bytes()[:64] for path in (folder / "store.db", folder / "backups" / "store-old.db")}
    slot = (folder / "keys" / "slot").read_bytes()
    assert wiper.destroy_keys(ORDER, "stolen")
    assert backend.kept == {}
    assert all(path.read_bytes()[:64] != head for path, head in heads.items()), "not even an old copy of the key helps"
    assert (folder / "keys" / "slot").read_bytes() != slot
    record = wiper.carry_on()
    assert (record.stage, record.order_id, record.kind) == (WipeStage.DONE, ORDER, "stolen")
    assert left(folder) == SPARED
    assert "张伟" not in (folder / "wipe.json").read_text("utf-8")
    wiper.confirmed()
    known = wipe_record(folder)
    assert known is not None
    assert known.confirmed


def test_nothing_opens_once_the_keys_are_gone(folder: Path, backend: Memory, clock: FixedClock) -> None:
    root = dict(backend.kept)
    profile, wiper = opened(folder, backend)
    wiper.destroy_keys(ORDER, "stolen")
    keys = PlainKeys(profile, backend)
    with pytest.raises(EnvironmentProblem):
        Store.open(profile, keys, clock)
    backend.kept.update(root)  # whoever had kept the secret
    with pytest.raises(EnvironmentProblem):
        Store.open(profile, keys, clock)
    profile.close()


def test_a_locked_keyring_is_tried_again_and_the_rest_is_unreadable_meanwhile(
    folder: Path, backend: Memory, wiper: Wiper, clock: FixedClock
) -> None:
    backend.locked = True
    head = (folder / "store.db").read_bytes()[:64]
    assert not wiper.destroy_keys(ORDER, "stolen")
    assert (folder / "store.db").read_bytes()[:64] != head
    assert wiper.carry_on().stage is WipeStage.FILES
    assert left(folder) == SPARED
    backend.locked = False
    assert wiper.carry_on().stage is WipeStage.DONE
    assert backend.kept == {}


def test_a_file_that_cannot_be_removed_is_tried_again(
    folder: Path, wiper: Wiper, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.unlink

    def held(self: Path, missing_ok: bool = False) -> None:
        if self.name == "store.db":
            raise PermissionError("held open")
        real(self, missing_ok=missing_ok)

    wiper.destroy_keys(ORDER, "return")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", held)
        assert wiper.carry_on().stage is WipeStage.FILES
    assert "store.db" in left(folder)
    assert wiper.carry_on().stage is WipeStage.DONE
    assert left(folder) == SPARED


def test_demo_data_is_never_wiped(tmp_path: Path, backend: Memory) -> None:
    with Profile(tmp_path / "demo", "demo") as profile, pytest.raises(Refused, match="演示"):
        Wiper.of(profile, KeyringSecrets(backend, profile.id), MAC)


def test_without_an_order_nothing_is_removed(folder: Path, wiper: Wiper) -> None:
    before = left(folder)
    with pytest.raises(Refused, match="没有清除指令"):
        wiper.carry_on()
    assert left(folder) == before
    assert wipe_record(folder) is None


def test_a_record_that_cannot_be_read_still_stops_the_program(folder: Path) -> None:
    (folder / "wipe.json").write_text("{", "utf-8")
    record = wipe_record(folder)
    assert record is not None
    assert record.order_id == ""


@pytest.mark.parametrize("change", [{}, {"kind": "stolen"}, {"order_id": ""}, {"profile_id": "x"}])
def test_a_record_that_somebody_put_there_destroys_nothing(
    folder: Path, backend: Memory, wiper: Wiper, tmp_path: Path, change: dict[str, str]
) -> None:
    """Who can write into the folder must not be able to have the keyring emptied."""
    elsewhere = Wiper(tmp_path, wiper._profile_id, KeyringSecrets(Memory(), "none"), MAC if change else b"a guess")
    elsewhere.destroy_keys(ORDER, "return")
    record = json.loads((tmp_path / "wipe.json").read_text())
    (folder / "wipe.json").write_text(json.dumps(record | change), "utf-8")
    before, secrets = left(folder), dict(backend.kept)
    found = wipe_record(folder)
    assert found is not None
    with (
        pytest.raises(Refused, match="被改动"),
        go_on_alone(folder, found, KeyringSecrets(backend, found.profile_id), MAC),
    ):
        pass
    assert (left(folder), backend.kept) == (before, secrets)


def test_a_disk_that_takes_no_record_leaves_everything(
    folder: Path, backend: Memory, wiper: Wiper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(target: Path, data: bytes) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(wipe, "write_whole", full)
    head = (folder / "store.db").read_bytes()[:64]
    with pytest.raises(EnvironmentProblem, match="磁盘已满"):
        wiper.destroy_keys(ORDER, "return")
    assert (folder / "store.db").read_bytes()[:64] == head
    assert backend.kept


def test_a_full_disk_does_not_save_a_stolen_machine(
    folder: Path, backend: Memory, wiper: Wiper, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = wipe.write_whole

    def full(target: Path, data: bytes) -> None:
        if (folder / "store.db").exists():
            raise OSError(28, "full")
        real(target, data)

    monkeypatch.setattr(wipe, "write_whole", full)
    assert wiper.destroy_keys(ORDER, "stolen", at_any_rate=True)
    assert backend.kept == {}
    assert left(folder) == SPARED, "and once there is room, the record is there"
    assert wiper.carry_on().stage is WipeStage.DONE


class Killed(BaseException):
    """The program is no more."""


def test_killed_at_any_step_it_goes_on(
    folder: Path, backend: Memory, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Ends the program before each call that changes anything, once at each; the next start ends the work."""
    steps = ("os.replace", "os.write", "os.unlink", "os.rmdir", "delete")
    kept, at, finished = dict(backend.kept), 0, False
    while not finished:
        copy = tmp_path / f"killed-{at}"
        shutil.copytree(folder, copy)
        backend.kept = dict(kept)
        done = 0

        def step(real: Any, limit: int = at) -> Any:
            def call(*args: Any, **kwargs: Any) -> Any:
                nonlocal done
                if done == limit:
                    raise Killed
                done += 1
                return real(*args, **kwargs)

            return call

        with monkeypatch.context() as patch:
            for name in steps[:-1]:
                patch.setattr(os, name.removeprefix("os."), step(getattr(os, name.removeprefix("os."))))
            patch.setattr(backend, "delete_password", step(backend.delete_password))
            profile, wiper = opened(copy, backend)
            try:
                wiper.destroy_keys(ORDER, "stolen")
                wiper.carry_on()
                finished = True
            except Killed:
                pass
            finally:
                profile.close()
        record = wipe_record(copy)
        if record is not None:
            with go_on_alone(copy, record, KeyringSecrets(backend, record.profile_id), MAC) as wiper:
                assert wiper.carry_on().stage is WipeStage.DONE
            assert left(copy) == SPARED, at
            assert backend.kept == {}, at
        else:
            assert left(copy) >= left(folder), "killed before anything was written down: nothing was done"
        at += 1
    assert at > 10
