"""Whose PIN opens the store, for commands without a window.

A person is asked on the terminal, where nothing typed is shown. A container or a timer names the clerk in
YICHUANG_CLERK and hands the PIN in as a file that only its user may read (YICHUANG_PIN_FILE), or as an open file
descriptor (YICHUANG_PIN_FD): never as an argument or a variable, which other programs can read.
"""

from __future__ import annotations

import getpass
import os
import stat
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.errors import BadInput, EnvironmentProblem, Refused
from app.services.door import Door, Entry

CLERK, PIN_FILE, PIN_FD = "YICHUANG_CLERK", "YICHUANG_PIN_FILE", "YICHUANG_PIN_FD"
_LONGEST = 256


def _line(prompt: str) -> str:
    # Standard output is for the command's JSON.
    print(prompt, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def _hidden(prompt: str) -> str:
    return getpass.getpass(prompt, stream=sys.stderr)


@dataclass(frozen=True)
class Terminal:
    """Asks a person, or reads what was handed in; tests hand in another one."""

    env: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    there: Callable[[], bool] = lambda: sys.stdin.isatty()
    line: Callable[[str], str] = _line
    hidden: Callable[[str], str] = _hidden

    def open(self, door: Door) -> Entry:
        """Open the door. Refused: a wrong PIN, one for once; EnvironmentProblem: nobody is registered or can answer."""
        self._not_fresh(door)
        entry = door.open(self._number(door), self._pin())
        if entry.must_change:
            door.shut()
            raise Refused(
                "口令还没有换成自己的", "这是由负责人代设、只用一次的口令。", "请先在“一窗”窗口登录，换成自己的口令。"
            )
        return entry

    def recover(self, number: str) -> Callable[[Door], Entry]:
        """Opens by the recovery code, and gives the clerk of this number a new PIN; a person must be there."""

        def opener(door: Door) -> Entry:
            self._not_fresh(door)
            if not self.there():
                raise _nobody()
            code = self.line("恢复码：")
            return door.recover(number, code, self.hidden("新口令："), self.hidden("再输一次："))

        return opener

    def _not_fresh(self, door: Door) -> None:
        if door.fresh:
            raise EnvironmentProblem(
                "还没有登记窗口人员", "本机还没有打开过，没有口令可用。", "请先打开“一窗”窗口，登记第一位窗口人员。"
            )

    def _number(self, door: Door) -> str:
        named = self.env.get(CLERK, "").strip()
        if named:
            return named
        known = door.known()
        if len(known) == 1:
            return known[0].number
        if not self.there():
            raise _nobody()
        return self.line("工号：")

    def _pin(self) -> str:
        if self.env.get(PIN_FILE):
            return _pin_in(Path(self.env[PIN_FILE]))
        if self.env.get(PIN_FD):
            return _pin_from(self.env[PIN_FD])
        if not self.there():
            raise _nobody()
        return self.hidden("口令：")


def _pin_in(path: Path) -> str:
    try:
        with path.open("rb") as file:
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode) or (sys.platform != "win32" and about.st_mode & 0o077):
                raise Refused("口令文件不安全", f"{PIN_FILE} 指的文件其他用户也能读。", "请执行 chmod 600 后再试。")
            return file.read(_LONGEST).decode("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("口令文件读不了", f"{PIN_FILE}：{type(error).__name__}", "文件里只写口令一行。") from error


def _pin_from(number: str) -> str:
    try:
        with os.fdopen(int(number), "rb") as file:
            return file.read(_LONGEST).decode("ascii").strip()
    except (OSError, ValueError) as error:
        raise BadInput(
            "口令读不了", f"{PIN_FD}：{type(error).__name__}", "应为已打开、可读的文件描述符编号。"
        ) from error


def _nobody() -> EnvironmentProblem:
    return EnvironmentProblem(
        "要先输入口令",
        "本机数据要凭口令打开，而这里没有终端可以输入。",
        f"请在终端里运行；无人值守时用 {CLERK} 写工号，用 {PIN_FILE} 指定只有本用户可读的口令文件，或用 {PIN_FD}。",
    )
