"""A token of SoftHSM2 of the tests' own, with a clerk's private key and certificates on it."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "246810"
_WRITE = """
import sys, PyKCS11
from PyKCS11 import *
lib = PyKCS11Lib(); lib.load(sys.argv[1])
session = lib.openSession(lib.getSlotList(tokenPresent=True)[0], CKF_SERIAL_SESSION | CKF_RW_SESSION)
session.login(sys.argv[2])
lines = sys.stdin.read().split()
kind, lines = lines[0], lines[1:]
if kind == "ec":
    private = [(CKA_KEY_TYPE, CKK_EC), (CKA_EC_PARAMS, bytes.fromhex("06082a8648ce3d030107")), (CKA_VALUE, bytes.fromhex(lines.pop(0)))]
else:
    names = (CKA_MODULUS, CKA_PUBLIC_EXPONENT, CKA_PRIVATE_EXPONENT, CKA_PRIME_1, CKA_PRIME_2, CKA_EXPONENT_1, CKA_EXPONENT_2, CKA_COEFFICIENT)
    private = [(CKA_KEY_TYPE, CKK_RSA)] + [(name, bytes.fromhex(lines.pop(0))) for name in names]
session.createObject([(CKA_CLASS, CKO_PRIVATE_KEY), (CKA_TOKEN, True), (CKA_PRIVATE, True), (CKA_SENSITIVE, True),
    (CKA_EXTRACTABLE, False), (CKA_SIGN, True), (CKA_ID, (1,)), *private])
for at, der in enumerate(lines):
    subject, _, value = der.partition(":")
    session.createObject([(CKA_CLASS, CKO_CERTIFICATE), (CKA_CERTIFICATE_TYPE, CKC_X_509), (CKA_TOKEN, True),
        (CKA_PRIVATE, False), (CKA_ID, (1,) if at == 0 else ()), (CKA_SUBJECT, bytes.fromhex(subject)),
        (CKA_VALUE, bytes.fromhex(value))])
"""  # noqa: E501


def softhsm(stack: ExitStack, folder: Path, pem: bytes) -> str:
    """The URI of a fresh token that holds what the PEM says: a private key and its certificates, the holder's first."""
    if not MODULE.exists():
        pytest.skip("needs softhsm2 (.ci/apt-packages.txt)")
    tokens = folder / "softhsm"
    tokens.mkdir(parents=True)
    conf = folder / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n", "utf-8")
    stack.enter_context(pytest.MonkeyPatch.context()).setenv("SOFTHSM2_CONF", str(conf))
    init = ["softhsm2-util", "--init-token", "--free", "--label", "CLERK", "--so-pin", "12345678", "--pin", PIN]
    subprocess.run(init, check=True, capture_output=True, timeout=100)
    told = "\n".join(_words(pem))
    write = [sys.executable, "-c", _WRITE, str(MODULE), PIN]
    subprocess.run(write, input=told, text=True, check=True, timeout=100, env=dict(os.environ))
    return f"pkcs11://{MODULE}?token=CLERK"


def _words(pem: bytes) -> list[str]:
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = serialization.load_pem_private_key(pem, None)
    numbers = key.private_numbers()  # type: ignore[union-attr]
    if isinstance(key, ec.EllipticCurvePrivateKey):
        words = ["ec", numbers.private_value.to_bytes(32).hex()]  # type: ignore[union-attr]
    else:
        one, public = numbers, numbers.public_numbers  # type: ignore[union-attr]
        parts = (public.n, public.e, one.d, one.p, one.q, one.dmp1, one.dmq1, one.iqmp)  # type: ignore[union-attr]
        words = ["rsa", *(part.to_bytes((part.bit_length() + 7) // 8).hex() for part in parts)]
    for certificate in x509.load_pem_x509_certificates(pem):
        der = certificate.public_bytes(serialization.Encoding.DER)
        words.append(f"{certificate.subject.public_bytes().hex()}:{der.hex()}")
    return words
