"""Commands about the trust list: what is in force, taking one in, and the publisher's side."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import NO, YES, complain, say
from app.domain.clock import SystemClock
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from app.licences.cose import SigningKey
    from app.licences.trust_keeper import TrustState


def show(args: argparse.Namespace) -> int:
    """The list in force; exit 1 when nothing may rest on it."""
    from app.profiles import folder_of, load_settings, trust_keeper

    state = trust_keeper(load_settings(args.profile), folder_of(args.profile), SystemClock()).state()
    _say(state)
    if state.problem:
        complain("已装入的名单没有启用", state.problem, "请重新导入信任名单。")
    if state.too_old:
        complain("信任名单已超出规定期限", f"{state.age} 天未更新", "请联网更新，或用 yichuang trust import 导入。")
    known = state.trust.keys or state.trust.seals.anchors
    return NO if state.too_old or not known else YES


def install(args: argparse.Namespace) -> int:
    """Take in a signed list; the window must not be open meanwhile. Exit 0 also when it is in force already."""
    from app.bootstrap import open_workstation
    from app.commands.unlocking import Terminal

    data = _read(args.file)
    with open_workstation(args.profile, Terminal().open) as station:
        station.services.trust.install(data)
        _say(station.services.trust.state())
    return YES


def key(args: argparse.Namespace) -> int:
    """The public half of a publisher's key, for settings.toml and the gateway."""
    from app.licences.cose import Algorithm, SigningKey
    from app.licences.snapshot import pin_of

    path = Path(args.key)
    if not path.exists():
        SigningKey.generate(Algorithm.EDDSA).save(path)
    say({"key": pin_of(publisher(path)).text})
    return YES


def pack(args: argparse.Namespace) -> int:
    """Sign a trust folder."""
    from app.licences.snapshot import make_snapshot, pin_of, read_snapshot

    signer = publisher(Path(args.key))
    data = make_snapshot(Path(args.folder), args.version, signer)
    trust = read_snapshot(data, (pin_of(signer),)).trust
    for skipped in trust.skipped:
        complain("没有收入", skipped)
    try:
        Path(args.out).write_bytes(data)
    except OSError as error:
        raise BadInput("写不了文件", f"{args.out}：{error.strerror}", "检查目录和权限。") from error
    say(
        {
            "file": args.out,
            "version": trust.version,
            "issuers": len(trust.keys),
            "seal_roots": len(trust.seals.anchors),
            "bytes": len(data),
        }
    )
    return YES


def _say(state: TrustState) -> None:
    trust = state.trust
    say(
        {
            "version": trust.version,
            "signed": state.signed,
            "date": trust.date.isoformat(),
            "valid_until": trust.valid_until.isoformat() if trust.valid_until else None,
            "age_days": state.age,
            "too_old": state.too_old,
            "issuers": sorted({key.name or key.kid.hex() for key in trust.keys}),
            "seal_roots": sorted({anchor.name for anchor in trust.seals.anchors}),
            "revoked": len(trust.revoked) + len(trust.revoked_hashes),
            "skipped": list(trust.skipped),
        }
    )


def publisher(path: Path) -> SigningKey:
    """A publisher's private key from its PEM. BadInput when it is no Ed25519 key."""
    from app.licences.cose import Algorithm, SigningKey

    try:
        found = SigningKey.load(path)
    except (OSError, ValueError, TypeError) as error:
        raise BadInput("私钥读不了", str(path), "须为未加密的 Ed25519 私钥（PEM）。") from error
    if found.alg is not Algorithm.EDDSA:
        raise BadInput("私钥类型不对", str(path), "须为 Ed25519 私钥。")
    return found


def _read(name: str) -> bytes:
    from app.licences.trust import MAX_FILE

    try:
        with open(name, "rb") as file:
            return file.read(MAX_FILE + 1)
    except OSError as error:
        raise BadInput("读不了文件", f"{name}：{error.strerror}", "检查文件名和权限。") from error
