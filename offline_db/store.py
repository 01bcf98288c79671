"""The store's face: everything that the workstation keeps on this machine, in one encrypted database."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from app.domain.case import AuditEvent, Case, CaseState, Operation
from app.domain.clock import Clock
from app.domain.errors import Defect, EnvironmentProblem, Refused
from app.domain.printing import PrintJob
from offline_db import audit, migrate, outbox, rows, schema, search
from offline_db.amendments import AmendPart
from offline_db.audit import AuditCheck, AuditEntry
from offline_db.case_list import CaseListPart
from offline_db.clerks import ClerkPart
from offline_db.doubles import DoublePart
from offline_db.drafts import DraftPart
from offline_db.durability import DurabilityPart
from offline_db.engine import REFUSED_ROW, Database, is_duplicate
from offline_db.feeds import FeedPart
from offline_db.keys import KeyProvider, KeySet, keyset
from offline_db.matters import MatterPart
from offline_db.messages import MessagePart
from offline_db.papers_due import PapersDuePart
from offline_db.photos import PhotoPart
from offline_db.prints import PrintPart, insert_prints
from offline_db.profile import Profile
from offline_db.ratings import RatingPart
from offline_db.retention import RetentionPart
from offline_db.roster import RosterPart
from offline_db.sending import SendingPart
from offline_db.statistics import StatisticsPart
from offline_db.vault import Vault
from offline_db.visit_packs import VisitPackPart


class Store(
    AmendPart,
    SendingPart,
    FeedPart,
    VisitPackPart,
    PapersDuePart,
    DraftPart,
    ClerkPart,
    CaseListPart,
    StatisticsPart,
    MessagePart,
    MatterPart,
    RosterPart,
    RatingPart,
    DurabilityPart,
    RetentionPart,
    PrintPart,
    PhotoPart,
    DoublePart,
):
    """One profile's database. Every method may be called from any thread (see offline_db.engine); each write is one
    transaction that is on the disk when the method returns. All raise EnvironmentProblem when the disk is full or
    broken, and then nothing of the call is stored."""

    def __init__(self, profile: Profile, database: Database, keys: KeySet, clock: Clock, vault: Vault | None) -> None:
        """Use `Store.open`."""
        self.profile = profile
        self._db = database
        self._keys = keys
        self._clock = clock
        self._vault = vault

    @classmethod
    def open(cls, profile: Profile, keys: KeyProvider, clock: Clock, *, vault: Vault | None = None) -> Self:
        """Open the profile's database: create it, or bring an older one up to date, and recover interrupted sends.

        vault: when given, `accept` refuses a case whose pages are not sealed in it. EnvironmentProblem: no key,
        wrong key, damaged, newer than the program. Refused: the profile is not locked, or of another kind.
        """
        if not profile.locked:
            raise Refused("数据文件夹已关闭", "要先打开数据文件夹，才能打开数据库。")
        derived = keyset(profile, keys)
        database = Database(profile.database, derived.database)
        try:
            migrate.bring_up_to_date(database, profile, derived, clock)
            profile.mark_initialised()
            store = cls(profile, database, derived, clock, vault)
            store._check_marker()
            store.recover_inflight()
            store.recover_prints()
        except BaseException:
            database.close()
            raise
        return store

    def close(self) -> None:
        """Close the database. The profile stays open and locked. Closing twice is harmless."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def accept(
        self,
        cases: Sequence[Case],
        operations: Sequence[Operation],
        events: Sequence[AuditEvent],
        *,
        drop_draft: str | None = None,
        papers: Sequence[PrintJob] = (),
    ) -> None:
        """The clerk's “accept” as ONE commit: cases with facts and page references, outbox, audit, and the jobs that
        print its papers; the draft goes.

        A paper is printed from its job, so only after this has returned; and after a crash it still is. Refused: one
        of the cases or numbers is already stored (accepted twice). Defect: a page is not sealed in the vault.
        BadInput: a text that cannot be stored.
        """
        self._check_sealed(cases)
        now = self._now()
        with self._db.write() as connection:
            try:
                for case in cases:
                    rows.insert_case(connection, case)
                outbox.enqueue(connection, operations, now)
            except REFUSED_ROW as error:
                if not is_duplicate(error):
                    raise
                raise Refused(
                    "该办件已经受理", "同一办件或同一受理流水号已经保存过，没有重复保存。", "请在今日办件中查看。"
                ) from None
            for event in events:
                audit.append(connection, self._keys.audit, event)
            insert_prints(connection, papers)
            if drop_draft is not None:
                connection.execute(sa.delete(schema.drafts).where(schema.drafts.c.draft_id == drop_draft))

    def case(self, case_id: str) -> Case | None:
        """One case with its facts and materials; None when unknown."""
        with self._db.read() as connection:
            found = rows.load_cases(connection, [case_id])
        return found[0] if found else None

    def cases(self, limit: int = 100, state: CaseState | None = None) -> list[Case]:
        """The newest cases first, in the order of acceptance whatever the clock said then. state: only these."""
        query = sa.select(schema.cases.c.case_id).order_by(schema.cases.c.seq.desc()).limit(limit)
        if state is not None:
            query = query.where(schema.cases.c.state == state.value)
        with self._db.read() as connection:
            return rows.load_cases(connection, list(connection.scalars(query)))

    def matching(self, text: str, limit: int = 50) -> Sequence[str]:
        """case_ids of the cases that the text may mean, newest first: 受理流水号, 办件编码, the last six or more
        characters of an ID number, or two or more successive characters of the applicant's name."""
        with self._db.read() as connection:
            return search.matching(connection, text, limit)

    def find(self, text: str, limit: int = 50) -> list[Case]:
        """The same as whole cases, with their facts: for a few, not for a list that is typed into."""
        with self._db.read() as connection:
            return rows.load_cases(connection, search.matching(connection, text, limit))

    def cases_naming(self, element: str, value: str, limit: int) -> list[Case]:
        """Of the newest cases those in which somebody's data element has this value, newest first."""
        with self._db.read() as connection:
            return rows.load_cases(connection, search.naming(connection, element, value, limit))

    def set_case_state(self, case_id: str, state: CaseState) -> None:
        """Say where the case stands. Defect when unknown."""
        with self._db.write() as connection:
            statement = sa.update(schema.cases).where(schema.cases.c.case_id == case_id)
            if connection.execute(statement.values(state=state.value)).rowcount != 1:
                raise Defect("办件状态出错", "本机没有这个办件。")

    def append_audit(self, event: AuditEvent) -> None:
        """Add one entry to the audit trail."""
        with self._db.write() as connection:
            audit.append(connection, self._keys.audit, event)

    def audit_entries(self, after: int = 0, limit: int = 500) -> list[AuditEntry]:
        """The trail's entries numbered above `after`, in order; for sending and for review."""
        query = sa.select(schema.audit).where(schema.audit.c.seq > after).order_by(schema.audit.c.seq).limit(limit)
        with self._db.read() as connection:
            return [AuditEntry(**row) for row in connection.execute(query).mappings()]

    def trail_of(self, subject: str, action: str) -> list[AuditEntry]:
        """What was done under this name to one subject, oldest first."""
        with self._db.read() as connection:
            return audit.entries_of(connection, subject, action)

    def verify_audit(self) -> list[AuditCheck]:
        """Check the audit trail entry by entry; see offline_db.audit."""
        with self._db.read() as connection:
            return audit.verify(connection, self._keys.audit)

    def check_integrity(self) -> list[str]:
        """Check every page of the database; what is wrong, empty when all is well. Reads the whole file."""
        return self._db.integrity()

    def backup(self, target: Path) -> None:
        """Copy the whole database, encrypted under the same key, to a new file; safe while the store is in use."""
        migrate.copy_database(self._db, target)

    def _check_sealed(self, cases: Sequence[Case]) -> None:
        if self._vault is None:
            return
        for page in (page for case in cases for material in case.materials for page in material.pages):
            if not self._vault.exists(page.sha256):
                # The receipt would promise a paper that this machine does not hold.
                raise Defect("材料没有保存好", "有一页材料还没有封存，不能受理。", "请重新拍摄这一页材料后再受理。")

    def _check_marker(self) -> None:
        with self._db.read() as connection:
            marker = connection.execute(sa.select(schema.profile_marker)).first()
        if marker is None or marker.profile_id != self.profile.id:
            raise EnvironmentProblem(
                "数据库不属于本窗口", "数据文件夹里放的是另一份数据库。", "请联系运维人员恢复原来的数据文件夹。"
            )
        if marker.kind != self.profile.kind:
            raise Refused(
                "数据种类不符",
                f"数据库标明的种类与文件夹不同，不能作为{self.profile.kind.label}数据打开。",
                "演示数据与正式数据不能互相转换，请选择正确的数据文件夹。",
            )
