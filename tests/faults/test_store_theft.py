"""A stolen disk: planted numbers, names and photos are found nowhere in what the store writes."""

from __future__ import annotations

import base64
import json
import logging
import random
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.domain.clock import SystemClock
from app.domain.errors import YichuangError
from app.domain.material import Page
from app.domain.printing import PrintJob, PrintState
from app.logs import Private, start_logging
from offline_db.keys import DemoKeys
from offline_db.profile import Profile
from offline_db.store import Store
from offline_db.vault import open_vault
from tests.offline_db.made_up_cases import id_number, made_case, made_event, made_operation

PLANTED = 1000
log = logging.getLogger("app.somewhere")
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "㛃𠮷䶮𬭚伟芳娜敏静磊"


class Plants:
    """What was planted, and the search for it in every spelling that a program might leave."""

    def __init__(self) -> None:
        chance = random.Random(11)
        self.numbers = [id_number(serial) for serial in range(PLANTED)]
        self.names = [chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN) for _ in range(PLANTED)]
        self.photos = [chance.randbytes(5000) for _ in range(5)]
        spelt = [spelling for text in (*self.numbers, *self.names) for spelling in self._spellings(text)]
        pieces = [photo[at : at + 32] for photo in self.photos for at in range(0, 5000, 500)]
        pieces += [base64.b64encode(photo)[100:140] for photo in self.photos]
        self._needles = {*spelt, *pieces}
        # Each window of six bytes is looked up among the needles' first six: one pass over a file for all of them.
        heads = [int.from_bytes(needle[:6], "little") for needle in self._needles]
        self._heads = np.unique(np.array(heads, np.uint64))

    @staticmethod
    def _spellings(text: str) -> list[bytes]:
        return [text.encode(), text.encode("utf-16-le"), text[::-1].encode(), repr(text.encode()).encode()]

    def hits(self, *folders: Path) -> list[str]:
        """Files under the folders that hold a plant, in their bytes or their names."""
        found = []
        for folder in folders:
            for path in folder.rglob("*"):
                blob = str(path.name).encode() + (path.read_bytes() if path.is_file() else b"")
                if self._in_bytes(blob):
                    found.append(path.name)
        return found

    def _in_bytes(self, blob: bytes) -> bool:
        data = np.frombuffer(blob + bytes(8), np.uint8)
        for shift in range(8):
            part = data[shift : shift + (len(data) - shift) // 8 * 8].view("<u8") & np.uint64(0xFFFFFFFFFFFF)
            place = np.searchsorted(self._heads, part).clip(max=len(self._heads) - 1)
            for at in np.nonzero(self._heads[place] == part)[0] * 8 + shift:
                near = blob[at : at + 64]
                if any(near.startswith(needle) for needle in self._needles):
                    return True
        return False

    def in_text(self, text: str) -> list[str]:
        return [plant for plant in (*self.numbers, *self.names) if plant in text]


@pytest.fixture(scope="module")
def plants() -> Plants:
    return Plants()


@pytest.fixture
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The only temporary folder that Python and SQLite know."""
    folder = tmp_path / "temp"
    folder.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_a_thief_finds_nothing(
    plants: Plants, tmp_path: Path, temp: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with Profile(tmp_path / "p", "demo") as profile, start_logging(profile.folder / "logs", console=False):
        keys = DemoKeys(profile.folder)
        vault = open_vault(profile, keys)
        store = Store.open(profile, keys, SystemClock(), vault=vault)
        sealed = [vault.seal(photo, "image/jpeg") for photo in plants.photos]
        template = made_case().materials[1]
        people = list(zip(plants.numbers, plants.names, strict=True))
        for first in range(0, PLANTED, 20):
            cases, operations, events = [], [], []
            for serial, (number, name) in enumerate(people[first : first + 20], first):
                photo = sealed[serial % len(sealed)]
                page = Page(photo.sha256, photo.media_type, photo.size, 1, 1)
                material = type(template)(template.use, (), template.status, pages=(page,))
                form = {"applicant.name": name, "applicant.id_number": number}
                case = made_case(applicant_name=name, applicant_number=number, form=form, materials=(material,))
                cases.append(case)
                operations.append(made_operation(case, body={"form": form}))
                events.append(made_event("accept", name, number=number))
                # A careless line of the log must be masked.
                log.info("%s accepted, number %s, 姓名：%s", Private(name), number, name)
            store.accept(cases, operations, events)
            said = json.dumps([[number, name] for number, name in people[first : first + 20]], ensure_ascii=False)
            store.save_draft(f"draft-{first}", said)
            store.set_setting(f"last-{first % 100}", said)
            # What printing leaves is the record of the job; what is sent lies sealed in the vault.
            now, number = SystemClock().now(), cases[0].provisional_no
            job = PrintJob(f"job-{first}", number, "受理通知书", "printer", "A4", now, case_id=cases[0].case_id)
            store.queue_prints([job])
            assert store.start_print(job.job_id, "printer")
            store.end_print(job.job_id, PrintState.PRINTED, "OK")
            with pytest.raises(YichuangError):
                store.accept(cases, operations, [])
        assert len(store.find(plants.names[0])) >= 1
        assert plants.hits(profile.folder, temp) == [], "while the program runs"
        assert (profile.folder / "store.db-wal").stat().st_size > 100_000, "the scan saw a full WAL"
        assert (profile.folder / "logs" / "yichuang.log").stat().st_size > 10_000, "and a log"
        store.backup(profile.backups / "copy.db")
        store.close()
        assert plants.hits(profile.folder, temp) == [], "after it was closed"
    assert list(temp.iterdir()) == []
    assert plants.in_text("".join(capfd.readouterr())) == []


@pytest.mark.parametrize("leak", ["plain thumbnail", "plain database", "name of a file", "log"])
def test_the_scan_catches_a_leak(plants: Plants, tmp_path: Path, leak: str) -> None:
    if leak == "plain thumbnail":
        (tmp_path / "thumb.jpg").write_bytes(b"JFIF" + plants.photos[3])
    elif leak == "plain database":
        with sqlite3.connect(tmp_path / "plain.db") as connection:
            connection.execute("CREATE TABLE cases (name, number)")
            connection.execute("INSERT INTO cases VALUES (?, ?)", (plants.names[5], plants.numbers[5]))
        connection.close()
    elif leak == "name of a file":
        (tmp_path / f"{plants.names[7]}.bin").touch()
    else:
        (tmp_path / "app.log").write_text(f"accepted {plants.numbers[9]} ok", "utf-8")
    assert len(plants.hits(tmp_path)) == 1
