"""`yichuang ofd`: what an OFD e-licence says, what its seal is worth, and how it looks."""

from __future__ import annotations

import argparse
import datetime as dt
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands import NO, TROUBLE, YES, complain, say
from app.domain.clock import SystemClock, isoformat, parse_iso
from app.domain.errors import BadInput, YichuangError
from app.domain.fact import Verdict

if TYPE_CHECKING:
    from app.licences.ofd.read import OfdLicence
    from app.licences.ofd.verify import SealResult
    from app.licences.trust import TrustList

_GOOD = (Verdict.SIGNATURE_VALID, Verdict.VERIFIED_ONLINE)


def ofd(args: argparse.Namespace) -> int:
    """One line a file; exit 0 only when every file's verdict is a good one, 2 when one cannot be opened."""
    from app.profiles import trust_list

    at = moment(args.at)
    trust = trust_list(args.trust, args.profile)
    if args.picture and len(args.file) > 1:
        raise BadInput("只能写一张图片", "--picture 只用于一个文件", "请一次给一个文件。")
    result = YES
    for name in args.file:
        start = time.perf_counter()
        try:
            found = open_ofd(Path(name), trust, at, args.profile, picture=bool(args.picture))
            if args.picture:
                _write_picture(found, Path(args.picture))
        except YichuangError as error:
            complain(error.title, f"{name}：{error.what}", error.todo)
            result = TROUBLE
            continue
        line = {"file": name} | reading_line(found) | _details(found, args.text)
        say(line | {"ms": round((time.perf_counter() - start) * 1000, 1)})
        if found.reading.verdict not in _GOOD and result == YES:
            result = NO
    return result


def moment(text: str | None) -> dt.datetime:
    """The time of --at, else now. BadInput when it is none."""
    if not text:
        return SystemClock().now()
    try:
        return parse_iso(text)
    except ValueError as error:
        raise BadInput("时间写法有误", f"--at {text}", "例：2026-11-21T09:00:00+08:00") from error


def open_ofd(path: Path, trust: TrustList, at: dt.datetime, profile: str | None, *, picture: bool) -> OfdLicence:
    """Read a file by the profile's templates. OfdRefused, BadInput when it cannot be opened."""
    from app.licences.ofd.package import load
    from app.licences.ofd.read import read_ofd
    from app.licences.ofd.templates import SITE_FILE, templates
    from app.profiles import folder_of

    return read_ofd(load(path), trust, at, known=templates(folder_of(profile) / SITE_FILE), picture=picture)


def reading_line(found: OfdLicence) -> dict[str, Any]:
    """The fields of `yichuang licence`."""
    reading = found.reading
    return {
        "kind": str(reading.kind),
        "verdict": str(reading.verdict),
        "reason": reading.reason,
        "issuer": reading.issuer,
        "holder": reading.holder,
        "licence": reading.licence,
        "claims": reading.claims,
        "expires": isoformat(reading.expires) if reading.expires else None,
    }


def _details(found: OfdLicence, with_text: bool) -> dict[str, Any]:
    more: dict[str, Any] = {
        "template": found.template or None,
        "title": found.title,
        "pages": found.page_count,
        "finding": str(found.decisive.finding),
        "seals": [_seal(result) for result in found.seals],
        "notes": list(found.notes),
    }
    return more | ({"text": list(found.lines)} if with_text else {})


def _seal(result: SealResult) -> dict[str, Any]:
    return {
        "id": result.id,
        "finding": str(result.finding),
        "reason": result.reason,
        "seal": result.name,
        "seal_id": result.seal_id,
        "signer": result.signer,
        "maker": result.maker,
        "signed_at": isoformat(result.signed_at) if result.signed_at else None,
        "files": list(result.files),
        "notes": list(result.notes),
    }


def _write_picture(found: OfdLicence, out: Path) -> None:
    from app.documents.preview import pages_as_png

    if found.page is None:
        return
    try:
        out.write_bytes(pages_as_png(found.page.pdf, found.page.dpi)[0])
    except OSError as error:
        raise BadInput("写不了文件", f"{out}：{error.strerror}", "检查目录和权限。") from error
