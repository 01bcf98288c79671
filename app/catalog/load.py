"""Loading the catalogue at start-up: all or nothing, and quick."""

from __future__ import annotations

from pathlib import Path

from app.catalog.build import build
from app.catalog.source import Finding
from app.domain.errors import BadInput
from app.domain.item import Catalog


class _Stop(Exception):
    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


def _stop(finding: Finding) -> None:
    raise _Stop(finding)


def load_catalog(folder: Path) -> Catalog:
    """Read the catalogue in a folder. Raises BadInput at the first mistake, naming file, line and what to do.

    A catalogue with a mistake is not used in part: a form that asks too little is worse than none.
    `lint.lint` lists all mistakes, and the softer ones too.
    """
    try:
        return build(folder, _stop).catalog
    except _Stop as stop:
        finding = stop.finding
        place = f"{finding.file} 第 {finding.line} 行" if finding.line else finding.file
        raise BadInput("事项目录不能使用", f"{place}：{finding.message}", finding.todo) from None
