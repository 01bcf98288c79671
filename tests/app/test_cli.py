"""The command line as an interface: names, fields, exit codes."""

from __future__ import annotations

import argparse
import importlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest
from commands import run
from running import ROOT

from app.cli import build_parser, main, opens_window
from app.demo.world import DemoWorld

Out = pytest.CaptureFixture[str]


def test_scan_tells_format_text_and_place(capsys: Out, world: DemoWorld) -> None:
    picture = world.licence_picture("real-estate")
    code, said, _ = run(capsys, "scan", picture)
    assert code == 0
    assert set(said[0]) == {"file", "codes", "ms"}
    found = said[0]["codes"][0]
    assert found["text"] == world.licence_text("real-estate")
    assert len(found["points"]) == 4


def test_scan_without_a_code_is_no_and_of_a_bad_file_trouble(capsys: Out, tmp_path: Path) -> None:
    import numpy as np

    blank = tmp_path / "空白.png"
    blank.write_bytes(cv2.imencode(".png", np.full((200, 200, 3), 255, np.uint8))[1].tobytes())
    torn = tmp_path / "torn.png"
    torn.write_bytes(blank.read_bytes()[:40])
    assert run(capsys, "scan", blank)[0] == 1
    code, said, message = run(capsys, "scan", torn, tmp_path / "absent.png", blank)
    assert code == 2
    assert [row["file"] for row in said] == [str(blank)], "the good picture is still read"
    assert "absent.png" in message


@pytest.mark.parametrize(
    ("name", "verdict", "code"),
    [
        ("real-estate", "SIGNATURE_VALID", 0),
        ("expired", "EXPIRED", 1),
        ("revoked", "REVOKED", 1),
        ("untrusted", "INVALID", 1),
    ],
)
def test_licence_verdicts(capsys: Out, world: DemoWorld, name: str, verdict: str, code: int) -> None:
    exit_code, said, _ = run(capsys, "licence", world.licence_text(name), "--trust", world.trust_folder)
    assert (exit_code, said[0]["verdict"]) == (code, verdict)
    assert set(said[0]) == {"kind", "verdict", "reason", "issuer", "holder", "licence", "claims", "expires"}


def test_licence_from_a_picture_and_at_another_time(capsys: Out, world: DemoWorld) -> None:
    picture = world.licence_picture("real-estate")
    assert run(capsys, "licence", picture, "--trust", world.trust_folder)[0] == 0
    code, said, _ = run(capsys, "licence", picture, "--trust", world.trust_folder, "--at", "2099-01-01T00:00:00+08:00")
    assert (code, said[0]["verdict"]) == (1, "EXPIRED")
    assert run(capsys, "licence", picture, "--trust", world.trust_folder, "--at", "morgen")[0] == 2


def test_licence_without_a_trust_list_is_never_valid(capsys: Out, world: DemoWorld, tmp_path: Path) -> None:
    code, said, _ = run(capsys, "--profile", tmp_path, "licence", world.licence_text("real-estate"))
    assert (code, said[0]["verdict"]) == (1, "INVALID")


@pytest.mark.parametrize(
    ("person", "kind"),
    [("zhang-wei", "resident"), ("wang-ji", "resident")],
)
def test_idcard_reads_the_reader_at_a_uri(capsys: Out, person: str, kind: str) -> None:
    code, said, _ = run(capsys, "idcard", "--device", f"emulated://id-reader?person={person}")
    assert (code, said[0]["outcome"]) == (0, "OK")
    card = said[0]["card"]
    assert isinstance(card, dict)
    assert card["type"] == kind
    assert set(card) == {
        *("type", "name", "name_en", "sex", "nation", "birth", "address", "number", "issuer"),
        *("valid_from", "valid_to", "nationality", "pass_number", "issue_count"),
    }


