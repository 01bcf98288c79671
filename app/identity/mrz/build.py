"""Make a zone from its fields: for made-up documents, and to show that reading and writing agree."""

from __future__ import annotations

from dataclasses import dataclass

from app.identity.mrz.check import check_digit
from app.identity.mrz.layout import LAYOUTS, Format, cut
from app.identity.mrz.names import names_field


@dataclass(frozen=True, slots=True)
class Document:
    """What a zone is to say: capitals, digits and fillers only. birth, expiry: YYMMDD, unknown parts as fillers.

    surname, given_names: as transliterate gives them. optional: one text for each optional field of the format.
    """

    format: Format
    code: str
    issuer: str
    number: str
    nationality: str
    surname: str
    given_names: str
    birth: str
    sex: str
    expiry: str
    optional: tuple[str, ...] = ("", "")


def build(document: Document) -> tuple[str, ...]:
    """Its lines, check digits and all. Raises ValueError for what has no room."""
    kind, d = document.format, document
    layout = LAYOUTS[kind]
    rows = [["<"] * kind.length for _ in range(kind.lines)]

    def put(place: tuple[int, int, int], text: str) -> None:
        line, first, end = place
        if len(text) > end - first:
            raise ValueError(f"{text!r} does not fit {end - first} characters")
        rows[line][first : first + len(text)] = text

    def said(place: tuple[int, int, int]) -> str:
        return cut(tuple("".join(row) for row in rows), place)

    put(layout.code, d.code)
    put(layout.issuer, d.issuer)
    put(layout.nationality, d.nationality)
    put(layout.names, names_field(d.surname, d.given_names, layout.names[2] - layout.names[1]))
    put(layout.sex, d.sex)
    optional = list(d.optional)
    line, _, end = layout.number
    put(layout.number, d.number[:9])
    if len(d.number) > 9:
        if layout.optional_check or not layout.composite:
            raise ValueError(f"{kind} has no room for a number of more than nine characters")
        optional[0] = (d.number[9:] + check_digit(d.number) + "<" + optional[0]).rstrip("<")
    else:
        put((line, end, end + 1), check_digit(said(layout.number)))
    for place, text in zip(layout.optional, optional, strict=False):
        put(place, text)
    for place, text in ((layout.birth, d.birth), (layout.expiry, d.expiry)):
        put(place, text)
        put((place[0], place[2], place[2] + 1), check_digit(said(place)))
    if layout.optional_check:
        at, first, last = layout.optional[0]
        put((at, last, last + 1), check_digit(said((at, first, last))))
    if layout.composite:
        put((1, kind.length - 1, kind.length), check_digit("".join(said(place) for place in layout.composite)))
    return tuple("".join(row) for row in rows)
