"""Data that come with the page: custom tags 自定义标引, attachments, the entry file's own (GB/T 33190 §7.4, §20)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.licences.ofd.document import Document
from app.licences.ofd.markup import Node, parse
from app.licences.ofd.refusal import OfdRefused

MAX_ATTACHMENT = 1024 * 1024
_MOST = 2000
_LONGEST = 1000


def attached_data(document: Document, texts: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Name -> value, the first word on each name. texts: page id -> number of a text object -> what it says.

    A broken attachment is no reason not to read the page: it says nothing then.
    """
    found: dict[str, str] = {}
    for file in document.tags:
        if file in document.package:
            try:
                _tags(parse(document.package.read(file), "CustomTag"), texts, found)
            except OfdRefused:
                document.notes.append("有标引数据不能读取")
    for name, file in document.attachments:
        if file in document.package:
            try:
                _attachment(document.package.read(file), file, found)
            except (OfdRefused, ValueError, RecursionError):
                document.notes.append(f"附件“{name[:20]}”不能读取")
    for name, value in document.custom.items():
        _note(found, name, value)
    return found


def _note(found: dict[str, str], name: str, value: str) -> None:
    value = value.strip()
    if name and value and len(value) <= _LONGEST and len(found) < _MOST:
        found.setdefault(name, value)


def _tags(root: Node, texts: Mapping[str, Mapping[str, str]], found: dict[str, str]) -> None:
    for node in root.walk():
        references = list(node.all("ObjectRef"))
        if references:
            words = (texts.get(ref.get("PageRef"), {}).get(ref.word, "") for ref in references)
            _note(found, node.name, "".join(words))
        elif node.word and node.name != "ObjectRef":
            _note(found, node.name, node.word)


def _attachment(data: bytes, file: str, found: dict[str, str]) -> None:
    if len(data) > MAX_ATTACHMENT:
        return
    if file.lower().endswith(".json"):
        _json(json.loads(data), found, 0)
    elif file.lower().endswith(".xml"):
        for node in parse(data, "附件").walk():
            if not node.children:
                _note(found, node.get("Name") or node.name, node.word)


def _json(value: Any, found: dict[str, str], depth: int) -> None:
    if depth > 10:
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            if isinstance(inner, dict | list):
                _json(inner, found, depth + 1)
            elif isinstance(inner, str | int | float) and not isinstance(inner, bool):
                _note(found, str(name), str(inner))
    elif isinstance(value, list):
        for inner in value[:100]:
            _json(inner, found, depth + 1)
