"""What several items ask for together, for people who plan or check a bundle (`yichuang form CODE…`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.errors import BadInput
from app.domain.item import Catalog, Item
from app.forms.combine import combine
from app.materials.checklist import Checklist


def summarise(catalog: Catalog, codes: Sequence[str], answers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The fields, the materials, and how many of each need not be given again. BadInput for a code unknown.

    Conditional fields are listed with their conditions; answers (the guide's) leave out what they rule out.
    """
    items: dict[str, Item] = {}
    for code in codes:
        try:
            items.update({item.code: item for item in catalog.items_of(code)})
        except KeyError:
            raise BadInput("没有这个事项", f"事项目录里没有编码 {code}", "用 yichuang search 查找编码") from None
    definition = combine(catalog, tuple(items.values()), answers)
    checklist = Checklist(tuple(items.values()))
    return {
        "fields": [
            {
                "key": f.key,
                "title": f.title,
                "type": f.element.type.value,
                "required": f.required,
                "asked_by": list(f.asked_by),
                **({"when": [{k: list(v) for k, v in when.items()} for when in f.when]} if f.when else {}),
                **({"columns": [column.id for column in f.columns]} if f.columns else {}),
            }
            for f in definition.fields
        ],
        "materials": [
            {
                "id": m.use.id,
                "name": m.use.name,
                "required": m.use.required,
                "original": m.use.original,
                "copies": m.use.copies,
                "waived_by": list(m.use.waived_by),
                "tolerable": m.use.tolerable,
                "promise": m.use.promise,
                "asked_by": list(m.asked_by),
            }
            for m in checklist.materials
        ],
        "saved": {
            "fields": definition.asked_separately - len(definition.fields),
            "materials": checklist.saved,
        },
    }
