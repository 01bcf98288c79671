"""Every guard between a publisher's word and a new version, each made to trip; and the way when all is well."""

from __future__ import annotations

import errno
import io
import tarfile
from pathlib import Path

import pytest
from update_kit import NEW, OLD, PIN, PLATFORM, PUBLISHER, ROOMY, Line, archive, installed, manifest

from app.domain.errors import BadInput, EnvironmentProblem
from app.licences.cose import Algorithm, SigningKey
from app.licences.snapshot import pin_of
from app.server.errors import Unreachable
from app.updates.install import Install
from app.updates.manifest import UpdateRefused, make_manifest, read_manifest, version_key
from app.updates.stage import Stager

GOOD = archive()


@pytest.fixture
def install(tmp_path: Path) -> Install:
    return installed(tmp_path / "root")


def stager(install: Install, free: int = ROOMY, keys: tuple[str, ...] = (PIN,)) -> Stager:
    return Stager(install, keys, free=lambda _: free, platform=PLATFORM)


def whole_way(install: Install, data: bytes, line: Line | None = None, signed: bytes | None = None) -> None:
    made = stager(install)
    signed = signed or manifest(data)
    found = made.judge(signed)
    assert found is not None
    got = made.fetch(found, line or Line(signed, data))
    assert got is not None
    made.stage(found, got)


def untouched(install: Install) -> bool:
    """Is the version in use as it was, and nothing half done beside it?"""
    names = sorted(path.name for path in install.versions.iterdir())
    return install.current == OLD and names == [OLD] and not install.state.staged


def test_a_good_version_lies_ready_and_the_one_in_use_goes_on(install: Install) -> None:
    whole_way(install, GOOD)
    assert install.state.staged == NEW
    assert install.has(NEW)
    assert install.current == OLD, "nothing changes before the next start"
    assert not list(install.updates.glob("*.part"))
    assert stager(install).judge(manifest(GOOD)) is None, "it is not fetched twice"


def test_wrong_signature(install: Install) -> None:
    stranger = SigningKey.generate(Algorithm.EDDSA)
    with pytest.raises(UpdateRefused, match="发布密钥"):
        stager(install).judge(manifest(GOOD, key=stranger))
    good = manifest(GOOD)
    for at in range(0, len(good), 37):
        spoilt = good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :]
        with pytest.raises(UpdateRefused):
            stager(install).judge(spoilt)
    with pytest.raises(UpdateRefused):
        stager(install).judge(good[:-1])
    with pytest.raises(UpdateRefused):
        stager(install, keys=()).judge(good)
    assert install.state.serial == 0


def test_something_else_that_the_publisher_signed_is_no_version() -> None:
    from app.licences.cose import sign_bytes

    for body in (b'{"kind":"yichuang.trust"}', b"[]", b"{", b'{"kind":"yichuang.update","format":2}'):
        with pytest.raises(UpdateRefused):
            read_manifest(sign_bytes(body, PUBLISHER), (pin_of(PUBLISHER),))
    with pytest.raises(BadInput):
        make_manifest("0.2", 1, "", [], SigningKey.generate(Algorithm.ES256))
    for version in ("", "0.2-rc1", "../../etc", "1", "٣.١", "0.2\n"):
        with pytest.raises(UpdateRefused):
            make_manifest(version, 1, "", [], PUBLISHER)


def test_wrong_hash(install: Install) -> None:
    line = Line(None, GOOD)
    line.spoil = True
    with pytest.raises(UpdateRefused, match="内容"):
        whole_way(install, GOOD, line)
    assert untouched(install)
    assert not list(install.updates.glob("*.part")), "what is wrong is not gone on with"
    whole_way(install, GOOD)  # and the right bytes are taken the next time


