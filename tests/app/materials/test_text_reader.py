"""The reader's process: started on first use, killed when it hangs, absent without harm."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import text_workers

from app import doctor
from app.domain.errors import EnvironmentProblem
from app.identity.face.find import COMPARER
from app.materials import text_reader, text_worker
from app.materials.text_reader import NEEDED, SPARE, NoTextReader, ProcessTextReader

PICTURE = np.full((20, 30, 3), 255, np.uint8)


def until(said: Callable[[], bool]) -> None:
    for _ in range(200):
        if said():
            return
        time.sleep(0.05)
    raise AssertionError


def test_it_starts_on_first_use_answers_and_stays_for_the_next_page() -> None:
    reader = ProcessTextReader(worker=text_workers.echo)
    assert not reader.running
    first = reader.read(PICTURE)
    assert reader.running
    assert first[0].text.startswith("30x20 ")
    assert first[0].box[2] == (110.0, 40.0)
    assert reader.read(PICTURE)[0].text == first[0].text, "the same process"
    reader.close()
    assert not reader.running
    with pytest.raises(EnvironmentProblem):
        reader.read(PICTURE)


@pytest.mark.parametrize("worker", [text_workers.hang, text_workers.fall, text_workers.refuse])
def test_a_process_that_hangs_or_falls_is_ended_and_the_next_page_starts_another(
    worker: Callable[..., None],
) -> None:
    reader = ProcessTextReader(timeout=1.0, worker=worker)
    with pytest.raises(EnvironmentProblem, match="没有识别"):
        reader.read(PICTURE)
    assert not reader.running
    reader._worker = text_workers.echo
    assert reader.read(PICTURE)
    reader.close()


def test_a_page_that_cannot_be_read_ends_nothing() -> None:
    reader = ProcessTextReader(worker=text_workers.complain)
    with pytest.raises(EnvironmentProblem) as told:
        reader.read(PICTURE)
    assert "这一页识别不了" in told.value.what
    assert reader.running
    reader.close()


def test_idle_it_ends_by_itself() -> None:
    reader = ProcessTextReader(idle=0.2, worker=text_workers.echo)
    reader.read(PICTURE)
    until(lambda: not reader.running)
    reader.close()


def test_memory_decides_whether_it_starts_and_whether_it_stays() -> None:
    short = ProcessTextReader(worker=text_workers.echo, free=lambda: NEEDED - 1)
    with pytest.raises(EnvironmentProblem) as told:
        short.read(PICTURE)
    assert "内存不足" in told.value.what
    assert not short.running
    left = [NEEDED, SPARE - 1]
    brief = ProcessTextReader(worker=text_workers.echo, free=lambda: left.pop(0))
    assert brief.read(PICTURE)
    assert not brief.running


def test_the_engine_without_its_nets_is_not_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As the Debian package is without yichuang-reading."""
    spec = SimpleNamespace(origin=str(tmp_path / "rapidocr/__init__.pyc"))
    monkeypatch.setattr(text_reader.importlib.util, "find_spec", lambda name: spec)
    assert not text_reader.installed()
    check = doctor.reading(doctor.Machine())
    assert check.ok is None
    assert "yichuang-reading" in check.todo
    (tmp_path / "rapidocr/models").mkdir(parents=True)
    (tmp_path / "rapidocr/models/PP-OCRv6_rec_small.onnx").write_bytes(b"net")
    assert text_reader.installed()
    assert doctor.reading(doctor.Machine()).ok
    monkeypatch.setattr(text_reader.resources, "path", lambda name: tmp_path / name)
    assert text_reader.lacking() == ["人脸相似度"]
    (tmp_path / COMPARER).parent.mkdir(parents=True)
    (tmp_path / COMPARER).write_bytes(b"net")
    assert text_reader.lacking() == []
    assert doctor.reading in doctor._ALL


def test_the_nets_are_named_so_that_none_is_fetched() -> None:
    pytest.importorskip("rapidocr")
    nets = text_worker._nets()
    assert set(nets) == {"Det.model_path", "Cls.model_path", "Rec.model_path"}
    assert all(Path(file).is_file() for file in nets.values())


def test_where_it_is_not_installed_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_reader.importlib.util, "find_spec", lambda name: None)
    reader = text_reader.text_reader()
    assert isinstance(reader, NoTextReader)
    assert (reader.present, reader.read(PICTURE)) == (False, ())
