"""Settings changed on the screen: tables as well as single values, all or none, noted, taken back."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from app.config.layers import Sources
from app.domain.case import AuditEvent
from app.domain.clerk import Clerk
from app.domain.clock import SystemClock
from app.domain.errors import BadInput, Refused
from app.services.duty import Duty
from app.services.edit_settings import EditSettings
from app.settings import EXAMPLE, load

NAMED = {"https://hunyin.example": "婚姻登记系统", "https://gs.example:8443": "𠮷䶮平台"}


class Audit:
    def __init__(self) -> None:
        self.events: list[AuditEvent] = []

    def append_audit(self, event: AuditEvent) -> None:
        self.events.append(event)


@pytest.fixture
def audit() -> Audit:
    return Audit()


def editor(folder: Path, audit: Audit, *, manager: bool = True, policy: str = "") -> EditSettings:
    (folder / "settings.toml").write_text(EXAMPLE, "utf-8")
    (folder / "policy.toml").write_text(policy, "utf-8")
    duty = Duty(Clerk("0231", "王㛃", manager=manager))
    sources = Sources(folder / "policy.toml")
    return EditSettings(folder / "settings.toml", audit, SystemClock(), duty, demo=False, sources=sources)


def test_a_table_is_saved_noted_and_taken_back(tmp_path: Path, audit: Audit) -> None:
    edit = editor(tmp_path, audit)
    (value,) = edit.apply({"bridge.origins": NAMED})
    assert value.value == NAMED
    assert load(edit.path, sources=Sources()).bridge.origins == NAMED
    assert [(event.subject, event.details["before"]) for event in audit.events] == [("bridge.origins", "")]
    assert "https://gs.example:8443=𠮷䶮平台" in str(audit.events[0].details["after"])
    assert edit.path.read_text("utf-8").startswith(EXAMPLE), "nothing else in the file changed"
    edit.undo()
    assert edit.path.read_text("utf-8") == EXAMPLE


def test_a_wrong_address_saves_nothing(tmp_path: Path, audit: Audit) -> None:
    edit = editor(tmp_path, audit)
    with pytest.raises(BadInput, match="网页来源"):
        edit.apply({"lock.minutes": 9, "bridge.origins": {"hunyin.example/login": "婚姻登记系统"}})
    assert edit.path.read_text("utf-8") == EXAMPLE
    assert not audit.events


def test_who_may_not_and_what_the_site_locks(tmp_path: Path, audit: Audit) -> None:
    with pytest.raises(Refused, match="负责人"):
        editor(tmp_path, audit, manager=False).apply({"bridge.origins": NAMED})
    locked = editor(tmp_path, audit, policy='[bridge.origins]\n"https://hunyin.example" = "婚姻登记系统"\n')
    with pytest.raises(Refused, match="bridge"):
        locked.apply({"bridge.origins": {}})
    assert "origins" not in tomllib.loads(locked.path.read_text("utf-8")).get("bridge", {})


def test_devices_have_a_place_of_their_own(tmp_path: Path, audit: Audit) -> None:
    with pytest.raises(BadInput) as caught:
        editor(tmp_path, audit).apply({"devices.printer": "socket://192.0.2.11:9100"})
    assert "设备" in caught.value.todo
