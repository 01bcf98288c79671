"""The catalogue's types: what a window can handle (domain facts §4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Department:
    """A department whose items the window receives. uscc: its 统一社会信用代码, part of the implementation codes."""

    id: str
    name: str
    name_en: str
    uscc: str


class ElementType(StrEnum):
    """How a data element is typed and checked."""

    TEXT = "text"
    DATE = "date"
    INTEGER = "integer"
    DECIMAL = "decimal"
    CHOICE = "choice"
    PHONE = "phone"
    ID_NUMBER = "id_number"
    USCC = "uscc"


@dataclass(frozen=True, slots=True)
class Element:
    """An entry of the shared data element dictionary 数据元.

    schema: JSON Schema 2020-12 keywords that every use of the element must meet. codes: code -> title for CHOICE.
    standard: where the element is defined (e.g. GB 11643). personal: True when it is personal data, masked in logs.
    """

    id: str
    title: str
    title_en: str
    type: ElementType
    schema: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    unit: str = ""
    standard: str = ""
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """What a value describes: 申请人, 经营场所 …; the form's sections are roles, in their order."""

    id: str
    title: str
    title_en: str
    order: int


@dataclass(frozen=True, slots=True)
class FieldUse:
    """One question of one item: an element asked for a role. schema tightens the element's own."""

    role: str
    element: str
    required: bool = True
    schema: dict[str, Any] = field(default_factory=dict)
    title: str = ""
    """The item's own wording, when it differs from the element's."""

    @property
    def key(self) -> str:
        return f"{self.role}.{self.element}"


@dataclass(frozen=True, slots=True)
class MaterialUse:
    """One material 申请材料 that an item asks for.

    id is shared: two items asking for the same id are served by one copy. waived_by: licence types (their 21-character
    type code or our short id) whose verified presence waives it 免交. tolerable: 可容缺, to be handed in within
    tolerance_days. promise: 可告知承诺.
    """

    id: str
    name: str
    name_en: str = ""
    required: bool = True
    original: bool = False
    copies: int = 1
    tolerable: bool = False
    tolerance_days: int = 0
    promise: bool = False
    waived_by: tuple[str, ...] = ()
    acceptance_points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An item 事项 in one situation 情形: what a case is about.

    code: 业务办理项编码 (33 characters: USCC 18 + level 1 + base code 12 + situation 2). kind: 即办件 or 承诺件.
    legal_days, promised_days: working days.
    """

    code: str
    name: str
    name_en: str
    department: str
    situation: str
    kind: str
    legal_days: int
    promised_days: int
    legal_basis: str
    result: str
    fields: tuple[FieldUse, ...]
    materials: tuple[MaterialUse, ...]
    words: tuple[str, ...] = ()
    fee: str = "不收费"


@dataclass(frozen=True, slots=True)
class Bundle:
    """Several departments' items handled as one: 一件事. words: what people say when they want it."""

    code: str
    name: str
    name_en: str
    items: tuple[str, ...]
    words: tuple[str, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class Catalog:
    """A whole catalogue, ready to use. version goes into every case accepted under it."""

    version: str
    departments: dict[str, Department]
    roles: dict[str, Role]
    elements: dict[str, Element]
    items: dict[str, Item]
    bundles: dict[str, Bundle]

    def items_of(self, code: str) -> tuple[Item, ...]:
        """The items of a bundle's code, or the one item of an item's code. KeyError when unknown."""
        if code in self.bundles:
            return tuple(self.items[c] for c in self.bundles[code].items)
        return (self.items[code],)
