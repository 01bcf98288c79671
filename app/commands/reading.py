"""Commands that read codes, licences, cards and devices."""

from __future__ import annotations

import argparse
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands import NO, TROUBLE, YES, complain, file_named, say
from app.commands.ofd import moment, open_ofd, reading_line
from app.domain.clock import isoformat
from app.domain.errors import BadInput, YichuangError
from app.domain.fact import Verdict
from app.settings import DEVICE_SLOTS

if TYPE_CHECKING:
    from devices.base import Device

PROBE_LIMIT = 45.0
"""Seconds after which `devices --probe` gives a driver up."""


def _milliseconds(since: float) -> float:
    return round((time.perf_counter() - since) * 1000, 1)


def _codes_of(path: Path) -> list[Any]:
    from app.licences.decode import decode_still
    from app.materials.page import load_picture

    try:
        data = path.read_bytes()
    except OSError as exc:
        raise BadInput("读不了文件", f"{path}：{exc.strerror}", "检查文件名和权限。") from exc
    return list(decode_still(load_picture(data)))


def scan(args: argparse.Namespace) -> int:
    """Every code on each picture; exit 1 when one of them has none."""
    result = YES
    for name in args.image:
        start = time.perf_counter()
        try:
            codes = _codes_of(Path(name))
        except YichuangError as exc:
            complain(exc.title, exc.what, exc.todo)
            result = TROUBLE
            continue
        found = [{"format": c.format, "text": c.text, "points": [list(p) for p in c.points]} for c in codes]
        say({"file": name, "codes": found, "ms": _milliseconds(start)})
        if not found and result == YES:
            result = NO
    return result


def licence(args: argparse.Namespace) -> int:
    """What a licence's code says and how far it can be trusted; exit 0 only when the verdict is a good one."""
    from app.licences.verify import read_licence
    from app.profiles import trust_list

    at = moment(args.at)
    trust = trust_list(args.trust, args.profile)
    texts = [args.source]
    picture = file_named(args.source)
    if picture and picture.suffix.lower() == ".ofd":
        found = open_ofd(picture, trust, at, args.profile, picture=False)
        say(reading_line(found))
        return YES if found.reading.verdict in (Verdict.SIGNATURE_VALID, Verdict.VERIFIED_ONLINE) else NO
    if picture:
        texts = [code.text for code in _codes_of(picture)]
        if not texts:
            complain("没有找到二维码", args.source, "换一张更清楚的图片。")
            return NO
    result = NO
    for text in texts:
        reading = read_licence(text, trust, at)
        say(
            {
                "kind": str(reading.kind),
                "verdict": str(reading.verdict),
                "reason": reading.reason,
                "issuer": reading.issuer,
                "holder": reading.holder,
                "licence": reading.licence,
                "claims": reading.claims,
                "expires": isoformat(reading.expires) if reading.expires else None,
            }
        )
        if reading.verdict in (Verdict.SIGNATURE_VALID, Verdict.VERIFIED_ONLINE):
            result = YES
    return result


def codes_lint(args: argparse.Namespace) -> int:
    """Findings in a site's rules for codes, one a line (default: the profile's kinds.yaml); exit 1 when any."""
    from app.licences.kinds_file import SITE_FILE, lint_rules
    from app.profiles import folder_of

    path = Path(args.file) if args.file else folder_of(args.profile) / SITE_FILE
    if not path.is_file():
        raise BadInput("没有这个文件", str(path), "本地没有自己的规则时，按随程序提供的规则识别。")
    findings = lint_rules(path)
    for finding in findings:
        say({"file": finding.file, "line": finding.line, "what": finding.what})
    return NO if findings else YES


def codes_show(args: argparse.Namespace) -> int:
    """What a text would be taken for at this window; exit 1 when no rule knows it."""
    from app.licences.kinds_file import SITE_FILE, CodeRules
    from app.licences.shown import oddities, shown
    from app.profiles import folder_of

    rules = CodeRules(folder_of(args.profile) / SITE_FILE)
    if rules.trouble is not None:
        complain(rules.trouble.title, rules.trouble.what, rules.trouble.todo)
    found = rules.look_at(args.text, args.format)
    rule = found.rule
    say(
        {
            "kind": str(found.kind),
            "rule": rule.id if rule else None,
            "number": found.number or None,
            "says": rule.says if rule else "",
            "todo": rule.todo if rule else "",
            "shown": shown(found.text),
            "oddities": list(oddities(found.text)),
        }
    )
    return YES if rule is not None else NO


