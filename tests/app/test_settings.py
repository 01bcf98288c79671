"""Settings: read, and refused with the place named."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.errors import BadInput, EnvironmentProblem
from app.settings import EXAMPLE, SyncRules, TrustRules, VisitRules, as_toml, load


def test_the_example_is_itself_valid(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(EXAMPLE, encoding="utf-8")
    settings = load(file)
    assert settings.window.id == "W03"
    assert settings.devices["id_reader"].startswith("sdt://")
    assert settings.language == "zh"
    assert (settings.limits.near, settings.limits.owed) == (2, 3)


def test_written_and_read_back(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(EXAMPLE, encoding="utf-8")
    settings = replace(load(file), trust=tmp_path / '引"号 \\ 目录', trust_rules=TrustRules(("a", "b"), 3, 0))
    settings = replace(settings, sync_rules=SyncRules(True, 0), packet_key="ab" * 32, visits=VisitRules(3, 24, 6))
    file.write_text(as_toml(settings), encoding="utf-8")
    assert load(file) == settings


def test_absent_file_tells_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        load(tmp_path / "settings.toml")
    assert "--write-settings" in caught.value.todo


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "W03"', 'id = "w-3"', "窗口编号"),
        ('language = "zh"', 'language = "fr"', "language"),
        ("id_reader =", "idreader =", "idreader"),
        ("minutes = 5 ", "minutes = 241 ", "[lock]"),
        ("minutes = 5 ", "minutes = true ", "[lock]"),
        ("[window]", "[window", "settings.toml"),
        ("near_days = 2", "near_days = -1", "near_days"),
        ("near_days = 2", "near_days = true", "near_days"),
        ("near_days = 2", "yellow = 2", "yellow"),
        ('language = "zh"', "customer_screen = 2", "customer_screen"),
        ("keys = []", 'keys = "abc"', "keys"),
        ("keys = []", "keys = [5]", "keys"),
        ("warn_days = 7", "warn_days = -1", "warn_days"),
        ("max_age_days = 30", "max_age_days = true", "max_age_days"),
        ("max_age_days = 30", "max_days = 30", "max_days"),
        ("files_days = 90", "files_days = 0", "files_days"),
        ("files_days = 90", "files_days = 181", "contents_days"),
        ("logs_days = 90", "logs_days = 6", "logs_days 应为 7–3650"),
        ("drafts_days = 30", "drafts_days = true", "drafts_days"),
        ("prints_days = 180", "pictures_days = 180", "pictures_days"),
        ("prints_days = 180", "prints = 180", "prints"),
        ("metered = false", "metered = 1", "[sync]"),
        ("metered = false", "meter = false", "[sync]"),
        ("pause_reminder_hours = 4", "pause_reminder_hours = 73", "pause_reminder_hours"),
        ("pause_reminder_hours = 4", "pause_reminder_hours = true", "pause_reminder_hours"),
        ("\ndays = 7 ", "\ndays = 31 ", "[visits]"),
        ("\ndays = 7 ", "\ndays = 0 ", "[visits]"),
        ("\ndays = 7 ", "\ndays = true ", "[visits]"),
        ("amber_hours = 48", "amber = 48", "[visits]"),
    ],
)
def test_each_mistake_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(EXAMPLE.replace(old, new), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load(file)
    assert said in caught.value.what


@pytest.mark.parametrize("screen", ["", "window", "HDMI-1"])
def test_the_citizens_screen_is_named_or_not_there(tmp_path: Path, screen: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(EXAMPLE, encoding="utf-8")
    file.write_text(as_toml(replace(load(file), customer_screen=screen)), encoding="utf-8")
    assert load(file).customer_screen == screen
