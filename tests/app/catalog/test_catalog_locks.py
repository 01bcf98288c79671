"""Locked items change only with authority, and what is not locked changes freely."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from spoil_catalog import spoil

import resources
from app.catalog.lint import lint
from app.catalog.load import load_catalog
from app.catalog.locks import FILE, accept, digest, read_locks
from app.catalog.source import Finding, Source
from app.domain.clock import FixedClock

SIGNBOARD = "items/urban-signboard.yaml"
CODE = "11330500MB1Y05824Y333101700800001"
CLOCK = FixedClock(dt.datetime(2026, 11, 21, 17, 0, tzinfo=dt.UTC))


@pytest.fixture
def accepted(folder: Path) -> Path:
    """A copy of the catalogue, every locked item of which somebody has accepted."""
    (folder / FILE).unlink(missing_ok=True)
    accept(folder, "张核准", CLOCK)
    return folder


def hard(folder: Path) -> list[Finding]:
    return [finding for finding in lint(folder) if not finding.soft]


def test_accepting_records_who_and_the_legal_day(accepted: Path) -> None:
    lock = read_locks(Source(accepted, lambda finding: pytest.fail(str(finding))))[CODE]
    item = load_catalog(accepted).items[CODE]
    assert (lock.version, lock.sha256) == (item.version, digest(item))
    # 17:00 UTC is the next day in China.
    assert (lock.accepted_by, lock.accepted_on) == ("张核准", "2026-11-22")
    assert [f for f in lint(accepted) if f.file == FILE] == []


def test_a_catalogue_that_nobody_accepted_says_so_softly(folder: Path) -> None:
    (folder / FILE).unlink(missing_ok=True)
    (finding,) = [f for f in lint(folder) if f.file == FILE]
    assert finding.soft
    assert "尚未核准" in finding.message


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (SIGNBOARD, "legal_days: 10", "legal_days: 9"),
        (SIGNBOARD, "咨询电话: 0572-12345", "咨询电话: 0572-54321"),
        (SIGNBOARD, "result: 户外招牌设置备案回执", "result: 备案证明"),
        (SIGNBOARD, "- signboard_consent", "- {id: signboard_consent, required: true}"),
        ("materials/core.yaml", "彩色效果图", "黑白效果图"),
    ],
)
def test_a_locked_element_needs_a_new_version(accepted: Path, name: str, old: str, new: str) -> None:
    spoil(accepted, name, old, new)
    (finding,) = [f for f in hard(accepted) if f.file == SIGNBOARD]
    assert "版本却仍是 2" in finding.message
    assert "version 改为 3" in finding.todo
    spoil(accepted, SIGNBOARD, "version: 2", "version: 3")
    # A shared material's other items want their new version as well.
    assert [f for f in hard(accepted) if f.file == SIGNBOARD] == []
    assert [f.file for f in lint(accepted) if "尚未核准" in f.message] == [FILE]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (SIGNBOARD, "words: [招牌,", "words: [招牌, 灯箱,"),
        (SIGNBOARD, "name_en: Filing of an outdoor signboard", "name_en: Signboards"),
        (SIGNBOARD, "schema: {maximum: 60}", "schema: {maximum: 61}"),
    ],
)
def test_what_is_nobodys_list_changes_freely(accepted: Path, name: str, old: str, new: str) -> None:
    spoil(accepted, name, old, new)
    assert hard(accepted) == []


def test_a_lock_is_not_lifted_by_saying_so(accepted: Path) -> None:
    line = spoil(accepted, SIGNBOARD, "locked: true", "locked: false")
    (finding,) = hard(accepted)
    assert (finding.file, finding.line) == (SIGNBOARD, line)
    assert "改成了不锁定" in finding.message


def test_a_version_never_goes_back(accepted: Path) -> None:
    text = (accepted / FILE).read_text(encoding="utf-8")
    (accepted / FILE).write_text(text.replace("version: 2", "version: 5"), encoding="utf-8")
    assert [f for f in hard(accepted) if "低于已核准的版本 5" in f.message and f.file == SIGNBOARD]


def test_accepting_again_keeps_earlier_names(accepted: Path) -> None:
    spoil(accepted, SIGNBOARD, "legal_days: 10", "legal_days: 9")
    spoil(accepted, SIGNBOARD, "version: 2", "version: 3")
    assert accept(accepted, "李核准", CLOCK) == 1
    locks = read_locks(Source(accepted, lambda finding: pytest.fail(str(finding))))
    assert {lock.accepted_by for code, lock in locks.items() if code != CODE} == {"张核准"}
    assert (locks[CODE].version, locks[CODE].accepted_by) == (3, "李核准")


def test_accepting_again_keeps_the_comment_at_the_head(accepted: Path) -> None:
    text = (accepted / FILE).read_text(encoding="utf-8")
    (accepted / FILE).write_text("# 只供演示。\n" + text, encoding="utf-8")
    accept(accepted, "李核准", CLOCK)
    assert (accepted / FILE).read_text(encoding="utf-8") == "# 只供演示。\n" + text


def test_the_shipped_locks_hold_and_say_that_they_are_for_demonstration(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(resources.path("catalog"), tmp_path / "catalog"))
    text = (copy / FILE).read_text(encoding="utf-8")
    assert text.startswith("# 演示数据")
    locks = read_locks(Source(copy, lambda finding: pytest.fail(str(finding))))
    locked = {code for code, item in load_catalog(copy).items.items() if item.locked}
    assert locks.keys() == locked
    assert {lock.accepted_by for lock in locks.values()} == {"演示目录维护组"}
    spoil(copy, SIGNBOARD, "legal_days: 10", "legal_days: 9")
    assert [(f.file, f.soft) for f in lint(copy)] == [(SIGNBOARD, False)]


def test_a_removed_item_is_noted_and_its_lock_leaves_with_the_next_acceptance(accepted: Path) -> None:
    (accepted / "items/police-licence-renewal.yaml").unlink()
    gone = [f for f in lint(accepted) if f.file == FILE]
    assert len(gone) == 1
    assert gone[0].soft
    assert gone[0].line > 0
    accept(accepted, "李核准", CLOCK)
    assert [f for f in lint(accepted) if f.file == FILE] == []


def test_the_digest_does_not_depend_on_the_layout(accepted: Path) -> None:
    before = {code: digest(item) for code, item in load_catalog(accepted).items.items()}
    spoil(accepted, SIGNBOARD, "        kind: 即办件\n", "")
    spoil(accepted, SIGNBOARD, "version: 2\n", "version: 2\nkind: 即办件\n")
    assert {code: digest(item) for code, item in load_catalog(accepted).items.items()} == before
    assert load_catalog(resources.path("catalog")).items[CODE] == load_catalog(accepted).items[CODE]
