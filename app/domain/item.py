"""The catalogue's types: what a window can handle (domain facts §4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from app.domain.issuing import LicenceIssue


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
    TABLE = "table"
    """Repeating rows (employees, partners). The value is a JSON array of objects, column element -> value."""


When = Mapping[str, tuple[str, ...]]
"""A condition: key -> the values that satisfy it; all keys must be satisfied, an empty condition always is.

A key is a form field ("premises.use_right") or an answer of the guide ("answer.kind"). The value "*" stands for any
value that is not empty.
"""


def holds(when: When, values: Mapping[str, str]) -> bool:
    """Is a condition satisfied by the values and answers known so far? Unknown keys count as empty."""
    return all(
        (value := values.get(key, "")) in allowed or ("*" in allowed and value != "") for key, allowed in when.items()
    )


@dataclass(frozen=True, slots=True)
class Element:
    """An entry of the shared data element dictionary 数据元.

    schema: JSON Schema 2020-12 keywords that every use of the element must meet. codes: code -> title for CHOICE.
    standard: where the element is defined (e.g. GB 11643). personal: True when it is personal data, masked in logs.
    columns: the element ids of a TABLE's columns, in order; empty otherwise.
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
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """What a value describes: 申请人, 经营场所 …; the form's sections are roles, in their order."""

    id: str
    title: str
    title_en: str
    order: int


@dataclass(frozen=True, slots=True)
class FieldUse:
    """One question of one item: an element asked for a role. schema tightens the element's own.

    when: asked only if this holds. columns: of a TABLE, those that this item asks for (empty: all); required_columns:
    those that must be filled in each row.
    """

    role: str
    element: str
    required: bool = True
    schema: dict[str, Any] = field(default_factory=dict)
    title: str = ""
    """The item's own wording, when it differs from the element's."""
    when: When = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    required_columns: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.role}.{self.element}"


@dataclass(frozen=True, slots=True)
class MaterialUse:
    """One material 申请材料 that an item asks for.

    id is shared: two items asking for the same id are served by one copy. waived_by: licence types (their 21-character
    type code or our short id) whose verified presence waives it 免交. tolerable: 可容缺, to be handed in within
    tolerance_days (working days). promise: 可告知承诺; promise_check_days: working days until the follow-up check.
    when: wanted only if this holds. reuse_days: how long a copy of an earlier case still serves (0: not at all).
    waived_by may also name a shared-data query as "query:KIND". kind: 原件/复印件/原件核验收复印件/电子件 in words.
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
    when: When = field(default_factory=dict)
    reuse_days: int = 0
    promise_check_days: int = 0
    kind: str = ""
    sample: str = ""
    tolerance_needs: tuple[str, ...] = ()
    """What must have come out well before it is tolerated 容缺: FACE_CHECK, or "query:KIND" (DataSource.clears)."""
    shows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What can be read off it: form field (role.element) -> the words printed before its value (none: the usual)."""
    firm_paper: bool = False
    """It is about the firm and serves each of the firm's people alike."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item 事项 in one situation 情形: what a case is about.

    code: 业务办理项编码 (33 characters: USCC 18 + level 1 + base code 12 + situation 2). kind: 即办件 or 承诺件.
    legal_days: working days. promised_days: the same, or a number and a half (0.5, 1.5): such a limit runs by sessions.
    """

    code: str
    name: str
    name_en: str
    department: str
    situation: str
    kind: str
    legal_days: int
    promised_days: float
    legal_basis: str
    result: str
    fields: tuple[FieldUse, ...]
    materials: tuple[MaterialUse, ...]
    words: tuple[str, ...] = ()
    fee: str = "不收费"
    main: str = ""
    """Code of the 主项 (31 characters); the situation's own code adds two digits."""
    sub: str = ""
    """Name of the 子项; empty when the main item has none."""
    when: When = field(default_factory=dict)
    """The guide's answers that lead to this situation."""
    type: str = ""
    """行政许可, 行政确认, 公共服务 … (domain facts §4, types 01–20)."""
    cross_region: str = ""
    """通办范围: 本县, 全市, 全省, 长三角, 跨省; empty: not offered elsewhere."""
    papers: tuple[str, ...] = ()
    """The papers that handling it produces, by their official names."""
    official: tuple[str, ...] = ()
    """Ids of the official forms 官方表样 that are filled from it (docs/official-forms.md)."""
    elements: Mapping[str, str] = field(default_factory=dict)
    """The rest of the implementation list's elements 实施清单要素, by their official names."""
    version: int = 1
    locked: bool = True
    """Changing a locked element needs authority (docs/catalogue-format.md)."""
    inspect_after: bool = False
    """先证后查: what is promised is inspected within 24 hours of acceptance (app.services.follow_up)."""
    guardian: bool = False
    """A minor does not apply alone: a guardian 监护人 does, with a document of their own (app.services.companion)."""
    territory: str = ""
    """属地要素: the answer (role.element, an address) whose place decides; "": it is decided where it is received."""
    urgent_days: float = 0
    """承诺时限 when it is asked for 加急, as promised_days; 0: it cannot be hurried."""
    issues: LicenceIssue | None = None
    """结果证照: the e-licence that the platform issues when it is granted."""


