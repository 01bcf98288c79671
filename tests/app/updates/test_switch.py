"""Which version starts: a new one on trial, back when it fails, with the data as it was; never round in a circle."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from update_kit import NEW, OLD, installed

from app.bootstrap_update import Start, open_switch
from app.domain.errors import EnvironmentProblem
from app.updates.install import MOST_STARTS, Install, Trial, lay_out
from app.updates.switch import HANDED_OVER, Switch


class Away(BaseException):
    """This process became another."""


class World:
    def __init__(self, root: Path) -> None:
        self.old = installed(root)
        self.root = root
        folder = root / "versions" / NEW
        folder.mkdir()
        (folder / "yichuang").write_text("#!/bin/sh\n")
        self.started: list[str] = []
        self.undone = self.kept = 0
        self.can_undo = True
        self.dead: set[str] = set()
        self.env: dict[str, str] = {}

    def switch(self, running: str) -> Switch:
        def undo() -> bool:
            self.undone += 1
            return self.can_undo

        def keep() -> None:
            self.kept += 1

        return Switch(Install(self.root, running), ["run"], undo_data=undo, keep_data=keep, env=self.env, go=self.go)

    def go(self, program: Path, arguments: Sequence[str], env: Mapping[str, str]) -> None:
        assert list(arguments) == ["run"]
        version = program.parent.name
        if version in self.dead:
            raise OSError(8, "Exec format error")
        self.started.append(version)
        self.env = dict(env)
        raise Away

    def away(self, act: Callable[[], object]) -> str:
        with pytest.raises(Away):
            act()
        return self.started[-1]


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path / "root")
    made.old.remember(staged=NEW, staged_sha256="ab" * 32)
    return made


def test_what_lies_ready_is_tried_at_the_next_start_and_kept_when_its_window_stands(world: World) -> None:
    assert world.away(world.switch(OLD).begin) == NEW
    assert (world.old.current, world.old.state.trial) == (NEW, Trial(NEW, OLD))
    assert world.kept == 1, "a migration from before is not the trial's to take back"
    new = world.switch(NEW)
    new.begin()
    assert world.old.state.trial == Trial(NEW, OLD, 1)
    new.confirm()
    assert world.old.state.trial is None
    assert world.kept == 2
    assert world.old.has(OLD), "one may still go back by hand"
    world.switch(NEW).begin()
    assert world.started == [NEW]


def test_one_that_never_gets_its_window_up_is_given_up(world: World) -> None:
    world.away(world.switch(OLD).begin)
    for _ in range(MOST_STARTS):
        world.switch(NEW).begin()  # and the process dies
    assert world.away(world.switch(NEW).begin) == OLD
    assert (world.old.current, world.old.state.trial, world.undone) == (OLD, None, 1)
    assert world.old.state.gone_back == NEW
    assert "ab" * 32 in world.old.state.refused
    world.env = {}
    world.switch(OLD).begin()
    assert world.started == [NEW, OLD], "it is not tried again"


def test_one_that_says_itself_that_it_cannot_is_given_up_at_once(world: World) -> None:
    world.away(world.switch(OLD).begin)
    new = world.switch(NEW)
    new.begin()
    assert world.away(lambda: new.give_up("不能打开本机数据")) == OLD
    assert world.undone == 1


def test_an_old_program_is_not_started_over_newer_data(world: World) -> None:
    world.away(world.switch(OLD).begin)
    world.can_undo = False
    new = world.switch(NEW)
    new.begin()
    new.give_up("x")
    assert world.old.current == NEW
    assert world.started == [NEW]


def test_one_that_cannot_be_started_at_all(world: World) -> None:
    world.dead.add(NEW)
    world.switch(OLD).begin()
    assert (world.old.current, world.old.state.trial, world.old.state.gone_back) == (OLD, None, NEW)


def test_leaving_before_the_window_stood_is_no_failure(world: World) -> None:
    world.away(world.switch(OLD).begin)
    for _ in range(5):
        new = world.switch(NEW)
        new.begin()
        new.left()
    assert world.old.state.trial == Trial(NEW, OLD, 0)


def test_an_old_shortcut_hands_over_and_a_circle_is_broken(world: World) -> None:
    world.old.remember(staged="")
    world.old.point_to(NEW)
    assert world.away(world.switch(OLD).begin) == NEW
    world.env = {HANDED_OVER: "3"}
    world.switch(OLD).begin()
    assert world.started == [NEW]


def test_what_lies_ready_but_is_older_or_gone_is_left(world: World) -> None:
    world.old.remember(staged="0.0.1")
    world.switch(OLD).begin()
    world.old.remember(staged="9.9")
    world.switch(OLD).begin()
    assert world.started == []


def test_older_versions_go_when_a_newer_one_is_confirmed(world: World) -> None:
    (world.root / "versions" / "0.0.5").mkdir()
    world.away(world.switch(OLD).begin)
    new = world.switch(NEW)
    new.begin()
    new.confirm()
    assert sorted(path.name for path in world.old.versions.iterdir()) == [OLD, NEW]


# --------------------------------------------------------------------------------------- joined with a real profile


def start(world: World, running: str, folder: Path) -> Start:
    return open_switch(folder, ["run"], Install(world.root, running), world.go)


def test_an_error_of_the_machine_is_none_of_the_new_version(world: World, tmp_path: Path) -> None:
    world.away(start(world, OLD, tmp_path).begin)
    new = start(world, NEW, tmp_path)
    new.begin()
    with pytest.raises(EnvironmentProblem), new.guard():
        new.watched(_raise(EnvironmentProblem("密钥环锁着")))(None)
    assert not new.given_up(EnvironmentProblem("x"))
    new.end(False)
    assert world.old.state.trial == Trial(NEW, OLD, 0)
    with pytest.raises(Away), new.guard():
        new.watched(_raise(RuntimeError("the new version's own")))(None)
    assert world.started == [NEW, OLD]


def test_after_the_window_stood_nothing_is_taken_back(world: World, tmp_path: Path) -> None:
    world.away(start(world, OLD, tmp_path).begin)
    new = start(world, NEW, tmp_path)
    new.begin()
    new.stands()
    with pytest.raises(RuntimeError), new.guard():
        raise RuntimeError("late")
    new.end(False)
    assert (world.old.current, world.started) == (NEW, [NEW])


def test_opened_anew_when_asked(world: World, tmp_path: Path) -> None:
    world.old.remember(staged="")
    new = start(world, OLD, tmp_path)
    new.begin()
    new.stands()
    with pytest.raises(Away):
        new.end(True)


def test_without_an_install_folder_nothing_happens(tmp_path: Path) -> None:
    plain = Start(None)
    plain.begin()
    with plain.guard():
        assert plain.watched(lambda entry: entry)(5) == 5
    plain.stands()
    plain.end(True)
    assert Install.of_program("0.1.0") is None, "from source there is none"


def _raise(error: Exception) -> Callable[[object], object]:
    def enter(_: object) -> object:
        raise error

    return enter


# --------------------------------------------------------------------------------------------------- the folder


def test_the_folder_is_made_and_its_launcher_starts_the_version_in_use(tmp_path: Path) -> None:
    package = tmp_path / "dist"
    package.mkdir()
    (package / "yichuang").write_text('#!/bin/sh\necho "$0 $1"\n')
    (package / "yichuang").chmod(0o755)
    root = lay_out(tmp_path / "𠮷 窗", package, "0.1.0")
    install = Install.of_program("0.1.0", root / "versions" / "0.1.0" / "yichuang")
    assert install is not None
    assert install.current == "0.1.0"

    def said() -> str:
        done = subprocess.run([str(root / "yichuang"), "run"], capture_output=True, text=True, check=False)
        return done.stdout.strip() + done.stderr.strip()

    assert said().endswith("versions/0.1.0/yichuang run")
    install.point_to("0.7.0")
    assert said().endswith("versions/0.1.0/yichuang run"), "a version that is gone is no reason to stand still"
    (root / "versions" / "0.1.0" / "yichuang").chmod(0o644)
    assert "请重新安装" in said()


def test_a_folder_that_may_not_be_written_is_the_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = installed(tmp_path)
    assert Install.of_program(OLD, made.program(OLD)) is not None
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert Install.of_program(OLD, made.program(OLD)) is None
    assert Install.of_program(OLD, tmp_path / "usr" / "lib" / "yichuang" / "yichuang") is None


def test_a_damaged_memory_is_no_reason_not_to_start(tmp_path: Path) -> None:
    made = installed(tmp_path)
    made.updates.mkdir()
    for text in ("{", "[]", '{"serial": "x"}', ""):
        (made.updates / "state.json").write_text(text)
        assert made.state.serial == 0
