"""Pieces of HTML for the gateway's own pages. Whatever people wrote goes through `text`."""

from __future__ import annotations

import html
from collections.abc import Sequence


def text(words: object) -> str:
    """Words as HTML, in an element or in an attribute's quotation marks."""
    return html.escape(str(words), quote=True)


def options(choices: Sequence[tuple[str, str]]) -> str:
    """The choices of a select: value and words."""
    return "".join(f'<option value="{text(key)}">{text(words)}</option>' for key, words in choices)
