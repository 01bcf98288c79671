"""The value of a TABLE field: repeating rows (employees, partners), kept as one canonical JSON text.

Canonical: an array of objects, column element -> text; columns in alphabetical order, without spaces; what is empty
is left out, be it a cell or a row; no rows at all are the empty text. So equal tables are equal texts.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from html.parser import HTMLParser

Row = dict[str, str]


def read_table(text: str) -> list[Row]:
    """The rows of a value. ValueError for anything but an array of objects of texts."""
    if not text:
        return []
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("not a table: no JSON") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("not a table: no array of objects")
    if not all(isinstance(cell, str) for row in rows for cell in row.values()):
        raise ValueError("not a table: a cell is no text")
    return rows


def write_table(rows: Iterable[Mapping[str, str]]) -> str:
    """The canonical value of some rows."""
    full = [{column: cell for column, cell in row.items() if cell} for row in rows]
    kept = [row for row in full if row]
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True) if kept else ""


def only_columns(text: str, columns: Collection[str]) -> str:
    """The same table with these columns and no other; rows that hold nothing else are gone. ValueError: no table."""
    return write_table({column: cell for column, cell in row.items() if column in columns} for row in read_table(text))


def read_pasted(text: str, titles: Sequence[tuple[str, Collection[str]]], first: int = 0) -> list[Row]:
    """What a spreadsheet puts on the clipboard (tabs, line ends, quotes around cells that hold either) as rows.

    titles: for each column in order its element and the words that may head it. A first line that consists of
    headings says which column is which, and columns with another heading are left out; without one the cells go
    from column `first` on, and those that find no column are left out. ValueError for a cell beyond all measure.
    """
    try:
        lines = [[cell.strip() for cell in line] for line in csv.reader(io.StringIO(text, newline=""), "excel-tab")]
    except csv.Error as error:
        raise ValueError(f"no table: {error}") from error
    lines = [line for line in lines if any(line)]
    if not lines:
        return []
    known = {_plain(word): column for column, words in titles for word in words if word}
    headings = [known.get(_plain(cell)) for cell in lines[0]]
    named = [heading for heading in headings if heading]
    # One cell may hold a heading's word by chance (a sex column's 性别 does not); of several, most must be headings.
    if named and len(named) * 2 > sum(1 for cell in lines[0] if cell) and len(set(named)) == len(named):
        lines, targets = lines[1:], headings
    else:
        targets = [column for column, _ in titles[first:]]
    rows = [{t: cell for t, cell in zip(targets, line, strict=False) if t and cell} for line in lines]
    return [row for row in rows if row]


class _Cells(HTMLParser):
    """The cells of the first table of a page; a cell over several columns leaves the others empty."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside = self._done = False
        self._deep = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._deep += 1
        elif self._done or not self._deep:
            return
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            if not self.rows:
                self.rows.append([])
            span = dict(attrs).get("colspan") or "1"
            more = min(int(span), 100) - 1 if span.isdecimal() else 0
            self.rows[-1] += ["", *[""] * more]
            self._place = len(self.rows[-1]) - 1 - more
            self._inside = True
        elif tag == "br" and self._inside:
            self.rows[-1][self._place] += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._deep:
            self._deep -= 1
            self._done = self._done or not self._deep
        elif tag in ("td", "th", "tr"):
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside and not self._done:
            # Line ends in the source are layout; those of a cell are <br>.
            self.rows[-1][self._place] += re.sub(r"\s+", " ", data)


def html_as_tabs(page: str) -> str:
    """The first table of an HTML clipboard (WPS and web pages put it there) as a spreadsheet's text; "" without one."""
    reader = _Cells()
    reader.feed(page)
    reader.close()
    out = io.StringIO(newline="")
    csv.writer(out, "excel-tab").writerows([cell.strip() for cell in row] for row in reader.rows)
    return out.getvalue()


def _plain(words: str) -> str:
    return words.replace("*", "").replace("＊", "").replace(" ", "").replace("　", "").rstrip("：:").casefold()
