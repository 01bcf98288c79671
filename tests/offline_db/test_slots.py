"""The key file: what it binds, what it costs, and what a torn or hostile one does."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from argon2 import low_level
from argon2.exceptions import HashingError
from key_kit import CHEAP

from app.domain.errors import EnvironmentProblem
from offline_db import slots
from offline_db.crypto import AesGcm
from offline_db.profile import ProfileKind
from offline_db.slots import Bound, Cost, Owner, Slot, SlotBook, SlotFile, unwrap, wrap

ROOT, SECRET = bytes(range(32)), b"s" * 32
BOUND = Bound("profile", ProfileKind.WORK, "0231")
BOOK = SlotBook(
    "profile",
    ProfileKind.WORK,
    (Slot("0231", "李敏㛃", "e1", False, wrap(ROOT, "280714", SECRET, BOUND, CHEAP)),),
    (Owner("0232", "王𠮷", waiting=True),),
    wrap(ROOT, "CODE", b"", Bound("profile", ProfileKind.WORK), CHEAP),
    ("e0",),
)


def test_the_right_pin_and_secret_open_and_nothing_else_does() -> None:
    wrapped = wrap(ROOT, "280714", SECRET, BOUND, CHEAP)
    assert unwrap(wrapped, "280714", SECRET, BOUND) == ROOT
    assert unwrap(wrapped, "280715", SECRET, BOUND) is None
    assert unwrap(wrapped, "280714", b"t" * 32, BOUND) is None
    assert unwrap(wrapped, "280714", b"", BOUND) is None


@pytest.mark.parametrize(
    "other",
    [
        replace(BOUND, profile_id="another"),
        replace(BOUND, kind=ProfileKind.DEMO),
        replace(BOUND, number="0232"),
        replace(BOUND, must_change=True),
        replace(BOUND, number=""),
    ],
)
def test_a_slot_moved_elsewhere_opens_nothing(other: Bound) -> None:
    wrapped = wrap(ROOT, "280714", SECRET, BOUND, CHEAP)
    assert unwrap(wrapped, "280714", SECRET, other) is None


def test_no_two_slots_look_alike() -> None:
    one, two = (wrap(ROOT, "280714", SECRET, BOUND, CHEAP) for _ in range(2))
    assert len({one.salt, two.salt}) == len({one.nonce, two.nonce}) == len({one.sealed, two.sealed}) == 2


def test_a_try_costs_memory_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int, int]] = []

    def cheap(secret: bytes, salt: bytes, t: int, m: int, p: int, length: int, kind: low_level.Type) -> bytes:
        asked.append((t, m, p))
        assert kind is low_level.Type.ID
        return low_level.hash_secret_raw(secret, salt, 1, 8, 1, length, kind)

    monkeypatch.setattr(slots, "hash_secret_raw", cheap)
    wrap(ROOT, "280714", SECRET, BOUND, Cost())
    # RFC 9106, section 4: the second recommended option.
    assert asked == [(3, 65536, 4)]


def test_too_little_memory_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: Any) -> bytes:
        raise HashingError("Memory allocation error")

    monkeypatch.setattr(slots, "hash_secret_raw", none)
    with pytest.raises(EnvironmentProblem, match="内存不足"):
        wrap(ROOT, "280714", SECRET, BOUND, CHEAP)


@pytest.mark.parametrize("cost", [(0, 8, 1), (1, 7, 1), (1, 8, 0), (51, 8, 1), (1, 1 << 30, 1), (1, 8, 17)])
def test_a_cost_out_of_bounds_is_never_paid(cost: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="out of bounds"):
        Cost(*cost)


def test_another_cipher_is_named() -> None:
    class Sm4(AesGcm):
        number = 2

    wrapped = wrap(ROOT, "280714", SECRET, BOUND, CHEAP, Sm4())
    with pytest.raises(EnvironmentProblem, match="第 2 号算法"):
        unwrap(wrapped, "280714", SECRET, BOUND)
    assert unwrap(wrapped, "280714", SECRET, BOUND, Sm4()) == ROOT


@pytest.fixture
def file(tmp_path: Path) -> SlotFile:
    made = SlotFile(tmp_path)
    assert made.load() is None
    made.save(BOOK)
    return made


def test_what_is_saved_is_read_back(file: SlotFile) -> None:
    assert file.load() == BOOK
    assert [owner.number for owner in BOOK.owners] == ["0231", "0232"]
    for path in file.paths:
        assert path.stat().st_mode & 0o077 == 0
        text = path.read_bytes()
        assert "李敏㛃".encode() in text
        for secret in (ROOT, SECRET, b"280714", b"CODE"):
            assert secret not in text


def test_any_flipped_bit_is_found_and_the_copy_serves(file: SlotFile) -> None:
    whole = file.paths[0].read_bytes()
    chance = random.Random(6)
    for _ in range(200):
        torn = bytearray(whole)
        torn[chance.randrange(len(torn) - 1)] ^= 1 << chance.randrange(8)
        file.paths[0].write_bytes(torn)
        found = file.load()
        # Blanks between the parts may be something else; what it says may not.
        assert found == BOOK


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("damage", ["gone", "empty", "half", "garbage"])
def test_one_damaged_file_is_made_good_from_the_other(file: SlotFile, which: int, damage: str) -> None:
    path = file.paths[which]
    whole = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes({"empty": b"", "half": whole[: len(whole) // 2], "garbage": b"\xff\xfe{"}[damage])
    assert file.load() == BOOK
    assert path.read_bytes() == whole


def test_an_older_copy_never_wins_and_does_not_stay(file: SlotFile) -> None:
    old = file.paths[1].read_bytes()
    newer = replace(BOOK, slots=(), waiting=())
    file.save(newer)
    file.paths[1].write_bytes(old)
    assert file.load() == newer
    assert file.paths[1].read_bytes() == file.paths[0].read_bytes() != old


def test_two_damaged_files_are_no_new_beginning(file: SlotFile) -> None:
    for path in file.paths:
        path.write_bytes(b"{}")
    with pytest.raises(EnvironmentProblem, match="密钥文件损坏") as told:
        file.load()
    assert "不要删除" in told.value.todo


def test_a_newer_format_is_refused_and_not_touched(file: SlotFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "FORMAT", 2)
    file.save(BOOK)
    before = file.paths[0].read_bytes()
    monkeypatch.undo()
    with pytest.raises(EnvironmentProblem, match="密钥文件比程序新"):
        file.load()
    assert file.paths[0].read_bytes() == before


def test_a_hostile_file_cannot_ask_for_a_terabyte(file: SlotFile) -> None:
    document = json.loads(file.paths[0].read_bytes())
    document["slots"][0]["argon2id"]["memory"] = 1 << 30
    del document["sum"]
    data = json.dumps({**document, "sum": slots._sum(document)}).encode()
    for path in file.paths:
        path.write_bytes(data)
    with pytest.raises(EnvironmentProblem, match="密钥文件损坏"):
        file.load()


def test_the_first_file_alone_decides_whether_it_was_saved(file: SlotFile, monkeypatch: pytest.MonkeyPatch) -> None:
    real = slots.write_whole

    def refusing(name: str) -> None:
        def write(path: Path, data: bytes) -> None:
            if path.name == name:
                raise OSError(28, "No space left on device")
            real(path, data)

        monkeypatch.setattr(slots, "write_whole", write)

    newer = replace(BOOK, slots=())
    refusing(slots.FILE)
    with pytest.raises(EnvironmentProblem, match="磁盘已满"):
        file.save(newer)
    assert file.load() == BOOK
    refusing(slots.COPY)
    file.save(newer)
    assert file.load() == newer
