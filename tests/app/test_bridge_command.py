"""`yichuang bridge` without a window: refuses what needs a clerk, asks on a terminal, lists and takes back."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from bridge_kit import OTHER, PAGE, Clerk, Page, a_wish
from commands import run

from app.bridge.consent import Decision, Question
from app.commands.bridge import AtTerminal
from app.domain.lending import BridgeRules
from app.settings import EXAMPLE, as_toml, load
from offline_db.profile import Profile


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port: int = held.getsockname()[1]
        return port


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    folder = tmp_path / "profile"
    with Profile(folder, "demo"):
        pass
    (folder / "settings.toml").write_text(EXAMPLE, "utf-8")
    rules = BridgeRules({PAGE: "婚姻登记系统", OTHER: "开户系统"}, free_port())
    reader = {"id_reader": "emulated://id-reader?person=zhang-wei"}
    settings = replace(
        load(folder / "settings.toml", emulated=True), gateway_url="http://127.0.0.1:9/", devices=reader, bridge=rules
    )
    (folder / "settings.toml").write_text(as_toml(settings), "utf-8")
    assert load(folder / "settings.toml", emulated=True).bridge == rules
    return folder


@contextmanager
def serving(profile: Path, *options: str) -> Iterator[dict[str, object]]:
    command = [sys.executable, "-m", "app", "--profile", str(profile), "bridge", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, env=dict(os.environ)
    ) as process:
        assert process.stdout is not None
        try:
            said: dict[str, object] = json.loads(process.stdout.readline())
            yield said
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0


def test_without_a_clerk_a_card_is_refused_and_the_rest_is_lent(
    profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(profile, "--pair", PAGE, "--admit", OTHER) as said:
        ports = said["ports"]
        assert isinstance(ports, list)
        page = Page(f"http://127.0.0.1:{ports[0]}", PAGE)
        page.token = page("POST", "/v1/pair", {"code": said["code"]}).json()["token"]
        refused = page.card()
        assert (refused.status_code, refused.json()["type"].rpartition(":")[2]) == (403, "no-answer")
        verify = {"purpose": "核验", "fields": ["verdict"], "text": "made up"}
        assert page("POST", "/v1/verify", verify).json()["data"] == {"verdict": "INVALID"}
    code, lines, _ = run(capsys, "--profile", profile, "bridge", "--list")
    assert code == 0
    assert [(line["origin"], line["paired"], line["old"]) for line in lines] == [
        (PAGE, True, False),
        (OTHER, False, True),
    ]
    assert [run(capsys, "--profile", profile, "bridge", "--revoke", PAGE)[0] for _ in range(2)] == [0, 1]


def test_without_a_terminal_nobody_can_be_asked(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, said = run(capsys, "--profile", profile, "bridge", "--consent", "terminal")
    assert code == 2
    assert "终端" in said


def test_without_systems_there_is_nothing_to_serve(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = replace(load(profile / "settings.toml", emulated=True), bridge=BridgeRules())
    (profile / "settings.toml").write_text(as_toml(settings), "utf-8")
    code, _, said = run(capsys, "--profile", profile, "bridge")
    assert code == 2
    assert "bridge.origins" in said


def test_the_terminal_answers_the_oldest_question() -> None:
    answers: list[tuple[str, Decision]] = []
    ended: list[bool] = []
    terminal = AtTerminal("李敏", io.StringIO("maybe\ny\n\nv\nn\ny\n"))
    terminal.end_visit = lambda: ended.append(True)
    for number in "123":
        question = Question(number, PAGE, "婚姻登记系统", a_wish(), 10)

        def answer(decision: Decision, number: str = number) -> None:
            answers.append((number, decision))
            terminal.withdraw(number)

        terminal.ask(question, answer)
    terminal._listen()
    assert answers == [("1", Decision.ONCE), ("2", Decision.VISIT), ("3", Decision.REFUSED)]
    assert ended == [True]
    assert Clerk().clerk() == terminal.clerk()
