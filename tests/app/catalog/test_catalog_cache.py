"""The kept copy is used exactly as long as no byte of the catalogue has changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from spoil_catalog import spoil

from app.catalog import cache
from app.catalog.load import UnusableCatalog, load_catalog, shared_catalog


def test_the_second_start_reads_no_yaml(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_catalog(folder, tmp_path / "kept")
    monkeypatch.setattr(yaml, "compose", lambda *_, **__: pytest.fail("YAML was read"))
    assert load_catalog(folder, tmp_path / "kept") == first


def test_a_changed_file_is_read_anew_and_the_old_copy_goes(folder: Path, tmp_path: Path) -> None:
    load_catalog(folder, tmp_path / "kept")
    spoil(folder, "departments.yaml", "湖州市公安局", "㛃𠮷䶮𬭚公安局")
    assert load_catalog(folder, tmp_path / "kept").departments["police"].name == "㛃𠮷䶮𬭚公安局"
    assert len(list((tmp_path / "kept").iterdir())) == 1


def test_a_new_and_a_removed_file_count_as_changes(folder: Path, tmp_path: Path) -> None:
    load_catalog(folder, tmp_path / "kept")
    (folder / "synonyms.yaml").write_text("发廊: [理发店]\n", encoding="utf-8")
    assert load_catalog(folder, tmp_path / "kept").synonyms == {"发廊": ("理发店",)}
    (folder / "synonyms.yaml").unlink()
    assert load_catalog(folder, tmp_path / "kept").synonyms == {}


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe", b"0\n{}"])
def test_a_torn_copy_is_no_copy(folder: Path, tmp_path: Path, content: bytes) -> None:
    first = load_catalog(folder, tmp_path / "kept")
    (copy,) = (tmp_path / "kept").iterdir()
    copy.write_bytes(content)
    assert load_catalog(folder, tmp_path / "kept") == first
    assert json.loads(copy.read_bytes().partition(b"\n")[2])


def test_a_copy_of_which_a_byte_was_changed_is_not_served(folder: Path, tmp_path: Path) -> None:
    first = load_catalog(folder, tmp_path / "kept")
    (copy,) = (tmp_path / "kept").iterdir()
    copy.write_bytes(copy.read_bytes().replace("湖州市公安局".encode(), "杭州市公安局".encode()))
    assert load_catalog(folder, tmp_path / "kept") == first


def test_a_new_version_of_the_program_reads_anew(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_catalog(folder, tmp_path / "kept")
    before = list((tmp_path / "kept").iterdir())
    monkeypatch.setattr(cache, "program_version", lambda: "999.0")
    load_catalog(folder, tmp_path / "kept")
    after = list((tmp_path / "kept").iterdir())
    assert len(after) == 1
    assert after != before


def test_mistakes_are_never_kept_and_always_told_by_line(folder: Path, tmp_path: Path) -> None:
    line = spoil(folder, "roles.yaml", "order: 10", "order: first")
    for _ in range(2):
        with pytest.raises(UnusableCatalog, match=f"roles.yaml 第 {line} 行"):
            load_catalog(folder, tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_a_folder_that_cannot_be_written_only_costs_time(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file where the folder should be", encoding="utf-8")
    assert load_catalog(folder, tmp_path / "kept").items


def test_one_object_serves_a_process_until_a_byte_changes(folder: Path, tmp_path: Path) -> None:
    first = shared_catalog(folder, tmp_path / "kept")
    assert first == load_catalog(folder)
    assert shared_catalog(folder, tmp_path / "elsewhere") is first
    spoil(folder, "departments.yaml", "湖州市公安局", "㛃𠮷䶮𬭚公安局")
    assert shared_catalog(folder, tmp_path / "kept").departments["police"].name == "㛃𠮷䶮𬭚公安局"


def test_a_catalogue_with_mistakes_is_refused_each_time_and_serves_nobody(folder: Path, tmp_path: Path) -> None:
    shared_catalog(folder, tmp_path / "kept")
    spoil(folder, "roles.yaml", "order: 10", "order: first")
    for _ in range(2):
        with pytest.raises(UnusableCatalog):
            shared_catalog(folder, tmp_path / "kept")
