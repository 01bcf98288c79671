"""Signing in by a hardware key: on real widgets, the real store, and the real driver before an emulated key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric import ec
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.demo.clerk_ca import ClerkCa, key_pem
from app.domain.clock import SystemClock
from app.domain.shared_data import QueryRequest, Subject
from app.identity.clerk_key import RULES_ID, KeyRules, judge, signed_by, statement_bytes
from app.presenters.clerk_key import KeyPresenter
from app.presenters.desk import Desk
from app.presenters.duty import DutyPresenter
from app.server.errors import Rejected
from app.services.clerk_key import ClerkKeys
from app.services.clerks import Clerks
from app.services.duty import Duty
from app.services.pins import StorePins
from app.workers.device_thread import DeviceThread
from app.workers.tasks import TaskRunner
from devices.emulators.entry.driver import EmulatedClerkKey
from devices.registry import open_device
from offline_db.keys import DemoKeys
from offline_db.profile import Profile
from offline_db.store import Store
from widgets.dialogs.sign_in import SignInMode
from widgets.window import MainWindow

NOW = SystemClock().now()
CA = ClerkCa.make(NOW)
KEY_PIN, OWN_PIN = "Kx-246810", "280714"
DEVICE = "W03-01"
REQUEST = QueryRequest("household", "s", "verify", Subject("person", "110101190001010014", ""), "沈雨", ())


class ToldStore:
    """The store, with what the platform said of keys."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.rules = KeyRules((CA.certificate,), (CA.revoked(NOW),))

    def feed_rows(self, feed: str) -> list[dict[str, object]]:
        return [self.rules.document()] if feed == "policies" else []

    def setting(self, key: str) -> str | None:
        return self._store.setting(key)


@dataclass
class Bench:
    told: ToldStore
    keys: ClerkKeys
    key: EmulatedClerkKey
    duty: Duty
    presenter: DutyPresenter
    store: Store
    folder: Path
    tasks: TaskRunner
    wait: Callable[[Callable[[], object]], None]
    reader: KeyPresenter

    def plug(self, ca: ClerkCa = CA, number: str = "0012", name: str = "沈雨", days: int = 365, begun: int = 10) -> int:
        """Another key is plugged in; the serial of its certificate."""
        private = ec.generate_private_key(ec.SECP256R1())
        leaf = ca.issue(private, number, name, NOW - dt.timedelta(days=begun), days)
        file = self.folder / f"{leaf.serial_number:x}.pem"
        file.write_bytes(key_pem(private, leaf))
        self.key.drill("pulled", True)
        self.key.emulator.carry(file, f"S{leaf.serial_number:x}"[:16], KEY_PIN)
        self.wait(lambda: not self.ready())
        self.key.drill("pulled", False)
        return leaf.serial_number

    def type(self, words: str) -> None:
        dialog = self.presenter.dialog
        self.wait(lambda: dialog.isVisible() and dialog.pin.isEnabled())
        dialog.pin.setText(words)
        QTest.keyClick(dialog.pin, Qt.Key.Key_Return)

    def ready(self) -> bool:
        view = self.reader.view()
        return view is not None and view.ready

    def said(self) -> str:
        return self.presenter.dialog.said() + self.presenter.dialog._key_words.text()

    def audit(self) -> list[tuple[str, str]]:
        return [(entry.action, entry.details) for entry in self.store.audit_entries(0, 1000)]


