"""A bridge over emulated devices, a clerk who answers as the test says, and pages that call it."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import requests

from app.bridge.consent import Decision, Question
from app.bridge.lender import Listed
from app.bridge.loans import Loan, Wish
from app.bridge.own_lines import OwnLines
from app.bridge.server import Bridge, BridgeParts
from app.domain.case import AuditEvent
from app.domain.clock import Clock, SystemClock
from app.domain.fact import Verdict
from app.domain.lending import BridgeRules
from app.domain.licence import CodeKind, LicenceReading
from app.identity.lists import ListedDocument
from app.identity.verification import Answer, Ground, Line
from app.identity.verification import Question as Asked
from devices.base import Device
from devices.registry import open_device

PAGE = "https://hunyin.example"
OTHER = "https://yinhang.example"
STRANGER = "https://evil.example"
ORIGINS = {PAGE: "婚姻登记系统", OTHER: "开户系统"}
PURPOSE = "婚姻登记核对身份"
PERSON = "zhang-wei"


class Memory:
    """The part of the store that the bridge needs. broken: it cannot be written."""

    def __init__(self) -> None:
        self.settings: dict[str, str] = {}
        self.trail: list[AuditEvent] = []
        self.broken: Exception | None = None

    def setting(self, key: str) -> str | None:
        return self.settings.get(key)

    def set_setting(self, key: str, value: str) -> None:
        self.settings[key] = value

    def append_audit(self, event: AuditEvent) -> None:
        if self.broken is not None:
            raise self.broken
        self.trail.append(event)


class Clerk:
    """Answers every question the same way, or keeps silent (None) and lets the test answer."""

    def __init__(self, says: Decision | None = Decision.ONCE) -> None:
        self.says = says
        self.shut = ""
        self.questions: list[Question] = []
        self.withdrawn: list[str] = []
        self.strangers: list[str] = []
        self.warnings: list[tuple[str, Line]] = []
        self.answers: list[Callable[[Decision], None]] = []
        self.asked = threading.Event()
        self.dropped = threading.Event()

    def clerk(self) -> str:
        return "李敏"

    def closed(self) -> str:
        return self.shut

    def ask(self, question: Question, answer: Callable[[Decision], None]) -> None:
        self.questions.append(question)
        self.answers.append(answer)
        self.asked.set()
        if self.says is not None:
            answer(self.says)

    def withdraw(self, question_id: str) -> None:
        self.withdrawn.append(question_id)
        self.dropped.set()

    def turned_away(self, origin: str) -> None:
        self.strangers.append(origin)

    def listed(self, system: str, said: Line) -> None:
        self.warnings.append((system, said))


def judge(text: str) -> LicenceReading:
    """A stand-in for the trust list: two codes are known."""
    if text != "YC1:GOOD":
        return LicenceReading(CodeKind.UNKNOWN, Verdict.INVALID, "不是可识别的证照码")
    holder = {"name": "𠮷祥㛃", "id_number": "110101199003070011"}
    licence = {"type": "营业执照", "title": "营业执照", "identifier": "1.2.156.3005.2.110101199003070011"}
    claims = {"holder.name": "𠮷祥㛃"}
    return LicenceReading(CodeKind.SIGNED_LICENCE, Verdict.SIGNATURE_VALID, "", "演示签发者", holder, licence, claims)


def no_list(_: ListedDocument | None) -> Line:
    """Nobody has a list here."""
    return Line(Asked.LISTS, Answer.OPEN, Ground.LIST_NONE)


@dataclass
class Page:
    """A page of some origin, with its token once it is paired."""

    url: str
    origin: str | None
    token: str = ""
    more: dict[str, str] = field(default_factory=dict)

    def __call__(self, method: str, path: str, document: Any = None, **headers: str) -> requests.Response:
        own = {"Origin": self.origin} if self.origin is not None else {}
        if self.token:
            own["Authorization"] = f"Bearer {self.token}"
        own |= {name.replace("_", "-"): value for name, value in headers.items()}
        return requests.request(method, self.url + path, json=document, headers={**own, **self.more}, timeout=30)

    def card(self, fields: tuple[str, ...] = ("name", "number"), **more: Any) -> requests.Response:
        return self("POST", "/v1/id-card", {"purpose": PURPOSE, "fields": list(fields), **more})


@dataclass
class Room:
    """A running bridge and all it stands on."""

    bridge: Bridge
    memory: Memory
    clerk: Clerk
    devices: Mapping[str, Device]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.bridge.ports[0]}"

    def page(self, origin: str | None = PAGE, *, paired: bool = True) -> Page:
        page = Page(self.url, origin)
        if paired and origin is not None:
            page.token = self.pair(origin)
        return page

    def pair(self, origin: str) -> str:
        code, _ = self.bridge.pairings.offer_code(origin, "李敏")
        return self.bridge.pairings.redeem(origin, code)

    def trail(self, action: str) -> list[dict[str, Any]]:
        return [event.details for event in self.memory.trail if event.action == action]


def id_reader(person: str = PERSON) -> Device:
    return open_device(f"emulated://id-reader?person={person}")


@contextmanager
def room(
    devices: Mapping[str, Device] | None = None,
    *,
    clock: Clock | None = None,
    clerk: Clerk | None = None,
    old: bool = False,
    listed: Listed = no_list,
    **rules: Any,
) -> Iterator[Room]:
    """A bridge on free ports. devices: by slot; an ID reader with a card unless given. old: with the old interfaces."""
    given = {"id_reader": id_reader()} if devices is None else devices
    memory, clerk = Memory(), clerk or Clerk()
    lines = OwnLines(given)
    made = replace(BridgeRules(ORIGINS, consent_seconds=10), **rules)
    parts = BridgeParts(made, lines, clerk, memory, clock or SystemClock(), judge, "综合窗口 03", listed)
    bridge = Bridge(parts, (0, 0, 0) if old else (0, -1, -1))
    bridge.start()
    try:
        yield Room(bridge, memory, clerk, given)
    finally:
        bridge.stop()
        lines.close()


def at_noon() -> dt.datetime:
    return dt.datetime(2026, 11, 22, 4, 0, tzinfo=dt.UTC)


def a_wish(loan: Loan = Loan.ID_CARD, purpose: str = PURPOSE) -> Wish:
    return Wish(loan, purpose, ("name", "number"), ("number",), {}, 5.0)
