"""E-licences that the platform issued for cases of this window 办结出证: heard of, fetched, checked, handed over.

They come with the normal sync and are kept in the encrypted store, so that what was heard can be shown offline. One
that this window would refuse if somebody held it up is handed to nobody.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Protocol

from app.domain.case import AuditEvent
from app.domain.clock import Clock, isoformat, parse_iso
from app.domain.errors import BadInput, EnvironmentProblem, Refused
from app.domain.fact import Verdict
from app.domain.issuing import IssuedLicence, IssuedState
from app.domain.licence import CodeKind, LicenceReading
from app.domain.shared_data import Grant
from app.licences.snapshot import Pin
from app.licences.trust_keeper import TrustKeeper
from app.licences.verify import read_licence
from app.server.checking import check_against
from app.server.errors import Rejected
from app.server.issue_client import IssueClient
from app.server.issue_schemas import TOLD
from app.server.query_policy import FEED
from app.services.duty import Duty
from app.services.ended_licences import EndedLicences
from app.services.grants import policy_in_force
from offline_db.case_list import StoredCase
from offline_db.durability import CaseKeeping

log = logging.getLogger(__name__)

SHOWN, PRINTED = "licence.shown", "licence.printed"
"""In the trail of the case: its licence was shown on the citizen's screen, its slip was printed."""
PURPOSE = "hand_over"
PAPER = "电子证照凭条"
"""What the small paper with the code is called."""
COPIES = "issued."
"""Settings: case id -> this window's copy."""


class Keeper(Protocol):
    """The part of the store that is needed."""

    def feed_rows(self, feed: str) -> list[dict[str, Any]]: ...
    def issued_told(self, case_id: str = "") -> list[dict[str, Any]]: ...
    def stored_case(self, case_id: str) -> StoredCase | None: ...
    def case_keeping(self, case_id: str) -> CaseKeeping: ...
    def setting(self, key: str) -> str | None: ...
    def set_setting(self, key: str, value: str) -> None: ...
    def settings_under(self, prefix: str) -> dict[str, str]: ...
    def append_audit(self, event: AuditEvent) -> None: ...


@dataclass(frozen=True, slots=True)
class Told:
    """What was heard of a case's licence, and no more."""

    title: str
    state: IssuedState
    version: int


@dataclass(frozen=True, slots=True)
class Issued:
    """How the licence of a case stands here. licence: this window's copy, None while it is not here. why: then, why
    not, in words; "" while it is simply still to come."""

    told: Told
    licence: IssuedLicence | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class ShownLicence:
    """A licence to be shown: what a scanner would read of it now."""

    licence: IssuedLicence
    reading: LicenceReading
    case_number: str
    item_code: str


