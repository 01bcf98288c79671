"""The trust list from the command line: made, published, imported, shown; and the demo's own through its gateway."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import run

from app.bootstrap_demo import open_demo
from app.bootstrap_gateway import enrol, publish_trust
from app.demo.issuers import NATURAL_RESOURCES, certificate_pem, make_certificate
from app.demo.scenario import load_scenario
from app.domain.clock import SystemClock
from app.domain.errors import BadInput
from app.licences.cose import SigningKey

Out = pytest.CaptureFixture[str]


@pytest.fixture
def issuers(tmp_path: Path) -> Path:
    folder = tmp_path / "issuers"
    folder.mkdir()
    certificate = make_certificate(NATURAL_RESOURCES, SigningKey.generate(), SystemClock().now())
    (folder / "a.pem").write_bytes(certificate_pem(certificate))
    return folder


def test_a_publisher_makes_signs_and_publishes(capsys: Out, tmp_path: Path, issuers: Path) -> None:
    key, out = tmp_path / "publisher.pem", tmp_path / "list.cose"
    code, said, _ = run(capsys, "trust", "key", key)
    assert code == 0
    assert run(capsys, "trust", "key", key)[1] == said, "the key is made once"
    (issuers / "b.pem").write_text("-----BEGIN rubbish")
    pack = ("trust", "pack", issuers, "--key", key, "--out", out)
    code, packed, message = run(capsys, *pack, "--version", 3)
    assert (code, packed[0]["version"], packed[0]["issuers"]) == (0, 3, 1)
    assert "b.pem" in message
    db, files = f"sqlite:///{tmp_path}/g.db", tmp_path / "files"
    pin = said[0]["key"]
    assert publish_trust(db, files, out, pin) == 3
    assert enrol(db, files, "w1")[1] == (pin,)
    with pytest.raises(BadInput, match="读不了"):
        publish_trust(db, files, tmp_path / "none", pin)
    run(capsys, *pack, "--version", 2)
    with pytest.raises(BadInput, match="没有发布"):
        publish_trust(db, files, out, pin)


def test_mistakes_are_named(capsys: Out, tmp_path: Path, issuers: Path) -> None:
    wrong = tmp_path / "es.pem"
    SigningKey.generate().save(wrong)
    assert "Ed25519" in run(capsys, "trust", "key", wrong)[2]
    assert run(capsys, "trust", "pack", issuers, "--key", issuers, "--version", 1, "--out", tmp_path / "x")[0] == 2
    assert "--trust-key" in run(capsys, "gateway", "--trust", wrong)[2]


def test_the_demos_list_comes_through_its_gateway_and_only_forwards(capsys: Out, tmp_path: Path, issuers: Path) -> None:
    profile = tmp_path / "demo"
    with open_demo(profile, load_scenario("open-a-barber-shop")) as station:
        keeper = station.services.trust
        by_folder = keeper.current
        assert not keeper.state().signed
        report = station.sync.run_once()
        assert (report.online, report.message) == (True, "")
        state = keeper.state()
        assert (state.signed, state.problem) == (True, "")
        assert [k.name for k in state.trust.keys] == [k.name for k in by_folder.keys]
        assert state.trust.revoked == by_folder.revoked
    code, said, _ = run(capsys, "--profile", profile, "trust", "show")
    assert (code, said[0]["signed"], said[0]["version"]) == (0, True, state.trust.version)
    assert NATURAL_RESOURCES.name in said[0]["issuers"]
    # The same publisher's older and newer lists, by file.
    key, out = profile / "world" / "keys" / "trust-publisher.pem", tmp_path / "list.cose"
    pack = ("trust", "pack", issuers, "--key", key, "--out", out, "--version")
    run(capsys, *pack, state.trust.version - 1)
    code, _, message = run(capsys, "--profile", profile, "trust", "import", out)
    assert (code, "不能退回" in message) == (2, True)
    run(capsys, *pack, state.trust.version + 1)
    code, said, _ = run(capsys, "--profile", profile, "trust", "import", out)
    assert (code, said[0]["issuers"]) == (0, [NATURAL_RESOURCES.name])
    assert run(capsys, "--profile", profile, "trust", "import", tmp_path / "none")[0] == 2
    out.write_bytes(b"rubbish")
    assert run(capsys, "--profile", profile, "trust", "import", out)[0] == 2
    assert run(capsys, "--profile", profile, "trust", "show")[1] == said
