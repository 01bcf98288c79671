"""What is asked of a PKCS#11 module, in plain tuples, and the process in which a vendor's module lives.

Asked: ("token", label), ("certificates",), ("login", PIN), ("sign", id, data), ("logout",). Answered ("ok", value) or
("error", name of a CKR_ code). The module is a vendor's native library: it may hang or fall, and must not take the
window with it, so it runs in a process of its own; an emulated one answers in ours.
"""

from __future__ import annotations

import contextlib
import hashlib
import signal
import threading
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

import PyKCS11
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from devices.failure import Failure
from devices.outcome import Outcome

ABSENT = "CKR_TOKEN_NOT_PRESENT"
CHANGED = "CKR_DEVICE_REMOVED"
NO_KEY = "CKR_KEY_HANDLE_INVALID"
NO_LOGIN = "CKR_USER_NOT_LOGGED_IN"
_LOST = frozenset({ABSENT, CHANGED, "CKR_SESSION_HANDLE_INVALID", "CKR_SESSION_CLOSED", "CKR_SLOT_ID_INVALID"})
_START = 20.0


class Asked(Protocol):
    """Something that answers."""

    @property
    def alive(self) -> bool: ...

    def ask(self, *question: Any, timeout: float = 10.0) -> Any: ...

    def end(self) -> None: ...


class Refused(Exception):
    """The module said no. name: of the CKR_ code (PKCS#11 v2.40, 11.1)."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Host:
    """The questions, put to a module. library: a PyKCS11Lib, or what behaves like one."""

    def __init__(self, library: Any) -> None:
        self._library = library
        self._slot: int | None = None
        self._serial = ""
        """Of the token whose PIN was entered; empty: of none."""
        self._session: Any = None

    def answer(self, question: tuple[Any, ...]) -> tuple[str, Any]:
        try:
            return "ok", getattr(self, f"_{question[0]}")(*question[1:])
        except PyKCS11.PyKCS11Error as error:
            name = _name(error)
            if name in _LOST:
                self._forget()
            return "error", name
        except Refused as refused:
            return "error", refused.name

    def _token(self, label: str) -> tuple[str, str, str, int]:
        """Label, serial number, model and flags of the token that is in."""
        for slot in self._library.getSlotList(tokenPresent=True):
            info = self._library.getTokenInfo(slot)
            found = _text(info.label)
            if not info.flags & PyKCS11.CKF_TOKEN_INITIALIZED or (label and found != label):
                continue
            serial = _text(info.serialNumber)
            if self._serial and serial != self._serial:
                self._forget()
                raise Refused(CHANGED)
            if self._serial and self._session.getSessionInfo().state != PyKCS11.CKS_RO_USER_FUNCTIONS:
                self._forget()  # pulled out and put back between two looks
                raise Refused(CHANGED)
            self._slot = slot
            return found, serial, _text(info.model), int(info.flags)
        self._forget()
        raise Refused(ABSENT)

    def _certificates(self) -> list[tuple[bytes, bytes]]:
        session = self._session or self._open()
        try:
            wanted = [(PyKCS11.CKA_CLASS, PyKCS11.CKO_CERTIFICATE), (PyKCS11.CKA_CERTIFICATE_TYPE, PyKCS11.CKC_X_509)]
            read = [PyKCS11.CKA_ID, PyKCS11.CKA_VALUE]
            found = [session.getAttributeValue(one, read) for one in session.findObjects(wanted)]
            return [(bytes(ident or ()), bytes(der)) for ident, der in found if der]
        finally:
            if session is not self._session:
                session.closeSession()

    def _login(self, pin: str) -> int:
        """The token's flags afterwards; a wrong PIN is CKR_PIN_INCORRECT."""
        self._logout()
        session = self._open()
        try:
            session.login(pin)
        except PyKCS11.PyKCS11Error as error:
            if _name(error) != "CKR_USER_ALREADY_LOGGED_IN":
                session.closeSession()
                raise
        info = self._library.getTokenInfo(self._slot)
        self._session, self._serial = session, _text(info.serialNumber)
        return int(info.flags)

    def _sign(self, ident: bytes, data: bytes) -> bytes:
        session = self._session
        if session is None:
            raise Refused(NO_LOGIN)
        found = session.findObjects([(PyKCS11.CKA_CLASS, PyKCS11.CKO_PRIVATE_KEY), (PyKCS11.CKA_ID, tuple(ident))])
        if not found:
            raise Refused(NO_KEY)
        kind = session.getAttributeValue(found[0], [PyKCS11.CKA_KEY_TYPE])[0]
        if kind == PyKCS11.CKK_EC:
            digest = hashlib.sha256(data).digest()
            raw = bytes(session.sign(found[0], digest, PyKCS11.Mechanism(PyKCS11.CKM_ECDSA, None)))
            half = len(raw) // 2  # r and s, of equal length (PKCS#11 v2.40, 2.3.1)
            return encode_dss_signature(int.from_bytes(raw[:half]), int.from_bytes(raw[half:]))
        if kind == PyKCS11.CKK_RSA:
            return bytes(session.sign(found[0], data, PyKCS11.Mechanism(PyKCS11.CKM_SHA256_RSA_PKCS, None)))
        raise Refused(NO_KEY)

    def _logout(self) -> bool:
        session = self._session
        if session is not None:
            with contextlib.suppress(PyKCS11.PyKCS11Error):
                session.logout()
        self._forget()
        return True

    def _open(self) -> Any:
        if self._slot is None:
            self._token("")
        return self._library.openSession(self._slot, PyKCS11.CKF_SERIAL_SESSION)

    def _forget(self) -> None:
        session, self._session, self._serial, self._slot = self._session, None, "", None
        if session is not None:
            with contextlib.suppress(PyKCS11.PyKCS11Error):
                session.closeSession()


