"""What a paper says, part by part, with no thought of layout: what `content` makes and `compose` sets in any format.

Every text carries the words by which a person is told of it ("申请人"), since the record of a paper and the messages of
the check name each text. A text may be given in two languages; which of them are set is the layout's matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.domain.place import Sketch
from app.domain.signature import Signature


@dataclass(frozen=True, slots=True)
class Both:
    """One text in Chinese and in English. en may be empty: then only the Chinese is set."""

    zh: str
    en: str = ""


Words = str | Both
"""A text; a plain one is Chinese, or the same in both languages (a name, a number)."""

Where = Literal["any", "page", "strip"]
"""Formats a block belongs to: all, sheets (A4, A5) only, thermal strips only."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading, its numeral (一、) in the text. It never stands at a page's foot without what follows."""

    text: Words
    on: Where = "any"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. emphasis: bold. small: as notes are set. indent: the first line by two characters."""

    text: Words
    about: str
    emphasis: bool = False
    small: bool = False
    indent: bool = True
    on: Where = "any"


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels and values, one below the other, or two beside each other where the values are short and there is room."""

    rows: tuple[tuple[Words, Words], ...]
    about: str = ""
    """Before the label in what each value is called ("受送达人" + "姓名"); the label alone when empty."""
    on: Where = "any"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a listing.

    title: its head. share: of the width, in proportion to the others'. about: what its cells are called ("事项名称").
    lead: the row's own name; on a strip it is the row's first line, bold on sheets. index: the running number, set
    before the lead on a strip. strip: how a cell of another column is said on a strip, {title} and {text} filled in;
    empty leaves it out there.
    """

    title: Words
    share: float
    align: Literal["l", "c", "r"] = "l"
    about: str = ""
    lead: bool = False
    index: bool = False
    strip: str = "{title}：{text}"


@dataclass(frozen=True, slots=True)
class Listing:
    """A table that runs over pages, its head repeated; row by row on a strip.

    A cell has as many texts as its row has columns; within a cell each "\\n" begins a line that is set smaller and
    grey (the department below an item's name). about: before the column's about, {n} is the row's number ("材料{n}").
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Words, ...], ...]
    about: str = "第{n}项"
    on: Where = "any"


@dataclass(frozen=True, slots=True)
class Points:
    """Notes, numbered 1., 2., … by the layout and set small. about: before the number ("告知事项")."""

    items: tuple[Words, ...]
    about: str
    on: Where = "any"


@dataclass(frozen=True, slots=True)
class Ticks:
    """Lines with a box before them. True: ☑, False or None: □; None is to be ticked by hand, so its box is larger."""

    rows: tuple[tuple[bool | None, Words], ...]
    about: str
    on: Where = "any"


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """Where one person signs. date: what stands below ("日期：　年　月　日"); nothing when empty. finger: what is said
    of a finger that was pressed here; nothing when none was."""

    caption: Words
    drawn: Signature | None = None
    date: Words = ""
    finger: Words = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign, never alone on a page and never parted from a seal that follows."""

    places: tuple[SignaturePlace, ...]
    on: Where = "any"


@dataclass(frozen=True, slots=True)
class Seal:
    """Where the seal goes. caption: whose it is (（受理专用章）). unit: who seals; date: of the paper."""

    caption: Words
    unit: Words = ""
    date: Words = ""
    on: Where = "any"
    electronic: bool = False
    """It is there already, as a signature inside the file: drawn as a seal, not as a place for one."""


@dataclass(frozen=True, slots=True)
class Square:
    """A code of its own beside the anti-forgery code, for people's phones. text: what it holds. lines: beside it on
    sheets, below it on strips."""

    text: str
    lines: tuple[Words, ...]
    about: str
    on: Where = "any"


@dataclass(frozen=True, slots=True)
class MapSheet:
    """A sketch of streets with the way to a place. here: what stands at its beginning. north: the arrow's words."""

    sketch: Sketch
    here: Words
    north: Words
    about: str
    on: Where = "any"


@dataclass(frozen=True, slots=True)
class Gap:
    """Room for so many lines of body text."""

    lines: float = 1.0
    on: Where = "any"


Block = Heading | Paragraph | Fields | Listing | Points | Ticks | Signatures | Seal | Square | MapSheet | Gap


@dataclass(frozen=True, slots=True)
class PaperBody:
    """Everything a paper says.

    title: the paper's name. number: its own number, bare. head: the facts beside the anti-forgery code. running: the
    head of continued pages ("受理通知书（续页）"). language "zh-en" sets the English of every `Both` as well. Furniture
    that is empty is not set.
    """

    title: Words
    number: str
    head: Fields
    blocks: tuple[Block, ...]
    running: Words
    language: Literal["zh", "zh-en"] = "zh"
    issuer: Words = ""
    """Above the title: the hall."""
    number_line: Words = ""
    """Below the title, "编号：…"; the bare number when empty."""
    notices: tuple[Words, ...] = ()
    """Below the number, in bold: reprint, demo."""
    footer: Words = ""
    page: Words = ""
    """The page count, {x} of {y}: "第 {x} 页 / 共 {y} 页"."""
    code_caption: Words = ""
    """Below the anti-forgery code."""
    watermark: str = ""
    demo_watermark: str = ""
    """Larger and in between; of demo papers only."""
