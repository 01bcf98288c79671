"""Take a batch's good rows into the visit: small tables into the form, large ones as a sealed file beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.batch.save import MEDIA_TYPE, pack_rows
from app.batch.session import BatchTable
from app.domain.clock import Clock
from app.domain.errors import Refused
from app.domain.form import FormField
from app.domain.material import Page
from app.domain.table import write_table
from app.services.visit import Visit
from offline_db.vault import Vault

IN_FORM = 200_000
"""Characters of a table's value that a case document carries at most (the gateway takes 1 MB a case)."""
MATERIAL = "x-batch-material"
"""Schema keyword of a TABLE: the material under which a large table is handed in as a file."""


@dataclass(frozen=True, slots=True)
class PackedBatch:
    """Good rows ready to be taken over: as a value, or as a sealed page of a material."""

    rows: int
    value: str = ""
    material: str = ""
    page: Page | None = None


class SubmitBatch:
    """pack is slow (JSON, gzip, a disk flush): not for the event loop. take_over is quick."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self._vault = vault
        self._clock = clock

    def pack(self, table: BatchTable, field: FormField) -> PackedBatch:
        """Refused: more than the form holds, and the catalogue names no material for it."""
        rows = list(table.good_rows())
        material = str(field.schema.get(MATERIAL, ""))
        limit = int(field.schema.get("maxItems", len(rows)))
        if len(rows) <= limit:
            value = write_table(rows)
            if len(value) <= IN_FORM:
                return PackedBatch(len(rows), value)
        if not material:
            most = min(limit, len(rows))
            raise Refused("行数超过本事项的表格", f"合格 {len(rows)} 行，表格最多 {most} 行。", "请分几次申报。")
        data, count = pack_rows(rows)
        sealed = self._vault.seal(data, MEDIA_TYPE)
        return PackedBatch(count, "", material, Page(sealed.sha256, sealed.media_type, sealed.size, 0, 0))

    def take_over(self, visit: Visit, field: FormField, packed: PackedBatch) -> Visit:
        """The visit with the rows in its form, or with the file among its materials."""
        if packed.page is None:
            return replace(visit, form=visit.form.type(field.key, packed.value, self._clock.now()))
        checklist = visit.checklist
        known = next((m for m in checklist.materials if m.use.id == packed.material), None)
        if known is None:
            raise Refused("没有可放表格的材料", packed.material, "请联系管理员检查事项目录。")
        for index in range(len(known.pages) - 1, -1, -1):
            # A table is handed in once; a corrected one takes the place of the first.
            if known.pages[index].media_type == MEDIA_TYPE:
                checklist = checklist.drop_page(packed.material, index)
        return replace(visit, checklist=checklist.capture(packed.material, packed.page))
