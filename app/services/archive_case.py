"""The archive package 归档信息包 of a case: papers, form, materials, how it went, catalogue, hashes, signature.

The kinds of content follow GB/T 42727-2023 and DA/T 85-2019 (electronic records of government service items); names
and layout are ours (docs/archive.md). Personal data leaves the store here: only a manager may do it, for a stated
purpose, and its line stands in the audit trail before the file has its name.
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.archive.check import PackageCheck, Progress, Stopped, check_package
from app.archive.container import SEALED_SUFFIX, ZIP_SUFFIX, Container, ZipSink
from app.archive.manifest import About, Absent
from app.archive.sealed import SealedSink, check_password
from app.archive.write import PackageWriter
from app.domain.case import AuditEvent, Case
from app.domain.clock import Clock, isoformat, shanghai
from app.domain.errors import BadInput, Refused
from app.domain.item import Catalog
from app.licences.cose import SigningKey, Verifier
from app.server.medium import need_room, written_whole
from app.services.archive_files import CaseFiles
from app.services.archive_sheets import wording
from app.services.duty import Duty
from app.services.my_cases import CaseDetail, MyCases
from offline_db.store import Store
from offline_db.vault import Vault

log = logging.getLogger(__name__)

PURPOSES = ("移交档案", "部门调取", "申请人索取", "核查监督")
"""What a package may be exported for."""
_SHEETS = 400_000
"""Bytes of the package's own sheets, about."""


@dataclass(frozen=True, slots=True)
class ArchivePlan:
    """What a package would hold. bytes: about. number: 受理流水号."""

    number: str
    papers: int
    materials: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Archived:
    """A package that lies whole at its place. absent: what this machine no longer has, with reasons."""

    path: Path
    files: int
    bytes: int
    sealed: bool
    absent: tuple[Absent, ...] = ()


class ArchiveCase:
    """Writes and checks packages. Slow: for a thread; one call at a time."""

    def __init__(
        self,
        store: Store,
        vault: Vault,
        catalog: Catalog,
        cases: MyCases,
        signer: SigningKey,
        find_key: Callable[[bytes], Sequence[Verifier]],
        clock: Clock,
        duty: Duty,
        device_id: str,
        demo: bool,
    ) -> None:
        """signer: the workstation's key. find_key: whose packages count as ours."""
        self._store, self._vault, self._catalog, self._cases = store, vault, catalog, cases
        self._signer, self._find_key = signer, find_key
        self._clock, self._duty, self._device_id, self._demo = clock, duty, device_id, demo

    def allowed(self) -> bool:
        """May whoever is signed in export?"""
        return self._duty.holder is not None and self._duty.holder.manager

    def plan(self, case_id: str) -> ArchivePlan:
        """What `export` would write. Refused: nobody may export now, or there is nothing left of the case."""
        self._by("")
        return self._plan(self._case(case_id))

    def file_name(self, number: str, sealed: bool) -> str:
        """A name for the package: the case's number, nobody's name."""
        return wording().text("paths.package", number=number) + (SEALED_SUFFIX if sealed else ZIP_SUFFIX)

    def case_id(self, number: str) -> str:
        """The case of a 受理流水号 or 办件编码. BadInput when this machine has none, or several, of it."""
        found = [one for one in self._store.find(number) if number in (one.provisional_no, one.case_no)]
        if len(found) != 1:
            raise BadInput("没有这个办件", "本机没有这个编号的办件。", "请核对受理流水号或办件编码。")
        return found[0].case_id

    def export(
        self,
        case_id: str,
        target: Path,
        purpose: str,
        password: str | None = None,
        *,
        progress: Progress = lambda done, total: None,
        stopped: Stopped = lambda: False,
        by: str = "",
    ) -> Archived:
        """Write the package; an older file of this name is replaced, and nothing half-written stays.

        password: seals it (app.archive.sealed). by: who, where nobody can sign in (the command line).
        Refused: not a manager, no purpose, contents cleared. BadInput: a weak password. EnvironmentProblem: the medium
        is full or broken. Cancelled.
        """
        by = self._by(by)
        if not purpose.strip():
            raise Refused("还没有说明用途", "导出个人信息要写明用途。", "请选择用途后再导出。")
        if password is not None:
            check_password(password)
        detail = self._case(case_id)
        plan = self._plan(detail)
        need_room(target.parent, plan.bytes)
        made = self._clock.now()
        about = self._about(detail.case, made, by, purpose.strip())
        with written_whole(target) as stream:
            container: Container
            if password is None:
                container = ZipSink(stream, shanghai(made))
            else:
                container = SealedSink(
                    stream, password, package_id=str(uuid.uuid4()), device_id=self._device_id, made_at=isoformat(made)
                )
            writer = PackageWriter(container, plan.bytes, progress, stopped)
            absent = CaseFiles(self._store, self._vault, self._catalog, writer, detail, about).write()
            manifest = writer.finish(about, absent, self._signer)
            size = stream.tell()
            counts = {"files": len(manifest.entries), "bytes": size, "absent": len(absent)}
            event = AuditEvent(
                made, by, "case.exported", detail.case.provisional_no,
                {"purpose": purpose.strip(), "sealed": password is not None, **counts},
            )  # fmt: skip
            self._store.append_audit(event)
        log.info("archive package of %d files and %d bytes written", len(manifest.entries), size)
        return Archived(target, len(manifest.entries), size, password is not None, tuple(absent))

    def check(
        self,
        path: Path,
        password: str | None = None,
        *,
        progress: Progress = lambda done, total: None,
        stopped: Stopped = lambda: False,
    ) -> PackageCheck:
        """Is it ours and unaltered? Errors as for app.archive.check.check_package."""
        return check_package(path, self._find_key, password, progress, stopped)

    # ------------------------------------------------------------------------------------------------- parts

    def _by(self, by: str) -> str:
        holder = self._duty.holder
        if holder is None and by:
            return by
        clerk = self._duty.clerk
        if not self.allowed():
            raise Refused(
                "要由负责人导出", "归档包里有没有遮盖的个人信息，只有负责人可以导出。", "请负责人登录后导出。"
            )
        return clerk

    def _case(self, case_id: str) -> CaseDetail:
        detail = self._cases.detail(case_id)
        if detail.kept.keeping.contents_at is not None:
            raise Refused("办件内容已经清除", "本机已按保管期限清除这个办件的内容。", "请到平台按办件编码调取。")
        return detail

    def _plan(self, detail: CaseDetail) -> ArchivePlan:
        pages = [page for material in detail.case.materials for page in material.pages]
        # Beside each picture stand its page and its drawing.
        size = sum(page.size + 600 for page in pages) + 200_000 * len(detail.papers) + _SHEETS
        with_pages = sum(bool(material.pages) for material in detail.case.materials)
        return ArchivePlan(detail.case.provisional_no, len(detail.papers), with_pages, size)

    def _about(self, case: Case, made: dt.datetime, by: str, purpose: str) -> About:
        return About(
            number=case.provisional_no,
            case_no=case.case_no or "",
            item_code=case.item_code,
            item=case.item_name,
            department=case.department,
            applicant=case.applicant_name,
            accepted_at=isoformat(case.accepted_at),
            clerk=case.clerk,
            window=case.window.name,
            hall=case.window.hall,
            made_at=isoformat(made),
            made_by=by,
            purpose=purpose,
            device=self._device_id,
            demo=self._demo,
        )
