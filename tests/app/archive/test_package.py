"""An archive package: whole and ours, or told what is wrong with it, by name; hostile ones do no harm."""

from __future__ import annotations

import io
import json
import os
import tracemalloc
import unicodedata
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from archive_kit import AT, FILES, OURS, PASSWORD, STRANGER, find, members, rewritten, write
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.archive import container, sealed
from app.archive.check import Finding, PackageCheck, check_package
from app.archive.container import Container, ZipSink, is_sealed
from app.archive.errors import BadArchive, Cancelled, PasswordNeeded, WrongPassword
from app.archive.manifest import MANIFEST, MAX_MANIFEST, SIGNATURE, Kind, Manifest, sign
from app.archive.sealed import SealedSink, check_password
from app.archive.unseal import unseal
from app.archive.words import check_words
from app.domain.errors import BadInput, EnvironmentProblem
from app.server import packet

LARGE = "材料/01-平面图㛃𠮷.pdf"
Tamper = Callable[[dict[str, bytes]], None]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "归档包.zip"
    write(path)
    return path


def check(path: Path, password: str | None = None) -> PackageCheck:
    return check_package(path, find, password)


def test_a_package_is_whole_and_holds_what_went_in(package: Path) -> None:
    answer = check(package)
    assert (answer.finding, answer.ours, answer.unaltered) == (Finding.WHOLE, True, True)
    inside = members(package)
    assert {name: inside[name] for name in FILES} == FILES
    assert set(inside) == {*FILES, MANIFEST, SIGNATURE}
    manifest = answer.manifest
    assert manifest is not None
    assert manifest == Manifest.from_bytes(inside[MANIFEST])
    assert [entry.path for entry in manifest.entries] == list(FILES), "in the order in which they were written"
    assert manifest.about.applicant == "张㛃"
    assert manifest.absent[0].title == "旧照片"
    assert "WX0320261121N0021" in check_words(answer)


