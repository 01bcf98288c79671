"""`yichuang mrz`: names, fields and exit codes are an interface."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from commands import run
from mrz_pictures import frame, made
from PIL import Image

from app.identity.mrz.layout import Format

Out = pytest.CaptureFixture[str]


def _saved(folder: Path, name: str, picture: np.ndarray) -> Path:
    path = folder / name
    path.write_bytes(cv2.imencode(".png", picture)[1].tobytes())
    return path


def test_a_picture_is_read_with_its_fields_and_checks(capsys: Out, tmp_path: Path) -> None:
    lines = made()
    code, said, _ = run(capsys, "mrz", _saved(tmp_path, "护照.png", frame(lines, Format.TD3)))
    assert code == 0
    row = said[0]
    assert set(row) == {"file", "mrz", "format", "verdict", "checks", "fields", "oddities", "doubtful", "ms"}
    assert (row["mrz"], row["format"], row["verdict"]) == (list(lines), "TD3", "accepted")
    assert row["checks"] == dict.fromkeys(("number", "birth", "expiry", "optional", "composite"), True)
    assert row["fields"]["surname"] == "MUELLER WEISS"
    assert row["fields"]["birth"] == "1974-08-12"
    assert row["fields"]["country"] == "D"


def test_no_zone_is_an_empty_list_and_exit_1(capsys: Out, tmp_path: Path) -> None:
    code, said, _ = run(capsys, "mrz", _saved(tmp_path, "空白.png", np.full((600, 800), 200, np.uint8)))
    assert code == 1
    assert (said[0]["mrz"], said[0]["format"], said[0]["verdict"]) == ([], None, None)


def test_a_pdf_is_read_page_by_page(capsys: Out, tmp_path: Path) -> None:
    lines = made(Format.TD1)
    pages = [Image.fromarray(np.full((800, 1280), 255, np.uint8)), Image.fromarray(frame(lines, Format.TD1))]
    path = tmp_path / "扫描.pdf"
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=200)
    code, said, _ = run(capsys, "mrz", path)
    assert [row["page"] for row in said] == [1, 2]
    assert [row["mrz"] for row in said] == [[], list(lines)]
    assert code == 1, "one page has none"


def test_text_is_parsed_and_wrong_digits_are_for_review(capsys: Out) -> None:
    lines = made()
    assert run(capsys, "mrz", "".join(lines))[0] == 0
    code, said, _ = run(capsys, "mrz", lines[0] + lines[1][:-1] + str((int(lines[1][-1]) + 1) % 10))
    assert code == 1
    assert (said[0]["verdict"], said[0]["checks"]["composite"]) == ("review", False)


def test_a_missing_file_is_trouble_and_the_others_are_read(capsys: Out, tmp_path: Path) -> None:
    good = _saved(tmp_path, "good.png", frame(made(), Format.TD3))
    code, said, message = run(capsys, "mrz", tmp_path / "absent.png", good)
    assert code == 2
    assert "absent.png" in message
    assert said[0]["verdict"] == "accepted"


def test_pictures_of_one_document_vote(capsys: Out, tmp_path: Path) -> None:
    lines = made()
    poor = frame(lines, Format.TD3, blur=5, noise=20)
    names = [_saved(tmp_path, f"{k}.png", p) for k, p in enumerate((poor, frame(lines, Format.TD3)))]
    assert run(capsys, "mrz", *names)[0] == 1
    assert run(capsys, "mrz", "--together", *names)[0] == 0
