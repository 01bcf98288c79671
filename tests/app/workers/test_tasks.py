"""Tasks of the pool: what they hand back, in which order, and where dies what they hold."""

import gc
import threading
import time
from functools import partial

import pytest
from mortal import Mortal
from pytestqt.qtbot import QtBot

from app.domain.errors import BadInput, Defect
from app.workers.collector import Collector
from app.workers.tasks import TaskRunner


def test_tasks_hand_back_results_and_worded_errors(qtbot: QtBot) -> None:
    runner = TaskRunner()
    got: list[object] = []
    runner.run(lambda: 42, got.append)
    qtbot.waitUntil(lambda: got == [42])

    def refuse() -> None:
        raise BadInput("不行", "原因", "这样做")

    with qtbot.waitSignal(runner.failed) as failed:
        runner.run(refuse, got.append)
    assert failed.args[0].todo == "这样做"

    def bug() -> None:
        raise KeyError("x")

    with qtbot.waitSignal(runner.failed) as failed:
        runner.run(bug, got.append)
    assert isinstance(failed.args[0], Defect)
    assert not runner.busy
    assert got == [42]


def test_what_goes_wrong_in_an_attempt_is_its_askers_to_tell(qtbot: QtBot) -> None:
    runner = TaskRunner()
    got: list[object] = []
    told: list[str] = []
    failed: list[object] = []
    runner.failed.connect(failed.append)

    def refuse() -> int:
        raise BadInput("不行", "原因", "这样做")

    def bug() -> int:
        raise KeyError("x")

    runner.attempt(lambda: 42, got.append, lambda error: told.append(error.todo))
    runner.attempt(refuse, got.append, lambda error: told.append(error.todo))
    qtbot.waitUntil(lambda: (got, told) == ([42], ["这样做"]))
    assert failed == []
    runner.attempt(bug, got.append, lambda error: told.append(error.todo))
    qtbot.waitUntil(lambda: len(failed) == 1)
    assert (got, told) == ([42], ["这样做"]), "our own mistakes are told at large"


def test_a_closed_runner_takes_no_more_work(qtbot: QtBot) -> None:
    runner, done = TaskRunner(), []
    runner.run(lambda: 1, done.append)
    qtbot.waitUntil(lambda: done == [1])
    assert runner.close()
    runner.run(lambda: 2, done.append)
    assert not runner.busy
    assert done == [1]


def test_works_of_one_order_end_in_the_order_they_were_asked_for(qtbot: QtBot) -> None:
    runner, order = TaskRunner(threads=4), []

    def slowly(number: int) -> None:
        time.sleep(0.02 if number % 2 == 0 else 0)  # the even ones would be overtaken
        order.append(number)

    for number in range(8):
        runner.run(partial(slowly, number), lambda _: None, order="settings")
    assert runner.close()
    assert order == list(range(8))
    qtbot.waitUntil(lambda: not runner.busy)


def test_what_a_task_holds_dies_on_the_loop(qtbot: QtBot) -> None:
    runner, deaths = TaskRunner(), []

    def ask(fail: bool) -> None:
        held = Mortal(deaths)

        def work() -> Mortal:
            assert held is not None
            if fail:
                raise BadInput("不行", "", "")
            return Mortal(deaths)

        def then(_: object) -> None:
            assert held is not None

        runner.run(work, then)

    for number in range(200):
        ask(number % 2 == 0)
        qtbot.waitUntil(lambda: not runner.busy)
    gc.collect()  # an error and its traceback hold each other
    assert len(deaths) == 300
    assert set(deaths) == {threading.get_ident()}


def test_garbage_dies_on_the_loop_though_a_worker_makes_it_due(qtbot: QtBot) -> None:
    deaths: list[int] = []
    collector = Collector()
    collector.start()
    try:
        for _ in range(20):
            ring: list[object] = [Mortal(deaths)]
            ring.append(ring)
        del ring
        worker = threading.Thread(target=lambda: [[] for _ in range(200_000)])
        worker.start()
        worker.join()
        assert deaths == []
        new: list[list[int]] = [[] for _ in range(1000)]
        collector.look()
        assert len(new) == 1000
        assert deaths == [threading.get_ident()] * 20
    finally:
        collector.stop()


def test_python_collects_again_when_the_collector_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    was = gc.isenabled()
    monkeypatch.setattr(Collector, "_running", set())  # without the tests' own
    collector = Collector()
    collector.start()
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
    if not was:
        gc.disable()
