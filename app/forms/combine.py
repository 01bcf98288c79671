"""Several items, one form: each data element is asked for once, as strictly as the strictest of them wants it.

The form does not depend on the order in which the items were chosen: the item with the most questions leads, because
its order of questions is the one most thought about; among equals the code decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.domain.constraints import Contradiction, Schema, element_schema, merge
from app.domain.errors import BadInput
from app.domain.form import Ask, FormDefinition, FormField, FormSection
from app.domain.item import Catalog, Element, ElementType, FieldUse, Item, When
from app.forms.demands import demand

ANSWER = "answer."
"""Beginning of the keys under which a condition sees the guide's answers."""


class Conflict(BadInput):
    """Two items of one form want what excludes each other. key: the field; items: the codes of those concerned."""

    def __init__(self, key: str, items: tuple[str, ...], what: str, todo: str) -> None:
        super().__init__("这些事项不能合并填表", what, todo)
        self.key = key
        self.items = items


def combine(catalog: Catalog, items: Sequence[Item], answers: Mapping[str, str] | None = None) -> FormDefinition:
    """One form for the items; an item named twice counts once.

    answers: the guide's, by key ("answer.kind") or by the question's id; questions that they rule out are left out of
    the form. Without them conditions on answers stay open, to be judged with the values. Raises Conflict when items
    ask at the same time for what excludes each other.
    """
    distinct = {item.code: item for item in items}
    known = None if answers is None else {k if k.startswith(ANSWER) else ANSWER + k: v for k, v in answers.items()}
    asks: dict[str, list[Ask]] = {}
    for item in sorted(distinct.values(), key=lambda item: (-len(item.fields), item.code)):
        for use in item.fields:
            ask = _settled(Ask(item.code, use), known)
            if ask is not None:
                asks.setdefault(use.key, []).append(ask)
    names = {item.code: item.name for item in distinct.values()}
    sections: dict[str, list[FormField]] = {}
    for key, some in asks.items():
        use = some[0].use
        element = catalog.elements[use.element]
        columns = tuple(catalog.elements[column] for column in element.columns)
        try:
            made = merged_field(key, element, columns, some)
        except Contradiction:
            made = _apart(key, element, columns, some, names)
        sections.setdefault(use.role, []).append(made)
    roles = sorted(sections, key=lambda role: (catalog.roles[role].order, role))
    return FormDefinition(
        tuple(distinct),
        tuple(
            FormSection(role, catalog.roles[role].title, catalog.roles[role].title_en, tuple(sections[role]))
            for role in roles
        ),
    )


def _settled(ask: Ask, answers: Mapping[str, str] | None) -> Ask | None:
    """The question with its conditions on answers settled; None when they are not met."""
    if answers is None or not any(key.startswith(ANSWER) for key in ask.use.when):
        return ask
    rest: dict[str, tuple[str, ...]] = {}
    for key, allowed in ask.use.when.items():
        if not key.startswith(ANSWER):
            rest[key] = allowed
            continue
        value = answers.get(key, "")
        if value not in allowed and not ("*" in allowed and value):
            return None
    return Ask(ask.item, replace(ask.use, when=rest))


def merged_field(key: str, element: Element, columns: Sequence[Element], asks: Sequence[Ask]) -> FormField:
    """One field for some items' questions. Raises Contradiction when no value can meet them all."""
    uses = [ask.use for ask in asks]
    schema = strictest(element, columns, uses)
    narrowed = element
    if element.codes and len(schema.get("enum", element.codes)) != len(element.codes):
        narrowed = replace(element, codes={c: t for c, t in element.codes.items() if c in schema["enum"]})
    wanted = {column for use in uses for column in use.columns or element.columns}
    always = any(not use.when for use in uses)
    return FormField(
        key,
        uses[0].role,
        narrowed,
        next((use.title for use in uses if use.title), element.title),
        element.title_en,
        any(use.required for use in uses),
        schema,
        tuple(dict.fromkeys(ask.item for ask in asks)),
        () if always else _distinct(use.when for use in uses),
        tuple(column for column in columns if column.id in wanted),
        tuple(asks),
        element,
    )