def test_truncated_download_goes_on_where_it_was_cut(install: Install) -> None:
    line = Line(None, GOOD, part=60)
    line.cut = 2
    with pytest.raises(Unreachable):
        whole_way(install, GOOD, line)
    assert untouched(install)
    line.cut = None
    whole_way(install, GOOD, line)
    assert line.starts[:3] == [0, 60, 120], "nothing is fetched twice"
    assert install.state.staged == NEW


def test_an_archive_of_another_size(install: Install, tmp_path: Path) -> None:
    with pytest.raises(UpdateRefused, match="大小"):
        whole_way(install, GOOD, Line(None, GOOD + b"x"))
    made = stager(install)
    found = made.judge(manifest(GOOD))
    assert found is not None
    (tmp_path / "stick").write_bytes(GOOD[:-1])
    with pytest.raises(UpdateRefused, match="不完整"):
        made.adopt(found, tmp_path / "stick")
    assert untouched(install)


def test_from_a_stick(install: Install, tmp_path: Path) -> None:
    made = stager(install)
    found = made.judge(manifest(GOOD))
    assert found is not None
    (tmp_path / "stick").write_bytes(GOOD)
    made.stage(found, made.adopt(found, tmp_path / "stick"))
    assert install.state.staged == NEW


@pytest.mark.parametrize("version", ["0.0.9", "0.1", OLD])
def test_older_version(install: Install, version: str) -> None:
    if version_key(version) == version_key(OLD):
        assert stager(install).judge(manifest(GOOD, version)) is None
        return
    with pytest.raises(UpdateRefused, match="退回"):
        stager(install).judge(manifest(GOOD, version, serial=99))


def test_an_old_manifest_played_again(install: Install) -> None:
    made = stager(install)
    assert made.judge(manifest(GOOD, "0.3.0", serial=7)) is not None
    with pytest.raises(UpdateRefused, match="第 6 号"):
        made.judge(manifest(GOOD, "0.9.0", serial=6))
    assert made.judge(manifest(GOOD, "0.3.0", serial=7)) is not None


def test_versions_are_compared_as_numbers() -> None:
    ordered = ["0.9", "0.10", "0.10.1", "1", "2.0.0.1"]
    keys = [version_key(text) for text in ordered if "." in text]
    assert keys == sorted(keys)
    assert version_key("1.0") == version_key("1.0.0")


def test_failing_self_test(install: Install) -> None:
    bad = archive('[ "$1 $2" = "doctor --self-test" ] && { echo 加密存储坏了 >&2; exit 1; }; exit 0')
    with pytest.raises(UpdateRefused, match="自检未通过（1）加密存储坏了"):
        whole_way(install, bad)
    assert untouched(install)
    with pytest.raises(UpdateRefused, match="试过"):
        stager(install).judge(manifest(bad, serial=2))
    assert stager(install).judge(manifest(GOOD, "0.2.1", serial=3)) is not None, "a mended one is taken"


def test_a_program_that_cannot_even_start_or_never_ends(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.updates.stage.SELF_TEST_SECONDS", 0.3)
    with pytest.raises(UpdateRefused, match="超时"):
        whole_way(install, archive("exec sleep 60"))
    made = archive()
    broken = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(made)) as old, tarfile.open(fileobj=broken, mode="w:gz") as new:
        for entry in old:
            entry.mode = 0o644
            new.addfile(entry, old.extractfile(entry))
    with pytest.raises(UpdateRefused, match="无法启动"):
        whole_way(install, broken.getvalue(), signed=manifest(broken.getvalue(), serial=2))
    assert untouched(install)


