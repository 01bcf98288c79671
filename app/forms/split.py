"""From the combined form back to each item's own: exactly what the item asked for, and nothing else.

Data protection demands the second half: a department must not receive an answer that it had no right to ask, nor a
column of a table that another item asked for, nor what stands in a field whose condition does not hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.form import FormDefinition
from app.domain.item import ElementType, Item
from app.domain.table import only_columns
from app.forms.conditions import Conditions


def split(definition: FormDefinition, items: Sequence[Item], values: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Item code -> its fields that are filled, in the item's own order.

    values may hold more than is asked. ValueError for an item not in the form, and for a table that is none.
    """
    foreign = [item.code for item in items if item.code not in definition.items]
    if foreign:
        raise ValueError(f"not part of this form: {foreign}")
    asked: dict[str, dict[str, str]] = {code: {} for code in definition.items}
    for key, f in Conditions(definition).fields(values).items():
        text = values.get(key, "")
        if not text:
            continue
        columns: dict[str, set[str]] = {}
        for ask in f.asks:
            wanted = ask.use.columns or tuple(column.id for column in f.columns)
            columns.setdefault(ask.item, set()).update(wanted)
        for code in columns if f.asks else f.asked_by:
            own = only_columns(text, columns[code]) if f.element.type is ElementType.TABLE and f.asks else text
            if own:
                asked[code][key] = own
    return {
        item.code: {use.key: asked[item.code][use.key] for use in item.fields if use.key in asked[item.code]}
        for item in items
    }