def test_written_by_us_the_same_files_give_the_same_bytes(package: Path, tmp_path: Path) -> None:
    write(tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == package.read_bytes()


def test_unpacked_and_packed_by_others_it_is_still_whole(package: Path, tmp_path: Path) -> None:
    inside = members(package)
    folder = tmp_path / "解开" / "归档包"
    for name, data in inside.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    assert check(folder).finding is Finding.WHOLE
    assert check(folder.parent).finding is Finding.WHOLE, "the folder that the unpacking made around it"
    rewritten(package, inside, "归档包/")
    assert check(package).finding is Finding.WHOLE, "packed anew, compressed and with its folder"
    apart = {unicodedata.normalize("NFD", name): data for name, data in inside.items()}
    rewritten(package, apart)
    assert check(package).finding is Finding.WHOLE
    (folder / LARGE).write_bytes(b"x")
    (folder / "空.txt").unlink()
    (folder / "新.txt").write_bytes(b"")
    answer = check(folder)
    assert (answer.altered, answer.missing, answer.extra) == ((LARGE,), ("空.txt",), ("新.txt",))
    (folder / LARGE).unlink()
    (folder / LARGE).symlink_to(folder / MANIFEST)
    assert check(folder).altered == (LARGE,), "links are not followed"


def _one_byte(files: dict[str, bytes]) -> None:
    files[LARGE] = files[LARGE][:-1] + b"\x00"


def _swapped(files: dict[str, bytes]) -> None:
    first, second = list(FILES)[:2]
    files[first], files[second] = files[second], files[first]


def _manifest_changed(files: dict[str, bytes]) -> None:
    document = json.loads(files[MANIFEST])
    document["about"]["applicant"] = "李伟"
    files[MANIFEST] = json.dumps(document, ensure_ascii=False, indent=1).encode()


def _signed_by_another(files: dict[str, bytes]) -> None:
    files[SIGNATURE] = sign(files[MANIFEST], STRANGER)


def _signed_as_ours(files: dict[str, bytes]) -> None:
    forged = sign(files[MANIFEST], STRANGER)
    assert STRANGER.kid in forged
    files[SIGNATURE] = forged.replace(STRANGER.kid, OURS.kid)


def _another_package(files: dict[str, bytes]) -> None:
    files[SIGNATURE] = sign(b"another manifest", OURS)


TAMPERS: dict[str, tuple[Tamper, Finding, str, tuple[str, ...]]] = {
    "a byte": (_one_byte, Finding.CHANGED, "altered", (LARGE,)),
    "emptied": (lambda f: f.update({LARGE: b""}), Finding.CHANGED, "altered", (LARGE,)),
    "longer": (lambda f: f.update({LARGE: f[LARGE] + b"x"}), Finding.CHANGED, "altered", (LARGE,)),
    "swapped": (_swapped, Finding.CHANGED, "altered", tuple(FILES)[:2]),
    "missing": (lambda f: f.pop("空.txt"), Finding.CHANGED, "missing", ("空.txt",)),
    "extra": (lambda f: f.update({"文书/02-补正.pdf": b"x"}), Finding.CHANGED, "extra", ("文书/02-补正.pdf",)),
    "renamed": (lambda f: f.update({"空2.txt": f.pop("空.txt")}), Finding.CHANGED, "missing", ("空.txt",)),
    "manifest changed": (_manifest_changed, Finding.BAD_SIGNATURE, "altered", ()),
    "manifest gone": (lambda f: f.pop(MANIFEST), Finding.NO_MANIFEST, "altered", ()),
    "signature gone": (lambda f: f.pop(SIGNATURE), Finding.UNSIGNED, "altered", ()),
    "signature empty": (lambda f: f.update({SIGNATURE: b""}), Finding.UNSIGNED, "altered", ()),
    "signature huge": (lambda f: f.update({SIGNATURE: bytes(10_000)}), Finding.UNSIGNED, "altered", ()),
    "signature broken": (lambda f: f.update({SIGNATURE: b"x" * 90}), Finding.BAD_SIGNATURE, "altered", ()),
    "another's key": (_signed_by_another, Finding.UNKNOWN_KEY, "altered", ()),
    "another's key under our name": (_signed_as_ours, Finding.BAD_SIGNATURE, "altered", ()),
    "another package's signature": (_another_package, Finding.BAD_SIGNATURE, "altered", ()),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERS)
def test_each_tampering_is_told_by_name(package: Path, what: str) -> None:
    tamper, finding, where, names = TAMPERS[what]
    inside = members(package)
    tamper(inside)
    rewritten(package, inside)
    answer = check(package)
    assert answer.finding is finding
    assert getattr(answer, where) == names
    assert not answer.unaltered
    assert answer.ours is (finding is Finding.CHANGED)
    for name in names:
        assert name in check_words(answer)
    if finding is not Finding.CHANGED:
        assert (answer.missing, answer.extra, answer.altered) == ((), (), ()), "nothing is said under a wrong signature"


def test_a_byte_changed_in_the_very_file_is_found_wherever_it_lies(package: Path) -> None:
    """Spoilt on a bad stick: the ZIP's own check value trips before ours does."""
    whole = package.read_bytes()
    place = whole.index(FILES[LARGE][:2000])
    package.write_bytes(whole[: place + 9] + b"\xff" + whole[place + 10 :])
    assert check(package).altered == (LARGE,)
    package.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadArchive, match="ZIP"):
        check(package)


