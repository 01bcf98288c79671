"""Calling by voice: `speech:espeak-ng?voice=cmn&speed=150`, a text-to-speech engine of this machine as a process of
its own. It must take the text as its last argument and `-v VOICE -s WORDS_A_MINUTE` before it, as espeak-ng does."""

from __future__ import annotations

import functools
import importlib.resources
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import yaml

from devices.drivers.links.guarded import GuardedDevice
from devices.failure import NOT_OPEN, Failure, cancelled
from devices.kinds.interaction import QueueCaller
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri

_WORDS = "devices/speech.yaml"
_LONGEST = 20.0
"""Seconds after which an engine that still speaks has hung."""


def spoken(number: str, counter: str, again: bool = False) -> str:
    """What is said: 请 A零零幺号 到 三号窗口. Each digit by itself, letters as they are."""
    called = str(_words()["sentence"]).format(number=_said(number), counter=_said(counter))
    return f"{called}。{called}。" if again else f"{called}。"


def _said(text: str) -> str:
    words = _words()
    said = "".join(words["digits"][int(char)] if char.isascii() and char.isdigit() else char for char in text)
    said = " ".join(part for part in said.replace("-", " ").split())
    # "3号窗口" must not become "三号窗口号窗口".
    for ending in words["endings"]:
        said = said.removesuffix(ending)
    return "".join(f"{char} " if char.isascii() and char.isalpha() else char for char in said).strip()


@functools.cache
def _words() -> dict[str, Any]:
    text = importlib.resources.files("resources").joinpath(_WORDS).read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


class SpeechCaller(GuardedDevice, QueueCaller):
    def __init__(self, uri: str, program: str, voice: str, speed: int) -> None:
        super().__init__(uri)
        self._program, self._voice, self._speed = program, voice, speed
        self._engine = ""

    def open(self) -> Reply[str]:
        return self._call(self._open)

    def close(self) -> None:
        self._engine = ""

    def probe(self) -> Reply[str]:
        def look() -> str:
            self._opened()
            return self._open()

        return self._call(look)

    def call_number(self, number: str, counter: str, again: bool = False) -> Reply[str]:
        def call() -> str:
            self._say(spoken(number, counter, again))
            return number

        return self._call(call)

    def next_number(self, counter: str, timeout: float = 5.0) -> Reply[str]:
        return self._call(self._no_queue)

    def miss_number(self, number: str, counter: str) -> Reply[str]:
        return self._call(self._no_queue)

    def _no_queue(self) -> str:
        self._opened()
        raise Failure(Outcome.NOT_PRESENT, "语音叫号不管排队，请输入号码")

    def _open(self) -> str:
        found = shutil.which(self._program)
        if found is None:
            words = f"没有找到语音引擎 {self._program}，请管理员安装（Debian 软件包 espeak-ng）"
            raise Failure(Outcome.FAULT, words)
        self._engine = found
        return f"语音叫号 {Path(found).name}"

    def _opened(self) -> str:
        if not self._engine:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)
        return self._engine

    def _say(self, text: str) -> None:
        arguments = [self._opened(), "-v", self._voice, "-s", str(self._speed), text]
        quiet = subprocess.DEVNULL
        try:
            process = subprocess.Popen(arguments, stdin=quiet, stdout=quiet, stderr=quiet)
        except OSError as error:
            raise Failure(Outcome.FAULT, "语音引擎无法启动，请重新安装") from error
        until = time.monotonic() + _LONGEST
        try:
            while process.poll() is None:
                if self._cancelled.wait(0.03):
                    raise cancelled()
                if time.monotonic() > until:
                    raise Failure(Outcome.TIMEOUT, "语音引擎没有在规定时间内说完，已停止")
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        if process.returncode != 0:
            words = "语音播放失败，请检查扬声器和声音设置，以及语音引擎的中文语音"
            raise Failure(Outcome.FAULT, words)


def open_driver(uri: str) -> SpeechCaller:
    """The driver of a `speech:` URI. BadInput when it is malformed. Options: voice (cmn, Mandarin), speed (150)."""
    parsed = DeviceUri.parse(uri, ["voice", "speed"])
    program = parsed.path or "espeak-ng"
    voice = parsed.options.get("voice", "cmn")
    if parsed.host or program.startswith("-"):
        raise bad_uri(uri, "应写明语音引擎", "例如 speech:espeak-ng?voice=cmn。")
    if not voice or voice.startswith("-") or os.sep in voice:
        raise bad_uri(uri, "的参数 voice 不正确", "普通话写作 cmn。")
    return SpeechCaller(uri, program, voice, parsed.integer("speed", 150, 80, 400))
