"""A counter's case with an archive package to be made of it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from desk_parts import Parts
from PIL import Image

from app.domain.case import AuditEvent, Case
from app.domain.item import MaterialUse
from app.domain.material import Material, MaterialStatus, Page
from app.licences.cose import SigningKey
from app.services.archive_case import ArchiveCase

RARE = "𠮷祥㛃理发店"


def service(parts: Parts) -> ArchiveCase:
    signer = parts.counter.renderer._signer

    def find(kid: bytes) -> Sequence[SigningKey]:
        return [signer] if kid == signer.kid else []

    return ArchiveCase(
        parts.store, parts.vault, parts.catalog, parts.my_cases(), signer, find,  # type: ignore[arg-type]
        parts.clock, parts.counter.duty, "W03-01", True,
    )  # fmt: skip


def accepted(parts: Parts) -> Case:
    """The case of a visit that has a scanned page."""
    cases = parts.accept.accept(parts.ready()).cases
    return next(case for case in cases if any(material.pages for material in case.materials))


def noise(seed: int, side: int = 900) -> bytes:
    out = io.BytesIO()
    Image.fromarray(np.random.default_rng(seed).integers(0, 255, (side, side, 3), np.uint8)).save(
        out, "JPEG", quality=95
    )
    return out.getvalue()


def with_pages(parts: Parts, case: Case, pages: Sequence[tuple[bytes, str]]) -> Case:
    """Another case, with one more material of these pages."""
    kept = []
    for data, media in pages:
        made = parts.vault.seal(data, media)
        kept.append(Page(made.sha256, media, made.size, 900, 900))
    use = MaterialUse("extra", "补充说明/照片: 甲?")
    more = Material(use, (case.item_code,), MaterialStatus.CAPTURED, pages=tuple(kept))
    number = case.provisional_no[:-2] + "99"
    made_case = replace(case, case_id=case.case_id[:-3] + "fff", visit_id="another", provisional_no=number,
                        materials=(*case.materials, more))  # fmt: skip
    parts.store.accept([made_case], [], [AuditEvent(parts.clock.now(), "李敏", "case.accepted", number, {})])
    return made_case


def names_in(path: Path) -> list[str]:
    return sorted(one.name for one in path.iterdir())
