"""Money is taken once and never forgotten: whatever the terminal says, whenever the program dies."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.domain.case import AuditEvent, Case, Window
from app.domain.clerk import Clerk
from app.domain.clock import FixedClock
from app.domain.errors import BadInput, Defect, Refused
from app.domain.item import Item
from app.services.duty import Duty
from app.services.take_payment import OPEN, Fee, Standing, Taken, TakePayment, fees_of
from devices.emulators.payment.pos_emulator import PosEmulator
from devices.kinds.payment import MOST_FEN, Payment, PaymentTerminal
from devices.outcome import Outcome, Reply
from devices.registry import open_device

NOW = dt.datetime(2026, 11, 22, 2, 0, tzinfo=dt.UTC)
WINDOW = Window("W03", "综合窗口 03", "市政务服务中心", "330502")


class PowerCut(BaseException):
    """The program dies here."""


@dataclass
class Disk:
    """What survives a crash; dies before its n-th write."""

    settings: dict[str, str] = field(default_factory=dict)
    trail: list[AuditEvent] = field(default_factory=list)
    writes_left: int = -1

    def _write(self) -> None:
        if self.writes_left == 0:
            raise PowerCut
        self.writes_left -= 1

    def setting(self, key: str) -> str | None:
        return self.settings.get(key)

    def set_setting(self, key: str, value: str) -> None:
        self._write()
        self.settings[key] = value

    def append_audit(self, event: AuditEvent) -> None:
        self._write()
        self.trail.append(event)

    def trail_of(self, subject: str, action: str) -> list[AuditEvent]:
        return [event for event in self.trail if (event.subject, event.action) == (subject, action)]


CASES = tuple(cast(Case, SimpleNamespace(case_id=f"case-{n}", provisional_no=f"W03202611220{n:03d}")) for n in (1, 2))


def service(disk: Disk, kind: type[TakePayment] = TakePayment) -> TakePayment:
    return kind(disk, FixedClock(NOW), WINDOW, Duty(Clerk("1001", "测试员㛃")))


PAID = Reply(Outcome.OK, Payment(1000, "000000000001", "000001", "621700******0007"))


def test_what_is_asked_is_written_down_before_and_struck_out_when_it_is_paid() -> None:
    disk = Disk()
    desk = service(disk)
    taken = desk.begin(CASES, 1000, "payment_terminal")
    assert desk.open_payments() == (taken,)
    done = desk.asked(taken, PAID)
    assert done.standing is Standing.PAID
    assert desk.open_payments() == ()
    assert [desk.paid_for(case.case_id) for case in CASES] == [done, done]
    assert [event.action for event in disk.trail] == ["payment.asked", "payment.taken"]
    with pytest.raises(Refused, match="已经收到"):
        desk.begin(CASES[1:], 1000, "payment_terminal")


@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.OK])
def test_only_a_certain_word_closes_what_was_asked(outcome: Outcome) -> None:
    uncertain = outcome in (Outcome.UNKNOWN, Outcome.FAULT, Outcome.OUT_OF_PAPER)
    desk = service(Disk())
    taken = desk.asked(desk.begin(CASES, 1000, "payment_terminal"), Reply(outcome))
    assert (taken.standing is Standing.OPEN) is uncertain
    assert bool(desk.open_payments()) is uncertain
    if uncertain:
        with pytest.raises(Refused, match="还没有确认"):
            desk.begin(CASES, 1000, "payment_terminal")


@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.OK])
def test_a_query_that_gets_no_answer_says_nothing_about_the_money(outcome: Outcome) -> None:
    desk = service(Disk())
    taken = desk.asked(desk.begin(CASES, 1000, "payment_terminal"), Reply(Outcome.UNKNOWN))
    taken = desk.queried(taken, Reply(outcome))
    closed = outcome in (Outcome.NOT_PRESENT, Outcome.UNREADABLE)
    assert (taken.standing is Standing.NOT_TAKEN) is closed
    assert bool(desk.open_payments()) is not closed


def test_another_sum_than_the_asked_one_stays_open_for_a_person() -> None:
    desk = service(Disk())
    taken = desk.asked(desk.begin(CASES, 999, "payment_terminal"), PAID)
    assert taken.standing is Standing.OPEN
    assert desk.open_payments()


@pytest.mark.parametrize("amount", [0, -1, MOST_FEN + 1])
def test_a_sum_that_cannot_be_meant_is_refused_before_it_is_written(amount: int) -> None:
    disk = Disk()
    with pytest.raises(BadInput):
        service(disk).begin(CASES, amount, "payment_terminal")
    assert not disk.settings


def test_a_damaged_journal_takes_no_money() -> None:
    with pytest.raises(Defect, match="已损坏"):
        service(Disk({OPEN: "[{"})).begin(CASES, 1000, "payment_terminal")


def test_prices_come_from_the_catalogue_to_the_fen() -> None:
    texts = {"工本费 10 元/证": 1000, "0.29 元": 29, "1.5 元/页": 150, "不收费": None, "60 元/本": 6000}
    for words, fen in texts.items():
        item = cast(Item, SimpleNamespace(name="某事项", fee=words))
        assert [fee.fen for fee in fees_of([item])] == ([fen] if fen else [])
    first = cast(Item, SimpleNamespace(name="某事项", fee="号牌 100 元/副，行驶证 15 元/本"))
    assert fees_of([first]) == (Fee("号牌", 10000),)


# A clerk, a terminal and a power cut at every write, until the money is where the journal says.


class Forgetful(TakePayment):
    """A mutant: asks first and writes down what came of it."""

    def _save(self, standing: Any) -> None:
        if not standing:
            super()._save(standing)


class Trusting(TakePayment):
    """A mutant: takes every failure for "nothing was taken"."""

    def _settle(self, taken: Taken, reply: Reply[Payment], nothing: frozenset[Outcome]) -> Taken:
        return super()._settle(taken, reply, frozenset(Outcome))


class Hasty(TakePayment):
    """A mutant: strikes out before it has written down what was paid."""

    def _settle(self, taken: Taken, reply: Reply[Payment], nothing: frozenset[Outcome]) -> Taken:
        self._save([])
        return super()._settle(taken, reply, nothing)


@dataclass
class Counter:
    """One case is to be paid for; the clerk tries until it is."""

    device: PaymentTerminal
    terminal: PosEmulator
    disk: Disk
    kind: type[TakePayment]

    def morning(self) -> None:
        """Query what stands open, then take the fee unless it is paid."""
        desk = service(self.disk, self.kind)
        for _ in range(3):
            for taken in desk.open_payments():
                desk.queried(taken, self.device.query(taken.order))
            if desk.open_payments():
                continue
            if desk.paid_for(CASES[0].case_id):
                return
            taken = desk.begin(CASES[:1], 1000, "payment_terminal")
            desk.asked(taken, self.device.pay(taken.amount, taken.order, timeout=0.4))

    def true(self) -> bool:
        """Paid once, and the journal knows."""
        paid = service(self.disk).paid_for(CASES[0].case_id)
        return len(self.terminal.taken) == 1 and paid is not None and self.terminal.balance(paid.order) == 1000


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[type[TakePayment]], Counter]]:
    monkeypatch.setattr("devices.drivers.payment.pos_serial._ABANDON_SECONDS", 0.2)
    terminal = PosEmulator()
    terminal.start()
    device = open_device(f"pos+serial://{terminal.path}")
    assert isinstance(device, PaymentTerminal)
    assert device.open().ok

    def make(kind: type[TakePayment] = TakePayment) -> Counter:
        terminal.taken.clear()
        terminal.faults.clear()
        return Counter(device, terminal, Disk(), kind)

    yield make
    device.close()
    terminal.stop()


def campaign(make: Callable[[type[TakePayment]], Counter], kind: type[TakePayment]) -> list[tuple[str, int]]:
    """Each fault with a power cut before each write; those that ended with money and journal at odds."""
    wrong = []
    for fault, cut in itertools.product(("", "lost", "silent", "damaged", "cancelled"), range(-1, 6)):
        room = make(kind)
        room.disk.writes_left = cut
        if fault:
            room.terminal.faults.set(fault, 2 if fault == "silent" else 1)
        for _ in range(3):
            try:
                room.morning()
            except PowerCut:
                room.disk.writes_left = -1
        if not room.true():
            wrong.append((fault, cut))
    return wrong


def test_a_power_cut_at_any_moment_neither_takes_twice_nor_forgets(
    counter: Callable[[type[TakePayment]], Counter],
) -> None:
    assert campaign(counter, TakePayment) == []


@pytest.mark.parametrize("mutant", [Forgetful, Trusting, Hasty])
def test_the_campaign_finds_who_does_it_otherwise(
    counter: Callable[[type[TakePayment]], Counter], mutant: type[TakePayment]
) -> None:
    assert campaign(counter, mutant)


@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.OK])
def test_only_a_certain_word_ends_a_refund(outcome: Outcome) -> None:
    disk = Disk()
    desk = service(disk)
    paid = desk.asked(desk.begin(CASES, 1000, "payment_terminal"), PAID)
    asked = desk.begin_refund(paid, "重复缴费")
    with pytest.raises(Refused, match="不能退款"):
        desk.begin_refund(paid, "再来一次")
    ended = desk.refunded(asked, Reply(outcome))
    uncertain = outcome in (Outcome.UNKNOWN, Outcome.FAULT, Outcome.OUT_OF_PAPER)
    assert ended.standing is (Standing.REFUNDING if uncertain else Standing.PAID)
    kept = service(disk).paid_for(CASES[0].case_id)  # the next start
    assert kept is not None
    assert kept.standing is ended.standing
    with pytest.raises(Refused, match="已经收到"):
        desk.begin(CASES, 1000, "payment_terminal")


def test_a_refund_of_another_sum_stays_open_for_a_person() -> None:
    desk = service(Disk())
    paid = desk.asked(desk.begin(CASES, 1000, "payment_terminal"), PAID)
    asked = desk.begin_refund(paid, "重复缴费")
    less = Reply(Outcome.OK, Payment(999, "1", "1"))
    assert desk.refunded(asked, less).standing is Standing.REFUNDING


def test_a_refund_has_a_reason_and_is_told_with_who_gave_it() -> None:
    disk = Disk()
    desk = service(disk)
    paid = desk.asked(desk.begin(CASES, 1000, "payment_terminal"), PAID)
    with pytest.raises(Refused, match="没有写明原因"):
        desk.begin_refund(paid, "  ")
    later = TakePayment(disk, FixedClock(NOW), WINDOW, Duty(Clerk("1002", "另一人䶮")))
    asked = later.begin_refund(paid, "事项撤回")
    done = later.settle_refund(asked, given=True)
    assert done.standing is Standing.REFUNDED
    last = disk.trail[-1]
    assert (last.action, last.clerk) == ("payment.refunded", "另一人䶮")
    assert last.details["reason"] == "事项撤回"
    assert last.details["seen"] == "clerk"
    assert later.settle_refund(done, given=False) is done, "what is over stays over"
    assert desk.begin(CASES, 1000, "payment_terminal").order != paid.order


def test_the_power_may_go_before_any_write_of_a_refund() -> None:
    for writes in range(12):
        disk = Disk()
        paid = service(disk).asked(service(disk).begin(CASES, 1000, "payment_terminal"), PAID)
        disk.writes_left = writes
        given = False
        try:
            asked = service(disk).begin_refund(paid, "重复缴费")
            given = True  # the terminal has given it back
            service(disk).refunded(asked, PAID)
        except PowerCut:
            pass
        disk.writes_left = -1
        kept = service(disk).paid_for(CASES[0].case_id)
        assert kept is not None
        if given:
            assert kept.standing in (Standing.REFUNDING, Standing.REFUNDED), "never asked for again by itself"