def idcard(args: argparse.Namespace) -> int:
    """Read one card from the reader at a URI."""
    from devices.absent import AbsentDevice
    from devices.kinds.identity import IdReader
    from devices.outcome import Outcome
    from devices.registry import open_device

    start = time.perf_counter()
    device = open_device(args.device)
    if not isinstance(device, IdReader | AbsentDevice):
        raise BadInput(
            "不是读卡器",
            f"{args.device} 是 {device.kind}。",
            "用 sdt:///dev/…（串口）或 sdt+usb:（USB）指定身份证读卡器。",
        )
    try:
        opened = device.open()
        if opened.ok:
            reply = device.read_card(args.timeout)
            outcome, detail = reply.outcome, reply.detail
            card = reply.unwrap().card.as_json() if reply.ok else None
        else:
            outcome, detail, card = opened.outcome, opened.detail, None
    finally:
        device.close()
    say({"outcome": str(outcome), "card": card, "ms": _milliseconds(start)})
    if outcome is Outcome.OK:
        return YES
    complain("没有读到证件", detail)
    return TROUBLE if outcome in (Outcome.DISCONNECTED, Outcome.FAULT) else NO


def devices(args: argparse.Namespace) -> int:
    """The devices in the settings, place by place, or those named; with --probe, whether each is there and well.

    Exit 1 when one of them is not. They are asked all at once: one that hangs costs its own line only. With --discover
    instead what is there and could be named in the settings.
    """
    from app.profiles import load_settings

    if args.discover:
        return _discover()

    uris = [(uri, "") for uri in args.uri]
    if not uris:
        places = load_settings(args.profile).devices
        uris = [(places[slot], slot) for slot in DEVICE_SLOTS if slot in places]
    found = [_Asked(uri, slot, args.probe) for uri, slot in uris]
    for asked in found:
        asked.wait()
        say(asked.told)
    return NO if args.probe and any(asked.told["outcome"] != "OK" for asked in found) else YES


def _discover() -> int:
    """Every kind at once: some are waited for."""
    from concurrent.futures import ThreadPoolExecutor
    from functools import partial

    from devices.base import DeviceKind
    from devices.discovery import discover

    with ThreadPoolExecutor(len(DeviceKind)) as pool:
        for kind, found in zip(DeviceKind, pool.map(partial(discover, real=True), DeviceKind), strict=True):
            for one in found:
                say({"kind": str(kind), "uri": one.uri, "name": one.name, "detail": one.detail})
    return YES


class _Asked:
    """One device, asked in a thread of its own."""

    def __init__(self, uri: str, slot: str, probe: bool) -> None:
        from urllib.parse import urlsplit

        from devices.registry import drivers, open_device
        from devices.slots import SLOTS

        driver = dict(drivers()).get(urlsplit(uri).scheme, "")
        kind = SLOTS[slot].kind if slot else None
        self._until = time.monotonic() + PROBE_LIMIT
        self.told = {"place": slot, "uri": uri, "kind": str(kind or ""), "driver": driver, "outcome": "UNKNOWN"}
        self._thread: threading.Thread | None = None
        try:
            device = open_device(uri, kind)
        except BadInput as error:
            if not slot:
                raise  # named on the command line: a mistake of the one who typed it
            self.told |= {"outcome": "FAULT", "detail": f"{error.what}{error.todo}"}
            return
        self.told |= {"kind": str(device.kind), "detail": "未检测"}
        if probe:
            self.told |= {"outcome": "TIMEOUT", "detail": "设备的驱动没有响应"}
            self._thread = threading.Thread(target=self._ask, args=(device,), daemon=True)
            self._thread.start()

    def wait(self) -> None:
        if self._thread is not None:
            self._thread.join(max(self._until - time.monotonic(), 0))

    def _ask(self, device: Device) -> None:
        try:
            reply = device.open()
            if reply.ok:
                reply = device.probe()
            said = {"outcome": str(reply.outcome), "detail": reply.detail or str(reply.value or "")}
        except Exception as error:
            said = {"outcome": "FAULT", "detail": f"驱动程序出错（{type(error).__name__}）"}
        try:
            device.close()
        finally:
            self.told = {**self.told, **said}
