"""Is this paper ours and unaltered? From a PDF, or from the text of its scanned code alone.

The signed code holds digests of every text on the paper and of the record attached to the PDF. A PDF is compared
with them; when it differs, the record says where. A code alone says what the paper must say, for a person to compare.

Not covered: a forger who keeps all texts and swaps the shapes in an embedded font. The words therefore always state
the signed facts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.documents.code import PREFIX, PaperCode, read_payload
from app.documents.compare import differences, missing_facts
from app.documents.pdf_reading import MAX_PDF, ReadPdf, UnreadablePdf, read_pdf
from app.documents.record import PaperRecord, text_digest
from app.documents.wording import load_wording
from app.licences.cose import BadSignature, CodeError, UnknownKey, Verifier, open_text

K = TypeVar("K", bound=Verifier)
FindKey = Callable[[bytes], Sequence[K]]


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """The answer. ours: a trusted key signed the code. unaltered: nothing handed in differs from what was signed (of
    a code alone: the code is whole). words: for a person; holds personal data, not for logs.
    """

    ours: bool
    unaltered: bool
    words: str
    number: str | None = None
    issued_at: dt.datetime | None = None
    differences: tuple[str, ...] = ()


def verify_paper(data: bytes | str, find_key: FindKey[K]) -> PaperCheck:
    """data: a PDF's bytes, or the text of a scanned code. find_key: the trusted keys of a key identifier.

    Never raises for what is handed in.
    """
    if isinstance(data, str):
        return _check_code(data, find_key)
    if len(data) > MAX_PDF:
        return _not_ours("too_large")
    try:
        pdf = read_pdf(data)
    except UnreadablePdf:
        return _not_ours("unreadable")
    return _check_pdf(pdf, find_key)


def _not_ours(reason: str) -> PaperCheck:
    return PaperCheck(False, False, load_wording("check").text(f"not_ours.{reason}"))


def _open(text: str, find_key: FindKey[K]) -> PaperCode | PaperCheck:
    """The code's facts, or why it is not ours."""
    try:
        return read_payload(open_text(text, PREFIX, find_key).payload)
    except UnknownKey:
        return _not_ours("unknown_key")
    except BadSignature:
        return _not_ours("bad_signature")
    except (CodeError, ValueError):
        return _not_ours("malformed")


def _check_code(text: str, find_key: FindKey[K]) -> PaperCheck:
    code = _open(text.strip(), find_key)
    if isinstance(code, PaperCheck):
        return code
    words = load_wording("check").text("ours_code", facts=code.words())
    return PaperCheck(True, True, words, code.number, code.issued_at)


def _check_pdf(pdf: ReadPdf, find_key: FindKey[K]) -> PaperCheck:
    words = load_wording("check")
    # What is drawn goes first: that is the code people and scanners see.
    texts = list(dict.fromkeys([*pdf.drawn, *([pdf.stated] if pdf.stated else [])]))
    if not texts:
        return _not_ours("no_code")
    answers = [_open(text, find_key) for text in texts]
    code = next((answer for answer in answers if isinstance(answer, PaperCode)), None)
    if code is None:
        return next(answer for answer in answers if isinstance(answer, PaperCheck))

    found = []
    if not pdf.drawn:
        found.append(words.text("no_drawn_code"))
    elif len(pdf.drawn) > 1:
        found.append(words.text("several_codes"))
    elif len(texts) > 1:
        found.append(words.text("codes"))
    for number, page in enumerate(pdf.pages, 1):
        if page.covered:
            found.append(words.text("annotations", page=number))
        if page.replaced:
            found.append(words.text("replaced", page=number))
    found += _altered(pdf, code)
    if not found:
        said = words.text("ours_unaltered", facts=code.words())
        return PaperCheck(True, True, said, code.number, code.issued_at)
    said = words.text("ours_altered", differences="；".join(found), facts=code.words())
    return PaperCheck(True, False, said, code.number, code.issued_at, tuple(found))


def _altered(pdf: ReadPdf, code: PaperCode) -> list[str]:
    now = text_digest((page.plain, page.drawings) for page in pdf.pages)
    if now == code.text_digest and pdf.page_count == len(pdf.pages):
        return []
    words = load_wording("check")
    record = _signed_record(pdf.record, code)
    if record is None:
        return [words.text("no_record"), *missing_facts(code, pdf.pages)]
    return list(differences(record, pdf.pages, pdf.page_count)) or [words.text("much")]


def _signed_record(data: bytes | None, code: PaperCode) -> PaperRecord | None:
    """The attached record, if it is the very one whose digest was signed."""
    try:
        record = PaperRecord.from_bytes(data or b"")
    except ValueError:
        return None
    return record if record.digest == code.record_digest else None
