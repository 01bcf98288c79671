from __future__ import annotations

from pathlib import Path

import pytest

from app.documents.signer import load_or_create_signer
from app.domain.errors import EnvironmentProblem
from app.licences.cose import Algorithm, SigningKey


@pytest.mark.parametrize("password", [None, b"geheim"])
def test_key_is_made_once_and_kept_private(tmp_path: Path, password: bytes | None) -> None:
    path = tmp_path / "keys" / "papers.pem"
    made = load_or_create_signer(path, password)
    assert made.alg is Algorithm.EDDSA
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]
    again = load_or_create_signer(path, password)
    assert (again.kid, again.to_pem()) == (made.kid, made.to_pem())


def test_damaged_foreign_or_locked_key_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "papers.pem"
    SigningKey.generate(Algorithm.ES256).save(path)
    locked = tmp_path / "locked.pem"
    load_or_create_signer(locked, b"right")
    torn = tmp_path / "torn.pem"
    torn.write_bytes(b"-----BEGIN PRIVATE KEY-----\nMC4")
    for one, password in ((path, None), (locked, b"wrong"), (locked, None), (torn, None), (tmp_path, None)):
        before = one.read_bytes() if one.is_file() else b""
        with pytest.raises(EnvironmentProblem) as caught:
            load_or_create_signer(one, password)
        assert "备份" in caught.value.todo
        assert not one.is_file() or one.read_bytes() == before
