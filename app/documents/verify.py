"""Is this paper ours and unaltered? From a PDF, or from the text of its scanned code alone.

The signed code holds digests of every text on the paper and of the record attached to the PDF. A PDF is compared
with them; when it differs, the record says where. A code alone says what the paper must say, for a person to compare.

Whose key counts is said by PaperTrust: keys that the platform certified, and this window's own.

Not covered: a forger who keeps all texts and swaps the shapes in an embedded font. The words therefore always state
the signed facts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.documents.answer import PaperCheck, Standing
from app.documents.code import PREFIX, PaperCode, read_payload
from app.documents.compare import differences, missing_facts
from app.documents.pdf_reading import MAX_PDF, ReadPdf, UnreadablePdf, read_pdf
from app.documents.record import PaperRecord, text_digest
from app.documents.sealed import check_seals
from app.documents.trust import PaperTrust
from app.documents.wording import load_wording, say_time
from app.licences.cose import BadSignature, CodeError, UnknownKey, Verifier, open_text

__all__ = ["PaperCheck", "Standing", "verify_paper"]

Find = Callable[[bytes], Sequence[Verifier]]


@dataclass(frozen=True, slots=True)
class _Opened:
    code: PaperCode
    standing: Standing
    signer: str
    """The window that the certificate names."""


def verify_paper(data: bytes | str, trust: PaperTrust | Find) -> PaperCheck:
    """data: a PDF's bytes, or the text of a scanned code. trust: whose papers count; a plain function gives the keys of
    a key identifier, certified by nobody.

    Never raises for what is handed in.
    """
    trust = trust if isinstance(trust, PaperTrust) else PaperTrust(trust)
    if isinstance(data, str):
        return _check_code(data, trust)
    if len(data) > MAX_PDF:
        return _not_ours("too_large")
    try:
        pdf = read_pdf(data)
    except UnreadablePdf:
        return _not_ours("unreadable")
    return _check_pdf(pdf, trust)


def _not_ours(reason: str) -> PaperCheck:
    return PaperCheck(False, False, load_wording("check").text(f"not_ours.{reason}"))


def _open(text: str, trust: PaperTrust) -> _Opened | PaperCheck:
    """The code's facts, or why it is not ours."""
    try:
        opened = open_text(text, PREFIX, trust.find)
        code = read_payload(opened.payload)
    except UnknownKey:
        return _not_ours("unknown_key")
    except BadSignature:
        return _not_ours("bad_signature")
    except (CodeError, ValueError):
        return _not_ours("malformed")
    objection = trust.objection(opened.kid, code.issued_at)
    if objection is not None:
        why, since = objection
        words = load_wording("check").text(f"not_ours.{why}", date=say_time(since), facts=code.words())
        return PaperCheck(False, False, words, code.number, code.issued_at, standing=Standing(why), code=code)
    certificate = opened.key.certificate
    if certificate is None:
        return _Opened(code, Standing.OWN, "")
    return _Opened(code, Standing.CERTIFIED, certificate.window)


def _words(key: str, opened: _Opened, differences: str = "") -> str:
    said = load_wording("check")
    by = said.text(f"by.{opened.standing}", window=opened.signer)
    return said.text(key, differences=differences, facts=opened.code.words()) + by


def _answer(opened: _Opened, words: str, found: Sequence[str] = ()) -> PaperCheck:
    code = opened.code
    return PaperCheck(True, not found, words, code.number, code.issued_at, tuple(found), opened.standing, code)


def _check_code(text: str, trust: PaperTrust) -> PaperCheck:
    opened = _open(text.strip(), trust)
    return opened if isinstance(opened, PaperCheck) else _answer(opened, _words("ours_code", opened))


def _check_pdf(pdf: ReadPdf, trust: PaperTrust) -> PaperCheck:
    certificate = _brought(pdf.record)
    trust = trust.plus(certificate) if certificate else trust
    words = load_wording("check")
    # What is drawn goes first: that is the code people and scanners see.
    texts = list(dict.fromkeys([*pdf.drawn, *([pdf.stated] if pdf.stated else [])]))
    if not texts:
        return _not_ours("no_code")
    answers = [_open(text, trust) for text in texts]
    opened = next((answer for answer in answers if isinstance(answer, _Opened)), None)
    if opened is None:
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
    found += _altered(pdf, opened.code)
    sealed, wrong = check_seals(_seals(pdf.record), opened.code, trust.regions)
    found += wrong
    if not found:
        answer = _answer(opened, _words("ours_unaltered", opened) + sealed)
        return replace(answer, seals=len(_seals(pdf.record)))
    return _answer(opened, _words("ours_altered", opened, "；".join(found)), found)


def _brought(record: bytes | None) -> bytes:
    """The certificate that a paper brings along. It counts by the root's signature, whatever else the file says."""
    try:
        return PaperRecord.from_bytes(record or b"").certificate
    except ValueError:
        return b""


def _seals(record: bytes | None) -> tuple[str, ...]:
    """Receive seals that a paper brings along. Each counts by its region's signature, whatever else the file says."""
    try:
        return PaperRecord.from_bytes(record or b"").seals
    except ValueError:
        return ()


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
