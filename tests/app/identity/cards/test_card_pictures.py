"""Where a card lies in a picture, and from there to its fields, with an engine that reads what it is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

import cv2
import numpy as np
import pytest
from card_lines import MadeLine, line, permit, resident
from card_pictures import EASY, HARD, MEDIUM, Level, Picture, laid, on_desk, resident_front

from app.identity.cards.layouts import CardKind
from app.identity.cards.locate import SCALE, SIZE, locate
from app.identity.cards.page import Line, turned
from app.identity.cards.read import read_card
from app.identity.numbers import check_number

TODAY = dt.date(2026, 11, 22)
CARD = resident_front(7).flat


@pytest.mark.parametrize("level", [EASY, MEDIUM, HARD], ids=lambda level: level.name)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_card_is_found_whichever_way_it_lies(level: Level, seed: int) -> None:
    picture, true = laid(CARD, level, seed)
    located = locate(picture)
    assert located is not None
    wide = np.linalg.norm(true[1] - true[0])
    # Which way up it lies, only its writing tells.
    off = min(np.abs(np.roll(located.corners, turn, axis=0) - true).max() for turn in (0, 2))
    assert off < 0.04 * wide


def test_an_empty_desk_has_no_card() -> None:
    rng = np.random.default_rng(1)
    desk = np.clip(rng.normal(110, 8, (720, 1280, 3)), 0, 255).astype(np.uint8)
    assert locate(desk) is None
    cv2.rectangle(desk, (300, 200), (900, 600), (240, 240, 240), -1)
    assert locate(desk) is not None
    cv2.rectangle(desk, (300, 200), (900, 600), (110, 110, 110), -1)
    cv2.rectangle(desk, (300, 100), (700, 500), (240, 240, 240), -1)
    assert locate(desk) is None, "a square is no card"


class Engine:
    """Gives the same lines of every card set straight; others of a whole picture. Counts."""

    def __init__(self, card: Sequence[Line], whole: Callable[[Picture], Sequence[Line]] = lambda _: ()) -> None:
        self.card, self.whole, self.calls = card, whole, 0

    def __call__(self, picture: Picture) -> Sequence[Line]:
        self.calls += 1
        return self.card if picture.shape[:2] == SIZE[::-1] else self.whole(picture)


def test_a_card_is_read_in_one_look() -> None:
    engine = Engine(resident())
    card = read_card(on_desk(CARD, EASY, 4), engine, TODAY)
    assert card is not None
    assert engine.calls == 1
    assert card.kind is CardKind.RESIDENT
    assert card.given == {"sex": "女", "nation": "汉", "birth": "1990-01-01", "number": "330502199001010022"}
    assert {value.name for value in card.doubtful} == {"name", "address"}
    piece = card.crop("number")
    assert 2 * SCALE < piece.shape[0] < 6 * SCALE
    last_row = card.value("address")
    assert last_row is not None
    assert card.crop("address").shape[0] > last_row.box[3] - last_row.box[1] + 3 * SCALE, "a row more than was read"
    with pytest.raises(KeyError):
        card.crop("issuer")


def test_a_card_upside_down_is_turned_with_its_pieces() -> None:
    upright = read_card(on_desk(CARD, EASY, 4), Engine(resident()), TODAY)
    other = read_card(on_desk(CARD, EASY, 4), Engine(turned(resident())), TODAY)
    assert upright is not None
    assert other is not None
    assert dict(other.given) == dict(upright.given)
    assert np.array_equal(other.picture, upright.picture[::-1, ::-1])
    assert np.allclose(other.corners, np.roll(upright.corners, -2, axis=0))


def test_what_was_lost_upside_down_is_read_once_more_upright() -> None:
    """Engines turn a picture's lines one by one; a short one they take for what it is not."""
    whole = [
        *permit(),
        line(30, 35.4, "签发机关/Issuing Authority", 2),
        line(30, 38.4, "出入境管理局"),
        line(56, 44.6, "换证次数/Issue No.", 2),
        line(56, 48.4, "01"),
    ]
    lost = [one for one in whole if one.text != "H12345678"] + [line(6, 48.4, "M5504", 3.1, 0.69)]

    class Turning(Engine):
        def __call__(self, picture: Picture) -> Sequence[Line]:
            self.calls += 1
            return self.card if self.calls == 1 else whole

    engine = Turning(turned(lost))
    card = read_card(on_desk(CARD, EASY, 4), engine, TODAY)
    assert card is not None
    assert (card.given["number"], engine.calls) == ("H12345678", 2)
    # Nothing lost, nothing asked again: a reading takes a second.
    engine = Turning(turned(whole))
    assert read_card(on_desk(CARD, EASY, 4), engine, TODAY) is not None
    assert engine.calls == 1


