"""One value of settings.toml changed, so that everything else in the file, notes and order too, stays as it was."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.config.layers import flat, nested
from app.domain.errors import BadInput

_HEAD = re.compile(r"\s*\[")


def toml_value(value: object) -> str:
    """A value as TOML writes it. TypeError for what no setting is."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        # A JSON string is a TOML basic string, but for DEL, which TOML wants escaped.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{toml_value(name)} = {toml_value(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(toml_value(one) for one in value) + "]"
    raise TypeError(type(value).__name__)


def with_value(text: str, name: str, value: object) -> str:
    """The file's text with one setting changed; None takes it out, so that the layer below shows.

    BadInput when the file is written so that a line of its own cannot be changed safely.
    """
    section, _, key = name.rpartition(".")
    lines = text.splitlines(keepends=True)
    if (room := _room(lines, name))[0] is not None:
        return _checked(text, name, value, _table_changed(lines, room[0], room[1], value))
    first, end = _room(lines, section)
    new = f"{key} = {toml_value(value)}" if value is not None else ""
    if first is None:
        made = text if not text or text.endswith("\n") else text + "\n"
        made += f"\n[{section}]\n{new}\n" if new else ""
    else:
        mine = re.compile(rf"\s*{re.escape(key)}\s*=")
        at = next((n for n in range(first, end) if mine.match(lines[n])), None)
        if at is not None:
            lines[at : at + 1] = [new + _note(lines[at]) + "\n"] if new else []
        elif new:
            while end > first and not lines[end - 1].strip():
                end -= 1
            if end and not lines[end - 1].endswith("\n"):
                lines[end - 1] += "\n"
            lines.insert(end, new + "\n")
        made = "".join(lines)
    return _checked(text, name, value, made)


def _table_changed(lines: list[str], first: int, end: int, value: object) -> str:
    """The text with the entries of a table's own lines changed. An entry that stays keeps its place and note."""
    wanted = dict(value) if isinstance(value, Mapping) else {}
    kept = []
    for line in lines[first:end]:
        try:
            entry = tomllib.loads(line)
        except tomllib.TOMLDecodeError:
            entry = {"": None}  # of several lines: the comparison with what is wanted will refuse it
        for name, words in entry.items():
            if name not in wanted:
                line = ""
            elif (held := wanted.pop(name)) != words:
                line = f"{toml_value(name)} = {toml_value(held)}{_note(line)}\n"
        kept.append(line)
    at = len(kept)
    while at and not kept[at - 1].strip():
        at -= 1
    if at and not kept[at - 1].endswith("\n"):
        kept[at - 1] += "\n"
    kept[at:at] = [f"{toml_value(name)} = {toml_value(words)}\n" for name, words in wanted.items()]
    head = lines[:first] if value is not None else lines[: first - 1]
    if head and not head[-1].endswith("\n"):
        head[-1] += "\n"
    return "".join([*head, *kept, *lines[end:]])


def _checked(text: str, name: str, value: object, made: str) -> str:
    """What was made, when it says what was wanted and else the same."""
    section, _, key = name.rpartition(".")
    if _read(made) != _wanted(text, name, value):
        where = f"的 [{section}] " if section else ""
        raise BadInput("没有保存", "设置文件的写法比较特殊，程序不敢改动它。", f"请在文件{where}里手工修改 {key}。")
    return made


def _room(lines: list[str], section: str) -> tuple[int | None, int]:
    """Where a section's lines begin and end; None: there is no such section."""
    if not section:
        return 0, next((n for n, line in enumerate(lines) if _HEAD.match(line)), len(lines))
    head = re.compile(rf"\s*\[{re.escape(section)}\]")
    start = next((n for n, line in enumerate(lines) if head.match(line)), None)
    if start is None:
        return None, len(lines)
    return start + 1, next((n for n in range(start + 1, len(lines)) if _HEAD.match(lines[n])), len(lines))


def _note(line: str) -> str:
    """The note behind a value, with the blanks before it: the first # before which the line is whole."""
    body = line.rstrip("\n")
    for at, char in enumerate(body):
        if char == "#":
            try:
                tomllib.loads(body[:at])
            except tomllib.TOMLDecodeError:
                continue
            return body[len(body[:at].rstrip()) :]
    return ""


def _read(text: str) -> Mapping[str, Any] | None:
    try:
        return {name: table for name, table in tomllib.loads(text).items() if table != {}}
    except tomllib.TOMLDecodeError:
        return None


def _wanted(text: str, name: str, value: object) -> Mapping[str, Any]:
    values = flat(tomllib.loads(text))
    values.pop(name, None)
    if value is not None:
        values[name] = list(value) if isinstance(value, tuple) else dict(value) if isinstance(value, Mapping) else value
    return {section: table for section, table in nested(values).items() if table != {}}


def write_settings(path: Path, text: str) -> None:
    """Put the text into the file, all or nothing, also in a power cut. OSError."""
    fresh = path.with_name(path.name + ".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
