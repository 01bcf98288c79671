"""办结出证: granting a case makes the e-licence that its item promises, signed by the authority's own key; taking the
decision back revokes it. Exactly one a case, in the transaction of the decision. Every use is written down.

The text of a licence is encrypted under a secret that lies beside the files, not in the database. An end is told to all
windows in the feed `policies`, by a hash that tells nobody's number.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, or_, select, update
from stdnum.cn import ric, uscc

from app.domain.clock import Clock, isoformat, parse_iso, shanghai
from app.domain.fact import SourceKind, Verdict
from app.domain.issuing import GRANTED, IssuedState, LicenceIssue, NumberRule
from app.domain.shared_data import QueryPolicy
from app.gateway.authorities import Authority, AuthorityKeys
from app.gateway.cases import Decision, Stage
from app.gateway.database import Database, bump
from app.gateway.feeds import Feeds
from app.gateway.issue_tables import issue_log, issued_licences
from app.gateway.problems import Problem
from app.gateway.secret_file import seal, secret_of, unseal
from app.gateway.tables import case_numbers, cases, feed_rows, meta
from app.licences.cose import SigningKey
from app.licences.ended import COUNTS, SIGNS, EndStatement, read_end, sign_end
from app.licences.identifier import build_identifier, is_identifier, parse_identifier
from app.licences.issue import issue_licence
from app.licences.snapshot import pin_of
from app.licences.trust import identifier_hash
from app.server.checking import JsonObject
from app.server.issue_client import COUNTING, ENDED
from app.server.query_policy import FEED, POLICY_ID, read_policy

MOST_CODE = 1400
"""Characters of a code that is still read off a phone and a paper: a QR symbol of some 117 modules."""
_PLANS = "licence.plans"
_EMPTY = QueryPolicy({}, {}, ())
_TRUSTED = (Verdict.SIGNATURE_VALID, Verdict.VERIFIED_ONLINE)
_ISSUED, _WITHDRAWN, _FETCHED = "issued", "withdrawn", "fetched"


class IssueDesk:
    """folder: of the files; the secret lies in LICENCES/ beneath it, and several gateways of a hall share it. key: the
    platform's own, which signs what it says of ended licences; not for use inside a transaction."""

    def __init__(
        self, database: Database, feeds: Feeds, clock: Clock, folder: Path, key: Callable[[], SigningKey]
    ) -> None:
        self._database = database
        self._feeds = feeds
        self._clock = clock
        self._folder = folder / "licences"
        self.authorities = AuthorityKeys(database)
        self._key = key()
        self._sign_what_is_told()

    def publish(self, plans: Mapping[str, LicenceIssue]) -> None:
        """What granting which item makes from now on; in place of what was said before. plans: by item code."""
        text = json.dumps({code: asdict(plan) for code, plan in plans.items()}, ensure_ascii=False)
        statement: Any = self._database.insert(meta).values(key=_PLANS, value=text)
        with self._database.write() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": text}))

    def follow(self, connection: Connection, row: Row[Any], stage: Stage, decision: Decision) -> JsonObject | None:
        """What a department's move makes of a case's licence, in its transaction; what the message says of it.

        row: the case, locked. Granted again changes nothing; any other move takes an issued licence back. Problem 422:
        there is no key of the authority, and then nothing is decided.
        """
        mine = connection.execute(
            select(issued_licences).where(issued_licences.c.case_id == row.case_id).with_for_update()
        ).one_or_none()
        counts = mine is not None and mine.state == IssuedState.ISSUED
        if stage is Stage.DECIDED and decision.result.startswith(GRANTED):
            if mine is not None and counts:
                return _told(mine.title, IssuedState.ISSUED, mine.version)
            plan = self._plan(connection, row.item_code)
            if plan is None:
                return None
            version = mine.version + 1 if mine is not None else 1
            self._issue(connection, row, plan, version)
            return _told(plan.title, IssuedState.ISSUED, version)
        if mine is not None and counts:
            self._withdraw(connection, mine, row.device_id)
            return _told(mine.title, IssuedState.WITHDRAWN, mine.version)
        return None

    def fetch(self, document: JsonObject, device_id: str) -> JsonObject:
        """The licence of a case, to the window that accepted it. document: issue_schemas.FETCH.

        Problem 403: no grant. 404: no such case of this device, or nothing was issued for it.
        """
        case_id = document["case_id"]
        policy = self._feeds.current(FEED, POLICY_ID)
        table = _EMPTY if policy is None else read_policy(policy)
        with self._database.write() as connection:
            case = connection.execute(
                select(cases.c.item_code).where(cases.c.case_id == case_id, cases.c.device_id == device_id)
            ).one_or_none()
            row = None
            if case is not None:
                row = connection.execute(
                    select(issued_licences).where(issued_licences.c.case_id == case_id)
                ).one_or_none()
            reason, outcome = "", "unknown" if row is None else str(row.state)
            if case is not None and row is not None:
                reason = table.issued_refusal(
                    document["scenario"], document["purpose"], case.item_code, row.licence_type
                )
                outcome = "refused" if reason else outcome
            version = row.version if row is not None else 0
            reference = self._write_down(connection, _FETCHED, case_id, version, device_id, document, outcome, reason)
        # Raised only now, so that the refusal stays in the log.
        if row is None:
            raise Problem(404, "no-licence", "没有可取的证照", "不是本窗口的办件，或者平台没有为它签发证照")
        if reason:
            raise Problem(403, "licence-not-granted", "没有取用签发证照的授权", reason)
        return {
            "case_id": case_id,
            "version": row.version,
            "state": row.state,
            "type": row.licence_type,
            "title": row.title,
            "code": self._unseal(row) if row.state == IssuedState.ISSUED else "",
            "issued_at": row.issued_at,
            "expires_at": row.expires_at,
            "reference": reference,
        }

    def log(self, limit: int = 100) -> list[dict[str, Any]]:
        """The newest uses, for whoever supervises; nobody but the clerk is named."""
        newest = select(issue_log).order_by(issue_log.c.at.desc(), issue_log.c.reference).limit(limit)
        with self._database.read() as connection:
            return [dict(row) for row in connection.execute(newest).mappings()]

    def standing(self, limit: int = 50) -> list[tuple[str, str, str]]:
        """case_id, 办件编码 and title of the licences that count, the newest first."""
        query = (
            select(issued_licences.c.case_id, cases.c.case_no, issued_licences.c.title)
            .join(cases, cases.c.case_id == issued_licences.c.case_id)
            .where(issued_licences.c.state == IssuedState.ISSUED.value)
            .order_by(issued_licences.c.issued_at.desc(), issued_licences.c.case_id)
            .limit(limit)
        )
        with self._database.read() as connection:
            return [(row.case_id, row.case_no, row.title) for row in connection.execute(query)]

    # --------------------------------------------------------------------------------------------------- inside

    def _plan(self, connection: Connection, item_code: str) -> LicenceIssue | None:
        text = connection.scalar(select(meta.c.value).where(meta.c.key == _PLANS))
        said = json.loads(text).get(item_code) if text else None
        return LicenceIssue(**{**said, "number": NumberRule(**said["number"])}) if said else None

    def _issue(self, connection: Connection, row: Row[Any], plan: LicenceIssue, version: int) -> None:
        document = json.loads(row.document)
        authority = self.authorities.find(connection, row.item_code[:18])
        now = self._clock.now()
        last = shanghai(now).date() + dt.timedelta(days=plan.valid_days)
        number = self._number(connection, plan, authority, shanghai(now).year)
        identifier = build_identifier(plan.type_code, authority.uscc, number)
        form = {key: document["form"].get(key, "") for key in plan.facts}
        said = {key: text for key, text in {**plan.states, **form}.items() if text}
        said |= {plan.number.element: number} | ({plan.valid_to: last.isoformat()} if plan.valid_to else {})
        ends = dt.datetime.combine(last, dt.time(23, 59, 59), shanghai(now).tzinfo).astimezone(dt.UTC)
        code = issue_licence(
            authority.key,
            issuer=authority.name,
            identifier=identifier,
            type_id=plan.type,
            title=plan.title,
            holder=_holder(document["applicant"]),
            claims=said,
            issued=now,
            expires=ends,
        )
        if len(code) > MOST_CODE:
            raise Problem(422, "licence-too-long", "证照写不下", "写入证照的内容过长，二维码放不下，请先更正办件内容")
        converted = sorted(_shown(document["facts"], plan.replaces))
        values = {
            "version": version,
            "state": IssuedState.ISSUED.value,
            "identifier_hash": identifier_hash(str(identifier)),
            "issuer": authority.uscc,
            "licence_type": plan.type,
            "title": plan.title,
            "code": self._seal(row.case_id, version, code),
            "issued_at": isoformat(now),
            "expires_at": isoformat(ends),
            "ended_at": None,
            "converted": json.dumps(converted),
        }
        statement: Any = self._database.insert(issued_licences).values(case_id=row.case_id, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["case_id"], set_=values))
        for digest in converted:
            self._tell_end(connection, digest, IssuedState.CONVERTED, plan.title)
        self._write_down(connection, _ISSUED, row.case_id, version, row.device_id, {}, _ISSUED)

    def _number(self, connection: Connection, plan: LicenceIssue, authority: Authority, year: int) -> str:
        region = authority.uscc[2:8]
        counter = {"prefix": f"licence.{plan.type}.{region}{plan.number.letters}{year}"}
        last = bump(self._database.rules, connection, case_numbers, counter, "last")
        try:
            return plan.number.number(region, year, last)
        except ValueError as error:
            raise Problem(422, "numbers-used-up", "本年度的证照号码已用完", "请联系平台管理员") from error

    def _withdraw(self, connection: Connection, mine: Row[Any], device_id: str) -> None:
        values = {"state": IssuedState.WITHDRAWN.value, "code": b"", "ended_at": isoformat(self._clock.now())}
        connection.execute(update(issued_licences).where(issued_licences.c.case_id == mine.case_id).values(values))
        self._tell_end(connection, mine.identifier_hash, IssuedState.WITHDRAWN, mine.title)
        for digest in json.loads(mine.converted):
            # What was converted counts again: nothing stands in its place any more. A row that is merely gone proves
            # nothing, so that is said too; windows from before there were signatures go by what is gone.
            self._feeds.put(connection, FEED, ENDED + digest, None)
            document = {"id": COUNTING + digest, "hash": digest, **self._said(digest, COUNTS)}
            self._feeds.put(connection, FEED, COUNTING + digest, document)
        self._write_down(connection, _WITHDRAWN, mine.case_id, mine.version, device_id, {}, _WITHDRAWN)

    def _tell_end(self, connection: Connection, digest: str, state: IssuedState, title: str) -> None:
        document = {"id": ENDED + digest, "hash": digest, "title": title, **self._said(digest, state.value)}
        self._feeds.put(connection, FEED, ENDED + digest, document)
        self._feeds.put(connection, FEED, COUNTING + digest, None)

    def _said(self, digest: str, state: str) -> dict[str, str]:
        """What a row says of a licence, with the platform's signature."""
        now = self._clock.now()
        return {"state": state, "at": isoformat(now), "signed": sign_end(EndStatement(digest, state, now), self._key)}

    def _sign_what_is_told(self) -> None:
        """Sign the rows from before there were signatures, and say that from now on all are signed. At each start;
        almost always there is nothing to do."""
        told = feed_rows.c.feed == FEED, ~feed_rows.c.deleted
        ours = feed_rows.c.entity_id.startswith(ENDED, autoescape=True), feed_rows.c.entity_id == SIGNS
        query = select(feed_rows.c.entity_id, feed_rows.c.document).where(*told, or_(*ours))
        with self._database.read() as connection:
            rows = {row.entity_id: json.loads(row.document) for row in connection.execute(query)}
        pins = [pin_of(self._key)]
        bare = {name: row for name, row in rows.items() if read_end(row.get("signed"), pins) is None}
        if SIGNS in rows and not bare:
            return
        with self._database.write() as connection:
            for name, row in bare.items():
                if name != SIGNS:
                    said = EndStatement(row["hash"], row["state"], parse_iso(row["at"]))
                    self._feeds.put(connection, FEED, name, {**row, "signed": sign_end(said, self._key)})
            self._feeds.put(connection, FEED, SIGNS, {"id": SIGNS, **self._said("", SIGNS)})

    def _seal(self, case_id: str, version: int, code: str) -> bytes:
        return seal(secret_of(self._folder), _purpose(case_id, version), code.encode(), case_id)

    def _unseal(self, row: Row[Any]) -> str:
        code = unseal(secret_of(self._folder), _purpose(row.case_id, row.version), bytes(row.code), row.case_id)
        if code is None:
            raise Problem(404, "licence-unreadable", "平台读不出这份证照", "请联系平台管理员")
        return code.decode()

    def _write_down(
        self,
        connection: Connection,
        deed: str,
        case_id: str,
        version: int,
        device_id: str,
        used: JsonObject,
        outcome: str,
        reason: str = "",
    ) -> str:
        now = self._clock.now()
        reference = f"L{now:%Y%m%d}{uuid.uuid4().hex[:12].upper()}"
        asked = {name: used.get(name, "") for name in ("clerk", "scenario", "purpose")}
        connection.execute(
            issue_log.insert().values(
                reference=reference,
                at=isoformat(now),
                deed=deed,
                case_id=case_id,
                version=version,
                device_id=device_id,
                outcome=outcome,
                reason=reason,
                **asked,
            )
        )
        return reference


def _purpose(case_id: str, version: int) -> str:
    return f"yichuang/1/issued-licence/{case_id}/{version}"


def _holder(applicant: JsonObject) -> dict[str, str]:
    """A firm by its credit code, a person by the number of their document; some numbers are sound as both."""
    number = applicant["number"]
    firm = uscc.is_valid(number) and not ric.is_valid(number)
    return {"name": applicant["name"], "uscc" if firm else "id_number": number}


def _shown(facts: Iterable[JsonObject], kinds: tuple[str, ...]) -> set[str]:
    """Hashes of the licences of these kinds (type codes) that were shown and verified in the case."""
    found = set()
    for fact in facts:
        ref = fact["source"]["ref"]
        proven = fact["source"]["kind"] == SourceKind.LICENCE and fact["verdict"] in _TRUSTED
        if proven and is_identifier(ref) and parse_identifier(ref).type_code in kinds:
            found.add(identifier_hash(ref))
    return found


def _told(title: str, state: IssuedState, version: int) -> JsonObject:
    return {"licence": {"title": title, "state": state.value, "version": version}}
