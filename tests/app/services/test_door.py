"""The door of a working profile: one PIN opens the store and signs in; conversion, handing over, the recovery code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from key_kit import (
    CLERK,
    MANAGER,
    NEW_PIN,
    OTHER_PIN,
    PIN,
    Locked,
    MemoryKeyring,
    locked,
    make_plain,
    make_slotted,
)

from app.domain.clerk import Clerk
from app.domain.clock import FixedClock
from app.domain.errors import BadInput, EnvironmentProblem, Refused
from app.services.door import Entry, How
from app.services.recovery import Recovery
from offline_db.keylock import KeyLock, LockState
from offline_db.store import Store

START = dt.datetime(2026, 11, 22, 0, 30, tzinfo=dt.UTC)
NUMBER = MANAGER[0]


class Machine:
    """One workstation over several starts of the program."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.backend, self.clock = folder, MemoryKeyring(), FixedClock(START)
        self._stack = ExitStack()

    def start(self) -> Locked:
        """End the program, if it runs, and start it anew."""
        self.stop()
        return self._stack.enter_context(locked(self.folder, self.backend, self.clock))

    def stop(self) -> None:
        self._stack.close()


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    made = Machine(tmp_path / "p")
    yield made
    made.stop()


@pytest.fixture
def slotted(machine: Machine) -> Machine:
    make_slotted(machine.folder, machine.backend, machine.clock)
    return machine


@pytest.fixture
def plain(machine: Machine) -> Machine:
    make_plain(machine.folder, machine.backend, machine.clock)
    return machine


def trail(store: Store) -> list[tuple[str, str]]:
    return [(entry.clerk, entry.action) for entry in store.audit_entries()]


def test_the_first_clerk_makes_the_key_and_is_on_duty(machine: Machine) -> None:
    held = machine.start()
    assert held.door.fresh
    with pytest.raises(BadInput, match="太容易猜"):
        held.door.register_first(*MANAGER, "111111", "111111")
    with pytest.raises(BadInput, match="工号"):
        held.door.register_first("", "李敏", PIN, PIN)
    assert held.door.fresh
    entry = held.door.register_first(*MANAGER, PIN, PIN)
    assert entry == Entry(*MANAGER, How.REGISTERED)
    with held.opened() as (store, clerks, duty):
        clerks.let_in(entry)
        assert duty.holder == Clerk(*MANAGER, manager=True)
        assert trail(store) == [(MANAGER[1], "clerk.registered"), (MANAGER[1], "clerk.signed_in")]
        assert store.clerks()[0].pin_hash == "", "the slot is what a PIN is held against"


def test_cut_off_before_the_first_clerk_was_registered(machine: Machine) -> None:
    machine.start().door.register_first(*MANAGER, PIN, PIN)
    held = machine.start()
    assert held.door.known() == (Clerk(*MANAGER),)
    entry = held.door.open(NUMBER, PIN)
    with held.opened() as (_, clerks, duty):
        clerks.let_in(entry)
        assert duty.holder == Clerk(*MANAGER, manager=True)


def test_one_pin_opens_the_store_and_signs_in(slotted: Machine) -> None:
    held = slotted.start()
    assert held.door.known() == (Clerk(*MANAGER), Clerk(*CLERK))
    entry = held.door.open(CLERK[0], OTHER_PIN)
    with held.opened() as (store, clerks, duty):
        clerks.let_in(entry)
        assert duty.holder == Clerk(*CLERK)
        assert trail(store)[-1] == (CLERK[1], "clerk.signed_in")
        # Locking, coming back and handing over need no second door.
        clerks.lock(idle=True)
        with pytest.raises(Refused, match="口令不对"):
            clerks.unlock(PIN)
        clerks.unlock(OTHER_PIN)
        clerks.sign_out()
        clerks.sign_in(NUMBER, PIN)
        assert duty.holder == Clerk(*MANAGER, manager=True)


def test_wrong_pins_are_counted_across_restarts_and_on_both_sides_of_the_door(slotted: Machine) -> None:
    held = slotted.start()
    for left in (2, 1):
        with pytest.raises(Refused, match=f"再输错 {left} 次"):
            held.door.open(NUMBER, "000000")
    held = slotted.start()
    with pytest.raises(Refused) as told:
        held.door.open(NUMBER, "000000")
    assert "30 秒后" in told.value.todo
    held = slotted.start()
    with pytest.raises(Refused, match="请稍候再试"):
        held.door.open(NUMBER, PIN)  # even the right one
    held.door.open(CLERK[0], OTHER_PIN)  # another's tries are their own
    with held.opened() as (store, clerks, _):
        with pytest.raises(Refused, match="请稍候再试"):
            clerks.sign_in(NUMBER, PIN)
        slotted.clock.advance(dt.timedelta(seconds=30))
        with pytest.raises(Refused) as told:
            clerks.sign_in(NUMBER, "000000")
        assert "60 秒后" in told.value.todo
        assert trail(store)[-1] == (MANAGER[1], "clerk.refused")
    held = slotted.start()
    with pytest.raises(Refused, match="请稍候再试"):
        held.door.open(NUMBER, PIN)
    slotted.clock.advance(dt.timedelta(seconds=60))
    entry = held.door.open(NUMBER, PIN)
    assert entry.failures == 4
    with held.opened() as (store, clerks, _):
        clerks.let_in(entry)
        assert store.audit_entries()[-1].details == '{"failures":4}'
    assert slotted.start().door.open(NUMBER, PIN).failures == 0


