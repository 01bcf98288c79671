from __future__ import annotations

import pytest
from desk_parts import shipped
from paper_samples import fixed_key

from app.documents.fonts import PaperFonts, load_fonts
from app.documents.render import PaperRenderer
from app.domain.item import Catalog
from app.licences.cose import SigningKey


@pytest.fixture(scope="session")
def signer() -> SigningKey:
    return fixed_key(7)


@pytest.fixture(scope="session")
def stranger() -> SigningKey:
    return fixed_key(8)


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return shipped()[0]


@pytest.fixture(scope="session")
def fonts() -> PaperFonts:
    return load_fonts()


@pytest.fixture(scope="session")
def renderer(signer: SigningKey, fonts: PaperFonts) -> PaperRenderer:
    return PaperRenderer(signer, "湖州市吴兴区政务服务中心", fonts)
