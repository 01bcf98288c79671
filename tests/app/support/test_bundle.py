"""Nothing of a person leaves: people are planted in store, logs, settings, crashes, and every file is searched."""

from __future__ import annotations

import json
import logging
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from gateway_kit import make_case

from app.config.layers import Sources
from app.domain.case import AuditEvent
from app.domain.clerk import Clerk, ClerkRecord
from app.domain.clock import SystemClock
from app.domain.errors import EnvironmentProblem
from app.logs import start_logging
from app.services.duty import Duty
from app.services.support import Support
from app.settings import EXAMPLE, read_layers
from app.support.bundle import MOST_OF_A_LOG, BundleFile, write_bundle
from app.support.crashes import CrashReport
from app.support.redact import Redactor
from offline_db.case_list import CaseFilter
from offline_db.keys import DemoKeys
from offline_db.profile import Profile, ProfileKind
from offline_db.store import Store
from offline_db.vault import open_vault

NAMES = ("王㛃", "李𠮷", "赵䶮", "孙𬭚", "欧阳娜娜", "迪丽热巴·迪力木拉提", "OKONKWO Chidinma", "测试负责人甲")
NUMBERS = ("330199199001010017", "33019919850101003X", "E12345678", "H1234567890", "330199900101001", "FRA330100123456")
PHONES = ("13800138000", "138 0013 8001", "0572-2051234", "6222021234567890123")
ADDRESSES = ("南浔镇𠮷祥路 8 号 3 幢 502 室", "示范区䶮水街道胜利村")
ACCEPTED = "NWOSU Adaeze"
"""The applicant of a case: in Latin letters, so that nothing but the store can know it for a name."""
SECRETS = ("hunter2-secret", "eyJhbGciOiJIUzI1NiJ9.abcdef")
PEOPLE = (*NAMES, ACCEPTED, *NUMBERS, *PHONES, *ADDRESSES)
PLANTED = (*PEOPLE, *SECRETS)


def traces(planted: str) -> list[str]:
    """How it would be recognised: whole, in parts (a name's given part, a street), escaped as JSON would."""
    parts = [planted, planted.replace(" ", "")]
    parts += [part for part in planted.replace("·", " ").split() if len(part) > 1 and not part.isdigit()]
    if not planted.isascii() and len(planted) > 3:
        windows = [planted[at : at + 3] for at in range(len(planted) - 2)]
        parts += [part for part in windows if all(ord(char) > 0x3000 for char in part)]
    return [*parts, *(json.dumps(part)[1:-1] for part in parts)]


def test_the_search_itself_finds_what_is_there() -> None:
    for planted in PLANTED:
        for text in (f"读到{planted}的证件", json.dumps({"a": planted})):
            assert any(trace in text for trace in traces(planted))


def plant(folder: Path) -> None:
    """Everybody into the logs, in all the ways in which somebody may forget to mask; then the settings and a crash."""
    log = logging.getLogger("vendor.library")
    with start_logging(folder / "logs", console=False):
        for word in PEOPLE:
            log.warning("读到 %s", word)
            log.warning("applicant %s confirmed", word)
            log.warning("办件%s已受理", word)
            log.error("%r", {"name": word, "note": [word]})
            log.error(json.dumps({"holder": word}))
            try:
                raise ValueError(word)
            except ValueError:
                log.exception("failed with %s", word)
        log.warning("token=%s Bearer %s", SECRETS[0], SECRETS[1])
        log.warning("GET socket://printer:%s@192.0.2.1", SECRETS[0])
        log.warning("平台连接不上")
    (folder / "logs" / "yichuang.log.1").write_text("\n".join(f"旧日志 {word}" for word in PEOPLE), "utf-8")
    named = (NAMES[0] + "的窗口", ADDRESSES[0], "socket://printer:" + SECRETS[0] + "@192.0.2.11")
    text = EXAMPLE.replace("综合窗口 03", named[0]).replace("市政务服务中心", named[1])
    text = text.replace("socket://192.0.2.11:9100", named[2]).replace(
        "keys = []                       # public", "#", 1
    )
    (folder / "settings.toml").write_text(text, "utf-8")


@pytest.fixture
def support(tmp_path: Path) -> Support:
    with Profile(tmp_path / "profile", ProfileKind.DEMO) as profile:
        keys, clock = DemoKeys(profile.folder), SystemClock()
        vault = open_vault(profile, keys)
        store = Store.open(profile, keys, clock, vault=vault)
        duty = Duty(Clerk("0231", NAMES[7], manager=True))
        # A name in Latin letters looks like any word: it goes because the store knows it.
        for clerk in (Clerk("0231", NAMES[7]), Clerk("0232", NAMES[6])):
            store.save_clerk(ClerkRecord(clerk, "hash"), AuditEvent(clock.now(), "x", "clerk.added", "", {}), new=True)
        plant(profile.folder)
        checks = lambda: [{"check": "磁盘空间", "ok": True, "detail": f"{NAMES[1]} 剩余 2.0 GB", "todo": ""}]  # noqa: E731
        sent: list[CrashReport] = []
        made = Support(
            profile.folder, store, clock, duty, "0.1.0",
            lambda: read_layers(profile.folder / "settings.toml", Sources()), checks, sent.append, ask=True,
        )  # fmt: skip
        for word in PEOPLE:
            made.crashes.folder.mkdir(exist_ok=True)
            made.crashes._seen.clear()
            made.crashes.take("exception", f"Traceback\n  File x\nValueError: 读到{word}")
        case = replace(make_case(3), applicant_name=ACCEPTED)
        store.accept([case], [], [AuditEvent(clock.now(), NAMES[7], "case.accepted", case.case_id, {"name": ACCEPTED})])
        assert [line.applicant_name for line in store.case_lines(store.list_cases(CaseFilter()))] == [ACCEPTED]
        (profile.folder / "logs" / "yichuang.log.2").write_text(f"case {case.provisional_no} accepted", "utf-8")
        yield made
        store.close()


