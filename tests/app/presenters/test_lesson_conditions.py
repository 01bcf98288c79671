"""The names that lessons may use and what the screen can judge are the same."""

from __future__ import annotations

import re

import pytest
from PyQt6.QtWidgets import QApplication

from app.demo.conditions import CONDITIONS
from app.demo.recording import UNREMARKABLE
from app.demo.scenario import VERBS, Action, Scenario, Step, list_scenarios
from app.presenters.coach_words import step_title, step_words, told_text
from app.presenters.player_conditions import Conditions
from widgets.i18n import install_translator


def test_every_condition_can_be_judged() -> None:
    judged = {name.removeprefix("is_") for name in vars(Conditions) if name.startswith("is_")}
    assert judged == set(CONDITIONS)
    assert set(CONDITIONS) >= UNREMARKABLE


def test_every_action_has_words() -> None:
    arguments = {"fill": {"a": "b"}, "click": "picker_go", "wait": "online"}
    for verb in VERBS - {"wait"}:
        step = Step("a", "甲", "", (Action(verb, arguments.get(verb, "F2")),), ())
        assert step_words(step) not in ("", "。"), verb
    assert "F2" in step_words(Step("a", "甲", "", (Action("key", "F2"), Action("wait", "online")), ()))
    assert step_words(Step("a", "甲", "照提示做", (), ())) == "照提示做"
    assert "30" in told_text("today+30")
    assert told_text("today-1") != told_text("today+1")
    assert told_text("伟丝") == "伟丝"


@pytest.mark.parametrize("lesson", list_scenarios(), ids=lambda lesson: lesson.name)
def test_hints_in_english_are_made_from_the_actions(qapp: QApplication, lesson: Scenario) -> None:
    """Trainers write Chinese: what is shown in English holds none but what is to be typed."""
    han = re.compile(r"[\u3001-\u303f\u4e00-\u9fff\uff01-\uff60]")
    translator = install_translator(qapp, "en")
    try:
        assert lesson.title_en
        assert lesson.purpose_en
        for step in lesson.steps:
            said = step_title(step) + step_words(step)
            for action in step.actions:
                argument = action.argument
                named = argument.get("words", argument.get("item")) if isinstance(argument, dict) else argument
                said = said.replace(str(named), "")
            assert not han.search(said), said
    finally:
        qapp.removeTranslator(translator)
