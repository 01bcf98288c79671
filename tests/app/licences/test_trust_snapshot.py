"""Signed trust lists: only the pinned publisher's, only forwards, whole or not at all."""

from __future__ import annotations

import dataclasses
import errno
import json
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from hypothesis import given, settings
from hypothesis import strategies as st
from licence_kit import IDENTIFIER, NOW, MakeText, write_list

from app.domain.clock import FixedClock
from app.domain.errors import BadInput, EnvironmentProblem
from app.domain.fact import Verdict
from app.licences.cose import Algorithm, SigningKey, sign_bytes
from app.licences.snapshot import KIND, Pin, SnapshotRefused, make_snapshot, pin_of, read_snapshot
from app.licences.trust import MAX_FILE, TrustList
from app.licences.trust_keeper import HIGHEST, SNAPSHOT_NAME, TrustKeeper
from app.licences.verify import read_licence

PUBLISHER = SigningKey.generate(Algorithm.EDDSA)
PINS = (pin_of(PUBLISHER),)
NOTHING = TrustList((), NOW.date())


class Memory(dict[str, str]):
    def setting(self, key: str) -> str | None:
        return self.get(key)

    def set_setting(self, key: str, value: str) -> None:
        self[key] = value


def keeper(folder: Path, memory: Memory | None = None, pins: tuple[Pin, ...] = PINS) -> TrustKeeper:
    return TrustKeeper(folder, NOTHING, FixedClock(NOW), pins=pins, memory=memory)


def test_a_snapshot_says_what_the_folder_says(folder: Path, make_text: MakeText) -> None:
    write_list(folder, revoked=[str(IDENTIFIER)], regions=["3305"])
    (folder / "broken.pem").write_text("-----BEGIN nothing")
    snapshot = read_snapshot(make_snapshot(folder, 7, PUBLISHER), PINS)
    loaded = TrustList.load(folder)
    assert dataclasses.replace(snapshot.trust, version=0) == loaded
    assert (snapshot.version, len(snapshot.trust.skipped)) == (7, 1)
    assert read_licence(make_text(), snapshot.trust, NOW).verdict is Verdict.REVOKED


def test_the_pin_is_written_as_text() -> None:
    (pin,) = PINS
    assert len(pin.text) == 43
    assert Pin.read(pin.text).text == pin.text
    for wrong in ("", "AAAA", pin.text[:-1], "字" * 43, pin.text + "AAAA"):
        with pytest.raises(BadInput):
            Pin.read(wrong)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("list")
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    pem = SigningKey.generate().public_key.public_bytes(serialization.Encoding.PEM, spki)
    (folder / "a.pem").write_bytes(pem)
    return make_snapshot(folder, 1, PUBLISHER)


@settings(max_examples=200, deadline=None)
@given(where=st.integers(0, 10**6), flip=st.integers(1, 255))
def test_no_flipped_byte_changes_a_list(data: bytes, where: int, flip: int) -> None:
    damaged = bytearray(data)
    damaged[where % len(damaged)] ^= flip
    try:
        snapshot = read_snapshot(bytes(damaged), PINS)
    except SnapshotRefused:
        return
    # Outside what is signed stand the tag and an empty header only: a flip there changes nothing or is refused.
    assert snapshot.trust == read_snapshot(data, PINS).trust


def test_another_publisher_is_refused(folder: Path) -> None:
    stranger = SigningKey.generate(Algorithm.EDDSA)
    impostor = SigningKey(PUBLISHER.kid, stranger.private_key)
    for key in (stranger, impostor):
        with pytest.raises(SnapshotRefused, match="登记的平台密钥"):
            read_snapshot(make_snapshot(folder, 1, key), PINS)
    with pytest.raises(SnapshotRefused):
        read_snapshot(make_snapshot(folder, 1, PUBLISHER), ())


@pytest.mark.parametrize(
    "document",
    [
        b"", b"[]", b"{}", b"\xff", b"[" * 5000, b"5",
        json.dumps({"kind": "other", "format": 1, "version": 1, "date": "2026-11-20", "keys": {}}).encode(),
        json.dumps({"kind": KIND, "format": 1, "version": True, "date": "2026-11-20", "keys": {}}).encode(),
        json.dumps({"kind": KIND, "format": 1, "version": 0, "date": "2026-11-20", "keys": {}}).encode(),
        json.dumps({"kind": KIND, "format": 2, "version": 1, "date": "2026-11-20", "keys": {}}).encode(),
        json.dumps({"kind": KIND, "format": 1, "version": 1, "date": "morgen", "keys": {}}).encode(),
        json.dumps({"kind": KIND, "format": 1, "version": 1, "date": "2026-11-20", "keys": {}}).encode(),
        json.dumps({"kind": KIND, "format": 1, "version": 1, "date": "2026-11-20", "keys": {"a.pem": 5}}).encode(),
        json.dumps({"kind": KIND, "format": 1, "version": 1, "date": "2026-11-20", "keys": ["a"]}).encode(),
    ],
)  # fmt: skip
def test_what_is_signed_and_no_list_is_refused(document: bytes) -> None:
    with pytest.raises(SnapshotRefused):
        read_snapshot(sign_bytes(document, PUBLISHER), PINS)