def test_who_has_left_or_was_never_here_is_told_so(slotted: Machine) -> None:
    held = slotted.start()
    with pytest.raises(Refused, match="没有这位窗口人员"):
        held.door.open("9999", PIN)
    held.door.open(NUMBER, PIN)
    with held.opened() as (_, clerks, _duty):
        clerks.sign_in(NUMBER, PIN)
        clerks.retire(CLERK[0])
    held = slotted.start()
    assert held.door.known() == (Clerk(*MANAGER),)
    with pytest.raises(Refused, match="没有这位窗口人员"):
        held.door.open(CLERK[0], OTHER_PIN)


def test_a_manager_s_reset_gives_a_pin_for_once_that_opens_the_store(slotted: Machine) -> None:
    held = slotted.start()
    held.door.open(NUMBER, PIN)
    with held.opened() as (_, clerks, _duty):
        clerks.sign_in(NUMBER, PIN)
        once = clerks.reset_pin(CLERK[0])
    held = slotted.start()
    with pytest.raises(Refused, match="口令不对"):
        held.door.open(CLERK[0], OTHER_PIN)
    assert held.door.open(CLERK[0], once).must_change
    with pytest.raises(BadInput, match="没有换"):
        held.door.renew(CLERK[0], once, once, once)
    entry = held.door.renew(CLERK[0], once, NEW_PIN, NEW_PIN)
    assert not entry.must_change
    with held.opened() as (store, clerks, duty):
        clerks.let_in(entry)
        assert duty.clerk == CLERK[1]
        assert [action for _, action in trail(store)[-2:]] == ["clerk.pin_changed", "clerk.signed_in"]
        assert not clerks.sign_in(CLERK[0], NEW_PIN).must_change


