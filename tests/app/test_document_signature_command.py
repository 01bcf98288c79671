"""`yichuang document verify PDF --signature`: the option itself, on the profile of the window where it was signed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from commands import run
from gateway_kit import make_case, page_bytes

from app.bootstrap import open_workstation
from app.domain.case import AuditEvent
from app.domain.clerk import Clerk
from app.domain.document import PaperKind
from app.domain.signature import Point, Signature
from app.settings import EXAMPLE
from offline_db.keys import DemoKeys
from offline_db.profile import Profile
from offline_db.vault import open_vault

Out = pytest.CaptureFixture[str]
LINES = Signature((tuple(Point(20.0 * n, 40.0 + n, 0.5, 10 * n) for n in range(20)),), 640, 200, "pen")


@dataclass(frozen=True)
class Papers:
    """A profile; the PDF that was shown, the one made of it with the signature, and one that nobody signed."""

    profile: Path
    shown: Path
    signed: Path
    unsigned: Path


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    tmp_path = tmp_path_factory.mktemp("papers")
    folder, page = tmp_path / "profile", page_bytes(1)
    case = make_case(1, (page,))
    with Profile(folder, "demo") as opened:
        open_vault(opened, DemoKeys(folder)).seal(page, "image/jpeg")
    (folder / "settings.toml").write_text(EXAMPLE, "utf-8")
    made = Papers(folder, *(tmp_path / f"{name}.pdf" for name in ("shown", "signed", "unsigned")))
    with open_workstation(str(folder)) as station:
        station.store.accept([case], [], [AuditEvent(station.clock.now(), "0007", "case.accepted", case.case_id, {})])
        station.duty.holder = Clerk("0007", "演示员", True)
        services = station.services
        subject = services.issue.about_case(case.case_id)
        shown = services.sign.show(PaperKind.MATERIAL_RECEIPT, subject)
        made.shown.write_bytes(shown.pdf)
        made.signed.write_bytes(services.sign.sign(subject, shown, LINES).pdf)
        made.unsigned.write_bytes(services.issue.issue(PaperKind.MATERIAL_RECEIPT, subject).pdf)
    return made


def test_each_answer_of_the_option(capsys: Out, papers: Papers, tmp_path: Path) -> None:
    verify = ("--profile", papers.profile, "document", "verify")
    for pdf in (papers.shown, papers.signed):
        code, said, _ = run(capsys, *verify, pdf, "--signature")
        assert code == 0
        assert (said[0]["ours"], said[0]["unaltered"]) == (True, True)
        assert said[0]["signature"]["state"] == "holds"
        assert said[0]["signature"]["points"] == 20
        assert said[0]["signature"]["at"]
    code, said, _ = run(capsys, *verify, papers.signed)
    assert code == 0
    assert "signature" not in said[0], "only who asks for it waits for the store"
    code, said, _ = run(capsys, *verify, papers.unsigned, "--signature")
    assert (code, said[0]["ours"], said[0]["signature"]["state"]) == (1, True, "none")
    changed = tmp_path / "changed.pdf"
    data = papers.signed.read_bytes()
    changed.write_bytes(data[:-9] + b"%" + data[-9:])
    code, said, _ = run(capsys, *verify, changed, "--signature")
    assert (code, said[0]["signature"]["state"]) == (1, "paper-changed")


def test_elsewhere_the_signature_is_not_known(capsys: Out, papers: Papers, tmp_path: Path) -> None:
    other = tmp_path / "other"
    with Profile(other, "demo"):
        (other / "settings.toml").write_text(EXAMPLE, "utf-8")
    keys = ("--keys", papers.profile / "keys")
    code, said, _ = run(capsys, "--profile", other, "document", "verify", papers.signed, *keys)
    assert (code, said[0]["ours"]) == (0, True)
    code, said, _ = run(capsys, "--profile", other, "document", "verify", papers.signed, *keys, "--signature")
    assert (code, said[0]["signature"]["state"]) == (1, "none")
