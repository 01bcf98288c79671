"""Forgetting in time: what goes when, what never goes, whose clock counts, and what is left on the disk."""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from gateway_kit import NOW, Workstation, make_case, page_bytes, workstation
from retention_kit import DAY, RULES, event, heard, plain_pages, printed, retention_of

from app.domain.case import Case
from app.domain.clock import FixedClock
from app.domain.retention import GATEWAY_NOW, RetentionRules, read_limits
from app.domain.sending import Acked, Arrived
from app.logs import start_logging
from app.services.retention import LAST_RUN, Forgotten
from app.workers.upkeep_thread import UpkeepThread
from offline_db.drafts import DraftState


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Workstation]:
    with workstation(tmp_path / "profile", FixedClock(NOW)) as made:
        yield made


def safe_case(station: Workstation, serial: int, at: dt.datetime = NOW) -> Case:
    """A case that the gateway has held safely since `at`."""
    page = page_bytes(serial)
    case = make_case(serial, (page,))
    station.accept(case, pages=(page,))
    paper = station.vault.seal(b"%PDF-1.7 " + case.applicant_number.encode(), "application/pdf")
    station.store.append_audit(event("paper.made", case.provisional_no, sealed=paper.sha256))
    for entry in [op for op in station.store.outbox() if op.case_id == case.case_id]:
        if entry.kind == "case":
            station.store.record([Acked(entry.op_id, case.case_id, f"GW{serial}", 1)])
        else:
            station.store.record([Arrived(entry.op_id)])
        station.store.note_arrivals({entry.op_id: at - DAY})
    assert station.store.mark_durable(at, at) == 1
    for path in station.profile.vault_folder.glob("??/*"):
        os.utime(path, (0, 0))
    return case


def files(station: Workstation) -> int:
    return sum(path.is_file() for path in station.profile.vault_folder.glob("??/*"))


def test_files_go_first_then_papers_and_contents(station: Workstation) -> None:
    case = safe_case(station, 1)
    retention = retention_of(station)
    heard(station, NOW + 10 * DAY - dt.timedelta(seconds=1))
    assert retention.run() == Forgotten()
    assert files(station) == 2
    heard(station, NOW + 10 * DAY)
    assert retention.plan() == Forgotten(files=1)
    assert files(station) == 2, "a plan changes nothing"
    assert retention.run() == Forgotten(files=1)
    assert files(station) == 1
    assert station.store.find(case.applicant_name)
    heard(station, NOW + 20 * DAY)
    assert retention.plan() == Forgotten(papers=1, cases=1)
    assert retention.run() == Forgotten(papers=1, cases=1)
    assert files(station) == 0
    assert station.store.find(case.applicant_name) == []
    assert retention.run() == Forgotten()
    actions = [entry.action for entry in station.store.audit_entries()]
    assert [action for action in actions if action.startswith("retention.")] == [
        "retention.files", "retention.done", "retention.papers", "retention.cases", "retention.done",
    ]  # fmt: skip
    assert case.applicant_name not in str(station.store.audit_entries())
    assert all(check.ok for check in station.store.verify_audit())


def test_no_gateway_no_forgetting_whatever_this_machines_clock_says(station: Workstation) -> None:
    safe_case(station, 1)
    station.clock.advance(3650 * DAY)  # type: ignore[attr-defined]
    assert retention_of(station).run() == Forgotten()
    heard(station, NOW + DAY)
    assert retention_of(station).run() == Forgotten(), "ten years ahead, and the gateway has counted one day"
    assert files(station) == 2


