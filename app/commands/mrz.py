"""`yichuang mrz`: machine-readable zones of travel documents, from pictures, PDFs and text."""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands import NO, TROUBLE, YES, complain, file_named, say
from app.domain.clock import SystemClock, shanghai
from app.domain.errors import BadInput, YichuangError

if TYPE_CHECKING:
    from app.identity.mrz.live import Seen
    from app.identity.mrz.parse import Mrz
    from app.identity.mrz.strip import Gray
    from app.materials.page import Picture

_DPI = 300
_TEXT = re.compile(r"[A-Z0-9<\s]{60,}", re.IGNORECASE)


def mrz(args: argparse.Namespace) -> int:
    """The zone of each picture, page or text; exit 0 when every one may be taken as read, 1 when a person has to look
    or there is none."""
    result = YES
    watch = None
    today = shanghai(SystemClock().now()).date()
    for name in args.source:
        start = time.perf_counter()
        try:
            if (path := file_named(name)) is None and _TEXT.fullmatch(name):
                from app.identity.mrz.parse import clean, parse

                said = parse(clean(name), today)
                said_well = said.valid and said.ordinary
                say({"file": None, **_document(said), "doubtful": [], "ms": _ms(start)})
                result = result if said_well or result == TROUBLE else NO
                continue
            for page, gray in _pictures(path or Path(name)):
                from app.identity.mrz.live import ZoneWatch
                from app.identity.mrz.net import line_net
                from app.identity.mrz.read import ZoneReader

                if watch is None or not args.together:
                    watch = ZoneWatch(ZoneReader(line_net()), lambda: today)
                seen = watch.look(gray)
                say({"file": name, **({"page": page} if page else {}), **_seen(seen), "ms": _ms(start)})
                # Of pictures of one document the last answer counts: it knows all of them.
                here = YES if seen.agreed is not None else NO
                result = result if result == TROUBLE else here if args.together else max(result, here)
                start = time.perf_counter()
        except YichuangError as exc:
            complain(exc.title, f"{name}：{exc.what}", exc.todo)
            result = TROUBLE
    return result


def _ms(since: float) -> float:
    return round((time.perf_counter() - since) * 1000, 1)


def _pictures(path: Path) -> Iterator[tuple[int, Gray]]:
    import cv2
    import numpy as np

    for number, picture in colour_pictures(path):
        yield number, np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)


def colour_pictures(path: Path) -> Iterator[tuple[int, Picture]]:
    """A picture file, BGR, as page 0; a PDF's pages from 1. BadInput when it cannot be read."""
    from app.materials.page import load_picture

    try:
        data = path.read_bytes()
    except OSError as exc:
        raise BadInput("读不了文件", f"{exc.strerror}", "检查文件名和权限。") from exc
    if data[:5] == b"%PDF-":
        from app.documents.preview import pages_as_png

        pages = [(number, page) for number, page in enumerate(pages_as_png(data, _DPI), 1)]
    else:
        pages = [(0, data)]
    for number, page in pages:
        yield number, load_picture(page)


def _seen(seen: Seen) -> dict[str, Any]:
    zone = seen.zone
    if zone is None:
        return {"mrz": [], "format": None, "verdict": None, "checks": {}, "fields": {}, "oddities": [], "doubtful": []}
    if seen.agreed is not None:
        return {**_document(seen.agreed), "doubtful": []}
    doubtful = [
        {"line": line + 1, "column": column + 1, "char": zone.mrz.lines[line][column]} for line, column in zone.doubtful
    ]
    return {**_document(zone.mrz), "verdict": "review", "doubtful": doubtful}


def _document(found: Mrz) -> dict[str, Any]:
    return {
        "mrz": list(found.lines),
        "format": str(found.format),
        "verdict": "accepted" if found.valid and found.ordinary else "review",
        "checks": {check.name: check.ok for check in found.checks},
        "fields": {
            "document": found.code,
            "number": found.number,
            "country": found.issuer,
            "nationality": found.nationality,
            "surname": found.surname,
            "given_names": found.given_names,
            "birth": found.birth.text or None,
            "sex": found.sex,
            "expiry": found.expiry.text or None,
            "optional": list(found.optional),
        },
        "oddities": [str(oddity) for oddity in found.oddities],
        **({"variant": found.variant} if found.variant else {}),
    }
