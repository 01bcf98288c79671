"""Actions become steps where something came true; what is written is read back the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.demo.recording import Recording, as_yaml, lesson_name, save_lesson
from app.demo.scenario import Action, list_scenarios, load_scenario, parse_scenario
from app.domain.errors import Refused


def title(done: tuple[Action, ...]) -> str:
    return str(done[0].argument)


def test_a_step_ends_where_something_came_true() -> None:
    made = Recording()
    made.begin({"window_empty", "online"})
    made.act(Action("key", "F2"), {"window_empty", "online"})
    made.act(Action("key", "F3"), {"person_shown", "offline"})  # the line's comings and goings cut nothing
    made.act(Action("type", "kl"), {"person_shown", "online"})
    made.act(Action("type", "fx"), {"person_shown"})
    assert made.erase()
    made.act(Action("type", "d"), {"person_shown"})
    made.act(Action("key", "Return"), {"person_shown"})
    start, read, choose = made.finish({"person_shown", "form_open", "field applicant.name"}, title)
    assert start.actions == ()
    assert (read.actions, read.until) == ((Action("key", "F2"),), ("person_shown",))
    assert choose.actions == (Action("key", "F3"), Action("type", "klfd"), Action("key", "Return"))
    assert choose.until == ("form_open",)
    assert (read.id, choose.title) == ("s01-f2", "F3")


def test_what_comes_true_again_counts_again() -> None:
    made = Recording()
    made.begin({"window_empty"})
    made.act(Action("key", "F2"), {"window_empty"})
    made.act(Action("key", "F12"), {"person_shown"})
    *_, last = made.finish({"window_empty"}, title)
    assert last.until == ("window_empty",)


def test_erasing_goes_no_further_than_the_word() -> None:
    made = Recording()
    made.begin(())
    assert not made.erase()
    made.act(Action("type", "a"), ())
    assert made.erase()
    assert not made.erase()
    assert made.empty


@pytest.mark.parametrize("lesson", list_scenarios(), ids=lambda lesson: lesson.name)
def test_written_and_read_back(lesson) -> None:  # type: ignore[no-untyped-def]
    plain = replace(lesson, title_en="", purpose_en="")
    assert parse_scenario(as_yaml(plain), "x") == plain


def test_names_are_the_sound_of_the_title_and_never_taken() -> None:
    assert lesson_name("开理发店 2", ()) == "kai-li-fa-dian-2"
    assert lesson_name("开理发店", {"kai-li-fa-dian"}) == "kai-li-fa-dian-2"
    assert lesson_name("！！", ()) == "lesson"


def test_nothing_is_written_over(tmp_path: Path) -> None:
    lesson = load_scenario("reader-unplugged")
    path = save_lesson(tmp_path / "lessons", lesson)
    before = path.read_bytes()
    with pytest.raises(Refused):
        save_lesson(tmp_path / "lessons", replace(lesson, title="另一课"))
    assert path.read_bytes() == before