def test_a_name_that_stands_there_twice_is_told(package: Path) -> None:
    with zipfile.ZipFile(package, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("文书/01-受理通知书.pdf", b"another one")
    assert check(package).altered == ("文书/01-受理通知书.pdf",)


def test_what_is_no_package_is_said(tmp_path: Path) -> None:
    odd = tmp_path / "a.zip"
    for data in (b"", b"%PDF-1.7", b"PK\x03\x04" + bytes(50)):
        odd.write_bytes(data)
        with pytest.raises(BadArchive):
            check(odd)
    with pytest.raises(BadArchive, match="读不出来"):
        check(tmp_path / "none.zip")
    rewritten(odd, {"a.txt": b"x"})
    assert check(odd).finding is Finding.NO_MANIFEST
    (tmp_path / "empty").mkdir()
    assert check(tmp_path / "empty").finding is Finding.NO_MANIFEST


@pytest.mark.parametrize(
    "manifest",
    [
        b"", b"[]", b"{}", b"[" * 100_000, b'{"format":"yichuang-archive/2"}',
        b'{"format":"yichuang-archive/1","about":{},"entries":[],"absent":[]}',
    ],
)  # fmt: skip
def test_a_manifest_of_another_form_is_not_believed_even_if_signed(package: Path, manifest: bytes) -> None:
    inside = members(package)
    inside[MANIFEST], inside[SIGNATURE] = manifest, sign(manifest, OURS)
    rewritten(package, inside)
    assert check(package).finding is Finding.BAD_SIGNATURE


@pytest.mark.parametrize("field", ["bytes", "kind", "sha256", "path"])
def test_an_entry_of_another_form_is_no_entry(package: Path, field: str) -> None:
    document = json.loads(members(package)[MANIFEST])
    assert Manifest.from_bytes(json.dumps({**document, "more": 1}).encode()).entries
    for wrong in (None, [], "x" if field != "path" else 1):
        document["entries"][0][field] = wrong
        with pytest.raises(ValueError):  # noqa: PT011 - any will do
            Manifest.from_bytes(json.dumps(document).encode())


def test_a_bomb_is_not_unpacked(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = members(package)
    bomb = bytes(60_000_000)
    inside[LARGE] = inside["炸弹.bin"] = bomb
    rewritten(package, inside)
    del inside, bomb
    read = 0
    parts = container.ZipSource._parts

    def counted(self: container.ZipSource, info: zipfile.ZipInfo) -> object:
        nonlocal read
        for part in parts(self, info):
            read += len(part)
            yield part

    monkeypatch.setattr(container.ZipSource, "_parts", counted)
    answer = check(package)
    assert (answer.altered, answer.extra) == ((LARGE,), ("炸弹.bin",))
    assert read < 20_000_000
    many = io.BytesIO()
    monkeypatch.setattr(container, "MOST_FILES", 5)
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(6):
            archive.writestr(f"{number}", b"")
    package.write_bytes(many.getvalue())
    with pytest.raises(BadArchive, match="太多"):
        check(package)
    inside = {MANIFEST: bytes(MAX_MANIFEST + 1), SIGNATURE: b"x"}
    rewritten(package, inside)
    assert check(package).finding is Finding.BAD_SIGNATURE


def test_checking_can_be_stopped_and_says_how_far_it_is(package: Path) -> None:
    told: list[tuple[int, int]] = []
    check_package(package, find, progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] == sum(map(len, FILES.values()))
    assert told == sorted(told)
    with pytest.raises(Cancelled):
        check_package(package, find, stopped=lambda: True)


# ------------------------------------------------------------------------------------------------------- sealed


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "_COST", {"rounds": 1, "memory": 8, "lanes": 1})
    monkeypatch.setattr(sealed, "PART", 100_000)


@pytest.fixture
def locked(tmp_path: Path, quick: None) -> Path:
    path = tmp_path / "归档包.ycarchive"
    write(path, PASSWORD)
    return path


def test_a_sealed_package_shows_nothing_and_opens_with_its_password_only(locked: Path, tmp_path: Path) -> None:
    raw = locked.read_bytes()
    for secret in ("张㛃".encode(), "受理通知书".encode(), FILES[LARGE][:64], PASSWORD.encode()):
        assert secret not in raw
    assert is_sealed(locked)
    assert check(locked, PASSWORD).finding is Finding.WHOLE
    with pytest.raises(PasswordNeeded):
        check(locked)
    with pytest.raises(WrongPassword):
        check(locked, PASSWORD + "x")
    assert unseal(locked, PASSWORD, tmp_path / "开.zip") == len(FILES) + 2
    assert check(tmp_path / "开.zip").finding is Finding.WHOLE
    assert members(tmp_path / "开.zip")[LARGE] == FILES[LARGE]
    assert not is_sealed(tmp_path / "开.zip")
    assert not is_sealed(tmp_path / "none")
    with pytest.raises(BadArchive, match="没有用口令"):
        unseal(tmp_path / "开.zip", PASSWORD, tmp_path / "b.zip")


def test_each_byte_of_a_sealed_package_counts(locked: Path) -> None:
    raw = locked.read_bytes()
    for place in (3, 40, 200, len(raw) // 2, len(raw) - 40, len(raw) - 5):
        locked.write_bytes(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
        with pytest.raises((BadArchive, WrongPassword)):
            check(locked, PASSWORD)
    for size in (len(raw) - 1, len(raw) // 2, 10, 5):
        locked.write_bytes(raw[:size])
        with pytest.raises(BadArchive):
            check(locked, PASSWORD)


def test_a_sealed_package_from_elsewhere_cannot_ask_for_a_terabyte(locked: Path, tmp_path: Path) -> None:
    raw = locked.read_bytes()
    for cost in (b'"memory":999', b'"memory":-99', b'"memory":"a"'):
        locked.write_bytes(raw.replace(b'"memory":8', cost, 1))
        with pytest.raises((BadArchive, WrongPassword)):
            check(locked, PASSWORD)
    huge = {"rounds": 1, "memory": 4 * 1024 * 1024, "lanes": 1}
    with pytest.raises(ValueError, match="bounds"):
        sealed._keys(PASSWORD, bytes(32), huge)
    other = tmp_path / "a.ycpacket"
    with other.open("wb") as stream:
        made = packet.write_answer(
            stream, packet_id="p", device_id="d", token_key="t", made_at="x", counts=packet.Counts(0, 0, 0), more={}
        )
        made.finish()
    with pytest.raises(BadArchive, match="不是归档包"):
        check(other, PASSWORD)


def test_a_sealed_package_is_taken_for_no_packet(locked: Path) -> None:
    with locked.open("rb") as stream:
        header = packet.read_header(stream)
        with pytest.raises(packet.BadPacket):
            packet.open_answer(stream, header, "token")
        gateway, device = X25519PrivateKey.generate(), packet.device_key("token")
        with pytest.raises(packet.BadPacket):
            packet.open_outbox(stream, header, packet.public_text(device), gateway)


def test_frames_out_of_order_are_no_package(quick: None, tmp_path: Path) -> None:
    """Made by somebody who knows the password: still no crash, and nothing taken for whole."""
    path = tmp_path / "a.ycarchive"
    for heads in ([{"path": "a", "last": False}], [{"path": "a", "last": False}, {"path": "b", "last": True}],
                  [{"path": 1, "last": True}], [{"path": "a"}]):  # fmt: skip
        with path.open("wb") as stream:
            sink = SealedSink(stream, PASSWORD, package_id="p", device_id="d", made_at="x")
            for head in heads:
                sink._writer.frame(head, b"x")
            sink.close()
        with pytest.raises(BadArchive):
            check(path, PASSWORD)


def test_passwords_that_are_guessed_at_once_are_refused() -> None:
    for weak in ("", "1234567", "aaaaaaaa", "abababab"):
        with pytest.raises(BadInput):
            check_password(weak)
    check_password(PASSWORD)


def test_unsealing_leaves_nothing_half_written(locked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "out"
    place.mkdir()
    with pytest.raises(Cancelled):
        unseal(locked, PASSWORD, place / "a.zip", stopped=lambda: True)
    with pytest.raises(WrongPassword):
        unseal(locked, "another password", place / "a.zip")
    monkeypatch.setattr(ZipSink, "close", lambda _: (_ for _ in ()).throw(OSError(28, os.strerror(28))))
    with pytest.raises(EnvironmentProblem, match="空间不够"):
        unseal(locked, PASSWORD, place / "a.zip")
    assert list(place.iterdir()) == []


def test_neither_way_holds_more_than_a_part(tmp_path: Path, quick: None) -> None:
    path = tmp_path / "a.ycarchive"
    size, block = 60_000_000, bytes(range(256)) * 400
    for password in (None, PASSWORD):
        tracemalloc.start()
        with path.open("wb") as stream:
            sink: Container = ZipSink(stream, AT)
            if password:
                sink = SealedSink(stream, password, package_id="p", device_id="d", made_at="x")
            with sink.file("a", size) as member:
                for _ in range(size // len(block)):
                    member.write(block)
            sink.close()
        check(path, password)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 12_000_000


def test_kinds_stand_in_their_order() -> None:
    assert list(Kind) == ["文书", "表单", "材料", "过程", "目录"]
