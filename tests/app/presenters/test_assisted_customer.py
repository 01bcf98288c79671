"""An assisted visit on the citizen's screen: large type, one question at a time, for this visit alone."""

from __future__ import annotations

from dataclasses import replace

from PyQt6.QtWidgets import QLabel
from test_customer_presenter import Bench
from test_customer_presenter import bench as bench

from app.domain.assisted import Assist, Choice, Companion, Role
from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.presenters.customer_words import confirm_view


def test_an_assisted_visit_is_shown_large_and_one_question_at_a_time(bench: Bench) -> None:
    """For this visit alone: the next visitor finds the screen as it always is."""
    ready = bench.parts.ready()
    bench.desk.begin(replace(ready, assist=ready.assist.switched(True)))
    assert bench.screen.large
    label = bench.screen.serving.findChild(QLabel, "citizen_person")
    assert label is not None
    large = label.fontInfo().pixelSize()
    bench.accept.accept()
    bench.settle()
    own = [line for line in bench.screen.confirm._pages if len(line) == 1 and not line[0].read]
    assert own
    answer = bench.screen.confirm.findChild(QLabel, "citizen_answer")
    assert answer is not None
    assert answer.text() == own[0][0].value
    assert not [words for words in bench.words().split() if "老" in words or "岁" in words]
    bench.sign()
    bench.qtbot.waitUntil(lambda: bench.accept.accepted, timeout=20_000)
    bench.settle()
    assert bench.customer._left > 3, "the question stays longer"
    bench.accept.close_visit()
    assert bench.screen.large, "who still rates is not cut off"
    bench.desk.begin(bench.parts.identified(bench.parts.begin()))
    assert not bench.screen.large
    assert label.fontInfo().pixelSize() < large


def test_the_screen_goes_back_when_the_mode_is_ended(bench: Bench) -> None:
    begun = bench.parts.identified(bench.parts.begin())
    bench.desk.begin(replace(begun, assist=begun.assist.switched(True)))
    assert bench.screen.large
    bench.desk.change(replace(begun, assist=begun.assist.switched(False)))
    assert not bench.screen.large
    bench.desk.undo()
    assert not bench.screen.large, "being assisted is no step of the form that is taken back"


def test_a_guardian_signs_as_such(bench: Bench) -> None:
    visit = bench.parts.choose.add(bench.parts.begin(), "11330500002601192E300201400700002")
    at = bench.parts.clock.now()
    source = Source(SourceKind.CARD, "居民身份证")
    said = {("child", "name"): "吴䶮", ("guardian", "name"): "陆𬭚"}
    facts = [Fact(role, element, value, source, Verdict.CHIP_READ, at) for (role, element), value in said.items()]
    visit = replace(visit, form=visit.form.add(facts), assist=Assist(Choice.ON, Companion(Role.GUARDIAN)))
    view = confirm_view(visit, ["社保卡"])
    assert view.guardian_for == "吴䶮"
    bench.screen.show_confirm(view)
    assert "吴䶮的监护人" in bench.words()
