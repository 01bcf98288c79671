"""The clerk's key, by PKCS#11: SoftHSM2 in a process of its own, and the emulated key through the same driver."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from softhsm_kit import PIN, softhsm

from app.demo.clerk_ca import ClerkCa, PrivateKey, key_pem
from app.domain.clock import SystemClock
from devices.drivers.entry.pkcs11_host import HostProcess
from devices.emulators.entry.clerk_key import MOST_WRONG
from devices.emulators.entry.driver import EmulatedClerkKey
from devices.kinds.clerk_key import ClerkKey, Entered, PinAnswer, Tries
from devices.outcome import Outcome
from devices.registry import open_device

Make = Callable[[PrivateKey], ClerkKey]


@pytest.fixture(params=["softhsm", "emulated"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    with ExitStack() as stack:

        def made(key: PrivateKey) -> ClerkKey:
            now = SystemClock().now()
            ca = ClerkCa.make(now)
            pem = key_pem(key, ca.issue(key, "0012", "沈雨", now), ca.certificate)
            if request.param == "softhsm":
                device = open_device(softhsm(stack, tmp_path, pem))
            else:
                (tmp_path / "key.pem").write_bytes(pem)
                device = open_device(f"emulated://clerk-key?file={tmp_path}/key.pem&pin={PIN}")
            assert isinstance(device, ClerkKey)
            stack.callback(device.close)
            device.open().unwrap()
            return device

        yield made


def _ec() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_what_it_signs_verifies_with_its_certificate(make: Make, kind: str) -> None:
    key: PrivateKey = _ec() if kind == "ec" else rsa.generate_private_key(65537, 2048)
    device = make(key)
    above, holder = sorted(device.certificates().unwrap(), key=lambda one: one.id)
    assert (above.id, holder.id) == (b"", b"\x01")
    assert device.enter(PIN).unwrap() == Entered(PinAnswer.RIGHT, Tries.FINE)
    signature = device.sign(holder.id, b"challenge").unwrap()
    public = x509.load_der_x509_certificate(holder.der).public_key()
    if isinstance(public, rsa.RSAPublicKey):
        public.verify(signature, b"challenge", padding.PKCS1v15(), hashes.SHA256())
    else:
        assert isinstance(public, ec.EllipticCurvePublicKey)
        public.verify(signature, b"challenge", ec.ECDSA(hashes.SHA256()))
    assert device.sign(b"\x07", b"challenge").outcome is Outcome.UNREADABLE


def test_nothing_is_signed_without_the_pin_or_after_leaving(make: Make) -> None:
    device = make(_ec())
    assert device.sign(b"\x01", b"x").outcome is Outcome.DENIED_BY_USER
    device.enter(PIN).unwrap()
    assert device.sign(b"\x01", b"x").ok
    assert device.leave().ok
    assert device.sign(b"\x01", b"x").outcome is Outcome.DENIED_BY_USER


def test_a_wrong_pin_is_counted_by_the_key(make: Make) -> None:
    device = make(_ec())
    assert device.token().unwrap().tries is Tries.FINE
    assert device.enter("135790").unwrap() == Entered(PinAnswer.WRONG, Tries.LOW)
    assert device.enter("").unwrap().answer is PinAnswer.WRONG
    assert device.sign(b"\x01", b"x").outcome is Outcome.DENIED_BY_USER
    assert device.enter(PIN).unwrap().answer is PinAnswer.RIGHT
    assert device.token().unwrap().tries is Tries.FINE


def _emulated() -> EmulatedClerkKey:
    device = open_device(f"emulated://clerk-key?pin={PIN}")
    assert isinstance(device, EmulatedClerkKey)
    device.open().unwrap()
    return device


def test_it_locks_after_too_many_and_says_the_last_try() -> None:
    """SoftHSM never locks; keys do."""
    device = _emulated()
    said = [device.enter("000000").unwrap() for _ in range(MOST_WRONG)]
    assert said[-2] == Entered(PinAnswer.WRONG, Tries.LAST)
    assert said[-1] == Entered(PinAnswer.LOCKED, Tries.LOCKED)
    assert device.enter(PIN).unwrap() == Entered(PinAnswer.LOCKED, Tries.LOCKED)


def test_pulled_out_it_must_be_entered_anew() -> None:
    device = _emulated()
    device.enter(PIN).unwrap()
    device.drill("pulled", True)
    assert device.probe().outcome is Outcome.NOT_PRESENT
    assert device.sign(b"\x01", b"x").outcome is Outcome.NOT_PRESENT
    device.drill("pulled", False)
    assert device.probe().ok
    assert device.sign(b"\x01", b"x").outcome is Outcome.DENIED_BY_USER
    device.close()


def test_another_key_in_its_place_is_noticed_once_at_least(tmp_path: Path) -> None:
    device, key = _emulated(), _ec()
    device.enter(PIN).unwrap()
    now = SystemClock().now()
    (tmp_path / "other.pem").write_bytes(key_pem(key, ClerkCa.make(now).issue(key, "0013", "陆方", now)))
    device.emulator.carry(tmp_path / "other.pem", "EMU00000002")
    assert device.probe().outcome is Outcome.NOT_PRESENT
    assert "EMU00000002" in device.probe().unwrap()
    assert device.sign(b"\x01", b"x").outcome is Outcome.DENIED_BY_USER


def test_a_module_that_is_not_there_or_none_says_so(tmp_path: Path) -> None:
    (tmp_path / "no.so").write_bytes(b"not a library")
    for name in ("missing.so", "no.so"):
        reply = open_device(f"pkcs11://{tmp_path}/{name}").open()
        assert reply.outcome is Outcome.FAULT
        assert "驱动无法加载" in reply.detail


def test_a_module_that_falls_takes_nothing_with_it(tmp_path: Path) -> None:
    with ExitStack() as stack:
        key, now = _ec(), SystemClock().now()
        device = open_device(softhsm(stack, tmp_path, key_pem(key, ClerkCa.make(now).issue(key, "1", "甲", now))))
        stack.callback(device.close)
        device.open().unwrap()
        host = device._host  # type: ignore[attr-defined]
        assert isinstance(host, HostProcess)
        assert host.pid is not None
        os.kill(host.pid, signal.SIGKILL)
        assert device.probe().outcome is Outcome.FAULT
        assert device.open().ok
        assert device.probe().ok
