"""`yichuang chip`: the chip of a passport or permit, read and judged. `yichuang trust csca`: whose passports count."""

from __future__ import annotations

import argparse
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands import NO, TROUBLE, YES, complain, say
from app.domain.clock import SystemClock, isoformat
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from app.identity.chip.checked import CheckedChip
    from app.identity.chip.keeper import IssuerKeeper
    from app.identity.chip.password import Password
    from devices.kinds.identity import PassportReader


def chip(args: argparse.Namespace) -> int:
    """Read the chip on the reader at a URI. Exit 0 when it is genuine, 1 when not or unknown, 2 without a chip."""
    from app.services.check_chip import CheckChip
    from app.services.duty import Duty
    from devices.absent import AbsentDevice
    from devices.kinds.identity import ChipReader, PassportReader
    from devices.outcome import Outcome
    from devices.registry import open_device

    start = time.perf_counter()
    given = _given(args)
    device = open_device(args.device)
    if isinstance(device, AbsentDevice) or not isinstance(device, ChipReader):
        raise BadInput(
            "不是能读芯片的设备", f"{args.device} 是 {device.kind}。", "用 pcsc-passport:读卡器名称 指定非接触读卡器。"
        )
    service = CheckChip(SystemClock(), Duty(None), _keeper(args))
    checked: CheckedChip | None = None
    try:
        opened = device.open()
        outcome, detail = opened.outcome, opened.detail
        if opened.ok:
            zone: tuple[str, ...] = ()
            if given is None:
                if not isinstance(device, PassportReader) or not device.has_zone:
                    raise BadInput("缺少打开芯片的号码", "此设备不读机读区", "用 --zone、--can 或 --number 等给出。")
                zone, given, outcome, detail = _zone(device, args.timeout)
            if given is not None:
                password, printed = given
                reply = service.read(
                    device, password, zone or printed, threading.Event(), lambda step, percent: None, args.timeout
                )
                outcome, detail = reply.outcome, reply.detail
                checked = reply.value if reply.ok else None
    finally:
        device.close()
    say({"outcome": str(outcome), **_told(checked), "ms": round((time.perf_counter() - start) * 1000, 1)})
    if checked is None:
        complain("没有读到芯片", detail)
        return NO if outcome in (Outcome.NOT_PRESENT, Outcome.UNREADABLE) else TROUBLE
    if args.portrait and checked.reading.portrait is not None:
        try:
            Path(args.portrait).write_bytes(checked.reading.portrait.data)
        except OSError as error:
            raise BadInput("写不了文件", f"{args.portrait}：{error.strerror}", "检查目录和权限。") from error
    return YES if checked.reading.verdict.trusted else NO


_Given = tuple["Password", tuple[str, ...]]


def _given(args: argparse.Namespace) -> _Given | None:
    """What the arguments open a chip with."""
    from app.identity.chip.password import from_can, from_fields, from_zone
    from app.identity.mrz.parse import clean

    if args.can:
        return from_can(args.can), ()
    if args.zone:
        lines = clean(args.zone)
        return from_zone(lines), lines
    if args.number:
        return from_fields(args.number, args.birth or "", args.expiry or ""), ()
    return None


def _zone(device: PassportReader, seconds: float) -> tuple[tuple[str, ...], _Given | None, Any, str]:
    from app.identity.chip.password import from_zone

    reply = device.read_zone(seconds)
    if not reply.ok:
        return (), None, reply.outcome, reply.detail
    lines = reply.unwrap().lines
    return lines, (from_zone(lines), lines), reply.outcome, ""


def _keeper(args: argparse.Namespace) -> IssuerKeeper:
    from app.demo.passports import demo_issuers
    from app.identity.chip.csca import CscaList
    from app.identity.chip.keeper import IssuerKeeper
    from app.identity.chip.master import read_offer
    from app.profiles import folder_of

    clock, base = SystemClock(), None
    if args.device.startswith("emulated:"):
        base = demo_issuers
    keeper = IssuerKeeper(folder_of(args.profile), clock, base=base)
    if not args.csca:
        return keeper
    known: CscaList = keeper.current
    for name in args.csca:
        known = known.with_roots(read_offer(_read(name), Path(name).name, known, clock.now()).roots)
    return IssuerKeeper(folder_of(args.profile), clock, base=lambda: known)


def _told(checked: CheckedChip | None) -> dict[str, Any]:
    if checked is None:
        return {"judgement": None, "checks": []}
    reading = checked.reading
    return {
        "judgement": reading.verdict.judgement.value,
        "reason": reading.verdict.reason.value,
        "checks": [
            {"check": line.check, "result": line.result, "reason": line.reason, "detail": line.detail}
            for line in reading.verdict.lines
        ],
        "opened_by": reading.opened_by,
        "groups": list(reading.groups),
        "zone": list(reading.zone or ()),
        "name": reading.more.full_name if reading.more else "",
        "portrait": {"kind": reading.portrait.kind, "bytes": len(reading.portrait.data)} if reading.portrait else None,
        "signer": reading.signer,
        "list": reading.trust_source,
    }


def csca(args: argparse.Namespace) -> int:
    """Without a file: the list in force, one state a line. With files: take them in; the window must not be open."""
    if not args.file:
        return _show(args)
    from app.bootstrap import open_workstation
    from app.commands.unlocking import Terminal

    contents = [(Path(name).name, _read(name)) for name in args.file]
    with open_workstation(args.profile, Terminal().open) as station:
        for name, data in contents:
            taken = station.services.chip.issuers.take(data, name, args.accept)
            offer = taken.offer
            say(
                {
                    "file": name,
                    "added": taken.added,
                    "certificates": taken.total,
                    "vouched_by": list(offer.vouchers),
                    "made": isoformat(offer.made) if offer.made else None,
                    "revoked": sum(map(len, offer.revoked.values())),
                    "fingerprint": offer.fingerprint,
                }
            )
            for refused in offer.refused:
                complain("没有收入", refused)
    return YES


def _show(args: argparse.Namespace) -> int:
    from app.identity.chip.keeper import IssuerKeeper
    from app.profiles import folder_of

    keeper = IssuerKeeper(folder_of(args.profile), SystemClock())
    found = keeper.current
    if keeper.problem:
        complain("签发国证书名单没有启用", keeper.problem)
    for root in sorted(found.roots, key=lambda one: (one.certificate.country, one.certificate.not_after)):
        say(
            {
                "country": root.certificate.country,
                "name": root.certificate.name,
                "until": isoformat(root.certificate.not_after),
                "sha256": root.certificate.fingerprint,
                "source": root.source,
                "taken": isoformat(root.taken),
                "vouched_by": root.voucher,
            }
        )
    return YES if found.roots and not keeper.problem else NO


def _read(name: str) -> bytes:
    from app.identity.chip.master import MAX_FILE

    try:
        with open(name, "rb") as file:
            return file.read(MAX_FILE + 1)
    except OSError as error:
        raise BadInput("读不了文件", f"{name}：{error.strerror}", "检查文件名和权限。") from error
