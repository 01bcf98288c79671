"""A key without hardware or SoftHSM: behaves like a PKCS#11 module with one token, as PyKCS11 shows one.

It counts wrong PINs and locks, can be pulled out, and holds what a PEM file gives it. Its private key lies in a file:
for demo mode and tests only.
"""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import PyKCS11
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, decode_dss_signature
from cryptography.x509.oid import NameOID

from devices.drivers.entry.pkcs11_host import HostHere
from devices.emulators.faults import Faults
from devices.failure import Failure
from devices.outcome import Outcome

SLOT = 0
MOST_WRONG = 6
PULLED, LOCKED, BROKEN = "pulled", "locked", "broken"
FAULTS = frozenset({PULLED, LOCKED, BROKEN})
_HOLDER_ID = b"\x01"


class ClerkKeyEmulator:
    """file: PEM with the private key, its certificate and those above it; None: one that nobody has certified."""

    def __init__(self, file: Path | None = None, pin: str = "", label: str = "YICHUANG DEMO", serial: str = "") -> None:
        self.faults = Faults(FAULTS)
        self.pin = pin or "20260808"
        self.label = label
        self.serial = serial or "EMU00000001"
        self._file = file
        self._lock = threading.RLock()
        self._there = False
        self._wrong = 0
        self._logged_in = False
        self._pulls = 0
        self._private: Any = None
        self._certificates: list[tuple[bytes, bytes]] = []

    def start(self) -> None:
        with self._lock:
            self._there = True
            if self._private is None:
                self._load()

    def stop(self) -> None:
        with self._lock:
            self._there = self._logged_in = False

    def carry(self, file: Path, serial: str, pin: str = "") -> None:
        """Another key is plugged in, in the place of this one."""
        with self._lock:
            self._file, self.serial, self._wrong, self._logged_in = file, serial, 0, False
            self.pin = pin or self.pin
            self._pulls += 1
            self._load()

    def host(self) -> HostHere:
        """What answers for it in the driver. Failure: DISCONNECTED while the emulator does not run."""
        if not self._there:
            raise Failure(Outcome.DISCONNECTED, "钥匙的接口没有连接，请检查")
        return HostHere(self)

    # ------------------------------------------------------------------- as PyKCS11Lib

    def getSlotList(self, tokenPresent: bool = False) -> list[int]:  # noqa: N803
        with self._lock:
            if not self._there:  # the module itself is gone, not only the key
                raise PyKCS11.PyKCS11Error(PyKCS11.CKR_CRYPTOKI_NOT_INITIALIZED)
            if self.faults.on(BROKEN):
                raise PyKCS11.PyKCS11Error(PyKCS11.CKR_DEVICE_ERROR)
            return [SLOT] if self._in() else []

    def getTokenInfo(self, slot: int) -> Any:
        with self._lock:
            self._must_be_in()
            flags = PyKCS11.CKF_TOKEN_INITIALIZED | PyKCS11.CKF_LOGIN_REQUIRED
            if self._locked():
                flags |= PyKCS11.CKF_USER_PIN_LOCKED
            elif self._wrong == MOST_WRONG - 1:
                flags |= PyKCS11.CKF_USER_PIN_FINAL_TRY
            elif self._wrong:
                flags |= PyKCS11.CKF_USER_PIN_COUNT_LOW
            return SimpleNamespace(label=self.label, serialNumber=self.serial, model="emulated", flags=flags)

    def openSession(self, slot: int, flags: int = 0) -> _Session:
        with self._lock:
            self._must_be_in()
            return _Session(self, self._pulls)

    # ----------------------------------------------------------------------- what it does

    def log_in(self, pin: str) -> None:
        if self._locked():
            raise PyKCS11.PyKCS11Error(PyKCS11.CKR_PIN_LOCKED)
        if pin != self.pin:
            self._wrong += 1
            raise PyKCS11.PyKCS11Error(PyKCS11.CKR_PIN_LOCKED if self._locked() else PyKCS11.CKR_PIN_INCORRECT)
        self._wrong, self._logged_in = 0, True

    def check(self, pulls: int) -> None:
        """Is the session of so many pulls ago still one?"""
        if not self._in() or pulls != self._pulls:
            raise PyKCS11.PyKCS11Error(PyKCS11.CKR_DEVICE_REMOVED)

    @property
    def guard(self) -> threading.RLock:
        return self._lock

    def _in(self) -> bool:
        out = not self._there or self.faults.on(PULLED)
        if out and self._logged_in:
            self._logged_in = False
            self._pulls += 1
        return not out

    def _must_be_in(self) -> None:
        if not self._in():
            raise PyKCS11.PyKCS11Error(PyKCS11.CKR_TOKEN_NOT_PRESENT)

    def _locked(self) -> bool:
        return self._wrong >= MOST_WRONG or self.faults.on(LOCKED)

    def _load(self) -> None:
        if self._file is None:
            self._private = ec.generate_private_key(ec.SECP256R1())
            own = _own_certificate(self._private)
            self._certificates = [(_HOLDER_ID, own)]
            return
        pem = self._file.read_bytes()
        self._private = serialization.load_pem_private_key(pem, None)
        ders = [one.public_bytes(serialization.Encoding.DER) for one in x509.load_pem_x509_certificates(pem)]
        self._certificates = [(_HOLDER_ID if at == 0 else b"", der) for at, der in enumerate(ders)]


