"""From the combined form back to each item's own: exactly what the item asked for, and nothing else.

Data protection demands the second half: a department must not receive an answer that it had no right to ask.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.form import FormDefinition
from app.domain.item import Item


def split(definition: FormDefinition, items: Sequence[Item], values: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Item code -> its fields that are filled, in the item's own order. ValueError for an item not in the form."""
    foreign = [item.code for item in items if item.code not in definition.items]
    if foreign:
        raise ValueError(f"not part of this form: {foreign}")
    return {item.code: {u.key: values[u.key] for u in item.fields if values.get(u.key)} for item in items}
