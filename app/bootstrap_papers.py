"""The key by which this window signs its papers."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives import serialization

from app.licences.cose import Algorithm, SigningKey
from offline_db.store import Store

SIGNER_SETTING = "papers.signing_key"


def paper_signer(store: Store, folder: Path) -> SigningKey:
    """The workstation's own signing key, kept in the encrypted store; its public half lies open in keys/."""
    pem = store.setting(SIGNER_SETTING)
    if pem is None:
        pem = SigningKey.generate(Algorithm.EDDSA).to_pem().decode()
        store.set_setting(SIGNER_SETTING, pem)
    signer = SigningKey.from_pem(pem.encode())
    public = folder / "keys" / f"{signer.kid.hex()}.pem"
    if not public.exists():
        public.parent.mkdir(exist_ok=True)
        public.write_bytes(
            signer.public_key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        )
    return signer
