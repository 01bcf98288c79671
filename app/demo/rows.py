"""The rows: reforms that already run in some city, each played by the scenario of its name (docs/rows.md)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import resources
from app.demo.scenario import Scenario, load_scenario, shipped_folder

_BEGIN, _END = "<!-- rows -->", "<!-- end -->"
_HEAD = (
    "| row | the reform | steps | seconds of ours | keys · characters · clicks | true at the end | offline | "
    "not done |\n"
    "|---|---|---|---|---|---|---|---|\n"
)
_LINE = re.compile(r"^\| `([a-z0-9-]+)` \|.*$", re.M)


@dataclass(frozen=True, slots=True)
class Row:
    """One row. name: of its scenario, whether there is one or not."""

    name: str
    reform: str


@cache
def rows() -> tuple[Row, ...]:
    """All rows in the order of the list they come from."""
    return tuple(Row(**entry) for entry in yaml.safe_load(resources.path("rows/rows.yaml").read_text("utf-8")))


def played_rows() -> list[Scenario]:
    """The scenarios of those rows that have one."""
    return [load_scenario(row.name) for row in rows() if (shipped_folder() / f"{row.name}.yaml").is_file()]


def table_of(page: str, summaries: Mapping[str, Mapping[str, Any]]) -> str:
    """The page with the table between its two marks made anew.

    summaries: row -> summary.json of its play. A row that was not played this time keeps its line; one without a
    scenario says so.
    """
    before, _, rest = page.partition(_BEGIN)
    old, _, after = rest.partition(_END)
    kept = {found[1]: found[0] for found in _LINE.finditer(old)}
    known = {scenario.name: scenario for scenario in played_rows()}
    lines = []
    for row in rows():
        if row.name in summaries and row.name in known:
            beside = summaries.get(f"{row.name}-offline")
            lines.append(_line(row, known[row.name], summaries[row.name], beside))
        elif row.name in known and row.name in kept:
            lines.append(kept[row.name])
        else:
            lines.append(_cells(row, "–", "–", "–", "–", "–", "no scenario yet"))
    return f"{before}{_BEGIN}\n{_HEAD}" + "\n".join(lines) + f"\n{_END}{after}"


def read_summaries(folder: Path) -> dict[str, dict[str, Any]]:
    """Row -> summary of each play below the folder."""
    found = (json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*/summary.json")))
    return {summary["scenario"]: summary for summary in found}


def _line(row: Row, scenario: Scenario, summary: Mapping[str, Any], beside: Mapping[str, Any] | None) -> str:
    """beside: of its play without the line."""
    steps: Sequence[Mapping[str, Any]] = summary["steps"]
    seconds = sum(step["ms"] for step in steps) / 1000
    hands = " · ".join(f"{sum(step[kind] for step in steps):,}" for kind in ("keys", "characters", "clicks"))
    true = "; ".join(
        f"{check['what']} {check['found']}" if check["ok"] else f"**missed**: {check['what']} {check['found']}"
        for check in summary["ends"]
    )
    not_done = "; ".join(scenario.not_done) or "nothing"
    return _cells(row, str(len(steps)), f"{seconds:.1f}", hands, true, _offline(scenario, beside), not_done)


def _offline(scenario: Scenario, summary: Mapping[str, Any] | None) -> str:
    if scenario.offline is None:
        return scenario.never_offline or "–"
    until = f"to `{scenario.offline.until}`" if scenario.offline.until else "to the end"
    ended = "not played" if summary is None else "the same at the end" if summary["ok"] else "**missed**"
    return f"from `{scenario.offline.at}` {until}: {ended}"


def _cells(row: Row, *cells: str) -> str:
    safe = (cell.replace("|", "\\|").replace("\n", " ") for cell in cells)
    return f"| `{row.name}` | {row.reform} | " + " | ".join(safe) + " |"
