"""Commands that look after the store, the gateway and the machine."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from app.commands import NO, TROUBLE, YES, complain, say
from app.domain.errors import BadInput


def sync(args: argparse.Namespace) -> int:
    """Drain the outbox and pull the feeds; without --once until nothing waits. Exit 1 while anything is left."""
    from app.bootstrap import open_workstation
    from app.commands.unlocking import Terminal

    with open_workstation(args.profile, Terminal().open) as station:
        while True:
            report = station.sync.run_once()
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
    if not report.online:
        complain("平台未连通", report.message, "检查网络后重试；待传内容不会丢失。")
        return TROUBLE
    return NO if report.waiting or report.refused else YES


def audit_verify(args: argparse.Namespace) -> int:
    """The audit trail's hash chain, entry by entry; exit 1 when one is broken."""
    from app.bootstrap import open_workstation
    from app.commands.unlocking import Terminal

    with open_workstation(args.profile, Terminal().open) as station:
        checks = station.store.verify_audit()
    for check in checks:
        say({"seq": check.seq, "ok": check.ok, "reason": check.reason})
    return YES if all(check.ok for check in checks) else NO


def clerks(args: argparse.Namespace) -> int:
    """The window's clerks, one a line; with --reset or --recover, a new PIN. Exit 1 when nobody is registered."""
    from app.bootstrap import open_workstation
    from app.commands.unlocking import Terminal

    ask = Terminal().recover(args.recover) if args.recover else Terminal().open
    with open_workstation(args.profile, ask) as station:
        if args.reset:
            # Where the store opened without a PIN, the computer's login stands for the manager's.
            by = "命令行" if station.duty.holder is None else ""
            say({"number": args.reset, "pin": station.services.clerks.reset_pin(args.reset, by=by)})
            return YES
        known = station.services.clerks.known()
    for clerk in known:
        say({"number": clerk.number, "name": clerk.name, "manager": clerk.manager})
    return YES if known else NO


def gateway(args: argparse.Namespace) -> int:
    """Serve the reference gateway until interrupted; or do the one thing asked for to its database, and end."""
    from app.bootstrap_gateway import begin_new_epoch, enrol, move_tables, serve_gateway
    from app.gateway.server import Serving

    db = args.db or os.environ.get("YICHUANG_GATEWAY_DB") or "sqlite:///gateway.db"
    files = Path(args.files)
    if args.enrol:
        token, trust_keys = enrol(db, files, args.enrol)
        say({"device": args.enrol, "token": token, "trust_keys": list(trust_keys)})
        return YES
    if args.migrate_to:
        say({"revision": move_tables(db, args.migrate_to)})
        return YES
    if args.new_epoch:
        say({"epoch": begin_new_epoch(db, files)})
        return YES
    if bool(args.trust) != bool(args.trust_key):
        raise BadInput("参数不全", "--trust 和 --trust-key 须同时给出", "公钥由 yichuang trust key 打印。")
    if bool(args.cert) != bool(args.key):
        raise BadInput("参数不全", "--cert 和 --key 须同时给出", "两者都是 PEM 文件。")
    trust = (Path(args.trust), args.trust_key) if args.trust else None
    serving = Serving(
        db, files, args.host, args.port,
        connections=args.connections,
        certfile=Path(args.cert) if args.cert else None,
        keyfile=Path(args.key) if args.key else None,
    )  # fmt: skip
    return serve_gateway(serving, args.workers, Path(args.data) if args.data else None, trust)


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
