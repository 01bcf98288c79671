"""Drafts, their files, and the clerks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from alembic import command

from app.domain.clerk import Clerk, ClerkRecord
from app.domain.clock import FixedClock
from app.domain.errors import Refused
from offline_db import migrate, schema
from offline_db.drafts import DraftState
from offline_db.store import Store
from tests.offline_db.made_up_cases import AT, RARE, made_case, made_event
from tests.offline_db.test_migrate_database import alembic, shape

SECOND = dt.timedelta(seconds=1)
LI = ClerkRecord(Clerk("0231", f"李敏{RARE}", True), "$argon2id$made-up")


def test_a_draft_survives_and_says_what_it_is(open_store: Callable[[], Store], clock: FixedClock) -> None:
    store = open_store()
    store.save_draft("v1", "old", clerk="李敏")
    clock.advance(SECOND)
    assert store.save_draft("v1", f"new {RARE}", clerk="王芳", summary={"who": f"张*{RARE}", "filled": 3})
    clock.advance(SECOND)
    store.save_draft("v2", "{}", state=DraftState.PARKED)
    clock.advance(SECOND)
    store.save_draft("v3", "{}", state=DraftState.PARKED)
    store.close()
    store = open_store()
    drafts = store.drafts()
    assert [(d.draft_id, d.state) for d in drafts] == [
        ("v2", DraftState.PARKED), ("v3", DraftState.PARKED), ("v1", DraftState.OPEN),
    ]  # fmt: skip
    assert drafts[2].summary == {"who": f"张*{RARE}", "filled": 3}
    assert (drafts[2].clerk, drafts[2].saved_at, drafts[2].parked_at) == ("王芳", AT + SECOND, None)
    assert drafts[0].parked_at == AT + 2 * SECOND
    assert store.draft_text("v1") == f"new {RARE}"
    assert store.draft_text("v9") is None


def test_states_change_and_are_in_the_trail(store: Store, clock: FixedClock) -> None:
    store.save_draft("v1", "{}")
    store.set_draft_state("v1", DraftState.PARKED, made_event())
    assert store.drafts()[0].parked_at == AT
    store.set_draft_state("v1", DraftState.OPEN)
    assert store.drafts()[0].parked_at is None
    store.drop_draft("v1", [made_event(), made_event()])
    store.drop_draft("v1")
    assert store.drafts() == []
    assert len(store.audit_entries()) == 3


def test_a_late_save_does_not_bring_an_accepted_visit_back(store: Store) -> None:
    case = made_case()
    store.save_draft(case.visit_id, "{}")
    store.accept([case], [], [], drop_draft=case.visit_id)
    assert not store.save_draft(case.visit_id, "{}", event=made_event())
    assert store.drafts() == []
    assert store.audit_entries() == []


def test_a_summary_that_cannot_be_read_stops_nothing(store: Store) -> None:
    store.save_draft("v1", "{}")
    with store._db.write() as connection:
        connection.exec_driver_sql("UPDATE drafts SET summary = '{torn'")
    assert store.drafts()[0].summary is None


def test_files_of_drafts_that_went_are_orphans_unless_somebody_needs_them(store: Store) -> None:
    case = made_case()
    of_case = case.materials[1].pages[0].sha256
    mine, shared, early = ("11" * 32, "22" * 32, "33" * 32)
    store.save_draft("v1", "{}", files=[early])
    # A page that was dropped again before the next save is still known.
    store.save_draft("v1", "{}", files=[mine, shared, of_case])
    store.save_draft("v2", "{}", files=[shared])
    assert store.orphans() == []
    store.drop_draft("v1")
    store.accept([case], [], [])
    assert store.orphans() == [mine, early]
    store.forget_files([mine, early])
    assert store.orphans() == []
    store.drop_draft("v2")
    assert shared in store.orphans()


def test_clerks_are_kept_and_told_apart(open_store: Callable[[], Store]) -> None:
    store = open_store()
    assert store.clerks() == []
    store.save_clerk(LI, made_event(), new=True)
    tried = replace(LI, failures=4, tried_at=AT, must_change=True, active=False)
    store.save_clerk(tried, made_event())
    store.close()
    store = open_store()
    assert store.clerks() == [tried]
    for taken in (Clerk("0231", "王芳"), Clerk("0232", LI.clerk.name)):
        with pytest.raises(Refused, match="人员已经登记"):
            store.save_clerk(replace(LI, clerk=taken), made_event(), new=True)
    assert len(store.audit_entries()) == 2, "a refused one leaves no trace"


def test_drafts_of_the_first_tables_are_kept_through_up_and_down(
    open_store: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store()
    store.save_draft("v1", f"text {RARE}", clerk="李敏", files=["11" * 32])
    store.save_clerk(LI, made_event(), new=True)
    store.accept([made_case()], [], [])
    config = alembic()
    whole = shape(store._db)
    with store._db.exclusive() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    down = shape(store._db)
    assert "draft_files" not in down
    assert "parked_at" not in down["drafts"]
    with store._db.read() as connection:
        rows = connection.exec_driver_sql("SELECT draft_id, text FROM drafts").all()
    assert rows == [("v1", f"text {RARE}")]
    store.close()
    again = open_store()  # brings it up by itself, after a backup
    assert shape(again._db) == whole
    assert again.draft_text("v1") == f"text {RARE}"
    assert again.drafts()[0].state is DraftState.OPEN
    assert len(again.cases()) == 1
    assert schema.REVISION in [migrate._revision(again._db)]
