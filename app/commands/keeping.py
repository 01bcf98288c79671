"""Commands that look after the store, the gateway and the machine."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from app.commands import NO, TROUBLE, YES, complain, say
from app.domain.errors import BadInput


def sync(args: argparse.Namespace) -> int:
    """Drain the outbox and pull the feeds; without --once until nothing waits. Exit 1 while anything is left."""
    from app.bootstrap import open_workstation

    with open_workstation(args.profile) as station:
        while True:
            report = station.sync.run_once()
            if station.wipe is not None and station.wipe.order is not None and report.settled:
                station.wipe.begin()  # nobody works at a screen here
            if station.wipe is not None and station.wipe.begun:
                break
            say(
                {
                    "pushed": report.pushed,
                    "pulled": report.pulled,
                    "waiting": report.waiting,
                    "refused": report.refused,
                }
            )
            if args.once or not report.waiting:
                break
            time.sleep(station.sync.next_wait())
    if station.wipe is not None and (wiped := station.wipe.finish()) is not None:
        say({"wiped": wiped.kind, "whole": wiped.whole, "told": wiped.told})
        return YES
    if not report.online:
        complain("平台未连通", report.message, "检查网络后重试；待传内容不会丢失。")
        return TROUBLE
    return NO if report.waiting or report.refused else YES


def audit_verify(args: argparse.Namespace) -> int:
    """The audit trail's hash chain, entry by entry; exit 1 when one is broken."""
    from app.bootstrap import open_workstation

    with open_workstation(args.profile) as station:
        checks = station.store.verify_audit()
    for check in checks:
        say({"seq": check.seq, "ok": check.ok, "reason": check.reason})
    return YES if all(check.ok for check in checks) else NO


def clerks(args: argparse.Namespace) -> int:
    """The window's clerks, one a line; with --reset, a PIN for once. Exit 1 when nobody is registered."""
    from app.bootstrap import open_workstation

    with open_workstation(args.profile) as station:
        if args.reset:
            # Who can run this has the computer's login, and with it the store's key.
            say({"number": args.reset, "pin": station.services.clerks.reset_pin(args.reset, by="命令行")})
            return YES
        known = station.services.clerks.known()
    for clerk in known:
        say({"number": clerk.number, "name": clerk.name, "manager": clerk.manager})
    return YES if known else NO


def gateway(args: argparse.Namespace) -> int:
    """Serve the reference gateway until interrupted; with --enrol, give a device its token instead; with --wipe, order
    a device wiped."""
    from app.bootstrap_gateway import enrol, order_wipe, serve_gateway

    if args.wipe:
        orders = order_wipe(args.db, Path(args.files), args.wipe, stolen=args.stolen, cancel=args.cancel)
        say({"device": args.wipe, "orders": orders})
        return YES
    if args.enrol:
        token, trust_keys = enrol(args.db, Path(args.files), args.enrol)
        say({"device": args.enrol, "token": token, "trust_keys": list(trust_keys)})
        return YES
    if bool(args.trust) != bool(args.trust_key):
        raise BadInput("参数不全", "--trust 和 --trust-key 须同时给出", "公钥由 yichuang trust key 打印。")
    trust = (Path(args.trust), args.trust_key) if args.trust else None
    return serve_gateway(args.db, args.port, Path(args.files), Path(args.data) if args.data else None, trust)


def doctor(args: argparse.Namespace) -> int:
    """Every prerequisite: is it there, and how to get it. Exit 1 when one that is needed lacks."""
    from app.doctor import checks
    from app.profiles import write_example_settings

    if args.write_settings:
        print(write_example_settings(args.profile), file=sys.stderr)
        return YES
    results = checks()
    for check in results:
        say({"name": check.name, "ok": check.ok, "detail": check.detail, "todo": check.todo})
    return YES if all(check.ok is not False for check in results) else NO
