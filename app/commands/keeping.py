"""Commands that look after the store, the gateway and the machine."""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

from app.commands import NO, TROUBLE, YES, complain, say
from app.domain.errors import BadInput, EnvironmentProblem

_BY_COMMAND = "命令行"


def sync(args: argparse.Namespace) -> int:
    """Drain the outbox and pull the feeds; without --once until nothing waits. Exit 1 while anything is left.

    --export, --import: by a packet on a stick instead.
    """
    from app.bootstrap import open_workstation
    from app.commands.unlocking import Terminal

    with open_workstation(args.profile, Terminal().open) as station:
        if args.export:
            made = station.services.courier.export(Path(args.export), _BY_COMMAND)
            say({"packet": made.packet_id, "records": made.records, "files": made.files, "bytes": made.bytes,
                 "later": made.later, "unreadable": made.unreadable})  # fmt: skip
            return NO if made.later or made.unreadable else YES
        if args.import_answer:
            got = station.services.courier.take_answer(Path(args.import_answer), _BY_COMMAND)
            say({"arrived": got.arrived, "refused": got.refused, "known": got.known, "waiting": got.waiting})
            return NO if got.refused or got.waiting or got.taken_back else YES
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
            if args.once or report.waiting <= report.held:
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
    from app.commands.unlocking import Terminal

    with open_workstation(args.profile, Terminal().open) as station:
        checks = station.store.verify_audit()
    for check in checks:
        say({"seq": check.seq, "ok": check.ok, "reason": check.reason})
    return YES if all(check.ok for check in checks) else NO


def store_purge(args: argparse.Namespace) -> int:
    """Clear what has been kept its days; with --dry-run, say how much is due now."""
    from dataclasses import asdict

    from app.bootstrap import open_workstation

    with open_workstation(args.profile) as station:
        retention = station.services.retention
        done = retention.plan() if args.dry_run else retention.run()
        say({**asdict(done), "days": asdict(retention.rules()), "dry_run": args.dry_run})
    return YES


def store_lost(args: argparse.Namespace) -> int:
    """Cases that a restored platform lacks and that this machine cannot send again, one a line; exit 1 when any."""
    from app.bootstrap import open_workstation
    from app.domain.case import AuditEvent

    with open_workstation(args.profile) as station:
        lost = station.store.lost_cases()
        if args.settle:
            case_id = next((line.case_id for line in lost if line.provisional_no == args.settle), None)
            if case_id is None:
                raise BadInput("没有这个待处理办件", args.settle, "运行 yichuang store lost 查看清单。")
            station.store.settle_loss(
                case_id, AuditEvent(station.clock.now(), "命令行", "retention.settled", args.settle, {})
            )
            return YES
    for line in lost:
        say({"number": line.provisional_no, "case_no": line.case_no, "item": line.item_name})
    return NO if lost else YES


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
    """Serve the reference gateway until interrupted; or do the one thing asked for to its database, and end. What came
    on a stick: exit 1 when something of it was not taken."""
    from app.bootstrap_gateway import (
        begin_new_epoch,
        enrol,
        import_packet,
        mark_backup,
        move_tables,
        order_wipe,
        packet_key,
        paper_root,
        publish_clerk_ca,
        publish_documents,
        publish_issues,
        publish_update,
        revoke_papers,
        serve_gateway,
        update_keys,
    )
    from app.gateway.durability import SecondPlace
    from app.gateway.server import Serving

    db = args.db or os.environ.get("YICHUANG_GATEWAY_DB") or "sqlite:///gateway.db"
    files = Path(args.files)
    if args.wipe:
        orders = order_wipe(db, files, args.wipe, stolen=args.stolen, cancel=args.cancel)
        say({"device": args.wipe, "orders": orders})
        return YES
    if args.enrol:
        token, trust_keys = enrol(db, files, args.enrol)
        key = packet_key(db, files)
        roots = [paper_root(db, files)]
        said = {
            "token": token,
            "trust_keys": list(trust_keys),
            "packet_key": key,
            "paper_roots": roots,
            "update_keys": list(update_keys(db, files)),
        }
        say({"device": args.enrol, **said})
        return YES
    if args.clerk_ca:
        crl = Path(args.clerk_crl) if args.clerk_crl else None
        say(publish_clerk_ca(db, files, Path(args.clerk_ca), crl, required=args.signed_calls))
        return YES
    if args.issuing:
        for authority in publish_issues(db, files, Path(args.issuing)):
            say(authority)
        return YES
    if args.documents:
        version, count = publish_documents(db, files, Path(args.documents), args.silence)
        say({"documents": count, "version": version, "silence_days": args.silence})
        return YES
    if args.publish_update:
        if not args.update_key:
            raise BadInput("参数不全", "--publish-update 需要 --update-key", "公钥由 yichuang trust key 打印。")
        packages = [Path(name) for name in args.package]
        found = publish_update(db, files, Path(args.publish_update), args.update_key, packages)
        say({"version": found.version, "serial": found.serial, "platforms": [p.platform for p in found.packages]})
        return YES
    if args.revoke_papers:
        say({"device": args.revoke_papers, "revoked": revoke_papers(db, files, args.revoke_papers)})
        return YES
    if args.mark_backup:
        newest = mark_backup(db, files, args.mark_backup, files_only=args.files_only)
        say({"backup": newest, "files_only": args.files_only})
        return YES
    if args.import_packet:
        answer = Path(args.answer) if args.answer else None
        taken = import_packet(db, files, Path(args.import_packet), answer)
        say(
            {
                "packet": taken.packet_id,
                "device": taken.device_id,
                "accepted": taken.accepted,
                "refused": taken.refused,
                "waiting": taken.waiting,
                "answer": str(taken.answer),
            }
        )
        return NO if taken.refused or taken.waiting else YES
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
        second_place=SecondPlace(files=args.files_kept_twice),
        certfile=Path(args.cert) if args.cert else None,
        keyfile=Path(args.key) if args.key else None,
        office=_office_password(Path(args.office)) if args.office else None,
    )  # fmt: skip
    return serve_gateway(serving, args.workers, Path(args.data) if args.data else None, trust)


def _office_password(file: Path) -> str:
    """The back office's password: the first line of a file that only its user can read."""
    from app.gateway.office import SHORTEST

    todo = f"写一行口令，至少 {SHORTEST} 个字符，并 chmod 600。"
    try:
        if file.stat().st_mode & 0o077:
            raise EnvironmentProblem("后台口令文件不安全", "别的用户也能读它", todo)
        password = file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentProblem("后台口令文件不能读", str(file.name), todo) from error
    if len(password) < SHORTEST:
        raise BadInput("后台口令太短", f"至少 {SHORTEST} 个字符", todo)
    return password
