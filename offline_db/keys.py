"""Where the keys come from.

One random root secret a profile (of a working one: offline_db.keylock); the database key, the vault key and the audit
key are derived from it (HKDF-SHA256, RFC 5869) with the profile's identity and KIND in the derivation: moving a demo
profile's secret into the keyring and editing its profile.json gives other keys, which open nothing.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import keyring
import keyring.backends.chainer
import keyring.backends.fail
import keyring.errors
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from keyring.backend import KeyringBackend

from app.domain.errors import EnvironmentProblem, Refused
from offline_db.files import disk_problem, write_whole
from offline_db.profile import Profile, ProfileKind

SERVICE = "yichuang"
_ROOT_BYTES = 32

TRUSTED_BACKENDS = (
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.libsecret.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
    "keyring.backends.macOS.Keyring",
    "keyring.backends.Windows.WinVaultKeyring",
)
"""Back ends that keep secrets encrypted by the operating system. A list of the good ones, not of the bad: a new kind
of plain-text keyring is refused without anybody having heard of it."""


class KeyProvider(Protocol):
    """Gives the root secret of one profile."""

    @property
    def kind(self) -> ProfileKind:
        """The only kind of profile this provider serves."""
        ...

    def root(self, *, create: bool) -> bytes:
        """The 32-byte root secret. create: make one if there is none (only for a profile without data yet).
        EnvironmentProblem when it cannot be had."""
        ...


@dataclass(frozen=True, slots=True)
class KeySet:
    """The keys of one profile, 32 bytes each; never printed."""

    database: bytes = field(repr=False)
    vault: bytes = field(repr=False)
    audit: bytes = field(repr=False)


def keyset(profile: Profile, keys: KeyProvider) -> KeySet:
    """Derive the profile's keys. Refused when the provider serves the other kind of profile."""
    if keys.kind is not profile.kind:
        raise Refused(
            "密钥与数据不符",
            f"{keys.kind.label}密钥不能打开{profile.kind.label}数据。",
            "请选择正确的数据文件夹；演示数据与正式数据不能互相转换。",
        )
    root = keys.root(create=not profile.has_data)

    def derive(purpose: str) -> bytes:
        info = f"yichuang/1/{profile.kind.value}/{profile.id}/{purpose}".encode()
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(root)

    return KeySet(database=derive("database"), vault=derive("vault"), audit=derive("audit"))


def missing_key() -> EnvironmentProblem:
    return EnvironmentProblem(
        "找不到本机数据密钥",
        "数据库还在，但打开它的密钥已不在系统密钥环中（可能换了系统用户或重装了系统）。",
        "请用原来的系统用户登录；若密钥确已丢失，请联系运维人员恢复密钥环备份。",
    )


def full_name(backend: type) -> str:
    return f"{backend.__module__}.{backend.__qualname__}"


def safe_backend(backend: KeyringBackend | None = None, trusted: tuple[str, ...] = TRUSTED_BACKENDS) -> KeyringBackend:
    """The back end to use: the given one (default: the system's choice) if it keeps secrets encrypted.

    A chainer is walked and its first trusted member is used directly, because the chainer itself would also read
    from and write to the plain-text members beside it. Subclasses of trusted classes are trusted.
    EnvironmentProblem when no trusted one is there.
    """
    chosen = backend if backend is not None else keyring.get_keyring()
    queue = [chosen]
    while queue:
        candidate = queue.pop(0)
        if isinstance(candidate, keyring.backends.chainer.ChainerBackend):
            queue.extend(candidate.backends)
        elif any(full_name(base) in trusted for base in type(candidate).__mro__):
            return candidate
    raise EnvironmentProblem(
        "没有安全的系统密钥环",
        f"系统提供的密钥环（{full_name(type(chosen))}）不加密保存，不能存放数据密钥。",
        "请安装并登录系统密钥环：Linux 安装 gnome-keyring 或 KWallet 后重新登录桌面；不要使用明文密钥环。",
    )


class SystemKeyring:
    """Secrets of 32 bytes by name in the operating system's keyring, under the service yichuang.

    backend: default the system's choice; also_trusted: full class names of vendors' encrypted back ends.
    EnvironmentProblem at construction when the back end would keep secrets in plain text or not at all, and from every
    method when the keyring is locked or out of order.
    """

    def __init__(self, backend: KeyringBackend | None = None, *, also_trusted: tuple[str, ...] = ()) -> None:
        self._backend = safe_backend(backend, TRUSTED_BACKENDS + also_trusted)

    @property
    def backend_name(self) -> str:
        """The back end's class, for messages and tests."""
        return full_name(type(self._backend))

    def read(self, name: str) -> bytes | None:
        """The secret; None when there is none of that name. EnvironmentProblem also when it is damaged."""
        with _keyring_words():
            stored = self._backend.get_password(SERVICE, name)
        return None if stored is None else _decode(stored)

    def write(self, name: str, secret: bytes) -> None:
        """Keep a secret, and read it back: a keyring that forgets is found out before anything depends on it."""
        stored = base64.b64encode(secret).decode()
        with _keyring_words():
            self._backend.set_password(SERVICE, name, stored)
            kept = self._backend.get_password(SERVICE, name)
        if kept != stored:
            raise EnvironmentProblem(
                "系统密钥环没有保存密钥",
                "密钥写入系统密钥环后读不回来。",
                "请检查系统密钥环是否已解锁、能否正常保存密码，然后重新打开本程序。",
            )

    def remove(self, name: str) -> None:
        """Destroy a secret. One that is not there is no error."""
        with _keyring_words():
            if self._backend.get_password(SERVICE, name) is not None:
                self._backend.delete_password(SERVICE, name)


@contextmanager
def _keyring_words() -> Iterator[None]:
    """Each back end raises classes of its own (D-Bus, jeepney, COM); all mean the same to the clerk."""
    try:
        yield
    except Exception as error:
        raise EnvironmentProblem(
            "系统密钥环打不开",
            f"读写系统密钥环时出错（{type(error).__name__}）。",
            "请解锁系统密钥环（重新登录桌面时输入密码），然后重新打开本程序。",
        ) from error


class DemoKeys:
    """The root secret of a demo profile, in a file beside the data that it locks.

    It protects nothing and says so: demo data is made up, and a demo must run on a machine without a keyring.
    """

    kind = ProfileKind.DEMO
    notice = "演示密钥与演示数据放在一起，不起保密作用；演示数据均为虚构，不得用于真实业务。"

    def __init__(self, folder: Path) -> None:
        self._path = Path(folder) / "demo.key"

    def root(self, *, create: bool) -> bytes:
        try:
            if not self._path.exists():
                if not create:
                    raise missing_key()
                key = base64.b64encode(secrets.token_bytes(_ROOT_BYTES)).decode()
                write_whole(self._path, f"# {self.notice}\n{key}\n".encode())
            os.chmod(self._path, 0o600)
            lines = self._path.read_text("utf-8").splitlines()
        except OSError as error:
            raise disk_problem(error) from error
        return _decode(next((line for line in lines if line and not line.startswith("#")), ""))


def _decode(stored: str) -> bytes:
    try:
        root = base64.b64decode(stored, validate=True)
    except (binascii.Error, ValueError):
        root = b""
    if len(root) != _ROOT_BYTES:
        raise EnvironmentProblem(
            "本机数据密钥损坏", "取到的密钥不完整，无法打开数据库。", "请联系运维人员恢复密钥环备份。"
        )
    return root
