"""Lessons: data that a learner works through, or the player plays, on the real screen (docs/lessons.md).

A lesson is at once the trainer's lesson, the acceptance test and the handbook's pictures. Its steps say what a clerk
does, in keys, clicks and typed text, and what must then be seen; they never call the program's inside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

import resources
from app.domain.errors import BadInput

VERBS = frozenset({"key", "type", "wait", "fill", "choose", "click", "open", "save", "sign", "rate"})
"""key: press a key, e.g. F2. type: type text where the focus is. wait: for a condition. fill: {field: text}, each
reached by F5 and typed; for a table [{column: text}]. choose: type search words, then Enter on the first hit;
{words, answers: digits for its guide's questions, more: true when another item follows}. click:
a widget by its name, or {widget: list, item: words of the entry}. open: choose a file of the demo world
(app.demo.tables), or one that this play saved, in the dialog that asks for one. save: the name of a file, typed
into the dialog that asks where to. sign: the citizen turns the pages and signs, by
finger; the argument is not used. rate: the citizen touches this grade. A text today+30 is the date in 30 days, so that
a lesson never grows old."""

GATEWAY, REGION, CARRIER = "gateway", "region", "carrier"
"""What a fault names for the line to the platform, for the other region's, for the carrier; else a device's slot."""
DOWN = "down"

DEFAULT_LESSON = "open-a-barber-shop"

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""In C where it is there: the list of lessons is read ten times as fast."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the clerk does."""

    verb: str
    argument: Any


@dataclass(frozen=True, slots=True)
class Step:
    """What is done and what must then be seen.

    until: conditions (app.demo.conditions). timeout: seconds the player waits. at: the name of the widget that the
    hint points at; "" lets the coach find it from the actions.
    """

    id: str
    title: str
    hint: str
    actions: tuple[Action, ...]
    until: tuple[str, ...]
    timeout: float = 20.0
    at: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong. what: a device's slot, or GATEWAY. kind: devices.emulators.drills, or DOWN.

    at: the step at whose beginning it goes wrong ("": from the start). until: the step at whose beginning it is well
    again ("": never).
    """

    what: str
    kind: str
    at: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Outage:
    """The line to the platform is down from the beginning of step at to that of until; "": to the end."""

    at: str
    until: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """What others do when a step begins. The visitor shows or lays down something else: person, licence, page, passport
    (whose), names in the demo world ("": the same as before). The departments: stage, a word of STAGES, for every case
    of the last acceptance, with their words, or item's alone; callback: bad grades are looked into and the
    visitor called back.
    ungrant: the platform takes the right to ask this source of shared data away from everybody.
    phone, fault: the visitor opens the code on the newest receipt with their own phone, and gives this grade with words
    as what is written, or says under 我要找茬 what is not well done.
    code: "registered": the visitor holds up the personal code that this window made last; "issued": the e-licence that
    it showed last. region: what stage, words
    and result say is decided by the other region's platform, of the cases that were handed over to it. parcel:
    a word of app.domain.express.ParcelState: the post has brought every parcel so far. photographed: another window
    has photographed this person for all windows.
    """

    at: str
    person: str = ""
    licence: str = ""
    page: str = ""
    passport: str = ""
    stage: str = ""
    item: str = ""
    words: str = ""
    result: str = ""
    callback: str = ""
    ungrant: str = ""
    code: str = ""
    phone: int = 0
    fault: str = ""
    region: bool = False
    parcel: str = ""
    photographed: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A lesson. person, licence, page: names in the demo world, what the visitor brings. gateway: "up" or "down".

    citizen: the citizen's screen stands beside the window. every: one of every kind of device, when it is played too;
    passport: a passport reader alone, with this person's on it; portrait: a camera that sees the person;
    key: the clerk's own hardware key is plugged in.
    hours: "extended": it is played beyond the desk's working hours, 延时服务; "": nothing is said of hours.
    minutes: what a practised clerk needs; 0 when time does not count. goal: what must be true at the end, by
    conditions; ends: and beyond the screen (app.demo.ends). happenings: what others do. not_done: of a row
    (app.demo.rows), what of the reform this program does not do, or not here.
    """

    name: str
    title: str
    purpose: str
    person: str
    licence: str
    page: str
    gateway: str
    steps: tuple[Step, ...]
    minutes: float = 0.0
    faults: tuple[Fault, ...] = ()
    goal: tuple[str, ...] = ()
    happenings: tuple[Happening, ...] = ()
    ends: Mapping[str, Any] = field(default_factory=dict)
    not_done: tuple[str, ...] = ()
    offline: Outage | None = None
    """Of a row: where the line may be down without anything ending otherwise (`without_line` plays it so)."""
    never_offline: str = ""
    """Of a row that cannot be played so, or is offline already: why."""
    title_en: str = ""
    purpose_en: str = ""
    citizen: bool = False
    every: bool = False
    passport: str = ""
    portrait: bool = False
    key: bool = False
    carrier: bool = False
    """A carrier takes parcels."""
    payment: bool = False
    """Cards and payers' codes are taken at the window."""
    finger: bool = False
    """A fingerprint reader stands there, for who cannot write."""
    face: bool = False
    """Who collects at the self-service screen is compared with the card's photograph first."""
    region: str = ""
    """"up" or "down": another region's platform is joined to ours; "": none is."""
    hours: str = ""

    @property
    def drill(self) -> bool:
        """Does something go wrong on purpose?"""
        return bool(self.faults) or self.gateway == DOWN


def without_line(scenario: Scenario) -> Scenario:
    """The same lesson with the line down where its `offline` says, by the name NAME-offline; what must be true at the
    end stays. ValueError: it says nothing of the kind.

    That the window knows the line to be down is looked at before it comes back. Where something was accepted meanwhile
    the clerk then sends it at once, rather than wait for the window's turn.
    """
    outage = scenario.offline
    if outage is None:
        raise ValueError(f"{scenario.name} is not played offline")
    ids = [step.id for step in scenario.steps]
    first, last = ids.index(outage.at), ids.index(outage.until) if outage.until else len(ids)
    cut = [*scenario.steps[first:last]]
    cut[-1] = replace(cut[-1], until=(*cut[-1].until, "offline"), timeout=max(cut[-1].timeout, 60.0))
    back = [_sent_at_once()] if outage.until and any("accepted" in step.until for step in cut) else []
    end = back[0].id if back else outage.until
    return replace(
        scenario,
        name=f"{scenario.name}-offline",
        steps=(*scenario.steps[:first], *cut, *back, *scenario.steps[last:]),
        faults=(*scenario.faults, Fault(GATEWAY, DOWN, outage.at, end)),
        offline=None,
    )


def _sent_at_once() -> Step:
    upload = [("key", "F9"), ("wait", "waiting"), ("click", "outbox_upload"), ("wait", "online"), ("key", "Esc")]
    actions = tuple(Action(verb, argument) for verb, argument in upload)
    return Step("line-back", "网络恢复", "按 F9，点“立即上传”。", actions, ("online",), 60.0)


def shipped_folder() -> Path:
    """Where the lessons of the program itself lie."""
    return resources.path("scenarios")


def load_scenario(name: str, own: Path | None = None) -> Scenario:
    """Read one lesson by name; BadInput when there is none or it is malformed.

    own: the trainer's folder, looked at first, so that a trainer can put a better one in a shipped one's place.
    """
    for folder in (own, shipped_folder()):
        path = folder / f"{name}.yaml" if folder else None
        if path is not None and name.replace("-", "").isalnum() and path.is_file():
            return read_scenario(path)
    known = sorted({p.stem for folder in (own, shipped_folder()) if folder for p in folder.glob("*.yaml")})
    raise BadInput("没有这个演练", name, f"可用：{'、'.join(known)}")


def read_scenario(path: Path) -> Scenario:
    """Read a lesson's file. BadInput when it is malformed or unreadable."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise BadInput("演练文件有误", f"{path.name}：{exc}", "请用 UTF-8 编码保存。") from exc
    return parse_scenario(text, path.name)


def list_scenarios() -> list[Scenario]:
    """All shipped lessons, by name."""
    return [load_scenario(path.stem) for path in sorted(shipped_folder().glob("*.yaml"))]


def parse_scenario(text: str, where: str) -> Scenario:
    """Read a lesson's YAML; where names it in messages. `app.demo.lesson_lint` tells mistakes line by line."""
    try:
        raw = yaml.load(text, _LOADER)  # noqa: S506 - a safe loader
        world = raw["world"]
        steps = tuple(_step(entry) for entry in raw["steps"])
        if len({step.id for step in steps}) != len(steps):
            raise ValueError("两个步骤同名")
        faults = tuple(_fault(entry) for entry in raw.get("faults", []))
        happenings = tuple(Happening(**entry) for entry in raw.get("happenings", []))
        line = raw.get("offline")
        outage = Outage(**line) if isinstance(line, dict) else None
        spans = [(fault.at, fault.until) for fault in faults] + ([(outage.at, outage.until)] if outage else [])
        called = [name for span in spans for name in span if name]
        for name in (*called, *(happening.at for happening in happenings)):
            if name not in {step.id for step in steps}:
                raise ValueError(f"步骤“{name}”不存在")
        return Scenario(
            name=raw["name"],
            title=raw["title"],
            purpose=raw.get("purpose", ""),
            person=world["person"],
            licence=world["licence"],
            page=world["page"],
            gateway=world.get("gateway", "up"),
            steps=steps,
            citizen=bool(world.get("citizen", False)),
            every=world.get("devices") == "every",
            passport=world.get("passport", ""),
            portrait=bool(world.get("portrait", False)),
            key=bool(world.get("key", False)),
            region=world.get("region", ""),
            carrier=bool(world.get("carrier", False)),
            payment=bool(world.get("payment", False)),
            finger=bool(world.get("finger", False)),
            face=bool(world.get("face", False)),
            hours=world.get("hours", ""),
            minutes=float(raw.get("minutes", 0.0)),
            faults=faults,
            goal=_words(raw.get("goal", [])),
            happenings=happenings,
            ends=raw.get("ends", {}),
            not_done=_words(raw.get("not_done", [])),
            offline=outage,
            never_offline=line if isinstance(line, str) else "",
            title_en=raw.get("title_en", ""),
            purpose_en=raw.get("purpose_en", ""),
        )
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as exc:
        raise BadInput(
            "演练文件有误", f"{where}：{exc}", "用 yichuang scenarios --lint 查看是哪一行，或对照自带的课程改正。"
        ) from exc


def _step(raw: dict[str, Any]) -> Step:
    actions = []
    for entry in raw.get("do", []):
        ((verb, argument),) = entry.items()
        if verb not in VERBS:
            raise ValueError(f"不认识的动作 {verb}")
        actions.append(Action(verb, argument))
    return Step(
        id=raw["id"],
        title=raw["title"],
        hint=raw.get("hint", ""),
        actions=tuple(actions),
        until=_words(raw.get("until", [])),
        timeout=float(raw.get("timeout", 20.0)),
        at=raw.get("at", ""),
    )


def _fault(raw: Mapping[str, str]) -> Fault:
    """{device: SLOT, fault: KIND}, or short {SLOT: KIND} and {gateway: down}; both with at and until."""
    rest = {key: value for key, value in raw.items() if key not in ("at", "until")}
    if set(rest) == {"device", "fault"}:
        what, kind = rest["device"], rest["fault"]
    else:
        ((what, kind),) = rest.items()
    return Fault(what, kind, raw.get("at", ""), raw.get("until", ""))


def _words(raw: str | Iterable[str]) -> tuple[str, ...]:
    return (raw,) if isinstance(raw, str) else tuple(raw)
