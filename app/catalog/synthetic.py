"""A made-up city's catalogue of any size, for measuring: the same seed gives the same city.

Shaped as a real one (main items with sub-items and situations, questions that lead to them, shared elements and
materials, conditions, bundles over several departments), so that what is fast here is fast at the counter.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stdnum.cn import uscc

from app.catalog.build import build
from app.catalog.files import write_files
from app.catalog.source import Finding, MemorySource
from app.catalog.synthetic_words import (
    ACTIONS,
    DEPARTMENTS,
    DETAILS,
    PAPERS,
    SCOPES,
    SITUATIONS,
    TOPICS,
    TRADES,
    WISHES,
)
from app.domain.errors import Defect
from app.domain.item import Catalog

_CITY, _REGION = "云山市", "339900"
_ROLES = ("applicant", "agent", "business", "premises", "project", "vehicle", "person", "contact")
_ROLE_TITLES = ("申请人", "代办人", "经营主体", "场所", "项目", "车辆设备", "相关人员", "联系人")
_PERSON = (
    ("name", "姓名", "text"), ("id_type", "证件类型", "choice"), ("id_number", "证件号码", "id_number"),
    ("phone", "联系电话", "phone"), ("address", "住址", "text"), ("birth_date", "出生日期", "date"),
)  # fmt: skip


def synthetic_catalog(situations: int = 20_000, seed: int = 1, bundles: int = 200) -> Catalog:
    """The city's catalogue as objects."""
    findings: list[Finding] = []
    catalog = build(MemorySource(synthetic_files(situations, seed, bundles), findings.append)).catalog
    if findings:
        raise Defect("生成的目录有误", str(findings[0]), "请报告给开发人员")
    return catalog


def write_synthetic(folder: Path, situations: int = 20_000, seed: int = 1, bundles: int = 200) -> None:
    """The city's catalogue as a folder of files."""
    write_files(folder, synthetic_files(situations, seed, bundles))


def synthetic_files(situations: int = 20_000, seed: int = 1, bundles: int = 200) -> dict[str, Any]:
    """The city's catalogue as plain values, file by file; 40 departments at most, one per 10 situations at least."""
    return _City(random.Random(seed), situations, bundles).files()  # noqa: S311 - a made-up city is no secret