class _Session:
    """As a PyKCS11 Session."""

    def __init__(self, token: ClerkKeyEmulator, pulls: int) -> None:
        self._token, self._pulls = token, pulls

    def login(self, pin: str) -> None:
        with self._token.guard:
            self._token.check(self._pulls)
            self._token.log_in(pin)

    def logout(self) -> None:
        with self._token.guard:
            self._token._logged_in = False

    def closeSession(self) -> None:
        """Nothing is held."""

    def getSessionInfo(self) -> Any:
        with self._token.guard:
            self._token.check(self._pulls)
            user = PyKCS11.CKS_RO_USER_FUNCTIONS
            return SimpleNamespace(state=user if self._token._logged_in else PyKCS11.CKS_RO_PUBLIC_SESSION)

    def findObjects(self, template: list[tuple[int, Any]]) -> list[Any]:
        with self._token.guard:
            self._token.check(self._pulls)
            wanted = dict(template)
            if wanted[PyKCS11.CKA_CLASS] == PyKCS11.CKO_CERTIFICATE:
                return list(self._token._certificates)
            mine = self._token._logged_in and bytes(wanted[PyKCS11.CKA_ID]) == _HOLDER_ID
            return [self._token._private] if mine else []

    def getAttributeValue(self, found: Any, attributes: list[int]) -> list[Any]:
        if isinstance(found, tuple):
            return [found[0] or None, found[1]]
        return [PyKCS11.CKK_EC if isinstance(found, ec.EllipticCurvePrivateKey) else PyKCS11.CKK_RSA]

    def sign(self, key: Any, data: bytes, mechanism: Any) -> bytes:
        with self._token.guard:
            self._token.check(self._pulls)
            if not self._token._logged_in:
                raise PyKCS11.PyKCS11Error(PyKCS11.CKR_USER_NOT_LOGGED_IN)
            if isinstance(key, rsa.RSAPrivateKey):
                return key.sign(data, padding.PKCS1v15(), hashes.SHA256())
            r, s = decode_dss_signature(key.sign(data, ec.ECDSA(Prehashed(hashes.SHA256()))))
            size = (key.curve.key_size + 7) // 8
            return r.to_bytes(size) + s.to_bytes(size)


def _own_certificate(key: ec.EllipticCurvePrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "EMULATED")])
    begun = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = built.serial_number(1).not_valid_before(begun).not_valid_after(begun + dt.timedelta(days=36500))
    return built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
