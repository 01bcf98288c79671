"""The handbook 使用手册: four books of chapters under resources/handbook.

A book is a folder with book.yaml and NN-NAME.md files in their order. A chapter begins with its heading; before it may
stand `topics: a, b` between lines of ---, the pages of resources/help/zh whose points end the chapter. So every key is
described once, for the short help and for the handbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

import resources
from app.domain.errors import BadInput
from app.handbook.blocks import Block, Heading, Picture, Span, plain, read_blocks

BOOKS = ("clerk", "mobile", "trainer", "admin")
"""In the order of the contents."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """id: BOOK/NAME. blocks: all of it, its heading (level 1) first. topics: the parts of the screen it is about."""

    id: str
    title: str
    topics: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Picture))


@dataclass(frozen=True, slots=True)
class Book:
    """title: 窗口人员手册. readers: one sentence on whom it is for."""

    id: str
    title: str
    readers: str
    chapters: tuple[Chapter, ...]


def picture_file(picture: Picture) -> Path:
    return resources.path("handbook/pictures") / picture.ref.file


def load_books(wanted: Sequence[str] = BOOKS) -> tuple[Book, ...]:
    """The books by their ids. BadInput when there is none of that name."""
    for name in wanted:
        if name not in BOOKS:
            raise BadInput("没有这本手册", name, f"可选：{'、'.join(BOOKS)}。")
    return tuple(_book(name) for name in wanted)


def _book(name: str) -> Book:
    folder = resources.path(f"handbook/{name}")
    meta = yaml.safe_load((folder / "book.yaml").read_text(encoding="utf-8"))
    chapters = tuple(_chapter(name, file) for file in sorted(folder.glob("*.md")))
    return Book(name, meta["title"], meta["readers"], chapters)


def _chapter(book: str, file: Path) -> Chapter:
    text = file.read_text(encoding="utf-8")
    topics: tuple[str, ...] = ()
    if text.startswith("---\n"):
        head, text = text[4:].split("\n---\n", 1)
        topics = tuple(part.strip() for part in yaml.safe_load(head)["topics"].split(","))

    def link(href: str) -> str:
        return href if "/" in href else f"{book}/{href}"

    blocks = read_blocks(text, link)
    first = blocks[0] if blocks else None
    if not isinstance(first, Heading):
        raise ValueError(f"{file.name}: a chapter begins with its heading")
    for topic in topics:
        blocks += _topic(topic)
    return Chapter(f"{book}/{file.stem.partition('-')[2]}", plain(first.spans), topics, blocks)


def _topic(topic: str) -> tuple[Block, ...]:
    """A page of the short help, its headings one lower."""
    (file,) = resources.path("help/zh").glob(f"*-{topic}.md")
    found = read_blocks(file.read_text(encoding="utf-8"), lambda href: href)
    lower: list[Block] = []
    for block in found:
        if isinstance(block, Heading):
            words = (Span("速查："), *block.spans) if block.level == 1 else block.spans
            block = Heading(block.level + 1, words)
        lower.append(block)
    return tuple(lower)
