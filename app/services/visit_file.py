"""A visit as a JSON document and back: what drafts are made of.

The document says what was learnt and done; the form and the list of materials are made anew from the catalogue of the
day on which it is read, because only that one may be accepted under. What differs then is said in words. Times are kept
to the millisecond, as everywhere in the store. The steps that could be undone are not kept. A signature 申请人签字 is,
because it holds only for exactly what was signed (`Visit.confirmed`); that a clerk went on without one is not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from app.catalog.guide import Guide
from app.domain.assisted import Assist, Choice, Companion, Role
from app.domain.case import AuditEvent
from app.domain.clock import isoformat, parse_iso
from app.domain.errors import BadInput
from app.domain.fact import Verdict
from app.domain.item import Catalog, Item
from app.domain.licence import CodeKind, LicenceReading
from app.domain.material import Page
from app.domain.person import CardType, IdCard
from app.domain.signature import Confirmation, FingerMark, Point, Signature
from app.forms.combine import combine
from app.forms.fill import FormState
from app.licences.facts import HolderMatch, Match
from app.materials.checklist import Checklist
from app.services.visit import PendingCode, RedeemBy, ScannedLicence, Visit

FORMAT = 3
"""Of the document. A reader knows all formats up to its own; 1 kept no signature, 2 not whether it was assisted."""


@dataclass(frozen=True, slots=True)
class Reopened:
    """A visit taken up again. changes: what the catalogue of today made of it, each in words; empty when nothing."""

    visit: Visit
    changes: tuple[str, ...] = ()


def visit_document(visit: Visit, catalog: Catalog) -> dict[str, Any]:
    """The whole visit. What the catalogue called things then is kept too, for saying what has changed since."""
    known = {**{c: catalog.bundles[c].name for c in visit.codes if c in catalog.bundles}}
    known |= {c: catalog.items[c].name for c in visit.codes if c in catalog.items}
    return {
        "format": FORMAT,
        "visit_id": visit.visit_id,
        "started_at": isoformat(visit.started_at),
        "catalog": catalog.version,
        "codes": {code: known.get(code, code) for code in visit.codes},
        "answers": {code: dict(said) for code, said in visit.answers.items()},
        "card": visit.card.as_json() if visit.card else None,
        "licences": [_licence(entry) for entry in visit.licences],
        "form": visit.form.to_json(),
        "checklist": visit.checklist.to_json(),
        "events": [_event(event) for event in visit.events],
        "signed": _signed(visit.confirmation),
        "assist": _assist(visit.assist),
        "asked": {field.key: field.title for field in visit.form.definition.fields},
        "wanted": {material.use.id: material.use.name for material in visit.checklist.materials},
    }


def read_visit(document: Any, catalog: Catalog, at: dt.datetime) -> Reopened:
    """The reverse, under the catalogue of today. at: now, UTC. BadInput when it is no such document."""
    try:
        if int(document["format"]) > FORMAT:
            raise BadInput("草稿不能恢复", "草稿由更新版本的“一窗”保存。", "请安装最新版本的“一窗”后再打开。")
        return _read(document, catalog, at)
    except BadInput:
        raise
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise BadInput("草稿不能恢复", "草稿内容不完整或者已损坏", "请重新读证件、扫证照并填写") from error


def _read(document: Any, catalog: Catalog, at: dt.datetime) -> Reopened:
    answers = {str(c): {str(k): str(v) for k, v in said.items()} for c, said in document["answers"].items()}
    changes: list[str] = []
    codes, items = _items(document["codes"], answers, catalog, changes)
    try:
        definition = combine(catalog, items)
    except BadInput as error:
        # The rest (who, what was typed, what was captured) is worth more than a cart that can be filled again.
        changes.append(error.what)
        codes, items, definition = (), (), combine(catalog, ())
    form = FormState.from_json(definition, document["form"])
    if document["catalog"] != catalog.version:
        form = form.with_definition(definition, at)
    visit = Visit(
        visit_id=str(document["visit_id"]),
        started_at=parse_iso(document["started_at"]),
        form=form,
        checklist=Checklist.from_json(items, document["checklist"]),
        card=_read_card(document["card"]) if document["card"] is not None else None,
        licences=tuple(_read_licence(entry) for entry in document["licences"]),
        codes=codes,
        items=items,
        events=tuple(_read_event(event) for event in document["events"]),
        answers=answers,
        confirmation=_read_signed(document["signed"] if int(document["format"]) >= 2 else None),
        assist=_read_assist(document["assist"] if int(document["format"]) >= 3 else None),
    )
    asked = {field.key: field.title for field in definition.fields}
    wanted = {material.use.id: material.use.name for material in visit.checklist.materials}
    changes += _differences(document["asked"], asked, "表单新增：{0}", "表单不再要：{0}")
    changes += _differences(document["wanted"], wanted, "新增材料：{0}", "不再收材料：{0}")
    return Reopened(visit, tuple(changes))


def _items(
    chosen: Mapping[str, str], answers: Mapping[str, Mapping[str, str]], catalog: Catalog, changes: list[str]
) -> tuple[tuple[str, ...], tuple[Item, ...]]:
    codes: list[str] = []
    items: dict[str, Item] = {}
    for code, name in chosen.items():
        if code not in catalog.bundles and code not in catalog.items:
            changes.append(f"《{name}》已不在事项目录中，没有恢复")
            continue
        guide = Guide(catalog, code)
        said = answers.get(code, {})
        if not guide.decided(said):
            changes.append(f"《{name}》要先问的情形有变化，请重新选择")
            continue
        codes.append(code)
        items.update({item.code: item for item in guide.chosen(said)})
    return tuple(codes), tuple(items.values())


def _differences(before: Mapping[str, str], after: Mapping[str, str], came: str, went: str) -> Iterable[str]:
    new = [title for key, title in after.items() if key not in before]
    old = [title for key, title in before.items() if key not in after]
    if new:
        yield came.format("、".join(new))
    if old:
        yield went.format("、".join(old))


def _licence(entry: ScannedLicence) -> dict[str, Any]:
    reading = entry.reading
    return {
        "text": entry.text,
        "kind": reading.kind.value,
        "verdict": reading.verdict.value,
        "reason": reading.reason,
        "issuer": reading.issuer,
        "holder": dict(reading.holder),
        "licence": dict(reading.licence),
        "claims": dict(reading.claims),
        "expires": isoformat(reading.expires) if reading.expires else None,
        "trust_date": reading.trust_date.isoformat() if reading.trust_date else None,
        "match": {"match": entry.match.match.value, "words": entry.match.words},
        "relied": entry.relied,
        "left": sorted(entry.left),
        "pending": _pending(entry.pending) if entry.pending else None,
    }


def _pending(pending: PendingCode) -> dict[str, Any]:
    return {
        "ways": [[way.op_id, way.scenario, way.purpose, list(way.items)] for way in pending.ways],
        "since": isoformat(pending.since),
        "until": isoformat(pending.until),
        "clerk": pending.clerk,
    }


def _read_pending(document: Any) -> PendingCode:
    ways = tuple(
        RedeemBy(str(op_id), str(scenario), str(purpose), tuple(map(str, items)))
        for op_id, scenario, purpose, items in document["ways"]
    )
    return PendingCode(ways, parse_iso(document["since"]), parse_iso(document["until"]), str(document["clerk"]))


def _read_licence(document: Any) -> ScannedLicence:
    expires, trusted = document["expires"], document["trust_date"]
    reading = LicenceReading(
        kind=CodeKind(document["kind"]),
        verdict=Verdict(document["verdict"]),
        reason=str(document["reason"]),
        issuer=document["issuer"],
        holder=dict(document["holder"]),
        licence=dict(document["licence"]),
        claims=dict(document["claims"]),
        expires=parse_iso(expires) if expires else None,
        trust_date=dt.date.fromisoformat(trusted) if trusted else None,
    )
    match = document["match"]
    pending = document.get("pending")  # drafts of the first edition have none
    return ScannedLicence(
        str(document["text"]),
        reading,
        HolderMatch(Match(match["match"]), str(match["words"])),
        # Drafts of earlier versions know neither.
        relied=str(document.get("relied", "")),
        left=frozenset(str(key) for key in document.get("left", ())),
        pending=_read_pending(pending) if pending else None,
    )


def _read_card(document: Any) -> IdCard:
    return IdCard(**{**document, "type": CardType(document["type"])})


def _signed(given: Confirmation | None) -> dict[str, Any] | None:
    if given is None or given.page is None:
        return None
    ink = given.signature or Signature((), 0, 0)
    return {
        "codes": list(given.codes),
        "values": dict(given.values),
        "at": isoformat(given.at),
        "form_sha256": given.form_sha256,
        "size": [ink.width, ink.height],
        "strokes": [[[p.x, p.y, p.pressure, p.ms] for p in stroke] for stroke in ink.strokes],
        "pen": [ink.tool, ink.dpi],
        "page": asdict(given.page),
        "promises": sorted(given.promises),
        "finger": None if given.finger is None else asdict(given.finger),
    }


def _read_signed(document: Any) -> Confirmation | None:
    if document is None:
        return None
    width, height = document["size"]
    tool, dpi = document.get("pen", ("", 0.0))  # drafts of earlier versions do not say
    strokes = tuple(tuple(Point(x, y, p, int(ms)) for x, y, p, ms in stroke) for stroke in document["strokes"])
    finger = document.get("finger")  # neither do they know fingers
    return Confirmation(
        codes=tuple(map(str, document["codes"])),
        values={str(k): str(v) for k, v in document["values"].items()},
        at=parse_iso(document["at"]),
        form_sha256=str(document["form_sha256"]),
        signature=None if finger else Signature(strokes, int(width), int(height), str(tool), float(dpi)),
        page=Page(**document["page"]),
        promises=frozenset(map(str, document["promises"])),
        finger=FingerMark(**finger) if finger else None,
    )


def _assist(assist: Assist) -> dict[str, str]:
    came = assist.companion
    return {"choice": assist.choice.value} | ({"role": came.role.value, "relation": came.relation} if came else {})


def _read_assist(document: Any) -> Assist:
    if document is None:
        return Assist()
    came = Companion(Role(document["role"]), str(document["relation"])) if "role" in document else None
    return Assist(Choice(document["choice"]), came)


def _event(event: AuditEvent) -> dict[str, Any]:
    return {
        "at": isoformat(event.at),
        "clerk": event.clerk,
        "action": event.action,
        "subject": event.subject,
        "details": event.details,
    }


def _read_event(document: Any) -> AuditEvent:
    texts = {name: str(document[name]) for name in ("clerk", "action", "subject")}
    return AuditEvent(at=parse_iso(document["at"]), **texts, details=dict(document["details"]))
