"""The demo world: made once, complete, and what its pictures show can be read by the real readers."""

from __future__ import annotations

import datetime as dt
import json
import lzma
from pathlib import Path

import cv2
import numpy as np
import pytest

from app.demo import fonts
from app.demo.clips import FPS, READABLE_FROM, SIZE
from app.demo.people import load_people
from app.demo.world import FRESH_FOR, DemoWorld
from app.domain.clock import FixedClock
from app.domain.errors import BadInput, EnvironmentProblem
from app.domain.fact import Verdict
from app.identity.numbers import NumberKind, check_number
from app.licences.decode import decode, decode_still
from app.licences.facts import Match, holder_matches, licence_facts
from app.licences.trust import TrustList
from app.licences.verify import read_licence

NOW = dt.datetime(2026, 11, 21, 3, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> DemoWorld:
    return DemoWorld(tmp_path_factory.mktemp("演示 世界") / "world", FixedClock(NOW))


@pytest.mark.parametrize(
    ("name", "verdict", "match"),
    [
        ("real-estate", Verdict.SIGNATURE_VALID, Match.SAME),
        ("expired", Verdict.EXPIRED, Match.SAME),
        ("revoked", Verdict.REVOKED, Match.SAME),
        ("untrusted", Verdict.INVALID, Match.UNKNOWN),
        ("out-of-scope", Verdict.INVALID, Match.UNKNOWN),
        ("other-holder", Verdict.SIGNATURE_VALID, Match.DIFFERENT),
        ("eu-vaccination", Verdict.SIGNATURE_VALID, Match.DIFFERENT),
    ],
)
def test_every_licence_is_what_its_name_says(world: DemoWorld, name: str, verdict: Verdict, match: Match) -> None:
    trust = TrustList.load(world.trust_folder)
    assert trust.skipped == ()
    reading = read_licence(world.licence_text(name), trust, NOW)
    assert reading.verdict is verdict, reading.reason
    assert holder_matches(reading, world.person("zhang-wei").card).match is match


def test_the_barbers_licence_fills_the_premises(world: DemoWorld) -> None:
    reading = read_licence(world.licence_text("real-estate"), TrustList.load(world.trust_folder), NOW)
    assert (reading.issuer, reading.licence["type"]) == ("湖州市自然资源和规划局", "real_estate_certificate")
    facts = {fact.key: fact.value for fact in licence_facts(reading, NOW)}
    assert facts.keys() == {
        "premises.address", "premises.area", "premises.certificate_number", "premises.use_right",
    }  # fmt: skip
    assert (float(facts["premises.area"]), facts["premises.use_right"]) == (68.5, "own")


def test_every_code_is_readable_as_a_picture(world: DemoWorld) -> None:
    assert len(world.licence_names) > 6
    for name in world.licence_names:
        picture = cv2.imread(str(world.licence_picture(name)))
        assert picture is not None
        assert decode_still(np.asarray(picture, np.uint8))[0].text == world.licence_text(name)


def test_the_clip_is_unreadable_first_and_readable_then(world: DemoWorld) -> None:
    text = world.licence_text("real-estate")
    film = cv2.VideoCapture(str(world.licence_clip("real-estate")))
    assert (film.get(cv2.CAP_PROP_FRAME_WIDTH), film.get(cv2.CAP_PROP_FRAME_HEIGHT)) == SIZE
    assert film.get(cv2.CAP_PROP_FPS) == FPS
    read = []
    while True:
        more, frame = film.read()
        if not more:
            break
        index = len(read)
        # Every frame of the entrance, every third of the rest.
        looked = index < READABLE_FROM * FPS or index % 3 == 0
        read.append(text in {code.text for code in decode(np.asarray(frame, np.uint8))} if looked else None)
    film.release()
    assert len(read) == 4 * FPS
    assert not any(read[: int(READABLE_FROM * FPS)])
    later = [seen for seen in read[int(1.5 * FPS) :] if seen is not None]
    assert sum(later) >= 0.8 * len(later)


def test_a_page_lies_on_the_desk_as_a_camera_sees_it(world: DemoWorld) -> None:
    for name in world.page_names:
        picture = cv2.imread(str(world.page_picture(name)))
        assert picture is not None
        assert picture.shape == (1200, 1600, 3)
        gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        bright = cv2.threshold(gray, 120, 255, cv2.THRESH_BINARY)[1]
        contours, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        page = max(contours, key=cv2.contourArea)
        corners = cv2.approxPolyDP(page, 0.02 * cv2.arcLength(page, True), True)
        assert len(corners) == 4
        (_, (a, b), _) = cv2.minAreaRect(page)
        assert max(a, b) / min(a, b) == pytest.approx(297 / 210, rel=0.06)
        assert cv2.contourArea(page) > 0.3 * gray.size
        assert np.std(gray[500:700, 600:1000]) > 10  # something is printed on it


def test_a_world_is_made_once_and_used_again(tmp_path: Path) -> None:
    first = DemoWorld(tmp_path, FixedClock(NOW))
    text = first.licence_text("real-estate")
    picture = first.licence_picture("real-estate").stat().st_mtime_ns
    again = DemoWorld(tmp_path, FixedClock(NOW + dt.timedelta(days=100)))
    assert again.licence_text("real-estate") == text
    assert again.licence_picture("real-estate").stat().st_mtime_ns == picture


@pytest.mark.parametrize("later", [FRESH_FOR + dt.timedelta(days=1), -dt.timedelta(days=1)])
def test_a_stale_world_is_made_anew(tmp_path: Path, later: dt.timedelta) -> None:
    old = DemoWorld(tmp_path, FixedClock(NOW)).licence_text("expired")
    assert DemoWorld(tmp_path, FixedClock(NOW + later)).licence_text("expired") != old


@pytest.mark.parametrize("damage", ["mark", "version", "licence", "trust"])
def test_a_damaged_world_is_made_anew_and_foreign_files_stay(tmp_path: Path, damage: str) -> None:
    DemoWorld(tmp_path, FixedClock(NOW))
    (tmp_path / "notes.txt").write_text("mine")
    if damage == "mark":
        (tmp_path / "world.json").write_text("{")
    elif damage == "version":
        (tmp_path / "world.json").write_text(json.dumps({"version": 0, "made": "2026-11-21T03:00:00Z"}))
    elif damage == "licence":
        (tmp_path / "licences" / "real-estate.txt").unlink()
    else:
        (tmp_path / "trust" / "trust.json").unlink()
    world = DemoWorld(tmp_path, FixedClock(NOW))
    reading = read_licence(world.licence_text("real-estate"), TrustList.load(world.trust_folder), NOW)
    assert reading.verdict is Verdict.SIGNATURE_VALID
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_no_key_leaves_its_folder_and_none_is_shared(tmp_path: Path) -> None:
    one, two = (DemoWorld(tmp_path / name, FixedClock(NOW)) for name in ("a", "b"))
    assert one.licence_text("real-estate") != two.licence_text("real-estate")
    other = read_licence(two.licence_text("real-estate"), TrustList.load(one.trust_folder), NOW)
    assert other.verdict is Verdict.INVALID
    for file in (tmp_path / "a" / "trust").iterdir():
        assert b"PRIVATE" not in file.read_bytes()
    for key in (tmp_path / "a" / "keys").iterdir():
        assert key.stat().st_mode & 0o777 == 0o600


def test_an_unwritable_folder_is_a_clear_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EnvironmentProblem) as caught:
        DemoWorld(tmp_path / "file" / "world", FixedClock(NOW))
    assert caught.value.todo


