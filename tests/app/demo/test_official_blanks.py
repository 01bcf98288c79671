from __future__ import annotations

from pathlib import Path

import pytest
from official_kit import shipped_forms

import resources
from app.demo.official_blanks import draw_all
from app.documents.fonts import load_fonts
from app.documents.official.blank import Blank, load_blank
from app.documents.official.forms import form_folders, known_forms
from app.documents.official.mapping import all_boxes


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list]]:  # type: ignore[type-arg]
    folder = tmp_path_factory.mktemp("blanks")
    return folder, draw_all(folder, load_fonts())


def shape(blank: Blank) -> object:
    return [(f.name, f.kind, f.required, f.cells, [w.rect for w in f.widgets]) for f in blank.fields], blank.pages


@pytest.mark.parametrize("name", ["individual-registration.pdf", "food-licence.pdf", "hygiene-permit.png"])
def test_the_shipped_blanks_are_what_the_script_draws(drawn: tuple[Path, dict[str, list]], name: str) -> None:  # type: ignore[type-arg]
    ours = load_blank(resources.path(f"official/{name}"), (210, 297))
    again = load_blank(drawn[0] / name, (210, 297))
    assert shape(ours) == shape(again)


def test_the_boxes_on_the_scan_are_where_it_was_drawn(drawn: tuple[Path, dict[str, list]]) -> None:  # type: ignore[type-arg]
    placed = {one.state or one.name: one.place for one in drawn[1]["hygiene-permit"]}
    for box in shipped_forms().form("hygiene-permit").boxes:
        assert box.at is not None
        assert [round(part, 1) for part in placed[box.name]] == list(box.at), box.name


def test_every_shipped_form_says_that_it_is_made_up() -> None:
    for name in known_forms(form_folders()):
        form = shipped_forms().form(name)
        assert form.edition.startswith("演示")
        assert len(list(all_boxes(form))) > 20
