"""Which layer a setting comes from: each over the one below, the policy over all, mistakes named by their place."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config.edit import toml_value, with_value
from app.config.keys import KEYS, PRESET_VALUES, PRESETS, Kind, known, parse_text
from app.config.layers import Origin, Sources, Value, flat, nested, policy_path, shown
from app.domain.errors import BadInput, EnvironmentProblem
from app.settings import EXAMPLE, Settings, as_toml, judge, load, parse, read_layers


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(EXAMPLE, "utf-8")
    return path


def value(file: Path, name: str, sources: Sources) -> Value:
    return read_layers(file, sources).values()[name]


def policy(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "policy.toml"
    path.write_text(text, "utf-8")
    return path


def test_each_layer_lies_over_the_one_below(file: Path, tmp_path: Path) -> None:
    file.write_text(EXAMPLE.replace("minutes = 5 ", "# "), "utf-8")
    assert value(file, "lock.minutes", Sources()) == Value("lock.minutes", 5, Origin.DEFAULT)
    file.write_text(file.read_text("utf-8").replace('preset = "counter"', 'preset = "mobile"'), "utf-8")
    assert value(file, "lock.minutes", Sources()) == Value("lock.minutes", 2, Origin.PRESET, "mobile")
    file.write_text(EXAMPLE.replace('preset = "counter"', 'preset = "mobile"'), "utf-8")
    assert value(file, "lock.minutes", Sources()) == Value("lock.minutes", 5, Origin.USER, str(file))
    env = {"YICHUANG_LOCK__MINUTES": " 7 "}
    named = Value("lock.minutes", 7, Origin.ENVIRONMENT, "YICHUANG_LOCK__MINUTES")
    assert value(file, "lock.minutes", Sources(env=env)) == named
    said = Sources(env=env, overrides=("lock.minutes=8",))
    assert value(file, "lock.minutes", said) == Value("lock.minutes", 8, Origin.COMMAND_LINE, "--setting")
    rule = policy(tmp_path, 'contact = "信息中心"\n[lock]\nminutes = 9\n')
    ruled = Sources(rule, env, ("lock.minutes=8",))
    found = value(file, "lock.minutes", ruled)
    assert found == Value("lock.minutes", 9, Origin.POLICY, str(rule))
    assert found.locked
    assert load(file, sources=ruled).lock_minutes == 9
    assert read_layers(file, ruled).contact == "信息中心"
    assert load(file, sources=Sources()).lock_minutes == 5


def test_a_container_needs_no_file(tmp_path: Path) -> None:
    absent = tmp_path / "settings.toml"
    env = {
        "YICHUANG_WINDOW__ID": "W09",
        "YICHUANG_WINDOW__NAME": "综合窗口 09",
        "YICHUANG_WINDOW__HALL": "市政务服务中心",
        "YICHUANG_WINDOW__DISTRICT": "330502",
        "YICHUANG_GATEWAY__URL": "https://gateway.example/",
        "YICHUANG_GATEWAY__DEVICE_ID": "W09-01",
        "YICHUANG__LANGUAGE": "en",
        "YICHUANG_SYNC__METERED": "1",
        "YICHUANG_TRUST__KEYS": "a, b",
        "YICHUANG_DEVICES__PRINTER": "socket://192.0.2.11:9100",
        "YICHUANG_BRIDGE__ORIGINS": "https://a.example=婚姻登记系统; https://b.example=社保系统",
        "YICHUANG_GATEWAY_DB": "no setting, and none of our business",
    }
    made = load(absent, sources=Sources(env=env))
    assert (made.window.id, made.language, made.sync_rules.metered) == ("W09", "en", True)
    assert made.trust_rules.keys == ("a", "b")
    assert made.devices == {"printer": "socket://192.0.2.11:9100"}
    assert made.bridge.origins == {"https://a.example": "婚姻登记系统", "https://b.example": "社保系统"}
    with pytest.raises(EnvironmentProblem, match="还没有设置"):
        load(absent, sources=Sources(env={"YICHUANG__LANGUAGE": "en"}))


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        (Sources(env={"YICHUANG_LOCK__MINUTE": "7"}), "YICHUANG_LOCK__MINUTE"),
        (Sources(env={"YICHUANG_LOCK__MINUTES": "seven"}), "YICHUANG_LOCK__MINUTES：lock.minutes 应为整数"),
        (Sources(env={"YICHUANG__WATERMARK": "maybe"}), "true 或 false"),
        (Sources(env={"YICHUANG_LOCK__MINUTES": "999"}), "YICHUANG_LOCK__MINUTES：[lock]"),
        (Sources(env={"YICHUANG_DEVICES__TOASTER": "x:y"}), "YICHUANG_DEVICES__TOASTER"),
        (Sources(overrides=("lock.minute=7",)), "--setting lock.minute=7"),
        (Sources(overrides=("lock.minutes",)), "--setting lock.minutes"),
        (Sources(overrides=("lock.minutes=-1",)), "--setting：[lock]"),
    ],
)
def test_each_mistake_is_named_by_its_place(file: Path, sources: Sources, said: str) -> None:
    with pytest.raises(BadInput) as caught:
        load(file, sources=sources)
    assert said in caught.value.what


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[lock", "policy.toml"),
        ("[lock]\nminute = 3\n", "lock.minute"),
        ("[toys]\na = 1\n", "toys"),
        ("[lock]\nminutes = 999\n", "policy.toml：[lock]"),
        ("[lock]\nminutes = '3'\n", "policy.toml：[lock]"),
    ],
)
def test_a_policy_that_is_wrong_stops_the_program_rather_than_be_left_out(
    file: Path, tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(BadInput) as caught:
        load(file, sources=Sources(policy(tmp_path, text)))
    assert said in caught.value.what


def test_the_policys_place_cannot_be_pointed_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = policy_path()
    for name in ("XDG_CONFIG_DIRS", "XDG_CONFIG_HOME", "HOME", "ProgramData"):
        monkeypatch.setenv(name, str(tmp_path))
    assert policy_path() == before
    assert Sources.of_machine().policy == before


def test_the_table_holds_what_the_checks_hold(file: Path) -> None:
    """Each default is what app.settings gives when nothing is said, and each bound is where it begins to refuse."""
    least = dict.fromkeys(("window.name", "window.hall", "window.district", "gateway.url"), "x")
    least |= {"window.id": "W1", "gateway.device_id": "d"}
    plain = parse(nested(least), "t")
    said = {key.name: key.default for key in KEYS.values() if key.default is not None and key.kind is not Kind.TABLE}
    said = {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}
    assert parse(nested({**said, **least}), "t") == plain
    for key in KEYS.values():
        if key.kind is Kind.NUMBER:
            assert isinstance(parse(nested({**least, **_with(key.name, key.most)}), "t"), Settings)
            for wrong in (key.least - 1, key.most + 1, True):
                with pytest.raises(BadInput):
                    parse(nested({**least, **_with(key.name, wrong)}), "t")
        elif key.kind is Kind.CHOICE:
            for choice in key.choices:
                parse(nested({**least, key.name: choice}), "t")
            with pytest.raises(BadInput):
                parse(nested({**least, key.name: "其他"}), "t")
        elif key.kind is Kind.SWITCH:
            with pytest.raises(BadInput):
                parse(nested({**least, key.name: 1}), "t")
    assert set(flat(tomllib.loads(EXAMPLE))) <= {
        *KEYS,
        *(n for n in flat(tomllib.loads(EXAMPLE)) if n[:8] == "devices."),
    }


def _with(name: str, number: object) -> dict[str, object]:
    extra: dict[str, object] = {name: number}
    if name == "retention.files_days":
        extra["retention.contents_days"] = 3650  # contents are never cleared before their files
    if name == "bridge.port":
        return extra
    return extra


@pytest.mark.parametrize("preset", PRESETS)
def test_each_preset_is_sound_and_says_only_what_it_changes(file: Path, preset: str) -> None:
    lean = 'preset = "' + preset + '"\n' + EXAMPLE[EXAMPLE.index("[window]") : EXAMPLE.index("[lock]")]
    lean += '[gateway]\nurl = "https://gateway.example/"\ndevice_id = "W03-01"\n'
    file.write_text(lean, "utf-8")
    found = read_layers(file, Sources())
    judge(found)
    for name, changed in PRESET_VALUES[preset].items():
        key = known(name)
        assert key is not None
        assert changed != key.default
        assert found.values()[name] == Value(name, changed, Origin.PRESET, preset)
    assert PRESET_VALUES["self-service"]["self_service"] is True


def test_every_setting_can_be_typed_as_text() -> None:
    for key in KEYS.values():
        if key.default is None:
            continue
        again = parse_text(key, shown(key.default), "x")
        assert again == (list(key.default) if isinstance(key.default, tuple) else key.default), key.name
        assert key.environment.startswith("YICHUANG_")
        assert "__" in key.environment
    assert len({key.environment for key in KEYS.values()}) == len(KEYS)


# ------------------------------------------------------------------------------------------------- changing a line


def test_a_value_changes_and_its_note_stays() -> None:
    made = with_value(EXAMPLE, "lock.minutes", 10)
    assert "minutes = 10                     # idle minutes" in made
    assert len(made.splitlines()) == len(EXAMPLE.splitlines())
    assert with_value(made, "lock.minutes", 5) == EXAMPLE.replace("minutes = 5    ", "minutes = 5    ")
    odd = 'language = "zh"\n[gateway]\nurl = "https://a.example/#x"  # the hall\'s # one\n'
    assert with_value(odd, "gateway.url", "b") == 'language = "zh"\n[gateway]\nurl = "b"  # the hall\'s # one\n'


def test_a_setting_without_a_section_and_one_with_a_new_section() -> None:
    assert with_value("", "language", "en") == 'language = "en"\n'
    assert with_value("[lock]\nminutes = 1\n", "watermark", False) == "watermark = false\n[lock]\nminutes = 1\n"
    assert with_value('language = "zh"', "printing.preview", True) == 'language = "zh"\n\n[printing]\npreview = true\n'
    assert with_value("[trust]\nkeys = []\n", "trust.keys", ("a", "b")) == '[trust]\nkeys = ["a", "b"]\n'
    assert with_value("[lock]\nminutes = 1\n", "lock.minutes", None) == "[lock]\n"


LENT = """[bridge]
port = 1
# whom we know
[bridge.origins]
"https://a.example" = "甲"  # since May
# the others
"https://b.example" = "乙"

