"""Several processes that serve one port: a parent that starts them, watches them, and ends them in order.

Each listens on a socket of its own (SO_REUSEPORT), among which the kernel deals out connections. A worker that dies is
replaced; one that finds its parent gone ends itself, so that no stray keeps answering on the port.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

from app.domain.errors import EnvironmentProblem, YichuangError
from app.logs import start_logging

log = logging.getLogger(__name__)

GRACE = 20.0
"""Seconds that a worker has to finish what it has begun."""
_EARLY = 10.0
"""A worker that ends within so many seconds of its start did not find what it needs."""
_PATIENCE = 5
"""So many early ends in a row are taken for the last word."""

Serve = Callable[[], None]


def run_workers(count: int, serve: Serve, host: str, port: int) -> None:
    """Keep `count` processes running `serve` until this one is told to end (SIGINT, SIGTERM).

    serve: picklable; it must listen with `reuse_port`. EnvironmentProblem: the port is taken, or no worker stays alive.
    """
    reserved = _reserve(host, port)
    stop = threading.Event()
    woken, waker = socket.socketpair()

    def told(number: int, frame: object) -> None:
        stop.set()
        waker.send(b"!")

    before = {number: signal.signal(number, told) for number in (signal.SIGINT, signal.SIGTERM)}
    workers: list[_Worker] = []
    try:
        workers += [_Worker(serve) for _ in range(count)]
        _watch(workers, serve, stop, woken)
    finally:
        for worker in workers:
            worker.process.terminate()
        deadline = time.monotonic() + GRACE
        for worker in workers:
            worker.process.join(max(0.0, deadline - time.monotonic()))
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
        for number, handler in before.items():
            signal.signal(number, handler)
        for end in (reserved, woken, waker):
            end.close()


class _Worker:
    def __init__(self, serve: Serve) -> None:
        self.started = time.monotonic()
        # A fork would copy locks that other threads hold.
        self.process: BaseProcess = get_context("spawn").Process(target=_work, args=(serve,), name="gateway")
        self.process.start()


def _watch(workers: list[_Worker], serve: Serve, stop: threading.Event, woken: socket.socket) -> None:
    early = 0
    while not stop.is_set():
        wait([woken, *(worker.process.sentinel for worker in workers)])
        if stop.is_set():
            return
        for place, worker in enumerate(workers):
            if worker.process.is_alive():
                continue
            worker.process.join()
            now = time.monotonic()
            early = early + 1 if now - worker.started < _EARLY else 0
            log.error("worker %s ended with %s", worker.process.pid, worker.process.exitcode)
            # As long as one works, the others' trouble may pass: a database that is failing over, say.
            working = any(other.process.is_alive() and now - other.started >= _EARLY for other in workers)
            if early >= _PATIENCE and not working:
                raise EnvironmentProblem(
                    "平台没有启动", "工作进程一再退出", "请查看日志，核对数据库是否可用、证书文件是否可读。"
                )
            if stop.wait(min(early, _PATIENCE)):  # seconds: what it lacks may come
                return
            workers[place] = _Worker(serve)


def _work(serve: Serve) -> None:
    """In the worker's process."""
    threading.Thread(target=_end_with_parent, name="orphan watch", daemon=True).start()
    with start_logging(None):
        try:
            serve()
        except YichuangError as error:
            log.error("%s: %s", error.title, error.what)
            sys.exit(2)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)


def _reserve(host: str, port: int) -> socket.socket:
    """Hold the port without listening; the workers share it, other programs do not get it."""
    if not hasattr(socket, "SO_REUSEPORT"):
        raise EnvironmentProblem(
            "本系统不能多进程运行平台", "系统不支持端口共享", "请去掉 --workers，或在 Linux 上运行。"
        )
    listen(host, port).close()  # alone on it? A port that is merely shared would let a second gateway in
    return listen(host, port, reuse_port=True, backlog=None)


def listen(host: str, port: int, *, reuse_port: bool = False, backlog: int | None = 512) -> socket.socket:
    """A bound socket; listening, unless backlog is None. EnvironmentProblem: the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio switches Nagle's delay off on sockets that say TCP only; accepted ones say what the listener says. With
    # it, each answer of two parts (head, body) waits 40 ms for the other side's acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if reuse_port:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind((host, port))
        if backlog is not None:
            listener.listen(backlog)
    except OSError as error:
        listener.close()
        raise EnvironmentProblem(
            "平台端口被占用", f"{host}:{port} 不能监听", "请换一个端口，或关闭占用它的程序。"
        ) from error
    return listener
