"""The papers' wording, kept apart from layout in resources/documents/*.yaml."""

from __future__ import annotations

import functools
from typing import Any

import yaml

import resources
from app.domain.document import PaperKind
from app.domain.errors import Defect

_FILES = {
    PaperKind.ACCEPTANCE_NOTICE: "acceptance_notice",
    PaperKind.MATERIAL_RECEIPT: "material_receipt",
    PaperKind.ONE_TIME_NOTICE: "one_time_notice",
}


class Wording:
    """One file of texts. Keys are dotted: "cases.title". A key or placeholder that is not there is a Defect."""

    def __init__(self, name: str, texts: dict[str, Any]) -> None:
        self._name = name
        self._texts = texts

    def _get(self, key: str) -> Any:
        value: Any = self._texts
        for part in key.split("."):
            if not isinstance(value, dict) or part not in value:
                raise Defect("文书用语缺失", f"{self._name}: {key}")
            value = value[part]
        return value

    def text(self, key: str, **values: object) -> str:
        """The text with its placeholders filled."""
        try:
            return str(self._get(key)).format(**values)
        except (KeyError, IndexError) as error:
            raise Defect("文书用语有误", f"{self._name}: {key}: {error}") from error

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(str(entry) for entry in self._get(key))


@functools.cache
def load_wording(name: str) -> Wording:
    """The wording of resources/documents/NAME.yaml."""
    path = resources.path(f"documents/{name}.yaml")
    return Wording(name, yaml.safe_load(path.read_text(encoding="utf-8")))


def wording_of(kind: PaperKind) -> Wording:
    """What is particular to one kind of paper."""
    return load_wording(_FILES[kind])


def kind_of_code(code: str) -> PaperKind | None:
    """The kind of paper behind the one-letter code in an anti-forgery code."""
    return next((kind for kind in _FILES if wording_of(kind).text("code") == code), None)