[devices]
"""


def test_a_table_changes_entry_by_entry() -> None:
    made = with_value(LENT, "bridge.origins", {"https://a.example": "丙", "https://c.example:8443": "䶮"})
    assert made == LENT.replace('"甲"', '"丙"').replace('"https://b.example" = "乙"', '"https://c.example:8443" = "䶮"')
    assert with_value(LENT, "bridge.origins", {"https://a.example": "甲", "https://b.example": "乙"}) == LENT
    assert "https" not in with_value(LENT, "bridge.origins", {})
    gone = with_value(LENT, "bridge.origins", None)
    assert tomllib.loads(gone) == {"bridge": {"port": 1}, "devices": {}}
    assert "# the others" in gone


def test_a_table_that_was_not_there_is_written_in_one_line() -> None:
    made = with_value(EXAMPLE, "bridge.origins", {"https://c.example": '"引号"'})
    assert tomllib.loads(made)["bridge"] == {"origins": {"https://c.example": '"引号"'}}
    again = with_value(made, "bridge.origins", {"https://d.example": "丁"})
    assert tomllib.loads(again)["bridge"] == {"origins": {"https://d.example": "丁"}}


def test_a_table_written_otherwise_is_left_to_its_author() -> None:
    with pytest.raises(BadInput, match="特殊"):
        with_value('[bridge]\norigins."https://c.example" = "x"\n', "bridge.origins", {"https://d.example": "y"})


def test_a_table_is_typed_with_either_sort_of_signs() -> None:
    wanted = {"https://a.example": "甲", "https://b.example": "乙=丙"}
    for text in ("https://a.example=甲; https://b.example=乙=丙;", "https://a.example＝甲；https://b.example=乙=丙"):
        assert parse_text(KEYS["bridge.origins"], text, "x") == wanted
    with pytest.raises(BadInput, match="名称=内容"):
        parse_text(KEYS["bridge.origins"], "https://a.example", "x")


@pytest.mark.parametrize(
    "text", ["trust = {keys = []}\n", "[trust]\nkeys = [\n 'a',\n]\n", "lock.minutes = 1\n[trust]\n'keys' = []\n"]
)
def test_what_is_written_otherwise_is_left_to_its_author(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        with_value(text, "trust.keys", ("x",))
    assert "手工" in caught.value.todo


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    assert tomllib.loads(f"a = {toml_value(text)}\n") == {"a": text}
    made = with_value(EXAMPLE, "window.name", text)
    assert tomllib.loads(made)["window"]["name"] == text


def test_hours_and_rating_codes_are_read_written_and_refused(file: Path) -> None:
    text = EXAMPLE.replace('week = ""', 'week = "1-5 09:00-12:00 13:30-17:00"').replace(
        'extended = "" ', 'extended = "2,4 17:00-19:00; 6 09:00-12:00" '
    )
    text = text.replace('days = ""  ', 'days = "2026-12-26 09:00-12:00; 2027-01-01 closed" ')
    text = text.replace('url = "" ', 'url = "https://pj.example/" ')
    file.write_text(text, "utf-8")
    made = load(file, sources=Sources())
    assert made.hours.told
    assert made.hours.days[dt.date(2027, 1, 1)] == ()
    assert made.ratings.url == "https://pj.example"
    file.write_text(as_toml(made), "utf-8")
    assert load(file, sources=Sources()) == made
    for wrong in ("hours.week=1-9 09:00-12:00", "hours.days=morgen", "ratings.url=pj.example", "ratings.url=ftp://x"):
        with pytest.raises(BadInput) as caught:
            load(file, sources=Sources(overrides=(wrong,)))
        assert f"[{wrong.partition('.')[0]}]" in caught.value.what
