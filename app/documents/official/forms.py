"""The official forms there are: the city's own first, then those that come with the program."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import resources
from app.catalog.source import Finding, Source
from app.documents.official.mapping import OfficialForm, read_form
from app.domain.errors import BadInput

OWN_FOLDER = "official"
"""Of the catalogue's folder: where a city keeps its own forms."""


def form_folders(catalog: Path | None = None) -> tuple[Path, ...]:
    """Where official forms lie, best first. catalog: the folder of the catalogue in use; None: the shipped one."""
    shipped = resources.path(OWN_FOLDER)
    own = catalog / OWN_FOLDER if catalog is not None else shipped
    return (own, shipped) if own.is_dir() and own != shipped else (shipped,)


def known_forms(folders: Sequence[Path]) -> dict[str, Path]:
    """Id -> folder of every form there is; the first folder wins."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            found.setdefault(path.stem, folder)
    return found


class OfficialForms:
    """Reads forms when they are first wanted. May be used by several threads."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._lock = threading.Lock()
        self._read: dict[str, OfficialForm] = {}

    def form(self, name: str) -> OfficialForm:
        """One form by its id. BadInput: there is none, or its file is malformed."""
        with self._lock:
            if name not in self._read:
                self._read[name] = self._load(name)
            return self._read[name]

    def _load(self, name: str) -> OfficialForm:
        folder = known_forms(self._folders).get(name)
        if folder is None:
            raise BadInput("没有这个官方表样", name, "请核对事项里 official 写的名称，或者在 official 文件夹补上表样。")
        findings: list[Finding] = []
        form = read_form(Source(folder, findings.append), f"{name}.yaml")
        wrong = [finding for finding in findings if not finding.soft]
        if form is None or wrong:
            what = f"{wrong[0].file} 第 {wrong[0].line} 行：{wrong[0].message}" if wrong else name
            raise BadInput("官方表样的映射有误", what, "请管理员运行 yichuang form official lint 核对。")
        return form