class HostHere:
    """Answers in this process: for emulated modules."""

    alive = True

    def __init__(self, library: Any) -> None:
        self._host = Host(library)

    def ask(self, *question: Any, timeout: float = 10.0) -> Any:
        return _value(self._host.answer(question))

    def end(self) -> None:
        self._host.answer(("logout",))


class HostProcess:
    """A vendor's module in a process of its own. Failure: FAULT when it cannot be loaded, or fell; TIMEOUT."""

    def __init__(self, module: str) -> None:
        # Not forked: a copy of a window's process would hold its threads' locks for ever.
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(target=serve, args=(theirs, module), name="pkcs11", daemon=True)
        self._process.start()
        theirs.close()
        self._one = threading.Lock()
        try:
            self._answer(_START)
        except Refused as refused:
            self.end()
            raise Failure(Outcome.FAULT, f"钥匙的驱动无法加载（{refused.name[:120]}），请重新安装厂商驱动") from None
        except Failure:
            self.end()
            raise

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    @property
    def pid(self) -> int | None:
        return self._process.pid

    def ask(self, *question: Any, timeout: float = 10.0) -> Any:
        with self._one:
            try:
                self._pipe.send(question)
            except OSError:
                raise self._fallen() from None
            return self._answer(timeout)

    def end(self) -> None:
        """Whatever it does. Never raises."""
        self._process.kill()
        self._process.join(2.0)
        self._pipe.close()

    def _answer(self, timeout: float) -> Any:
        try:
            if not self._pipe.poll(timeout):
                self._end()
                raise Failure(Outcome.TIMEOUT, "钥匙的驱动没有应答，正在重新启动，请再试一次")
            return _value(self._pipe.recv())
        except (EOFError, OSError):
            raise self._fallen() from None

    def _fallen(self) -> Failure:
        self._end()
        return Failure(Outcome.FAULT, "钥匙的驱动意外停止，正在重新启动，请再试一次")

    def _end(self) -> None:
        """Its pipe closes a moment before a process is gone; until then it would still count as alive."""
        self._process.kill()
        self._process.join(2)


def serve(pipe: Connection, module: str) -> None:
    """What runs in the process: answers until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is the window's business
    library = PyKCS11.PyKCS11Lib()
    try:
        library.load(module)
    except PyKCS11.PyKCS11Error as error:
        pipe.send(("error", _name(error) if error.value != -1 else str(error.text or "not found")))
        return
    pipe.send(("ok", module))
    host = Host(library)
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send(host.answer(pipe.recv()))


def _value(answer: tuple[str, Any]) -> Any:
    how, value = answer
    if how == "error":
        raise Refused(value)
    return value


def _name(error: PyKCS11.PyKCS11Error) -> str:
    known = PyKCS11.CKR.get(error.value)
    return known if isinstance(known, str) else f"CKR 0x{error.value & 0xFFFFFFFF:08X}"


def _text(value: Any) -> str:
    """A field of C_GetTokenInfo: padded with blanks, UTF-8."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return str(value).strip(" \0")
