"""What a step changed, in words: for the line that says what was taken back or done again."""

from __future__ import annotations

from app.domain.item import Catalog
from app.domain.material import Material, MaterialStatus
from app.services.visit import Visit, chosen_names

_MOST = 3


def what_changed(before: Visit, after: Visit, catalog: Catalog) -> str:
    """The difference that a person would name first: card, licence, cart, fields, materials; "" when there is none.

    A card or an item changes fields and materials too; who takes that back knows.
    """
    if before.card != after.card:
        return "读取的证件"
    if before.licences != after.licences:
        return "扫描的证照"
    if before.codes != after.codes:
        moved = [code for code in (*before.codes, *after.codes) if (code in before.codes) != (code in after.codes)]
        return _some(chosen_names(catalog, moved))
    if before.answers != after.answers:
        asked = [code for code in after.codes if before.answers.get(code) != after.answers.get(code)]
        return _some([f"{name}的情形" for name in chosen_names(catalog, asked)])
    signed = "申请人确认签字" if before.confirmation != after.confirmation else ""
    return _some(_fields(before, after)) or _some(_materials(before, after)) or signed


def _fields(before: Visit, after: Visit) -> list[str]:
    titles = {f.key: f.title for visit in (before, after) for f in visit.form.definition.fields}
    # Taking an offer or settling a disagreement may leave the very same value: whose word it is has changed.
    return [title for key, title in titles.items() if before.form.state(key) != after.form.state(key)]


def _materials(before: Visit, after: Visit) -> list[str]:
    old = {m.use.id: m for m in before.checklist.materials}
    return [_how(old.get(m.use.id), m) for m in after.checklist.materials if old.get(m.use.id) != m]


def _how(old: Material | None, new: Material) -> str:
    name = new.use.name
    if old is None or old.pages != new.pages:
        return f"{name}的影像"
    if old.ticked != new.ticked:
        return f"{name}的收件要点"
    if MaterialStatus.TOLERATED in (old.status, new.status):
        return f"{name}的容缺"
    if MaterialStatus.PROMISED in (old.status, new.status):
        return f"{name}的承诺"
    return name


def _some(names: list[str]) -> str:
    shown = "、".join(names[:_MOST])
    return f"{shown}等 {len(names)} 项" if len(names) > _MOST else shown