def _as_lines(card: Sequence[MadeLine], move: np.ndarray, roll: int) -> list[MadeLine]:
    """The lines of a card as an engine sees them in a picture: boxes from the picture's own upper left."""
    moved = []
    for one in card:
        box = np.array(one.box) @ move[:, :2].T + move[:, 2]
        moved.append(MadeLine(tuple((float(x), float(y)) for x, y in np.roll(box, roll, axis=0)), one.text))
    return moved


@pytest.mark.parametrize(("angle", "roll"), [(4, 0), (183, 2), (93, 1), (-88, -1)], ids=["up", "down", "right", "left"])
def test_a_card_without_an_outline_is_found_by_its_words(angle: float, roll: int) -> None:
    rng = np.random.default_rng(1)
    desk = np.clip(rng.normal(200, 3, (1080, 1920, 3)), 0, 255).astype(np.uint8)
    move = cv2.getRotationMatrix2D((0, 0), -angle, 0.6)
    centre = np.array(SIZE) / 2 @ move[:, :2].T
    move[:, 2] = np.array([960, 540]) - centre
    scale = 1600 / 1920
    engine = Engine(resident(), lambda _: _as_lines(resident(), move * scale, roll))
    card = read_card(desk, engine, TODAY)
    assert card is not None
    assert engine.calls == 2
    assert np.allclose(card.corners[0], move[:, 2], atol=8), "the card's own upper left"


def test_other_things_of_a_cards_shape_are_none() -> None:
    assert read_card(on_desk(CARD, EASY, 4), Engine(()), TODAY) is None


def test_the_numbers_of_the_kit_hold_and_a_seed_gives_one_picture() -> None:
    assert np.array_equal(resident_front(3).flat, resident_front(3).flat)
    numbers = {resident_front(seed).truth["number"] for seed in range(3)}
    assert len(numbers) == 3
    assert all(check_number(number).valid for number in numbers)


def test_what_the_engine_was_not_certain_of_is_read_once_more_alone() -> None:
    lines = [replace(one, confidence=0.85) if one.text == "姓名黃思磊" else one for one in resident("黃思磊")]
    assert any(one.confidence == 0.85 for one in lines)
    seen: list[tuple[int, int]] = []

    def alone(picture: Picture) -> list[MadeLine]:
        seen.append(picture.shape[:2])
        return [MadeLine(((0, 0), (9, 0), (9, 9), (0, 9)), "黄思磊", 0.98)]

    card = read_card(on_desk(CARD, EASY, 4), Engine(lines, alone), TODAY)
    assert card is not None
    name = card.value("name")
    assert name is not None
    assert (name.value, name.confidence, name.sure) == ("黄思磊", 0.98, False)
    assert len(seen) == 1
    assert seen[0][0] < 200

    def worse(picture: Picture) -> list[MadeLine]:
        return [MadeLine(((0, 0), (9, 0), (9, 9), (0, 9)), "萬思磊", 0.6)]

    card = read_card(on_desk(CARD, EASY, 4), Engine(lines, worse), TODAY)
    assert card is not None
    assert card.value("name") == replace(name, value="黃思磊", confidence=0.85)
