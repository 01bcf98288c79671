"""Bundles: what the guide leads to must go into one form, as it will be made at the window."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations, islice

from app.catalog.guide import PREFIX, Guide
from app.catalog.lint_conditions import MOST, lint_choices
from app.catalog.lint_parts import LONGEST, lint_english, lint_name
from app.catalog.parts import Built
from app.domain.constraints import Contradiction
from app.domain.form import Ask, FormField
from app.domain.item import Bundle, Catalog, Item
from app.forms.combine import Conflict, can_meet, combine, strictest


def lint_bundles(built: Built, sound: Catalog) -> None:
    """Each bundle by itself, and what its items ask together. sound: the catalogue without fields that are wrong."""
    for bundle in built.catalog.bundles.values():
        record = built.bundles_at[bundle.code]
        place = record.at("items")
        lint_name(record.at("name"), bundle.name, LONGEST["name"], "一件事名称")
        lint_english(record.entry, bundle.name_en, bundle.name)
        if len(set(bundle.items)) < 2:
            place.problem("一件事至少由两个事项组成", "补上事项；只有一个事项的，给该事项加 words 即可")
        if not bundle.words:
            record.entry.problem("没有写群众会怎么说", "补上 words，否则搜不到", soft=True)
        if lint_choices(built, bundle.code):
            _lint_forms(built, bundle, sound)


def _lint_forms(built: Built, bundle: Bundle, sound: Catalog) -> None:
    """Make each form that the guide can lead to, answers worked in, and report what the window would refuse."""
    guide = Guide(sound, bundle.code)
    seen: set[tuple[object, ...]] = set()
    for answers in islice(guide.routes(), MOST):
        # What no field looks at does not change the form.
        said = {code: guide.values(answers, code) for code in guide.items(answers)}
        form = tuple((code, *_looked_at(sound.items[code], values)) for code, values in said.items())
        if form not in seen:
            seen.add(form)
            _lint_form(built, bundle, sound, guide.chosen(answers))


def _looked_at(item: Item, values: dict[str, str]) -> Iterable[tuple[str, str]]:
    keys = {key for use in item.fields for key in use.when if key.startswith(PREFIX)}
    return sorted((key, value) for key, value in values.items() if key in keys)


def _lint_form(built: Built, bundle: Bundle, sound: Catalog, items: Sequence[Item]) -> None:
    while True:
        try:
            definition = combine(sound, items)
        except Conflict as error:
            _told(built, bundle, error.key, error.items, error.what)
            # The other fields' conflicts are told in the same run.
            items = [replace(i, fields=tuple(use for use in i.fields if use.key != error.key)) for i in items]
        else:
            break
    for field in definition.fields:
        for asks in _clashes(field):
            parties = tuple(dict.fromkeys(ask.item for ask in asks))
            names = "、".join(f"《{sound.items[code].name}》" for code in parties)
            what = f"{names}同时问到“{field.title}”时，要求相互矛盾"
            _told(built, bundle, field.key, parties, what)


def _clashes(field: FormField) -> list[tuple[Ask, ...]]:
    """Three and more questions under conditions that exclude each other only together: no value is right then."""
    asks = field.asks
    if len(asks) < 3 or not _excluded(field, asks):
        return []
    found: list[tuple[Ask, ...]] = []
    for size in range(3, len(asks) + 1):
        for some in combinations(asks, size):
            smaller = any(set(map(id, clash)) <= set(map(id, some)) for clash in found)
            meet = all(can_meet(a.use.when, b.use.when) for a, b in combinations(some, 2))
            if not smaller and meet and _excluded(field, some):
                found.append(some)
    return found


def _excluded(field: FormField, asks: Sequence[Ask]) -> bool:
    try:
        strictest(field.whole or field.element, field.columns, [ask.use for ask in asks])
    except Contradiction:
        return True
    return False


def _told(built: Built, bundle: Bundle, key: str, codes: Sequence[str], what: str) -> None:
    """A conflict, at the bundle's line of the last item concerned; what to do names the fields' own lines."""
    concerned = sorted(codes, key=bundle.items.index)
    at = []
    for code in concerned:
        use = next(use for use in built.catalog.items[code].fields if use.key == key)
        place = built.items_at[code].field(use)
        at.append(f"{place.file}:{place.line}")
    built.bundles_at[bundle.code].at("items").part("code", concerned[-1]).problem(
        f"“{key}”不能合并成一栏：{what}", f"放宽 {' 或者 '.join(dict.fromkeys(at))} 的 schema，或者拆成两件事"
    )