def test_no_planted_person_is_found_in_any_file_of_the_bundle(support: Support, tmp_path: Path) -> None:
    log = (tmp_path / "profile" / "logs" / "yichuang.log").read_text("utf-8")
    for word in (*NAMES, *ADDRESSES):
        assert word in log, "it must really have come into the log, or this would show nothing"
    files = support.bundle({"note": NAMES[2], "devices": {"id_reader": "sdt"}})
    target = tmp_path / "bundle.zip"
    support.save(target, files)
    with zipfile.ZipFile(target) as archive:
        texts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    assert {"README.txt", "versions.json", "checks.jsonl", "settings.jsonl", "state.json"} <= set(texts)
    assert any(name.startswith("logs/") for name in texts)
    assert any(name.startswith("crashes/") for name in texts)
    found = [
        (name, word, trace)
        for name, text in texts.items()
        for word in PLANTED
        for trace in traces(word)
        if trace in text or trace in name
    ]
    assert not found, found[:5]
    assert texts["logs/yichuang.log.2"].startswith("case 〔"), "a case's number is its applicant's"


def test_without_the_accepted_case_its_applicant_would_have_stayed(support: Support) -> None:
    """What the store knows is what hides a name in Latin letters: the search above can fail."""
    assert ACCEPTED in Redactor()(f"applicant {ACCEPTED} confirmed")
    assert not any(ACCEPTED in file.text for file in support.bundle({}))


def test_what_support_needs_is_still_there(support: Support) -> None:
    files = {file.name: file.text for file in support.bundle({"online": False})}
    log = files["logs/yichuang.log"]
    assert "平台连接不上" in log, "the program's own words stay"
    assert "vendor.library" in log
    assert "ValueError" in log
    assert "test_bundle.py" in log, "where it happened"
    assert '"setting": "lock.minutes", "value": "5", "origin": "user"' in files["settings.jsonl"]
    assert '"磁盘空间"' in files["checks.jsonl"]
    assert json.loads(files["state.json"])["online"] is False
    assert json.loads(files["versions.json"])["yichuang"] == "0.1.0"


def test_a_name_that_nobody_marked_goes_because_the_program_does_not_say_it() -> None:
    redact = Redactor(home=Path("/Users/wangwei"))
    assert redact("欧阳修明 came") == "〔4 字〕 came"
    assert redact("\\u738b\\u36c3") == "〔2 字〕", "an escaped one as well"
    assert redact("File /Users/wangwei/.local/x by wangwei") == "File ~/.local/x by ~user"
    assert redact("数据库升级失败") == "数据库升级失败"
    assert redact("") == ""
    known = Redactor(["OKONKWO Chidinma", "x"])
    assert known("hello okonkwo chidinma x") == "hello 〔16〕 x"


def test_half_a_line_at_the_cut_of_a_long_log_is_left_out(support: Support, tmp_path: Path) -> None:
    log = tmp_path / "profile" / "logs" / "yichuang.log"
    log.write_text(("330199199001010017 " * 10 + "\n") * (MOST_OF_A_LOG // 190 + 10), "utf-8")
    text = next(file.text for file in support.bundle({}) if file.name == "logs/yichuang.log")
    assert len(text) <= MOST_OF_A_LOG
    assert {line.strip() for line in text.splitlines()} == {("3301**********0017 " * 10).strip()}


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="没有保存"):
        write_bundle(tmp_path / "nowhere" / "x.zip", [BundleFile("a", "b")])
    assert not list(tmp_path.iterdir())


def test_reports_are_shown_as_they_go_and_go_only_when_somebody_says_so(support: Support) -> None:
    asked = support.to_ask()
    assert asked
    for report in asked:
        assert not any(trace in report.text for word in PLANTED for trace in traces(word)), report.text
    support.keep(asked[1:])
    support.send(asked[:1])
    assert support._send.__self__ == [asked[0]]  # type: ignore[attr-defined]
    assert support.to_ask() == ()


def test_where_the_site_says_never_nobody_is_asked(support: Support) -> None:
    support._ask = False
    assert support.to_ask() == ()
    assert support.crashes.undecided(), "they stay on the machine all the same"
