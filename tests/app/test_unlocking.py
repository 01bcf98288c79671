"""Commands without a window: a person is asked, a machine hands the PIN in by a file of its own or a descriptor."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from key_kit import CLERK, MANAGER, NEW_PIN, OTHER_PIN, PIN, Locked, MemoryKeyring, locked, make_slotted

from app.commands.unlocking import CLERK as CLERK_NAME
from app.commands.unlocking import PIN_FD, PIN_FILE, Terminal
from app.domain.clock import SystemClock
from app.domain.errors import BadInput, EnvironmentProblem, Refused
from app.domain.recovery_code import new_code


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Locked]:
    backend = MemoryKeyring()
    make_slotted(tmp_path / "p", backend, SystemClock())
    with locked(tmp_path / "p", backend, SystemClock()) as held:
        yield held


def typing(*words: str) -> Callable[[str], str]:
    left = list(words)
    return lambda prompt: left.pop(0)


def never(prompt: str) -> str:
    raise AssertionError(f"asked {prompt}")


def test_a_person_is_asked_for_number_and_pin(held: Locked) -> None:
    asked = Terminal({}, lambda: True, typing(CLERK[0]), typing(OTHER_PIN))
    assert asked.open(held.door).number == CLERK[0]
    assert held.lock.is_open


def test_the_only_clerk_is_not_asked_who_they_are(held: Locked) -> None:
    held.lock.fits(MANAGER[0], PIN)
    held.lock.remove(CLERK[0])
    assert Terminal({}, lambda: True, never, typing(PIN)).open(held.door).number == MANAGER[0]


def test_without_a_terminal_it_is_said_how(held: Locked) -> None:
    for terminal in (
        Terminal({}, lambda: False, never, never),
        Terminal({CLERK_NAME: MANAGER[0]}, lambda: False, never, never),
    ):
        with pytest.raises(EnvironmentProblem, match="没有终端") as told:
            terminal.open(held.door)
        assert PIN_FILE in told.value.todo
    with pytest.raises(EnvironmentProblem, match="没有终端"):
        Terminal({}, lambda: False, never, never).recover(MANAGER[0])(held.door)
    assert not held.lock.is_open


def machine(**env: str) -> Terminal:
    return Terminal({CLERK_NAME: MANAGER[0], **env}, lambda: False, never, never)


def test_a_file_that_only_its_user_reads_will_do(held: Locked, tmp_path: Path) -> None:
    file = tmp_path / "pin"
    file.write_text(f"{PIN}\n", "ascii")
    file.chmod(0o644)
    with pytest.raises(Refused, match="口令文件不安全"):
        machine(**{PIN_FILE: str(file)}).open(held.door)
    assert not held.lock.is_open
    file.chmod(0o600)
    assert machine(**{PIN_FILE: str(file)}).open(held.door).number == MANAGER[0]


@pytest.mark.parametrize("content", [None, "口令".encode()])
def test_a_file_that_cannot_be_read_is_named(held: Locked, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "pin"
    if content is not None:
        file.write_bytes(content)
        file.chmod(0o600)
    with pytest.raises(BadInput, match=PIN_FILE) as told:
        machine(**{PIN_FILE: str(file)}).open(held.door)
    assert str(tmp_path) not in str(told.value)


def test_a_folder_is_no_file(held: Locked, tmp_path: Path) -> None:
    with pytest.raises((BadInput, Refused)):
        machine(**{PIN_FILE: str(tmp_path)}).open(held.door)


def test_an_open_descriptor_will_do(held: Locked) -> None:
    reading, writing = os.pipe()
    os.write(writing, f"{PIN}\n".encode())
    os.close(writing)
    assert machine(**{PIN_FD: str(reading)}).open(held.door).number == MANAGER[0]
    for bad in ("x", "9999"):
        with pytest.raises(BadInput, match=PIN_FD):
            machine(**{PIN_FD: bad}).open(held.door)


def test_wrong_pins_count_here_too(held: Locked) -> None:
    for _ in range(3):
        with pytest.raises(Refused, match="口令不对"):
            Terminal({CLERK_NAME: MANAGER[0]}, lambda: True, never, typing("000000")).open(held.door)
    with pytest.raises(Refused, match="请稍候再试"):
        Terminal({CLERK_NAME: MANAGER[0]}, lambda: True, never, typing(PIN)).open(held.door)


def test_a_pin_for_once_is_changed_in_the_window_first(held: Locked) -> None:
    held.lock.fits(MANAGER[0], PIN)
    held.lock.put(*MANAGER, OTHER_PIN, must_change=True)
    held.lock.forget()
    with pytest.raises(Refused, match="换成自己的"):
        Terminal({CLERK_NAME: MANAGER[0]}, lambda: True, never, typing(OTHER_PIN)).open(held.door)
    assert not held.lock.is_open


def test_the_recovery_code_on_the_terminal(held: Locked) -> None:
    code = new_code()
    held.lock.fits(MANAGER[0], PIN)
    held.lock.put_recovery(code)
    held.lock.forget()
    entry = Terminal({}, lambda: True, typing(code), typing(NEW_PIN, NEW_PIN)).recover(MANAGER[0])(held.door)
    assert entry.number == MANAGER[0]
    assert held.lock.fits(MANAGER[0], NEW_PIN)


def test_a_window_that_was_never_opened_has_nobody_to_ask(tmp_path: Path) -> None:
    with locked(tmp_path / "new", MemoryKeyring(), SystemClock()) as held:
        for ask in (
            Terminal({}, lambda: True, never, never).open,
            Terminal({}, lambda: True, never, never).recover("1"),
        ):
            with pytest.raises(EnvironmentProblem, match="还没有登记窗口人员"):
                ask(held.door)