def test_idcard_without_reader_or_card(capsys: Out) -> None:
    code, said, message = run(capsys, "idcard", "--device", "sdt:///dev/ttyNOWHERE")
    assert (code, said[0]["outcome"], said[0]["card"]) == (2, "DISCONNECTED", None)
    assert "ttyNOWHERE" in message
    code, said, _ = run(capsys, "idcard", "--device", "emulated://id-reader", "--timeout", "0.5")
    assert (code, said[0]["outcome"]) == (1, "NOT_PRESENT")
    assert run(capsys, "idcard", "--device", "nonsense://x")[0] == 2
    assert run(capsys, "idcard", "--device", "socket://127.0.0.1:9")[0] == 2


def test_devices_are_probed_each_for_itself(capsys: Out) -> None:
    code, said, _ = run(capsys, "devices", "--probe", "sdt:///dev/ttyNOWHERE", "emulated://id-reader?person=zhang-wei")
    assert code == 1
    assert [row["outcome"] for row in said] == ["DISCONNECTED", "OK"]
    assert said[0]["driver"] == "devices.drivers.identity.sdt:open_driver"
    assert set(said[0]) == {"place", "uri", "kind", "driver", "outcome", "detail"}


def test_devices_that_could_be_named_in_the_settings(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    from devices import discovery
    from devices.base import DeviceKind

    def discover(kind: DeviceKind, *, real: bool) -> tuple[discovery.Found, ...]:
        assert real, "no emulators outside demo mode"
        return (discovery.Found("escl://192.0.2.7", "Acme", "大厅"),) if kind is DeviceKind.SCANNER else ()

    monkeypatch.setattr(discovery, "discover", discover)
    code, said, _ = run(capsys, "devices", "--discover")
    assert (code, said) == (0, [{"kind": "scanner", "uri": "escl://192.0.2.7", "name": "Acme", "detail": "大厅"}])


def test_form_says_what_combining_saved(capsys: Out) -> None:
    code, said, _ = run(capsys, "form", "open-a-barber-shop")
    assert code == 0
    assert said[0]["saved"]["fields"] > 10
    assert said[0]["saved"]["materials"] >= 3
    assert run(capsys, "form", "no-such-thing")[0] == 2


def test_form_takes_what_search_finds_and_answers(capsys: Out) -> None:
    main = str(run(capsys, "search", "个体工商户登记")[1][0]["code"])
    assert len(main) == 31
    code, said, message = run(capsys, "form", main)
    assert code == 2
    assert len(said[0]["situations"]) == 9  # type: ignore[arg-type]
    assert "要先选定情形" in message
    assert "--answer matter=setup" in message
    code, said, _ = run(capsys, "form", main, "--answer", "matter=cancel", "--answer", "debts=no")
    assert code == 0
    assert set(said[0]) == {"fields", "materials", "saved", "items", "answers"}
    code, said, message = run(capsys, "form", main, "--answer", "matter")
    assert (code, said) == (2, [])
    assert "问题=选项" in message


def test_the_savings_are_a_table(capsys: Out) -> None:
    assert main(["catalog", "savings"]) == 0
    assert "| `open-a-barber-shop` | 我要开理发店 | 3 | 3 |" in capsys.readouterr().out


def test_search_by_words_and_initials(capsys: Out) -> None:
    for words in ("开理发店", "klfd"):
        code, said, _ = run(capsys, "search", words)
        assert code == 0
        assert said[0]["code"] == "open-a-barber-shop"
    assert run(capsys, "search", "火星移民")[0] == 1


def test_the_shipped_catalogue_has_no_findings(capsys: Out) -> None:
    code, said, _ = run(capsys, "catalog", "lint")
    assert code == 0
    assert said == []


def test_scenarios_are_listed(capsys: Out) -> None:
    code, said, _ = run(capsys, "scenarios")
    assert code == 0
    assert {"open-a-barber-shop", "open-a-barber-shop-offline"} <= {row["name"] for row in said}


def test_document_verify_of_something_else_is_no(capsys: Out, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    code, _, message = run(capsys, "document", "verify", "https://example.org", "--keys", keys)
    assert code in (1, 2)
    assert message


def test_doctor_names_what_to_do(capsys: Out) -> None:
    code, said, _ = run(capsys, "doctor")
    assert code in (0, 1)
    assert all(set(row) == {"name", "ok", "detail", "todo"} for row in said)
    assert all(row["todo"] for row in said if row["ok"] is False)


def test_example_settings_are_written_once(capsys: Out, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    assert run(capsys, "--profile", profile, "doctor", "--write-settings")[0] == 0
    assert (profile / "settings.toml").is_file()
    assert run(capsys, "--profile", profile, "doctor", "--write-settings")[0] == 2


@pytest.mark.parametrize("command", ["run", "sync"])
def test_without_settings_a_command_says_how_to_get_them(capsys: Out, tmp_path: Path, command: str) -> None:
    code, _, message = run(capsys, "--profile", tmp_path, command)
    assert code == 2
    assert "--write-settings" in message


def test_enrolled_token_opens_the_gateway_and_is_stored_only_as_a_hash(capsys: Out, tmp_path: Path) -> None:
    database = tmp_path / "g.db"
    arguments = ("gateway", "--db", f"sqlite:///{database}", "--files", tmp_path / "files", "--enrol", "W03-01")
    code, said, _ = run(capsys, *arguments)
    assert code == 0
    token = str(said[0]["token"]).encode()
    assert len(token) >= 32
    assert all(token not in path.read_bytes() for path in tmp_path.glob("g.db*"))


def test_the_demos_language_is_chinese_unless_english_is_asked_for(capsys: Out) -> None:
    parse = build_parser().parse_args
    assert parse(["demo"]).language == "zh"
    assert parse(["demo", "--language", "en"]).language == "en"
    with pytest.raises(SystemExit):
        parse(["demo", "--language", "fr"])
    assert "fr" in capsys.readouterr().err


def test_clerks_are_listed_and_a_forgotten_pin_is_reset(capsys: Out, tmp_path: Path) -> None:
    from app.bootstrap_demo import DEMO_CLERK, DEMO_NUMBER, open_demo
    from app.demo.scenario import load_scenario

    folder = tmp_path / "profile"
    open_demo(folder, load_scenario("open-a-barber-shop"), out=tmp_path).close()
    code, said, _ = run(capsys, "--profile", folder, "clerks")
    assert (code, said) == (0, [{"number": DEMO_NUMBER, "name": DEMO_CLERK, "manager": True}])
    code, said, _ = run(capsys, "--profile", folder, "clerks", "--reset", DEMO_NUMBER)
    assert code == 0
    assert len(str(said[0]["pin"])) == 6
    code, _, message = run(capsys, "--profile", folder, "clerks", "--reset", "9999")
    assert code == 2
    assert "没有这位窗口人员" in message


def test_what_is_due_is_told_before_it_is_cleared(capsys: Out, tmp_path: Path) -> None:
    from app.bootstrap import open_workstation
    from app.domain.case import AuditEvent
    from app.domain.retention import GATEWAY_NOW
    from app.settings import EXAMPLE
    from offline_db.profile import Profile
    from tests.offline_db.made_up_cases import made_case, made_event

    folder, case = tmp_path / "profile", made_case(materials=())
    Profile(folder, "demo").close()
    (folder / "settings.toml").write_text(EXAMPLE, "utf-8")
    with open_workstation(str(folder)) as station:
        station.store.save_draft("d", "{}")
        station.store.set_setting(GATEWAY_NOW, "2026-11-22T00:00:00.000Z")
        station.store.accept([case], [], [made_event()])
        station.services.retention.run()
        station.store.set_setting(GATEWAY_NOW, "2026-12-22T00:00:00.000Z")
        station.store.note_lost([case.case_id], AuditEvent(station.clock.now(), "系统", "retention.lost", "", {}))
    code, said, _ = run(capsys, "--profile", folder, "store", "purge", "--dry-run")
    assert (code, said[0]["drafts"], said[0]["dry_run"]) == (0, 1, True)
    assert said[0]["days"] == {"files": 90, "contents": 180, "prints": 180, "logs": 90, "drafts": 30, "identity": 180}
    code, said, _ = run(capsys, "--profile", folder, "store", "purge")
    assert (code, said[0]["drafts"], said[0]["dry_run"]) == (0, 1, False)
    code, said, _ = run(capsys, "--profile", folder, "store", "lost")
    assert (code, [line["number"] for line in said]) == (1, [case.provisional_no])
    assert run(capsys, "--profile", folder, "store", "lost", "--settle", case.provisional_no)[0] == 0


def test_codes_are_shown_as_harmless_text(capsys: Out, tmp_path: Path) -> None:
    code, said, _ = run(capsys, "--profile", tmp_path, "codes", "show", "WIFI:T:WPA;S:\u202ehall;;")
    assert (code, said[0]["kind"]) == (1, "unknown")
    assert "⟨U+202E⟩" in str(said[0]["shown"])
    code, said, _ = run(capsys, "--profile", tmp_path, "codes", "show", "773012345678901", "--format", "Code128")
    assert (code, said[0]["kind"], said[0]["number"]) == (0, "parcel", "773012345678901")


def test_a_sites_rules_are_checked(capsys: Out, tmp_path: Path) -> None:
    assert run(capsys, "--profile", tmp_path, "codes", "lint")[0] == 2
    own = tmp_path / "kinds.yaml"
    own.write_text("rules:\n- {kind: parcel, prefix: QQ}\n", "utf-8")
    assert run(capsys, "--profile", tmp_path, "codes", "lint")[:2] == (0, [])
    own.write_text("rules:\n- {kind: parcel, prefix: QQ}\n- {kind: parcel}\n", "utf-8")
    code, said, _ = run(capsys, "codes", "lint", own)
    assert (code, said[0]["line"]) == (1, 3)
    code, said, message = run(capsys, "--profile", tmp_path, "codes", "show", "QQ1")
    assert (code, said[0]["kind"]) == (0, "parcel")
    assert "kinds.yaml" in message


def _commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    children = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not children:
        yield parser
    for child in {id(one): one for action in children for one in action.choices.values()}.values():
        yield from _commands(child)


def test_every_command_is_there_although_it_is_imported_late() -> None:
    names = [parser.get_default("function").__qualname__ for parser in _commands(build_parser())]
    assert len(names) > 30
    for name in names:
        module, _, function = name.partition(".")
        assert callable(getattr(importlib.import_module(f"app.commands.{module}"), function)), name


def test_the_command_line_itself_loads_nothing_heavy() -> None:
    """What stands between the icon and the first paint: PyQt6 and little else."""
    script = (
        "import sys; from app.cli import opens_window, _painted_first; assert opens_window(['run']); "
        "kept = _painted_first(['run']); assert kept.window.painted; "
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), *sys.modules)"
    )
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", script], env=env, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "PyQt6" in loaded
    heavy = {
        "numpy",
        "cv2",
        "yaml",
        "sqlalchemy",
        "cryptography",
        "requests",
        "json",
        "app.settings",
        "app.logs",
        "widgets.theme",
    }
    assert not loaded & heavy


@pytest.mark.parametrize(
    ("words", "opens"),
    [
        (["run"], True),
        (["--profile", "/p", "run"], True),
        (["--profile=/p", "demo", "--scenario", "x"], True),
        (["demo", "--headless"], False),
        (["run", "--help"], False),
        (["search", "run"], False),
        ([], False),
    ],
)
def test_only_what_opens_a_window_paints_first(monkeypatch: pytest.MonkeyPatch, words: list[str], opens: bool) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert opens_window(words) is opens


def test_without_a_screen_nothing_is_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert not opens_window(["run"])
