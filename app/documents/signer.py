"""The window's own signing key. Certification by the gateway comes later; the bootstrap decides where the key lies."""

from __future__ import annotations

from pathlib import Path

from app.domain.errors import EnvironmentProblem
from app.licences.cose import Algorithm, SigningKey


def load_or_create_signer(path: Path, password: bytes | None = None) -> SigningKey:
    """The key kept at path (PKCS #8 PEM, encrypted when a password is given); made on first use, EdDSA.

    EnvironmentProblem when it is there and cannot be used: a new key in its place would make every earlier paper of
    this window unverifiable, so a person must decide.
    """
    try:
        if path.exists():
            key = SigningKey.load(path, password=password)
            if key.alg is not Algorithm.EDDSA:
                raise ValueError(f"not an EdDSA key: {key.alg.name}")
            return key
        path.parent.mkdir(parents=True, exist_ok=True)
        key = SigningKey.generate(Algorithm.EDDSA)
        fresh = path.with_name(path.name + ".new")
        key.save(fresh, password)
        fresh.replace(path)
        return key
    except (OSError, ValueError, TypeError) as error:
        raise EnvironmentProblem(
            "文书签名密钥无法使用",
            f"密钥文件 {path.name} 无法读取或写入（{type(error).__name__}）。",
            "请勿删除该文件，联系管理员从备份恢复；此前出具的文书须凭原密钥核验。",
        ) from error
