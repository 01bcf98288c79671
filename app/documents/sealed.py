"""Electronic receive seals 收件专用章 on a paper: what its code says of them, and whether they stand."""

from __future__ import annotations

from collections.abc import Sequence

from app.documents.code import PaperCode
from app.documents.seal_gist import named_seal
from app.documents.wording import load_wording
from app.licences.region_seal import BadSeal, open_seal, seal_number
from app.licences.snapshot import Pin


def check_seals(seals: Sequence[str], code: PaperCode, regions: Sequence[tuple[str, Pin]]) -> tuple[str, list[str]]:
    """(what the good ones say, what is wrong). seals: as they came in the file. regions: whose seals count."""
    words, said, wrong = load_wording("check"), "", []
    named = named_seal(code.gist)
    if named and named not in map(seal_number, seals):
        wrong.append(words.text("seal.lacks", number=named))
    cases = {number for number, _ in code.cases}
    for text in seals:
        number = seal_number(text)
        try:
            seal = open_seal(text, regions)
        except BadSeal as error:
            wrong.append(words.text("seal.bad", number=number, why=error.what))
            continue
        if seal.provisional_no not in cases or not named:
            wrong.append(words.text("seal.other", number=number))
            continue
        said += words.text(
            "seal.good", number=number, region=seal.region.name, to=seal.to.name, case=seal.provisional_no,
            case_no=seal.case_no,
        )  # fmt: skip
    return said, wrong
