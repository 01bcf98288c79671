"""What a chapter is made of, read from Markdown: one form for the screen and for the printed handbook."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from markdown_it import MarkdownIt
from markdown_it.token import Token

_ONE_KEY = (
    r"(?:(?:Ctrl|Alt|Shift)\+)*"
    r"(?:F\d{1,2}|[A-Z0-9]|Enter|Esc|Tab|Del(?:ete)?|空格|Home|End|Page(?:Up|Down)|Pg(?:Up|Dn)|[↑↓←→+−=,'-])"
)
_KEYS = re.compile(rf"{_ONE_KEY}(?:(?: |–){_ONE_KEY})*")


class Look(StrEnum):
    """How a piece of a line looks."""

    PLAIN = "plain"
    BOLD = "bold"
    KEY = "key"
    CODE = "code"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line. target: of a link, the chapter as BOOK/CHAPTER."""

    text: str
    look: Look = Look.PLAIN
    target: str = ""


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """level 1: the chapter's own; 2 and 3 within it."""

    level: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph; note: one that must not be overlooked (Markdown's quotation)."""

    spans: Spans
    note: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A line of a list. depth: 0 and more. marker: "•", or "1." of a numbered one."""

    depth: int
    marker: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class PictureRef:
    """A picture that a scenario makes. widget: cut to this part of the screen, "" for all of it."""

    scenario: str
    step: str
    widget: str = ""

    @property
    def file(self) -> str:
        """Its file in resources/handbook/pictures."""
        return ".".join(part for part in (self.scenario, self.step, self.widget) if part) + ".png"


@dataclass(frozen=True, slots=True)
class Picture:
    ref: PictureRef
    caption: str


@dataclass(frozen=True, slots=True)
class CodeBlock:
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """rows[0]: the headings; every row as many cells."""

    rows: tuple[tuple[Spans, ...], ...]


Block = Heading | Prose | Point | Picture | CodeBlock | Table


def is_key(words: str) -> bool:
    """Is this the name of a key, several keys or a range of them: F2, Ctrl+Shift+V, ↑ ↓, Alt+1–9?"""
    return _KEYS.fullmatch(words) is not None


def plain(spans: Iterable[Span]) -> str:
    return "".join(span.text for span in spans)


def read_blocks(markdown: str, link: Callable[[str], str]) -> tuple[Block, ...]:
    """The blocks of a page. link: makes BOOK/CHAPTER of what stands behind a link.

    ValueError on what a handbook has no form for, so that it is not silently left out.
    """
    return tuple(_Walk(MarkdownIt("commonmark", {"html": False}).enable("table").parse(markdown), link).blocks())


class _Walk:
    """Goes through markdown-it's tokens once."""

    def __init__(self, tokens: list[Token], link: Callable[[str], str]) -> None:
        self._tokens = tokens
        self._link = link
        self._lists: list[int] = []
        """Of each list that is open, the number of its next point; -1 without numbers."""
        self._marker = ""
        self._note = False

    def blocks(self) -> Iterator[Block]:
        rows: list[tuple[Spans, ...]] = []
        cells: list[Spans] = []
        level = 0
        cell = False
        for token in self._tokens:
            match token.type:
                case "heading_open":
                    level = int(token.tag[1])
                case "heading_close":
                    level = 0
                case "bullet_list_open":
                    self._lists.append(-1)
                case "ordered_list_open":
                    self._lists.append(int(token.attrGet("start") or 1))
                case "bullet_list_close" | "ordered_list_close":
                    self._lists.pop()
                case "list_item_open":
                    self._marker = self._next_marker()
                case "blockquote_open" | "blockquote_close":
                    self._note = token.nesting == 1
                case "th_open" | "td_open":
                    cell = True
                case "th_close" | "td_close":
                    cell = False
                case "tr_close":
                    rows.append(tuple(cells))
                    cells = []
                case "table_close":
                    yield Table(tuple(rows))
                    rows = []
                case "fence" | "code_block":
                    yield CodeBlock(token.content.rstrip("\n"))
                case "inline" if cell:
                    cells.append(self._spans(token))
                case "inline":
                    yield self._line(token, level)
                case "hr" | "html_block":
                    raise ValueError(f"no form for {token.type}")

    def _line(self, token: Token, level: int) -> Block:
        children = token.children or []
        if len(children) == 1 and children[0].type == "image":
            return _picture(children[0])
        spans = self._spans(token)
        if level:
            return Heading(level, spans)
        if self._lists:
            marker, self._marker = self._marker, ""
            return Point(len(self._lists) - 1, marker, spans)
        return Prose(spans, self._note)

    def _next_marker(self) -> str:
        number = self._lists[-1]
        if number < 0:
            return "•"
        self._lists[-1] = number + 1
        return f"{number}."

    def _spans(self, token: Token) -> Spans:
        found: list[Span] = []
        bold = False
        target = ""
        for child in token.children or []:
            match child.type:
                case "strong_open" | "strong_close":
                    bold = child.nesting == 1
                case "link_open":
                    target = self._link(str(child.attrGet("href")))
                case "link_close":
                    target = ""
                case "code_inline":
                    found.append(Span(child.content, Look.CODE))
                case "softbreak":
                    # Chinese has no spaces between words: a line broken in the file is none on the page.
                    found.append(Span(""))
                case "text" if not child.content:
                    pass
                case "text" if bold and is_key(child.content):
                    found.append(Span(child.content, Look.KEY))
                case "text" if target:
                    found.append(Span(child.content, Look.LINK, target))
                case "text":
                    found.append(Span(child.content, Look.BOLD if bold else Look.PLAIN))
                case _:
                    raise ValueError(f"no form for {child.type}: {token.content}")
        return tuple(span for span in found if span.text)


def _picture(token: Token) -> Picture:
    parts = str(token.attrGet("src")).split("/")
    if len(parts) not in (2, 3):
        raise ValueError(f"a picture is SCENARIO/STEP or SCENARIO/STEP/WIDGET: {'/'.join(parts)}")
    return Picture(PictureRef(*parts), token.content)
