"""Processes that stand in for the reader of text, each with a way of its own to answer or to fail."""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection

LINE = ([[10.0, 10.0], [110.0, 10.0], [110.0, 40.0], [10.0, 40.0]], "坐落", 0.99)


def echo(pipe: Connection) -> None:
    """Answers with one line that tells the picture's size and the process."""
    pipe.send("ready")
    while True:
        try:
            shape, data = pipe.recv()
        except EOFError:
            return
        assert len(data) == shape[0] * shape[1] * shape[2]
        pipe.send([(LINE[0], f"{shape[1]}x{shape[0]} {os.getpid()}", 0.99)])


def hang(pipe: Connection) -> None:
    """Starts and never answers."""
    pipe.send("ready")
    pipe.recv()
    time.sleep(600)


def fall(pipe: Connection) -> None:
    """Falls over each picture, as a library does that writes beyond its memory."""
    pipe.send("ready")
    pipe.recv()
    os.abort()


def refuse(pipe: Connection) -> None:
    """Half an installation."""
    pipe.send("识别程序不能启动（ImportError）")


def complain(pipe: Connection) -> None:
    """Cannot read this one page."""
    pipe.send("ready")
    while True:
        try:
            pipe.recv()
        except EOFError:
            return
        pipe.send("这一页识别不了（ValueError）")