def test_a_licence_signed_by_the_publisher_is_no_list(make_text: MakeText) -> None:
    with pytest.raises(SnapshotRefused):
        read_snapshot(make_text(PUBLISHER).encode(), PINS)
    with pytest.raises(SnapshotRefused, match="过大"):
        read_snapshot(bytes(MAX_FILE + 1), PINS)


def test_only_an_ed25519_key_and_a_rising_version_make_one(folder: Path) -> None:
    with pytest.raises(BadInput):
        make_snapshot(folder, 1, SigningKey.generate())
    with pytest.raises(BadInput):
        make_snapshot(folder, 0, PUBLISHER)
    with pytest.raises(EnvironmentProblem):
        make_snapshot(folder / "none", 1, PUBLISHER)


def test_installed_once_it_is_there_after_a_restart(folder: Path, tmp_path: Path, make_text: MakeText) -> None:
    memory = Memory()
    first = keeper(tmp_path, memory)
    assert (first.version, first.state().signed) == (0, False)
    assert first.install(make_snapshot(folder, 3, PUBLISHER))
    for kept in (first, keeper(tmp_path, memory)):
        assert kept.version == 3
        assert kept.state().signed
        assert read_licence(make_text(), kept.current, NOW).verdict is Verdict.SIGNATURE_VALID
    assert not first.install(make_snapshot(folder, 3, PUBLISHER))


def test_nothing_older_is_taken_in_nor_put_back(folder: Path, tmp_path: Path) -> None:
    memory = Memory()
    kept = keeper(tmp_path, memory)
    old, new = make_snapshot(folder, 3, PUBLISHER), make_snapshot(folder, 4, PUBLISHER)
    kept.install(old)
    kept.install(new)
    with pytest.raises(SnapshotRefused, match="不能退回"):
        kept.install(old)
    (tmp_path / SNAPSHOT_NAME).write_bytes(old)  # somebody with the disk puts the old file back
    again = keeper(tmp_path, memory)
    assert again.version == 0
    assert "不能退回" in again.state().problem
    assert again.install(new)
    assert (again.version, again.state().problem) == (4, "")
    (tmp_path / SNAPSHOT_NAME).unlink()
    assert keeper(tmp_path, memory).version == 0
    with pytest.raises(SnapshotRefused, match="不能退回"):
        keeper(tmp_path, memory).install(old)


def test_the_same_version_with_other_content_is_refused(folder: Path, tmp_path: Path) -> None:
    kept = keeper(tmp_path, Memory())
    kept.install(make_snapshot(folder, 3, PUBLISHER))
    write_list(folder, revoked=[str(IDENTIFIER)])
    with pytest.raises(SnapshotRefused, match="内容不同"):
        kept.install(make_snapshot(folder, 3, PUBLISHER))


def test_a_damaged_file_leaves_the_folder_in_force(folder: Path, tmp_path: Path) -> None:
    keeper(tmp_path, Memory()).install(make_snapshot(folder, 3, PUBLISHER))
    path = tmp_path / SNAPSHOT_NAME
    path.write_bytes(path.read_bytes()[:-1])
    again = keeper(tmp_path, Memory())
    assert again.current is NOTHING
    assert again.state().problem


def test_another_pin_takes_the_old_list_out_of_force(folder: Path, tmp_path: Path) -> None:
    keeper(tmp_path, Memory()).install(make_snapshot(folder, 3, PUBLISHER))
    stranger = pin_of(SigningKey.generate(Algorithm.EDDSA))
    assert keeper(tmp_path, Memory(), (stranger,)).version == 0
    assert keeper(tmp_path, Memory(), (stranger, *PINS)).version == 3
    unpinned = keeper(tmp_path, Memory(), ())
    assert unpinned.version == 0
    with pytest.raises(SnapshotRefused, match="没有登记"):
        unpinned.install(make_snapshot(folder, 9, PUBLISHER))


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_the_list_in_force(
    folder: Path, tmp_path: Path, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = Memory()
    kept = keeper(tmp_path, memory)
    kept.install(make_snapshot(folder, 3, PUBLISHER))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, full)
        with pytest.raises(EnvironmentProblem, match="没有保存"):
            kept.install(make_snapshot(folder, 4, PUBLISHER))
    assert (kept.version, memory[HIGHEST].split()[0]) == (3, "3")
    assert keeper(tmp_path, memory).version == 3
    assert not (tmp_path / "trust-snapshot.part").exists()
