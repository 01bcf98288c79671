"""The grant table of shared data as a document: read from YAML files, sent in the feed `policies`, read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

import resources
from app.domain.errors import BadInput, EnvironmentProblem
from app.domain.resident import Deed
from app.domain.shared_data import CARD, FIRM, PERSON, DataSource, Grant, Purpose, QueryPolicy

FEED = "policies"
POLICY_ID = "shared-data"
_FILES = ("sources", "purposes", "grants")


def shipped_policy_folder() -> Path:
    """The grant table that comes with the program; a city's own takes its place."""
    return resources.path("queries")


def load_policy_document(folder: Path) -> dict[str, Any]:
    """sources.yaml, purposes.yaml and grants.yaml as one checked document. BadInput: which file, what is wrong."""
    document: dict[str, Any] = {"id": POLICY_ID}
    document |= {name: read_yaml(folder / f"{name}.yaml") for name in _FILES}
    read_policy(document)
    return document


def read_yaml(path: Path) -> Any:
    """A YAML file of shared data. EnvironmentProblem when it cannot be read, BadInput when it is no YAML."""
    try:
        return yaml.load(path.read_text("utf-8"), _Loader)  # noqa: S506 - the safe loader, in C if there
    except OSError as error:
        raise EnvironmentProblem(
            "数据共享文件读不出", f"{path.name}：{error.strerror}", "请恢复该文件，或者指定另一个目录。"
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise wrong_file(path.name, str(error).splitlines()[0]) from error


def load_policy(folder: Path) -> QueryPolicy:
    """The grant table of a folder. Errors as `load_policy_document`."""
    return read_policy(load_policy_document(folder))


def read_policy(document: Mapping[str, Any]) -> QueryPolicy:
    """A document back as a grant table. BadInput when it is none, or names what it does not define."""
    part = "sources"
    try:
        sources = {entry["id"]: _source(entry) for entry in document["sources"]}
        part = "purposes"
        purposes = {e["id"]: Purpose(_text(e["id"]), _text(e["text"]), e.get("text_en", "")) for e in document[part]}
        part = "grants"
        grants = tuple(_grant(entry, sources, purposes) for entry in document[part])
        if len({grant.scenario for grant in grants}) != len(grants):
            raise ValueError("两个场景同名")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise wrong_file(f"{part}.yaml", str(error)) from error
    return QueryPolicy(sources, purposes, grants)


def _source(entry: Mapping[str, Any]) -> DataSource:
    about = entry.get("about", PERSON)
    if about not in (PERSON, FIRM):
        raise ValueError(f"{entry['id']}：about 只能是 person 或者 firm")
    proves = {
        material: {element: _texts(values) for element, values in wanted.items()}
        for material, wanted in entry.get("proves", {}).items()
    }
    return DataSource(
        _text(entry["id"]),
        _text(entry["name"]),
        _text(entry["name_en"]),
        _text(entry["department"]),
        about,
        _texts(entry.get("subjects", [CARD])),
        _texts(entry.get("fills", [])),
        proves,
        _texts(entry.get("absent", [])),
        {element: _texts(values) for element, values in entry.get("clears", {}).items()},
        entry.get("own", False) is True,
    )


def _grant(entry: Mapping[str, Any], sources: Mapping[str, Any], purposes: Mapping[str, Any]) -> Grant:
    grant = Grant(
        _text(entry["scenario"]),
        _text(entry["title"]),
        _texts(entry["items"]),
        _texts(entry["sources"]),
        _texts(entry["purposes"]),
        _texts(entry.get("licences", [])),
        _texts(entry.get("residents", [])),
        _texts(entry.get("issued", [])),
    )
    if unknown := set(grant.residents) - {deed.value for deed in Deed}:
        raise ValueError(f"{grant.scenario}：residents 不能是 {'、'.join(sorted(unknown))}")
    for wanted, known in ((grant.sources, sources), (grant.purposes, purposes)):
        for name in wanted:
            if name not in known:
                raise ValueError(f"{grant.scenario}：没有定义 {name}")
    if not (grant.purposes and (grant.licences or grant.residents or grant.sources)):
        raise ValueError(f"{grant.scenario}：items、sources、purposes 都不能空")
    # Forgotten items must not open a register of persons to whoever asks.
    if not grant.items and any(sources[name].about != FIRM for name in grant.sources):
        raise ValueError(f"{grant.scenario}：没有 items 的场景只能查单位的数据")
    return grant


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError(f"应为文字：{value!r}")
    return value


def _texts(values: Iterable[object]) -> tuple[str, ...]:
    if isinstance(values, str):
        raise TypeError(f"应为列表：{values!r}")
    return tuple(_text(value) for value in values)


def wrong_file(where: str, what: str) -> BadInput:
    """What is wrong in which file."""
    return BadInput("数据共享文件有误", f"{where}：{what}", "对照随程序提供的样例改正。")


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
