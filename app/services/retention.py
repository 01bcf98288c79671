"""Forget in time: files, personal contents, papers, drafts, logs, once their days are over. Not for the event loop."""

from __future__ import annotations

import datetime as dt
import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from app.domain.case import AuditEvent
from app.domain.clock import Clock, parse_iso, shanghai
from app.domain.retention import GATEWAY_NOW, PROGRAM, RetentionRules, read_limits
from app.services.batch_memory import DRAFTS, KEPT
from app.services.drafts import Drafts
from app.services.id_photo import KEPT as KEPT_PHOTOS
from app.services.id_photo import read_kept
from app.services.residents import Copies
from app.services.verify_identity import SubjectKeys
from offline_db.retention import SealedPaper
from offline_db.store import Store
from offline_db.vault import Vault

log = logging.getLogger(__name__)

FEED, POLICY_ID = "policies", "retention"
LAST_RUN = "retention.last_run"
"""Setting: when a run last came to its end, by this machine's clock."""
_DRAFTS_SEEN, _ORPHANS_SEEN = "retention.drafts_seen", "retention.orphans_seen"
"""Settings: what was seen first when, by the gateway's clock. When it was made says nothing: the machine's own clock
may have been years behind then."""
UNTOUCHED = 3600.0
"""Seconds after its last sealing during which no file is removed: it may be needed and not yet written down."""
BACKUPS = dt.timedelta(days=14)
"""How long the copy of before an upgrade lives: it holds everything that was cleared since."""
_FILES, _CASES, _MERGE_LIMIT, _ALL = 100, 25, 100_000, 1_000_000
_BREATH = 0.02
"""Seconds between two transactions, for whoever waits to write."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What a run cleared, or would clear."""

    files: int = 0
    papers: int = 0
    cases: int = 0
    drafts: int = 0
    tables: int = 0
    photos: int = 0
    orphans: int = 0
    prints: int = 0
    logs: int = 0
    backups: int = 0
    keys: int = 0

    @property
    def anything(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


class Retention:
    """One a profile. `run` may be stopped between any two steps, and killed in any."""

    def __init__(
        self, store: Store, vault: Vault, drafts: Drafts, clock: Clock, folder: Path, rules: RetentionRules
    ) -> None:
        """folder: the profile's, for logs and backups. rules: as the site's settings say."""
        self._store = store
        self._vault = vault
        self._drafts = drafts
        self._clock = clock
        self._folder = folder
        self._rules = rules

    def rules(self) -> RetentionRules:
        """The days in force: the settings inside the platform's policy. Reads the store."""
        row = next((row for row in self._store.feed_rows(FEED) if row.get("id") == POLICY_ID), {})
        try:
            return self._rules.within(read_limits(row))
        except ValueError:
            # A newer platform's policy that this version cannot read: the settings hold.
            log.warning("the platform's retention policy cannot be read")
            return self._rules.within({})

    def clear_days(self, durable_at: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
        """When files and contents of a case that became durable then will be cleared. Reads the store."""
        rules = self.rules()
        return durable_at + dt.timedelta(days=rules.files), durable_at + dt.timedelta(days=rules.contents)

    def wanted(self) -> bool:
        """Has a day passed since the last whole run, or the clock gone back?"""
        last = self._store.setting(LAST_RUN)
        try:
            passed = self._clock.now() - parse_iso(last) if last else dt.timedelta(days=1)
        except ValueError:
            return True
        return not dt.timedelta() <= passed < dt.timedelta(days=1)

    def plan(self) -> Forgotten:
        """What a run would clear now; nothing is changed. Files and cases that follow from others are not foreseen."""
        rules, heard = self.rules(), self._heard()
        now = self._now(heard)
        others = Forgotten(
            logs=len(_old_files(self._folder / "logs", "*.log.*", now - dt.timedelta(days=rules.logs))),
            backups=len(_old_files(self._folder / "backups", "*.db", now - BACKUPS)),
            keys=SubjectKeys(self._store, self._clock).due(now - dt.timedelta(days=rules.identity))
            + len(Copies(self._store).due(now - dt.timedelta(days=rules.identity))),
        )
        if heard is None:
            return others
        before = heard - dt.timedelta(days=rules.prints)
        return replace(
            others,
            files=len(self._store.files_due(heard - dt.timedelta(days=rules.files), _ALL)),
            papers=self._store.count_papers(self._papers(before), before),
            cases=len(self._store.contents_due(heard - dt.timedelta(days=rules.contents), _ALL)),
            drafts=len(self._old_drafts(heard, rules.drafts, keep=False)),
            tables=len(self._old_tables(now)),
            photos=len(self._old_photos(now)),
            orphans=len(self._orphans(heard, rules.drafts, keep=False)),
        )

    def run(self, stop: Callable[[], bool] = lambda: False) -> Forgotten:
        """Clear what is due, in small steps; what was cleared. EnvironmentProblem when the disk refuses: the rest is
        done at the next run.

        Nothing of a case or a draft goes before the gateway's own clock has counted its days: without having heard
        it, nothing is touched. Logs and backups go by the earlier of both clocks.
        """
        rules, heard = self.rules(), self._heard()
        now = self._now(heard)
        files = papers = cases = prints = drafts = tables = photos = orphans = 0
        if heard is not None:
            files = self._files(heard, heard - dt.timedelta(days=rules.files), stop)
            papers = self._give_up_papers(heard, heard - dt.timedelta(days=rules.prints), stop)
        self._remove_given_up(stop)
        if heard is not None and not stop():
            self._store.close_files(heard - dt.timedelta(days=rules.files), heard)
            cases = self._contents(heard, heard - dt.timedelta(days=rules.contents), stop)
            prints = self._store.drop_prints(now - dt.timedelta(days=rules.prints))
            drafts = self._drafts.expire(self._old_drafts(heard, rules.drafts), PROGRAM)
            tables = self._drop_tables(now)
            photos = self._drop_rows(self._old_photos(now))
            orphans = self._vault.retire_unknown(self._orphans(heard, rules.drafts), UNTOUCHED)
        logs = self._logs(now - dt.timedelta(days=rules.logs))
        backups = self._backups(now - BACKUPS)
        if cases:
            self._forget_names(stop)
        # The log of the database still holds the pages as they were.
        self._store.fold()
        if not stop():
            self._store.set_setting(LAST_RUN, self._clock.now().isoformat())
        keys = SubjectKeys(self._store, self._clock).forget(now - dt.timedelta(days=rules.identity))
        keys += Copies(self._store).forget(now - dt.timedelta(days=rules.identity))
        done = Forgotten(files, papers, cases, drafts, tables, photos, orphans, prints, logs, backups, keys)
        if done.anything:
            self._store.append_audit(self._event("retention.done", **asdict(done)))
            log.info("retention: %s", asdict(done))
        return done

    def _heard(self) -> dt.datetime | None:
        """The gateway's time when it last spoke; None: it never did."""
        text = self._store.setting(GATEWAY_NOW)
        return parse_iso(text) if text else None

    def _now(self, heard: dt.datetime | None) -> dt.datetime:
        """A time that is not ahead of either clock: one that jumped forward must not make everything old."""
        now = self._clock.now()
        return now if heard is None else min(now, heard)

    def _event(self, action: str, **details: Any) -> AuditEvent:
        return AuditEvent(self._clock.now(), PROGRAM, action, "", details)

    def _files(self, now: dt.datetime, before: dt.datetime, stop: Callable[[], bool]) -> int:
        given_up = 0
        while not stop():
            due = self._store.files_due(before, _FILES)
            if not due:
                break
            event = self._event("retention.files", files=len(due))
            given_up += self._store.give_up_files(due, before, now, event)
            time.sleep(_BREATH)
        return given_up

    def _papers(self, before: dt.datetime) -> list[SealedPaper]:
        # Which of them may go is decided inside the transaction; these are those that could.
        return [paper for paper in self._store.papers_kept() if paper.made_at < before]

    def _give_up_papers(self, now: dt.datetime, before: dt.datetime, stop: Callable[[], bool]) -> int:
        given_up, old = 0, self._papers(before)
        for start in range(0, len(old), _FILES):
            if stop():
                break
            part = old[start : start + _FILES]
            event = self._event("retention.papers", papers=len(part))
            given_up += self._store.give_up_papers(part, before, now, event)
            time.sleep(_BREATH)
        return given_up

    def _remove_given_up(self, stop: Callable[[], bool]) -> None:
        fresh: set[str] = set()
        while not stop():
            waiting = [sha for sha in self._store.files_to_remove(_FILES + len(fresh)) if sha not in fresh]
            if not waiting:
                return
            removed = []
            for sha256 in waiting:
                if self._store.file_wanted(sha256):
                    continue
                if self._vault.retire(sha256, UNTOUCHED):
                    removed.append(sha256)
                else:
                    fresh.add(
                        sha256
                    )  # somebody sealed the same bytes just now; the next run knows whether they need it
            self._store.files_removed(removed)
            time.sleep(_BREATH)

    def _contents(self, now: dt.datetime, before: dt.datetime, stop: Callable[[], bool]) -> int:
        cleared = 0
        while not stop():
            due = self._store.contents_due(before, _CASES)
            if not due:
                break
            cleared += self._store.clear_contents(due, before, now, self._event("retention.cases", cases=len(due)))
            time.sleep(_BREATH)
        return cleared

    def _forget_names(self, stop: Callable[[], bool]) -> None:
        more = self._store.merge_names(begin=True)
        for _ in range(_MERGE_LIMIT):
            if not more or stop():
                return
            time.sleep(_BREATH)
            more = self._store.merge_names()

    def _old_drafts(self, now: dt.datetime, days: int, *, keep: bool = True) -> list[str]:
        present = {draft.draft_id: draft.saved_at.isoformat() for draft in self._store.drafts()}
        return self._seen_long(_DRAFTS_SEEN, present, now, days, keep=keep)

    def _orphans(self, now: dt.datetime, days: int, *, keep: bool = True) -> list[str]:
        """Files that nothing needs: what a crash left between the sealing and the row that should speak of it."""
        present = dict.fromkeys(self._vault.unknown(self._store.known_files()), "")
        return self._seen_long(_ORPHANS_SEEN, present, now, days, keep=keep)

    def _seen_long(self, key: str, present: dict[str, str], now: dt.datetime, days: int, *, keep: bool) -> list[str]:
        """Which of these were seen as they are for so many days. present: id -> what differs once it was changed."""
        try:
            seen = json.loads(self._store.setting(key) or "{}")
        except ValueError:
            seen = {}
        mine = {
            name: seen[name] if name in seen and seen[name][0] == state else [state, now.isoformat()]
            for name, state in present.items()
        }
        if keep and mine != seen:
            self._store.set_setting(key, json.dumps(mine))
        return [name for name, (_, since) in mine.items() if now - parse_iso(since) >= dt.timedelta(days=days)]

    def _old_tables(self, now: dt.datetime) -> list[tuple[str, str]]:
        """(setting, file) of half-mended tables that nobody came back for."""
        found = []
        for key, value in self._store.settings_under(DRAFTS).items():
            try:
                document = json.loads(value)
                if now - parse_iso(document["at"]) > KEPT:
                    found.append((key, str(document["sealed"])))
            except (ValueError, TypeError, KeyError):
                found.append((key, ""))
        return found

    def _old_photos(self, now: dt.datetime) -> list[tuple[str, str]]:
        """(setting, file) of photographs whose days of consent are over."""
        rows = [(key, read_kept(value)) for key, value in self._store.settings_under(KEPT_PHOTOS).items()]
        today = shanghai(now).date()
        return [(key, kept.sealed if kept else "") for key, kept in rows if kept is None or kept.until < today]

    def _drop_tables(self, now: dt.datetime) -> int:
        return self._drop_rows(self._old_tables(now))

    def _drop_rows(self, old: list[tuple[str, str]]) -> int:
        for key, sealed in old:
            self._store.set_setting(key, "")
            if sealed:
                self._vault.remove(sealed)
        return len(old)

    def _logs(self, before: dt.datetime) -> int:
        folder = self._folder / "logs"
        _turn_over(folder, before)
        return _unlink(_old_files(folder, "*.log.*", before))

    def _backups(self, before: dt.datetime) -> int:
        return _unlink(_old_files(self._folder / "backups", "*.db", before))


def _old_files(folder: Path, pattern: str, before: dt.datetime) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in folder.glob(pattern) if path.stat().st_mtime < before.timestamp()]


def _unlink(paths: Sequence[Path]) -> int:
    for path in paths:
        path.unlink(missing_ok=True)
    return len(paths)


def _turn_over(folder: Path, before: dt.datetime) -> None:
    """Begin a new log when the present one's first line is too old: a quiet window would never fill it."""
    for handler in logging.getLogger().handlers:
        if not isinstance(handler, RotatingFileHandler) or Path(handler.baseFilename).parent != folder.absolute():
            continue
        with open(handler.baseFilename, encoding="utf-8", errors="replace") as file:
            first = file.readline()[:10]
        try:
            old = dt.date.fromisoformat(first) < before.date()
        except ValueError:
            old = False  # a line without a date (a message of several lines) that was first after a turn
        if old:
            handler.acquire()
            try:
                handler.doRollover()
            finally:
                handler.release()
