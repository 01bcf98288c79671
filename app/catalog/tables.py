"""The catalogue as tables: how files become rows of sheets, and rows files.

Rows hold only what the files say. An empty cell means that nothing is said: a situation's empty cell leaves the
main item's word in force.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.catalog.sheets import NONE, SHEETS

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def to_rows(files: Mapping[str, Any]) -> Rows:
    """The rows of all sheets. The files must be sound: `load_catalog` takes them."""
    rows: Rows = {sheet.title: [] for sheet in SHEETS}
    rows["目录"] = [dict(files["catalog.yaml"])]
    rows["部门"] = [{"id": key, **value} for key, value in files["departments.yaml"].items()]
    rows["角色"] = [{"id": key, **value} for key, value in files["roles.yaml"].items()]
    for file, key, value in _entries(files, "elements"):
        codes = value.get("codes", {})
        rows["数据元"].append({"id": key, "file": file, **_but(value, "codes")})
        rows["代码"] += [{"element": key, "code": code, "title": title} for code, title in codes.items()]
    for file, key, value in _entries(files, "materials"):
        rows["材料"].append({"id": key, "file": file, **value})
    for file, value in files.items():
        if file.startswith("items/"):
            _main_rows(rows, file, value)
    for file, key, value in _entries(files, "bundles"):
        rows["一件事"].append({"code": key, "file": file, **_but(value, "questions", "items")})
        rows["一件事事项"] += [{"bundle": key, **_group(item, "code")} for item in value["items"]]
        _question_rows(rows, key, value)
    rows["近义词"] = [{"word": word, "words": words} for word, words in files.get("synonyms.yaml", {}).items()]
    rows["核准"] = [{"code": code, **lock} for code, lock in files.get("locks.yaml", {}).items()]
    return rows


def _main_rows(rows: Rows, file: str, value: Mapping[str, Any]) -> None:
    code = value["code"]
    rows["主项"].append({"file": file, **_but(value, "elements", "fields", "materials", "questions", "sub_items")})
    _use_rows(rows, {"main": code}, value)
    _question_rows(rows, code, value)
    for sub in value["sub_items"]:
        for situation in sub["situations"]:
            rows["情形"].append(
                {"main": code, "sub": sub["name"], **_but(situation, "elements", "fields", "materials")}
            )
            _use_rows(rows, {"main": code, "no": situation["no"]}, situation)


def _use_rows(rows: Rows, at: Row, value: Mapping[str, Any]) -> None:
    rows["要素"] += [{**at, "name": name, "text": text} for name, text in value.get("elements", {}).items()]
    fields = [
        {**at, "role": role, **_group(use, "element")} for role, uses in value.get("fields", {}).items() for use in uses
    ]
    rows["情形字段"] += fields or ([{**at, "role": NONE}] if "fields" in value else [])
    materials = [{**at, **_group(use, "id")} for use in value.get("materials", ())]
    rows["情形材料"] += materials or ([{**at, "id": NONE}] if "materials" in value else [])


def _question_rows(rows: Rows, owner: str, value: Mapping[str, Any]) -> None:
    for question in value.get("questions", ()):
        rows["问题"].append({"owner": owner, **_but(question, "options")})
        rows["选项"] += [
            {"owner": owner, "question": question["id"], "value": key, **_group(option, "text")}
            for key, option in question["options"].items()
        ]


def from_rows(rows: Rows) -> dict[str, Any]:
    """The files that rows describe; the rows have been checked."""
    files: dict[str, Any] = {"catalog.yaml": rows["目录"][0]}
    files["departments.yaml"] = {row["id"]: _but(row, "id") for row in rows["部门"]}
    files["roles.yaml"] = {row["id"]: _but(row, "id") for row in rows["角色"]}
    elements = _books(files, rows["数据元"], "elements", "id")
    for row in rows["代码"]:
        elements[row["element"]].setdefault("codes", {})[row["code"]] = row["title"]
    _books(files, rows["材料"], "materials", "id")
    mains: dict[str, Row] = {}
    for row in rows["主项"]:
        mains[row["code"]] = _but(row, "file")
        files[row.get("file") or f"items/{row['department']}-{row['code'][18:]}.yaml"] = mains[row["code"]]
    holders: dict[tuple[str, str | None], Row] = {(code, None): main for code, main in mains.items()}
    situations: list[tuple[Row, Row]] = []
    for row in rows["情形"]:
        holders[row["main"], row["no"]] = own = _but(row, "main", "sub")
        situations.append((row, own))
    _fill_uses(rows, holders)
    bundles = _books(files, rows["一件事"], "bundles", "code")
    for row in rows["一件事事项"]:
        bundles[row["bundle"]].setdefault("items", []).append(_short(_but(row, "bundle"), "code"))
    _fill_questions(rows, {**mains, **bundles})
    # Last, so that a main item's own words stand above its situations when it is written.
    for row, own in situations:
        subs = mains[row["main"]].setdefault("sub_items", [])
        if not subs or subs[-1]["name"] != row["sub"]:
            subs.append({"name": row["sub"], "situations": []})
        subs[-1]["situations"].append(own)
    if rows["近义词"]:
        files["synonyms.yaml"] = {row["word"]: row["words"] for row in rows["近义词"]}
    if rows["核准"]:
        files["locks.yaml"] = {row["code"]: _but(row, "code") for row in rows["核准"]}
    return files


def _fill_uses(rows: Rows, holders: Mapping[tuple[str, str | None], Row]) -> None:
    for row in rows["要素"]:
        holders[row["main"], row.get("no")].setdefault("elements", {})[row["name"]] = row["text"]
    for row in rows["情形字段"]:
        fields = holders[row["main"], row.get("no")].setdefault("fields", {})
        if row["role"] != NONE:
            fields.setdefault(row["role"], []).append(_short(_but(row, "main", "no", "role"), "element"))
    for row in rows["情形材料"]:
        materials = holders[row["main"], row.get("no")].setdefault("materials", [])
        if row["id"] != NONE:
            materials.append(_short(_but(row, "main", "no"), "id"))


def _fill_questions(rows: Rows, owners: Mapping[str, Row]) -> None:
    questions: dict[tuple[str, str], Row] = {}
    for row in rows["问题"]:
        question = {**_but(row, "owner"), "options": {}}
        questions[row["owner"], row["id"]] = question
        owners[row["owner"]].setdefault("questions", []).append(question)
    for row in rows["选项"]:
        option = _short(_but(row, "owner", "question", "value"), "text")
        questions[row["owner"], row["question"]]["options"][row["value"]] = option


def _books(files: dict[str, Any], rows: list[Row], part: str, key: str) -> dict[str, Row]:
    """Distribute the entries of a dictionary over its files."""
    entries = {}
    for row in rows:
        entry = _but(row, key, "file")
        files.setdefault(row.get("file") or f"{part}/core.yaml", {})[row[key]] = entry
        entries[row[key]] = entry
    return entries


def _entries(files: Mapping[str, Any], part: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for file, value in files.items():
        if file.startswith(f"{part}/"):
            for key, entry in value.items():
                yield file, key, entry


def _group(value: Any, key: str) -> Row:
    """The short form (just the id) written out."""
    return dict(value) if isinstance(value, Mapping) else {key: value}


def _short(value: Row, key: str) -> Any:
    """The short form where nothing else is said."""
    return value[key] if set(value) == {key} else value


def _but(value: Mapping[str, Any], *keys: str) -> Row:
    return {key: part for key, part in value.items() if key not in keys}
