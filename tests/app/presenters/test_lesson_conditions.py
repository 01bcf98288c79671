"""The names that lessons may use and what the screen can judge are the same."""

from __future__ import annotations

from app.demo.conditions import CONDITIONS
from app.demo.recording import UNREMARKABLE
from app.demo.scenario import VERBS
from app.presenters.coach_words import step_words, told_text
from app.presenters.player_conditions import Conditions


def test_every_condition_can_be_judged() -> None:
    judged = {name.removeprefix("is_") for name in vars(Conditions) if name.startswith("is_")}
    assert judged == set(CONDITIONS)
    assert set(CONDITIONS) >= UNREMARKABLE


def test_every_action_has_words() -> None:
    from app.demo.scenario import Action, Step

    arguments = {"fill": {"a": "b"}, "click": "picker_go", "wait": "online"}
    for verb in VERBS - {"wait"}:
        step = Step("a", "甲", "", (Action(verb, arguments.get(verb, "F2")),), ())
        assert step_words(step) not in ("", "。"), verb
    assert "F2" in step_words(Step("a", "甲", "", (Action("key", "F2"), Action("wait", "online")), ()))
    assert step_words(Step("a", "甲", "照提示做", (), ())) == "照提示做"
    assert "30" in told_text("today+30")
    assert told_text("today-1") != told_text("today+1")
    assert told_text("伟丝") == "伟丝"