def test_drafts_are_counted_from_when_they_were_seen(station: Workstation) -> None:
    """One saved while the machine's clock stood at its factory date is not thirty years old."""
    clock = station.clock
    assert isinstance(clock, FixedClock)
    clock.advance(-3650 * DAY)
    station.store.save_draft("a", "{}", state=DraftState.PARKED)
    clock.advance(3650 * DAY)
    retention = retention_of(station)
    heard(station, NOW)
    assert retention.run() == Forgotten()
    heard(station, NOW + 29 * DAY)
    assert retention.run() == Forgotten()
    station.store.save_draft("b", "{}")
    station.store.save_draft("a", '{"again": 1}', state=DraftState.PARKED)
    heard(station, NOW + 30 * DAY)
    assert retention.run() == Forgotten(), "saved again since, and b is new"
    heard(station, NOW + 60 * DAY)
    assert retention.plan().drafts == 2
    retention._drafts._hand = "b"
    assert retention.run() == Forgotten(drafts=1), "never the one in hand"
    assert [draft.draft_id for draft in station.store.drafts()] == ["b"]
    assert "visit.expired" in [entry.action for entry in station.store.audit_entries()]


def test_files_that_nothing_names_go_after_their_days(station: Workstation) -> None:
    safe_case(station, 1)
    for data in (b"left by a crash", b"of a half-mended table", b"old table"):
        station.vault.seal(data, "image/jpeg")
    shas = [station.vault.seal(data, "x").sha256 for data in (b"of a half-mended table", b"old table")]
    for key, sha, at in (("new", shas[0], NOW), ("old", shas[1], NOW - 8 * DAY)):
        document = {"sealed": sha, "at": at.isoformat()}
        station.store.set_setting(f"batch.draft.{key}", json.dumps(document))
    station.store.set_setting("batch.draft.torn", "{")
    retention = retention_of(station, RetentionRules(files=99, contents=99, prints=99))
    heard(station, NOW)
    assert retention.run() == Forgotten(tables=2)
    assert files(station) == 4
    heard(station, NOW + 30 * DAY)
    station.clock.advance(30 * DAY)  # type: ignore[attr-defined]
    assert retention.run() == Forgotten(tables=1), "sealed within the hour: somebody may be about to name it"
    for path in station.profile.vault_folder.glob("??/*"):
        os.utime(path, (0, 0))
    assert retention.run() == Forgotten(orphans=1)
    assert files(station) == 2


def test_a_file_sealed_again_just_now_is_left(station: Workstation) -> None:
    safe_case(station, 1)
    heard(station, NOW + 10 * DAY)
    station.vault.seal(page_bytes(1), "image/jpeg")
    retention = retention_of(station)
    assert retention.run().files == 1, "given up"
    assert files(station) == 2, "and still there: whoever sealed it has not yet said what for"
    assert station.store.contents_due(NOW + 99 * DAY) == []
    for path in station.profile.vault_folder.glob("??/*"):
        os.utime(path, (0, 0))
    retention.run()
    assert files(station) == 1


def test_old_logs_prints_and_backups_go(station: Workstation) -> None:
    folder = station.profile.folder
    with start_logging(folder / "logs", console=False):
        logging.getLogger("x").info("one")
        old, young = folder / "logs" / "yichuang.log.1", folder / "logs" / "yichuang.log.2"
        backup = folder / "backups" / "store-0002-x.db"
        backup.parent.mkdir(exist_ok=True)
        for path, days in ((old, 31), (young, 29), (backup, 15)):
            path.write_text("x", "utf-8")
            stamp = (NOW - days * DAY).timestamp()
            os.utime(path, (stamp, stamp))
        station.store.print_started("job", "A")
        heard(station, NOW)
        assert retention_of(station).run() == Forgotten(logs=1, backups=1)
        assert not old.exists()
        assert young.exists()
        # A quiet window's log never grows full: it is turned over by its first line.
        current = folder / "logs" / "yichuang.log"
        current.write_text(f"{(NOW - 40 * DAY):%Y-%m-%d} 10:00:00,000 INFO x\n", "utf-8")
        retention_of(station).run()
        assert current.read_text("utf-8").count("\n") <= 1
        assert f"{(NOW - 40 * DAY):%Y-%m-%d}" in (folder / "logs" / "yichuang.log.1").read_text("utf-8")
    station.clock.advance(21 * DAY)  # type: ignore[attr-defined]
    heard(station, NOW + 21 * DAY)
    assert retention_of(station).run().prints == 1