def _tar(*entries: tuple[str, str]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as tar:
        for name, link in entries:
            info = tarfile.TarInfo(name)
            if link:
                info.type, info.linkname = tarfile.SYMTYPE, link
            tar.addfile(info)
    return made.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        _tar(("../../evil", "")),
        _tar(("yichuang/a", "/etc/passwd")),
        _tar(("yichuang/a", "../../../x")),
        _tar(("a/yichuang", ""), ("b/yichuang", "")),
        _tar(),
        b"no archive at all",
        GOOD[: len(GOOD) // 2],
    ],
    # A name each: the bytes hold the second they were packed, and two workers must collect the same names.
    ids=["parent folder", "absolute link", "link out", "two folders", "empty", "no archive", "half"],
)
def test_an_archive_that_reaches_out_or_is_none(install: Install, data: bytes, tmp_path: Path) -> None:
    before = set(tmp_path.rglob("*"))
    with pytest.raises(UpdateRefused):
        whole_way(install, data)
    assert untouched(install)
    new = set(tmp_path.rglob("*")) - before
    assert all(install.updates in (path, *path.parents) for path in new), new


def test_an_archive_that_swells(install: Install) -> None:
    big = archive(extra=1 << 20)
    with pytest.raises(UpdateRefused, match="过大"):
        whole_way(install, big, signed=manifest(big, unpacked=1000))
    assert untouched(install)


def test_full_disk_before(install: Install) -> None:
    made = stager(install, free=1 << 20)
    found = made.judge(manifest(GOOD))
    assert found is not None
    with pytest.raises(EnvironmentProblem, match="磁盘空间不够"):
        made.fetch(found, Line(None, GOOD))
    assert untouched(install)


@pytest.mark.parametrize("where", ["download", "unpack"])
def test_full_disk_on_the_way(install: Install, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    class Full(Line):
        def package(self, sha256: str, start: int) -> tuple[bytes, int]:
            if start:
                monkeypatch.setattr("pathlib.Path.open", full)
            return super().package(sha256, start)

    if where == "unpack":
        monkeypatch.setattr("app.updates.stage.shutil.copyfileobj", full)
    with pytest.raises(EnvironmentProblem, match="新版本没有存下来"):
        whole_way(install, GOOD, Full(None, GOOD) if where == "download" else None)
    monkeypatch.undo()
    assert untouched(install)
    if where == "download":
        assert not list(install.updates.glob("*.part")), "the disk is given back what was taken of it"
    whole_way(install, GOOD)  # with room again, the same version is taken: it was not the version's fault
    assert install.state.staged == NEW


def test_no_package_for_this_kind_of_machine(install: Install) -> None:
    with pytest.raises(UpdateRefused, match="没有适用于本机"):
        stager(install).judge(manifest(GOOD, platform="win32-amd64"))


def test_keys_change_hands(install: Install) -> None:
    """Old key names the new one; then the new one alone; then the old one is nobody. The settings go over all that."""
    fresh = SigningKey.generate(Algorithm.EDDSA)
    both, alone = (PIN, pin_of(fresh).text), (pin_of(fresh).text,)
    made = stager(install)
    with pytest.raises(UpdateRefused):
        made.judge(manifest(GOOD, serial=1, key=fresh))
    assert made.judge(manifest(GOOD, serial=1, keys=both)) is not None
    assert made.judge(manifest(GOOD, serial=2, key=fresh, keys=alone)) is not None
    with pytest.raises(UpdateRefused, match="发布密钥"):
        made.judge(manifest(GOOD, serial=3))
    assert made.judge(manifest(GOOD, serial=3, key=fresh)) is not None
    rescue = SigningKey.generate(Algorithm.EDDSA)
    after = stager(install, keys=(pin_of(rescue).text,))
    with pytest.raises(UpdateRefused):
        after.judge(manifest(GOOD, serial=4, key=fresh))
    assert after.judge(manifest(GOOD, serial=4, key=rescue)) is not None


def test_asked_to_stop_it_stops_and_goes_on_later(install: Install) -> None:
    made = stager(install)
    found = made.judge(manifest(GOOD))
    assert found is not None
    line = Line(None, GOOD, part=60)
    assert made.fetch(found, line, stop=lambda: len(line.starts) >= 2) is None
    assert made.fetch(found, line) is not None
    assert line.starts == sorted(set(line.starts))