def strictest(element: Element, columns: Sequence[Element], uses: Sequence[FieldUse]) -> Schema:
    """The merged JSON Schema of some questions. Raises Contradiction."""
    schema = element_schema(element)
    own = [use.schema for use in uses if use.schema]
    table = element.type is ElementType.TABLE
    for wanted in own:
        schema = merge(schema, {k: v for k, v in wanted.items() if k != "items"} if table else wanted)
    # A value is proposed only if all who propose one propose the same; merging two by two would forget that.
    if len({str(wanted["default"]) for wanted in (element.schema, *own) if "default" in wanted}) > 1:
        schema.pop("default", None)
    if table:
        schema["items"] = _row_schema(element, columns, uses)
    return schema


def _row_schema(element: Element, columns: Sequence[Element], uses: Sequence[FieldUse]) -> Schema:
    """What each row must meet. A use tightens a column by schema.items.properties, as JSON Schema writes it."""
    wanted = {column for use in uses for column in use.columns or element.columns}
    required = {column for use in uses for column in use.required_columns}
    properties = {}
    for column in columns:
        if column.id in wanted:
            schema = element_schema(column)
            for part in (element.schema, *(use.schema for use in uses)):
                schema = merge(schema, part.get("items", {}).get("properties", {}).get(column.id, {}))
            properties[column.id] = schema
    return {
        "type": "object",
        "properties": properties,
        "required": [column for column in properties if column in required],
        "additionalProperties": False,
    }


def _distinct(conditions: Iterable[When]) -> tuple[When, ...]:
    found: list[When] = []
    for when in conditions:
        if when not in found:
            found.append(when)
    return tuple(found)


def can_meet(one: When, other: When) -> bool:
    """Is there a state of the form in which both conditions hold? Told from the values they name."""
    for key in one.keys() & other.keys():
        first, second = set(one[key]), set(other[key])
        common = first & second
        if "*" in first:
            common |= {value for value in second if value}
        if "*" in second:
            common |= {value for value in first if value}
        if not common:
            return False
    return True


def _apart(
    key: str, element: Element, columns: Sequence[Element], asks: Sequence[Ask], names: Mapping[str, str]
) -> FormField:
    """A field whose questions cannot all be met. Fine where conditions keep them apart; else raises Conflict."""
    for ask in asks:
        _agree(key, element, columns, [ask], names)
    for at, one in enumerate(asks):
        for other in asks[at + 1 :]:
            if can_meet(one.use.when, other.use.when):
                _agree(key, element, columns, [one, other], names)
    free = [ask for ask in asks if not ask.use.when]
    _agree(key, element, columns, free, names)
    # What the screen shows before any condition is known: what always applies. The rest is judged as it comes up.
    bare = [ask if not ask.use.when else Ask(ask.item, replace(ask.use, schema={})) for ask in asks]
    return replace(merged_field(key, element, columns, bare), asks=tuple(asks))


def _agree(
    key: str, element: Element, columns: Sequence[Element], asks: Sequence[Ask], names: Mapping[str, str]
) -> None:
    """Raise Conflict, in words, when these questions exclude each other."""
    uses = [ask.use for ask in asks]
    try:
        strictest(element, columns, uses)
    except Contradiction as error:
        title = next((use.title for use in uses if use.title), element.title)
        parties = "、".join(f"《{names[code]}》" for code in dict.fromkeys(ask.item for ask in asks))
        wants = [f"《{names[ask.item]}》要求{demand(ask.use.schema, element)}" for ask in asks if ask.use.schema]
        if len(asks) == 1:
            todo = "请先不办这一事项，并请管理员核对事项目录"
        else:
            listed = "或者".join(f"《{names[code]}》" for code in dict.fromkeys(ask.item for ask in asks))
            todo = f"请从清单里移去{listed}，分两次受理；要求本身有误的，请管理员核对事项目录"
        raise Conflict(
            key,
            tuple(dict.fromkeys(ask.item for ask in asks)),
            f"{parties}对“{title}”的要求相互矛盾：{'；'.join(wants) or error}",
            todo,
        ) from None
