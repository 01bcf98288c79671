"""`yichuang card`: identity cards and permits in pictures and PDFs, as the counter reads them without a reader."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands import NO, TROUBLE, YES, complain, file_named, say
from app.commands.mrz import colour_pictures
from app.domain.clock import SystemClock, shanghai
from app.domain.errors import EnvironmentProblem, YichuangError

if TYPE_CHECKING:
    from app.identity.cards.read import ReadCard


def card(args: argparse.Namespace) -> int:
    """The card of each picture or page; exit 0 when each was read and only names and addresses are left to compare,
    1 when something else has to be looked at or there is no card."""
    from app.identity.cards.read import read_card
    from app.materials.text_reader import HOW_TO_INSTALL, text_reader

    result = YES
    today = shanghai(SystemClock().now()).date()
    reader = text_reader()
    try:
        if not reader.present:
            raise EnvironmentProblem("不能识别证件", "本机没有装文字识别程序", f"{HOW_TO_INSTALL}。")
        for name in args.file:
            try:
                start = time.perf_counter()
                for page, picture in colour_pictures(file_named(name) or Path(name)):
                    found = read_card(picture, reader.read, today)
                    ms = round((time.perf_counter() - start) * 1000, 1)
                    say({"file": name, **({"page": page} if page else {}), **_said(found), "ms": ms})
                    result = max(result, YES if found is not None and _proven(found) else NO)
                    start = time.perf_counter()
            except YichuangError as exc:
                complain(exc.title, f"{name}：{exc.what}", exc.todo)
                result = TROUBLE
    finally:
        reader.close()
    return result


def _proven(found: ReadCard) -> bool:
    from app.identity.cards.values import Doubt

    return all(value.doubt in (Doubt.NONE, Doubt.UNPROVEN) for value in found.values)


def _said(found: ReadCard | None) -> dict[str, Any]:
    if found is None:
        return {"card": None, "side": None, "fields": {}, "review": {}}
    return {
        "card": str(found.kind),
        "side": "front" if found.face.front else "back",
        "fields": {value.name: value.value or None for value in found.values},
        "review": {value.name: str(value.doubt) for value in found.doubtful},
    }
