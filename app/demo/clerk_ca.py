"""The made-up authority of clerks' keys, and keys of its own for demo mode and tests, made afresh each time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

CA, CRL, CLERK = "ca.pem", "crl.pem", "clerk.pem"
KEY_PIN = "20260808"
"""Of the emulated key; shown where it is asked for, in the demo only."""
DEMO_HOLDER = ("0001", "演示员")
_PEM = serialization.Encoding.PEM

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class ClerkCa:
    """An authority that issues clerks' certificates and lists those it takes back."""

    name: str
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def make(cls, now: dt.datetime, name: str = "湖州市政务服务人员证书（演示）") -> ClerkCa:
        key, subject = ec.generate_private_key(ec.SECP256R1()), _name(name)
        built = _certificate(subject, subject, key.public_key(), now - dt.timedelta(days=400), dt.timedelta(days=3650))
        built = built.add_extension(x509.BasicConstraints(True, 0), True).add_extension(_usage(False), True)
        built = built.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        return cls(name, key, built.sign(key, hashes.SHA256()))

    def issue(
        self,
        key: PrivateKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey,
        number: str,
        name: str,
        begins: dt.datetime,
        days: int = 365,
    ) -> x509.Certificate:
        """A certificate for a clerk: the staff number is the subject's serialNumber, the name its commonName."""
        public = key.public_key() if isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) else key
        subject = _name(name, number)
        built = _certificate(subject, self.certificate.subject, public, begins, dt.timedelta(days=days))
        built = built.add_extension(x509.BasicConstraints(False, None), True).add_extension(_usage(True), True)
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        return built.add_extension(above, False).sign(self.key, hashes.SHA256())

    def revoked(self, now: dt.datetime, *serials: int, days: int = 30) -> x509.CertificateRevocationList:
        """The list of what was taken back; the next one comes in so many days."""
        made = x509.CertificateRevocationListBuilder().issuer_name(self.certificate.subject)
        made = made.last_update(now - dt.timedelta(hours=1)).next_update(now + dt.timedelta(days=days))
        for serial in serials:
            one = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(now - dt.timedelta(hours=2))
            made = made.add_revoked_certificate(one.build())
        return made.sign(self.key, hashes.SHA256())


def make_clerk_ca(folder: Path, now: dt.datetime) -> None:
    """ca.pem, crl.pem, and clerk.pem: the demo clerk's private key with its certificates."""
    ca, key = ClerkCa.make(now), ec.generate_private_key(ec.SECP256R1())
    holder = ca.issue(key, *DEMO_HOLDER, now - dt.timedelta(days=1))
    (folder / CA).write_bytes(ca.certificate.public_bytes(_PEM))
    (folder / CRL).write_bytes(ca.revoked(now, days=365).public_bytes(_PEM))
    (folder / CLERK).write_bytes(key_pem(key, holder, ca.certificate))


def key_pem(key: PrivateKey, *certificates: x509.Certificate) -> bytes:
    """What an emulated key carries (devices.emulators.entry.clerk_key)."""
    private = key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return private + b"".join(one.public_bytes(_PEM) for one in certificates)


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey,
    begins: dt.datetime,
    life: dt.timedelta,
) -> x509.CertificateBuilder:
    built = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    return built.serial_number(x509.random_serial_number()).not_valid_before(begins).not_valid_after(begins + life)


def _name(name: str, number: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    return x509.Name([*parts, *([x509.NameAttribute(NameOID.SERIAL_NUMBER, number)] if number else [])])


def _usage(holder: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=holder,
        content_commitment=holder,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not holder,
        crl_sign=not holder,
        encipher_only=False,
        decipher_only=False,
    )