def test_a_clerk_enrolled_by_a_cut_off_program_can_be_given_a_slot(
    slotted: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = slotted.start()
    held.door.open(NUMBER, PIN)
    with held.opened() as (_, clerks, _duty):
        clerks.sign_in(NUMBER, PIN)
        with monkeypatch.context() as cut:
            cut.setattr(KeyLock, "put", _disk_full)
            with pytest.raises(EnvironmentProblem):
                clerks.enrol("0233", "赵强")
        assert [clerk.number for clerk in clerks.known()] == ["0231", "0232", "0233"]
        with pytest.raises(Refused, match="口令不能核对"):
            clerks.sign_in("0233", "000000")
        once = clerks.reset_pin("0233")
    assert slotted.start().door.open("0233", once).must_change


def _disk_full(*_: object, **__: object) -> None:
    raise EnvironmentProblem("磁盘已满", "没有保存。", "请清理磁盘。")


def test_a_profile_of_before_is_converted_by_its_first_sign_in(plain: Machine) -> None:
    held = plain.start()
    assert held.lock.state is LockState.PLAIN
    with held.started() as (store, clerks, _):
        with pytest.raises(Refused, match="口令不对"):
            clerks.sign_in(NUMBER, "000000")
        assert held.lock.state is LockState.PLAIN, "a wrong PIN converts nothing"
        clerks.sign_in(NUMBER, PIN)
        assert held.lock.state is LockState.SLOTS
        assert store.clerks()[0].pin_hash == ""
        assert store.clerks()[1].pin_hash.startswith("$argon2id$")
    held = plain.start()
    assert held.door.known() == (Clerk(*MANAGER), Clerk(*CLERK))
    with pytest.raises(Refused, match="还不能打开本机数据") as told:
        held.door.open(CLERK[0], OTHER_PIN)
    assert "交接班" in told.value.todo
    held.door.open(NUMBER, PIN)
    with held.opened() as (store, clerks, duty):
        clerks.sign_in(NUMBER, PIN)
        clerks.sign_out()
        clerks.sign_in(CLERK[0], OTHER_PIN)  # as the message says
        assert duty.clerk == CLERK[1]
        assert {record.pin_hash for record in store.clerks()} == {""}
    assert plain.start().door.open(CLERK[0], OTHER_PIN).name == CLERK[1]


def test_a_clerk_not_seen_since_may_be_reset_instead(plain: Machine) -> None:
    held = plain.start()
    with held.started() as (_, clerks, _duty):
        clerks.sign_in(NUMBER, PIN)
        once = clerks.reset_pin(CLERK[0])
    held = plain.start()
    assert held.door.open(CLERK[0], once).must_change


def test_a_conversion_that_fails_lets_the_clerk_work_and_is_tried_again(
    plain: Machine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    held = plain.start()
    with held.started() as (_, clerks, duty):
        with monkeypatch.context() as cut:
            cut.setattr(KeyLock, "convert", _disk_full)
            clerks.sign_in(NUMBER, PIN)
        assert duty.clerk == MANAGER[1]
        assert "slot not made" in caplog.text
        assert held.lock.state is LockState.PLAIN
        clerks.unlock(PIN)
        assert held.lock.state is LockState.SLOTS


def test_pins_given_before_the_conversion_stay_as_they_are(plain: Machine) -> None:
    held = plain.start()
    with held.started() as (_, clerks, duty):
        once = clerks.reset_pin(CLERK[0], by="命令行")
        assert held.lock.state is LockState.PLAIN
        assert clerks.sign_in(CLERK[0], once).must_change
        assert held.lock.state is LockState.SLOTS
        assert duty.holder is None
        clerks.change_pin(CLERK[0], once, NEW_PIN, NEW_PIN)
    assert plain.start().door.open(CLERK[0], NEW_PIN).how is How.SIGNED_IN


def test_the_recovery_code_is_typed_back_before_it_counts(slotted: Machine) -> None:
    held = slotted.start()
    held.door.open(NUMBER, PIN)
    with held.opened() as (store, clerks, duty):
        recovery = Recovery(held.lock, store, slotted.clock, duty, "A07")
        assert not recovery.possible
        with pytest.raises(Refused, match="负责人"):
            recovery.make()
        clerks.sign_in(CLERK[0], OTHER_PIN)
        assert not recovery.possible
        clerks.sign_in(NUMBER, PIN)
        assert recovery.possible
        assert recovery.first_offer()
        assert not recovery.first_offer()
        code = recovery.make()
        with pytest.raises(BadInput, match="共 7 组"):
            recovery.keep(code, code[:-2])
        with pytest.raises(BadInput, match="不是刚才显示的"):
            recovery.keep(code, recovery.make())
        assert recovery.lacks
        recovery.keep(code, code.lower().replace("-", " "))
        assert not recovery.lacks
        assert trail(store)[-1] == (MANAGER[1], "keys.recovery_made")
        assert code not in "".join(entry.details for entry in store.audit_entries())
    slotted.backend.kept.clear()  # the system was installed anew
    held = slotted.start()
    assert held.door.has_recovery
    with pytest.raises(EnvironmentProblem, match="系统密钥环里没有本机密钥"):
        held.door.open(NUMBER, PIN)
    with pytest.raises(BadInput, match="第 1 组"):
        held.door.recover(NUMBER, "AAAAA" + code[5:], NEW_PIN, NEW_PIN)
    with pytest.raises(BadInput, match="两次口令不同"):
        held.door.recover(NUMBER, code, NEW_PIN, PIN)
    with pytest.raises(Refused, match="没有这位"):
        held.door.recover("9999", code, NEW_PIN, NEW_PIN)
    entry = held.door.recover(NUMBER, code, NEW_PIN, NEW_PIN)
    with held.opened() as (store, clerks, duty):
        clerks.let_in(entry)
        assert duty.holder == Clerk(*MANAGER, manager=True)
        assert (MANAGER[1], "clerk.pin_recovered") in trail(store)
    assert slotted.start().door.open(NUMBER, NEW_PIN)


def test_another_machine_s_code_is_counted_too(slotted: Machine) -> None:
    held = slotted.start()
    held.door.open(NUMBER, PIN)
    with held.opened() as (store, clerks, duty):
        clerks.sign_in(NUMBER, PIN)
        recovery = Recovery(held.lock, store, slotted.clock, duty, "A07")
        code, foreign = recovery.make(), recovery.make()
        recovery.keep(code, code)
    held = slotted.start()
    for _ in range(3):
        with pytest.raises(Refused, match="恢复码不对"):
            held.door.recover(NUMBER, foreign, NEW_PIN, NEW_PIN)
    held = slotted.start()
    with pytest.raises(Refused, match="请稍候再试"):
        held.door.recover(NUMBER, code, NEW_PIN, NEW_PIN)


def test_an_old_key_file_does_not_bring_a_clerk_back(slotted: Machine) -> None:
    held = slotted.start()
    entry = held.door.open(CLERK[0], OTHER_PIN)
    with held.opened() as (_, clerks, duty):
        clerks.sign_in(NUMBER, PIN)
        clerks.retire(CLERK[0])
        clerks.sign_out()
        with pytest.raises(Refused, match="没有这位窗口人员"):
            clerks.let_in(entry)
        assert duty.holder is None


def test_nothing_stays_open_when_what_comes_after_the_pin_fails(slotted: Machine) -> None:
    held = slotted.start()
    held.door.open(NUMBER, PIN)
    assert held.lock.is_open
    held.door.shut()
    assert not held.lock.is_open
