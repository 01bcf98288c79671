"""智能关联: what is often done together with what was chosen already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.domain.item import Catalog, Item


def related(catalog: Catalog, chosen: Sequence[Item], limit: int = 5) -> tuple[str, ...]:
    """Codes of main items (of items where there is none) that bundles 一件事 have together with what was chosen, those
    of most bundles first, then those that ask for the least anew: fields and materials that are shared."""
    codes = {item.code for item in chosen}
    taken = {item.main or item.code for item in chosen}
    together: Counter[str] = Counter()
    for bundle in catalog.bundles.values():
        if not codes.isdisjoint(bundle.items):
            together.update({_offered(catalog, catalog.items[code]) for code in bundle.items if code not in codes})
    fields = {use.key for item in chosen for use in item.fields}
    materials = {use.id for item in chosen for use in item.materials}
    shared = {
        code: max(len(_fields(item) & fields) + len(_materials(item) & materials) for item in _items(catalog, code))
        for code in together
        if code not in taken
    }
    return tuple(sorted(shared, key=lambda code: (-together[code], -shared[code], code))[:limit])


def _offered(catalog: Catalog, item: Item) -> str:
    return item.main if item.main in catalog.mains else item.code


def _items(catalog: Catalog, code: str) -> list[Item]:
    main = catalog.mains.get(code)
    return [catalog.items[one] for one in main.items] if main is not None else [catalog.items[code]]


def _fields(item: Item) -> set[str]:
    return {use.key for use in item.fields}


def _materials(item: Item) -> set[str]:
    return {use.id for use in item.materials}
