"""Keys, a trust folder and ready-made codes for the licence tests."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from licence_kit import IDENTIFIER, ISSUER, NOW, MakeText, write_list

from app.demo.issuers import certificate_pem, make_certificate, signing_key
from app.licences.cose import SigningKey
from app.licences.issue import issue_licence
from app.licences.trust import TrustList


@pytest.fixture(scope="session")
def issuer_key() -> SigningKey:
    return SigningKey.generate()


@pytest.fixture(scope="session")
def certified(issuer_key: SigningKey) -> tuple[SigningKey, bytes]:
    """The issuer's key under its certificate's identifier, and the certificate."""
    certificate = make_certificate(ISSUER, issuer_key, NOW)
    return signing_key(issuer_key, certificate), certificate_pem(certificate)


@pytest.fixture
def folder(tmp_path: Path, certified: tuple[SigningKey, bytes]) -> Path:
    trust = tmp_path / "trust"
    trust.mkdir()
    (trust / "natural.pem").write_bytes(certified[1])
    write_list(trust)
    return trust


@pytest.fixture
def trust(folder: Path) -> TrustList:
    return TrustList.load(folder)


@pytest.fixture(scope="session")
def make_text(certified: tuple[SigningKey, bytes]) -> MakeText:
    """A licence code; keyword arguments replace parts of a good one."""

    def make(key: SigningKey | None = None, **changes: Any) -> str:
        parts: dict[str, Any] = {
            "issuer": ISSUER.name,
            "identifier": IDENTIFIER,
            "type_id": "real_estate_certificate",
            "title": "不动产权证书",
            "holder": {"name": "王𠮷", "id_number": "330503195809230421"},
            "claims": {"premises.address": "㛃䶮镇𬭚桥村6号", "premises.area": "68.50"},
            "issued": NOW - dt.timedelta(days=40),
            "expires": NOW + dt.timedelta(days=365),
        }
        return issue_licence(key or certified[0], **(parts | changes))

    return make
