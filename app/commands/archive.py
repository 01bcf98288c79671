"""Commands on the archive packages of cases."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands import NO, YES, complain, say
from app.domain.errors import BadInput, EnvironmentProblem

_BY_COMMAND = "命令行"
_LONGEST = 4096


def export(args: argparse.Namespace) -> int:
    """Write a case's package; exit 1 when this machine no longer had all of it."""
    from app.bootstrap import open_workstation
    from app.commands.unlocking import Terminal

    with open_workstation(args.profile, Terminal().open) as station:
        service = station.services.archive
        case_id = service.case_id(args.case)
        # Where the store opened without a PIN, the computer's login stands for the manager's.
        by = _BY_COMMAND if station.duty.holder is None else ""
        password = _password(args.password_file, twice=True) if args.seal else None
        target = Path(args.out)
        if target.is_dir():
            target /= service.file_name(args.case, sealed=args.seal)
        made = service.export(case_id, target, args.purpose, password, by=by)
    absent = [{"title": one.title, "reason": one.reason} for one in made.absent]
    say({"package": str(made.path), "files": made.files, "bytes": made.bytes, "sealed": made.sealed, "absent": absent})
    return NO if absent else YES


def verify(args: argparse.Namespace) -> int:
    """Is this package ours and unaltered? Exit 0 only when both."""
    from app.archive.check import check_package
    from app.archive.container import is_sealed
    from app.archive.words import check_words
    from app.profiles import paper_trust

    path = Path(args.package)
    password = _password(args.password_file) if is_sealed(path) else None
    check = check_package(path, paper_trust(args.keys, args.profile).unrevoked, password)
    about = check.manifest.about if check.manifest else None
    say(
        {
            "ours": check.ours,
            "unaltered": check.unaltered,
            "number": about.number if about else None,
            "made_at": about.made_at if about else None,
            "files": len(check.manifest.entries) if check.manifest else None,
            "missing": list(check.missing),
            "extra": list(check.extra),
            "altered": list(check.altered),
            "words": check_words(check),
        }
    )
    if check.unaltered:
        return YES
    complain(check_words(check))
    return NO


def signature(args: argparse.Namespace) -> int:
    """Does a case's signature, or finger, stand under what the case says now? Exit 0 only when it does."""
    from app.bootstrap import open_workstation
    from app.commands.unlocking import Terminal
    from app.domain.clock import isoformat
    from app.services.check_signature import SignatureState

    with open_workstation(args.profile, Terminal().open) as station:
        found = station.services.signatures.by_number(args.case)
    say(
        {
            "number": args.case,
            "state": found.state.value,
            "signed_at": isoformat(found.at) if found.at else None,
            "changed": list(found.changed),
            "by": "fingerprint" if found.finger else "signature",
            "quality": found.quality if found.finger else None,
            "points": found.points if not found.finger else None,
        }
    )
    return YES if found.state is SignatureState.HOLDS else NO


def unsealed(args: argparse.Namespace) -> int:
    """A sealed package as a plain ZIP."""
    from app.archive.unseal import unseal

    files = unseal(Path(args.package), _password(args.password_file), Path(args.out))
    say({"package": args.out, "files": files})
    return YES


def _password(file: str | None, *, twice: bool = False) -> str:
    """From the file's first line, else typed."""
    from app.commands.unlocking import Terminal

    if file:
        try:
            with Path(file).open("rb") as stream:
                return stream.read(_LONGEST).decode().splitlines()[0]
        except (OSError, UnicodeDecodeError, IndexError) as error:
            raise BadInput("口令文件读不了", f"{type(error).__name__}", "文件里只写口令一行。") from error
    terminal = Terminal()
    if not terminal.there():
        raise EnvironmentProblem(
            "要先输入口令", "归档包用口令加密，而这里没有终端可以输入。", "用 --password-file 指定口令文件。"
        )
    password = terminal.hidden("归档包口令：")
    if twice and terminal.hidden("再输一次：") != password:
        raise BadInput("两次输入的口令不同", "归档包没有导出。", "请重新输入。")
    return password
