"""`yichuang region …`: joins a platform to other regions' platforms, so that cases are handed over 异地收件."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.commands import YES, say
from app.domain.errors import BadInput


def arguments(commands: Any, later: Callable[[str], Callable[[argparse.Namespace], int]]) -> None:
    """Add the commands to the program's (argparse's subparsers). later: finds a command by its name when it is run."""
    actions = commands.add_parser("region", help="other regions' platforms, to hand cases over to").add_subparsers(
        required=True, metavar="ACTION"
    )
    for name, function, about in (
        ("name", "name_own", "say which region this platform is; prints its receive seal's public key"),
        ("admit", "admit", "take hand-overs of another region's platform; prints the token by which it calls"),
        ("join", "join", "hand cases over to another region's platform"),
        ("show", "show", "this region, the others, and what waits to be handed over"),
    ):
        sub = actions.add_parser(name, help=about)
        sub.add_argument("--db", metavar="URL", help="the gateway's database, as for `yichuang gateway`")
        sub.add_argument("--files", metavar="DIR", default="gateway-files", help="the gateway's files")
        if name != "show":
            sub.add_argument("code", help="the region's division code, six digits (GB/T 2260)")
            sub.add_argument("name", help="the region's name, as papers show it")
        if name in ("admit", "join"):
            sub.add_argument("--key", required=True, help="the public key of that region's receive seal")
        if name == "join":
            sub.add_argument("--url", required=True, help="that platform's address")
            sub.add_argument("--token-file", required=True, metavar="FILE", help="the token that it gave us")
        sub.set_defaults(function=later(f"regions.{function}"))


def name_own(args: argparse.Namespace) -> int:
    """This platform's region."""
    gateway, region = _open(args)
    try:
        say({"region": args.code, "name": args.name, "key": gateway.regions.name_own(region)})
    finally:
        gateway.close()
    return YES


def admit(args: argparse.Namespace) -> int:
    """Take hand-overs. The token is shown once and stored only as a hash."""
    gateway, region = _open(args)
    try:
        say({"region": args.code, "token": gateway.regions.admit(region, args.key)})
    finally:
        gateway.close()
    return YES


def join(args: argparse.Namespace) -> int:
    """Hand over. The token comes in a file: other users of the machine see command lines."""
    try:
        token = Path(args.token_file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("令牌文件读不出", str(args.token_file), "检查文件名和权限。") from error
    gateway, region = _open(args)
    try:
        gateway.regions.add_partner(region, args.key, args.url, token)
    finally:
        gateway.close()
    say({"region": args.code, "url": args.url})
    return YES


def show(args: argparse.Namespace) -> int:
    """Each region on a line, this one first; then what waits."""
    gateway, _ = _open(args)
    try:
        if (own := gateway.regions.own()) is not None:
            say({"region": own.code, "name": own.name, "own": True})
        for one in gateway.regions.partners():
            say({"region": one.region.code, "name": one.region.name, "own": False, "url": one.url or None})
        for row in gateway.handovers.waiting():
            say({"case_no": row.case_no, "region": row.region, "state": row.state, "attempts": row.attempts,
                 "reason": row.reason})  # fmt: skip
    finally:
        gateway.close()
    return YES


def _open(args: argparse.Namespace) -> tuple[Any, Any]:
    """The gateway's data and the region named."""
    from app.domain.clock import SystemClock
    from app.domain.territory import Territory
    from app.gateway.core import open_gateway

    db = args.db or os.environ.get("YICHUANG_GATEWAY_DB") or "sqlite:///gateway.db"
    gateway = open_gateway(db, Path(args.files), SystemClock())
    return gateway, Territory(getattr(args, "code", ""), getattr(args, "name", ""))
