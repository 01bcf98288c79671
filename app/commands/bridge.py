"""`yichuang bridge`: lend this window's devices where no window runs, and see to the list of paired systems."""

from __future__ import annotations

import argparse
import contextlib
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from app.bridge.consent import Decision, Question
from app.commands import NO, YES, complain, say
from app.domain.errors import BadInput, EnvironmentProblem
from app.identity.verification import Ground, Line

if TYPE_CHECKING:
    from app.presenters.station import Workstation

_ANSWERS = {"y": Decision.ONCE, "v": Decision.VISIT, "n": Decision.REFUSED}


class Absent:
    """Stands for a clerk who is not there: whatever needs consent is refused."""

    def __init__(self, clerk: str) -> None:
        self._clerk = clerk

    def clerk(self) -> str:
        return self._clerk

    def closed(self) -> str:
        return ""

    def ask(self, question: Question, answer: Callable[[Decision], None]) -> None:
        answer(Decision.NO_ANSWER)

    def withdraw(self, question_id: str) -> None:
        return

    def listed(self, system: str, said: Line) -> None:
        words = "已挂失" if said.ground is Ground.LISTED_LOST else "已作废"
        complain(f"“{system}”借读的证件{words}", f"{said.detail} 的名单上有它。", "不要凭它办理。")

    def turned_away(self, origin: str) -> None:
        complain(f"{origin} 想借用设备，还没有配对", "", f"用 --pair {origin} 或 --admit {origin} 重新启动。")


class AtTerminal(Absent):
    """Asks the clerk on the terminal, one question after the other: y once, v for this visitor, n no; Enter ends the
    visit. What nobody answers in time is refused by the bridge itself."""

    def __init__(self, clerk: str, lines: TextIO) -> None:
        super().__init__(clerk)
        self._lines = lines
        self._open: dict[str, tuple[Question, Callable[[Decision], None]]] = {}
        self._lock = threading.Lock()
        self.end_visit: Callable[[], None] = lambda: None

    def start(self) -> None:
        threading.Thread(target=self._listen, name="bridge-terminal", daemon=True).start()

    def ask(self, question: Question, answer: Callable[[Decision], None]) -> None:
        wish = question.wish
        with self._lock:
            self._open[question.id] = (question, answer)
        full = "、".join(wish.full)
        complain(
            f"“{question.system}”（{question.origin}）要借用：{wish.loan}",
            f"用途：{wish.purpose}　内容：{'、'.join(wish.fields)}　不遮挡：{full or '无'}",
            f"{question.seconds} 秒内输入 y 同意一次、v 本次来访都同意、n 不同意：",
        )

    def withdraw(self, question_id: str) -> None:
        with self._lock:
            self._open.pop(question_id, None)

    def _listen(self) -> None:
        for line in self._lines:
            said = line.strip().lower()
            if not said:
                self.end_visit()
                complain("本次来访已结束，同意过的都要重新问。")
                continue
            with self._lock:
                # The oldest question is the one that stands on top of the screen.
                first = next(iter(self._open.values()), None)
            if first is not None and said in _ANSWERS:
                first[1](_ANSWERS[said])


def bridge(args: argparse.Namespace) -> int:
    """Serve until interrupted; or list or take back pairings, and end. Exit 1 when there was nothing to take back."""
    from app.bootstrap import open_workstation
    from app.commands.unlocking import Terminal

    with open_workstation(args.profile, Terminal().open) as station:
        if args.list:
            return _list(station)
        if args.revoke:
            return _revoke(station, args.revoke)
        if not station.settings.bridge.on:
            raise EnvironmentProblem(
                "没有可以外借的系统", "设置的 [bridge.origins] 是空的。", "由管理员登记网页来源后再启动。"
            )
        return _serve(args, station)


def _clerk_of(station: Workstation) -> str:
    return station.duty.holder.name if station.duty.holder is not None else ""


def _list(station: Workstation) -> int:
    from app.bridge.pairing import Pairings

    origins = station.settings.bridge.origins
    pairings = Pairings(station.store, station.clock, origins)
    for origin, name in origins.items():
        system = pairings.system(origin)
        say(
            {"origin": origin, "system": name, "paired": bool(system.token), "old": system.old, "at": system.at or None}
        )
    return YES


def _revoke(station: Workstation, origin: str) -> int:
    from app.bridge.pairing import Pairings

    pairings = Pairings(station.store, station.clock, station.settings.bridge.origins)
    return YES if pairings.revoke(origin, _clerk_of(station)) else NO


def _serve(args: argparse.Namespace, station: Workstation) -> int:
    from app.bridge.own_lines import OwnLines
    from app.bridge.server import Bridge, BridgeParts
    from devices.registry import open_device
    from devices.slots import SLOTS

    clerk = _clerk_of(station)
    if args.consent == "terminal" and not sys.stdin.isatty():
        raise BadInput("没有终端可以询问", "--consent terminal 要在终端里运行。", "去掉它：需要同意的借用一律拒绝。")
    attendant = AtTerminal(clerk, sys.stdin) if args.consent == "terminal" else Absent(clerk)
    devices = {slot: open_device(uri, SLOTS[slot].kind) for slot, uri in station.settings.devices.items()}
    lines = OwnLines(devices)
    rules = station.settings.bridge
    parts = BridgeParts(
        rules,
        lines,
        attendant,
        station.store,
        station.clock,
        station.services.scan.read,
        station.settings.window.name,
        station.services.identity.named,
    )
    made = Bridge(parts)
    try:
        made.start()
        if isinstance(attendant, AtTerminal):
            attendant.end_visit = made.desk.end_visit
            attendant.start()
        for origin in args.admit:
            made.pairings.admit_old(origin, clerk)
        said: dict[str, object] = {"ports": list(made.ports), "origins": list(rules.origins), "consent": args.consent}
        if args.pair:
            code, until = made.pairings.offer_code(args.pair, clerk)
            said |= {"pair": args.pair, "code": code, "until": until.isoformat()}
        say(said)
        _until_told_to_end()
        return YES
    finally:
        made.stop()
        lines.close()


def _until_told_to_end() -> None:
    """SIGTERM ends as Ctrl+C does: in order, with the devices closed."""
    told: queue.Queue[int] = queue.Queue()
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda number, _: told.put(number))
    with contextlib.suppress(KeyboardInterrupt):
        while told.empty():
            time.sleep(0.2)
