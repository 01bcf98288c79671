"""The OS keyring: plain-text back ends are refused, and the real one works."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import keyring.backend
import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import keyring.errors
import pytest
from keyring_session import in_session

from app.domain.errors import EnvironmentProblem
from offline_db.keys import SystemKeyring, full_name, safe_backend


def backend_class(**members: Any) -> type[keyring.backend.KeyringBackend]:
    """A back end class outside keyring's registry (subclassing registers, so the registry entry is taken out again)."""

    def get(self: Any, service: str, username: str) -> str | None:
        found = self.kept.get((service, username))
        return None if found is None else str(found)

    def put(self: Any, service: str, username: str, password: str) -> None:
        self.kept[(service, username)] = password

    body = {"priority": 1, "get_password": get, "set_password": put, "__module__": "vendor.safe", "kept": {}} | members
    made = type("Keyring", (keyring.backend.KeyringBackend,), body)
    keyring.backend.KeyringBackend._classes.discard(made)
    return made


TRUST = ("vendor.safe.Keyring",)


class ChainerOf(keyring.backends.chainer.ChainerBackend):
    """A chainer with the members that the test gives it."""

    backends: Any = ()

    def __init__(self, *members: Any) -> None:
        self.backends = members


keyring.backend.KeyringBackend._classes.discard(ChainerOf)


def plaintext() -> keyring.backend.KeyringBackend:
    """What keyrings.alt offers, by its true name."""
    return backend_class(__module__="keyrings.alt.file", __qualname__="PlaintextKeyring")()


@pytest.mark.parametrize(
    "backend",
    [
        keyring.backends.null.Keyring(),
        keyring.backends.fail.Keyring(),
        plaintext(),
        backend_class(__module__="unheard.of")(),
        ChainerOf(),
        ChainerOf(plaintext(), keyring.backends.null.Keyring()),
        ChainerOf(ChainerOf(plaintext())),
    ],
    ids=["null", "fail", "plaintext", "unknown", "empty chain", "chain", "nested chain"],
)
def test_back_ends_that_keep_no_secret_are_refused(backend: keyring.backend.KeyringBackend) -> None:
    with pytest.raises(EnvironmentProblem, match="没有安全的系统密钥环") as caught:
        SystemKeyring(backend)
    assert "gnome-keyring" in caught.value.todo


def test_the_system_s_choice_is_checked_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", plaintext)
    with pytest.raises(EnvironmentProblem, match="PlaintextKeyring"):
        SystemKeyring()


def test_a_chain_s_trusted_member_is_used_directly() -> None:
    safe = backend_class()()
    assert safe_backend(ChainerOf(plaintext(), ChainerOf(plaintext(), safe)), TRUST) is safe


def remove(self: Any, service: str, username: str) -> None:
    del self.kept[service, username]


def test_secrets_are_kept_by_name_and_can_be_destroyed() -> None:
    backend = backend_class(kept={}, delete_password=remove)()
    ring = SystemKeyring(backend, also_trusted=TRUST)
    assert ring.backend_name == "vendor.safe.Keyring"
    assert ring.read("one") is None
    ring.write("one", bytes(range(32)))
    ring.write("two", bytes(32))
    assert SystemKeyring(backend, also_trusted=TRUST).read("one") == bytes(range(32))
    ring.remove("one")
    ring.remove("one")
    assert ring.read("one") is None
    assert ring.read("two") == bytes(32)


def test_a_keyring_that_forgets_is_found_out_at_once() -> None:
    backend = backend_class(set_password=lambda self, s, u, p: None, kept={})()
    with pytest.raises(EnvironmentProblem, match="读不回来"):
        SystemKeyring(backend, also_trusted=TRUST).write("id", bytes(32))


def test_a_locked_keyring_is_said_in_words() -> None:
    def locked(self: Any, service: str, username: str) -> str:
        raise keyring.errors.KeyringLocked("hunter2")

    ring = SystemKeyring(backend_class(get_password=locked)(), also_trusted=TRUST)
    for act in (lambda: ring.read("id"), lambda: ring.write("id", bytes(32)), lambda: ring.remove("id")):
        with pytest.raises(EnvironmentProblem, match="KeyringLocked") as caught:
            act()
        assert "解锁" in caught.value.todo
        assert "hunter2" not in str(caught.value)


def test_a_damaged_secret_is_not_used() -> None:
    backend = backend_class(kept={("yichuang", "id"): "AAAA"})()
    with pytest.raises(EnvironmentProblem, match="密钥不完整"):
        SystemKeyring(backend, also_trusted=TRUST).read("id")


def test_full_name() -> None:
    assert full_name(keyring.backends.null.Keyring) == "keyring.backends.null.Keyring"


REAL = """
import sys
from pathlib import Path
from app.domain.clock import SystemClock
from offline_db.keylock import KeyLock, LockState
from offline_db.keys import SystemKeyring
from offline_db.profile import Profile
from offline_db.slots import Cost
from offline_db.store import Store
from offline_db.vault import open_vault
with Profile(Path(sys.argv[1]), "work") as profile:
    ring = SystemKeyring()
    print("backend", ring.backend_name)
    lock = KeyLock(profile, ring, Cost(1, 8, 1))
    if lock.state is LockState.NEW:
        lock.begin("0231", "李敏㛃", "280714")
    else:
        print("wrong", lock.fits("0231", "280715"), "right", lock.fits("0231", "280714"))
        lock.put("0231", "李敏㛃", "280714", must_change=False)
    with Store.open(profile, lock, SystemClock()) as store:
        print("found", store.setting("greeting"))
        store.set_setting("greeting", "你好㛃𠮷")
    sealed = open_vault(profile, lock).seal(b"photo", "image/jpeg")
    print("opened", open_vault(profile, lock).open(sealed.sha256))
    print("plain", ring.read(profile.id))
"""


def test_the_real_keyring_keeps_its_half_across_sessions(tmp_path: Path) -> None:
    assert shutil.which("gnome-keyring-daemon"), "install gnome-keyring"
    assert shutil.which("dbus-run-session"), "install dbus"
    first, second = in_session(tmp_path, REAL), in_session(tmp_path, REAL)
    assert first.returncode == 0, first.stderr
    assert "backend keyring.backends.SecretService.Keyring\nfound None\nopened b'photo'\nplain None" in first.stdout
    assert second.returncode == 0, second.stderr
    assert "wrong False right True\nfound 你好㛃𠮷" in second.stdout
    shutil.rmtree(tmp_path / "home" / ".local")
    lost = in_session(tmp_path, REAL)
    assert lost.returncode == 1
    assert "系统密钥环里没有本机密钥" in lost.stderr
    for name in ("keys.json", "keys-copy.json"):
        (tmp_path / "profile" / name).unlink()
    gone = in_session(tmp_path, REAL)
    assert gone.returncode == 1
    assert "找不到本机数据密钥" in gone.stderr


def test_without_a_keyring_service_the_clerk_is_told_what_to_do(tmp_path: Path) -> None:
    result = in_session(tmp_path, REAL.replace("Path(sys.argv[1])", 'Path(sys.argv[1] + "2")'), daemon=False)
    assert result.returncode == 1
    assert "EnvironmentProblem" in result.stderr
    assert not (tmp_path / "profile2" / "store.db").exists()
