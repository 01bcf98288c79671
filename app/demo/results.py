"""The learners' results, kept in the demo profile: one JSON line each, exported as a table for the trainer."""

from __future__ import annotations

import csv
import io
import json
import logging
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from app.demo.score import Mistake, MistakeKind, Result
from app.domain.clock import isoformat, parse_iso, shanghai
from app.domain.errors import EnvironmentProblem

log = logging.getLogger(__name__)

RESULTS_FOLDER = "training"
"""Inside the demo profile; kept when the profile starts afresh."""
_FILE = "results.jsonl"

HEADINGS = (
    "时间",
    "学员",
    "课程",
    "方式",
    "完成",
    "得分",
    "星级",
    "用时（秒）",
    "目标（分钟）",
    "演示步骤",
    "失误数",
    "失误",
)


class ResultBook:
    """All results of one profile."""

    def __init__(self, folder: Path) -> None:
        """folder: inside the profile; made when the first result is added."""
        self._file = folder / _FILE

    def add(self, result: Result) -> None:
        """Keep a result for ever. EnvironmentProblem when it cannot be written."""
        document = asdict(result) | {"at": isoformat(result.at)}
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(document, ensure_ascii=False) + "\n")
        except OSError as error:
            raise EnvironmentProblem(
                "成绩没有保存", f"无法写入 {self._file.name}（{error.strerror}）", "请检查磁盘空间和目录权限。"
            ) from error

    def all(self) -> tuple[Result, ...]:
        """Every result, the oldest first. A line that a power cut left half written is passed over."""
        try:
            lines = self._file.read_text("utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise EnvironmentProblem("成绩读不出", f"{error.strerror}", "请检查目录权限。") from error
        found = []
        for number, line in enumerate(lines, 1):
            try:
                found.append(_result(json.loads(line)))
            except (ValueError, KeyError, TypeError):
                log.warning("results, line %d: not readable", number)
        return tuple(found)


def _result(raw: dict[str, object]) -> Result:
    mistakes = raw["mistakes"]
    if not isinstance(mistakes, list):
        raise TypeError("mistakes")
    fields = dict(raw)
    fields["at"] = parse_iso(str(raw["at"]))
    fields["mistakes"] = tuple(Mistake(**(entry | {"kind": MistakeKind(entry["kind"])})) for entry in mistakes)
    shown = raw["shown"]
    fields["shown"] = tuple(map(str, shown)) if isinstance(shown, list) else ()
    return Result(**fields)  # type: ignore[arg-type]


def results_csv(results: Iterable[Result]) -> bytes:
    """A table that Excel and WPS open as it is: UTF-8 with its mark, one result a row."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for result in results:
        row = (
            f"{shanghai(result.at):%Y-%m-%d %H:%M}",
            result.learner,
            result.title,
            "有提示" if result.hints else "考核",
            "是" if result.finished else f"{result.done}/{result.steps}",
            result.percent,
            result.stars,
            round(result.seconds),
            f"{result.minutes:g}" if result.minutes else "",
            "、".join(result.shown),
            len(result.mistakes),
            "\n".join(f"{mistake.step}：{mistake.what}" for mistake in result.mistakes),
        )
        writer.writerow([_plain(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