@pytest.mark.parametrize("honest", [True, False], ids=["as built", "mutant: deleted is not overwritten"])
def test_what_was_cleared_stands_on_no_page(tmp_path: Path, honest: bool) -> None:
    """Database, WAL and free pages, decrypted. The mutant shows that the look finds what is left there."""
    with workstation(tmp_path / "profile", FixedClock(NOW)) as station:
        if not honest:

            @sa.event.listens_for(station.store._db.engine, "checkout")
            def unsafe(raw: object, *_: object) -> None:
                raw.execute("PRAGMA secure_delete=OFF")  # type: ignore[attr-defined]

        cleared = [safe_case(station, serial) for serial in range(1, 16)]
        kept = [safe_case(station, serial, NOW + 19 * DAY) for serial in range(41, 49)]
        for case in cleared:
            station.store.save_draft("d", json.dumps({"n": case.applicant_number, "pad": "x" * 9000}))
        station.store.drop_draft("d")
        heard(station, NOW + 25 * DAY)
        assert retention_of(station).run().cases == 15
        found = printed(plain_pages(station.profile))
        mine = printed(b" ".join(case.applicant_number.encode() for case in cleared))
        theirs = printed(b" ".join(case.applicant_number.encode() for case in kept))
        assert len(mine) == 15
        assert theirs <= found, "the look sees what is there"
        assert (mine & found == set()) is honest
        with station.store._db.write() as connection:
            connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, case_names, instance)")
            rows = set(connection.exec_driver_sql("SELECT DISTINCT doc FROM temp.words").scalars())
        assert len(rows) == 8, "the index of names was written anew without them"


def test_the_platforms_policy_holds_the_settings_in_its_bounds(station: Workstation) -> None:
    retention = retention_of(station)
    assert retention.rules() == RULES
    limits = {"id": "retention", "files": [15, 30], "logs": [7, 20], "contents": [1, 12]}
    station.store.apply_feed("policies", [limits], [], "c1")
    assert retention.rules() == RetentionRules(files=15, contents=15, prints=20, logs=20, drafts=30)
    station.store.apply_feed("policies", [{"id": "retention", "files": "many"}], [], "c2")
    assert retention.rules() == RULES
    for wrong in ({"files": [0, 5]}, {"logs": [5, 9]}, {"files": [9, 5]}, {"files": [1, 99999]}, {"files": [1]}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            read_limits(wrong)


def test_once_a_day(station: Workstation) -> None:
    retention = retention_of(station)
    assert retention.wanted()
    retention.run()
    assert not retention.wanted()
    station.clock.advance(DAY)  # type: ignore[attr-defined]
    assert retention.wanted()
    station.store.set_setting(LAST_RUN, (NOW + 9 * DAY).isoformat())
    assert retention.wanted(), "the clock went back"
    station.store.set_setting(LAST_RUN, "torn")
    assert retention.wanted()
    station.store.set_setting(GATEWAY_NOW, "")
    retention.run(lambda: True)
    assert station.store.setting(LAST_RUN) == "torn", "a run that was stopped is not over"


def test_the_thread_runs_what_is_wanted_and_outlives_its_failures(qtbot: object) -> None:
    class Work:
        def __init__(self) -> None:
            self.runs = 0

        def wanted(self) -> bool:
            return True

        def run(self, stop: object = None) -> object:
            self.runs += 1
            raise RuntimeError("our own mistake")

    work = Work()
    thread = UpkeepThread(work, first=0.01)
    thread.start()
    qtbot.waitUntil(lambda: work.runs == 1, timeout=20_000)  # type: ignore[attr-defined]
    assert thread.isRunning()
    thread.stop()
    assert thread.isFinished()
