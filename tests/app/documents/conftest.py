from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from app.documents.fonts import PaperFonts, load_fonts
from app.documents.render import PaperRenderer
from app.licences.cose import SigningKey, public_key_kid


def fixed_key(seed: int) -> SigningKey:
    private = ed25519.Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    return SigningKey(public_key_kid(private.public_key()), private)


@pytest.fixture(scope="session")
def signer() -> SigningKey:
    return fixed_key(7)


@pytest.fixture(scope="session")
def stranger() -> SigningKey:
    return fixed_key(8)


@pytest.fixture(scope="session")
def fonts() -> PaperFonts:
    return load_fonts()


@pytest.fixture(scope="session")
def renderer(signer: SigningKey, fonts: PaperFonts) -> PaperRenderer:
    return PaperRenderer(signer, "湖州市吴兴区政务服务中心", fonts)
