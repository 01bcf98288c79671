"""What an import leaves behind: the match of columns by headings, and a draft that ages and may be damaged."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from batch_kit import TODAY, good_row, table_field

from app.batch.session import BatchTable
from app.batch.source import RawTable
from app.domain.clock import FixedClock
from app.domain.errors import BadInput
from app.identity.numbers import check_number
from app.services.batch_memory import KEPT, BatchMemory, Left
from offline_db.keys import DemoKeys
from offline_db.profile import Profile, ProfileKind
from offline_db.vault import Vault, open_vault

FIELD = table_field()
HEADINGS = ("姓名", "号码")
NOW = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)


class Shelf:
    """Settings in memory."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def setting(self, key: str) -> str | None:
        return self.texts.get(key)

    def set_setting(self, key: str, value: str) -> None:
        self.texts[key] = value


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    profile = Profile(tmp_path / "p", ProfileKind.DEMO).__enter__()
    return open_vault(profile, DemoKeys(profile.folder))


def table(wrong: bool = True) -> BatchTable:
    rows = [("王𠮷祥", "x" if wrong else good_row(1)[1]), (good_row(2)[0], good_row(2)[1])]
    made = BatchTable(RawTable("名册.xlsx", HEADINGS, rows, 4), FIELD, TODAY, check_number, {"name": 0, "id_number": 1})
    made.check_all()
    return made


def test_columns_are_remembered_by_their_headings_and_name_nobody(vault: Vault) -> None:
    shelf = Shelf()
    memory = BatchMemory(shelf, vault, FixedClock(NOW))
    assert memory.columns(FIELD, HEADINGS) is None
    memory.remember(FIELD, HEADINGS, {"name": 0, "id_number": 1, "gone": 0, "sex": 9})
    assert memory.columns(FIELD, HEADINGS) == {"name": 0, "id_number": 1}
    assert memory.columns(FIELD, ("号码", "姓名")) is None
    assert not any("姓名" in key for key in shelf.texts)


def test_a_draft_comes_back_as_it_was(vault: Vault) -> None:
    memory = BatchMemory(Shelf(), vault, FixedClock(NOW))
    made = table()
    made.edit(0, "id_number", good_row(1)[1])
    memory.keep(memory.snapshot(made, memory.seal(made.raw)))
    assert memory.left(FIELD) == Left("名册.xlsx", 2, 0)
    draft = memory.resume(FIELD)
    assert (draft.raw, draft.mapping) == (made.raw, made.mapping)
    assert draft.edits == {0: {"id_number": good_row(1)[1]}}


def test_a_new_table_replaces_the_old_one_and_its_rows(vault: Vault) -> None:
    memory = BatchMemory(Shelf(), vault, FixedClock(NOW))
    first = memory.seal(table().raw)
    memory.keep(memory.snapshot(table(), first))
    second = memory.seal(table(wrong=False).raw)
    memory.keep(memory.snapshot(table(wrong=False), second))
    assert (vault.exists(first), vault.exists(second)) == (False, True)
    memory.forget(FIELD.key)
    assert not vault.exists(second)
    assert memory.left(FIELD) is None
    memory.forget(FIELD.key)


def test_an_old_draft_is_dropped(vault: Vault) -> None:
    shelf = Shelf()
    sealed = BatchMemory(shelf, vault, FixedClock(NOW)).seal(table().raw)
    memory = BatchMemory(shelf, vault, FixedClock(NOW))
    memory.keep(memory.snapshot(table(), sealed))
    late = BatchMemory(shelf, vault, FixedClock(NOW + KEPT + dt.timedelta(seconds=1)))
    assert memory.left(FIELD) is not None
    assert late.left(FIELD) is None
    assert not vault.exists(sealed)


def test_a_damaged_draft_is_no_draft(vault: Vault) -> None:
    memory = BatchMemory(Shelf(), vault, FixedClock(NOW))
    memory.keep(memory.snapshot(table(), vault.seal(b"no gzip", "application/gzip").sha256))
    with pytest.raises(BadInput):
        memory.resume(FIELD)
    assert memory.left(FIELD) is None