class _City:
    def __init__(self, dice: random.Random, situations: int, bundles: int) -> None:
        self._dice = dice
        self._situations = situations
        self._bundles = bundles
        self._departments = {f"d{n:02}": words for n, words in enumerate(DEPARTMENTS)}
        self._numbers = {key: self._uscc(n) for n, key in enumerate(self._departments)}
        self._elements = self._make_elements()
        self._materials = self._make_materials()

    def files(self) -> dict[str, Any]:
        files: dict[str, Any] = {
            "catalog.yaml": {"version": "2026.11.1", "name": f"{_CITY}事项目录（虚构，供测速）", "region": _REGION},
            "departments.yaml": {
                key: {"name": _CITY + name, "name_en": f"Yunshan {english} Bureau", "uscc": self._numbers[key]}
                for key, (name, english, _) in self._departments.items()
            },
            "roles.yaml": {
                role: {"title": title, "title_en": role.capitalize(), "order": 10 * n}
                for n, (role, title) in enumerate(zip(_ROLES, _ROLE_TITLES, strict=True), 1)
            },
            "elements/core.yaml": self._elements,
            "materials/core.yaml": self._materials,
        }
        codes: dict[str, list[str]] = {}
        for department, main in self._mains():
            files[f"items/{department}-{main['code'][19:]}.yaml"] = main
            codes.setdefault(department, []).extend(
                main["code"] + situation["no"] for sub in main["sub_items"] for situation in sub["situations"]
            )
        files["bundles/core.yaml"] = dict(self._make_bundles(codes))
        return files

    def _uscc(self, number: int) -> str:
        front = f"11{_REGION}MB1Y{number + 100:04}{number % 10}"
        return front + uscc.calc_check_digit(front)

    def _make_elements(self) -> dict[str, Any]:
        elements: dict[str, Any] = {
            key: {"title": title, "title_en": key, "type": kind, "standard": "GA/T 467-2019", "personal": True}
            for key, title, kind in _PERSON
        }
        elements["id_type"]["codes"] = {"resident": "居民身份证", "passport": "护照"}
        for t, topic in enumerate(TOPICS):
            for d, (detail, kind) in enumerate(DETAILS):
                element: dict[str, Any] = {
                    "title": topic + detail,
                    "title_en": f"Detail {t}-{d}",
                    "type": kind,
                    "standard": "虚构",
                }
                if kind == "choice":
                    element["codes"] = {str(n): f"{topic}{n}类" for n in range(1, 6)}
                if kind == "integer":
                    element["schema"] = {"minimum": 0, "maximum": 10_000}
                elements[f"e{t:02}_{d}"] = element
        elements["list"] = {
            "title": "人员名单",
            "title_en": "List of people",
            "type": "table",
            "standard": "虚构",
            "columns": ["name", "id_number", "phone"],
        }
        return elements

    def _make_materials(self) -> dict[str, Any]:
        materials: dict[str, Any] = {}
        for t, topic in enumerate(TOPICS):
            for p, paper in enumerate(PAPERS):
                material: dict[str, Any] = {
                    "name": topic + paper,
                    "name_en": f"Paper {t}-{p}",
                    "acceptance_points": [f"{paper}在有效期内", "内容与申请一致"],
                }
                if p % 5 == 0:
                    material |= {"tolerable": True, "tolerance_days": 10}
                if p % 7 == 0:
                    material["promise"] = True
                materials[f"m{t:02}_{p:02}"] = material
        return materials

    def _mains(self) -> Iterator[tuple[str, dict[str, Any]]]:
        left, number = self._situations, 0
        while left > 0:
            department = list(self._departments)[number % len(self._departments)]
            nouns = self._departments[department][2].split()
            turn = number // len(self._departments)
            noun, scope = nouns[turn % len(nouns)], SCOPES[turn // len(nouns) % len(SCOPES)]
            # Beyond the stock of names the districts begin: the same items again under other names.
            district = turn // (len(nouns) * len(SCOPES))
            name = (f"第{district}片区" if district else "") + scope + noun
            main = self._main(department, name, number, left)
            left -= sum(len(sub["situations"]) for sub in main["sub_items"])
            number += 1
            yield department, main

    def _main(self, department: str, name: str, number: int, left: int) -> dict[str, Any]:
        dice = self._dice
        actions = dice.sample(ACTIONS, min(dice.randint(1, 4), left))
        cases = SITUATIONS[: max(1, min(dice.randint(1, 4), left // len(actions)))]
        questions: list[dict[str, Any]] = []
        if len(actions) > 1:
            options = {str(n): said for n, (_, _, said) in enumerate(actions)}
            questions.append({"id": "matter", "text": f"{name}要办什么？", "options": options})
        if len(cases) > 1:
            options = {str(n): case for n, (case, _) in enumerate(cases)}
            questions.append({"id": "case", "text": "属于哪种情况？", "options": options})
        subs = []
        for a, (verb, paper, said) in enumerate(actions):
            listed = []
            for c, (case, about) in enumerate(cases):
                when = {"answer.matter": [str(a)]} if len(actions) > 1 else {}
                when |= {"answer.case": [str(c)]} if len(cases) > 1 else {}
                own: dict[str, Any] = {
                    "no": f"{a * len(cases) + c + 1:02}",
                    "name": f"{name}{verb}{paper}",
                    "name_en": f"Item {number}-{a}",
                    "situation": f"{case}：{about}",
                    **({"when": when} if when else {}),
                    "legal_days": 20,
                    "promised_days": dice.randint(1, 10),
                    "words": [f"{name}{said}"],
                }
                if c:
                    own["materials"] = self._some_materials()
                listed.append(own)
            subs.append({"name": f"{name}{verb}{paper}", "situations": listed})
        return {
            "code": f"{self._numbers[department]}3{number:09}000",
            "name": name,
            "name_en": f"Main item {number}",
            "department": department,
            "type": dice.choice(("行政许可", "行政确认", "公共服务")),
            "kind": dice.choice(("即办件", "承诺件")),
            "legal_basis": f"《{_CITY}{name}管理办法》第{dice.randint(1, 40)}条",
            "result": f"{name}证明",
            "elements": {"行使层级": "市级", "咨询电话": "0579-12345"},
            **({"questions": questions} if questions else {}),
            "fields": self._some_fields(),
            "materials": self._some_materials(),
            "sub_items": subs,
        }

    def _some_fields(self) -> dict[str, Any]:
        dice = self._dice
        fields: dict[str, Any] = {"applicant": [key for key, _, _ in _PERSON[: dice.randint(4, 6)]]}
        for role in dice.sample(_ROLES[2:6], dice.randint(1, 3)):
            topic = dice.randrange(len(TOPICS))
            uses: list[Any] = [f"e{topic:02}_{d}" for d in sorted(dice.sample(range(len(DETAILS)), dice.randint(3, 7)))]
            choice = f"e{topic:02}_5"
            if choice in uses and f"e{topic:02}_6" in uses:
                uses[-1] = {"element": uses[-1], "when": {f"{role}.{choice}": ["1", "2"]}}
            fields[role] = uses
        if dice.random() < 0.05:
            fields["person"] = ["list"]
        return fields

    def _some_materials(self) -> list[str]:
        keys = list(self._materials)
        return [keys[0], *self._dice.sample(keys[1:], self._dice.randint(2, 7))]

    def _make_bundles(self, codes: dict[str, list[str]]) -> Iterator[tuple[str, dict[str, Any]]]:
        for number in range(self._bundles):
            trade = TRADES[number % len(TRADES)]
            name = WISHES[number // len(TRADES) % len(WISHES)].format(trade)
            departments = self._dice.sample(list(codes), min(self._dice.randint(2, 6), len(codes)))
            items: list[Any] = [self._dice.choice(codes[department]) for department in departments]
            bundle: dict[str, Any] = {
                "name": name,
                "name_en": f"Bundle {number}",
                "words": [trade, name.removeprefix("我要")],
            }
            if number % 4 == 0 and len(items) > 2:
                bundle["questions"] = [
                    {"id": "more", "text": f"{trade}还要办别的吗？", "options": {"y": "要", "n": "不要"}}
                ]
                items[-1] = {"code": items[-1], "when": {"answer.more": ["y"]}}
            yield f"bundle-{number:03}", {**bundle, "items": items}
