"""What the readers of the catalogue's parts share: the work in progress, references, materials and questions."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from app.catalog.source import Entry, Record
from app.domain.item import Catalog, FieldUse, MaterialUse, Option, Question

MATERIAL_KEYS = (
    "name", "name_en", "kind", "original", "copies", "required", "tolerable", "tolerance_days", "tolerance_needs",
    "promise", "promise_check_days", "waived_by", "reuse_days", "acceptance_points", "sample", "when", "shows",
    "firm_paper",
)  # fmt: skip
MATERIAL_KINDS = ("原件", "复印件", "原件核验收复印件", "电子件")


@dataclass(slots=True)
class Built:
    """A catalogue, what its files hold beside it, and where in the files each part stands.

    titles: role -> element -> how the role words it. plain_uses: (role, element) -> the use that says nothing more.
    """

    catalog: Catalog
    name: str = ""
    region: str = ""
    materials: dict[str, MaterialUse] = field(default_factory=dict)
    titles: dict[str, dict[str, str]] = field(default_factory=dict)
    plain_uses: dict[tuple[str, str], FieldUse] = field(default_factory=dict)
    departments_at: dict[str, Record] = field(default_factory=dict)
    roles_at: dict[str, Record] = field(default_factory=dict)
    elements_at: dict[str, Record] = field(default_factory=dict)
    materials_at: dict[str, Record] = field(default_factory=dict)
    mains_at: dict[str, Record] = field(default_factory=dict)
    items_at: dict[str, Situation] = field(default_factory=dict)
    bundles_at: dict[str, Record] = field(default_factory=dict)


@dataclass(slots=True)
class Situation:
    """Where an item stands: what it says for itself, and what its main item says for all."""

    own: Record
    main: Record

    def has(self, name: str) -> bool:
        return name in self.own.entries or name in self.main.entries

    def at(self, name: str) -> Entry:
        """The place of a named value: the situation's own, else the main item's, else the situation itself."""
        if name in self.own.entries or name not in self.main.entries:
            return self.own.at(name)
        return self.main.entries[name]

    def holder(self, name: str) -> Record:
        """Who says it."""
        return self.main if name not in self.own.entries and name in self.main.entries else self.own

    def field(self, use: FieldUse) -> Entry:
        """Where a field is asked for."""
        return self.at("fields").down(use.role).part("element", use.element)

    def material(self, key: str) -> Entry:
        """Where a material is wanted."""
        return self.at("materials").part("id", key)


def material_use(base: MaterialUse, record: Record) -> MaterialUse:
    """The shared definition with what the record says otherwise."""
    kind = record.text("kind", base.kind)
    if "kind" in record.entries and kind not in MATERIAL_KINDS:
        record.at("kind").problem(f"材料形式“{kind}”不对", f"填{'、'.join(MATERIAL_KINDS)}之一")
    # Saying 原件 says that the original is handed in; 原件核验收复印件 leaves the copy.
    original = kind == "原件" if "kind" in record.entries else base.original
    return replace(
        base,
        name=record.text("name", base.name),
        name_en=record.text("name_en", base.name_en),
        kind=kind,
        original=record.flag("original", original),
        copies=record.count("copies", base.copies),
        required=record.flag("required", base.required),
        tolerable=record.flag("tolerable", base.tolerable),
        tolerance_days=record.count("tolerance_days", base.tolerance_days),
        tolerance_needs=record.texts("tolerance_needs", base.tolerance_needs),
        promise=record.flag("promise", base.promise),
        promise_check_days=record.count("promise_check_days", base.promise_check_days),
        waived_by=record.texts("waived_by", base.waived_by),
        reuse_days=record.count("reuse_days", base.reuse_days),
        acceptance_points=record.texts("acceptance_points", base.acceptance_points),
        sample=record.text("sample", base.sample),
        when=record.when() if "when" in record.entries else base.when,
        shows=record.lists("shows") if "shows" in record.entries else base.shows,
        firm_paper=record.flag("firm_paper", base.firm_paper),
    )


def questions(record: Record) -> tuple[Question, ...]:
    """The guide's questions of a main item or a bundle."""
    found: dict[str, Question] = {}
    for place in record.at("questions").sequence() if "questions" in record.entries else ():
        own = place.record(("id", "text", "text_en", "options", "when"), ("id", "text", "options"))
        key = own.text("id")
        if key in found:
            place.problem(f"问题“{key}”出现了两次", "只保留一处，或者换一个 id")
            continue
        options = own.at("options").mapping() if "options" in own.entries else {}
        found[key] = Question(
            key,
            own.text("text"),
            tuple(_option(value, option) for value, option in options.items()),
            own.text("text_en"),
            own.when(),
        )
    return tuple(found.values())


def _option(value: str, place: Entry) -> Option:
    if not place.is_group:
        return Option(value, place.text())
    own = place.record(("text", "text_en"), ("text",))
    return Option(value, own.text("text"), own.text("text_en"))


def known(place: Entry, key: str, among: Collection[Any], what: str, where: str) -> bool:
    """Is the reference good? Reports it otherwise, with the nearest name."""
    if key in among:
        return True
    near = difflib.get_close_matches(key, among, 1)
    guess = f"是不是“{near[0]}”？" if near else ""
    place.problem(f"没有这个{what}：“{key}”", f"{guess}否则先在 {where} 里定义")
    return False