FACE_CHECK = "face"
"""In `MaterialUse.tolerance_needs`: 刷脸容缺, the person was compared with the document and is the same."""

LICENCE = "行政许可"
"""The type of item that the 行政许可法 is about."""


def is_licence(item_code: str) -> bool:
    """Is the item a 行政许可? Its code says so: the type is digits 3 and 4 of the base code (domain facts §4)."""
    return item_code[21:23] == "01"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question of the guide."""

    value: str
    text: str
    text_en: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the guide; its answer stands under the key "answer." + id. when: asked only if this holds."""

    id: str
    text: str
    options: tuple[Option, ...]
    text_en: str = ""
    when: When = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MainItem:
    """A 主项 with the questions that narrow it to a situation. items: codes of its situations, over all 子项."""

    code: str
    name: str
    name_en: str
    department: str
    items: tuple[str, ...]
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """Several departments' items handled as one: 一件事. words: what people say when they want it.

    questions narrow it; choices: item code -> the answers under which that item belongs to it (absent: always).
    """

    code: str
    name: str
    name_en: str
    items: tuple[str, ...]
    words: tuple[str, ...]
    description: str = ""
    questions: tuple[Question, ...] = ()
    choices: Mapping[str, When] = field(default_factory=dict)
    merges: Mapping[str, MaterialUse] = field(default_factory=dict)
    """Material id -> the one that is handed in instead of it: several departments' forms become one 多表合一."""
    within: Mapping[str, str] = field(default_factory=dict)
    """Material id -> the item whose result it is: while that item is applied for together, nobody hands it in."""

    def together(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """These items of it as they are applied for together: their materials merged."""
        if not self.merges and not self.within:
            return tuple(items)
        codes = {item.code for item in items}
        made = {material for material, code in self.within.items() if code in codes}
        return tuple(replace(item, materials=self._materials(item, made)) for item in items)

    def _materials(self, item: Item, made: Collection[str]) -> tuple[MaterialUse, ...]:
        uses: dict[str, MaterialUse] = {}
        for use in item.materials:
            if use.id in made:
                continue
            merged = self.merges.get(use.id)
            one = replace(merged, required=use.required, when=use.when) if merged is not None else use
            uses.setdefault(one.id, one)
        return tuple(uses.values())


@dataclass(frozen=True, slots=True)
class Catalog:
    """A whole catalogue, ready to use. version goes into every case accepted under it."""

    version: str
    departments: dict[str, Department]
    roles: dict[str, Role]
    elements: dict[str, Element]
    items: dict[str, Item]
    bundles: dict[str, Bundle]
    mains: dict[str, MainItem] = field(default_factory=dict)
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Everyday word -> the official words that it stands for (search)."""

    def result_of(self, code: str) -> str:
        """What granting an item gives, e.g. 居住证; "" when it gives no paper or is not known."""
        item = self.items.get(code)
        return item.result if item is not None else ""

    def items_of(self, code: str) -> tuple[Item, ...]:
        """The items of a bundle's code, or the one item of an item's code. KeyError when unknown."""
        if code in self.bundles:
            return tuple(self.items[c] for c in self.bundles[code].items)
        return (self.items[code],)