def test_unknown_names_list_the_known_ones(world: DemoWorld) -> None:
    for ask, known in (
        (world.person, "zhang-wei"),
        (world.licence_text, "real-estate"),
        (world.page_picture, "floor-plan"),
    ):
        with pytest.raises(BadInput) as caught:
            ask("../../etc/passwd")  # type: ignore[operator]
        assert known in caught.value.todo


def test_everybody_and_everything_is_made_up_with_valid_check_digits(world: DemoWorld) -> None:
    from app.demo.issuers import ISSUERS

    assert all(check_number(person.card.number or "").valid for person in world.people)
    assert all(check_number(issuer.uscc, NumberKind.USCC).valid for issuer in ISSUERS if issuer.uscc)


def test_a_broken_people_file_is_a_clear_problem(tmp_path: Path) -> None:
    (tmp_path / "people.json").write_text('{"people": [{"id": "x"}]}')
    with pytest.raises(EnvironmentProblem):
        load_people(tmp_path / "people.json")


def test_a_machine_without_chinese_fonts_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fonts, "font_folders", lambda: [tmp_path])
    fonts.find_font.cache_clear()
    try:
        with pytest.raises(EnvironmentProblem, match="缺少中文字体"):
            fonts.find_font()
    finally:
        fonts.find_font.cache_clear()


def test_a_packed_font_draws_as_the_font_does(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As the packaged program on a machine without Chinese fonts."""
    plain = fonts.find_font()
    name = "NotoSansCJK-Regular.ttc"
    drawn = bytes(fonts.font(24).getmask("㛃理发店"))
    (tmp_path / f"{name}.xz").write_bytes(lzma.compress(plain.read_bytes(), preset=0))
    monkeypatch.setattr(fonts, "font_folders", lambda: [tmp_path])
    assert plain.name == name
    for found in (fonts.find_font, fonts.font):
        found.cache_clear()
    try:
        assert fonts.find_font().suffix == ".xz"
        assert bytes(fonts.font(24).getmask("㛃理发店")) == drawn
    finally:
        for found in (fonts.find_font, fonts.font, fonts._unpacked):
            found.cache_clear()
