"""Sign-in by PIN: rules, counted tries, growing waits, hand-over, all of it in the audit trail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from app.domain.clerk import LONGEST_WAIT, Clerk, ClerkRecord, check_pin
from app.domain.clock import FixedClock
from app.domain.errors import BadInput, Refused
from app.services.clerks import Clerks
from app.services.duty import Duty
from app.services.pins import StorePins
from offline_db.keys import DemoKeys
from offline_db.profile import Profile
from offline_db.store import Store

START = dt.datetime(2026, 11, 21, 1, 0, tzinfo=dt.UTC)
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PIN = "280714"


@dataclass
class Bench:
    store: Store
    clock: FixedClock
    duty: Duty
    clerks: Clerks

    @property
    def trail(self) -> list[tuple[str, str]]:
        return [(entry.clerk, entry.action) for entry in self.store.audit_entries()]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    clock, duty = FixedClock(START), Duty()
    with Profile(tmp_path / "p", "demo") as profile, Store.open(profile, DemoKeys(profile.folder), clock) as store:
        yield Bench(store, clock, duty, Clerks(store, clock, duty, "A07", StorePins(QUICK)))


@pytest.fixture
def manned(bench: Bench) -> Bench:
    """With a first clerk, on duty."""
    bench.clerks.register_first("0231", "李敏㛃", PIN, PIN)
    bench.clerks.sign_in("0231", PIN)
    return bench


def test_the_first_clerk_is_a_manager_and_signs_in(bench: Bench) -> None:
    assert bench.clerks.known() == ()
    with pytest.raises(Refused, match="还没有登录"):
        _ = bench.duty.clerk
    clerk = bench.clerks.register_first(" 0231 ", "李敏㛃", PIN, PIN)
    assert clerk == Clerk("0231", "李敏㛃", manager=True)
    assert bench.duty.holder is None, "registered is not signed in"
    assert not bench.clerks.sign_in("0231", PIN).must_change
    assert bench.duty.clerk == "李敏㛃"
    assert bench.trail == [("李敏㛃", "clerk.registered"), ("李敏㛃", "clerk.signed_in")]
    with pytest.raises(Refused, match="人员已经登记"):
        bench.clerks.register_first("0232", "王芳", PIN, PIN)


def test_the_pin_is_kept_as_a_hash_only(manned: Bench) -> None:
    (record,) = manned.store.clerks()
    assert record.pin_hash.startswith("$argon2id$")
    assert PIN not in record.pin_hash
    assert PIN not in "".join(entry.details for entry in manned.store.audit_entries())


@pytest.mark.parametrize(
    "pin", ["", "28071", "2807142807142", "28o714", "２８０７１４", "111111", "123456", "987654", "0012345"]
)
def test_pins_that_are_guessed_first_are_refused(pin: str) -> None:
    with pytest.raises(BadInput) as told:
        check_pin(pin, "012345")
    assert told.value.todo


@pytest.mark.parametrize("pin", [PIN, "121212", "2807142807"])
def test_other_pins_are_fine(pin: str) -> None:
    check_pin(pin, "0231")


@pytest.mark.parametrize(
    ("number", "name", "again"),
    [("", "李敏", PIN), ("工号1", "李敏", PIN), ("0231", " ", PIN), ("0231", "李敏", "280715")],
)
def test_nobody_is_registered_by_halves(bench: Bench, number: str, name: str, again: str) -> None:
    with pytest.raises(BadInput):
        bench.clerks.register_first(number, name, PIN, again)
    assert bench.clerks.known() == ()
    assert bench.trail == []


def test_wrong_pins_are_counted_and_the_wait_grows_and_survives_a_restart(manned: Bench) -> None:
    manned.clerks.sign_out()
    for left in (2, 1):
        with pytest.raises(Refused, match=f"再输错 {left} 次"):
            manned.clerks.sign_in("0231", "000000")
    with pytest.raises(Refused) as told:
        manned.clerks.sign_in("0231", "000000")
    assert "30 秒后" in told.value.todo
    again = Clerks(manned.store, manned.clock, manned.duty, "A07", StorePins(QUICK))
    with pytest.raises(Refused, match="请稍候再试"):
        again.sign_in("0231", PIN)  # even the right one
    assert manned.store.clerks()[0].failures == 3, "what came too soon is no try"
    manned.clock.advance(dt.timedelta(seconds=30))
    with pytest.raises(Refused) as told:
        again.sign_in("0231", "000000")
    assert "60 秒后" in told.value.todo
    manned.clock.advance(dt.timedelta(seconds=60))
    again.sign_in("0231", PIN)
    assert manned.store.clerks()[0].failures == 0
    assert [action for _, action in manned.trail].count("clerk.refused") == 4
    last = manned.store.audit_entries()[-1]
    assert (last.action, last.details) == ("clerk.signed_in", '{"failures":4}')


def test_waits_are_bounded_whatever_the_clock_does() -> None:
    def wait(failures: int, ago: dt.timedelta) -> dt.timedelta:
        return ClerkRecord(Clerk("1", "甲"), "", failures, START - ago).wait(START)

    assert wait(2, dt.timedelta()) == dt.timedelta()
    assert wait(1000, dt.timedelta()) == LONGEST_WAIT
    assert wait(3, dt.timedelta(hours=-5)) == dt.timedelta(seconds=30), "set back"
    assert wait(3, dt.timedelta(hours=5)) == dt.timedelta(), "set forward"


def test_a_second_clerk_chooses_a_pin_of_their_own(manned: Bench) -> None:
    once = manned.clerks.enrol("0232", "王芳")
    manned.clerks.sign_out()
    assert manned.clerks.sign_in("0232", once).must_change
    assert manned.duty.holder is None, "not before the PIN is theirs"
    with pytest.raises(BadInput, match="没有换"):
        manned.clerks.change_pin("0232", once, once, once)
    with pytest.raises(Refused, match="口令不对"):
        manned.clerks.change_pin("0232", "000000", "739164", "739164")
    manned.clerks.change_pin("0232", once, "739164", "739164")
    assert manned.duty.holder == Clerk("0232", "王芳")
    with pytest.raises(Refused, match="负责人"):
        manned.clerks.enrol("0233", "赵强")
    with pytest.raises(Refused, match="负责人"):
        manned.clerks.reset_pin("0231")
    with pytest.raises(Refused, match="负责人"):
        manned.clerks.retire("0231")
    manned.clerks.sign_out()
    assert not manned.clerks.sign_in("0232", "739164").must_change


def test_a_forgotten_pin_is_reset_and_the_wait_with_it(manned: Bench) -> None:
    manned.clerks.enrol("0232", "王芳")
    for _ in range(3):
        with pytest.raises(Refused):
            manned.clerks.sign_in("0232", "000000")
    once = manned.clerks.reset_pin("0232")
    assert manned.clerks.sign_in("0232", once).must_change
    manned.clerks.sign_out()
    # The manager's own: from the command line, by the computer's login.
    once = manned.clerks.reset_pin("0231", by="命令行")
    assert manned.clerks.sign_in("0231", once).must_change
    assert ("命令行", "clerk.pin_reset") in manned.trail


def test_who_left_cannot_sign_in_and_the_manager_stays(manned: Bench) -> None:
    once = manned.clerks.enrol("0232", "王芳")
    with pytest.raises(Refused, match="不能停用本人"):
        manned.clerks.retire("0231")
    manned.clerks.retire("0232")
    assert [clerk.number for clerk in manned.clerks.known()] == ["0231"]
    with pytest.raises(Refused, match="没有这位窗口人员"):
        manned.clerks.sign_in("0232", once)


def test_lock_unlock_pause_and_hand_over_are_in_the_trail(manned: Bench) -> None:
    manned.clerks.lock(idle=True)
    with pytest.raises(Refused, match="口令不对"):
        manned.clerks.unlock("000000")
    manned.clerks.unlock(PIN)
    manned.clerks.serve(False)
    assert not manned.duty.serving
    manned.clerks.serve(True)
    manned.clerks.sign_out()
    manned.clerks.sign_out()
    assert manned.duty.holder is None
    with pytest.raises(Refused, match="还没有登录"):
        manned.clerks.unlock(PIN)
    assert [action for _, action in manned.trail[2:]] == [
        "window.locked", "clerk.refused", "window.unlocked", "window.paused", "window.opened", "clerk.signed_out",
    ]  # fmt: skip


def test_an_old_hash_is_made_anew_at_sign_in(manned: Bench) -> None:
    before = manned.store.clerks()[0].pin_hash
    stronger = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    Clerks(manned.store, manned.clock, manned.duty, "A07", StorePins(stronger)).sign_in("0231", PIN)
    after = manned.store.clerks()[0].pin_hash
    assert "t=2" in after
    assert after != before


def test_a_spoilt_hash_lets_nobody_in(manned: Bench) -> None:
    with manned.store._db.write() as connection:
        connection.exec_driver_sql("UPDATE clerks SET pin_hash = 'torn'")
    with pytest.raises(Refused, match="口令不能核对"):
        manned.clerks.sign_in("0231", PIN)
