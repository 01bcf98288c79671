"""The face of this package: an OFD file from a stranger in, what it says and what that is worth out.

Everything here is for a worker thread: a file takes tens of milliseconds.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.clock import SHANGHAI, shanghai
from app.domain.errors import BadInput
from app.domain.fact import Verdict
from app.domain.licence import CodeKind, LicenceReading
from app.licences.identifier import LicenceIdentifier, parse_identifier
from app.licences.ofd.attached import attached_data
from app.licences.ofd.content import PageContent, page_content
from app.licences.ofd.document import Document, called, open_document
from app.licences.ofd.drawing import DrawnPage, draw_page, touch
from app.licences.ofd.fields import Extracted, extract
from app.licences.ofd.layout import read_lines, texts_by_id
from app.licences.ofd.package import Package
from app.licences.ofd.signatures import read_seals
from app.licences.ofd.stamps import seals_over
from app.licences.ofd.templates import Template, templates
from app.licences.ofd.verify import Finding, SealResult, decisive, judge_seals
from app.licences.trust import AgePolicy, TrustList
from app.licences.verify import CLOCK_TOLERANCE, CLOCK_WARNING, under_old_list

CODE_PREFIX = "OFD:"
"""Before a file's SHA-256 stands for the file where a scanned licence has its code."""
_TEXT_PAGES = 5
"""Pages that custom tags may speak of."""


@dataclass(frozen=True, slots=True)
class OfdLicence:
    """An OFD that was read. reading: as of a scanned licence. code: stands for this very file. seals: each by itself;
    decisive: what they are worth together. page: the first page; page_count: of how many. notes: what the clerk should
    know besides, in words. lines: what the first page says. title: the file's own."""

    reading: LicenceReading
    code: str
    seals: tuple[SealResult, ...]
    decisive: SealResult
    page: DrawnPage | None
    page_count: int
    template: str
    title: str
    notes: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    data: bytes = b""


def read_ofd(
    data: bytes,
    trust: TrustList,
    at: dt.datetime,
    tolerance: dt.timedelta = CLOCK_TOLERANCE,
    *,
    known: Sequence[Template] | None = None,
    policy: AgePolicy | None = None,
    clock_suspect: bool = False,
    picture: bool = True,
) -> OfdLicence:
    """Open, draw, read and judge. at: now, aware. known: templates, the shipped ones unless given; policy and
    clock_suspect as for a code (app.licences.verify). picture: draw the first page, which takes most of the time.
    OfdRefused when the file is hostile, torn or no OFD."""
    if at.tzinfo is None:
        raise ValueError("at needs a time zone")
    package = Package(data)
    document = open_document(package)
    contents = {page.id: page_content(document, page) for page in document.pages[:_TEXT_PAGES]}
    first = contents[document.pages[0].id]
    lines = read_lines(first)
    attached = attached_data(document, {key: texts_by_id(content) for key, content in contents.items()})
    found = extract(lines, attached, templates() if known is None else known)
    names = called(document)
    results = judge_seals(package, read_seals(package, document.signatures), trust.seals, at, tolerance, names)
    page = _draw(document, first, results) if picture else None
    touch(document, first)
    # After everything that is shown has been read: the seals must cover that much.
    verdict = decisive(results, package.used, names)
    reading = _reading(found, document, verdict, trust, at, tolerance)
    if policy is not None and trust.is_too_old(at, policy):
        reading = under_old_list(reading, trust, at)
    if clock_suspect and reading.verdict is not Verdict.INVALID:
        reading = replace(reading, reason=f"{reading.reason}；{CLOCK_WARNING}")
    return OfdLicence(
        reading=reading,
        code=CODE_PREFIX + hashlib.sha256(data).hexdigest(),
        seals=results,
        decisive=verdict,
        page=page,
        page_count=len(document.pages),
        template=found.template.id if found.template else "",
        title=document.title,
        notes=tuple(
            dict.fromkeys((*_notes(found, results, verdict), *document.notes, *(page.notes if page else first.notes)))
        ),
        lines=tuple(line.text for line in lines),
        data=data,
    )


def draw_one(data: bytes, number: int) -> DrawnPage:
    """Another page of a file, counted from 0, with its seals. OfdRefused as by read_ofd; IndexError: no such page."""
    package = Package(data)
    document = open_document(package)
    page = document.pages[number]
    content = page_content(document, page)
    notes: dict[str, None] = {}
    seals = [(part.value.seal, part.stamps) for part in read_seals(package, document.signatures) if part.value]
    return draw_page(document, content, seals_over(document, page.id, seals, notes))