class IssuedLicences:
    """`run` asks the platform; the rest reads and writes the store. Not for the event loop. roots: the platform's keys
    that this window believes (app.documents.trust)."""

    def __init__(
        self,
        store: Keeper,
        line: IssueClient,
        trust: TrustKeeper,
        clock: Clock,
        duty: Duty,
        roots: Callable[[], tuple[Pin, ...]],
    ) -> None:
        self._store = store
        self._ended = EndedLicences(store, roots)
        self._line = line
        self._trust = trust
        self._clock = clock
        self._duty = duty
        self._lock = Lock()
        self._refused: dict[str, tuple[int, int, str]] = {}
        """case id -> version, version of the trust list, why: asked for again when one of the two has changed."""
        self._heed()

    # -------------------------------------------------------------------------------------------------- by the sync

    def run(self) -> bool:
        """After the feeds: what has ended counts no more, what was issued is fetched; was any? Raises Unreachable and
        TryLater as the client does; BadInput, last of all, when the platform's word on an end was not believed."""
        self._heed()
        fetched = False
        with self._lock:
            latest = {case_id: told for case_id, told in map(_told, self._store.issued_told()) if told is not None}
            kept = self._kept()
            for case_id, told in latest.items():
                if told.state is IssuedState.ISSUED and (case_id not in kept or kept[case_id].version != told.version):
                    fetched = self._fetch(case_id, told) or fetched
            for case_id in kept:
                if not self._counts(case_id, latest.get(case_id)):
                    self._store.set_setting(COPIES + case_id, "")
        objection = self._ended.objection()
        if objection is not None:
            raise objection
        return fetched

    # ------------------------------------------------------------------------------------------------- at the counter

    def of_case(self, case_id: str) -> Issued | None:
        """How the licence of a case stands; None: none was heard of."""
        told = None
        for message in self._store.issued_told(case_id):
            told = _told(message)[1] or told
        if told is None:
            return None
        if told.state is not IssuedState.ISSUED:
            return Issued(told)
        copy = self._kept().get(case_id)
        if copy is not None and copy.version == told.version:
            return Issued(told, copy)
        version, _, why = self._refused.get(case_id, (0, 0, ""))
        return Issued(told, None, why if version == told.version else "")

    def show(self, case_id: str) -> ShownLicence:
        """The licence, checked anew: it may have ended since it was fetched. Goes on record. Refused: there is none, it
        was taken back, or a window would refuse it. EnvironmentProblem: it has not come here yet."""
        return self._open(case_id, SHOWN)

    def printed(self, case_id: str) -> ShownLicence:
        """The same, for the slip that is printed now."""
        return self._open(case_id, PRINTED)

    def _open(self, case_id: str, action: str) -> ShownLicence:
        issued, stored = self.of_case(case_id), self._store.stored_case(case_id)
        if issued is None or stored is None:
            raise Refused("还没有签发证照", "平台还没有通知本窗口。", "办结后随同步送到；联网后请稍候再看。")
        title = issued.told.title
        if issued.told.state is not IssuedState.ISSUED:
            raise Refused(f"{title}已注销", "签发它的决定已经撤回。", "不要再亮证；请告知申请人，按平台消息办理。")
        if issued.licence is None:
            if issued.why:
                raise Refused(f"{title}不能交付", f"{issued.why}。", "请联系平台管理员。")
            raise EnvironmentProblem(f"{title}还没有取到", "已经签发，还没有送到本窗口。", "联网后自动取回，再按一次。")
        reading = self._read(issued.licence.code)
        why = self._fault(reading, stored, issued.licence)
        if why:
            raise Refused(f"{title}不能亮证", f"{why}。", "请联系签发部门或平台管理员。")
        number = stored.case.provisional_no
        details = {"type": issued.licence.type, "version": issued.licence.version}
        self._store.append_audit(AuditEvent(self._clock.now(), self._duty.clerk, action, number, details))
        return ShownLicence(issued.licence, reading, number, stored.case.item_code)

    # --------------------------------------------------------------------------------------------------------- inside

    def _heed(self) -> None:
        self._trust.heed(self._ended.look(self._store.feed_rows(FEED)))

    def _counts(self, case_id: str, told: Told | None) -> bool:
        """May the copy stay? Not once it was taken back, and not longer than the case's own contents."""
        if told is not None and told.state is not IssuedState.ISSUED:
            return False
        return self._store.case_keeping(case_id).contents_at is None

    def _fetch(self, case_id: str, told: Told) -> bool:
        stored = self._store.stored_case(case_id)
        if stored is None or self._store.case_keeping(case_id).contents_at is not None:
            return False
        version, list_version, _ = self._refused.get(case_id, (0, -1, ""))
        if (version, list_version) == (told.version, self._trust.version):
            return False
        grant = self._grant(stored.case.item_code)
        why = "" if grant is not None else "平台没有给本窗口取用这种证照的授权"
        if grant is not None:
            try:
                # The clerk who accepted the case answers for what is fetched for it.
                made = self._line.fetch(case_id, grant.scenario, PURPOSE, stored.case.clerk)
            except Rejected as error:
                if error.about_the_device:
                    raise
                why = error.detail or error.title
            else:
                if made.state is not IssuedState.ISSUED:
                    return False  # taken back meanwhile: the message will say so
                why = self._fault(self._read(made.code), stored, made)
                if not why:
                    self._keep(made)
        if why:
            log.warning("the licence of case %s was not taken: version %d", case_id, told.version)
            self._refused[case_id] = (told.version, self._trust.version, why)
        else:
            self._refused.pop(case_id, None)
        return not why

    def _grant(self, item_code: str) -> Grant | None:
        grants = policy_in_force(self._store).grants
        return next((grant for grant in grants if grant.issued and grant.covers(item_code)), None)

    def _read(self, code: str) -> LicenceReading:
        return read_licence(code, self._trust.current, self._clock.now(), kind=CodeKind.SIGNED_LICENCE)

    def _fault(self, reading: LicenceReading, stored: StoredCase, licence: IssuedLicence) -> str:
        """Why it is handed to nobody, in words; "" when it may be."""
        if reading.verdict is not Verdict.SIGNATURE_VALID:
            return f"核验不通过：{reading.reason}"
        holder = reading.holder.get("id_number") or reading.holder.get("uscc", "")
        if holder != stored.case.applicant_number or reading.licence.get("type") != licence.type:
            return "证照上的持证人或者种类与办件不符"
        return ""

    def _keep(self, made: IssuedLicence) -> None:
        said = {
            "version": made.version,
            "type": made.type,
            "title": made.title,
            "code": made.code,
            "issued_at": isoformat(made.issued_at),
            "expires": isoformat(made.expires),
            "reference": made.reference,
        }
        self._store.set_setting(COPIES + made.case_id, json.dumps(said, ensure_ascii=False))

    def _kept(self) -> dict[str, IssuedLicence]:
        found = {}
        for key, text in self._store.settings_under(COPIES).items():
            case_id = key.removeprefix(COPIES)
            try:
                said = json.loads(text)
                found[case_id] = IssuedLicence(
                    case_id,
                    int(said["version"]),
                    IssuedState.ISSUED,
                    said["type"],
                    said["title"],
                    said["code"],
                    parse_iso(said["issued_at"]),
                    parse_iso(said["expires"]),
                    said["reference"],
                )
            except (KeyError, TypeError, ValueError):
                continue  # of another version of this program: it is fetched again
        return found


def _told(message: dict[str, Any]) -> tuple[str, Told | None]:
    try:
        said = message["licence"]
        check_against(TOLD, said)
        return str(message["case_id"]), Told(said["title"], IssuedState(said["state"]), said["version"])
    except (BadInput, KeyError, TypeError):
        return str(message.get("case_id", "")), None
