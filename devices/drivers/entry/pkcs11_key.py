"""Clerks' keys by PKCS#11: `pkcs11:///usr/lib/vendor/libpkcs11.so?token=LABEL`.

The vendor's module is named by its path; token: the label of the only token meant, where several are always plugged in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import PyKCS11

from devices.drivers.entry.pkcs11_host import ABSENT, CHANGED, NO_KEY, NO_LOGIN, Asked, HostProcess, Refused
from devices.drivers.links.guarded import GuardedDevice
from devices.failure import NOT_OPEN, Failure
from devices.kinds.clerk_key import ClerkKey, Entered, KeyCertificate, KeyToken, PinAnswer, Tries
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri

T = TypeVar("T")

_PROBE = 1.8
_SIGN = 20.0
"""A key with a button waits for it."""
_LONGEST_PIN = 64
_WRONG = frozenset({"CKR_PIN_INCORRECT", "CKR_PIN_INVALID", "CKR_PIN_LEN_RANGE"})
_GONE = frozenset({ABSENT, CHANGED, "CKR_SESSION_HANDLE_INVALID", "CKR_SESSION_CLOSED", "CKR_SLOT_ID_INVALID"})
NOT_IN = "没有插钥匙"
_MEANINGS = {
    NO_LOGIN: (Outcome.DENIED_BY_USER, "还没有输入钥匙口令"),
    NO_KEY: (Outcome.UNREADABLE, "钥匙里没有可用的签名密钥，请联系发证机构"),
    "CKR_PIN_EXPIRED": (Outcome.FAULT, "钥匙口令已过期，请先用厂商工具改口令"),
    "CKR_FUNCTION_CANCELED": (Outcome.DENIED_BY_USER, "没有在钥匙上按确认键"),
    "CKR_FUNCTION_REJECTED": (Outcome.DENIED_BY_USER, "在钥匙上拒绝了签名"),
    "CKR_CRYPTOKI_NOT_INITIALIZED": (Outcome.DISCONNECTED, "钥匙的接口没有连接，请检查"),
    "CKR_DEVICE_ERROR": (Outcome.FAULT, "钥匙报告自身故障，请拔下再插；不行请联系发证机构"),
}


class Pkcs11Key(GuardedDevice, ClerkKey):
    """host: starts what answers for the module. label: of the only token meant; "" for whichever is plugged in."""

    def __init__(self, uri: str, host: Callable[[], Asked], label: str = "") -> None:
        super().__init__(uri)
        self._start = host
        self._label = label
        self._host: Asked | None = None
        self._entered = False

    def open(self) -> Reply[str]:
        if self._host is not None and self._host.alive:
            return Reply(Outcome.OK, "钥匙接口")
        self.close()

        def begin() -> str:
            self._host = self._start()
            return "钥匙接口"

        return self._call(begin)

    def close(self) -> None:
        host, self._host, self._entered = self._host, None, False
        if host is not None:
            host.end()

    def probe(self) -> Reply[str]:
        def look() -> str:
            token = self._token(_PROBE)
            return f"{token.label} {token.serial}".strip()

        return self._call(look)

    def token(self) -> Reply[KeyToken]:
        return self._call(lambda: self._token(_PROBE))

    def certificates(self) -> Reply[tuple[KeyCertificate, ...]]:
        def read() -> tuple[KeyCertificate, ...]:
            self._token(_PROBE)
            return tuple(KeyCertificate(ident, der) for ident, der in self._ask("certificates"))

        return self._call(read)

    def enter(self, pin: str) -> Reply[Entered]:
        def attempt() -> Entered:
            before = self._token(_PROBE)
            if before.tries is Tries.LOCKED or not 0 < len(pin.encode()) <= _LONGEST_PIN:
                locked = before.tries is Tries.LOCKED
                return Entered(PinAnswer.LOCKED if locked else PinAnswer.WRONG, before.tries)
            try:
                flags = self._ask("login", pin)
            except Refused as refused:
                if refused.name == "CKR_PIN_LOCKED":
                    return Entered(PinAnswer.LOCKED, Tries.LOCKED)
                if refused.name not in _WRONG:
                    raise
                after = self._token(_PROBE).tries
                locked = after is Tries.LOCKED
                return Entered(PinAnswer.LOCKED if locked else PinAnswer.WRONG, after)
            self._entered = True
            return Entered(PinAnswer.RIGHT, _tries(flags))

        return self._call(attempt)

    def sign(self, certificate: bytes, data: bytes) -> Reply[bytes]:
        def signed() -> bytes:
            self._token(_PROBE)
            if not self._entered:
                raise Refused(NO_LOGIN)
            return bytes(self._ask("sign", certificate, data, timeout=_SIGN))

        return self._call(signed)

    def leave(self) -> Reply[bool]:
        self._entered = False
        if self._host is None:
            return Reply(Outcome.OK, True)
        return self._call(lambda: bool(self._ask("logout")))

    def _call(self, work: Callable[[], T]) -> Reply[T]:
        def named() -> T:
            try:
                return work()
            except Refused as refused:
                if refused.name in _GONE:
                    self._entered = False
                    raise Failure(Outcome.NOT_PRESENT, NOT_IN) from None
                words = (Outcome.FAULT, f"钥匙没有完成操作（{refused.name}），请拔下再插；不行请联系厂商")
                raise Failure(*_MEANINGS.get(refused.name, words)) from None

        reply = super()._call(named)
        # What fell or was killed is no driver any more; the next open starts another.
        if self._host is not None and not self._host.alive:
            self.close()
        return reply

    def _token(self, timeout: float) -> KeyToken:
        label, serial, model, flags = self._ask("token", self._label, timeout=timeout)
        return KeyToken(label, serial, model, _tries(flags))

    def _ask(self, *question: Any, timeout: float = 10.0) -> Any:
        if self._host is None:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)
        return self._host.ask(*question, timeout=timeout)


def _tries(flags: int) -> Tries:
    if flags & PyKCS11.CKF_USER_PIN_LOCKED:
        return Tries.LOCKED
    if flags & PyKCS11.CKF_USER_PIN_FINAL_TRY:
        return Tries.LAST
    return Tries.LOW if flags & PyKCS11.CKF_USER_PIN_COUNT_LOW else Tries.FINE


def open_driver(uri: str) -> Pkcs11Key:
    """The driver of a `pkcs11:` URI. BadInput when it is malformed."""
    parsed = DeviceUri.parse(uri, ["token"])
    module = parsed.file
    return Pkcs11Key(uri, lambda: HostProcess(module), parsed.options.get("token", ""))
