"""A chapter as HTML for the help of the program; colours and measures are the style sheet's that the page is given."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from app.handbook.blocks import Block, CodeBlock, Heading, Look, Picture, Point, Prose, Spans, Table, plain

_NBSP = "\u00a0"
_MARKER = 26
"""Room of a point's marker, in pixels; each depth more takes `_DEEPER` more."""
_DEEPER = 20


def to_html(blocks: Iterable[Block]) -> str:
    """Classes: key, code (spans); note, caption, picture, point (paragraphs). Pictures: <img src="FILE">. Links: the
    chapter's id."""
    return "\n".join(_block(block) for block in blocks)


def searched(blocks: Iterable[Block]) -> str:
    """All words of a chapter, for its search."""
    found = []
    for block in blocks:
        match block:
            case Heading() | Prose() | Point():
                found.append(plain(block.spans))
            case Picture():
                found.append(block.caption)
            case CodeBlock():
                found.append(block.text)
            case Table():
                found += [plain(cell) for row in block.rows for cell in row]
    return "\n".join(found)


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{_line(block.spans)}</h{block.level}>"
        case Prose(note=True):
            return f'<table class="note" width="100%"><tr><td class="note">{_line(block.spans)}</td></tr></table>'
        case Prose():
            return f"<p>{_line(block.spans)}</p>"
        case Point():
            # One table a point: Qt numbers lists by itself and cannot set a list's gaps, and the marker stands apart.
            return (
                f'<table cellspacing="0" cellpadding="0"><tr><td class="marker" align="right" '
                f'width="{_MARKER + _DEEPER * block.depth}">{block.marker}{_NBSP}</td>'
                f'<td class="point">{_line(block.spans)}</td></tr></table>'
            )
        case Picture():
            words = f'<p class="caption">{escape(block.caption)}</p>' if block.caption else ""
            return f'<p class="picture"><img src="{escape(block.ref.file)}"/></p>{words}'
        case CodeBlock():
            return f"<pre>{escape(block.text)}</pre>"
        case Table():
            rows = "".join(
                "<tr>" + "".join(f"<{tag}>{_line(cell)}</{tag}>" for cell in row) + "</tr>"
                for tag, row in zip(("th", *("td",) * len(block.rows)), block.rows, strict=False)
            )
            return f'<table class="grid" cellspacing="0" cellpadding="6" width="100%">{rows}</table>'


def _line(spans: Spans) -> str:
    parts = []
    for span in spans:
        words = escape(span.text)
        match span.look:
            case Look.BOLD:
                parts.append(f"<b>{words}</b>")
            case Look.KEY:
                # No space may tear a key apart, and its ground needs some room at both sides.
                parts.append(f'<span class="key">{_NBSP}{words.replace(" ", _NBSP)}{_NBSP}</span>')
            case Look.CODE:
                parts.append(f'<span class="code">{words}</span>')
            case Look.LINK:
                parts.append(f'<a href="{escape(span.target)}">{words}</a>')
            case _:
                parts.append(words)
    return "".join(parts)