def _draw(document: Document, content: PageContent, results: Sequence[SealResult]) -> DrawnPage:
    notes: dict[str, None] = {}
    seals = [(result.seal, result.stamps) for result in results if result.seal is not None]
    over = seals_over(document, document.pages[0].id, seals, notes)
    drawn = draw_page(document, content, over)
    return replace(drawn, notes=(*drawn.notes, *notes))


def _reading(
    found: Extracted,
    document: Document,
    seal: SealResult,
    trust: TrustList,
    at: dt.datetime,
    tolerance: dt.timedelta,
) -> LicenceReading:
    template = found.template
    verdict, reason = seal.verdict, seal.reason
    if verdict in (Verdict.INVALID, Verdict.REVOKED):
        # Nothing of a forged one is repeated: a clerk must not copy what somebody merely claims.
        return LicenceReading(
            CodeKind.OFD_FILE, verdict, reason, issuer=_proven(seal), licence=_about(found, document, bare=True),
            trust_date=trust.date,
        )  # fmt: skip
    identifier = _identifier(found.identifier)
    expires = _end_of(found.expires)
    if verdict is Verdict.SIGNATURE_VALID:
        verdict, reason = _entitled(template, identifier, seal, trust, at)
    if verdict is not Verdict.INVALID:
        if identifier is not None and trust.is_revoked(str(identifier)):
            verdict, reason = Verdict.REVOKED, f"证照已注销（信任名单 {trust.date.isoformat()}）"
        elif expires is not None and at - tolerance >= expires:
            verdict, reason = Verdict.EXPIRED, f"证照已于 {found.expires} 到期"
    if verdict is Verdict.INVALID:
        return LicenceReading(CodeKind.OFD_FILE, verdict, reason, issuer=_proven(seal), trust_date=trust.date)
    return LicenceReading(
        kind=CodeKind.OFD_FILE,
        verdict=verdict,
        reason=reason,
        issuer=_proven(seal),
        holder=dict(found.holder),
        licence=_about(found, document),
        claims=dict(found.claims),
        expires=expires,
        trust_date=trust.date,
    )


def _entitled(
    template: Template | None,
    identifier: LicenceIdentifier | None,
    seal: SealResult,
    trust: TrustList,
    at: dt.datetime,
) -> tuple[Verdict, str]:
    """A good seal is not yet a right to issue this licence."""
    if identifier is not None and seal.signer_uscc and identifier.issuer != seal.signer_uscc:
        return Verdict.INVALID, f"证照标识的签发单位与盖章单位（{seal.signer}）不是同一单位"
    names = frozenset({template.type} if template else ()) | frozenset({identifier.type_code} if identifier else ())
    anchor = seal.anchor
    if anchor is not None and not anchor.may_sign(names, identifier.region if identifier else None):
        return Verdict.INVALID, f"盖章单位（{seal.signer}）无权签发此类证照"
    return (
        Verdict.SIGNATURE_VALID,
        f"离线核验：电子印章“{seal.name}”有效（{_moment(seal)}盖章，信任名单 {trust.date.isoformat()}）",
    )


def _moment(seal: SealResult) -> str:
    return f"{shanghai(seal.signed_at):%Y-%m-%d} " if seal.signed_at else ""


def _proven(seal: SealResult) -> str | None:
    """Who sealed it; a name out of a certificate that nobody vouches for is only a claim."""
    return seal.signer or None if seal.anchor is not None else None


def _about(found: Extracted, document: Document, *, bare: bool = False) -> dict[str, str]:
    """What licence it is. bare: only its kind, for one that is worth nothing."""
    template = found.template
    about = {"type": template.type, "title": template.title} if template else {}
    if not bare:
        about |= {"identifier": found.identifier} if found.identifier else {}
        if template is None and document.title:
            about["title"] = document.title[:60]
    return about


def _identifier(text: str) -> LicenceIdentifier | None:
    try:
        return parse_identifier(text) if text else None
    except BadInput:
        return None


def _end_of(day: dt.date | None) -> dt.datetime | None:
    """The last day counts to its end, by Chinese time."""
    if day is None or day.year >= 9999:
        return None
    return dt.datetime.combine(day, dt.time(23, 59, 59), SHANGHAI).astimezone(dt.UTC)


def _notes(found: Extracted, results: Sequence[SealResult], verdict: SealResult) -> list[str]:
    notes: list[str] = []
    if found.template is None:
        notes.append("没有这种证照的模板，不能自动填表，请对照画面录入")
    if found.conflicts:
        notes.append(f"照面与附加数据不一致的 {len(found.conflicts)} 项没有采用，请核对")
    if len(results) > 1:
        notes.append(f"文件有 {len(results)} 个印章")
    notes += [note for result in results for note in result.notes]
    if verdict.finding is Finding.VALID:
        unread = [result.reason for result in results if result.finding is Finding.UNSUPPORTED]
        notes += unread
    return notes