@pytest.fixture(params=[False, True], ids=["either", "required"])
def bench(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    tasks, clock, duty = TaskRunner(), SystemClock(), Duty()
    desk = Desk(clock, tasks, window.notice)
    device = open_device("emulated://clerk-key?fault=pulled")
    assert isinstance(device, EmulatedClerkKey)
    with ExitStack() as stack:
        profile = stack.enter_context(Profile(tmp_path / "p", "demo"))
        store = stack.enter_context(Store.open(profile, DemoKeys(profile.folder), clock))
        quick = StorePins(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        clerks = Clerks(store, clock, duty, "A07", quick)
        clerks.register_first("0012", "沈雨", OWN_PIN, OWN_PIN)
        told = ToldStore(store)
        keys = ClerkKeys(told, clerks, clock, duty, DEVICE, required=request.param)
        place = DeviceThread(device)
        key = KeyPresenter(desk, keys, place)
        presenter = DutyPresenter(
            window, desk, clerks, duty, put_away=lambda then: then(), idle_minutes=0, place="大厅", key=key
        )

        def wait(until: Callable[[], object]) -> None:
            qtbot.waitUntil(lambda: bool(until()), timeout=20_000)

        place.start()
        presenter.start()
        wait(presenter.dialog.isVisible)
        yield Bench(told, keys, device, duty, presenter, store, tmp_path, tasks, wait, key)
        place.stop()
        tasks.close()
        presenter.close()


def signed_in(bench: Bench) -> int:
    serial = bench.plug()
    bench.wait(bench.ready)
    bench.type(KEY_PIN)
    bench.wait(lambda: bench.presenter.on)
    return serial


def test_a_clerk_signs_in_by_key_and_its_number_is_in_the_trail(bench: Bench) -> None:
    serial = signed_in(bench)
    assert bench.duty.clerk == "沈雨"
    (details,) = [details for action, details in bench.audit() if action == "clerk.signed_in"]
    assert f"{serial:x}" in details
    assert KEY_PIN not in str(bench.audit())


def test_a_wrong_pin_is_counted_until_the_key_locks(bench: Bench) -> None:
    bench.plug()
    bench.wait(bench.ready)
    for wrong in range(1, 7):
        bench.type("000000")
        words = {5: "只剩最后一次", 6: "钥匙已锁死"}.get(wrong, "钥匙口令不对")
        bench.wait(lambda words=words: words in bench.said())
        if wrong < 6:
            bench.presenter.dialog.say("")
    assert bench.duty.holder is None
    assert not bench.ready()
    assert bench.said().count("解锁") == 1  # not in two places


def test_without_a_key_the_own_pin_lets_in_unless_the_site_wants_a_key(bench: Bench) -> None:
    dialog = bench.presenter.dialog
    bench.wait(lambda: dialog.mode is SignInMode.SIGN_IN)
    if bench.keys.required:
        assert "请插上您的钥匙" in bench.said()
        assert not dialog.pin.isEnabled()
        return
    bench.type(OWN_PIN)
    bench.wait(lambda: bench.presenter.on)
    assert bench.keys.signed_in is None


@pytest.mark.parametrize(
    ("plug", "words"),
    [
        (lambda b: b.plug(ca=ClerkCa.make(NOW, "别的机构")), "不认可这把钥匙"),
        (lambda b: b.plug(begun=60, days=30), "钥匙的证书已过期"),
        (lambda b: b.plug(begun=-2), "还没有生效"),
        (lambda b: b.plug(number="", name="无工号"), "这把钥匙不能登录"),
    ],
    ids=["foreign", "expired", "early", "no-number"],
)
def test_a_bad_certificate_is_told_as_what_it_is_before_any_pin(
    bench: Bench, plug: Callable[[Bench], object], words: str
) -> None:
    plug(bench)
    bench.wait(lambda: words in bench.said())
    assert not bench.ready()


def test_a_revoked_certificate_lets_nobody_in(bench: Bench) -> None:
    serial = bench.plug()
    bench.wait(bench.ready)
    bench.key.drill("pulled", True)
    bench.wait(lambda: not bench.ready())
    bench.told.rules = KeyRules((CA.certificate,), (CA.revoked(NOW, serial),))
    bench.key.drill("pulled", False)
    bench.wait(lambda: "已吊销" in bench.said())
    assert not bench.ready()


def test_a_key_that_was_there_before_the_authority_was_told_is_judged_again(bench: Bench) -> None:
    bench.told.rules = KeyRules()
    bench.plug()
    bench.wait(lambda: "还没有发证机构" in bench.said())
    bench.told.rules = KeyRules((CA.certificate,))
    bench.reader.judge_again()
    bench.wait(bench.ready)


def test_a_key_that_is_revoked_while_its_holder_works_locks_the_window(bench: Bench) -> None:
    serial = signed_in(bench)
    bench.told.rules = KeyRules((CA.certificate,), (CA.revoked(NOW, serial),))
    bench.reader.judge_again()
    bench.wait(lambda: bench.presenter.covered)
    bench.wait(lambda: "已吊销" in bench.said())
    assert bench.keys.signed_in is None


def test_another_clerks_key_is_not_yours(bench: Bench) -> None:
    bench.plug(number="0099", name="陆方")
    bench.wait(bench.ready)
    bench.type(KEY_PIN)
    bench.wait(lambda: "没有登记" in bench.said())
    assert bench.duty.holder is None


def test_pulled_out_the_window_locks_at_once_and_the_pin_is_asked_for_again(bench: Bench) -> None:
    signed_in(bench)
    bench.key.drill("pulled", True)
    bench.wait(lambda: bench.presenter.covered)
    assert "钥匙已拔出" in bench.said()
    assert bench.keys.signed_in is None
    bench.wait(lambda: any(action == "window.locked" and "key_gone" in words for action, words in bench.audit()))
    bench.key.drill("pulled", False)
    bench.wait(bench.ready)
    bench.type(KEY_PIN)
    bench.wait(lambda: bench.presenter.on and bench.keys.signed_in is not None)


def prove(bench: Bench, qtbot: QtBot) -> list[object]:
    found: list[object] = []

    def work() -> object:
        try:
            return bench.keys.prove(REQUEST)
        except Rejected as error:
            return error

    bench.tasks.run(work, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=30_000)
    return found


def test_a_call_is_signed_by_the_key_of_who_is_on_duty(bench: Bench, qtbot: QtBot) -> None:
    signed_in(bench)
    (proof,) = prove(bench, qtbot)
    assert proof is not None
    assert not isinstance(proof, Rejected)
    assert signed_by(proof.certificates[0], statement_bytes(REQUEST, proof, DEVICE), proof.signature)  # type: ignore[attr-defined]
    assert judge(proof.certificates, bench.told.rules, NOW)[0] == "good"  # type: ignore[attr-defined]
    bench.presenter.lock()
    bench.told.rules = KeyRules((CA.certificate,), (), required=True)
    (refused,) = prove(bench, qtbot)
    assert isinstance(refused, Rejected)
    assert "插上本人的钥匙" in refused.detail


def test_f4_turns_to_the_own_pin_where_the_site_allows_it(bench: Bench) -> None:
    bench.plug()
    bench.wait(bench.ready)
    dialog = bench.presenter.dialog
    bench.wait(lambda: dialog.pin.accessibleName() == "钥匙口令")
    QTest.keyClick(dialog, Qt.Key.Key_F4)
    assert dialog.pin.accessibleName() == ("钥匙口令" if bench.keys.required else "口令")
    if not bench.keys.required:
        bench.type(OWN_PIN)
        bench.wait(lambda: bench.presenter.on)
        assert bench.keys.signed_in is None


def test_rules_come_back_from_the_row(bench: Bench) -> None:
    assert bench.keys.rules() == bench.told.rules
    assert bench.told.rules.document()["id"] == RULES_ID
